"""What drills know of one person: for their own file, and to be let go of. Nobody else reads it."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session, col, delete, select

from flows.models import DrillCard, DrillEnrolment, DrillRound, Unit


def collect(session: Session, person_id: int, at: Callable[[Any], str | None]) -> dict[str, Any]:
    """With Indonesian keys; nothing of others."""
    taken = session.exec(
        select(DrillEnrolment, Unit.name)
        .join(Unit, col(Unit.id) == col(DrillEnrolment.unit_id))
        .where(DrillEnrolment.person_id == person_id)
        .order_by(col(DrillEnrolment.id))
    ).all()
    cards = session.exec(
        select(DrillCard).where(DrillCard.person_id == person_id).order_by(col(DrillCard.card))
    ).all()
    rounds = session.exec(
        select(DrillRound).where(DrillRound.person_id == person_id).order_by(col(DrillRound.id))
    ).all()
    return {
        "latihan_diikuti": [
            {
                "unit": unit,
                "diingatkan": row.remind,
                "ikut_sejak": at(row.joined_at),
                "berhenti": at(row.ended_at),
                "latihan_terakhir": row.drilled_on,
                "diingatkan_terakhir": row.told_on,
            }
            for row, unit in taken
        ],
        "kartu_latihan": [
            {
                "soal": row.card,
                "kotak": row.box,
                "muncul_lagi": row.due_on,
                "kali": row.seen_times,
                "benar": row.right_times,
                "terakhir": row.last_on,
            }
            for row in cards
        ],
        "latihan": [
            {
                "soal": row.cards,
                "jawaban": row.picks,
                "benar": row.marks,
                "mulai": at(row.begun_at),
                "selesai": at(row.ended_at),
            }
            for row in rounds
        ],
    }


def forget(session: Session, person_id: int) -> None:
    """Everything goes: that they took part, what they answered, what they know."""
    gone = {"synchronize_session": False}
    for table in (DrillCard, DrillRound, DrillEnrolment):
        session.execute(delete(table).where(col(table.person_id) == person_id).execution_options(**gone))
