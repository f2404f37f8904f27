"""Who comes to a unit where others have signed is asked once to follow, politely and for good."""

from datetime import datetime

from sqlmodel import Session, col, select

from flows import outbox
from flows.joined import when_joined
from flows.models import Membership, PactSheet, PactSigner, Person, Unit
from flows.pact import changing
from flows.pact.service import READY, Line
from flows.people import active
from flows.policy import UNIT_SIDE_ROLES

LATER_SECONDS = 600.0
"""After the welcome and the first steps, not over them."""


@when_joined
def welcome(session: Session, person_id: int, unit_id: int, now: datetime) -> None:
    """Ask somebody new of the unit's own people, when signing has begun there. Never twice."""
    person, unit = session.get(Person, person_id), session.get(Unit, unit_id)
    if person is None or person.telegram_id is None or unit is None:
        return
    session.flush()
    if not _is_own(session, person_id, unit_id, now) or not _has_begun(session, unit_id):
        return
    row = session.exec(
        select(PactSigner).where(PactSigner.unit_id == unit_id, PactSigner.person_id == person_id)
    ).first()
    if row is not None and (row.sheet_id is not None or row.asked_at is not None):
        return
    row = row or PactSigner(unit_id=unit_id, person_id=person_id, made_at=now)
    row.asked_at, row.removed_at = now, None
    session.add(row)
    session.flush()
    line = Line(f"p{person_id}", person.name, person, row, None)
    outbox.add(session, [changing.message(unit_id, line, now, wait_seconds=LATER_SECONDS)], now)


def _is_own(session: Session, person_id: int, unit_id: int, now: datetime) -> bool:
    held = select(Membership.id).where(
        Membership.person_id == person_id,
        Membership.unit_id == unit_id,
        col(Membership.role).in_(UNIT_SIDE_ROLES),
        active(now),
    )
    return session.exec(held.limit(1)).first() is not None


def _has_begun(session: Session, unit_id: int) -> bool:
    signed = (
        select(PactSigner.id)
        .join(PactSheet, col(PactSheet.id) == col(PactSigner.sheet_id))
        .where(PactSigner.unit_id == unit_id, PactSheet.state == READY)
    )
    return session.exec(signed.limit(1)).first() is not None
