"""The members of a unit: reading the list, removing somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from flows import audit, policy
from flows.models import Membership, Person, Unit
from flows.people import active, is_over, present
from flows.pic import assigning
from flows.team import refusals
from flows.turn import Turn
from knowledge.instrument import Area
from knowledge.library import Library

PAGE = 8
ORDER = ("pimpinan", "koordinator", "sekretaris", "ketua", "anggota", "penilai", "pendamping", "wilayah")
"""In which order a team's list names its people; ketua and anggota stand together, area by area."""
_GROUP = {"pimpinan": 0, "koordinator": 1, "sekretaris": 2, "ketua": 3, "anggota": 3}


@dataclass(frozen=True, slots=True)
class Member:
    """One role of one person in a unit."""

    membership: Membership
    person: Person


def areas(library: Library) -> Mapping[str, Area]:
    """The areas by id, in order."""
    return {area.id: area for area in library.instrument().areas}


def members(
    session: Session, unit: Unit, library: Library, now: datetime, *, coming: bool = False
) -> list[Member]:
    """Everybody in the unit now: who leads, then area by area with its head first, assessors last.

    With `coming` also stand-ins whose days are still to come.
    """
    found = session.exec(
        select(Membership, Person)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            col(Membership.unit_id) == unit.id,
            present(now) if coming else active(now),
            col(Person.deleted_at).is_(None),
        )
    ).all()
    numbers = {area.id: area.no for area in library.instrument().areas}

    def place(member: Member) -> tuple[int, int, int, str, int]:
        held = member.membership
        spans = held.area is None
        return (
            _GROUP.get(held.role, 9),
            0 if spans else numbers.get(held.area or "", 99),
            ORDER.index(held.role) if held.role in ORDER else 99,
            member.person.name.casefold(),
            held.id or 0,
        )

    return sorted((Member(held, person) for held, person in found), key=place)


def find_member(turn: Turn, membership_id: int, *, lock: bool = False) -> tuple[Member, Unit]:
    """A member of a unit whose team the actor leads. Raises Missing, NotAllowed, Outdated when removed."""
    query = select(Membership).where(Membership.id == membership_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    held = turn.session.exec(query).first()
    if held is None or held.unit_id is None:
        raise refusals.member_missing(membership_id)
    unit = turn.session.get(Unit, held.unit_id)
    if unit is None or not turn.actor.roles_in(unit):
        raise refusals.member_missing(membership_id)
    policy.require(turn.actor, "team", unit)
    if is_over(held, turn.now):
        raise refusals.member_gone(membership_id)
    return Member(held, turn.session.get_one(Person, held.person_id)), unit


def is_last(session: Session, held: Membership, *, lock: bool = False) -> bool:
    """Whether nobody else leads the unit (as coordinator) or agency (as admin); stand-ins do not count.

    With `lock` the rows of all who do are held until the transaction ends, so that two who leave at the
    same moment do not both count on the other.
    """
    if held.role not in {"koordinator", "admin"} or held.acting is not None:
        return False
    query = select(Membership).where(
        col(Membership.role) == held.role,
        col(Membership.agency_id) == held.agency_id,
        col(Membership.revoked_at).is_(None),
        col(Membership.acting).is_(None),
    )
    if held.unit_id is not None:
        query = query.where(col(Membership.unit_id) == held.unit_id)
    query = query.order_by(col(Membership.id))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return not any(other.person_id != held.person_id for other in session.exec(query).all())


def revoke(turn: Turn, membership_id: int) -> Member:
    """Take the role away. Work done in it stays.

    Raises NotAllowed for a unit's last coordinator and for roles that the actor may not give; Missing or
    Outdated when there is nothing to take.
    """
    member, unit = find_member(turn, membership_id)
    policy.require_give(turn.actor, member.membership.role, unit)
    if is_last(turn.session, member.membership, lock=True):
        raise refusals.last_coordinator(unit.name)
    member, unit = find_member(turn, membership_id, lock=True)
    member.membership.revoked_at = turn.now
    turn.session.add(member.membership)
    turn.session.flush()
    assigning.release_if_gone(turn, unit, member.membership.person_id)
    audit.record(
        turn,
        "member_revoke",
        f"member:{membership_id}",
        unit.id,
        role=member.membership.role,
        area=member.membership.area,
    )
    turn.forget()
    return member
