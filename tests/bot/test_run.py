"""`pandu-zi run` and `seed` as an operator meets them: real process, real port, a Bot API server behind."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from bot.demo import sample
from bot.demo.app import create_app
from bot.demo.standin import DEMO_TOKEN, StandIn
from tests.support.demo import ROOT


@pytest.fixture
def telegram() -> Iterator[tuple[StandIn, str]]:
    """A Bot API server on a port of its own."""
    standin = StandIn()
    config = uvicorn.Config(create_app(standin), host="127.0.0.1", port=0, log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield standin, f"http://127.0.0.1:{port}"
    standin.end_waits()
    server.should_exit = True
    thread.join(10)
    standin.close()


def _environment(folder: Path, address: str = "", **more: str) -> dict[str, str]:
    given = {"DATA_DIR": str(folder), "PATH": os.environ.get("PATH", ""), "PYTHONUNBUFFERED": "1", **more}
    if address:
        given |= {
            "TELEGRAM_BOT_TOKEN": DEMO_TOKEN,
            "TELEGRAM_BASE_URL": f"{address}/bot",
            "TELEGRAM_BASE_FILE_URL": f"{address}/file/bot",
        }
    return given


def _command(*words: str, environment: dict[str, str], stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT,
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
    )


def _answered(standin: StandIn, user_id: int, text: str, seconds: float = 30.0) -> str:
    before = len(standin.from_bot(user_id))
    standin.say(user_id, text)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        answers = standin.from_bot(user_id)
        if len(answers) > before:
            return str(answers[-1].get("text", ""))
        time.sleep(0.05)
    raise AssertionError(f"no answer to {text}")


def test_a_seeded_database_serves_any_bot_api_server(telegram: tuple[StandIn, str], tmp_path: Path) -> None:
    standin, address = telegram
    environment = _environment(tmp_path, address)
    seeded = _command("seed", environment=environment)
    assert seeded.returncode == 0, seeded.stderr
    assert str(sample.FIRST_ID) in seeded.stdout
    again = _command("seed", environment=environment)
    assert again.returncode == 2
    assert "kosong" in again.stderr
    for person in sample.people():
        standin.add_user(person.user_id, person.name)
    running = subprocess.Popen([sys.executable, "-m", "bot", "run"], cwd=ROOT, env=environment)
    try:
        text = _answered(standin, sample.FIRST_ID, "/menu")
        assert sample.UNIT in text
        commands = standin.profile
        assert any("menu" in str(value) for value in commands.values()), "the command menu is set"
    finally:
        running.send_signal(signal.SIGTERM)
        assert running.wait(15) == 0


def test_the_first_admin_takes_the_bot_by_the_link_in_the_terminal(
    telegram: tuple[StandIn, str], tmp_path: Path
) -> None:
    standin, address = telegram
    standin.add_user(901, "Ani")
    standin.add_user(902, "Bima")
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT,
        env=_environment(tmp_path, address),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert running.stdout is not None
        payload = ""
        for line in running.stdout:
            if found := re.search(r"\?start=(\S+)", line):
                payload = found.group(1)
                break
        assert payload
        welcome = _answered(standin, 901, f"/start {payload}")
        assert "admin" in welcome.lower()
        data = next(
            b["callback_data"]
            for row in standin.from_bot(901)[-1]["reply_markup"]["inline_keyboard"]
            for b in row
            if "etuju" in b["text"]
        )
        standin.tap(901, standin.from_bot(901)[-1]["message_id"], data)
        time.sleep(1.0)
        named = _answered(standin, 901, "Instansi Percobaan")
        assert "Instansi Percobaan" in named
        late = _answered(standin, 902, f"/start {payload}")
        assert "sudah" in late.lower() or "tidak" in late.lower()
    finally:
        running.kill()
        running.wait(10)
        if running.stdout is not None:
            running.stdout.close()


def test_without_a_token_run_names_the_demo(tmp_path: Path) -> None:
    done = _command("run", environment=_environment(tmp_path))
    assert done.returncode == 2
    assert "TELEGRAM_BOT_TOKEN" in done.stderr
    assert "pandu-zi demo" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_stops_with_one_sentence(tmp_path: Path) -> None:
    done = _command("run", environment=_environment(tmp_path, WEB_PORT="banyak"))
    assert done.returncode == 2
    assert "WEB_PORT" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_token_that_the_server_refuses_is_named(telegram: tuple[StandIn, str], tmp_path: Path) -> None:
    _standin, address = telegram
    environment = _environment(tmp_path, address) | {"TELEGRAM_BOT_TOKEN": "123456789:bukan-token-yang-benar"}
    done = _command("run", environment=environment)
    assert done.returncode == 2
    assert "TELEGRAM_BOT_TOKEN" in done.stderr
    assert "123456789" not in done.stderr


def test_score_reads_standard_input_and_reports_every_problem(tmp_path: Path) -> None:
    environment = _environment(tmp_path)
    case = '{"id": "k1", "instrument": "lke-2021", "answers": {"MP.P.1.a": "Ya"}, "hasil": {"H.1.a": 3.6}}'
    good = _command("score", "-", environment=environment, stdin=case)
    assert good.returncode == 0, good.stderr
    assert '"MP.P.1": 0.25' in good.stdout
    bad = _command(
        "score",
        "-",
        environment=environment,
        stdin='[{"instrument": "lke-2021", "answers": {"X.1": "A", "MP.P.1.a": "B"}}, 5]',
    )
    assert bad.returncode == 2
    assert len(bad.stderr.strip().splitlines()) >= 3
    assert bad.stdout == ""


def test_check_names_no_problem_on_a_fresh_machine(tmp_path: Path) -> None:
    done = _command("check", environment=_environment(tmp_path / "baru"))
    assert done.returncode == 0, done.stderr
