"""The assessor's desk: what waits, one item with all that a judgement needs, and writing value and reason."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlmodel import Session, col, select

from flows import audit, fmt, policy, routes
from flows.assess import refusals, rounds, team
from flows.checklist import changes, stored
from flows.checklist import service as checklist
from flows.checklist.changes import Outcome, Place
from flows.checklist.service import Current
from flows.errors import BadInput, Missing
from flows.evidence import service as evidence
from flows.evidence import window
from flows.evidence.service import ItemEvidence
from flows.evidence.window import Window
from flows.models import Answer, AnswerChange, Person, TpiFinding, TpiNote, TpiRound, Unit
from flows.turn import Turn
from knowledge.answers import Answer as Known
from knowledge.answers import Item

NOTE_LIMIT = 1000
HISTORY_PAGE = 8
DIFFERENT, UNVALUED, ALL = "beda", "belum", "semua"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """One item on an assessor's list."""

    item: Item
    own: Known | None
    theirs: Known | None
    answered_at: datetime | None
    fed: bool

    @property
    def valued(self) -> bool:
        """Whether there is nothing left to judge: a value is there, or a survey gives it."""
        return self.fed or self.theirs is not None

    @property
    def waits(self) -> bool:
        """Whether the unit has answered and no value stands beside it."""
        return not self.valued and stored.is_answered(self.item, self.own)

    @property
    def differs(self) -> bool:
        """Whether both sides have an answer, and not the same one."""
        return not self.fed and self.theirs is not None and self.theirs != self.own


@dataclass(frozen=True, slots=True)
class Desk:
    """One unit's LKE as an assessor works on it. `lines` are those of the areas that the actor judges."""

    where: Current
    row: TpiRound | None
    lines: tuple[Line, ...]
    own: team.Assigned | None
    team: tuple[team.Assigned, ...]
    findings: tuple[TpiFinding, ...]

    @property
    def locked(self) -> str:
        """Why values cannot be written now; "" while they can."""
        return rounds.locked_because(self.row)

    @property
    def waiting(self) -> list[Line]:
        """What is to be judged, longest waiting first; nothing once the round is signed."""
        if self.locked:
            return []
        return sorted((line for line in self.lines if line.waits), key=lambda each: _age(each.answered_at))

    @property
    def different(self) -> list[Line]:
        """Where the value is not the unit's."""
        return [line for line in self.lines if line.differs]

    @property
    def replies(self) -> list[TpiFinding]:
        """Tanggapan of the unit that wait for a decision."""
        return [each for each in self.findings if each.state == "answered"]

    @property
    def signs(self) -> bool:
        """Whether the round waits for the actor's signature as pengendali teknis."""
        row, own = self.row, self.own
        signed = row is not None and row.led_at is not None and row.closed_at is None
        return signed and own is not None and own.row.tier == team.CONTROL

    @property
    def since(self) -> datetime | None:
        """Since when something waits here; None when nothing does."""
        moments = [line.answered_at for line in self.waiting if line.answered_at]
        moments += [each.answered_at for each in self.replies if each.answered_at]
        if self.signs and self.row is not None and self.row.led_at is not None:
            moments.append(self.row.led_at)
        return min(moments, default=None)


@dataclass(frozen=True, slots=True)
class Card:
    """An item as its assessor sees it. `revision` is that of the assessors' value; 0 while there is none."""

    desk: Desk
    line: Line
    note: str
    answered_by: Person | None
    late: bool
    evidence: ItemEvidence
    window: Window
    work_state: str
    reason: str
    revision: int
    valued_by: Person | None
    valued_at: datetime | None
    may_judge: bool
    findings: tuple[TpiFinding, ...]
    notes: int
    before: Item | None
    after: Item | None
    next_different: Item | None
    next_waiting: Item | None

    @property
    def item(self) -> Item:
        """The item."""
        return self.line.item


def _age(at: datetime | None) -> str:
    return at.isoformat() if at is not None else ""


# reading -------------------------------------------------------------------------------------------


def lines_of(session: Session, where: Current) -> list[Line]:
    """Every item of an LKE with both answers, in the order of the areas, the results last."""
    rows = checklist.answers_of(session, where.assessment)
    theirs = rounds.theirs_of(session, where)
    values = checklist.known_answers(session, theirs.assessment) if theirs is not None else {}
    fed = checklist.fed_by_surveys(session, where)
    items: list[Item] = [*where.instrument.area_order, *where.instrument.results]
    made = []
    for item in items:
        row, survey = rows.get(item.id), fed.get(item.id)
        own = survey.index if survey is not None else checklist.known_answer(row)
        value = survey.index if survey is not None else values.get(item.id)
        at = row.answered_at if row is not None else None
        made.append(Line(item, own, value, at, survey is not None))
    return made


def unvalued(session: Session, where: Current) -> list[Line]:
    """Answers of the unit without a value beside them, whoever judges them."""
    return [line for line in lines_of(session, where) if line.waits]


def desk(turn: Turn, where: Current) -> Desk:
    """A unit's desk for an assessor who may judge it."""
    areas = team.judged_areas(turn, where)
    found = team.of_assessment(turn.session, where.id)
    lines = lines_of(turn.session, where)
    findings = turn.session.exec(
        select(TpiFinding)
        .where(TpiFinding.assessment_id == where.id, TpiFinding.state != "dropped")
        .order_by(col(TpiFinding.id))
    ).all()
    return Desk(
        where=where,
        row=rounds.present(turn.session, where.id),
        lines=tuple(line for line in lines if checklist.area_id_of(line.item) in areas),
        own=next((each for each in found if each.row.person_id == turn.actor.person_id), None),
        team=tuple(found),
        findings=tuple(findings),
    )


def queue(turn: Turn) -> list[Desk]:
    """The units that the actor judges; where something has waited longest first, the quiet ones last."""
    ids = dict.fromkeys(
        held.unit_id for held in turn.actor.memberships if held.role == "penilai" and held.unit_id is not None
    )
    made: list[Desk] = []
    for unit_id in ids:
        unit = turn.session.get(Unit, unit_id)
        if unit is None or unit.archived_at is not None or not policy.may_assess(turn.actor, unit):
            continue
        try:
            assessment = checklist.assessment_of(turn.session, unit)
        except Missing:
            continue
        instrument = turn.library.instruments.get(assessment.instrument_id)
        if instrument is not None:
            made.append(desk(turn, Current(unit, assessment, instrument)))
    return sorted(made, key=lambda each: (each.since is None, _age(each.since), each.where.id))


def card(turn: Turn, assessment_id: int, item_id: str) -> Card:
    """One item with everything that a judgement needs. Raises NotAllowed, Missing."""
    where = rounds.desk_of(turn, assessment_id)
    item = checklist.item_of(where.instrument, item_id)
    now = desk(turn, where)
    judges = any(each.item.id == item.id for each in now.lines)
    everything = now.lines if judges else tuple(lines_of(turn.session, where))
    line = next(each for each in everything if each.item.id == item.id)
    row = _row(turn.session, where.id, item_id)
    theirs = rounds.theirs_of(turn.session, where)
    value = _row(turn.session, theirs.id, item_id) if theirs is not None else None
    sight = evidence.sight_of(turn, where.unit, where)
    found = evidence.of_item(turn.session, where.assessment, item, sight)
    place = everything.index(line)
    return Card(
        desk=now,
        line=line,
        note=row.note if row is not None else "",
        answered_by=_person(turn.session, row.answered_by if row is not None else None),
        late=_late(now.row, line, where.unit),
        evidence=found,
        window=window.of_unit(turn.session, where.unit, where.assessment),
        work_state=found.work_state,
        reason=value.note if value is not None else "",
        revision=value.revision if value is not None else 0,
        valued_by=_person(turn.session, value.answered_by if value is not None else None),
        valued_at=value.answered_at if value is not None else None,
        may_judge=judges and not now.locked and not line.fed,
        findings=tuple(each for each in now.findings if each.item_id == item_id),
        notes=len(notes_of(turn.session, where.id, item_id)),
        before=everything[place - 1].item if place else None,
        after=everything[place + 1].item if place + 1 < len(everything) else None,
        next_different=_next([e.item for e in everything if e.differs], everything, place),
        next_waiting=_next([e.item for e in everything if e.waits and not now.locked], everything, place),
    )


def _next(wanted: list[Item], everything: tuple[Line, ...], place: int) -> Item | None:
    """The first of these items behind a place, round the end; never the item at the place itself."""
    ids = {item.id for item in wanted}
    around = [*everything[place + 1 :], *everything[:place]]
    return next((line.item for line in around if line.item.id in ids), None)


def _row(session: Session, assessment_id: int, item_id: str) -> Answer | None:
    return session.exec(
        select(Answer).where(Answer.assessment_id == assessment_id, Answer.item_id == item_id)
    ).first()


def _person(session: Session, person_id: int | None) -> Person | None:
    return session.get(Person, person_id) if person_id is not None else None


def _late(row: TpiRound | None, line: Line, unit: Unit) -> bool:
    """Whether the unit's answer is from after the last day that counts in the round."""
    if row is None or row.cutoff_on is None or line.answered_at is None:
        return False
    day: date = fmt.local(line.answered_at, unit.zone).date()
    return day > row.cutoff_on


def history(turn: Turn, where: Current, item: Item, page: int) -> tuple[list[checklist.Change], bool]:
    """One page of changes of the assessors' value, newest first, and whether older ones follow."""
    theirs = rounds.theirs_of(turn.session, where)
    if theirs is None:
        return [], False
    found = turn.session.exec(
        select(AnswerChange, Person)
        .outerjoin(Person, col(Person.id) == AnswerChange.person_id)
        .where(AnswerChange.assessment_id == theirs.id, AnswerChange.item_id == item.id)
        .order_by(col(AnswerChange.id).desc())
        .limit(HISTORY_PAGE + 1)
        .offset(page * HISTORY_PAGE)
    ).all()
    made = [checklist.Change(row.at, row.kind, who, row.before or {}, row.after or {}) for row, who in found]
    return made[:HISTORY_PAGE], len(made) > HISTORY_PAGE


# value and reason ----------------------------------------------------------------------------------


def place(turn: Turn, assessment_id: int, item_id: str) -> Place:
    """Where the actor writes a value now. Raises NotAllowed (also for a signed round), Missing."""
    where = rounds.desk_of(turn, assessment_id)
    item = checklist.item_of(where.instrument, item_id)
    here = routes.ASSESS_CARD(assessment_id, item_id)
    if checklist.area_id_of(item) not in team.judged_areas(turn, where):
        raise refusals.other_area(assessment_id)
    if item_id in checklist.fed_by_surveys(turn.session, where):
        raise BadInput("Nilai ini berasal dari daftar survei unit, jadi tidak diisi di sini.", next=here)
    return Place(rounds.writable(turn, where, here), item)


def set_value(turn: Turn, assessment_id: int, item_id: str, wanted: Known, seen: int) -> Outcome:
    """Make `wanted` the assessors' value. Raises as `place`, and BadInput for what does not fit the item."""
    at = place(turn, assessment_id, item_id)
    here = routes.ASSESS_CARD(assessment_id, item_id)
    return _leading_to(here, lambda: changes.set_answer(turn, at, wanted, seen))


def clear_value(turn: Turn, assessment_id: int, item_id: str, seen: int) -> Outcome:
    """Take the value away; its reason and history stay."""
    return changes.clear_answer(turn, place(turn, assessment_id, item_id), seen)


def set_reason(turn: Turn, assessment_id: int, item_id: str, text: str, seen: int) -> Outcome:
    """Make `text` the reason of the value. Raises as `place`, and BadInput without a value or text."""
    at = place(turn, assessment_id, item_id)
    row = changes.claim(turn, at)
    if row is None or checklist.known_answer(row) is None:
        raise refusals.no_value(assessment_id, item_id)
    again = routes.ASSESS_REASON(assessment_id, item_id)
    if not 0 < len(text.strip()) <= changes.NOTE_LIMIT:
        raise refusals.length(len(text.strip()), changes.NOTE_LIMIT, again)
    return _leading_to(again, lambda: changes.write_note(turn, at, text, seen))


def _leading_to(next: routes.Action, does: Callable[[], T]) -> T:
    """What it returns; a refusal leads back here instead of to the unit's own screens."""
    try:
        return does()
    except BadInput as err:
        err.next = next
        raise


# private notes -------------------------------------------------------------------------------------


def notes_of(session: Session, assessment_id: int, item_id: str) -> list[tuple[TpiNote, Person]]:
    """The assessors' private notes on an item, oldest first."""
    found = session.exec(
        select(TpiNote, Person)
        .join(Person, col(Person.id) == col(TpiNote.person_id))
        .where(TpiNote.assessment_id == assessment_id, TpiNote.item_id == item_id)
        .order_by(col(TpiNote.id))
    ).all()
    return [(note, person) for note, person in found]


def keep_note(turn: Turn, assessment_id: int, item_id: str, text: str) -> None:
    """Write one's private note, or take it away with an empty text. Raises NotAllowed, BadInput, Missing."""
    where = rounds.desk_of(turn, assessment_id)
    item = checklist.item_of(where.instrument, item_id)
    text = text.strip()
    if len(text) > NOTE_LIMIT:
        raise refusals.length(len(text), NOTE_LIMIT, routes.ASSESS_NOTE(assessment_id, item_id))
    me = turn.actor.person_id
    row = turn.session.exec(
        select(TpiNote)
        .where(TpiNote.assessment_id == where.id, TpiNote.item_id == item.id, TpiNote.person_id == me)
        .with_for_update()
    ).first()
    if not text:
        if row is not None:
            turn.session.delete(row)
    else:
        row = row or TpiNote(assessment_id=where.id, item_id=item.id, person_id=me, text="", at=turn.now)
        row.text, row.at = text, turn.now
        turn.session.add(row)
    audit.record(turn, "tpi.note", f"{where.id}/{item.id}", where.unit.id, kept=bool(text))
