"""Screens of action items: data in, `Screen` out."""

from collections.abc import Sequence
from datetime import date

from flows import fmt, routes, words
from flows.faq.brief import url
from flows.models import Person, Task, Unit
from flows.pic.candidates import Candidate
from flows.screen import Button, Expect, Screen, grid, rows
from flows.tasks import texts
from flows.tasks.service import (
    DOING,
    DONE,
    DROPPED,
    OF_ASSESSORS,
    OF_SERVICE,
    OPEN,
    OUTSIDE,
    PAGE,
    STUCK,
    View,
)

PEOPLE_PAGE = 8
TITLES = {"": "Tugas tim", "k": "Tugas dengan kendala", "s": "Tugas selesai"}


def listing(
    unit: Unit,
    which: str,
    found: Sequence[tuple[Task, Person | None]],
    total: int,
    page: int,
    today: date,
    may_make: bool,
) -> Screen:
    """The unit's action items in one state; `may_make`: the reader may note new ones."""
    lines = [texts.line(n, task, pic, today) for n, (task, pic) in enumerate(found, 1)]
    others = [
        Button(label, routes.TASKS(code, 0))
        for code, label in (("", texts.ALL), ("k", texts.STUCK_LIST), ("s", texts.DONE_LIST))
        if code != which
    ]
    return Screen(
        texts.listing(unit.name, TITLES[which], lines, total, may_make),
        rows(
            *grid([Button(str(n), routes.TASK(task.id or 0)) for n, (task, _) in enumerate(found, 1)], 4),
            _turning(page, total, PAGE, which),
            (
                *([Button(texts.NEW, routes.TASK_NEW(""))] if may_make else []),
                Button(texts.MINE, routes.MINE(0)),
            ),
            others,
            (Button(texts.OUTSIDE_LIST, routes.OUTSIDE(0)), Button(words.TO_MENU, routes.HOME())),
        ),
    )


def _turning(page: int, total: int, per_page: int, which: str) -> tuple[Button, ...]:
    return (
        *([Button("‹", routes.TASKS(which, page - 1))] if page else []),
        *([Button("›", routes.TASKS(which, page + 1))] if (page + 1) * per_page < total else []),
    )


def card(view: View, item: str, today: date) -> Screen:
    """One action item with what the person may do about it."""
    task, id = view.task, view.id
    revision = task.revision

    def to(state: str) -> routes.Action:
        return routes.TASK_STATE(id, state, revision)

    judged = task.source == OF_ASSESSORS
    work: list[Button] = [Button(texts.FINDING, routes.FINDING_OF_TASK(id))] if judged else []
    if view.may_work and task.state in {OPEN, DOING, STUCK}:
        if not judged:
            work.append(Button(texts.FINISH, to(DONE)))
        if task.state != DOING:
            work.append(Button(texts.BEGIN, to(DOING)))
        if task.state != STUCK:
            work.append(Button(texts.TROUBLE, routes.TASK_STUCK(id)))
        if view.mine:
            work.append(Button(texts.PROMISE, routes.TASK_DAY(id, "promise")))
    if view.may_work and task.state in {DONE, DROPPED} and not judged:
        work.append(Button(texts.REOPEN, to(OPEN)))
    helping = view.may_work and task.state == STUCK
    node = task.item_id if item else None
    return Screen(
        texts.card(view, item, today),
        rows(
            *grid(work, 2),
            _attached(view),
            Button(texts.HELPER, routes.TASK_PEOPLE(id, "bantu", 0)) if helping else None,
            Button(texts.OPEN_ITEM, routes.LKE_ITEM(node)) if node else _asked(task),
            (
                *([Button(texts.CHANGE, routes.TASK_EDIT(id))] if view.may_edit else []),
                Button(texts.HISTORY, routes.TASK_HISTORY(id, 0)),
            ),
            (
                Button(texts.MINE, routes.MINE(0)),
                Button(texts.OUTSIDE_LIST, routes.OUTSIDE(0))
                if task.source == OUTSIDE
                else Button(texts.ALL, routes.TASKS("", 0)),
            ),
        ),
    )


def _attached(view: View) -> tuple[Button, ...]:
    """What belongs to something outside the LKE: to put a file or link beside it, and to see it."""
    if view.task.source != OUTSIDE:
        return ()
    return (
        *([Button(texts.ATTACH, routes.OUTSIDE_ATTACH(view.id))] if view.may_work else []),
        *([Button(texts.SHOW_ATTACHED, routes.OUTSIDE_SHOW(view.id))] if view.task.attached else []),
    )


def _asked(task: Task) -> Button | None:
    """To the question of the check of public service that the action item comes from."""
    if task.source != OF_SERVICE or task.item_id is None:
        return None
    return Button(texts.OPEN_QUESTION, routes.SERVICE_ITEM(task.item_id))


def edit(view: View) -> Screen:
    """What may be changed."""
    id, revision = view.id, view.task.revision
    judged = view.task.source == OF_ASSESSORS
    gone = view.task.state == DROPPED or judged
    return Screen(
        texts.change(view),
        rows(
            (
                Button(texts.WHO, routes.TASK_PEOPLE(id, "pic", 0)),
                *([] if judged else [Button(texts.DUE, routes.TASK_DAY(id, "due"))]),
                Button(texts.TITLE, routes.TASK_TITLE(id)),
            ),
            None if gone else Button(texts.DROP, routes.TASK_STATE(id, DROPPED, revision)),
            Button(words.BACK, routes.TASK(id)),
        ),
    )


def ask_new(item: str, item_id: str, assessment_id: int) -> Screen:
    """The prompt for a new action item."""
    back = routes.LKE_ITEM(item_id) if item_id else routes.TASKS("", 0)
    return Screen(
        texts.ask_new(item),
        rows(Button(words.BACK, back)),
        Expect(text=routes.TASK_NEW_SAVE(assessment_id, item_id), only=True),
    )


def ask_reason(view: View) -> Screen:
    """The prompt for what stands in the way."""
    return Screen(
        texts.ask_reason(view.task.title),
        rows(Button(words.BACK, routes.TASK(view.id))),
        Expect(text=routes.TASK_STUCK_SAVE(view.id, view.task.revision), only=True),
    )


def ask_day(view: View, kind: str, problem: str = "") -> Screen:
    """The prompt for a day, perhaps after one that cannot be."""
    id, revision = view.id, view.task.revision
    present = view.task.promised_on if kind == "promise" else view.task.due_on
    clear = Button(texts.NO_DAY, routes.TASK_DAY_CLEAR(id, kind, revision)) if present else None
    text = texts.ask_day(view.task.title, kind)
    return Screen(
        f"{fmt.esc(problem)}\n\n{text}" if problem else text,
        rows(clear, Button(words.BACK, routes.TASK(id))),
        Expect(text=routes.TASK_DAY_SAVE(id, kind, revision)),
    )


def ask_title(view: View) -> Screen:
    """The prompt for other words."""
    return Screen(
        texts.ask_title(view.task.title),
        rows(Button(words.BACK, routes.TASK(view.id))),
        Expect(text=routes.TASK_TITLE_SAVE(view.id, view.task.revision), only=True),
    )


def people(view: View, kind: str, team: Sequence[Candidate], page: int) -> Screen:
    """Choose who does it, or who can help."""
    id, revision = view.id, view.task.revision
    shown = team[page * PEOPLE_PAGE : (page + 1) * PEOPLE_PAGE]
    buttons = [
        Button(fmt.cut(each.person.name, 20), routes.TASK_PERSON(id, kind, each.id, revision))
        for each in shown
    ]
    turning = (
        *([Button("‹", routes.TASK_PEOPLE(id, kind, page - 1))] if page else []),
        *(
            [Button("›", routes.TASK_PEOPLE(id, kind, page + 1))]
            if (page + 1) * PEOPLE_PAGE < len(team)
            else []
        ),
    )
    nobody = Button(texts.NO_HELPER, routes.TASK_PERSON(id, kind, 0, revision)) if kind == "bantu" else None
    task = view.task
    return Screen(
        texts.ask_helper(task.reason) if kind == "bantu" else texts.ask_who(task.title),
        rows(*grid(buttons, 2), turning, nobody, Button(words.BACK, routes.TASK(id))),
        Expect(text=routes.TASK_PERSON_TYPED(id, kind, revision)),
    )


def history(view: View, lines: Sequence[str], page: int, more: bool) -> Screen:
    """What became of it."""
    turning = (
        *([Button("‹", routes.TASK_HISTORY(view.id, page - 1))] if page else []),
        *([Button("›", routes.TASK_HISTORY(view.id, page + 1))] if more else []),
    )
    return Screen(
        texts.history(view.task.title, lines), rows(turning, Button(words.BACK, routes.TASK(view.id)))
    )


def news(view: View, item: str, today: date, me: int) -> Screen:
    """What a person is told; it stays in the chat."""
    return Screen(
        texts.news(view, item, today, me),
        rows(Button(texts.SEE, routes.TASK_OPEN(view.id))),
        keep=True,
    )


def from_plan(assessment_id: int, target: str, page: int, lines: Sequence[str], skipped: int) -> Screen:
    """Which steps become action items."""
    make = Button(texts.MAKE_ALL, routes.TASKS_OF_PLAN_MAKE(assessment_id, target, page)) if lines else None
    return Screen(
        texts.from_plan(lines, skipped),
        rows(make, Button(texts.NOT_NOW, routes.PRIORITY(target, page))),
    )


def kept(bot_username: str, payload: str) -> Screen:
    """In a group: the words are kept, the rest is said in private."""
    return Screen(
        texts.KEPT,
        rows(Button(texts.CONTINUE, url=f"https://t.me/{bot_username}?start={payload}")),
        keep=True,
    )


def nothing_quoted(bot_username: str) -> Screen:
    """In a group: there was no message to make one of."""
    # The start parameter is the one under which a group's questions are answered (`flows.groups.links`).
    mine = Button(texts.MY_TASKS, url=url(bot_username, "kita-tugas--0"))
    return Screen(texts.NOTHING_QUOTED, rows(mine), keep=True)
