"""What the handlers of dates share: a typed date read, saved, and where that leads."""

from datetime import timedelta

from flows import policy, routes
from flows.days import DEFAULT_TIME, at
from flows.routes import Action
from flows.schedule import duties, planning, screens, service
from flows.schedule.names import ITEM, STAGE, SUB, TPI
from flows.schedule.service import Line
from flows.schedule.texts import dates as texts
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn
from knowledge.dates import Problem, parse_date

MAX_WORDS_BESIDE = 5
"""A date within a longer sentence is talk about a date, not an answer to the prompt."""


def plain(text: str) -> str:
    """Typed words for comparison."""
    return " ".join(text.lower().replace(",", " ").strip(" .!").split())


def read(turn: Turn, code: str) -> Screen | Goto | NotMine:
    """The typed text is a date (then it is shown in full), "later", or none of it."""
    line = service.settable(turn, code)
    text = plain(turn.event.text)
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


def save(turn: Turn, unit_id: int, code: str, minutes: int, revision: int) -> Goto:
    """Save a confirmed date."""
    due_at = service.set_deadline(turn, unit_id, code, minutes, revision)
    line = service.line(turn, code)
    return Goto(home(turn, line), texts.saved(line.scope, due_at, line.zone))


def home(turn: Turn, line: Line) -> Action:
    """Where the person goes on after a date was set: the thing itself, the proposal, or the schedule."""
    code = line.scope.code
    places = {ITEM: routes.LKE_ITEM, SUB: routes.LKE_SUB, STAGE: routes.STAGE}
    if line.scope.kind in places:
        return places[line.scope.kind](code)
    may_set = line.scope.kind == TPI and policy.can(turn.actor, "schedule", line.unit)
    if may_set and (planning.propose(turn).areas or duties.propose(turn)):
        return routes.PLAN()
    return routes.SCHEDULE()
