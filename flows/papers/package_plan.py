"""How a package is laid out: which piece goes where, under which name, in which zip. Pure.

The plan is made once and kept; every round builds one zip of it. The same pieces give the same plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows.papers import names
from flows.papers.texts import package as texts
from flows.readiness import said
from knowledge.answers import Item
from knowledge.instrument import Indicator, Instrument

ROOT, GROUP, FOLDER, FILE = 44, 40, 54, 72
"""Longest parts of a path: all together they stay well below what Windows unpacks (260)."""
OVERHEAD = 400
"""Bytes that a file costs in a zip beside its own."""
FRONT_BYTES = 4 * 1024 * 1024
"""Room for what only the first zip holds: workbook, brief, index."""
MOST_FILES = 3000
"""In one zip, so that each round of building is short."""

FILE_KIND, LINK_KIND = "file", "link"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence when the package is asked for. `items` are ids; `seen`: by who asked."""

    key: int
    title: str
    items: tuple[str, ...]
    kind: str
    sha256: str
    size: int
    mime: str
    file_name: str
    url: str
    link_state: str
    dated: str
    period: str
    restricted: bool
    seen: bool
    made: tuple[int, ...] = (1980, 1, 1, 0, 0, 0)


def order(instrument: Instrument) -> list[Item]:
    """Every item in the order of the worksheet, the results behind."""
    return [*instrument.worksheet_order, *instrument.results]


def folders(instrument: Instrument) -> dict[str, str]:
    """The folder of each item: its area's with a number before it, then its own."""
    groups: dict[tuple[str, str], str] = {}
    key: tuple[str, str]
    made: dict[str, str] = {}
    for place, item in enumerate(order(instrument), 1):
        if isinstance(item, Indicator):
            key = (item.kind, item.area_id)
            area = instrument.area(item.area_id)
            prefix = ".".join(item.number.split(".")[:3])
            called = f"{prefix} {said.area_alone(area)} {texts.aspect(item.kind)}"
        else:
            key = ("H", "")
            called = texts.RESULTS
        if key not in groups:
            groups[key] = f"{len(groups) + 1:02} {names.part(called, GROUP)}"
        own = names.part(f"{place:03} {item.number} {item.title}", FOLDER)
        made[item.id] = f"{groups[key]}/{own}"
    return made


def plan(instrument: Instrument, pieces: Iterable[Piece], limit: int) -> dict[str, Any]:
    """The layout as plain data: `rows` of the index, `parts` (row numbers by zip), `texts` (path and words).

    A piece that serves several items lies in the first of them; the others point to it.
    """
    where, places = folders(instrument), {item.id: n for n, item in enumerate(order(instrument))}
    rows: list[dict[str, Any]] = []
    notes: dict[str, list[str]] = defaultdict(list)
    taken = names.Taken()
    known = [_sorted(piece, places) for piece in pieces]
    for piece, items in sorted(
        (pair for pair in known if pair[1]), key=lambda pair: (places[pair[1][0]], pair[0].key)
    ):
        path = _path(piece, items, where, taken, limit)
        for number, item_id in enumerate(items):
            item: Any = instrument.by_id[item_id]
            rows.append(_row(piece, item, path, first=number == 0, limit=limit))
            if piece.seen and piece.kind == LINK_KIND:
                notes[item_id].append(
                    texts.link_line(_line(piece.title), piece.url, texts.state_note(piece.link_state))
                )
            elif piece.seen and path and number:
                notes[item_id].append(texts.see_line(_line(piece.title), path))
    rows.sort(key=lambda row: (places[row["item"]], row["key"]))
    listed = [
        [f"{where[item_id]}/{texts.LINKS_FILE}", "\n".join(notes[item_id])]
        for item_id in sorted(notes, key=lambda one: places[one])
    ]
    parts = split(rows, limit, sum(len(text.encode()) + OVERHEAD for _, text in listed))
    return {"rows": rows, "parts": parts, "texts": listed}


def _line(title: str) -> str:
    return " ".join(title.split())


def _sorted(piece: Piece, places: Mapping[str, int]) -> tuple[Piece, list[str]]:
    return piece, sorted({i for i in piece.items if i in places}, key=lambda i: places[i])


def _path(
    piece: Piece, items: Sequence[str], where: Mapping[str, str], taken: names.Taken, limit: int
) -> str:
    """Where the bytes of a piece lie; "" for what is not put in."""
    if not piece.seen or piece.kind != FILE_KIND or not piece.sha256 or piece.size > limit - OVERHEAD:
        return ""
    return taken.unique(where[items[0]], names.file(piece.title, piece.mime, piece.file_name, FILE))


def _row(piece: Piece, item: Item, path: str, *, first: bool, limit: int) -> dict[str, Any]:
    """A line of the index; `put` marks the one line by which the bytes are put in."""
    if not piece.seen:
        return {
            "item": item.id,
            "key": piece.key,
            "number": item.number,
            "indicator": item.title,
            "title": texts.HIDDEN_TITLE,
            "at": "",
            "dated": "",
            "period": "",
            "sha256": "",
            "state": texts.HIDDEN,
            "put": False,
            "size": 0,
            "made": list(piece.made),
        }
    state = texts.OK
    if piece.kind == LINK_KIND:
        state = texts.LINK
    elif not piece.sha256:
        state = texts.BINDING
    elif piece.size > limit - OVERHEAD:
        state = texts.TOO_BIG
    if piece.restricted:
        state = f"{state}, {texts.RESTRICTED}"
    return {
        "item": item.id,
        "key": piece.key,
        "number": item.number,
        "indicator": item.title,
        "title": _line(piece.title),
        "at": piece.url if piece.kind == LINK_KIND else path,
        "dated": piece.dated,
        "period": piece.period,
        "sha256": piece.sha256,
        "state": state,
        "put": bool(path) and first,
        "size": piece.size,
        "made": list(piece.made),
    }


def split(rows: Sequence[Mapping[str, Any]], limit: int, beside: int = 0) -> list[list[int]]:
    """Row numbers by zip. One zip when all fits; else the first holds no evidence and the others do."""
    put = [number for number, row in enumerate(rows) if row["put"]]
    whole = sum(int(rows[number]["size"]) + OVERHEAD for number in put)
    if whole + beside + FRONT_BYTES <= limit and len(put) <= MOST_FILES:
        return [put]
    parts: list[list[int]] = [[]]
    room, count = 0, MOST_FILES
    for number in put:
        cost = int(rows[number]["size"]) + OVERHEAD
        if cost > room or count >= MOST_FILES:
            parts.append([])
            # A zip's own list of its files (a few hundred bytes each) is counted in the overhead.
            room, count = limit - OVERHEAD, 0
        parts[-1].append(number)
        room -= cost
        count += 1
    return parts
