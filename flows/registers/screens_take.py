"""Screens of what a register proposes for an indicator."""

from collections.abc import Sequence

from flows import routes
from flows.checklist import stored
from flows.checklist.service import ItemView
from flows.registers.kinds import Kind
from flows.registers.taking import Proposal
from flows.registers.texts import taking as texts
from flows.screen import Button, Screen, grid, rows


def counts(view: ItemView, kind: Kind, year: int, years: Sequence[int], made: Proposal) -> Screen:
    """Counts for the formula; taking them is the ordinary answer, with its history."""
    take = None
    if made.answer is not None and view.may_answer and view.answer != made.answer:
        code = stored.code_of(view.item, made.answer)
        take = Button(texts.TAKE, routes.LKE_SET(view.current.id, view.item.id, code, view.revision))
    others = [
        Button(f"Angka {each}", routes.REGISTER_TAKE(view.item.id, each)) for each in years if each != year
    ]
    return Screen(texts.counts(view, kind, year, made), rows(take, *grid(others[:4], 2), _ways(view, kind)))


def note(view: ItemView, kind: Kind, made: Proposal) -> Screen:
    """A narrative: instead of the present one, or below it."""
    target = (view.current.id, view.item.id, view.revision)
    buttons: tuple[Button, ...] = ()
    if made.note and view.may_answer:
        label = texts.REPLACE_NOTE if view.note else texts.USE_NOTE
        buttons = (Button(label, routes.REGISTER_NOTE(*target, 0)),)
        if view.note:
            buttons += (Button(texts.ADD_BELOW, routes.REGISTER_NOTE(*target, 1)),)
    return Screen(texts.note(view, made), rows(buttons, _ways(view, kind)))


def _ways(view: ItemView, kind: Kind) -> tuple[Button, Button]:
    return (
        Button(texts.OPEN_ITEM, routes.LKE_ITEM(view.item.id)),
        Button(texts.OPEN_REGISTER, routes.REGISTER_LIST(kind.code, 0)),
    )
