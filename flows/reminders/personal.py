"""What is kept here about one person: for their own file, and to be let go of."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session, col, delete, select

from flows.models import Escalation, Reminder, ReminderPref, UnitReminding


def collect(session: Session, person_id: int, at: Callable[[Any], str | None]) -> dict[str, Any]:
    """With Indonesian keys; nothing of others."""
    pref = session.get(ReminderPref, person_id)
    rows = session.exec(
        select(Reminder).where(Reminder.person_id == person_id).order_by(col(Reminder.id))
    ).all()
    raised = session.exec(
        select(Escalation).where(Escalation.person_id == person_id).order_by(col(Escalation.id))
    ).all()
    days = session.exec(select(UnitReminding).where(UnitReminding.set_by == person_id)).all()
    return {
        "cara_diingatkan": {
            "menit_ringkasan": pref.slot_minutes,
            "menit_tenang": pref.quiet_minutes,
            "cuti_dari": pref.away_from,
            "cuti_sampai": pref.away_until,
            "dimatikan": list(pref.muted),
        }
        if pref is not None
        else None,
        "pengingat": [
            {
                "jenis": row.kind,
                "acuan": row.ref,
                "batas": row.due_on,
                "pertama": row.first_told_on,
                "terakhir": row.last_told_on,
                "kali": row.times_told,
                "dibuka": at(row.opened_at),
                "janji": row.promised_on,
                "ingatkan_lagi": row.again_on or at(row.again_at),
                "alasan": row.reason or None,
                "kendala": at(row.stuck_at),
                "bukan_tugas": at(row.not_mine_at),
            }
            for row in rows
        ],
        "diberi_tahu_terlambat": [
            {"jenis": r.kind, "acuan": r.ref, "sebagai": r.level, "pada": r.told_on} for r in raised
        ],
        "jarak_pengingat_diatur": [{"unit": r.unit_id, "hari": list(r.days_before)} for r in days],
    }


def forget(session: Session, person_id: int) -> None:
    """Everything of one's own goes: what one was told and said, and how one wanted to be told."""
    gone = {"synchronize_session": False}
    for table in (Reminder, Escalation, ReminderPref):
        column = col(table.person_id)
        session.execute(delete(table).where(column == person_id).execution_options(**gone))
