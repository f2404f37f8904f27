"""The calendar clock. Real time, plus an offset that only the demo has."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """Tells what moment the calendar shows: decides what is due, expired or quiet. Aware UTC."""

    def __init__(self, real: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._real = real
        self.offset = timedelta(0)

    def now(self) -> datetime:
        """The calendar moment."""
        return self._real() + self.offset

    def set_to(self, moment: datetime) -> None:
        """Move the calendar so that it shows `moment` now."""
        self.offset = moment - self._real()
