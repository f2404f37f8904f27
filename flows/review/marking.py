"""Handlers of "tidak berlaku"."""

from flows import routes
from flows.checklist import changes, service
from flows.errors import Outdated
from flows.item_words import answer
from flows.review import applies, held, screens, texts
from flows.review.asking import said
from flows.routes import handles
from flows.screen import Goto, Screen
from flows.turn import Turn


@handles(routes.NA_ASK)
def ask(turn: Turn, item_id: str) -> Screen:
    """Prompt for the reason why an indicator does not apply."""
    where = service.current(turn)
    at = changes.place(turn, where.id, item_id)
    applies.require(at)
    view = service.view_item(turn, item_id)
    return screens.na_ask(at, _given(view), view.work.revision if view.work else 0)


def _given(view: service.ItemView) -> str:
    return answer(view.item, view.answer) if view.answer is not None else ""


@handles(routes.NA_TYPED)
def typed(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Goto:
    """The typed text is the reason; it is shown before anything changes."""
    at = changes.place(turn, assessment_id, item_id)
    applies.require(at)
    text = said(turn.event.text, routes.NA_ASK(item_id))
    held.hold(turn, text, routes.NA_TYPED(assessment_id, item_id, revision))
    return Goto(routes.NA_CHECK(assessment_id, item_id, revision))


@handles(routes.NA_CHECK)
def check(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Screen:
    """Before it is set."""
    at = changes.place(turn, assessment_id, item_id)
    return screens.na_check(at, _given(service.view_item(turn, item_id)), _held(turn, at), revision)


def _held(turn: Turn, at: changes.Place) -> str:
    return held.held(turn, routes.NA_TYPED, at.current.id, at.item.id, next=routes.NA_ASK(at.item.id))


@handles(routes.NA_SET)
def set_off(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Goto:
    """Mark it as not applying."""
    at = changes.place(turn, assessment_id, item_id)
    reason = _held(turn, at)
    try:
        applies.set_off(turn, at, reason, revision)
    except Outdated as err:
        err.next = routes.NA_ASK(item_id)
        raise
    held.let_go(turn)
    return Goto(routes.LKE_ITEM(item_id), texts.NA_SET)


@handles(routes.NA_OFF)
def set_on(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Goto:
    """It applies after all."""
    applies.set_on(turn, changes.place(turn, assessment_id, item_id), revision)
    return Goto(routes.LKE_ITEM(item_id), texts.NA_LIFTED)
