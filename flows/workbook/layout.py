"""The answer sheet as rows and columns: where everything stands. The writer and the formulas follow it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from knowledge.answers import Item
from knowledge.instrument import Area, Aspect, Indicator, Instrument, RatioInput, ResultGroup, SubComponent

SHEET = "LKE ZI"
ID, MARK, TEXT, WEIGHT, CRITERIA, KIND = "A", "B", "G", "H", "I", "J"
NOTE, PROOFS, LINKS = "N", "O", "P"
TITLE_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3
COUNT_SIGN = "#"
"""Stands between an indicator's id and an input's key in the id column."""
KINDS = {
    "ya_tidak": "Ya/Tidak",
    "abc": "A/B/C",
    "abcd": "A/B/C/D",
    "abcde": "A/B/C/D/E",
    "rasio": "%",
    "indeks_0_4": "Nilai (0-4)",
}
COUNT_KIND = "Jumlah"

RowKind = Literal["component", "aspect", "area", "sub", "item", "count", "group", "total"]
DEPTH: dict[RowKind, int] = {
    "component": 0,
    "aspect": 1,
    "group": 1,
    "area": 2,
    "sub": 3,
    "item": 4,
    "count": 5,
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one side: its answer, points, share and remarks; `raw` (hidden) adds up unrounded.

    Shown points are `raw` rounded to ten places: rounding sums of rounded sums could tip a shown digit.
    """

    answer: str
    value: str
    share: str
    note: str
    raw: str


UNIT = Columns("K", "L", "M", NOTE, "U")
TPI = Columns("Q", "R", "S", "T", "V")
LAST = "T"
HIDDEN = ("A", "U", "V")


@dataclass(slots=True)
class Row:
    """One row, from 1. `parts` are the rows that its points are the sum of; `counts` those of a ratio."""

    number: int
    kind: RowKind
    node: str
    mark: str
    text: str
    item: Item | None = None
    sub: SubComponent | None = None
    area: Area | None = None
    group: ResultGroup | None = None
    count: RatioInput | None = None
    parts: list[int] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    until: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows from top to bottom, and where to find what."""

    instrument: Instrument
    rows: tuple[Row, ...]
    by_node: dict[str, Row]

    @property
    def last(self) -> int:
        """The number of the last row."""
        return self.rows[-1].number


LEVER, TOTAL_LEVER, RESULTS, TOTAL_RESULTS, TOTAL = "A", "A.total", "B", "B.total", "total"
ASPECTS = (("P", "I.", "PEMENUHAN"), ("R", "II.", "REFORM"))


def layout_of(instrument: Instrument) -> Layout:
    """Where the rows of this instrument stand, in the order of the worksheet."""
    rows = list(_numbered(_rows(instrument)))
    by_node = {row.node: row for row in rows}
    _connect(rows, by_node, instrument)
    return Layout(instrument, tuple(rows), by_node)


def _numbered(rows: Iterator[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows, FIRST_ROW):
        row.number = number
        yield row


def _rows(instrument: Instrument) -> Iterator[Row]:
    yield Row(0, "component", LEVER, "A.", "PENGUNGKIT")
    for kind, mark, name in ASPECTS:
        yield Row(0, "aspect", f"A.{kind}", mark, name)
        for area in instrument.areas:
            for aspect in (each for each in area.aspects if each.kind == kind):
                yield from _aspect(area, aspect)
    yield Row(0, "total", TOTAL_LEVER, "", "TOTAL PENGUNGKIT")
    yield Row(0, "component", RESULTS, "B.", "HASIL")
    for group in instrument.result_groups:
        mark = f"{group.number.rpartition('.')[2]}."
        yield Row(0, "group", group.id, mark, group.name.upper(), group=group)
        for item in group.items:
            yield Row(0, "item", item.id, f"{item.number.rpartition('.')[2]}.", _question(item), item=item)
    yield Row(0, "total", TOTAL_RESULTS, "", "TOTAL HASIL")
    yield Row(0, "total", TOTAL, "", "NILAI AKHIR (PENGUNGKIT + HASIL)")


def _aspect(area: Area, aspect: Aspect) -> Iterator[Row]:
    yield Row(0, "area", aspect.id, f"{area.no}.", area.name.upper(), area=area)
    for sub in aspect.subs:
        yield Row(0, "sub", sub.id, f"{sub.number.rpartition('.')[2]}.", sub.name, sub=sub)
        for item in sub.indicators:
            mark = f"{item.number.rpartition('.')[2]}." if len(sub.indicators) > 1 else "-"
            yield Row(0, "item", item.id, mark, _question(item), item=item, sub=sub)
            for each in item.inputs:
                node = f"{item.id}{COUNT_SIGN}{each.key}"
                yield Row(0, "count", node, "", f"- {each.label}", item=item, count=each)


def _question(item: Item) -> str:
    return f"{item.title}\n{item.question}"


def _connect(rows: list[Row], by_node: dict[str, Row], instrument: Instrument) -> None:
    """Which rows each sum is made of, and which counts belong to a ratio."""
    for row in rows:
        if row.kind == "count" and row.item is not None and row.count is not None:
            by_node[row.item.id].counts[row.count.key] = row.number
        if row.kind == "sub" and row.sub is not None:
            row.until = _last_of(rows, by_node, row.sub.indicators[-1])
        if row.kind == "group" and row.group is not None:
            row.parts = [by_node[item.id].number for item in row.group.items]
    for area in instrument.areas:
        for aspect in area.aspects:
            by_node[aspect.id].parts = [by_node[sub.id].number for sub in aspect.subs]
            by_node[f"A.{aspect.kind}"].parts.append(by_node[aspect.id].number)
    lever = [by_node[f"A.{kind}"].number for kind, _, _ in ASPECTS]
    results = [by_node[group.id].number for group in instrument.result_groups]
    for node, parts in ((LEVER, lever), (TOTAL_LEVER, lever), (RESULTS, results), (TOTAL_RESULTS, results)):
        by_node[node].parts = list(parts)
    by_node[TOTAL].parts = [by_node[TOTAL_LEVER].number, by_node[TOTAL_RESULTS].number]


def _last_of(rows: list[Row], by_node: dict[str, Row], item: Indicator) -> int:
    return by_node[item.id].number + len(item.inputs)
