"""Invite links: making, opening for two hours, revoking, listing."""

from datetime import timedelta

from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from flows import audit, policy
from flows.models import Agency, Invite, Unit
from flows.policy import admin_agencies
from flows.registration import links
from flows.registration import service as registration
from flows.team import refusals, service
from flows.turn import Turn

PAGE = 8
OPEN_HOURS = 2
FRESH_DAYS = 1
"""A link with less left than this is not handed out again: a new one is made."""
ROLES = ("anggota", "ketua", "koordinator", "penilai")
WHOLE_UNIT = ("koordinator", "penilai")
"""Roles that belong to no single area."""


def usable(invite: Invite, turn: Turn) -> bool:
    """Whether somebody could still come in by it."""
    return invite.revoked_at is None and invite.expires_at > turn.now and invite.uses_left != 0


def is_open(invite: Invite, turn: Turn) -> bool:
    """Whether people come in without confirmation now."""
    return invite.open_until is not None and invite.open_until > turn.now


def url_of(turn: Turn, invite: Invite) -> str:
    """The address to pass on."""
    return links.url(turn.bot_username, registration.payload_of(turn.session, invite))


def make(turn: Turn, unit: Unit, role: str, area: str) -> Invite:
    """A link into the unit; a fresh one for the same role and area is used again.

    Coordinators' links made by an admin are for one person and need no confirmation, and so are assessors'
    links, which only admins make: a unit does not choose who judges it. Raises NotAllowed, Missing for roles
    and areas that do not exist.
    """
    policy.require(turn.actor, "team", unit)
    if unit.archived_at is not None:
        raise refusals.unit_archived(unit.id)
    known = service.areas(turn.library)
    if role not in ROLES or (area and area not in known) or (role in WHOLE_UNIT) == bool(area):
        raise refusals.role_unknown()
    is_admin = _administers(turn, unit)
    if role == "penilai" and not is_admin:
        raise refusals.role_unknown()
    single = role in WHOLE_UNIT and is_admin
    return _made(turn, unit.agency_id, unit.id, role, area or None, 1 if single else None)


def _administers(turn: Turn, unit: Unit) -> bool:
    return unit.agency_id in admin_agencies(turn.actor)


def make_admin(turn: Turn) -> Invite:
    """A link for one further admin; the present admins confirm. Raises NotAllowed for others."""
    agencies = admin_agencies(turn.actor)
    if not agencies:
        policy.require_admin(turn.actor, 0)
    return _made(turn, agencies[0], None, "admin", None, 1)


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


def _made(
    turn: Turn, agency_id: int, unit_id: int | None, role: str, area: str | None, uses: int | None
) -> Invite:
    # Held, so that a double tap or two coordinators at once end with the same link.
    turn.session.exec(select(Agency).where(Agency.id == agency_id).with_for_update()).one()
    for invite in turn.session.exec(
        _in_use(turn).where(
            col(Invite.agency_id) == agency_id,
            col(Invite.unit_id).is_(None) if unit_id is None else col(Invite.unit_id) == unit_id,
            col(Invite.role) == role,
            col(Invite.area).is_(None) if area is None else col(Invite.area) == area,
            col(Invite.expires_at) > turn.now + timedelta(days=FRESH_DAYS),
        )
    ).all():
        mine = invite.created_by == turn.actor.person_id
        if (uses is None) == (invite.uses_left is None) and (uses is None or mine):
            return invite
    invite = Invite(
        agency_id=agency_id,
        unit_id=unit_id,
        role=role,
        area=area,
        created_by=turn.actor.person_id,
        created_at=turn.now,
        expires_at=turn.now + timedelta(days=registration.INVITE_DAYS),
        uses_left=uses,
    )
    turn.session.add(invite)
    turn.session.flush()
    audit.record(turn, "invite_make", f"invite:{invite.id}", unit_id, role=role, area=area)
    return invite


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
        policy.can(turn.actor, "team", unit)
        if unit is not None and invite.role != "penilai"
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
    if not usable(invite, turn) or invite.role == "admin":
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
            col(Invite.unit_id) == unit.id, col(Invite.role) == "anggota", col(Invite.area).is_not(None)
        )
    ).all()
    newest: dict[str, Invite] = {}
    for invite in found:
        newest.setdefault(invite.area or "", invite)
    return {area: newest[area] for area in service.areas(turn.library) if area in newest}


def _of_unit(turn: Turn, unit: Unit) -> SelectOfScalar[Invite]:
    """The unit's links that still work; those for assessors are the admins' alone."""
    query = _in_use(turn).where(col(Invite.unit_id) == unit.id)
    return query if _administers(turn, unit) else query.where(col(Invite.role) != "penilai")


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
