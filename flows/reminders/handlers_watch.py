"""Following up reminders (Pantau pengingat), and the unit's own days."""

from flows import routes
from flows.registration.private import privately
from flows.reminders import screens_watch, texts_watch, watching
from flows.routes import handles
from flows.screen import Goto, Screen
from flows.turn import Turn


@handles(routes.WATCH)
@privately
def overview(turn: Turn, page: int) -> Screen:
    """Everybody who was reminded."""
    unit, people = watching.unit_of(turn), watching.followed(turn)
    page = min(max(0, page), max(0, (len(people) - 1) // screens_watch.PAGE))
    return screens_watch.overview(unit, people, page)


@handles(routes.WATCH_PERSON)
@privately
def person(turn: Turn, person_id: int, page: int) -> Screen:
    """One person."""
    unit, found = watching.unit_of(turn), watching.one(turn, person_id)
    page = min(max(0, page), max(0, (len(found.rows) - 1) // screens_watch.PERSON_PAGE))
    return screens_watch.person(found, unit, page, turn.now)


@handles(routes.UNIT_DAYS)
@privately
def unit_days(turn: Turn) -> Screen:
    """How many days before the unit reminds."""
    return screens_watch.unit_days(*watching.days_before(turn))


@handles(routes.UNIT_DAYS_SET)
@privately
def set_unit_days(turn: Turn, unit_id: int, days: int, on: int) -> Goto:
    """One of them on or off."""
    watching.set_days_before(turn, unit_id, days, bool(on))
    return Goto(routes.UNIT_DAYS(), texts_watch.SAVED)


@handles(routes.UNIT_DAYS_USUAL)
@privately
def usual_unit_days(turn: Turn, unit_id: int) -> Goto:
    """As everywhere again."""
    watching.usual_days(turn, unit_id)
    return Goto(routes.UNIT_DAYS(), texts_watch.SAVED)
