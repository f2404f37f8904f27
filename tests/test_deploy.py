"""The examples for operators name settings and commands that exist, and read as their programs read them."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.__main__ import cli
from bot.settings import Settings
from bot.web import PATH

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SETTINGS = {name.upper() for name in Settings.model_fields}
COMMANDS = {c.name or getattr(c.callback, "__name__", "") for c in cli.registered_commands}
OWN = {"POSTGRES_PASSWORD", "CADANGAN"}
"""What compose asks for beyond the program's settings."""
OPERASI = (ROOT / "docs" / "OPERASI.md").read_text("utf-8")


class Unit(configparser.RawConfigParser):
    """A unit file: a name may stand several times, and keeps its capitals."""

    def optionxform(self, optionstr: str) -> str:
        """The name as it is."""
        return optionstr

    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, comment_prefixes=("#",), delimiters=("=",))
        self.read_string(path.read_text("utf-8"))
        self.environment = re.findall(r"^Environment=(\w+)=", path.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_a_command_that_exists_with_settings_that_exist(path: Path) -> None:
    unit = Unit(path)
    assert set(unit.environment) <= SETTINGS
    if path.suffix == ".timer":
        assert (path.with_suffix(".service")).exists()
        return
    words = unit["Service"]["ExecStart"].split()
    assert words[0].startswith(unit["Service"]["WorkingDirectory"])
    assert words[1:3] == ["-m", "bot"]
    assert words[3] in COMMANDS


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("no systemd here")
    program = tmp_path / "opt" / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    made = []
    for path in UNITS:
        name = path.name.replace("@.", "@8441.")
        made.append(tmp_path / name)
        made[-1].write_text(path.read_text("utf-8").replace("/opt/pandu-zi", str(tmp_path / "opt")))
    done = subprocess.run([verify, "verify", *map(str, made)], capture_output=True, text=True, timeout=60)
    ours = [line for line in (done.stdout + done.stderr).splitlines() if "pandu-zi" in line]
    assert (done.returncode, ours) == (0, [])


def test_compose_sets_what_exists_and_starts_what_exists() -> None:
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    compose: dict[str, Any] = yaml.safe_load(text)
    services = compose["services"]
    bots = {name: each for name, each in services.items() if each["image"] == "pandu-zi"}
    assert len([each for each in bots.values() if "command" not in each]) == 2
    for each in bots.values():
        assert set(each["environment"]) <= SETTINGS
        assert (DEPLOY / each["build"]["context"] / each["build"]["dockerfile"]).is_file()
        command = each.get("command", ["python", "-m", "bot", "run"])
        assert command[:3] == ["python", "-m", "bot"]
        assert command[3] in COMMANDS
        assert set(each["depends_on"]) <= set(services)
    wanted = {"TELEGRAM_BOT_TOKEN": "123456:abc", "WEBHOOK_URL": "https://x.test", "S3_BUCKET": "bukti"}
    wanted |= {"WEBHOOK_SECRET": "s" * 20, "S3_ACCESS_KEY": "k", "S3_SECRET_KEY": "r"}
    wanted |= {"POSTGRES_PASSWORD": "sandi", "S3_REGION": "us-east-1", "S3_ENDPOINT": ""}
    names = set(re.findall(r"\$\{(\w+)", text))
    assert names <= SETTINGS | OWN
    given: dict[str, Any] = {
        key.lower(): re.sub(r"\$\{(\w+)[^}]*\}", lambda m: wanted[m[1]], str(value))
        for key, value in next(iter(bots.values()))["environment"].items()
    }
    settings = Settings(_env_file=None, **{k: v for k, v in given.items() if v})
    assert settings.database.startswith("postgresql+psycopg://pandu:sandi@database/")


def test_the_image_holds_what_the_program_is_made_of() -> None:
    text = (DEPLOY / "Dockerfile").read_text("utf-8")
    copied = re.findall(r"^COPY (\S+) ", text, re.MULTILINE)
    assert copied == ["requirements.lock", "bot", "flows", "knowledge"]
    assert all((ROOT / each).exists() for each in copied)


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_a_proxy_hands_on_the_path_that_the_program_serves(name: str) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    assert f"{PATH} " in text
    assert "/api/v1/" in text


def test_the_operators_book_names_settings_files_and_commands_that_exist() -> None:
    for name in re.findall(r"`([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)(?:=[^`]*)?`", OPERASI):
        assert name in SETTINGS | OWN, name
    for name in re.findall(r"(?<![\w/])pandu-zi ([a-z][a-z-]*)\b", OPERASI):
        assert name in COMMANDS, name
    for path in re.findall(r"`((?:deploy|tests|docs|bot)/[\w./@-]+)`", OPERASI):
        assert (ROOT / path).exists(), path
    for part in re.findall(r"python -m tests\.bench ([a-z]+)", OPERASI):
        assert (ROOT / "tests" / "bench" / f"{part}.py").exists(), part
