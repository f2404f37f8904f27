"""When reminders of a deadline go out: pure calendar arithmetic in the unit's zone.

A reminder of kind "H-7" goes at 08.30 seven days before the day of the deadline, "H-1" the day before,
"H" on the day. Missed ones are made up for between 08.30 and 20.00, and only the nearest one that applies:
with five days left that is H-7, with one day left H-1.
"""

from datetime import UTC, date, datetime, time, timedelta

from flows import fmt

SEND_AT = time(8, 30)
SEND_UNTIL = time(20, 0)
DEFAULT_TIME = time(16, 0)
DAYS_BEFORE = {"H-7": 7, "H-1": 1, "H": 0}
FARTHEST = max(DAYS_BEFORE.values())


def at(day: date, clock: time, zone_name: str) -> datetime:
    """That day and time in an Indonesian zone, as aware UTC."""
    return datetime.combine(day, clock, fmt.ZONES[zone_name]).astimezone(UTC)


def due_day(due_at: datetime, zone_name: str) -> date:
    """The day of the deadline in the unit's zone."""
    return fmt.local(due_at, zone_name).date()


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


def packed_day(day: date) -> int:
    """The day as a number for a button: 20270531."""
    return day.year * 10_000 + day.month * 100 + day.day


def unpacked_day(number: int) -> date | None:
    """The day behind such a number; None for a forged one."""
    try:
        return date(number // 10_000, number // 100 % 100, number % 100)
    except ValueError:
        return None
