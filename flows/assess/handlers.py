"""The assessor's desk: queue, one unit, lists, the card, value, reason, private notes."""

from flows import fmt, routes
from flows.assess import (
    handlers_rounds,
    handlers_scores,
    handlers_team,
    refusals,
    rounds,
    screens,
    service,
    signing,
)
from flows.assess.service import ALL, DIFFERENT, UNVALUED, Desk, Line
from flows.assess.texts import card as said
from flows.checklist import service as checklist
from flows.checklist import stored
from flows.checklist.changes import Outcome
from flows.errors import BadInput, Missing, Outdated
from flows.item_words import Reader
from flows.registration.private import privately
from flows.review import looking
from flows.routes import handles
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn
from knowledge.answers import Answer
from knowledge.phrases import phrases
from knowledge.typed import NotAnAnswer, Problem, parse_answer

ALSO = (handlers_rounds, handlers_scores, handlers_team)
"""Imported so that their handlers are registered too."""


def _reader(turn: Turn) -> Reader:
    return Reader(person_id=turn.actor.person_id, now=turn.now, zone_name=turn.zone_name)


# looking -------------------------------------------------------------------------------------------


@handles(routes.ASSESS)
@privately
def queue(turn: Turn) -> Screen:
    """Penilaian saya."""
    return screens.queue(service.queue(turn), _reader(turn))


@handles(routes.ASSESS_UNIT)
@privately
def unit(turn: Turn, assessment_id: int) -> Screen:
    """One unit's desk; its unit becomes the open one."""
    where = rounds.desk_of(turn, assessment_id)
    looking.enter(turn, where.unit)
    now = service.desk(turn, where)
    today = fmt.local(turn.now, where.unit.zone).date()
    leads = rounds.leads(turn, where)
    may_sign = now.row is not None and signing.may_sign(turn, now.row)
    return screens.unit(now, _reader(turn), today, leads, may_sign, _next_round(now, leads))


def _next_round(now: Desk, leads: bool) -> int:
    """The round that may be opened now; 0 for none."""
    if not leads:
        return 0
    if now.row is None:
        return 1
    return now.row.no + 1 if now.row.closed_at is not None and now.row.no < rounds.LAST else 0


@handles(routes.ASSESS_ITEMS)
@privately
def listed(turn: Turn, assessment_id: int, which: str, page: int) -> Screen:
    """Items: those that differ, those that wait, all of them (differences first), or one area's."""
    where = rounds.desk_of(turn, assessment_id)
    looking.enter(turn, where.unit)
    now = service.desk(turn, where)
    found = _chosen(now, which)
    page = min(max(0, page), max(0, (len(found) - 1) // screens.PAGE))
    return screens.listed(now, which, found, page)


def _chosen(now: Desk, which: str) -> list[Line]:
    if which == DIFFERENT:
        return now.different
    if which == UNVALUED:
        return now.waiting
    if which == ALL:
        return sorted(now.lines, key=lambda line: (not line.differs, not line.waits))
    found = [line for line in now.lines if checklist.area_id_of(line.item) == which]
    return sorted(found, key=lambda line: (not line.differs, not line.waits))


@handles(routes.ASSESS_CARD)
@privately
def card(turn: Turn, assessment_id: int, item_id: str) -> Screen:
    """One item with everything that a judgement needs; its unit becomes the open one."""
    view = service.card(turn, assessment_id, item_id)
    looking.enter(turn, view.desk.where.unit)
    turn.state.last_item = item_id
    return screens.card(view, _reader(turn))


@handles(routes.ASSESS_HISTORY)
@privately
def history(turn: Turn, assessment_id: int, item_id: str, page: int) -> Screen:
    """Changes of the value, newest first."""
    view = service.card(turn, assessment_id, item_id)
    looking.enter(turn, view.desk.where.unit)
    page = min(max(0, page), 10_000)
    lines, more = service.history(turn, view.desk.where, view.item, page)
    return screens.history(view, lines, more, _reader(turn), page)


# the value -----------------------------------------------------------------------------------------


@handles(routes.ASSESS_SET)
@privately
def set_value(turn: Turn, assessment_id: int, item_id: str, code: str, revision: int) -> Goto:
    """A tapped option, or the unit's own answer taken over."""
    item = checklist.item_of(rounds.desk_of(turn, assessment_id).instrument, item_id)
    wanted = stored.from_code(item, code)
    if wanted is None:
        raise Outdated(said.BAD_BUTTON, next=routes.ASSESS_CARD(assessment_id, item_id))
    return _valued(turn, assessment_id, item_id, wanted, revision)


@handles(routes.ASSESS_TYPED)
@privately
def typed(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Screen | Goto | NotMine:
    """A typed value, as in the checklist; a question typed here is for Ask."""
    item = checklist.item_of(rounds.desk_of(turn, assessment_id).instrument, item_id)
    read = parse_answer(item, turn.event.text)
    if isinstance(read, NotAnAnswer):
        return NotMine()
    if not isinstance(read, Problem):
        return _valued(turn, assessment_id, item_id, read.answer, revision)
    offered = read.suggest
    if offered is not None and stored.from_code(item, stored.code_of(item, offered)) is not None:
        return screens.suggest(service.card(turn, assessment_id, item_id), offered, read.sentence)
    raise BadInput(read.sentence, next=routes.ASSESS_CARD(assessment_id, item_id))


def _valued(turn: Turn, assessment_id: int, item_id: str, wanted: Answer, seen: int) -> Goto:
    """Keep the value; where it is not the unit's and has no reason, that is asked for next."""
    here = routes.ASSESS_CARD(assessment_id, item_id)
    outcome = service.set_value(turn, assessment_id, item_id, wanted, seen)
    if outcome is Outcome.CLASH:
        return Goto(here, said.CLASH)
    view = service.card(turn, assessment_id, item_id)
    if view.line.differs and not view.reason:
        return Goto(routes.ASSESS_REASON(assessment_id, item_id))  # it says that the value is saved
    return Goto(here, said.saved(view.item, wanted))


@handles(routes.ASSESS_CLEAR)
@privately
def clear(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Goto:
    """Take the value away."""
    outcome = service.clear_value(turn, assessment_id, item_id, revision)
    toast = {Outcome.SAVED: said.CLEARED, Outcome.SAME: said.NOTHING}.get(outcome, said.CLASH)
    return Goto(routes.ASSESS_CARD(assessment_id, item_id), toast)


# the reason ----------------------------------------------------------------------------------------


@handles(routes.ASSESS_REASON)
@privately
def reason(turn: Turn, assessment_id: int, item_id: str) -> Screen:
    """Prompt for the reason of the value."""
    view = service.card(turn, assessment_id, item_id)
    looking.enter(turn, view.desk.where.unit)
    here = routes.ASSESS_CARD(assessment_id, item_id)
    if view.desk.locked:
        raise refusals.frozen(view.desk.locked, here)
    if not view.may_judge:
        raise refusals.other_area(assessment_id)
    if view.line.theirs is None:
        raise refusals.no_value(assessment_id, item_id)
    return screens.reason(view, phrases().alasan)


@handles(routes.ASSESS_REASON_SAVE)
@privately
def reason_save(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Goto:
    """The typed text is the reason."""
    return _reasoned(turn, assessment_id, item_id, turn.event.text, revision)


@handles(routes.ASSESS_REASON_USE)
@privately
def reason_use(turn: Turn, assessment_id: int, item_id: str, revision: int, number: int) -> Goto:
    """A ready sentence is the reason."""
    ready = phrases().alasan
    if not 0 <= number < len(ready):
        raise Missing("Kalimat itu tidak ada dalam daftar.", next=routes.ASSESS_CARD(assessment_id, item_id))
    return _reasoned(turn, assessment_id, item_id, ready[number].text, revision)


def _reasoned(turn: Turn, assessment_id: int, item_id: str, text: str, seen: int) -> Goto:
    outcome = service.set_reason(turn, assessment_id, item_id, text, seen)
    toast = said.CLASH if outcome is Outcome.CLASH else said.REASON_SAVED
    return Goto(routes.ASSESS_CARD(assessment_id, item_id), toast)


# private notes -------------------------------------------------------------------------------------


@handles(routes.ASSESS_NOTE)
@privately
def private(turn: Turn, assessment_id: int, item_id: str) -> Screen:
    """The assessors' private notes on an item."""
    where = rounds.desk_of(turn, assessment_id)
    item = checklist.item_of(where.instrument, item_id)
    found = service.notes_of(turn.session, where.id, item_id)
    mine = any(note.person_id == turn.actor.person_id for note, _ in found)
    return screens.private(where.id, item, found, _reader(turn), mine)


@handles(routes.ASSESS_NOTE_SAVE)
@privately
def private_save(turn: Turn, assessment_id: int, item_id: str) -> Goto:
    """The typed text is one's note."""
    if not turn.event.text.strip():
        raise refusals.length(0, service.NOTE_LIMIT, routes.ASSESS_NOTE(assessment_id, item_id))
    service.keep_note(turn, assessment_id, item_id, turn.event.text)
    return Goto(routes.ASSESS_CARD(assessment_id, item_id), said.NOTE_SAVED)


@handles(routes.ASSESS_NOTE_CLEAR)
@privately
def private_clear(turn: Turn, assessment_id: int, item_id: str) -> Goto:
    """One's note goes."""
    service.keep_note(turn, assessment_id, item_id, "")
    return Goto(routes.ASSESS_CARD(assessment_id, item_id), said.NOTE_GONE)
