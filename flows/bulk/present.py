"""What stands in an agency when a table is compared with it: units, people with their roles. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from flows.models import UNIT_SIDE, Assessment, Membership, Person, Unit
from flows.people import is_over
from flows.policy import AGENCY_GIVEN


@dataclass(frozen=True, slots=True)
class Known:
    """A unit as it stands."""

    id: int
    code: str
    name: str
    parent_id: int | None
    kind: str
    zone: str
    target: str
    archived: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds. `over`: not (any more) for good; `revoked`: somebody took it away."""

    person_id: int
    name: str
    unit_id: int | None
    role: str
    area: str | None
    over: bool
    revoked: bool


@dataclass(slots=True)
class People:
    """Who is who: by name within a unit, by name among those whom the agency sends, by name at all."""

    held: dict[int, list[Held]] = field(default_factory=lambda: defaultdict(list))
    in_unit: dict[tuple[int, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    sent: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    named: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, held: Held) -> None:
        """Note one role."""
        key = held.name.casefold()
        self.held[held.person_id].append(held)
        places = [self.named[key]]
        if held.role in AGENCY_GIVEN:
            places.append(self.sent[key])
        elif held.unit_id is not None:
            places.append(self.in_unit[held.unit_id, key])
        for place in places:
            if held.person_id not in place:
                place.append(held.person_id)

    def those(self, name: str, role: str, unit_id: int | None, *, marked: bool) -> list[int]:
        """The people that a line means: one of many units when it bears a mark, else of the unit or side."""
        key = name.casefold()
        if marked:
            return self.named.get(key, [])
        if role in AGENCY_GIVEN:
            return self.sent.get(key, [])
        return self.in_unit.get((unit_id, key), []) if unit_id is not None else []


@dataclass(frozen=True, slots=True)
class Present:
    """All that a plan compares with."""

    units: Mapping[int, Known]
    people: People
    areas: Mapping[int, str]
    """The ids of areas by their number."""


def units_of(session: Session, agency_id: int) -> dict[int, Known]:
    """Every unit of the agency, archived ones too, with the target of its open assessment. Two queries."""
    open_ones = session.exec(
        select(Assessment.unit_id, Assessment.target)
        .join(Unit, col(Unit.id) == Assessment.unit_id)
        .where(Unit.agency_id == agency_id, Assessment.side == UNIT_SIDE, col(Assessment.closed_at).is_(None))
        .order_by(col(Assessment.year))
    ).all()
    targets = dict(open_ones)
    found = session.exec(
        select(Unit.id, Unit.code, Unit.name, Unit.parent_id, Unit.kind, Unit.zone, Unit.archived_at)  # type: ignore[call-overload]  # seven columns
        .where(Unit.agency_id == agency_id)
        .order_by(col(Unit.id))
    ).all()
    return {
        number: Known(
            number, code, name, parent, kind, zone, targets.get(number, "WBK"), archived is not None
        )
        for number, code, name, parent, kind, zone, archived in found
    }


def people_of(session: Session, agency_id: int, now: datetime) -> People:
    """Who holds or held a role in the agency, admins left out. One query."""
    return _read(session, now, col(Membership.agency_id) == agency_id)


def people_near(
    session: Session,
    agency_id: int,
    now: datetime,
    unit_ids: Iterable[int],
    *,
    sent: bool,
    names: Iterable[str],
) -> People:
    """Of those the people of these units, with `sent` those whom the agency sends, and those of these names.

    A query for each, so that each walks an index, however many people the agency has.
    """
    conditions: list[ColumnElement[bool]] = [col(Membership.unit_id).in_(sorted(unit_ids))]
    if sent:
        conditions.append(
            and_(col(Membership.agency_id) == agency_id, col(Membership.role).in_(sorted(AGENCY_GIVEN)))
        )
    if wanted := sorted(names):
        named = select(Person.id).where(col(Person.name).in_(wanted))
        conditions.append(and_(col(Membership.person_id).in_(named), col(Membership.agency_id) == agency_id))
    return _read(session, now, *conditions)


def _read(session: Session, now: datetime, *conditions: ColumnElement[bool]) -> People:
    people, seen = People(), set[int]()
    for condition in conditions:
        query = (
            select(Membership, Person.name)
            .join(Person, col(Person.id) == Membership.person_id)
            .where(condition, Membership.role != "admin", col(Person.deleted_at).is_(None))
            .order_by(col(Membership.id))
        )
        for row, name in session.exec(query):
            if row.id in seen:
                continue
            seen.add(row.id or 0)
            stands_in = row.acting is not None
            over, revoked = stands_in or is_over(row, now), row.revoked_at is not None and not stands_in
            people.add(Held(row.person_id, name, row.unit_id, row.role, row.area, over, revoked))
    return people
