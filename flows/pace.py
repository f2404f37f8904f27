"""The pace clock set back: what waits keeps its distance instead of waiting for hours."""

from sqlalchemy import text
from sqlmodel import Session

from flows.outbox import pace_clock

BACK_SECONDS = 5.0
"""A clock that is set by so little needs no mending."""
_SEEN = text(
    "INSERT INTO gate (bot_id, next_at) VALUES (0, 0) "
    "ON CONFLICT (bot_id) DO UPDATE SET next_at = gate.next_at RETURNING seen_at"
)
_MOVE = (
    "UPDATE outbox SET due_at = due_at - :back WHERE state = 'waiting' AND due_at > :now",
    "UPDATE job SET due_at = due_at - :back WHERE state = 'waiting' AND due_at > :now",
    "UPDATE outbox SET lease_until = lease_until - :back WHERE state = 'leased'",
    "UPDATE job SET lease_until = lease_until - :back WHERE state = 'leased'",
    "UPDATE chat_pace SET next_at = next_at - :back WHERE next_at > :now",
    "UPDATE chat_pace SET limited_at = limited_at - :back WHERE limited_at > :now",
    "UPDATE gate SET next_at = next_at - :back WHERE next_at > :now",
)


def mend(session: Session) -> float:
    """Note what the database's clock shows; returns by how many seconds it was set back, or 0.

    Waiting messages and jobs, reservations and paces are moved along by as much. Any number of processes may
    call it: the row of the gate lets one in at a time, and the next finds it done.
    """
    connection = session.connection()
    # Row 0 belongs to no bot: all bots of a database have one clock.
    seen = connection.execute(_SEEN).scalar_one()
    now = pace_clock(session)
    back = max(0.0, float(seen) - now)
    if back > BACK_SECONDS:
        for statement in _MOVE:
            connection.execute(text(statement), {"back": back, "now": now})
    connection.execute(text("UPDATE gate SET seen_at = :now WHERE bot_id = 0"), {"now": now})
    return back if back > BACK_SECONDS else 0.0
