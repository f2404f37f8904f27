"""`kill -9` of a process at any moment: nothing is missed, and at most one batch comes twice.

On PostgreSQL one of two processes is killed again and again, on SQLite the only one.
"""

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import uvicorn
from sqlmodel import col, func, select, update

from bot.claiming import BATCH
from bot.db import Database
from bot.demo.app import create_app
from bot.demo.standin import StandIn
from flows.models import Job, Outbox, ReminderRound
from knowledge.library import Library
from tests.soak.oracle import ONE, Oracle, is_off
from tests.soak.people import ZONES, carry_out, settle

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
UNITS = int(os.environ.get("SOAK_KILL_UNITS", "4"))
DAYS = int(os.environ.get("SOAK_KILL_DAYS", "5"))
FIRST = date(2027, 2, 15)
SEED = int(os.environ.get("SOAK_SEED", "2027"))


class Telegram:
    """The stand-in on a port, in a thread."""

    def __init__(self, clock: Path) -> None:
        self.standin = StandIn(now=lambda: datetime.fromisoformat(clock.read_text()))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        config = uvicorn.Config(create_app(self.standin), port=self.port, log_level="error")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        until = time.monotonic() + 20
        while not self._server.started and time.monotonic() < until:
            time.sleep(0.05)

    def close(self) -> None:
        """Stop it."""
        self._server.should_exit = True
        self._thread.join(10)
        self.standin.close()


class Processes:
    """So many senders; one of them is killed now and then and started again."""

    def __init__(self, url: str, port: int, clock: Path, count: int, chance: random.Random) -> None:
        self._start_args = [sys.executable, "-m", "tests.soak.sender", url, str(port)]
        self._environment = {**os.environ, "CALENDAR": str(clock)}
        self._chance = chance
        self.running = [self._start() for _ in range(count)]
        self.killed = 0

    def _start(self) -> subprocess.Popen[str]:
        made = subprocess.Popen(
            self._start_args,
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert made.stdout is not None
        assert made.stdout.readline().strip() == "ready"
        return made

    def kill_one(self) -> None:
        """As a power cut does, and start it again."""
        place = self._chance.randrange(len(self.running))
        self._end(self.running[place])
        self.killed += 1
        self.running[place] = self._start()

    def _end(self, process: subprocess.Popen[str]) -> None:
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        if process.stdout is not None:
            process.stdout.close()

    def close(self) -> None:
        """End those that were started here."""
        for process in self.running:
            self._end(process)


@pytest.fixture
def clock(tmp_path: Path) -> Path:
    path = tmp_path / "calendar"
    path.write_text(_at(FIRST, 1).isoformat())
    return path


@pytest.fixture
def telegram(clock: Path) -> Iterator[Telegram]:
    made = Telegram(clock)
    yield made
    made.close()


def _at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 35, tzinfo=UTC)


def _set(clock: Path, moment: datetime) -> None:
    """Written aside and moved into place, so that nobody reads half a moment."""
    new = clock.with_suffix(".new")
    new.write_text(moment.isoformat())
    new.replace(clock)


def _waiting(db: Database) -> int:
    with db.reading() as session:
        return sum(
            session.exec(
                select(func.count()).select_from(table).where(col(table.state).in_(("waiting", "leased")))
            ).one()
            for table in (Outbox, Job)
        )


def _expire_leases(db: Database) -> None:
    """What a dead process held would be free after a minute; the test does not wait for it."""
    with db.writing() as session:
        for table in (Outbox, Job):
            session.execute(update(table).where(col(table.state) == "leased").values(lease_until=0.0))


@pytest.mark.db
def test_killed_at_random_nothing_is_missed_and_hardly_anything_doubled(
    database_url: str, database_kind: str, library: Library, clock: Path, telegram: Telegram
) -> None:
    chance = random.Random(SEED)
    db = Database(database_url)
    with db.writing() as session:
        town = settle(session, library, UNITS, SEED)
    for person in town.people.values():
        person.leave.clear()
        telegram.standin.add_user(person.account, "Orang").started = True
    oracle = Oracle(town, library.instrument("lke-2021"), lambda _day: True)
    with db.writing() as session:
        day = date(2027, 1, 1)
        while day < FIRST:
            carry_out(session, town, day, _at(day, 3))
            day += ONE
    count = 2 if database_kind == "postgres" else 1
    processes = Processes(database_url, telegram.port, clock, count, chance)
    try:
        for number in range(DAYS):
            day = FIRST + number * ONE
            _set(clock, _at(day, 1))  # 08.35 WIB, later in the east
            time.sleep(chance.uniform(0.05, 0.8))
            processes.kill_one()
            _expire_leases(db)
            _drained(db, day)
            with db.writing() as session:
                carry_out(session, town, day, _at(day, 3))
    finally:
        processes.close()
    sent = Counter[tuple[int, date]]()
    for person in town.people.values():
        for message in telegram.standin.from_bot(person.account):
            sent[(person.id, datetime.fromtimestamp(message["date"], UTC).date())] += 1
    wanted = {
        (person.id, day)
        for person in town.people.values()
        for matter in town.of_unit(person.unit)
        for day in oracle.expected(matter, person, None, [])
        if FIRST <= day < FIRST + timedelta(days=DAYS)
    }
    with db.reading() as session:
        keys = session.exec(select(func.count()).select_from(Outbox)).one()
        failed = session.exec(select(Outbox.error).where(Outbox.state == "failed")).all()
    db.close()
    assert list(failed) == []
    assert len(wanted) > 20
    assert {pair for pair in wanted if not sent[pair]} == set(), "missed"
    assert not {day for _, day in sent if is_off(day)}
    repeated = sum(times - 1 for times in sent.values())
    print(f"\n{database_kind}: {processes.killed} kills, {keys} messages, {repeated} repeated")
    assert repeated <= processes.killed * BATCH
    assert max(sent.values()) <= 1 + processes.killed


def _drained(db: Database, day: date, seconds: float = 120.0) -> None:
    """Until the rounds of the day have begun and all that they call for is done."""
    until = time.monotonic() + seconds
    while not _begun(db, day) or _waiting(db):
        assert time.monotonic() < until, "the queue does not empty"
        time.sleep(0.1)


def _begun(db: Database, day: date) -> bool:
    with db.reading() as session:
        later = select(func.count()).select_from(ReminderRound).where(col(ReminderRound.last_day) >= day)
        return is_off(day) or session.exec(later).one() == len(ZONES)
