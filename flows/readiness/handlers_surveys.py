"""The survey register: SPAK, SPKP, SKM, typed step by step."""

from dataclasses import replace

from flows import policy, routes
from flows.checklist import service as checklist
from flows.errors import BadInput, Missing
from flows.readiness import periods, register, screens_surveys, service, survey_values
from flows.readiness.periods import Period
from flows.readiness.survey_values import FIELDS, Unusable
from flows.readiness.texts import surveys as texts
from flows.routes import handles
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn

NO_FIELD = "Isian itu tidak ada pada survei."


@handles(routes.SURVEYS)
def show_list(turn: Turn, page: int) -> Screen:
    """The register of the open unit."""
    now = service.standing(turn)
    return screens_surveys.listing(register.register(turn, now.where), now, page)


@handles(routes.SURVEY)
def show_one(turn: Turn, survey_id: int) -> Screen:
    """One survey."""
    found = register.survey(turn, survey_id)
    now = service.standing(turn)
    kept = register.register(turn, now.where)
    year = register.closed_by(turn, found)
    return screens_surveys.one(found, now, replace(kept, may_edit=kept.may_edit and not year, closed=year))


@handles(routes.SURVEY_NEW)
def choose_kind(turn: Turn) -> Screen:
    """The first step of a new survey."""
    where = checklist.current(turn)
    policy.require(turn.actor, "answer", where.unit, register.AREA)
    return screens_surveys.choose_kind(where.unit.id or 0)


@handles(routes.SURVEY_PERIOD)
def ask_period(turn: Turn, unit_id: int, kind: str) -> Screen:
    """The second step: the period."""
    register.writable_unit(turn, unit_id)
    if kind not in register.KINDS:
        raise Missing(NO_FIELD, next=routes.SURVEY_NEW())
    return screens_surveys.ask_period(unit_id, kind, periods.suggested(turn.today))


@handles(routes.SURVEY_PERIOD_TYPED)
def typed_period(turn: Turn, unit_id: int, kind: str) -> Goto | NotMine:
    """A typed period; a question typed here is for Ask."""
    period = periods.parse(turn.event.text)
    if period is None:
        if turn.library.looks_like_question(turn.event.text):
            return NotMine()
        raise BadInput(texts.WRONG["periode"], next=routes.SURVEY_PERIOD(unit_id, kind))
    return _opened(turn, unit_id, kind, period)


@handles(routes.SURVEY_ADD)
def add(turn: Turn, unit_id: int, kind: str, year: int, part: str) -> Goto:
    """A tapped period."""
    if not periods.is_part(part):
        raise Missing(NO_FIELD, next=routes.SURVEY_NEW())
    return _opened(turn, unit_id, kind, Period(year, part))


def _opened(turn: Turn, unit_id: int, kind: str, period: Period) -> Goto:
    survey_id, new = register.add(turn, unit_id, kind, period)
    if not new:
        return Goto(routes.SURVEY(survey_id), texts.ALREADY)
    return Goto(routes.SURVEY_FIELD(survey_id, survey_values.STEPS[0], 1), texts.DONE)


@handles(routes.SURVEY_FIELD)
def ask_field(turn: Turn, survey_id: int, field: str, guided: int) -> Screen:
    """The prompt for one field."""
    found = register.survey(turn, survey_id)
    policy.require(turn.actor, "answer", turn.unit, register.AREA)
    register.require_open(turn, found)
    _known(survey_id, field)
    return screens_surveys.ask(found, field, guided)


@handles(routes.SURVEY_FIELD_SAVE)
def save_field(turn: Turn, survey_id: int, field: str, guided: int, revision: int) -> Goto | NotMine:
    """The typed text is the value of a field; step by step a typed "lewati" skips as its button does."""
    _known(survey_id, field)
    following = survey_values.after(field) if guided else None
    onward = routes.SURVEY_FIELD(survey_id, following, 1) if following else routes.SURVEY(survey_id)
    if guided and survey_values.skips(turn.event.text):
        return Goto(onward)
    value = survey_values.read(field, turn.event.text)
    prompt = routes.SURVEY_FIELD(survey_id, field, guided)
    if value is None and turn.library.looks_like_question(turn.event.text):
        return NotMine()
    if value is None or isinstance(value, Unusable):
        raise BadInput(value.sentence if value else texts.WRONG[field], next=prompt)
    register.write(turn, survey_id, field, revision, value)
    return Goto(onward, texts.SAVED)


@handles(routes.SURVEY_FIELD_CLEAR)
def clear_field(turn: Turn, survey_id: int, field: str, revision: int) -> Goto:
    """Empty a field again."""
    _known(survey_id, field)
    if not FIELDS[field].clearable:
        raise Missing(NO_FIELD, next=routes.SURVEY(survey_id))
    register.write(turn, survey_id, field, revision, "" if FIELDS[field].free else None)
    return Goto(routes.SURVEY(survey_id), texts.CLEARED)


def _known(survey_id: int, field: str) -> None:
    if field not in FIELDS:
        raise Missing(NO_FIELD, next=routes.SURVEY(survey_id))


@handles(routes.SURVEY_DELETE_ASK)
def ask_delete(turn: Turn, survey_id: int) -> Screen:
    """Ask before a survey goes."""
    found = register.survey(turn, survey_id)
    policy.require(turn.actor, "answer", turn.unit, register.AREA)
    register.require_open(turn, found)
    kept = register.register(turn, checklist.current(turn))
    feeds = any(each.id == survey_id for each in kept.feeding.values())
    return screens_surveys.delete_ask(found, feeds)


@handles(routes.SURVEY_DELETE)
def delete(turn: Turn, survey_id: int, revision: int) -> Goto:
    """Take a survey out of the register."""
    register.delete(turn, survey_id, revision)
    return Goto(routes.SURVEYS(0), texts.DELETED)
