"""Periods of evidence: a year or a part of it, as a code in a row, as a name, and as people type it. Pure.

Codes: "2026" a year, "2026-S1" a half, "2026-TW3" a quarter, "2026-01" a month.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flows import fmt
from flows.evidence import dating
from flows.readiness import periods as survey_periods
from knowledge.dates import MONTHS, Found, Problem, parse_date
from knowledge.recurrence import Every

_CODE = re.compile(r"((?:19|20)\d\d)(?:-(TW[1-4]|S[12]|0[1-9]|1[0-2]))?")


@dataclass(frozen=True, slots=True)
class Span:
    """A period with its first and last day."""

    code: str
    first: date
    last: date

    def holds(self, other: "Span") -> bool:
        """Whether the other lies within it."""
        return self.first <= other.first and other.last <= self.last

    @property
    def name(self) -> str:
        """As people write it: "TW III 2026", "Semester I 2026", "Januari 2027", "Tahun 2026"."""
        return _period(self.code).name

    @property
    def short(self) -> str:
        """As in a list: months as "Jan 2027", the rest as `name`."""
        if self.code[5:].isdecimal():
            return f"{MONTHS[self.first.month - 1][:3]} {self.first.year}"
        return self.name


def span_of(code: str) -> Span | None:
    """The period of a code; None for "" and for what is no code (never raises)."""
    hit = _CODE.fullmatch(code)
    if hit is None:
        return None
    year, part = int(hit[1]), hit[2] or ""
    if not part:
        months = (1, 12)
    elif part.startswith("TW"):
        months = (3 * int(part[2]) - 2, 3 * int(part[2]))
    elif part.startswith("S"):
        months = (6 * int(part[1]) - 5, 6 * int(part[1]))
    else:
        months = (int(part), int(part))
    return Span(code, date(year, months[0], 1), _month_end(year, months[1]))


def _month_end(year: int, month: int) -> date:
    return (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)


def around(day: date, every: Every) -> Span:
    """The month, quarter, half or year in which a day lies."""
    year, month = day.year, day.month
    code = {
        "month": f"{year}-{month:02}",
        "quarter": f"{year}-TW{(month - 1) // 3 + 1}",
        "half": f"{year}-S{(month - 1) // 6 + 1}",
        "year": f"{year}",
    }[every]
    found = span_of(code)
    assert found is not None
    return found


def between(first: date, last: date, every: Every) -> Iterator[Span]:
    """The periods of this length that begin within the days, oldest first."""
    span = around(first, every)
    if span.first < first:
        span = around(span.last + timedelta(days=1), every)
    while span.first <= last:
        yield span
        span = around(span.last + timedelta(days=1), every)


def parse(text: str, today: date) -> str | None:
    """The code of the period meant by "tw 3 2026", "semester 1", "jan 2027", "2026"; None for all else.

    Without a year the latest such period that has begun is meant.
    """
    text = text.strip().lower().removeprefix("satu ").removeprefix("untuk ")
    for typed, year in ((text, None), (f"{text} {today.year}", today.year)):
        read = survey_periods.parse(typed)
        if read is not None and 2000 <= read.year <= today.year + 1:
            span = span_of(_code(read))
            if span is not None and year is not None and span.first > today:
                span = span_of(_code(survey_periods.Period(read.year - 1, read.part)))
            return span.code if span is not None else None
    return None


def _period(code: str) -> survey_periods.Period:
    """The survey period with the same days."""
    year, _, part = code.partition("-")
    part = f"M{part}" if part.isdecimal() else part.replace("TW", "T")
    return survey_periods.Period(int(year), part)


def _code(period: survey_periods.Period) -> str:
    part = period.part
    if not part:
        return f"{period.year}"
    return f"{period.year}-" + {"T": f"TW{part[1:]}", "S": part, "M": part[1:]}[part[0]]


def read_day(text: str, today: date) -> date | Problem | None:
    """The day of an activity as typed, up to today. A Problem says why it cannot be; None: no day meant."""
    text = " ".join(text.split())
    wrong = parse_date(text, date(today.year - 1, 1, 1)) if len(text) < 100 else None
    if isinstance(wrong, Problem) and "tidak ada" in wrong.sentence:
        return wrong
    found = dating.day_in(text, today)
    if found is not None:
        return found
    ahead = parse_date(text, today)
    if isinstance(ahead, Found):
        said = (
            f"{fmt.day_short(ahead.day)} belum lewat. Yang ditulis adalah tanggal kegiatan atau dokumennya, "
            "misalnya 12 Januari."
        )
        return Problem(said, None)
    return ahead


_NAMED = re.compile(
    r"\b(?:tw|triwulan|kuartal|semester|smt)\s*(?:i{1,3}|iv|[1-4])\b(?:\s*(?:tahun\s*)?(?:19|20)\d\d)?",
    re.IGNORECASE,
)


def find_in(text: str, today: date) -> str:
    """The code of the quarter or half that a caption or file name speaks of; "" for none."""
    hit = _NAMED.search(text.replace("_", " ").replace("-", " "))
    return (parse(hit[0], today) or "") if hit else ""
