"""When reminders of a deadline go out: pure calendar arithmetic in the unit's zone.

A reminder of kind "H-7" goes at 08.30 seven days before the day of the deadline, "H-1" the day before,
"H" on the day. Missed ones are made up for between 08.30 and 20.00, and only the nearest one that applies:
with five days left that is H-7, with one day left H-1.
"""

from datetime import date, datetime, time, timedelta

from flows import fmt
from flows.days import at, due_day

SEND_AT = time(8, 30)
SEND_UNTIL = time(20, 0)
DAYS_BEFORE = {"H-7": 7, "H-1": 1, "H": 0}
FARTHEST = max(DAYS_BEFORE.values())


def moment_of(kind: str, day: date, zone_name: str) -> datetime:
    """When the reminder of this kind for a deadline on `day` goes out."""
    return at(day - timedelta(days=DAYS_BEFORE[kind]), SEND_AT, zone_name)


def kind_for(days_left: int) -> str | None:
    """The nearest reminder that applies with so many days left; None before and after all of them."""
    fitting = [kind for kind, days in DAYS_BEFORE.items() if 0 <= days_left <= days]
    return min(fitting, key=DAYS_BEFORE.__getitem__) if fitting else None


def is_sending_time(now: datetime, zone_name: str) -> bool:
    """Whether people in that zone may be reminded at this hour."""
    return SEND_AT <= fmt.local(now, zone_name).time() < SEND_UNTIL


def planned(due_at: datetime, zone_name: str, now: datetime) -> tuple[tuple[str, datetime], ...]:
    """The reminders still to come for a deadline, earliest first: kind and moment."""
    day = due_day(due_at, zone_name)
    moments = ((kind, moment_of(kind, day, zone_name)) for kind in DAYS_BEFORE)
    return tuple((kind, moment) for kind, moment in moments if now < moment < due_at)
