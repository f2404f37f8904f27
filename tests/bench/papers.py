"""Time and memory of each paper: for one unit, for 400 units in a row, and a package of 10,000 pieces."""

import itertools
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, insert, select

from bot.db import Database
from bot.demo import sample
from bot.evidence_store import FolderStore
from bot.export import Desk
from bot.export_papers import KINDS
from bot.migrate import migrate
from flows.checklist.service import Current
from flows.models import (
    UNIT_SIDE,
    Answer,
    Assessment,
    Evidence,
    EvidenceUse,
    EvidenceVersion,
    StoredFile,
    Unit,
)
from flows.papers import brief, package, typeset
from knowledge.library import Library, load_library
from tests.bench.table import Figure
from tests.support.house import START

UNITS = 400
PIECES = 10_000
PIECE_BYTES = 8 * 1024
RUNS = 7
PAPERS = ("brief", "letter-pengantar", "letter-sptjm", "package")
IN_A_ROW = ("brief", "letter-pengantar", "package")


@dataclass(slots=True)
class Bench:
    """The database with its store, and one sample unit in it."""

    db: Database
    store: FolderStore
    library: Library
    unit_id: int = 0

    @contextmanager
    def desk(self, unit_id: int) -> Iterator[Desk]:
        """As the command line makes papers: from a read-only snapshot."""
        with self.db.reading() as session:
            yield Desk(session, session.get_one(Unit, unit_id), self.library, START, self.store)


def figures() -> list[Figure]:
    """Milliseconds of CPU per paper, megabytes that stay and that were needed."""
    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder) / 'papers.sqlite3'}")
        bench = Bench(db, FolderStore(Path(folder) / "bukti"), load_library())
        try:
            migrate(db)
            with db.writing() as session:
                sample.fill(session, START, bench.store)
                bench.unit_id = session.exec(select(Unit.id).where(Unit.name == sample.UNIT)).one() or 0
            made = [figure for name in PAPERS for figure in _one(bench, name)]
            made += _parts_of_the_brief(bench)
            units = _crowd(bench)
            made += [figure for name in IN_A_ROW for figure in _row(bench, name, units)]
            made += _large(bench)
        finally:
            db.close()
    return made


def _make(bench: Bench, name: str, unit_id: int) -> int:
    """Bytes of the paper of a unit."""
    with bench.desk(unit_id) as desk:
        return sum(len(file.data) for file in KINDS[name](desk))


def _one(bench: Bench, name: str) -> list[Figure]:
    _make(bench, name, bench.unit_id)  # the first loads the libraries
    spent, size = [], 0
    for _ in range(RUNS):
        started = time.process_time()
        size = _make(bench, name, bench.unit_id)
        spent.append((time.process_time() - started) * 1000)
    method = f"reading and making, process CPU, median of {RUNS}"
    return [
        Figure("papers", f"{name}, one unit", statistics.median(spent), "ms CPU", method),
        Figure("papers", f"{name}, size", size / 1024, "KB", "the sample unit"),
    ]


def _parts_of_the_brief(bench: Bench) -> list[Figure]:
    def timed(work: Callable[[], Any]) -> float:
        spent = []
        for _ in range(RUNS):
            started = time.process_time()
            work()
            spent.append((time.process_time() - started) * 1000)
        return statistics.median(spent)

    with bench.db.reading() as session:
        where = _where(session, bench.library, bench.unit_id)
        facts = brief.collect(session, where, START)
        read = timed(lambda: brief.collect(session, where, START))
    return [
        Figure("papers", "brief, reading", read, "ms CPU", "score, history, plan, lateness"),
        Figure("papers", "brief, typesetting", timed(lambda: typeset.pdf("brief", facts)), "ms CPU", "PDF"),
    ]


def _where(session: Session, library: Library, unit_id: int) -> Current:
    own = select(Assessment).where(Assessment.unit_id == unit_id, Assessment.side == UNIT_SIDE)
    assessment = session.exec(own).one()
    unit = session.get_one(Unit, unit_id)
    return Current(unit, assessment, library.instrument(assessment.instrument_id))


def _crowd(bench: Bench) -> list[int]:
    """So many units with the sample unit's answers and one piece of evidence each."""
    with bench.db.writing() as session:
        first = session.get_one(Unit, bench.unit_id)
        own = select(Assessment).where(Assessment.unit_id == first.id, Assessment.side == UNIT_SIDE)
        like = session.exec(own).one()
        answers = session.exec(select(Answer).where(Answer.assessment_id == like.id)).all()
        copied = [answer.model_dump(exclude={"id", "assessment_id"}) for answer in answers]
        made = []
        for number in range(UNITS):
            unit = Unit(agency_id=first.agency_id, name=f"Kantor {number} (contoh)", created_at=START)
            session.add(unit)
            session.flush()
            mine = Assessment(unit_id=unit.id or 0, year=like.year, instrument_id=like.instrument_id,
                              created_at=START)  # fmt: skip
            session.add(mine)
            session.flush()
            session.execute(insert(Answer), [{**facts, "assessment_id": mine.id} for facts in copied])
            _pieces(session, bench, unit.id or 0, mine.id or 0, [f"Bukti {number}".encode()])
            made.append(unit.id or 0)
    return made


def _pieces(session: Session, bench: Bench, unit_id: int, assessment_id: int, files: list[bytes]) -> None:
    items = [item.id for item in bench.library.instrument().worksheet_order]
    base = session.exec(select(Evidence.id).order_by(col(Evidence.id).desc()).limit(1)).first() or 0
    keys = [bench.store.put(data) for data in files]
    stored, pieces, versions, uses = [], [], [], []
    for number, (key, data) in enumerate(zip(keys, files, strict=True), 1):
        stored.append({"sha256": key, "size_bytes": len(data), "mime": "application/pdf", "stored_at": START})
        about = {"evidence_id": base + number, "made_at": START}
        pieces.append({"id": base + number, "unit_id": unit_id, "title": f"Bukti nomor {number} tahun 2026",
                       "period": "2026", "restricted": False, "made_at": START, "revision": 1})  # fmt: skip
        versions.append({**about, "no": 1, "kind": "file", "sha256": key, "file_name": "bukti.pdf", "url": "",
                         "findings": [], "link_state": ""})  # fmt: skip
        uses.append({**about, "assessment_id": assessment_id, "item_id": items[number % len(items)],
                     "verdict": "", "reason": ""})  # fmt: skip
    for table, rows in (
        (StoredFile, stored),
        (Evidence, pieces),
        (EvidenceVersion, versions),
        (EvidenceUse, uses),
    ):
        session.execute(insert(table), rows)


def _row(bench: Bench, name: str, units: list[int]) -> list[Figure]:
    _make(bench, name, units[0])
    before, started, wall = _resident(), time.process_time(), time.monotonic()
    for unit_id in units:
        _make(bench, name, unit_id)
    cpu, seconds = (time.process_time() - started) * 1000 / len(units), time.monotonic() - wall
    kept = _resident() - before
    method = f"{len(units)} units one after the other"
    return [
        Figure("papers", f"{name}, {len(units)} units, each", cpu, "ms CPU", method),
        Figure("papers", f"{name}, {len(units)} units, all", seconds, "s", f"{method}, wall"),
        Figure("papers", f"{name}, memory that stays", kept, "MB", f"resident after {method}", "about 0"),
    ]


def _large(bench: Bench) -> list[Figure]:
    """A unit with ten thousand pieces: reading, planning and building, zip by zip."""
    with bench.db.writing() as session:
        first = session.get_one(Unit, bench.unit_id)
        unit = Unit(agency_id=first.agency_id, name="Kantor Besar (contoh)", created_at=START)
        session.add(unit)
        session.flush()
        mine = Assessment(unit_id=unit.id or 0, year=2027, instrument_id="lke-2021", created_at=START)
        session.add(mine)
        session.flush()
        files = [f"{number:08}".encode() * (PIECE_BYTES // 8) for number in range(PIECES)]
        _pieces(session, bench, unit.id or 0, mine.id or 0, files)
        unit_id = unit.id or 0
    del files
    before, wall, started = _resident(), time.monotonic(), time.process_time()
    with bench.desk(unit_id) as desk:
        rounds = [0.0]
        peak, count, size = before, 0, 0
        for file in KINDS["package"](desk):
            rounds.append(time.monotonic() - wall)
            peak, count, size = max(peak, _resident()), count + 1, size + len(file.data)
    longest = max(b - a for a, b in itertools.pairwise(rounds))
    about = f"{PIECES} pieces of {PIECE_BYTES // 1024} KB, {count} zips, {size / 1024 / 1024:.0f} MB"
    return [
        Figure("papers", "package, 10,000 pieces", time.process_time() - started, "s CPU", about),
        Figure(
            "papers", "package, longest zip", longest, "s", f"{about}; wall, with reading before", "under 60"
        ),
        Figure("papers", "package, memory needed", peak - before, "MB", f"{about}; resident while building"),
        Figure("papers", "package, rows to pieces", _gathering(bench, unit_id), "s CPU", "reading alone"),
    ]


def _gathering(bench: Bench, unit_id: int) -> float:
    from bot.export_papers import _Outsider
    from flows.policy import Actor

    with bench.desk(unit_id) as desk:
        where = _where(desk.session, bench.library, unit_id)
        sight = _Outsider(desk.session, Actor(None), desk.unit, where.assessment, where.instrument)
        started = time.process_time()
        content = package.content_of(desk.session, where, sight, START)
        spent = time.process_time() - started
    assert len(content.pieces) == PIECES
    return spent


def _resident() -> float:
    """Megabytes of memory that this process holds now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
