"""Where every item of an LKE stands: answered, reviewed, not applying, waiting from the year before."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from flows.checklist import stored
from flows.models import Answer, Assessment, ItemWork
from flows.readiness import feeds
from knowledge.answers import Item
from knowledge.instrument import Instrument


@dataclass(frozen=True, slots=True)
class Marks:
    """Where every item stands: `done` count as answered, `review` has a state (waiting, approved, returned),
    `off` are marked "tidak berlaku" (they score as unanswered). `carried` have an answer of the year before
    that nobody has confirmed: they are not done. `asked_off` were marked "tidak berlaku" in the year before.
    """

    done: frozenset[str]
    review: Mapping[str, str]
    off: frozenset[str]
    carried: frozenset[str] = frozenset()
    asked_off: frozenset[str] = frozenset()

    @property
    def to_confirm(self) -> frozenset[str]:
        """What came from the year before and waits for somebody to confirm it."""
        return self.carried | self.asked_off

    @property
    def settled(self) -> frozenset[str]:
        """What nobody needs to fill any more."""
        return self.done | self.off


def marks(session: Session, assessment: Assessment, instrument: Instrument) -> Marks:
    """Where every item stands. One query: what has been sent or marked has an answer row, if an empty one."""
    kinds = {kind: item_id for kind, item_id in feeds.FEEDS.items() if item_id in instrument.by_id}
    found = session.execute(
        select_columns(
            col(Answer.item_id),
            col(Answer.choice),
            col(Answer.inputs),
            col(ItemWork.state),
            col(ItemWork.not_applicable),
            col(Answer.source),
            col(ItemWork.na_reason),
            *(feeds.any_counts(assessment, kind).label(kind) for kind in kinds),
        )
        .select_from(Assessment)
        .outerjoin(Answer, col(Answer.assessment_id) == Assessment.id)
        .outerjoin(
            ItemWork,
            and_(col(ItemWork.assessment_id) == Assessment.id, col(ItemWork.item_id) == Answer.item_id),
        )
        .where(col(Assessment.id) == assessment.id)
    ).all()
    given = {row[0]: stored.known(row[1], row[2]) for row in found}
    fed = {kinds[kind] for kind in kinds if found and found[0]._mapping[kind]}
    items: list[Item] = [*instrument.area_order, *instrument.results]
    answered = {item.id for item in items if stored.is_answered(item, given.get(item.id))}
    carried = {row[0] for row in found if row[5] == stored.CARRIED} & answered - fed
    return Marks(
        done=frozenset(fed | answered - carried),
        review={row[0]: row[3] for row in found if row[3]},
        off=frozenset(row[0] for row in found if row[4]),
        carried=frozenset(carried),
        asked_off=frozenset(row[0] for row in found if row[6] and not row[4]) - answered,
    )
