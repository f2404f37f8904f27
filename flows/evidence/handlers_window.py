"""Handlers of the evidence window, of a unit and of an agency."""

from flows import policy, routes
from flows.checklist import service as checklist
from flows.errors import BadInput
from flows.evidence import screens_piece, window
from flows.evidence.texts import labels, piece
from flows.models import Agency
from flows.routes import handles
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn


def _year(turn: Turn, agency_id: int) -> int:
    """The year whose window is meant: of the open LKE; for an agency that of most, from July the next."""
    if not agency_id:
        return checklist.current(turn).assessment.year
    return turn.today.year + (1 if turn.today.month > 6 else 0)


@handles(routes.WINDOW)
def show(turn: Turn, agency_id: int) -> Screen:
    """The window, and whose it is."""
    year = _year(turn, agency_id)
    if agency_id:
        window.require(turn, agency_id)
        agency = turn.session.get_one(Agency, agency_id)
        span = window.of_agency(turn.session, agency_id, year)
        return screens_piece.window(agency.name, span, year, agency_id, True)
    where = checklist.current(turn)
    span = window.of_unit(turn.session, where.unit, where.assessment)
    may_set = policy.can(turn.actor, "unit_edit", where.unit)
    return screens_piece.window(where.unit.name, span, year, 0, may_set)


@handles(routes.WINDOW_ASK)
def ask(turn: Turn, agency_id: int) -> Screen:
    """The prompt for both days."""
    window.require(turn, agency_id)
    return screens_piece.window_prompt(agency_id)


@handles(routes.WINDOW_SAVE)
def save(turn: Turn, agency_id: int) -> Goto | NotMine:
    """The typed text holds both days."""
    window.require(turn, agency_id)
    read = window.parse(turn.event.text)
    if read is None:
        if turn.library.looks_like_question(turn.event.text):
            return NotMine()
        raise BadInput(piece.WINDOW_BAD, next=routes.WINDOW_ASK(agency_id))
    window.set_to(turn, agency_id, _year(turn, agency_id), *read)
    return Goto(routes.WINDOW(agency_id), labels.WINDOW_SAVED)


@handles(routes.WINDOW_RESET)
def reset(turn: Turn, agency_id: int) -> Goto:
    """Back to the usual window."""
    done = window.reset(turn, agency_id, _year(turn, agency_id))
    return Goto(routes.WINDOW(agency_id), labels.WINDOW_BACK if done else labels.SAME)
