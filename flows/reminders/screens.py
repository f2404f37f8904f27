"""Screens of the digest and of single reminders: data in, `Screen` out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from flows import fmt, routes, words
from flows.models import Unit
from flows.reminders import texts
from flows.reminders.reading import Raised, View
from flows.screen import Button, Expect, Screen, grid, rows

PAGE = 8
MENU = Button(words.TO_MENU, routes.HOME())
LEADING = "koordinator", "henti"


def _do(view: View) -> Button:
    label = texts.SEND_PROOF if view.row.kind == "item" else texts.OPEN
    return Button(label, routes.REMINDER_DO(view.id))


def digest(
    views: Sequence[View], raised: Sequence[Raised], now: datetime, zone: str, more: int, behind: str
) -> Screen:
    """The morning digest; one thing alone is a reminder of its own. It stays in the chat."""
    if len(views) == 1 and not raised:
        (view,) = views
        return Screen(texts.reminder(view, now, zone, behind), rows(_two(view)), keep=True)
    leads = any(each.row.level in LEADING for each in raised)
    own = (
        (Button(texts.FROM_THE_TOP, routes.REMINDER(views[0].id)), Button(texts.SEE_ALL, routes.REMINDERS(0)))
        if views
        else ()
    )
    watch = Button(texts.WATCH, routes.WATCH(0)) if leads else None
    menu = None if own or watch else MENU
    return Screen(texts.digest(views, raised, now, zone, more, behind), rows(own, watch or menu), keep=True)


def drills(units: Sequence[Unit], now: datetime, zone: str) -> Screen:
    """Nothing but the drills that one asked to be reminded of."""
    return Screen(texts.drills(units, now, zone), rows(*_drill_buttons(units)), keep=True)


def with_drills(made: Screen, units: Sequence[Unit]) -> Screen:
    """The digest with a last line about drills, for who asked for it."""
    if not units:
        return made
    said = f"{made.text}\n\n{texts.drill_line(units)}"
    return replace(made, text=said, rows=(*made.rows, *rows(*_drill_buttons(units[:1]))))


def _drill_buttons(units: Sequence[Unit]) -> list[Button]:
    several = len(units) > 1
    return [
        Button(fmt.cut(unit.name, 40) if several else texts.DRILL, routes.DRILL_START(unit.id or 0))
        for unit in units[:4]
    ]


def _two(view: View) -> tuple[Button, Button]:
    return _do(view), Button(texts.OTHER, routes.REMINDER_OTHER(view.id))


def again(view: View, now: datetime, zone: str) -> Screen:
    """Told again because the person asked for it."""
    return Screen(texts.reminder(view, now, zone), rows(_two(view)), keep=True)


def reminder(view: View, now: datetime, zone: str, following: int | None) -> Screen:
    """One reminder out of several."""
    further = Button(texts.NEXT_ONE, routes.REMINDER(following)) if following else None
    back = Button(texts.ALL_MINE, routes.REMINDERS(0))
    return Screen(
        texts.reminder(view, now, zone), rows(_two(view), [b for b in (back, further) if b is not None])
    )


def all_mine(views: Sequence[View], page: int, today: date) -> Screen:
    """Everything the person is reminded of, each behind its number."""
    shown = views[page * PAGE : (page + 1) * PAGE]
    buttons = [Button(str(n), routes.REMINDER(view.id)) for n, view in enumerate(shown, page * PAGE + 1)]
    turning = (
        *([Button("‹", routes.REMINDERS(page - 1))] if page else []),
        *([Button("›", routes.REMINDERS(page + 1))] if (page + 1) * PAGE < len(views) else []),
    )
    prefs = Button(texts.PREFS, routes.PREFS())
    return Screen(texts.all_mine(shown, today, page * PAGE), rows(*grid(buttons, 4), turning, (prefs, MENU)))


def other(view: View) -> Screen:
    """Pilihan lain."""
    id = view.id
    return Screen(
        texts.other(view),
        rows(
            (
                Button(texts.PROMISE, routes.REMINDER_PROMISE(id)),
                Button(texts.STUCK, routes.REMINDER_STUCK(id)),
            ),
            (
                Button(texts.NOT_MINE, routes.REMINDER_NOT_MINE(id)),
                Button(texts.AGAIN, routes.REMINDER_AGAIN(id)),
            ),
            Button(words.BACK, routes.REMINDER(id)),
        ),
    )


def _back(view: View) -> Button:
    return Button(words.BACK, routes.REMINDER_OTHER(view.id))


def ask_promise(view: View, problem: str = "") -> Screen:
    """The prompt for a day."""
    return Screen(
        texts.ask_promise(view, problem),
        rows(_back(view)),
        Expect(text=routes.REMINDER_PROMISE_SAVE(view.id, view.row.revision)),
    )


def ask_stuck(view: View) -> Screen:
    """The prompt for what stands in the way."""
    return Screen(
        texts.ask_stuck(view),
        rows(_back(view)),
        Expect(text=routes.REMINDER_STUCK_SAVE(view.id, view.row.revision), only=True),
    )


def ask_not_mine(view: View) -> Screen:
    """The prompt: whose is it?"""
    return Screen(
        texts.ask_not_mine(view),
        rows(_back(view)),
        Expect(text=routes.REMINDER_NOT_MINE_SAVE(view.id, view.row.revision), only=True),
    )


def ask_again(view: View) -> Screen:
    """When again?"""
    id, revision = view.id, view.row.revision
    return Screen(
        texts.ask_again(view),
        rows(
            (
                Button(texts.IN_AN_HOUR, routes.REMINDER_AGAIN_SET(id, "1j", revision)),
                Button(texts.TOMORROW, routes.REMINDER_AGAIN_SET(id, "b", revision)),
                Button(texts.MONDAY, routes.REMINDER_AGAIN_SET(id, "s", revision)),
            ),
            _back(view),
        ),
    )


def told_to_lead(view: View, name: str) -> Screen:
    """What those who lead are told; it stays in the chat."""
    moves = view.row.kind in {"item", "sub", "area", "returned", "task", "duty"}
    reassign = Button(texts.REASSIGN, routes.REMINDER_REASSIGN(view.id)) if moves else None
    see = Button(texts.SEE, view.due.open) if view.due is not None else None
    stays = None
    if view.row.not_mine_at is not None:
        stays = Button(texts.STAYS, routes.REMINDER_STAYS(view.id, view.row.revision))
    return Screen(
        texts.told_to_lead(view, name), rows([b for b in (reassign, stays, see) if b is not None]), keep=True
    )


def stays_told(view: View, lead: str) -> Screen:
    """It stays theirs; the same ways on as a reminder has."""
    return Screen(texts.stays_told(view, lead), rows(_two(view)), keep=True)
