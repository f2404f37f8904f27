"""Screens of the unit's year: stages, the proposal, the agency's template."""

from collections.abc import Sequence
from datetime import date

from flows import routes, words
from flows.models import StageOffset
from flows.schedule.duties import Kept
from flows.schedule.planning import Proposal, StageLine, Year
from flows.schedule.texts import dates
from flows.schedule.texts import plan as texts
from flows.screen import Button, Expect, Screen, grid, rows
from knowledge.stages import Place, timeline

TO_SCHEDULE = Button(dates.SCHEDULE, routes.SCHEDULE())
PER_ROW = 5
LAUNCH = "pencanangan"
"""The stage with a list of its own: what must be ready."""
EVALUATIONS = ("desk_evaluasi", "evaluasi_lapangan")
"""Stages before which people drill and walk."""


def stages(year: Year) -> Screen:
    """The unit's year; each stage opens by its number."""
    may_set = year.lines[0].line.may_set
    numbers = [Button(str(each.place.no), routes.STAGE(each.place.id)) for each in year.lines]
    use = None
    if may_set and year.to_adopt:
        use = Button(texts.USE_TEMPLATE, routes.STAGES_USE(year.where.unit.id or 0, year.stamp))
    return Screen(texts.stages(year), rows(*grid(numbers, PER_ROW), use, TO_SCHEDULE))


def stage(each: StageLine, before: Place | None, after: Place | None, may_prepare: bool) -> Screen:
    """One stage, its date, the way to its neighbours, and to what prepares for an evaluation."""
    line, place = each.line, each.place
    code = line.scope.code
    date_of = None
    if line.deadline is not None:
        date_of = Button(dates.CHANGE if line.may_set else dates.SEE_DATE, routes.DEADLINE(code))
    elif line.may_set:
        date_of = Button(dates.SET_DATE, routes.DEADLINE_ASK(code))
    team, strategies = timeline().team, timeline().strategies
    guidance = (
        *([Button(texts.TEAM_DUTIES, routes.TOPIC(team.topic))] if place.duties else []),
        *([Button(texts.STRATEGIES, routes.TOPIC(strategies.topic))] if place.strategies else []),
    )
    own: tuple[Button, ...] = ()
    if place.id == LAUNCH:
        own = (Button(texts.READY, routes.LAUNCH()), Button(texts.PACT, routes.PACT()))
    ready = Button(texts.PREPARE, routes.PREPARE()) if may_prepare and place.id in EVALUATIONS else None
    turning = (
        *([Button(f"‹ Tahap {before.no}", routes.STAGE(before.id))] if before else []),
        *([Button(f"Tahap {after.no} ›", routes.STAGE(after.id))] if after else []),
    )
    return Screen(
        texts.stage(each),
        rows(own, date_of, guidance, ready, turning, (Button(texts.STAGES, routes.STAGES()), TO_SCHEDULE)),
    )


def plan(proposal: Proposal, kept: Sequence[Kept]) -> Screen:
    """What the bot proposes: take it, set it oneself, or later."""
    said = texts.plan(proposal, kept)
    if proposal.due_at is None and not kept:
        return Screen(said, rows((TO_SCHEDULE, Button(texts.STAGES, routes.STAGES()))))
    use = Button(texts.USE, routes.PLAN_USE(proposal.where.unit.id or 0, proposal.stamp))
    own, later = Button(texts.OWN, routes.SCHEDULE()), Button(texts.LATER, routes.PLAN_LATER())
    return Screen(said, rows(use, (own, later)))


def template(
    agency_id: int, lines: Sequence[tuple[Place, int, date, StageOffset | None]], year: int
) -> Screen:
    """The agency's distances; each opens by its number."""
    numbers = [
        Button(str(place.no), routes.AGENCY_STAGE(agency_id, place.id))
        for place, *_ in lines
        if place.moves_with
    ]
    back = Button(words.BACK, routes.ADMIN())
    return Screen(texts.template(lines, year), rows(*grid(numbers, PER_ROW), back))


def distance(agency_id: int, place: Place, days: int, day: date, row: StageOffset | None) -> Screen:
    """The prompt for one distance."""
    revision = row.revision if row is not None else 0
    usual = None
    if row is not None:
        usual = Button(texts.USUAL_DISTANCE, routes.AGENCY_STAGE_USUAL(agency_id, place.id, revision))
    return Screen(
        texts.distance_prompt(place, days, day),
        rows(usual, Button(words.BACK, routes.AGENCY_STAGES(agency_id))),
        Expect(text=routes.AGENCY_STAGE_SAVE(agency_id, place.id, revision)),
    )
