"""One unit with everything that is asked about what is due in it, each thing loaded when first asked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlmodel import Session, col, select

from flows import fmt
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.dues import texts
from flows.dues.types import Concerned
from flows.errors import Missing
from flows.evidence.periods import Span
from flows.mine import lacking
from flows.mine.lacking import Desk, Lack
from flows.models import Evidence, EvidenceUse, Membership, Person, Pic, Survey, Unit
from flows.people import active
from flows.pic import service as pics
from flows.policy import WORKERS
from flows.readiness.feeds import surveys_of
from flows.schedule.proof import recorded, stands
from knowledge.answers import Item
from knowledge.duties import Duty
from knowledge.instrument import Area, Indicator, ResultItem, SubComponent
from knowledge.library import Library

SETTLED = frozenset({"waiting", "approved"})


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody of the team with their present roles, and whether they have an account."""

    person_id: int
    roles: tuple[Membership, ...]
    reachable: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """PIC or deputy of an item, somebody who is in the team now."""

    person_id: int
    deputy: bool


class Case:
    """A unit at a moment."""

    def __init__(self, session: Session, library: Library, unit: Unit, now: datetime) -> None:
        self.session, self.library, self.unit, self.now = session, library, unit, now

    @property
    def unit_id(self) -> int:
        """The unit's id."""
        assert self.unit.id is not None
        return self.unit.id

    @property
    def today(self) -> date:
        """The day in the unit's zone."""
        return fmt.local(self.now, self.unit.zone).date()

    @cached_property
    def where(self) -> Current | None:
        """The unit's LKE; None without an open one."""
        try:
            assessment = checklist.assessment_of(self.session, self.unit)
        except Missing:
            return None
        instrument = self.library.instruments.get(assessment.instrument_id)
        return Current(self.unit, assessment, instrument) if instrument is not None else None

    @property
    def lke(self) -> Current:
        """As `where`, where the caller knows that there is one."""
        assert self.where is not None
        return self.where

    @cached_property
    def desk(self) -> Desk:
        """Answers, evidence, review of the LKE."""
        return lacking.desk(self.session, self.lke)

    @cached_property
    def pic_rows(self) -> dict[str, Pic]:
        """PIC rows by scope."""
        return pics.rows_of(self.session, self.lke.assessment)

    @cached_property
    def team(self) -> dict[int, Worker]:
        """Everybody who works in the unit now, by person."""
        found = self.session.exec(
            select(Membership, Person)
            .where(
                Membership.person_id == Person.id,
                Membership.unit_id == self.unit_id,
                active(self.now),
                col(Membership.role).in_(WORKERS),
                col(Person.deleted_at).is_(None),
            )
            .order_by(col(Membership.id))
        ).all()
        made: dict[int, Worker] = {}
        for held, person in found:
            known = made.get(held.person_id)
            roles = (*known.roles, held) if known else (held,)
            reachable = person.telegram_id is not None and person.unreachable_at is None
            made[held.person_id] = Worker(held.person_id, roles, reachable)
        return made

    # the LKE's parts -----------------------------------------------------------------------------------

    def area(self, area_id: str) -> Area | None:
        """The area with this id; None for the result part and unknown ones."""
        node = self.lke.instrument.by_id.get(area_id)
        return node if isinstance(node, Area) else None

    def item(self, item_id: str) -> Item | None:
        """The indicator or result item with this id."""
        node = self.lke.instrument.by_id.get(item_id)
        return node if isinstance(node, Indicator | ResultItem) else None

    def sub(self, sub_id: str) -> SubComponent | None:
        """The sub-component with this id."""
        node = self.lke.instrument.by_id.get(sub_id)
        return node if isinstance(node, SubComponent) else None

    def undone(self, items: Iterable[Item]) -> list[Lack]:
        """Those that somebody still has to do something about, with what they lack."""
        found = []
        for item in items:
            work = self.desk.work.get(item.id)
            if work is not None and (work.not_applicable or work.state in SETTLED):
                continue
            lack = self.desk.lack(item)
            proved = isinstance(item, ResultItem) or (lack.evidence > 0 and not lack.missing)
            if not (lack.answered and proved):
                found.append(lack)
        return found

    def proved(self, duty: Duty, span: Span) -> bool:
        """Whether evidence stands for the period, its surveys are all in the register, or nobody needs it."""
        if any(
            stands(duty, piece, span) for item_id in duty.items for piece in self._evidence.get(item_id, ())
        ):
            return True
        if duty.surveys and self.recorded(duty, span) == duty.surveys:
            return True
        work = [self.desk.work.get(item_id) for item_id in duty.items]
        return all(each is not None and each.not_applicable for each in work)

    def recorded(self, duty: Duty, span: Span) -> tuple[str, ...]:
        """The kinds of survey of the duty that stand in the register for the period."""
        return recorded(duty, self._surveys, span) if duty.surveys else ()

    @cached_property
    def _surveys(self) -> tuple[Survey, ...]:
        return surveys_of(self.session, self.unit)

    @cached_property
    def _evidence(self) -> dict[str, list[Evidence]]:
        """The evidence of the LKE that has a period or a date, by item."""
        found = self.session.exec(
            select(EvidenceUse.item_id, Evidence).where(
                EvidenceUse.evidence_id == Evidence.id,
                EvidenceUse.assessment_id == self.lke.id,
                col(Evidence.removed_at).is_(None),
            )
        ).all()
        made: dict[str, list[Evidence]] = {}
        for item_id, piece in found:
            made.setdefault(item_id, []).append(piece)
        return made

    # who ---------------------------------------------------------------------------------------------------

    def holders(self, item: Item) -> list[Holder]:
        """PIC and deputy of an item who are in the team now."""
        held = pics.in_charge(self.pic_rows, item)
        if held is None:
            return []
        pair = ((held.row.person_id, False), (held.row.deputy_id, True))
        return [Holder(p, deputy) for p, deputy in pair if p is not None and p in self.team]

    def reached(self, holders: Iterable[Holder]) -> bool:
        """Whether at least one of them has an account that can be written to."""
        return any(self.team[each.person_id].reachable for each in holders)

    def with_role(self, role: str, area_id: str = "") -> list[int]:
        """The people with a role that counts in the area ("" = in any)."""
        return [
            worker.person_id
            for worker in self.team.values()
            if any(m.role == role and (not area_id or m.area in {None, area_id}) for m in worker.roles)
        ]

    def coordinators(self) -> tuple[Concerned, ...]:
        """The koordinator unit."""
        return tuple(Concerned(p, texts.COORDINATOR, "koordinator") for p in self.with_role("koordinator"))

    def leaders(self, area_id: str, why: str) -> Iterator[Concerned]:
        """The ketua of the pokja of an area; the coordinators where it has none."""
        ketua = self.with_role("ketua", area_id) if area_id != pics.RESULTS else []
        if ketua:
            yield from (Concerned(p, why, "ketua") for p in ketua)
        else:
            yield from self.coordinators()


def once(people: Iterable[Concerned]) -> tuple[Concerned, ...]:
    """Each person once, under the first reason."""
    made: dict[int, Concerned] = {}
    for each in people:
        made.setdefault(each.person_id, each)
    return tuple(made.values())
