"""Outside text made fit for a cell: what a spreadsheet cannot hold or would calculate is taken care of."""

import math
import re
from collections.abc import Iterable

CELL_UNITS = 32_767
"""The most that a cell of Excel holds, counted as Excel counts (UTF-16 units)."""
CUT = " … [dipotong: batas isi sel Excel]"
_LIMIT = CELL_UNITS - len(CUT)

# What XML 1.0 has no character for, and unpaired surrogates.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile("\r\n?|\u2028|\u2029")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""A text that begins so may be taken for a formula by some program that opens it."""


def clean(text: str) -> str:
    """The text without control characters, with plain line breaks; everything else stays as it is."""
    return _NOT_XML.sub("", _BREAKS.sub("\n", text))


def cell(text: str) -> str:
    """As `clean`, cut where a cell ends, which is then said in the cell."""
    text = clean(text)
    if _units(text) <= CELL_UNITS:
        return text
    while _units(text) > _LIMIT:
        text = text[: max(0, len(text) - max(1, (_units(text) - _LIMIT) // 2))]
    return text + CUT


def _units(text: str) -> int:
    return len(text) + sum(char > "\uffff" for char in text)


def is_risky(text: str) -> bool:
    """Whether the text could be read as a formula when it is typed anew or read from a CSV."""
    return text.lstrip(" ").startswith(RISKY)


def height(texts: Iterable[tuple[str, float]], points: float = 14.5) -> float:
    """The height at which every text of a row can be read, given the widths of their columns.

    Programs do not agree on growing rows by themselves; a sheet allows 409 points at most.
    """
    lines = 1
    for text, width in texts:
        room = max(1.0, width * 0.98)
        lines = max(lines, sum(max(1, math.ceil(len(line) / room)) for line in text.split("\n")))
    return min(409.0, lines * points + 2.0)


def same(text: str) -> str:
    """The form in which two narratives are compared: as a cell holds it, without blanks at line ends."""
    return "\n".join(line.rstrip() for line in clean(text).strip().split("\n"))
