"""How one wants to be reminded, leave, and whether admins hear of overdue stages."""

from flows import policy, routes
from flows.registration.private import privately
from flows.reminders import leaving, prefs, reading, screens_prefs, texts_prefs
from flows.routes import handles
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn


@handles(routes.PREFS)
@privately
def show(turn: Turn) -> Screen:
    """How the person is reminded now."""
    reader = reading.me(turn)
    return screens_prefs.prefs(reader, reader.today(turn.now), policy.admin_agencies(turn.actor))


@handles(routes.PREFS_SLOT)
@privately
def set_slot(turn: Turn, minutes: int) -> Goto:
    """Another hour."""
    prefs.set_slot(turn, minutes)
    return Goto(routes.PREFS(), texts_prefs.SAVED)


@handles(routes.PREFS_QUIET)
@privately
def set_quiet(turn: Turn, minutes: int) -> Goto:
    """Another beginning of the quiet hours."""
    prefs.set_quiet(turn, minutes)
    return Goto(routes.PREFS(), texts_prefs.SAVED)


@handles(routes.PREFS_KIND)
@privately
def set_kind(turn: Turn, group: str, on: int) -> Goto:
    """A kind on or off."""
    prefs.set_kind(turn, group, bool(on))
    return Goto(routes.PREFS(), texts_prefs.SAVED)


@handles(routes.LEAVE)
@privately
def ask_leave(turn: Turn) -> Screen:
    """When?"""
    reading.me(turn)
    return screens_prefs.ask_leave()


@handles(routes.LEAVE_SAVE)
@privately
def save_leave(turn: Turn) -> Screen | Goto | NotMine:
    """The typed text holds the days, or is a question."""
    return _asked(turn)


@handles(routes.LEAVE_SAY)
@privately
def say_leave(turn: Turn) -> Screen | Goto | NotMine:
    """Typed without being asked; "cuti besok boleh?" is a question."""
    return _asked(turn)


def _asked(turn: Turn) -> Screen | Goto | NotMine:
    return NotMine() if turn.library.looks_like_question(turn.event.text) else _leave(turn)


def _leave(turn: Turn) -> Screen | Goto:
    reader = reading.me(turn)
    found = leaving.read(turn.event.text, reader.today(turn.now))
    if not isinstance(found, leaving.Leave):
        return screens_prefs.ask_leave(found or texts_prefs.LEAVE_UNREAD)
    prefs.set_leave(turn, found)
    return Goto(routes.PREFS(), texts_prefs.leave_saved(found.first, found.last))


@handles(routes.LEAVE_END)
@privately
def end_leave(turn: Turn) -> Goto:
    """Back at work."""
    prefs.end_leave(turn, reading.me(turn))
    return Goto(routes.PREFS(), texts_prefs.LEAVE_ENDED)


@handles(routes.TO_ADMIN)
@privately
def to_admin(turn: Turn, agency_id: int) -> Screen:
    """Are the agency's admins told of overdue stages?"""
    agency, on = prefs.tells_admins(turn, agency_id)
    return screens_prefs.to_admin(agency, on)


@handles(routes.TO_ADMIN_SET)
@privately
def set_to_admin(turn: Turn, agency_id: int, on: int) -> Goto:
    """On or off."""
    prefs.tell_admins(turn, agency_id, bool(on))
    return Goto(routes.TO_ADMIN(agency_id), texts_prefs.SAVED)
