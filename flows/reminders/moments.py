"""On which days one is reminded of something: pure arithmetic of working days.

Before it is due: so many days before, and on the day itself; a moment that falls on a day off comes on the
working day before. Afterwards once a week, when the week begins, so that all that is late comes in one
message, for four weeks; then reminding ends.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from flows import fmt
from flows.days import at, due_day
from knowledge.workdays import Workdays, workdays

SEND_AT = time(8, 30)
SEND_UNTIL = time(20, 0)
USUAL_SLOT = SEND_AT.hour * 60 + SEND_AT.minute
SLOTS = (450, USUAL_SLOT, 600, 780)
"""When a digest may come, in minutes after midnight."""
QUIET_FROM = (960, 1080, SEND_UNTIL.hour * 60)
"""From when on nothing comes any more, in minutes after midnight; the last is usual."""

DAYS_BEFORE = (7, 1)
CHOICES = (30, 14, 7, 3, 1)
WEEKS_LATE = 4
KETUA, KOORDINATOR, ADMIN, END = "ketua", "koordinator", "admin", "henti"
ESCALATE_AFTER = {KETUA: 3, KOORDINATOR: 5, ADMIN: 10}
"""Working days after the due day at which those who lead are told."""
PAUSE_DAYS = 3
"""Working days of peace after somebody said that they are stuck or that it is not theirs."""
LONGEST_ABSENCE = 31
"""How many days back a digest makes up for."""
_REACH = 16
"""More than any run of days off."""


def clock_of(minutes: int) -> time:
    """Minutes after midnight as a time of day."""
    return time(minutes // 60 % 24, minutes % 60)


def told_days(due_on: date, days_before: Iterable[int], days: Workdays | None = None) -> list[date]:
    """The days on which one is reminded before it is due and on the day, latest first."""
    days = days or workdays()
    return [days.on_or_before(due_on - timedelta(days=n)) for n in sorted({0, *days_before})]


def late_days(due_on: date, days: Workdays | None = None) -> list[date]:
    """The days on which one is reminded afterwards, earliest first: when each of the next weeks begins."""
    days = days or workdays()
    monday = due_on - timedelta(days=due_on.weekday())
    return [days.on_or_after(monday + timedelta(weeks=n)) for n in range(1, WEEKS_LATE + 1)]


def last_day(due_on: date) -> date:
    """The day of the last reminder."""
    return late_days(due_on)[-1]


def moment_between(due_on: date, days_before: Iterable[int], since: date, day: date) -> date | None:
    """The latest day from `since` to `day` on which one is reminded; None without any."""
    found = [d for d in (*told_days(due_on, days_before), *late_days(due_on)) if since <= d <= day]
    return max(found, default=None)


def escalated_on(due_on: date, level: str) -> date:
    """The day on which those of that level are told of something overdue."""
    if level == END:
        return last_day(due_on)
    day = workdays().after(due_on, ESCALATE_AFTER[level])
    return _week_begins(day) if level == KOORDINATOR else day


def _week_begins(day: date) -> date:
    """That day if it is the first working day of its week, else the first of the next: all in one message."""
    monday = day - timedelta(days=day.weekday())
    first = workdays().on_or_after(monday)
    return first if first >= day else workdays().on_or_after(monday + timedelta(weeks=1))


def levels_between(due_on: date, since: date, day: date) -> list[str]:
    """The levels whose day falls from `since` to `day`."""
    return [level for level in (*ESCALATE_AFTER, END) if since <= escalated_on(due_on, level) <= day]


@lru_cache(maxsize=512)
def due_days(since: date, day: date, days_before: tuple[int, ...]) -> frozenset[date]:
    """Every due day of which one is reminded, or others are told, on a day from `since` to `day`."""
    first = since - timedelta(weeks=WEEKS_LATE, days=_REACH)
    last = day + timedelta(days=max((0, *days_before)) + _REACH)
    every = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return frozenset(
        d for d in every if moment_between(d, days_before, since, day) or levels_between(d, since, day)
    )


def is_sending_time(
    now: datetime, zone_name: str, slot: int = USUAL_SLOT, quiet: int = QUIET_FROM[-1]
) -> bool:
    """Whether people in that zone may be written to of our own accord at this moment."""
    here = fmt.local(now, zone_name)
    if workdays().is_off(here.date()):
        return False
    return clock_of(slot) <= here.time() < clock_of(quiet)


def planned(
    due_at: datetime, zone_name: str, now: datetime, days_before: Sequence[int] = DAYS_BEFORE
) -> tuple[tuple[str, datetime], ...]:
    """The reminders still to come before something is due, earliest first: kind ("H-7", "H") and moment."""
    day = due_day(due_at, zone_name)
    found: dict[datetime, str] = {}
    for n in sorted({0, *days_before}):
        moment = at(workdays().on_or_before(day - timedelta(days=n)), SEND_AT, zone_name)
        if now < moment < due_at:
            found.setdefault(moment, f"H-{n}" if n else "H")
    return tuple((found[moment], moment) for moment in sorted(found))
