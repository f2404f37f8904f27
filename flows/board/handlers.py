"""The board over an agency's units (/papan): for admins and for who looks after a branch of the tree."""

from sqlmodel import col, select

from flows import fmt, routes
from flows.board import pictures, screens, service, standing
from flows.board.service import FILTERS, ORDERS, Page
from flows.models import Unit
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Screen
from flows.turn import Turn
from knowledge.instrument import Instrument, Target

ALSO = (pictures, standing)
"""Imported so that what they register is registered."""


def _known(which: str, order: str) -> tuple[str, str]:
    """Forged or retired codes fall back to everything, the neediest first."""
    return (which if which in FILTERS else "", order if order in ORDERS else ORDERS[0])


@handles(routes.BOARD)
@privately
def board(turn: Turn, branch_id: int, which: str, order: str, number: int) -> Screen:
    """One page of the board."""
    which, order = _known(which, order)
    found, number = _page(turn, branch_id, which, order, number)
    return screens.board(found, branch_id, which, order, number, turn.zone_name, turn.today, turn.now)


def _page(turn: Turn, branch_id: int, which: str, order: str, number: int) -> tuple[Page, int]:
    found = service.page(turn, branch_id, which, order, number)
    return found, min(max(0, number), max(0, -(-found.total // service.PAGE) - 1))


@handles(routes.BOARD_UNIT)
@privately
def unit(turn: Turn, unit_id: int) -> Screen:
    """One unit."""
    line = service.one(turn, unit_id)
    instrument = turn.library.instruments.get(line.standing.instrument_id) or turn.library.instrument()
    gates = instrument.gates[_target(line)]
    areas = [(f"{a.no} {a.name}", int(line.standing.areas.get(a.id, 0))) for a in instrument.areas]
    return screens.unit(line, gates, areas, _above(turn, line.unit), turn.zone_name, turn.today, turn.now)


def _above(turn: Turn, below: Unit) -> list[str]:
    """The names from the top of the tree down to the unit's parent."""
    ids = [int(part) for part in below.path.strip("/").split("/")[:-1] if part.isdigit()]
    if not ids:
        return []
    found = turn.session.exec(select(Unit.id, Unit.name).where(col(Unit.id).in_(ids))).all()
    names = dict(found)
    return [names[id] for id in ids if id in names]


@handles(routes.BOARD_FILTERS)
@privately
def filters(turn: Turn, branch_id: int, which: str, order: str) -> Screen:
    """What is shown, and in which order."""
    branch, _ = service.scope_of(turn, branch_id)
    return screens.filters(branch, branch_id, *_known(which, order))


@handles(routes.BOARD_BRANCHES)
@privately
def branches(turn: Turn, branch_id: int, number: int) -> Screen:
    """The branches right below a branch."""
    number = max(0, number)
    branch, found, total = service.branches(turn, branch_id, number)
    return screens.branches(branch, branch_id, found, total, number)


@handles(routes.BOARD_ASK)
@privately
def ask(turn: Turn, branch_id: int) -> Screen:
    """Prompt for a unit's name."""
    branch, _ = service.scope_of(turn, branch_id)
    return screens.ask(branch, branch_id)


@handles(routes.BOARD_TYPED)
@privately
def typed(turn: Turn, branch_id: int) -> Screen:
    """The typed text is a unit's name."""
    branch, lines = service.find(turn, branch_id, turn.event.text)
    return screens.found(branch, branch_id, turn.event.text, lines)


@handles(routes.BOARD_STALLS)
@privately
def stalls(turn: Turn, branch_id: int, number: int) -> Screen:
    """Indicators that are open in most units."""
    branch, found, units = service.stalls(turn, branch_id)
    return screens.stalls(branch, branch_id, found, units, number)


@handles(routes.BOARD_PICTURE)
@privately
def picture(turn: Turn, branch_id: int, which: str, order: str, number: int) -> Screen:
    """Units × areas as a picture."""
    which, order = _known(which, order)
    found, number = _page(turn, branch_id, which, order, number)
    instrument = turn.library.instrument()
    cells = [
        (fmt.cut(line.unit.name, 60), tuple(_cell(line, a.id, instrument) for a in instrument.areas))
        for line in found.lines
    ]
    heads = [f"Area {a.no}" for a in instrument.areas]
    return screens.picture(found, branch_id, which, order, number, cells, heads)


def _target(line: service.Line) -> Target:
    return "WBBM" if line.standing.target == "WBBM" else "WBK"


def _cell(line: service.Line, area_id: str, instrument: Instrument) -> tuple[int, bool]:
    """Whole percent, rounded down, and whether the area reaches the least share of the unit's target."""
    share = int(line.standing.areas.get(area_id, 0))
    least = next(
        (g.share for g in instrument.gates[_target(line)] if g.node == area_id and g.share is not None), 0
    )
    return share * 100 // standing.SCALE, share >= least * standing.SCALE
