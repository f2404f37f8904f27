"""Screens of the pakta integritas and of the pencanangan."""

from collections.abc import Sequence
from datetime import date

from flows import copying, routes, words
from flows.fmt import cut
from flows.models import Launch, PactSheet
from flows.pact.service import READY, STAGE, TOPIC, Line, SheetView, View
from flows.pact.texts import launch as launch_texts
from flows.pact.texts import pact as texts
from flows.screen import Button, Expect, Media, Screen, grid, rows
from knowledge.eligibility import Stage
from knowledge.faq import Entry

PAGE = 8
LABEL = 30
MENU = Button(words.TO_MENU, routes.HOME())
BACK = Button(texts.BACK, routes.PACT())
TO_LIST = Button(texts.TO_LIST, routes.PACT_LIST(0))
WHAT = Button(texts.WHAT, routes.TOPIC(TOPIC))
LAUNCH = Button(texts.LAUNCH, routes.LAUNCH())


def _unit_id(found: View) -> int:
    return found.unit.id or 0


def _sends(found: View, code: str = "") -> Expect | None:
    """A sent file is a sheet, for those from whom one is taken."""
    if not found.may_record and found.mine is None:
        return None
    return Expect(file=routes.PACT_FILE(_unit_id(found), code))


def state(found: View, entry: Entry | None, today: date) -> Screen:
    """The pakta of a unit."""
    promise = own = None
    if found.mine is not None and found.mine.sheet is not None:
        own = Button(texts.MY_SHEET, routes.PACT_SHEET(found.mine.sheet.id or 0, 0))
    elif found.mine is not None:
        label = texts.UNWILLING if found.mine.willing else texts.WILLING
        promise = Button(label, routes.PACT_WILLING(_unit_id(found), int(not found.mine.willing)))
    named = Button(texts.LIST, routes.PACT_LIST(0)) if found.may_read else None
    sheets = Button(texts.SHEETS, routes.PACT_SHEETS(0)) if found.may_record else None
    copied = copying.button(texts.copied(found, today), None, texts.COPY) if found.may_read else None
    buttons = [b for b in (named, sheets, promise, own, copied, LAUNCH, WHAT) if b is not None]
    return Screen(texts.state(found, entry), rows(*grid(buttons, 2), MENU), _sends(found))


def listing(found: View, page: int, to_ask: int) -> Screen:
    """Who has not signed, then who has."""
    page = _page(page, len(found.lines))
    shown = list(enumerate(found.lines, 1))[page * PAGE : (page + 1) * PAGE]
    numbers = [Button(str(number), routes.PACT_PERSON(line.code)) for number, line in shown]
    turning = _turning(page, len(found.lines), routes.PACT_LIST)
    more = []
    if found.may_record:
        more = [
            *([Button(f"Ingatkan {to_ask} orang", routes.PACT_ASK(_unit_id(found)))] if to_ask else []),
            Button(texts.ADD_NAMES, routes.PACT_NAMES(_unit_id(found))),
        ]
    return Screen(texts.listing(found, shown, to_ask), rows(*grid(numbers, 4), turning, more, (BACK, MENU)))


def _page(page: int, total: int) -> int:
    return min(max(0, page), max(0, (total - 1) // PAGE))


def _turning(page: int, total: int, route: routes.Route) -> list[Button]:
    return [
        *([Button("‹", route(page - 1))] if page else []),
        *([Button("›", route(page + 1))] if (page + 1) * PAGE < total else []),
    ]


def person(found: View, line: Line) -> Screen:
    """One line; a sent file is their sheet."""
    look = None
    if line.sheet is not None:
        look = Button(texts.OPEN_SHEET, routes.PACT_SHEET(line.sheet.id or 0, 0))
    typed = line.person is None and found.may_record
    gone = Button(texts.REMOVE_NAME, routes.PACT_NAME_REMOVE_ASK(line.code)) if typed else None
    takes = found.may_record or line is found.mine
    return Screen(
        texts.person(found, line),
        rows([b for b in (look, gone) if b], (TO_LIST, MENU) if found.may_read else (BACK, MENU)),
        Expect(file=routes.PACT_FILE(_unit_id(found), line.code)) if takes else None,
    )


def name_remove_ask(line: Line) -> Screen:
    """Before a typed name goes."""
    yes = Button(texts.REMOVE_YES, routes.PACT_NAME_REMOVE(line.code))
    return Screen(texts.name_remove_ask(line), rows((yes, Button(texts.KEEP, routes.PACT_PERSON(line.code)))))


def names(found: View) -> Screen:
    """The prompt for names."""
    return Screen(
        texts.NAMES_PROMPT,
        rows((TO_LIST, BACK)),
        Expect(text=routes.PACT_NAMES_SAVE(_unit_id(found)), only=True),
    )


def ask(found: View, count: int) -> Screen:
    """Before people are asked."""
    if not count:
        return Screen(texts.NOBODY_TO_ASK, rows((TO_LIST, BACK)))
    yes = Button(texts.ASK_YES, routes.PACT_ASK_DO(_unit_id(found)))
    return Screen(texts.ask(count), rows((yes, Button(texts.KEEP, routes.PACT_LIST(0)))))


def invited(found: View) -> Screen:
    """Asks somebody to follow."""
    assert found.mine is not None
    text = texts.invited(found.unit.name, found.signed, len(found.lines), found.mine.willing)
    return Screen(text, rows((Button(texts.OPEN, routes.PACT_OPEN(_unit_id(found))), WHAT)), keep=True)


# sheets --------------------------------------------------------------------------------------------


def sheet(found: SheetView, sent: str, page: int) -> Screen:
    """One sheet, and for recorders whom it covers."""
    row, of = found.sheet, found.of
    number = row.id or 0
    back = Button(texts.BACK, routes.PACT_OPEN(_unit_id(of)))
    head = texts.sheet(found, sent)
    # While it is read too: the screen that follows is sent by a job, and that opens no prompt.
    asks = _sends(of)
    if of.may_record:
        asks = Expect(text=routes.PACT_COVER_TYPED(number), file=routes.PACT_FILE(_unit_id(of), ""))
    if row.state != READY:
        gone = None
        if row.state != "reading" and found.may_change:
            gone = Button(texts.REMOVE, routes.PACT_SHEET_REMOVE_ASK(number))
        again = Button("Lihat lagi", routes.PACT_SHEET(number, 0)) if row.state == "reading" else None
        return Screen(head, rows([b for b in (again, gone) if b], (back, MENU)), asks)
    choose = _choices(found, page) if of.may_record else ()
    opened = Button(texts.SEND, routes.PACT_SHEET_SEND(number)) if found.may_open else None
    day = Button(texts.DAY, routes.PACT_DATE(number)) if found.may_change else None
    form = gone = None
    if found.may_change:
        other, label = ("scan", texts.IS_SCAN) if row.form == "tte" else ("tte", texts.IS_TTE)
        form = Button(label, routes.PACT_FORM(number, other, row.revision))
        gone = Button(texts.REMOVE, routes.PACT_SHEET_REMOVE_ASK(number))
    return Screen(
        head,
        rows(
            *choose,
            [b for b in (opened, day) if b],
            [b for b in (form, gone) if b],
            (back, MENU),
        ),
        asks,
    )


def _choices(found: SheetView, page: int) -> tuple[tuple[Button, ...], ...]:
    """Whom the sheet covers with a tick, then who has not signed; a tap turns it round."""
    number = found.sheet.id or 0
    lines = [*found.covers, *found.of.open]
    page = _page(page, len(lines))
    shown = lines[page * PAGE : (page + 1) * PAGE]
    buttons = []
    for line in shown:
        on = line in found.covers
        label = ("✓ " if on else "") + cut(line.name, LABEL)
        buttons.append(Button(label, routes.PACT_COVER(number, line.code, int(not on), page)))
    turning = [
        *([Button("‹", routes.PACT_SHEET(number, page - 1))] if page else []),
        *([Button("›", routes.PACT_SHEET(number, page + 1))] if (page + 1) * PAGE < len(lines) else []),
    ]
    left = len(found.of.open)
    everybody = None
    if left > 1:
        everybody = Button(f"{texts.EVERYBODY} ({left})", routes.PACT_COVER_ALL(number))
    return rows(*grid(buttons, 1), turning, everybody)


def told(found: SheetView, sent: str) -> Screen:
    """The sheet was read."""
    open_it = Button(texts.OPEN_SHEET, routes.PACT_SHEET(found.sheet.id or 0, 0))
    back = Button(texts.OPEN, routes.PACT_OPEN(_unit_id(found.of)))
    return Screen(texts.sheet(found, sent), rows((open_it, back)), keep=True)


def sheet_file(found: SheetView, media: Media) -> Screen:
    """The sheet itself."""
    back = Button(texts.BACK, routes.PACT_OPEN(_unit_id(found.of)))
    again = Button(texts.OPEN_SHEET, routes.PACT_SHEET(found.sheet.id or 0, 0))
    return Screen("Lembar pakta integritas.\n\nMemuat data pribadi; simpan di tempat yang aman.",
                  rows((again, back)), media=media)  # fmt: skip


def sheets(found: View, all_of: Sequence[tuple[PactSheet, int]], page: int) -> Screen:
    """Every sheet of the unit."""
    page = _page(page, len(all_of))
    numbered = [(number, row, count) for number, (row, count) in enumerate(all_of, 1)]
    shown = numbered[page * PAGE : (page + 1) * PAGE]
    numbers = [Button(str(number), routes.PACT_SHEET(row.id or 0, 0)) for number, row, _ in shown]
    return Screen(
        texts.sheets(found, shown, len(all_of)),
        rows(*grid(numbers, 4), _turning(page, len(all_of), routes.PACT_SHEETS), (BACK, MENU)),
        _sends(found),
    )


def day(found: SheetView) -> Screen:
    """The prompt for the day of signing."""
    number = found.sheet.id or 0
    return Screen(
        texts.DAY_PROMPT,
        rows(Button(words.BACK, routes.PACT_SHEET(number, 0))),
        Expect(text=routes.PACT_DATE_SAVE(number, found.sheet.revision)),
    )


def remove_ask(found: SheetView) -> Screen:
    """Before a sheet goes."""
    number = found.sheet.id or 0
    yes = Button(texts.REMOVE_YES, routes.PACT_SHEET_REMOVE(number, found.sheet.revision))
    return Screen(
        texts.remove_ask(len(found.covers)),
        rows((yes, Button(texts.KEEP, routes.PACT_SHEET(number, 0)))),
    )


# the pencanangan -----------------------------------------------------------------------------------


def launch(found: View, stage: Stage | None, entry: Entry | None, stage_open: bool) -> Screen:
    """What must be ready, and what was recorded."""
    fields = []
    if found.may_record:
        fields = [
            Button(label, routes.LAUNCH_FIELD(_unit_id(found), name))
            for name, label in launch_texts.FIELD_BUTTONS.items()
        ]
    more = (
        Button(texts.PACT, routes.PACT()),
        Button(texts.STAGE, routes.STAGE(STAGE)),
        Button(texts.RULES, routes.TOPIC(STAGE)),
        MENU,
    )
    return Screen(
        launch_texts.launch(found, stage, entry, stage_open), rows(*grid(fields, 2), *grid(more, 2))
    )


def field(unit_id: int, name: str, value: date | str | None, row: Launch | None) -> Screen:
    """The prompt for one field of the pencanangan."""
    revision = row.revision if row is not None else 0
    empty = Button(texts.EMPTY, routes.LAUNCH_CLEAR(unit_id, name, revision)) if value is not None else None
    text_form = name in ("saksi", "publikasi")
    return Screen(
        launch_texts.field(name, value),
        rows(empty, Button(words.BACK, routes.LAUNCH())),
        Expect(text=routes.LAUNCH_SAVE(unit_id, name, revision), only=text_form),
    )
