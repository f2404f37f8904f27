"""Persons and roles as registration needs them: making a person, giving a role, finding who decides."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from flows import joined
from flows.models import Invite, Membership, Person, Unit
from flows.people import active, present
from flows.turn import Turn


def consenting(turn: Turn) -> Person:
    """The person behind the event, made now if unknown; their consent is noted with its first time."""
    person = turn.actor.person
    if person is None:
        person = Person(
            telegram_id=turn.event.sender.telegram_id, name=turn.event.sender.name, created_at=turn.now
        )
    if person.consent_at is None:
        person.consent_at = turn.now
    turn.session.add(person)
    turn.session.flush()
    turn.forget()
    return person


def standing(session: Session, person_id: int | None, invite: Invite, now: datetime) -> Membership | None:
    """The membership, present or to come, that already gives what the invite offers.

    That is the same role with at least its area; a stand-in's link gives its days once.
    """
    if person_id is None:
        return None
    found = session.exec(
        select(Membership)
        .where(
            col(Membership.person_id) == person_id,
            col(Membership.agency_id) == invite.agency_id,
            col(Membership.role) == invite.role,
            present(now),
        )
        .order_by(col(Membership.id))
    ).all()
    for membership in found:
        same_days = membership.acting is None or (membership.starts_on, membership.ends_on) == (
            invite.starts_on,
            invite.ends_on,
        )
        if membership.unit_id == invite.unit_id and membership.area in {None, invite.area} and same_days:
            return membership
    return None


def was_revoked(session: Session, person_id: int, invite: Invite) -> bool:
    """Whether the person was removed from this unit (or agency) before."""
    return (
        session.exec(
            select(Membership.id)
            .where(
                col(Membership.person_id) == person_id,
                col(Membership.agency_id) == invite.agency_id,
                col(Membership.unit_id).is_(None)
                if invite.unit_id is None
                else col(Membership.unit_id) == invite.unit_id,
                col(Membership.revoked_at).is_not(None),
            )
            .limit(1)
        ).first()
        is not None
    )


def on_the_other_side(session: Session, person_id: int, invite: Invite, now: datetime) -> bool:
    """Whether the person is of the unit's team and invited to judge it, or the other way round.

    Holds the person's row, so that two ways in at the same moment see each other.
    """
    if invite.unit_id is None:
        return False
    session.exec(select(Person.id).where(Person.id == person_id).with_for_update()).first()
    judges = col(Membership.role) == "penilai"
    advised = col(Membership.role) == "pendamping"  # also formerly: nobody judges what they have advised
    own = or_(and_(present(now), ~judges), advised)
    query = select(Membership.id).where(
        col(Membership.person_id) == person_id,
        col(Membership.unit_id) == invite.unit_id,
        own if invite.role == "penilai" else and_(present(now), judges),
    )
    return session.exec(query.limit(1)).first() is not None


def enrol(turn: Turn, person_id: int, invite: Invite) -> Membership:
    """Give the person what the invite offers; a role they already have is left as it is."""
    held = standing(turn.session, person_id, invite, turn.now)
    if held is not None:
        return held
    assert invite.agency_id is not None
    membership = Membership(
        person_id=person_id,
        agency_id=invite.agency_id,
        unit_id=invite.unit_id,
        role=invite.role,
        area=invite.area,
        acting=invite.acting,
        starts_on=invite.starts_on,
        ends_on=invite.ends_on,
        created_at=turn.now,
    )
    turn.session.add(membership)
    turn.session.flush()
    turn.forget()
    joined.tell(turn.session, person_id, invite.unit_id, turn.now)
    return membership


def holders(
    session: Session,
    role: str,
    now: datetime,
    *,
    unit_id: int | None = None,
    agency_id: int | None = None,
) -> list[Person]:
    """Everybody who can be written to and holds the role in the unit (or agency), oldest membership first."""
    query = (
        select(Person)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            col(Membership.role) == role,
            active(now),
            col(Person.telegram_id).is_not(None),
            col(Person.deleted_at).is_(None),
        )
        .order_by(col(Membership.id))
    )
    if unit_id is not None:
        query = query.where(col(Membership.unit_id) == unit_id)
    if agency_id is not None:
        query = query.where(col(Membership.agency_id) == agency_id)
    return list(dict.fromkeys(session.exec(query).all()))


def reachable(session: Session, roles: Collection[str], unit_ids: Collection[int], now: datetime) -> set[int]:
    """Of these units, those where somebody with one of the roles can be written to."""
    found = session.exec(
        select(Membership.unit_id)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            col(Membership.role).in_(roles),
            col(Membership.unit_id).in_(unit_ids),
            active(now),
            col(Person.telegram_id).is_not(None),
            col(Person.deleted_at).is_(None),
        )
        .distinct()
    ).all()
    return {unit_id for unit_id in found if unit_id is not None}


def heads(session: Session, unit: Unit, area: str | None, now: datetime) -> list[Person]:
    """The heads (ketua) of one pokja of the unit; none when no area is named."""
    if area is None:
        return []
    return list(
        session.exec(
            select(Person)
            .join(Membership, col(Membership.person_id) == col(Person.id))
            .where(
                col(Membership.unit_id) == unit.id,
                col(Membership.role) == "ketua",
                col(Membership.area) == area,
                active(now),
                col(Person.deleted_at).is_(None),
            )
            .order_by(col(Membership.id))
        ).all()
    )


def deciders(session: Session, unit: Unit | None, agency_id: int, now: datetime) -> list[Person]:
    """Who decides on joining: the unit's coordinators; the agency's admins where there are none."""
    found = holders(session, "koordinator", now, unit_id=unit.id) if unit is not None else []
    return found or holders(session, "admin", now, agency_id=agency_id)


def any_admin(session: Session) -> bool:
    """Whether some agency has an admin."""
    return (
        session.exec(
            select(Membership.id)
            .where(col(Membership.role) == "admin", col(Membership.revoked_at).is_(None))
            .limit(1)
        ).first()
        is not None
    )
