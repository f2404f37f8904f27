"""A realistic mix through HTTP, ours and a bare bot's, on SQLite and PostgreSQL, by chats at once.

A round is ten updates per person: seven taps (an item, two answers, its evidence, the menu), a narrative, a
question and a file of evidence, whose job is carried out too; and for every fifty updates a queued reminder.
The sink of `tests/bench/sink.py` plays Telegram in a process of its own; both bots fetch in batches of a
hundred and answer each batch in parallel, as `bot/polling.py` does. The bare bot answers each update with the
same kinds of calls, a text and a keyboard, and does nothing else. CPU is each process's own, with fetching.
"""

import asyncio
import gc
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlmodel import Session
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ApplicationBuilder, TypeHandler
from telegram.request import HTTPXRequest

from bot.app import App, build, edge_of
from bot.migrate import migrate
from bot.request import LeanRequest
from bot.settings import Settings
from bot.worker import Worker
from flows import outbox, routes
from flows.models import Agency, Assessment, Membership, Person, Unit
from tests.bench.sink import TOKEN, telegram
from tests.bench.table import Figure
from tests.bench.tap import tapped
from tests.support.databases import postgres_server

CHATS = (1, 10, 100, 1_000)
LEAST = 100
"""Updates of a round at least: few chats say more."""
FIRST = 900_000_001
TEAM = 10
QUESTION = "apa syarat predikat WBK?"
NOTE = "SK tim kerja sudah ditetapkan kepala kantor dan disosialisasikan dalam rapat bulan Januari."
KEYBOARD = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton(f"Tombol {n}.{m}", callback_data=f"tombol:{n}:{m}") for m in (1, 2)]
        for n in range(6)
    ]
)
TEXT = "<b>A.I.1.i  Tim kerja</b>\n\n" + "Penjelasan yang sama panjangnya dengan layar biasa. " * 12


def figures() -> list[Figure]:
    """Updates a second and CPU per update by database and chats, with ratios; memory and growth on disk."""
    made: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        addresses = {"SQLite": f"sqlite:///{Path(folder) / 'load.sqlite3'}"}
        addresses["PostgreSQL"] = stack.enter_context(_postgres(Path(folder)))
        for name, url in addresses.items():
            made += _compared(name, url)
    return made


@contextmanager
def _postgres(folder: Path) -> Iterator[str]:
    for server in postgres_server(folder):
        yield server.replace("postgresql://", "postgresql+psycopg://", 1)


def _compared(name: str, url: str) -> list[Figure]:
    with telegram() as there:
        bots = {"ours": _Bot(_pandu, there.base, url), "bare": _Bot(_bare, there.base)}
        items, assessments = bots["ours"].pipe.recv()
        bots["bare"].pipe.recv()
        mix = _Mix(items, assessments)
        made: list[Figure] = []
        for chats in (CHATS[1], *CHATS):  # the first to warm up
            found = {}
            updates = mix.round(chats)
            for who, bot in bots.items():
                there.queue(updates)
                found[who] = bot.round(len(updates))
            made += _figures(name, chats, len(updates), found)
        for bot in bots.values():
            bot.stop()
    made = made[len(made) // (len(CHATS) + 1) :]
    if url.startswith("sqlite"):
        kib = Path(url.removeprefix("sqlite:///")).stat().st_size / 1024
        made.append(
            Figure(
                "load", "SQLite: size per update", kib / mix.count, "KiB", f"{mix.count} updates, whole file"
            )
        )
    return made


def _figures(name: str, chats: int, count: int, found: dict[str, dict[str, float]]) -> list[Figure]:
    ours, bare = found["ours"], found["bare"]
    method = f"{count} updates through HTTP, a process each, once"
    where = f"{name}, {chats} chats"
    return [
        Figure(
            "load", f"{where}: updates a second", count / ours["wall"], "1/s", f"{method}; wall, jobs apart"
        ),
        Figure("load", f"{where}: CPU per update", ours["cpu"] / count, "ms CPU", f"{method}, jobs included"),
        Figure("load", f"{where}: bare bot", bare["cpu"] / count, "ms CPU", method),
        Figure("load", f"{where}: ratio", ours["cpu"] / bare["cpu"], "x", "same run"),
        Figure("load", f"{where}: memory so far", ours["mib"], "MiB", "getrusage, peak of our process"),
    ]


class _Mix:
    """What the people do, round after round: each works on an item of their own, so no two collide."""

    def __init__(self, items: list[str], assessments: list[int]) -> None:
        self._items, self._assessments = items, assessments
        self._update = 0
        self._seen: dict[int, int] = {}

    @property
    def count(self) -> int:
        """How many updates there were in all."""
        return self._update

    def round(self, chats: int) -> list[dict[str, Any]]:
        """The updates of so many people, in turns, `LEAST` at least."""
        made: list[dict[str, Any]] = []
        while len(made) < LEAST:
            by_person = [self._of_one(n) for n in range(chats)]
            made += [update for step in zip(*by_person, strict=True) for update in step]
        for update in made:  # ids in the order of coming
            self._update += 1
            update["update_id"] = self._update
        return made

    def _of_one(self, n: int) -> list[dict[str, Any]]:
        person, assessment = FIRST + n, self._assessments[n // TEAM]
        item = self._items[n % TEAM]
        revision = self._seen.get(n, 0)
        self._seen[n] = revision + 3  # two answers and a narrative
        taps = [
            routes.LKE_ITEM(item),
            routes.LKE_SET(assessment, item, "A", revision),
            routes.EVIDENCE_ITEM(item),
            routes.LKE_ITEM(item),
            routes.LKE_SET(assessment, item, "B", revision + 1),
            routes.LKE_NOTE(item),
        ]
        made = [tapped(0, person, action.pack()) for action in taps]
        made.append(_said(person, {"text": f"{NOTE} Putaran {revision}."}))
        made.append(tapped(0, person, routes.HOME().pack()))
        made.append(_said(person, {"text": QUESTION}))
        file = {
            "file_id": f"f{n}-{revision}",
            "file_unique_id": f"u{n}-{revision}",
            "file_name": "SK tim.pdf",
        }
        made.append(_said(person, {"document": {**file, "mime_type": "application/pdf", "file_size": 2000}}))
        return made


def _said(person: int, what: dict[str, Any]) -> dict[str, Any]:
    chat = {"id": person, "type": "private", "first_name": "Orang"}
    sender = {"id": person, "is_bot": False, "first_name": "Orang", "language_code": "id"}
    return {
        "update_id": 0,
        "message": {"message_id": 8, "date": 1_800_000_000, "chat": chat, "from": sender, **what},
    }


class _Bot:
    """A bot in a process of its own."""

    def __init__(self, target: Any, *args: Any) -> None:
        self.pipe, child = multiprocessing.Pipe()
        context = multiprocessing.get_context("spawn")
        self._process = context.Process(target=target, args=(child, *args), daemon=True)
        self._process.start()

    def round(self, count: int) -> dict[str, float]:
        """CPU milliseconds, wall seconds and peak memory of answering what waits."""
        self.pipe.send(count)
        return dict(self.pipe.recv())

    def stop(self) -> None:
        """Let the process end."""
        self.pipe.send(None)
        self._process.join(20)


def _pandu(pipe: Connection, base: str, url: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            _env_file=None, database_url=url, data_dir=Path(folder), person_burst=0, send_rate=1000.0
        )
        app = build(_builder(base, LeanRequest(connection_pool_size=64, pool_timeout=30.0)), settings)
        edge = edge_of(app)
        migrate(edge.db)
        library = edge.library
        with edge.db.writing() as session:
            assessments, instrument_id = _fill(session, max(library.instruments), max(CHATS))
        items = [item.id for item in library.instrument(instrument_id).area_order if len(item.options) > 1]
        _ = library.desk  # made before the clock starts, as `pandu-zi run` does
        pipe.send((items[:TEAM], assessments))
        asyncio.run(_obey(app, pipe, ours=True))
        edge.close()


def _fill(session: Session, instrument_id: str, people: int) -> tuple[list[int], str]:
    """Units of ten coordinators each, with an empty LKE."""
    now = datetime.now(UTC)
    agency = Agency(name="Instansi", created_at=now)
    session.add(agency)
    session.flush()
    assessments = []
    for first in range(0, people, TEAM):
        unit = Unit(
            agency_id=agency.id or 0,
            name=f"Kantor {first}",
            kind="satker",
            zone="WIB",
            created_at=now,
            path="",
        )
        session.add(unit)
        session.flush()
        unit.path = f"/{unit.id}/"
        lke = Assessment(
            unit_id=unit.id or 0, year=now.year, target="WBK", instrument_id=instrument_id, created_at=now
        )
        session.add(lke)
        for n in range(first, first + TEAM):
            person = Person(telegram_id=FIRST + n, name=f"Orang {n}", created_at=now, consent_at=now)
            session.add(person)
            session.flush()
            session.add(
                Membership(
                    person_id=person.id or 0,
                    agency_id=agency.id or 0,
                    unit_id=unit.id or 0,
                    role="koordinator",
                    created_at=now,
                )
            )
        session.flush()
        assert lke.id is not None
        assessments.append(lke.id)
    return assessments, instrument_id


def _bare(pipe: Connection, base: str) -> None:
    app: App = _builder(base, HTTPXRequest(connection_pool_size=64, pool_timeout=30.0)).build()

    async def answer(update: Update, _context: Any) -> None:
        if update.callback_query is not None:
            await update.callback_query.answer("Tersimpan")
            await update.callback_query.edit_message_text(TEXT, parse_mode="HTML", reply_markup=KEYBOARD)
        elif update.message is not None:
            await update.message.reply_text(TEXT, parse_mode="HTML", reply_markup=KEYBOARD)

    app.add_handler(TypeHandler(Update, answer))
    pipe.send(True)
    asyncio.run(_obey(app, pipe, ours=False))


async def _obey(app: App, pipe: Connection, *, ours: bool) -> None:
    await app.initialize()
    worker = Worker(app) if ours else None
    loop = asyncio.get_running_loop()
    told = 0
    while count := await loop.run_in_executor(None, pipe.recv):
        gc.collect()
        cpu, wall, offset, done = time.process_time(), time.perf_counter(), 0, 0
        while done < count:
            updates = await app.bot.get_updates(offset=offset, timeout=1)
            await asyncio.gather(*(app.process_update(update) for update in updates))
            done += len(updates)
            offset = updates[-1].update_id + 1 if updates else offset
        wall = time.perf_counter() - wall
        if worker is not None:
            told = await _remind(app, worker, count // 50, told)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        pipe.send({"cpu": (time.process_time() - cpu) * 1000, "wall": wall, "mib": peak})
    await app.shutdown()


async def _remind(app: App, worker: Worker, people: int, told: int) -> int:
    """Queue a reminder to so many people, and carry out all that waits: theirs, and the files."""
    edge = edge_of(app)
    with edge.db.writing() as session:
        messages = [
            outbox.Message(key=f"uji:{told + n:08d}", chat_id=FIRST + n, action=routes.MINE(0))
            for n in range(people)
        ]
        outbox.add(session, messages, edge.clock.now())
    await worker.settle(20.0)
    return told + people


def _builder(base: str, request: HTTPXRequest) -> Any:
    return (
        ApplicationBuilder()
        .token(TOKEN)
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .request(request)
        .updater(None)
    )
