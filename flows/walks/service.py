"""A unit's walk along what assessors see: looking, marking, findings that become action items.

Several people walk together: a unit has one open walk, and every mark says whose it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from flows import audit, fmt, policy
from flows.checklist import service as checklist
from flows.errors import Missing
from flows.models import Person, Task, Unit, Walk, WalkMark, WalkPhoto
from flows.pic import candidates
from flows.pic import service as pics
from flows.season.service import lock_unit
from flows.tasks import service as tasks
from flows.turn import Turn
from flows.walks import refusals
from knowledge.answers import Item
from knowledge.counter_walk import CounterWalk, Point
from knowledge.instrument import Indicator

FINE, LACKING, BROKEN, SKIPPED = "ada", "belum", "rusak", "lewat"
STATES = (FINE, LACKING, BROKEN, SKIPPED)
FINDINGS = (LACKING, BROKEN)
SOURCE = "walk"
"""The source of action items that began as a finding of a walk."""
MAX_NOTE = 300
PAST = 3


@dataclass(frozen=True, slots=True)
class View:
    """One walk with all that is noted in it. `names`: who noted something."""

    row: Walk
    unit: Unit
    way: CounterWalk
    marks: Mapping[str, WalkMark]
    photos: Mapping[str, int]
    tasks: Mapping[int, Task]
    names: Mapping[int, str]
    today: date
    may_walk: bool
    may_task: bool

    @property
    def id(self) -> int:
        """The walk's id."""
        assert self.row.id is not None
        return self.row.id

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.row.ended_at is None

    @property
    def seen(self) -> int:
        """How many points have been looked at."""
        return sum(bool(self.state(point)) for point in self.way.points)

    @property
    def findings(self) -> list[tuple[Point, WalkMark]]:
        """What is missing or broken, along the way."""
        return [(p, self.marks[p.id]) for p in self.way.points if self.state(p) in FINDINGS]

    def state(self, point: Point) -> str:
        """What was found at the point; "" for not yet."""
        mark = self.marks.get(point.id)
        return mark.state if mark is not None else ""

    def task_of(self, mark: WalkMark | None) -> Task | None:
        """The action item that the finding became."""
        return self.tasks.get(mark.task_id) if mark is not None and mark.task_id is not None else None

    def next_point(self, after: Point | None = None) -> Point | None:
        """The first point after this one that nobody has looked at, else the first of all."""
        open_ = [point for point in self.way.points if not self.state(point)]
        later = [point for point in open_ if after is not None and point.no > after.no]
        return next(iter(later or open_), None)


@dataclass(frozen=True, slots=True)
class Home:
    """The unit's walks: the one that goes on, and the last ones that are over."""

    unit: Unit
    open: View | None
    past: tuple[tuple[Walk, int], ...]
    points: int
    may_walk: bool


def unit_for(turn: Turn, unit_id: int) -> Unit:
    """A unit whose people the actor belongs to. Raises Missing, NotAllowed."""
    unit = turn.unit_by_id(unit_id)
    policy.require(turn.actor, "prepare", unit)
    return unit


def home(turn: Turn) -> Home:
    """The open unit's walks. Raises NotAllowed."""
    unit = turn.unit
    policy.require(turn.actor, "prepare", unit)
    row = _open_row(turn.session, unit.id or 0)
    over = turn.session.exec(
        select(Walk, func.count(col(WalkMark.id)))
        .outerjoin(WalkMark, (col(WalkMark.walk_id) == col(Walk.id)) & col(WalkMark.state).in_(FINDINGS))
        .where(Walk.unit_id == unit.id, col(Walk.ended_at).is_not(None))
        .group_by(col(Walk.id))
        .order_by(col(Walk.id).desc())
        .limit(PAST)
    ).all()
    return Home(
        unit,
        view(turn, row.id or 0) if row is not None else None,
        tuple((walk, count) for walk, count in over),
        len(turn.library.walk.points),
        may_walk=True,
    )


def _open_row(session: Session, unit_id: int) -> Walk | None:
    query = select(Walk).where(Walk.unit_id == unit_id, col(Walk.ended_at).is_(None))
    return session.exec(query.order_by(col(Walk.id))).first()


def view(turn: Turn, walk_id: int) -> View:
    """One walk of a unit of the actor's. Raises Missing, NotAllowed."""
    row = turn.session.get(Walk, walk_id)
    unit = turn.session.get(Unit, row.unit_id) if row is not None else None
    if row is None or unit is None or not turn.actor.roles_in(unit):
        raise refusals.no_walk()
    policy.require(turn.actor, "prepare", unit)
    marks = turn.session.exec(select(WalkMark).where(WalkMark.walk_id == walk_id)).all()
    photos = turn.session.exec(
        select(WalkPhoto.point, func.count())
        .where(WalkPhoto.walk_id == walk_id, col(WalkPhoto.removed_at).is_(None))
        .group_by(col(WalkPhoto.point))
    ).all()
    task_ids = [mark.task_id for mark in marks if mark.task_id is not None]
    found = turn.session.exec(select(Task).where(col(Task.id).in_(task_ids))).all()
    who = {mark.set_by for mark in marks} | {row.begun_by, row.ended_by} | {t.person_id for t in found}
    people = turn.session.exec(select(Person).where(col(Person.id).in_([id for id in who if id]))).all()
    return View(
        row=row,
        unit=unit,
        way=turn.library.walk,
        marks={mark.point: mark for mark in marks},
        photos=dict(photos),
        tasks={task.id or 0: task for task in found},
        names={person.id or 0: person.name for person in people},
        today=fmt.local(turn.now, unit.zone).date(),
        may_walk=row.ended_at is None,
        may_task=policy.can(turn.actor, "task", unit),
    )


def open_view(turn: Turn, walk_id: int) -> View:
    """As `view`, of a walk that goes on. Raises Outdated."""
    found = view(turn, walk_id)
    if not found.is_open:
        raise refusals.over(walk_id)
    return found


def point_of(found: View, point_id: str) -> Point:
    """The point. Raises Missing."""
    point = found.way.point(point_id)
    if point is None:
        raise refusals.no_point(found.id)
    return point


def item_of(turn: Turn, found: View, point: Point) -> Indicator | None:
    """The indicator on the unit's worksheet whose evidence stands there."""
    try:
        where = checklist.assessment_of(turn.session, found.unit)
    except Missing:
        return None
    node = turn.library.instrument(where.instrument_id).by_id.get(point.item) if point.item else None
    return node if isinstance(node, Indicator) else None


# walking -------------------------------------------------------------------------------------------


def begin(turn: Turn, unit_id: int) -> int:
    """Begin a walk, or join the one that goes on; returns its id. Raises NotAllowed, Missing."""
    unit = unit_for(turn, unit_id)
    lock_unit(turn.session, unit_id)
    row = _open_row(turn.session, unit_id)
    if row is None:
        row = Walk(unit_id=unit.id or 0, begun_by=turn.actor.person_id, begun_at=turn.now)
        turn.session.add(row)
        turn.session.flush()
        audit.record(turn, "walk.begin", f"walk:{row.id}", unit_id)
    return row.id or 0


def end(turn: Turn, walk_id: int, revision: int) -> None:
    """Close the walk; what is noted stays to be read. Raises Outdated, NotAllowed."""
    found = open_view(turn, walk_id)
    row = turn.session.get_one(Walk, walk_id, with_for_update=True, populate_existing=True)
    if row.revision != revision or row.ended_at is not None:
        raise refusals.over(walk_id)
    row.ended_at, row.ended_by = turn.now, turn.actor.person_id
    turn.session.add(row)
    audit.record(turn, "walk.end", f"walk:{walk_id}", found.unit.id, seen=found.seen)


def set_mark(turn: Turn, walk_id: int, point_id: str, state: str, revision: int) -> Point:
    """Note what was found at a point. Raises Outdated when somebody was quicker, Missing, NotAllowed."""
    found = open_view(turn, walk_id)
    point = point_of(found, point_id)
    if state not in STATES:
        raise refusals.no_point(walk_id)
    row = _mark_row(turn, found, point)
    if (row.revision if row.id is not None else 0) != revision:
        raise refusals.moved(walk_id, point_id)
    row.state, row.set_by, row.set_at = state, turn.actor.person_id, turn.now
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, "walk.mark", f"walk:{walk_id}/{point_id}", found.unit.id, state=state)
    return point


def _mark_row(turn: Turn, found: View, point: Point) -> WalkMark:
    """The point's row, locked; a new one while there is none (the unit is locked then)."""
    lock_unit(turn.session, found.unit.id or 0)
    query = select(WalkMark).where(WalkMark.walk_id == found.id, WalkMark.point == point.id)
    row = turn.session.exec(query.with_for_update().execution_options(populate_existing=True)).first()
    return row or WalkMark(walk_id=found.id, point=point.id, set_at=turn.now)


def finding(turn: Turn, walk_id: int, point_id: str) -> tuple[View, Point, WalkMark]:
    """A point at which something is missing or broken, also of a walk that is over.

    Raises Missing, NotAllowed.
    """
    found = view(turn, walk_id)
    point = point_of(found, point_id)
    mark = found.marks.get(point_id)
    if mark is None or mark.state not in FINDINGS:
        raise refusals.no_finding(walk_id, point_id)
    return found, point, mark


def set_note(turn: Turn, walk_id: int, point_id: str, text: str) -> None:
    """Say in a sentence what is wrong. Raises BadInput, Missing, Outdated, NotAllowed."""
    found, point, _ = finding(turn, walk_id, point_id)
    note = fmt.one_line(text).strip()
    if not note:
        raise refusals.empty(walk_id, point_id)
    if len(note) > MAX_NOTE:
        raise refusals.too_long(walk_id, point_id, len(note), MAX_NOTE)
    row = _mark_row(turn, found, point)
    row.note, row.set_by, row.set_at = note, turn.actor.person_id, turn.now
    turn.session.add(row)
    turn.session.flush()


# findings as action items ----------------------------------------------------------------------------


def owner_of(turn: Turn, found: View, point: Point) -> Person | None:
    """Who is in charge of the point's indicator and still in the team."""
    item = item_of(turn, found, point)
    if item is None:
        return None
    where = checklist.assessment_of(turn.session, found.unit)
    held = pics.in_charge(pics.rows_of(turn.session, where), item)
    team = {each.id: each.person for each in team_of(turn, found, item)}
    return next((team[id] for id in (held.person_ids if held is not None else ()) if id in team), None)


def team_of(turn: Turn, found: View, item: Item | None) -> list[candidates.Candidate]:
    """Everybody who can be given the work, the area's own people first."""
    area_id = checklist.area_id_of(item) if item is not None else ""
    return candidates.team(turn.session, found.unit, turn.now, area_id)


def make_task(turn: Turn, walk_id: int, point_id: str, person_id: int, due_on: date | None) -> Task:
    """The finding becomes an action item of somebody's. Raises Outdated, Missing, NotAllowed."""
    found, point, _ = finding(turn, walk_id, point_id)
    policy.require(turn.actor, "task", found.unit)
    row = _mark_row(turn, found, point)
    if row.task_id is not None:
        raise refusals.has_task(walk_id, point_id)
    item = item_of(turn, found, point)
    where = checklist.assessment_of(turn.session, found.unit) if item is not None else None
    task = tasks.create(
        turn,
        found.unit,
        title_of(point, row),
        person_id=person_id,
        due_on=due_on,
        assessment_id=where.id if where is not None else None,
        item_id=item.id if item is not None else None,
        source=SOURCE,
    )
    row.task_id = task.id
    turn.session.add(row)
    turn.session.flush()
    return task


def title_of(point: Point, mark: WalkMark) -> str:
    """What is to be done, as the action item says it."""
    what = "Lengkapi" if mark.state == LACKING else "Perbaiki"
    note = f": {mark.note}" if mark.note else ""
    return f"{what} {point.title[:1].lower()}{point.title[1:]}{note}"
