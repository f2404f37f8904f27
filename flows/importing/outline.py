"""The worksheet's hierarchy: markers in narrow columns, or one dotted number, as levels."""

import re
from dataclasses import dataclass, field
from typing import Any

from knowledge.instrument import INDEX_SCALE, RATIO_SCALE

COMPONENT, ASPECT, AREA, SUB, ITEM, DASH = "component", "aspect", "area", "sub", "item", "dash"
COUNT = "jumlah"
"""The kind of a row that holds one count of a ratio."""

_MARK = r"[A-Za-z]|\d{1,2}|[ivxIVX]{1,5}"
_ALONE = re.compile(rf"^\(?({_MARK})[.)]{{0,2}}$")
_DOTTED = re.compile(r"^(?:[A-Za-z0-9]{1,4}[./-]){1,5}[A-Za-z0-9]{1,4}\.?$")
_LED = re.compile(
    rf"^((?:[A-Za-z0-9]{{1,4}}\.){{2,5}}[A-Za-z0-9]{{1,4}}\.?|\(?(?:{_MARK})[.)])\s+(\S.*)$", re.DOTALL
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7}
_KINDS = {
    "ya/tidak": "ya_tidak",
    "ya": "ya_tidak",
    "tidak/ya": "ya_tidak",
    "a/b/c": "abc",
    "a/b/c/d": "abcd",
    "a/b/c/d/e": "abcde",
    "%": RATIO_SCALE,
    "persen": RATIO_SCALE,
    "jumlah": COUNT,
    "nilai": INDEX_SCALE,
    "nilai(0-4)": INDEX_SCALE,
    "nilai/(0-4)": INDEX_SCALE,
    "0-4": INDEX_SCALE,
    "(0-4)": INDEX_SCALE,
}


def kind_of(text: str) -> str | None:
    """The scale that a cell of "Pilihan Jawaban" names; None when it names none."""
    plain = re.sub(r"\s+", "", text.lower()).replace(",", "/").replace("–", "-")
    return _KINDS.get(plain)


def is_marker(text: str) -> bool:
    """Whether a cell holds only a number or letter of the hierarchy."""
    text = text.strip()
    return bool(text in {"-", "–"} or _ALONE.match(text) or _DOTTED.match(text))


@dataclass(slots=True)
class Line:
    """One row of a sheet of answers. `marks` are (level, number from 1) from the top down."""

    row: int
    marks: list[tuple[str, int]]
    text: str
    kind: str | None
    value: Any
    column: int | None = None
    """Where its first marker stands."""
    raw_mark: str = ""
    counts: list["Line"] = field(default_factory=list)

    @property
    def level(self) -> str | None:
        """The deepest level marked."""
        return self.marks[-1][0] if self.marks else None

    @property
    def letter(self) -> int | None:
        """The number of the item's letter: 1 for a."""
        return self.marks[-1][1] if self.level == ITEM else None


def split_cells(cells: list[tuple[int, str]]) -> tuple[int | None, str, str]:
    """Column of the marker, marker and text of a row's filled outline cells."""
    column, mark = None, ""
    rest = cells
    if cells and is_marker(cells[0][1]):
        column, mark = cells[0][0], cells[0][1].strip()
        rest = cells[1:]
        while len(rest) > 1 and is_marker(rest[0][1]):  # "I" "1" "i" side by side: a path
            mark = f"{mark.rstrip('.)')}.{rest[0][1].strip()}"
            rest = rest[1:]
    text = max((t for _, t in rest), key=len, default="")
    if not mark and (found := _LED.match(text)):
        column, mark, text = rest[0][0], found[1], found[2]
    elif not mark and text[:1] in "-–" and len(text) > 1:
        column, mark, text = rest[0][0], "-", text
    return column, mark, text.strip()


def levels_of(mark: str, usual: str | None = None) -> list[tuple[str, int]]:
    """What a marker means by its form: A. component, I. aspect, 1. area, i. sub-component, a. item.

    `usual` is the level that nearly all markers of its column have: it wins where the form allows it.
    """
    plain = mark.strip().strip("()").rstrip(".)")
    if plain in {"-", "–"}:
        return [(DASH, 1)]
    parts = [part for part in re.split(r"[./-]", plain) if part]
    if len(parts) == 1:
        found = _as(usual, parts[0]) or _by_form(parts[0])
        return [found] if found else []
    levels: list[tuple[str, int]] = []
    for part in parts:
        found = _by_form(part, after=levels[-1][0] if levels else None)
        if found is None:
            return []
        levels.append(found)
    return levels


def _by_form(part: str, after: str | None = None) -> tuple[str, int] | None:
    lower = part.lower()
    if part.isdecimal():
        return (SUB if after == AREA else AREA, int(part))
    if lower in _ROMAN:
        if part.isupper() and after != AREA:
            return ASPECT, _ROMAN[lower]
        return (ITEM, ord(lower) - 96) if after == SUB and len(lower) == 1 else (SUB, _ROMAN[lower])
    if len(part) == 1 and part.isalpha():
        if part in "AB" and after is None:
            return COMPONENT, ord(part) - 64
        return ITEM, ord(lower) - 96
    return None


def _as(level: str | None, part: str) -> tuple[str, int] | None:
    """The marker read as one of that level; None when it cannot be."""
    lower = part.lower()
    if level in {SUB, ASPECT} and lower in _ROMAN:
        return str(level), _ROMAN[lower]
    if level == AREA and part.isdecimal():
        return AREA, int(part)
    if level == ITEM and len(part) == 1 and part.isalpha():
        return ITEM, ord(lower) - 96
    return None
