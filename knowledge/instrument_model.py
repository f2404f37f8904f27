"""The evaluation instrument (LKE) as immutable data: areas, aspects, sub-components, indicators, gates.

Built by `knowledge.instrument` and never changed afterwards. Every node carries the worksheet's own number
beside its id: PW.P.1.a is A.I.5.i.a (A pengungkit; I pemenuhan, II reform; area 5; i sub-component; a).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Target = Literal["WBK", "WBBM"]
TARGETS: tuple[Target, ...] = ("WBK", "WBBM")
CHOICE_SCALES = ("ya_tidak", "abc", "abcd", "abcde")
RATIO_SCALE = "rasio"
INDEX_SCALE = "indeks_0_4"
ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@dataclass(frozen=True, slots=True)
class Option:
    """One choice; `value` runs from 0 to 1."""

    key: str
    value: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class RatioInput:
    """A count that a ratio indicator asks for: a whole number from 0. Outside the formula it may be empty.

    `words` are what people call it when they type.
    """

    key: str
    label: str
    in_formula: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """How inputs become a value from 0 to 1 (clamped).

    `rasio`: sum of `numerator` over sum of `denominator`; a denominator of 0 is not scored. Unless
    `may_exceed`, more than all is `impossible`, which says why in Indonesian.
    `penurunan`: (previous - current) / previous; both 0 gives `both_zero`, a rise from 0 gives `from_zero`.
    """

    kind: Literal["rasio", "penurunan"]
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    may_exceed: bool = False
    impossible: str = ""
    previous: str = ""
    current: str = ""
    both_zero: Decimal = Decimal(1)
    from_zero: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Indicator:
    """One question of the lever part. `index` counts from 1 within its sub-component of `of` indicators."""

    id: str
    number: str
    title: str
    question: str
    scale: str
    options: tuple[Option, ...]
    inputs: tuple[RatioInput, ...]
    formula: Formula | None
    evidence: tuple[str, ...]
    note: str
    work: str
    confidential: bool
    kind: Literal["P", "R"]
    area_id: str
    area_no: int
    aspect_id: str
    sub_id: str
    index: int
    of: int
    max_points: Fraction

    @property
    def spoken(self) -> str:
        """The number as people say it: "Area 5, pemenuhan, i.a"."""
        aspect = "pemenuhan" if self.kind == "P" else "reform"
        return f"Area {self.area_no}, {aspect}, {'.'.join(self.number.split('.')[3:])}"


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ResultItem:
    """One item of the result part: a survey index (scale `indeks_0_4`) or a choice."""

    id: str
    number: str
    name: str
    weight: Decimal
    title: str
    question: str
    scale: str
    options: tuple[Option, ...]
    evidence: tuple[str, ...]
    note: str
    work: str
    confidential: bool
    group_id: str

    @property
    def max_points(self) -> Fraction:
        return Fraction(self.weight)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SubComponent:
    id: str
    number: str
    name: str
    weight: Decimal
    indicators: tuple[Indicator, ...]
    area_id: str
    aspect_id: str


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Aspect:
    """Half of an area: `P` pemenuhan or `R` reform."""

    id: str
    number: str
    kind: Literal["P", "R"]
    name: str
    weight: Decimal
    subs: tuple[SubComponent, ...]
    area_id: str

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(indicator for sub in self.subs for indicator in sub.indicators)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Area:
    id: str
    no: int
    name: str
    weight: Decimal
    aspects: tuple[Aspect, ...]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(indicator for aspect in self.aspects for indicator in aspect.indicators)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ResultGroup:
    id: str
    number: str
    name: str
    weight: Decimal
    items: tuple[ResultItem, ...]


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Gate:
    """One criterion of a target.

    `node` is what it measures: "total", "pengungkit", an area id, or an id of the result part. `need` is in
    points, `share` (areas only) the same as part of the area's weight. `tolerance` is in points; reaching
    need - tolerance (`floor`) passes. `survey` marks a gate that only a survey index can move.
    """

    id: str
    name: str
    node: str
    weight: Decimal
    need: Decimal
    share: Decimal | None
    tolerance: Decimal
    floor: Fraction
    survey: bool


Node = Indicator | SubComponent | Aspect | Area | ResultItem


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Instrument:
    """A released instrument: `id` is the rule ("lke-2021"), `version` the release ("2021.1"), `key` both."""

    id: str
    version: str
    key: str
    title: str
    regulation: str
    amended_by: tuple[str, ...]
    in_force_from: int
    used_for_evaluation_since: int
    reviewed_on: str
    note: str
    areas: tuple[Area, ...]
    result_groups: tuple[ResultGroup, ...]
    scales: Mapping[str, tuple[tuple[str, Decimal], ...]]
    index_max: Decimal
    criteria_order: tuple[str, ...]
    gates: Mapping[Target, tuple[Gate, ...]]
    equivalents: Mapping[Target, Mapping[str, Decimal | str]]
    thresholds_note: str
    subs: tuple[SubComponent, ...]
    area_order: tuple[Indicator, ...]
    worksheet_order: tuple[Indicator, ...]
    results: tuple[ResultItem, ...]
    by_id: Mapping[str, Node]
    _names: Mapping[str, Node] = field(repr=False)

    def indicator(self, indicator_id: str) -> Indicator:
        """The indicator with exactly this id. Raises `KeyError`."""
        node = self.by_id[indicator_id]
        if not isinstance(node, Indicator):
            raise KeyError(indicator_id)
        return node

    def result(self, item_id: str) -> ResultItem:
        """The result item with exactly this id. Raises `KeyError`."""
        node = self.by_id[item_id]
        if not isinstance(node, ResultItem):
            raise KeyError(item_id)
        return node

    def area(self, area_id: str) -> Area:
        """The area with exactly this id. Raises `KeyError`."""
        node = self.by_id[area_id]
        if not isinstance(node, Area):
            raise KeyError(area_id)
        return node

    def find(self, text: str) -> Node | None:
        """What is meant by an id, a worksheet number or "area 5 pemenuhan i.a"; None when it names nothing.

        Case, spaces, dots, dashes and commas do not matter, nor Roman against Arabic figures. A bare letter
        or a bare figure names nothing.
        """
        return self._names.get(loose(text))

    def next_in_area(self, indicator: Indicator) -> Indicator | None:
        """The one after it in its area (pemenuhan, then reform); None after the last."""
        return self._neighbour(indicator, 1)

    def prev_in_area(self, indicator: Indicator) -> Indicator | None:
        return self._neighbour(indicator, -1)

    def _neighbour(self, indicator: Indicator, step: int) -> Indicator | None:
        siblings = self.area(indicator.area_id).indicators
        position = siblings.index(indicator) + step
        return siblings[position] if 0 <= position < len(siblings) else None


SEPARATORS = re.compile(r"[^0-9a-z]+")
ASPECT_WORDS = {"pemenuhan": "i", "reform": "ii", "p": "i", "r": "ii"}


def loose(text: str) -> str:
    """The comparison form of an id or number: lower case, no separators, Roman figures where it has them."""
    parts = SEPARATORS.sub(" ", text.lower()).split()
    if len(parts) > 1 and parts[0] == "area":
        if parts[1].isdecimal() and len(parts) > 2 and parts[2] in ASPECT_WORDS:
            parts = ["a", ASPECT_WORDS[parts[2]], parts[1], *parts[3:]]
        elif not parts[1].isdecimal():
            parts = parts[1:]
    if parts[:1] in (["a"], ["b"]):
        roman_at = (1, 3) if parts[0] == "a" else (1,)
        parts = [_roman(part) if place in roman_at else part for place, part in enumerate(parts)]
    return "".join(parts)


def _roman(part: str) -> str:
    return ROMAN[int(part)] if part.isdecimal() and 0 < int(part) < len(ROMAN) else part
