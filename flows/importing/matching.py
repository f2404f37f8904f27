"""Which row is which indicator: by the hierarchy first, by the words where that says too little."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from flows.importing import outline
from flows.importing.archive import Budget
from flows.importing.headings import Columns
from flows.importing.outline import Line
from flows.importing.sheets import Sheet
from flows.importing.walk import Walk, plain
from knowledge.answers import Item
from knowledge.instrument import Instrument

SURE_TEXT = 72.0
CLEAR_LEAD = 8.0
"""Likeness (0 to 100) from which words alone name an indicator, and its lead over the next best."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What the rows of a sheet are. `areas` and `aspects` count their headings (pemenuhan, reform)."""

    lines: dict[str, Line]
    areas: int
    aspects: int


def match(sheet: Sheet, columns: Columns, instrument: Instrument, budget: Budget) -> Matched:
    """Find each indicator's and result item's row. Raises Unreadable when the time is up."""
    walk = Walk(instrument, sheet.title)
    for line in _lines(sheet, columns, set(walk.item_ids)):
        budget.check()
        walk.take(line, typed=columns.kind is not None)
    found: dict[str, Line] = dict(walk.by_id)
    for group in walk.groups.values():
        for item_id, line in _assign(group.lines, group.items).items():
            found.setdefault(item_id, line)
    loose = [line for line in walk.loose if line.text]
    loose += [g for group in walk.groups.values() for g in group.lines if g not in found.values()]
    _by_words(loose, found, instrument, budget)
    return Matched(found, len(walk.areas_seen), walk.aspects_seen)


# Rows ----------------------------------------------------------------------------------------------


def _lines(sheet: Sheet, columns: Columns, ids: set[str]) -> Iterator[Line]:
    usual = _usual_levels(sheet, columns)
    for row in sorted(sheet.rows):
        if row < columns.first_row:
            continue
        cells = sheet.rows[row]
        own_id = next((t for c in sorted(cells) if (t := sheet.text(row, c)) in ids), "")
        texts = [
            (c, sheet.text(row, c)) for c in columns.outline if c in cells and sheet.text(row, c) != own_id
        ]
        column, mark, text = outline.split_cells([pair for pair in texts if pair[1]])
        kind = outline.kind_of(sheet.text(row, columns.kind)) if columns.kind else None
        marks = outline.levels_of(mark, usual.get(column or 0)) if mark else []
        line = Line(row, marks, text, kind, cells.get(columns.answer), column, own_id or mark)
        if marks or text or own_id:
            yield line


def _usual_levels(sheet: Sheet, columns: Columns) -> dict[int, str]:
    """The level of each marker column where nearly all its markers agree (not of a single mixed column)."""
    seen: dict[int, Counter[str]] = defaultdict(Counter)
    for row, cells in sheet.rows.items():
        if row < columns.first_row:
            continue
        for column in columns.outline:
            if column in cells and outline.is_marker(sheet.text(row, column)):
                levels = outline.levels_of(sheet.text(row, column))
                if len(levels) == 1 and levels[0][0] != outline.DASH:
                    seen[column][levels[0][0]] += 1
                break
    usual = {}
    for column, counted in seen.items():
        level, count = counted.most_common(1)[0]
        if count >= 4 and count >= 0.8 * counted.total():
            usual[column] = level
    return usual


# Rows to indicators --------------------------------------------------------------------------------


def _assign(lines: Sequence[Line], items: Sequence[Item]) -> dict[str, Line]:
    def fits(row: int, place: int) -> float:
        line, item = lines[row], items[place]
        points = 10.0 if row == place else 0.0
        if line.kind is not None:
            points += 30.0 if line.kind == item.scale else -40.0
        if line.letter is not None:
            points += 25.0 if line.letter == place + 1 else -5.0
        elif line.level == outline.DASH and len(items) == 1:
            points += 25.0
        like = likeness_of(line.text, item)
        return points + 0.4 * like + (60.0 if like >= 99.0 else 0.0)

    pairs = best_pairs(len(lines), len(items), fits, least=25.0)
    return {items[place].id: lines[row] for row, place in pairs.items()}


def best_pairs(rows: int, places: int, fits: Callable[[int, int], float], least: float) -> dict[int, int]:
    """The assignment of rows to places (each at most once) with the highest sum; pairs below `least` stay
    out. At most about ten places."""
    table: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {0: (0.0, ())}
    for row in range(rows):
        scores = [fits(row, place) for place in range(places)]
        following = dict(table)
        for taken, (total, pairs) in table.items():
            for place, score in enumerate(scores):
                bit = 1 << place
                if taken & bit or score < least:
                    continue
                better = total + score
                if better > following.get(taken | bit, (-1.0, ()))[0]:
                    following[taken | bit] = (better, (*pairs, (row, place)))
        table = following
    return dict(max(table.values())[1])


def _by_words(lines: Sequence[Line], found: dict[str, Line], instrument: Instrument, budget: Budget) -> None:
    """Rows without a place in the hierarchy: taken when their words fit one indicator clearly best."""
    every: list[Item] = [*instrument.worksheet_order, *instrument.results]
    items = [item for item in every if item.id not in found]
    wishes: list[tuple[float, int, Item]] = []
    for index, line in enumerate(lines):
        budget.check()
        fitting = [item for item in items if line.kind is None or line.kind == item.scale]
        ranked = sorted(((likeness_of(line.text, item), item) for item in fitting), key=lambda w: -w[0])
        if not ranked or ranked[0][0] < SURE_TEXT:
            continue
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < CLEAR_LEAD and ranked[0][0] < 99.0:
            continue
        wishes.append((ranked[0][0], index, ranked[0][1]))
    for _, index, item in sorted(wishes, key=lambda w: (-w[0], w[1])):
        found.setdefault(item.id, lines[index])


def likeness_of(text: str, item: Item) -> float:
    """How well words fit an indicator's title or question, 0 to 100."""
    words = plain(text)
    names = (plain(item.title), plain(item.question))
    if words in names:
        return 100.0
    return max(0.5 * (fuzz.token_sort_ratio(words, n) + fuzz.token_set_ratio(words, n)) for n in names) * 0.98
