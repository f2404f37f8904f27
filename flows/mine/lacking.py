"""What the items of an LKE still lack, by when, and how many points are at stake. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlmodel import Session, col, select

from flows.checklist import service as checklist
from flows.checklist import stored
from flows.checklist.service import Current
from flows.days import due_day
from flows.models import Deadline, Evidence, EvidenceUse, ItemWork
from flows.pic import service as pics
from flows.schedule.names import OF_ITEMS, SUBMISSION, TPI
from knowledge.answers import Answer, Item, value_of
from knowledge.errors import AnswerError


@dataclass(frozen=True, slots=True)
class Lack:
    """One item: what is there and what is not.

    `missing` are the instrument's examples of evidence that are neither there nor marked as not needed;
    `at_stake` the points between now and the best answer; `due_on` the day in the unit's zone.
    """

    item: Item
    answered: bool
    noted: bool
    evidence: int
    missing: tuple[str, ...]
    at_stake: Fraction
    due_on: date | None

    @property
    def complete(self) -> bool:
        """Whether it can be sent: answered, explained, with some evidence."""
        return self.answered and self.noted and self.evidence > 0


@dataclass(frozen=True, slots=True)
class Desk:
    """An LKE with everything that `lack` needs, loaded once."""

    where: Current
    work: Mapping[str, ItemWork]
    given: Mapping[str, Answer]
    noted: frozenset[str]
    uses: Mapping[str, tuple[int | None, ...]]
    due: Mapping[str, date]
    carried: frozenset[str] = frozenset()

    def lack(self, item: Item) -> Lack:
        """How far one item is."""
        uses = self.uses.get(item.id, ())
        work = self.work.get(item.id)
        done = {*uses, *(work.waived if work is not None else ())}
        given = self.given.get(item.id)
        return Lack(
            item=item,
            answered=item.id not in self.carried and stored.is_answered(item, given),
            noted=item.id in self.noted,
            evidence=len(uses),
            missing=tuple(text for place, text in enumerate(item.evidence) if place not in done),
            at_stake=at_stake(item, given),
            due_on=next((self.due[scope] for scope in _nearest(item) if scope in self.due), None),
        )


def _nearest(item: Item) -> tuple[str, ...]:
    """Whose date counts for an item: its own, else that of the part it belongs to, else the unit's."""
    return (*(scope for _, scope in pics.scopes(item)), TPI, SUBMISSION)


def at_stake(item: Item, given: Answer | None) -> Fraction:
    """The points that the best answer would bring beyond the present one."""
    try:
        value = value_of(item, given)
    except AnswerError:
        value = None
    return item.max_points * (1 - (value or Fraction(0)))


def desk(session: Session, where: Current) -> Desk:
    """Load an LKE. Four queries, five where surveys feed."""
    rows = checklist.answers_of(session, where.assessment)
    known = {item_id: checklist.known_answer(row) for item_id, row in rows.items()}
    given = {item_id: answer for item_id, answer in known.items() if answer is not None}
    fed = checklist.fed_by_surveys(session, where)
    given |= {item_id: each.index for item_id, each in fed.items()}
    return Desk(
        where=where,
        work=works(session, where.id),
        given=given,
        noted=frozenset(item_id for item_id, row in rows.items() if row.note),
        uses=_uses(session, where.id),
        due=deadlines(session, where),
        carried=frozenset(i for i, row in rows.items() if stored.is_carried(row) and i not in fed),
    )


def works(session: Session, assessment_id: int) -> dict[str, ItemWork]:
    """The review rows of an assessment by item."""
    found = session.exec(select(ItemWork).where(ItemWork.assessment_id == assessment_id)).all()
    return {row.item_id: row for row in found}


def _uses(session: Session, assessment_id: int) -> dict[str, tuple[int | None, ...]]:
    found = session.exec(
        select(EvidenceUse.item_id, EvidenceUse.expected)
        .join(Evidence, col(Evidence.id) == col(EvidenceUse.evidence_id))
        .where(EvidenceUse.assessment_id == assessment_id, col(Evidence.removed_at).is_(None))
    ).all()
    made: dict[str, tuple[int | None, ...]] = {}
    for item_id, expected in found:
        made[item_id] = (*made.get(item_id, ()), expected)
    return made


def deadlines(session: Session, where: Current) -> dict[str, date]:
    """The open deadlines as days in the unit's zone, by item, sub-component, area, "tpi" or "pengajuan"."""
    found = session.exec(
        select(Deadline).where(
            Deadline.assessment_id == where.id,
            col(Deadline.done_at).is_(None),
            col(Deadline.scope).in_(OF_ITEMS),
        )
    ).all()
    return {row.ref or row.scope: due_day(row.due_at, where.unit.zone) for row in found}


def to_take(session: Session, where: Current, items: tuple[Item, ...], most: int) -> list[Lack]:
    """The items that are worth taking first: by points at stake, then by how little evidence is missing."""
    full = desk(session, where)
    lacks = [full.lack(item) for item in items if _open(full.work.get(item.id))]
    lacks.sort(key=lambda each: (-each.at_stake, len(each.missing)))
    return lacks[:most]


def _open(work: ItemWork | None) -> bool:
    return work is None or not (work.not_applicable or work.state in {"waiting", "approved"})
