"""The counter walk: looking, marking, photographing, giving findings to somebody."""

from datetime import date, timedelta

from flows import policy, routes
from flows.drills.opening import opening_of
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Goto, Quiet, Screen
from flows.tasks.service import UNDONE
from flows.turn import Turn
from flows.walks import photos, refusals, screens, service, texts
from flows.walks.service import FINDINGS, View
from knowledge.counter_walk import Point
from knowledge.workdays import workdays

A_WEEK, BEFORE = timedelta(days=7), timedelta(days=2)


@handles(routes.WALKS)
@privately
def walks(turn: Turn) -> Screen:
    """The open unit's walks."""
    return screens.home(service.home(turn))


@handles(routes.WALK_BEGIN)
@privately
def begin(turn: Turn, unit_id: int) -> Goto:
    """Begin, or join the walk that goes on."""
    return Goto(routes.WALK(service.begin(turn, unit_id)))


@handles(routes.WALK)
@privately
def walk(turn: Turn, walk_id: int) -> Screen:
    """One walk."""
    return screens.walk(service.view(turn, walk_id))


@handles(routes.WALK_PLACE)
@privately
def place(turn: Turn, walk_id: int, place_id: str) -> Screen:
    """The points of a place."""
    found = service.view(turn, walk_id)
    if place_id not in found.way.places:
        raise refusals.no_point(walk_id)
    return screens.place(found, place_id)


@handles(routes.WALK_POINT)
@privately
def point(turn: Turn, walk_id: int, point_id: str) -> Screen:
    """One point."""
    found = service.view(turn, walk_id)
    at = service.point_of(found, point_id)
    item = service.item_of(turn, found, at)
    here = turn.open_unit is not None and turn.open_unit.id == found.unit.id
    return screens.point(found, at, item, photos.first_of(turn, walk_id, point_id), here)


@handles(routes.WALK_MARK)
@privately
def mark(turn: Turn, walk_id: int, point_id: str, state: str, revision: int) -> Goto:
    """What was found there; a finding asks who takes care of it, else the walk goes on."""
    at = service.set_mark(turn, walk_id, point_id, state, revision)
    if state in FINDINGS:
        found = service.view(turn, walk_id)
        kept = found.marks[point_id].task_id is not None
        return Goto(
            routes.WALK_POINT(walk_id, point_id) if kept else routes.WALK_FINDING(walk_id, point_id),
            texts.MARKED,
        )
    found = service.view(turn, walk_id)
    task = found.task_of(found.marks[point_id])
    if task is not None and task.state in UNDONE:
        return Goto(routes.WALK_POINT(walk_id, point_id), texts.STILL_OPEN)
    return _onward(turn, walk_id, at, texts.MARKED)


def _onward(turn: Turn, walk_id: int, at: Point, toast: str) -> Goto:
    found = service.view(turn, walk_id)
    later = found.next_point(at) if found.is_open else None
    if later is None:
        return Goto(
            routes.WALK(walk_id), texts.ALL_SEEN if found.is_open and toast == texts.MARKED else toast
        )
    return Goto(routes.WALK_POINT(walk_id, later.id), toast)


@handles(routes.WALK_FINDING)
@privately
def finding(turn: Turn, walk_id: int, point_id: str) -> Screen:
    """Who takes care of it."""
    found, at, row = service.finding(turn, walk_id, point_id)
    owner = service.owner_of(turn, found, at)
    me = turn.actor.person_id
    works = any(each.id == me for each in service.team_of(turn, found, None))
    return screens.finding(found, at, row, owner, me, works, _due(turn, found))


def _due(turn: Turn, found: View) -> date:
    """A working day about a week ahead, and two days before the evaluation where that is sooner."""
    coming = opening_of(turn.session, found.unit, found.today).days
    wanted = found.today + A_WEEK
    if coming:
        wanted = min(wanted, coming[0][1] - BEFORE)
    day = workdays().on_or_before(wanted)
    return day if day > found.today else workdays().on_or_after(found.today + timedelta(days=1))


@handles(routes.WALK_NOTE)
@privately
def note(turn: Turn, walk_id: int, point_id: str) -> Goto:
    """The typed sentence says what is wrong."""
    service.set_note(turn, walk_id, point_id, turn.event.text)
    return Goto(routes.WALK_FINDING(walk_id, point_id), texts.NOTED)


@handles(routes.WALK_OWNERS)
@privately
def owners(turn: Turn, walk_id: int, point_id: str, page: int) -> Screen:
    """Everybody who can be given the work."""
    found, at, _ = service.finding(turn, walk_id, point_id)
    policy.require(turn.actor, "task", found.unit)
    team = service.team_of(turn, found, service.item_of(turn, found, at))
    page = min(max(0, page), max(0, (len(team) - 1) // screens.PAGE))
    return screens.owners(found, at, team, page)


@handles(routes.WALK_TASK)
@privately
def task(turn: Turn, walk_id: int, point_id: str, person_id: int) -> Goto:
    """It becomes an action item of that person's; the walk goes on."""
    found, at, _ = service.finding(turn, walk_id, point_id)
    service.make_task(turn, walk_id, point_id, person_id, _due(turn, found))
    team = {each.id: each.person.name for each in service.team_of(turn, found, None)}
    return _onward(turn, walk_id, at, texts.assigned(team.get(person_id, "")))


@handles(routes.WALK_FINDINGS)
@privately
def findings(turn: Turn, walk_id: int, page: int) -> Screen:
    """What is missing or broken."""
    found = service.view(turn, walk_id)
    page = min(max(0, page), max(0, (len(found.findings) - 1) // screens.PAGE))
    return screens.findings(found, page)


@handles(routes.WALK_END_ASK)
@privately
def ask_end(turn: Turn, walk_id: int) -> Screen:
    """Close it for everybody?"""
    return screens.ask_end(service.open_view(turn, walk_id))


@handles(routes.WALK_END)
@privately
def end(turn: Turn, walk_id: int, revision: int) -> Goto:
    """Close the walk."""
    service.end(turn, walk_id, revision)
    return Goto(routes.WALK(walk_id), texts.ENDED)


# photos --------------------------------------------------------------------------------------------


@handles(routes.WALK_PHOTO)
@privately
def photo(turn: Turn, walk_id: int, point_id: str) -> Goto | Quiet:
    """A photo of the point; the further parts of an album come without an answer."""
    if not photos.take(turn, walk_id, point_id):
        return Quiet()
    found = service.view(turn, walk_id)
    return Goto(
        routes.WALK_POINT(walk_id, point_id), texts.saved_photo(found, service.point_of(found, point_id))
    )


@handles(routes.WALK_PICTURE)
@privately
def picture(turn: Turn, photo_id: int) -> Screen:
    """One photo."""
    return screens.picture(photos.picture(turn, photo_id))


@handles(routes.WALK_ATTACH)
@privately
def attach(turn: Turn, photo_id: int) -> Goto:
    """The way of all evidence begins."""
    return Goto(routes.INTAKE(photos.attach(turn, photo_id)), texts.ATTACHING)


@handles(routes.WALK_PICTURE_REMOVE)
@privately
def remove(turn: Turn, photo_id: int) -> Goto:
    """Take a photo away."""
    found = photos.remove(turn, photo_id)
    return Goto(routes.WALK_POINT(found.walk.id, found.point.id), texts.REMOVED)
