"""Somebody belongs to a unit's people from now on: features that have something for them are told."""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session

Welcome = Callable[[Session, int, int, datetime], None]

_welcomes: list[Welcome] = []


def when_joined(function: Welcome) -> Welcome:
    """Register a function told, in the transaction that lets them in: (session, person, unit, now)."""
    _welcomes.append(function)
    return function


def tell(session: Session, person_id: int, unit_id: int | None, now: datetime) -> None:
    """Tell every registered function. Without a unit (an admin) there is nothing to tell."""
    if unit_id is not None:
        for function in _welcomes:
            function(session, person_id, unit_id, now)
