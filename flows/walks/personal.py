"""What walks know of one person: for their own file, and to be let go of. What was found stays the unit's."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session, col, select

from flows.models import Unit, Walk, WalkMark, WalkPhoto


def collect(session: Session, person_id: int, at: Callable[[Any], str | None]) -> dict[str, Any]:
    """With Indonesian keys; nothing of others."""
    marks = session.exec(
        select(WalkMark, Unit.name)
        .join(Walk, col(Walk.id) == col(WalkMark.walk_id))
        .join(Unit, col(Unit.id) == col(Walk.unit_id))
        .where(WalkMark.set_by == person_id)
        .order_by(col(WalkMark.id))
    ).all()
    photos = session.exec(
        select(WalkPhoto, Unit.name)
        .join(Walk, col(Walk.id) == col(WalkPhoto.walk_id))
        .join(Unit, col(Unit.id) == col(Walk.unit_id))
        .where(WalkPhoto.taken_by == person_id)
        .order_by(col(WalkPhoto.id))
    ).all()
    begun = session.exec(select(Walk).where(Walk.begun_by == person_id).order_by(col(Walk.id))).all()
    ended = session.exec(select(Walk).where(Walk.ended_by == person_id).order_by(col(Walk.id))).all()
    return {
        "keliling_ditutup": [{"nomor": row.id, "waktu": at(row.ended_at)} for row in ended],
        "keliling_dimulai": [{"nomor": row.id, "waktu": at(row.begun_at)} for row in begun],
        "keliling_dicatat": [
            {
                "unit": unit,
                "titik": row.point,
                "keadaan": row.state or None,
                "catatan": row.note or None,
                "waktu": at(row.set_at),
            }
            for row, unit in marks
        ],
        "keliling_difoto": [
            {
                "unit": unit,
                "titik": row.point,
                "waktu": at(row.taken_at),
                "dijadikan_bukti": row.intake_id is not None,
                "dihapus": at(row.removed_at),
            }
            for row, unit in photos
        ],
    }


def forget(session: Session, person_id: int, now: Any) -> None:
    """Photos that they took go with them, since Telegram keeps those under their account."""
    query = select(WalkPhoto).where(WalkPhoto.taken_by == person_id).order_by(col(WalkPhoto.id))
    for row in session.exec(query.with_for_update()).all():
        row.taken_by, row.file = None, {}
        row.removed_at = row.removed_at or now
        session.add(row)
