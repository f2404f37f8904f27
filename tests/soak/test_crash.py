"""`kill -9` at any moment under load: what was acknowledged stands, nothing is done twice, nobody is ignored.

One process that fetches on SQLite, two behind a webhook on PostgreSQL, all of them the real bot. What
happened is counted by plain SQL and by what the people received. CRASH_KILLS says how often.
"""

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url
from sqlmodel import Session

from bot.claiming import BATCH
from bot.db import Database
from bot.demo.standin import StandIn
from bot.demo.wire import Json
from flows.models import Agency, Assessment, Membership, Person, Unit
from tests.support.slowness import slowness
from tests.support.telegram import SECRET, Caller, Telegram

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("CRASH_KILLS", "15"))
SEED = int(os.environ.get("CRASH_SEED", str(random.randrange(1_000_000))))
START = datetime(2027, 1, 18, 2, 0, tzinfo=UTC)
FIRST = 870_000_000
ACTORS, READERS = 6, 24
PATIENCE_SECONDS = 120.0
STOP_SECONDS = 10.0


class Zygote:
    """The process with everything loaded, from which bots are forked."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.soak.zygote"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._read() == "ready"

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def start(self, spec: dict[str, Any]) -> int:
        """One more bot; its process id."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(spec) + "\n")
        self._process.stdin.flush()
        return int(self._read())

    def close(self) -> None:
        """End it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(60)
        self._process.stdout.close()


class Bots:
    """The bot's processes, killed and started again."""

    def __init__(self, zygote: Zygote, telegram: Telegram, url: str, folder: Path, ports: list[int]) -> None:
        self.ports = ports
        self._zygote = zygote
        self._spec = {
            "base": telegram.base,
            "database_url": url,
            "folder": str(folder),
            "offset_seconds": (START - datetime.now(UTC)).total_seconds(),
            "send_rate": 100.0,
            "heartbeat_seconds": 0.5,
            "watch_seconds": 0,
            "person_burst": 0,
        }
        self.running = [self._start(port) for port in ports]

    def _start(self, port: int) -> int:
        spec = dict(self._spec)
        if port:
            spec |= {"mode": "webhook", "web_port": port, "webhook_secret": SECRET}
            spec |= {"webhook_url": "https://contoh.test"}
        return self._zygote.start(spec)

    def end(self, place: int, how: signal.Signals = signal.SIGKILL) -> float:
        """End one of them; the seconds that it took."""
        pid, began = self.running[place], time.monotonic()
        os.kill(pid, how)
        while _alive(pid):
            assert time.monotonic() < began + 30, "it does not end"
            time.sleep(0.002)
        return time.monotonic() - began

    def restart(self, place: int, how: signal.Signals = signal.SIGKILL) -> float:
        """End one and start it again."""
        seconds = self.end(place, how)
        self.running[place] = self._start(self.ports[place])
        return seconds

    def close(self) -> None:
        """End them."""
        for pid in self.running:
            if _alive(pid):
                os.kill(pid, signal.SIGKILL)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


class Town:
    """People who work without pause, each waiting for the answer. Remembers what they were shown."""

    def __init__(self, standin: StandIn) -> None:
        self.standin = standin
        self.written: list[str] = []  # tasks whose card was seen
        self.done: list[str] = []  # tasks seen as done
        self.announced: list[str] = []  # announcements seen on their way
        self.unanswered: list[str] = []
        self._stop = threading.Event()
        hands = [(self._writes, FIRST + n) for n in range(ACTORS)] + [(self._announces, FIRST + ACTORS)]
        self._threads = [threading.Thread(target=self._keep, args=hand, daemon=True) for hand in hands]

    def start(self) -> None:
        """Let them begin."""
        for thread in self._threads:
            thread.start()

    def finish(self) -> None:
        """Let each one see the answer to the last thing done."""
        self._stop.set()
        for thread in self._threads:
            thread.join(4 * PATIENCE_SECONDS)

    def _keep(self, act: Callable[[int, str], None], who: int) -> None:
        number = 0
        while not self._stop.is_set():
            number += 1
            act(who, f"kata{who - FIRST}x{number}x")

    def _writes(self, who: int, word: str) -> None:
        self.standin.say(who, f"/tugas Surat {word}")
        card = self._seen(who, word, lambda m: word in str(m.get("text")))
        if card is None:
            return
        self.written.append(word)
        self._tap(who, card, "Selesai")
        if self._seen(who, word, lambda m: word in str(m.get("text")) and "Keadaan: selesai" in m["text"]):
            self.done.append(word)

    def _announces(self, who: int, word: str) -> None:
        self.standin.say(who, "/pengumuman")
        if self._seen(who, word, lambda m: str(m.get("text")).startswith("Tulis isi")) is None:
            return
        self.standin.say(who, f"Kabar {word}")
        preview = self._seen(
            who, word, lambda m: word in str(m.get("text")) and "Pratinjau" in str(m.get("text"))
        )
        if preview is None:
            return
        self._tap(who, preview, "Kirim sekarang")
        sent = ("Sedang dikirim", "Terkirim")
        if self._seen(who, word, lambda m: word in str(m.get("text")) and m["text"].startswith(sent)):
            self.announced.append(word)
        readers = range(FIRST + ACTORS + 1, FIRST + ACTORS + 1 + READERS)
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and not self._stop.wait(0.2):  # one at a time, as in life
            if all(word in str(self.standin.from_bot(reader)[-3:]) for reader in readers):
                break

    def _tap(self, who: int, message: Json, label: str) -> None:
        rows = message["reply_markup"]["inline_keyboard"]
        data = next(b["callback_data"] for row in rows for b in row if b["text"] == label)
        self.standin.tap(who, message["message_id"], data)

    def _seen(self, who: int, word: str, fits: Callable[[Json], bool]) -> Json | None:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            for message in reversed(self.standin.from_bot(who)[-12:]):
                if fits(message):
                    return message
            time.sleep(0.02)
        self.unanswered.append(word)
        self._stop.set()
        return None


def _settle(session: Session) -> None:
    """One unit with all those people."""
    agency = Agency(name="Instansi Contoh", created_at=START)
    session.add(agency)
    session.flush()
    unit = Unit(agency_id=agency.id or 0, name="Kantor Contoh", created_at=START)
    session.add(unit)
    session.flush()
    unit.path = f"/{unit.id}/"
    session.add(
        Assessment(unit_id=unit.id or 0, year=2027, target="WBK", instrument_id="lke-2021", created_at=START)
    )
    for number in range(ACTORS + 1 + READERS):
        person = Person(
            telegram_id=FIRST + number, name=f"Orang {number}", created_at=START, consent_at=START
        )
        session.add(person)
        session.flush()
        role = "koordinator" if number <= ACTORS else "anggota"
        session.add(
            Membership(
                person_id=person.id or 0,
                agency_id=agency.id or 0,
                unit_id=unit.id,
                role=role,
                created_at=START,
            )
        )


def _sql(url: str, question: str) -> list[tuple[Any, ...]]:
    """What stands in the database, asked past the program."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///"), timeout=20) as lite:
            return lite.execute(question).fetchall()
    with psycopg.connect(
        make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    ) as post:
        return post.execute(question).fetchall()


def _settled(url: str, standin: StandIn) -> None:
    """Until all that is queued was sent, and every update taken; patient as long as it gets on."""
    left, until = -1, 0.0
    waiting = "SELECT count(*) FROM {} WHERE state IN ('waiting', 'leased')"
    while left:
        now = len(standin.updates) + sum(_sql(url, waiting.format(t))[0][0] for t in ("outbox", "job"))
        if now != left:
            left, until = now, time.monotonic() + PATIENCE_SECONDS
        assert time.monotonic() < until, f"{left} wait and do not get on"
        time.sleep(0.1)


def _busy_for(standin: StandIn, changes: int, seconds: float = 30.0) -> None:
    """Until so much has happened in the chats, however fast the machine is."""
    goal, until = standin.seq + changes, time.monotonic() + seconds
    while standin.seq < goal and time.monotonic() < until:
        time.sleep(0.002)


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    made = Zygote()
    yield made
    made.close()


@pytest.fixture
def story(
    zygote: Zygote, database_url: str, database_kind: str, tmp_path: Path
) -> Iterator[tuple[Bots, Town, str]]:
    """The bots of that database at work, and the people."""
    offset = START - datetime.now(UTC)
    telegram = Telegram(lambda: datetime.now(UTC) + offset)
    db = Database(database_url)
    with db.writing() as session:
        _settle(session)
    db.close()
    for number in range(ACTORS + 1 + READERS):
        telegram.standin.add_user(FIRST + number, f"Orang {number}").started = True
    ports = [_free_port(), _free_port()] if database_kind == "postgres" else [0]
    bots = Bots(zygote, telegram, database_url, tmp_path, ports)
    chance = random.Random(SEED)
    town = Town(telegram.standin)
    caller = Caller(telegram.standin, lambda: chance.sample(ports, len(ports))) if ports[0] else None
    try:
        town.start()
        yield bots, town, database_url
    finally:
        town.finish()
        if caller is not None:
            caller.close()
        bots.close()
        telegram.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Count:
    """What the people saw against what stands in the database."""

    def __init__(self, town: Town, url: str) -> None:
        standin = town.standin
        self.acknowledged = len(town.written) + len(town.done) + len(town.announced)
        written = Counter(title for (title,) in _sql(url, "SELECT title FROM task"))
        done = Counter(
            title
            for (title,) in _sql(
                url,
                "SELECT t.title FROM task_change c JOIN task t ON t.id = c.task_id WHERE c.kind = 'done'",
            )
        )
        announced = Counter(text for (text,) in _sql(url, "SELECT text FROM announcement"))
        self.lost = (
            [w for w in town.written if not written[f"Surat {w}"]]
            + [w for w in town.done if not done[f"Surat {w}"]]
            + [w for w in town.announced if not announced[f"Kabar {w}"]]
        )
        self.twice = [what for counted in (written, done, announced) for what, n in counted.items() if n > 1]
        readers = range(FIRST + ACTORS + 1, FIRST + ACTORS + 1 + READERS)
        got = Counter((who, str(m["text"]).split("\n")[0]) for who in readers for m in standin.from_bot(who))
        self.missed = [(w, who) for w in town.announced for who in readers if not got[who, f"Kabar {w}"]]
        self.sent = sum(got.values())
        self.repeated = sum(n - 1 for n in got.values())
        cards = Counter(
            (who, str(m["text"]).split("\n")[0])
            for who in range(FIRST, FIRST + ACTORS)
            for m in standin.from_bot(who)
            if str(m.get("text")).startswith("Surat")
        )
        self.replies_repeated = sum(n - 1 for n in cards.values())
        self.failed = _sql(url, "SELECT state, error FROM outbox WHERE state = 'failed'")
        self.failed += _sql(url, "SELECT kind, error FROM job WHERE state = 'failed'")


@pytest.mark.db
def test_killed_at_random_under_load_nothing_acknowledged_is_lost_or_done_twice(
    story: tuple[Bots, Town, str], database_kind: str
) -> None:
    bots, town, url = story
    chance, began = random.Random(SEED), time.monotonic()
    for number in range(KILLS):
        if number and number % 30 == 0:
            print(f"\n{database_kind}: {number} kills in {time.monotonic() - began:.0f} s", flush=True)
        _busy_for(town.standin, chance.randint(0, 50))
        time.sleep(chance.uniform(0.0, 0.05))
        bots.restart(chance.randrange(len(bots.running)))
        assert town.unanswered == [], f"seed {SEED}"
    town.finish()
    _settled(url, town.standin)
    count = Count(town, url)
    print(
        f"\n{database_kind}, seed {SEED}: {KILLS} kills in {time.monotonic() - began:.0f} s, "
        f"{count.acknowledged} acknowledged actions, lost {len(count.lost)}, done twice {len(count.twice)}; "
        f"{count.sent} queued messages, missed {len(count.missed)}, repeated {count.repeated}; "
        f"answers repeated {count.replies_repeated}"
    )
    assert town.unanswered == [], f"seed {SEED}"
    assert count.acknowledged > KILLS
    assert (count.lost, count.twice, count.missed, count.failed) == ([], [], [], []), f"seed {SEED}"
    assert count.repeated <= KILLS * BATCH
    assert count.replies_repeated <= KILLS * ACTORS


@pytest.mark.db
def test_a_graceful_stop_under_load_is_quick_and_leaves_nothing_half_done(
    story: tuple[Bots, Town, str], database_kind: str
) -> None:
    bots, town, url = story
    took: list[float] = []
    busy = 1.0
    for how in (signal.SIGTERM, signal.SIGINT, signal.SIGTERM):
        _busy_for(town.standin, 40)
        busy = max(busy, slowness())
        took.append(bots.restart(0, how))
    town.finish()
    _settled(url, town.standin)
    count = Count(town, url)
    print(
        f"\n{database_kind}: stopped in {max(took):.1f} s at most, {count.acknowledged} acknowledged "
        f"actions, lost {len(count.lost)}, done twice {len(count.twice)}; messages missed "
        f"{len(count.missed)}, repeated {count.repeated}; answers repeated {count.replies_repeated}"
    )
    assert max(took) < STOP_SECONDS * max(busy, slowness())
    assert town.unanswered == []
    assert (count.lost, count.twice, count.missed, count.failed) == ([], [], [], [])
    assert (count.repeated, count.replies_repeated) == (0, 0), "nothing was in flight any more"
