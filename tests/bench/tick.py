"""The tick of the heartbeat over 10,000 units with 1,000,000 deadline rows: CPU and queries.

A round begins at half past eight; every other beat finds that it has begun. Then the first portion of its
job is carried out: what it costs to decide for a hundred units who is told what.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, event, text
from sqlmodel import Session, col, func, select

from bot.db import Database
from bot.migrate import migrate
from flows import calendar, outbox
from flows.models import Deadline, Job, Outbox, ReminderRound
from flows.reminders.fanout import FAN_OUT, UNITS_PER_JOB
from knowledge.library import load_library
from tests.bench.table import Figure

UNITS, ROWS_EACH = 10_000, 100
MORNING = datetime(2027, 2, 16, 1, 31, tzinfo=UTC)
"""Tuesday, 08.31 WIB."""
START = datetime(2027, 1, 4, tzinfo=UTC)


def figures() -> list[Figure]:
    """Fill, then measure each kind of beat."""
    with tempfile.TemporaryDirectory(prefix="pandu-tick-") as folder:
        db = Database(f"sqlite:///{Path(folder) / 'tick.sqlite3'}")
        migrate(db)
        _fill(db)
        try:
            return _measure(db)
        finally:
            db.close()


def _measure(db: Database) -> list[Figure]:
    counted = _Counted(db.engine)
    _timed(db, counted, MORNING - timedelta(days=1, hours=5))  # the calendar of the year is worked out once
    night = _timed(db, counted, MORNING - timedelta(hours=5))
    begins = _timed(db, counted, MORNING)
    later = _timed(db, counted, MORNING + timedelta(minutes=1))
    scanned = _due_rows(db, MORNING)
    portion, told = _portion(db, counted)
    method = f"{UNITS:,} units, {UNITS * ROWS_EACH:,} deadline rows, SQLite"
    return [
        Figure("tick", "a beat at night", night[0], "ms CPU", method),
        Figure("tick", "queries of a beat at night", night[1], "queries", method),
        Figure("tick", "the beat that begins three zones' rounds", begins[0], "ms CPU", method),
        Figure("tick", "queries of that beat", begins[1], "queries", method),
        Figure("tick", "a beat after that", later[0], "ms CPU", method),
        Figure("tick", "queries of a beat after that", later[1], "queries", method),
        Figure("tick", "deadline rows on the days that beat looks at", scanned, "rows", method),
        Figure("tick", f"first portion: {UNITS_PER_JOB} units decided", portion[0], "ms CPU", method),
        Figure("tick", "queries of that portion", portion[1], "queries", method),
        Figure("tick", "people told by that portion", told, "people", method),
    ]


class _Counted:
    """Counts the statements of an engine."""

    def __init__(self, engine: Engine) -> None:
        self.count = 0

        @event.listens_for(engine, "before_cursor_execute")
        def _(*_args: object) -> None:
            self.count += 1


def _timed(db: Database, counted: _Counted, now: datetime) -> tuple[float, float]:
    return _once(counted, lambda: _tick(db, now))


def _once(counted: _Counted, act: Callable[[], None]) -> tuple[float, float]:
    before, started = counted.count, time.process_time()
    act()
    return (time.process_time() - started) * 1000, float(counted.count - before)


def _tick(db: Database, now: datetime) -> None:
    with db.writing() as session:
        calendar.tick(session, now)


def _portion(db: Database, counted: _Counted) -> tuple[tuple[float, float], float]:
    library = load_library()

    def work() -> None:
        with db.writing() as session:
            waiting = select(Job).where(Job.kind == FAN_OUT, Job.state == "waiting").order_by(col(Job.id))
            job = session.exec(waiting).first()
            assert job is not None
            outbox.job_kind(job.kind).work(outbox.JobTurn(session, dict(job.args), MORNING, library))

    found = _once(counted, work)
    with db.reading() as session:
        return found, float(session.exec(select(func.count()).select_from(Outbox)).one())


def _due_rows(db: Database, now: datetime) -> float:
    """How many rows fall on the days of which the round of that morning speaks, whatever their state."""
    from flows.reminders import moments

    with db.reading() as session:
        assert session.exec(select(func.count()).select_from(ReminderRound)).one() == 3
        days = moments.due_days(now.date(), now.date(), moments.DAYS_BEFORE)
        day = func.date(Deadline.due_at)
        query = select(func.count()).select_from(Deadline).where(day.in_([d.isoformat() for d in days]))
        return float(session.exec(query).one())


def _fill(db: Database) -> None:
    items = [item.id for item in load_library().instrument("lke-2021").area_order[:ROWS_EACH]]
    with db.writing() as session:
        session.execute(text("CREATE TEMP TABLE item (i INTEGER PRIMARY KEY, id TEXT)"))
        session.execute(
            text("INSERT INTO item VALUES (:i, :id)"), [{"i": i, "id": id} for i, id in enumerate(items, 1)]
        )
        for statement in _SEED.split(";"):
            if statement.strip():
                session.execute(text(statement), {"start": f"{START:%Y-%m-%d %H:%M:%S}"})
    with Session(db.engine) as session:
        session.execute(text("ANALYZE"))
        session.commit()


_SEED = f"""
INSERT INTO agency (id, name, is_sample, own_review, created_at)
VALUES (1, 'Instansi', 0, 'auto', :start);
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {UNITS})
INSERT INTO unit (id, agency_id, path, kind, name, zone, created_at, revision)
SELECT i, 1, '/' || i || '/', 'satker', 'Kantor ' || i,
       CASE i % 10 WHEN 0 THEN 'WIT' WHEN 1 THEN 'WITA' WHEN 2 THEN 'WITA' ELSE 'WIB' END, :start, 1 FROM n;
INSERT INTO assessment (id, unit_id, year, side, target, instrument_id, created_at)
SELECT id, id, 2027, 'unit', 'WBK', 'lke-2021', :start FROM unit;
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 11)
INSERT INTO person (id, telegram_id, name, created_at, consent_at)
SELECT unit.id * 12 + i, unit.id * 12 + i, 'Orang', :start, :start FROM unit, n;
INSERT INTO membership (person_id, agency_id, unit_id, role, area, created_at)
SELECT id, 1, id / 12, CASE id % 12 WHEN 0 THEN 'koordinator' WHEN 1 THEN 'ketua' ELSE 'anggota' END,
       CASE id % 12 WHEN 0 THEN NULL ELSE substr('MPTLSDAKPWPL', 1 + 2 * (id % 6), 2) END, :start
FROM person WHERE id / 12 BETWEEN 1 AND {UNITS};
INSERT INTO pic (assessment_id, scope, person_id, set_at, revision)
SELECT unit_id, area, max(person_id), :start, 1 FROM membership WHERE area IS NOT NULL GROUP BY unit_id, area;
INSERT INTO deadline (assessment_id, unit_id, scope, ref, due_at, set_at, revision, pinned, done_at)
SELECT unit.id, unit.id, 'item', item.id,
       datetime(:start, '+' || ((unit.id * 7 + i * 37) % 360) || ' days', '+8 hours'), :start, 1, 0,
       CASE WHEN (unit.id + i) % 3 = 0 THEN :start END FROM unit, item;
UPDATE deadline SET scope = 'tpi', ref = '' WHERE ref = (SELECT id FROM item WHERE i = 1);
UPDATE deadline SET scope = 'area', ref = 'PW' WHERE ref = (SELECT id FROM item WHERE i = 2)
"""
