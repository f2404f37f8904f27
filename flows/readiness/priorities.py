"""Langkah prioritas for the open unit, and how hard its coordinators find each item."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, select

from flows import audit, policy, routes
from flows.checklist import service as checklist
from flows.errors import BadInput, Outdated
from flows.models import Assessment, IndicatorMark
from flows.readiness.service import Standing, standing
from flows.turn import Turn
from knowledge.answers import Answer, Item
from knowledge.instrument import INDEX_SCALE, Target
from knowledge.priority import Ease, Plan, plan

Mark = Literal["mudah", "sedang", "berat", "tidak"]
MARKS: tuple[Mark, ...] = ("mudah", "sedang", "berat", "tidak")
NOT_THIS_YEAR: Mark = "tidak"
PER_PAGE = 5
"""Steps on one page of the plan."""


@dataclass(frozen=True, slots=True)
class Priorities:
    """The plan towards `target`, with the marks it respects."""

    now: Standing
    target: Target
    plan: Plan
    marks: Mapping[str, Mark]
    may_mark: bool
    may_task: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """One item with its mark."""

    now: Standing
    item: Item
    present: Answer | None
    mark: Mark | None
    may_mark: bool


def marks_of(session: Session, assessment: Assessment) -> dict[str, Mark]:
    """The marks of an assessment by item id. One query."""
    found = session.exec(
        select(IndicatorMark.item_id, IndicatorMark.mark).where(IndicatorMark.assessment_id == assessment.id)
    ).all()
    return {item_id: mark for item_id, mark in found if mark in MARKS}


def priorities(turn: Turn, target: Target | None = None) -> Priorities:
    """The least work towards a target, by default the unit's own. Takes some tens of milliseconds."""
    now = standing(turn)
    marks = marks_of(turn.session, now.where.assessment)
    aim = target or now.target
    may = policy.can(turn.actor, "plan", now.where.unit)
    may_task = policy.can(turn.actor, "task", now.where.unit)
    return Priorities(now, aim, planned(now, aim, marks), marks, may, may_task)


def planned(now: Standing, target: Target, marks: Mapping[str, Mark]) -> Plan:
    """The plan from a standing under these marks."""
    return plan(
        now.instrument,
        now.given.answers,
        now.given.hasil,
        target,
        ease={item_id: cast("Ease", mark) for item_id, mark in marks.items() if mark != NOT_THIS_YEAR},
        impossible={item_id for item_id, mark in marks.items() if mark == NOT_THIS_YEAR},
    )


def marked(turn: Turn, item_id: str) -> Marked:
    """One item with its mark. Raises Missing."""
    now = standing(turn)
    item = checklist.item_of(now.instrument, item_id)
    marks = marks_of(turn.session, now.where.assessment)
    may = policy.can(turn.actor, "plan", now.where.unit) and item.scale != INDEX_SCALE
    present = now.given.answers.get(item_id) or now.given.hasil.get(item_id)
    return Marked(now, item, present, marks.get(item_id), may)


def set_mark(turn: Turn, assessment_id: int, item_id: str, mark: str) -> None:
    """Say how hard an item is; "" takes the mark away. Raises NotAllowed, Outdated, BadInput."""
    where = checklist.current(turn)
    if where.id != assessment_id:
        raise Outdated(
            f"Tombol ini dari LKE unit atau tahun lain, jadi belum ada yang diubah. "
            f"Yang sedang terbuka: {where.unit.name}, {where.assessment.year}.",
            next=routes.READINESS(),
        )
    policy.require(turn.actor, "plan", where.unit)
    item = checklist.item_of(where.instrument, item_id)
    if mark not in ("", *MARKS) or item.scale == INDEX_SCALE:
        raise BadInput("Tanda itu tidak ada untuk bagian ini.", next=routes.PRIORITY_ITEM(item_id))
    if mark:
        _upsert(turn, where.id, item.id, mark)
    else:
        turn.session.exec(
            delete(IndicatorMark).where(
                col(IndicatorMark.assessment_id) == where.id, col(IndicatorMark.item_id) == item.id
            )
        )
    audit.record(turn, "langkah.tanda", f"{where.id}/{item.id}", where.unit.id, mark=mark)


def _upsert(turn: Turn, assessment_id: int, item_id: str, mark: str) -> None:
    session = turn.session
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    values = {"mark": mark, "marked_by": turn.actor.person_id, "marked_at": turn.now}
    session.connection().execute(
        insert(IndicatorMark)
        .values({"assessment_id": assessment_id, "item_id": item_id, **values})
        .on_conflict_do_update(index_elements=["assessment_id", "item_id"], set_=values)
    )
