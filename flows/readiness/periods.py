"""Survey periods: a year or a part of it, as people type and read it. Pure."""

import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from flows import fmt
from knowledge.dates import MONTHS

FIRST_YEAR = 2010
_PARTS: dict[str, tuple[int, int]] = {
    "": (1, 12),
    "S1": (1, 6),
    "S2": (7, 12),
    **{f"T{n}": (3 * n - 2, 3 * n) for n in range(1, 5)},
    **{f"M{n:02}": (n, n) for n in range(1, 13)},
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "satu": 1, "dua": 2, "tiga": 3, "empat": 4}
_MONTHS = tuple(name[:3].lower() for name in MONTHS)
_ROMAN_OUT = ("", "I", "II", "III", "IV")


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A part of a year: "" all of it, "S1", "S2", "T1" to "T4", "M01" to "M12".

    The newer of two periods ends later; of those that end together, the one that began later.
    """

    year: int
    part: str = ""

    @property
    def starts(self) -> date:
        """Its first day."""
        return date(self.year, _PARTS[self.part][0], 1)

    @property
    def last_month(self) -> int:
        """The month in which it ends, from 1."""
        return _PARTS[self.part][1]

    @property
    def name(self) -> str:
        """As people write it: "TW I 2027", "Semester II 2026", "Januari 2027", "Tahun 2026"."""
        if not self.part:
            return f"Tahun {self.year}"
        number = int(self.part[1:])
        if self.part[0] == "M":
            return fmt.day_short(self.starts).split(" ", 1)[1]
        return f"{'TW' if self.part[0] == 'T' else 'Semester'} {_ROMAN_OUT[number]} {self.year}"

    def __lt__(self, other: "Period") -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[int, int, date]:
        return self.year, self.last_month, self.starts


def is_part(part: str) -> bool:
    """Whether a button may carry this part."""
    return part in _PARTS


def suggested(today: date) -> tuple[Period, ...]:
    """The periods that people most likely mean today, newest first."""
    quarter = (today.month - 1) // 3 + 1
    earlier = (today.year, quarter - 1) if quarter > 1 else (today.year - 1, 4)
    half = Period(today.year, "S1") if today.month > 6 else Period(today.year - 1, "S2")
    return (
        Period(today.year, f"T{quarter}"),
        Period(earlier[0], f"T{earlier[1]}"),
        half,
        Period(today.year - 1),
    )


def parse(text: str) -> Period | None:
    """The period meant by "tw 1 2027", "semester II/2026", "jan 2027", "2026"; None for anything else."""
    words = re.findall(r"[a-z]+|\d+", text.lower())
    years = [w for w in words if len(w) == 4 and w.isdecimal()]
    rest = [w for w in words if w not in {*years, "tahun", "thn", "periode", "bulan", "bln", "survei", "ke"}]
    if len(years) != 1 or len(words) > 6:
        return None
    part = _part(rest)
    return Period(int(years[0]), part) if part is not None else None


def _part(rest: list[str]) -> str | None:
    if not rest:
        return ""
    if len(rest) == 1 and rest[0][:3] in _MONTHS and rest[0].isalpha():
        return f"M{_MONTHS.index(rest[0][:3]) + 1:02}"
    glued = re.fullmatch(r"([a-z]+?)(i{1,3}|iv)?", rest[0])
    if len(rest) == 1 and glued and glued[2]:  # "twiv"
        rest = [glued[1], glued[2]]
    if len(rest) != 2:
        return None
    word, count = rest
    number = int(count) if count.isdecimal() and len(count) == 1 else _ROMAN.get(count, 0)
    if word in {"tw", "triwulan", "triwulanan", "kuartal", "q"} and 1 <= number <= 4:
        return f"T{number}"
    if word in {"semester", "smt", "sem", "s"} and number in {1, 2}:
        return f"S{number}"
    return None
