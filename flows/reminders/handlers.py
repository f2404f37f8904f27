"""Reminders as they are sent, and where their buttons lead."""

from flows import fmt, policy, routes
from flows.days import unpacked_day
from flows.errors import Missing
from flows.models import Unit
from flows.reminders import moments, screens, texts
from flows.reminders.due import TEAM_ROLES, due_items
from flows.routes import handles
from flows.schedule.service import open_unit
from flows.screen import Gone, Goto, Screen
from flows.turn import Turn


@handles(routes.REMIND)
def remind(turn: Turn, unit_id: int, kind: str, day_number: int) -> Screen | Gone:
    """A reminder at the moment it is sent: dropped when done, moved, overtaken or no longer this person's."""
    unit, day = turn.session.get(Unit, unit_id), unpacked_day(day_number)
    if unit is None or unit.archived_at is not None or day is None:
        return _no_longer(turn)
    today = fmt.local(turn.now, unit.zone).date()
    if moments.kind_for((day - today).days) != kind:
        return _no_longer(turn)
    roles = [m for m in turn.actor.roles_in(unit) if m.role in TEAM_ROLES]
    items = [i for i in due_items(turn.session, turn.library, unit, day, turn.now) if i.concerns(roles)]
    if not items:
        return _no_longer(turn)
    return screens.remind(unit, items, today, roles)


@handles(routes.REMIND_OPEN)
def open_from_reminder(turn: Turn, unit_id: int, where: str) -> Goto:
    """A reminder's button: work on that unit, then go where it leads."""
    unit = open_unit(turn, unit_id)
    policy.require(turn.actor, "view", unit)
    if where == "jadwal":
        return Goto(routes.SCHEDULE())
    return Goto(routes.LKE() if where == "lke" else routes.LKE_AREA(where))


def _no_longer(turn: Turn) -> Gone:
    """Dropped from the queue; somebody who taps it is told. Raises Missing for taps."""
    if turn.event.kind == "tap":
        raise Missing(texts.GONE, next=routes.SCHEDULE())
    return Gone()
