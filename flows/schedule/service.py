"""Deadlines of a unit: reads for the schedule, and the changes a coordinator makes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlmodel import Session, col, select

from flows import audit, fmt, policy, routes
from flows.checklist import service as checklist
from flows.days import DEFAULT_TIME, at
from flows.errors import BadInput, Missing, NotAllowed, Outdated
from flows.models import Assessment, Deadline, Person, Unit
from flows.schedule.names import AREA, SUBMISSION, TPI, Scope
from flows.turn import Turn
from knowledge.instrument import Instrument

CUSTOMARY = (5, 31)
"""Month and day by which agencies usually submit; announced anew each year by the ministry."""
MAX_AHEAD = timedelta(days=6 * 366)

_OUTDATED = "Batas waktu ini baru saja diubah. Ini keadaan terbaru."
_PAST = "Waktu itu sudah lewat, jadi belum disimpan. Mohon ketik tanggal yang akan datang."
_NO_SCOPE = "Batas waktu ini tidak ada dalam jadwal unit Anda."


@dataclass(frozen=True, slots=True)
class Line:
    """One place in the schedule with its deadline, if any, in a unit's schedule as the person sees it."""

    unit: Unit
    year: int
    today: date
    scope: Scope
    deadline: Deadline | None
    may_set: bool

    @property
    def zone(self) -> str:
        """The zone in which the unit's deadlines are kept and shown."""
        return self.unit.zone

    @property
    def revision(self) -> int:
        """0 while no date is set."""
        return self.deadline.revision if self.deadline else 0

    @property
    def suggestion(self) -> datetime | None:
        """The customary submission date of the assessment's year, while it is still to come."""
        if self.scope.kind != SUBMISSION:
            return None
        day = date(self.year, *CUSTOMARY)
        return at(day, DEFAULT_TIME, self.zone) if day > self.today else None


@dataclass(frozen=True, slots=True)
class Detail:
    """A line with who set it and, for areas, the work done so far."""

    line: Line
    set_by: Person | None
    answered: int
    total: int
    now: datetime


def schedule(turn: Turn) -> list[Line]:
    """The open unit's schedule: TPI, submission, then the areas. Raises NotAllowed, Missing."""
    where = checklist.current(turn)
    found = turn.session.exec(select(Deadline).where(Deadline.assessment_id == where.id)).all()
    by_code = {_code(deadline): deadline for deadline in found}
    may_set = policy.can(turn.actor, "schedule", where.unit)
    today = fmt.local(turn.now, where.unit.zone).date()
    return [
        Line(where.unit, where.assessment.year, today, scope, by_code.get(scope.code), may_set)
        for scope in _scopes(where.instrument)
    ]


def line(turn: Turn, code: str) -> Line:
    """One line of the open unit's schedule. Raises Missing for an unknown scope."""
    for each in schedule(turn):
        if each.scope.code == code:
            return each
    raise Missing(_NO_SCOPE, next=routes.SCHEDULE())


def settable(turn: Turn, code: str) -> Line:
    """As `line`, for those who may change it. Raises NotAllowed."""
    found = line(turn, code)
    policy.require(turn.actor, "schedule", found.unit)
    return found


def detail(turn: Turn, code: str) -> Detail:
    """One line with what surrounds it."""
    found = line(turn, code)
    set_by = (
        turn.session.get(Person, found.deadline.set_by) if found.deadline and found.deadline.set_by else None
    )
    answered = total = 0
    if found.scope.area is not None:
        where = checklist.current(turn)
        done = checklist.answered_items(turn.session, where.assessment, where.instrument)
        total = len(found.scope.area.indicators)
        answered = sum(i.id in done for i in found.scope.area.indicators)
    return Detail(found, set_by, answered, total, turn.now)


def due_from(minutes: int, now: datetime, code: str) -> datetime:
    """The moment behind a button's number of minutes since 1970. Raises BadInput for past or absurd ones."""
    horizon = int((now + MAX_AHEAD).timestamp() // 60)
    if not int(now.timestamp() // 60) < minutes <= horizon:
        raise BadInput(_PAST, next=routes.DEADLINE_ASK(code))
    return datetime.fromtimestamp(minutes * 60, UTC)


def minutes_of(due_at: datetime) -> int:
    """A moment as minutes since 1970."""
    return int(due_at.timestamp() // 60)


# changes -------------------------------------------------------------------------------------------


def set_deadline(turn: Turn, unit_id: int, code: str, minutes: int, revision: int) -> datetime:
    """Set or move a deadline; the revision is the one the person saw. A repeated tap changes nothing.

    Returns the moment saved. Raises NotAllowed, Outdated, BadInput for the past.
    """
    unit, scope = _claimed(turn, unit_id, code)
    due_at = due_from(minutes, turn.now, code)
    assessment = _locked_assessment(turn.session, unit)
    row = _row(turn.session, assessment, scope)
    person_id = turn.actor.person_id
    if row is not None and row.due_at == due_at and row.set_by == person_id and row.done_at is None:
        return due_at
    if (row.revision if row else 0) != revision:
        raise Outdated(_OUTDATED, next=routes.DEADLINE(code))
    if row is None:
        row = Deadline(
            assessment_id=assessment.id or 0,
            unit_id=unit_id,
            scope=scope.kind,
            ref=scope.area.id if scope.area else "",
            due_at=due_at,
            set_by=person_id,
            set_at=turn.now,
        )
        turn.session.add(row)
    else:
        row.due_at, row.set_by, row.set_at, row.done_at = due_at, person_id, turn.now, None
    turn.session.flush()
    audit.record(turn, "deadline.set", code, unit_id=unit_id, due=f"{due_at:%Y-%m-%dT%H:%MZ}")
    return due_at


def clear(turn: Turn, unit_id: int, code: str, revision: int) -> None:
    """Remove a deadline. Raises NotAllowed, Outdated."""
    row = _held(turn, unit_id, code, revision)
    turn.session.delete(row)
    turn.session.flush()
    audit.record(turn, "deadline.clear", code, unit_id=unit_id)


def mark_done(turn: Turn, unit_id: int, code: str, revision: int) -> None:
    """What was due is done: no more reminders. Raises NotAllowed, Outdated."""
    row = _held(turn, unit_id, code, revision)
    row.done_at = row.done_at or turn.now
    turn.session.flush()
    audit.record(turn, "deadline.done", code, unit_id=unit_id)


def reopen(turn: Turn, unit_id: int, code: str, revision: int) -> None:
    """It is not done after all; reminders still to come go out again. Raises NotAllowed, Outdated."""
    row = _held(turn, unit_id, code, revision)
    row.done_at = None
    turn.session.flush()
    audit.record(turn, "deadline.reopen", code, unit_id=unit_id)


def open_unit(turn: Turn, unit_id: int) -> Unit:
    """Let this chat work on the unit that a button names. Raises Missing."""
    unit = turn.unit_by_id(unit_id)
    if turn.open_unit is not unit:
        turn.state.unit_id = unit.id
        turn.forget()
    return unit


def _claimed(turn: Turn, unit_id: int, code: str) -> tuple[Unit, Scope]:
    if not turn.event.private:
        raise NotAllowed("Batas waktu diatur di obrolan pribadi dengan bot ini.")
    unit = open_unit(turn, unit_id)
    policy.require(turn.actor, "schedule", unit)
    for scope in _scopes(checklist.current(turn).instrument):
        if scope.code == code:
            return unit, scope
    raise Missing(_NO_SCOPE, next=routes.SCHEDULE())


def _held(turn: Turn, unit_id: int, code: str, revision: int) -> Deadline:
    unit, scope = _claimed(turn, unit_id, code)
    row = _row(turn.session, _locked_assessment(turn.session, unit), scope)
    if row is None or row.revision != revision:
        raise Outdated(_OUTDATED, next=routes.DEADLINE(code))
    return row


def _locked_assessment(session: Session, unit: Unit) -> Assessment:
    # The lock orders those who set the same deadline for the first time: there is no row of it yet to lock.
    assessment_id = checklist.assessment_of(session, unit).id
    return session.exec(select(Assessment).where(Assessment.id == assessment_id).with_for_update()).one()


def _row(session: Session, assessment: Assessment, scope: Scope) -> Deadline | None:
    return session.exec(
        select(Deadline)
        .where(
            Deadline.assessment_id == assessment.id,
            Deadline.scope == scope.kind,
            Deadline.ref == (scope.area.id if scope.area else ""),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
        .order_by(col(Deadline.id))
    ).first()


def _scopes(instrument: Instrument) -> list[Scope]:
    areas = [Scope(area.id, AREA, area) for area in instrument.areas]
    return [Scope(TPI, TPI), Scope(SUBMISSION, SUBMISSION), *areas]


def _code(deadline: Deadline) -> str:
    return deadline.ref if deadline.scope == AREA else deadline.scope
