"""Behind `pandu-zi import-units`: a table of units and people tried out, and applied when asked.

It acts as the admin named by `--sebagai`, with the roles they hold; without `--terapkan` nothing is written.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from bot.db import Database
from bot.export import Unknown
from flows import policy
from flows.bulk import applying, plan, reading, service
from flows.bulk.columns import PERSON, SHEETS, UNIT
from flows.models import Agency, BulkImport, Person
from flows.outbox import JobTurn
from flows.turn import turn_as
from knowledge.library import Library


def run(
    db: Database, library: Library, file: Path, person_id: int, now: datetime, *, apply: bool
) -> Iterator[str]:
    """Lines that say what the file would change and what is wrong, and what was saved. Raises Unknown."""
    try:
        data = file.read_bytes()
    except OSError as err:
        raise Unknown(f"Berkas {file} tidak dapat dibaca: {err.strerror or err}.") from err
    found = reading.read(data, file.name)
    if found.failure:
        raise Unknown(f"{file}: {found.failure}")
    with db.reading() as session:
        agency, admin = _agency(session, library, person_id, now)
        there = service.standing(session, library, agency, now)
    planned = plan.plan(found.lines, there)
    yield from _told(planned)
    if not apply:
        yield "Tidak ada yang disimpan (uji coba). Tambahkan --terapkan untuk menyimpan."
        return
    if not planned.lines:
        yield "Tidak ada yang berubah."
        return
    yield from _applied(db, library, _kept(db, planned, file.name, agency, admin, now), now)


def _agency(session: Session, library: Library, account: int, now: datetime) -> tuple[int, int]:
    """The agency that the person administers, and the person. Raises Unknown."""
    person = session.exec(select(Person).where(col(Person.telegram_id) == account)).first()
    if person is None:
        raise Unknown(f"Tidak ada orang dengan id Telegram {account}.")
    agencies = policy.admin_agencies(turn_as(session, person, now, library, None).actor)
    if not agencies:
        raise Unknown(f"Orang dengan id Telegram {account} bukan admin instansi.")
    return agencies[0], person.id or 0


def _told(planned: plan.Planned) -> Iterator[str]:
    for sheet, at, column, why in planned.problems:
        yield f"{SHEETS[sheet]} baris {at}, kolom {column}: {why}"
    for sheet in (UNIT, PERSON):
        counts = ", ".join(f"{planned.count(sheet, kind)} {kind}" for kind in plan.KINDS)
        yield f"{SHEETS[sheet]}: {counts}."


def _kept(
    db: Database, planned: plan.Planned, name: str, agency_id: int, person_id: int, now: datetime
) -> int:
    """The import as a row whose portions are applied from here on. Raises Unknown while another one is."""
    with db.writing() as session:
        session.exec(select(Agency).where(Agency.id == agency_id).with_for_update()).one()
        other = select(BulkImport.id).where(
            BulkImport.agency_id == agency_id, BulkImport.state == service.APPLYING
        )
        if session.exec(other.limit(1)).first() is not None:
            raise Unknown("Impor lain sedang diterapkan di instansi ini. Ulangi setelah selesai.")
        row = BulkImport(
            agency_id=agency_id,
            person_id=person_id,
            chat_id=session.get_one(Person, person_id).telegram_id or 0,
            file_name=name[-120:],
            created_at=now,
        )
        session.add(row)
        session.flush()
        service.note(session, row, planned)
        row.state = service.APPLYING
        return row.id or 0


def _applied(db: Database, library: Library, import_id: int, now: datetime) -> Iterator[str]:
    """Portion by portion, each in a transaction of its own; a bot that runs meanwhile may take part."""
    while True:
        with db.writing(patient=True) as session:
            applying.apply_portion(JobTurn(session, {"import_id": import_id}, now, library))
        with db.reading() as session:
            row = session.get_one(BulkImport, import_id)
            state, counts, failure, late = row.state, row.counts, row.failure, row.problems
        if state != service.APPLYING:
            break
    for sheet, at, column, why in late:
        yield f"Dilewati: {SHEETS[sheet]} baris {at}, kolom {column}: {why}"
    if state == service.STOPPED:
        yield failure
    saved = ", ".join(f"{counts.get(f'{s}.tersimpan', 0)} baris {SHEETS[s].lower()}" for s in (UNIT, PERSON))
    yield f"Tersimpan: {saved}."
