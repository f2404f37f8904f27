"""Handlers of shared evidence: what its admin does, and what units do with it."""

from flows import policy, routes
from flows.errors import Missing
from flows.evidence import links, store_view
from flows.routes import handles
from flows.screen import Gone, Goto, NotMine, Screen
from flows.shared import attaching, offers, receiving, screens, service, texts
from flows.turn import Turn
from knowledge.instrument import Indicator, ResultItem

# the admin -----------------------------------------------------------------------------------------


@handles(routes.SHARED_LIST)
def listed(turn: Turn, page: int) -> Screen:
    """What the agency shares."""
    return screens.listed(*service.listed(turn, page))


@handles(routes.SHARED_NEW)
def ask_new(turn: Turn) -> Screen:
    """The prompt for a file or link."""
    service.agency_id_of(turn)
    return screens.ask(None)


@handles(routes.SHARED_REPLACE)
def ask_version(turn: Turn, shared_id: int) -> Screen:
    """The prompt for a new version."""
    return screens.ask(service.own(turn, shared_id))


@handles(routes.SHARED_FILE)
def receive(turn: Turn, shared_id: int) -> Goto:
    """The sent file is noted, and looked at in a job."""
    return Goto(routes.SHARED_SHOW(receiving.receive(turn, shared_id)))


@handles(routes.SHARED_LINK)
def receive_link(turn: Turn, shared_id: int) -> Goto | NotMine:
    """The link in the typed text; a question is answered as one."""
    if links.cleaned(turn.event.text) is None and turn.library.looks_like_question(turn.event.text):
        return NotMine()
    return Goto(routes.SHARED_SHOW(receiving.receive_link(turn, shared_id)))


@handles(routes.SHARED_SHOW)
def show(turn: Turn, shared_id: int) -> Screen:
    """A shared piece in full."""
    return _shown(turn, shared_id)


def _shown(turn: Turn, shared_id: int) -> Screen:
    view = service.view(turn, shared_id)
    nodes = (turn.library.instrument().by_id.get(item_id) for item_id in view.shared.items)
    return screens.show(view, [node for node in nodes if isinstance(node, Indicator | ResultItem)])


@handles(routes.SHARED_TOLD)
def told(turn: Turn, shared_id: int) -> Screen | Gone:
    """Its sender hears that it was looked at."""
    try:
        return _shown(turn, shared_id)
    except Missing:
        return Gone()


@handles(routes.SHARED_TITLE)
def ask_title(turn: Turn, shared_id: int) -> Screen:
    """The prompt for a title."""
    return screens.title(service.own(turn, shared_id))


@handles(routes.SHARED_TITLE_SAVE)
def save_title(turn: Turn, shared_id: int, revision: int) -> Goto:
    """The typed text is the title."""
    service.set_title(turn, shared_id, revision, turn.event.text)
    return Goto(routes.SHARED_SHOW(shared_id), texts.TITLE_SET)


@handles(routes.SHARED_WHEN)
def ask_when(turn: Turn, shared_id: int) -> Screen:
    """The prompt for date or period."""
    return screens.when(service.own(turn, shared_id))


@handles(routes.SHARED_WHEN_SAVE)
def save_when(turn: Turn, shared_id: int, revision: int) -> Goto | NotMine:
    """The typed text is a date or period."""
    if turn.library.looks_like_question(turn.event.text):
        return NotMine()
    service.set_when(turn, shared_id, revision, turn.event.text)
    return Goto(routes.SHARED_SHOW(shared_id), texts.WHEN_SET)


@handles(routes.SHARED_ITEMS)
def choose_items(turn: Turn, shared_id: int, node: str) -> Screen:
    """Which items does it fit?"""
    return screens.items(service.own(turn, shared_id), turn.library.instrument(), node)


@handles(routes.SHARED_ITEM_SET)
def set_item(turn: Turn, shared_id: int, item_id: str, revision: int) -> Goto:
    """One item on or off."""
    on = service.toggle_item(turn, shared_id, item_id, revision)
    item = service.item_of(turn.library.instrument(), item_id)
    node = item.sub_id if isinstance(item, Indicator) else screens.RESULTS
    return Goto(routes.SHARED_ITEMS(shared_id, node), texts.ITEM_ON if on else texts.ITEM_OFF)


@handles(routes.SHARED_ITEM_TYPED)
def type_items(turn: Turn, shared_id: int, revision: int) -> Goto | NotMine:
    """The typed text names items."""
    if turn.library.looks_like_question(turn.event.text):
        return NotMine()
    service.add_items(turn, shared_id, revision, turn.event.text)
    return Goto(routes.SHARED_SHOW(shared_id), texts.ITEM_ON)


@handles(routes.SHARED_BRANCH)
def choose_branch(turn: Turn, shared_id: int, page: int) -> Screen:
    """For which branch?"""
    return screens.branch(service.own(turn, shared_id), *service.branches(turn, shared_id, page))


@handles(routes.SHARED_BRANCH_SET)
def set_branch(turn: Turn, shared_id: int, unit_id: int, revision: int) -> Goto:
    """A branch, or the whole agency."""
    service.set_branch(turn, shared_id, unit_id, revision)
    return Goto(routes.SHARED_SHOW(shared_id), texts.BRANCH_SET)


@handles(routes.SHARED_PUBLISH)
def publish(turn: Turn, shared_id: int, revision: int) -> Goto:
    """Units see it from now on."""
    service.publish(turn, shared_id, revision)
    return Goto(routes.SHARED_SHOW(shared_id), texts.PUBLISHED)


@handles(routes.SHARED_WITHDRAW_ASK)
def ask_withdraw(turn: Turn, shared_id: int) -> Screen:
    """Before it is withdrawn."""
    return screens.withdraw_ask(service.view(turn, shared_id))


@handles(routes.SHARED_WITHDRAW)
def withdraw(turn: Turn, shared_id: int, revision: int) -> Goto:
    """Nobody attaches it any more; a draft goes."""
    if service.withdraw(turn, shared_id, revision):
        return Goto(routes.SHARED_SHOW(shared_id), texts.WITHDRAWN_TOAST)
    return Goto(routes.SHARED_LIST(0), texts.DROPPED)


# the units -----------------------------------------------------------------------------------------


@handles(routes.SHARED_OPEN)
def open_file(turn: Turn, shared_id: int, number: int) -> Screen:
    """The file, for the agency's admin and for units with which it is shared."""
    row, version = attaching.openable(turn, shared_id, number)
    admin = row.agency_id in policy.admin_agencies(turn.actor)
    if version.sha256 is None:
        raise Missing(texts.OF_LINK, next=routes.SHARED_SHOW(shared_id) if admin else routes.EVIDENCE())
    media = store_view.media_named(turn.session, version.sha256, version.file_name)
    return screens.file(row, version, media, admin=admin)


@handles(routes.SHARED_ITEM)
def of_item(turn: Turn, item_id: str) -> Screen:
    """What the agency shares for an item of the open unit."""
    where, item = attaching.place_of(turn, item_id)
    found = offers.of_unit(turn.session, where.unit, item_id)
    there = attaching.attached_to(turn, where, item)
    turn.state.last_item = item.id
    return screens.offered(item, found, there, attaching.may_attach(turn, where, item))


@handles(routes.SHARED_ATTACH)
def attach(turn: Turn, shared_id: int, item_id: str) -> Goto:
    """In one tap."""
    new = attaching.attach(turn, shared_id, item_id)
    return Goto(routes.SHARED_ITEM(item_id), texts.ATTACHED if new else texts.ATTACHED_ALREADY)


@handles(routes.SHARED_RENEW)
def renew(turn: Turn, evidence_id: int) -> Goto:
    """The agency's newer version becomes the unit's."""
    attaching.renew(turn, evidence_id)
    return Goto(routes.EVIDENCE_SHOW(evidence_id), texts.RENEWED)


@handles(routes.SHARED_NEWS)
def news(turn: Turn, shared_id: int, unit_id: int) -> Screen | Gone:
    """A coordinator hears of it, as long as it is true."""
    found = attaching.news_for(turn, shared_id, unit_id)
    return Gone() if found is None else screens.news(*found)
