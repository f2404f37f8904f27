"""Evidence of a year that is closed: it stays as it was judged."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from flows.models import Assessment, EvidenceUse


def year_of(session: Session, uses: Sequence[EvidenceUse]) -> int | None:
    """The last closed year that a piece belongs to; None for what only serves years that go on."""
    ids = {use.assessment_id for use in uses}
    if not ids:
        return None
    return session.exec(
        select(func.max(Assessment.year)).where(
            col(Assessment.id).in_(ids), col(Assessment.archived_at).is_not(None)
        )
    ).one()


def frozen(year: int) -> str:
    """Why a piece of a closed year is not changed, for the person."""
    return (
        f"Bukti ini bagian arsip LKE {year}, jadi tidak diubah. Kirim yang terbaru sebagai bukti baru, lalu "
        "lepaskan yang lama dari indikator tahun ini."
    )
