"""`pandu-zi demo`: the real bot on a stand-in of Telegram, with sample data, on one chat page.

Everything of the demo lives in `data/demo/`: its database and its own Telegram. A kill or restart loses
nothing; "mulai dari awal" empties that folder's contents only.
"""

import asyncio
import contextlib
import fcntl
import os
import shutil
import sys
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from sqlmodel import Session

from bot import log
from bot.app import App, edge_of
from bot.clock import Clock
from bot.db import Database
from bot.demo import sample, sample_groups, sample_picture
from bot.demo.app import create_app
from bot.demo.control import ClockRefused, Person
from bot.demo.guard import LOOPBACK_HOSTS
from bot.demo.links import DemoLinks
from bot.demo.standin import DEMO_TOKEN, StandIn
from bot.evidence_store import FolderStore
from bot.heartbeat import tick_once
from bot.jobs import take_over
from bot.migrate import migrate
from bot.serve import make_app, run_parts, stop_signals
from bot.settings import Settings, SettingsError
from bot.web import serve_asgi
from bot.worker import Worker
from flows import fmt, outbox, routes
from flows.calendar import next_due
from flows.models import DemoClock

MAX_STEPS = 5_000
_EVERYWHERE = {"0.0.0.0", "::", "localhost"}  # noqa: S104  (compared, not bound)
WELCOME_KEY = "demo:sambutan"


def demo(settings: Settings) -> None:
    """Serve the demo until Ctrl-C. Raises SettingsError (port taken, already running)."""
    log.configure(settings.log_level, settings.log_format)
    folder = settings.data_dir / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    with _only_one(folder), stop_signals() as make_stop:
        asyncio.run(_serve(settings, folder, make_stop))


async def _serve(settings: Settings, folder: Path, make_stop: Callable[[], asyncio.Event]) -> None:
    await _Demo(settings, folder).run(make_stop())


@contextlib.contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, so that starting twice corrupts nothing."""
    with (folder / "kunci").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SettingsError(
                f"Demo di {folder} sudah berjalan: pakai yang itu, atau hentikan dulu dengan Ctrl-C."
            ) from None
        yield


class _Demo:
    """Holds the parts of a running demo; implements the page's `Control`."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings = settings
        self._folder = folder
        self._clock = Clock()
        self._standin = StandIn(folder / "telegram.sqlite3", now=self._clock.now)
        self._app: App | None = None
        self._worker: Worker | None = None
        self._stop_bot = asyncio.Event()
        self._again = False
        self._ready = asyncio.Event()
        self._moving = asyncio.Lock()

    # the page's control ----------------------------------------------------------------------------

    @property
    def zone(self) -> ZoneInfo:
        """The sample unit's zone."""
        return fmt.ZONES["WIB"]

    def people(self) -> Sequence[Person]:
        """The cast."""
        return sample.people()

    def now(self) -> datetime:
        """The demo's calendar."""
        return self._clock.now()

    async def advance(self, *, delta: timedelta | None = None, to: datetime | None = None) -> None:
        """Live through the time up to then: stop at each due moment and send what is due there."""
        async with self._moving:
            await self._ready.wait()
            goal = to or self._clock.now() + (delta or timedelta())
            if goal < self._clock.now():
                raise ClockRefused("Jam contoh hanya bisa maju.")
            if goal > datetime.now(UTC) + timedelta(days=3 * 366):
                raise ClockRefused("Jam contoh bisa maju paling jauh tiga tahun.")
            assert self._app is not None
            assert self._worker is not None
            edge = edge_of(self._app)
            for _ in range(MAX_STEPS):
                due = await asyncio.to_thread(self._next_due, edge.db)
                if due is None or due > goal:
                    break
                await self._set_clock(edge.db, due)
                await asyncio.to_thread(tick_once, edge)
                await self._worker.settle()  # a reminder is drawn at its own moment, not at a later one
            await self._set_clock(edge.db, goal)
            await asyncio.to_thread(tick_once, edge)
            await self._worker.settle()

    async def reset(self) -> None:
        """Empty the demo and fill it again."""
        async with self._moving:
            await self._ready.wait()
            self._ready.clear()
            self._again = True
            self._stop_bot.set()
            await self._ready.wait()

    # running ---------------------------------------------------------------------------------------

    async def run(self, stop: asyncio.Event) -> None:
        """Serve the page and keep a bot running behind it."""
        host = self._settings.demo_host
        started: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        page = asyncio.ensure_future(
            serve_asgi(
                create_app(self._standin, self, allowed_hosts=_hosts(host)),
                host,
                self._settings.demo_port,
                stop,
                "DEMO_PORT",
                started,
            )
        )
        listening = asyncio.ensure_future(_port_of(started))
        await asyncio.wait({page, listening}, return_when=asyncio.FIRST_COMPLETED)
        if page.done():
            listening.cancel()
            self._standin.close()
            await page
            return
        port = started.result()
        bots = asyncio.ensure_future(self._bots(port, stop))
        stopping = asyncio.ensure_future(stop.wait())
        ready = asyncio.ensure_future(self._ready.wait())
        await asyncio.wait({bots, stopping, ready}, return_when=asyncio.FIRST_COMPLETED)
        if self._ready.is_set():
            self._tell(host, port)
        await asyncio.wait({bots, stopping, page}, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        self._stop_bot.set()
        for waiting in (stopping, ready):
            waiting.cancel()
        try:
            await bots
        finally:
            self._standin.end_waits()
            await page
            self._standin.close()

    async def _bots(self, port: int, stop: asyncio.Event) -> None:
        address = _address(self._settings.demo_host, port)
        settings = self._settings.model_copy(
            update={
                "telegram_bot_token": SecretStr(DEMO_TOKEN),
                "telegram_base_url": f"{address}/bot",
                "telegram_base_file_url": f"{address}/file/bot",
                "database_url": f"sqlite:///{self._folder / 'pandu.sqlite3'}",
                "evidence_dir": self._folder / "bukti",
                "s3_bucket": "",
                "mode": "polling",
                "web_port": 0,
                "backup_dir": None,
                "api": False,
                "watch_seconds": 0.0,
                "heartbeat_seconds": min(self._settings.heartbeat_seconds, 5.0),
            }
        )
        while not stop.is_set():
            self._stop_bot = asyncio.Event()
            app = make_app(settings, self._clock, DemoLinks())
            edge = edge_of(app)
            try:
                await asyncio.to_thread(self._prepare, edge.db)
                await app.initialize()
                self._app, self._worker = app, Worker(app)
                await asyncio.to_thread(take_over, edge.db)  # the folder is locked: nobody else is at work
                halt = asyncio.ensure_future(_either(stop, self._stop_bot))
                asyncio.get_running_loop().call_soon(self._ready.set)
                await run_parts(app, self._stop_bot, self._worker)
                halt.cancel()
            finally:
                with contextlib.suppress(Exception):
                    await app.shutdown()
                edge.close()
            if not self._again:
                return
            self._again = False
            self._standin.reset()
            for file in self._folder.glob("pandu.sqlite3*"):
                file.unlink()
            shutil.rmtree(self._folder / "bukti", ignore_errors=True)

    def _prepare(self, db: Database) -> None:
        """Migrate; fill when empty; set the clock where it was."""
        migrate(db)
        with db.writing() as session:
            row = session.get(DemoClock, 1)
            if row is None:
                row = DemoClock()
                session.add(row)
                self._clock.offset = timedelta(0)
                store, photo = FolderStore(self._folder / "bukti"), self._picture()
                self._welcome(session, sample.fill(session, self._clock.now(), store, photo))
            self._clock.offset = timedelta(seconds=row.offset_seconds)

    def _picture(self) -> str:
        """The photo of an announcement of the sample, as if Budi had sent it; its file_id."""
        with self._standin.store.writing():
            kept = self._standin.keep_file("foto.jpg", sample_picture.poster(), "image/jpeg", photo=True)
        return kept.file_id

    def _welcome(self, session: Session, people: Sequence[Person]) -> None:
        """Everybody of the cast has met the bot; those with a role find the menu waiting."""
        for person in people:
            first, _, last = person.name.partition(" ")
            user = self._standin.add_user(person.user_id, first, last or None)
            user.started = True
            with self._standin.store.writing():
                self._standin.put_user(user)
        self._standin.add_group(sample.GROUP_ID, sample.GROUP, sample.in_group(), forum=True)
        if not self._standin.groups[sample.GROUP_ID].topics:
            for name in sample.TOPICS:
                self._standin.add_topic(sample.GROUP_ID, name)
            self._standin.promote_bot(sample.GROUP_ID, sample.FIRST_ID)
        self._standin.add_group(sample_groups.SECOND_ID, sample_groups.SECOND, sample.in_group())
        outbox.add(
            session,
            [
                outbox.Message(f"{WELCOME_KEY}:{p.user_id}", p.user_id, routes.HOME(), lane=outbox.LANE_REPLY)
                for p in people
            ],
            self._clock.now(),
        )

    def _next_due(self, db: Database) -> datetime | None:
        with db.reading() as session:
            return next_due(session, self._clock.now())

    async def _set_clock(self, db: Database, moment: datetime) -> None:
        self._clock.set_to(moment)
        await asyncio.to_thread(self._keep_clock, db)

    def _keep_clock(self, db: Database) -> None:
        with db.writing() as session:
            row = session.get_one(DemoClock, 1)
            row.offset_seconds = self._clock.offset.total_seconds()

    def _tell(self, host: str, port: int) -> None:
        address = _address(host, port)
        print(  # noqa: T201  (the person who typed the command reads it here)
            f"\nPandu ZI (contoh) siap di {address}\nHentikan dengan Ctrl-C.\n", flush=True
        )
        if self._settings.demo_open and _has_desktop():
            with contextlib.suppress(Exception):
                webbrowser.open(address)


async def _port_of(started: asyncio.Future[int]) -> int:
    return await started


async def _either(*events: asyncio.Event) -> None:
    waits = [asyncio.ensure_future(e.wait()) for e in events]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()


def _address(host: str, port: int) -> str:
    """Where this machine reaches a server that listens on `host`."""
    reached = "127.0.0.1" if host in _EVERYWHERE else host
    return f"http://{f'[{reached}]' if ':' in reached else reached}:{port}"


def _hosts(host: str) -> list[str]:
    return sorted({*LOOPBACK_HOSTS, host})


def _has_desktop() -> bool:
    if sys.platform in {"darwin", "win32"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
