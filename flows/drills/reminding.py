"""Who is reminded of a drill on a day: those who asked for it, while it is open, until five went unheeded.

The reminder is a line of the morning digest, within its hours, quiet and leave; this only says for whom.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from sqlmodel import Session, col, or_, select

from flows.drills.opening import STAGES, opening_of
from flows.models import Deadline, DrillEnrolment, Membership, Unit
from flows.people import active
from flows.policy import UNIT_SIDE_ROLES
from flows.season.service import STAGE

MOST = 5
"""Reminders without a drill after which they stop by themselves."""


def wanting(day: date) -> Any:
    """Query for the persons of whom `due` may find something on that day; it may name more."""
    ahead = (
        select(Deadline.id)
        .where(
            Deadline.unit_id == DrillEnrolment.unit_id,
            Deadline.scope == STAGE,
            col(Deadline.ref).in_(STAGES),
            Deadline.due_at >= datetime.combine(day, time(0), UTC),
        )
        .exists()
    )
    return select(col(DrillEnrolment.person_id).label("id")).where(
        *_wants(day), or_(col(DrillEnrolment.told_on).is_(None), col(DrillEnrolment.told_on) < day), ahead
    )


def _wants(day: date) -> tuple[Any, ...]:
    drilled = col(DrillEnrolment.drilled_on)
    return (
        col(DrillEnrolment.remind),
        col(DrillEnrolment.ended_at).is_(None),
        or_(col(DrillEnrolment.told) < MOST, col(DrillEnrolment.told_on) == day),
        or_(drilled.is_(None), drilled < day),
    )


def due(session: Session, person_id: int, day: date, now: datetime) -> list[tuple[DrillEnrolment, Unit]]:
    """The person's drills of that day that are still to be done, each with its unit."""
    found = session.exec(
        select(DrillEnrolment, Unit)
        .join(Unit, col(Unit.id) == col(DrillEnrolment.unit_id))
        .where(DrillEnrolment.person_id == person_id, *_wants(day), col(Unit.archived_at).is_(None))
        .order_by(col(DrillEnrolment.id))
    ).all()
    return [
        (row, unit)
        for row, unit in found
        if opening_of(session, unit, day).is_open and _belongs(session, person_id, unit, now)
    ]


def _belongs(session: Session, person_id: int, unit: Unit, now: datetime) -> bool:
    query = select(Membership.id).where(
        Membership.person_id == person_id,
        Membership.unit_id == unit.id,
        col(Membership.role).in_(UNIT_SIDE_ROLES),
        active(now),
    )
    return session.exec(query.limit(1)).first() is not None


def note(session: Session, told: Iterable[DrillEnrolment], day: date) -> None:
    """They are reminded today: once, whoever decides it."""
    for row in told:
        if row.told_on != day:
            row.told, row.told_on = row.told + 1, day
            session.add(row)
