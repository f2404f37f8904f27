"""The evidence of one item, as a reviewer's card names it."""

from dataclasses import dataclass

from sqlmodel import Session

from flows.evidence import service
from flows.models import Assessment
from knowledge.answers import Item


@dataclass(frozen=True, slots=True)
class Shown:
    """Titles of what is there, and the examples that nobody has sent or waived."""

    titles: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many pieces there are."""
        return len(self.titles)


def shown(session: Session, assessment: Assessment, item: Item) -> Shown:
    """The evidence that serves an item. Two queries."""
    found = service.of_item(session, assessment, item)
    return Shown(
        titles=tuple(piece.evidence.title for piece in found.uses),
        missing=tuple(item.evidence[place] for place in found.expected_missing),
    )
