"""One's own data in the work of the assessors (TPI): assignments, rounds, findings, private notes."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session, col, or_, select

from flows.models import Assessment, TpiAssignment, TpiFinding, TpiNote, TpiRound, Unit

Row = dict[str, Any]
At = Callable[[Any], str | None]


def collect(session: Session, person_id: int, at: At) -> Row:
    """Everything of the person's assessing and answering, with Indonesian keys; nothing that others wrote."""
    return {
        "penugasan_tpi": _assignments(session, person_id, at),
        "putaran_tpi": _rounds(session, person_id, at),
        "catatan_tpi": _findings(session, person_id, at),
        "catatan_internal_tpi": [
            {"indikator": note.item_id, "isi": note.text, "waktu": at(note.at)}
            for note in session.exec(
                select(TpiNote).where(TpiNote.person_id == person_id).order_by(col(TpiNote.id))
            ).all()
        ],
    }


def _assignments(session: Session, person_id: int, at: At) -> list[Row]:
    mine = or_(col(TpiAssignment.person_id) == person_id, col(TpiAssignment.made_by) == person_id)
    return [
        {
            "unit": unit.name,
            "tahun": assessment.year,
            "penilai_anda": row.person_id == person_id,
            "tingkat": row.tier,
            "area": row.areas,
            "ditunjuk": at(row.made_at),
            "berakhir": at(row.ended_at),
        }
        for row, unit, assessment in session.exec(
            select(TpiAssignment, Unit, Assessment)
            .join(Unit, col(Unit.id) == col(TpiAssignment.unit_id))
            .join(Assessment, col(Assessment.id) == col(TpiAssignment.assessment_id))
            .where(mine)
            .order_by(col(TpiAssignment.id))
        ).all()
    ]


def _rounds(session: Session, person_id: int, at: At) -> list[Row]:
    mine = or_(
        col(TpiRound.opened_by) == person_id,
        col(TpiRound.led_by) == person_id,
        col(TpiRound.closed_by) == person_id,
    )
    return [
        {
            "lke": row.assessment_id,
            "putaran": row.no,
            "dibuka": at(row.opened_at) if row.opened_by == person_id else None,
            "disahkan_ketua": at(row.led_at) if row.led_by == person_id else None,
            "disahkan_pengendali": at(row.closed_at) if row.closed_by == person_id else None,
        }
        for row in session.exec(select(TpiRound).where(mine).order_by(col(TpiRound.id))).all()
    ]


def _findings(session: Session, person_id: int, at: At) -> list[Row]:
    mine = or_(
        col(TpiFinding.made_by) == person_id,
        col(TpiFinding.person_id) == person_id,
        col(TpiFinding.answered_by) == person_id,
        col(TpiFinding.decided_by) == person_id,
    )
    return [
        {
            "nomor": row.id,
            "indikator": row.item_id,
            "keadaan": row.state,
            "pic": row.person_id == person_id,
            "batas": row.due_on,
            "catatan": row.text if row.made_by == person_id else None,
            "dibuat": at(row.made_at) if row.made_by == person_id else None,
            "tanggapan": row.answer or None if row.answered_by == person_id else None,
            "ditanggapi": at(row.answered_at) if row.answered_by == person_id else None,
            "diminta_lagi": row.remark or None if row.decided_by == person_id else None,
            "diputus": at(row.decided_at) if row.decided_by == person_id else None,
        }
        for row in session.exec(select(TpiFinding).where(mine).order_by(col(TpiFinding.id))).all()
    ]
