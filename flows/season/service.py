"""One unit after the submission: what came of each stage, and writing it down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from flows import fmt, policy
from flows.checklist import service as checklist
from flows.days import due_day
from flows.errors import Missing
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
from knowledge.after import Step, after
from knowledge.stages import SUBMISSION, timeline

FIRST_YEAR = 2022
"""The instrument of PermenPANRB 90/2021 is used since the evaluation of 2022."""
STAGE = "stage"
"""The scope of days in the schedule that belong to a stage."""
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
    may_prepare: bool

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
        may_prepare=policy.can(turn.actor, "prepare", unit),
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
            Deadline.scope == STAGE,
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
