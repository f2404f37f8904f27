"""Days and hours in a unit's zone, and days as numbers for buttons."""

from datetime import UTC, date, datetime, time

from flows import fmt

DEFAULT_TIME = time(16, 0)
"""When a deadline falls whose hour nobody named: the end of the office day."""


def at(day: date, clock: time, zone_name: str) -> datetime:
    """That day and time in an Indonesian zone, as aware UTC."""
    return datetime.combine(day, clock, fmt.ZONES[zone_name]).astimezone(UTC)


def due_day(due_at: datetime, zone_name: str) -> date:
    """The day of a deadline in the unit's zone."""
    return fmt.local(due_at, zone_name).date()


def packed_day(day: date) -> int:
    """The day as a number for a button: 20270531."""
    return day.year * 10_000 + day.month * 100 + day.day


def unpacked_day(number: int) -> date | None:
    """The day behind such a number; None for a forged one."""
    try:
        return date(number // 10_000, number // 100 % 100, number % 100)
    except ValueError:
        return None
