"""Conditions of proposal (syarat pengusulan): apart from the score, each answered ya or belum.

Where WBBM needs more than WBK (SAKIP BB instead of B), the answer says which of the two is met, because the
units of one agency aim for different targets.

Lines of the agency are answered once, by its admin, for all its units; lines of the unit by its
coordinator. Both belong to an assessment year, because opinions and predicates change with the years.
Whether the agency is a regional government or a ministry is answered once for every year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Literal

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, func, select

from flows import audit, policy, routes
from flows.checklist import service as checklist
from flows.errors import Missing, NotAllowed, Outdated
from flows.models import UNIT_SIDE, Agency, Assessment, EligibilityAnswer, Person, Unit
from flows.readiness.service import target_of
from flows.turn import Turn
from knowledge.eligibility import Eligibility, Line, LineResult, Process, eligibility, load_process
from knowledge.instrument import Target
from knowledge.library import DATA

KIND_LINE = "jenis"
YES, WBK_ONLY, NO = "ya", "wbk", "tidak"
"""`WBK_ONLY`: what WBK needs is there, what WBBM needs is not; for lines that ask more for WBBM."""
Government = Literal["pemda", "kl"]
VALUES = (YES, WBK_ONLY, NO)
GOVERNMENTS: tuple[Government, ...] = ("pemda", "kl")
_GONE = "Syarat ini tidak ada dalam daftar."


@dataclass(frozen=True, slots=True)
class UnitConditions:
    """The conditions of a unit and its agency for the unit's target."""

    where: checklist.Current
    found: Eligibility
    government: Government | None
    admin: bool

    def counts(self) -> tuple[int, int, int]:
        """Binding conditions: ya, belum, belum diisi."""
        results = (*self.found.instansi, *self.found.unit)
        states = [each.standing.value for each in results]
        return states.count("met"), states.count("unmet"), states.count("open")


@dataclass(frozen=True, slots=True)
class AgencyConditions:
    """The agency's own conditions in a year, with what both targets need."""

    agency: Agency
    year: int
    lines: tuple[tuple[Line, str | None], ...]  # with one of VALUES or None
    government: Government | None


@dataclass(frozen=True, slots=True)
class OneCondition:
    """One line with its answer and who gave it."""

    line: Line
    value: str | None
    by: Person | None
    at: datetime | None
    may_set: bool


@cache
def process() -> Process:
    """The rules of proposal, read once."""
    return load_process(DATA / "proses.yaml")


def _line(line_id: str, owner: str | None = None) -> Line:
    for line in process().eligibility:
        if line.id == line_id and (owner is None or line.owner == owner):
            return line
    raise Missing(_GONE, next=routes.CONDITIONS())


# reading -------------------------------------------------------------------------------------------


def of_unit(turn: Turn) -> UnitConditions:
    """The conditions of the open unit. One query beyond the unit."""
    where = checklist.current(turn)
    return conditions_of(turn.session, where, admin=turn.actor.has_role("admin", where.unit))


def conditions_of(session: Session, where: checklist.Current, *, admin: bool = False) -> UnitConditions:
    """As `of_unit`, for an assessment that the caller may read."""
    unit, year = where.unit, where.assessment.year
    given = _given(session, unit.agency_id, (0, unit.id or 0), year)
    government = _government(given)
    target: Target = target_of(where.assessment.target)
    answers = {line_id: _met(value, target) for line_id, value in given.items() if value in VALUES}
    return UnitConditions(
        where, eligibility(process(), target, answers, government=government), government, admin
    )


def _given(session: Session, agency_id: int, unit_ids: tuple[int, ...], year: int) -> dict[str, str]:
    found = session.exec(
        select(EligibilityAnswer.line_id, EligibilityAnswer.value).where(
            EligibilityAnswer.agency_id == agency_id,
            col(EligibilityAnswer.unit_id).in_(unit_ids),
            col(EligibilityAnswer.year).in_((0, year)),
        )
    ).all()
    return dict(found)


def _met(value: str, target: Target) -> bool:
    return value == YES or (value == WBK_ONLY and target == "WBK")


def graded(line: Line) -> bool:
    """Whether WBBM needs something else than WBK here."""
    return bool(line.WBK and line.WBBM) and line.WBK != line.WBBM


def choices(line: Line) -> tuple[str, ...]:
    """The answers that a line takes."""
    return (YES, WBK_ONLY, NO) if graded(line) else (YES, NO)


def _government(given: Mapping[str, str]) -> Government | None:
    value = given.get(KIND_LINE)
    return value if value in GOVERNMENTS else None


def result_of(conditions: UnitConditions, line_id: str) -> LineResult:
    """One line as it counts for the unit. Raises Missing."""
    found = conditions.found
    for result in (*found.instansi, *found.unit, *found.warnings):
        if result.line.id == line_id:
            return result
    raise Missing(_GONE, next=routes.CONDITIONS())


def one_of_unit(turn: Turn, where: checklist.Current, line_id: str) -> OneCondition:
    """One line as the open unit sees it: its own lines can be set here by the coordinator."""
    line = _line(line_id)
    own = line.owner == "unit"
    may = own and policy.can(turn.actor, "plan", where.unit)
    unit_id = (where.unit.id or 0) if own else 0
    return _one(turn.session, line, where.unit.agency_id, unit_id, where.assessment.year, may)


def of_agency(turn: Turn, agency_id: int, year: int) -> AgencyConditions:
    """The agency's conditions, for its admins. Raises NotAllowed."""
    agency = _agency(turn, agency_id)
    given = _given(turn.session, agency_id, (0,), year)
    government = _government(given)
    lines = [
        (line, given.get(line.id))
        for line in process().eligibility
        if line.owner == "instansi" and line.applies_to in ("semua", government or line.applies_to)
    ]
    return AgencyConditions(agency, year, tuple(lines), government)


def one_of_agency(turn: Turn, agency_id: int, year: int, line_id: str) -> OneCondition:
    """One line of the agency."""
    _agency(turn, agency_id)
    return _one(turn.session, _line(line_id, "instansi"), agency_id, 0, year, may=True)


def _agency(turn: Turn, agency_id: int) -> Agency:
    if not turn.event.private:
        raise NotAllowed("Syarat instansi hanya dibuka di obrolan pribadi dengan bot ini.")
    policy.require_admin(turn.actor, agency_id)
    agency = turn.session.get(Agency, agency_id)
    if agency is None:
        raise Missing(_GONE)
    return agency


def _one(session: Session, line: Line, agency_id: int, unit_id: int, year: int, may: bool) -> OneCondition:
    found = session.exec(
        select(EligibilityAnswer, Person)
        .outerjoin(Person, col(Person.id) == EligibilityAnswer.answered_by)
        .where(
            EligibilityAnswer.agency_id == agency_id,
            EligibilityAnswer.unit_id == unit_id,
            EligibilityAnswer.year == year,
            EligibilityAnswer.line_id == line.id,
        )
    ).first()
    if found is None:
        return OneCondition(line, None, None, None, may)
    row, who = found
    return OneCondition(line, row.value, who, row.answered_at, may)


def latest_year(session: Session, agency_id: int) -> int | None:
    """The highest year that a unit of the agency has open."""
    return session.exec(
        select(func.max(Assessment.year))
        .join(Unit, col(Unit.id) == Assessment.unit_id)
        .where(Unit.agency_id == agency_id, Assessment.side == UNIT_SIDE, col(Assessment.closed_at).is_(None))
    ).one()


# answering -----------------------------------------------------------------------------------------


def set_for_unit(turn: Turn, assessment_id: int, line_id: str, value: str) -> None:
    """The coordinator answers a line of the unit; "" takes the answer away. Raises Outdated, NotAllowed."""
    where = checklist.current(turn)
    if where.id != assessment_id:
        raise Outdated(
            f"Tombol ini dari unit atau tahun lain, jadi belum ada yang diubah. "
            f"Yang sedang terbuka: {where.unit.name}, {where.assessment.year}.",
            next=routes.CONDITIONS(),
        )
    policy.require(turn.actor, "plan", where.unit)
    line = _line(line_id, "unit")
    if value not in ("", *choices(line)):
        raise Missing(_GONE, next=routes.CONDITION(line_id))
    unit_id = where.unit.id or 0
    _write(turn, where.unit.agency_id, unit_id, where.assessment.year, line.id, value)


def set_for_agency(turn: Turn, agency_id: int, year: int, line_id: str, value: str) -> None:
    """The admin answers a line of the agency, or says what kind of agency it is ("jenis")."""
    _agency(turn, agency_id)
    if line_id == KIND_LINE:
        if value not in ("", *GOVERNMENTS):
            raise Missing(_GONE, next=routes.AGENCY_CONDITIONS(agency_id, year))
        _write(turn, agency_id, 0, 0, KIND_LINE, value)
        return
    line = _line(line_id, "instansi")
    if value not in ("", *choices(line)) or not 2000 <= year <= 2200:
        raise Missing(_GONE, next=routes.AGENCY_CONDITIONS(agency_id, year))
    _write(turn, agency_id, 0, year, line.id, value)


def _write(turn: Turn, agency_id: int, unit_id: int, year: int, line_id: str, value: str) -> None:
    session = turn.session
    key = {"agency_id": agency_id, "unit_id": unit_id, "year": year, "line_id": line_id}
    if value:
        insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
        new = {"value": value, "answered_by": turn.actor.person_id, "answered_at": turn.now}
        session.connection().execute(
            insert(EligibilityAnswer)
            .values({**key, **new})
            .on_conflict_do_update(index_elements=list(key), set_=new)
        )
    else:
        session.exec(
            delete(EligibilityAnswer).where(
                col(EligibilityAnswer.agency_id) == agency_id,
                col(EligibilityAnswer.unit_id) == unit_id,
                col(EligibilityAnswer.year) == year,
                col(EligibilityAnswer.line_id) == line_id,
            )
        )
    audit.record(turn, "syarat.jawab", line_id, unit_id or None, agency_id=agency_id, year=year, value=value)
