"""No frequent query reads a table that grows with the number of units from end to end.

The statements are those really run: every command by every role, the taps of an answer, the heartbeat and the
claiming of messages. SQLite plans each of them; PostgreSQL has the same indexes.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from telegram.ext import ApplicationBuilder

from bot.app import Edge, build, edge_of
from bot.claiming import next_due
from bot.demo import sample
from bot.heartbeat import tick_once
from bot.migrate import migrate
from bot.settings import Settings
from flows import outbox, routes
from flows.events import Event, Sender
from flows.routes import Action
from flows.step import step
from flows.tables import metadata
from flows.turn import Turn, load_state

SMALL = {
    "agency": "one row an agency",
    "reminder_round": "one row a zone and time of the day",
    "reminder_pref": "one row for whoever has chosen their own time; read for its distinct times",
    "audit_seal": "read from its end, one row",
}
ITEM = "MP.P.1.b"
_SCAN = re.compile(r"SCAN (\w+)")
_ALIAS = re.compile(r"(?:FROM|JOIN|,)\s+(\w+)(?:\s+AS)?\s+(\w+)", re.IGNORECASE)


@pytest.fixture
def edge(tmp_path: Path) -> Iterator[Edge]:
    """The parts of a bot over the sample agency."""
    settings = Settings(_env_file=None, data_dir=tmp_path, database_url=f"sqlite:///{tmp_path / 'a.sqlite3'}")
    edge = edge_of(build(ApplicationBuilder().token("1:a").updater(None), settings))
    migrate(edge.db)
    with edge.db.writing() as session:
        sample.fill(session, edge.clock.now())
    yield edge
    edge.close()


def test_no_frequent_query_scans_a_table_that_grows(edge: Edge) -> None:
    tick_once(edge)  # what begins a day's round looks at everybody, once a day
    ran: dict[str, Any] = {}

    @event.listens_for(edge.db.engine, "before_cursor_execute")
    def note(_conn: Any, _cursor: Any, sql: str, given: Any, _context: Any, many: bool) -> None:
        ran.setdefault(sql, given[0] if many else given)

    for person in sample.people():
        for action in _frequent():
            _tap(edge, person.user_id, action)
    tick_once(edge)
    with edge.db.writing() as session:
        next_due(session, outbox.pace_clock(session), broadcasts=True)
    event.remove(edge.db.engine, "before_cursor_execute", note)
    selects = {
        sql: given for sql, given in ran.items() if sql.lstrip().startswith(("SELECT", "WITH", "UPDATE"))
    }
    assert len(selects) > 60
    found = set()
    with edge.db.engine.connect() as connection:
        for sql, given in selects.items():
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given).all()
            found |= {(table, " ".join(sql.split())) for table in _scanned(sql, [row[3] for row in plan])}
    assert not found, "\n".join(f"{table}: {sql}" for table, sql in sorted(found))


def _frequent() -> list[Action]:
    return [
        *dict.fromkeys(routes.COMMANDS.values()),
        routes.LKE_ITEM(ITEM),
        routes.LKE_AREA("MP"),
        routes.EVIDENCE_ITEM(ITEM),
        routes.LKE_HISTORY(ITEM, 0),
        *(routes.LKE_SET(1, ITEM, option, 1) for option in "AB"),
        routes.LKE_SET(3, ITEM, "A", 1),
    ]


def _tap(edge: Edge, telegram_id: int, action: Action) -> None:
    with edge.db.writing() as session:
        happening = Event(0, "tap", telegram_id, Sender(telegram_id, "Tamu"), action=action, message_id=1)
        state = load_state(session, happening)
        step(Turn(session, happening, state, edge.clock.now(), edge.library))


def _scanned(sql: str, plan: list[str]) -> set[str]:
    """The growing tables that this plan reads from end to end."""
    names = {alias: table for table, alias in _ALIAS.findall(sql) if table in metadata.tables}
    scans = [str(found[1]) for line in plan if (found := _SCAN.match(line))]
    tables = {names.get(name, name) for name in scans}
    return {table for table in tables if table in metadata.tables and table not in SMALL}
