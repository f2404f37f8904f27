"""Conditions of proposal of the unit and of the agency."""

from flows import routes
from flows.readiness import conditions, screens_conditions
from flows.readiness.conditions import KIND_LINE
from flows.readiness.texts import conditions as texts
from flows.routes import handles
from flows.screen import Goto, Screen
from flows.turn import Turn


@handles(routes.CONDITIONS)
def show_unit(turn: Turn) -> Screen:
    """Every condition of the open unit."""
    return screens_conditions.unit(conditions.of_unit(turn))


@handles(routes.CONDITION)
def show_one(turn: Turn, line_id: str) -> Screen:
    """One condition of the open unit or its agency."""
    shown = conditions.of_unit(turn)
    result = conditions.result_of(shown, line_id)
    one = conditions.one_of_unit(turn, shown.where, line_id)
    return screens_conditions.of_unit(one, result, shown, turn.zone_name, turn.now)


@handles(routes.CONDITION_SET)
def answer(turn: Turn, assessment_id: int, line_id: str, value: str) -> Goto:
    """The coordinator answers a line of the unit."""
    conditions.set_for_unit(turn, assessment_id, line_id, value)
    return Goto(routes.CONDITION(line_id), texts.SAVED)


@handles(routes.AGENCY_CONDITIONS)
def show_agency(turn: Turn, agency_id: int, year: int) -> Screen:
    """The conditions of the agency, for its admin."""
    return screens_conditions.agency(conditions.of_agency(turn, agency_id, year))


@handles(routes.AGENCY_CONDITION)
def show_agency_one(turn: Turn, agency_id: int, year: int, line_id: str) -> Screen:
    """One condition of the agency."""
    one = conditions.one_of_agency(turn, agency_id, year, line_id)
    return screens_conditions.of_agency(one, agency_id, year, turn.zone_name, turn.now)


@handles(routes.AGENCY_CONDITION_SET)
def answer_agency(turn: Turn, agency_id: int, year: int, line_id: str, value: str) -> Goto:
    """The admin answers for the whole agency."""
    conditions.set_for_agency(turn, agency_id, year, line_id, value)
    if line_id == KIND_LINE:
        return Goto(routes.AGENCY_CONDITIONS(agency_id, year), texts.SAVED_KIND)
    return Goto(routes.AGENCY_CONDITION(agency_id, year, line_id), texts.SAVED)
