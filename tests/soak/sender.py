"""One process of the kill test: beats, does jobs and sends like the real bot, to a stand-in of Telegram.

    python -m tests.soak.sender DATABASE_URL TELEGRAM_PORT

The calendar stands in a file that the test moves on: `CALENDAR`.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from telegram.ext import ApplicationBuilder
from telegram.request import HTTPXRequest

from bot.app import App, build, edge_of
from bot.clock import Clock
from bot.demo.links import DemoLinks
from bot.demo.standin import DEMO_TOKEN
from bot.heartbeat import tick_once
from bot.settings import Settings
from bot.worker import Worker
from knowledge.library import load_library


class FileClock(Clock):
    """Shows what stands in a file."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def now(self) -> datetime:
        """The moment in the file."""
        return datetime.fromisoformat(self._path.read_text()).astimezone(UTC)


def make(url: str, port: str, calendar: Path) -> App:
    """The application, with its calendar in a file."""
    builder = (
        ApplicationBuilder()
        .token(DEMO_TOKEN)
        .base_url(f"http://127.0.0.1:{port}/bot")
        .base_file_url(f"http://127.0.0.1:{port}/file/bot")
        .request(HTTPXRequest(connection_pool_size=32))
        .updater(None)
    )
    settings = Settings(_env_file=None, database_url=url, send_rate=200.0, evidence_dir=calendar.parent / "b")
    return build(builder, settings, library=load_library(), clock=FileClock(calendar), links=DemoLinks())


async def main(url: str, port: str) -> None:
    """Beat and work until killed."""
    app = make(url, port, Path(os.environ["CALENDAR"]))
    await app.initialize()
    worker = Worker(app, private_gap_seconds=0.0)
    print("ready", flush=True)
    while True:
        try:
            await asyncio.to_thread(tick_once, edge_of(app))
            await worker.once()
        except Exception as exc:  # noqa: BLE001  (the other process holds the lock; the real loops go on too)
            print(type(exc).__name__, flush=True)
        await asyncio.sleep(0.02)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
