"""Carries out queued work: claims messages under the gate, paces and sends them; has jobs done.

No leader: the gate row's lock is the only coordination, so any number of processes may run this. Delivery is
at least once, because Telegram offers no idempotency key: a kill before recording repeats what was in hand.
"""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select, update

from bot import log
from bot.app import App, edge_of
from bot.claiming import next_due
from bot.db import Database
from bot.errors import Failure, Verdict
from bot.grouping import GROUP_GAP_SECONDS, delivery, learn
from bot.jobs import LEASE_SECONDS, MAX_TRIES, RETRY_SECONDS, Jobs, due, files_of
from bot.outbound import IN_CHAT, STORE_AWAY, Outbound, Place, Sent
from bot.polling import pause
from bot.threads import in_thread
from flows import outbox
from flows.models import ChatPace, Gate, Job, Outbox, Person
from flows.queue import screen_for, screens_alike
from flows.screen import Screen

HORIZON_SECONDS = 1.0
BROADCAST_HORIZON_SECONDS = 0.5
"""How far ahead broadcasts may take places: that long an answer or a reminder may stand behind them."""
SENDERS = 2
"""While one batch is being sent, the next is claimed; the gate keeps the pace of all together."""
PRIVATE_GAP_SECONDS = 1.0
IDLE_SECONDS = 0.5
SOON_SECONDS = 3.0
STORM_SECONDS = 5.0
"""Two chats told to wait within this time mean that all are too fast."""
CLOSED = "GateClosed"
"""The code of a message that was not tried because of that."""


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
    place: Place = IN_CHAT
    pin: bool = False
    slot: str | None = None


class Worker:
    """One process's hand in the queue."""

    def __init__(
        self,
        app: App,
        *,
        private_gap_seconds: float = PRIVATE_GAP_SECONDS,
        group_gap_seconds: float = GROUP_GAP_SECONDS,
    ) -> None:
        edge = edge_of(app)
        edge.connect(app.bot)
        assert edge.outbound is not None
        self._edge = edge
        self._db: Database = edge.db
        self._outbound: Outbound = edge.outbound
        self._bot_id = app.bot.id
        self._username = app.bot.username
        self._owner = uuid.uuid4().hex
        self.jobs = Jobs(edge, self._owner, files_of(app, edge))
        self._nudge = asyncio.Event()
        self._private_gap_seconds, self._group_gap_seconds = private_gap_seconds, group_gap_seconds
        self._limited: dict[int, float] = {}
        self._closed_until = 0.0
        self._ahead_seconds = 0.0

    def nudge(self) -> None:
        """Something may have been queued: look now instead of at the next beat."""
        self._nudge.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Send and do until `stop`. Jobs have a hand of their own: a long one holds up no message."""
        hands = (self._jobs_once, *([self._send_once] * SENDERS))
        await asyncio.gather(*(self._keep(hand, stop) for hand in hands))

    async def _keep(self, once: Callable[[], Awaitable[bool]], stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                busy = await once()
            except Exception as exc:
                log.get().error("worker_failed", error=type(exc).__name__)
                await pause(stop, 2.0)
                continue
            if not busy:
                await self._rest(stop)

    async def once(self) -> bool:
        """One round: jobs, then one batch of messages. Returns whether there was anything to do."""
        done = await self._jobs_once()
        return await self._send_once() or done

    async def _jobs_once(self) -> bool:
        self.jobs.files.loop = asyncio.get_running_loop()
        if not await asyncio.to_thread(self._anything, Job):
            return False
        return await in_thread(self.jobs.do_some)

    async def _send_once(self) -> bool:
        if not await asyncio.to_thread(self._anything, Outbox):
            return False
        batch = await asyncio.to_thread(self._claim)
        if not batch:  # the gate is ahead, or nothing of it was true any more
            await asyncio.sleep(self._ahead_seconds)
            return self._ahead_seconds > 0.0
        started = time.monotonic()
        results = await asyncio.gather(*(self._send(item, started) for item in batch))
        self._edge.figures.sent("queued", (s.failure.code if s.failure else None for s in results))
        await asyncio.to_thread(self._record, list(zip(batch, results, strict=True)))
        await asyncio.to_thread(
            learn,
            self._db,
            self._edge.clock.now(),
            [
                delivery(item.chat_id, sent, item.slot, item.edit_message_id)
                for item, sent in zip(batch, results, strict=True)
            ],
        )
        return True

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
            if not (
                await asyncio.to_thread(self._anything, Outbox, SOON_SECONDS)
                or await asyncio.to_thread(self._anything, Job, SOON_SECONDS)
            ):
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
        if (left := self._closed_until - time.monotonic()) > 0:
            return Sent(failure=Failure(Verdict.WAIT, CLOSED, left))
        if item.edit_message_id is not None:
            sent = await self._outbound.edit(item.chat_id, item.edit_message_id, item.screen, item.place)
        else:
            sent = await self._outbound.send(item.chat_id, item.screen, item.place)
        if sent.failure is not None and sent.failure.verdict is Verdict.WAIT:
            self._note_limit(item.chat_id, sent.failure.seconds)
        elif item.pin and sent.message_id not in (None, item.edit_message_id):
            sent = await self._outbound.pin(item.chat_id, sent)
        return sent

    def _note_limit(self, chat_id: int, seconds: float) -> None:
        """A second chat told to wait within moments: what this process has claimed is not tried either."""
        now = time.monotonic()
        self._limited = {c: at for c, at in self._limited.items() if at > now - STORM_SECONDS}
        if self._limited.keys() - {chat_id}:
            self._closed_until = max(self._closed_until, now + seconds)
        self._limited[chat_id] = now

    # transactions, in a thread --------------------------------------------------------------------

    def _anything(self, table: type[Outbox] | type[Job], ahead_seconds: float = 0.0) -> bool:
        with self._db.reading() as session:
            now = self._db.clock(session) + ahead_seconds
            found: tuple[ColumnElement[bool], ...] = due(table, now)
            if ahead_seconds:
                found = (found[0], col(table.state) == "leased")
            # One question each, so that each walks an index.
            return any(session.exec(select(table.id).where(w).limit(1)).first() is not None for w in found)

    def _claim(self) -> list[Claimed]:
        with self._db.writing(patient=True) as session:
            gate = self._locked_gate(session)
            now = self._db.clock(session)
            self._ahead_seconds = max(0.0, gate.next_at - now - HORIZON_SECONDS)
            if self._ahead_seconds:
                return []
            rows = next_due(session, now, broadcasts=gate.next_at <= now + BROADCAST_HORIZON_SECONDS)
            alike = screens_alike(session, rows, now=self._edge.clock.now(), library=self._edge.library)
            paces = self._paces(session, rows)
            prepared = (self._prepare(session, row, now, alike, paces[row.chat_id]) for row in rows)
            ready = [pair for pair in prepared if pair]
            # Slots start when the drawing is done: counted from its beginning, the first would go in a burst.
            now = self._db.clock(session)
            gap = 1.0 / self._edge.settings.send_rate
            # Direct replies went out beside the gate; the queue yields the time they took.
            cursor = max(now, gate.next_at) + self._outbound.take_direct_count() * gap
            claimed: list[Claimed] = []
            for row, screen in ready:
                if cursor > now + HORIZON_SECONDS:
                    break
                item = self._lease(row, screen, now, cursor, paces[row.chat_id])
                if item is not None:
                    claimed.append(item)
                    cursor += gap
            gate.next_at = cursor
            if not rows:
                self._ahead_seconds = max(0.0, gate.next_at - now - BROADCAST_HORIZON_SECONDS)
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

    def _prepare(
        self,
        session: Session,
        row: Outbox,
        now: float,
        alike: dict[int, Screen | None],
        pace: ChatPace,
    ) -> tuple[Outbox, Screen] | None:
        """The row with its screen; None when its chat must wait or it is no longer true."""
        if pace.next_at > now + HORIZON_SECONDS:
            row.state, row.due_at = "waiting", pace.next_at
            return None
        if row.slot is not None and not self._slot_is_free(session, row, now):
            return None
        if row.id in alike:
            screen = alike[row.id]
        else:
            screen = screen_for(
                session,
                row,
                now=self._edge.clock.now(),
                library=self._edge.library,
                bot_username=self._username,
            )
        if screen is not None:
            return row, screen
        row.state, row.sent_at = "dropped", datetime.now(UTC)
        if row.announcement_id is not None:
            session.flush()
            outbox.tell_settled(session, {row.announcement_id}, self._edge.clock.now())
        return None

    def _slot_is_free(self, session: Session, row: Outbox, now: float) -> bool:
        """Point the row at the message that its slot has in the chat; False while one is on its way there."""
        of_slot = select(Outbox).where(
            Outbox.slot == row.slot, Outbox.chat_id == row.chat_id, Outbox.id != row.id
        )
        flying = of_slot.where(Outbox.state == "leased", col(Outbox.lease_until) >= now)
        if session.exec(flying.limit(1)).first() is not None:
            row.state, row.due_at = "waiting", now + HORIZON_SECONDS
            return False
        last = session.exec(
            of_slot.where(Outbox.state == "sent", col(Outbox.message_id).is_not(None))
            .order_by(col(Outbox.id).desc())
            .limit(1)
        ).first()
        if last is not None:
            row.message_id = max(row.message_id or 0, last.message_id or 0)
        return True

    def _lease(
        self, row: Outbox, screen: Screen, now: float, cursor: float, pace: ChatPace
    ) -> Claimed | None:
        at = max(cursor, pace.next_at)
        if at > now + HORIZON_SECONDS:  # an earlier message of this batch took the chat's turn
            row.state, row.due_at = "waiting", pace.next_at
            return None
        pace.next_at = at + (self._private_gap_seconds if row.chat_id > 0 else self._group_gap_seconds)
        row.state, row.owner, row.lease_until = "leased", self._owner, at + LEASE_SECONDS
        row.tries += 1
        assert row.id is not None
        return Claimed(
            row.id,
            row.chat_id,
            screen,
            at - now,
            row.message_id,
            row.announcement_id,
            row.tries,
            Place(row.thread_id, row.reply_to),
            row.pin,
            row.slot,
        )

    def _paces(self, session: Session, rows: list[Outbox]) -> dict[int, ChatPace]:
        """The pace of each chat, made where there is none, in one query."""
        chats = {row.chat_id for row in rows}
        known = set(session.exec(select(ChatPace).where(col(ChatPace.chat_id).in_(chats))).all())
        new = [ChatPace(chat_id=chat_id) for chat_id in chats - {pace.chat_id for pace in known}]
        session.add_all(new)
        session.flush()
        return {pace.chat_id: pace for pace in (*known, *new)}

    def _record(self, results: list[tuple[Claimed, Sent]]) -> None:
        with self._db.writing(patient=True) as session:
            now = self._db.clock(session)
            settled: set[int] = set()
            ids = [item.row_id for item, _ in results]
            rows = {row.id: row for row in session.exec(select(Outbox).where(col(Outbox.id).in_(ids)))}
            for item, sent in results:
                row = rows.get(item.row_id)
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
            if failure.code != CLOSED:
                self._slow_down(session, row.chat_id, now, failure.seconds)
        elif failure.verdict is Verdict.NETWORK and (item.tries < MAX_TRIES or failure.code == STORE_AWAY):
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
                col(ChatPace.limited_at) > now - STORM_SECONDS, col(ChatPace.chat_id) != chat_id
            )
        ).first()
        pace = session.get(ChatPace, chat_id)
        if pace is not None:
            pace.next_at, pace.limited_at = now + seconds, now
        if others is not None:
            session.execute(
                update(Gate)
                .where(col(Gate.bot_id) == self._bot_id, col(Gate.next_at) < now + seconds)
                .values(next_at=now + seconds)
            )
