"""Looks for what has become due, every few seconds. Any number of processes may beat at once."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import backup, check_store, log
from bot.app import Edge
from bot.db import BACKING_UP, SWEEPING
from bot.polling import pause
from bot.threads import in_thread
from bot.watch import Watch
from flows import pace, retention, sealing
from flows.calendar import tick
from flows.evidence.intake import let_go_of_stale as let_go_of_intakes
from flows.evidence.looking import look_again
from flows.fmt import ZONES
from flows.importing.service import let_go_of_stale

SEEN_KEPT = timedelta(days=retention.SEEN_DAYS)
SWEEP_SECONDS = 12 * 3600.0
BACKUP_LOOK_SECONDS, BACKUP_AGAIN_SECONDS = 300.0, 3600.0


async def beat(edge: Edge, stop: asyncio.Event, nudge: Callable[[], None]) -> None:
    """Tick until `stop`."""
    swept, watched, watch = -SWEEP_SECONDS, time.monotonic(), Watch()
    while not stop.is_set():
        try:
            if time.monotonic() - swept > SWEEP_SECONDS:
                swept = time.monotonic()
                await in_thread(lambda: tidy_once(edge))
            if await asyncio.to_thread(tick_once, edge):
                nudge()
            if 0 < edge.settings.watch_seconds < time.monotonic() - watched:
                watched = time.monotonic()
                await asyncio.to_thread(watch.once, edge)
            if edge.dispatch is not None:
                await edge.dispatch.flush()
            edge.figures.beat()
        except Exception as exc:
            log.get().error("heartbeat_failed", error=type(exc).__name__)
        await pause(stop, edge.settings.heartbeat_seconds)


async def back_up(edge: Edge, stop: asyncio.Event, folder: Path) -> None:
    """Make the day's backup when its hour has come, until `stop`. A failed one is tried again in an hour."""
    while not stop.is_set():
        wait = BACKUP_LOOK_SECONDS
        try:
            await in_thread(lambda: back_up_once(edge, folder))
        except Exception as exc:
            log.get().error("backup_failed", error=type(exc).__name__)
            wait = BACKUP_AGAIN_SECONDS
        await pause(stop, wait)


def back_up_once(edge: Edge, folder: Path) -> backup.Saved | None:
    """The day's backup if it is due and not there; the oldest ones go. Processes that share it make one."""
    now = edge.clock.now().astimezone(ZONES[edge.settings.zone])
    if not backup.due(folder, now):
        return None
    with edge.db.alone(BACKING_UP) as alone:
        if not alone or not backup.due(folder, now):
            return None
        saved = backup.save(edge.db, edge.store, folder, now)
        if saved.lost:
            log.get().error("backup_incomplete", lost=len(saved.lost))
        backup.let_go(folder, edge.settings.backup_keep)
    return saved


def tick_once(edge: Edge) -> int:
    """Queue what is due at this calendar moment. Returns how many messages are new."""
    with edge.db.writing(patient=True) as session:
        back = pace.mend(session)
    if back:
        log.get().warning("clock_set_back", seconds=round(back))
    with edge.db.writing(patient=True) as session:
        queued = tick(session, edge.clock.now())
        let_go_of_stale(session, edge.clock.now())
        let_go_of_intakes(session, edge.clock.now())
        look_again(session, edge.clock.now())
        sealing.seal(session, edge.clock.now())
    return queued


def tidy_once(edge: Edge) -> None:
    """Delete what has been kept long enough, then the bytes that nothing needs any more."""
    with edge.db.writing() as session:
        retention.forget(session, edge.clock.now(), datetime.now(UTC))
    with edge.db.alone(SWEEPING) as alone:
        if alone:
            check_store.sweep(edge.db, edge.store)
