"""Screens of advice."""

from flows import routes, words
from flows.advice import texts
from flows.checklist.record import Place
from flows.screen import Button, Expect, Screen, rows


def prompt(at: Place) -> Screen:
    """Asks for the advice; what is typed is kept as it is."""
    return Screen(
        texts.prompt(at.item),
        rows(Button(words.BACK, routes.REVIEW_FIX(at.current.id, at.item.id))),
        Expect(text=routes.ADVICE_SAVE(at.current.id, at.item.id), only=True),
    )


def told(at: Place, text: str, who: str) -> Screen:
    """At those who work on the item; it stays in the chat."""
    show = Button(texts.SHOW_ITEM, routes.REVIEW_FIX(at.current.id, at.item.id))
    return Screen(
        texts.told(at.item, text, who, at.current.unit.name),
        rows((show, Button(words.TO_MENU, routes.HOME()))),
        keep=True,
    )
