"""What is deleted by itself, and after how long: one place that the cleaning and /privasi both read.

`forget` is called now and then by one or several processes; doing it twice does nothing more. What belongs
to the unit (answers, evidence in use, history) is not touched: that goes only when somebody takes it out.

Rows whose numbers stand on buttons are emptied, not deleted: SQLite gives the number of a deleted last row
to the next one, and an old button would then mean somebody else's.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case
from sqlmodel import Session, col, delete, func, or_, select, update

from flows.evidence import findings
from flows.evidence.intake import CANCELLED, SAVED
from flows.models import (
    BulkImport,
    BulkPart,
    ChatState,
    Draft,
    EntryImport,
    Evidence,
    EvidenceVersion,
    Intake,
    Job,
    JoinRequest,
    LkeImport,
    Membership,
    Outbox,
    Person,
    RegisterImport,
    SeenUpdate,
    UnitRequest,
)
from flows.pact import personal as pact
from flows.personal.service import PSEUDONYM

SEEN_DAYS, SENT_DAYS = 7, 30
"""Updates that were carried out; messages and jobs that are over. Of the real clock."""
DRAFT_DAYS = 14
"""Typed texts that wait for a decision."""
ENDED_DAYS = 90
"""What was sent and is over: caption, names of files, address, what was read from it."""
REFUSED_DAYS = 90
"""Name and account of somebody whose requests came to nothing, when nothing else is known of them."""
REMOVED_DAYS = 365
"""Bytes, address and name of a file of evidence that was taken out of the list."""
RESTRICTED_TITLE = "Bukti terbatas"
AT_ONCE = 500
"""Rows of one kind that one round takes on; the next round goes on."""

_QUIET = {"synchronize_session": False}
_UNDER_WAY = ("waiting", "leased")


def forget(session: Session, now: datetime, real: datetime) -> None:
    """Delete what is due, by kind. `now` is the calendar's, `real` that of updates and messages."""
    _machinery(session, real)
    old_texts = delete(Draft).where(col(Draft.at) < now - timedelta(days=DRAFT_DAYS))
    session.execute(old_texts.execution_options(**_QUIET))
    ended = now - timedelta(days=ENDED_DAYS)
    _sent(session, ended)
    _sheets(session, ended)
    _removed_evidence(session, now - timedelta(days=REMOVED_DAYS))
    _never_joined(session, now)
    pact.forget_left(session, now - timedelta(days=pact.LEFT_DAYS), AT_ONCE)


def _machinery(session: Session, real: datetime) -> None:
    """Announcements keep their rows: their counts are read from them."""
    sent = real - timedelta(days=SENT_DAYS)
    for query in (
        delete(SeenUpdate).where(col(SeenUpdate.at) < real - timedelta(days=SEEN_DAYS)),
        delete(Outbox).where(
            func.coalesce(col(Outbox.sent_at), col(Outbox.created_at)) < sent,
            col(Outbox.announcement_id).is_(None),
            col(Outbox.state).not_in(_UNDER_WAY),
        ),
        delete(Job).where(
            func.coalesce(col(Job.done_at), col(Job.created_at)) < sent, col(Job.state).not_in(_UNDER_WAY)
        ),
    ):
        session.execute(query.execution_options(**_QUIET))


def _sent(session: Session, before: datetime) -> None:
    """Of what became evidence the keys stay: by them the same photos are known again."""
    rows = session.exec(
        select(Intake.id, Intake.state, Intake.parts)
        .where(
            col(Intake.state).in_((SAVED, CANCELLED)),
            func.coalesce(col(Intake.ended_at), col(Intake.created_at)) < before,
            Intake.chat_id != 0,
        )
        .limit(AT_ONCE)
    ).all()
    for intake_id, state, parts in rows:
        session.execute(
            update(Intake)
            .where(col(Intake.id) == intake_id)
            .values(
                chat_id=0,
                status_message_id=None,
                album_id="",
                caption="",
                url="",
                proposal={},
                parts=[_bare(part) for part in parts] if state == SAVED else [],
            )
            .execution_options(**_QUIET)
        )


def _bare(part: dict[str, Any]) -> dict[str, Any]:
    return {key: part[key] for key in ("sha256", "kind") if key in part}


def _sheets(session: Session, before: datetime) -> None:
    """What was read from worksheets and tables that were never applied, and what they were called."""
    for query in (
        update(LkeImport)
        .where(col(LkeImport.state) != "applied", col(LkeImport.created_at) < before)
        .values(state="cancelled", file_name="", sha256="", cells={}, doubts=[]),
        update(EntryImport)
        .where(col(EntryImport.state) != "applied", col(EntryImport.created_at) < before)
        .values(state="cancelled", file_name="", lines=[], problems=[], counts={}),
        delete(BulkPart).where(
            col(BulkPart.import_id).in_(
                select(BulkImport.id).where(
                    col(BulkImport.state) != "applying", col(BulkImport.created_at) < before
                )
            )
        ),
        update(BulkImport)
        .where(col(BulkImport.state) != "applying", col(BulkImport.created_at) < before)
        .values(
            state=case((col(BulkImport.state) == "applied", "applied"), else_="cancelled"),
            file_name="",
            problems=[],
            same=[],
            made={},
        ),
        update(RegisterImport)
        .where(col(RegisterImport.state) != "applied", col(RegisterImport.created_at) < before)
        .values(state="cancelled", file_name="", lines=[], problems=[], counts={}),
    ):
        session.execute(query.execution_options(**_QUIET))


def _removed_evidence(session: Session, before: datetime) -> None:
    """The row stays, so that the history keeps its sense; the bytes go with the next sweep of the store."""
    gone = session.exec(
        select(Evidence.id)
        .join(EvidenceVersion, col(EvidenceVersion.evidence_id) == Evidence.id)
        .where(
            col(Evidence.removed_at) < before,
            or_(col(EvidenceVersion.sha256).is_not(None), EvidenceVersion.url != ""),
        )
        .distinct()
        .limit(AT_ONCE)
    ).all()
    if not gone:
        return
    for query in (
        update(EvidenceVersion)
        .where(col(EvidenceVersion.evidence_id).in_(gone))
        .values(sha256=None, url="", file_name="", findings=[findings.GONE]),
        update(Evidence)
        .where(col(Evidence.id).in_(gone), col(Evidence.restricted).is_(True))
        .values(title=RESTRICTED_TITLE),
    ):
        session.execute(query.execution_options(**_QUIET))


def _never_joined(session: Session, now: datetime) -> None:
    """Whoever never had a role, and whose requests were refused or withdrawn long ago."""
    before = now - timedelta(days=REFUSED_DAYS)
    alone = [~select(Membership.id).where(Membership.person_id == Person.id).exists()]
    for table in (JoinRequest, UnitRequest):
        fresh = or_(
            col(table.state) == "waiting", func.coalesce(col(table.decided_at), table.created_at) >= before
        )
        alone.append(~select(table.id).where(table.person_id == Person.id, fresh).exists())
    found = session.exec(
        select(Person)
        .where(
            col(Person.telegram_id).is_not(None),
            col(Person.deleted_at).is_(None),
            col(Person.created_at) < before,
            *alone,
        )
        .limit(AT_ONCE)
        .with_for_update()
    ).all()
    for person in found:
        for query in (
            delete(ChatState).where(col(ChatState.telegram_id) == person.telegram_id),
            delete(Draft).where(col(Draft.telegram_id) == person.telegram_id),
        ):
            session.execute(query.execution_options(**_QUIET))
        person.name, person.telegram_id, person.zone = PSEUDONYM, None, None
        person.greeted_on, person.unreachable_at, person.deleted_at = None, None, now
        session.add(person)
