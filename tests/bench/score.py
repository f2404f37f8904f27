"""Scoring one unit: 110 indicators and 3 results against every gate."""

import statistics
import time
from collections.abc import Callable

from knowledge.instrument import load_instruments
from knowledge.library import DATA
from knowledge.readiness import readiness
from knowledge.scoring import score
from tests.bench.table import Figure
from tests.support.readiness import example

ROUNDS = 31
CALLS = 200


def figures() -> list[Figure]:
    """Microseconds of CPU per unit."""
    instrument = load_instruments(DATA / "instruments")["lke-2021"]
    given = example(instrument)
    results = {item.id for item in instrument.results}
    answers = {k: v for k, v in given.items() if k not in results}
    hasil = {k: v for k, v in given.items() if k in results}
    method = f"process CPU, {CALLS} calls a round, median of {ROUNDS} rounds"

    def scored() -> object:
        return score(instrument, answers, hasil)

    def judged() -> object:
        return readiness(score(instrument, answers, hasil), "WBK")

    return [
        Figure("score", "score one full unit", cpu(scored, CALLS, ROUNDS) * 1e6, "µs CPU", method),
        Figure("score", "score, gates and areas", cpu(judged, CALLS, ROUNDS) * 1e6, "µs CPU", method),
    ]


def cpu(work: Callable[[], object], calls: int, rounds: int) -> float:
    """Seconds of CPU of one call: the median over rounds, after one round to warm up."""
    spent = []
    for _ in range(rounds + 1):
        started = time.process_time()
        for _ in range(calls):
            work()
        spent.append((time.process_time() - started) / calls)
    return statistics.median(spent[1:])
