"""The readiness screen from the database with 1 and with 10,000 units, the optimiser, the pictures."""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session, col, select, text

from bot.db import Database
from bot.demo import sample
from bot.migrate import migrate
from flows import media, routes
from flows.events import Event, Sender
from flows.models import UNIT_SIDE, Assessment, Membership, Person
from flows.routes import Action
from flows.screen import Screen
from flows.step import step
from flows.turn import Turn, load_state
from knowledge.answers import Answer
from knowledge.instrument import Instrument
from knowledge.library import Library, load_library
from knowledge.priority import plan
from tests.bench.score import cpu
from tests.bench.table import Figure
from tests.support.readiness import example

UNITS = 10_000
SCREENS = 60
NOW = datetime(2027, 1, 18, 2, tzinfo=UTC)


def figures() -> list[Figure]:
    """Screen, optimiser and picture times; the screen must not grow with the number of units."""
    library = load_library()
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        try:
            migrate(db)
            with db.writing() as session:
                sample.fill(session, NOW)
            first = _screen_time(db, library)
            pictures = _picture_times(db, library)
            _crowd(db)
            last = _screen_time(db, library)
        finally:
            db.close()
    method = f"process CPU of the whole step, SQLite file, median of {SCREENS}"
    return [
        Figure("readiness", "screen, 3 units in the database", first, "ms CPU", method),
        Figure("readiness", f"screen, {UNITS} units", last, "ms CPU", method),
        Figure("readiness", "ratio", last / first, "x", "must stay flat", "about 1"),
        *_plan_times(library.instrument()),
        *pictures,
    ]


@contextmanager
def _turn(db: Database, library: Library, action: Action) -> Iterator[Turn]:
    """A tap of the sample's coordinator in a transaction that is rolled back."""
    with db.writing() as session:
        event = Event(
            update_id=0,
            kind="tap",
            chat_id=sample.FIRST_ID,
            sender=Sender(sample.FIRST_ID, "Tamu"),
            action=action,
            message_id=1,
            callback_id="1",
        )
        yield Turn(session, event, load_state(session, event), NOW, library)
        session.rollback()


def _shown(db: Database, library: Library, action: Action) -> tuple[Screen, float]:
    """A screen and the milliseconds of CPU that its step took."""
    with _turn(db, library, action) as turn:
        started = time.process_time()
        reply = step(turn)
        spent = (time.process_time() - started) * 1000
    assert reply.screen is not None
    assert not reply.notice, reply.notice
    return reply.screen, spent


def _screen_time(db: Database, library: Library) -> float:
    spent = [_shown(db, library, routes.READINESS())[1] for _ in range(SCREENS + 5)]
    return statistics.median(spent[5:])


def _crowd(db: Database) -> None:
    """Copies of the sample's unit with all its answers, until there are `UNITS`."""
    with db.writing() as session:
        model = _model(session)
        session.execute(
            text(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many) "
                "INSERT INTO unit (agency_id, path, kind, name, zone, created_at, revision) "
                "SELECT agency_id, '/' || i || '/', kind, name || i, zone, created_at, 1 FROM unit, n "
                "WHERE unit.id = :unit"
            ),
            {"many": UNITS - 3, "unit": model.unit_id},
        )
        session.execute(
            text(
                "INSERT INTO assessment (unit_id, year, target, instrument_id, created_at) "
                "SELECT unit.id, :year, 'WBK', 'lke-2021', unit.created_at FROM unit "
                "WHERE unit.id NOT IN (SELECT unit_id FROM assessment)"
            ),
            {"year": model.year},
        )
        session.execute(
            text(
                "INSERT INTO answer "
                "(assessment_id, item_id, choice, inputs, note, source, answered_at, revision) "
                "SELECT a.id, r.item_id, r.choice, r.inputs, '', 'chat', r.answered_at, 1 "
                "FROM assessment a, answer r WHERE r.assessment_id = :model "
                "AND a.id NOT IN (SELECT DISTINCT assessment_id FROM answer)"
            ),
            {"model": model.id},
        )
        session.execute(text("ANALYZE"))


def _model(session: Session) -> Assessment:
    """The assessment of the unit that the sample's coordinator works on."""
    return session.exec(
        select(Assessment)
        .join(Membership, col(Membership.unit_id) == Assessment.unit_id)
        .join(Person, col(Person.id) == Membership.person_id)
        .where(Person.telegram_id == sample.FIRST_ID, Assessment.side == UNIT_SIDE)
    ).one()


def _plan_times(instrument: Instrument) -> list[Figure]:
    method = "process CPU, full instrument, median of 9"
    empty: dict[str, Answer] = {}
    results = {item.id for item in instrument.results}
    given = example(instrument)
    answers = {k: v for k, v in given.items() if k not in results}
    hasil = {k: v for k, v in given.items() if k in results}
    cases = (("nothing answered", empty, empty), ("the example unit", answers, hasil))
    return [
        Figure(
            "readiness",
            f"langkah prioritas to {target}, {name}",
            cpu(lambda a=a, h=h, t=target: plan(instrument, a, h, t), 1, 9) * 1000,  # type: ignore[misc]
            "ms CPU",
            method,
            "< 200",
        )
        for name, a, h in cases
        for target in ("WBK", "WBBM")
    ]


def _picture_times(db: Database, library: Library) -> list[Figure]:
    found = []
    for name, action in (("areas", routes.READINESS_PICTURE()), ("history", routes.READINESS_HISTORY())):
        shown = _shown(db, library, action)[0].media
        assert shown is not None
        drawn = cpu(lambda m=shown: media.draw(m.kind, m.values), 1, 15) * 1000  # type: ignore[misc]
        found.append(Figure("readiness", f"picture of {name}", drawn, "ms CPU", "draw and PNG, median of 15"))
    return found
