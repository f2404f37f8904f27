"""The database: the only place that opens a transaction.

SQLite: WAL, `BEGIN IMMEDIATE` for writers, so that two writers queue instead of failing halfway.
PostgreSQL: READ COMMITTED; rows that people edit are locked by the services that change them.
"""

import errno
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, create_engine

BUSY_TIMEOUT_SECONDS = 10
_OUR_LOCKS = 72100
BACKING_UP, SWEEPING = 1, 2
_RETRY_STATES = {"40001", "40P01"}
_LOST_STATES = ("08", "25006", "53", "57P0")
"""PostgreSQL: no connection; read-only; out of disk, memory or connections; shut down."""
_LOST_SQLITE = {5, 6, 8, 10, 13, 14}
"""SQLite: busy, locked, read-only, input or output failed, full, cannot be opened."""
_LOST_DISK = {
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EFBIG,
    errno.EROFS,
    errno.EIO,
    errno.EMFILE,
    errno.ENFILE,
    errno.EACCES,
}


class Turnstile:
    """Lets one writer of this process in at a time: people's answers first, then in order of coming.

    SQLite has one writer and lets the others poll, ever more rarely: a busy queue would starve an answer.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._busy = False
        self._waiting: tuple[deque[threading.Event], deque[threading.Event]] = (deque(), deque())

    def enter(self, patient: bool) -> bool:
        """Wait for one's turn; False when it did not come in time (the database then says so itself)."""
        with self._lock:
            if not self._busy:
                self._busy = True
                return True
            turn = threading.Event()
            self._waiting[patient].append(turn)
        if turn.wait(BUSY_TIMEOUT_SECONDS):
            return True
        with self._lock:
            if turn.is_set():
                return True
            self._waiting[patient].remove(turn)
        return False

    def leave(self) -> None:
        """Let the next one in."""
        with self._lock:
            waiting = self._waiting[False] or self._waiting[True]
            if waiting:
                waiting.popleft().set()
            else:
                self._busy = False


class Database:
    """One engine and its two kinds of transaction. Thread-safe."""

    def __init__(self, url: str, *, pool_size: int = 5) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.is_sqlite and self.url.database and self.url.database != ":memory:":
            Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        self._turnstile = Turnstile()
        self.engine = _sqlite_engine(url, pool_size) if self.is_sqlite else _postgres_engine(url, pool_size)

    @contextmanager
    def writing(self, *, patient: bool = False) -> Iterator[Session]:
        """A transaction that may write; commits at the end, rolls back on any exception.

        `patient` is for work that nobody waits for at this moment: on SQLite it lets answers go first.
        """
        inside = self.is_sqlite and self._turnstile.enter(patient)
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
        finally:
            if inside:
                self._turnstile.leave()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A read-only transaction over one consistent state; always rolled back."""
        options: dict[str, Any] = {"pandu_reading": True}
        if not self.is_sqlite:
            options["postgresql_readonly"] = True
            options["isolation_level"] = "REPEATABLE READ"
        with (
            self.engine.connect().execution_options(**options) as connection,
            Session(connection, expire_on_commit=False) as session,
        ):
            try:
                yield session
            finally:
                session.rollback()

    def healthy(self) -> bool:
        """Whether one small write commits now. Tells a broken database from a bug of ours."""
        try:
            with self.writing() as session:
                # A row that is really written: what changes nothing succeeds on a full disk too.
                session.execute(
                    text(
                        "INSERT INTO gate (bot_id, next_at) VALUES (0, 1) "
                        "ON CONFLICT (bot_id) DO UPDATE SET next_at = gate.next_at + 1"
                    )
                )
        except Exception:
            return False
        return True

    def lock_chat(self, session: Session, chat_id: int) -> None:
        """Order this chat's updates among all processes (SQLite: the write lock already does)."""
        if not self.is_sqlite:
            session.execute(text("SELECT pg_advisory_xact_lock(:chat)"), {"chat": chat_id})

    @contextmanager
    def alone(self, work: int) -> Iterator[bool]:
        """Whether no other process does this work now; if so they are kept from it until the end.

        `work` is a small number of its own. SQLite serves one machine and one process: always alone.
        """
        if self.is_sqlite:
            yield True
            return
        with self.engine.connect() as connection, connection.begin():
            # Two numbers: a key space apart from the chats'.
            ask = text("SELECT pg_try_advisory_xact_lock(:ours, :work)")
            yield bool(connection.execute(ask, {"ours": _OUR_LOCKS, "work": work}).scalar_one())

    def clock(self, session: Session) -> float:
        """The database's own clock in seconds since 1970: the pace clock, one for all processes."""
        if self.is_sqlite:
            sql = "SELECT (julianday('now') - 2440587.5) * 86400.0"
        else:
            sql = "SELECT extract(epoch FROM clock_timestamp())::float8"
        return float(session.execute(text(sql)).scalar_one())

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def is_conflict(exc: BaseException) -> bool:
    """Whether the same transaction may succeed when simply tried again.

    A deadlock, a row moved on, or a connection that was lost: if it was lost while committing, the second try
    finds the update among those seen.
    """
    if isinstance(exc, StaleDataError):
        return True
    return isinstance(exc, DBAPIError) and (
        exc.connection_invalidated or getattr(exc.orig, "sqlstate", None) in _RETRY_STATES
    )


def is_outage(exc: BaseException) -> bool:
    """Whether the machine failed and not the program: no connection, no room, nothing may be written."""
    if isinstance(exc, PoolTimeout):
        return True
    if isinstance(exc, OSError):
        return isinstance(exc, ConnectionError) or exc.errno in _LOST_DISK
    if not isinstance(exc, DBAPIError):
        return False
    if (code := getattr(exc.orig, "sqlite_errorcode", None)) is not None:
        return int(code) & 0xFF in _LOST_SQLITE
    state = getattr(exc.orig, "sqlstate", None)
    if state is None:  # the server said nothing: it was not there
        return exc.connection_invalidated or isinstance(exc, OperationalError)
    return str(state).startswith(_LOST_STATES)


def _sqlite_engine(url: str, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
        pool_size=pool_size,
        max_overflow=5,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # The driver's own transaction handling would begin late and in the wrong mode.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_SECONDS * 1000}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        reading = connection.get_execution_options().get("pandu_reading")
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


def _postgres_engine(url: str, pool_size: int) -> Engine:
    return create_engine(url, pool_size=pool_size, max_overflow=5, pool_pre_ping=True)
