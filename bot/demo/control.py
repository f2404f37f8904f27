"""What the chat page asks of the demo around it: who plays, what time it is, and starting over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the visitor of the page can speak as."""

    user_id: int
    name: str
    role_label: str
    note: str = ""


class ClockRefused(Exception):
    """The demo's clock cannot go there; `for_user` says why in Indonesian."""

    def __init__(self, for_user: str) -> None:
        super().__init__(for_user)
        self.for_user = for_user


class Control(Protocol):
    """Implemented by the demo itself. Times are aware."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the page shows and reads times."""
        ...

    def people(self) -> Sequence[Person]:
        """The people to choose from, in the order shown."""
        ...

    def now(self) -> datetime:
        """The demo's calendar clock."""
        ...

    async def advance(self, *, delta: timedelta | None = None, to: datetime | None = None) -> None:
        """Move the calendar forward by `delta` or to `to`; returns when all that fell due has been started.

        Raises ClockRefused when that is not possible.
        """
        ...

    async def reset(self) -> None:
        """Empty the demo and fill it again; returns when the bot answers again."""
        ...
