"""What is due in one unit on one day, whom it concerns and what is still missing. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, select

from flows.checklist import service as checklist
from flows.days import at
from flows.models import Assessment, Deadline, Membership, Person, Unit
from flows.people import active
from flows.policy import WORKERS
from knowledge.instrument import Area
from knowledge.library import Library

TEAM_ROLES = WORKERS


@dataclass(frozen=True, slots=True)
class DueItem:
    """One open deadline with the work still missing.

    `missing` of `total` items are neither answered nor marked "tidak berlaku".
    """

    scope: str
    due_at: datetime
    area: Area | None
    missing: int
    total: int

    def concerns(self, memberships: Iterable[Membership]) -> bool:
        """Whether a person with these roles in the unit is reminded of it.

        Coordinators always are; members only of unfinished areas of theirs (no area means all areas).
        """
        for membership in memberships:
            if membership.role == "koordinator":
                return True
            if membership.role not in TEAM_ROLES:
                continue
            if self.area is None or (membership.area in {None, self.area.id} and self.missing):
                return True
        return False


def due_items(
    session: Session,
    library: Library,
    unit: Unit,
    day: date,
    now: datetime,
    *,
    set_before: datetime | None = None,
) -> list[DueItem]:
    """The unit's open deadlines that fall on `day` in its zone and are not past, in order of time.

    With `set_before`, only those that stood before that moment.
    """
    start = at(day, time(0), unit.zone)
    query = select(Deadline, Assessment).where(
        Deadline.assessment_id == Assessment.id,
        col(Assessment.closed_at).is_(None),
        Deadline.unit_id == unit.id,
        col(Deadline.done_at).is_(None),
        Deadline.due_at >= start,
        Deadline.due_at < start + timedelta(days=1),
        Deadline.due_at > now,
    )
    if set_before is not None:
        query = query.where(Deadline.set_at < set_before)
    found = session.exec(query.order_by(col(Deadline.due_at), col(Deadline.id))).all()
    done: dict[int | None, frozenset[str]] = {}
    items: list[DueItem] = []
    for deadline, assessment in found:
        instrument = library.instruments.get(assessment.instrument_id)
        if instrument is None:
            continue
        if assessment.id not in done:
            done[assessment.id] = checklist.marks(session, assessment, instrument).settled
        area = next((a for a in instrument.areas if a.id == deadline.ref), None)
        wanted: Sequence[str] = [i.id for i in (area.indicators if area else instrument.area_order)]
        if area is None:
            wanted = [*wanted, *(r.id for r in instrument.results)]
        missing = sum(item_id not in done[assessment.id] for item_id in wanted)
        items.append(DueItem(deadline.scope, deadline.due_at, area, missing, len(wanted)))
    return items


def reachable_team(session: Session, unit: Unit, now: datetime) -> dict[int, tuple[Person, list[Membership]]]:
    """Everybody with a team role in the unit now who can be written to, with these roles, by person id."""
    found = session.exec(
        select(Membership, Person)
        .where(
            Membership.person_id == Person.id,
            Membership.unit_id == unit.id,
            active(now),
            col(Membership.role).in_(TEAM_ROLES),
            col(Person.telegram_id).is_not(None),
            col(Person.unreachable_at).is_(None),
            col(Person.deleted_at).is_(None),
        )
        .order_by(col(Membership.id))
    ).all()
    team: dict[int, tuple[Person, list[Membership]]] = {}
    for membership, person in found:
        team.setdefault(membership.person_id, (person, []))[1].append(membership)
    return team
