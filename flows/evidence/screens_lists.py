"""Screens of the evidence of an item, an area, a unit."""

from collections.abc import Sequence

from flows import fmt, routes, words
from flows.action import Action, Route
from flows.checklist.service import Current
from flows.evidence.service import ItemEvidence, Piece
from flows.evidence.slots import Slot
from flows.evidence.texts import labels, lists
from flows.evidence.window import Window
from flows.screen import Button, Expect, Screen, grid, rows
from knowledge.answers import Item
from knowledge.instrument import Area
from knowledge.recurrence import Recurrence

_ALL = Button(labels.TO_ALL, routes.EVIDENCE())
_MENU = Button(words.TO_MENU, routes.HOME())


def item(
    found: ItemEvidence,
    window: Window,
    slots: Sequence[Slot],
    recurrence: Recurrence | None,
    may_answer: bool,
    may_waive: bool,
    shared: int | None = None,
) -> Screen:
    """The item's evidence: each piece opens by its number; a sent file or link is more of it.

    `shared`: how much the agency offers that is not attached yet; None where it offers nothing.
    """
    one = found.item
    pieces = [
        Button(f"{n}", routes.EVIDENCE_SHOW(piece.id)) for n, piece in enumerate(found.uses, 1) if piece.seen
    ]
    add = Button(labels.ADD, routes.EVIDENCE_ADD(one.id)) if may_answer else None
    waive = Button(labels.WAIVES, routes.EVIDENCE_WAIVES(one.id)) if may_waive and one.evidence else None
    offers = None
    if shared is not None:
        said = f"{labels.SHARED} ({shared})" if shared else labels.SHARED
        offers = Button(said, routes.SHARED_ITEM(one.id))
    expects = _sends(one) if may_answer else None
    return Screen(
        fmt_cut(lists.item(found, window, slots, recurrence, shared or 0)),
        rows(
            *grid(pieces[:20], 5),
            tuple(b for b in (add, waive) if b is not None),
            offers,
            (Button(words.BACK, routes.LKE_ITEM(one.id)), _ALL),
        ),
        expects,
    )


def fmt_cut(text: str) -> str:
    """A long list within one message: whole lines only."""
    if len(text) <= 3400:
        return text
    head = text[:3300].rsplit("\n", 1)[0]
    return f"{head}\n…\nSelebihnya ada di Semua bukti."


def _sends(one: Item) -> Expect:
    return Expect(text=routes.INTAKE_LINK(one.id), file=routes.INTAKE_FILE(one.id))


def add(found: ItemEvidence) -> Screen:
    """The prompt for files or links."""
    one = found.item
    return Screen(
        lists.add(found),
        rows(
            (Button(labels.LIST, routes.EVIDENCE_ITEM(one.id)), Button(words.BACK, routes.LKE_ITEM(one.id)))
        ),
        _sends(one),
    )


def waives(where: Current, found: ItemEvidence) -> Screen:
    """Each example on or off."""
    one = found.item
    buttons = [
        Button(
            f"{'✓ ' if place in found.waived else ''}{place + 1}",
            routes.EVIDENCE_WAIVE(where.id, one.id, place, found.work_revision),
        )
        for place in range(len(one.evidence))
    ]
    return Screen(
        lists.waives(found), rows(*grid(buttons, 4), Button(words.BACK, routes.EVIDENCE_ITEM(one.id)))
    )


def unit(
    name: str,
    areas: Sequence[tuple[str, str, int, int, int]],
    lacking: int,
    waiting: int,
    may_window: bool,
) -> Screen:
    """By area: id, name, pieces, items that have some, items."""
    buttons = [
        Button(" ".join(text.split(" ")[:2]), routes.EVIDENCE_AREA(area_id, 0)) for area_id, text, *_ in areas
    ]
    lack = Button(labels.LACKING, routes.EVIDENCE_LACKING(0)) if lacking else None
    sent = Button(f"Kiriman menunggu ({waiting})", routes.INTAKES(0)) if waiting else None
    window = Button(labels.WINDOW, routes.WINDOW(0)) if may_window else None
    return Screen(
        lists.unit(name, [row[1:] for row in areas], lacking),
        rows(
            *grid(buttons, 3),
            sent,
            tuple(b for b in (Button(labels.SEARCH, routes.EVIDENCE_SEARCH()), lack) if b is not None),
            tuple(b for b in (Button(labels.MEETINGS, routes.MEETINGS(0)), window, _MENU) if b is not None),
        ),
        Expect(text=routes.EVIDENCE_SEARCHED()),
    )


def area(
    which: Area | None, area_id: str, found: Sequence[tuple[Piece, str]], total: int, page: int, size: int
) -> Screen:
    """One page of an area's evidence."""
    if not found:
        return Screen(lists.EMPTY_AREA, rows((_ALL, _MENU)))
    return Screen(
        lists.area(lists.area_name(which), found, total, page * size),
        rows(
            *_numbered(found, page * size),
            _pages(routes.EVIDENCE_AREA, (area_id,), page, size, total),
            (_ALL, _MENU),
        ),
    )


def _numbered(found: Sequence[tuple[Piece, str]], start: int) -> tuple[tuple[Button, ...], ...]:
    buttons = [
        Button(f"{n}", routes.EVIDENCE_SHOW(piece.id))
        for n, (piece, _) in enumerate(found, start + 1)
        if piece.seen
    ]
    return grid(buttons, 4)


def _pages(route: Route, args: tuple[str, ...], page: int, size: int, total: int) -> tuple[Button, ...]:
    def turned(to: int) -> Action:
        return route(*args, to)

    return (
        *([Button("‹", turned(page - 1))] if page else []),
        *([Button("›", turned(page + 1))] if (page + 1) * size < total else []),
    )


def search() -> Screen:
    """The prompt for words."""
    return Screen(
        lists.SEARCH_PROMPT, rows((_ALL, _MENU)), Expect(text=routes.EVIDENCE_SEARCHED(), only=True)
    )


def results(text: str, found: Sequence[tuple[Piece, str]], total: int, page: int, size: int) -> Screen:
    """One page of what was found; typing on searches again."""
    return Screen(
        lists.found(text, found, total, page * size),
        rows(
            *_numbered(found, page * size),
            _pages(routes.EVIDENCE_FOUND, (text,), page, size, total),
            (Button(labels.SEARCH, routes.EVIDENCE_SEARCH()), _ALL),
        ),
        Expect(text=routes.EVIDENCE_SEARCHED()),
    )


def lacking(found: Sequence[tuple[Item, bool, bool]], total: int, page: int, size: int) -> Screen:
    """Items answered at their best that nothing supports."""
    buttons = [
        Button(f"{n}", routes.LKE_ITEM(one.id)) for n, (one, _, _) in enumerate(found, page * size + 1)
    ]
    return Screen(
        lists.lacking(found, total, page * size),
        rows(*grid(buttons, 4), _pages(routes.EVIDENCE_LACKING, (), page, size, total), (_ALL, _MENU)),
    )


def cut_words(text: str) -> str:
    """Typed words as they fit on a button: no colon, at most 40 bytes."""
    plain = fmt.one_line(text.replace(":", " "))
    while len(plain.encode()) > 40:
        plain = plain[:-1]
    return plain.strip()
