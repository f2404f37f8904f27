"""Evidence that is there without anybody having sent it in the story."""

from flows.models import Evidence, EvidenceUse, EvidenceVersion
from tests.support.house import House
from tests.support.lke import CAMPAIGN, assessment_id


def prove(house: House, unit: int, item_id: str = CAMPAIGN) -> None:
    """One piece of evidence for every example of an item."""
    item = house.library.instrument().by_id[item_id]
    at = house.clock.now()
    with house.writing() as session:
        for place, title in enumerate(getattr(item, "evidence", ())):
            piece = Evidence(unit_id=unit, title=title[:200], made_at=at)
            session.add(piece)
            session.flush()
            session.add(EvidenceVersion(evidence_id=piece.id or 0, no=1, file_name="a.pdf", made_at=at))
            session.add(
                EvidenceUse(
                    evidence_id=piece.id or 0,
                    assessment_id=assessment_id(house, unit),
                    item_id=item_id,
                    expected=place,
                    made_at=at,
                )
            )
