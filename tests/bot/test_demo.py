"""The demo survives what machines do: a kill in mid-story, a second start, a taken port, Ctrl-C."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.demo import sample
from tests.support.demo import ROOT, Demo
from tests.support.slowness import slowness

BUDI, SARI, DEWI = sample.FIRST_ID, sample.FIRST_ID + 1, sample.FIRST_ID + 2


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """A running demo."""
    made = Demo(tmp_path).start()
    yield made
    made.kill()


def _bot_texts(demo: Demo, user_id: int) -> list[str]:
    return [m.get("text") or m.get("caption") or "" for m in demo.messages(user_id) if m["from"]["is_bot"]]


def test_a_kill_in_the_story_loses_no_answer_and_repeats_no_action(demo: Demo) -> None:
    demo.wait(DEWI, lambda ms: len(ms) >= 1)
    demo.say(DEWI, "/lke")
    demo.tap(DEWI, "Lanjutkan")
    demo.say(DEWI, "A")  # an answer, acknowledged
    acknowledged = _bot_texts(demo, DEWI)[-1]
    assert "Jawaban: A" in acknowledged
    number = re.search(r"A\.I+\.\d\.\w+\.\w", acknowledged)
    assert number is not None
    demo.tap(DEWI, "Isi penjelasan")  # a prompt stands open
    demo.kill()
    demo.start()
    demo.say(DEWI, "Rapat tiap bulan, dihadiri pimpinan.")  # answers the prompt of before the kill
    assert "Rapat tiap bulan" in _bot_texts(demo, DEWI)[-1]
    demo.tap(DEWI, "Riwayat")
    history = _bot_texts(demo, DEWI)[-1]
    assert history.count("Dijawab A") == 1, "the answer was carried out once"
    assert number.group() in history


def test_kills_at_any_moment_lose_nothing_that_was_acknowledged(demo: Demo) -> None:
    """Answers while the process is killed again and again; each acknowledged one must stand at the end."""
    demo.wait(DEWI, lambda ms: len(ms) >= 1)
    demo.say(DEWI, "/lke")
    demo.tap(DEWI, "Lanjutkan")
    for round_number, option in enumerate("ABAB"):
        demo.post("say", user_id=DEWI, text=option)
        time.sleep(0.02 * round_number)
        demo.kill()
        demo.start()
        demo.wait(DEWI, lambda ms, o=option: _answers(ms, o))  # type: ignore[misc]
    demo.tap(DEWI, "Riwayat")  # a reply from before the kill may arrive once more before the history
    demo.wait(DEWI, lambda ms: any((m.get("text") or "").startswith("Riwayat") for m in ms))
    history = next(text for text in reversed(_bot_texts(demo, DEWI)) if text.startswith("Riwayat"))
    assert history.count("Anda") == 4, f"four answers, none carried out twice: {history}"


def _answers(messages: list[dict[str, Any]], option: str) -> bool:
    """Whether the newest screen of an item says so; a reminder may have come in behind it."""
    said = [m.get("text") or "" for m in messages if m["from"]["is_bot"]]
    return f"Jawaban: {option}" in next((text for text in reversed(said) if "Jawaban: " in text), "")


def test_moving_the_clock_brings_the_reminders_that_fall_due_on_the_way(demo: Demo) -> None:
    demo.wait(SARI, lambda ms: len(ms) >= 1)
    now = datetime.fromisoformat(demo.state()["clock"]["now"])
    demo.advance(now + timedelta(days=10))
    # H-7, H-1 and the day; some of them fall on one working day when days off lie between
    demo.wait(SARI, lambda ms: sum(_reminds(m.get("text") or "") for m in ms) >= 2, seconds=60)
    found = [text for text in _bot_texts(demo, SARI) if _reminds(text)]
    assert 2 <= len(found) <= 4, found
    assert len(set(found)) == len(found)


def _reminds(text: str) -> bool:
    """A digest or a single reminder that names the area."""
    return "Area 5 Penguatan Pengawasan" in text and ("hari lagi" in text or "Batas" in text)


def test_an_announcement_of_the_sample_shows_its_photo(demo: Demo) -> None:
    demo.wait(DEWI, lambda ms: len(ms) >= 1)
    demo.say(DEWI, "/pengumuman")
    demo.tap(DEWI, "1")
    demo.wait(DEWI, lambda ms: any(m.get("photo") for m in ms))
    shown = next(m for m in demo.messages(DEWI) if m.get("photo"))
    assert shown["caption"].startswith("Poster kampanye antigratifikasi triwulan ini (contoh).")


def test_starting_over_empties_the_demo_and_fills_it_again(demo: Demo) -> None:
    demo.wait(DEWI, lambda ms: len(ms) >= 1)
    demo.say(DEWI, "/bantuan")
    demo.post("reset")
    demo.wait(DEWI, lambda ms: len(ms) == 1 and "Terjawab" in ms[0].get("text", ""))


def test_ctrl_c_stops_it_cleanly(demo: Demo) -> None:
    began = time.monotonic()
    busy = slowness()
    assert demo.stop() == 0
    assert time.monotonic() - began < 10 * max(busy, slowness())


def test_starting_twice_and_a_taken_port_say_what_is_wrong(demo: Demo, tmp_path: Path) -> None:
    again = _demo_command("--port", "0", data_dir=tmp_path)
    assert again.returncode == 2
    assert "sudah berjalan" in again.stderr
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        other = _demo_command("--port", str(port), data_dir=tmp_path / "lain")
    assert other.returncode == 2
    assert f"Port {port}" in other.stderr
    assert "DEMO_PORT" in other.stderr
    demo.say(DEWI, "/bantuan")  # the first one still answers


def _demo_command(*arguments: str, data_dir: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", "demo", "--no-open", *arguments],
        cwd=ROOT,
        env={"DATA_DIR": str(data_dir), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=60,
    )
