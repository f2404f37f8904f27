"""Reading the board: which units the person oversees, filtered, ordered, searched. Reads only.

Every list reads `UnitStanding` by an index of the agency, so that a page costs the same at ten units and at
ten thousand. The person's right is a condition of each query, never a check on what came back.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, func, select

from flows import policy, routes
from flows.errors import Missing
from flows.models import Unit, UnitStanding
from flows.turn import Turn
from knowledge.instrument import Indicator, Instrument
from knowledge.library import Library
from knowledge.normalize import clean

PAGE = 8
QUIET = timedelta(days=14)
CLOSE = 3 * 10_000
"""Lacking at most three points in all, a unit is "hampir"."""
EARLY = 0.5
"""With less than half of its indicators answered, a unit is "baru mulai"."""

FILTERS = ("", "siap", "hampir", "jauh", "awal", "diam", "wbk", "wbbm")
ORDERS = ("jarak", "dekat", "batas", "diam", "nama")
FOUND_MOST = 8
FOUND_FROM = 70.0

_NOT_YOURS = "Unit itu tidak ada dalam papan Anda."


@dataclass(frozen=True, slots=True)
class Line:
    """One unit with its standing."""

    unit: Unit
    standing: UnitStanding


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the board, with how many units it has in all, and how many of them meet every gate."""

    branch: Unit | None
    lines: tuple[Line, ...]
    total: int
    ready: int
    overall: int
    computed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stall:
    """An indicator that is unanswered in `units` of `of` units."""

    item: Indicator
    units: int
    of: int


def scope_of(turn: Turn, branch_id: int) -> tuple[Unit | None, ColumnElement[bool]]:
    """The branch, and the condition for the units in it that the person oversees.

    Raises NotAllowed for who oversees nothing, Missing for a branch that is not theirs, existing or not.
    """
    own = policy.overseen(turn.actor)
    conditions: list[ColumnElement[bool]] = [
        col(Unit.agency_id) == agency_id
        if unit_id is None
        else and_(col(Unit.agency_id) == agency_id, col(Unit.path).contains(f"/{unit_id}/", autoescape=True))
        for agency_id, unit_id in own
    ]
    mine = or_(*conditions)
    agencies = sorted({agency_id for agency_id, _ in own})
    # The agency stands by itself too: the index begins with it.
    within = and_(col(UnitStanding.agency_id).in_(agencies), col(Unit.archived_at).is_(None), mine)
    if not branch_id:
        return None, within
    branch = turn.session.exec(select(Unit).where(Unit.id == branch_id, mine)).first()
    if branch is None:
        raise Missing(_NOT_YOURS, next=routes.BOARD(0, "", ORDERS[0], 0), unit_id=branch_id)
    return branch, and_(within, col(Unit.path).startswith(branch.path, autoescape=True))


def page(turn: Turn, branch_id: int, which: str, order: str, number: int) -> Page:
    """One page of the board. Raises NotAllowed, Missing."""
    branch, scope = scope_of(turn, branch_id)
    wanted = and_(scope, _filter(which, turn.now))
    total = _count(turn.session, wanted)
    number = min(max(0, number), max(0, -(-total // PAGE) - 1))
    found = turn.session.exec(
        _joined(wanted).order_by(*_order(order)).limit(PAGE).offset(number * PAGE)
    ).all()
    return Page(
        branch,
        tuple(Line(unit, standing) for standing, unit in found),
        total,
        _count(turn.session, and_(scope, col(UnitStanding.short) == 0)),
        total if which == "" else _count(turn.session, scope),
        turn.session.exec(select(func.max(UnitStanding.computed_at))).one() if total else None,
    )


def one(turn: Turn, unit_id: int) -> Line:
    """One unit that the person oversees. Raises NotAllowed, Missing."""
    _, scope = scope_of(turn, 0)
    found = turn.session.exec(_joined(and_(scope, col(Unit.id) == unit_id))).first()
    if found is None:
        raise Missing(_NOT_YOURS, next=routes.BOARD(0, "", ORDERS[0], 0), unit_id=unit_id)
    return Line(found[1], found[0])


def branches(turn: Turn, branch_id: int, number: int) -> tuple[Unit | None, list[tuple[Unit, int]], int]:
    """The units right below a branch that have others below them, with how many; and their number in all.

    Without a branch: the tops of what the person oversees.
    """
    branch, _ = scope_of(turn, branch_id)
    own = policy.overseen(turn.actor)
    if branch is not None:
        right_below = col(Unit.parent_id) == branch.id
    else:
        tops = [unit_id for _, unit_id in own if unit_id is not None]
        agencies = [agency_id for agency_id, unit_id in own if unit_id is None]
        right_below = or_(
            col(Unit.id).in_(tops),
            and_(col(Unit.agency_id).in_(agencies), col(Unit.parent_id).is_(None)),
        )
    child = select(Unit.parent_id).where(col(Unit.archived_at).is_(None), col(Unit.parent_id).is_not(None))
    query = select(Unit).where(right_below, col(Unit.archived_at).is_(None), col(Unit.id).in_(child))
    ids = query.with_only_columns(col(Unit.id)).subquery()
    total = turn.session.exec(select(func.count()).select_from(ids)).one()
    ordered = query.order_by(func.lower(col(Unit.name)), col(Unit.id)).limit(PAGE)
    found = turn.session.exec(ordered.offset(max(0, number) * PAGE)).all()
    return branch, [(unit, _inside(turn.session, unit)) for unit in found], total


def find(turn: Turn, branch_id: int, text: str) -> tuple[Unit | None, list[Line]]:
    """The units of the branch whose names are most like the text, best first; none that is not alike."""
    branch, scope = scope_of(turn, branch_id)
    names = turn.session.exec(
        select(Unit.id, Unit.name).join(UnitStanding, col(UnitStanding.unit_id) == col(Unit.id)).where(scope)
    ).all()
    wanted = clean(text[:200]).strip()
    if not wanted:
        return branch, []
    hits = process.extract(
        wanted,
        {unit_id: clean(name) for unit_id, name in names},
        scorer=fuzz.WRatio,
        score_cutoff=FOUND_FROM,
        limit=FOUND_MOST,
    )
    ids = [unit_id for _, _, unit_id in hits if unit_id is not None]
    found = turn.session.exec(_joined(and_(scope, col(Unit.id).in_(ids)))).all()
    by_id = {unit.id: Line(unit, standing) for standing, unit in found}
    return branch, [by_id[unit_id] for unit_id in ids if unit_id in by_id]


def stalls(turn: Turn, branch_id: int) -> tuple[Unit | None, list[Stall], int]:
    """The indicators by how many units have not answered them, most first; and how many units there are.

    Each instrument counts for itself; units of another one than the agency's most common are left out.
    """
    branch, scope = scope_of(turn, branch_id)
    found = turn.session.exec(
        select(UnitStanding.instrument_id, UnitStanding.blank)
        .join(Unit, col(Unit.id) == col(UnitStanding.unit_id))
        .where(scope)
    ).all()
    if not found:
        return branch, [], 0
    common = Counter(key for key, _ in found).most_common(1)[0][0]
    instrument = _instrument(turn.library, common)
    rows = [blank for key, blank in found if key == common]
    if instrument is None:
        return branch, [], len(rows)
    counted = (column.count("1") for column in zip(*rows, strict=False))
    made = [Stall(item, n, len(rows)) for item, n in zip(instrument.area_order, counted, strict=False) if n]
    return branch, sorted(made, key=lambda stall: -stall.units), len(rows)


def _instrument(library: Library, key: str) -> Instrument | None:
    return library.instruments.get(key)


def _inside(session: Session, unit: Unit) -> int:
    """How many units in use the branch holds, its top included."""
    return session.exec(
        select(func.count()).where(
            col(Unit.path).startswith(unit.path, autoescape=True), col(Unit.archived_at).is_(None)
        )
    ).one()


def _joined(condition: ColumnElement[bool]):  # type: ignore[no-untyped-def]  # SQLAlchemy's select types nest deep
    return select(UnitStanding, Unit).join(Unit, col(Unit.id) == col(UnitStanding.unit_id)).where(condition)


def _count(session: Session, condition: ColumnElement[bool]) -> int:
    return session.exec(
        select(func.count())
        .select_from(UnitStanding)
        .join(Unit, col(Unit.id) == col(UnitStanding.unit_id))
        .where(condition)
    ).one()


def _filter(which: str, now: datetime) -> ColumnElement[bool]:
    early = col(UnitStanding.answered) < EARLY * col(UnitStanding.items)
    quiet = or_(col(UnitStanding.active_at).is_(None), col(UnitStanding.active_at) < now - QUIET)
    return {
        "siap": col(UnitStanding.short) == 0,
        "hampir": and_(col(UnitStanding.short) > 0, col(UnitStanding.short) <= CLOSE),
        "jauh": and_(col(UnitStanding.short) > CLOSE, ~early),
        "awal": and_(col(UnitStanding.short) > CLOSE, early),
        "diam": quiet,
        "wbk": col(UnitStanding.target) == "WBK",
        "wbbm": col(UnitStanding.target) == "WBBM",
    }.get(which, col(UnitStanding.unit_id).is_not(None))


def _order(order: str) -> tuple[Any, ...]:
    """The order with the unit's id last, so that pages neither repeat nor skip one."""
    last = col(UnitStanding.unit_id)
    if order == "nama":
        return func.lower(col(Unit.name)), last
    if order == "batas":
        return col(UnitStanding.due_at).is_(None), col(UnitStanding.due_at), last
    if order == "diam":
        return col(UnitStanding.active_at).asc().nulls_first(), last
    if order == "dekat":
        return col(UnitStanding.short), last
    return col(UnitStanding.short).desc(), last
