"""Screens of a file that came back, and of the text to paste."""

from flows import routes, words
from flows.screen import Button, Expect, Screen, grid, rows
from flows.workbook.comparing import KEEP, TAKE, Change, Plan
from flows.workbook.service import View
from flows.workbook.texts import chat
from flows.workbook.texts import returning as texts

MENU = Button(words.TO_MENU, routes.HOME())
DOCUMENTS = Button(texts.DOCUMENTS, routes.DOCUMENTS())


def ask_file(unit_name: str) -> Screen:
    """How to send a file back; the next file is taken for it."""
    return Screen(
        texts.ask_file(unit_name), rows((DOCUMENTS, MENU)), expects=Expect(file=routes.IMPORT_FILE())
    )


def result(view: View, plan: Plan, zone_name: str) -> Screen:
    """What the file would change, and what to do about it."""
    save = None
    if plan.taken:
        save = Button(texts.save_label(len(plan.taken)), routes.WORKBOOK_APPLY(view.id, plan.stamp))
    look: tuple[Button, ...] = ()
    if plan.allowed:
        first = (plan.open or plan.allowed)[0]
        look = (Button(texts.ONE_BY_ONE, routes.WORKBOOK_CHANGE(view.id, first.key)),)
        if len(plan.allowed) > texts.SHOWN:
            look = (*look, Button(texts.SEE_ALL, routes.WORKBOOK_LIST(view.id, 0)))
    leave = Button(texts.CANCEL if plan.allowed else texts.CLOSE, routes.WORKBOOK_CANCEL(view.id))
    return Screen(texts.result(view, plan, zone_name), rows(save, look, (leave, MENU)))


def listed(view: View, plan: Plan, page: int) -> Screen:
    """A page of every change; a number opens it."""
    first = page * texts.PAGE
    shown = plan.allowed[first : first + texts.PAGE]
    numbers = [
        Button(str(place), routes.WORKBOOK_CHANGE(view.id, change.key))
        for place, change in enumerate(shown, first + 1)
    ]
    turns = [Button("‹", routes.WORKBOOK_LIST(view.id, page - 1))] if page else []
    if first + texts.PAGE < len(plan.allowed):
        turns.append(Button("›", routes.WORKBOOK_LIST(view.id, page + 1)))
    back = Button(texts.BACK_TO_RESULT, routes.WORKBOOK_SHOW(view.id))
    return Screen(texts.listed(plan, page), rows(*grid(numbers, 6), turns, back))


def one(view: View, plan: Plan, change: Change, who: str) -> Screen:
    """One change."""
    allowed = plan.allowed
    place = allowed.index(change)
    take = Button(texts.FROM_FILE, routes.WORKBOOK_SET(view.id, change.key, TAKE))
    keep = Button(texts.LEAVE, routes.WORKBOOK_SET(view.id, change.key, KEEP))
    back = Button(texts.BACK_TO_RESULT, routes.WORKBOOK_SHOW(view.id))
    onward = [back]
    if place + 1 < len(allowed):
        onward.append(Button(texts.NEXT, routes.WORKBOOK_CHANGE(view.id, allowed[place + 1].key)))
    return Screen(texts.one(change, place + 1, len(allowed), who), rows((take, keep), onward))


def saved(view: View) -> Screen:
    """What was written."""
    ready = Button(texts.READINESS, routes.READINESS())
    return Screen(texts.saved(view), rows((ready, DOCUMENTS), MENU))


def ended() -> Screen:
    """A file that was let go."""
    return Screen(texts.ended(), rows((DOCUMENTS, MENU)))


def recap(text: str) -> Screen:
    """The text to paste."""
    return Screen(chat.recap_screen(text), rows((DOCUMENTS, MENU)))
