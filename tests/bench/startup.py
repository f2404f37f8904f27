"""How long a start takes and what it holds in memory, as whole processes."""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.table import Figure

RUNS = 5

_READY = """
import resource, sys, time
begun = time.perf_counter()
from bot.settings import Settings
from telegram.ext import ApplicationBuilder
from bot.app import build
from bot.migrate import migrate
from bot.app import edge_of
settings = Settings(_env_file=None, database_url=sys.argv[1])
app = build(ApplicationBuilder().token("123456789:contoh-contoh").updater(None), settings)
migrate(edge_of(app).db)
ready = time.perf_counter() - begun
edge_of(app).close()
print('{"seconds": %f, "peak_mib": %f}' % (ready, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
"""


def figures() -> list[Figure]:
    """Cold import to an application that can answer, with a migrated database; and the `ask` command."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'start.sqlite3'}"
        runs = [_run([sys.executable, "-c", _READY, url]) for _ in range(RUNS + 1)][1:]
        cpu = [_cpu([sys.executable, "-m", "bot", "ask", "apa syarat WBK?"]) for _ in range(RUNS)]
    return [
        Figure(
            "startup",
            "import to ready",
            statistics.median(r["seconds"] for r in runs),
            "s",
            f"wall inside the process, schema in place, median of {RUNS}",
            "< 2",
        ),
        Figure(
            "startup",
            "peak memory when ready",
            statistics.median(r["peak_mib"] for r in runs),
            "MiB",
            "getrusage of the process",
        ),
        Figure(
            "startup", "pandu-zi ask, whole process", statistics.median(cpu), "s CPU", f"median of {RUNS}"
        ),
    ]


def _run(command: list[str]) -> dict[str, float]:
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return result


def _cpu(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
