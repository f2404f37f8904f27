"""Interview drills: when they are open, who takes part, and one drill from beginning to end.

What somebody answers is theirs alone. Others never read it: see `coverage` for what those who lead are told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from flows import audit, fmt, policy, routes
from flows.checklist import service as checklist
from flows.drills import refusals
from flows.drills.opening import Opening, opening_of
from flows.errors import Missing
from flows.models import DrillCard, DrillEnrolment, DrillRound, Unit
from flows.turn import Turn
from knowledge import leitner
from knowledge.drills import Question, choices, draw
from knowledge.instrument import Area
from knowledge.leitner import Card
from knowledge.library import Library

OPEN = -1
"""Nothing chosen yet."""


@dataclass(frozen=True, slots=True)
class Own:
    """One person's drills in one unit: the answers they gave and what is due, for themselves."""

    unit: Unit
    opening: Opening
    enrolment: DrillEnrolment | None
    known: int
    due: int
    met: int
    done_today: bool
    leads: bool
    invites: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One question of a drill as it stands. `pick` is the chosen place, `OPEN` while there is none."""

    row: DrillRound
    place: int
    question: Question
    shown: tuple[str, ...]
    pick: int
    right: bool
    today: date

    @property
    def id(self) -> int:
        """The drill's id."""
        assert self.row.id is not None
        return self.row.id


@dataclass(frozen=True, slots=True)
class Outcome:
    """A drill that is over: its questions, which were right, and when each comes again."""

    row: DrillRound
    lines: tuple[tuple[Question, bool, date], ...]
    today: date

    @property
    def wrong(self) -> list[Question]:
        """Those to be seen again soon."""
        return [question for question, right, _ in self.lines if not right]


# taking part ---------------------------------------------------------------------------------------


def unit_for(turn: Turn, unit_id: int | None = None) -> Unit:
    """The (open) unit, for its own people. Raises NotAllowed, Missing."""
    unit = turn.unit if unit_id is None else turn.unit_by_id(unit_id)
    policy.require(turn.actor, "prepare", unit)
    return unit


def today_of(turn: Turn, unit: Unit) -> date:
    """The day in the unit's zone."""
    return fmt.local(turn.now, unit.zone).date()


def is_open(turn: Turn, unit: Unit) -> bool:
    """Whether an evaluation of the unit is near enough."""
    return opening_of(turn.session, unit, today_of(turn, unit)).is_open


def own(turn: Turn) -> Own:
    """The actor's drills in the open unit. Raises NotAllowed."""
    unit = unit_for(turn)
    today = today_of(turn, unit)
    row = enrolment(turn.session, turn.actor.person_id, unit.id or 0)
    pool = {question.id for question in pool_of(turn, unit)}
    cards = [card for card in cards_of(turn.session, turn.actor.person_id) if card.card in pool]
    return Own(
        unit=unit,
        opening=opening_of(turn.session, unit, today),
        enrolment=row,
        known=sum(card.box > 1 for card in cards),
        due=sum(card.due_on <= today for card in cards),
        met=len(cards),
        done_today=row is not None and row.drilled_on == today,
        leads=policy.can(turn.actor, "coverage", unit),
        invites=policy.can(turn.actor, "announce", unit),
    )


def enrolment(
    session: Session, person_id: int, unit_id: int, *, ended: bool = False, lock: bool = False
) -> DrillEnrolment | None:
    """That they take part in the unit's drills; with `ended` also what was ended."""
    query = select(DrillEnrolment).where(
        DrillEnrolment.person_id == person_id, DrillEnrolment.unit_id == unit_id
    )
    if not ended:
        query = query.where(col(DrillEnrolment.ended_at).is_(None))
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query).first()


def join(turn: Turn, unit_id: int, remind: bool) -> None:
    """Take part, by one's own tap. Raises NotAllowed, BadInput while it is not open."""
    unit = unit_for(turn, unit_id)
    _open_now(turn, unit)
    person_id = turn.actor.person_id
    row = enrolment(turn.session, person_id, unit_id, ended=True, lock=True)
    row = row or DrillEnrolment(person_id=person_id, unit_id=unit_id, joined_at=turn.now)
    if row.ended_at is not None:
        row.joined_at, row.ended_at = turn.now, None
    row.remind, row.told = remind, 0
    turn.session.add(row)
    audit.record(turn, "drill.join", f"unit:{unit_id}")


def leave(turn: Turn, unit_id: int) -> None:
    """Take part no more; what was learned stays for another time. Leaving twice is once."""
    row = enrolment(turn.session, turn.actor.person_id, unit_id, lock=True)
    if row is not None:
        row.ended_at, row.remind = turn.now, False
        turn.session.add(row)
        audit.record(turn, "drill.leave", f"unit:{unit_id}")


def set_remind(turn: Turn, unit_id: int, on: bool) -> None:
    """Be reminded on working days, or not. Raises NotAllowed, Missing for who does not take part."""
    unit_for(turn, unit_id)
    row = _enrolled(turn, unit_id)
    row.remind, row.told = on, 0
    turn.session.add(row)


def _enrolled(turn: Turn, unit_id: int) -> DrillEnrolment:
    row = enrolment(turn.session, turn.actor.person_id, unit_id, lock=True)
    if row is None:
        raise refusals.not_enrolled()
    return row


def _open_now(turn: Turn, unit: Unit) -> Opening:
    opening = opening_of(turn.session, unit, today_of(turn, unit))
    if not opening.is_open:
        raise refusals.not_open()
    return opening


# one drill -----------------------------------------------------------------------------------------


def pool_of(turn: Turn, unit: Unit) -> tuple[Question, ...]:
    """Every question of the unit's worksheet."""
    return questions_of(turn.session, turn.library, unit)


def questions_of(session: Session, library: Library, unit: Unit) -> tuple[Question, ...]:
    """As `pool_of`."""
    return library.drills(checklist.assessment_of(session, unit).instrument_id)


def areas_of(turn: Turn, unit: Unit) -> tuple[str, ...]:
    """The actor's own areas; all of them for those who belong to none."""
    return turn.actor.areas(unit) or tuple(area.id for area in all_areas(turn, unit))


def all_areas(turn: Turn, unit: Unit) -> tuple[Area, ...]:
    """The areas of the unit's worksheet."""
    return turn.library.instrument(checklist.assessment_of(turn.session, unit).instrument_id).areas


def cards_of(session: Session, person_id: int) -> list[DrillCard]:
    """The person's cards."""
    return list(session.exec(select(DrillCard).where(DrillCard.person_id == person_id)).all())


def start(turn: Turn, unit_id: int) -> int:
    """Begin a drill, or go on with today's that was left; returns its id. Raises NotAllowed, BadInput."""
    unit = unit_for(turn, unit_id)
    _enrolled(turn, unit_id)
    _open_now(turn, unit)
    today, person_id = today_of(turn, unit), turn.actor.person_id
    left = turn.session.exec(
        select(DrillRound)
        .where(
            DrillRound.person_id == person_id,
            DrillRound.unit_id == unit_id,
            DrillRound.begun_on == today,
            col(DrillRound.ended_at).is_(None),
        )
        .order_by(col(DrillRound.id).desc())
    ).first()
    if left is not None and left.id is not None:
        return left.id
    known = {card.card: Card(card.box, card.due_on) for card in cards_of(turn.session, person_id)}
    before = len(turn.session.exec(select(DrillRound.id).where(DrillRound.person_id == person_id)).all())
    drawn = draw(pool_of(turn, unit), known, areas_of(turn, unit), today, f"{person_id}.{before}")
    return _new_round(turn, unit_id, today, drawn)


def again(turn: Turn, round_id: int) -> int:
    """A drill of those that were wrong in one that is over; returns its id. Raises Missing, BadInput."""
    unit, done = _found(turn, round_id)
    _enrolled(turn, unit.id or 0)
    _open_now(turn, unit)
    known = {question.id: question for question in pool_of(turn, unit)}
    marks = zip(done.cards, done.marks, strict=True)
    wrong = [known[card] for card, mark in marks if mark == 0 and card in known]
    if not wrong:
        raise Missing("Tidak ada yang perlu diulang dari latihan itu.", next=routes.DRILLS())
    return _new_round(turn, unit.id or 0, today_of(turn, unit), wrong)


def _new_round(turn: Turn, unit_id: int, today: date, drawn: Iterable[Question]) -> int:
    ids = [question.id for question in drawn]
    row = DrillRound(
        person_id=turn.actor.person_id,
        unit_id=unit_id,
        cards=ids,
        picks=[OPEN] * len(ids),
        marks=[OPEN] * len(ids),
        begun_on=today,
        begun_at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    assert row.id is not None
    return row.id


def _found(turn: Turn, round_id: int, *, lock: bool = False) -> tuple[Unit, DrillRound]:
    """One of the actor's own drills. Raises Missing for others' and unknown ones, NotAllowed."""
    query = select(DrillRound).where(DrillRound.id == round_id, DrillRound.person_id == turn.actor.person_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    row = turn.session.exec(query).first()
    if row is None:
        raise Missing("Latihan ini tidak ada dalam daftar Anda.", next=routes.DRILLS())
    return unit_for(turn, row.unit_id), row


def step_of(turn: Turn, round_id: int, place: int, *, lock: bool = False) -> Step:
    """One question of the actor's drill. Raises Missing, NotAllowed."""
    unit, row = _found(turn, round_id, lock=lock)
    known = {question.id: question for question in pool_of(turn, unit)}
    if not 0 <= place < len(row.cards) or row.cards[place] not in known:
        raise Missing("Soal ini sudah tidak dipakai.", next=routes.DRILLS())
    question = known[row.cards[place]]
    shown = choices(question, str(row.id)) if not question.is_story else ()
    return Step(row, place, question, shown, row.picks[place], row.marks[place] == 1, today_of(turn, unit))


def next_place(turn: Turn, round_id: int) -> int | None:
    """The first question that is still open; None when the drill is over. Raises Missing, NotAllowed."""
    unit, row = _found(turn, round_id)
    known = {question.id for question in pool_of(turn, unit)}
    marks = zip(row.cards, row.marks, strict=True)
    return next((n for n, (card, mark) in enumerate(marks) if mark == OPEN and card in known), None)


def pick(turn: Turn, round_id: int, place: int, choice: int) -> Step:
    """Answer a question once; a second answer changes nothing. Raises Missing, NotAllowed."""
    step = step_of(turn, round_id, place, lock=True)
    if step.question.is_story or not 0 <= choice < len(step.shown):
        raise Missing("Pilihan itu tidak ada pada soal ini.", next=routes.DRILL(round_id))
    _mark(turn, step, choice, step.shown[choice] == step.question.right)
    return step


def mark(turn: Turn, round_id: int, place: int, covered: bool) -> Step:
    """How one's own answer to an open question was. Raises Missing, NotAllowed."""
    step = step_of(turn, round_id, place, lock=True)
    if not step.question.is_story:
        raise Missing("Soal ini dijawab dengan memilih.", next=routes.DRILL(round_id))
    _mark(turn, step, int(covered), covered)
    return step


def _mark(turn: Turn, step: Step, choice: int, right: bool) -> None:
    row, place = step.row, step.place
    if row.marks[place] != OPEN:
        return
    row.picks = [*row.picks[:place], choice, *row.picks[place + 1 :]]
    row.marks = [*row.marks[:place], int(right), *row.marks[place + 1 :]]
    if OPEN not in row.marks:
        row.ended_at = turn.now
    turn.session.add(row)
    _learn(turn, step.question, right, step.today)
    taken = enrolment(turn.session, row.person_id, row.unit_id, lock=True)
    if taken is not None:
        taken.drilled_on, taken.told = step.today, 0
        turn.session.add(taken)


def _learn(turn: Turn, question: Question, right: bool, today: date) -> None:
    key = (turn.actor.person_id, question.id)
    row = turn.session.get(DrillCard, key, with_for_update=True, populate_existing=True)
    card = leitner.after(Card(row.box, row.due_on) if row is not None else None, right, today)
    if row is None:
        row = DrillCard(person_id=key[0], card=key[1], box=card.box, due_on=card.due_on, last_on=today)
    row.area, row.box, row.due_on, row.last_on = question.area, card.box, card.due_on, today
    row.seen_times += 1
    row.right_times += int(right)
    turn.session.add(row)
    turn.session.flush()


def outcome(turn: Turn, round_id: int) -> Outcome:
    """How a drill of the actor's went. Raises Missing, NotAllowed."""
    unit, row = _found(turn, round_id)
    known: Mapping[str, Question] = {question.id: question for question in pool_of(turn, unit)}
    cards = {card.card: card for card in cards_of(turn.session, row.person_id)}
    today = today_of(turn, unit)
    lines = tuple(
        (known[card], mark == 1, cards[card].due_on if card in cards else today + timedelta(days=1))
        for card, mark in zip(row.cards, row.marks, strict=True)
        if card in known and mark != OPEN
    )
    return Outcome(row, lines, today)
