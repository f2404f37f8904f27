"""What a reviewer looks at: places named by buttons, the card of one item, the queue. Reads only."""

from dataclasses import dataclass

from sqlmodel import col, select

from flows import policy
from flows.checklist import service as checklist
from flows.checklist import stored
from flows.checklist.record import Place
from flows.checklist.service import Current
from flows.errors import Missing
from flows.models import UNIT_SIDE, Answer, Assessment, ItemWork, Person, Unit
from flows.review import evidence, reviewers
from flows.review.reviewers import Team
from flows.review.states import NONE, WAITING, work_of
from flows.turn import Turn
from knowledge.answers import Answer as Known
from knowledge.instrument import Indicator, ResultItem


@dataclass(frozen=True, slots=True)
class Card:
    """An item as its reviewer sees it. `leaders` are the ketua of its pokja who may decide on it."""

    at: Place
    work: ItemWork | None
    answer: Known | None
    note: str
    evidence: evidence.Shown
    people: dict[int, Person]
    rule: str
    own: bool
    may_decide: bool
    others: tuple[str, ...]
    leaders: tuple[str, ...]
    answered_by: int | None
    note_by: int | None

    @property
    def revision(self) -> int:
        """What the buttons carry; 0 while there is no row."""
        return self.work.revision if self.work is not None else 0

    @property
    def state(self) -> str:
        """The review state."""
        return self.work.state if self.work is not None else NONE


@dataclass(frozen=True, slots=True)
class Waiting:
    """An item in somebody's queue."""

    work: ItemWork
    item: Indicator | ResultItem
    answer: Known | None
    sender: Person | None


# places --------------------------------------------------------------------------------------------


def where_of(turn: Turn, assessment_id: int) -> Current:
    """An open LKE named by a button, of whichever unit. Raises Missing, NotAllowed."""
    assessment = turn.session.get(Assessment, assessment_id)
    if assessment is None or assessment.side != UNIT_SIDE or assessment.closed_at is not None:
        raise Missing("LKE ini sudah tidak terbuka. Ini keadaan terbaru.", assessment_id=assessment_id)
    unit = turn.unit_by_id(assessment.unit_id)
    policy.require(turn.actor, "view", unit)
    instrument = turn.library.instruments.get(assessment.instrument_id)
    if instrument is None:
        raise Missing("LKE ini sudah tidak terbuka. Ini keadaan terbaru.", assessment_id=assessment_id)
    return Current(unit, assessment, instrument)


def place(turn: Turn, assessment_id: int, item_id: str, act: policy.Act) -> Place:
    """An item named by a button where the actor may do `act`. Raises Missing, NotAllowed."""
    where = where_of(turn, assessment_id)
    item = checklist.item_of(where.instrument, item_id)
    policy.require(turn.actor, act, where.unit, checklist.area_id_of(item))
    return Place(where, item)


def enter(turn: Turn, unit: Unit) -> None:
    """Work on this unit from now on in this chat."""
    if turn.state.unit_id != unit.id:
        turn.state.unit_id = unit.id
        turn.state.last_item = None
        turn.forget()


# reading -------------------------------------------------------------------------------------------


def card(turn: Turn, at: Place) -> Card:
    """The item with everything that a decision needs."""
    work = work_of(turn.session, at.current.id, at.item.id)
    row = answer_row(turn, at)
    people = reviewers.team_of(turn, at.current.unit)
    area = checklist.area_id_of(at.item)
    authors = reviewers.authors_of(work, row)
    me = turn.actor.person_id
    able = people.reviewers(area)
    answered_by, note_by = (row.answered_by, row.note_by) if row is not None else (None, None)
    named = {answered_by, note_by, *((work.sent_by, work.decided_by) if work is not None else ())}
    found = turn.session.exec(select(Person).where(col(Person.id).in_(named - {None}))).all()
    return Card(
        at=at,
        work=work,
        answer=known(turn, at, row),
        note=row.note if row is not None else "",
        evidence=evidence.shown(turn.session, at.current.assessment, at.item),
        people={person.id: person for person in found if person.id is not None},
        rule=people.rule,
        own=me in authors,
        may_decide=people.may_decide(me, authors, area),
        others=tuple(each.person.name for each in able if each.id not in authors),
        leaders=tuple(
            each.person.name
            for each in able
            if each.leads and each.id != me and people.may_decide(each.id, authors, area)
        ),
        answered_by=answered_by,
        note_by=note_by,
    )


def answer_row(turn: Turn, at: Place) -> Answer | None:
    return turn.session.exec(
        select(Answer).where(Answer.assessment_id == at.current.id, Answer.item_id == at.item.id)
    ).first()


def known(turn: Turn, at: Place, row: Answer | None) -> Known | None:
    """The answer that counts: a survey's goes before what was typed."""
    if isinstance(at.item, ResultItem):
        fed = checklist.fed_by_surveys(turn.session, at.current).get(at.item.id)
        if fed is not None:
            return fed.index
    return checklist.known_answer(row)


def unchecked(turn: Turn, at: Place, row: Answer | None) -> bool:
    """Whether the answer that counts came from the year before and nobody has confirmed it."""
    return stored.is_carried(row) and known(turn, at, row) == checklist.known_answer(row)


def queue(turn: Turn, unit: Unit, assessment: Assessment) -> list[Waiting]:
    """What waits for the actor's review in a unit, oldest first. Empty, without a query, for others."""
    if not policy.can(turn.actor, "review", unit):
        return []
    found = turn.session.exec(
        select(ItemWork, Answer, Person)
        .outerjoin(
            Answer,
            (col(Answer.assessment_id) == ItemWork.assessment_id) & (col(Answer.item_id) == ItemWork.item_id),
        )
        .outerjoin(Person, col(Person.id) == ItemWork.sent_by)
        .where(ItemWork.assessment_id == assessment.id, ItemWork.state == WAITING)
        .order_by(col(ItemWork.sent_at), col(ItemWork.id))
    ).all()
    nodes = turn.library.instrument(assessment.instrument_id).by_id
    team: Team | None = None
    waiting: list[Waiting] = []
    for work, answer, sender in found:
        item = nodes.get(work.item_id)
        if not isinstance(item, Indicator | ResultItem):
            continue
        area = checklist.area_id_of(item)
        if not policy.can(turn.actor, "review", unit, area):
            continue
        authors = reviewers.authors_of(work, answer)
        if turn.actor.person_id in authors:
            team = team or reviewers.team_of(turn, unit)
            if not team.may_decide(turn.actor.person_id, authors, area):
                continue
        waiting.append(Waiting(work, item, checklist.known_answer(answer), sender))
    return waiting


def lacking(turn: Turn, at: Place) -> tuple[str, ...]:
    """What an item to be sent has not: "evidence", "note", "examples" (some of them)."""
    row = answer_row(turn, at)
    there = evidence.shown(turn.session, at.current.assessment, at.item)
    lacks = []
    if not there.count:
        lacks.append("evidence")
    elif there.missing:
        lacks.append("examples")
    if row is None or not row.note:
        lacks.append("note")
    return tuple(lacks)


def can_be_sent(turn: Turn, at: Place) -> bool:
    """Whether sending the item would not be refused for what it is."""
    work = work_of(turn.session, at.current.id, at.item.id)
    if work is not None and (work.state == WAITING or work.not_applicable):
        return False
    row = answer_row(turn, at)
    return stored.is_answered(at.item, known(turn, at, row)) and not unchecked(turn, at, row)


def is_complete(turn: Turn, at: Place) -> bool:
    """Whether answer, evidence and Penjelasan are all there."""
    row = answer_row(turn, at)
    answered = stored.is_answered(at.item, known(turn, at, row)) and not unchecked(turn, at, row)
    return answered and not lacking(turn, at)
