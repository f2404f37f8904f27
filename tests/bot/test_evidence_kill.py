"""Evidence in the demo as its own process: `kill -9` at awkward moments loses nothing and doubles nothing."""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.demo import sample
from tests.support import pictures
from tests.support.demo import Demo

pytestmark = pytest.mark.slow

SARI = sample.FIRST_ID + 1  # ketua pokja Area 5
CAPTION = "sosialisasi gratifikasi di loket 12 jan"


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    running = Demo(tmp_path).start()
    yield running
    running.stop()


def upload(demo: Demo, files: list[tuple[str, bytes]], caption: str) -> None:
    """As the page does: photos go as one album."""
    response = httpx.post(
        f"{demo.address}/api/upload",
        data={"user_id": str(SARI), "caption": caption},
        files=[("files", (name, data, "image/jpeg")) for name, data in files],
        headers={"Origin": demo.address},
        timeout=60,
    )
    assert response.status_code == 200, response.text


def asks(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The bot's messages that ask whether to save."""
    return [m for m in messages if m["from"]["is_bot"] and "foto diterima" in str(m.get("text"))]


def rows(demo: Demo, sql: str) -> list[tuple[Any, ...]]:
    """What stands in the demo's database now."""
    db = sqlite3.connect(demo.folder / "demo" / "pandu.sqlite3")
    try:
        return db.execute(sql).fetchall()
    finally:
        db.close()


@pytest.mark.parametrize("pause_seconds", [0.05, 0.5, 1.6, 2.2])
def test_a_kill_while_an_album_is_taken_in(demo: Demo, pause_seconds: float) -> None:
    _is_welcomed(demo)
    had = {table: _count(demo, table) for table in ("evidence", "intake")}
    files = len(_kept(demo))
    upload(demo, [(f"{n}.jpg", pictures.jpeg(80 + n, 60, 30 * n)) for n in range(4)], CAPTION)
    time.sleep(pause_seconds)
    demo.kill()
    leased = rows(demo, "SELECT count(*) FROM job WHERE kind = 'evidence.intake' AND state = 'leased'")
    if leased[0][0]:  # the dead process's lease would run for a minute
        db = sqlite3.connect(demo.folder / "demo" / "pandu.sqlite3")
        db.execute("UPDATE job SET lease_until = 0 WHERE state = 'leased'")
        db.commit()
        db.close()
    demo.start()
    demo.wait(SARI, lambda ms: bool(asks(ms)), 30)
    assert "4 foto diterima" in asks(demo.messages(SARI))[-1]["text"]
    demo.tap(SARI, "Benar, simpan")
    demo.wait(SARI, lambda ms: any("ersimpan" in str(m.get("text")) for m in ms), 20)
    until = time.monotonic() + 20
    newest = "SELECT sha256 IS NOT NULL FROM evidence_version ORDER BY id DESC LIMIT 1"
    while rows(demo, newest) != [(1,)]:
        assert time.monotonic() < until, rows(demo, "SELECT kind, state, error FROM job")
        time.sleep(0.1)
    assert {table: _count(demo, table) - before for table, before in had.items()} == {
        "evidence": 1,
        "intake": 1,
    }
    assert len(_kept(demo)) - files == 5, "four photos until tomorrow, and their PDF"


def _is_welcomed(demo: Demo) -> None:
    """The menu that greets everybody has come and is recorded: a kill would rightly repeat it otherwise."""
    demo.wait(SARI, lambda ms: any(m["from"]["is_bot"] for m in ms), 30)
    until = time.monotonic() + 30
    open_ = "SELECT count(*) FROM outbox WHERE key LIKE 'demo:sambutan:%' AND state <> 'sent'"
    while rows(demo, open_) != [(0,)]:
        assert time.monotonic() < until
        time.sleep(0.05)


def _count(demo: Demo, table: str) -> int:
    return int(rows(demo, f"SELECT count(*) FROM {table}")[0][0])


def _kept(demo: Demo) -> list[Path]:
    return [p for p in (demo.folder / "demo" / "bukti").glob("??/*") if len(p.name) == 64]
