"""Behind `pandu-zi audit`: the seals over the audit trail computed again, and the trail as a file."""

from pathlib import Path

from sqlmodel import col, select

from bot.db import Database
from flows import sealing
from flows.models import AuditEntry
from flows.sealing import Verdict

PORTION = 1000


def verify(db: Database) -> Verdict:
    """What a check of the whole trail finds. Changes nothing."""
    with db.reading() as session:
        return sealing.verify(session)


def sentences(found: Verdict) -> list[str]:
    """The finding in words."""
    if found.broken:
        first = ", ".join(str(n) for n in found.broken[:5])
        lines = [
            f"Jejak audit BERUBAH sejak disegel: {len(found.broken)} dari {found.seals} segel tidak cocok "
            f"(pertama: {first}). Bandingkan dengan cadangan sebelum bekerja lebih lanjut."
        ]
    else:
        lines = [f"Jejak audit utuh: {found.sealed} baris dalam {found.seals} segel."]
    if found.unsealed:
        lines.append(f"{found.unsealed} baris terbaru belum disegel; itu wajar sampai sekitar sepuluh menit.")
    if found.seals:
        lines.append(f"Segel terakhir: {found.digest}. Catat di luar mesin ini untuk dicocokkan kelak.")
    return lines


def export(db: Database, out: Path) -> int:
    """Write every entry as it is sealed, oldest first. Returns how many. Raises OSError."""
    count, after = 0, 0
    with db.reading() as session, out.open("w", encoding="utf-8") as file:
        while rows := session.exec(
            select(AuditEntry).where(col(AuditEntry.id) > after).order_by(col(AuditEntry.id)).limit(PORTION)
        ).all():
            file.writelines(sealing.line(row) for row in rows)
            count, after = count + len(rows), rows[-1].id or 0
            session.expunge_all()
    return count
