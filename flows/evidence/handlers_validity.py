"""Until when a piece of evidence counts: asked, typed, taken away."""

from datetime import date

from flows import routes
from flows.errors import BadInput
from flows.evidence import changing, screens_piece
from flows.evidence.handlers_piece import mine
from flows.evidence.texts import labels, piece
from flows.routes import handles
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn
from knowledge.dates import Problem, parse_date


@handles(routes.EVIDENCE_VALID)
def ask(turn: Turn, evidence_id: int) -> Screen:
    """The prompt for the day."""
    return screens_piece.validity_prompt(mine(turn, evidence_id))


@handles(routes.EVIDENCE_VALID_SAVE)
def save(turn: Turn, evidence_id: int, revision: int) -> Goto | NotMine:
    """The typed text is the last day."""
    found = parse_date(turn.event.text, turn.today)
    if isinstance(found, Problem):
        raise BadInput(found.sentence, next=routes.EVIDENCE_VALID(evidence_id))
    if found is None:
        if turn.library.looks_like_question(turn.event.text):
            return NotMine()
        raise BadInput(piece.VALIDITY_BAD, next=routes.EVIDENCE_VALID(evidence_id))
    return _set(turn, evidence_id, revision, found.day, labels.VALIDITY_SET)


@handles(routes.EVIDENCE_VALID_CLEAR)
def clear(turn: Turn, evidence_id: int, revision: int) -> Goto:
    """It has no end."""
    return _set(turn, evidence_id, revision, None, labels.VALIDITY_CLEARED)


def _set(turn: Turn, evidence_id: int, revision: int, day: date | None, said: str) -> Goto:
    done = changing.set_validity(turn, evidence_id, revision, day)
    return Goto(routes.EVIDENCE_SHOW(evidence_id), said if done else labels.SAME)
