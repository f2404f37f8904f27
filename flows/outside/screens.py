"""Screens of what stands outside the LKE: data in, `Screen` out."""

from collections.abc import Mapping, Sequence
from datetime import date

from flows import routes, words
from flows.models import Person, Task, Unit
from flows.outside import texts
from flows.outside.service import PAGE
from flows.screen import SENT, Button, Expect, Media, Screen, grid, rows
from flows.tasks.service import View


def listing(
    unit: Unit,
    found: Sequence[tuple[Task, Person | None]],
    page: int,
    total: int,
    done: int,
    today: date,
    missing: Mapping[str, str],
    may_add: bool,
) -> Screen:
    """The list; `missing` are suggestions by code, added by one tap."""
    unit_id, first = unit.id or 0, page * PAGE + 1
    numbers = [Button(str(n), routes.TASK(task.id or 0)) for n, (task, _) in enumerate(found, first)]
    turning = (
        *([Button("‹", routes.OUTSIDE(page - 1))] if page else []),
        *([Button("›", routes.OUTSIDE(page + 1))] if (page + 1) * PAGE < total else []),
    )
    ideas = [Button(texts.SHORT[code], routes.OUTSIDE_ADD(unit_id, code)) for code in missing]
    return Screen(
        texts.listing(
            unit.name, found, first, total, done, today, tuple(missing.values()), may_add
        ),
        rows(
            *grid(numbers, 4),
            turning,
            *(grid(ideas, 2) if may_add else ()),
            Button(texts.NEW, routes.OUTSIDE_NEW()) if may_add else None,
            (Button(texts.TASKS, routes.TASKS("", 0)), Button(words.TO_MENU, routes.HOME())),
        ),
        Expect(text=routes.OUTSIDE_TYPED(unit_id, page)),
    )  # fmt: skip


def ask_new(unit_id: int) -> Screen:
    """The prompt for something the agency asks for."""
    return Screen(
        texts.ask_new(),
        rows(Button(words.BACK, routes.OUTSIDE(0))),
        Expect(text=routes.OUTSIDE_NEW_SAVE(unit_id), only=True),
    )


def attach(view: View) -> Screen:
    """The prompt for a file or link."""
    target = (view.id, view.task.revision)
    held = bool(view.task.attached)
    return Screen(
        texts.attach(view),
        rows(
            Button(texts.DETACH, routes.OUTSIDE_DETACH(*target)) if held else None,
            Button(words.BACK, routes.TASK(view.id)),
        ),
        Expect(text=routes.OUTSIDE_LINK(*target), file=routes.OUTSIDE_FILE(*target)),
    )


def shown(view: View) -> Screen:
    """What is attached: a file as it was sent, or the link to open."""
    held = view.task.attached or {}
    link = str(held.get("link", ""))
    media = None
    if "file_id" in held:
        form = "photo" if held.get("kind") == "photo" else "document"
        media = Media(SENT, (str(held["file_id"]),), str(held["name"]), form)  # type: ignore[arg-type]
    again = Button(texts.ATTACH_AGAIN, routes.OUTSIDE_ATTACH(view.id)) if view.may_work else None
    return Screen(
        texts.shown(view),
        rows(
            Button(texts.TO_TASK, url=link) if link else None, again, Button(words.BACK, routes.TASK(view.id))
        ),
        media=media,
    )
