"""Deadlines of a unit: reads for the schedule, and the changes made to one of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session, col, select

from flows import audit, fmt, policy, routes
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.days import DEFAULT_TIME, at
from flows.errors import BadInput, Missing, NotAllowed, Outdated
from flows.models import Assessment, Deadline, Person, Unit
from flows.reminders import unit_days
from flows.schedule.names import DUTY, ITEM, SUB, SUBMISSION, TPI, Scope, area_scope, code_of, scope_of
from flows.turn import Turn
from knowledge.instrument import Area, SubComponent
from knowledge.stages import timeline

MAX_AHEAD = timedelta(days=6 * 366)
SMALL_HOURS = time(0, 5)
"""When the calendar is written on, so that a day begins with what belongs to it."""

_OUTDATED = "Batas waktu ini baru saja diubah. Ini keadaan terbaru."
_PAST = "Waktu itu sudah lewat, jadi belum disimpan. Mohon ketik tanggal yang akan datang."
_NO_SCOPE = "Batas waktu ini tidak ada dalam jadwal unit Anda."
_SWITCH_OFF = "Tanggal tugas rutin mengikuti tugas rutinnya. Untuk menghentikannya, matikan tugas rutin itu."


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
        day = timeline().customary(self.year)
        return at(day, DEFAULT_TIME, self.zone) if day > self.today else None


@dataclass(frozen=True, slots=True)
class Detail:
    """A line with who set it and, for areas, the work done so far.

    `days_before`: how many days before its deadlines the unit is reminded.
    """

    line: Line
    set_by: Person | None
    answered: int
    total: int
    now: datetime
    days_before: tuple[int, ...]


def schedule(turn: Turn) -> list[Line]:
    """The open unit's schedule: TPI, submission, the areas, then what else has a date, in order of time.

    Raises NotAllowed, Missing.
    """
    where = checklist.current(turn)
    rows = rows_of(turn.session, where.id)
    always = [Scope(TPI, TPI), Scope(SUBMISSION, SUBMISSION), *map(area_scope, where.instrument.areas)]
    known = {scope.code for scope in always}
    others = (
        scope_of(where.instrument, code)
        for code, row in sorted(rows.items(), key=lambda pair: pair[1].due_at)
        if code not in known
    )
    return [_line(turn, where, scope, rows) for scope in (*always, *others) if scope is not None]


def rows_of(session: Session, assessment_id: int) -> dict[str, Deadline]:
    """Every deadline of an assessment by its code."""
    # Read anew, since a lock taken meanwhile may have let another's change through.
    query = select(Deadline).where(Deadline.assessment_id == assessment_id)
    found = session.exec(query.execution_options(populate_existing=True)).all()
    return {code_of(row): row for row in found}


def _line(turn: Turn, where: Current, scope: Scope, rows: Mapping[str, Deadline]) -> Line:
    today = fmt.local(turn.now, where.unit.zone).date()
    may_set = _may_set(turn, where.unit, scope)
    return Line(where.unit, where.assessment.year, today, scope, rows.get(scope.code), may_set)


def _may_set(turn: Turn, unit: Unit, scope: Scope) -> bool:
    return policy.can(turn.actor, *_act(unit, scope))


def _act(unit: Unit, scope: Scope) -> tuple[policy.Act, Unit, str | None]:
    """A ketua sets the dates within the own area; all others are the coordinator's."""
    return ("part_schedule", unit, scope.area_id) if scope.kind in {SUB, ITEM} else ("schedule", unit, None)


def line(turn: Turn, code: str, rows: Mapping[str, Deadline] | None = None) -> Line:
    """One line of the open unit's schedule. Raises Missing for an unknown scope.

    `rows` are its deadlines, where the caller has read them already.
    """
    where = checklist.current(turn)
    scope = scope_of(where.instrument, code)
    if scope is None:
        raise Missing(_NO_SCOPE, next=routes.SCHEDULE())
    return _line(turn, where, scope, rows_of(turn.session, where.id) if rows is None else rows)


def settable(turn: Turn, code: str) -> Line:
    """As `line`, for those who may change it. Raises NotAllowed."""
    found = line(turn, code)
    policy.require(turn.actor, *_act(found.unit, found.scope))
    return found


def detail(turn: Turn, code: str) -> Detail:
    """One line with what surrounds it."""
    found = line(turn, code)
    set_by = (
        turn.session.get(Person, found.deadline.set_by) if found.deadline and found.deadline.set_by else None
    )
    answered = total = 0
    where = checklist.current(turn)
    node = where.instrument.by_id.get(code)
    if isinstance(node, Area | SubComponent):
        done = checklist.answered_items(turn.session, where.assessment, where.instrument)
        total = len(node.indicators)
        answered = sum(i.id in done for i in node.indicators)
    before = unit_days.days_before(turn.session, found.unit)
    return Detail(found, set_by, answered, total, turn.now, before)


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
    assessment = locked_assessment(turn.session, unit)
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
            ref=scope.ref,
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
    if row.scope == DUTY:
        raise NotAllowed(_SWITCH_OFF, next=routes.DEADLINE(code))
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


def pin(turn: Turn, unit_id: int, code: str, revision: int, pinned: bool) -> None:
    """Let the date stay when others are shifted, or go along again. Raises NotAllowed, Outdated."""
    row = _held(turn, unit_id, code, revision)
    row.pinned = pinned
    turn.session.flush()
    audit.record(turn, "deadline.pin", code, unit_id=unit_id, pinned=pinned)


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
    scope = scope_of(checklist.current(turn).instrument, code)
    if scope is None:
        raise Missing(_NO_SCOPE, next=routes.SCHEDULE())
    policy.require(turn.actor, *_act(unit, scope))
    return unit, scope


def _held(turn: Turn, unit_id: int, code: str, revision: int) -> Deadline:
    unit, scope = _claimed(turn, unit_id, code)
    row = _row(turn.session, locked_assessment(turn.session, unit), scope)
    if row is None or row.revision != revision:
        raise Outdated(_OUTDATED, next=routes.DEADLINE(code))
    return row


def locked_assessment(session: Session, unit: Unit) -> Assessment:
    # The lock orders those who set the same deadline for the first time: there is no row of it yet to lock.
    assessment_id = checklist.assessment_of(session, unit).id
    return session.exec(select(Assessment).where(Assessment.id == assessment_id).with_for_update()).one()


def _row(session: Session, assessment: Assessment, scope: Scope) -> Deadline | None:
    return session.exec(
        select(Deadline)
        .where(
            Deadline.assessment_id == assessment.id,
            Deadline.scope == scope.kind,
            Deadline.ref == scope.ref,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
        .order_by(col(Deadline.id))
    ).first()
