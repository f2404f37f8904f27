"""When a unit's drills are open: from four weeks before its first evaluation until the last one is over.

The days are those of the unit's schedule (desk evaluation, field evaluation). A stage that has a result in
the season is over, and so is a year that ended early. Reads only.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlmodel import Session, col, select

from flows.days import due_day
from flows.models import UNIT_SIDE, Assessment, Deadline, Unit
from flows.season import service as season
from knowledge.after import after

STAGES = ("desk_evaluasi", "evaluasi_lapangan")
WEEKS_BEFORE = timedelta(weeks=4)
State = Literal["none", "before", "open", "over"]


@dataclass(frozen=True, slots=True)
class Opening:
    """The days of a unit's evaluations. `days`: stage and day, of those that are still to come, in order.

    `last_on` is the day after which it is over; None when nothing is in the schedule.
    """

    today: date
    days: tuple[tuple[str, date], ...] = ()
    opens_on: date | None = None
    last_on: date | None = None

    @property
    def state(self) -> State:
        """none: no day known; before; open; over."""
        if self.opens_on is None or self.last_on is None:
            return "none"
        if self.today < self.opens_on:
            return "before"
        return "open" if self.today <= self.last_on else "over"

    @property
    def is_open(self) -> bool:
        """Whether people can take part today."""
        return self.state == "open"


def opening_of(session: Session, unit: Unit, today: date) -> Opening:
    """The evaluations of the unit's year that comes next; the last one that was when none is to come."""
    found = session.exec(
        select(Assessment.year, Deadline.ref, Deadline.due_at)
        .join(Assessment, col(Assessment.id) == col(Deadline.assessment_id))
        .where(
            Deadline.unit_id == unit.id,
            Deadline.scope == season.STAGE,
            col(Deadline.ref).in_(STAGES),
            Assessment.side == UNIT_SIDE,
        )
        .order_by(col(Assessment.year))
    ).all()
    years: dict[int, list[tuple[str, date]]] = {}
    for year, stage, at in found:
        years.setdefault(year, []).append((stage, due_day(at, unit.zone)))
    past = Opening(today)
    for year, days in years.items():
        made = _of_year(session, unit, year, sorted(days, key=lambda each: each[1]), today)
        if made.state in {"before", "open"}:
            return made
        past = made
    return past


def _of_year(session: Session, unit: Unit, year: int, days: list[tuple[str, date]], today: date) -> Opening:
    rows = season.rows_of(session, unit.id or 0, year)
    results = {stage: row.result for stage, row in rows.items() if row.result}
    ended = after().ended_at(results) is not None
    left = [(stage, day) for stage, day in days if not results.get(stage) and day >= today and not ended]
    opens_on = days[0][1] - WEEKS_BEFORE
    last_on = left[-1][1] if left else min(days[-1][1], today - timedelta(days=1))
    return Opening(today, tuple(left), opens_on, last_on)
