"""Those who lead are told of what is overdue: the ketua pokja, the coordinator, and of stages the admin."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from flows import outbox
from flows.models import AgencyReminding, Escalation, Membership, Unit
from flows.people import active
from flows.reminders import moments
from flows.reminders.lines import STAGES, Overdue, UnitDues

LEADS = ("ketua", "koordinator")


def raise_(turn: outbox.JobTurn, view: UnitDues, since: date, day: date) -> list[Escalation]:
    """Write down who is told of the unit's overdue things for these days. Returns the new rows."""
    overdue = view.overdue(since, day)
    if not overdue:
        return []
    leads = leads_of(turn.session, view.unit, turn.now)
    admins = _admins(turn.session, view.unit, turn.now)
    made: list[Escalation] = []
    for each in overdue:
        for person_id in sorted(set(_receivers(each, leads, admins))):
            row = _new(turn.session, each, person_id, day)
            if row is not None:
                made.append(row)
    return made


def leads_of(session: Session, unit: Unit, now: datetime) -> Sequence[Membership]:
    """The unit's ketua and koordinator of this moment."""
    return session.exec(
        select(Membership)
        .where(Membership.unit_id == unit.id, col(Membership.role).in_(LEADS), active(now))
        .order_by(col(Membership.id))
    ).all()


def leading(leads: Iterable[Membership], role: str, area: str) -> list[int]:
    """The persons who hold the role, for this area where areas matter."""
    return [
        m.person_id
        for m in leads
        if m.role == role and (role != "ketua" or (area and m.area in {None, area}))
    ]


def _receivers(each: Overdue, leads: Sequence[Membership], admins: Sequence[int]) -> list[int]:
    due = each.due
    if each.level == moments.END:
        return leading(leads, "koordinator", due.area)
    if each.level == moments.ADMIN:
        return list(admins) if due.kind in STAGES else []
    role = {moments.KETUA: "ketua", moments.KOORDINATOR: "koordinator"}[each.level]
    return [p for p in leading(leads, role, due.area) if p not in each.person_ids]


def _admins(session: Session, unit: Unit, now: datetime) -> list[int]:
    """The admins who are told: nobody, unless the agency wants it."""
    wanted = session.get(AgencyReminding, unit.agency_id)
    if wanted is None or not wanted.to_admin:
        return []
    return list(
        session.exec(
            select(Membership.person_id).where(
                Membership.agency_id == unit.agency_id, Membership.role == "admin", active(now)
            )
        ).all()
    )


def _new(session: Session, each: Overdue, person_id: int, day: date) -> Escalation | None:
    due = each.due
    known = session.exec(
        select(Escalation.id).where(
            Escalation.unit_id == due.unit_id,
            Escalation.kind == due.kind,
            Escalation.ref == due.ref,
            Escalation.due_on == due.due_on,
            Escalation.level == each.level,
            Escalation.person_id == person_id,
        )
    ).first()
    if known is not None:
        return None
    row = Escalation(
        unit_id=due.unit_id,
        kind=due.kind,
        ref=due.ref,
        due_on=due.due_on,
        level=each.level,
        person_id=person_id,
        made_on=day,
    )
    session.add(row)
    session.flush()
    return row


def named(rows: Iterable[Escalation]) -> Mapping[tuple[int, str, str], Escalation]:
    """By unit, kind and reference; the highest level of each."""
    order = [moments.KETUA, moments.KOORDINATOR, moments.ADMIN, moments.END]
    found: dict[tuple[int, str, str], Escalation] = {}
    for row in sorted(rows, key=lambda r: order.index(r.level) if r.level in order else 0):
        found[(row.unit_id, row.kind, row.ref)] = row
    return found
