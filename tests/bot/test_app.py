"""The promise of `build`: complete for answering on any transport, and nothing beyond it."""

import asyncio
import subprocess
import sys
import threading

import httpx
import pytest
from telegram import Update
from telegram.ext import ApplicationBuilder
from telegram.request import HTTPXRequest

from bot.app import build, edge_of
from bot.demo.app import create_app
from bot.demo.standin import StandIn
from bot.settings import Settings


def _builder(standin: StandIn) -> ApplicationBuilder:
    transport = httpx.ASGITransport(create_app(standin))
    return (
        ApplicationBuilder()
        .token(standin.token)
        .base_url("http://127.0.0.1/bot")
        .request(HTTPXRequest(httpx_kwargs={"transport": transport}))
    )


@pytest.mark.db
def test_it_answers_after_initialize_and_starts_nothing_by_itself(database_url: str) -> None:
    standin = StandIn()
    standin.add_user(7, "Budi")

    async def story() -> tuple[int, int]:
        app = build(_builder(standin), Settings(_env_file=None, database_url=database_url))
        tasks = len(asyncio.all_tasks())
        await app.initialize()
        assert len(asyncio.all_tasks()) == tasks
        standin.say(7, "/bantuan")
        update = Update.de_json(next(iter(standin.updates.values())), app.bot)
        await app.process_update(update)
        await app.shutdown()
        edge_of(app).close()
        return len(standin.from_bot(7)), len(asyncio.all_tasks())

    answers, tasks = asyncio.run(story())
    assert answers == 1
    assert tasks == 1
    assert not [t for t in threading.enumerate() if t.name.startswith("step")]
    standin.close()


def test_without_settings_it_reads_the_environment(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    standin = StandIn()
    app = build(_builder(standin))
    assert edge_of(app).settings.database_url == database_url
    edge_of(app).close()
    standin.close()


def test_a_start_loads_no_maker_of_papers() -> None:
    """What only some work needs is imported by that work: together it would cost a tenth of the start."""
    heavy = {
        "alembic",
        "docxtpl",
        "holidays",
        "icalendar",
        "jinja2",
        "openpyxl",
        "prometheus_client",
        "pypdf",
    }
    heavy |= {"Sastrawi", "obstore", "prometheus_client", "starlette", "typst", "uvicorn", "xlsxwriter"}
    code = f"import sys, bot.serve; print(sorted({heavy!r} & {{m.split('.')[0] for m in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
