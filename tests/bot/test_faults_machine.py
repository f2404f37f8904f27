"""Bad days of the machine: the database away or full, nothing may be written, the clock wrong."""

import asyncio
import errno
import resource
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, select

from bot import db as database
from bot import dispatch, serve
from bot.db import Database
from bot.dispatch import APOLOGY, WAITS, Dispatch
from bot.evidence_store import FolderStore
from bot.jobs import take_over
from bot.migrate import migrate
from bot.outbound import visible
from bot.settings import SettingsError
from flows import outbox
from flows.events import Event
from flows.models import ChatPace, Gate, Job, Outbox, Task
from flows.outbox import Message
from flows.screen import Reply
from knowledge.library import Library
from tests.support.house import House
from tests.support.slowness import slowness
from tests.support.talk import Talk


@pytest.fixture
def house(database_url: str, library: Library, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """A bot that is not as patient with a locked database as it is in life."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_SECONDS", 0.2)
    made = House(database_url, library)
    yield made
    made.close()


@pytest.fixture
def budi(house: House) -> Talk:
    return house.member(house.unit(), "koordinator", name="Budi Contoh")


def titles(house: House) -> list[str]:
    return list(house.read(lambda s: s.exec(select(Task.title).order_by(col(Task.id))).all()))


@contextmanager
def server(house: House) -> Iterator[psycopg.Connection[Any]]:
    """PostgreSQL itself, past the bot."""
    url = make_url(str(house.settings.database_url)).set(drivername="postgresql", database="postgres")
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        yield connection


def end_connections(connection: psycopg.Connection[Any], name: str) -> None:
    connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))


@contextmanager
def away(house: House) -> Iterator[None]:
    """The database in mid-restart: connections are cut and refused. SQLite: somebody else holds the lock."""
    if house.db.is_sqlite:
        with sqlite3.connect(str(house.db.url.database), isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        return
    name = str(house.db.url.database)
    with server(house) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        end_connections(connection, name)
        yield
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


@contextmanager
def read_only(house: House) -> Iterator[None]:
    """Nothing may be written: a mount that turned read-only, a PostgreSQL that became a standby."""
    if house.db.is_sqlite:

        def refuse(connection: Any) -> None:
            connection.exec_driver_sql("PRAGMA query_only=ON")

        event.listen(house.db.engine, "begin", refuse)
        yield
        event.remove(house.db.engine, "begin", refuse)
        house.db.engine.dispose()
        return
    name = str(house.db.url.database)
    with server(house) as connection:
        connection.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        end_connections(connection, name)
        yield
        connection.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
        end_connections(connection, name)


@pytest.mark.db
@pytest.mark.parametrize("trouble", [away, read_only])
def test_a_database_that_is_away_loses_nothing_and_people_hear_that_it_is_not_lost(
    house: House,
    budi: Talk,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Callable[[House], Any],
) -> None:
    monkeypatch.setattr(dispatch, "OUTAGE_SECONDS", 0.0)
    budi.type("/tugas Sebelum")
    house.standin.say(budi.user_id, "/tugas Selama gangguan")
    house.standin.say(budi.user_id, "/tugas Juga selama gangguan")
    updates = list(house.runner.run(house.app.bot.get_updates(offset=house._offset, timeout=0)))
    with trouble(house):
        for _ in range(2):
            house.process(*updates)
            assert all(house.dispatch.failed(u.update_id) for u in updates), "none may be confirmed"
        assert not house.db.healthy()
    assert [m["text"] for m in budi.messages].count(WAITS) == 1, "told once"
    house.deliver()
    assert titles(house) == ["Sebelum", "Selama gangguan", "Juga selama gangguan"]
    assert len(budi.messages) == 4
    assert not any(m["text"] == visible(APOLOGY) for m in budi.messages)


@pytest.mark.db
def test_a_connection_lost_in_mid_transaction_is_not_noticed_by_anybody(
    house: House, budi: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Dispatch._transact
    lost: list[int] = []

    def losing(self: Dispatch, session: Session, event: Event) -> Reply | None:
        reply = real(self, session, event)
        if len(lost) < 2:
            lost.append(1)
            if house.db.is_sqlite:  # it comes back before it is asked whether it is well
                raise OperationalError("", {}, _locked())
            with server(house) as connection:
                pid = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
                connection.execute("SELECT pg_terminate_backend(%s, 2000)", (pid,))
        return reply

    monkeypatch.setattr(Dispatch, "_transact", losing)
    house.standin.say(budi.user_id, "/tugas Sekali saja")
    (update,) = house.runner.run(house.app.bot.get_updates(timeout=0))
    for _ in range(3):
        house.process(update)
        if not house.dispatch.failed(update.update_id):
            break
    assert lost == [1, 1]
    assert titles(house) == ["Sekali saja"]
    (said,) = budi.messages
    assert said["text"].startswith("Tugas tercatat.\n\nSekali saja")


def _locked() -> sqlite3.OperationalError:
    made = sqlite3.OperationalError("database is locked")
    made.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return made


@contextmanager
def full_disk(house: House) -> Iterator[None]:
    """No file of this process may grow beyond what the database's log has by now."""
    log = Path(f"{house.db.url.database}-wal").stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_messages_with_telegram_until_there_is_room(house: House, budi: Talk) -> None:
    budi.type("/bantuan")
    house.standin.say(budi.user_id, "/tugas Saat disk penuh")
    (update,) = house.runner.run(house.app.bot.get_updates(offset=house._offset, timeout=0))
    with full_disk(house):
        house.process(update)
        assert house.dispatch.failed(update.update_id)
        assert not house.db.healthy(), "a probe that writes nothing would call this well"
    house.deliver()
    assert titles(house) == ["Saat disk penuh"]
    assert budi.text.startswith("Tugas tercatat.\n\nSaat disk penuh")


@pytest.mark.db
def test_evidence_that_finds_the_disk_full_waits_for_room_however_long(
    house: House, budi: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = FolderStore.put
    refused: list[int] = []

    def full(self: FolderStore, data: bytes) -> str:
        if len(refused) < 9:  # more often than a job is tried
            refused.append(1)
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(self, data)

    monkeypatch.setattr(FolderStore, "put", full)
    budi.send_file("notula-rapat.txt", b"Notula rapat tim kerja", "text/plain")
    for _ in range(12):
        house.settle()
        with house.writing() as session:
            for job in session.exec(select(Job).where(Job.state == "waiting")).all():
                job.due_at = 0.0
    assert len(refused) == 9
    assert house.read(lambda s: set(s.exec(select(Job.state)).all())) == {"done"}
    assert budi.text.startswith("1 berkas diterima.")


def test_a_start_waits_for_the_database_and_in_the_end_says_in_one_sentence_that_it_is_not_there(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = [0]

    def coming_up(db: Database) -> None:
        tries[0] += 1
        if tries[0] < 3:
            raise ConnectionRefusedError
        migrate(db)

    async def start() -> None:
        await serve._migrate(house.edge, asyncio.Event())

    monkeypatch.setattr(serve, "pause", lambda _stop, _seconds: asyncio.sleep(0))
    monkeypatch.setattr(serve, "migrate", coming_up)
    house.runner.run(start())
    assert tries == [3]
    tries[0] = -10
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        house.runner.run(start())


def test_a_stop_does_not_wait_for_long_work_which_is_taken_up_again(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert serve.STOP_SECONDS + dispatch.FINISH_SECONDS < 10
    monkeypatch.setattr(serve, "STOP_SECONDS", 1.0)
    begun, end = threading.Event(), threading.Event()
    tries: list[int] = []

    def long(args: Any, _files: object, _library: object) -> Any:
        tries.append(1)
        begun.set()
        if len(tries) == 1:
            end.wait(300)
            raise OSError(errno.EIO, "too late")
        return args

    monkeypatch.setitem(outbox._jobs, "uji", outbox.JobKind(lambda _turn: None, prepare=long))
    with house.writing() as session:
        outbox.add_job(session, "uji", "uji", {}, house.clock.now())

    async def run() -> float:
        stop = asyncio.Event()
        running = asyncio.ensure_future(serve.run_parts(house.app, stop))
        await asyncio.to_thread(begun.wait, 60)
        stop.set()
        began = time.monotonic()
        await running
        return time.monotonic() - began

    busy = slowness()
    assert house.runner.run(run()) < 3 * max(busy, slowness())
    assert house.read(lambda s: s.exec(select(Job.state).where(Job.key == "uji")).one()) == "leased"
    take_over(house.db)
    house.settle()
    assert house.read(lambda s: s.exec(select(Job.state).where(Job.key == "uji")).one()) == "done"
    end.set()
    for thread in threading.enumerate():
        if thread.name == "long-work":
            thread.join(30)
    assert house.read(lambda s: s.exec(select(Job.state).where(Job.key == "uji")).one()) == "done"
    assert len(tries) == 2, "what failed too late does not bring it back"


@pytest.mark.db
def test_a_clock_set_back_by_hours_holds_up_nothing(house: House, budi: Talk) -> None:
    house.send_due()
    with house.writing() as session:
        outbox.add(session, [Message("uji:1", budi.user_id, text="Pengingat")], house.clock.now())
        ahead = house.db.clock(session) + 5 * 3600  # all this was written while the clock was wrong
        row = session.exec(select(Outbox)).one()
        row.due_at = ahead + 1.0
        outbox.add_job(session, "announce.count", "uji", {}, house.clock.now())
        session.exec(select(Job).where(Job.key == "uji")).one().due_at = ahead + 1.0
        session.merge(ChatPace(chat_id=budi.user_id, next_at=ahead))
        for gate in session.exec(select(Gate)).all():
            gate.next_at = gate.seen_at = ahead
    house.send_due()  # the look that notices it
    with house.db.reading() as session:
        now = house.db.clock(session)
        waiting = session.exec(select(Outbox.due_at)).all(), session.exec(select(Job.due_at)).all()
        assert max(map(max, waiting)) < now + 2.0
    time.sleep(1.1)
    house.send_due()
    assert [m["text"] for m in budi.messages] == ["Pengingat"]


def test_a_calendar_that_jumps_tells_nothing_twice_and_misses_no_day(house: House, budi: Talk) -> None:
    budi.type("/tugas Kirim laporan / 27 januari")
    start = house.clock.now()
    house.advance(to=start + timedelta(days=1, hours=6))  # Tuesday afternoon
    for hours in (9, -20, 30, -30, 0):  # wrong by hours, in both directions
        house.clock.set_to(start + timedelta(days=1, hours=6 + hours))
        house.send_due()
    house.advance(to=start + timedelta(days=9))
    days = [m["date"] // 86400 for m in budi.messages if "Kirim laporan" in str(m.get("text"))][1:]
    assert len(days) == len(set(days)) == 3, "a week before, the day before and the day, each once"
    assert int((start + timedelta(days=9)).timestamp()) // 86400 == days[-1]
