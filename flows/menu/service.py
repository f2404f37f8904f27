"""What the menu shows: the person's units, and counts that invite to the next step."""

from dataclasses import dataclass

from sqlalchemy import and_, or_
from sqlmodel import Session, col, func, select

from flows.models import Agency, JoinRequest, Unit, UnitRequest
from flows.policy import Actor, admin_agencies


@dataclass(frozen=True, slots=True)
class AgencyView:
    """An agency as its admin's menu shows it."""

    name: str
    units: int
    waiting: int


def own_units(session: Session, actor: Actor, limit: int, offset: int = 0) -> tuple[list[Unit], int]:
    """The units where the actor has a role of their own (not through an agency), and how many there are.

    Who looks after a branch of the tree has all its units.
    """
    ids = {m.unit_id for m in actor.memberships if m.unit_id is not None}
    if not ids:
        return [], 0
    branches = [
        and_(col(Unit.agency_id) == m.agency_id, col(Unit.path).contains(f"/{m.unit_id}/", autoescape=True))
        for m in actor.memberships
        if m.role == "wilayah"
    ]
    query = select(Unit).where(or_(col(Unit.id).in_(ids), *branches), col(Unit.archived_at).is_(None))
    total = session.exec(select(func.count()).select_from(query.subquery())).one()
    found = session.exec(query.order_by(col(Unit.name), col(Unit.id)).limit(limit).offset(offset)).all()
    return list(found), total


def agency_view(session: Session, actor: Actor) -> AgencyView | None:
    """The first agency the actor administers, with its counts; None for others."""
    agencies = admin_agencies(actor)
    if not agencies:
        return None
    agency = session.get_one(Agency, agencies[0])
    units = session.exec(
        select(func.count()).where(col(Unit.agency_id) == agency.id, col(Unit.archived_at).is_(None))
    ).one()
    waiting = session.exec(select(func.count()).where(col(UnitRequest.state) == "waiting")).one()
    return AgencyView(agency.name, units, waiting)


def waiting_joins(session: Session, unit: Unit) -> int:
    """How many people wait to be let into the unit."""
    return session.exec(
        select(func.count()).where(col(JoinRequest.unit_id) == unit.id, col(JoinRequest.state) == "waiting")
    ).one()
