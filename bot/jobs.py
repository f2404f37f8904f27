"""Long work (jobs): claimed with a lease, prepared outside any transaction, written in one, tried again."""

import time
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select, update

from bot import log
from bot.app import App, Edge
from bot.db import Database, is_outage
from bot.files import TelegramFiles
from flows import outbox
from flows.models import Job, Outbox
from flows.ports import StoreUnreachable

LEASE_SECONDS = 60.0
MAX_TRIES = 6
JOBS_SECONDS = 0.2
STORE_SECONDS = 30.0
"""So often a job looks whether the store of evidence is back."""
RETRY_SECONDS = (2.0, 10.0, 60.0, 300.0, 900.0)


def files_of(app: App, edge: Edge) -> TelegramFiles:
    """How jobs read what people have sent."""
    limits = edge.settings.evidence_max_bytes, edge.settings.send_max_bytes
    return TelegramFiles(app.bot, edge.store, edge.links, *limits)


class Jobs:
    """One process's hand in long work."""

    def __init__(self, edge: Edge, owner: str, files: TelegramFiles) -> None:
        self._edge = edge
        self._db = edge.db
        self._owner = owner
        self.files = files

    def do_some(self) -> bool:
        """Jobs for a moment, so that many small ones are not held up by the pace of messages."""
        until, done = time.monotonic() + JOBS_SECONDS, False
        while self.do_one():
            done = True
            if time.monotonic() > until:
                break
        return done

    def do_one(self) -> bool:
        """Claim and do the next job; False without any."""
        claimed = self.claim()
        if claimed is None:
            return False
        job_id, kind, _tries, args = claimed
        how: outbox.JobKind | None = None
        try:
            how = outbox.job_kind(kind)
            prepared = self._prepared(how, job_id, args)
            with self._db.writing(patient=True) as session:
                held = session.exec(select(Job).where(Job.id == job_id).with_for_update()).one()
                if held.owner != self._owner:
                    return True  # the lease ran out and another process has it now
                how.work(self._turn(session, job_id, args, prepared))
                held.state, held.done_at = "done", datetime.now(UTC)
        except Exception as exc:
            log.get().error("job_failed", job_id=job_id, kind=kind, error=type(exc).__name__)
            with self._db.writing(patient=True) as session:
                self._note_failure(session, claimed, how, exc)
        return True

    def _note_failure(
        self,
        session: Session,
        claimed: tuple[int, str, int, dict[str, Any]],
        how: outbox.JobKind | None,
        exc: Exception,
    ) -> None:
        job_id, _kind, tries, args = claimed
        failed = session.exec(select(Job).where(Job.id == job_id).with_for_update()).one()
        if failed.owner != self._owner:
            return  # the lease ran out and another process has it now
        failed.error = type(exc).__name__
        if isinstance(exc, StoreUnreachable):
            # The store is away, which is not the job's failure: it waits for as long as that takes.
            failed.state, failed.tries = "waiting", tries - 1
            failed.due_at = self._db.clock(session) + STORE_SECONDS
            return
        if is_outage(exc):  # a full disk is not the job's failure: it waits until there is room
            tries = failed.tries = min(tries, MAX_TRIES - 1)
        failed.state = "failed" if tries >= MAX_TRIES else "waiting"
        failed.due_at = self._db.clock(session) + RETRY_SECONDS[min(tries - 1, len(RETRY_SECONDS) - 1)]
        if failed.state == "failed" and how is not None and how.gave_up is not None:
            how.gave_up(self._turn(session, job_id, args))

    def _prepared(self, how: outbox.JobKind, job_id: int, args: dict[str, Any]) -> Any:
        """What is read and made before the writing; the snapshot is closed before the long part begins."""
        given: Any = args
        if how.gather is not None:
            with self._db.reading() as session:
                given = how.gather(self._turn(session, job_id, args))
        return how.prepare(given, self.files, self._edge.library) if how.prepare is not None else given

    def _turn(
        self, session: Session, job_id: int, args: dict[str, Any], prepared: Any = None
    ) -> outbox.JobTurn:
        return outbox.JobTurn(session, args, self._edge.clock.now(), self._edge.library, prepared, job_id)

    def claim(self) -> tuple[int, str, int, dict[str, Any]] | None:
        """The next job, leased: its id, kind, how often it was tried, and its arguments."""
        with self._db.writing(patient=True) as session:
            now = self._db.clock(session)
            job = session.exec(
                select(Job)
                .where(or_(*due(Job, now)))
                .order_by(col(Job.due_at), col(Job.id))
                .limit(1)
                .with_for_update(skip_locked=True)
            ).first()
            if job is None:
                return None
            job.state, job.owner, job.lease_until = "leased", self._owner, now + LEASE_SECONDS
            job.tries += 1
            assert job.id is not None
            return job.id, job.kind, job.tries, dict(job.args)


def due(table: type[Outbox] | type[Job], now: float) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """What waits and is due; and what somebody who died has left behind."""
    return (
        and_(col(table.state) == "waiting", col(table.due_at) <= now),
        and_(col(table.state) == "leased", col(table.lease_until) < now),
    )


def take_over(db: Database) -> None:
    """Take up at once what a process that was killed had in hand. Only for who knows to be alone.

    Otherwise it waits for the reservation to run out, and comes a minute later in the middle of a talk.
    """
    with db.writing() as session:
        for table in (Outbox, Job):
            taken = update(table).where(col(table.state) == "leased")
            session.execute(taken.values(state="waiting", owner=None, lease_until=None, due_at=0.0))
