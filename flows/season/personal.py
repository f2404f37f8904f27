"""What is kept here about one person, for their own file. What they noted down stays with the unit."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session, col, select

from flows.models import LheNote, SeasonRound, SeasonUnit, StageResult, Unit


def collect(session: Session, person_id: int, at: Callable[[Any], str | None]) -> dict[str, Any]:
    """With Indonesian keys; nothing of others."""
    results = session.exec(
        select(StageResult, Unit.name)
        .join(Unit, col(Unit.id) == col(StageResult.unit_id))
        .where(StageResult.set_by == person_id)
        .order_by(col(StageResult.id))
    ).all()
    notes = session.exec(
        select(LheNote, Unit.name)
        .join(Unit, col(Unit.id) == col(LheNote.unit_id))
        .where(LheNote.made_by == person_id)
        .order_by(col(LheNote.id))
    ).all()
    picks = session.exec(
        select(SeasonUnit, Unit.name)
        .join(Unit, col(Unit.id) == col(SeasonUnit.unit_id))
        .where(SeasonUnit.picked_by == person_id)
        .order_by(col(SeasonUnit.id))
    ).all()
    rounds = session.exec(
        select(SeasonRound).where(SeasonRound.set_by == person_id).order_by(col(SeasonRound.id))
    ).all()
    return {
        "hasil_tahap_dicatat": [
            {
                "unit": unit,
                "tahun": row.year,
                "tahap": row.stage,
                "hasil": row.result or None,
                "tanggal": row.decided_on,
                "catatan": row.note or None,
                "waktu": at(row.set_at),
            }
            for row, unit in results
        ],
        "catatan_lhe_ditulis": [
            {
                "unit": unit,
                "tahun": row.year,
                "indikator": row.item_id,
                "isi": row.text,
                "waktu": at(row.made_at),
                "dikeluarkan": at(row.removed_at),
            }
            for row, unit in notes
        ],
        "unit_diusulkan": [
            {"unit": unit, "tahun": row.year, "menuju": row.pick or None, "waktu": at(row.picked_at)}
            for row, unit in picks
        ],
        "usulan_instansi_diatur": [
            {"tahun": row.year, "kuota": row.quota, "surat": row.letter or None, "waktu": at(row.set_at)}
            for row in rounds
        ],
    }
