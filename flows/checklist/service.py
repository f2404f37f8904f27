"""What stands in a unit's LKE: its current assessment, answers, counts, history. Reads only.

Writes are in `flows.checklist.changes`. Other features may use everything here that takes a session.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from flows import policy, routes
from flows.checklist import statements, stored
from flows.checklist.marking import Marks as Marks
from flows.checklist.marking import marks as marks
from flows.errors import Missing, NotAllowed
from flows.models import Answer, AnswerChange, Assessment, ItemWork, Person, Unit
from flows.pic import service as pics
from flows.readiness import feeds
from flows.turn import Turn
from knowledge import answers as known_forms
from knowledge.answers import Item
from knowledge.instrument import Area, Indicator, Instrument, ResultItem, SubComponent

RESULTS = "H"
"""Stands for the result part wherever an area is named: it belongs to no pokja."""
HISTORY_PAGE = 8

_NO_ASSESSMENT = (
    "Unit ini belum punya LKE yang terbuka. Mintalah admin instansi menetapkan tahun penilaian unit."
)
_NO_ITEM = "Bagian ini tidak ada dalam LKE unit Anda. Silakan pilih dari daftar area."
_PRIVATE_ONLY = "LKE unit hanya dibuka di obrolan pribadi dengan bot ini."


@dataclass(frozen=True, slots=True)
class Current:
    """The LKE that a person is working on."""

    unit: Unit
    assessment: Assessment
    instrument: Instrument

    @property
    def id(self) -> int:
        """Id of the assessment."""
        assert self.assessment.id is not None
        return self.assessment.id


@dataclass(frozen=True, slots=True)
class Fed:
    """A result item's value from the survey register: the index, and which survey ("SPAK TW IV 2026")."""

    index: known_forms.Index
    survey: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """One indicator or result item with its present answer. `revision` is 0 while there is no row.

    `unconfirmed`: nobody has said yet that the answer is right. It came from a worksheet, or, where it is
    `carried`, from the year before; then it does not count as answered.
    `fed`: a survey stands for the item and goes before `answer`, which is what was typed there.
    `work` is how far its review is; `people` are those named in it, by id. `pic` is who is in charge;
    `may_assign` and `may_take` are what the actor may do about that; `may_advise` a pendamping,
    `may_assess` an assessor.
    """

    current: Current
    item: Item
    answer: known_forms.Answer | None
    fed: Fed | None
    answered_by: Person | None
    answered_at: datetime | None
    unconfirmed: bool
    note: str
    note_by: Person | None
    note_at: datetime | None
    revision: int
    may_answer: bool
    before: Item | None
    after: Item | None
    may_review: bool = False
    work: ItemWork | None = None
    people: Mapping[int, Person] = field(default_factory=dict)
    pic: pics.Named | None = None
    may_assign: bool = False
    may_take: bool = False
    may_advise: bool = False
    may_assess: bool = False
    carried: bool = False

    @property
    def review(self) -> str:
        """The review state: "" (not sent), waiting, approved or returned."""
        return self.work.state if self.work is not None else ""

    @property
    def not_applicable(self) -> bool:
        """Whether the item is marked "tidak berlaku"."""
        return self.work is not None and self.work.not_applicable

    @property
    def asked_off(self) -> bool:
        """Whether it was marked "tidak berlaku" in the year before and nobody has said anything since."""
        work = self.work
        return work is not None and bool(work.na_reason) and not work.not_applicable and self.answer is None

    @property
    def answered(self) -> bool:
        """Whether it counts as answered."""
        return self.fed is not None or (not self.carried and stored.is_answered(self.item, self.answer))


@dataclass(frozen=True, slots=True)
class Change:
    """One line of history; `before` and `after` as in `AnswerChange`. `behalf`: it was done in their name."""

    at: datetime
    kind: str
    who: Person | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    behalf: Person | None = None


# the current assessment ----------------------------------------------------------------------------


def assessment_of(session: Session, unit: Unit) -> Assessment:
    """The unit's open assessment of the highest year. Raises Missing, saying what to do, without one."""
    found: Assessment | None = session.execute(statements.ASSESSMENT, {"unit": unit.id}).scalar()
    if found is None:
        # Not the menu: it shows counts of this very assessment.
        raise Missing(_NO_ASSESSMENT, next=routes.HELP(), unit_id=unit.id)
    return found


def current(turn: Turn) -> Current:
    """The LKE of the open unit. Raises NotAllowed in groups and for people without a unit, Missing."""
    unit = _unit(turn)
    return _current(turn, unit, assessment_of(turn.session, unit))


def _unit(turn: Turn) -> Unit:
    if not turn.event.private:
        raise NotAllowed(_PRIVATE_ONLY)
    unit = turn.unit
    policy.require(turn.actor, "view", unit)
    return unit


def _current(turn: Turn, unit: Unit, assessment: Assessment) -> Current:
    try:
        instrument = turn.library.instrument(assessment.instrument_id)
    except KeyError:
        raise Missing(_NO_ASSESSMENT, next=routes.HELP(), assessment_id=assessment.id) from None
    return Current(unit, assessment, instrument)


# nodes named by buttons ----------------------------------------------------------------------------


def item_of(instrument: Instrument, item_id: str) -> Item:
    """The indicator or result item with this id. Raises Missing for a forged or retired one."""
    node = instrument.by_id.get(item_id)
    if not isinstance(node, Indicator | ResultItem):
        raise Missing(_NO_ITEM, next=routes.LKE())
    return node


def area_of(instrument: Instrument, area_id: str) -> Area:
    """The area with this id. Raises Missing."""
    node = instrument.by_id.get(area_id)
    if not isinstance(node, Area):
        raise Missing(_NO_ITEM, next=routes.LKE())
    return node


def sub_of(instrument: Instrument, sub_id: str) -> SubComponent:
    """The sub-component with this id. Raises Missing."""
    node = instrument.by_id.get(sub_id)
    if not isinstance(node, SubComponent):
        raise Missing(_NO_ITEM, next=routes.LKE())
    return node


def area_id_of(item: Item) -> str:
    """The area that fills the item; `RESULTS` for the result part."""
    return item.area_id if isinstance(item, Indicator) else RESULTS


def neighbours(instrument: Instrument, item: Item) -> tuple[Item | None, Item | None]:
    """The items before and after it within its area or the result part."""
    if isinstance(item, Indicator):
        return instrument.prev_in_area(item), instrument.next_in_area(item)
    results = instrument.results
    place = results.index(item)
    return (
        results[place - 1] if place else None,
        results[place + 1] if place + 1 < len(results) else None,
    )


# answers -------------------------------------------------------------------------------------------


def answers_of(session: Session, assessment: Assessment) -> dict[str, Answer]:
    """Every answer row of the assessment by item id, in one query. Rows may hold a narrative only."""
    found = session.exec(select(Answer).where(Answer.assessment_id == assessment.id)).all()
    return {row.item_id: row for row in found}


def known_answer(row: Answer | None) -> known_forms.Answer | None:
    """The answer in a row as knowledge has it; None without a row or without an answer in it."""
    return stored.known(row.choice, row.inputs) if row is not None else None


def known_answers(session: Session, assessment: Assessment) -> dict[str, known_forms.Answer]:
    """The answers given so far by item id, as knowledge scores them. One query, no rows loaded."""
    found = session.exec(
        select(Answer.item_id, Answer.choice, Answer.inputs).where(Answer.assessment_id == assessment.id)
    ).all()
    made = {item_id: stored.known(choice, inputs) for item_id, choice, inputs in found}
    return {item_id: answer for item_id, answer in made.items() if answer is not None}


def answered_items(session: Session, assessment: Assessment, instrument: Instrument) -> frozenset[str]:
    """Ids of the indicators and result items that count as answered, here or by a survey. One query."""
    return marks(session, assessment, instrument).done


def fed_by_surveys(session: Session, where: Current) -> dict[str, Fed]:
    """The values of result items that come from the survey register, by item id. One query."""
    surveys = feeds.surveys_of(session, where.unit)
    at = where.assessment
    chosen = feeds.feeding(surveys, at.year, where.instrument, at.archived_at)
    return {
        item_id: Fed(index, f"{chosen[item_id].kind} {feeds.period_of(chosen[item_id]).name}")
        for item_id, index in feeds.indexes(chosen).items()
    }


def counts(session: Session, assessment: Assessment, instrument: Instrument) -> tuple[int, int]:
    """How many items (indicators and results) are answered, and how many there are. One query."""
    done = answered_items(session, assessment, instrument)
    return len(done), len(instrument.area_order) + len(instrument.results)


def view_item(turn: Turn, item_id: str) -> ItemView:
    """One item of the open unit's LKE as it stands now. Three queries: it, its PIC, those named in it."""
    unit = _unit(turn)
    found = turn.session.execute(statements.ITEM, {"unit": unit.id, "item": item_id}).first()
    if found is None:
        raise Missing(_NO_ASSESSMENT, next=routes.HELP(), unit_id=unit.id)
    row: Answer | None = found[1]  # an outer join: the types do not know that it may be missing
    work: ItemWork | None = found[2]
    where = _current(turn, unit, found[0])
    item = item_of(where.instrument, item_id)
    before, after = neighbours(where.instrument, item)
    area_id = area_id_of(item)
    held = pics.held(turn.session, where.id, item)
    named = _named(turn.session, row, work, held)
    return ItemView(
        current=where,
        item=item,
        answer=known_answer(row),
        fed=fed_by_surveys(turn.session, where).get(item.id) if item.id in feeds.FEEDS.values() else None,
        answered_by=named.get(row.answered_by or 0) if row else None,
        answered_at=row.answered_at if row else None,
        unconfirmed=stored.is_unconfirmed(row),
        note=row.note if row else "",
        note_by=named.get(row.note_by or 0) if row else None,
        note_at=row.note_at if row else None,
        revision=row.revision if row else 0,
        may_answer=policy.can(turn.actor, "answer", unit, area_id),
        before=before,
        after=after,
        may_review=policy.can(turn.actor, "review", unit, area_id),
        work=work,
        people=named,
        pic=pics.named(held, named),
        may_assign=policy.can(turn.actor, "assign", unit, area_id),
        may_take=pics.may_take(turn, unit, area_id),
        may_advise=policy.can(turn.actor, "advise", unit),
        may_assess=policy.may_assess(turn.actor, unit),
        carried=stored.is_carried(row),
    )


def people_in(session: Session, work: ItemWork | None) -> dict[int, Person]:
    """Those named in the review of an item, by id. No query where nobody is."""
    return _named(session, None, work, None)


def _named(
    session: Session, row: Answer | None, work: ItemWork | None, held: pics.InCharge | None
) -> dict[int, Person]:
    """Everybody named in an item, by id. No query where nobody is."""
    ids = {row.answered_by, row.note_by} if row is not None else set()
    if work is not None:
        ids |= {work.sent_by, work.decided_by, work.na_by}
    if held is not None:
        ids |= {*held.person_ids}
    ids.discard(None)
    if not ids:
        return {}
    found = {each.id: each for each in session.identity_map.values() if isinstance(each, Person)}
    if ids - found.keys():
        found = {each.id: each for each in session.execute(statements.PEOPLE, {"ids": list(ids)}).scalars()}
    return {person_id: found[person_id] for person_id in ids & found.keys() if person_id is not None}


def history(turn: Turn, where: Current, item: Item, page: int) -> tuple[Sequence[Change], bool]:
    """One page of changes, newest first, and whether older ones follow."""
    behalf = aliased(Person)
    found = turn.session.exec(
        select(AnswerChange, Person, behalf)
        .outerjoin(Person, col(Person.id) == AnswerChange.person_id)
        .outerjoin(behalf, col(behalf.id) == AnswerChange.behalf_id)
        .where(AnswerChange.assessment_id == where.id, AnswerChange.item_id == item.id)
        .order_by(col(AnswerChange.id).desc())
        .limit(HISTORY_PAGE + 1)
        .offset(page * HISTORY_PAGE)
    ).all()
    names = pics.named_in(turn.session, [row for row, _, _ in found])
    lines = [
        Change(row.at, row.kind, who, names(row.before), names(row.after), for_whom)
        for row, who, for_whom in found
    ]
    return lines[:HISTORY_PAGE], len(lines) > HISTORY_PAGE


def first_open(instrument: Instrument, done: frozenset[str], areas: Sequence[str] = ()) -> Item | None:
    """The first unanswered item of these areas (of all, results last, when none are named)."""
    items: list[Item] = [i for i in instrument.area_order if not areas or i.area_id in areas]
    if not areas or RESULTS in areas:
        items += instrument.results
    return next((item for item in items if item.id not in done), None)
