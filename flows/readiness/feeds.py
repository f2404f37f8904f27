"""Which surveys of the register stand for result items. Reads only; other features may use it.

The rule: a SPAK feeds the index B.I.a, a SPKP the index B.II.a. Of the surveys of a kind that have an index
and whose period lies in the assessment's year or the year before, the one of the newest period counts. Once
there is such a survey it goes before an index typed on the indicator's screen, which counts only without
one. Typing an index there creates no survey. SKM is kept for its trend alone.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from sqlalchemy import ColumnElement, exists
from sqlmodel import Session, col, select

from flows.models import Survey, Unit
from flows.readiness import survey_values
from flows.readiness.periods import Period
from knowledge.answers import Index
from knowledge.instrument import Instrument

FEEDS = {"SPAK": "H.1.a", "SPKP": "H.2.a"}
"""Which result item a kind of survey feeds."""
WINDOW_YEARS = 2
MOST = 200
"""Surveys of one unit; more than anybody makes, few enough to read at once."""


def period_of(survey: Survey) -> Period:
    """The period of a row."""
    return Period(survey.year, survey.part)


def index_of(survey: Survey) -> Decimal | None:
    """The index from 0 to 4; None while it is not there."""
    return None if survey.index_10k is None else Decimal(survey.index_10k) / survey_values.TEN_THOUSAND


def surveys_of(session: Session, unit: Unit) -> tuple[Survey, ...]:
    """Every survey of a unit, newest period first. One query."""
    found = session.exec(select(Survey).where(Survey.unit_id == unit.id).limit(MOST)).all()
    return tuple(sorted(found, key=lambda each: (period_of(each), each.kind), reverse=True))


def counts_for(survey: Survey, year: int) -> bool:
    """Whether a survey may feed the assessment of this year."""
    return survey.index_10k is not None and year - WINDOW_YEARS < survey.year <= year


def any_counts(unit_id: int, kind: str, year: int) -> ColumnElement[bool]:
    """The same as a condition inside a query: whether some survey of the kind feeds that assessment."""
    return exists().where(
        col(Survey.unit_id) == unit_id,
        col(Survey.kind) == kind,
        col(Survey.index_10k).is_not(None),
        col(Survey.year) > year - WINDOW_YEARS,
        col(Survey.year) <= year,
    )


def feeding(surveys: Iterable[Survey], year: int, instrument: Instrument) -> dict[str, Survey]:
    """The survey that feeds each result item of the assessment of `year`, by the rule above."""
    items = {item.id for item in instrument.results}
    chosen: dict[str, Survey] = {}
    for survey in surveys:
        item_id = FEEDS.get(survey.kind)
        if item_id is None or item_id not in items or not counts_for(survey, year):
            continue
        if item_id not in chosen or period_of(chosen[item_id]) < period_of(survey):
            chosen[item_id] = survey
    return chosen


def indexes(fed: Mapping[str, Survey]) -> dict[str, Index]:
    """The answers that the feeding surveys stand for."""
    made = {item_id: index_of(survey) for item_id, survey in fed.items()}
    return {item_id: Index(value) for item_id, value in made.items() if value is not None}
