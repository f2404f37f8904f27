"""Looks after the program itself: measures what may go wrong, and lets the admins know."""

import shutil
import time
from collections import deque
from pathlib import Path

from bot import log
from bot.app import Edge
from bot.evidence_store import EvidenceStore, FolderStore
from bot.figures import POISON
from flows.operations import alarms
from flows.operations.queues import queues_of
from flows.ports import StoreUnreachable

HOUR_SECONDS = 3600.0
_MINUTE = 60


class Watch:
    """One process's look at itself. Every process may watch: the same trouble is told once."""

    def __init__(self) -> None:
        self._failed = _Hour()
        self._conflicts = _Hour()

    def once(self, edge: Edge) -> int:
        """Measure, and queue what the admins should hear. Returns how many messages are new."""
        measures = self.measures(edge)
        if not any(alarms.exceeded(kind, measure) for kind, measure in measures.items()):
            return 0
        with edge.db.writing(patient=True) as session:
            return alarms.raise_alarms(session, measures, edge.clock.now())

    def measures(self, edge: Edge) -> dict[str, int]:
        """What there is to measure, by kind of alarm."""
        with edge.db.reading() as session:
            late = queues_of(session, edge.clock.now()).late_seconds
        return {
            alarms.LATE: int(max(late["reply"], late["personal"]) // _MINUTE),
            alarms.DISK: min(map(_free_percent, _folders(edge)), default=100),
            alarms.STORE: _store_is_away(edge.store),
            alarms.ERRORS: self._failed.rise(
                sum(n for (_, outcome), n in edge.figures.updates.items() if outcome == POISON)
            ),
            alarms.RIVAL: self._conflicts.rise(edge.figures.conflicts),
        }


class _Hour:
    """How much a count has risen within the last hour."""

    def __init__(self) -> None:
        self._known: deque[tuple[float, int]] = deque([(time.monotonic(), 0)])

    def rise(self, count: int) -> int:
        """Note the count as it is now."""
        now = time.monotonic()
        self._known.append((now, count))
        while self._known[0][0] < now - HOUR_SECONDS:
            self._known.popleft()
        return count - self._known[0][1]


def _folders(edge: Edge) -> list[Path]:
    """Where this process writes: evidence, and the database when it is a file."""
    folders = [edge.store.folder] if isinstance(edge.store, FolderStore) else []
    if edge.db.is_sqlite and edge.db.url.database:
        folders.append(Path(edge.db.url.database).parent)
    return folders


def _store_is_away(store: EvidenceStore) -> int:
    """1 when evidence cannot be written, read and deleted elsewhere; a folder's trouble is the disk's."""
    if isinstance(store, FolderStore):
        return 0
    try:
        store.probe()
    except StoreUnreachable as err:
        log.get().error("store_unreachable", why=str(err))
        return 1
    return 0


def _free_percent(folder: Path) -> int:
    """Of the disk that holds the folder, or will hold it."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return int(usage.free * 100 / usage.total)
