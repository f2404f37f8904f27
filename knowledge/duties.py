"""What recurs in a unit's year: rhythm, day, rule or practice, and the indicators whose evidence it makes.

Read from `data/kewajiban.yaml` and checked against the instrument and `recurrence`: where both know an item
its rhythm is the same. All dates are worked out here; today and working days are arguments.
"""

import calendar
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal

from knowledge.errors import KnowledgeFileError
from knowledge.files import WHOLE_FILE, Part, Text, items_of, load_mapping, read
from knowledge.instrument_model import Indicator, Instrument
from knowledge.recurrence import Every, recurrences

FILE = "kewajiban.yaml"
_DATA = Path(__file__).parent / "data"
LAST_FRIDAY = "last_friday"
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_FRIDAY = 4

Working = Callable[[date], date]


class DutyPart(Part):
    """One duty as it stands in the file."""

    id: Text
    name: Text
    every: Every
    months_after: int
    day: int | Literal["last_friday"]
    rule: str
    note: Text
    items: tuple[Text, ...]
    proposed: bool
    surveys: tuple[Literal["SPAK", "SPKP", "SKM"], ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """One month, quarter, half or year, with its code ("2027-01", "2027-TW1") and the day it falls due."""

    code: str
    first: date
    last: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that recurs. `rule` is empty where only practice says so.

    `surveys`: the kinds whose entries in the survey register, all of them, prove it as evidence does.
    """

    id: str
    name: str
    every: Every
    months_after: int
    day: int | None
    rule: str
    note: str
    items: tuple[str, ...]
    proposed: bool
    surveys: tuple[str, ...] = ()

    def due_on(self, period_last: date, working: Working, own_day: int | None = None) -> date:
        """When it falls due for the period that ends then; `own_day` goes before the usual day."""
        months = period_last.year * 12 + period_last.month - 1 + self.months_after
        year, month = months // 12, months % 12 + 1
        last = calendar.monthrange(year, month)[1]
        day = own_day if own_day is not None else self.day
        if day is None:
            end = date(year, month, last)
            return working(end - timedelta(days=(end.weekday() - _FRIDAY) % 7))
        return working(date(year, month, min(day, last)))

    def dated(self, first: date, last: date) -> tuple[date, date]:
        """First and last day of papers of the period with these days, where a paper names no period.

        What is due within its period is dated in it. What is due afterwards, a report of last year perhaps,
        is of the period whose usual day is nearest.
        """
        if not self.months_after:
            return first, last
        months = last.year * 12 + last.month - 1 + MONTHS[self.every]
        year, month = months // 12, months % 12 + 1
        following = date(year, month, calendar.monthrange(year, month)[1])
        before, day, after = (self.due_on(d, _as_is) for d in (first - timedelta(days=1), last, following))
        return before + (day - before) // 2 + timedelta(days=1), day + (after - day) // 2

    def coming(
        self, first: date, last: date, working: Working, own_day: int | None = None
    ) -> Iterator[Period]:
        """The periods that fall due on these days, in order of time."""
        length = MONTHS[self.every]
        # Far enough back that every period with a due day from `first` on is tried.
        months = first.year * 12 + first.month - 1 - self.months_after - length
        start = months - months % length
        while True:
            period = self._period(start, working, own_day)
            start += length
            if period.first > last:
                return
            if first <= period.due_on <= last:
                yield period

    def period(self, code: str, working: Working, own_day: int | None = None) -> Period | None:
        """The period with this code; None for what is no period of this duty."""
        year, _, _ = code.partition("-")
        if not (year.isascii() and year.isdecimal() and len(year) == 4 and 2000 <= int(year) <= 2100):
            return None
        for n in range(12 // MONTHS[self.every]):
            found = self._period(int(year) * 12 + n * MONTHS[self.every], working, own_day)
            if found.code == code:
                return found
        return None

    def _period(self, start: int, working: Working, own_day: int | None) -> Period:
        end = start + MONTHS[self.every] - 1
        first = date(start // 12, start % 12 + 1, 1)
        last = date(end // 12, end % 12 + 1, calendar.monthrange(end // 12, end % 12 + 1)[1])
        return Period(_code(self.every, first), first, last, self.due_on(last, working, own_day))


def _as_is(day: date) -> date:
    return day


def _code(every: Every, first: date) -> str:
    return {
        "month": f"{first.year}-{first.month:02}",
        "quarter": f"{first.year}-TW{(first.month + 2) // 3}",
        "half": f"{first.year}-S{(first.month + 5) // 6}",
        "year": f"{first.year}",
    }[every]


def load_duties(folder: Path, instrument: Instrument) -> tuple[Duty, ...]:
    """The duties that belong to this instrument; none for one that the file is not about.

    Raises `KnowledgeFileError` naming the duty that does not fit.
    """
    if load_mapping(folder / FILE).get("instrument") != instrument.id:
        return ()
    found: dict[str, Duty] = {}
    for raw in items_of(folder / FILE, "duties"):
        part = read(FILE, DutyPart, raw)
        if part.id in found:
            raise KnowledgeFileError(FILE, part.id, "tertulis dua kali")
        _check(part, instrument, recurrences(instrument))
        found[part.id] = Duty(
            part.id,
            part.name,
            part.every,
            part.months_after,
            None if part.day == LAST_FRIDAY else int(part.day),
            part.rule,
            part.note,
            part.items,
            part.proposed,
            part.surveys,
        )
    if not found:
        raise KnowledgeFileError(FILE, WHOLE_FILE, "tidak ada satu pun kewajiban")
    return tuple(found.values())


def _check(part: DutyPart, instrument: Instrument, known: Mapping[str, object]) -> None:
    if not part.id.isascii() or not part.id.isalpha() or not part.id.islower() or len(part.id) > 16:
        raise KnowledgeFileError(FILE, part.id, "id harus huruf kecil tanpa spasi, paling banyak 16")
    if isinstance(part.day, int) and not 1 <= part.day <= 31:
        raise KnowledgeFileError(FILE, part.id, "day harus 1 sampai 31 atau last_friday")
    if not 0 <= part.months_after <= 6:
        raise KnowledgeFileError(FILE, part.id, "months_after harus 0 sampai 6")
    for item_id in part.items:
        if not isinstance(instrument.by_id.get(item_id), Indicator):
            raise KnowledgeFileError(FILE, part.id, f"{item_id} bukan indikator instrumen ini")
        rhythm = getattr(known.get(item_id), "every", part.every)
        if rhythm != part.every:
            raise KnowledgeFileError(FILE, part.id, f"{item_id} berulang tiap {rhythm} di recurrence.yaml")


@lru_cache(maxsize=8)
def duties(instrument: Instrument) -> tuple[Duty, ...]:
    """As `load_duties`, from the product's own data; read once for each instrument."""
    return load_duties(_DATA, instrument)


def duty_of(instrument: Instrument, duty_id: str) -> Duty | None:
    """The duty with this id; None for unknown ones."""
    return next((each for each in duties(instrument) if each.id == duty_id), None)
