"""Which surveys of the register stand for result items. Reads only; other features may use it.

The rule: a SPAK feeds the index B.I.a, a SPKP the index B.II.a. Of the surveys of a kind that have an index
and whose period lies in the assessment's year or the year before, the one of the newest period counts. Once
there is such a survey it goes before an index typed on the indicator's screen, which counts only without
one. Typing an index there creates no survey. SKM is kept for its trend alone.

A closed year keeps what it was closed with: a survey noted down or changed later does not reach it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, exists
from sqlmodel import Session, col, select

from flows.models import Assessment, Survey, Unit
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


def counts_for(survey: Survey, year: int, closed_at: datetime | None = None) -> bool:
    """Whether a survey may feed the assessment of this year, which was closed then (None: is open)."""
    if survey.index_10k is None or not year - WINDOW_YEARS < survey.year <= year:
        return False
    return closed_at is None or survey.changed_at <= closed_at


def any_counts(at: Assessment, kind: str) -> ColumnElement[bool]:
    """The same as a condition inside a query: whether some survey of the kind feeds that assessment."""
    found = exists().where(
        col(Survey.unit_id) == at.unit_id,
        col(Survey.kind) == kind,
        col(Survey.index_10k).is_not(None),
        col(Survey.year) > at.year - WINDOW_YEARS,
        col(Survey.year) <= at.year,
    )
    return found if at.archived_at is None else found.where(col(Survey.changed_at) <= at.archived_at)


def feeding(
    surveys: Iterable[Survey], year: int, instrument: Instrument, closed_at: datetime | None = None
) -> dict[str, Survey]:
    """The survey that feeds each result item of the assessment of `year`, by the rule above."""
    items = {item.id for item in instrument.results}
    chosen: dict[str, Survey] = {}
    for survey in surveys:
        item_id = FEEDS.get(survey.kind)
        if item_id is None or item_id not in items or not counts_for(survey, year, closed_at):
            continue
        if item_id not in chosen or period_of(chosen[item_id]) < period_of(survey):
            chosen[item_id] = survey
    return chosen


def indexes(fed: Mapping[str, Survey]) -> dict[str, Index]:
    """The answers that the feeding surveys stand for."""
    made = {item_id: index_of(survey) for item_id, survey in fed.items()}
    return {item_id: Index(value) for item_id, value in made.items() if value is not None}
