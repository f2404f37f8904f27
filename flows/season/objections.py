"""An objection (sanggahan) to the result of the selection: written down as an action item with its day."""

from flows import fmt, policy, routes
from flows.errors import BadInput
from flows.models import Task
from flows.pic import candidates
from flows.season import refusals, service
from flows.tasks import service as tasks
from flows.tasks import typed
from flows.turn import Turn
from knowledge.after import OBJECTION, after

HEAD = "Sanggah: "


def ground(turn: Turn, unit_id: int, year: int) -> service.Way:
    """The unit's way, for somebody who may write an objection down. Raises NotAllowed, Missing, BadInput."""
    unit = service.editable(turn, unit_id)
    policy.require(turn.actor, "task", unit)
    way = service.way(turn, unit_id, year)
    step = service.step_of(unit_id, way.year, OBJECTION)
    if not after().happens(step, way.results):
        raise refusals.objection_without_ground(routes.SEASON(unit_id, way.year))
    return way


def write(turn: Turn, unit_id: int, year: int, text: str) -> Task:
    """The typed words as an action item, perhaps with a name and a day on lines of their own.

    Without a name it is the actor's. Raises as `ground`, BadInput for an empty text or a day that is none.
    """
    way = ground(turn, unit_id, year)
    again = routes.SEASON_OBJECT(unit_id, way.year)
    team = candidates.team(turn.session, way.unit, turn.now)
    said = typed.read(text, team, fmt.local(turn.now, way.unit.zone).date())
    title = fmt.one_line(said.title)
    if not title:
        raise refusals.empty(again)
    if said.problem:
        raise BadInput(said.problem, next=again)
    if len(HEAD + title) > tasks.MAX_TITLE:
        raise refusals.too_long(len(title), tasks.MAX_TITLE - len(HEAD), again)
    me = turn.actor.person_id
    assessment = service.assessment_in(turn.session, unit_id, way.year)
    return tasks.create(
        turn,
        way.unit,
        HEAD + title,
        person_id=said.person.id if said.person is not None else me,
        due_on=said.due_on,
        assessment_id=assessment.id if assessment is not None else None,
        source=service.OBJECTED,
    )
