"""How the program is doing: /status, and the alarm as an admin reads it."""

from datetime import UTC

from flows import fmt, policy, routes, words
from flows.errors import NotAllowed
from flows.operations import alarms, queues, texts
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Button, Gone, Screen, rows
from flows.turn import Turn

MENU = Button(words.TO_MENU, routes.HOME())


@handles(routes.STATUS)
@privately
def status(turn: Turn) -> Screen:
    """Queues, failures, what is late. For admins."""
    if not policy.admin_agencies(turn.actor):
        raise NotAllowed(policy.REFUSED["agency"])
    found = queues.queues_of(turn.session, turn.now)
    day = queues.last_day(turn.session, turn.now.astimezone(UTC))
    text = texts.status(found, day, fmt.clock(turn.now, turn.zone_name))
    again = Button(texts.AGAIN, routes.STATUS())
    return Screen(text, rows((again, Button(words.BACK, routes.ADMIN())), MENU))


@handles(routes.ALARM)
def alarm(turn: Turn, kind: str, measure: int) -> Screen | Gone:
    """One trouble; nothing for who is no admin any more."""
    if kind not in alarms.LIMITS or not policy.admin_agencies(turn.actor):
        return Gone()
    return Screen(texts.alarm(kind, measure), rows(Button(texts.STATUS, routes.STATUS()), MENU), keep=True)
