"""What an agency shares, and what of it a unit may attach to an item. Reads only; any feature may ask."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from flows.models import Evidence, SharedEvidence, SharedVersion, Unit

READING, READY, ACTIVE, WITHDRAWN = "reading", "ready", "active", "withdrawn"
FAILED, CANCELLED = "failed", "cancelled"


@dataclass(frozen=True, slots=True)
class Offer:
    """One piece that the agency shares, its newest version, and the unit's own piece made of it, if any."""

    shared: SharedEvidence
    version: SharedVersion
    mine: Evidence | None = None

    @property
    def id(self) -> int:
        """Id of the shared piece."""
        return self.shared.id or 0


def reaches(shared: SharedEvidence, unit: Unit) -> bool:
    """Whether it is meant for the unit: of its agency, and of its branch where one is named."""
    if shared.agency_id != unit.agency_id:
        return False
    return shared.branch_id is None or f"/{shared.branch_id}/" in unit.path


def newest(session: Session, shared_ids: Iterable[int]) -> dict[int, SharedVersion]:
    """The newest version that was found right, by shared piece."""
    found = session.exec(
        select(SharedVersion)
        .where(col(SharedVersion.shared_id).in_(list(shared_ids)), SharedVersion.state == READY)
        .order_by(col(SharedVersion.no))
    ).all()
    return {version.shared_id: version for version in found}


def of_unit(session: Session, unit: Unit, item_id: str | None = None) -> list[Offer]:
    """What is shared with the unit (for one item), newest first. One query where nothing is."""
    rows = session.exec(
        select(SharedEvidence)
        .where(SharedEvidence.agency_id == unit.agency_id, SharedEvidence.state == ACTIVE)
        .order_by(col(SharedEvidence.published_at).desc(), col(SharedEvidence.id).desc())
    ).all()
    fitting = [row for row in rows if reaches(row, unit) and (item_id is None or item_id in row.items)]
    if not fitting:
        return []
    ids = [row.id or 0 for row in fitting]
    versions = newest(session, ids)
    mine = {
        piece.shared_id: piece
        for piece in session.exec(
            select(Evidence).where(
                Evidence.unit_id == unit.id,
                col(Evidence.shared_id).in_(ids),
                col(Evidence.removed_at).is_(None),
            )
        )
    }
    return [
        Offer(row, versions[row.id or 0], mine.get(row.id)) for row in fitting if (row.id or 0) in versions
    ]
