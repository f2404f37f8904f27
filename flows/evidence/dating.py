"""Finds the day of an activity in what people write: captions, names of files, the text of documents.

Unlike a deadline, a date of evidence lies in the past: "12 jan" is the latest 12 January up to today.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from knowledge.date_words import month_of
from knowledge.dates import Found, parse_date

YEARS_BACK = 10
SOON_DAYS = 14
_MONTH = r"((?:jan|feb|mar|apr|mei|may|jun|jul|agu|ags|agt|aug|sep|okt|oct|nov|nop|des|dec)[a-z]*)\.?"
_YEAR = r"(?:[ ,./-]*((?:19|20)\d\d)(?!\d))"
_DAY_MONTH = re.compile(rf"(?<!\d)(\d{{1,2}})(?:[ ._/-]+|(?=[a-z])){_MONTH}{_YEAR}?", re.IGNORECASE)
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(?<!\d[.,/-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)?\d\d)(?![\d/])")
_DAY_ALONE = re.compile(r"\b(?:tgl|tanggal)\.? ?(\d{1,2})\b(?! ?(?:/|-|[a-z]))", re.IGNORECASE)
_NEAR = (
    (re.compile(r"\b(?:hari ini|tadi|barusan)\b", re.IGNORECASE), 0),
    (re.compile(r"\bkemar[ie]n\b", re.IGNORECASE), 1),
)


def day_in(text: str, today: date, *, with_year: bool = False) -> date | None:
    """The first day not after today that the text names, or None. Never raises.

    `with_year` takes only dates that name their year, as in the text of a document.
    """
    text = text.replace("_", " ")[:20_000]
    for found in _named(text, today, with_year):
        if found <= today and found.year >= today.year - YEARS_BACK:
            return found
    if with_year:
        return None
    for pattern, days in _NEAR:
        if pattern.search(text):
            return today - timedelta(days=days)
    hit = _DAY_ALONE.search(text)
    return _latest_such(int(hit[1]), today) if hit else None


def _named(text: str, today: date, with_year: bool) -> Iterator[date]:
    """The days named with a month, in the order in which they stand."""
    hits = [(hit.start(), _day(int(hit[1]), int(hit[3]), int(hit[4]))) for hit in _ISO.finditer(text)]
    for hit in _NUMBERS.finditer(text):
        year = int(hit[4])
        hits.append((hit.start(), _day(year + 2000 * (year < 100), int(hit[3]), int(hit[1]))))
    for hit in _DAY_MONTH.finditer(text):
        month = month_of(hit[2].lower())
        if month is None or (with_year and not hit[3]):
            continue
        if hit[3]:
            hits.append((hit.start(), _day(int(hit[3]), month, int(hit[1]))))
        else:
            hits.append((hit.start(), _without_year(f"{hit[1]} {hit[2]}", today)))
    yield from (day for _, day in sorted(hits, key=lambda h: h[0]) if day is not None)


def _without_year(typed: str, today: date) -> date | None:
    """The latest such day up to today: asked of the parser as if it were almost a year ago.

    A day that comes again soon is rather the coming one, which is no date of evidence.
    """
    year_ago = date(today.year - 1, today.month, min(today.day, 28)) + timedelta(days=1)
    found = parse_date(typed, year_ago)
    if not isinstance(found, Found):
        return None
    near = found.day <= today - timedelta(days=365 - SOON_DAYS)
    return None if near or found.day > today else found.day


def _latest_such(day: int, today: date) -> date | None:
    """The latest day of the month with this number, up to today."""
    first = today.replace(day=1)
    for _ in range(3):
        found = _day(first.year, first.month, day)
        if found is not None and found <= today:
            return found
        first = (first - timedelta(days=1)).replace(day=1)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_PLACE = re.compile(r"\bdi ([a-z0-9 .&'()-]{3,60})", re.IGNORECASE)
_PLACE_ENDS = re.compile(
    rf" *\b(?:tgl|tanggal|pada|hari|jam|pukul|kemarin|tadi|dengan|oleh|untuk|tentang|\d\d? *{_MONTH})\b.*$",
    re.IGNORECASE,
)


def place_in(text: str) -> str:
    """Where something took place, as the caption says it ("di loket"); "" when it does not."""
    hit = _PLACE.search(text)
    return _PLACE_ENDS.sub("", hit[1]).strip(" .-") if hit else ""
