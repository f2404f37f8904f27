"""Screens of Langkah prioritas and Simulasi."""

from collections.abc import Callable, Sequence

from flows import routes, words
from flows.checklist import stored
from flows.readiness.priorities import MARKS, PER_PAGE, Mark, Marked, Priorities
from flows.readiness.screens import up
from flows.readiness.simulation import Trial
from flows.readiness.texts import plan as texts
from flows.readiness.texts import what_if
from flows.routes import Action
from flows.screen import Button, Expect, Screen, grid, rows
from knowledge.answers import Item
from knowledge.instrument import TARGETS
from knowledge.priority import Plan

MARKS_PER_PAGE = 8


def plan(found: Priorities, page: int, cheaper: Plan | None) -> Screen:
    """One page of the plan."""
    steps = found.plan.steps
    page = min(max(0, page), max(0, (len(steps) - 1) // PER_PAGE))
    shown = steps[page * PER_PAGE : (page + 1) * PER_PAGE]
    first = page * PER_PAGE + 1
    own = found.target == found.now.target
    code = "" if own else found.target
    other = next(t for t in TARGETS if t != found.target)
    to_other = Button(
        texts.OTHER_WBBM if other == "WBBM" else texts.OTHER_WBK,
        routes.PRIORITY("" if other == found.now.target else other, 0),
    )
    marked = [Button(texts.MARKS, routes.PRIORITY_MARKS(0))] if found.marks else []
    return Screen(
        texts.plan(found, shown, first, cheaper),
        rows(
            tuple(
                Button(str(n), routes.PRIORITY_ITEM(step.move.item.id)) for n, step in enumerate(shown, first)
            ),
            _turning(page, len(steps), PER_PAGE, lambda p: routes.PRIORITY(code, p)),
            Button(texts.TO_TASKS, routes.TASKS_OF_PLAN(code, page)) if shown and found.may_task else None,
            (to_other, *marked),
            up(),
        ),
    )


def _turning(page: int, total: int, per_page: int, to: Callable[[int], Action]) -> tuple[Button, ...]:
    return (
        *([Button("‹", to(page - 1))] if page else []),
        *([Button("›", to(page + 1))] if (page + 1) * per_page < total else []),
    )


def item(one: Marked) -> Screen:
    """One item of the plan; coordinators mark it here."""
    item_id = one.item.id
    marks: list[Button] = []
    if one.may_mark:
        marks = [Button(_label(one, mark), _mark(one, mark)) for mark in MARKS]
        if one.mark:
            marks.append(Button(texts.UNMARK, routes.PRIORITY_MARK(one.now.where.id, item_id, "")))
    return Screen(
        texts.item(one),
        rows(
            (
                Button(texts.OPEN_ITEM, routes.LKE_ITEM(item_id)),
                Button(what_if.try_label(one.item), routes.SIMULATE(item_id)),
            ),
            *grid(marks[:3], 3),
            *grid(marks[3:], 2),
            (Button(texts.PLAN, routes.PRIORITY("", 0)), up()),
        ),
    )


def _label(one: Marked, mark: Mark) -> str:
    return f"✓ {texts.MARK_LABELS[mark]}" if one.mark == mark else texts.MARK_LABELS[mark]


def _mark(one: Marked, mark: Mark) -> Action:
    return routes.PRIORITY_MARK(one.now.where.id, one.item.id, mark)


def marks(found: Sequence[tuple[Item, Mark]], page: int) -> Screen:
    """The marked items, to change their marks."""
    back = rows((Button(texts.PLAN, routes.PRIORITY("", 0)), up()))
    if not found:
        return Screen(texts.NO_MARKS, back)
    page = min(max(0, page), (len(found) - 1) // MARKS_PER_PAGE)
    shown = found[page * MARKS_PER_PAGE : (page + 1) * MARKS_PER_PAGE]
    buttons = [Button(item.number, routes.PRIORITY_ITEM(item.id)) for item, _ in shown]
    return Screen(
        texts.marks([(item.number, item.title, mark) for item, mark in shown], len(found)),
        rows(
            *grid(buttons, 3),
            _turning(page, len(found), MARKS_PER_PAGE, routes.PRIORITY_MARKS),
            *back,
        ),
    )


def trial(shown: Trial) -> Screen:
    """What one other answer would do."""
    item = shown.item
    tried = stored.code_of(item, shown.tried)
    options = [
        Button(f"✓ {o.key}" if o.key == tried else o.key, routes.SIMULATE_AS(item.id, o.key))
        for o in item.options
    ]
    expects = None if item.options else Expect(text=routes.SIMULATE_TYPED(item.id))
    return Screen(
        what_if.trial(shown),
        rows(
            *grid(options, 3),
            (Button(texts.OPEN_ITEM, routes.LKE_ITEM(item.id)), Button(words.TO_MENU, routes.HOME())),
            up(),
        ),
        expects,
    )
