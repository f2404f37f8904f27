"""Invite links: making, opening for two hours, revoking, listing."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from flows import audit, policy
from flows.models import Agency, Invite, Unit
from flows.policy import admin_agencies
from flows.registration import binding, links
from flows.registration import service as registration
from flows.team import refusals, service
from flows.turn import Turn

PAGE = 8
OPEN_HOURS = 2
FRESH_DAYS = 1
"""A link with less left than this is not handed out again: a new one is made."""
ROLES = tuple(role for role in policy.ROLES if role != "admin")
AREA_ROLES = ("anggota", "ketua")
"""Roles that belong to one area; all others span the unit."""


def usable(invite: Invite, turn: Turn) -> bool:
    """Whether somebody could still come in by it."""
    return invite.revoked_at is None and invite.expires_at > turn.now and invite.uses_left != 0


def is_open(invite: Invite, turn: Turn) -> bool:
    """Whether people come in without confirmation now."""
    return invite.open_until is not None and invite.open_until > turn.now


def lets_in_at_once(invite: Invite, turn: Turn) -> bool:
    """Whether whoever opens it is taken in without confirmation, apart from the two open hours."""
    if invite.role == "admin" or invite.unit_id is None:
        return False
    if invite.role in policy.AGENCY_GIVEN:
        return True
    return invite.role not in AREA_ROLES and registration.made_by_admin(turn, invite)


def url_of(turn: Turn, invite: Invite) -> str:
    """The address to pass on."""
    return links.url(turn.bot_username, registration.payload_of(turn.session, invite))


def make(turn: Turn, unit: Unit, role: str, area: str) -> Invite:
    """A link into the unit; a fresh one for the same role and area is used again.

    Links to a role for the whole unit made by an admin are for one person and need no confirmation, and so
    are those for assessors, advisers and branches, which only admins make: a unit does not choose who judges
    it. Raises NotAllowed, Missing for roles and areas that do not exist.
    """
    policy.require(turn.actor, "team", unit)
    if unit.archived_at is not None:
        raise refusals.unit_archived(unit.id)
    known = service.areas(turn.library)
    if role not in ROLES or (area and area not in known) or (role in AREA_ROLES) != bool(area):
        raise refusals.role_unknown()
    if not policy.may_give(turn.actor, role, unit):
        raise refusals.role_unknown()
    single = role not in AREA_ROLES and _administers(turn, unit)
    offer = _offer(turn, unit.agency_id, unit.id, role, area or None)
    offer.uses_left = 1 if single else None
    return _made(turn, offer)


def make_stand_in(
    turn: Turn, unit: Unit, role: str, area: str | None, acting: str, first: date, last: date
) -> Invite:
    """A link for one person who is not in the team yet, to a role for these days.

    The caller has checked the rest.
    """
    policy.require_give(turn.actor, role, unit)
    offer = _offer(turn, unit.agency_id, unit.id, role, area)
    offer.acting, offer.starts_on, offer.ends_on, offer.uses_left = acting, first, last, 1
    return _made(turn, offer)


def make_personal(turn: Turn, member: service.Member, unit: Unit) -> Invite:
    """A link by which one account becomes this person's, for those without and for lost ones.

    Raises NotAllowed when the person holds roles that the actor could not give.
    """
    policy.require(turn.actor, "team", unit)
    person_id = member.person.id or 0
    if not binding.may_vouch(turn.session, turn.actor, person_id, turn.now):
        raise refusals.not_yours_to_vouch(member.person.name)
    held = member.membership
    offer = _offer(turn, unit.agency_id, unit.id, held.role, held.area)
    offer.person_id, offer.uses_left = person_id, 1
    return _made(turn, offer)


def _administers(turn: Turn, unit: Unit) -> bool:
    return unit.agency_id in admin_agencies(turn.actor)


def make_admin(turn: Turn) -> Invite:
    """A link for one further admin; the present admins confirm. Raises NotAllowed for others."""
    agencies = admin_agencies(turn.actor)
    if not agencies:
        policy.require_admin(turn.actor, 0)
    offer = _offer(turn, agencies[0], None, "admin", None)
    offer.uses_left = 1
    return _made(turn, offer)


def make_pokja(turn: Turn, unit: Unit) -> list[Invite]:
    """One link for every area. New ones take everybody at once for two hours: a kick-off meeting."""
    made = []
    for area in service.areas(turn.library):
        invite = make(turn, unit, "anggota", area)
        if invite.created_at == turn.now:
            invite.open_until = turn.now + timedelta(hours=OPEN_HOURS)
            turn.session.add(invite)
        made.append(invite)
    return made


def _offer(turn: Turn, agency_id: int, unit_id: int | None, role: str, area: str | None) -> Invite:
    return Invite(
        agency_id=agency_id,
        unit_id=unit_id,
        role=role,
        area=area,
        created_by=turn.actor.person_id,
        created_at=turn.now,
        expires_at=turn.now + timedelta(days=registration.INVITE_DAYS),
    )


def _same(offer: Invite) -> tuple[ColumnElement[bool], ...]:
    """Conditions: the link offers the same."""
    return tuple(
        column.is_(None) if wanted is None else column == wanted
        for column, wanted in (
            (col(Invite.agency_id), offer.agency_id),
            (col(Invite.unit_id), offer.unit_id),
            (col(Invite.role), offer.role),
            (col(Invite.area), offer.area),
            (col(Invite.person_id), offer.person_id),
            (col(Invite.acting), offer.acting),
            (col(Invite.starts_on), offer.starts_on),
            (col(Invite.ends_on), offer.ends_on),
        )
    )


def _made(turn: Turn, offer: Invite) -> Invite:
    """The offer as a link; one that the same person made and that is still fresh is used again."""
    # Held, so that a double tap or two coordinators at once end with the same link.
    turn.session.exec(select(Agency).where(Agency.id == offer.agency_id).with_for_update()).one()
    for invite in turn.session.exec(
        _in_use(turn).where(
            *_same(offer),
            col(Invite.expires_at) > turn.now + timedelta(days=FRESH_DAYS),
        )
    ).all():
        mine = invite.created_by == turn.actor.person_id
        open_ended = offer.uses_left is None
        if open_ended == (invite.uses_left is None) and (open_ended or mine):
            return invite
    turn.session.add(offer)
    turn.session.flush()
    facts = {"role": offer.role, "area": offer.area, "acting": offer.acting, "person": offer.person_id}
    audit.record(turn, "invite_make", f"invite:{offer.id}", offer.unit_id, **_given(facts))
    return offer


def _given(facts: dict[str, str | int | None]) -> dict[str, str | int | None]:
    return {k: v for k, v in facts.items() if v is not None or k == "area"}


def _in_use(turn: Turn) -> SelectOfScalar[Invite]:
    return (
        select(Invite)
        .where(
            col(Invite.revoked_at).is_(None),
            col(Invite.expires_at) > turn.now,
            col(Invite.uses_left).is_(None) | (col(Invite.uses_left) > 0),
        )
        .order_by(col(Invite.id).desc())
    )


def find(turn: Turn, invite_id: int, *, lock: bool = False) -> tuple[Invite, Unit | None]:
    """A link of a unit (or agency) whose team the actor leads. Raises Missing for all others."""
    query = select(Invite).where(Invite.id == invite_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    invite = turn.session.exec(query).first()
    if invite is None or invite.agency_id is None:
        raise refusals.invite_missing(invite_id)
    unit = turn.session.get(Unit, invite.unit_id) if invite.unit_id is not None else None
    mine = (
        policy.may_give(turn.actor, invite.role, unit)
        if unit is not None
        else invite.agency_id in admin_agencies(turn.actor)
    )
    if not mine:
        raise refusals.invite_missing(invite_id)
    return invite, unit


def revoke(turn: Turn, invite_id: int) -> Invite:
    """The link works no longer; who came by it stays. Revoking twice changes nothing."""
    invite, _unit = find(turn, invite_id, lock=True)
    if invite.revoked_at is None:
        invite.revoked_at = turn.now
        turn.session.add(invite)
        audit.record(turn, "invite_revoke", f"invite:{invite_id}", invite.unit_id)
    return invite


def set_open(turn: Turn, invite_id: int, opened: bool) -> Invite:
    """Take everybody at once for two hours, or confirm each again. Raises Outdated for a dead link."""
    invite, _unit = find(turn, invite_id, lock=True)
    if not usable(invite, turn) or invite.role in policy.AGENCY_GIVEN or invite.person_id is not None:
        raise refusals.invite_closed(invite_id)
    _open(turn, invite, opened)
    return invite


def set_open_pokja(turn: Turn, unit: Unit, opened: bool) -> None:
    """The same for every pokja link of the unit that still works."""
    policy.require(turn.actor, "team", unit)
    for invite in pokja_links(turn, unit).values():
        _open(turn, invite, opened)


def _open(turn: Turn, invite: Invite, opened: bool) -> None:
    invite.open_until = turn.now + timedelta(hours=OPEN_HOURS) if opened else None
    turn.session.add(invite)
    audit.record(turn, "invite_open" if opened else "invite_confirm", f"invite:{invite.id}", invite.unit_id)


def pokja_links(turn: Turn, unit: Unit) -> dict[str, Invite]:
    """The newest working member link of each area, in the areas' order."""
    found = turn.session.exec(
        _in_use(turn).where(
            col(Invite.unit_id) == unit.id,
            col(Invite.role) == "anggota",
            col(Invite.area).is_not(None),
            col(Invite.person_id).is_(None),
            col(Invite.acting).is_(None),
        )
    ).all()
    newest: dict[str, Invite] = {}
    for invite in found:
        newest.setdefault(invite.area or "", invite)
    return {area: newest[area] for area in service.areas(turn.library) if area in newest}


def _of_unit(turn: Turn, unit: Unit) -> SelectOfScalar[Invite]:
    """The unit's links that still work; those that only admins make are theirs alone."""
    query = _in_use(turn).where(col(Invite.unit_id) == unit.id)
    return query if _administers(turn, unit) else query.where(col(Invite.role).not_in(policy.AGENCY_GIVEN))


def listed(turn: Turn, unit: Unit, page: int) -> tuple[list[Invite], int]:
    """One page of the unit's links that still work, newest first, and how many there are."""
    query = _of_unit(turn, unit)
    ids = query.with_only_columns(col(Invite.id)).order_by(None).subquery()
    total = turn.session.exec(select(func.count()).select_from(ids)).one()
    return list(turn.session.exec(query.limit(PAGE).offset(page * PAGE)).all()), total


def count(session: Session, turn: Turn, unit: Unit) -> int:
    """How many links of the unit still work."""
    ids = _of_unit(turn, unit).with_only_columns(col(Invite.id))
    return session.exec(select(func.count()).select_from(ids.order_by(None).subquery())).one()
