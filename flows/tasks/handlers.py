"""Handlers of action items (tugas)."""

from datetime import date, timedelta

from flows import fmt, policy, routes
from flows.checklist import service as checklist
from flows.errors import BadInput, Missing, NotAllowed, Outdated
from flows.models import Draft, Person
from flows.pic import candidates
from flows.registration.private import privately
from flows.routes import handles
from flows.schedule.service import open_unit
from flows.screen import Gone, Goto, NotMine, Screen
from flows.tasks import planning, screens, service, texts, typed
from flows.tasks.service import DONE, STUCK, UNDONE, View
from flows.turn import Turn
from knowledge.dates import Found, Problem
from knowledge.instrument import Indicator, ResultItem

LISTS = {"": UNDONE, "k": (STUCK,), "s": (DONE,)}


def _today(turn: Turn, view: View) -> date:
    return fmt.local(turn.now, view.unit.zone).date()


def _workable(turn: Turn, task_id: int) -> View:
    """An action item that the actor may change. Raises NotAllowed, Missing."""
    view = service.find(turn, task_id)
    if not view.may_work:
        raise NotAllowed(service.NOT_YOURS, next=routes.TASK(task_id))
    return view


def _item(turn: Turn, view: View) -> str:
    """Number and title of the item that an action item is about; empty without one."""
    task = view.task
    if task.item_id is None or task.assessment_id is None:
        return ""
    where = checklist.assessment_of(turn.session, view.unit)
    node = turn.library.instrument(where.instrument_id).by_id.get(task.item_id)
    return f"{node.number} {node.title}" if isinstance(node, Indicator | ResultItem) else ""


def _card(turn: Turn, view: View) -> Screen:
    return screens.card(view, _item(turn, view), _today(turn, view))


# looking -------------------------------------------------------------------------------------------


@handles(routes.TASKS)
@privately
def listing(turn: Turn, which: str, page: int) -> Screen:
    """The open unit's action items."""
    unit = turn.unit
    policy.require(turn.actor, "view", unit)
    which = which if which in LISTS else ""
    page = min(max(0, page), 10_000)
    found, total = service.listed(turn.session, unit, LISTS[which], page)
    today = fmt.local(turn.now, unit.zone).date()
    may_make = policy.can(turn.actor, "task", unit)
    return screens.listing(unit, which, found, total, page, today, may_make)


@handles(routes.TASK)
@privately
def show(turn: Turn, task_id: int) -> Screen:
    """One action item."""
    return _card(turn, service.find(turn, task_id))


@handles(routes.TASK_OPEN)
@privately
def open_task(turn: Turn, task_id: int) -> Goto:
    """From a message: its unit becomes the open one."""
    view = service.find(turn, task_id)
    open_unit(turn, view.unit.id or 0)
    return Goto(routes.TASK(task_id))


@handles(routes.TASK_HISTORY)
@privately
def history(turn: Turn, task_id: int, page: int) -> Screen:
    """What became of it, newest first."""
    view = service.find(turn, task_id)
    page = min(max(0, page), 10_000)
    found, more = service.history(turn.session, task_id, page)
    ids = {
        each.get(field)
        for row, _ in found
        for each in (row.before or {}, row.after or {})
        for field in ("person_id", "helper_id")
    } | {row.behalf_id for row, _ in found}
    people = [turn.session.get(Person, id) for id in ids if id]
    names = {person.id or 0: person.name for person in people if person is not None}
    zone = turn.zone_name
    return screens.history(
        view, [texts.change_line(row, who, names, row.at, zone) for row, who in found], page, more
    )


# making --------------------------------------------------------------------------------------------


@handles(routes.TASK_NEW)
@privately
def ask_new(turn: Turn, item_id: str) -> Screen:
    """The prompt, perhaps for an item."""
    policy.require(turn.actor, "task", turn.unit)
    where = checklist.current(turn)
    item = checklist.item_of(where.instrument, item_id) if item_id else None
    return screens.ask_new(f"{item.number} {item.title}" if item else "", item_id, where.id)


@handles(routes.TASK_NEW_SAVE)
@privately
def save_new(turn: Turn, assessment_id: int, item_id: str) -> Goto:
    """The typed text holds the work, and perhaps the PIC and the day."""
    where = checklist.current(turn)
    if where.id != assessment_id:
        raise Outdated(texts.BAD_STATE, next=routes.TASKS("", 0))
    item = checklist.item_of(where.instrument, item_id) if item_id else None
    return _made(turn, turn.event.text, item.id if item else None, source="item" if item else "message")


def _made(turn: Turn, text: str, item_id: str | None, *, source: str, title: str = "") -> Goto:
    unit = turn.unit
    team = candidates.team(turn.session, unit, turn.now)
    said = typed.read(text, team, fmt.local(turn.now, unit.zone).date(), title=title)
    me = turn.actor.person_id
    works = any(each.id == me for each in team)
    named = said.person.id if said.person is not None else None
    person_id = named if named is not None or said.unsure else (me if works else None)
    where = checklist.current(turn)
    task = service.create(
        turn,
        unit,
        said.title,
        person_id=person_id,
        due_on=said.due_on,
        assessment_id=where.id,
        item_id=item_id,
        source=source,
    )
    notes = [texts.MADE]
    if said.unsure:
        notes.append(texts.UNSURE)
    if said.problem:
        notes.append(texts.PROBLEM.format(said.problem))
    return Goto(routes.TASK(task.id or 0), " ".join(notes))


@handles(routes.TASK_OF_MESSAGE)
def of_message(turn: Turn) -> Screen | Goto:
    """/tugas with words, or in reply to a message whose words become the title."""
    event = turn.event
    quoted = fmt.cut(fmt.one_line(event.quoted), service.MAX_TITLE)
    if not event.private:
        words_kept = " / ".join(part for part in (quoted, event.text.strip()) if part)
        if not words_kept:
            return screens.nothing_quoted(turn.bot_username)
        _keep(turn, words_kept)
        return screens.kept(turn.bot_username, routes.TASK_PAYLOAD)
    if not quoted and not event.text.strip():
        return Goto(routes.MINE(0))
    policy.require(turn.actor, "task", turn.unit)
    return _made(turn, event.text, None, source="message", title=quoted)


def _keep(turn: Turn, text: str) -> None:
    """Hold the words for the sender's private chat, where `/start tugas` takes them up."""
    me = turn.event.sender.telegram_id
    draft = turn.session.get(Draft, (me, me)) or Draft(chat_id=me, telegram_id=me, text="", at=turn.now)
    draft.text, draft.action, draft.at = text, routes.TASK_OF_MESSAGE().pack(), turn.now
    turn.session.add(draft)


# changing ------------------------------------------------------------------------------------------


@handles(routes.TASK_EDIT)
@privately
def edit(turn: Turn, task_id: int) -> Screen | Goto:
    """What may be changed."""
    view = _workable(turn, task_id)
    return screens.edit(view) if view.may_edit else Goto(routes.TASK(task_id))


@handles(routes.TASK_STATE)
@privately
def set_state(turn: Turn, task_id: int, state: str, revision: int) -> Goto:
    """Begin, finish, reopen, drop."""
    if state not in texts.NOW:
        raise Outdated(texts.BAD_STATE, next=routes.TASK(task_id))
    service.set_state(turn, task_id, state, revision)
    return Goto(routes.TASK(task_id), texts.NOW[state])


@handles(routes.TASK_STUCK)
@privately
def ask_reason(turn: Turn, task_id: int) -> Screen:
    """What stands in the way?"""
    return screens.ask_reason(_workable(turn, task_id))


@handles(routes.TASK_STUCK_SAVE)
@privately
def save_reason(turn: Turn, task_id: int, revision: int) -> Goto:
    """It is said, and who leads is told; then: who can help?"""
    service.set_stuck(turn, task_id, turn.event.text, revision)
    return Goto(routes.TASK_PEOPLE(task_id, "bantu", 0), texts.STUCK_SAVED)


@handles(routes.TASK_PEOPLE)
@privately
def people(turn: Turn, task_id: int, kind: str, page: int) -> Screen:
    """Choose a person of the unit's team."""
    view = _workable(turn, task_id)
    team = candidates.team(turn.session, view.unit, turn.now)
    if kind == "bantu":
        team = [each for each in team if each.id != view.task.person_id]
    page = min(max(0, page), max(0, (len(team) - 1) // screens.PEOPLE_PAGE))
    return screens.people(view, kind if kind == "bantu" else "pic", team, page)


@handles(routes.TASK_PERSON)
@privately
def set_person(turn: Turn, task_id: int, kind: str, person_id: int, revision: int) -> Goto:
    """The PIC, or who helps."""
    if kind == "bantu":
        service.set_helper(turn, task_id, person_id, revision)
    else:
        service.set_pic(turn, task_id, person_id, revision)
    return Goto(routes.TASK(task_id), texts.CHANGED)


@handles(routes.TASK_PERSON_TYPED)
@privately
def typed_person(turn: Turn, task_id: int, kind: str, revision: int) -> Goto | NotMine:
    """A typed name."""
    view = service.find(turn, task_id)
    text = turn.event.text.strip()
    if turn.library.looks_like_question(text):
        return NotMine()
    meant = candidates.meant(text, candidates.team(turn.session, view.unit, turn.now))
    if len(meant) != 1:
        raise BadInput(texts.nobody_found(text), next=routes.TASK_PEOPLE(task_id, kind, 0))
    return Goto(routes.TASK_PERSON(task_id, kind, meant[0].id, revision))


@handles(routes.TASK_DAY)
@privately
def ask_day(turn: Turn, task_id: int, kind: str) -> Screen:
    """By when?"""
    return screens.ask_day(_workable(turn, task_id), _kind(kind))


@handles(routes.TASK_DAY_SAVE)
@privately
def save_day(turn: Turn, task_id: int, kind: str, revision: int) -> Screen | Goto | NotMine:
    """The typed text is the day, or a question."""
    view = service.find(turn, task_id)
    today = _today(turn, view)
    found = typed.read_day(turn.event.text, today)
    if found is None:
        return NotMine()
    if isinstance(found, Problem):
        return screens.ask_day(view, _kind(kind), found.sentence)
    assert isinstance(found, Found)
    if found.day < today or found.day > today + timedelta(days=3 * 366):
        return screens.ask_day(view, _kind(kind), texts.past(found.day))
    service.set_day(turn, task_id, _kind(kind), found.day, revision)
    return Goto(routes.TASK(task_id), f"{texts.CHANGED} {fmt.day_long(found.day)}.")


@handles(routes.TASK_DAY_CLEAR)
@privately
def clear_day(turn: Turn, task_id: int, kind: str, revision: int) -> Goto:
    """Without a day again."""
    service.set_day(turn, task_id, _kind(kind), None, revision)
    return Goto(routes.TASK(task_id), texts.CHANGED)


def _kind(kind: str) -> str:
    return "promise" if kind == "promise" else "due"


@handles(routes.TASK_TITLE)
@privately
def ask_title(turn: Turn, task_id: int) -> Screen:
    """Other words."""
    return screens.ask_title(_workable(turn, task_id))


@handles(routes.TASK_TITLE_SAVE)
@privately
def save_title(turn: Turn, task_id: int, revision: int) -> Goto:
    """The typed text is the title."""
    service.set_title(turn, task_id, turn.event.text, revision)
    return Goto(routes.TASK(task_id), texts.CHANGED)


# messages ------------------------------------------------------------------------------------------


@handles(routes.TASK_NEWS)
@privately
def news(turn: Turn, task_id: int, revision: int) -> Screen | Gone:
    """What a person is told of it as it stands now, as long as it concerns them.

    `revision` only tells one piece of news from the next.
    """
    del revision
    view = service.find(turn, task_id)
    me = turn.actor.person_id
    concerned = me in {view.task.person_id, view.task.helper_id} or view.task.state == STUCK
    if view.task.state not in UNDONE or not concerned:
        return Gone()
    return screens.news(view, _item(turn, view), _today(turn, view), me)


@handles(routes.TASKS_DUE)
@privately
def due(turn: Turn, unit_id: int, day: int) -> Gone | Goto:
    """A reminder of an earlier version: action items stand in the morning digest now."""
    del unit_id, day
    return Goto(routes.MINE(0)) if turn.event.kind == "tap" else Gone()


# from Langkah prioritas ----------------------------------------------------------------------------


@handles(routes.TASKS_OF_PLAN)
@privately
def of_plan(turn: Turn, target: str, page: int) -> Screen:
    """Which steps of that page of the plan become action items."""
    found = planning.steps(turn, target, page)
    lines = [f"{n}  {fmt.esc(each.title)}" for n, each in enumerate(found.fresh, 1)]
    return screens.from_plan(found.assessment_id, target, page, lines, found.known)


@handles(routes.TASKS_OF_PLAN_MAKE)
@privately
def make_of_plan(turn: Turn, assessment_id: int, target: str, page: int) -> Goto:
    """They become action items."""
    made = planning.make(turn, assessment_id, target, page)
    if not made:
        raise Missing(texts.BAD_STATE, next=routes.PRIORITY(target, page))
    return Goto(routes.TASKS("", 0), texts.planned(made))
