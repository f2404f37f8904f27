"""What bringing in 10,000 people in 200 units costs, and whether answers notice it.

One house with the stand-in of Telegram in the same process. The table is read and tried out, then applied by
the worker's own jobs, while somebody taps every tenth of a second; before it the same taps alone.
"""

import statistics
import tempfile
import threading
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlmodel import func, select

from bot.db import Database
from bot.migrate import migrate
from flows import routes
from flows.bulk import files, plan, reading, service
from flows.bulk.columns import PERSON, UNIT
from flows.events import Event, Sender
from flows.models import BulkImport, Person
from flows.screen import Reply
from flows.step import step
from flows.turn import Turn, load_state
from knowledge.library import Library, load_library
from tests.bench.table import Figure
from tests.support.house import House

UNITS, PEOPLE = 200, 10_000
TAPS, EVERY_SECONDS = 60, 0.1


def rows() -> dict[str, list[tuple[str, ...]]]:
    """Twenty branches, 180 offices, fifty people in each unit."""
    units: list[tuple[str, ...]] = []
    for n in range(UNITS):
        branch = "" if n < 20 else f"K{n % 20:03}"
        units.append(
            (f"K{n:03}", f"Kantor {n:03} Contoh", "Satuan kerja" if branch else "Kanwil", branch, "", "")
        )
    people: list[tuple[str, ...]] = [
        (f"Orang {n:05} Contoh", "", f"K{n % UNITS:03}", "anggota", str(n % 6 + 1)) for n in range(PEOPLE)
    ]
    return {UNIT: units, PERSON: people}


def figures() -> list[Figure]:
    """Reading, trying out, applying; the longest transaction; taps before and meanwhile."""
    library = load_library()
    data = files.as_xlsx(rows())
    started = time.process_time()
    found = reading.read(data, "a.xlsx")
    read = time.process_time() - started
    with tempfile.TemporaryDirectory() as folder:
        return _measured(f"sqlite:///{Path(folder) / 'bulk.sqlite3'}", library, data, found, read)


def _measured(url: str, library: Library, data: bytes, found: reading.Reading, read: float) -> list[Figure]:
    db = Database(url)
    migrate(db)
    db.close()
    house = House(url, library)
    try:
        ani = house.admin(house.agency())
        tapper = house.member(house.unit("Kantor Lain Contoh"), "koordinator")
        calm = _taps(house, tapper.user_id, threading.Event())
        with house.db.reading() as session:
            there = service.standing(session, library, 1, house.clock.now())
        peak, tried = _tried(data, there)
        ani.type("/menu").tap("Kelola instansi").tap("Impor unit dan orang")
        ani.send_file("tabel.xlsx", data)
        with _transactions(house.db) as longest:
            house.settle()
            keeping = max(longest)[1]
            longest.clear()
            ani.tap("Terapkan")
            busy, cpu, wall = _applied(house, tapper.user_id)
        row = house.read(lambda s: s.exec(select(BulkImport)).one())
        people = house.read(lambda s: s.exec(select(func.count()).select_from(Person)).one())
        assert (row.state, people) == (service.APPLIED, PEOPLE + 2), (row.state, people)
        ani.type("/menu").tap("Kelola instansi").tap("Impor unit dan orang")
        ani.send_file("tabel.xlsx", data)
        house.settle()
        assert "tidak ada yang berubah" in ani.text, ani.text
    finally:
        house.close()
    how = f"{PEOPLE:,} people in {UNITS} units, SQLite, one process"
    taps = f"a tap every {EVERY_SECONDS} s through step and commit, median and slowest of {TAPS} or more"
    return [
        Figure("bulk", "reading the table", read, "s CPU", f"{len(data) // 1024} KiB of xlsx", "< 10"),
        Figure("bulk", "trying it out", tried, "s CPU", "read and compared, outside any transaction"),
        Figure(
            "bulk", "memory while reading and trying out", peak, "MiB", "tracemalloc, at its highest", "< 200"
        ),
        Figure("bulk", "keeping the result", keeping * 1000, "ms CPU", "its one write transaction", "< 300"),
        Figure("bulk", "applying", cpu, "s CPU", how, "< 60"),
        Figure("bulk", "applying, from tap to news", wall, "s", how),
        Figure(
            "bulk", "write transactions", len(longest), "", "while applying, those of the taps among them"
        ),
        Figure(
            "bulk",
            "longest write transaction, its own work",
            max(cpu for _, cpu in longest) * 1000,
            "ms CPU",
            "of its thread, while applying",
            "< 100",
        ),
        Figure(
            "bulk",
            "longest write transaction, on the clock",
            max(wall for wall, _ in longest) * 1000,
            "ms",
            "the waits for processor and interpreter with it",
        ),
        Figure("bulk", "an answer, before", statistics.median(calm) * 1000, "ms", taps),
        Figure("bulk", "an answer, meanwhile", statistics.median(busy) * 1000, "ms", taps, "< 100"),
        Figure("bulk", "the slowest answer, meanwhile", max(busy) * 1000, "ms", taps, "< 500"),
    ]


def _tried(data: bytes, there: Any) -> tuple[float, float]:
    """Memory at its highest, and processor time of a second run without the measuring."""
    tracemalloc.start()
    plan.plan(reading.read(data, "a.xlsx").lines, there)
    peak = tracemalloc.get_traced_memory()[1] / 1024 / 1024
    tracemalloc.stop()
    started = time.process_time()
    made = plan.plan(reading.read(data, "a.xlsx").lines, there)
    assert len(made.lines) == UNITS + PEOPLE
    return peak, time.process_time() - started


Span = tuple[float, float]
"""How long a transaction held the database, and what its thread computed meanwhile, in seconds."""


@contextmanager
def _transactions(db: Database) -> Iterator[list[Span]]:
    """Every write transaction."""
    spans: list[Span] = []
    begun: dict[int, Span] = {}

    def begin(connection: Any) -> None:
        if not connection.get_execution_options().get("pandu_reading"):
            begun[id(connection.connection.dbapi_connection)] = (time.monotonic(), time.thread_time())

    def end(connection: Any) -> None:
        at = begun.pop(id(connection.connection.dbapi_connection), None)
        if at is not None:
            spans.append((time.monotonic() - at[0], time.thread_time() - at[1]))

    event.listen(db.engine, "begin", begin)
    event.listen(db.engine, "commit", end)
    try:
        yield spans
    finally:
        event.remove(db.engine, "begin", begin)
        event.remove(db.engine, "commit", end)


def _applied(house: House, account: int) -> tuple[list[float], float, float]:
    """Taps meanwhile; processor time without theirs; seconds from the tap to the end."""
    stop, busy = threading.Event(), list[float]()
    hand = threading.Thread(target=lambda: busy.extend(_taps(house, account, stop, until_stopped=True)))
    cpu, wall = time.process_time(), time.monotonic()
    hand.start()
    house.runner.run(house.worker.settle(120.0))
    cpu, wall = time.process_time() - cpu, time.monotonic() - wall
    stop.set()
    hand.join()
    return busy, cpu, wall


def _taps(house: House, account: int, stop: threading.Event, *, until_stopped: bool = False) -> list[float]:
    """How long taps on the menu take, the wait for the database with them."""
    spent: list[float] = []
    while (until_stopped and not stop.is_set()) or (not until_stopped and len(spent) < TAPS):
        started = time.monotonic()
        with house.db.writing() as session:
            _tapped(house, session, account)
        spent.append(time.monotonic() - started)
        stop.wait(EVERY_SECONDS)
    return spent


def _tapped(house: House, session: Any, account: int) -> Reply:
    what = Event(
        update_id=0, kind="tap", chat_id=account, sender=Sender(account, "Budi"), action=routes.PROGRESS(),
        message_id=1, callback_id="1",
    )  # fmt: skip
    return step(Turn(session, what, load_state(session, what), house.clock.now(), house.library, "contoh"))
