"""Advice: asked for, kept, and shown to those who work on the item."""

from flows import routes
from flows.advice import screens, service, texts
from flows.registration.private import privately
from flows.review import looking
from flows.routes import handles
from flows.screen import Goto, Screen
from flows.turn import Turn


@handles(routes.ADVICE)
@privately
def prompt(turn: Turn, assessment_id: int, item_id: str) -> Screen:
    """What would you suggest?"""
    return screens.prompt(looking.place(turn, assessment_id, item_id, "advise"))


@handles(routes.ADVICE_SAVE)
@privately
def save(turn: Turn, assessment_id: int, item_id: str) -> Goto:
    """The typed text is the advice."""
    told = service.give(turn, assessment_id, item_id, turn.event.text)
    return Goto(routes.REVIEW_FIX(assessment_id, item_id), texts.kept(told))


@handles(routes.ADVICE_TOLD)
@privately
def told(turn: Turn, change_id: int) -> Screen:
    """The advice, at those who work on the item."""
    change, at, who = service.find(turn, change_id)
    return screens.told(at, str((change.after or {}).get("text", "")), who)
