"""What other features may ask of learning."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select, update

from flows.learning import entries, questions, scope, unmet
from flows.learning.local import Nearest, nearest
from flows.learning.questions import has_own, keep, may_ask
from flows.learning.unmet import note
from flows.models import AgencyEntry, EntryImport, TeamQuestion
from flows.turn import Turn

__all__ = [
    "Nearest",
    "forget",
    "has_own",
    "keep",
    "may_ask",
    "nearest",
    "note",
    "own_data",
    "team_waiting",
]


def team_waiting(turn: Turn) -> int | None:
    """How many things wait for the actor: unmet questions, questions to the unit, drafts to review.

    None for people who look after neither a unit nor an agency.
    """
    mine = scope.find(turn)
    if mine is None:
        return None
    waiting = unmet.count(turn.session, mine)
    if mine.is_admin:
        waiting += entries.count(turn.session, mine.agency_id, entries.DRAFT)
    unit = turn.open_unit
    if unit is not None and unit.id is not None and scope.coordinates(turn, unit):
        waiting += questions.count_open(turn, unit.id)
    return waiting


def forget(session: Session, person_id: int) -> None:
    """Nothing leads from a question to this asker any more, and the files they sent are let go."""
    session.execute(
        update(TeamQuestion)
        .where(col(TeamQuestion.asker_id) == person_id)
        .values(asker_id=None, named=False)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        delete(EntryImport)
        .where(col(EntryImport.person_id) == person_id)
        .execution_options(synchronize_session=False)
    )


def own_data(
    session: Session, person_id: int, at: Callable[[datetime | None], str | None]
) -> dict[str, list[dict[str, Any]]]:
    """What is kept here about a person, with Indonesian keys; `at` writes moments."""
    asked = select(TeamQuestion).where(TeamQuestion.asker_id == person_id).order_by(col(TeamQuestion.id))
    said = select(TeamQuestion).where(TeamQuestion.answered_by == person_id).order_by(col(TeamQuestion.id))
    wrote = (
        select(AgencyEntry)
        .where((col(AgencyEntry.made_by) == person_id) | (col(AgencyEntry.changed_by) == person_id))
        .order_by(col(AgencyEntry.id))
    )
    sent = select(EntryImport).where(EntryImport.person_id == person_id).order_by(col(EntryImport.id))
    return {
        "pertanyaan_ke_koordinator": [
            {
                "nomor": q.id,
                "pertanyaan": q.text,
                "dengan_nama": q.named,
                "keadaan": q.state,
                "waktu": at(q.asked_at),
                "jawaban": q.answer or None,
            }
            for q in session.exec(asked).all()
        ],
        "jawaban_untuk_tim": [
            {"nomor": q.id, "jawaban": q.answer or None, "keadaan": q.state, "waktu": at(q.answered_at)}
            for q in session.exec(said).all()
        ],
        "jawaban_instansi": [
            {
                "nomor": e.id,
                "dibuat": at(e.made_at) if e.made_by == person_id else None,
                "diubah": at(e.changed_at) if e.changed_by == person_id else None,
            }
            for e in session.exec(wrote).all()
        ],
        "impor_jawaban": [
            {"nomor": i.id, "berkas": i.file_name, "keadaan": i.state, "dikirim": at(i.created_at)}
            for i in session.exec(sent).all()
        ],
    }
