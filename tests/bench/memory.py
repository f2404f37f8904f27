"""What a running bot holds: everything imported, the answer desk ready, 10,000 units, people at work.

The database is filled by another process: a bot that runs for months has long forgotten how it was made.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.table import Figure

UNITS, PEOPLE = 10_000, 1_000

_FILL = """
import sys
from bot.db import Database
from bot.demo import sample
from bot.migrate import migrate
from flows.models import Membership, Person, Unit
from knowledge.library import load_library
from sqlmodel import select
from tests.bench import board
from tests.bench.readiness import NOW
db = Database(f"sqlite:///{sys.argv[1]}")
migrate(db)
with db.writing() as session:
    sample.fill(session, NOW)
    board.standing.compute(session, load_library(), [1, 2, 3], NOW)
board._grow(db, int(sys.argv[2]))
with db.writing() as session:
    unit = session.exec(select(Unit).where(Unit.id == 1)).one()
    people = [Person(telegram_id=880_000_000 + n, name=f"Orang {n}", created_at=NOW, consent_at=NOW)
              for n in range(int(sys.argv[3]))]
    session.add_all(people)
    session.flush()
    session.add_all(Membership(person_id=p.id, agency_id=unit.agency_id, unit_id=1, role="anggota", area="MP",
                               created_at=NOW) for p in people)
db.close()
"""

_SERVE = """
import gc, json, resource, sys
import bot.serve
from bot.app import build, edge_of
from bot.settings import Settings
from flows import routes
from telegram.ext import ApplicationBuilder
from tests.bench import board
settings = Settings(_env_file=None, database_url=f"sqlite:///{sys.argv[1]}")
edge = edge_of(build(ApplicationBuilder().token("1:a").updater(None), settings))
edge.library.desk
def held():
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 2**20
ready = held()
admin = board._admin(edge.db)
for _, action, typed in board._screens():
    board._once(edge.db, edge.library, admin, action, typed)
units = held()
for n in range(int(sys.argv[2])):
    for action in (routes.HOME(), routes.LKE(), routes.LKE_ITEM("MP.P.1.a")):
        board._once(edge.db, edge.library, 880_000_000 + n, action, "")
people = held()
print(json.dumps({"ready": ready, "units": units, "people": people,
                  "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
"""


def figures() -> list[Figure]:
    """Resident memory when ready, after the board's screens at 10,000 units, and what 1,000 people add."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "memory.sqlite3")
        _run(_FILL, path, str(UNITS), str(PEOPLE))
        found = json.loads(_run(_SERVE, path, str(PEOPLE)).strip().splitlines()[-1])
    method = "resident pages of a process of its own, the database filled by another"
    more = found["people"] - found["units"]
    return [
        Figure("memory", "ready, answer desk included", found["ready"], "MiB", method),
        Figure("memory", f"at {UNITS:,} units, board opened", found["units"], "MiB", method, "< 150"),
        Figure("memory", f"more after {PEOPLE:,} people, three screens each", more, "MiB", method),
        Figure("memory", "peak, start included", found["peak"], "MiB", "getrusage of the same process"),
    ]


def _run(code: str, *given: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code, *given], capture_output=True, text=True, check=True
    ).stdout
