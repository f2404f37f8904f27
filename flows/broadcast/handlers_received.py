"""At the receiver: the announcement, and what they say to it."""

from flows import routes
from flows.broadcast import receipts, screens_sent, service, texts_received
from flows.broadcast.service import View
from flows.errors import FlowError
from flows.learning import questions
from flows.routes import handles
from flows.screen import Gone, Goto, Screen
from flows.turn import Turn


@handles(routes.ANNOUNCED)
def announced(turn: Turn, announcement_id: int) -> Screen | Gone:
    """An announcement at its receiver; dropped for people who left in between."""
    try:
        view = service.received(turn, announcement_id)
    except FlowError:
        if turn.event.kind == "other":
            return Gone()
        raise
    found = service.receipt(turn, announcement_id)
    mine = view.announcement.created_by == turn.actor.person_id
    return screens_sent.announced(view, found, mine=mine, asks=_asks(turn, view))


def _asks(turn: Turn, view: View) -> bool:
    """Whether there is a coordinator of its unit who can be asked."""
    if view.wide or not turn.actor.roles_in(view.unit):
        return False
    return bool(questions.coordinators(turn, view.unit))


@handles(routes.ANNOUNCE_REMINDER)
def reminder(turn: Turn, announcement_id: int) -> Screen | Gone | Goto:
    """The one reminder; nothing for those who have read it meanwhile."""
    queued = turn.event.kind == "other"
    try:
        view = service.received(turn, announcement_id)
    except FlowError:
        if queued:
            return Gone()
        raise
    found = service.receipt(turn, announcement_id)
    if found is not None and found.read_at is not None:
        return Gone() if queued else Goto(routes.ANNOUNCED(announcement_id))
    return screens_sent.reminder(view, found, asks=_asks(turn, view))


@handles(routes.ANNOUNCE_READ)
def read(turn: Turn, announcement_id: int) -> Goto:
    """They have read it."""
    new = receipts.mark_read(turn, announcement_id)
    toast = texts_received.THANKS if new else texts_received.KNOWN
    return Goto(routes.ANNOUNCED(announcement_id), toast)


@handles(routes.ANNOUNCE_ABSENT)
def ask_reason(turn: Turn, announcement_id: int) -> Screen | Goto:
    """Why can they not come?"""
    view = service.received(turn, announcement_id)
    return screens_sent.absent(view) if view.is_meeting else Goto(routes.ANNOUNCED(announcement_id))


@handles(routes.ANNOUNCE_ABSENT_SAVE)
def keep_reason(turn: Turn, announcement_id: int) -> Goto:
    """The typed line goes to the coordinator alone."""
    receipts.absent(turn, announcement_id, turn.event.text)
    return Goto(routes.ANNOUNCED(announcement_id), texts_received.ABSENT_SAVED)


@handles(routes.ANNOUNCE_COMING)
def coming(turn: Turn, announcement_id: int) -> Goto:
    """They can come after all."""
    receipts.coming(turn, announcement_id)
    return Goto(routes.ANNOUNCED(announcement_id), texts_received.COMING_SAVED)


@handles(routes.ANNOUNCE_QUESTION)
def ask(turn: Turn, announcement_id: int) -> Goto:
    """A question goes the usual way to the unit's coordinators."""
    receipts.ask_coordinator(turn, announcement_id)
    return Goto(routes.COORD_WRITE())
