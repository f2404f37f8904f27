"""The pace of the queue and the latency of an answer, while 20,000 people are written to.

The stand-in of Telegram runs in a process of its own. One run: a unit of 20,000 people, an announcement to
all of them, and meanwhile one person who taps every quarter of a second; before it the same taps without it.
"""

import asyncio
import multiprocessing
import statistics
import tempfile
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import uvicorn
from sqlmodel import Session, col, func, insert, select, text
from telegram.ext import ApplicationBuilder

from bot.app import App, build, edge_of
from bot.demo.app import create_app
from bot.demo.standin import DEMO_TOKEN, StandIn
from bot.migrate import migrate
from bot.settings import Settings
from bot.worker import Worker
from flows import routes
from flows.broadcast import sending
from flows.models import Agency, Announcement, Assessment, Membership, Outbox, Person, Unit
from tests.bench.table import Figure

PEOPLE = 20_000
FIRST = 800_000_000
CALM_SECONDS, BUSY_SECONDS = 8.0, 30.0
TAP_EVERY_SECONDS = 0.25
COORDINATOR = FIRST - 1


def figures() -> list[Figure]:
    """Rate, burst, distance per chat, CPU per message, and taps' latency with and without a broadcast."""
    parent, child = multiprocessing.Pipe()
    telegram = multiprocessing.get_context("spawn").Process(target=_telegram, args=(child,), daemon=True)
    telegram.start()
    port = parent.recv()
    try:
        with tempfile.TemporaryDirectory() as folder:
            return asyncio.run(_measure(f"http://127.0.0.1:{port}", Path(folder), parent))
    finally:
        parent.send(None)
        telegram.join(10)


async def _measure(base: str, folder: Path, telegram: Connection) -> list[Figure]:
    settings = Settings(
        _env_file=None,
        database_url=f"sqlite:///{folder / 'outbox.sqlite3'}",
        heartbeat_seconds=20,
        person_burst=0,
    )
    builder = (
        ApplicationBuilder()
        .token(DEMO_TOKEN)
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .connection_pool_size(64)
        .pool_timeout(30)
        .updater(None)
    )
    app: App = build(builder, settings)
    edge = edge_of(app)
    migrate(edge.db)
    with edge.db.writing() as session:
        announcement_id = _fill(session, edge.clock.now())
    await app.initialize()
    calm = await _taps(app, telegram, CALM_SECONDS)
    with edge.db.writing() as session:
        row = session.get_one(Announcement, announcement_id)
        sending.start(session, row, session.get_one(Unit, row.unit_id), edge.clock.now())
    stop = asyncio.Event()
    worker = Worker(app)
    started, cpu = time.monotonic(), time.process_time()
    parts = asyncio.ensure_future(worker.run(stop))
    queued = asyncio.ensure_future(_until_queued(app, announcement_id, started))
    busy = await _taps(app, telegram, BUSY_SECONDS)
    cpu = time.process_time() - cpu
    stop.set()
    await parts
    fan_out_seconds = await queued
    telegram.send("calls")
    sends: list[tuple[int, float]] = telegram.recv()
    await app.shutdown()
    with edge.db.reading() as session:
        doubled = session.exec(select(func.count()).where(col(Outbox.tries) > 1)).one()
    edge.close()
    return _figures(sends, calm, busy, cpu, fan_out_seconds, int(doubled))


def _figures(
    sends: list[tuple[int, float]],
    calm: list[float],
    busy: list[float],
    cpu: float,
    fan_out: float,
    again: int,
) -> list[Figure]:
    at = sorted(moment for _, moment in sends)
    span = at[-1] - at[0]
    burst, first = 0, 0
    for last, moment in enumerate(at):
        while at[first] <= moment - 1.0:
            first += 1
        burst = max(burst, last - first + 1)
    per_chat = max(Counter(chat for chat, _ in sends).values())
    tap_cost = statistics.median(calm) / 1000
    how = f"{PEOPLE:,} people, {len(at)} messages in {span:.0f} s, SQLite, one process, asked 25/s"
    return [
        Figure("outbox", "rate", (len(at) - 1) / span, "msg/s", how, "25"),
        Figure("outbox", "most in any second", burst, "msg", "by the stand-in's clock", "<= 30"),
        Figure("outbox", "most to one chat", per_chat, "msg", "nobody twice", "1"),
        Figure("outbox", "tried again", again, "msg", "rows with more than one try", "0"),
        Figure(
            "outbox",
            "CPU per message",
            (cpu - len(busy) * tap_cost * 0.5) * 1000 / len(at),
            "ms CPU",
            "process CPU of all, fan-out and taps (half their latency taken off) included",
        ),
        Figure("outbox", "fan-out of all", fan_out, "s", "until the last row is queued, in portions of 400"),
        Figure("outbox", "answer, calm, p50", _share(calm, 0.5), "ms", f"{len(calm)} taps, no broadcast"),
        Figure("outbox", "answer, calm, p95", _share(calm, 0.95), "ms", "from update to sent answer"),
        Figure("outbox", "answer, broadcast, p50", _share(busy, 0.5), "ms", f"{len(busy)} taps meanwhile"),
        Figure("outbox", "answer, broadcast, p95", _share(busy, 0.95), "ms", "fan-out included", "< 300"),
        Figure("outbox", "answer, broadcast, worst", max(busy), "ms", "fan-out included"),
    ]


def _share(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


async def _until_queued(app: App, announcement_id: int, started: float) -> float:
    """Seconds until there is a message for everybody."""
    db = edge_of(app).db

    def done() -> bool:
        with db.reading() as session:
            return session.get_one(Announcement, announcement_id).reached_to == sending.ALL_QUEUED

    while not await asyncio.to_thread(done):
        if time.monotonic() - started > BUSY_SECONDS + 5:
            break
        await asyncio.sleep(0.2)
    return time.monotonic() - started


async def _taps(app: App, telegram: Connection, seconds: float) -> list[float]:
    """Milliseconds from the update to the sent answer, for taps at a steady beat."""
    spent: list[float] = []
    until = time.monotonic() + seconds
    dispatch = edge_of(app).connect(app.bot)
    while time.monotonic() < until:
        beat = time.monotonic()
        telegram.send((routes.LKE() if len(spent) % 2 else routes.HOME()).pack())
        await asyncio.get_running_loop().run_in_executor(None, telegram.recv)
        offset = app.bot_data.get("offset")
        for update in await app.bot.get_updates(offset=offset, timeout=0):
            app.bot_data["offset"] = update.update_id + 1
            started = time.monotonic()
            await dispatch.handle(update)
            spent.append((time.monotonic() - started) * 1000)
        await asyncio.sleep(max(0.0, TAP_EVERY_SECONDS - (time.monotonic() - beat)))
    return spent


def _fill(session: Session, now: Any) -> int:
    """A unit of 20,000 people and a draft to all of them; returns the draft's id."""
    agency = Agency(name="Instansi Contoh", is_sample=True, created_at=now)
    session.add(agency)
    session.flush()
    unit = Unit(agency_id=agency.id or 0, name="Unit Besar Contoh", created_at=now)
    session.add(unit)
    session.flush()
    unit.path = f"/{unit.id}/"
    session.add(Assessment(unit_id=unit.id or 0, year=2027, instrument_id="lke-2021", created_at=now))
    session.flush()
    people = [
        {"telegram_id": FIRST + n - 1, "name": f"Orang {n}", "created_at": now, "consent_at": now}
        for n in range(PEOPLE + 1)
    ]
    for start in range(0, len(people), 5000):
        session.execute(insert(Person), people[start : start + 5000])
    ids = session.exec(select(Person.id, Person.telegram_id)).all()
    held = [
        {
            "person_id": person_id,
            "agency_id": agency.id,
            "unit_id": unit.id,
            "role": "koordinator" if telegram_id == COORDINATOR else "anggota",
            "created_at": now,
        }
        for person_id, telegram_id in ids
    ]
    for start in range(0, len(held), 5000):
        session.execute(insert(Membership), held[start : start + 5000])
    author = next(person_id for person_id, telegram_id in ids if telegram_id == COORDINATOR)
    row = Announcement(
        unit_id=unit.id or 0, created_by=author or 0, text="Bapak/Ibu, rapat besok.", created_at=now
    )
    session.add(row)
    session.flush()
    session.execute(text("ANALYZE"))
    assert row.id is not None
    return row.id


def _telegram(pipe: Connection) -> None:
    """The other process: a stand-in where everybody has pressed Start; one person taps when told to."""
    standin = StandIn()
    for number in range(PEOPLE + 1):
        standin.add_user(FIRST + number - 1, f"Orang {number}").started = True
    with standin.store.writing():
        message = standin.new_message(COORDINATOR, standin.bot, {"text": "awal"})
    config = uvicorn.Config(create_app(standin), host="127.0.0.1", port=0, log_level="error", lifespan="off")
    socket = config.bind_socket()
    server = uvicorn.Server(config)

    async def serve() -> None:
        task = asyncio.ensure_future(server.serve(sockets=[socket]))
        pipe.send(socket.getsockname()[1])
        loop = asyncio.get_running_loop()
        while (order := await loop.run_in_executor(None, pipe.recv)) is not None:
            if order == "calls":
                calls = [c for c in standin.calls if c.method.lower() == "sendmessage" and not c.error_code]
                mine = (COORDINATOR, 0)
                pipe.send(
                    [
                        (int(c.params["chat_id"]), c.at_seconds)
                        for c in calls
                        if int(c.params["chat_id"]) not in mine
                    ]
                )
                continue
            standin.tap(COORDINATOR, int(message["message_id"]), order)
            pipe.send(True)
        server.should_exit = True
        await task

    asyncio.run(serve())
