"""Behind `pandu-zi check`: is everything that the bot needs in order? Changes nothing, makes nothing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from bot import check_store, check_telegram
from bot.db import Database
from bot.evidence_store import store_of, unreachable
from bot.migrate import behind
from bot.settings import Settings, SettingsError, load_settings
from flows.ports import StoreUnreachable
from knowledge.duties import load_duties
from knowledge.eligibility import load_process
from knowledge.errors import KnowledgeError
from knowledge.faq_checks import check_faq
from knowledge.library import DATA, load_library
from knowledge.service_check import load_service_check
from knowledge.stages import load_timeline

NOT_YET = "Basis data belum ada; dibuat saat bot pertama kali dijalankan."


@dataclass(frozen=True, slots=True)
class Findings:
    """One sentence per problem, and per thing worth knowing that is none."""

    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def findings(*, telegram: bool = False) -> Findings:
    """What was found; with `telegram` its server is asked too. Never raises for what is wrong."""
    try:
        settings = load_settings()
    except SettingsError as err:
        return Findings((str(err),))
    known = knowledge(DATA, datetime.now(UTC).date())
    if telegram:
        problems, notes = check_telegram.findings(settings, datetime.now(UTC))
        known = Findings((*known.problems, *problems), (*known.notes, *notes))
    if missing_file(settings.database):
        return Findings(known.problems, (*known.notes, NOT_YET))
    problem, note = _database(settings.database)
    if not problem and not note:
        problem, note = _store(settings)
    return Findings((*known.problems, *problem), (*known.notes, *note))


def knowledge(folder: Path, today: date) -> Findings:
    """What is wrong with the fact files of a folder, and what in them is due on this day. Never raises."""
    try:
        library = load_library(folder)
        library.desk  # noqa: B018  (made when first asked for: here it is)
        load_process(folder / "proses.yaml")
        load_timeline(folder)
        load_duties(folder, library.instrument())
        load_service_check(folder, library.instrument())
    except KnowledgeError as err:
        return Findings((f"Berkas pengetahuan: {err}",))
    found = check_faq(library.faq, library.glossary, today)
    return Findings(
        tuple(f"Berkas pengetahuan: {each}" for each in found if each.error),
        tuple(f"Perlu dilihat: {each}" for each in found if not each.error),
    )


def _store(settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Problems and notes about the store of evidence, and how it agrees with the database."""
    db, store = Database(settings.database), store_of(settings)
    try:
        if settings.s3_bucket or settings.evidence_folder.exists():
            store.probe()
        found = check_store.state(db, store)
    except StoreUnreachable as err:
        return (unreachable(err),), ()
    finally:
        db.close()
    return found.problems, found.notes


def missing_file(url: str) -> bool:
    """Whether the address is that of an SQLite file which is not there. Connecting would make it."""
    parts = make_url(url)
    on_disk = parts.get_backend_name() == "sqlite" and parts.database not in {None, "", ":memory:"}
    return on_disk and not Path(str(parts.database)).exists()


def _database(url: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Problems and notes about a database that should be there."""
    db = Database(url)
    try:
        with db.reading() as session:
            db.clock(session)
        present = behind(db)
    except Exception as err:
        return (f"Basis data tidak dapat dihubungi ({type(err).__name__}): periksa DATABASE_URL.",), ()
    finally:
        db.close()
    if present is None:
        return (), ()
    if not present:
        return (), (NOT_YET,)
    return (
        f"Tabel basis data (versi {present}) bukan versi program ini. Jalankan bot sekali agar diperbarui; "
        "bila tetap sama, programnya lebih lama daripada basis datanya.",
    ), ()
