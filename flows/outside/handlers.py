"""Di luar LKE, sesuai permintaan instansi: the list, what is added, and what is attached."""

from flows import fmt, policy, routes
from flows.outside import screens, service, texts
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Goto, NotMine, Screen
from flows.tasks import outside as tasks
from flows.turn import Turn


@handles(routes.OUTSIDE)
@privately
def listing(turn: Turn, page: int) -> Screen:
    """The open unit's list."""
    unit = service.unit_of(turn)
    _, total, _ = service.listed(turn.session, unit, 0)
    page = min(max(0, page), max(0, (total - 1) // service.PAGE))
    found, total, done = service.listed(turn.session, unit, page)
    may_add = policy.can(turn.actor, "task", unit)
    missing = service.missing(turn.session, unit) if may_add else {}
    today = fmt.local(turn.now, unit.zone).date()
    return screens.listing(unit, found, page, total, done, today, missing, may_add)


@handles(routes.OUTSIDE_TYPED)
@privately
def typed(turn: Turn, unit_id: int, page: int) -> Goto | NotMine:
    """ "2" opens the second; "video profil / dewi / 12 mei" is added; all else is a question."""
    text = turn.event.text.strip()
    if text.isdecimal() and len(text) < 4:
        found, _, _ = service.listed(turn.session, service.unit_of(turn), page)
        place = int(text) - page * service.PAGE - 1
        return Goto(routes.TASK(found[place][0].id or 0)) if 0 <= place < len(found) else NotMine()
    if "/" not in text.replace("://", "") or turn.library.looks_like_question(text):
        return NotMine()
    return _added(turn, unit_id, text)


@handles(routes.OUTSIDE_ADD)
@privately
def add_suggested(turn: Turn, unit_id: int, code: str) -> Goto:
    """A suggestion, by one tap."""
    _, new = service.add_suggested(turn, unit_id, code)
    return Goto(routes.OUTSIDE(0), texts.ADDED if new else texts.THERE)


@handles(routes.OUTSIDE_NEW)
@privately
def ask_new(turn: Turn) -> Screen:
    """What does the agency ask for?"""
    unit = service.unit_of(turn)
    policy.require(turn.actor, "task", unit)
    return screens.ask_new(unit.id or 0)


@handles(routes.OUTSIDE_NEW_SAVE)
@privately
def save_new(turn: Turn, unit_id: int) -> Goto:
    """The typed text is on the list."""
    return _added(turn, unit_id, turn.event.text)


def _added(turn: Turn, unit_id: int, text: str) -> Goto:
    task, said = service.add(turn, unit_id, text)
    return Goto(routes.TASK(task.id or 0), texts.added(bool(said.unsure), said.problem))


# attachments ---------------------------------------------------------------------------------------


@handles(routes.OUTSIDE_ATTACH)
@privately
def ask_attachment(turn: Turn, task_id: int) -> Screen:
    """A file or a link?"""
    return screens.attach(service.outside(turn, task_id, work=True))


@handles(routes.OUTSIDE_LINK)
@privately
def attach_link(turn: Turn, task_id: int, revision: int) -> Goto | NotMine:
    """The link in the typed text; other texts are questions."""
    link = service.link_in(turn.event.text)
    if link is None:
        return NotMine()
    tasks.attach(turn, task_id, link, revision)
    return Goto(routes.TASK(task_id), texts.ATTACHED)


@handles(routes.OUTSIDE_FILE)
@privately
def attach_file(turn: Turn, task_id: int, revision: int) -> Goto:
    """The sent file."""
    tasks.attach(turn, task_id, service.sent_file(turn, task_id), revision)
    return Goto(routes.TASK(task_id), texts.ATTACHED)


@handles(routes.OUTSIDE_SHOW)
@privately
def show_attachment(turn: Turn, task_id: int) -> Screen:
    """What is attached."""
    return screens.shown(service.outside(turn, task_id))


@handles(routes.OUTSIDE_DETACH)
@privately
def detach(turn: Turn, task_id: int, revision: int) -> Goto:
    """Take it away."""
    tasks.attach(turn, task_id, None, revision)
    return Goto(routes.TASK(task_id), texts.DETACHED)
