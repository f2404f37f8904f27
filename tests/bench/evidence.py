"""What one piece of evidence costs from the sent message to the saved row, and reading a long history."""

import io
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from sqlmodel import col, insert, select, text

from bot.db import Database
from bot.demo import sample
from bot.migrate import migrate
from flows import routes
from flows.evidence import intake
from flows.models import AnswerChange, Assessment, Intake, Outbox
from knowledge.library import Library, load_library
from tests.bench.readiness import _shown
from tests.bench.table import Figure
from tests.support import pictures
from tests.support.databases import Sqlite
from tests.support.house import START, House
from tests.support.talk import Talk

RUNS = 7
HISTORY = 100_000
ITEM = "PW.P.1.a"
PHOTO_SIDE = (1280, 960)


def figures() -> list[Figure]:
    """Milliseconds of CPU per intake by kind, and of a page of history among 100,000 changes."""
    library = load_library()
    intake.ALBUM_SECONDS = 0.0
    with tempfile.TemporaryDirectory() as folder:
        house = House(Sqlite(Path(folder)).new(), library)
        try:
            made = _intakes(house)
        finally:
            house.close()
        return [*made, *_history(f"sqlite:///{Path(folder) / 'history.sqlite3'}", library)]


def _intakes(house: House) -> list[Figure]:
    talk = house.member(house.unit(), "anggota", "PW")
    photos = [(f"{n}.jpg", _photo(n)) for n in range(10 * (RUNS + 1))]
    documents = [pictures.pdf(20, note=str(n)) for n in range(RUNS + 1)]
    kinds: list[tuple[str, Callable[[int], object], str]] = [
        ("a photo", lambda n: talk.send_photo(photos[n][1], "apel 12 jan"), "1280 x 960"),
        ("a PDF of 20 pages", lambda n: talk.send_file(f"notula {n}.pdf", documents[n]), "as a document"),
        (
            "an album of 10, one PDF",
            lambda n: talk.send_album([(f"{i}", d) for i, d in photos[10 * n : 10 * n + 10]], "rapat 12 jan"),
            "10 photos of 1280 x 960",
        ),
    ]
    made = []
    for name, send, what in kinds:
        spent = [_one(house, talk, send, n) for n in range(RUNS + 1)][1:]
        method = f"{what}; process CPU from message to saved, with the stand-in; median of {RUNS}"
        made.append(Figure("evidence", name, statistics.median(spent), "ms CPU", method))
    return made


def _one(house: House, talk: Talk, send: Callable[[int], object], number: int) -> float:
    talk.type("/menu").tap_data(routes.EVIDENCE_ADD(ITEM).pack())
    started = time.process_time()
    send(number)
    house.runner.run(house.worker.drain())
    row = house.read(lambda s: s.exec(select(Intake).order_by(col(Intake.id).desc())).first())
    talk.tap_data(routes.INTAKE_SAVE(row.id, row.revision).pack())
    house.runner.run(house.worker.drain())
    spent = (time.process_time() - started) * 1000
    state = house.read(lambda s: s.exec(select(Intake.state).where(Intake.id == row.id)).one())
    assert state == intake.SAVED, state
    waiting = house.read(lambda s: s.exec(select(Outbox.id).where(Outbox.state == "waiting")).first())
    assert waiting is None
    return spent


def _photo(number: int) -> bytes:
    """As large as Telegram sends a photo on: noise makes it as heavy as a real one."""
    noise = Image.effect_noise(PHOTO_SIDE, 12 + number % 7).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=80)
    return out.getvalue()


def _history(url: str, library: Library) -> list[Figure]:
    db = Database(url)
    try:
        migrate(db)
        with db.writing() as session:
            sample.fill(session, START)
        few = _page(db, library)
        _fill(db)
        first = _page(db, library)
        far = _page(db, library, 100)
    finally:
        db.close()
    method = f"process CPU of the whole step, {HISTORY} changes of all items, median of {RUNS * 5}"
    return [
        Figure(
            "evidence", "history, newest page, sample alone", few, "ms CPU", "the same, before they are there"
        ),
        Figure("evidence", "history, newest page", first, "ms CPU", method, "flat"),
        Figure("evidence", "history, page 100", far, "ms CPU", method),
    ]


def _page(db: Database, library: Library, page: int = 0) -> float:
    spent = [_shown(db, library, routes.LKE_HISTORY(ITEM, page))[1] for _ in range(RUNS * 5 + 3)]
    return statistics.median(spent[3:])


def _fill(db: Database) -> None:
    """A hundred thousand changes, a thousand of them of the item that is read."""
    with db.writing() as session:
        assessment_id = session.exec(select(Assessment.id).order_by(col(Assessment.id)).limit(1)).one()
        others = [f"X.{n}" for n in range(99)]
        for start in range(0, HISTORY, 5000):
            rows = [
                {
                    "assessment_id": assessment_id,
                    "item_id": ITEM if n % 100 == 0 else others[n % 100 - 1],
                    "person_id": 1,
                    "at": START,
                    "kind": "answer",
                    "before": {"choice": "B", "inputs": None},
                    "after": {"choice": "A", "inputs": None, "rev": n},
                }
                for n in range(start, start + 5000)
            ]
            session.execute(insert(AnswerChange), rows)
    with db.writing() as session:
        session.execute(text("ANALYZE"))
