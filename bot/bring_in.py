"""Behind `pandu-zi import`: a file of our own form read against what stands, shown, and applied when asked.

Without `--sebagai` nothing is written. With it the file is applied as that person, with the roles they hold.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from bot.db import Database
from bot.export import Unknown, unit_named
from flows.checklist import service as checklist
from flows.errors import FlowError
from flows.events import Event, Sender
from flows.importing.service import OURS, READY
from flows.models import ChatState, LkeImport, Person, Unit
from flows.turn import Turn
from flows.workbook import coming_back, service
from flows.workbook.comparing import Plan
from flows.workbook.reading import Returned
from flows.workbook.service import View
from flows.workbook.texts import returning as texts
from knowledge.library import Library


class _Undo(Exception):
    """Ends a trial: everything in its transaction is taken back."""


def run(
    db: Database,
    library: Library,
    file: Path,
    unit: str,
    person_id: int | None,
    now: datetime,
    *,
    apply: bool,
) -> list[str]:
    """Lines that say what the file would change, what cannot be read, and what was saved. Raises Unknown."""
    try:
        data = file.read_bytes()
    except OSError as err:
        raise Unknown(f"Berkas {file} tidak dapat dibaca: {err.strerror or err}.") from err
    said: list[str] = []
    try:
        with db.writing() as session:
            found = unit_named(session, unit)
            assessment = checklist.assessment_of(session, found)
            returned, why = coming_back.read(data, file.name, assessment.instrument_id, library)
            if returned is None:
                raise Unknown(
                    f"{file}: bukan berkas LKE dari bot yang dapat dibaca ({why or 'bentuknya lain'})."
                )
            if returned.stamp is not None and returned.stamp.assessment_id != assessment.id:
                raise Unknown(f"{file}: berkas ini milik unit atau tahun lain.")
            turn = _turn(session, library, found, _person(session, person_id), now)
            row = _row(session, turn, returned, found, assessment.id or 0, file.name)
            view = service.view(turn, row.id or 0)
            assert view.plan is not None
            said += _told(view, view.plan)
            if not apply:
                raise _Undo
            said.append(texts.saved_toast(service.apply(turn, view.id, view.plan.stamp)))
    except _Undo:
        said.append("Tidak ada yang disimpan (uji coba). Tambahkan --terapkan untuk menyimpan.")
    except FlowError as err:
        raise Unknown(err.for_user) from err
    return said


def _person(session: Session, person_id: int | None) -> Person:
    if person_id is None:
        raise Unknown("Tulis --sebagai dengan id Telegram orang yang berhak mengisi LKE unit ini.")
    person = session.exec(select(Person).where(col(Person.telegram_id) == person_id)).first()
    if person is None:
        raise Unknown(f"Tidak ada orang dengan id Telegram {person_id}.")
    return person


def _turn(session: Session, library: Library, unit: Unit, person: Person, now: datetime) -> Turn:
    account = person.telegram_id or 0
    event = Event(update_id=0, kind="other", chat_id=account, sender=Sender(account, person.name))
    state = ChatState(chat_id=account, telegram_id=account, unit_id=unit.id)
    return Turn(session=session, event=event, state=state, now=now, library=library)


def _row(
    session: Session, turn: Turn, returned: Returned, unit: Unit, assessment_id: int, name: str
) -> LkeImport:
    row = LkeImport(
        assessment_id=assessment_id,
        unit_id=unit.id or 0,
        person_id=turn.actor.person_id,
        chat_id=turn.event.chat_id,
        file_name=name[-120:],
        state=READY,
        cells={OURS: coming_back.as_cells(returned)},
        created_at=turn.now,
    )
    session.add(row)
    session.flush()
    return row


def _told(view: View, plan: Plan) -> Iterator[str]:
    """One line for each change and each cell or line that cannot be read."""
    for change in plan.allowed:
        note = "" if change.taken else " [tidak ikut diterapkan]"
        yield f"{change.item.id}  {texts.plain_line(change)}{note}"
    for change in plan.refused:
        yield f"{change.item.id}  {texts.plain_line(change)} [bukan hak orang ini]"
    for where, item_id, raw, why in view.troubles:
        yield f"{where}: {item_id or '-'} {texts.why_not(raw, why)}"
    yield (
        f"{len(plan.taken)} perubahan akan disimpan, {len(plan.changes) - len(plan.taken)} tidak, "
        f"{len(view.troubles)} tidak terbaca."
    )
