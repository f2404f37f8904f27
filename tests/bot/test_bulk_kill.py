"""A thousand people brought in, in the demo as its own process: `kill -9` on the way doubles nobody."""

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.demo import sample, sample_bulk
from flows.bulk import files
from flows.bulk.columns import PERSON, UNIT
from tests.support.demo import Demo

pytestmark = pytest.mark.slow

ANI = sample.FIRST_ID + 4
PEOPLE = 1000


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    running = Demo(tmp_path).start()
    yield running
    running.stop()


def table() -> bytes:
    """Fifty units and a thousand people."""
    people = [
        (f"Orang {n:04} (contoh)", "", f"KL-{n % 5 + 1:02}{n // 5 % 9 + 1:02}", "anggota", "1")
        for n in range(PEOPLE)
    ]
    return files.as_xlsx({UNIT: list(sample_bulk.unit_rows()), PERSON: people})


def rows(demo: Demo, sql: str) -> list[tuple[Any, ...]]:
    """What stands in the demo's database now."""
    db = sqlite3.connect(demo.folder / "demo" / "pandu.sqlite3", timeout=10)
    try:
        return db.execute(sql).fetchall()
    finally:
        db.close()


def said(demo: Demo, words: str) -> Any:
    """Whether the newest messages of the bot hold these words."""
    return lambda messages: any(words in str(m.get("text")) for m in messages if m["from"]["is_bot"])


@pytest.mark.parametrize("done", [2, 9])
def test_a_kill_while_a_table_is_applied(demo: Demo, done: int) -> None:
    demo.say(ANI, "/menu")
    for label in ("Kelola instansi", "Impor unit dan orang"):
        demo.tap(ANI, label)
    response = httpx.post(
        f"{demo.address}/api/upload",
        data={"user_id": str(ANI), "caption": ""},
        files=[("files", ("tabel.xlsx", table(), "application/octet-stream"))],
        headers={"Origin": demo.address},
        timeout=60,
    )
    assert response.status_code == 200, response.text
    demo.wait(ANI, said(demo, "1.050 baris akan disimpan"), 30)
    before = rows(demo, "SELECT count(*) FROM person")[0][0]
    demo.tap(ANI, "Terapkan")
    until = time.monotonic() + 30
    while rows(demo, "SELECT max(done) FROM bulk_import")[0][0] < done and time.monotonic() < until:
        time.sleep(0.02)
    demo.kill()
    state, reached, total = rows(demo, "SELECT state, done, total FROM bulk_import")[0]
    assert (state, reached < total) == ("applying", True)
    demo.start()
    demo.wait(ANI, said(demo, "Tersimpan: 50 baris unit dan 1.000 baris orang"), 60)
    assert rows(demo, "SELECT count(*) FROM person")[0][0] == before + PEOPLE
    doubled = "SELECT name FROM person GROUP BY name HAVING count(*) > 1"
    assert rows(demo, doubled) == []
    assert rows(demo, "SELECT count(*) FROM invite WHERE person_id IS NOT NULL")[0][0] == PEOPLE
    assert rows(demo, "SELECT count(*) FROM bulk_part") == [(0,)]
