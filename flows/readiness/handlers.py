"""Readiness: the verdict, the gates, and the pictures; its other parts register themselves below."""

from flows import fmt, policy, routes
from flows.checklist import service as checklist
from flows.readiness import (
    conditions,
    handlers_conditions,
    handlers_plan,
    handlers_surveys,
    pictures,
    screens,
    service,
)
from flows.readiness import history as replay
from flows.review import states as review
from flows.routes import handles
from flows.screen import Goto, Screen
from flows.turn import Turn

PARTS = (handlers_conditions, handlers_plan, handlers_surveys, pictures)


@handles(routes.READINESS)
def show(turn: Turn) -> Screen | Goto:
    """Where the open unit stands. An admin without a unit is led to what the agency itself answers."""
    if turn.open_unit is None and (agencies := policy.admin_agencies(turn.actor)):
        year = conditions.latest_year(turn.session, agencies[0]) or turn.today.year
        return Goto(routes.AGENCY_CONDITIONS(agencies[0], year))
    now = service.standing(turn)
    approved = review.approved_count(
        turn.session, now.where.assessment, [i.id for i in now.instrument.area_order]
    )
    marks = checklist.marks(turn.session, now.where.assessment, now.instrument)
    outside = conditions.conditions_of(turn.session, now.where)
    return screens.readiness(now, outside, approved, len(marks.carried), len(marks.to_confirm))


@handles(routes.READINESS_GATES)
def show_gates(turn: Turn, target: str) -> Screen:
    """Every gate of a target."""
    return screens.gates(service.standing(turn), service.target_of(target))


@handles(routes.READINESS_BOTH)
def show_both(turn: Turn) -> Screen:
    """WBK beside WBBM."""
    return screens.both(service.standing(turn))


@handles(routes.READINESS_OLDER)
def show_older(turn: Turn) -> Screen:
    """The instrument before 2021, for reading and comparison."""
    return screens.before_2021(turn.library.outlines["lke-2019"], turn.library.instrument())


@handles(routes.READINESS_PICTURE)
def show_picture(turn: Turn) -> Screen:
    """The areas as a picture."""
    return screens.picture(service.standing(turn), turn)


@handles(routes.READINESS_HISTORY)
def show_history(turn: Turn) -> Screen:
    """The score over time as a picture."""
    return screens.history(replay.history(turn), turn)


@handles(routes.READINESS_SEND)
def forward(turn: Turn) -> Screen:
    """Picture and five lines for the head of the unit."""
    now = service.standing(turn)
    found = conditions.conditions_of(turn.session, now.where)
    return screens.forward(now, found, turn, fmt.day_long(turn.today))


@handles(routes.READINESS_COPY)
def copy(turn: Turn) -> Screen:
    """The five lines as plain text."""
    now = service.standing(turn)
    found = conditions.conditions_of(turn.session, now.where)
    return screens.copy(now, found, fmt.day_long(turn.today))
