"""Messages for others and for later, and long work: rows written in the transaction that decides them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from flows.models import Job, Outbox
from flows.ports import Files
from flows.routes import Action
from flows.tables import metadata
from knowledge.library import Library

LANE_REPLY, LANE_PERSONAL, LANE_BROADCAST = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Message:
    """One message to queue: an action rendered at its receiver when sent, or a frozen text.

    `key` says what it is and for whom; a second message under the same key is the same message.
    `edit_message_id` makes it replace that message instead of arriving as a new one. Messages of one `slot`
    of a chat are one message there: a newer one takes the place of those still waiting, and edits the one
    that was sent. `pin` pins it. `thread_id` is the topic it goes to, `reply_to` the message it quotes.
    It is sent no sooner than `wait_seconds` from now by the database's clock.
    """

    key: str
    chat_id: int
    action: Action | None = None
    person_id: int | None = None
    text: str | None = None
    lane: int = LANE_PERSONAL
    announcement_id: int | None = None
    edit_message_id: int | None = None
    slot: str | None = None
    thread_id: int | None = None
    reply_to: int | None = None
    pin: bool = False
    wait_seconds: float = 0.0


REPLACED = "Replaced"
"""The `error` of a message that a newer one of its slot has taken the place of."""


def add(session: Session, messages: Iterable[Message], now: datetime) -> int:
    """Queue messages; those whose key exists already are left alone. Returns how many were new."""
    ordered = sorted(messages, key=lambda m: m.key)
    clock = pace_clock(session) if any(m.wait_seconds for m in ordered) else 0.0
    rows = [
        {
            "key": m.key,
            "chat_id": m.chat_id,
            "person_id": m.person_id,
            "action": m.action.pack() if m.action else None,
            "text": m.text,
            "lane": m.lane,
            "announcement_id": m.announcement_id,
            "message_id": m.edit_message_id,
            "slot": m.slot,
            "thread_id": m.thread_id,
            "reply_to": m.reply_to,
            "pin": m.pin,
            "state": "waiting",
            "due_at": clock + m.wait_seconds if m.wait_seconds else 0.0,
            "tries": 0,
            "created_at": now,
        }
        # Sorted, so that two processes queueing the same keys wait for each other instead of deadlocking.
        for m in ordered
    ]
    new = _insert_new(session, Outbox, rows)
    for message in ordered:
        if message.slot is not None:
            _replace_waiting(session, message)
    return new


def _replace_waiting(session: Session, message: Message) -> None:
    """Older messages of the slot that still wait are not sent any more: the newest says it all."""
    table = metadata.tables[Outbox.__tablename__]
    newest = (
        select(func.max(table.c.id))
        .where(table.c.slot == message.slot, table.c.chat_id == message.chat_id)
        .scalar_subquery()
    )
    older = (
        select(table.c.id)
        .where(
            table.c.slot == message.slot,
            table.c.chat_id == message.chat_id,
            table.c.state == "waiting",
            table.c.id < newest,
        )
        .with_for_update(skip_locked=True)  # one that is being claimed right now goes out
    )
    ids = session.connection().execute(older).scalars().all()
    if ids:
        gone = update(table).where(table.c.id.in_(ids)).values(state="dropped", error=REPLACED)
        session.connection().execute(gone)


def add_job(
    session: Session, kind: str, key: str, args: dict[str, Any], now: datetime, *, wait_seconds: float = 0.0
) -> int:
    """Queue long work under a key; a job with the same key is the same job. Returns 1 if it is new.

    It begins `wait_seconds` from now by the database's clock.
    """
    return _insert_new(
        session,
        Job,
        [
            {
                "key": key,
                "kind": kind,
                "args": args,
                "state": "waiting",
                "due_at": pace_clock(session) + wait_seconds if wait_seconds else 0.0,
                "tries": 0,
                "created_at": now,
            }
        ],
    )


def pace_clock(session: Session) -> float:
    """The database's own clock in seconds since 1970, by which queued work is paced."""
    if session.get_bind().dialect.name == "sqlite":
        sql = "SELECT (julianday('now') - 2440587.5) * 86400.0"
    else:
        sql = "SELECT extract(epoch FROM clock_timestamp())::float8"
    return float(session.connection().execute(text(sql)).scalar_one())


def _insert_new(session: Session, table: type[Outbox] | type[Job], rows: list[dict[str, Any]]) -> int:
    """Insert those whose key is new; returns how many they were.

    On the bare table with one prepared statement for all: composing one for hundreds of rows took ten times
    as long as the database needs, under the write lock that people's answers wait for.
    """
    if not rows:
        return 0
    bare = metadata.tables[str(table.__tablename__)]
    dialect = session.get_bind().dialect.name
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    statement = insert(bare).on_conflict_do_nothing(index_elements=["key"]).returning(bare.c.id)
    # Counted by what comes back: on PostgreSQL the driver reports no row count here.
    return len(session.connection().execute(statement, rows).all())


@dataclass(slots=True)
class JobTurn:
    """What a job may use. It runs in its own transaction; `prepared` is what its preparation returned."""

    session: Session
    args: dict[str, Any]
    now: datetime
    library: Library
    prepared: Any = None
    job_id: int = 0


Prepare = Callable[[Any, Files, Library], Any]
Work = Callable[[JobTurn], None]
Gather = Callable[[JobTurn], Any]


@dataclass(frozen=True, slots=True)
class JobKind:
    """How a kind of job is done: perhaps a reading, perhaps long work without a transaction, then writing."""

    work: Work
    prepare: Prepare | None = None
    gather: Gather | None = None
    gave_up: Work | None = None


_jobs: dict[str, JobKind] = {}
_settled: list[Callable[[Session, set[int], datetime], None]] = []


def carries_out(
    kind: str, prepare: Prepare | None = None, *, gather: Gather | None = None, gave_up: Work | None = None
) -> Callable[[Work], Work]:
    """Register the function that does a kind of job. Doing it twice must be harmless.

    `gather` runs first, in a read-only transaction over one consistent state, and returns plain data.
    `prepare` is next, in a thread and outside any transaction: downloads, reading files, drawing. It gets
    what `gather` returned, or else the job's arguments. `gave_up` is called in the transaction that marks a
    job as failed for good.
    """

    def register(function: Work) -> Work:
        if kind in _jobs:
            raise ValueError(f"job kind {kind} has two functions")
        _jobs[kind] = JobKind(function, prepare, gather, gave_up)
        return function

    return register


def job_kind(kind: str) -> JobKind:
    """How a kind of job is done. Raises KeyError if nobody does it."""
    return _jobs[kind]


def when_settled(
    function: Callable[[Session, set[int], datetime], None],
) -> Callable[[Session, set[int], datetime], None]:
    """Register a function told, in the recording transaction, of announcements whose messages settled."""
    _settled.append(function)
    return function


def tell_settled(session: Session, announcement_ids: set[int], now: datetime) -> None:
    """Tell every registered function (called by the worker)."""
    for function in _settled:
        function(session, announcement_ids, now)
