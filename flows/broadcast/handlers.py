"""Announcements (/pengumuman): write, see, send, follow; and what receivers get."""

from flows import policy, routes
from flows.broadcast import screens, service, texts
from flows.errors import FlowError
from flows.meetings import service as meetings
from flows.routes import handles
from flows.screen import Gone, Goto, Screen
from flows.turn import Turn


@handles(routes.ANNOUNCE)
def write(turn: Turn) -> Screen | Goto:
    """Ask for the text; members get the list to read. "/pengumuman isi" is the text itself."""
    unit = turn.unit
    if turn.event.kind == "command" and not service.may_announce(turn, unit):
        return Goto(routes.ANNOUNCE_LIST(0))
    unit = service.author_unit(turn)
    if turn.event.kind == "command" and turn.event.text.strip():
        return Goto(routes.ANNOUNCE_PREVIEW(service.draft(turn, turn.event.text)))
    return screens.prompt(unit, service.open_draft(turn, unit))


@handles(routes.ANNOUNCE_TEXT)
def keep(turn: Turn) -> Goto:
    """The typed text is the announcement: keep it as a draft."""
    return Goto(routes.ANNOUNCE_PREVIEW(service.draft(turn, turn.event.text)))


@handles(routes.ANNOUNCE_PREVIEW)
def preview(turn: Turn, announcement_id: int) -> Screen:
    """The draft as its receivers will see it."""
    view = service.own_draft(turn, announcement_id)
    row = view.announcement
    return screens.preview(view, service.reach(turn.session, row.unit_id, row.created_by, turn.now))


@handles(routes.ANNOUNCE_EDIT)
def edit(turn: Turn, announcement_id: int) -> Screen:
    """Ask for another text."""
    return screens.edit(service.own_draft(turn, announcement_id))


@handles(routes.ANNOUNCE_EDIT_TEXT)
def rewrite(turn: Turn, announcement_id: int) -> Goto:
    """The typed text replaces the draft's."""
    service.rewrite(turn, announcement_id, turn.event.text)
    return Goto(routes.ANNOUNCE_PREVIEW(announcement_id))


@handles(routes.ANNOUNCE_CANCEL)
def cancel(turn: Turn, announcement_id: int) -> Goto:
    """Give the draft up."""
    service.cancel(turn, announcement_id)
    return Goto(routes.HOME(), texts.CANCELLED)


@handles(routes.ANNOUNCE_SEND)
def send(turn: Turn, announcement_id: int) -> Goto:
    """Send it, once."""
    started = service.send(turn, announcement_id)
    return Goto(routes.ANNOUNCE_STATUS(announcement_id), texts.STARTED if started else texts.SENT_BEFORE)


@handles(routes.ANNOUNCE_STATUS)
def status(turn: Turn, announcement_id: int) -> Screen | Gone:
    """How far the sending is; also put in place of the message where it was confirmed."""
    try:
        view = service.status_of(turn, announcement_id)
    except FlowError:
        if turn.event.kind == "other":
            return Gone()  # queued for somebody who is no longer a coordinator
        raise
    counted = service.outcome(turn.session, view.announcement)
    meeting = meetings.speaks_of_one(view.announcement.text) and policy.can(turn.actor, "task", view.unit)
    return screens.status(view, counted, view.unit.zone, meeting)


@handles(routes.ANNOUNCE_LEAVE)
def leave(turn: Turn, announcement_id: int) -> Goto:
    """Go on while it is being sent: the outcome comes as a message of its own."""
    service.leave(turn, announcement_id)
    return Goto(routes.HOME())


@handles(routes.ANNOUNCE_LIST)
def history(turn: Turn, page: int) -> Screen:
    """What was sent in the open unit."""
    unit, page = turn.unit, max(page, 0)
    found, more = service.history(turn, unit, page)
    writes = service.may_announce(turn, unit)
    return screens.history(found, more, page, unit, unit.zone, turn.now, writes)


@handles(routes.ANNOUNCED)
def announced(turn: Turn, announcement_id: int) -> Screen | Gone:
    """An announcement at its receiver; dropped for people who left in between."""
    try:
        return screens.announced(service.received(turn, announcement_id))
    except FlowError:
        if turn.event.kind == "other":
            return Gone()
        raise
