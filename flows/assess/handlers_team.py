"""The team of assessors, formed by the agency's admin."""

from flows import routes
from flows.assess import refusals, screens_more, team
from flows.assess.texts import team as texts
from flows.models import Person, TpiAssignment
from flows.registration.private import privately
from flows.review import looking
from flows.routes import handles
from flows.screen import Gone, Goto, Screen
from flows.turn import Turn


@handles(routes.TPI_TEAM)
@privately
def show(turn: Turn, unit_id: int) -> Screen:
    """The team of a unit, with what waits for each of them everywhere."""
    where = team.editable(turn, unit_id)
    found = team.of_assessment(turn.session, where.id)
    load = team.loads(turn.session, [each.row.person_id for each in found], turn)
    return screens_more.team(where, found, load)


@handles(routes.TPI_ADD)
@privately
def add(turn: Turn, unit_id: int, tier: str, page: int) -> Screen:
    """Whom to assign; who has least open is suggested."""
    where = team.editable(turn, unit_id)
    if tier not in team.TIERS:
        raise refusals.no_such_tier(unit_id)
    found = team.candidates(turn, where)
    page = min(max(0, page), max(0, (len(found) - 1) // screens_more.PAGE))
    return screens_more.candidates(where, tier, found, page)


@handles(routes.TPI_ASSIGN)
@privately
def assign(turn: Turn, unit_id: int, person_id: int, tier: str) -> Goto:
    """Assign somebody."""
    row = team.assign(turn, unit_id, person_id, tier)
    return Goto(routes.TPI_MEMBER(row.id or 0), texts.ASSIGNED)


@handles(routes.TPI_MEMBER)
@privately
def member(turn: Turn, assignment_id: int) -> Screen:
    """One person of the team."""
    return screens_more.member(*team.find(turn, assignment_id))


@handles(routes.TPI_TIER)
@privately
def tier(turn: Turn, assignment_id: int, wanted: str, revision: int) -> Goto:
    """Another tier."""
    team.set_tier(turn, assignment_id, wanted, revision)
    return Goto(routes.TPI_MEMBER(assignment_id), texts.CHANGED)


@handles(routes.TPI_AREA)
@privately
def area(turn: Turn, assignment_id: int, wanted: str, revision: int) -> Goto:
    """An area on or off."""
    team.set_area(turn, assignment_id, wanted, revision)
    return Goto(routes.TPI_MEMBER(assignment_id), texts.CHANGED)


@handles(routes.TPI_END)
@privately
def end(turn: Turn, assignment_id: int, revision: int) -> Goto:
    """Out of the team."""
    return Goto(routes.TPI_TEAM(team.end(turn, assignment_id, revision)), texts.ENDED)


@handles(routes.TPI_ASSIGNED)
@privately
def assigned(turn: Turn, assignment_id: int) -> Screen | Gone:
    """At the assessor who was assigned, while it stands."""
    row = turn.session.get(TpiAssignment, assignment_id)
    if row is None or row.ended_at is not None or row.person_id != turn.actor.person_id:
        return Gone()
    where = looking.where_of(turn, row.assessment_id)
    return screens_more.assigned(team.Assigned(row, turn.session.get_one(Person, row.person_id)), where)
