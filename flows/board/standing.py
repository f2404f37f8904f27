"""Keeping `UnitStanding` true: a job that follows the audit trail and computes the units it names anew.

Everything that changes a unit's answers, surveys, review or target leaves an entry in the audit trail, so
nothing is written on people's own path. Entries of the last minute are gone through again the next time:
ids are given out before the transactions that hold them are committed.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from sqlmodel import Session, col, func, select

from flows import outbox
from flows.checklist.service import Current, marks
from flows.models import (
    UNIT_SIDE,
    Assessment,
    AuditEntry,
    BoardCursor,
    Deadline,
    Unit,
    UnitStanding,
)
from flows.readiness import service as readiness
from flows.review import states
from knowledge.library import Library

JOB = "board.refresh"
PORTION = 100
"""Units computed in one transaction."""
EVERY_SECONDS = 20
SETTLED = timedelta(minutes=1)
"""Beyond this age no transaction can still bring an entry with a lower id."""
SCALE = 10_000
BY_AGENCY = (
    "unit_create", "unit_zone", "unit_target", "unit_year", "person_import", "season.pick", "season.tell",
)  # fmt: skip
"""What the agency does with a unit, or has read from its table, is no activity of the unit."""


def tick(session: Session, now: datetime) -> int:
    """Queue a refresh when units have changed, or the first one. Returns how many jobs are new."""
    if _filled(session) and not _changed(session, 1):
        return 0
    return outbox.add_job(session, JOB, f"board:{int(now.timestamp()) // EVERY_SECONDS}", {}, now)


def next_due(_session: Session, _after: datetime) -> datetime | None:
    """Nothing of it is due by the calendar."""
    return None


@outbox.carries_out(JOB)
def refresh(turn: outbox.JobTurn) -> None:
    """Bring the board up to date, a portion of units at a time; another job goes on where this one ends."""
    entries = _changed(turn.session, PORTION * 10)
    wanted = list(dict.fromkeys(unit_id for _, unit_id, _ in entries))[:PORTION]
    room = PORTION - len(wanted)
    fresh = [] if _filled(turn.session) else _never_computed(turn.session, room)
    compute(turn.session, turn.library, [*wanted, *(u for u in fresh if u not in wanted)], turn.now)
    done = _gone_through(entries, set(wanted), turn.now - SETTLED)
    cursor = _cursor(turn.session)
    cursor.audit_id = done or cursor.audit_id
    cursor.filled = cursor.filled or len(fresh) < room
    if not cursor.filled or len(wanted) == PORTION:
        after = f"board:{int(turn.now.timestamp())}:{done}:{fresh[-1] if fresh else 0}"
        outbox.add_job(turn.session, JOB, after, {}, turn.now)


def compute(session: Session, library: Library, unit_ids: Iterable[int], now: datetime) -> None:
    """Compute these units' rows. Units without an open assessment lose theirs."""
    ids = sorted(set(unit_ids))
    last = _last_activity(session, ids)
    for unit_id in ids:
        unit = session.get(Unit, unit_id)
        assessment = _open_assessment(session, unit_id)
        instrument = library.instruments.get(assessment.instrument_id) if assessment is not None else None
        row = session.get(UnitStanding, unit_id)
        if unit is None or assessment is None or instrument is None:
            if row is not None:
                session.delete(row)
            continue
        where = Current(unit, assessment, instrument)
        if row is None:
            row = UnitStanding(
                unit_id=unit_id,
                agency_id=unit.agency_id,
                assessment_id=assessment.id or 0,
                year=assessment.year,
                target=assessment.target,
                instrument_id=instrument.key,
                answered=0,
                approved=0,
                items=0,
                total=0,
                short=0,
                computed_at=now,
            )
            session.add(row)
        fill(session, row, where, now)
        row.active_at = last.get(unit_id, row.active_at)
    session.flush()


def fill(session: Session, row: UnitStanding, where: Current, now: datetime) -> readiness.Standing:
    """Write into the row the unit's figures as they stand now; returns what they were made of."""
    standing = readiness.standing_of(session, where)
    ready = standing.ready()
    blank = set(standing.score.unanswered)
    indicators = where.instrument.area_order
    row.agency_id, row.assessment_id = where.unit.agency_id, where.id
    row.year, row.target, row.instrument_id = (
        where.assessment.year,
        where.assessment.target,
        where.instrument.key,
    )
    row.items = len(indicators)
    carried = marks(session, where.assessment, where.instrument).carried
    row.carried = sum(each.id in carried for each in indicators)
    row.answered = standing.score.answered - row.carried
    row.approved = states.approved_count(session, where.assessment, (i.id for i in indicators))
    row.total = scaled(standing.score.total)
    row.short = sum(scaled(gate.short_by, up=True) for gate in ready.missed)
    row.missed = [gate.gate.id for gate in ready.missed]
    row.areas = {area_id: scaled(points.ratio) for area_id, points in standing.score.areas.items()}
    row.blank = "".join("1" if item.id in blank else "0" for item in indicators)
    row.due_at = _due(session, where)
    row.computed_at = now
    return standing


def scaled(value: Fraction, *, up: bool = False) -> int:
    """Ten-thousandths, rounded down; a shortfall is rounded up, so that nothing missed reads as nothing."""
    whole = value * SCALE
    return -(-whole.numerator // whole.denominator) if up else whole.numerator // whole.denominator


def _open_assessment(session: Session, unit_id: int) -> Assessment | None:
    return session.exec(
        select(Assessment)
        .where(
            Assessment.unit_id == unit_id, Assessment.side == UNIT_SIDE, col(Assessment.closed_at).is_(None)
        )
        .order_by(col(Assessment.year).desc())
        .limit(1)
    ).first()


def _due(session: Session, where: Current) -> datetime | None:
    """The open deadline of the proposal, else of the assessors."""
    found = session.exec(
        select(Deadline.scope, Deadline.due_at).where(
            Deadline.assessment_id == where.id,
            col(Deadline.scope).in_(("tpi", "pengajuan")),
            col(Deadline.done_at).is_(None),
        )
    ).all()
    by_scope = dict(found)
    return by_scope.get("pengajuan") or by_scope.get("tpi")


def _cursor(session: Session) -> BoardCursor:
    row = session.exec(select(BoardCursor).where(BoardCursor.id == 1).with_for_update()).first()
    if row is None:
        row = BoardCursor(id=1, audit_id=0)
        session.add(row)
    return row


def _changed(session: Session, limit: int) -> Sequence[tuple[int, int, datetime]]:
    """Entries beyond the cursor that name a unit: id, unit, moment; oldest first."""
    at = session.exec(select(BoardCursor.audit_id).where(BoardCursor.id == 1)).first() or 0
    found = session.exec(
        select(AuditEntry.id, AuditEntry.unit_id, AuditEntry.at)
        .where(col(AuditEntry.id) > at, col(AuditEntry.unit_id).is_not(None))
        .order_by(col(AuditEntry.id))
        .limit(limit)
    ).all()
    return [(id, unit_id, moment) for id, unit_id, moment in found if id is not None and unit_id is not None]


def _gone_through(entries: Sequence[tuple[int, int, datetime]], computed: set[int], before: datetime) -> int:
    """The id up to which every entry is settled and its unit computed; 0 for none."""
    done = 0
    for id, unit_id, moment in entries:
        if unit_id not in computed or moment > before:
            break
        done = id
    return done


def _filled(session: Session) -> bool:
    return bool(session.exec(select(BoardCursor.filled).where(BoardCursor.id == 1)).first())


def _never_computed(session: Session, limit: int) -> list[int]:
    """Units in use with an assessment and no row yet."""
    found = session.exec(
        select(Unit.id)
        .join(Assessment, col(Assessment.unit_id) == col(Unit.id))
        .outerjoin(UnitStanding, col(UnitStanding.unit_id) == col(Unit.id))
        .where(
            col(Unit.archived_at).is_(None),
            Assessment.side == UNIT_SIDE,
            col(Assessment.closed_at).is_(None),
            col(UnitStanding.unit_id).is_(None),
        )
        .distinct()
        .order_by(col(Unit.id))
        .limit(limit)
    ).all()
    return [unit_id for unit_id in found if unit_id is not None]


def _last_activity(session: Session, unit_ids: Sequence[int]) -> dict[int, datetime]:
    """When each unit was last active."""
    found = session.exec(
        select(AuditEntry.unit_id, func.max(AuditEntry.at))
        .where(col(AuditEntry.unit_id).in_(unit_ids), col(AuditEntry.act).not_in(BY_AGENCY))
        .group_by(col(AuditEntry.unit_id))
    ).all()
    return {unit_id: at for unit_id, at in found if unit_id is not None}
