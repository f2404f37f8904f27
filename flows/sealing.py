"""Seals over the audit trail: a chain of digests, so that a changed, removed or slipped-in entry is seen.

Sealing is a job of the heartbeat, outside people's transactions: a chain inside them would let all writers
wait for one another. An entry is sealed some minutes after it was made, when no older one can still appear.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, func, select

from flows.models import AuditEntry, AuditSeal
from flows.tables import metadata

WAIT = timedelta(minutes=10)
"""Far longer than a transaction may last: ids are given out before their transactions commit."""
PORTION = 1000
BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the whole trail found. `broken`: numbers of the seals that do not hold, oldest first.

    `digest` is the last seal's: kept elsewhere, it shows later that the chain was not made anew.
    """

    sealed: int
    unsealed: int
    seals: int
    broken: tuple[int, ...]
    digest: str


def seal(session: Session, now: datetime) -> int:
    """Seal one portion of what is old enough. Returns how many entries; any number of processes may try."""
    last = session.exec(select(AuditSeal).order_by(col(AuditSeal.id).desc()).limit(1)).first()
    after = last.last_id if last is not None else 0
    rows = session.exec(
        select(AuditEntry).where(col(AuditEntry.id) > after).order_by(col(AuditEntry.id)).limit(PORTION)
    ).all()
    old = list(_until(rows, now - WAIT))
    if not old:
        return 0
    row = {
        "id": last.id + 1 if last is not None else 1,
        "first_id": old[0].id,
        "last_id": old[-1].id,
        "entries": len(old),
        "digest": digest(last.digest if last is not None else BEGINNING, old),
        "at": now,
    }
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = (
        insert(metadata.tables["audit_seal"]).values(row).on_conflict_do_nothing(index_elements=["id"])
    )
    session.connection().execute(statement)
    return len(old)


def verify(session: Session) -> Verdict:
    """Compute every seal again from the entries as they are now. Reads the whole trail, in portions."""
    before, after, sealed, broken, seals = BEGINNING, 0, 0, [], 0
    for each in session.exec(select(AuditSeal).order_by(col(AuditSeal.id))).all():
        seals += 1
        rows = session.exec(
            select(AuditEntry)
            .where(col(AuditEntry.id) > after, col(AuditEntry.id) <= each.last_id)
            .order_by(col(AuditEntry.id))
            .execution_options(populate_existing=True)
        ).all()
        whole = each.id == seals and len(rows) == each.entries and digest(before, rows) == each.digest
        if not whole:
            broken.append(each.id)
        before, after, sealed = each.digest, each.last_id, sealed + len(rows)
        session.expunge_all()
    rest = session.exec(select(func.count()).where(col(AuditEntry.id) > after)).one()
    return Verdict(sealed, rest, seals, tuple(broken), before)


def digest(before: str, entries: Iterable[AuditEntry]) -> str:
    """SHA-256, in hex, of the digest before and of the entries, one line each."""
    made = hashlib.sha256(before.encode())
    for entry in entries:
        made.update(line(entry).encode())
    return made.hexdigest()


def line(entry: AuditEntry) -> str:
    """An entry as one line of JSON, the same on every database: what is sealed, and what is exported."""
    values = {
        "id": entry.id,
        "at": entry.at.astimezone(UTC).isoformat(),
        "unit_id": entry.unit_id,
        "person_id": entry.person_id,
        "act": entry.act,
        "subject": entry.subject,
        "facts": entry.facts,
    }
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def _until(rows: Iterable[AuditEntry], moment: datetime) -> Iterator[AuditEntry]:
    """The rows up to the first that is too young."""
    for row in rows:
        if row.at > moment:
            return
        yield row
