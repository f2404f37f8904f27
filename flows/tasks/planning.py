"""Action items from the steps of Langkah prioritas."""

from dataclasses import dataclass

from sqlmodel import col, select

from flows import policy, routes
from flows.errors import Outdated
from flows.models import Task
from flows.pic import service as pic
from flows.readiness import priorities
from flows.tasks import service
from flows.turn import Turn
from knowledge.instrument import TARGETS


@dataclass(frozen=True, slots=True)
class Wanted:
    """A step that could become an action item."""

    item_id: str
    title: str
    person_id: int | None


@dataclass(frozen=True, slots=True)
class Steps:
    """One page of the plan: what could become an action item, and how many steps already are one."""

    assessment_id: int
    fresh: tuple[Wanted, ...]
    known: int


def steps(turn: Turn, target: str, page: int) -> Steps:
    """The steps of a page. Raises NotAllowed for those who may not write action items down."""
    policy.require(turn.actor, "task", turn.unit)
    aim = next((each for each in TARGETS if each == target), None)
    found = priorities.priorities(turn, aim)
    where = found.now.where
    page = min(max(0, page), max(0, (len(found.plan.steps) - 1) // priorities.PER_PAGE))
    items = [
        step.move.item
        for step in found.plan.steps[page * priorities.PER_PAGE : (page + 1) * priorities.PER_PAGE]
    ]
    have = set(
        turn.session.exec(
            select(Task.item_id).where(
                Task.assessment_id == where.id,
                Task.source == "priority",
                col(Task.state).in_(service.UNDONE),
                col(Task.item_id).in_([item.id for item in items]),
            )
        ).all()
    )
    rows = pic.rows_of(turn.session, where.assessment)
    fresh = []
    for item in items:
        if item.id not in have:
            held = pic.in_charge(rows, item)
            work = item.work or item.title
            title = f"{item.number} {work[:1].upper()}{work[1:]}"[: service.MAX_TITLE]
            fresh.append(Wanted(item.id, title, held.row.person_id if held else None))
    return Steps(where.id, tuple(fresh), len(items) - len(fresh))


def make(turn: Turn, assessment_id: int, target: str, page: int) -> int:
    """Write them down; returns how many. Raises Outdated when another unit's LKE is open now."""
    found = steps(turn, target, page)
    if found.assessment_id != assessment_id:
        raise Outdated("Tombol ini dari LKE lain. Ini keadaan terbaru.", next=routes.PRIORITY("", 0))
    for each in found.fresh:
        service.create(
            turn,
            turn.unit,
            each.title,
            person_id=each.person_id,
            assessment_id=assessment_id,
            item_id=each.item_id,
            source="priority",
        )
    return len(found.fresh)
