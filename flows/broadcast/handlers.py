"""Announcements (/pengumuman): write, see, time, send; the other parts register themselves below."""

from flows import policy, routes
from flows.broadcast import (
    drafts,
    handlers_audience,
    handlers_received,
    handlers_sent,
    poster,
    screens,
    sending,
    service,
    texts,
    texts_sent,
    timing,
)
from flows.broadcast.audience import AREA, UNIT
from flows.broadcast.showing import preview_screen
from flows.broadcast.templates import KINDS
from flows.routes import handles
from flows.screen import Button, Goto, Quiet, Screen
from flows.team import invites
from flows.turn import Turn

PARTS = (handlers_audience, handlers_received, handlers_sent, poster)


@handles(routes.ANNOUNCE)
def write(turn: Turn) -> Screen | Goto:
    """Ask for the text; members get the list to read. "/pengumuman isi" is the text itself."""
    wide = drafts.may_write_wide(turn)
    unit = turn.open_unit
    narrow = unit is not None and service.may_announce(turn, unit)
    if not narrow and wide:
        typed = turn.event.kind == "command" and turn.event.text.strip()
        return Goto(routes.ANNOUNCE_WIDE_TEXT() if typed else routes.ANNOUNCE_WIDE())
    if turn.event.kind == "command" and not narrow:
        return Goto(routes.ANNOUNCE_LIST(0))
    unit = service.author_unit(turn)
    if turn.event.kind == "command" and turn.event.text.strip():
        return Goto(routes.ANNOUNCE_PREVIEW(drafts.draft(turn)))
    return screens.prompt(unit, drafts.open_draft(turn, unit), service.scheduled(turn, unit), wide)


@handles(routes.ANNOUNCE_TEXT)
def keep(turn: Turn) -> Goto:
    """The typed text is the announcement: keep it as a draft."""
    return Goto(routes.ANNOUNCE_PREVIEW(drafts.draft(turn)))


@handles(routes.ANNOUNCE_WIDE)
def write_wide(turn: Turn) -> Screen:
    """Ask for the text of an announcement to several units."""
    unit, scope = drafts.home(turn)
    open_unit = turn.open_unit
    narrow = open_unit is not None and service.may_announce(turn, open_unit)
    return screens.prompt_wide(drafts.place(turn, unit, scope), scope == "cabang", narrow)


@handles(routes.ANNOUNCE_WIDE_TEXT)
def keep_wide(turn: Turn) -> Goto:
    """The typed text is that announcement."""
    return Goto(routes.ANNOUNCE_PREVIEW(drafts.draft_wide(turn)))


@handles(routes.ANNOUNCE_FILE)
def begin_with_file(turn: Turn) -> Goto:
    """A photo or document begins the announcement."""
    return _begun(drafts.begin_with_file(turn), turn)


@handles(routes.ANNOUNCE_WIDE_FILE)
def begin_wide_with_file(turn: Turn) -> Goto:
    """A photo or document begins an announcement to several units."""
    return _begun(drafts.begin_with_file(turn, wide=True), turn)


def _begun(announcement_id: int, turn: Turn) -> Goto:
    if not service.own_draft(turn, announcement_id).announcement.text:
        return Goto(routes.ANNOUNCE_EDIT(announcement_id))
    return Goto(routes.ANNOUNCE_PREVIEW(announcement_id), texts.ATTACHED)


@handles(routes.ANNOUNCE_TEMPLATE)
def template(turn: Turn, kind: str) -> Screen | Goto:
    """Ask for the three lines."""
    service.author_unit(turn)
    return screens.template(kind) if kind in KINDS else Goto(routes.ANNOUNCE())


@handles(routes.ANNOUNCE_TEMPLATE_TEXT)
def fill_template(turn: Turn, kind: str) -> Goto:
    """The typed lines become a draft."""
    if kind not in KINDS:
        return Goto(routes.ANNOUNCE())
    return Goto(routes.ANNOUNCE_PREVIEW(drafts.draft_filled(turn, kind)))


@handles(routes.ANNOUNCE_PREVIEW)
def preview(turn: Turn, announcement_id: int) -> Screen:
    """The draft as its receivers will see it."""
    return preview_screen(turn, service.own_draft(turn, announcement_id))


@handles(routes.ANNOUNCE_SAMPLE)
def sample(turn: Turn, announcement_id: int) -> Screen:
    """The message alone, exactly as it will arrive."""
    view = service.own_draft(turn, announcement_id)
    return screens.sample(view) if view.announcement.text else screens.edit(view)


@handles(routes.ANNOUNCE_EDIT)
def edit(turn: Turn, announcement_id: int) -> Screen:
    """Ask for another text."""
    return screens.edit(service.own_draft(turn, announcement_id))


@handles(routes.ANNOUNCE_EDIT_TEXT)
def rewrite(turn: Turn, announcement_id: int) -> Goto:
    """The typed text replaces the draft's."""
    drafts.rewrite(turn, announcement_id)
    return Goto(routes.ANNOUNCE_PREVIEW(announcement_id))


@handles(routes.ANNOUNCE_ATTACH)
def ask_file(turn: Turn, announcement_id: int) -> Screen:
    """Ask for a photo or document."""
    return screens.attach(service.own_draft(turn, announcement_id))


@handles(routes.ANNOUNCE_ATTACH_FILE)
def attach(turn: Turn, announcement_id: int) -> Goto | Quiet:
    """The sent file goes with it; of an album the first."""
    if not drafts.attach(turn, announcement_id):
        return Quiet()
    return _begun(announcement_id, turn)


@handles(routes.ANNOUNCE_DETACH)
def detach(turn: Turn, announcement_id: int) -> Goto:
    """Without the file."""
    drafts.detach(turn, announcement_id)
    return Goto(routes.ANNOUNCE_PREVIEW(announcement_id), texts.DETACHED)


@handles(routes.ANNOUNCE_CANCEL)
def cancel(turn: Turn, announcement_id: int) -> Goto:
    """Give the draft up."""
    drafts.cancel(turn, announcement_id)
    return Goto(routes.HOME(), texts.CANCELLED)


@handles(routes.ANNOUNCE_SEND)
def send(turn: Turn, announcement_id: int) -> Goto:
    """Send it, once."""
    if not sending.send(turn, announcement_id):
        return Goto(routes.ANNOUNCE_STATUS(announcement_id), texts_sent.SENT_BEFORE)
    return Goto(routes.ANNOUNCE_FOLLOW(announcement_id), texts_sent.STARTED)


# when, and how long --------------------------------------------------------------------------------


@handles(routes.ANNOUNCE_WHEN)
def ask_when(turn: Turn, announcement_id: int) -> Screen:
    """Ask for the moment."""
    view = service.own_draft(turn, announcement_id)
    return screens.when(view, view.unit.zone)


@handles(routes.ANNOUNCE_WHEN_TYPED)
def typed_when(turn: Turn, announcement_id: int) -> Goto:
    """The typed text is the moment: show it in full first."""
    view = service.own_draft(turn, announcement_id)
    moment = timing.read_moment(turn, view.unit.zone, routes.ANNOUNCE_WHEN(announcement_id))
    return Goto(routes.ANNOUNCE_WHEN_CHECK(announcement_id, int(moment.timestamp() // 60)))


@handles(routes.ANNOUNCE_WHEN_CHECK)
def check_when(turn: Turn, announcement_id: int, minutes: int) -> Screen:
    """The moment in full."""
    view = service.own_draft(turn, announcement_id)
    moment = timing.moment_of(minutes, routes.ANNOUNCE_WHEN(announcement_id))
    return screens.when_check(view, moment, minutes, view.unit.zone, turn.now)


@handles(routes.ANNOUNCE_WHEN_SET)
def schedule(turn: Turn, announcement_id: int, minutes: int) -> Goto:
    """Let it be sent then."""
    timing.schedule(turn, announcement_id, minutes)
    return Goto(routes.ANNOUNCE_PREVIEW(announcement_id), texts.SCHEDULED_TOAST)


@handles(routes.ANNOUNCE_UNSCHEDULE)
def unschedule(turn: Turn, announcement_id: int) -> Goto:
    """A draft again."""
    timing.unschedule(turn, announcement_id)
    return Goto(routes.ANNOUNCE_PREVIEW(announcement_id), texts.UNSCHEDULED)


@handles(routes.ANNOUNCE_VALID)
def ask_valid(turn: Turn, announcement_id: int) -> Screen:
    """How long is it current?"""
    view = service.own_draft(turn, announcement_id)
    until = drafts.valid_until(view.announcement, view.unit, turn.now)
    return screens.valid(view, until, view.unit.zone)


@handles(routes.ANNOUNCE_VALID_SET)
def set_valid(turn: Turn, announcement_id: int, days: int) -> Goto:
    """So many days from its sending."""
    drafts.set_valid(turn, announcement_id, days)
    return Goto(routes.ANNOUNCE_PREVIEW(announcement_id))


@handles(routes.ANNOUNCE_VALID_TYPED)
def typed_valid(turn: Turn, announcement_id: int) -> Goto:
    """The typed text is its last day."""
    drafts.set_valid(turn, announcement_id, timing.read_last_day(turn, announcement_id))
    return Goto(routes.ANNOUNCE_PREVIEW(announcement_id))


# to paste, to print, to read -------------------------------------------------------------------------


@handles(routes.ANNOUNCE_COPY)
def copy(turn: Turn, announcement_id: int) -> Screen:
    """The plain text, for the author's drafts and for everybody who was sent it."""
    view = service.readable(turn, announcement_id)
    unsent = view.announcement.state in service.OPEN
    back = Button(texts.TO_DRAFT, routes.ANNOUNCE_PREVIEW(view.id)) if unsent else screens.HISTORY
    return screens.copy(view, back)


@handles(routes.ANNOUNCE_POSTER)
def show_poster(turn: Turn, announcement_id: int) -> Screen:
    """A page to print, with the way into the bot."""
    view = service.own(turn, announcement_id)
    unsent = view.announcement.state in service.OPEN
    back = Button(texts.TO_DRAFT, routes.ANNOUNCE_PREVIEW(view.id)) if unsent else screens.HISTORY
    url = f"https://t.me/{turn.bot_username}"
    head, _, area = view.announcement.audience.partition(".")
    if head == AREA and policy.can(turn.actor, "team", view.unit):
        invite = invites.pokja_links(turn, view.unit).get(area)
        url = invites.url_of(turn, invite) if invite is not None else url
    never = drafts.reach(turn, view).never_opened
    return screens.poster(view, url, never, back)


@handles(routes.ANNOUNCE_LIST)
def history(turn: Turn, page: int) -> Screen | Goto:
    """What was sent in the open unit, or by who oversees several."""
    if turn.open_unit is None and drafts.may_write_wide(turn) and turn.event.private:
        unit, _ = drafts.home(turn)
    else:
        unit = turn.unit
    page = max(page, 0)
    found, more = service.history(turn, unit, page)
    narrow, me = service.may_announce(turn, unit), turn.actor.person_id
    followed = {r.id or 0 for r in found if (narrow if r.scope == UNIT else r.created_by == me)}
    writes = narrow or drafts.may_write_wide(turn)
    return screens.history(found, more, page, unit, unit.zone, turn.now, writes, followed)
