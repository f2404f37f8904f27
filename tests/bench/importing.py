"""What reading a full worksheet costs: processor time, and memory at its highest."""

import statistics
import time
import tracemalloc

from flows.importing.reading import read_workbook
from knowledge.instrument import Instrument, load_instruments
from knowledge.library import DATA
from tests.bench.table import Figure
from tests.flows.test_importing_reading import full
from tests.support import workbooks
from tests.support.workbooks import Filled

RUNS = 5


def figures() -> list[Figure]:
    """A worksheet with every item answered, a narrative and a link on each."""
    instrument = load_instruments(DATA / "instruments")["lke-2021"]
    texts = dict.fromkeys(full(), "Kegiatan dilaksanakan setiap triwulan dan dievaluasi. " * 8)
    links = {item_id: f"https://contoh.go.id/bukti/{item_id}" for item_id in full()}
    data = workbooks.clean_b(instrument, Filled(full(), notes=texts, links=links))
    read_workbook(data, instrument)
    seconds = []
    for _ in range(RUNS):
        started = time.process_time()
        read_workbook(data, instrument)
        seconds.append(time.process_time() - started)
    return [
        Figure(
            "importing",
            "reading a full worksheet",
            statistics.median(seconds),
            "s CPU",
            f"{len(data) // 1024} KiB, 113 items with texts and links, median of {RUNS}",
            "< 2",
        ),
        Figure(
            "importing",
            "memory while reading, at its highest",
            _peak(data, instrument),
            "MiB",
            "tracemalloc, on top of what is loaded",
            "< 60",
        ),
    ]


def _peak(data: bytes, instrument: Instrument) -> float:
    tracemalloc.start()
    try:
        read_workbook(data, instrument)
        return tracemalloc.get_traced_memory()[1] / 1024 / 1024
    finally:
        tracemalloc.stop()
