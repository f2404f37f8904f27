"""What a unit takes along of its way after the submission: results by stage, the notes of its LHE."""

from typing import Any

from sqlmodel import Session, col, select

from flows.models import LheNote, SeasonUnit, StageResult

Row = dict[str, Any]


def collect(session: Session, unit_id: int) -> list[Row]:
    """One entry a year, oldest first, with Indonesian keys; of the agency's picks only what was announced."""
    results = session.exec(
        select(StageResult).where(StageResult.unit_id == unit_id).order_by(col(StageResult.id))
    ).all()
    notes = session.exec(
        select(LheNote)
        .where(LheNote.unit_id == unit_id, col(LheNote.removed_at).is_(None))
        .order_by(col(LheNote.id))
    ).all()
    told = dict(
        session.exec(
            select(SeasonUnit.year, SeasonUnit.told).where(
                SeasonUnit.unit_id == unit_id, SeasonUnit.told != ""
            )
        ).all()
    )
    return [
        {
            "tahun": year,
            "diusulkan_menuju": told.get(year),
            "tahap": [
                {
                    "tahap": row.stage,
                    "hasil": row.result or None,
                    "tanggal": row.decided_on.isoformat() if row.decided_on is not None else None,
                    "catatan": row.note or None,
                }
                for row in results
                if row.year == year
            ],
            "catatan_lhe": [
                {"indikator": note.item_id, "isi": note.text, "tugas": note.task_id}
                for note in notes
                if note.year == year
            ],
        }
        for year in sorted({*told, *(row.year for row in results), *(note.year for note in notes)})
    ]
