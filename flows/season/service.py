"""One unit after the submission: what came of each stage, and writing it down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from flows import audit, fmt, policy, routes
from flows.checklist import service as checklist
from flows.days import due_day
from flows.errors import BadInput, Missing
from flows.models import (
    UNIT_SIDE,
    Assessment,
    Deadline,
    LheNote,
    Person,
    SeasonRound,
    SeasonUnit,
    StageResult,
    Task,
    Unit,
)
from flows.season import refusals
from flows.turn import Turn
from knowledge.after import OBJECTION, Step, after
from knowledge.stages import SUBMISSION, timeline

FIRST_YEAR = 2022
"""The instrument of PermenPANRB 90/2021 is used since the evaluation of 2022."""
MAX_NOTE = 1000
OBJECTED = "sanggah"
"""The source of action items that are objections."""


@dataclass(frozen=True, slots=True)
class Way:
    """One unit in one year as one person sees it. `others`: years of which something is noted down."""

    unit: Unit
    year: int
    others: tuple[int, ...]
    rows: Mapping[str, StageResult]
    entry: SeasonUnit | None
    round: SeasonRound | None
    planned: Mapping[str, date]
    notes: int
    objections: tuple[Task, ...]
    today: date
    may_edit: bool
    may_object: bool

    @property
    def results(self) -> dict[str, str]:
        """The results by stage."""
        return {stage: row.result for stage, row in self.rows.items() if row.result}


def way(turn: Turn, unit_id: int, year: int) -> Way:
    """Where the unit stands in a year (0: the one that is shown first). Raises Missing, NotAllowed."""
    unit = turn.unit_by_id(unit_id)
    policy.require(turn.actor, "view", unit)
    today = fmt.local(turn.now, unit.zone).date()
    known = years_of(turn.session, unit)
    year = checked_year(turn, year) if year else first_year(turn, unit, known)
    return Way(
        unit=unit,
        year=year,
        others=tuple(sorted({*known, _own_year(turn.session, unit, today)} - {year})),
        rows=rows_of(turn.session, unit_id, year),
        entry=entry_of(turn.session, unit_id, year),
        round=round_of(turn.session, unit.agency_id, year),
        planned=_planned(turn.session, unit, year),
        notes=_notes(turn.session, unit_id, year),
        objections=_objections(turn.session, unit_id, year),
        today=today,
        may_edit=policy.can(turn.actor, "season", unit),
        may_object=policy.can(turn.actor, "season", unit) and policy.can(turn.actor, "task", unit),
    )


def checked_year(turn: Turn, year: int) -> int:
    """A year of which something can be noted down. Raises Missing."""
    if not FIRST_YEAR <= year <= turn.today.year + 1:
        raise refusals.year_unknown()
    return year


def step_of(unit_id: int, year: int, stage_id: str) -> Step:
    """The stage. Raises Missing."""
    found = after().step(stage_id)
    if found is None:
        raise refusals.stage_unknown(unit_id, year)
    return found


def person_of(session: Session, row: StageResult | None) -> Person | None:
    """Who noted it down."""
    return session.get(Person, row.set_by) if row is not None and row.set_by else None


# which year -----------------------------------------------------------------------------------------


def years_of(session: Session, unit: Unit) -> tuple[int, ...]:
    """The years of which something is noted down that the unit itself may see."""
    query = select(SeasonUnit.year).where(
        SeasonUnit.unit_id == unit.id, (SeasonUnit.stage != "") | (SeasonUnit.told != "")
    )
    notes = select(LheNote.year).where(LheNote.unit_id == unit.id, col(LheNote.removed_at).is_(None))
    return tuple(sorted({*session.exec(query).all(), *session.exec(notes.distinct()).all()}))


def first_year(turn: Turn, unit: Unit, known: tuple[int, ...] | None = None) -> int:
    """The year that is shown first: the present one once it has begun, else the last one noted down."""
    return menu_year(turn, unit, known) or _own_year(turn.session, unit, turn.today)


def menu_year(turn: Turn, unit: Unit, known: tuple[int, ...] | None = None) -> int | None:
    """The year that the menu leads to; None while there is nothing to see after a submission."""
    today = fmt.local(turn.now, unit.zone).date()
    known = years_of(turn.session, unit) if known is None else known
    year = _own_year(turn.session, unit, today)
    if year in known or _begun(turn.session, unit, year, today):
        return year
    return max((each for each in known if each < year), default=None)


def _own_year(session: Session, unit: Unit, today: date) -> int:
    try:
        return checklist.assessment_of(session, unit).year
    except Missing:
        return today.year


def _begun(session: Session, unit: Unit, year: int, today: date) -> bool:
    """Whether the day of submission has come, or the agency has opened the year for its units."""
    found = session.exec(
        select(Deadline.due_at)
        .join(Assessment, col(Assessment.id) == col(Deadline.assessment_id))
        .where(
            Assessment.unit_id == unit.id,
            Assessment.year == year,
            Assessment.side == UNIT_SIDE,
            Deadline.scope == SUBMISSION,
        )
    ).first()
    day = due_day(found, unit.zone) if found is not None else timeline().customary(year)
    if day < today:
        return True
    row = round_of(session, unit.agency_id, year)
    return row is not None and row.opened_at is not None


# reading ---------------------------------------------------------------------------------------------


def rows_of(session: Session, unit_id: int, year: int) -> dict[str, StageResult]:
    """What is noted down, by stage; read anew, since a lock taken meanwhile may have let a change through."""
    query = select(StageResult).where(StageResult.unit_id == unit_id, StageResult.year == year)
    found = session.exec(query.execution_options(populate_existing=True)).all()
    return {row.stage: row for row in found}


def entry_of(session: Session, unit_id: int, year: int) -> SeasonUnit | None:
    """The unit's row of the year."""
    query = select(SeasonUnit).where(SeasonUnit.unit_id == unit_id, SeasonUnit.year == year)
    return session.exec(query.execution_options(populate_existing=True)).first()


def round_of(session: Session, agency_id: int, year: int) -> SeasonRound | None:
    """The agency's row of the year."""
    query = select(SeasonRound).where(SeasonRound.agency_id == agency_id, SeasonRound.year == year)
    return session.exec(query.execution_options(populate_existing=True)).first()


def assessment_in(session: Session, unit_id: int, year: int) -> Assessment | None:
    """The unit's own LKE of that year, open or closed."""
    return session.exec(
        select(Assessment).where(
            Assessment.unit_id == unit_id, Assessment.year == year, Assessment.side == UNIT_SIDE
        )
    ).first()


def _planned(session: Session, unit: Unit, year: int) -> dict[str, date]:
    """The days that the unit's own schedule has for the stages."""
    found = session.exec(
        select(Deadline.ref, Deadline.due_at)
        .join(Assessment, col(Assessment.id) == col(Deadline.assessment_id))
        .where(
            Assessment.unit_id == unit.id,
            Assessment.year == year,
            Assessment.side == UNIT_SIDE,
            Deadline.scope == "stage",
        )
    ).all()
    return {stage: due_day(at, unit.zone) for stage, at in found}


def _notes(session: Session, unit_id: int, year: int) -> int:
    return session.exec(
        select(func.count()).where(
            LheNote.unit_id == unit_id, LheNote.year == year, col(LheNote.removed_at).is_(None)
        )
    ).one()


def _objections(session: Session, unit_id: int, year: int) -> tuple[Task, ...]:
    """The action items that are objections of the year, given up ones left out."""
    return tuple(
        session.exec(
            select(Task)
            .join(Assessment, col(Assessment.id) == col(Task.assessment_id))
            .where(
                Task.unit_id == unit_id,
                Task.source == OBJECTED,
                Assessment.year == year,
                Task.state != "dropped",
            )
            .order_by(col(Task.id))
        ).all()
    )


# writing ---------------------------------------------------------------------------------------------


def editable(turn: Turn, unit_id: int) -> Unit:
    """A unit whose results the actor may note down. Raises Missing, NotAllowed."""
    unit = turn.unit_by_id(unit_id)
    policy.require(turn.actor, "season", unit)
    return unit


def lock_unit(session: Session, unit_id: int) -> None:
    """Let those who note down something of the same unit take turns: there may be no row yet to lock."""
    # Not against rows that merely refer to the unit: only its key has to stay.
    session.exec(select(Unit.id).where(Unit.id == unit_id).with_for_update(key_share=True)).one()


def made_entry(session: Session, unit: Unit, year: int) -> SeasonUnit:
    """The unit's row of the year, made on first use. The unit is locked."""
    found = entry_of(session, unit.id or 0, year)
    if found is None:
        found = SeasonUnit(agency_id=unit.agency_id, unit_id=unit.id or 0, year=year)
        session.add(found)
        session.flush()
    return found


def set_result(turn: Turn, unit_id: int, year: int, stage_id: str, result: str, revision: int) -> None:
    """Note down what came of a stage ("" takes it back); its day is today until said otherwise.

    A repeated tap changes nothing. Raises NotAllowed, Missing, Outdated, BadInput for a stage that comes
    after an end, or an objection against nothing.
    """
    unit, step, again = _claimed(turn, unit_id, year, stage_id)
    if result and result not in step.results:
        raise refusals.stage_unknown(unit_id, year)
    rows = rows_of(turn.session, unit_id, year)
    row = rows.get(step.id)
    if (row.result if row else "") == result:
        return
    _check(rows, step, result, again)
    row = _row(turn, unit_id, year, step, row, revision, again)
    row.result = result
    row.decided_on = (row.decided_on or fmt.local(turn.now, unit.zone).date()) if result else None
    _kept(turn, unit, year, step, row, "result", result=result)


def allowed(way: Way, step: Step) -> tuple[str, ...]:
    """The results that may be noted down for the stage now, the present one among them."""
    return tuple(each for each in step.results if _refused(way.rows, step, each, routes.HOME()) is None)


def _check(rows: Mapping[str, StageResult], step: Step, result: str, again: routes.Action) -> None:
    refused = _refused(rows, step, result, again)
    if refused is not None:
        raise refused


def _refused(
    rows: Mapping[str, StageResult], step: Step, result: str, again: routes.Action
) -> BadInput | None:
    """Why a result cannot be noted down; None when it can."""
    before = {id: row.result for id, row in rows.items() if row.result}
    ended = after().ended_at(before)
    if result and step.id == OBJECTION and not after().happens(step, {**before, step.id: ""}):
        return refusals.objection_without_ground(again)
    if result and step.id != OBJECTION and ended is not None and ended.no < step.no:
        return refusals.after_an_end(ended.short, again)
    # What is noted down already for later stages stays true only while this one lets the unit go on.
    results = {**before, step.id: result}
    ended, last = after().ended_at(results), after().furthest(results)
    if ended is not None and last is not None and last.no > ended.no and last.id != OBJECTION:
        return refusals.later_known(last.short, again)
    return None


def set_day(turn: Turn, unit_id: int, year: int, stage_id: str, day: date, revision: int) -> None:
    """The day on which the result was told. Raises as `set_result`, BadInput for a day to come."""
    unit, step, again = _claimed(turn, unit_id, year, stage_id)
    if day > fmt.local(turn.now, unit.zone).date():
        raise refusals.day_ahead(routes.SEASON_DAY(unit_id, year, step.id))
    found = rows_of(turn.session, unit_id, year).get(step.id)
    row = _row(turn, unit_id, year, step, found, revision, again)
    row.decided_on = day
    _kept(turn, unit, year, step, row, "day", day=day.isoformat())


def set_note(turn: Turn, unit_id: int, year: int, stage_id: str, text: str, revision: int) -> None:
    """A note on the stage, in place of the old one. Raises as `set_result`, BadInput for too long a text."""
    unit, step, again = _claimed(turn, unit_id, year, stage_id)
    text = text.strip()
    prompt = routes.SEASON_NOTE(unit_id, year, step.id)
    if not text:
        raise refusals.empty(prompt)
    if len(text) > MAX_NOTE:
        raise refusals.too_long(len(text), MAX_NOTE, prompt)
    found = rows_of(turn.session, unit_id, year).get(step.id)
    row = _row(turn, unit_id, year, step, found, revision, again)
    row.note = text
    _kept(turn, unit, year, step, row, "note")


def _claimed(turn: Turn, unit_id: int, year: int, stage_id: str) -> tuple[Unit, Step, routes.Action]:
    unit = editable(turn, unit_id)
    step = step_of(unit_id, checked_year(turn, year), stage_id)
    lock_unit(turn.session, unit_id)
    return unit, step, routes.SEASON_STAGE(unit_id, year, step.id)


def _row(
    turn: Turn,
    unit_id: int,
    year: int,
    step: Step,
    row: StageResult | None,
    revision: int,
    again: routes.Action,
) -> StageResult:
    if (row.revision if row else 0) != revision:
        raise refusals.changed(again)
    if row is None:
        row = StageResult(unit_id=unit_id, year=year, stage=step.id, set_at=turn.now)
    row.set_by, row.set_at = turn.actor.person_id, turn.now
    turn.session.add(row)
    return row


def _kept(
    turn: Turn, unit: Unit, year: int, step: Step, row: StageResult, what: str, **facts: int | str
) -> None:
    turn.session.flush()
    results = {id: r.result for id, r in rows_of(turn.session, unit.id or 0, year).items() if r.result}
    entry = made_entry(turn.session, unit, year)
    last = after().furthest(results)
    entry.stage, entry.result = (last.id, results[last.id]) if last is not None else ("", "")
    entry.ended = after().ended_at(results) is not None
    turn.session.flush()
    audit.record(turn, f"season.{what}", f"{year}:{step.id}", unit.id, revision=row.revision, **facts)
