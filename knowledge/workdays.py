"""Working days of Indonesian offices: Monday to Friday, without national holidays and joint leave.

The days come from the package `holidays`; `data/hari_libur.yaml` has the last word.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data" / "hari_libur.yaml"
WEEKEND = 5
_ONE = timedelta(days=1)


class Workdays:
    """Tells working days from days off. A year's holidays are worked out when first asked for."""

    def __init__(self, off: Mapping[date, str] | None = None, on: frozenset[date] = frozenset()) -> None:
        self._off = dict(off or {})
        self._on = on
        self._years: dict[int, dict[date, str]] = {}

    def holiday(self, day: date) -> str | None:
        """The name of the holiday or joint leave on that day; None on any other, weekends included."""
        if day.year not in self._years:
            self._years[day.year] = self._year(day.year)
        return self._years[day.year].get(day)

    def is_off(self, day: date) -> bool:
        """Whether offices are closed."""
        if day in self._on:
            return False
        return day.weekday() >= WEEKEND or self.holiday(day) is not None

    def on_or_before(self, day: date) -> date:
        """That day, or the last working day before it."""
        while self.is_off(day):
            day -= _ONE
        return day

    def on_or_after(self, day: date) -> date:
        """That day, or the next working day."""
        while self.is_off(day):
            day += _ONE
        return day

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after that day, from 1 on."""
        for _ in range(count):
            day = self.on_or_after(day + _ONE)
        return day

    def between(self, day: date, later: date) -> int:
        """How many working days after `day` have begun by `later`; 0 when it is not later."""
        return sum(not self.is_off(day + timedelta(days=n)) for n in range(1, (later - day).days + 1))

    def _year(self, year: int) -> dict[date, str]:
        # Its import takes longer than all of ours, and only reminders need it.
        from holidays.countries.indonesia import Indonesia

        found = Indonesia(years=year, categories=("public", "government"), language="id")
        named = {day: name for day, name in found.items() if day.year == year and day not in self._on}
        return named | {day: name for day, name in self._off.items() if day.year == year}


@lru_cache(maxsize=1)
def workdays() -> Workdays:
    """The calendar with the overrides of the data file. Raises ValueError when it is not understood."""
    return read(yaml.safe_load(DATA.read_text("utf-8")))


def read(data: Mapping[str, Any]) -> Workdays:
    """The calendar with these overrides. Raises ValueError."""
    try:
        off = {_day(each["tanggal"]): str(each["nama"]) for each in data.get("libur") or ()}
        on = frozenset(_day(each["tanggal"]) for each in data.get("kerja") or ())
    except (KeyError, TypeError) as exc:
        raise ValueError(f"hari_libur.yaml: {exc}") from exc
    return Workdays(off, on)


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is not a date")
    return value
