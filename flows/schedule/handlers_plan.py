"""The unit's year: stages, what a shift takes along, the proposal, the agency's template."""

import re

from flows import policy, routes
from flows.errors import BadInput, Missing
from flows.routes import handles
from flows.schedule import duties, planning, reading, screens_plan, service
from flows.schedule.names import short_title
from flows.schedule.texts import dates
from flows.schedule.texts import plan as texts
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn
from knowledge.stages import LONGEST_DAYS, SUBMISSION, Place, timeline

_NO_STAGE = "Tahap itu tidak ada dalam tahapan ZI. Ini daftarnya."
_DISTANCE = re.compile(
    r"(\d{1,3}) *(hari|hr|minggu|mgg|pekan|bulan|bln)?(?: +(sebelum|sesudah|setelah)\w*)?\b.*"
)
_DAYS = {"h": 1, "m": 7, "p": 7, "b": 30}


@handles(routes.STAGES)
def stages(turn: Turn) -> Screen:
    """The unit's year."""
    return screens_plan.stages(planning.year_of(turn))


@handles(routes.STAGE)
def stage(turn: Turn, stage_id: str) -> Screen:
    """One stage."""
    year = planning.year_of(turn)
    place = next((n for n, each in enumerate(year.lines) if each.place.id == stage_id), None)
    if place is None:
        raise Missing(_NO_STAGE, next=routes.STAGES())
    before = year.lines[place - 1].place if place else None
    after = year.lines[place + 1].place if place + 1 < len(year.lines) else None
    may_prepare = policy.can(turn.actor, "prepare", turn.unit)
    return screens_plan.stage(year.lines[place], before, after, may_prepare)


@handles(routes.STAGES_USE)
def use_template(turn: Turn, unit_id: int, stamp: int) -> Goto:
    """Give the stages still to come their template dates."""
    return Goto(routes.STAGES(), texts.adopted(planning.adopt(turn, unit_id, stamp)))


# a shift -------------------------------------------------------------------------------------------


@handles(routes.DEADLINE_SHIFT)
def shift(turn: Turn, unit_id: int, code: str, minutes: int, stamp: int) -> Goto:
    """Move a date and what goes along."""
    return _shift(turn, unit_id, code, minutes, stamp)


@handles(routes.DEADLINE_SHIFT_TYPED)
def shift_typed(turn: Turn, unit_id: int, code: str, minutes: int, stamp: int) -> Screen | Goto | NotMine:
    """A typed answer to the preview: yes, only this one, no, or another date."""
    text = reading.plain(turn.event.text)
    if text in dates.YES_WORDS:
        return _shift(turn, unit_id, code, minutes, stamp)
    if text in texts.ONLY_WORDS:
        service.open_unit(turn, unit_id)
        revision = service.settable(turn, code).revision
        if planning.shift_of(turn, code, service.due_from(minutes, turn.now, code)).stamp != stamp:
            return Goto(routes.DEADLINE_CHECK(code, minutes))
        return reading.save(turn, unit_id, code, minutes, revision)
    if text in dates.NO_WORDS:
        return Goto(routes.DEADLINE_ASK(code))
    return reading.read(turn, code)


def _shift(turn: Turn, unit_id: int, code: str, minutes: int, stamp: int) -> Goto:
    _, count = planning.apply_shift(turn, unit_id, code, minutes, stamp)
    line = service.line(turn, code)
    return Goto(reading.home(turn, line), texts.shifted(short_title(line.scope), count))


# the proposal --------------------------------------------------------------------------------------


@handles(routes.PLAN)
def plan(turn: Turn) -> Screen:
    """What the bot proposes."""
    policy.require(turn.actor, "schedule", turn.unit)
    return screens_plan.plan(planning.propose(turn), duties.propose(turn))


@handles(routes.PLAN_USE)
def use_plan(turn: Turn, unit_id: int, stamp: int) -> Goto:
    """Take the proposal."""
    areas = planning.accept(turn, unit_id, stamp)
    return Goto(routes.SCHEDULE(), texts.accepted(areas, duties.accept(turn, unit_id)))


@handles(routes.PLAN_LATER)
def later(turn: Turn) -> Goto:
    """Not now."""
    return Goto(routes.SCHEDULE(), dates.POSTPONED)


# the agency's template -----------------------------------------------------------------------------


@handles(routes.AGENCY_STAGES)
def template(turn: Turn, agency_id: int) -> Screen:
    """The agency's template, with the dates of this or the coming submission."""
    year = _year(turn)
    return screens_plan.template(agency_id, planning.template_of(turn, agency_id, year), year)


def _year(turn: Turn) -> int:
    passed = timeline().customary(turn.today.year) < turn.today
    return turn.today.year + passed


@handles(routes.AGENCY_STAGE)
def distance(turn: Turn, agency_id: int, stage_id: str) -> Screen:
    """The prompt for the distance of one stage."""
    place = _movable(agency_id, stage_id)
    for each, days, day, row in planning.template_of(turn, agency_id, _year(turn)):
        if each.id == place.id:
            return screens_plan.distance(agency_id, place, days, day, row)
    raise Missing(_NO_STAGE, next=routes.AGENCY_STAGES(agency_id))


@handles(routes.AGENCY_STAGE_SAVE)
def save_distance(turn: Turn, agency_id: int, stage_id: str, revision: int) -> Goto | NotMine:
    """The typed text is the distance."""
    place = _movable(agency_id, stage_id)
    policy.require_admin(turn.actor, agency_id)
    days = _distance(turn.event.text, place)
    back = routes.AGENCY_STAGE(agency_id, place.id)
    if days is None:
        if turn.library.looks_like_question(turn.event.text):
            return NotMine()
        raise BadInput(texts.DISTANCE_BAD, next=back)
    _check_order(turn, agency_id, place, days)
    changed = planning.set_offset(turn, agency_id, place.id, days, revision)
    return Goto(routes.AGENCY_STAGES(agency_id), texts.DISTANCE_SET if changed else texts.DISTANCE_SAME)


@handles(routes.AGENCY_STAGE_USUAL)
def usual_distance(turn: Turn, agency_id: int, stage_id: str, revision: int) -> Goto:
    """Back to the usual distance."""
    place = _movable(agency_id, stage_id)
    policy.require_admin(turn.actor, agency_id)
    _check_order(turn, agency_id, place, place.days_before)
    changed = planning.set_offset(turn, agency_id, place.id, None, revision)
    return Goto(routes.AGENCY_STAGES(agency_id), texts.DISTANCE_SET if changed else texts.DISTANCE_SAME)


def _movable(agency_id: int, stage_id: str) -> Place:
    place = timeline().place(stage_id)
    if place is None or place.id == SUBMISSION:
        raise Missing(_NO_STAGE, next=routes.AGENCY_STAGES(agency_id))
    return place


def _distance(text: str, place: Place) -> int | None:
    """Days before the submission (negative: after) as typed; without a word the stage keeps its side."""
    hit = _DISTANCE.fullmatch(" ".join(text.lower().split()))
    if hit is None:
        return None
    days = int(hit[1]) * _DAYS[(hit[2] or "h")[0]]
    after = hit[3] in {"sesudah", "setelah"} if hit[3] else place.days_before < 0
    return -days if after else days if days <= LONGEST_DAYS else None


def _check_order(turn: Turn, agency_id: int, place: Place, days: int) -> None:
    """A stage stays between its neighbours. Raises BadInput."""
    found = planning.template_of(turn, agency_id, _year(turn))
    distances = [days if each.id == place.id else own for each, own, _, _ in found]
    if distances != sorted(distances, reverse=True) or abs(days) > LONGEST_DAYS:
        raise BadInput(texts.DISTANCE_ORDER, next=routes.AGENCY_STAGE(agency_id, place.id))
