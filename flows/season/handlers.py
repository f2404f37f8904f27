"""What came of a unit after the submission: looking, and noting it down."""

from flows import fmt, policy, routes
from flows.errors import BadInput
from flows.evidence.dating import day_in
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Gone, Goto, NotMine, Screen
from flows.season import handlers_lhe, handlers_picks, noting, objections, refusals, screens, service, texts
from flows.turn import Turn
from knowledge.after import OBJECTION
from knowledge.dates import Problem, parse_date

ALSO = (handlers_lhe, handlers_picks)
"""Imported so that their handlers are registered too."""


@handles(routes.SEASON)
@privately
def way(turn: Turn, unit_id: int, year: int) -> Screen:
    """Where the unit stands."""
    return screens.way(service.way(turn, unit_id, year))


@handles(routes.SEASON_STAGE)
@privately
def stage(turn: Turn, unit_id: int, year: int, stage_id: str) -> Screen:
    """One stage."""
    found = service.way(turn, unit_id, year)
    step = service.step_of(unit_id, found.year, stage_id)
    row = found.rows.get(step.id)
    return screens.stage(found, step, row, service.person_of(turn.session, row))


@handles(routes.SEASON_RESULT)
@privately
def result(turn: Turn, unit_id: int, year: int, stage_id: str, chosen: str, revision: int) -> Goto:
    """What came of it."""
    noting.set_result(turn, unit_id, year, stage_id, chosen, revision)
    return Goto(routes.SEASON_STAGE(unit_id, year, stage_id), texts.SAME_DAY if chosen else texts.SAVED)


@handles(routes.SEASON_DAY)
@privately
def ask_day(turn: Turn, unit_id: int, year: int, stage_id: str) -> Screen:
    """Prompt for its day."""
    service.editable(turn, unit_id)
    found = service.way(turn, unit_id, year)
    step = service.step_of(unit_id, found.year, stage_id)
    row = found.rows.get(step.id)
    return screens.ask_day(found, step, row.revision if row is not None else 0)


@handles(routes.SEASON_DAY_SAVE)
@privately
def save_day(turn: Turn, unit_id: int, year: int, stage_id: str, revision: int) -> Goto | NotMine:
    """The typed text is the day."""
    unit = service.editable(turn, unit_id)
    again = routes.SEASON_DAY(unit_id, year, stage_id)
    today = fmt.local(turn.now, unit.zone).date()
    day = day_in(turn.event.text, today)
    if day is None:
        if turn.library.looks_like_question(turn.event.text):
            return NotMine()
        other = parse_date(turn.event.text, today)
        if isinstance(other, Problem):
            raise BadInput(other.sentence, next=again)
        raise refusals.day_ahead(again) if other is not None else refusals.day_unread(again)
    noting.set_day(turn, unit_id, year, stage_id, day, revision)
    return Goto(routes.SEASON_STAGE(unit_id, year, stage_id), texts.SAVED)


@handles(routes.SEASON_NOTE)
@privately
def ask_note(turn: Turn, unit_id: int, year: int, stage_id: str) -> Screen:
    """Prompt for a note."""
    service.editable(turn, unit_id)
    found = service.way(turn, unit_id, year)
    step = service.step_of(unit_id, found.year, stage_id)
    return screens.ask_note(found, step, found.rows.get(step.id))


@handles(routes.SEASON_NOTE_SAVE)
@privately
def save_note(turn: Turn, unit_id: int, year: int, stage_id: str, revision: int) -> Goto:
    """The typed text is the note."""
    noting.set_note(turn, unit_id, year, stage_id, turn.event.text, revision)
    return Goto(routes.SEASON_STAGE(unit_id, year, stage_id), texts.SAVED)


@handles(routes.SEASON_OBJECT)
@privately
def ask_objection(turn: Turn, unit_id: int, year: int) -> Screen:
    """Prompt for what is objected to."""
    found = objections.ground(turn, unit_id, year)
    return screens.ask_objection(found, service.step_of(unit_id, found.year, OBJECTION))


@handles(routes.SEASON_OBJECT_SAVE)
@privately
def save_objection(turn: Turn, unit_id: int, year: int) -> Goto:
    """The typed text is an action item; without a day it is asked for."""
    task = objections.write(turn, unit_id, year, turn.event.text)
    if task.due_on is None:
        return Goto(routes.TASK_DAY(task.id or 0, "due"), texts.OBJECTION_DAY)
    return Goto(routes.SEASON(unit_id, year), texts.OBJECTION_SAVED)


@handles(routes.SEASON_KEEP)
@privately
def kept(turn: Turn, unit_id: int, year: int) -> Screen:
    """What holds once the unit has the predicate."""
    return screens.kept(service.way(turn, unit_id, year))


@handles(routes.PICK_TOLD)
@privately
def pick_told(turn: Turn, unit_id: int, year: int) -> Screen | Gone:
    """The agency's choice, rendered at the unit when it is sent."""
    unit = turn.unit_by_id(unit_id)
    policy.require(turn.actor, "view", unit)
    row = service.round_of(turn.session, unit.agency_id, service.checked_year(turn, year))
    if row is None or row.announced_at is None:
        return Gone()
    entry = service.entry_of(turn.session, unit_id, year)
    return screens.pick_told(unit.name, unit_id, year, entry.told if entry is not None else "")
