"""Looks for what has become due, every few seconds. Any number of processes may beat at once."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, col, delete

from bot import log
from bot.app import Edge
from bot.polling import pause
from flows.importing.service import let_go_of_stale
from flows.models import Job, Outbox, SeenUpdate
from flows.reminders.tick import tick

SEEN_KEPT = timedelta(days=7)
SENT_KEPT = timedelta(days=30)


async def beat(edge: Edge, stop: asyncio.Event, nudge: Callable[[], None]) -> None:
    """Tick until `stop`."""
    while not stop.is_set():
        try:
            if await asyncio.to_thread(tick_once, edge):
                nudge()
            if edge.dispatch is not None:
                await edge.dispatch.flush()
        except Exception as exc:
            log.get().error("heartbeat_failed", error=type(exc).__name__)
        await pause(stop, edge.settings.heartbeat_seconds)


def tick_once(edge: Edge) -> int:
    """Queue what is due at this calendar moment. Returns how many messages are new."""
    with edge.db.writing() as session:
        queued = tick(session, edge.clock.now())
        let_go_of_stale(session, edge.clock.now())
        _prune(session, datetime.now(UTC))
    return queued


def _prune(session: Session, now: datetime) -> None:
    """Forget what has served its purpose. Announcements keep their rows: their counts are read from them."""
    session.execute(delete(SeenUpdate).where(col(SeenUpdate.at) < now - SEEN_KEPT))
    session.execute(
        delete(Outbox).where(
            col(Outbox.sent_at) < now - SENT_KEPT,
            col(Outbox.announcement_id).is_(None),
            col(Outbox.state) != "waiting",
        )
    )
    session.execute(delete(Job).where(col(Job.done_at) < now - SENT_KEPT))
