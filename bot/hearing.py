"""Hears from other processes that an agency's own answers have changed, and makes their indexes anew at once.

Nobody depends on it: every question looks at the number of its agency's last change first (`learning.local`),
so a process that hears nothing answers rightly too, only the first one to ask waits for the index. PostgreSQL
tells (LISTEN/NOTIFY); where it cannot, and on SQLite, the numbers are looked at every few seconds.
"""

import asyncio
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, event, text

from bot import log
from bot.app import Edge
from bot.polling import pause
from flows.learning import local
from flows.models import AgencyEntry

if TYPE_CHECKING:
    from psycopg import AsyncConnection

CHANNEL = "pandu_entries"
LOOK_SECONDS = 5.0
"""So often the numbers are looked at where nobody tells of changes."""
DOUBT_SECONDS = 60.0
"""So often even where somebody does: a line can be dead without a word."""
WAIT_SECONDS = 1.0
BACK_OFF_SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
KEEPALIVE: dict[str, Any] = {
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}


@event.listens_for(AgencyEntry, "after_insert")
@event.listens_for(AgencyEntry, "after_update")
def tell(_mapper: Any, connection: Connection, entry: AgencyEntry) -> None:
    """Let the others know when this is committed; PostgreSQL forgets it with a transaction that is not."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("SELECT pg_notify(:channel, :agency)"),
            {"channel": CHANNEL, "agency": str(entry.agency_id)},
        )


async def hear(edge: Edge, stop: asyncio.Event) -> None:
    """Keep the indexes that are in use fresh until `stop`. Never raises."""
    troubles = 0
    while not stop.is_set():
        if not edge.db.is_sqlite:
            began = time.monotonic()
            try:
                await _listen(edge, stop)
                continue
            except Exception as exc:
                log.get().warning("hearing_lost", error=type(exc).__name__)
            troubles = 0 if time.monotonic() - began > DOUBT_SECONDS else troubles + 1
        await _look(edge, None)
        waits = LOOK_SECONDS if edge.db.is_sqlite else BACK_OFF_SECONDS[min(troubles, 5)]
        await pause(stop, min(waits, LOOK_SECONDS))


async def _listen(edge: Edge, stop: asyncio.Event) -> None:
    """Listen until `stop`; raises when the line breaks."""
    line = await _connect(edge)
    try:
        await line.execute(f"LISTEN {CHANNEL}")
        await _look(edge, None)  # what was told while nobody listened
        looked = time.monotonic()
        while not stop.is_set():
            heard = {int(note.payload) async for note in line.notifies(timeout=WAIT_SECONDS, stop_after=1)}
            for agency_id in heard:
                await _look(edge, agency_id)
            if time.monotonic() - looked > DOUBT_SECONDS:
                await _look(edge, None)
                looked = time.monotonic()
    finally:
        await line.close()


async def _connect(edge: Edge) -> "AsyncConnection[Any]":
    from psycopg import AsyncConnection

    address = edge.db.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return await AsyncConnection.connect(address, autocommit=True, connect_timeout=5, **KEEPALIVE)


async def _look(edge: Edge, agency_id: int | None) -> None:
    """Make anew what has changed, in a thread."""
    try:
        await asyncio.to_thread(_renew, edge, agency_id)
    except Exception as exc:
        log.get().warning("entries_not_renewed", error=type(exc).__name__)


def _renew(edge: Edge, agency_id: int | None) -> None:
    with edge.db.reading() as session:
        local.renew(session, edge.library, agency_id)
