"""The admins hear when something needs a hand: messages late, disk filling, errors, store away, a twin."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from flows import outbox, routes
from flows.models import Membership, Person

LATE, DISK, ERRORS, STORE, RIVAL = "telat", "disk", "galat", "simpan", "kembar"
LIMITS: dict[str, int] = {LATE: 15, DISK: 10, ERRORS: 10, STORE: 1, RIVAL: 2}
"""Late messages in minutes, free disk in percent (at most); in an hour: updates that failed; store away;
in an hour: meetings with another instance that has the same token."""
AGAIN_HOURS = 6
"""The same trouble is told again after so long."""


def exceeded(kind: str, measure: int) -> bool:
    """Whether this is worth waking somebody for."""
    return measure <= LIMITS[kind] if kind == DISK else measure >= LIMITS[kind]


def raise_alarms(session: Session, measures: Mapping[str, int], now: datetime) -> int:
    """Queue a message to every admin for each thing beyond its limit. Returns how many are new.

    They go before all other queued messages: what is late would make them late.
    """
    wrong = {kind: measure for kind, measure in measures.items() if exceeded(kind, measure)}
    if not wrong:
        return 0
    slice_of_day = f"{now:%Y%m%d}.{now.hour // AGAIN_HOURS}"
    admins = session.exec(
        select(Person)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            Membership.role == "admin",
            col(Membership.revoked_at).is_(None),
            col(Person.telegram_id).is_not(None),
            col(Person.deleted_at).is_(None),
        )
        .distinct()
    ).all()
    messages = [
        outbox.Message(
            key=f"alarm:{kind}:{slice_of_day}:{admin.id}",
            chat_id=admin.telegram_id or 0,
            action=routes.ALARM(kind, measure),
            person_id=admin.id,
            lane=outbox.LANE_REPLY,
        )
        for admin in admins
        for kind, measure in wrong.items()
    ]
    return outbox.add(session, messages, now)
