"""Carries out queued work: claims messages under the gate, paces and sends them; runs jobs.

No leader: the gate row's lock is the only coordination, so any number of processes may run this.
Delivery is at least once, because Telegram offers no idempotency key: a kill between sending and
recording repeats at most one batch.
"""

import asyncio
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select, update

from bot import log
from bot.app import App, edge_of
from bot.db import Database
from bot.errors import Verdict
from bot.files import TelegramFiles
from bot.outbound import Outbound, Sent
from bot.polling import pause
from flows import outbox
from flows.models import ChatPace, Gate, Job, Outbox, Person
from flows.queue import screen_for
from flows.screen import Screen

BATCH = 25
HORIZON_SECONDS = 1.0
LEASE_SECONDS = 60.0
PRIVATE_GAP_SECONDS = 1.0
GROUP_GAP_SECONDS = 3.0
MAX_TRIES = 6
IDLE_SECONDS = 0.5
JOBS_SECONDS = 0.2
SOON_SECONDS = 3.0
RETRY_SECONDS = (2.0, 10.0, 60.0, 300.0, 900.0)


@dataclass(frozen=True, slots=True)
class Claimed:
    """One message with its moment, in seconds from the claim."""

    row_id: int
    chat_id: int
    screen: Screen
    wait_seconds: float
    edit_message_id: int | None
    announcement_id: int | None
    tries: int


class Worker:
    """One process's hand in the queue."""

    def __init__(self, app: App, *, private_gap_seconds: float = PRIVATE_GAP_SECONDS) -> None:
        edge = edge_of(app)
        edge.connect(app.bot)
        assert edge.outbound is not None
        self._edge = edge
        self._db: Database = edge.db
        self._outbound: Outbound = edge.outbound
        self._bot_id = app.bot.id
        self._username = app.bot.username
        self._owner = uuid.uuid4().hex
        self._nudge = asyncio.Event()
        limits = edge.settings.evidence_max_bytes, edge.settings.send_max_bytes
        self._files = TelegramFiles(app.bot, edge.store, edge.links, *limits)
        self._private_gap_seconds = private_gap_seconds

    def nudge(self) -> None:
        """Something may have been queued: look now instead of at the next beat."""
        self._nudge.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send and do until `stop`."""
        while not stop.is_set():
            try:
                busy = await self.once()
            except Exception as exc:
                log.get().error("worker_failed", error=type(exc).__name__)
                await pause(stop, 2.0)
                continue
            if not busy:
                await self._rest(stop)

    async def once(self) -> bool:
        """One round: jobs, then one batch of messages. Returns whether there was anything to do."""
        if not await asyncio.to_thread(self._anything):
            return False
        self._files.loop = asyncio.get_running_loop()
        done = await asyncio.to_thread(self._do_jobs)
        batch = await asyncio.to_thread(self._claim)
        started = time.monotonic()
        results = await asyncio.gather(*(self._send(item, started) for item in batch))
        if batch:
            await asyncio.to_thread(self._record, list(zip(batch, results, strict=True)))
        return done or bool(batch)

    async def drain(self, seconds: float = 30.0) -> None:
        """Work until nothing is due now (tests and the demo's clock)."""
        until = time.monotonic() + seconds
        while await self.once() and time.monotonic() < until:
            pass

    async def settle(self, seconds: float = 20.0) -> None:
        """Work until all that is queued for these moments is sent or given up (the demo's clock)."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if await self.once():
                continue
            if not await asyncio.to_thread(self._anything, SOON_SECONDS):
                return
            await asyncio.sleep(0.05)

    async def _rest(self, stop: asyncio.Event) -> None:
        waits = [asyncio.ensure_future(stop.wait()), asyncio.ensure_future(self._nudge.wait())]
        await asyncio.wait(waits, timeout=IDLE_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        self._nudge.clear()

    async def _send(self, item: Claimed, started: float) -> Sent:
        await asyncio.sleep(max(0.0, started + item.wait_seconds - time.monotonic()))
        if item.edit_message_id is not None:
            return await self._outbound.edit(item.chat_id, item.edit_message_id, item.screen)
        return await self._outbound.send(item.chat_id, item.screen)

    # transactions, in a thread --------------------------------------------------------------------

    def _anything(self, ahead_seconds: float = 0.0) -> bool:
        with self._db.reading() as session:
            now = self._db.clock(session) + ahead_seconds
            for table in (Outbox, Job):
                open_rows = (
                    or_(_due(table, now), col(table.state) == "leased") if ahead_seconds else _due(table, now)
                )
                if session.exec(select(table.id).where(open_rows).limit(1)).first() is not None:
                    return True
        return False

    def _claim(self) -> list[Claimed]:
        with self._db.writing() as session:
            gate = self._locked_gate(session)
            now = self._db.clock(session)
            if gate.next_at > now + HORIZON_SECONDS:
                return []
            rows = session.exec(
                select(Outbox)
                .where(_due(Outbox, now))
                .order_by(col(Outbox.lane), col(Outbox.due_at), col(Outbox.id))
                .limit(BATCH)
            ).all()
            ready = [pair for pair in (self._prepare(session, row, now) for row in rows) if pair]
            # Slots start when the drawing is done: counted from its beginning, the first would go in a burst.
            now = self._db.clock(session)
            gap = 1.0 / self._edge.settings.send_rate
            # Direct replies went out beside the gate; the queue yields the time they took.
            cursor = max(now, gate.next_at) + self._outbound.take_direct_count() * gap
            claimed: list[Claimed] = []
            for row, screen in ready:
                if cursor > now + HORIZON_SECONDS:
                    break
                item = self._lease(session, row, screen, now, cursor)
                if item is not None:
                    claimed.append(item)
                    cursor += gap
            gate.next_at = cursor
            return claimed

    def _locked_gate(self, session: Session) -> Gate:
        query = select(Gate).where(Gate.bot_id == self._bot_id).with_for_update()
        gate = session.exec(query).first()
        if gate is None:
            insert = sqlite.insert if self._db.is_sqlite else postgresql.insert
            new = insert(Gate).values(bot_id=self._bot_id, next_at=0.0)
            session.execute(new.on_conflict_do_nothing(index_elements=["bot_id"]))
            gate = session.exec(query).one()
        return gate

    def _prepare(self, session: Session, row: Outbox, now: float) -> tuple[Outbox, Screen] | None:
        """The row with its screen; None when its chat must wait or it is no longer true."""
        pace = self._pace(session, row.chat_id)
        if pace.next_at > now + HORIZON_SECONDS:
            row.state, row.due_at = "waiting", pace.next_at
            return None
        screen = screen_for(
            session, row, now=self._edge.clock.now(), library=self._edge.library, bot_username=self._username
        )
        if screen is not None:
            return row, screen
        row.state, row.sent_at = "dropped", datetime.now(UTC)
        if row.announcement_id is not None:
            session.flush()
            outbox.tell_settled(session, {row.announcement_id}, self._edge.clock.now())
        return None

    def _lease(
        self, session: Session, row: Outbox, screen: Screen, now: float, cursor: float
    ) -> Claimed | None:
        pace = self._pace(session, row.chat_id)
        at = max(cursor, pace.next_at)
        if at > now + HORIZON_SECONDS:  # an earlier message of this batch took the chat's turn
            row.state, row.due_at = "waiting", pace.next_at
            return None
        pace.next_at = at + (self._private_gap_seconds if row.chat_id > 0 else GROUP_GAP_SECONDS)
        row.state, row.owner, row.lease_until = "leased", self._owner, at + LEASE_SECONDS
        row.tries += 1
        assert row.id is not None
        return Claimed(row.id, row.chat_id, screen, at - now, row.message_id, row.announcement_id, row.tries)

    def _pace(self, session: Session, chat_id: int) -> ChatPace:
        pace = session.get(ChatPace, chat_id)
        if pace is None:
            pace = ChatPace(chat_id=chat_id)
            session.add(pace)
        return pace

    def _record(self, results: list[tuple[Claimed, Sent]]) -> None:
        with self._db.writing() as session:
            now = self._db.clock(session)
            settled: set[int] = set()
            for item, sent in results:
                row = session.get(Outbox, item.row_id)
                if row is None or row.owner != self._owner:
                    continue  # the lease ran out and another process has it now
                self._settle(session, row, item, sent, now)
                if row.announcement_id is not None and row.state != "waiting":
                    settled.add(row.announcement_id)
            if settled:
                session.flush()
                outbox.tell_settled(session, settled, self._edge.clock.now())

    def _settle(self, session: Session, row: Outbox, item: Claimed, sent: Sent, now: float) -> None:
        row.lease_until, row.owner = None, None
        failure = sent.failure
        if failure is None:
            row.state, row.message_id, row.sent_at = "sent", sent.message_id, datetime.now(UTC)
            return
        row.error = failure.code
        log.get().warning("send_failed", outbox_id=row.id, error=failure.code)
        if failure.verdict is Verdict.WAIT:
            # Slowing down is not the message's failure: it does not count as a try.
            row.state, row.due_at, row.tries = "waiting", now + failure.seconds, row.tries - 1
            self._slow_down(session, row.chat_id, now, failure.seconds)
        elif failure.verdict is Verdict.NETWORK and item.tries < MAX_TRIES:
            row.state = "waiting"
            row.due_at = now + RETRY_SECONDS[min(item.tries - 1, len(RETRY_SECONDS) - 1)]
        else:
            row.state = "failed"
            if failure.verdict is Verdict.BLOCKED and row.person_id is not None:
                person = session.get(Person, row.person_id)
                if person is not None and person.unreachable_at is None:
                    person.unreachable_at = self._edge.clock.now()

    def _slow_down(self, session: Session, chat_id: int, now: float, seconds: float) -> None:
        """429: this chat waits; a second chat meeting it within five seconds closes the gate for all."""
        others = session.exec(
            select(ChatPace.chat_id).where(
                col(ChatPace.limited_at) > now - 5.0, col(ChatPace.chat_id) != chat_id
            )
        ).first()
        pace = session.get(ChatPace, chat_id)
        if pace is not None:
            pace.next_at, pace.limited_at = now + seconds, now
        if others is not None:
            session.execute(
                update(Gate).where(col(Gate.bot_id) == self._bot_id).values(next_at=now + seconds)
            )

    def _do_jobs(self) -> bool:
        """Jobs for a moment, so that many small ones are not held up by the pace of messages."""
        until, done = time.monotonic() + JOBS_SECONDS, False
        while self._do_job():
            done = True
            if time.monotonic() > until:
                break
        return done

    def _do_job(self) -> bool:
        claimed = self._claim_job()
        if claimed is None:
            return False
        job_id, kind, tries, args = claimed
        how: outbox.JobKind | None = None
        try:
            how = outbox.job_kind(kind)
            prepared = self._prepared(how, job_id, args)
            with self._db.writing() as session:
                held = session.exec(select(Job).where(Job.id == job_id).with_for_update()).one()
                if held.owner != self._owner:
                    return True  # the lease ran out and another process has it now
                how.work(self._job_turn(session, job_id, args, prepared))
                held.state, held.done_at = "done", datetime.now(UTC)
        except Exception as exc:
            log.get().error("job_failed", job_id=job_id, kind=kind, error=type(exc).__name__)
            with self._db.writing() as session:
                failed = session.get_one(Job, job_id)
                failed.error = type(exc).__name__
                failed.state = "failed" if tries >= MAX_TRIES else "waiting"
                failed.due_at = (
                    self._db.clock(session) + RETRY_SECONDS[min(tries - 1, len(RETRY_SECONDS) - 1)]
                )
                if failed.state == "failed" and how is not None and how.gave_up is not None:
                    how.gave_up(self._job_turn(session, job_id, args))
        return True

    def _prepared(self, how: outbox.JobKind, job_id: int, args: dict[str, Any]) -> Any:
        """What is read and made before the writing; the snapshot is closed before the long part begins."""
        given: Any = args
        if how.gather is not None:
            with self._db.reading() as session:
                given = how.gather(self._job_turn(session, job_id, args))
        return how.prepare(given, self._files, self._edge.library) if how.prepare is not None else given

    def _job_turn(
        self, session: Session, job_id: int, args: dict[str, Any], prepared: Any = None
    ) -> outbox.JobTurn:
        return outbox.JobTurn(session, args, self._edge.clock.now(), self._edge.library, prepared, job_id)

    def _claim_job(self) -> tuple[int, str, int, dict[str, Any]] | None:
        with self._db.writing() as session:
            now = self._db.clock(session)
            job = session.exec(
                select(Job)
                .where(_due(Job, now))
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


def _due(table: type[Outbox] | type[Job], now: float):  # type: ignore[no-untyped-def]
    return or_(
        and_(col(table.state) == "waiting", col(table.due_at) <= now),
        and_(col(table.state) == "leased", col(table.lease_until) < now),
    )
