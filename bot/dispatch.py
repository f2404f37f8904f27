"""The one update path: order per chat, one step in a thread, one reply, and the error net."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session
from telegram import Update

from bot import log
from bot.clock import Clock
from bot.db import Database, is_conflict, is_outage
from bot.errors import Verdict
from bot.figures import ANSWERED, POISON, TOO_MANY, UNCOMMITTED, Figures
from bot.flood import TOAST, TOO_FAST, Flood
from bot.grouping import GROUP_GAP_SECONDS, delivery, learn, take_turn
from bot.inbound import event_of, sent_at
from bot.outbound import Outbound, Sent
from flows import outbox, placed, routes
from flows.events import Event
from flows.models import Outbox, SeenUpdate
from flows.routes import Action
from flows.screen import Reply, Screen
from flows.step import show, step
from flows.tables import metadata
from flows.turn import Turn, begin
from knowledge.library import Library

CONFLICT_TRIES = 3
OUTAGE_TRIES = 20
"""So often an update meets a database that has just failed and answers again, before it counts as poison."""
REPLY_SECONDS = 5.0
LATE_SECONDS = 30.0
"""A reply whose fate is open for longer than REPLY_SECONDS is sent again after this, unless it did arrive."""
FINISH_SECONDS = 2.0
OUTAGE_SECONDS = 20.0
"""People are told of an outage that lasts so long, each once."""
REMEMBERED = 10_000
DESK = frozenset({routes.ASK.name, routes.TOPIC.name, routes.TOPIC_PICK.name, routes.COORD_ASK.name})
"""Screens of the answer desk: which of them people come to is how well it answers."""

APOLOGY = (
    "Maaf, permintaan ini belum bisa diproses karena gangguan di sisi kami. "
    "Yang sudah tersimpan tetap aman.\n\nSilakan coba lagi, atau ketik /menu."
)
WAITS = (
    "Bot sedang tidak dapat menyimpan. Pesan Anda tidak hilang: akan dijawab begitu pulih, jadi tidak perlu "
    "dikirim ulang."
)

# Statements of every update, on the bare table and built once.
_TABLE = metadata.tables[SeenUpdate.__tablename__]
_SEEN = select(_TABLE.c.shown, _TABLE.c.replied).where(
    _TABLE.c.bot_id == bindparam("bot"), _TABLE.c.update_id == bindparam("update")
)
_SEE = insert(_TABLE)
_REPLIED = (
    update(_TABLE)
    .where(_TABLE.c.bot_id == bindparam("bot"), _TABLE.c.update_id == bindparam("update"))
    .values(replied=True)
)
_QUEUE = metadata.tables[Outbox.__tablename__]
_WITHDRAW = (
    update(_QUEUE)
    .where(_QUEUE.c.key == bindparam("of"), _QUEUE.c.state == "waiting")
    .values(state="dropped", error="Arrived")
)


@dataclass(slots=True)
class Dispatch:
    """Carries updates out. `failed(update_id)` tells which must not be confirmed to Telegram."""

    db: Database
    library: Library
    clock: Clock
    outbound: Outbound
    bot_id: int
    bot_username: str
    zone: str
    threads: ThreadPoolExecutor
    flood: Flood
    serves_api: bool = False
    figures: Figures = field(default_factory=Figures)
    on_commit: Callable[[], None] = lambda: None
    group_gap_seconds: float = GROUP_GAP_SECONDS
    _failed: set[int] = field(default_factory=set)
    _replied: dict[int, None] = field(default_factory=dict)  # oldest first
    _unrecorded: set[int] = field(default_factory=set)
    _locks: dict[int, tuple[asyncio.Lock, int]] = field(default_factory=dict)
    _late: set[asyncio.Future[None]] = field(default_factory=set)
    _outages: Counter[int] = field(default_factory=Counter)  # by update
    _out_since: float | None = None
    _told: set[int] = field(default_factory=set)  # chats that know of the outage

    def failed(self, update_id: int) -> bool:
        """Whether this update could not be committed. Asking forgets it: it will come again."""
        known = update_id in self._failed
        self._failed.discard(update_id)
        return known

    async def handle(self, update: Update) -> None:
        """Answer one update. Returns when its transaction is committed and its reply was tried once."""
        event = event_of(update, self.bot_username)
        if event is None or update.update_id in self._replied:
            return
        arrived = time.monotonic()
        if event.kind not in {"block", "group"} and not self.flood.takes(
            event.sender.telegram_id, arrived, sent_at(update)
        ):
            self.figures.updates[event.kind, TOO_MANY] += 1
            await self._decline(event, arrived)
            return
        async with self._in_order(event.chat_id):
            if update.update_id in self._replied:  # delivered a second time while the first was at work
                return
            outcome = await self._answer(event)
        self.figures.updates[event.kind, outcome] += 1
        self.figures.took(time.monotonic() - arrived)

    async def _decline(self, event: Event, now: float) -> None:
        """It came faster than anybody works: said once in a while, to taps always."""
        if event.kind == "tap":
            await self.outbound.reply(event, Reply(None, TOAST))
        elif self.flood.tells(event.sender.telegram_id, now):
            await self.outbound.reply(event, Reply(Screen(TOO_FAST)))

    async def _answer(self, event: Event) -> str:
        loop = asyncio.get_running_loop()
        # Taken here, on the loop, so that no two transactions record the same rows and wait for each other.
        recorded, self._unrecorded = self._unrecorded, set()
        try:
            reply = await loop.run_in_executor(self.threads, self._commit, event, recorded)
        except Exception as exc:
            self._unrecorded |= recorded
            return await self._net(event, exc)
        self.on_commit()
        self._well(event)
        if reply is not None:
            await self._send(event, reply)
            if reply.shown is not None and reply.shown.route in DESK:
                self.figures.answers[reply.shown.route] += 1
        return ANSWERED

    async def _send(self, event: Event, reply: Reply) -> None:
        sending = asyncio.ensure_future(self._try(event, reply))
        done, _ = await asyncio.wait({sending}, timeout=REPLY_SECONDS)
        if not done:
            # In flight: it may still arrive. What makes sure that something does is written before we go on.
            if not await self._queued(event, reply, LATE_SECONDS):
                return
            late = asyncio.ensure_future(self._pursue(event, sending))
            self._late.add(late)
            late.add_done_callback(self._late.discard)
            self._remember(event)
            return
        sent = sending.result()
        failure = sent.failure
        self.figures.sent("direct", [failure.code if failure is not None else None])
        if failure is not None:
            log.get().warning("reply_refused", update_id=event.update_id, error=failure.code)
            again = failure.verdict in {Verdict.WAIT, Verdict.NETWORK} and reply.shown is not None
            if again and not await self._queued(event, reply):
                return
        if failure is not None or sent.moved_to is not None or sent.topic_lost is not None:
            lesson = delivery(event.chat_id, sent)
            await asyncio.to_thread(learn, self.db, self.clock.now(), [lesson])
        if sent.message_id is not None and reply.shown is not None and placed.keeper_of(reply.shown):
            await self._keep_place(reply.shown, sent.message_id)
        self._remember(event)

    async def _try(self, event: Event, reply: Reply) -> Sent:
        """Reply; a screen that cannot be drawn is no reason for silence."""
        try:
            return await self.outbound.reply(event, reply)
        except Exception as exc:
            log.get().error("reply_failed", update_id=event.update_id, error=type(exc).__name__)
        try:
            return await self.outbound.reply(event, Reply(Screen(APOLOGY)))
        except Exception:
            return Sent()

    async def _queued(self, event: Event, reply: Reply, wait_seconds: float = 0.0) -> bool:
        """Whether a reply is queued now. If it cannot be, its update stays with Telegram and shows again."""
        try:
            await asyncio.to_thread(self._queue, event, reply, wait_seconds)
        except Exception as exc:
            log.get().error("reply_not_queued", update_id=event.update_id, error=type(exc).__name__)
            self._failed.add(event.update_id)
            return False
        return True

    async def _pursue(self, event: Event, sending: asyncio.Future[Sent]) -> None:
        """A late reply that arrived after all is not sent a second time."""
        sent = await sending
        self.figures.sent("direct", [sent.failure.code if sent.failure is not None else None])
        if sent.failure is None or sent.failure.verdict not in {Verdict.WAIT, Verdict.NETWORK}:
            try:
                await asyncio.to_thread(self._withdraw, event)
            except Exception as exc:
                log.get().warning("late_reply_stays", update_id=event.update_id, error=type(exc).__name__)

    def _withdraw(self, event: Event) -> None:
        with self.db.writing() as session:
            session.execute(_WITHDRAW, {"of": self._reply_key(event)})

    def _remember(self, event: Event) -> None:
        self._replied[event.update_id] = None
        self._unrecorded.add(event.update_id)
        if len(self._replied) > REMEMBERED:
            del self._replied[next(iter(self._replied))]

    async def _keep_place(self, shown: Action, message_id: int) -> None:
        """Note where a screen stands. Not knowing it costs an edit: later news comes as a new message."""

        def note() -> None:
            keep = placed.keeper_of(shown)
            assert keep is not None
            with self.db.writing() as session:
                keep(session, shown.args, message_id)

        try:
            await asyncio.get_running_loop().run_in_executor(self.threads, note)
        except Exception as exc:
            log.get().warning("place_not_kept", route=shown.route, error=type(exc).__name__)

    def _commit(self, event: Event, recorded: Collection[int] = ()) -> Reply | None:
        """The transaction of one event; None when its reply is known to have gone out."""
        for attempt in range(CONFLICT_TRIES + 1):
            try:
                with self.db.writing() as session:
                    self._record_replied(session, recorded)
                    return self._transact(session, event)
            except Exception as exc:
                if attempt == CONFLICT_TRIES or not is_conflict(exc):
                    raise
        raise AssertionError("unreachable")

    def _transact(self, session: Session, event: Event) -> Reply | None:
        self.db.lock_chat(session, event.chat_id)
        key = {"bot": self.bot_id, "update": event.update_id}
        seen = session.execute(_SEEN, key).first()
        now = self.clock.now()
        state, actor = begin(session, event, now)
        turn = Turn(
            session=session,
            event=event,
            state=state,
            now=now,
            library=self.library,
            bot_username=self.bot_username,
            default_zone=self.zone,
            serves_api=self.serves_api,
            _actor=actor,
        )
        if seen is not None:
            shown = routes.unpack(seen.shown) or routes.HOME()
            return None if seen.replied else show(turn, shown)
        reply = step(turn)
        shown = reply.shown or routes.HOME()
        if _is_new_in_group(event, reply) and not take_turn(session, event.chat_id, self.group_gap_seconds):
            outbox.add(session, [self._as_queued(event, reply)], self.clock.now())
            reply = Reply(None, reply.toast, shown=shown)
        session.flush()
        session.execute(
            _SEE,
            {
                "bot_id": self.bot_id,
                "update_id": event.update_id,
                "shown": shown.pack(),
                "replied": reply.screen is None and not reply.toast,
                "at": datetime.now(UTC),
            },
        )
        return reply

    def _record_replied(self, session: Session, update_ids: Collection[int]) -> None:
        # In the next transaction rather than one of its own: a kill in between costs one repeated reply.
        if update_ids:
            rows = [{"bot": self.bot_id, "update": update_id} for update_id in sorted(update_ids)]
            session.connection().execute(_REPLIED, rows)

    async def flush(self) -> None:
        """Record which replies went out (at a quiet moment and before a stop)."""
        recorded, self._unrecorded = self._unrecorded, set()
        if recorded:
            try:
                await asyncio.to_thread(self._write_replied, recorded)
            except Exception:
                self._unrecorded |= recorded
                raise

    def _write_replied(self, update_ids: set[int]) -> None:
        with self.db.writing() as session:
            self._record_replied(session, update_ids)

    async def finish(self) -> None:
        """Before a stop: late replies get a moment to arrive, and what went out is recorded."""
        if self._late:
            await asyncio.wait(self._late, timeout=FINISH_SECONDS)
        await self.flush()

    def _queue(self, event: Event, reply: Reply, wait_seconds: float = 0.0) -> None:
        """A direct reply that Telegram would not take now goes the queued way, as its screen then is."""
        with self.db.writing() as session:
            queued = replace(self._as_queued(event, reply), wait_seconds=wait_seconds)
            outbox.add(session, [queued], self.clock.now())
        self.on_commit()

    def _reply_key(self, event: Event) -> str:
        return f"reply:{self.bot_id}:{event.update_id}"

    def _as_queued(self, event: Event, reply: Reply) -> outbox.Message:
        action = reply.shown or routes.HOME()
        # A screen that depends on the typed text cannot be drawn again later: its text is kept instead.
        frozen = reply.screen.text if reply.screen and not reply.whole else None
        stays = event.below and not (reply.screen is not None and reply.screen.in_place)
        return outbox.Message(
            key=self._reply_key(event),
            chat_id=event.chat_id,
            action=None if frozen else action,
            text=frozen,
            lane=outbox.LANE_REPLY,
            edit_message_id=event.message_id if event.kind == "tap" and not stays else None,
            thread_id=event.thread_id,
            reply_to=event.message_id if event.kind != "tap" and not event.private else None,
        )

    async def _net(self, event: Event, exc: Exception) -> str:
        """Whose fault is it? A write that commits now proves the database well: then it is ours."""
        route = event.action.route if event.action else event.command or event.kind
        log.get().error("update_failed", update_id=event.update_id, route=route, error=type(exc).__name__)
        if not await asyncio.to_thread(self.db.healthy):
            return await self._leave(event)
        if is_outage(exc) and self._outages[event.update_id] < OUTAGE_TRIES:
            self._outages[event.update_id] += 1  # it came back between the failure and the probe
            return await self._leave(event)
        try:
            await asyncio.to_thread(self._mark_poison, event)
        except Exception:
            return await self._leave(event)
        self._outages.pop(event.update_id, None)
        await self._send(event, Reply(Screen(APOLOGY), shown=routes.HOME()))
        return POISON

    async def _leave(self, event: Event) -> str:
        """Not confirmed: Telegram keeps it. In a long outage each chat hears once that nothing is lost."""
        self._failed.add(event.update_id)
        self.flood.gives_back(event.sender.telegram_id)
        now = time.monotonic()
        self._out_since = self._out_since or now
        long = now - self._out_since > OUTAGE_SECONDS
        if long and event.private and event.kind != "block" and event.chat_id not in self._told:
            self._told.add(event.chat_id)
            said = Reply(None, WAITS) if event.kind == "tap" else Reply(Screen(WAITS))
            await asyncio.wait({asyncio.ensure_future(self._try(event, said))}, timeout=REPLY_SECONDS)
        return UNCOMMITTED

    def _well(self, event: Event) -> None:
        self._outages.pop(event.update_id, None)
        if self._out_since is not None:
            self._out_since = None
            self._told.clear()

    def _mark_poison(self, event: Event) -> None:
        with self.db.writing() as session:
            if session.get(SeenUpdate, (self.bot_id, event.update_id)) is None:
                session.add(
                    SeenUpdate(
                        bot_id=self.bot_id,
                        update_id=event.update_id,
                        shown=routes.HOME().pack(),
                        at=datetime.now(UTC),
                    )
                )

    @asynccontextmanager
    async def _in_order(self, chat_id: int) -> AsyncIterator[None]:
        lock, waiting = self._locks.get(chat_id, (asyncio.Lock(), 0))
        self._locks[chat_id] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks[chat_id]
            if waiting == 1:
                del self._locks[chat_id]
            else:
                self._locks[chat_id] = (lock, waiting - 1)


def _is_new_in_group(event: Event, reply: Reply) -> bool:
    """Whether the answer is one more message in a group, which takes only so many a minute."""
    return not event.private and reply.screen is not None and (event.kind != "tap" or event.below)
