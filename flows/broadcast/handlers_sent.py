"""Following what was sent: counts, readers, reminding, stopping; and what only the author is told."""

from flows import routes
from flows.broadcast import receipts, refusals, screens_sent, sending, service, texts, texts_sent
from flows.broadcast.showing import status_screen
from flows.errors import FlowError
from flows.routes import handles
from flows.screen import Gone, Goto, Screen
from flows.turn import Turn


@handles(routes.ANNOUNCE_STATUS)
def status(turn: Turn, announcement_id: int) -> Screen | Gone:
    """How it stands, for every coordinator of the unit."""
    try:
        view = service.status_of(turn, announcement_id)
    except FlowError:
        if turn.event.kind == "other":
            return Gone()  # queued for somebody who is no longer a coordinator
        raise
    return status_screen(turn, view, live=False)


@handles(routes.ANNOUNCE_FOLLOW)
def follow(turn: Turn, announcement_id: int) -> Screen | Gone:
    """How it stands, in the message that its author keeps: it is edited in place."""
    try:
        view = service.own_sent(turn, announcement_id)
    except FlowError:
        if turn.event.kind == "other":
            return Gone()
        raise
    return status_screen(turn, view, live=True)


@handles(routes.ANNOUNCE_STOP)
def stop(turn: Turn, announcement_id: int) -> Goto:
    """The rest stays unsent."""
    stopped = sending.stop(turn, announcement_id)
    toast = texts_sent.STOPPED_TOAST if stopped else texts_sent.NOT_SENDING
    return Goto(routes.ANNOUNCE_FOLLOW(announcement_id), toast)


@handles(routes.ANNOUNCE_TO_GROUP)
def to_group(turn: Turn, announcement_id: int) -> Goto:
    """The unit's group reads it too."""
    told = receipts.to_group(turn, announcement_id, texts.announced)
    toasts = {True: texts_sent.GROUP_TOLD, False: texts_sent.GROUP_TOLD_BEFORE, None: texts_sent.NO_GROUP}
    return Goto(routes.ANNOUNCE_FOLLOW(announcement_id), toasts[told])


@handles(routes.ANNOUNCE_LEAVE)
def leave(turn: Turn, announcement_id: int) -> Goto:
    """An old button: the outcome comes as a message of its own."""
    sending.leave(turn, announcement_id)
    return Goto(routes.HOME())


@handles(routes.ANNOUNCE_READERS)
def readers(turn: Turn, announcement_id: int, page: int) -> Screen:
    """Who has read it: names for its author alone."""
    view = service.own_sent(turn, announcement_id)
    page = max(0, page)
    counts = receipts.counts(turn.session, view.announcement)
    found, more = receipts.readers(turn, view, page)
    text = texts_sent.readers(view, counts, found, view.unit.zone, turn.now, page * receipts.PAGE + 1)
    return screens_sent.readers(view, text, counts, page, more)


@handles(routes.ANNOUNCE_REMIND)
def remind(turn: Turn, announcement_id: int) -> Goto:
    """Remind the others, once."""
    count = receipts.remind(turn, announcement_id)
    return Goto(routes.ANNOUNCE_READERS(announcement_id, 0), texts_sent.reminded(count))


@handles(routes.ANNOUNCE_SUGGEST)
def suggest(turn: Turn, announcement_id: int) -> Screen | Gone | Goto:
    """Before a meeting: remind the others? Nothing when all have read it."""
    queued = turn.event.kind == "other"
    try:
        view = service.own_sent(turn, announcement_id)
    except FlowError:
        if queued:
            return Gone()
        raise
    counts = receipts.counts(turn.session, view.announcement)
    if not counts.unread or view.announcement.reminded_at is not None:
        return Gone() if queued else Goto(routes.ANNOUNCE_READERS(announcement_id, 0))
    return screens_sent.suggest(view, counts)


@handles(routes.ANNOUNCE_SUGGEST_NO)
def no_reminder(turn: Turn, announcement_id: int) -> Goto:
    """Not needed."""
    receipts.no_reminder(turn, announcement_id)
    return Goto(routes.ANNOUNCE_READERS(announcement_id, 0), texts_sent.SUGGEST_NO)


@handles(routes.ANNOUNCE_ABSENCE)
def absence(turn: Turn, announcement_id: int, person_id: int) -> Screen | Gone:
    """Who cannot come and why, for the coordinator alone."""
    try:
        view, person, found = receipts.absence_of(turn, announcement_id, person_id)
    except FlowError:
        if turn.event.kind == "other":
            return Gone()
        raise
    return screens_sent.absence(view, person.name, found)


@handles(routes.ANNOUNCE_NOT_SENT)
def not_sent(turn: Turn, announcement_id: int) -> Screen | Gone:
    """A scheduled announcement was not sent, told to its author."""
    try:
        view = service.written(turn, announcement_id)
    except FlowError:
        if turn.event.kind == "other":
            return Gone()
        raise
    if view.announcement.state != service.CANCELLED:
        raise refusals.not_yours()
    return screens_sent.not_sent(view)
