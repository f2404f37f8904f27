"""The team of assessors of a unit: who may be assigned, who carries how much, the assignments."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from flows import audit, outbox, people, policy, routes
from flows.assess import refusals
from flows.checklist import service as checklist
from flows.checklist import stored
from flows.checklist.service import RESULTS, Current
from flows.models import (
    ASSESSOR_SIDE,
    Assessment,
    Membership,
    Person,
    TpiAssignment,
    TpiRound,
    Unit,
)
from flows.turn import Turn
from knowledge.answers import Item

MEMBER, LEAD, CONTROL = "anggota", "ketua", "pengendali"
TIERS = (MEMBER, LEAD, CONTROL)


@dataclass(frozen=True, slots=True)
class Assigned:
    """An assignment with its person."""

    row: TpiAssignment
    person: Person

    @property
    def id(self) -> int:
        """Id of the assignment."""
        assert self.row.id is not None
        return self.row.id

    def judges(self, area: str) -> bool:
        """Whether the assignment covers this area ("H" for the results)."""
        return not self.row.areas or area in self.row.areas


@dataclass(frozen=True, slots=True)
class Candidate:
    """An assessor of the agency who may be assigned; `open` is what waits for them at other units."""

    person: Person
    units: int
    open: int
    here: bool

    @property
    def id(self) -> int:
        """Id of the person."""
        assert self.person.id is not None
        return self.person.id


# reading -------------------------------------------------------------------------------------------


def of_assessment(session: Session, assessment_id: int) -> list[Assigned]:
    """The team of an LKE: pengendali teknis, ketua, anggota. Who is its penilai no more is left out."""
    held = (
        select(Membership.id)
        .where(
            col(Membership.person_id) == col(TpiAssignment.person_id),
            col(Membership.unit_id) == col(TpiAssignment.unit_id),
            Membership.role == "penilai",
            col(Membership.revoked_at).is_(None),
        )
        .exists()
    )
    found = session.exec(
        select(TpiAssignment, Person)
        .join(Person, col(Person.id) == col(TpiAssignment.person_id))
        .where(TpiAssignment.assessment_id == assessment_id, col(TpiAssignment.ended_at).is_(None), held)
        .order_by(col(TpiAssignment.id))
    ).all()
    made = [Assigned(row, person) for row, person in found]
    return sorted(made, key=lambda each: -TIERS.index(each.row.tier))


def mine(turn: Turn, assessment_id: int) -> Assigned | None:
    """The actor's own assignment."""
    me = turn.actor.person_id
    return next((e for e in of_assessment(turn.session, assessment_id) if e.row.person_id == me), None)


def may_judge(turn: Turn, unit: Unit, assessment_id: int, area: str) -> bool:
    """Whether the actor judges this area: a penilai who is assigned to it, or any while there is no team."""
    if not policy.may_assess(turn.actor, unit):
        return False
    found = of_assessment(turn.session, assessment_id)
    me = turn.actor.person_id
    return not found or any(each.row.person_id == me and each.judges(area) for each in found)


def judged_areas(turn: Turn, where: Current) -> frozenset[str]:
    """Every area that the actor judges; empty for whoever judges none."""
    if not policy.may_assess(turn.actor, where.unit):
        return frozenset()
    areas = frozenset([*(area.id for area in where.instrument.areas), RESULTS])
    found = of_assessment(turn.session, where.id)
    if not found:
        return areas
    own = [each for each in found if each.row.person_id == turn.actor.person_id]
    return frozenset(area for area in areas if any(each.judges(area) for each in own))


def editable(turn: Turn, unit_id: int) -> Current:
    """The open LKE of a unit whose team the actor forms. Raises NotAllowed, Missing."""
    unit = turn.unit_by_id(unit_id)
    policy.require(turn.actor, "tpi_team", unit)
    assessment = checklist.assessment_of(turn.session, unit)
    return Current(unit, assessment, turn.library.instrument(assessment.instrument_id))


def find(turn: Turn, assignment_id: int, *, lock: bool = False) -> tuple[Assigned, Current]:
    """One assignment, for who forms the team. Raises Missing, NotAllowed."""
    row = turn.session.get(TpiAssignment, assignment_id, with_for_update=lock or None, populate_existing=lock)
    if row is None or row.ended_at is not None:
        raise refusals.not_assigned()
    where = editable(turn, row.unit_id)
    if where.id != row.assessment_id:
        raise refusals.not_assigned()
    return Assigned(row, turn.session.get_one(Person, row.person_id)), where


# who may be assigned, and how much they carry ------------------------------------------------------


def candidates(turn: Turn, where: Current) -> list[Candidate]:
    """The agency's assessors who may judge this unit, who has least open first.

    Left out: its own people, who has advised it (also formerly), and who is in its team already.
    """
    held = turn.session.exec(
        select(Membership, Person)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            Membership.agency_id == where.unit.agency_id,
            Membership.role == "penilai",
            people.active(turn.now),
            col(Person.deleted_at).is_(None),
        )
        .order_by(col(Membership.id))
    ).all()
    here = {m.person_id for m, _ in held if m.unit_id == where.unit.id}
    persons = {person.id or 0: person for _, person in held}
    out = {each.row.person_id for each in of_assessment(turn.session, where.id)}
    out |= _partial(turn, where.unit, persons)
    load = loads(turn.session, [person_id for person_id in persons if person_id not in out], turn)
    made = [
        Candidate(persons[person_id], *load.get(person_id, (0, 0)), person_id in here)
        for person_id in persons
        if person_id not in out
    ]
    return sorted(made, key=lambda each: (each.open, each.units, not each.here, each.id))


def _partial(turn: Turn, unit: Unit, ids: Sequence[int] | dict[int, Person]) -> set[int]:
    """Those of these persons who cannot judge the unit: of its team now, or its pendamping at any time."""
    active = people.active(turn.now)
    found = turn.session.exec(
        select(Membership, active).where(Membership.unit_id == unit.id, col(Membership.person_id).in_(ids))
    ).all()
    return {
        held.person_id for held, now in found if (now or held.role == "pendamping") and policy.partial([held])
    }


def loads(session: Session, person_ids: Sequence[int], turn: Turn) -> dict[int, tuple[int, int]]:
    """How many units somebody judges, and how many answers there wait for their value, by person."""
    found = session.exec(
        select(TpiAssignment, Assessment)
        .join(Assessment, col(Assessment.id) == col(TpiAssignment.assessment_id))
        .where(
            col(TpiAssignment.person_id).in_(person_ids),
            col(TpiAssignment.ended_at).is_(None),
            col(Assessment.closed_at).is_(None),
        )
    ).all()
    waiting: dict[int, list[str]] = {}
    made: dict[int, tuple[int, int]] = {}
    for row, assessment in found:
        key = assessment.id or 0
        if key not in waiting:
            waiting[key] = _areas_waiting(session, assessment, turn)
        units, count = made.get(row.person_id, (0, 0))
        own = sum(not row.areas or area in row.areas for area in waiting[key])
        made[row.person_id] = (units + 1, count + own)
    return made


def _areas_waiting(session: Session, assessment: Assessment, turn: Turn) -> list[str]:
    """The area of each answer of the unit that has no value yet; none where all rounds so far are closed."""
    rounds = session.exec(select(TpiRound).where(TpiRound.assessment_id == assessment.id)).all()
    if rounds and all(each.led_at is not None for each in rounds):
        return []
    instrument = turn.library.instruments.get(assessment.instrument_id)
    if instrument is None:
        return []
    theirs = session.exec(
        select(Assessment).where(
            Assessment.unit_id == assessment.unit_id,
            Assessment.year == assessment.year,
            Assessment.side == ASSESSOR_SIDE,
        )
    ).first()
    given = checklist.known_answers(session, assessment)
    valued = checklist.known_answers(session, theirs) if theirs is not None else {}
    items: list[Item] = [*instrument.area_order, *instrument.results]
    return [
        checklist.area_id_of(item)
        for item in items
        if stored.is_answered(item, given.get(item.id)) and item.id not in valued
    ]


# forming -------------------------------------------------------------------------------------------


def assign(turn: Turn, unit_id: int, person_id: int, tier: str) -> TpiAssignment:
    """Assign an assessor of the agency to the unit; they become its penilai and are told.

    Raises NotAllowed for the unit's own people and who advised it, Missing, Outdated.
    """
    where = editable(turn, unit_id)
    if tier not in TIERS:
        raise refusals.no_such_tier(unit_id)
    turn.session.exec(select(Person.id).where(Person.id == person_id).with_for_update()).first()
    person = turn.session.get(Person, person_id)
    judge = turn.session.exec(
        select(Membership).where(
            Membership.person_id == person_id,
            Membership.agency_id == where.unit.agency_id,
            Membership.role == "penilai",
            people.active(turn.now),
        )
    ).all()
    if person is None or person.deleted_at is not None:
        raise refusals.no_assessor(unit_id)
    if person_id in _partial(turn, where.unit, [person_id]):
        raise refusals.partial(unit_id)
    if not judge:
        raise refusals.no_assessor(unit_id)
    fresh = all(held.unit_id != where.unit.id for held in judge)
    if fresh:
        turn.session.add(
            Membership(
                person_id=person_id,
                agency_id=where.unit.agency_id,
                unit_id=where.unit.id,
                role="penilai",
                created_at=turn.now,
            )
        )
    row = turn.session.exec(
        select(TpiAssignment)
        .where(TpiAssignment.assessment_id == where.id, TpiAssignment.person_id == person_id)
        .with_for_update()
    ).first()
    if row is not None and row.ended_at is None and not fresh:
        return row
    if row is None:
        row = TpiAssignment(
            assessment_id=where.id, unit_id=where.unit.id or 0, person_id=person_id, made_at=turn.now
        )
    row.tier, row.areas, row.ended_at = tier, [], None
    row.made_by, row.made_at = turn.actor.person_id, turn.now
    _save(turn, row, "assign", tier=tier)
    if person.telegram_id is not None and person_id != turn.actor.person_id:
        told = outbox.Message(
            key=f"tpi:{row.id}:{row.revision}",
            chat_id=person.telegram_id,
            person_id=person_id,
            action=routes.TPI_ASSIGNED(row.id or 0),
        )
        outbox.add(turn.session, [told], turn.now)
    return row


def set_tier(turn: Turn, assignment_id: int, tier: str, seen: int) -> Assigned:
    """Another tier. Raises Outdated, Missing, NotAllowed."""
    found = _claim(turn, assignment_id, seen)
    if tier not in TIERS:
        raise refusals.no_such_tier(found.row.unit_id)
    if found.row.tier != tier:
        found.row.tier = tier
        _save(turn, found.row, "tier", tier=tier)
    return found


def set_area(turn: Turn, assignment_id: int, area: str, seen: int) -> Assigned:
    """One area on or off; "" means all areas. Raises as `set_tier`."""
    found = _claim(turn, assignment_id, seen)
    _, where = find(turn, assignment_id)
    known = [*(each.id for each in where.instrument.areas), RESULTS]
    if area and area not in known:
        raise refusals.no_such_tier(found.row.unit_id)
    chosen = set(found.row.areas) ^ {area} if area else set()
    # All of them one by one is the same as all of them.
    found.row.areas = [] if len(chosen) == len(known) else [each for each in known if each in chosen]
    _save(turn, found.row, "areas", areas=",".join(found.row.areas))
    return found


def end(turn: Turn, assignment_id: int, seen: int) -> int:
    """Take somebody out of the team: they are no penilai of the unit any more. Returns the unit's id."""
    found = _claim(turn, assignment_id, seen)
    found.row.ended_at = turn.now
    for held in turn.session.exec(
        select(Membership).where(
            Membership.person_id == found.row.person_id,
            Membership.unit_id == found.row.unit_id,
            Membership.role == "penilai",
            col(Membership.revoked_at).is_(None),
        )
    ).all():
        held.revoked_at = turn.now
        turn.session.add(held)
    _save(turn, found.row, "end")
    return found.row.unit_id


def _claim(turn: Turn, assignment_id: int, seen: int) -> Assigned:
    found, _ = find(turn, assignment_id, lock=True)
    if found.row.revision != seen:
        raise refusals.outdated(routes.TPI_MEMBER(assignment_id))
    return found


def _save(turn: Turn, row: TpiAssignment, act: str, **facts: str) -> None:
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, f"tpi.{act}", f"tpi_assignment:{row.id}", row.unit_id, person=row.person_id, **facts)
