"""The year of a unit worked out: template dates, what a shift takes along, and what the bot proposes.

Everything is worked out anew when it is carried out; `stamp` says whether that is still what was shown.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from flows import audit, fmt, policy, routes
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.days import DEFAULT_TIME, at, due_day
from flows.errors import Outdated
from flows.models import Deadline, StageOffset
from flows.reminders import unit_days
from flows.schedule import service
from flows.schedule.names import (
    AREA,
    ITEM,
    STAGE,
    SUB,
    SUBMISSION,
    TPI,
    Scope,
    area_scope,
    code_of_stage,
    scope_of,
    stage_of_code,
)
from flows.schedule.service import Line
from flows.turn import Turn
from knowledge import stages
from knowledge.instrument import Instrument
from knowledge.stages import Place, timeline
from knowledge.workdays import workdays

AREAS_BEFORE_TPI = timedelta(weeks=7)
"""How long before the TPI's date the evidence of the areas is proposed to be there."""
SHORTEST = timedelta(days=10)
"""With less time than this until the TPI, no date for the areas is proposed."""

_STALE = "Jadwal baru saja berubah, jadi belum ada yang disimpan. Ini keadaan terbaru."

PINNED, DONE, PAST, TOO_EARLY = "pinned", "done", "past", "too_early"


def working(day: date) -> date:
    """That day, or the last working day before it."""
    return workdays().on_or_before(day)


def stamp_of(rows: Mapping[str, Deadline]) -> int:
    """A number that differs as soon as any of these deadlines has changed."""
    parts = sorted(f"{row.id}.{row.revision}" for row in rows.values())
    return zlib.crc32(";".join(parts).encode())


# the template --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage with its date: the unit's own (`row`), else the template's. `line` is how it is set."""

    place: Place
    line: Line
    template: date

    @property
    def day(self) -> date:
        """The day that counts."""
        row = self.line.deadline
        return due_day(row.due_at, self.line.zone) if row is not None else self.template

    @property
    def done(self) -> bool:
        """Marked done, or (without a date of its own) simply past."""
        row = self.line.deadline
        return row.done_at is not None if row is not None else self.template < self.line.today


@dataclass(frozen=True, slots=True)
class Year:
    """The unit's year: its stages in order of the template. `announced`: the submission has a date set."""

    where: Current
    lines: tuple[StageLine, ...]
    announced: bool
    stamp: int

    @property
    def to_adopt(self) -> tuple[StageLine, ...]:
        """The stages still to come that have no date of their own; the TPI's and submission's are set."""
        return tuple(
            each
            for each in self.lines
            if each.line.scope.kind == STAGE
            and each.line.deadline is None
            and each.template > each.line.today
        )


def offsets_of(session: Session, agency_id: int) -> dict[str, int]:
    """The agency's own distances, by stage."""
    found = session.exec(select(StageOffset).where(StageOffset.agency_id == agency_id)).all()
    return {row.stage: row.days_before for row in found}


def year_of(turn: Turn) -> Year:
    """The open unit's year. Raises NotAllowed, Missing."""
    where = checklist.current(turn)
    rows = service.rows_of(turn.session, where.id)
    submission = rows.get(SUBMISSION)
    customary = timeline().customary(where.assessment.year)
    day = due_day(submission.due_at, where.unit.zone) if submission is not None else customary
    template = timeline().dates(day, working, offsets_of(turn.session, where.unit.agency_id))
    lines = []
    for place in timeline().places:
        line = service.line(turn, code_of_stage(place.id), rows)
        lines.append(StageLine(place, line, template[place.id]))
    return Year(where, tuple(lines), submission is not None, stamp_of(rows))


def adopt(turn: Turn, unit_id: int, stamp: int) -> int:
    """Give every stage still to come its template date. Returns how many. Raises NotAllowed, Outdated."""
    unit = service.open_unit(turn, unit_id)
    policy.require(turn.actor, "schedule", unit)
    service.locked_assessment(turn.session, unit)
    year = year_of(turn)
    if not year.to_adopt:
        return 0
    if year.stamp != stamp:
        raise Outdated(_STALE, next=routes.STAGES())
    for each in year.to_adopt:
        _add(turn, year.where, each.line.scope, at(each.template, DEFAULT_TIME, unit.zone))
    audit.record(turn, "deadline.adopt", str(year.where.id), unit_id=unit_id, count=len(year.to_adopt))
    return len(year.to_adopt)


def _add(turn: Turn, where: Current, scope: Scope, due_at: datetime) -> None:
    turn.session.add(
        Deadline(
            assessment_id=where.id,
            unit_id=where.unit.id or 0,
            scope=scope.kind,
            ref=scope.ref,
            due_at=due_at,
            set_by=turn.actor.person_id,
            set_at=turn.now,
        )
    )
    turn.session.flush()


# shifting ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Move:
    """A deadline that goes along."""

    scope: Scope
    before: datetime
    after: datetime


@dataclass(frozen=True, slots=True)
class Stay:
    """One that does not, and why: pinned, done, past or too_early (it would fall into the past)."""

    scope: Scope
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Shift:
    """What moving one date to `due_at` takes along. `days_before`: how long before the unit is reminded."""

    line: Line
    due_at: datetime
    moves: tuple[Move, ...]
    stays: tuple[Stay, ...]
    stamp: int
    days_before: tuple[int, ...]


def shift_of(turn: Turn, code: str, due_at: datetime) -> Shift:
    """What setting this date would take along; nothing for a date that was not set or stays on its day."""
    line = service.settable(turn, code)
    where = checklist.current(turn)
    rows = service.rows_of(turn.session, where.id)
    zone, old = line.zone, line.deadline
    moves: list[Move] = []
    stays: list[Stay] = []
    days = due_day(due_at, zone) - due_day(old.due_at, zone) if old is not None else timedelta(0)
    for scope in _followers(where.instrument, line.scope, rows) if days else ():
        row = rows[scope.code]
        clock = fmt.local(row.due_at, zone).time()
        day = due_day(row.due_at, zone)
        after = at(working(day + days), clock, zone)
        why = PINNED if row.pinned else DONE if row.done_at is not None else PAST if day < line.today else ""
        if not why and after <= turn.now:
            why = TOO_EARLY
        if why:
            stays.append(Stay(scope, row.due_at, why))
        elif after != row.due_at:
            moves.append(Move(scope, row.due_at, after))
    before = unit_days.days_before(turn.session, line.unit)
    return Shift(line, due_at, tuple(moves), tuple(stays), stamp_of(rows), before)


def _followers(instrument: Instrument, scope: Scope, rows: Mapping[str, Deadline]) -> list[Scope]:
    """What depends on a date, among the deadlines that are set, in order of their time."""
    codes: set[str] = set()
    if scope.kind in {TPI, SUBMISSION, STAGE}:
        stage_id = stage_of_code(scope.code)
        taken = {place.id for place in timeline().followers(stage_id)}
        codes |= {code_of_stage(stage) for stage in taken}
        if stages.TPI in taken | {stage_id}:
            codes |= {code for code, row in rows.items() if row.scope in {AREA, SUB, ITEM}}
    elif scope.kind in {AREA, SUB}:
        node = instrument.by_id[scope.code]
        inside = {item.id for item in getattr(node, "indicators", ())}
        inside |= {item.sub_id for item in instrument.area_order if item.area_id == scope.code}
        codes |= inside & set(rows)
    found = [scope_of(instrument, code) for code in codes - {scope.code} if code in rows]
    return sorted((each for each in found if each is not None), key=lambda each: rows[each.code].due_at)


def apply_shift(turn: Turn, unit_id: int, code: str, minutes: int, stamp: int) -> tuple[datetime, int]:
    """Move a date and what goes along, as previewed. Returns the moment, and how many went along.

    A repeated tap changes nothing. Raises NotAllowed, Outdated, BadInput.
    """
    unit = service.open_unit(turn, unit_id)
    line = service.settable(turn, code)
    due_at = service.due_from(minutes, turn.now, code)
    service.locked_assessment(turn.session, unit)
    shift = shift_of(turn, code, due_at)
    line = shift.line
    if line.deadline is not None and line.deadline.due_at == due_at and shift.stamp != stamp:
        return due_at, 0
    if shift.stamp != stamp:
        raise Outdated(_STALE, next=routes.DEADLINE_CHECK(code, minutes))
    service.set_deadline(turn, unit_id, code, minutes, line.revision)
    rows = service.rows_of(turn.session, checklist.current(turn).id)
    for move in shift.moves:
        row = rows[move.scope.code]
        row.due_at, row.set_by, row.set_at = move.after, turn.actor.person_id, turn.now
    turn.session.flush()
    audit.record(turn, "deadline.shift", code, unit_id=unit_id, count=len(shift.moves))
    return due_at, len(shift.moves)


# the proposal --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the bot proposes for the areas that have no date yet, counted back from the TPI's."""

    where: Current
    tpi_on: date
    sure: bool
    areas: tuple[Scope, ...]
    due_at: datetime | None
    stamp: int


def propose(turn: Turn) -> Proposal:
    """The proposal for the open unit; `sure`: the TPI's date has been set. Raises NotAllowed, Missing."""
    year = year_of(turn)
    tpi = next(each for each in year.lines if each.line.scope.kind == TPI)
    today, zone = tpi.line.today, tpi.line.zone
    day = working(tpi.day - AREAS_BEFORE_TPI)
    if day <= today + timedelta(days=2):
        day = working(today + (tpi.day - today) / 2)
    fits = tpi.day - today >= SHORTEST and today < day < tpi.day
    rows = service.rows_of(turn.session, year.where.id)
    areas = tuple(area_scope(area) for area in year.where.instrument.areas if area.id not in rows)
    due_at = at(day, DEFAULT_TIME, zone) if fits and areas else None
    sure = tpi.line.deadline is not None
    return Proposal(year.where, tpi.day, sure, areas if due_at else (), due_at, year.stamp)


def accept(turn: Turn, unit_id: int, stamp: int) -> int:
    """Set the proposed dates of the areas. Returns how many. Raises NotAllowed, Outdated."""
    unit = service.open_unit(turn, unit_id)
    policy.require(turn.actor, "schedule", unit)
    service.locked_assessment(turn.session, unit)
    proposal = propose(turn)
    if proposal.stamp != stamp:
        if not proposal.areas:
            return 0
        raise Outdated(_STALE, next=routes.PLAN())
    if proposal.due_at is not None:
        for scope in proposal.areas:
            _add(turn, proposal.where, scope, proposal.due_at)
    audit.record(turn, "deadline.accept", str(proposal.where.id), unit_id=unit_id, count=len(proposal.areas))
    return len(proposal.areas)


# the agency's template -----------------------------------------------------------------------------


def template_of(turn: Turn, agency_id: int, year: int) -> list[tuple[Place, int, date, StageOffset | None]]:
    """Every stage with its distance, its date for that year, and the agency's own row. Raises NotAllowed."""
    policy.require_admin(turn.actor, agency_id)
    found = turn.session.exec(
        select(StageOffset).where(StageOffset.agency_id == agency_id).order_by(col(StageOffset.id))
    ).all()
    own = {row.stage: row for row in found}
    distances = {stage: row.days_before for stage, row in own.items()}
    dates = timeline().dates(timeline().customary(year), working, distances)
    return [
        (place, distances.get(place.id, place.days_before), dates[place.id], own.get(place.id))
        for place in timeline().places
    ]


def set_offset(turn: Turn, agency_id: int, stage: str, days_before: int | None, revision: int) -> bool:
    """Set the agency's distance of a stage, or (None) go back to the usual one; whether that changed it.

    Raises NotAllowed, Outdated.
    """
    policy.require_admin(turn.actor, agency_id)
    row = turn.session.exec(
        select(StageOffset)
        .where(StageOffset.agency_id == agency_id, StageOffset.stage == stage)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if (row.days_before if row is not None else None) == days_before:
        return False
    if (row.revision if row is not None else 0) != revision:
        raise Outdated(_STALE, next=routes.AGENCY_STAGE(agency_id, stage))
    if days_before is None:
        turn.session.delete(row)
    elif row is None:
        turn.session.add(
            StageOffset(
                agency_id=agency_id,
                stage=stage,
                days_before=days_before,
                set_by=turn.actor.person_id,
                set_at=turn.now,
            )
        )
    else:
        row.days_before, row.set_by, row.set_at = days_before, turn.actor.person_id, turn.now
    turn.session.flush()
    audit.record(turn, "agency.stage", f"{agency_id}/{stage}", days_before=days_before)
    return True
