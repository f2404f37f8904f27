"""CPU of one checklist tap beside a bare bot that answers the same tap with the same text and keyboard.

Three processes: a sink that answers as the Bot API does, our bot, and the bare one, so that each bot's CPU
is its own and neither carries the other's memory. Both answer the same taps in turns within one run, with
the same calls, which is checked; the figure is the ratio. Fetching the updates is not counted, for either.
"""

import asyncio
import multiprocessing
import statistics
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlmodel import select
from telegram import InlineKeyboardMarkup, Update
from telegram.ext import ApplicationBuilder, CallbackQueryHandler

from bot.app import App, build, edge_of
from bot.demo import sample
from bot.migrate import migrate
from bot.request import LeanRequest
from bot.settings import Settings
from flows import routes
from flows.models import Answer
from tests.bench.sink import BOT, TOKEN, Telegram, telegram
from tests.bench.table import Figure

ROUNDS = 7
TAPS = 100
PERSON = sample.FIRST_ID
ITEM = "MP.P.1.b"


def figures() -> list[Figure]:
    """Milliseconds of CPU per tap, ours and bare, and the ratio; ours over both transports."""
    made = []
    for name, lean in (("as `pandu-zi run` does", True), ("over PTB's own transport", False)):
        with tempfile.TemporaryDirectory() as folder, telegram() as there:
            ours, bare = _compare(there, Path(folder), lean)
        ratios = [a / b for a, b in zip(ours, bare, strict=True)]
        method = f"process CPU, {TAPS} taps a round, {ROUNDS} rounds in turns, a process each"
        aim = "< 1.6" if lean else ""
        made += [
            Figure("tap", f"answer, {name}", statistics.median(ours), "ms CPU", f"{method}, median"),
            Figure("tap", "bare bot, same calls", statistics.median(bare), "ms CPU", f"{method}, median"),
            Figure("tap", f"ratio, {name}", statistics.median(ratios), "x", "round by round, median", aim),
            Figure("tap", f"quickest, {name}", min(ours) / min(bare), "x", "least disturbed rounds", aim),
        ]
    return made


def _compare(there: Telegram, folder: Path, lean: bool) -> tuple[list[float], list[float]]:
    pandu = _Bot(_pandu_process, there.base, folder, lean)
    assessment, revision = pandu.pipe.recv()
    taps = _Taps(assessment, revision)
    shown = []
    for options in ("C", "AB", "AB"):  # the first moves the answer away from what the sample has
        there.queue(taps.some(1, options))
        pandu.round()
        shown.append(there.last(PERSON))
    assert shown[1]["reply_markup"] != shown[2]["reply_markup"], "a tap changed nothing"
    bare = _Bot(_bare_process, there.base, [(m["text"], m["reply_markup"]) for m in shown[-2:]])
    bare.pipe.recv()
    spent: list[list[float]] = [[], []]
    for _ in range(ROUNDS + 1):
        calls = []
        for bot, times in zip((pandu, bare), spent, strict=True):
            there.queue(taps.some(TAPS, moves=bot is pandu))
            there.calls()
            times.append(bot.round())
            calls.append({name: n for name, n in there.calls().items() if not name.startswith("get")})
        assert calls[0] == calls[1], f"not the same calls: {calls}"
    pandu.stop()
    bare.stop()
    return spent[0][1:], spent[1][1:]


class _Taps:
    """The taps of one person on two options in turn, each seeing what the one before has made."""

    def __init__(self, assessment: int, revision: int) -> None:
        self._assessment, self._revision, self._update = assessment, revision, 0

    def some(self, count: int, options: str = "AB", *, moves: bool = True) -> list[dict[str, Any]]:
        """So many updates; those that nobody writes down (`moves`) leave the revision as it is."""
        made = []
        for n in range(count):
            self._update += 1
            option = options[(self._revision + n) % len(options)]
            made.append(
                tapped(
                    self._update,
                    PERSON,
                    routes.LKE_SET(self._assessment, ITEM, option, self._revision + n).pack(),
                )
            )
        if moves:
            self._revision += count
        return made


def tapped(update_id: int, person: int, data: str, message_id: int = 7) -> dict[str, Any]:
    """A tap as Telegram sends it."""
    chat = {"id": person, "type": "private", "first_name": "Orang"}
    return {
        "update_id": update_id,
        "callback_query": {
            "id": str(update_id),
            "from": {"id": person, "is_bot": False, "first_name": "Orang", "language_code": "id"},
            "message": {
                "message_id": message_id,
                "date": 1_800_000_000,
                "chat": chat,
                "from": BOT,
                "text": "…",
            },
            "chat_instance": "1",
            "data": data,
        },
    }


class _Bot:
    """A bot in a process of its own, told by the pipe to answer what waits."""

    def __init__(self, target: Any, *args: Any) -> None:
        self.pipe, child = multiprocessing.Pipe()
        self._process = multiprocessing.get_context("spawn").Process(
            target=target, args=(child, *args), daemon=True
        )
        self._process.start()

    def round(self) -> float:
        """Milliseconds of CPU per update for all that wait."""
        self.pipe.send(True)
        return float(self.pipe.recv())

    def stop(self) -> None:
        """Let the process end."""
        self.pipe.send(None)
        self._process.join(10)


def _pandu_process(pipe: Connection, base: str, folder: Path, lean: bool) -> None:
    settings = Settings(_env_file=None, database_url=f"sqlite:///{folder / 'tap.sqlite3'}", person_burst=0)
    builder = _builder(base)
    if lean:
        builder.request(LeanRequest(connection_pool_size=64, pool_timeout=5.0))
    app = build(builder, settings)
    edge = edge_of(app)
    migrate(edge.db)
    with edge.db.writing() as session:
        sample.fill(session, edge.clock.now())
        answer = session.exec(select(Answer).where(Answer.item_id == ITEM)).first()
        assert answer is not None
        pipe.send((answer.assessment_id, answer.revision))
    asyncio.run(_obey(app, pipe))
    edge.close()


def _bare_process(pipe: Connection, base: str, shown: list[tuple[str, dict[str, Any]]]) -> None:
    app: App = _builder(base).build()
    screens = [(text, InlineKeyboardMarkup.de_json(markup, None)) for text, markup in shown]

    async def answer(update: Update, _context: Any) -> None:
        query = update.callback_query
        assert query is not None
        text, keyboard = screens[update.update_id % 2]
        await query.answer("Tersimpan")
        await query.edit_message_text(text, reply_markup=keyboard)

    app.add_handler(CallbackQueryHandler(answer))
    pipe.send(True)
    asyncio.run(_obey(app, pipe))


async def _obey(app: App, pipe: Connection) -> None:
    await app.initialize()
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, pipe.recv):
        updates: list[Update] = []
        while batch := await app.bot.get_updates(
            offset=updates[-1].update_id + 1 if updates else 0, timeout=0
        ):
            updates += batch
        started = time.process_time()
        for update in updates:
            await app.process_update(update)
        pipe.send((time.process_time() - started) * 1000 / len(updates))
    await app.shutdown()


def _builder(base: str) -> Any:
    return (
        ApplicationBuilder()
        .token(TOKEN)
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .updater(None)
    )
