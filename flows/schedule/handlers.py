"""The schedule (/jadwal) and the talk about one date."""

from datetime import timedelta

from flows import policy, routes
from flows.days import DEFAULT_TIME, at
from flows.dues.types import RENEWAL, RETURNED, TASK
from flows.routes import handles
from flows.schedule import screens, service, texts
from flows.schedule.names import AREA, ITEM, SUB, SUBMISSION, TPI
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn
from knowledge.dates import Problem, parse_date

MAX_WORDS_BESIDE = 5
"""A date within a longer sentence is talk about a date, not an answer to the prompt."""


@handles(routes.SCHEDULE)
def schedule(turn: Turn) -> Screen:
    """The open unit's deadlines."""
    return screens.schedule(service.schedule(turn))


@handles(routes.DUE_OPEN)
def open_due(turn: Turn, unit_id: int, kind: str, ref: str) -> Goto:
    """Work on that unit, then go to what is due. What has meanwhile gone leads to the schedule."""
    policy.require(turn.actor, "view", service.open_unit(turn, unit_id))
    if kind in {AREA, SUB, ITEM}:
        place = {AREA: routes.LKE_AREA, SUB: routes.LKE_SUB, ITEM: routes.LKE_ITEM}[kind]
        return Goto(place(ref))
    if kind == RETURNED:
        return Goto(routes.LKE_ITEM(ref))
    if kind in {TASK, RENEWAL} and ref.isdecimal() and len(ref) < 19:
        return Goto((routes.TASK if kind == TASK else routes.EVIDENCE_SHOW)(int(ref)))
    if kind in {TPI, SUBMISSION}:
        return Goto(routes.DEADLINE(kind))
    return Goto(routes.SCHEDULE())


@handles(routes.DEADLINE)
def deadline(turn: Turn, code: str) -> Screen:
    """One deadline."""
    return screens.detail(service.detail(turn, code))


@handles(routes.DEADLINE_ASK)
def ask(turn: Turn, code: str) -> Screen:
    """Ask for the date."""
    return screens.ask(service.settable(turn, code))


@handles(routes.DEADLINE_TYPED)
def typed(turn: Turn, code: str) -> Screen | Goto | NotMine:
    """The typed text is the date, or a question."""
    return _read(turn, code)


def _read(turn: Turn, code: str) -> Screen | Goto | NotMine:
    line = service.settable(turn, code)
    text = _plain(turn.event.text)
    if text in texts.LATER_WORDS:
        return Goto(routes.SCHEDULE(), texts.POSTPONED)
    found = parse_date(turn.event.text, line.today)
    if found is None:
        return NotMine()
    if found.rest and (
        len(found.rest.split()) > MAX_WORDS_BESIDE or turn.library.looks_like_question(turn.event.text)
    ):
        return NotMine()
    if isinstance(found, Problem):
        suggestion = found.suggestion
        proposed = at(suggestion, DEFAULT_TIME, line.zone) if suggestion else None
        return screens.problem(line, found.sentence, proposed)
    due_at = at(found.day, found.time or DEFAULT_TIME, found.zone or line.zone)
    if due_at <= turn.now:
        tomorrow = at(line.today + timedelta(days=1), DEFAULT_TIME, line.zone)
        return screens.problem(line, texts.past_today(due_at, line.zone), tomorrow)
    return Goto(routes.DEADLINE_CHECK(code, service.minutes_of(due_at)))


@handles(routes.DEADLINE_CHECK)
def check(turn: Turn, code: str, minutes: int) -> Screen:
    """Show the date in full before it is saved."""
    line = service.settable(turn, code)
    due_at = service.due_from(minutes, turn.now, code)
    return screens.check(line, due_at, service.schedule(turn), turn.now)


@handles(routes.DEADLINE_YES)
def confirm(turn: Turn, unit_id: int, code: str, minutes: int, revision: int) -> Screen | Goto | NotMine:
    """A typed answer to the confirmation: yes, no, or another date."""
    text = _plain(turn.event.text)
    if text in texts.YES_WORDS:
        return _save(turn, unit_id, code, minutes, revision)
    if text in texts.NO_WORDS:
        return Goto(routes.DEADLINE_ASK(code))
    return _read(turn, code)


@handles(routes.DEADLINE_SET)
def save(turn: Turn, unit_id: int, code: str, minutes: int, revision: int) -> Goto:
    """Save the confirmed date."""
    return _save(turn, unit_id, code, minutes, revision)


def _save(turn: Turn, unit_id: int, code: str, minutes: int, revision: int) -> Goto:
    due_at = service.set_deadline(turn, unit_id, code, minutes, revision)
    line = service.line(turn, code)
    return Goto(routes.SCHEDULE(), texts.saved(line.scope, due_at, line.zone))


@handles(routes.DEADLINE_CLEAR)
def clear(turn: Turn, unit_id: int, code: str, revision: int) -> Goto:
    """Remove the date."""
    service.clear(turn, unit_id, code, revision)
    return Goto(routes.SCHEDULE(), texts.CLEARED)


@handles(routes.DEADLINE_DONE)
def done(turn: Turn, unit_id: int, code: str, revision: int) -> Goto:
    """What was due is done."""
    service.mark_done(turn, unit_id, code, revision)
    return Goto(routes.SCHEDULE(), texts.DONE)


@handles(routes.DEADLINE_REOPEN)
def reopen(turn: Turn, unit_id: int, code: str, revision: int) -> Goto:
    """It is not done after all."""
    service.reopen(turn, unit_id, code, revision)
    return Goto(routes.DEADLINE(code), texts.REOPENED)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace(",", " ").strip(" .!").split())
