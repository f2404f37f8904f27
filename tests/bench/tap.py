"""CPU of one checklist tap beside a bare bot that answers the same tap with the same text and keyboard.

The stand-in of Telegram runs in a process of its own, so that only the bots' CPU is counted. Both answer
the same taps, alternating in one run; the figure is the ratio.
"""

import asyncio
import multiprocessing
import statistics
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import uvicorn
from sqlmodel import select
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import ApplicationBuilder, CallbackQueryHandler

from bot.app import App, build, edge_of
from bot.demo import sample
from bot.demo.app import create_app
from bot.demo.standin import DEMO_TOKEN, StandIn
from bot.migrate import migrate
from bot.settings import Settings
from flows import routes
from flows.models import Answer
from tests.bench.table import Figure

ROUNDS = 5
TAPS = 150
PERSON = sample.FIRST_ID
ITEM = "MP.P.1.b"


def figures() -> list[Figure]:
    """Milliseconds of CPU per tap, ours and bare, and the ratio."""
    parent, child = multiprocessing.Pipe()
    telegram = multiprocessing.get_context("spawn").Process(target=_telegram, args=(child,), daemon=True)
    telegram.start()
    port = parent.recv()
    try:
        with tempfile.TemporaryDirectory() as folder:
            ours, bare = asyncio.run(_compare(f"http://127.0.0.1:{port}", Path(folder), parent))
    finally:
        parent.send(None)
        telegram.join(10)
    mine, plain = statistics.median(ours), statistics.median(bare)
    ratio = statistics.median(a / b for a, b in zip(ours, bare, strict=True))
    method = f"process CPU, {TAPS} taps a round, {ROUNDS} rounds alternating, median"
    return [
        Figure("tap", "answer an indicator", mine, "ms CPU", method),
        Figure("tap", "bare bot, same calls", plain, "ms CPU", method),
        Figure("tap", "ratio", ratio, "x", "round by round, median"),
    ]


async def _compare(base: str, folder: Path, telegram: Connection) -> tuple[list[float], list[float]]:
    pandu, bare = await _pandu(base, folder), await _bare(base)
    shown = await _first_screen(pandu, telegram)
    bare.bot_data["screens"] = shown
    ours: list[float] = []
    plain: list[float] = []
    for _ in range(ROUNDS + 1):
        ours.append(await _round(pandu, telegram))
        plain.append(await _round(bare, telegram))
    for app in (pandu, bare):
        await app.shutdown()
    edge_of(pandu).close()
    return ours[1:], plain[1:]


async def _round(app: App, telegram: Connection) -> float:
    """CPU milliseconds per tap of one round; the taps are fetched before the clock starts."""
    revision = app.bot_data.get("revision", 1)
    data = [
        routes.LKE_SET(app.bot_data.get("assessment", 1), ITEM, "AB"[i % 2], revision + i).pack()
        for i in range(TAPS)
    ]
    app.bot_data["revision"] = revision + TAPS
    updates = await _taps(app, telegram, data)
    started = time.process_time()
    for update in updates:
        await app.process_update(update)
    return (time.process_time() - started) * 1000 / TAPS


async def _taps(app: App, telegram: Connection, data: list[str]) -> list[Update]:
    telegram.send(data)
    telegram.recv()
    found: list[Update] = []
    offset = app.bot_data.get("offset")
    while batch := await app.bot.get_updates(offset=offset, timeout=0):
        found += batch
        offset = batch[-1].update_id + 1
    app.bot_data["offset"] = offset
    return found[-len(data) :]


async def _pandu(base: str, folder: Path) -> App:
    settings = Settings(_env_file=None, database_url=f"sqlite:///{folder / 'tap.sqlite3'}", person_burst=0)
    app = build(_builder(base), settings)
    edge = edge_of(app)
    migrate(edge.db)
    with edge.db.writing() as session:
        sample.fill(session, edge.clock.now())
    await app.initialize()
    return app


async def _first_screen(app: App, telegram: Connection) -> list[tuple[str, InlineKeyboardMarkup]]:
    """Both screens that the taps lead to, for the bare bot to send the very same."""
    with edge_of(app).db.reading() as session:
        answer = session.exec(select(Answer).where(Answer.item_id == ITEM)).first()
        assert answer is not None
        app.bot_data["revision"], app.bot_data["assessment"] = answer.revision, answer.assessment_id
    screens: list[tuple[str, InlineKeyboardMarkup]] = []
    for option in "CAB":
        data = [
            routes.LKE_SET(app.bot_data.get("assessment", 1), ITEM, option, app.bot_data["revision"]).pack()
        ]
        app.bot_data["revision"] += 1
        for update in await _taps(app, telegram, data):
            await app.process_update(update)
        telegram.send("last")
        message = telegram.recv()
        keyboard = InlineKeyboardMarkup(
            [
                [InlineKeyboardButton(b["text"], callback_data=b["callback_data"]) for b in row]
                for row in message["reply_markup"]["inline_keyboard"]
            ]
        )
        screens.append((message["text"], keyboard))
    return screens[1:]


async def _bare(base: str) -> App:
    app: App = _builder(base).build()

    async def answer(update: Update, _context: Any) -> None:
        query = update.callback_query
        assert query is not None
        text, keyboard = app.bot_data["screens"][update.update_id % 2]
        await query.answer("Tersimpan")
        await query.edit_message_text(text, reply_markup=keyboard)

    app.add_handler(CallbackQueryHandler(answer))
    await app.initialize()
    return app


def _builder(base: str) -> Any:
    return (
        ApplicationBuilder()
        .token(DEMO_TOKEN)
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .updater(None)
    )


def _telegram(pipe: Connection) -> None:
    """The other process: a stand-in on loopback, told by the pipe what the person taps."""
    standin = StandIn()
    for person in sample.people():
        standin.add_user(person.user_id, person.name).started = True
    standin.say(PERSON, "/lke")
    config = uvicorn.Config(create_app(standin), host="127.0.0.1", port=0, log_level="error", lifespan="off")
    socket = config.bind_socket()
    server = uvicorn.Server(config)

    async def serve() -> None:
        task = asyncio.ensure_future(server.serve(sockets=[socket]))
        pipe.send(socket.getsockname()[1])
        loop = asyncio.get_running_loop()
        message_id = 0
        while (order := await loop.run_in_executor(None, pipe.recv)) is not None:
            if order == "last":
                pipe.send(standin.from_bot(PERSON)[-1])
                continue
            if not message_id:
                with standin.store.writing():
                    sent = standin.new_message(PERSON, standin.bot, {"text": "awal"})
                message_id = int(sent["message_id"])
            for data in order:
                standin.tap(PERSON, message_id, data)
            pipe.send(len(order))
        server.should_exit = True
        await task

    asyncio.run(serve())
