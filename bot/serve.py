"""Runs the bot against a Bot API server: fetching or webhook, worker, heartbeat, and a clean stop."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlmodel import col, func, select
from telegram import (
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError
from telegram.ext import ApplicationBuilder
from telegram.request import HTTPXRequest

from bot import log
from bot.app import App, Edge, build, edge_of
from bot.clock import Clock
from bot.db import Database, is_outage
from bot.errors import Verdict, classify
from bot.evidence_store import store_of
from bot.hearing import hear
from bot.heartbeat import back_up, beat
from bot.migrate import migrate
from bot.polling import pause, poll
from bot.request import LeanRequest
from bot.settings import Settings, SettingsError
from bot.worker import Worker
from flows.models import Person
from flows.ports import Links
from flows.registration.service import ensure_claim

COMMANDS = (
    ("menu", "Menu utama"),
    ("lke", "Isi LKE"),
    ("progres", "Kemajuan pengisian"),
    ("kesiapan", "Nilai dan syarat WBK/WBBM"),
    ("tanya", "Tanya aturan ZI"),
    ("cari", "Cari indikator, jawaban, istilah"),
    ("istilah", "Kamus singkatan dan istilah"),
    ("tugas", "Tugas saya, catat tugas"),
    ("bukti", "Bukti dukung unit"),
    ("reviu", "Yang menunggu reviu Anda"),
    ("rapat", "Paket rapat"),
    ("jadwal", "Batas waktu"),
    ("pengumuman", "Kirim pengumuman"),
    ("grup", "Grup kantor"),
    ("tim", "Anggota dan undangan"),
    ("unit", "Pilih unit"),
    ("tahun", "Tutup tahun, buka tahun berikutnya"),
    ("latihan", "Latihan wawancara"),
    ("keliling", "Keliling loket"),
    ("pengesahan", "Pengesahan pimpinan"),
    ("pengaturan", "Zona waktu dan unit"),
    ("privasi", "Data Anda"),
    ("bantuan", "Bantuan"),
    ("batal", "Tinggalkan isian"),
)
GROUP_COMMANDS = (
    ("tanya", "Tanya aturan ZI"),
    ("tugas", "Jadikan pesan sebuah tugas"),
    ("cari", "Cari jawaban dan istilah"),
    ("istilah", "Arti sebuah istilah"),
    ("tautkan", "Tautkan grup ke unit (koordinator)"),
    ("topik", "Pilih topik per area (koordinator)"),
    ("bantuan", "Bantuan"),
)
START_TRIES = 5
STOP_SECONDS = 7.0
"""So long the parts may take to finish what is in flight; long work is left, and taken up again later."""


def run(settings: Settings) -> None:
    """Serve until Ctrl-C or SIGTERM. Raises SettingsError when something set is wrong."""
    settings.token  # noqa: B018  (refuse before anything is opened)
    log.configure(settings.log_level, settings.log_format)
    log.hide(settings.secrets)
    app = make_app(settings)
    with stop_signals() as stop_event:
        asyncio.run(serve(app, stop_event))


def make_app(settings: Settings, clock: Clock | None = None, links: Links | None = None) -> App:
    """The Application on the real transport named by the settings."""
    builder = (
        ApplicationBuilder()
        .token(settings.token)
        .base_url(settings.telegram_base_url)
        .base_file_url(settings.telegram_base_file_url)
        .request(LeanRequest(connection_pool_size=64, pool_timeout=5.0))
        .get_updates_request(HTTPXRequest(connection_pool_size=2, read_timeout=40.0))
        .updater(None)
    )
    return build(builder, settings, clock=clock, links=links)


async def serve(app: App, make_stop: Callable[[], asyncio.Event]) -> None:
    """Migrate, connect, announce the commands, then fetch, send and tick until told to stop."""
    stop = make_stop()
    edge = edge_of(app)
    try:
        await _migrate(edge, stop)
        if not stop.is_set():
            await _initialise(app, stop)
        if stop.is_set():
            return
        await run_parts(app, stop)
    finally:
        with contextlib.suppress(Exception):
            await app.shutdown()
        edge.close()


async def run_parts(app: App, stop: asyncio.Event, worker: Worker | None = None) -> None:
    """The parts of a running bot. The first that fails stops the others; all in flight is finished."""
    edge = edge_of(app)
    dispatch = edge.connect(app.bot)
    worker = worker or Worker(app)
    dispatch.on_commit = worker.nudge
    _print_claim(edge, app.bot.username)
    await _announce_commands(app)
    parts = [worker.run(stop), beat(edge, stop, worker.nudge), hear(edge, stop)]
    if edge.settings.mode == "webhook" or edge.settings.web_port:
        from bot import web

        parts.append(web.webhook(app, stop) if edge.settings.mode == "webhook" else web.health(app, stop))
    if edge.settings.mode == "polling":
        parts.append(poll(app, stop))
    if edge.settings.backup_dir is not None:
        parts.append(back_up(edge, stop, edge.settings.backup_dir))
    tasks = [asyncio.ensure_future(part) for part in parts]
    warming = asyncio.ensure_future(asyncio.to_thread(lambda: edge.library.desk))
    try:
        await asyncio.wait({warming, *tasks}, return_when=asyncio.FIRST_COMPLETED)
        if warming.done():
            warming.result()  # a broken file of the answer desk stops the start like any other
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop.set()
        _, left = await asyncio.wait(tasks, timeout=STOP_SECONDS)
        if left:
            log.get().warning("work_left", parts=len(left), hint="Dilanjutkan pada start berikutnya.")
        for task in left:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        await dispatch.finish()
    for result in results:
        if isinstance(result, Exception):
            raise result


async def _migrate(edge: Edge, stop: asyncio.Event) -> None:
    """Bring the database up to date, with patience: its server may come up after the program."""
    for attempt in range(START_TRIES):
        try:
            await asyncio.to_thread(migrate, edge.db)
            return
        except Exception as exc:
            if not is_outage(exc):
                raise
            if attempt == START_TRIES - 1:
                raise SettingsError(
                    "Basis data tidak dapat dipakai: periksa DATABASE_URL atau DATA_DIR, apakah servernya "
                    "berjalan, dan apakah disknya penuh."
                ) from None
            log.get().warning("database_unavailable", error=type(exc).__name__)
            await pause(stop, 2.0**attempt)
            if stop.is_set():
                return


async def _initialise(app: App, stop: asyncio.Event) -> None:
    """Say hello to the server, with patience: a network may come up after the machine."""
    for attempt in range(START_TRIES):
        try:
            await app.initialize()
            return
        except TelegramError as exc:
            failure = classify(exc)
            if failure.verdict is Verdict.TOKEN:
                raise SettingsError(
                    "TELEGRAM_BOT_TOKEN ditolak server: periksa lagi di @BotFather."
                ) from None
            if attempt == START_TRIES - 1:
                raise SettingsError(
                    "TELEGRAM_BASE_URL tidak dapat dihubungi: periksa jaringan atau alamat server Bot API."
                ) from None
            log.get().warning("server_unreachable", error=failure.code)
            await pause(stop, 2.0**attempt)
            if stop.is_set():
                return


async def _announce_commands(app: App) -> None:
    def menu(pairs: tuple[tuple[str, str], ...]) -> list[BotCommand]:
        return [BotCommand(name, text) for name, text in pairs]

    try:
        await app.bot.set_my_commands(menu(COMMANDS), scope=BotCommandScopeAllPrivateChats())
        await app.bot.set_my_commands(menu(GROUP_COMMANDS), scope=BotCommandScopeAllGroupChats())
        await app.bot.set_my_commands(menu(COMMANDS), scope=BotCommandScopeDefault())
    except TelegramError as exc:
        log.get().warning("commands_not_set", error=classify(exc).code)


def _print_claim(edge: Edge, username: str) -> None:
    """With no admin yet: the one-time link by which the first one takes the bot."""
    with edge.db.writing() as session:
        payload = ensure_claim(session, edge.clock.now())
    if payload:
        print(  # noqa: T201  (the terminal is where the first admin sits)
            "\nBelum ada admin instansi. Buka tautan ini di Telegram untuk menjadi admin pertama "
            "(sekali pakai):"
            f"\n  https://t.me/{username}?start={payload}\n",
            flush=True,
        )


@contextlib.contextmanager
def stop_signals() -> Iterator[Callable[[], asyncio.Event]]:
    """Ctrl-C and SIGTERM set an event (made inside the loop) instead of tearing things apart."""
    made: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def make() -> asyncio.Event:
        event = asyncio.Event()
        made.append((asyncio.get_running_loop(), event))
        return event

    def halt(_number: int, _frame: object) -> None:
        for loop, event in made:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(event.set)

    before = {number: signal.signal(number, halt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield make
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def seed(settings: Settings) -> list[str]:
    """Fill an empty database with the sample agency; the lines to print.

    Raises:
        SettingsError: the database holds people already.
    """
    from bot.demo import sample

    db = Database(settings.database)
    try:
        migrate(db)
        with db.writing() as session:
            if session.exec(select(func.count(col(Person.id)))).one():
                raise SettingsError(
                    "Basis data ini sudah berisi. Contoh hanya diisikan ke basis data kosong (atur DATA_DIR)."
                )
            people = sample.fill(session, Clock().now(), store_of(settings))
    finally:
        db.close()
    where = (settings.database_url and "PostgreSQL") or str(Path(settings.data_dir))
    return [f"Instansi contoh terisi di {where}. Id Telegram:"] + [
        f"  {p.user_id}  {p.name}  ({p.role_label})" for p in people
    ]
