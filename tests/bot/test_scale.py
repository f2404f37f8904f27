"""Several processes of the real program on one PostgreSQL, behind a balancer, replaced one after another."""

import asyncio
import itertools
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from sqlalchemy.engine import make_url
from sqlmodel import col, func, insert, select

from bot import backup, heartbeat
from bot.app import build, edge_of
from bot.db import BACKING_UP, Database
from bot.demo.app import create_app
from bot.demo.standin import DEMO_TOKEN, StandIn
from bot.migrate import behind
from bot.settings import Settings
from bot.web import PATH, SECRET_HEADER
from flows.broadcast.service import DONE, SCHEDULED
from flows.learning.entries import ACTIVE
from flows.models import (
    Agency,
    AgencyEntry,
    Announcement,
    Assessment,
    Job,
    Membership,
    Outbox,
    Person,
    SeenUpdate,
    Task,
    Unit,
)
from knowledge.library import Library
from tests.support.databases import Postgres, emptied
from tests.support.demo import ROOT

SECRET = "rahasia-yang-panjang-sekali"
FIRST, PEOPLE, EACH = 870_000_000, 40, 5
RATE = 25
NEWS = "Apel pagi dipindah ke aula."
READY_SECONDS = 120.0
"""Two seconds on a quiet machine; this one may be busy."""


class Telegram:
    """The stand-in on loopback: what the processes send goes there."""

    def __init__(self) -> None:
        self.standin = StandIn()
        for number in range(PEOPLE):
            self.standin.add_user(FIRST + number, f"Orang {number}").started = True
        config = uvicorn.Config(
            create_app(self.standin), host="127.0.0.1", port=0, log_level="error", lifespan="off"
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)
        self.address = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"

    def said_to(self, person: int) -> list[str]:
        """Every text that somebody has got."""
        return [str(each.get("text", "")) for each in self.standin.from_bot(FIRST + person)]

    def moments(self, words: str) -> list[int]:
        """The seconds in which messages with these words arrived."""
        return [
            int(each["date"])
            for number in range(PEOPLE)
            for each in self.standin.from_bot(FIRST + number)
            if words in str(each.get("text", ""))
        ]

    def close(self) -> None:
        """Stop it."""
        self.standin.end_waits()
        self._server.should_exit = True
        self._thread.join(10)
        self.standin.close()


class Processes:
    """`pandu-zi run` with a webhook, so often as wanted, each on a port of its own."""

    def __init__(self, url: str, telegram: str, folder: Path) -> None:
        self._folder = folder
        self._environment = {
            "PATH": os.environ.get("PATH", ""),
            "DATABASE_URL": url,
            "DATA_DIR": str(folder),
            "TELEGRAM_BOT_TOKEN": DEMO_TOKEN,
            "TELEGRAM_BASE_URL": f"{telegram}/bot",
            "TELEGRAM_BASE_FILE_URL": f"{telegram}/file/bot",
            "MODE": "webhook",
            "WEBHOOK_URL": "https://pandu.test",
            "WEBHOOK_SECRET": SECRET,
            "HEARTBEAT_SECONDS": "0.3",
            "SEND_RATE": str(RATE),
        }
        self.running: dict[int, subprocess.Popen[bytes]] = {}

    def start(self) -> int:
        """One more; returns its port."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = int(free.getsockname()[1])
        with (self._folder / f"{port}.log").open("wb") as log:
            self.running[port] = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=ROOT,
                env={**self._environment, "WEB_PORT": str(port)},
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        return port

    async def ready(self, port: int) -> None:
        """Wait until its health check says so."""
        until = time.monotonic() + READY_SECONDS
        async with httpx.AsyncClient() as client:
            while time.monotonic() < until:
                assert self.running[port].poll() is None, self.said()
                try:
                    if (await client.get(f"http://127.0.0.1:{port}/healthz/ready")).status_code == 200:
                        return
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.1)
        raise AssertionError(f"not ready in time\n{self.said()}")

    async def stop(self, port: int) -> None:
        """Ask it to go, as systemd does, which waits no longer than this either."""
        process = self.running.pop(port)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(process.wait, 30) == 0

    def said(self) -> str:
        """What all of them wrote to standard error."""
        return "\n".join(path.read_text() for path in sorted(self._folder.glob("*.log")))

    def close(self) -> None:
        """End those that were started here."""
        for process in self.running.values():
            process.kill()
            process.wait(10)


class Balancer:
    """Deals updates out in turn. Where nobody listens the next one is asked; what fails comes again."""

    def __init__(self, client: httpx.AsyncClient, *ports: int) -> None:
        self._client = client
        self.ports = list(ports)
        self._turn = itertools.count()
        self.again = 0

    async def deliver(self, body: dict[str, Any]) -> None:
        """As Telegram does: until somebody confirms."""
        while True:
            port = self.ports[next(self._turn) % len(self.ports)]
            try:
                if await self.post(port, body) == 200:
                    return
                self.again += 1
            except httpx.ConnectError:
                pass
            except httpx.TransportError:
                self.again += 1
            await asyncio.sleep(0.05)

    async def post(self, port: int, body: dict[str, Any], secret: str = SECRET) -> int:
        """One call; its status."""
        address = f"http://127.0.0.1:{port}{PATH}"
        return (await self._client.post(address, json=body, headers={SECRET_HEADER: secret})).status_code


def _update(telegram: Telegram, person: int, words: str) -> dict[str, Any]:
    number = telegram.standin.say(FIRST + person, words)
    body: dict[str, Any] = telegram.standin.updates[number]
    return body


def _fill(db: Database, library: Library) -> int:
    """A unit of many; its announcement waits for its moment. Returns the number of the agency's answer."""
    now = datetime.now(UTC)
    with db.writing() as session:
        agency = Agency(name="Instansi Contoh", created_at=now)
        session.add(agency)
        session.flush()
        unit = Unit(agency_id=agency.id or 0, name="Kantor Contoh", created_at=now)
        session.add(unit)
        session.flush()
        session.add(
            Assessment(
                unit_id=unit.id or 0, year=now.year, target="WBK", instrument_id="lke-2021", created_at=now
            )
        )
        session.execute(
            insert(Person),
            [
                {"telegram_id": FIRST + n, "name": f"Orang {n}", "created_at": now, "consent_at": now}
                for n in range(PEOPLE)
            ],
        )
        ids = session.exec(select(Person.id).order_by(col(Person.id))).all()
        held = {"agency_id": agency.id, "unit_id": unit.id, "role": "koordinator", "created_at": now}
        session.execute(insert(Membership), [{**held, "person_id": each} for each in ids])
        session.add(
            Announcement(
                unit_id=unit.id or 0,
                created_by=ids[0] or 0,
                text=NEWS,
                state=SCHEDULED,
                created_at=now,
                send_at=now + timedelta(seconds=2),
                valid_until=now + timedelta(hours=3),
            )
        )
        entry = AgencyEntry(
            agency_id=agency.id or 0,
            questions=["kapan loket buka"],
            short="Loket buka pukul 08.00.",
            rule="kebijakan instansi",
            state=ACTIVE,
            revision=1,
            made_at=now,
            changed_at=now,
        )
        session.add(entry)
        session.flush()
        return entry.id or 0


@pytest.fixture
def telegram() -> Iterator[Telegram]:
    made = Telegram()
    yield made
    made.close()


@pytest.fixture
def empty_url(postgres: Postgres) -> Iterator[str]:
    """A PostgreSQL database without tables."""
    url = postgres.new()
    db = Database(url)
    emptied(db)
    db.close()
    yield url
    postgres.drop(url)


@pytest.mark.slow
def test_processes_are_replaced_under_load_and_nothing_is_lost_or_done_twice(
    telegram: Telegram, empty_url: str, library: Library, tmp_path: Path
) -> None:
    db = Database(empty_url)
    processes = Processes(empty_url, telegram.address, tmp_path)

    async def story() -> None:
        async with httpx.AsyncClient(timeout=20.0) as client:
            first, second = processes.start(), processes.start()
            await asyncio.gather(processes.ready(first), processes.ready(second))
            assert behind(db) is None, "both started on no tables at all"
            entry_id = _fill(db, library)
            balancer = Balancer(client, first, second)
            assert await balancer.post(first, _update(telegram, 0, "/bantuan"), "salah") == 403
            await _an_answer_is_known_to_all(db, telegram, balancer, entry_id)
            working = [asyncio.ensure_future(_work(telegram, balancer, person)) for person in range(PEOPLE)]
            third = processes.start()
            await processes.ready(third)
            balancer.ports.append(third)
            balancer.ports.remove(first)
            await processes.stop(first)
            # The balancer has not heard yet that this one goes.
            await processes.stop(second)
            await asyncio.gather(*working)
            await _until_sent(db)
            assert balancer.again <= PEOPLE, "only what was under way when they went"
            await processes.stop(third)

    try:
        asyncio.run(story())
        said = processes.said()
        with db.reading() as session:
            titles = Counter(session.exec(select(Task.title)).all())
            seen = session.exec(select(func.count()).select_from(SeenUpdate)).one()
    finally:
        processes.close()
        db.close()
    assert titles == Counter(f"Kerja {person}-{n}" for person in range(PEOPLE) for n in range(EACH))
    assert seen == PEOPLE * EACH + 3
    for person in range(PEOPLE):
        texts = telegram.said_to(person)
        wanted = int(person > 0)  # its author is not told of it
        assert sum(NEWS in text for text in texts) == wanted, "begun once, sent once"
        for n in range(EACH):
            assert any(f"Kerja {person}-{n}" in text for text in texts), "answered"
    busiest = max(Counter(telegram.moments(NEWS)).values())
    assert busiest <= RATE + 5, "two senders keep one pace"
    for trouble in ("update_failed", "worker_failed", "heartbeat_failed", "hearing_lost", "Traceback"):
        assert trouble not in said, said


async def _work(telegram: Telegram, balancer: Balancer, person: int) -> None:
    """Somebody notes one thing after another; the last is delivered to two processes at the same moment."""
    for n in range(EACH - 1):
        await balancer.deliver(_update(telegram, person, f"/tugas Kerja {person}-{n}"))
    body = _update(telegram, person, f"/tugas Kerja {person}-{EACH - 1}")
    await asyncio.gather(balancer.deliver(body), balancer.deliver(body))


async def _an_answer_is_known_to_all(
    db: Database, telegram: Telegram, balancer: Balancer, entry_id: int
) -> None:
    """Both have the agency's answer in memory; a third process changes it; both give the new one."""
    one, other = balancer.ports
    await balancer.post(one, _update(telegram, 1, "kapan loket buka?"))
    assert "pukul 08.00" in telegram.said_to(1)[-1]
    with db.writing() as session:
        entry = session.get_one(AgencyEntry, entry_id)
        entry.short, entry.revision = "Loket buka pukul 07.30.", 2
    for person, port in ((2, other), (1, one)):
        await balancer.post(port, _update(telegram, person, "kapan loket buka?"))
        assert "pukul 07.30" in telegram.said_to(person)[-1]


async def _until_sent(db: Database, seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with db.reading() as session:
            state = session.exec(select(Announcement.state)).one()
            waiting = session.exec(
                select(func.count()).select_from(Outbox).where(col(Outbox.state).in_(("waiting", "leased")))
            ).one()
            lost = session.exec(select(func.count()).select_from(Job).where(Job.state == "failed")).one()
        assert lost == 0
        if state == DONE and not waiting:
            return
        await asyncio.sleep(0.2)
    raise AssertionError("not sent in time")


@pytest.mark.slow
def test_processes_that_share_a_folder_make_one_backup_a_night(
    postgres: Postgres, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres.new()
    from telegram.ext import ApplicationBuilder

    builders = [ApplicationBuilder().token(DEMO_TOKEN).updater(None) for _ in range(2)]
    settings = Settings(_env_file=None, database_url=url, evidence_dir=tmp_path / "bukti")
    edges = [edge_of(build(builder, settings, library=library)) for builder in builders]
    for edge in edges:
        edge.clock.set_to(datetime(2027, 1, 18, 20, 0, tzinfo=UTC))
    both, looks, look = threading.Barrier(2, timeout=20), itertools.count(), backup.due

    def together(folder: Path, now: datetime) -> bool:
        due = look(folder, now)
        if next(looks) < 2:  # the first look of each is at the same moment: nothing is there yet
            both.wait()
        return due

    saved: list[object] = []
    monkeypatch.setattr(backup, "due", together)
    folder = tmp_path / "cadangan"

    def night(edge: Any) -> None:
        saved.append(heartbeat.back_up_once(edge, folder))

    threads = [threading.Thread(target=night, args=(edge,)) for edge in edges]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len([each for each in saved if each is not None]) == 1
    assert len(list(folder.glob("pandu-*.zip"))) == 1
    with edges[0].db.alone(BACKING_UP) as mine, edges[1].db.alone(BACKING_UP) as too:
        assert (mine, too) == (True, False)
    for edge in edges:
        edge.close()
    postgres.drop(make_url(url).render_as_string(hide_password=False))
