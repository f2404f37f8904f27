"""Screens of the notes of a result report (LHE)."""

from flows import routes, words
from flows.models import LheNote, Person, Task, Unit
from flows.screen import Button, Expect, Screen, grid, rows
from flows.season import screens, texts_lhe
from flows.season.carrying import Plan
from flows.season.lhe import PAGE, Page
from knowledge.answers import Item


def listing(page: Page) -> Screen:
    """A year's notes; each opens by its number."""
    unit_id, year, number = page.unit.id or 0, page.year, page.number
    first = number * PAGE + 1
    numbers = [Button(str(n), routes.LHE_NOTE(each.note.id or 0)) for n, each in enumerate(page.notes, first)]
    turns = [
        *([Button("‹", routes.LHE(unit_id, year, number - 1))] if number else []),
        *([Button("›", routes.LHE(unit_id, year, number + 1))] if first - 1 + PAGE < page.total else []),
    ]
    carry = page.may_carry and page.to_carry and page.later
    return Screen(
        texts_lhe.listing(page),
        rows(
            *grid(numbers, PAGE),
            turns,
            [
                *([Button(texts_lhe.ADD, routes.LHE_ADD(unit_id, year))] if page.may_edit else []),
                *([Button(texts_lhe.CARRY, routes.LHE_CARRY(unit_id, year))] if carry else []),
            ],
            (screens.home(unit_id, year), screens.MENU),
        ),
    )


def ask(unit: Unit, year: int) -> Screen:
    """Prompt for notes."""
    unit_id = unit.id or 0
    return Screen(
        texts_lhe.ask(unit, year),
        rows(Button(texts_lhe.LIST, routes.LHE(unit_id, year, 0))),
        Expect(text=routes.LHE_ADD_SAVE(unit_id, year), only=True),
    )


def note(
    one: LheNote,
    unit: Unit,
    item: Item | None,
    task: Task | None,
    by: Person | None,
    *,
    may_edit: bool,
    is_open: bool,
) -> Screen:
    """One note. `is_open`: its unit is the open one, so that its indicator can be opened."""
    note_id = one.id or 0
    ways = [
        *([Button(texts_lhe.TASK, routes.TASK(task.id or 0))] if task is not None else []),
        *([Button(texts_lhe.ITEM, routes.LKE_ITEM(item.id))] if item is not None and is_open else []),
    ]
    edits = (
        (
            Button(texts_lhe.EDIT, routes.LHE_EDIT(note_id)),
            Button(texts_lhe.REMOVE, routes.LHE_REMOVE(note_id, one.revision)),
        )
        if may_edit
        else ()
    )
    back = Button(texts_lhe.LIST, routes.LHE(unit.id or 0, one.year, 0))
    return Screen(texts_lhe.note(one, unit, item, task, by), rows(ways, edits, (back, screens.MENU)))


def edit(one: LheNote, item: Item | None) -> Screen:
    """Prompt for other words."""
    note_id = one.id or 0
    return Screen(
        texts_lhe.edit(one, item),
        rows(Button(words.BACK, routes.LHE_NOTE(note_id))),
        Expect(text=routes.LHE_EDIT_SAVE(note_id, one.revision), only=True),
    )


def carry(plan: Plan) -> Screen:
    """What would become action items."""
    unit_id = plan.where.unit.id or 0
    do = Button(texts_lhe.DO, routes.LHE_CARRY_DO(unit_id, plan.year, plan.stamp)) if plan.wanted else None
    return Screen(texts_lhe.carry(plan), rows(do, Button(words.BACK, routes.LHE(unit_id, plan.year, 0))))
