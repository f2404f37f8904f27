"""Screens of Tugas saya."""

from collections.abc import Sequence
from datetime import date

from flows import fmt, routes, words
from flows.mine import texts
from flows.mine.service import RETURNED, REVIEW, Entry
from flows.models import Unit
from flows.routes import Action
from flows.screen import Button, Screen, grid, rows
from flows.tasks.service import OF_ASSESSORS

PAGE = 8


def mine(
    unit: str,
    assessment_id: int,
    found: Sequence[Entry],
    page: int,
    today: date,
    others: Sequence[tuple[Unit, int]],
    may_take: bool,
    may_assign: bool,
    works_here: bool,
) -> Screen:
    """One page of what waits, a button per number."""
    first = page * PAGE + 1
    shown = found[page * PAGE : (page + 1) * PAGE]
    numbers = [
        Button(str(number), _leads_to(each, assessment_id)) for number, each in enumerate(shown, start=first)
    ]
    turning = (
        *([Button("‹", routes.MINE(page - 1))] if page else []),
        *([Button("›", routes.MINE(page + 1))] if (page + 1) * PAGE < len(found) else []),
    )
    units = [Button(f"{fmt.cut(u.name, 30)} ({n})", routes.MINE_IN(u.id or 0)) for u, n in others]
    take = Button(texts.NO_PIC if may_assign else texts.TAKE, routes.PIC_NONE()) if may_take else None
    team = Button(texts.ALL_TASKS, routes.TASKS("", 0)) if works_here else None
    return Screen(
        texts.mine(unit, shown, first, len(found), today, others),
        rows(
            *grid(numbers, 4),
            turning,
            *units,
            tuple(b for b in (take, team) if b),
            Button(words.TO_MENU, routes.HOME()),
        ),
    )


def _leads_to(entry: Entry, assessment_id: int) -> Action:
    each = entry.waiting
    if each.task is not None and each.task.source == OF_ASSESSORS:
        return routes.FINDING_OF_TASK(each.task.id or 0)
    if each.task is not None:
        return routes.TASK(each.task.id or 0)
    assert each.item is not None
    if each.kind == REVIEW:
        return routes.REVIEW_CARD(assessment_id, each.item.id)
    if each.kind == RETURNED:
        return routes.REVIEW_FIX(assessment_id, each.item.id)
    return routes.LKE_ITEM(each.item.id)
