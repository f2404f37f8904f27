"""Screens of Kesiapan pelayanan publik: data in, `Screen` out."""

from collections.abc import Sequence

from flows import copying, routes, words
from flows.checklist.service import Change
from flows.item_words import Reader
from flows.screen import Button, Expect, Screen, grid, rows
from flows.servicecheck import texts
from flows.servicecheck.service import Here, View
from knowledge.instrument import Area, Indicator

PAGE = 6
"""Things to mend on one screen."""


def start(found: Here, to_mend: int, may_answer: bool) -> Screen:
    """The five components."""
    parts = [Button(str(part.no), routes.SERVICE_PART(part.id)) for part in found.parts]
    on = may_answer and found.done(found.questions) < len(found.questions)
    return Screen(
        texts.start(found, to_mend),
        rows(
            Button(texts.GO_ON, routes.SERVICE_NEXT()) if on else None,
            parts,
            (
                *([Button(f"{texts.MEND} ({to_mend})", routes.SERVICE_MEND(0))] if to_mend else []),
                *([Button(copying.COPY, routes.SERVICE_COPY())] if found.given else []),
            ),
            (Button(texts.READINESS, routes.READINESS()), Button(words.TO_MENU, routes.HOME())),
        ),
    )


def part(found: Here, which: Area, keepers: Sequence[str]) -> Screen:
    """One component."""
    buttons = [Button(str(each.index), routes.SERVICE_ITEM(each.id)) for each in which.indicators]
    turning = [
        *(
            Button(f"‹ {each.no}", routes.SERVICE_PART(each.id))
            for each in found.parts
            if each.no == which.no - 1
        ),
        Button(texts.ALL, routes.SERVICE()),
        *(
            Button(f"{each.no} ›", routes.SERVICE_PART(each.id))
            for each in found.parts
            if each.no == which.no + 1
        ),
    ]
    return Screen(texts.part(found, which, keepers), rows(*grid(buttons, 4), turning))


def question(view: View, reader: Reader) -> Screen:
    """One question; an answer typed by somebody who only reads is refused in place."""
    item, found = view.item, view.here
    target = (found.unit.id or 0, found.year, item.id)
    options = [
        Button(f"✓ {label}" if key == view.key else label, routes.SERVICE_SET(*target, key, view.revision))
        for key, label in texts.OPTIONS.items()
    ]
    has_note = view.row is not None and bool(view.row.note)
    writing = texts.EDIT_NOTE if has_note else texts.NOTE
    more = [
        *([Button(writing if view.may_answer else texts.READ_NOTE, routes.SERVICE_NOTE(item.id))]
          if view.may_answer or has_note else []),
        *_task_button(view),
        *([Button(texts.HISTORY, routes.SERVICE_HISTORY(item.id, 0))] if view.revision else []),
        *([Button(texts.CLEAR, routes.SERVICE_CLEAR(*target, view.revision))]
          if view.may_answer and view.key else []),
    ]  # fmt: skip
    siblings = found.parts[item.area_no - 1].indicators
    before = (
        [Button(texts.BEFORE, routes.SERVICE_ITEM(siblings[item.index - 2].id))] if item.index > 1 else []
    )
    after = (
        [Button(texts.AFTER, routes.SERVICE_ITEM(siblings[item.index].id))] if item.index < item.of else []
    )
    up = Button(f"Komponen {item.area_no}", routes.SERVICE_PART(item.area_id))
    return Screen(
        texts.question(view, reader),
        rows(options if view.may_answer else None, *grid(more, 2), (*before, up, *after)),
        Expect(text=routes.SERVICE_TYPED(*target, view.revision)),
    )


def _task_button(view: View) -> list[Button]:
    if view.tasks:
        return [Button(texts.SEE_TASK, routes.TASK(view.tasks[0][0].id or 0))]
    if not view.may_task or view.key in ("", "A"):
        return []
    return [Button(texts.TASK, routes.SERVICE_TASK(view.here.unit.id or 0, view.here.year, view.item.id))]


def note(view: View, reader: Reader) -> Screen:
    """The note: a prompt for those who write it, a text for others."""
    back = Button(words.BACK, routes.SERVICE_ITEM(view.item.id))
    target = (view.here.unit.id or 0, view.here.year, view.item.id, view.revision)
    expects = Expect(text=routes.SERVICE_NOTE_SAVE(*target), only=True) if view.may_answer else None
    return Screen(texts.note(view, reader), rows(back), expects)


def mend(found: Here, items: Sequence[Indicator], page: int, total: int, tasked: frozenset[str]) -> Screen:
    """What to mend first."""
    first = page * PAGE + 1
    buttons = [Button(str(n), routes.SERVICE_ITEM(item.id)) for n, item in enumerate(items, first)]
    turning = (
        *([Button("‹", routes.SERVICE_MEND(page - 1))] if page else []),
        *([Button("›", routes.SERVICE_MEND(page + 1))] if (page + 1) * PAGE < total else []),
    )
    return Screen(
        texts.mend(found, items, first, total, tasked),
        rows(*grid(buttons, 3), turning, Button(texts.ALL, routes.SERVICE())),
    )


def history(item: Indicator, changes: Sequence[Change], more: bool, reader: Reader, page: int) -> Screen:
    """One page of changes."""
    turning = (
        *([Button(texts.NEWER, routes.SERVICE_HISTORY(item.id, page - 1))] if page else []),
        *([Button(texts.OLDER, routes.SERVICE_HISTORY(item.id, page + 1))] if more else []),
    )
    back = Button(words.BACK, routes.SERVICE_ITEM(item.id))
    return Screen(texts.history(item, changes, reader, page), rows(turning, back))


def copied(text: str) -> Screen:
    """The result, to be pasted elsewhere."""
    return Screen(copying.block(copying.plain(text)), rows(Button(words.BACK, routes.SERVICE())))
