"""Periods of register lines: months ("202705") and years ("2027"), as people type and read them. Pure."""

import re
from datetime import date, timedelta

from flows.registers.kinds import FREE, MONTH, Kind
from knowledge.dates import MONTHS

FIRST_YEAR = 2015
_EXTRA = {
    "peb": 2,
    "pebruari": 2,
    "may": 5,
    "agt": 8,
    "ags": 8,
    "agst": 8,
    "aug": 8,
    "sept": 9,
    "oct": 10,
    "nop": 11,
    "nopember": 11,
    "dec": 12,
}
_NAMES = {name.lower()[:n]: at for at, name in enumerate(MONTHS, 1) for n in range(3, len(name) + 1)} | _EXTRA
_NAME = re.compile(r"\b(" + "|".join(sorted(_NAMES, key=len, reverse=True)) + r")\b\.?")
_YEAR = re.compile(r"\b(?:tahun |thn )?((?:19|20)\d\d)\b")
_NUMBERS = re.compile(
    r"\b(?:(?:\d{1,2}[/-])?(0?[1-9]|1[0-2])[/-]((?:19|20)\d\d)|((?:19|20)\d\d)[/-](0[1-9]|1[0-2]))\b"
)
_NEAR = {"bulan ini": 0, "bulan lalu": 1, "bulan kemarin": 1}


def find(kind: Kind, text: str, today: date) -> tuple[str, str]:
    """The slot that the lower-case text names ("" for none), and the text without its words.

    A month without a year is the latest such month that has begun.
    """
    if kind.slots != MONTH:
        hit = _YEAR.search(text)
        return (hit[1], _without(text, hit)) if hit else ("", text)
    for words, back in _NEAR.items():
        if words in text:
            first = today.replace(day=1)
            return _slot(first if not back else first - timedelta(days=1)), text.replace(words, " ", 1)
    hit = _NUMBERS.search(text)
    if hit:
        year, month = (hit[2], hit[1]) if hit[2] else (hit[3], hit[4])
        return f"{year}{int(month):02}", _without(text, hit)
    hit = _NAME.search(text)
    if hit is None:
        return "", text
    month, rest = _NAMES[hit[1]], _without(text, hit)
    named = _YEAR.search(rest)
    if named:
        return f"{named[1]}{month:02}", _without(rest, named)
    return f"{today.year - (month > today.month):04}{month:02}", rest


def _without(text: str, hit: re.Match[str]) -> str:
    return f"{text[: hit.start()]} {text[hit.end() :]}"


def _slot(day: date) -> str:
    return f"{day.year:04}{day.month:02}"


def fits(kind: Kind, slot: str) -> bool:
    """Whether a button may carry this slot for this register."""
    if kind.slots == FREE or not (slot.isascii() and slot.isdecimal()):
        return False
    if len(slot) != (6 if kind.slots == MONTH else 4):
        return False
    return FIRST_YEAR <= int(slot[:4]) <= 9000 and (len(slot) == 4 or 1 <= int(slot[4:]) <= 12)


def first_day(slot: str) -> date:
    """The day on which it begins."""
    return date(int(slot[:4]), int(slot[4:]) if len(slot) == 6 else 1, 1)


def last_day(slot: str) -> date:
    """The day on which it ends."""
    first = first_day(slot)
    if len(slot) == 4:
        return date(first.year, 12, 31)
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def name(slot: str) -> str:
    """As people write it: "Mei 2027", "tahun lapor 2027"."""
    if len(slot) == 6:
        return f"{MONTHS[int(slot[4:]) - 1]} {slot[:4]}"
    return f"Tahun lapor {slot}"


def likely(kind: Kind, today: date) -> tuple[str, ...]:
    """The periods that people most likely mean today, newest first."""
    if kind.slots != MONTH:
        return str(today.year), str(today.year - 1)
    found, day = [], today
    for _ in range(4):
        found.append(_slot(day))
        day = day.replace(day=1) - timedelta(days=1)
    return tuple(found)
