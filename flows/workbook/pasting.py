"""The unit in a few plain lines to paste into another chat: no markup, no names of people. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select

from flows import fmt
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.models import Deadline, Task
from flows.progress.service import AreaProgress, progress_of
from flows.tasks.outside import said
from flows.tasks.service import UNDONE
from flows.turn import Turn

DAYS, MOST = 7, 3


@dataclass(frozen=True, slots=True)
class Recap:
    """What is told: per area the counts and how many are late, and what is due within a week."""

    where: Current
    areas: tuple[tuple[AreaProgress, int], ...]
    reviewed: bool
    due: tuple[str, ...]


def recap_of(turn: Turn) -> Recap:
    """The open unit's recap. Raises NotAllowed, Missing."""
    where = checklist.current(turn)
    progress = progress_of(turn.session, where.assessment, where.instrument)
    late = _late(turn, where)
    areas = tuple(
        (each, each.count.total - each.count.done if each.area.id in late else 0) for each in progress.areas
    )
    today = fmt.local(turn.now, where.unit.zone).date()
    tasks = turn.session.exec(
        select(Task)
        .where(
            Task.unit_id == where.unit.id,
            col(Task.state).in_(UNDONE),
            col(Task.due_on).is_not(None),
            col(Task.due_on) <= today + timedelta(days=DAYS),
        )
        .order_by(col(Task.due_on), col(Task.id))
        .limit(MOST)
    ).all()
    reviewed = any(each.work.sent for each in progress.areas)
    return Recap(where, areas, reviewed, tuple(fmt.cut(fmt.one_line(said(task)), 80) for task in tasks))


def _late(turn: Turn, where: Current) -> Mapping[str, bool]:
    """The areas whose deadline is past and not marked as done."""
    found = turn.session.exec(
        select(Deadline.ref).where(
            Deadline.assessment_id == where.id,
            Deadline.scope == "area",
            col(Deadline.done_at).is_(None),
            col(Deadline.due_at) < turn.now,
        )
    ).all()
    return dict.fromkeys(found, True)
