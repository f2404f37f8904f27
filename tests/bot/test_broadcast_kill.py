"""A broadcast across a `kill -9`, in storms, and by two processes: everybody once, nobody forgotten."""

import asyncio
import multiprocessing
import os
import signal
import time
from collections import Counter
from collections.abc import Callable

import pytest
import uvicorn
from sqlmodel import col, func, insert, select
from telegram.ext import ApplicationBuilder

from bot.app import build, edge_of
from bot.claiming import BROADCAST_BATCH
from bot.db import Database
from bot.demo.app import create_app
from bot.demo.standin import DEMO_TOKEN, StandIn
from bot.settings import Settings
from bot.worker import SENDERS, Worker
from flows.broadcast import sending
from flows.models import Agency, Announcement, Membership, Outbox, Person, Unit
from tests.support.house import START, House

pytestmark = pytest.mark.slow

FIRST = 860_000_000
RATE = 60.0
PEOPLE = 150


def _work(url: str, base: str) -> None:
    """Another process of the same bot: it only works off the queue."""

    async def run() -> None:
        builder = (
            ApplicationBuilder()
            .token(DEMO_TOKEN)
            .base_url(f"{base}/bot")
            .base_file_url(f"{base}/file/bot")
            .connection_pool_size(32)
            .updater(None)
        )
        app = build(builder, Settings(_env_file=None, database_url=url, send_rate=RATE))
        edge_of(app).clock.set_to(START)
        await app.initialize()
        await Worker(app).run(asyncio.Event())

    asyncio.run(run())


class Telegram:
    """The stand-in on loopback, in this process."""

    def __init__(self) -> None:
        self.standin = StandIn()
        for number in range(PEOPLE + 1):
            self.standin.add_user(FIRST + number, f"Orang {number}").started = True
        config = uvicorn.Config(
            create_app(self.standin), host="127.0.0.1", port=0, log_level="error", lifespan="off"
        )
        self.socket = config.bind_socket()
        self.server = uvicorn.Server(config)
        self.base = f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def received(self) -> Counter[int]:
        """How many messages each person has got."""
        return Counter({FIRST + n: len(self.standin.from_bot(FIRST + n)) for n in range(1, PEOPLE + 1)})


def _announce(db: Database) -> int:
    """An announcement to everybody, begun."""
    with db.writing() as session:
        agency = Agency(name="Instansi Contoh", created_at=START)
        session.add(agency)
        session.flush()
        unit = Unit(agency_id=agency.id or 0, name="Kantor Contoh", created_at=START)
        session.add(unit)
        session.flush()
        people = [
            {"telegram_id": FIRST + n, "name": f"Orang {n}", "created_at": START} for n in range(PEOPLE + 1)
        ]
        session.execute(insert(Person), people)
        ids = session.exec(select(Person.id).order_by(col(Person.id))).all()
        held = {"agency_id": agency.id, "unit_id": unit.id, "created_at": START}
        session.execute(
            insert(Membership),
            [{**held, "person_id": i, "role": "anggota" if n else "koordinator"} for n, i in enumerate(ids)],
        )
        row = Announcement(
            unit_id=unit.id or 0, created_by=ids[0] or 0, text="Rapat besok.", created_at=START
        )
        session.add(row)
        session.flush()
        sending.start(session, row, unit, START)
        return row.id or 0


def _done(db: Database) -> bool:
    with db.reading() as session:
        return session.exec(select(Announcement.state)).one() == "done"


async def _until(check: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if await asyncio.to_thread(check):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("not in time")


@pytest.mark.db
def test_a_killed_process_loses_nobody_and_repeats_at_most_what_it_had_in_hand(database_url: str) -> None:
    db, telegram = Database(database_url), Telegram()
    spawn = multiprocessing.get_context("spawn")

    async def story() -> None:
        serving = asyncio.ensure_future(telegram.server.serve(sockets=[telegram.socket]))
        await asyncio.to_thread(_announce, db)
        first = spawn.Process(target=_work, args=(database_url, telegram.base), daemon=True)
        first.start()
        await _until(lambda: telegram.received().total() > PEOPLE // 4, 60)
        os.kill(first.pid or 0, signal.SIGKILL)
        first.join(10)
        assert telegram.received().total() < PEOPLE, "killed in the middle"
        with db.writing() as session:  # its leases would run for a minute
            for row in session.exec(select(Outbox).where(Outbox.state == "leased")).all():
                row.lease_until = 0.0
        second = spawn.Process(target=_work, args=(database_url, telegram.base), daemon=True)
        second.start()
        await _until(lambda: _done(db), 60)
        second.kill()
        second.join(10)
        telegram.server.should_exit = True
        await serving

    try:
        asyncio.run(story())
        got = telegram.received()
        assert set(got.values()) <= {1, 2}
        assert len([n for n in got.values() if n == 2]) <= BROADCAST_BATCH * SENDERS
        assert len(+got) == PEOPLE
    finally:
        telegram.standin.close()
        db.close()


@pytest.mark.db
def test_two_processes_send_to_everybody_once_and_at_one_pace(database_url: str) -> None:
    db, telegram = Database(database_url), Telegram()
    spawn = multiprocessing.get_context("spawn")

    async def story() -> None:
        serving = asyncio.ensure_future(telegram.server.serve(sockets=[telegram.socket]))
        await asyncio.to_thread(_announce, db)
        pair = [
            spawn.Process(target=_work, args=(database_url, telegram.base), daemon=True) for _ in range(2)
        ]
        for process in pair:
            process.start()
        await _until(lambda: _done(db), 90)
        for process in pair:
            process.kill()
            process.join(10)
        telegram.server.should_exit = True
        await serving

    try:
        asyncio.run(story())
        assert set(telegram.received().values()) == {1}
        with db.reading() as session:
            owners = session.exec(select(func.count()).where(Outbox.state == "sent")).one()
        assert owners >= PEOPLE
        at = [c.at_seconds for c in telegram.standin.calls if c.method.lower() == "sendmessage"]
        assert max(sum(start <= t < start + 1.0 for t in at) for start in at) <= RATE * 1.4
    finally:
        telegram.standin.close()
        db.close()


@pytest.mark.db
def test_a_storm_of_refusals_is_waited_out_and_nobody_is_forgotten(
    database_url: str, library: object
) -> None:
    house = House(database_url, library, send_rate=200.0)  # type: ignore[arg-type]
    try:
        unit = house.unit()
        boss = house.member(unit, "koordinator")
        people = [house.member(unit, name=f"Orang {n}") for n in range(40)]
        house.standin.faults.add(method="sendMessage", kind="429", retry_after=1, times=15)
        with house.writing() as session:
            person = session.exec(select(Person.id).where(Person.telegram_id == boss.user_id)).one()
            row = Announcement(unit_id=unit, created_by=person or 0, text="Rapat.", created_at=START)
            session.add(row)
            session.flush()
            sending.start(session, row, session.get_one(Unit, unit), START)
        until = time.monotonic() + 60
        while time.monotonic() < until and any(not p.messages for p in people):
            house.settle()
        assert [len(p.messages) for p in people] == [1] * 40
        refused = [c for c in house.standin.calls if c.error_code == 429]
        assert len(refused) == 15
        # After the second refusal the rest of a batch is not even tried: a storm is not fed.
        tried = [c.at_seconds for c in refused]
        assert tried[-1] - tried[0] > 1.0
        states = house.read(
            lambda s: s.exec(select(Outbox.state).where(col(Outbox.announcement_id).is_not(None))).all()
        )
        assert set(states) == {"sent"}
    finally:
        house.close()
