"""From when to when a rule held, and which of an entry's rules held on the days asked about."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.as_of import AsOf
from knowledge.faq import Entry, Formerly

_WHEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_NUMBERED = re.compile(r"\b\d{1,3}/((?:19|20)\d\d)\b")
_IN_FORCE = (
    ("PermenPANRB 90/2021", date(2021, 12, 31)),
    ("PermenPANRB 5/2024", date(2024, 7, 15)),
    ("PermenPANRB 17/2024", date(2024, 11, 8)),
    ("Peraturan KPK 3/2024", date(2025, 4, 1)),
)
"""Regulations whose first day the fact base knows; of others only the year in their number is certain."""


@dataclass(frozen=True, slots=True)
class Held:
    """What is known for the days asked about.

    `past` are the earlier rules that held then. Where there are none, `same` says that today's rule already
    held, and otherwise `since` is the first day (or the year) from which today's is known to hold, by `rule`;
    both are empty when even that is not known.
    """

    past: tuple[Formerly, ...] = ()
    same: bool = False
    since: str = ""
    rule: str = ""


def first_day(when: str) -> date:
    """The first day of a year, a month or a day. Raises `ValueError` for anything else."""
    year, month, day = _parts(when)
    return date(year, month or 1, day or 1)


def last_day(when: str) -> date:
    """The last day of a year, a month or a day. Raises `ValueError` for anything else."""
    year, month, day = _parts(when)
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def day_after(when: str) -> date:
    """The day after the last one."""
    return last_day(when) + timedelta(days=1)


def past_of(entry: Entry, as_of: AsOf) -> tuple[Formerly, ...]:
    """The earlier rules of an entry that held on one of the days, the latest first."""
    found = [each for each in entry.formerly if _meets(each, as_of)]
    return tuple(found[:1] if as_of.start == date.min else found)


def held(entry: Entry, as_of: AsOf) -> Held:
    """What is known about these days for an entry.

    Of a regulation known by its year alone nothing is certain within that year.
    """
    past = past_of(entry, as_of)
    if past:
        return Held(past)
    rule, since = _newest(entry)
    if not since:
        return Held(rule=rule)
    certain = len(since) > len("2021") or bool(entry.valid_from) or as_of.start > last_day(since)
    same = not as_of.ahead and as_of.start >= first_day(since) and certain
    return Held(same=same, since=since, rule=rule)


def _parts(when: str) -> tuple[int, int | None, int | None]:
    hit = _WHEN.fullmatch(when)
    if hit is None:
        raise ValueError(when)
    year, month, day = (int(part) if part else None for part in hit.groups())
    assert year is not None
    return year, month, day


def _meets(each: Formerly, as_of: AsOf) -> bool:
    starts = first_day(each.since) if each.since else date.min
    return starts <= as_of.end and as_of.start <= last_day(each.until)


def _newest(entry: Entry) -> tuple[str, str]:
    """By which rule and since when an answer is known to hold: its own date, or its latest rule's."""
    came = [found for rule in entry.rule if (found := _came(rule))]
    if entry.valid_from:
        start = first_day(entry.valid_from)
        near = min(came, key=lambda each: abs(first_day(each[1]) - start), default=("", ""))
        return near[0], entry.valid_from
    return max(came, key=lambda each: first_day(each[1]), default=("", ""))


def _came(rule: str) -> tuple[str, str] | None:
    """A regulation's short name, with its first day where that is known and its year otherwise."""
    for named, day in _IN_FORCE:
        if named in rule:
            return named, day.isoformat()
    hit = _NUMBERED.search(rule)
    return (re.split(r",| \(", rule)[0], hit[1]) if hit else None
