"""Units that have missed a gate or are late: reckoned by a job, a few units at a time."""

from datetime import datetime

from sqlmodel import Session, col, select

from flows import outbox, routes
from flows.broadcast.audience import BRANCH, late
from flows.checklist import service as checklist
from flows.errors import Missing
from flows.models import Announcement, Unit
from flows.readiness import service as readiness
from knowledge.instrument import Gate
from knowledge.library import Library

COUNT = "announce.count"
PORTION = 10
"""Units reckoned in one transaction."""
YIELD_SECONDS = 0.1
"""Between two of them everybody else gets at the database."""
ANY = "semua"
"""At least one gate of the unit's own target is missed."""
OVERDUE = "telat"
"""Something in the unit is past its day and not done."""


def choices(library: Library) -> list[Gate]:
    """The gates that may be chosen, those of WBK, which every unit must pass first."""
    return list(library.instrument().gates["WBK"])


def begin(session: Session, row: Announcement, now: datetime) -> None:
    """Count anew which units it is for. Until that is done it cannot be sent."""
    row.unit_ids, row.state = [], "counting"
    session.add(row)
    stamp = int(now.timestamp() * 1000)
    args = {"announcement": row.id, "gate": row.gate, "scope": row.scope, "unit": row.unit_id, "after": 0}
    args["stamp"] = stamp
    outbox.add_job(session, COUNT, f"umum:{row.id}:hitung:{stamp}:0", args, now)


@outbox.carries_out(COUNT)
def count(turn: outbox.JobTurn) -> None:
    """A portion of the units; then the job queues itself, or the author's screen is put right."""
    session, args = turn.session, turn.args
    row = session.exec(
        select(Announcement).where(Announcement.id == args["announcement"]).with_for_update()
    ).first()
    asked = (args["gate"], args["scope"], args["unit"])
    if row is None or row.state != "counting" or (row.gate, row.scope, row.unit_id) != asked:
        return  # something else was chosen meanwhile
    root = session.get_one(Unit, row.unit_id)
    query = select(Unit).where(
        Unit.agency_id == root.agency_id, col(Unit.archived_at).is_(None), col(Unit.id) > args["after"]
    )
    if row.scope == BRANCH:
        query = query.where(col(Unit.path).like(f"{root.path}%"))
    units = session.exec(query.order_by(col(Unit.id)).limit(PORTION)).all()
    below = [u.id for u in units if u.id is not None and missed(session, turn.library, u, row.gate, turn.now)]
    row.unit_ids = [*(row.unit_ids or []), *below]
    session.add(row)
    if len(units) == PORTION:
        after = units[-1].id
        key = f"umum:{row.id}:hitung:{args['stamp']}:{after}"
        outbox.add_job(session, COUNT, key, {**args, "after": after}, turn.now, wait_seconds=YIELD_SECONDS)
        return
    row.state = "scheduled" if row.send_at is not None else "draft"
    if row.status_chat_id is not None:
        message = outbox.Message(
            key=f"umum:{row.id}:terhitung:{args['stamp']}",
            chat_id=row.status_chat_id,
            person_id=row.created_by,
            action=routes.ANNOUNCE_PREVIEW(row.id or 0),
            edit_message_id=row.status_message_id,
        )
        outbox.add(session, [message], turn.now)


def missed(session: Session, library: Library, unit: Unit, gate: str, now: datetime) -> bool:
    """Whether the unit has missed the gate (`ANY`: one of its own target; `OVERDUE`: it is late)."""
    if gate == OVERDUE:
        return bool(late(session, unit, library, now))
    try:
        assessment = checklist.assessment_of(session, unit)
    except Missing:
        return False
    instrument = library.instruments.get(assessment.instrument_id)
    if instrument is None:
        return False
    stands = readiness.standing_of(session, checklist.Current(unit, assessment, instrument))
    if gate == ANY:
        return not stands.ready().met
    return any(result.gate.id == gate and not result.met for result in stands.ready("WBK").gates)
