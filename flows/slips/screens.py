"""Screens of the invitation sheets."""

from collections.abc import Sequence

from flows import copying, routes, words
from flows.models import Unit
from flows.routes import Action
from flows.screen import Button, Screen, grid, rows
from flows.slips import texts

PAGE = 8
MENU = Button(words.TO_MENU, routes.HOME())


def units(agency: str, found: Sequence[tuple[Unit, int]], total: int, people: int, page: int) -> Screen:
    """Units with people who have not joined."""
    lines = [
        texts.unit_line(number, unit.name, some) for number, (unit, some) in enumerate(found, page * PAGE + 1)
    ]
    numbers = [
        Button(str(number), routes.SLIPS_UNIT(unit.id or 0))
        for number, (unit, _) in enumerate(found, page * PAGE + 1)
    ]
    turning = (
        *([Button("‹", routes.SLIPS(0, page - 1))] if page else []),
        *([Button("›", routes.SLIPS(0, page + 1))] if (page + 1) * PAGE < total else []),
    )
    back = Button(words.BACK, routes.BULK())
    return Screen(texts.units(agency, lines, people, total), rows(*grid(numbers, 4), turning, (back, MENU)))


def unit(unit: Unit, people: int, below: int, back: Action) -> Screen:
    """Ways to hand out the invitations of a unit."""
    number = unit.id or 0
    some = [
        Button(texts.SHEET, routes.SLIPS_SHEET(number, 0)),
        Button(texts.TEXT, routes.SLIPS_COPY(number)),
    ]
    more = Button(texts.SHEET_BELOW, routes.SLIPS_SHEET(number, 1)) if below > people else None
    return Screen(
        texts.unit(unit.name, people, below),
        rows(some if people else None, more, (Button(words.BACK, back), MENU)),
    )


def text(unit_id: int, plain: str, page: int, pages: int) -> Screen:
    """The text to paste."""
    turning = (
        *([Button("‹", routes.SLIPS_TEXT(unit_id, page - 1))] if page else []),
        *([Button("›", routes.SLIPS_TEXT(unit_id, page + 1))] if page + 1 < pages else []),
    )
    back = Button(words.BACK, routes.SLIPS_UNIT(unit_id))
    return Screen(texts.pasted(copying.block(plain)), rows(turning, (back, MENU)))
