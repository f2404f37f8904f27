"""Screens of following up reminders."""

from collections.abc import Sequence
from datetime import datetime

from flows import routes, words
from flows.models import Unit
from flows.reminders import moments, texts_watch
from flows.reminders.watching import Followed
from flows.screen import Button, Screen, grid, rows

PAGE, PERSON_PAGE = 10, 8
MENU = Button(words.TO_MENU, routes.HOME())


def overview(unit: Unit, people: Sequence[Followed], page: int) -> Screen:
    """Everybody, each behind a number."""
    shown = people[page * PAGE : (page + 1) * PAGE]
    buttons = [
        Button(str(n), routes.WATCH_PERSON(each.person.id or 0, 0))
        for n, each in enumerate(shown, page * PAGE + 1)
    ]
    turning = (
        *([Button("‹", routes.WATCH(page - 1))] if page else []),
        *([Button("›", routes.WATCH(page + 1))] if (page + 1) * PAGE < len(people) else []),
    )
    days = Button(texts_watch.DAYS, routes.UNIT_DAYS())
    return Screen(
        texts_watch.overview(unit.name, shown, page * PAGE),
        rows(*grid(buttons, 5), turning, (days, Button(words.BACK, routes.SCHEDULE()))),
    )


def person(each: Followed, unit: Unit, page: int, now: datetime) -> Screen:
    """One person's reminders."""
    shown = each.rows[page * PERSON_PAGE : (page + 1) * PERSON_PAGE]
    me = each.person.id or 0
    turning = (
        *([Button("‹", routes.WATCH_PERSON(me, page - 1))] if page else []),
        *(
            [Button("›", routes.WATCH_PERSON(me, page + 1))]
            if (page + 1) * PERSON_PAGE < len(each.rows)
            else []
        ),
    )
    return Screen(
        texts_watch.person(each, shown, unit.zone, now),
        rows(turning, (Button(words.BACK, routes.WATCH(0)), MENU)),
    )


def unit_days(unit: Unit, days: Sequence[int], own: bool) -> Screen:
    """How many days before the unit reminds, each a button."""
    unit_id = unit.id or 0
    buttons = [
        Button(
            f"✓ {texts_watch.days_label(n)}" if n in days else texts_watch.days_label(n),
            routes.UNIT_DAYS_SET(unit_id, n, int(n not in days)),
        )
        for n in moments.CHOICES
    ]
    usual = Button(texts_watch.USUAL, routes.UNIT_DAYS_USUAL(unit_id)) if own else None
    back = Button(words.BACK, routes.WATCH(0))
    return Screen(
        texts_watch.unit_days(unit.name, days), rows(buttons, [b for b in (usual, back) if b is not None])
    )
