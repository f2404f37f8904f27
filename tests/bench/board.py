"""The agency's board at ten, a thousand and ten thousand units, and what keeping it true costs per unit."""

import statistics
import tempfile
import time
from pathlib import Path

from sqlmodel import col, func, select, text

from bot.db import Database
from bot.demo import sample
from bot.migrate import migrate
from flows import routes
from flows.board import standing
from flows.events import Event, Sender
from flows.models import Membership, Person, Unit, UnitStanding
from flows.routes import Action
from flows.step import step
from flows.turn import Turn, load_state
from knowledge.library import Library, load_library
from tests.bench.readiness import NOW
from tests.bench.table import Figure

SIZES = (10, 1_000, 10_000)
ROUNDS = 15
TYPED = "kantor layanan 0077"


def figures() -> list[Figure]:
    """CPU of each screen of the board by size, and of computing a unit anew."""
    library = load_library()
    made: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        try:
            migrate(db)
            with db.writing() as session:
                sample.fill(session, NOW)
            made.append(_per_unit(db, library))
            admin = _admin(db)
            for size in SIZES:
                _grow(db, size)
                made += [_screen(db, library, admin, size, *each) for each in _screens()]
        finally:
            db.close()
    return made


def _screens() -> list[tuple[str, Action, str]]:
    return [
        ("neediest first", routes.BOARD(0, "", "jarak", 0), ""),
        ("last activity, page 2", routes.BOARD(0, "", "diam", 1), ""),
        ("only WBBM, by name", routes.BOARD(0, "wbbm", "nama", 0), ""),
        ("search by name", routes.BOARD_TYPED(0), TYPED),
        ("stalls by indicator", routes.BOARD_STALLS(0, 0), ""),
    ]


def _admin(db: Database) -> int:
    with db.reading() as session:
        found = session.exec(
            select(Person.telegram_id)
            .join(Membership, col(Membership.person_id) == col(Person.id))
            .where(Membership.role == "admin")
        ).first()
    assert found is not None
    return found


def _per_unit(db: Database, library: Library) -> Figure:
    with db.writing() as session:
        ids = [unit_id for unit_id in session.exec(select(Unit.id)).all() if unit_id is not None]
        spent = []
        for _ in range(ROUNDS):
            started = time.process_time()
            standing.compute(session, library, ids, NOW)
            spent.append((time.process_time() - started) * 1000 / len(ids))
    return Figure(
        "board", "a unit computed anew", statistics.median(spent), "ms CPU", "sample agency, SQLite"
    )


def _grow(db: Database, size: int) -> None:
    """Units with standings until the agency has `size`; names, points and days vary."""
    with db.writing() as session:
        model = session.exec(select(UnitStanding).order_by(col(UnitStanding.answered).desc()).limit(1)).one()
        have = session.exec(select(func.count()).select_from(UnitStanding)).one()
        first = session.exec(select(func.max(Unit.id))).one() or 0
        session.execute(
            text(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :many) "
                "INSERT INTO unit (id, agency_id, path, kind, name, zone, created_at, revision) "
                "SELECT :first + i, :agency, '/' || (:first + i) || '/', 'satker', "
                "'Kantor Layanan ' || printf('%04d', i), 'WIB', :now, 1 FROM n"
            ),
            {"many": size - have, "first": first, "agency": model.agency_id, "now": str(NOW)},
        )
        session.execute(
            text(
                "INSERT INTO unit_standing (unit_id, agency_id, assessment_id, year, target, instrument_id, "
                "answered, approved, items, total, short, missed, areas, blank, due_at, active_at, "
                "computed_at) SELECT u.id, m.agency_id, m.assessment_id, m.year, "
                "CASE WHEN u.id % 3 THEN 'WBK' ELSE 'WBBM' END, m.instrument_id, u.id % 110, 0, 110, "
                "u.id * 7919 % 1000000, u.id * 104729 % 400000, m.missed, m.areas, m.blank, m.due_at, "
                "datetime('2027-01-01', '-' || (u.id % 90) || ' days'), m.computed_at FROM unit u, "
                "unit_standing m WHERE m.unit_id = :model AND u.id NOT IN (SELECT unit_id FROM unit_standing)"
            ),
            {"model": model.unit_id},
        )
        session.execute(text("ANALYZE"))


def _screen(
    db: Database, library: Library, admin: int, size: int, name: str, action: Action, typed: str
) -> Figure:
    spent = [_once(db, library, admin, action, typed) for _ in range(ROUNDS + 3)][3:]
    whole = action.route in {routes.BOARD_TYPED.name, routes.BOARD_STALLS.name}  # these read every unit
    aim = ("< 100" if whole else "< 30") if size == SIZES[-1] else ""
    method = f"process CPU of the whole step, SQLite file, median of {ROUNDS}"
    return Figure("board", f"{name}, {size} units", statistics.median(spent), "ms CPU", method, aim)


def _once(db: Database, library: Library, admin: int, action: Action, typed: str) -> float:
    with db.writing() as session:
        event = Event(
            update_id=0,
            kind="tap",
            chat_id=admin,
            sender=Sender(admin, "Admin"),
            action=action,
            text=typed,
            message_id=1,
            callback_id="1",
        )
        turn = Turn(session, event, load_state(session, event), NOW, library)
        started = time.process_time()
        reply = step(turn)
        spent = (time.process_time() - started) * 1000
        session.rollback()
    assert reply.screen is not None
    assert not reply.notice, reply.notice
    return spent
