"""Screens of the import: data in, `Screen` out."""

from collections.abc import Mapping
from typing import Any

from flows import routes, words
from flows.checklist import stored
from flows.importing.applying import KEEP_PRESENT, TAKE_EXCEL
from flows.importing.plan import EXCEL, KEEP, Difference
from flows.importing.service import View
from flows.importing.texts import labels, reading, settling
from flows.importing.texts import saved as saving_texts
from flows.screen import Button, Expect, Screen, grid, rows
from knowledge.answers import Item
from knowledge.readiness import Readiness

ROOM = 36
"""Characters of two labels that fit beside each other on a phone."""
MENU = Button(words.TO_MENU, routes.HOME())
LKE = Button(labels.TO_LKE, routes.LKE())


def ask_file(unit_name: str, year: int) -> Screen:
    """How to send a worksheet; the next file is taken for one."""
    return Screen(
        reading.ask_file(unit_name, year), rows((LKE, MENU)), expects=Expect(file=routes.IMPORT_FILE())
    )


def waiting(view: View) -> Screen:
    """The file is being read."""
    return Screen(
        reading.waiting(view),
        rows(
            (
                Button(labels.CHECK_AGAIN, routes.IMPORT_SHOW(view.id)),
                Button(labels.CANCEL, routes.IMPORT_CANCEL(view.id)),
            ),
            MENU,
        ),
    )


def failed(view: View) -> Screen:
    """The file cannot be read; another may follow at once."""
    return Screen(reading.failed(view), rows((LKE, MENU)), expects=Expect(file=routes.IMPORT_FILE()))


def ended(view: View) -> Screen:
    """Cancelled, or replaced by a newer file."""
    return Screen(reading.ended(view), rows(Button(labels.SEND_AGAIN, routes.IMPORT()), (LKE, MENU)))


def result(view: View, zone_name: str) -> Screen:
    """What was read, and what to do with it."""
    plan = view.plan
    assert plan is not None
    doubts = view.open_doubts
    check = (
        Button(reading.check_label(len(doubts)), routes.IMPORT_DOUBT(view.id, doubts[0])) if doubts else None
    )
    leave = Button(labels.CANCEL, routes.IMPORT_CANCEL(view.id))
    text = reading.result(view, zone_name)
    if view.row.cells.get("old"):
        saving = _save(view, KEEP_PRESENT)
        why = Button(reading.OLD_RULES, routes.GUIDE("riwayat-regulasi-zi"))
        return Screen(text, rows(saving, why, (leave, LKE)))
    if plan.undecided:
        keeping, taking = (
            routes.IMPORT_APPLY(view.id, how, plan.stamp) for how in (KEEP_PRESENT, TAKE_EXCEL)
        )
        return Screen(
            text,
            rows(
                check,
                (Button(labels.TAKE_ALL, taking), Button(labels.KEEP_PRESENT, keeping)),
                (Button(labels.ONE_BY_ONE, routes.IMPORT_DIFF(view.id)), leave),
            ),
        )
    return Screen(text, rows(check, _save(view, KEEP_PRESENT), (leave, LKE)))


def _save(view: View, how: int) -> Button | None:
    plan = view.plan
    assert plan is not None
    answers, notes = plan.answers_to_write(differing=False), plan.notes_to_write(differing=False)
    if not answers and not notes:
        return None
    return Button(reading.save_label(answers, notes), routes.IMPORT_APPLY(view.id, how, plan.stamp))


def doubt(view: View, number: int, which: Mapping[str, Any], item: Item) -> Screen:
    """One doubtful cell: options as buttons, typing, or skipping."""
    options = [Button(o.key, routes.IMPORT_DOUBT_SET(view.id, number, o.key)) for o in item.options]
    suggested = stored.from_code(item, str(which["suggest"])) if which["suggest"] else None
    offer = (
        Button(settling.use(item, suggested), routes.IMPORT_DOUBT_SET(view.id, number, str(which["suggest"])))
        if suggested is not None and not item.options
        else None
    )
    return Screen(
        settling.doubt(view, number, which, item),
        rows(
            *grid(options, 2 if len(options) == 4 else 3),
            offer,
            (
                Button(labels.SKIP, routes.IMPORT_DOUBT_SKIP(view.id, number)),
                Button(labels.TO_RESULT, routes.IMPORT_SHOW(view.id)),
            ),
        ),
        expects=Expect(text=routes.IMPORT_DOUBT_TYPED(view.id, number)),
    )


def difference(view: View, each: Difference, who: str) -> Screen:
    """One item that has something else now."""
    plan = view.plan
    assert plan is not None
    place = plan.differing.index(each) + 1
    choices = (
        Button(settling.take(each), routes.IMPORT_DIFF_SET(view.id, each.item.id, EXCEL)),
        Button(settling.keep(each), routes.IMPORT_DIFF_SET(view.id, each.item.id, KEEP)),
    )
    beside = sum(len(button.label) for button in choices) <= ROOM
    return Screen(
        settling.difference(each, place, len(plan.differing), who),
        rows(
            *((choices,) if beside else choices),
            Button(labels.TO_RESULT, routes.IMPORT_SHOW(view.id)),
        ),
    )


def saved(view: View, standing: Readiness) -> Screen:
    """What was saved, and where the unit stands now."""
    ready = routes.COMMANDS.get("kesiapan")
    return Screen(
        saving_texts.saved(view, standing),
        rows(
            (
                *([Button(labels.READINESS, ready)] if ready is not None else []),
                Button(labels.INVITE, routes.INVITES()),
            ),
            (LKE, MENU),
        ),
    )
