"""What a unit's group may see: counts by pokja, what is due, and the score where it is allowed. No people."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from flows.dues import SOURCES, Case, Due
from flows.dues.types import RENEWAL, RETURNED, TASK
from flows.models import Task, Unit
from flows.pic.service import RESULTS
from flows.progress import service as progress
from flows.progress.service import Progress
from flows.readiness import service as readiness
from flows.readiness.service import Standing
from flows.schedule.names import AREA, ITEM, SUB
from knowledge.instrument import Area, Indicator
from knowledge.library import Library

LOOK_BACK = timedelta(days=366)
NAMED = frozenset({AREA, SUB, ITEM, RETURNED})
"""Kinds whose names come from the worksheet. What people typed themselves may name somebody."""


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One pokja: so many of so many indicators answered and approved, so many past their date."""

    area: Area
    answered: int
    approved: int
    total: int
    late: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """A unit as its group may see it.

    `late_whole` names what is late and belongs to no pokja; `soon` what is due this week, with the area it
    belongs to ("" for none); `soon_more` counts what is due and is not named. `standing` is None unless the
    coordinator lets the group see the score.
    """

    unit: Unit
    year: int
    target: str
    today: date
    progress: Progress
    areas: tuple[AreaLine, ...]
    late_results: int
    late_whole: tuple[str, ...]
    soon: tuple[tuple[str, str], ...]
    soon_more: int
    standing: Standing | None


def read(session: Session, library: Library, unit: Unit, now: datetime, *, scores: bool) -> Numbers | None:
    """The numbers of a unit; None without an open LKE."""
    case = Case(session, library, unit, now)
    where, today = case.where, case.today
    if where is None:
        return None
    work = progress.progress_of(session, where.assessment, where.instrument)
    late = list(_dues(case, today - LOOK_BACK, today - timedelta(days=1)))
    by_area = _late_items(case, late)
    soon = list(_dues(case, today, today + timedelta(days=6 - today.weekday())))
    return Numbers(
        unit=unit,
        year=where.assessment.year,
        target=where.assessment.target,
        today=today,
        progress=work,
        areas=tuple(
            AreaLine(
                each.area, each.count.done, each.work.approved, each.count.total, len(by_area[each.area.id])
            )
            for each in work.areas
        ),
        late_results=len(by_area[RESULTS]),
        late_whole=tuple(due.what for due in late if _of_whole(due)),
        soon=tuple((due.area, due.what) for due in soon if due.kind in NAMED or _of_whole(due)),
        soon_more=sum(due.kind in {TASK, RENEWAL} for due in soon),
        standing=readiness.standing_of(session, where) if scores else None,
    )


def _dues(case: Case, first: date, last: date) -> Iterator[Due]:
    found = [due for source in SOURCES for due in source.dues(case, first, last)]
    return iter(sorted(found, key=lambda due: (due.due_on, due.kind, due.ref)))


def _of_whole(due: Due) -> bool:
    """Whether it belongs to the unit as a whole: a stage, a duty, the TPI's date, the submission."""
    return due.kind not in {*NAMED, TASK, RENEWAL}


def _late_items(desk: Case, late: list[Due]) -> dict[str, set[str]]:
    """Items past a date of theirs, by area; each counts once, however many dates it missed."""
    found: dict[str, set[str]] = defaultdict(set)
    for due in late:
        match due.kind:
            case "area":
                area = desk.area(due.ref)
                ids = [lack.item.id for lack in desk.undone(area.indicators)] if area is not None else []
            case "sub":
                items = [i for i in desk.lke.instrument.area_order if i.sub_id == due.ref]
                ids = [lack.item.id for lack in desk.undone(items)]
            case "item" | "returned":
                ids = [due.ref]
            case "task":
                task = desk.session.get(Task, int(due.ref))
                ids = [task.item_id] if task is not None and task.item_id is not None else []
            case _:
                ids = []
        for item_id in ids:
            item = desk.item(item_id)
            if item is not None:
                found[item.area_id if isinstance(item, Indicator) else RESULTS].add(item_id)
    return found
