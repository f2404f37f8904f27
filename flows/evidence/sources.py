"""Which pieces of a unit come from what its agency shares, and whether that still stands. Reads only."""

from collections.abc import Sequence

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from flows.models import Evidence, SharedEvidence, SharedVersion

SHARED, NEWER, WITHDRAWN = "shared", "newer", "withdrawn"
"""Where a piece comes from that the agency shares, and whether that still stands."""


def sources(session: Session, pieces: Sequence[Evidence]) -> dict[int, str]:
    """Of those that the agency shares, how they stand, by id. No query where there are none, else one."""
    ours = {piece.shared_id: piece for piece in pieces if piece.shared_id is not None}
    if not ours:
        return {}
    latest = (
        select(col(SharedVersion.shared_id), func.max(SharedVersion.no).label("no"))
        .where(col(SharedVersion.shared_id).in_(list(ours)), SharedVersion.state == "ready")
        .group_by(col(SharedVersion.shared_id))
        .subquery()
    )
    found = session.execute(
        select_columns(SharedEvidence.id, SharedEvidence.state, latest.c.no).join(  # type: ignore[call-overload]
            latest, latest.c.shared_id == col(SharedEvidence.id)
        )
    ).all()
    stands = {shared_id: (state, no) for shared_id, state, no in found}
    made: dict[int, str] = {}
    for piece in pieces:
        state, no = stands.get(piece.shared_id, ("", None))
        if piece.shared_id is not None:
            old = no is not None and no != piece.shared_no
            made[piece.id or 0] = WITHDRAWN if state == "withdrawn" else NEWER if old else SHARED
    return made
