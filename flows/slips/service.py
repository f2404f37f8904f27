"""Who has not joined yet, and their personal links: made for many at once, renewed before handing out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, insert, or_, select

from flows import audit, policy, routes
from flows.errors import BadInput, NotAllowed
from flows.models import Invite, Membership, Person, Unit
from flows.people import present
from flows.policy import AGENCY_GIVEN
from flows.registration import links
from flows.registration import service as registration
from flows.turn import Turn

DAYS = 30
"""How long such a link works: paper takes longer to reach its person than a message."""
FRESH_DAYS = 14
"""A link with less left than this is not printed again: a new one is made."""
MOST = 600
"""People of a branch on one order of sheets; larger ones are printed unit by unit."""

_PRIVATE = "Lembar undangan dibuat di obrolan pribadi dengan bot ini."


@dataclass(frozen=True, slots=True)
class Slip:
    """One person with their link. `roles` are (role, area id)."""

    person_id: int
    name: str
    unit_id: int
    unit: str
    roles: tuple[tuple[str, str | None], ...]
    url: str
    until: datetime


def unit_of(turn: Turn, unit_id: int) -> Unit:
    """A unit whose invitations the actor may hand out. Raises Missing, NotAllowed."""
    if not turn.event.private:
        raise NotAllowed(_PRIVATE)
    unit = turn.unit_by_id(unit_id)
    policy.require(turn.actor, "team", unit)
    return unit


def is_admin(turn: Turn, unit: Unit) -> bool:
    """Whether the actor administers the unit's agency."""
    return unit.agency_id in policy.admin_agencies(turn.actor)


# who has not joined --------------------------------------------------------------------------------


def _lacking(turn: Turn, place: ColumnElement[bool], *, admin: bool) -> tuple[ColumnElement[bool], ...]:
    """Conditions on membership, person and unit: a present role of somebody without an account.

    Coordinators hand out only the links of those who hold nothing beyond what they could give.
    """
    conditions = [
        place,
        present(turn.now),
        col(Person.telegram_id).is_(None),
        col(Person.deleted_at).is_(None),
        col(Unit.archived_at).is_(None),
    ]
    if not admin:
        other = select(Membership.person_id).where(
            present(turn.now), or_(~place, col(Membership.role).in_(sorted(AGENCY_GIVEN)))
        )
        conditions.append(col(Person.id).not_in(other))
    return tuple(conditions)


def _place(unit: Unit, *, below: bool) -> ColumnElement[bool]:
    if not below:
        return col(Membership.unit_id) == unit.id
    inside = select(Unit.id).where(
        Unit.agency_id == unit.agency_id, col(Unit.path).startswith(unit.path, autoescape=True)
    )
    return col(Membership.unit_id).in_(inside)


def count(turn: Turn, unit: Unit, *, below: bool = False) -> int:
    """How many of the unit (with those below it) have not joined, as far as the actor may invite them."""
    query = (
        select(func.count(func.distinct(Membership.person_id)))
        .join(Person, col(Person.id) == Membership.person_id)
        .join(Unit, col(Unit.id) == Membership.unit_id)
        .where(*_lacking(turn, _place(unit, below=below), admin=is_admin(turn, unit)))
    )
    return turn.session.exec(query).one()


def units(turn: Turn, agency_id: int, limit: int, offset: int) -> tuple[list[tuple[Unit, int]], int, int]:
    """Units with people who have not joined, most of them first: a page, how many units, how many people."""
    lacking = _lacking(turn, col(Membership.agency_id) == agency_id, admin=True)
    people = func.count(func.distinct(col(Membership.person_id)))
    found = (
        select(col(Membership.unit_id), people.label("people"))
        .join(Person, col(Person.id) == Membership.person_id)
        .join(Unit, col(Unit.id) == Membership.unit_id)
        .where(*lacking)
        .group_by(col(Membership.unit_id))
        .subquery()
    )
    total = turn.session.execute(select(func.count()).select_from(found)).scalar_one()
    page = turn.session.execute(
        select(Unit, found.c.people)
        .join(found, found.c.unit_id == col(Unit.id))
        .order_by(found.c.people.desc(), col(Unit.path))
        .limit(limit)
        .offset(offset)
    ).all()
    return [(unit, int(some)) for unit, some in page], int(total), agency_count(turn, agency_id)


def agency_count(turn: Turn, agency_id: int) -> int:
    """How many people of the agency have not joined."""
    lacking = _lacking(turn, col(Membership.agency_id) == agency_id, admin=True)
    query = (
        select(func.count(func.distinct(col(Membership.person_id))))
        .join(Person, col(Person.id) == Membership.person_id)
        .join(Unit, col(Unit.id) == Membership.unit_id)
        .where(*lacking)
    )
    return int(turn.session.execute(query).scalar_one())


Roles = tuple[tuple[str, str | None], ...]


def _people(turn: Turn, unit: Unit, *, below: bool) -> list[tuple[Person, Unit, Roles]]:
    """Everybody who has not joined, by unit and name, each once, with their roles."""
    found = turn.session.exec(
        select(Person, Unit, Membership)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .join(Unit, col(Unit.id) == Membership.unit_id)
        .where(*_lacking(turn, _place(unit, below=below), admin=is_admin(turn, unit)))
        .order_by(col(Unit.path), func.lower(col(Person.name)), col(Person.id), col(Membership.id))
    ).all()
    made: dict[int, tuple[Person, Unit, list[tuple[str, str | None]]]] = {}
    for person, at, held in found:
        entry = made.setdefault(person.id or 0, (person, at, []))
        entry[2].append((held.role, held.area))
    return [(person, at, tuple(roles)) for person, at, roles in made.values()]


# their links ---------------------------------------------------------------------------------------


def invite(turn: Turn, rows: Sequence[Mapping[str, Any]]) -> int:
    """Make a personal link for each: `person_id`, `agency_id`, `unit_id`, `role`, `area`. One statement.

    The caller has asked whether the actor may vouch for them. Returns how many were made.
    """
    if rows:
        registration.signing_key(turn.session)  # made here once: sheets are read where nothing can be written
        until = turn.now + timedelta(days=DAYS)
        same = {"created_by": turn.actor.person_id, "created_at": turn.now, "expires_at": until}
        turn.session.execute(insert(Invite), [{**row, **same, "uses_left": 1, "uses": 0} for row in rows])
    return len(rows)


def renew(turn: Turn, unit: Unit, *, below: bool = False) -> int:
    """See that whoever has not joined has a link of the actor's with days left; returns how many they are.

    Raises BadInput for a branch with more people than go on one order of sheets.
    """
    people = _people(turn, unit, below=below)
    if below and len(people) > MOST:
        raise BadInput(
            f"Ada {len(people)} orang yang belum bergabung; sekali cetak paling banyak {MOST}. "
            "Cetak per unit.",
            next=routes.SLIPS(0, 0),
        )
    have = _links(turn.session, turn, [person.id or 0 for person, _, _ in people], FRESH_DAYS)
    made = invite(
        turn,
        [
            {
                "person_id": person.id,
                "agency_id": at.agency_id,
                "unit_id": at.id,
                "role": roles[0][0],
                "area": roles[0][1],
            }
            for person, at, roles in people
            if person.id not in have
        ],
    )
    if made:
        audit.record(turn, "invite_sheet", f"unit:{unit.id}", unit.id, made=made)
    return len(people)


def _links(session: Session, turn: Turn, person_ids: Iterable[int], days: int) -> dict[int, Invite]:
    """The newest link of the actor's for each person that works for so many days more."""
    found = session.exec(
        select(Invite)
        .where(
            col(Invite.person_id).in_(list(person_ids)),
            Invite.created_by == turn.actor.person_id,
            col(Invite.revoked_at).is_(None),
            col(Invite.uses_left) > 0,
            col(Invite.expires_at) > turn.now + timedelta(days=days),
        )
        .order_by(col(Invite.id))
    ).all()
    return {row.person_id: row for row in found if row.person_id is not None}


def slips(turn: Turn, unit: Unit, *, below: bool = False) -> list[Slip]:
    """Everybody with their link, by unit and name; those without a working one are left out. Reads only."""
    people = _people(turn, unit, below=below)
    have = _links(turn.session, turn, [person.id or 0 for person, _, _ in people], 0)
    key = registration.signing_key(turn.session) if have else b""
    return [
        Slip(
            person.id or 0,
            person.name,
            at.id or 0,
            at.name,
            roles,
            links.url(turn.bot_username, links.make(key, mine.id or 0)),
            mine.expires_at,
        )
        for person, at, roles in people
        if (mine := have.get(person.id or 0)) is not None
    ]
