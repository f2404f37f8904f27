"""Screens of announcements: data in, `Screen` out."""

from collections.abc import Sequence
from datetime import datetime

from flows import routes, words
from flows.broadcast import texts
from flows.broadcast.service import PAGE, Outcome, Reach, View
from flows.models import Announcement, Unit
from flows.screen import Button, Expect, Screen, grid, rows

MENU = Button(words.TO_MENU, routes.HOME())
HISTORY = Button(texts.HISTORY, routes.ANNOUNCE_LIST(0))
NUMBERS_PER_ROW = 4


def prompt(unit: Unit, waiting: Announcement | None) -> Screen:
    """Ask for the text."""
    resume = Button(texts.RESUME, routes.ANNOUNCE_PREVIEW(waiting.id or 0)) if waiting is not None else None
    return Screen(
        texts.prompt(unit.name, waiting is not None),
        rows(resume, (HISTORY, Button(texts.CANCEL, routes.CANCEL()))),
        Expect(text=routes.ANNOUNCE_TEXT(), only=True),
    )


def edit(view: View) -> Screen:
    """Ask for another text."""
    return Screen(
        texts.edit(view),
        rows(Button(words.BACK, routes.ANNOUNCE_PREVIEW(view.id))),
        Expect(text=routes.ANNOUNCE_EDIT_TEXT(view.id), only=True),
    )


def preview(view: View, reach: Reach) -> Screen:
    """The text as receivers will see it, to be sent, changed or given up."""
    send = Button(texts.SEND, routes.ANNOUNCE_SEND(view.id)) if reach.reachable else None
    edit_it, cancel = (
        Button(texts.EDIT, routes.ANNOUNCE_EDIT(view.id)),
        Button(texts.CANCEL, routes.ANNOUNCE_CANCEL(view.id)),
    )
    return Screen(texts.preview(view, reach), rows(send, (edit_it, cancel), MENU))


def status(view: View, outcome: Outcome, zone: str, meeting: bool = False) -> Screen:
    """How far the sending is, or what became of it; `meeting`: it announces one, which has papers to come."""
    text = texts.status(view, outcome, zone)
    if view.announcement.state == "sending":
        refresh = Button(texts.REFRESH, routes.ANNOUNCE_STATUS(view.id))
        leave = Button(words.TO_MENU, routes.ANNOUNCE_LEAVE(view.id))
        return Screen(text, rows((refresh, leave)))
    papers = Button(texts.PREPARE_MEETING, routes.MEETING_OF_NEWS(view.id)) if meeting else None
    return Screen(text, rows(papers, (HISTORY, MENU)))


def announced(view: View) -> Screen:
    """An announcement at its receiver."""
    return Screen(texts.announced(view), rows((Button(texts.ALL, routes.ANNOUNCE_LIST(0)), MENU)))


def history(
    found: Sequence[Announcement], more: bool, page: int, unit: Unit, zone: str, now: datetime, writes: bool
) -> Screen:
    """What was sent: coordinators open the counts, members read again."""
    first = page * PAGE + 1
    show = routes.ANNOUNCE_STATUS if writes else routes.ANNOUNCED
    numbers = [Button(str(n), show(row.id or 0)) for n, row in enumerate(found, first)]
    turns = (
        Button("‹", routes.ANNOUNCE_LIST(page - 1)) if page else None,
        Button("›", routes.ANNOUNCE_LIST(page + 1)) if more else None,
    )
    write = Button(texts.WRITE, routes.ANNOUNCE()) if writes else None
    return Screen(
        texts.history(found, first, zone, now, unit.name),
        rows(
            *grid(numbers, NUMBERS_PER_ROW),
            [b for b in turns if b is not None],
            [b for b in (write, MENU) if b is not None],
        ),
    )
