"""What our process holds with an agency of 10,000 units: whole processes, the answer desk included."""

import json
import subprocess
import sys

from tests.bench.table import Figure

UNITS = 10_000

_RUN = """
import json, resource, sys, tempfile
from pathlib import Path
from bot.db import Database
from bot.demo import sample
from bot.migrate import migrate
from knowledge.library import load_library
from tests.bench import board
from tests.bench.readiness import NOW
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
library = load_library()
library.desk
with tempfile.TemporaryDirectory() as folder:
    db = Database(f"sqlite:///{Path(folder) / 'memory.sqlite3'}")
    migrate(db)
    with db.writing() as session:
        sample.fill(session, NOW)
        board.standing.compute(session, library, [1, 2, 3], NOW)
    board._grow(db, int(sys.argv[1]))
    admin, before = board._admin(db), peak()
    for _, action, typed in board._screens():
        board._once(db, library, admin, action, typed)
    db.close()
print(json.dumps({"before": before, "after": peak()}))
"""


def figures() -> list[Figure]:
    """Peak memory after each screen of the board was opened once."""
    ran = subprocess.run([sys.executable, "-c", _RUN, str(UNITS)], capture_output=True, text=True, check=True)
    found = json.loads(ran.stdout.strip().splitlines()[-1])
    method = f"getrusage of the process, {UNITS:,} units, every screen of the board opened"
    return [Figure("memory", f"peak at {UNITS:,} units", found["after"], "MiB", method, "< 150")]
