"""What programs may read, as plain data. Nothing here is about people: no name, note or title is selected.

Every query carries the agency of the key as a condition. Lists follow an index that begins with it, so that
a page costs the same at ten units and at ten thousand.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from flows import fmt
from flows.board import standing as board
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.evidence import service as evidence
from flows.models import Assessment, Unit, UnitStanding
from flows.readiness import service as readiness
from flows.review import states
from knowledge.answers import Answer, Choice, value_of
from knowledge.figures import GateResult
from knowledge.instrument import Indicator, Instrument
from knowledge.library import Library

PAGE_MOST = 200
PAGE_USUAL = 50

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """One unit with its standing and the unit above it."""

    standing: UnitStanding
    unit: Unit
    parent: Unit | None


@dataclass(frozen=True, slots=True)
class Place:
    """A unit's open worksheet, for reading."""

    found: Found
    current: Current


def units(
    session: Session, library: Library, agency_id: int, after: int, limit: int, now: datetime
) -> tuple[list[Json], int | None]:
    """Up to `limit` units with a higher id than `after`, by id; and the id to go on from, if any are left."""
    page = _found(session, _within(agency_id), after, limit + 1)
    last = page[limit - 1].standing.unit_id if len(page) > limit else None
    return [_summary(each, library, now) for each in page[:limit]], last


def unit(session: Session, library: Library, agency_id: int, unit_id: int, now: datetime) -> Json | None:
    """One unit with its areas and gates, computed now; None for one that this agency does not have."""
    at = _place(session, library, agency_id, unit_id)
    if at is None:
        return None
    row = at.found.standing
    session.expunge(row)  # it takes today's figures for this answer only
    made = board.fill(session, row, at.current, now)
    areas = [
        {
            "id": area.id,
            "number": area.no,
            "name": area.name,
            "points": _points(made.score.areas[area.id].total),
            "max_points": float(area.weight),
        }
        for area in at.current.instrument.areas
    ]
    gates = [_gate(gate) for gate in made.ready().gates]
    return {**_summary(at.found, library, now), "areas": areas, "gates": gates}


def indicators(session: Session, library: Library, agency_id: int, unit_id: int) -> list[Json] | None:
    """The unit's indicators in the worksheet's order; None for a unit that this agency does not have."""
    at = _place(session, library, agency_id, unit_id)
    if at is None:
        return None
    assessment, instrument = at.current.assessment, at.current.instrument
    answers = readiness.fitting(instrument, checklist.known_answers(session, assessment)).answers
    works = states.works(session, assessment)
    pieces = evidence.counts(session, assessment)
    lines = []
    for item in instrument.area_order:
        work = works.get(item.id)
        line = _indicator(item, answers.get(item.id), pieces.get(item.id, 0))
        line["review"] = (work.state if work is not None else states.NONE) or "none"
        line["not_applicable"] = work is not None and work.not_applicable
        lines.append(line)
    return lines


def _within(agency_id: int) -> ColumnElement[bool]:
    # The agency stands by itself too: the index begins with it.
    return and_(
        col(UnitStanding.agency_id) == agency_id,
        col(Unit.agency_id) == agency_id,
        col(Unit.archived_at).is_(None),
    )


def _found(session: Session, condition: ColumnElement[bool], after: int, limit: int) -> list[Found]:
    above = aliased(Unit)
    rows = session.exec(
        select(UnitStanding, Unit, above)
        .join(Unit, col(Unit.id) == col(UnitStanding.unit_id))
        .outerjoin(above, col(above.id) == col(Unit.parent_id))
        .where(condition, col(UnitStanding.unit_id) > after)
        .order_by(col(UnitStanding.unit_id))
        .limit(limit)
    ).all()
    return [Found(standing, unit, parent) for standing, unit, parent in rows]


def _place(session: Session, library: Library, agency_id: int, unit_id: int) -> Place | None:
    rows = _found(session, and_(_within(agency_id), col(UnitStanding.unit_id) == unit_id), 0, 1)
    if not rows:
        return None
    assessment = session.get(Assessment, rows[0].standing.assessment_id)
    instrument = library.instruments.get(rows[0].standing.instrument_id)
    if assessment is None or instrument is None or assessment.closed_at is not None:
        return None
    return Place(rows[0], Current(rows[0].unit, assessment, instrument))


def _summary(found: Found, library: Library, now: datetime) -> Json:
    row, unit, parent = found.standing, found.unit, found.parent
    due_on = fmt.local(row.due_at, unit.zone).date() if row.due_at is not None else None
    today = fmt.local(now, unit.zone).date()
    return {
        "id": row.unit_id,
        "name": unit.name,
        "code": unit.code or None,
        "kind": unit.kind,
        "parent": {"id": parent.id, "name": parent.name, "code": parent.code or None} if parent else None,
        "target": row.target,
        "year": row.year,
        "items": row.items,
        "answered": row.answered,
        "approved": row.approved,
        "score": _ten_thousandths(row.total),
        "short": _ten_thousandths(row.short),
        "failing_gates": _named(row, library.instruments.get(row.instrument_id)),
        "due_on": due_on.isoformat() if due_on is not None else None,
        "days_left": (due_on - today).days if due_on is not None else None,
        "last_activity_at": moment(row.active_at),
        "computed_at": moment(row.computed_at),
    }


def _named(row: UnitStanding, instrument: Instrument | None) -> list[Json]:
    gates = instrument.gates[readiness.target_of(row.target)] if instrument is not None else ()
    names = {gate.id: gate.name for gate in gates}
    return [{"id": gate_id, "name": names.get(gate_id, gate_id)} for gate_id in row.missed]


def _gate(result: GateResult) -> Json:
    return {
        "id": result.gate.id,
        "name": result.gate.name,
        "have": _points(result.have),
        "need": _points(result.need),
        "short": _points(result.short_by, up=True),
        "met": result.met,
    }


def _indicator(item: Indicator, answer: Answer | None, pieces: int) -> Json:
    value = value_of(item, answer)
    return {
        "id": item.id,
        "number": item.number,
        "area": item.area_id,
        "answered": value is not None,
        "choice": answer.key if isinstance(answer, Choice) else None,
        "points": _points(value * item.max_points) if value is not None else None,
        "max_points": _points(item.max_points),
        "evidence": pieces,
    }


def _points(value: Fraction, *, up: bool = False) -> float:
    """Points to four places, rounded as the board does: down, a shortfall up."""
    return _ten_thousandths(board.scaled(value, up=up))


def _ten_thousandths(value: int) -> float:
    return value / board.SCALE


def moment(at: datetime | None) -> str | None:
    """The instant in UTC as ISO 8601, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if at is not None else None
