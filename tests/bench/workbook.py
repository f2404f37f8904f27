"""What the LKE workbook costs: one unit, 400 in a row, ten thousand pieces of evidence, and the way back."""

import resource
import statistics
import time
import tracemalloc
from datetime import UTC, datetime

from flows.workbook import book, reading
from flows.workbook.content import Content, Proof, Side
from knowledge.instrument import Instrument, load_instruments
from knowledge.library import DATA
from tests.bench.table import Figure
from tests.flows.test_importing_reading import full

RUNS, UNITS, MANY = 5, 400, 10_000
AT = datetime(2027, 1, 18, 2, tzinfo=UTC)
NOTE = "Kegiatan dilaksanakan setiap triwulan dan dievaluasi. " * 8


def figures() -> list[Figure]:
    """Every item answered, with a narrative and two pieces of evidence each, half of them links."""
    instrument = load_instruments(DATA / "instruments")["lke-2021"]
    usual, crowded = content(instrument, 2), content(instrument, MANY // 113 + 1)
    data = book.made(usual)
    one = _median(lambda: book.made(usual))
    back = _median(lambda: reading.read(data, "LKE.xlsx", instrument))
    before = _rss_mib()
    started = time.process_time()
    for _ in range(UNITS):
        book.made(usual)
    row = time.process_time() - started
    grown = _rss_mib() - before
    started = time.process_time()
    large = book.made(crowded)
    many = time.process_time() - started
    return [
        Figure("workbook", "one unit", one, "s CPU", f"{len(data) // 1024} KiB, median of {RUNS}", "< 2"),
        Figure("workbook", "memory of one, at its highest", _peak(usual), "MiB", "tracemalloc", "< 60"),
        Figure("workbook", f"{UNITS} units in a row", row, "s CPU", "one after the other", "< 600"),
        Figure("workbook", "memory kept after them", grown, "MiB", "growth of the process's peak", "< 60"),
        Figure(
            "workbook",
            f"{len(crowded.proofs)} pieces of evidence",
            many,
            "s CPU",
            f"{len(large) // 1024} KiB",
            "< 20",
        ),
        Figure("workbook", "reading one that came back", back, "s CPU", f"median of {RUNS}", "< 2"),
    ]


def content(instrument: Instrument, pieces: int) -> Content:
    """A full LKE without a database."""
    proofs = [
        Proof(
            id=number,
            item_ids=(item_id,),
            title=f"Dokumen {number} untuk {item_id}",
            kind="link" if number % 2 else "file",
            url=f"https://contoh.go.id/bukti/{number}" if number % 2 else "",
            file_name="" if number % 2 else f"dokumen-{number}.pdf",
            version=1,
            link_state="open" if number % 2 else "",
            period="2026",
            dated_on=None,
            restricted=False,
            seen=True,
            made_at=AT,
        )
        for number, item_id in enumerate((i for i in full() for _ in range(pieces)), 1)
    ]
    side = Side(full(), dict.fromkeys(full(), NOTE))
    return Content(
        unit_id=1,
        unit_name="Kantor Layanan Contoh",
        zone="WIB",
        year=2027,
        target="WBK",
        assessment_id=1,
        assessment_made=AT,
        tpi_id=2,
        instrument=instrument,
        at=AT,
        unit=side,
        tpi=side,
        fed={},
        proofs=tuple(proofs),
        review={},
    )


def _median(work) -> float:  # type: ignore[no-untyped-def]
    seconds = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return statistics.median(seconds)


def _peak(made: Content) -> float:
    tracemalloc.start()
    try:
        book.made(made)
        return tracemalloc.get_traced_memory()[1] / 1024 / 1024
    finally:
        tracemalloc.stop()


def _rss_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
