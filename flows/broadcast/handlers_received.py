"""At the receiver: the announcement, and what they say to it."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from flows import routes
from flows.alike import reads_alike
from flows.broadcast import receipts, screens_sent, service, texts_received
from flows.broadcast.audience import still_there
from flows.errors import FlowError
from flows.routes import handles
from flows.screen import Gone, Goto, Screen
from flows.turn import Turn
from knowledge.library import Library


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
    got = turn.event.kind == "other" or service.was_sent(turn, view.announcement)
    return screens_sent.announced(view, found, answers=got)


@reads_alike(routes.ANNOUNCED)
def for_many(
    session: Session, args: tuple[int, ...], person_ids: Collection[int], library: Library, now: datetime
) -> dict[int, Screen]:
    """The same, as it first reaches its receivers; nothing for those who left in between."""
    view = service.current(session, args[0], now)
    if view is None:
        return {}
    there = still_there(session, view.announcement, view.unit, person_ids, now)
    screen = screens_sent.announced(view, None, answers=True)
    return dict.fromkeys(there, screen)


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
    return screens_sent.reminder(view, found)


@handles(routes.ANNOUNCE_READ)
def read(turn: Turn, announcement_id: int) -> Goto:
    """They have read it."""
    new = receipts.mark_read(turn, announcement_id)
    toast = texts_received.THANKS if new else texts_received.KNOWN
    return Goto(routes.ANNOUNCED(announcement_id), toast)


@handles(routes.ANNOUNCE_ABSENT)
def ask_reason(turn: Turn, announcement_id: int) -> Screen | Goto:
    """Why can they not come?"""
    view = service.answerable(turn, announcement_id)
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
