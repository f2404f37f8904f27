"""Screens of the conditions of proposal."""

from collections.abc import Callable
from datetime import datetime

from flows import routes, words
from flows.readiness import conditions
from flows.readiness.conditions import (
    GOVERNMENTS,
    KIND_LINE,
    AgencyConditions,
    OneCondition,
    UnitConditions,
)
from flows.readiness.screens import up
from flows.readiness.texts import conditions as texts
from flows.routes import Action
from flows.screen import Button, Screen, grid, rows
from knowledge.eligibility import LineResult
from knowledge.instrument import Indicator

NUMBERS_PER_ROW = 6


def unit(shown: UnitConditions) -> Screen:
    """Every condition of a unit and its agency."""
    found = shown.found
    numbered = list(enumerate((*found.instansi, *found.unit, *found.warnings), 1))
    buttons = [Button(str(place), routes.CONDITION(result.line.id)) for place, result in numbered]
    where = shown.where
    agency = Button(texts.AGENCY, routes.AGENCY_CONDITIONS(where.unit.agency_id, where.assessment.year))
    return Screen(
        texts.unit(shown, numbered),
        rows(*grid(buttons, NUMBERS_PER_ROW), agency if shown.admin else None, up()),
    )


def of_unit(
    shown: OneCondition, result: LineResult, where: UnitConditions, zone: str, now: datetime
) -> Screen:
    """One condition as the open unit sees it."""
    line = shown.line
    answers = _answers(shown, lambda value: routes.CONDITION_SET(where.where.id, line.id, value))
    items = [where.where.instrument.by_id.get(each) for each in line.indicators]
    related = [
        Button(texts.related(item.number), routes.LKE_ITEM(item.id))
        for item in items
        if isinstance(item, Indicator)
    ]
    return Screen(
        texts.one(shown, result, zone, now),
        rows(*answers, *((button,) for button in related), (Button(texts.UP, routes.CONDITIONS()), up())),
    )


def _answers(shown: OneCondition, to: Callable[[str], Action]) -> tuple[tuple[Button, ...], ...]:
    if not shown.may_set:
        return ()
    line = shown.line
    labels = texts.SAY_GRADED if conditions.graded(line) else texts.SAY
    chosen = [
        Button(f"✓ {labels[value]}" if shown.value == value else labels[value], to(value))
        for value in conditions.choices(line)
    ]
    return rows(*grid(chosen, 2), Button(texts.SAY_NOTHING, to("")) if shown.value else None)


def agency(shown: AgencyConditions) -> Screen:
    """The conditions of the whole agency, for its admin."""
    number = shown.agency.id or 0
    buttons = [
        Button(str(place), routes.AGENCY_CONDITION(number, shown.year, line.id))
        for place, (line, _) in enumerate(shown.lines, 1)
    ]
    kinds = tuple(
        Button(
            f"✓ {texts.KINDS[kind]}" if shown.government == kind else texts.KINDS[kind],
            routes.AGENCY_CONDITION_SET(number, shown.year, KIND_LINE, kind),
        )
        for kind in GOVERNMENTS
    )
    return Screen(
        texts.agency(shown),
        rows(
            *grid(buttons, NUMBERS_PER_ROW),
            *((kind,) for kind in kinds),
            Button(words.TO_MENU, routes.HOME()),
        ),
    )


def of_agency(shown: OneCondition, agency_id: int, year: int, zone: str, now: datetime) -> Screen:
    """One condition of the agency."""

    def to(value: str) -> Action:
        return routes.AGENCY_CONDITION_SET(agency_id, year, shown.line.id, value)

    return Screen(
        texts.one(shown, None, zone, now),
        rows(
            *_answers(shown, to),
            Button(texts.UP_AGENCY, routes.AGENCY_CONDITIONS(agency_id, year)),
        ),
    )
