"""What one process learns of an agency's answers others know in seconds, also after the database was away."""

import asyncio
import subprocess
import sys
import time

import pytest
from sqlalchemy import create_engine
from sqlmodel import select, text

from bot import hearing
from flows.learning import local
from flows.learning.entries import ACTIVE
from flows.models import Agency, AgencyEntry
from tests.support.house import START, House

WRITES = """
import sys
from bot import hearing
from bot.db import Database
from flows.models import AgencyEntry
db = Database(sys.argv[1])
print("siap", flush=True)
for line in sys.stdin:
    with db.writing() as session:
        entry = session.get_one(AgencyEntry, int(sys.argv[2]))
        entry.short, entry.revision = line.strip(), entry.revision + 1
db.close()
"""
"""Another process of the bot: each line it is given becomes the answer."""


def _entry(house: House) -> tuple[int, int]:
    """An agency's answer, and its agency."""
    house.unit()
    with house.writing() as session:
        agency_id = session.exec(select(Agency.id)).one()
        entry = AgencyEntry(
            agency_id=agency_id or 0,
            questions=["jam layanan loket"],
            short="Loket buka pukul 08.00.",
            state=ACTIVE,
            revision=1,
            made_at=START,
            changed_at=START,
        )
        session.add(entry)
        session.flush()
        return agency_id or 0, entry.id or 0


def _asked(house: House, agency_id: int) -> None:
    """Somebody asks here: from now on this process has the agency's index."""
    with house.db.reading() as session:
        assert local.index_of(session, house.library, agency_id) is not None


def _at_hand(house: House, agency_id: int) -> int:
    """The change up to which this process has the agency's answers, without looking at the database."""
    return local._held[house.db.engine][agency_id].version[0]


async def _until(house: House, agency_id: int, number: int, seconds: float = 15.0) -> float:
    began = time.monotonic()
    while _at_hand(house, agency_id) < number:
        assert time.monotonic() - began < seconds, "not heard"
        await asyncio.sleep(0.05)
    return time.monotonic() - began


@pytest.mark.db
def test_an_answer_changed_by_another_process_is_at_hand_before_anybody_asks(
    house: House, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hearing, "LOOK_SECONDS", 0.5)
    agency_id, entry_id = _entry(house)
    _asked(house, agency_id)
    other = subprocess.Popen(
        [sys.executable, "-c", WRITES, database_url, str(entry_id)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdin is not None
    assert other.stdout is not None
    assert other.stdout.readline().strip() == "siap"

    def elsewhere(words: str) -> None:
        assert other.stdin is not None
        other.stdin.write(words + "\n")
        other.stdin.flush()

    async def story() -> None:
        stop = asyncio.Event()
        listening = asyncio.ensure_future(hearing.hear(house.edge, stop))
        await asyncio.sleep(0.5)
        elsewhere("Loket buka pukul 07.30.")
        assert await _until(house, agency_id, 2) < 3.0
        if not house.db.is_sqlite:
            await asyncio.to_thread(_restarted, house, database_url)
        elsewhere("Loket buka pukul 07.00.")
        await _until(house, agency_id, 3)
        stop.set()
        await asyncio.wait_for(listening, 5)

    try:
        house.runner.run(story())
    finally:
        other.stdin.close()
        other.wait(20)
        other.stdout.close()
    with house.db.reading() as session:
        assert local.renew(session, house.library) == 0, "nothing is left to do"
        index = local.index_of(session, house.library, agency_id)
    assert index is not None
    found = index.ask("jam layanan loket")
    assert found is not None
    assert found.entry.short == "Loket buka pukul 07.00."


def _restarted(house: House, url: str) -> None:
    """What a restart of the database does to a line that listens: an administrator's command cuts it."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        cut = connection.execute(
            text(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            )
        ).scalar_one()
    engine.dispose()
    assert cut == 1
