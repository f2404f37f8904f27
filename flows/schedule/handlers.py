"""The talk about one date: asked, typed, shown in full, saved, cleared, done."""

from flows import routes
from flows.routes import handles
from flows.schedule import handlers_agenda as _agenda
from flows.schedule import handlers_duty as _duty
from flows.schedule import handlers_plan as _plan
from flows.schedule import planning, reading, screens, service
from flows.schedule.texts import dates as texts
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn

ALL = (_agenda, _duty, _plan)
"""The handlers that stand beside these."""


@handles(routes.DEADLINE)
def deadline(turn: Turn, code: str) -> Screen:
    """One deadline."""
    return screens.detail(service.detail(turn, code))


@handles(routes.DEADLINE_ASK)
def ask(turn: Turn, code: str) -> Screen:
    """Ask for the date."""
    return screens.ask(service.settable(turn, code))


@handles(routes.DEADLINE_TYPED)
def typed(turn: Turn, code: str) -> Screen | Goto | NotMine:
    """The typed text is the date, or a question."""
    return reading.read(turn, code)


@handles(routes.DEADLINE_CHECK)
def check(turn: Turn, code: str, minutes: int) -> Screen:
    """Show the date in full before it is saved."""
    service.settable(turn, code)
    due_at = service.due_from(minutes, turn.now, code)
    return screens.check(planning.shift_of(turn, code, due_at), service.schedule(turn), turn.now)


@handles(routes.DEADLINE_YES)
def confirm(turn: Turn, unit_id: int, code: str, minutes: int, revision: int) -> Screen | Goto | NotMine:
    """A typed answer to the confirmation: yes, no, or another date."""
    text = reading.plain(turn.event.text)
    if text in texts.YES_WORDS:
        return reading.save(turn, unit_id, code, minutes, revision)
    if text in texts.NO_WORDS:
        return Goto(routes.DEADLINE_ASK(code))
    return reading.read(turn, code)


@handles(routes.DEADLINE_SET)
def save(turn: Turn, unit_id: int, code: str, minutes: int, revision: int) -> Goto:
    """Save the confirmed date."""
    return reading.save(turn, unit_id, code, minutes, revision)


@handles(routes.DEADLINE_CLEAR)
def clear(turn: Turn, unit_id: int, code: str, revision: int) -> Goto:
    """Remove the date."""
    service.clear(turn, unit_id, code, revision)
    return Goto(routes.SCHEDULE(), texts.CLEARED)


@handles(routes.DEADLINE_DONE)
def done(turn: Turn, unit_id: int, code: str, revision: int) -> Goto:
    """What was due is done."""
    service.mark_done(turn, unit_id, code, revision)
    return Goto(routes.SCHEDULE(), texts.DONE)


@handles(routes.DEADLINE_REOPEN)
def reopen(turn: Turn, unit_id: int, code: str, revision: int) -> Goto:
    """It is not done after all."""
    service.reopen(turn, unit_id, code, revision)
    return Goto(routes.DEADLINE(code), texts.REOPENED)


@handles(routes.DEADLINE_PIN)
def pin(turn: Turn, unit_id: int, code: str, pinned: int, revision: int) -> Goto:
    """The date stays where it is when others are shifted, or goes along again."""
    service.pin(turn, unit_id, code, revision, bool(pinned))
    return Goto(routes.DEADLINE(code), texts.PINNED_TOAST if pinned else texts.UNPINNED_TOAST)
