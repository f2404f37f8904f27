"""The agency's units by stage after the submission, and what is picked, a page at a time.

Rights and standing are the board's: its scope is a condition of every query here.
"""

from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, func, select

from flows import policy
from flows.board import service as board
from flows.models import SeasonRound, SeasonUnit, Unit, UnitStanding
from flows.season import picking, service
from flows.turn import Turn
from knowledge.after import after
from knowledge.normalize import clean

PAGE = board.PAGE
READY, PICKED, NONE, ENDED = "siap", "usul", "belum", "gugur"


def filters() -> tuple[str, ...]:
    """The filters: by readiness and pick, then by the last stage that has a result."""
    return ("", READY, PICKED, NONE, ENDED, *(step.id for step in after().steps))


@dataclass(frozen=True, slots=True)
class Line:
    """One unit: its standing, its row of the year, and the pick that the reader may see."""

    unit: Unit
    standing: UnitStanding
    entry: SeasonUnit | None
    pick: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page. `tally`: what is picked of the quota, for the agency's admin only."""

    branch: Unit | None
    year: int
    which: str
    lines: tuple[Line, ...]
    total: int
    overall: int
    number: int
    tally: picking.Tally | None
    agency_id: int
    round: SeasonRound | None


def this_year(turn: Turn, year: int) -> int:
    """The year, 0 being the one at hand: the latest that the agency has begun, else the calendar's."""
    if year:
        return service.checked_year(turn, year)
    agencies = sorted({agency_id for agency_id, _ in policy.overseen(turn.actor)})
    known = turn.session.exec(
        select(func.max(SeasonRound.year)).where(
            col(SeasonRound.agency_id).in_(agencies), SeasonRound.year <= turn.today.year + 1
        )
    ).one()
    return max(known or 0, turn.today.year)


def page(turn: Turn, branch_id: int, year: int, which: str, number: int) -> Page:
    """One page, those closest to meeting every gate first. Raises NotAllowed, Missing."""
    branch, scope = board.scope_of(turn, branch_id)
    year = this_year(turn, year)
    which = which if which in filters() else ""
    wanted = and_(scope, _filter(which, _seen(turn)))
    total = _count(turn.session, wanted, year)
    number = min(max(0, number), max(0, -(-total // PAGE) - 1))
    found = turn.session.exec(
        _joined(wanted, year)
        .order_by(col(UnitStanding.short), col(UnitStanding.unit_id))
        .limit(PAGE)
        .offset(number * PAGE)
    ).all()
    admins = policy.admin_agencies(turn.actor)
    agency_id = admins[0] if admins else 0
    return Page(
        branch,
        year,
        which,
        tuple(_line(turn, *row) for row in found),
        total,
        total if not which else _count(turn.session, scope, year),
        number,
        picking.tally(turn.session, agency_id, year) if admins else None,
        agency_id,
        service.round_of(turn.session, agency_id, year) if admins else None,
    )


def one(turn: Turn, unit_id: int, year: int) -> Line:
    """One unit that the person oversees. Raises NotAllowed, Missing."""
    line = board.one(turn, unit_id)
    return _line(turn, line.standing, line.unit, service.entry_of(turn.session, unit_id, year))


def find(turn: Turn, branch_id: int, year: int, text: str) -> tuple[Unit | None, int, list[Line]]:
    """The units of the branch whose names are most like the text, best first; none that is not alike."""
    branch, scope = board.scope_of(turn, branch_id)
    year = this_year(turn, year)
    names = turn.session.exec(
        select(Unit.id, Unit.name).join(UnitStanding, col(UnitStanding.unit_id) == col(Unit.id)).where(scope)
    ).all()
    wanted = clean(text[:200]).strip()
    hits = process.extract(
        wanted,
        {unit_id: clean(name) for unit_id, name in names},
        scorer=fuzz.WRatio,
        score_cutoff=board.FOUND_FROM,
        limit=board.FOUND_MOST,
    )
    ids = [unit_id for _, _, unit_id in hits if unit_id is not None] if wanted else []
    rows = turn.session.exec(_joined(and_(scope, col(Unit.id).in_(ids)), year)).all()
    by_id = {unit.id: _line(turn, standing, unit, entry) for standing, unit, entry in rows}
    return branch, year, [by_id[unit_id] for unit_id in ids if unit_id in by_id]


def _line(turn: Turn, standing: UnitStanding, unit: Unit, entry: SeasonUnit | None) -> Line:
    decides = unit.agency_id in policy.admin_agencies(turn.actor)
    pick = (entry.pick if decides else entry.told) if entry is not None else ""
    return Line(unit, standing, entry, pick)


def _seen(turn: Turn) -> ColumnElement[bool]:
    """Condition: a pick that the reader may see. Before it is announced that is for admins only."""
    agencies = policy.admin_agencies(turn.actor)
    own = and_(col(SeasonUnit.agency_id).in_(agencies), col(SeasonUnit.pick) != "")
    told = and_(col(SeasonUnit.agency_id).not_in(agencies), col(SeasonUnit.told) != "")
    return own | told


def _filter(which: str, seen: ColumnElement[bool]) -> ColumnElement[bool]:
    known: dict[str, ColumnElement[bool]] = {
        "": col(UnitStanding.unit_id).is_not(None),
        READY: col(UnitStanding.short) == 0,
        PICKED: seen,
        NONE: func.coalesce(col(SeasonUnit.stage), "") == "",
        ENDED: col(SeasonUnit.ended).is_(True),
    }
    return known[which] if which in known else col(SeasonUnit.stage) == which


def _joined(condition: ColumnElement[bool], year: int):  # type: ignore[no-untyped-def]  # SQLAlchemy's select types nest deep
    return (
        select(UnitStanding, Unit, SeasonUnit)
        .join(Unit, col(Unit.id) == col(UnitStanding.unit_id))
        .outerjoin(
            SeasonUnit,
            and_(col(SeasonUnit.unit_id) == col(UnitStanding.unit_id), col(SeasonUnit.year) == year),
        )
        .where(condition)
    )


def _count(session: Session, condition: ColumnElement[bool], year: int) -> int:
    ids = _joined(condition, year).with_only_columns(col(UnitStanding.unit_id)).subquery()
    return session.exec(select(func.count()).select_from(ids)).one()
