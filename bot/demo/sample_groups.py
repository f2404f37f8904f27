"""The sample unit's group, linked already; a second group waits to be linked with /tautkan."""

from datetime import datetime, timedelta

from sqlmodel import Session

from flows.models import LinkedGroup, Person, Unit

SECOND = "Grup Kantor Layanan (contoh)"
SECOND_ID = -700_000_002


def sample(session: Session, unit: Unit, chat_id: int, title: str, by: Person | None, now: datetime) -> None:
    """Link the team's group to the unit. Its scoreboard is put up by the first tick."""
    session.add(
        LinkedGroup(
            unit_id=unit.id or 0,
            chat_id=chat_id,
            title=title,
            linked_by=by.id if by is not None else None,
            linked_at=now - timedelta(days=20),
            board_at=now,
        )
    )
