"""What the leader's brief says about one unit, as plain data. Reads only; `typeset` makes the pages of it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from sqlmodel import Session, col, func, select

from flows import fmt
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.models import Agency, AnswerChange, Deadline, ItemWork, Task
from flows.papers import plain
from flows.papers.texts import brief as texts
from flows.readiness import conditions, history, priorities, said
from flows.readiness import service as readiness
from flows.readiness.history import History
from flows.readiness.service import Standing
from flows.tasks.service import DOING, OPEN, OUTSIDE, STUCK, UNDONE
from knowledge.figures import GateResult
from knowledge.instrument import Indicator, ResultItem
from knowledge.priority import Plan, Step
from knowledge.readiness import Readiness

MOST_ACTIONS = 5
MOST_NOTES = 4
MOST_POINTS = 60
"""Days of the score that the line is drawn through; more would lie on each other."""
NAME, TITLE = 90, 120
_STATES = {OPEN: "belum", DOING: "dikerjakan", STUCK: "ada kendala"}
_NOWHERE = ""


def collect(session: Session, where: Current, at: datetime) -> dict[str, Any]:
    """Everything on the two pages, ready to be typeset: no name of a person; titles of tasks as typed.

    Four queries for the score, some more for trend, tasks and lateness. The caller may read the unit.
    """
    now = readiness.standing_of(session, where)
    ready = now.ready()
    today = fmt.local(at, where.unit.zone).date()
    plan = priorities.planned(now, now.target, priorities.marks_of(session, where.assessment))
    marks = checklist.marks(session, where.assessment, where.instrument)
    agency = session.get_one(Agency, where.unit.agency_id)
    approved = sum(state == "approved" for state in marks.review.values())
    return {
        "kind": texts.KIND,
        "unit": _words(where.unit.name, NAME),
        "about": texts.about(_words(agency.name, NAME), now.target, where.assessment.year),
        "verdict": f"{said.verdict(ready)}.",
        "met": ready.met,
        "totals": _totals(ready),
        "filled": texts.filled(ready.answered, ready.indicators, approved),
        "as_of": texts.as_of(fmt.moment(at, where.unit.zone)),
        "version": texts.version(where.instrument.version, _changes(session, where)),
        "foot": texts.foot(said.SELF),
        "heads": {
            "gates": texts.GATES,
            "areas": texts.AREAS,
            "trend": texts.TREND,
            "actions": texts.ACTIONS,
            "late": texts.LATE,
            "beside": texts.BESIDE,
        },
        "columns": texts.COLUMNS,
        "gates": [_gate(result, now) for result in ready.gates],
        "areas": list(_areas(now, ready, marks)),
        "areas_how": texts.HATCHED,
        "trend": _trend(history.history_of(session, now, at), today),
        "actions": _actions(session, where, plan),
        "no_action": texts.NO_ACTION,
        "late": _late(session, where, marks, at, today),
        "late_columns": texts.LATE_COLUMNS,
        "late_how": texts.LATE_HOW,
        "no_late": texts.NO_LATE,
        "notes": _notes(session, where, plan),
        "record": said.RECORD,
    }


def _words(text: str, most: int) -> str:
    """Outside text as the typesetter has it."""
    return plain.breakable(plain.typeset(text, most, "-"), 30)


def _changes(session: Session, where: Current) -> int:
    """How many changes the LKE has seen: two briefs with the same number rest on the same answers."""
    return session.exec(
        select(func.count()).select_from(AnswerChange).where(AnswerChange.assessment_id == where.id)
    ).one()


# page one ------------------------------------------------------------------------------------------


def _totals(ready: Readiness) -> str:
    by_node = {gate.gate.node: gate for gate in ready.gates}
    total, lever = by_node["total"], by_node["pengungkit"]
    return texts.totals(said.have(total), said.need(total), said.have(lever), said.need(lever))


def _gate(result: GateResult, now: Standing) -> dict[str, Any]:
    blank = not result.met and said.blank(result, now.instrument, set(now.given.hasil))
    return {
        "name": _words(said.gate(result.gate), NAME),
        "have": texts.NOT_FILLED if blank else said.have(result),
        "need": said.need(result),
        "short": texts.MET if result.met else texts.lacks(said.short_by(result)),
        "met": result.met,
    }


def _areas(now: Standing, ready: Readiness, marks: checklist.Marks) -> Iterator[dict[str, Any]]:
    """The areas in their own order, each with its share of the whole and the least share, from 0 to 1."""
    for view in sorted(ready.areas, key=lambda one: one.area.no):
        gate = view.gate
        items = view.area.indicators
        yield {
            "name": _words(said.area(view.area), NAME),
            "have": said.have(gate),
            "least_said": said.need(gate),
            "share": min(1.0, max(0.0, float(gate.share))),
            "least": float(gate.need) / float(gate.gate.weight),
            "short": texts.MET if gate.met else texts.lacks(said.short_by(gate)),
            "met": gate.met,
            "filled": texts.progress(sum(i.id in marks.done for i in items), len(items)),
        }


# page two ------------------------------------------------------------------------------------------


def _trend(shown: History, today: date) -> dict[str, Any]:
    """The line of the score: places from 0 to 1, days from the first change to today, points of 100."""
    floor = next(gate for gate in shown.now.ready().gates if gate.gate.node == "total")
    limit = {"y": float(floor.need) / 100, "said": f"minimal {said.need(floor)}"}
    if not shown.points:
        return {"points": [], "said": texts.NO_TREND, "limit": limit, "days": []}
    points = [*shown.points]
    if len(points) > MOST_POINTS:
        # Evenly spread, the first and the last always among them.
        last = len(points) - 1
        points = [points[n * last // (MOST_POINTS - 1)] for n in range(MOST_POINTS)]
    begin, end = points[0].day.toordinal(), max(today, points[-1].day).toordinal()
    span = max(1, end - begin)
    first, newest = points[0], points[-1]
    told = (
        texts.ONE_POINT
        if len(points) == 1
        else texts.trend(
            said.points(first.total),
            fmt.day_short(first.day),
            said.points(newest.total),
            fmt.day_short(newest.day),
        )
    )
    return {
        "points": [
            {"x": (p.day.toordinal() - begin) / span, "y": min(1.0, float(p.total) / 100)} for p in points
        ],
        "first": said.points(first.total),
        "newest": said.points(newest.total),
        "said": told,
        "limit": limit,
        "days": [fmt.day_short(first.day), fmt.day_short(date.fromordinal(end))],
    }


def _actions(session: Session, where: Current, plan: Plan) -> list[dict[str, str]]:
    """The most useful steps with how their action items stand; open action items where steps are few."""
    open_tasks = session.exec(
        select(Task)
        .where(Task.unit_id == where.unit.id, col(Task.state).in_(UNDONE), Task.source != OUTSIDE)
        .order_by(
            func.coalesce(col(Task.promised_on), col(Task.due_on)).is_(None),
            func.coalesce(col(Task.promised_on), col(Task.due_on)),
            col(Task.id),
        )
        .limit(400)
    ).all()
    of_item: dict[str, Task] = {}
    for task in open_tasks:
        if task.item_id and task.assessment_id == where.id:
            of_item.setdefault(task.item_id, task)
    found = [_step(step, of_item.get(step.move.item.id)) for step in plan.steps[:MOST_ACTIONS]]
    told = {step.move.item.id for step in plan.steps[:MOST_ACTIONS]}
    for task in open_tasks:
        if len(found) >= MOST_ACTIONS:
            break
        if task.item_id not in told:
            found.append(
                {"number": "", "title": _words(task.title, TITLE), "gain": "", "state": _task_state(task)}
            )
    return found


def _step(step: Step, task: Task | None) -> dict[str, str]:
    item = step.move.item
    work = item.work or item.title
    gates = ", ".join(dict.fromkeys(said.short_gate(gate) for gate in step.why))
    state = _task_state(task) if task is not None else texts.NOT_TASK
    return {
        "number": item.number,
        "title": _words(work[:1].upper() + work[1:], TITLE),
        "gain": texts.gain(said.difference(step.move.gain)),
        "state": f"{texts.for_gates(gates)}; {state}" if gates else state,
    }


def _task_state(task: Task) -> str:
    day = task.promised_on or task.due_on
    return texts.task(_STATES.get(task.state, task.state), fmt.day_short(day) if day else "")


def _late(
    session: Session, where: Current, marks: checklist.Marks, at: datetime, today: date
) -> list[dict[str, Any]]:
    """What is past its day, counted by area; areas without anything late are left out."""
    blank, fixes, tasks = (
        _late_blank(session, where, marks, at),
        _late_fixes(session, where, today),
        _late_tasks(session, where, today),
    )
    named = [(area.id, _words(said.area(area), NAME)) for area in where.instrument.areas]
    named += [(checklist.RESULTS, texts.RESULTS), (_NOWHERE, texts.NO_AREA)]
    return [
        {"name": name, "counts": [blank[key], fixes[key], tasks[key]]}
        for key, name in named
        if blank[key] or fixes[key] or tasks[key]
    ]


def _late_blank(session: Session, where: Current, marks: checklist.Marks, at: datetime) -> Counter[str]:
    """Items neither filled nor "tidak berlaku" in areas whose own deadline has passed."""
    passed = session.exec(
        select(Deadline.ref).where(
            Deadline.assessment_id == where.id,
            Deadline.scope == "area",
            col(Deadline.done_at).is_(None),
            Deadline.due_at < at,
        )
    ).all()
    areas = {area.id: area for area in where.instrument.areas}
    return Counter(
        {
            key: sum(item.id not in marks.settled for item in areas[key].indicators)
            for key in passed
            if key in areas
        }
    )


def _late_fixes(session: Session, where: Current, today: date) -> Counter[str]:
    found = session.exec(
        select(ItemWork.item_id).where(
            ItemWork.assessment_id == where.id, ItemWork.state == "returned", col(ItemWork.fix_by) < today
        )
    ).all()
    return Counter(_area_of(where, item_id) for item_id in found)


def _late_tasks(session: Session, where: Current, today: date) -> Counter[str]:
    found = session.exec(
        select(Task.item_id).where(
            Task.unit_id == where.unit.id,
            Task.source != OUTSIDE,
            col(Task.state).in_(UNDONE),
            func.coalesce(col(Task.promised_on), col(Task.due_on)) < today,
        )
    ).all()
    return Counter(_area_of(where, item_id or "") for item_id in found)


def _area_of(where: Current, item_id: str) -> str:
    item: Any = where.instrument.by_id.get(item_id)
    return checklist.area_id_of(item) if isinstance(item, Indicator | ResultItem) else _NOWHERE


def _notes(session: Session, where: Current, plan: Plan) -> list[str]:
    """What stands beside score and steps, most telling first."""
    notes: list[str] = []
    whole = plan.after.gates(plan.target)
    if plan.steps:
        met = len(whole) - len(plan.after.failed(plan.target))
        notes.append(texts.after(said.points(plan.after.total), met, len(whole)))
    if plan.unreachable:
        notes.append(texts.unreachable(len(plan.unreachable)))
    for gap in plan.surveys:
        shown = said.index(Fraction(gap.index)) if gap.index is not None else ""
        notes.append(texts.survey(said.gate(gap.gate.gate), shown, said.need(gap.gate)))
    counts = conditions.conditions_of(session, where).counts()
    return [*notes[: MOST_NOTES - 1], texts.conditions(said.tally(*counts))]
