"""Writing the audit trail: ids and codes, never names or texts."""

from sqlalchemy import insert

from flows.models import AuditEntry
from flows.tables import metadata
from flows.turn import Turn

# On the bare table: an object of the session costs six times as much, and nobody looks at it again.
_ENTRY = insert(metadata.tables[AuditEntry.__tablename__])


def record(
    turn: Turn, act: str, subject: str = "", unit_id: int | None = None, **facts: int | str | bool | None
) -> None:
    """Note that the actor did `act` to `subject` now. Joins the caller's transaction."""
    person = turn.actor.person
    turn.session.connection().execute(
        _ENTRY,
        {
            "at": turn.now,
            "unit_id": unit_id,
            "person_id": person.id if person is not None else None,
            "act": act,
            "subject": subject,
            "facts": facts or None,
        },
    )
