"""Writing the audit trail: ids and codes, never names or texts."""

from flows.models import AuditEntry
from flows.turn import Turn


def record(
    turn: Turn, act: str, subject: str = "", unit_id: int | None = None, **facts: int | str | bool | None
) -> None:
    """Note that the actor did `act` to `subject` now. Joins the caller's transaction."""
    person = turn.actor.person
    turn.session.add(
        AuditEntry(
            at=turn.now,
            unit_id=unit_id,
            person_id=person.id if person is not None else None,
            act=act,
            subject=subject,
            facts=facts or None,
        )
    )
