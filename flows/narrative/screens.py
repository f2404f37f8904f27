"""Screens of the arranged Penjelasan."""

from flows import routes, words
from flows.checklist.record import Place
from flows.narrative import texts
from flows.screen import Button, Expect, Screen, rows


def preview(at: Place, revision: int, made: str, sends: bool) -> Screen:
    """Before it is saved; a new text typed here takes its place."""
    target = (at.current.id, at.item.id, revision)
    return Screen(
        texts.preview(at.item, made, sends),
        rows(
            (
                Button(texts.USE, routes.NOTE_USE(*target, 1)),
                Button(texts.CHANGE, routes.LKE_NOTE(at.item.id)),
            ),
            (
                Button(texts.AS_TYPED, routes.NOTE_USE(*target, 0)),
                Button(words.BACK, routes.LKE_ITEM(at.item.id)),
            ),
        ),
        Expect(text=routes.LKE_NOTE_SAVE(*target), only=True),
    )


def example(at: Place, revision: int, typed: tuple[str, ...], made: str, may_write: bool) -> Screen:
    """What three lines become; those who write may type right here."""
    save = routes.LKE_NOTE_SAVE(at.current.id, at.item.id, revision)
    return Screen(
        texts.example(at.item, typed, made),
        rows(Button(words.BACK, routes.LKE_NOTE(at.item.id))),
        Expect(text=save, only=True) if may_write else None,
    )
