"""Screens of stand-ins (Plt, Plh)."""

from collections.abc import Sequence
from datetime import date

from flows import fmt, routes, words
from flows.models import Person
from flows.screen import Button, Expect, Screen, grid, rows
from flows.team import texts
from flows.team.service import PAGE
from flows.team.stand_ins import KINDS, MOST_DAYS, ROLES, Wish
from knowledge.instrument import Area

MENU = Button(words.TO_MENU, routes.HOME())
TO_TEAM = Button(words.BACK, routes.TEAM())
TO_ROLES = Button(words.BACK, routes.STAND_IN())
_LABELS = {
    "pimpinan": texts.HEAD_OF_UNIT,
    "koordinator": texts.COORDINATOR,
    "sekretaris": texts.SECRETARY,
    "ketua": texts.HEADS,
}


def packed_day(day: date) -> int:
    """A day as six digits for a button: 270131."""
    return int(f"{day:%y%m%d}")


def which_role(unit: str) -> Screen:
    """Which role needs a stand-in."""
    buttons = [
        Button(_LABELS[role], routes.STAND_IN_AREA(role))
        if role == "ketua"
        else Button(_LABELS[role], routes.STAND_IN_WHO(role, "", 0))
        for role in ROLES
    ]
    return Screen(texts.stand_in(unit), rows(*grid(buttons, 2), (TO_TEAM, MENU)))


def which_area(role: str, areas: Sequence[Area]) -> Screen:
    """Of which pokja."""
    names = [texts.pokja(area.no, area.name) for area in areas]
    buttons = [Button(f"Area {area.no}", routes.STAND_IN_WHO(role, area.id, 0)) for area in areas]
    return Screen(texts.stand_in_area(names), rows(*grid(buttons, 3), (TO_ROLES, MENU)))


def who(role: str, area: str, said: str, found: Sequence[Person], page: int) -> Screen:
    """Choose the person, eight a page."""
    shown = list(enumerate(found, start=1))[page * PAGE : (page + 1) * PAGE]
    lines = [f"{number}  {fmt.esc(person.name)}" for number, person in shown]
    numbers = [
        Button(str(number), routes.STAND_IN_KIND(role, area, person.id or 0)) for number, person in shown
    ]
    pages = [
        Button("‹", routes.STAND_IN_WHO(role, area, page - 1)) if page else None,
        Button("›", routes.STAND_IN_WHO(role, area, page + 1)) if (page + 1) * PAGE < len(found) else None,
    ]
    by_link = Button(texts.BY_LINK, routes.STAND_IN_KIND(role, area, 0))
    return Screen(
        texts.stand_in_who(said, lines),
        rows(*grid(numbers, 4), [b for b in pages if b], by_link, (TO_ROLES, MENU)),
    )


def kind(role: str, area: str, person_id: int, name: str, said: str) -> Screen:
    """Plt or Plh."""
    buttons = [Button(kind, routes.STAND_IN_DAYS(role, area, person_id, kind)) for kind in KINDS]
    back = Button(words.BACK, routes.STAND_IN_WHO(role, area, 0))
    return Screen(texts.stand_in_kind(name, said), rows(buttons, (back, MENU)))


def days(wanted: Wish, name: str, said: str) -> Screen:
    """Prompt for the days."""
    person_id, area = (wanted.person.id or 0) if wanted.person else 0, wanted.area or ""
    return Screen(
        texts.stand_in_days(name, said, MOST_DAYS),
        rows((Button(words.BACK, routes.STAND_IN_KIND(wanted.role, area, person_id)), MENU)),
        expects=Expect(text=routes.STAND_IN_TYPED(wanted.role, area, person_id, wanted.kind)),
    )


def check(wanted: Wish, name: str, said: str, first: date, last: date) -> Screen:
    """Before it is noted."""
    person_id, area = (wanted.person.id or 0) if wanted.person else 0, wanted.area or ""
    make = routes.STAND_IN_MAKE(
        wanted.unit.id or 0, wanted.role, area, person_id, wanted.kind, packed_day(first), packed_day(last)
    )
    other = routes.STAND_IN_DAYS(wanted.role, area, person_id, wanted.kind)
    return Screen(
        texts.stand_in_check(name, said, wanted.unit.name, first, last),
        rows((Button(texts.NAME_IT, make), Button(words.BACK, other)), MENU),
    )


def told(text: str) -> Screen:
    """The stand-in hears of it."""
    return Screen(text, rows((Button(texts.TEAM, routes.TEAM()), MENU)))
