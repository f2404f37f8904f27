"""Screens of the board: data in, `Screen` out."""

from collections.abc import Sequence
from datetime import date, datetime

from flows import routes, words
from flows.board import texts
from flows.board.service import FILTERS, ORDERS, PAGE, Line, Page, Stall
from flows.models import Unit
from flows.screen import Button, Expect, Media, Screen, grid, rows
from knowledge.instrument import Gate

MENU = Button(words.TO_MENU, routes.HOME())
FIRST = ORDERS[0]


def home(branch_id: int = 0) -> Button:
    """Back to the board."""
    return Button(texts.BOARD, routes.BOARD(branch_id, "", FIRST, 0))


def board(
    found: Page, branch_id: int, which: str, order: str, page: int, zone: str, today: date, now: datetime
) -> Screen:
    """One page of the board."""
    first = page * PAGE + 1
    numbers = [
        Button(str(n), routes.BOARD_UNIT(line.unit.id or 0)) for n, line in enumerate(found.lines, first)
    ]
    turns = (
        Button("‹", routes.BOARD(branch_id, which, order, page - 1)) if page else None,
        Button("›", routes.BOARD(branch_id, which, order, page + 1)) if first + PAGE <= found.total else None,
    )
    upward = Button(texts.ALL_UNITS, routes.BOARD(0, "", FIRST, 0)) if branch_id else None
    return Screen(
        texts.board(found, which, order, first, zone, today, now),
        rows(
            *grid(numbers, 4),
            [each for each in turns if each is not None],
            (
                Button(texts.FILTER, routes.BOARD_FILTERS(branch_id, which, order)),
                Button(texts.SEARCH, routes.BOARD_ASK(branch_id)),
            ),
            (
                Button(texts.BRANCHES, routes.BOARD_BRANCHES(branch_id, 0)),
                Button(texts.STALLS, routes.BOARD_STALLS(branch_id, 0)),
            ),
            [
                each
                for each in (
                    Button(texts.PICTURE, routes.BOARD_PICTURE(branch_id, which, order, page))
                    if found.lines
                    else None,
                    upward,
                )
                if each is not None
            ],
            (Button(texts.PROPOSALS, routes.PROPOSALS(branch_id, 0, "", 0)), MENU),
        ),
    )


def unit(
    line: Line,
    gates: Sequence[Gate],
    areas: Sequence[tuple[str, int]],
    above: Sequence[str],
    zone: str,
    today: date,
    now: datetime,
) -> Screen:
    """One unit with the way into it."""
    unit_id = line.unit.id or 0
    return Screen(
        texts.unit(line, gates, areas, above, zone, today, now),
        rows(Button(texts.OPEN, routes.UNIT_OPEN(unit_id)), (home(), MENU)),
    )


def filters(branch: Unit | None, branch_id: int, which: str, order: str) -> Screen:
    """What is shown, and in which order; the present choice is marked."""
    shown = [
        Button(_marked(texts.FILTER_NAMES[each], each == which), routes.BOARD(branch_id, each, order, 0))
        for each in FILTERS
    ]
    ordered = [
        Button(_marked(texts.ORDER_NAMES[each], each == order), routes.BOARD(branch_id, which, each, 0))
        for each in ORDERS
    ]
    back = Button(words.BACK, routes.BOARD(branch_id, which, order, 0))
    return Screen(texts.filters(branch), rows(*grid(shown, 2), *grid(ordered, 2), back))


def _marked(label: str, chosen: bool) -> str:
    return f"✓ {label}" if chosen else label


def branches(
    branch: Unit | None, branch_id: int, found: Sequence[tuple[Unit, int]], total: int, page: int
) -> Screen:
    """The branches below a branch."""
    first = page * PAGE + 1
    numbers = [
        Button(str(n), routes.BOARD(each.id or 0, "", FIRST, 0)) for n, (each, _) in enumerate(found, first)
    ]
    turns = (
        Button("‹", routes.BOARD_BRANCHES(branch_id, page - 1)) if page else None,
        Button("›", routes.BOARD_BRANCHES(branch_id, page + 1)) if first + PAGE <= total else None,
    )
    return Screen(
        texts.branches(branch, found, first),
        rows(*grid(numbers, 4), [each for each in turns if each is not None], (home(branch_id), MENU)),
    )


def ask(branch: Unit | None, branch_id: int) -> Screen:
    """Prompt for a unit's name."""
    return Screen(texts.ask(branch), rows(home(branch_id)), Expect(text=routes.BOARD_TYPED(branch_id)))


def found(branch: Unit | None, branch_id: int, text: str, lines: Sequence[Line]) -> Screen:
    """What a search finds; the prompt stays for another try."""
    numbers = [Button(str(n), routes.BOARD_UNIT(line.unit.id or 0)) for n, line in enumerate(lines, 1)]
    again = Button(texts.SEARCH, routes.BOARD_ASK(branch_id))
    expects = None if lines else Expect(text=routes.BOARD_TYPED(branch_id))
    return Screen(
        texts.found(branch, text, lines), rows(*grid(numbers, 4), (again, home(branch_id)), MENU), expects
    )


def stalls(branch: Unit | None, branch_id: int, all_found: Sequence[Stall], units: int, page: int) -> Screen:
    """Indicators that are open in most units."""
    page = min(max(0, page), max(0, -(-len(all_found) // PAGE) - 1))
    shown = all_found[page * PAGE : (page + 1) * PAGE]
    turns = (
        Button("‹", routes.BOARD_STALLS(branch_id, page - 1)) if page else None,
        Button("›", routes.BOARD_STALLS(branch_id, page + 1)) if (page + 1) * PAGE < len(all_found) else None,
    )
    return Screen(
        texts.stalls(branch, shown, page * PAGE + 1, units),
        rows([each for each in turns if each is not None], (home(branch_id), MENU)),
    )


def picture(
    found: Page,
    branch_id: int,
    which: str,
    order: str,
    page: int,
    cells: Sequence[tuple[str, tuple[tuple[int, bool], ...]]],
    heads: Sequence[str],
) -> Screen:
    """Units × areas as a picture of the page that was looked at."""
    pages = max(1, -(-found.total // PAGE))
    turns = (
        Button("‹", routes.BOARD_PICTURE(branch_id, which, order, page - 1)) if page else None,
        Button("›", routes.BOARD_PICTURE(branch_id, which, order, page + 1)) if page + 1 < pages else None,
    )
    return Screen(
        texts.picture_caption(found.branch, page, pages),
        rows(
            [each for each in turns if each is not None],
            (Button(words.BACK, routes.BOARD(branch_id, which, order, page)), MENU),
        ),
        media=Media(
            "board", (texts.PICTURE_HEAD, tuple(heads), tuple(cells), texts.PICTURE_FOOT), "papan.png"
        ),
    )
