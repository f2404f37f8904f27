"""What is due when, and whose it is: the one answer for the calendar, reminders and everybody's list.

Reads only. A source knows the units in which something of its kind falls on a day (by an index, so that
asking costs what falls due and not how much there is), and what is due in one unit.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Protocol

from sqlmodel import Session

from flows.dues import deadlines
from flows.dues.case import Case
from flows.dues.types import KINDS, Concerned, Due
from flows.dues.work import Renewals, Returned, Tasks
from flows.models import Unit
from knowledge.library import Library

__all__ = ["KINDS", "SOURCES", "Case", "Concerned", "Due", "Source", "dues_of", "units_with_dues"]


class Source(Protocol):
    """Where dues of some kinds come from."""

    def unit_ids(
        self, session: Session, zone: str, days: Sequence[date], after: int, limit: int, /
    ) -> list[int]:
        """Units of the zone, by id after `after`, in which something falls on one of the days.

        At most `limit`, by one query over an index.
        """

    def dues(self, case: Case, first: date, last: date, /) -> Iterator[Due]:
        """What falls on these days in one unit and is not done."""


SOURCES: tuple[Source, ...] = (deadlines, Tasks(), Returned(), Renewals())


def dues_of(
    session: Session, library: Library, unit: Unit, first_day: date, last_day: date, now: datetime
) -> list[Due]:
    """Everything of one unit that falls on these days in its zone and is not done, in order of time.

    What is late is in it too, when the days reach back.
    """
    case = Case(session, library, unit, now)
    found = [due for source in SOURCES for due in source.dues(case, first_day, last_day)]
    return sorted(found, key=_order)


def _order(due: Due) -> tuple[date, int, str]:
    return due.due_on, KINDS.index(due.kind), due.ref


def units_with_dues(session: Session, zone: str, days: Sequence[date], after: int, limit: int) -> list[int]:
    """Units of the zone, by id after `after`, in which something falls on one of the days; at most `limit`.

    What is done by other means than a mark (an area whose items are complete) is still counted here.
    """
    if not days:
        return []
    found: set[int] = set()
    for source in SOURCES:
        found.update(source.unit_ids(session, zone, days, after, limit))
    return sorted(found)[:limit]
