"""The database of a unit's year: rows by kind, and bytes with indexes on PostgreSQL and on SQLite.

How many rows of each kind a year brings is assumed (`YEAR` below: a unit of fifteen people that answers every
item, changes each answer twice and keeps three hundred pieces of evidence); what a row takes is measured.
"""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import Session

from bot.db import Database
from bot.migrate import migrate
from flows.tables import metadata
from knowledge.library import load_library
from tests.bench.table import Figure
from tests.support.databases import Postgres, postgres_server

UNITS = 40
PEOPLE, ITEMS = 15, 110
EVIDENCE, VERSIONS, USES = 300, 360, 330
YEAR = {
    "answer": ITEMS,
    "answer_change": 3 * ITEMS,
    "item_work": ITEMS,
    "pic": 20,
    "deadline": 100,
    "evidence": EVIDENCE,
    "evidence_version": VERSIONS,
    "stored_file": VERSIONS,
    "evidence_use": USES,
    "intake": VERSIONS,
    "task": 60,
    "task_change": 180,
    "audit_entry": 2_500,
    "outbox": 33,
    "seen_update": 77,
    "chat_state": PEOPLE,
}
"""Rows a unit-year leaves; of messages a month stays (390 a year), of updates a week (4,000 a year)."""
NOW = datetime(2027, 2, 1, tzinfo=UTC)
OWN = ("unit", "assessment", "person", "membership")


def figures() -> list[Figure]:
    """Rows, and kilobytes on either database."""
    items = [item.id for item in load_library().instrument().worksheet_order][:ITEMS]
    rows = sum(YEAR.values()) + 2 + 2 * PEOPLE
    made = [Figure("disk", "rows of a unit-year", rows, "rows", "assumed, by kind in tests/bench/disk.py")]
    with tempfile.TemporaryDirectory(prefix="pandu-disk-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "besar.sqlite3"
        before = _sqlite(path, [], 0)
        kilobytes = (_sqlite(path, items, UNITS) - before) / UNITS / 1024
        made.append(Figure("disk", "a unit-year, SQLite", kilobytes, "KiB", f"{UNITS} units"))
        for url in postgres_server(Path(folder)):
            maker = Postgres(url)
            kilobytes = _postgres(maker.new(), items) / UNITS / 1024
            made.append(Figure("disk", "a unit-year, PostgreSQL", kilobytes, "KiB", f"{UNITS} units"))
            maker.close()
    return made


def _sqlite(path: Path, items: list[str], units: int) -> int:
    db = Database(f"sqlite:///{path}")
    migrate(db)
    with db.writing() as session:
        _fill(session, items, units)
    db.close()
    return path.stat().st_size


def _postgres(url: str, items: list[str]) -> int:
    """Bytes of all tables with their indexes, less those of the empty ones."""
    db = Database(url)
    size = text("SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c WHERE c.relkind = 'r'")
    with db.reading() as session:
        before = int(session.execute(size).scalar_one())
    with db.writing() as session:
        _fill(session, items, UNITS)
    with db.reading() as session:
        after = int(session.execute(size).scalar_one())
    db.close()
    return after - before


def _fill(session: Session, items: list[str], units: int) -> None:
    if not units:
        return
    session.execute(
        insert(metadata.tables["agency"]), [{"id": 1, "name": "Instansi Contoh", "created_at": NOW}]
    )
    kinds = [table.name for table in metadata.sorted_tables if table.name in {*OWN, *YEAR}]
    for number in range(1, units + 1):
        for name in kinds:
            rows = list(_rows(name, number, items))
            session.execute(insert(metadata.tables[name]), rows)


def _rows(name: str, unit: int, items: list[str]) -> Iterator[dict[str, Any]]:
    """The rows of a kind that one unit has; numbers are given out by unit."""
    count = {"unit": 1, "assessment": 1, "person": PEOPLE, "membership": PEOPLE}.get(name) or YEAR[name]
    for n in range(count):
        number = unit * 10_000 + n
        at = NOW + timedelta(minutes=n)
        yield _row(name, unit, n, number, items[n % len(items)], at)


def _row(name: str, unit: int, n: int, number: int, item: str, at: datetime) -> dict[str, Any]:
    who, home = unit * 10_000 + n % PEOPLE, unit * 10_000
    digest = sha256(f"{unit}:{n}".encode()).hexdigest()
    place = {"assessment_id": home, "item_id": item}
    piece = home + n % EVIDENCE
    made: dict[str, dict[str, Any]] = {
        "unit": {"id": home, "agency_id": 1, "name": f"Kantor Pelayanan Contoh {unit}", "created_at": at},
        "assessment": {
            "id": home, "unit_id": home, "year": 2027, "instrument_id": "lke-2021", "created_at": at,
        },
        "person": {
            "id": number, "telegram_id": 10**9 + number, "name": f"Pegawai Contoh {n}", "created_at": at,
        },
        "membership": {
            "person_id": who, "agency_id": 1, "unit_id": home, "role": "anggota", "created_at": at,
        },
        "answer": {**place, "choice": "A", "note": "Sudah dilaksanakan, lihat notula dan daftar hadir."},
        "answer_change": {
            **place, "at": at, "kind": "choice", "person_id": who, "before": {"choice": "B"},
            "after": {"choice": "A"},
        },
        "item_work": place,
        "pic": {"assessment_id": home, "scope": f"item.{n}", "set_at": at, "person_id": who},
        "deadline": {
            "assessment_id": home, "unit_id": home, "scope": "item", "ref": f"{item}.{n}", "due_at": at,
            "set_at": at, "set_by": who,
        },
        "evidence": {
            "id": number, "unit_id": home, "title": f"Notula rapat tim kerja ZI {n}", "made_at": at,
            "made_by": who,
        },
        "evidence_version": {
            "evidence_id": piece, "no": 1 + n // EVIDENCE, "made_at": at, "made_by": who, "sha256": digest,
            "file_name": f"Notula rapat tim kerja {n}.pdf",
        },
        "stored_file": {"sha256": digest, "size_bytes": 700_000, "mime": "application/pdf", "stored_at": at},
        "evidence_use": {**place, "evidence_id": piece, "made_at": at, "made_by": who},
        "intake": {
            "unit_id": home, "assessment_id": home, "person_id": who, "chat_id": 10**9 + who,
            "created_at": at, "state": "saved",
        },
        "task": {"id": number, "unit_id": home, "title": f"Unggah SK tim kerja {n}", "made_at": at},
        "task_change": {"task_id": home + n % YEAR["task"], "at": at, "kind": "state", "person_id": who},
        "audit_entry": {
            "at": at, "unit_id": home, "person_id": who, "act": "answer.set", "subject": f"{home}:{item}",
            "facts": {"before": "B", "after": "A"},
        },
        "outbox": {
            "key": f"ingat:{number}:20270201:H-1", "chat_id": 10**9 + who, "person_id": who, "created_at": at,
            "action": f"ingat|{number}", "state": "sent", "message_id": number,
        },
        "seen_update": {"bot_id": 1, "update_id": number, "shown": f"lke.i|{item}", "at": at},
        "chat_state": {"chat_id": 10**9 + number, "telegram_id": 10**9 + number},
    }  # fmt: skip
    return made[name]
