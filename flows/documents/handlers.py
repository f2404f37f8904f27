"""Documents: the list, asking for one, how far it is, and the file at the one who asked."""

from flows import delivery, policy, routes
from flows.delivery import READY
from flows.documents import screens, texts
from flows.routes import handles
from flows.screen import Goto, Screen
from flows.turn import Turn


@handles(routes.DOCUMENTS)
def show_list(turn: Turn) -> Screen:
    """What can be made of the open unit."""
    unit = turn.unit
    policy.require(turn.actor, "view", unit)
    return screens.listed(unit, delivery.offers(turn, unit))


@handles(routes.DOCUMENT_MAKE)
def make(turn: Turn, code: str, unit_id: int) -> Goto:
    """Ask for a document; one in the making is shown instead of begun twice."""
    document_id = delivery.ask(turn, code, turn.unit_by_id(unit_id))
    return Goto(routes.DOCUMENT(document_id), texts.ASKED)


@handles(routes.DOCUMENT)
def show(turn: Turn, document_id: int) -> Screen:
    """How far a document is."""
    return screens.document(delivery.load(turn, document_id))


@handles(routes.DOCUMENT_FILE)
def send(turn: Turn, document_id: int, number: int) -> Screen:
    """A finished file, sent while its asker may still have it; otherwise why not."""
    found = delivery.load(turn, document_id)
    if found.status != READY or not 0 <= number < len(found.parts):
        return screens.document(found)
    return screens.file(found, number)
