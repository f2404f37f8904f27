"""Signed sheets: sent, whom they cover, their day and form, their file."""

from flows import policy, routes
from flows.errors import BadInput, Missing, NotAllowed
from flows.evidence import periods, store_view
from flows.pact import changing, receiving, screens, service
from flows.pact.service import SheetView
from flows.pact.texts import pact as texts
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Gone, Goto, NotMine, Screen
from flows.turn import Turn
from flows.words import parts_of, place_said
from knowledge.dates import Problem

_ALL = frozenset({"semua", "semuanya", "semua yang belum"})
_ME = frozenset({"saya", "saya saja", "untuk saya", "aku"})
_NO_FILE = "Berkasnya tidak tersedia untuk Anda; lembar bersama dibuka koordinator unit atau sekretaris tim."


def _sent(turn: Turn, found: SheetView) -> str:
    return texts.sent(found.sheet.added_at, turn.now, turn.zone_name)


@handles(routes.PACT_FILE)
@privately
def receive(turn: Turn, unit_id: int, code: str) -> Goto:
    """The sent file is a signed sheet."""
    return Goto(routes.PACT_SHEET(receiving.receive(turn, unit_id, code), 0))


@handles(routes.PACT_SHEET)
@privately
def show(turn: Turn, sheet_id: int, page: int) -> Screen:
    """One sheet."""
    found = service.sheet(turn, sheet_id)
    return screens.sheet(found, _sent(turn, found), page)


@handles(routes.PACT_SHEET_TOLD)
@privately
def told(turn: Turn, sheet_id: int) -> Screen | Gone:
    """The sender hears that it was read."""
    found = service.sheet(turn, sheet_id)
    if found.sheet.state == service.READING:
        return Gone()
    if turn.open_unit is not None and turn.open_unit.id == found.of.unit.id:
        return screens.sheet(found, _sent(turn, found), 0)
    return screens.told(found, _sent(turn, found))


@handles(routes.PACT_SHEETS)
@privately
def show_all(turn: Turn, page: int) -> Screen:
    """Every sheet of the unit."""
    found, all_of = service.sheets_of(turn)
    return screens.sheets(found, all_of, page)


@handles(routes.PACT_SHEET_SEND)
@privately
def send(turn: Turn, sheet_id: int) -> Screen:
    """The file."""
    found = service.sheet(turn, sheet_id)
    row = found.sheet
    if not found.may_open or row.sha256 is None:
        raise NotAllowed(_NO_FILE, next=routes.PACT_SHEET(sheet_id, 0))
    return screens.sheet_file(found, store_view.media_named(turn.session, row.sha256, row.file_name))


# whom it covers ------------------------------------------------------------------------------------


@handles(routes.PACT_COVER)
@privately
def cover(turn: Turn, sheet_id: int, code: str, on: int, page: int) -> Goto:
    """It covers this person, or does not."""
    changed = changing.cover(turn, sheet_id, [code], bool(on))
    said = texts.covered(changed) if on or not changed else texts.SAVED
    return Goto(routes.PACT_SHEET(sheet_id, page), said)


@handles(routes.PACT_COVER_ALL)
@privately
def cover_all(turn: Turn, sheet_id: int) -> Goto:
    """It covers everybody who has not signed."""
    return _all(turn, sheet_id)


def _all(turn: Turn, sheet_id: int) -> Goto:
    found = changing.claimed(turn, sheet_id)
    if not found.of.may_record:
        raise NotAllowed(policy.REFUSED["pact"], next=routes.PACT_SHEET(sheet_id, 0))
    changed = changing.cover(turn, sheet_id, [line.code for line in found.of.open], True)
    return Goto(routes.PACT_SHEET(sheet_id, 0), texts.covered(changed))


@handles(routes.PACT_COVER_TYPED)
@privately
def cover_typed(turn: Turn, sheet_id: int) -> Goto | NotMine:
    """The typed text names whom it covers."""
    text = " ".join(turn.event.text.lower().split()).strip(" .!")
    place = place_said(turn.event.text)
    if place is not None:  # "siapa belum tanda tangan pakta" is asked here more than anywhere
        return Goto(place)
    if turn.library.looks_like_question(turn.event.text):
        return NotMine()
    if text in _ALL:
        return _all(turn, sheet_id)
    found = changing.claimed(turn, sheet_id)
    here = routes.PACT_SHEET(sheet_id, 0)
    codes = [
        _named(found, part.strip(), here) for piece in parts_of(turn.event.text) for part in piece.split(",")
    ]
    return Goto(here, texts.covered(changing.cover(turn, sheet_id, codes, True)))


def _named(found: SheetView, said: str, here: routes.Action) -> str:
    low = " ".join(said.lower().split()).strip(" .!")
    if low in _ME and found.of.mine is not None:
        return found.of.mine.code
    same = [line for line in found.of.lines if line.name.lower() == low]
    near = same or [line for line in found.of.lines if low and low in line.name.lower()]
    if not near:
        raise BadInput(texts.NOBODY_NAMED.format(said[:60]), next=here)
    if len(near) > 1:
        raise BadInput(texts.TWO_NAMED.format(said[:60]), next=here)
    return near[0].code


# its day, form, removal ----------------------------------------------------------------------------


@handles(routes.PACT_FORM)
@privately
def set_form(turn: Turn, sheet_id: int, form: str, revision: int) -> Goto:
    """It is a scan, or carries electronic signatures."""
    if form not in (service.SCAN, service.TTE):
        raise Missing("Bentuk itu tidak ada.", next=routes.PACT_SHEET(sheet_id, 0))
    changing.set_form(turn, sheet_id, form, revision)
    return Goto(routes.PACT_SHEET(sheet_id, 0), texts.FORM_SET)


@handles(routes.PACT_DATE)
@privately
def ask_day(turn: Turn, sheet_id: int) -> Screen:
    """The prompt for the day of signing."""
    return screens.day(changing.claimed(turn, sheet_id))


@handles(routes.PACT_DATE_SAVE)
@privately
def save_day(turn: Turn, sheet_id: int, revision: int) -> Goto | NotMine:
    """The typed text is that day."""
    again = routes.PACT_DATE(sheet_id)
    day = periods.read_day(turn.event.text, turn.today)
    if isinstance(day, Problem):
        raise BadInput(day.sentence, next=again)
    if day is None:
        if turn.library.looks_like_question(turn.event.text):
            return NotMine()
        raise BadInput(texts.DAY_BAD, next=again)
    changing.set_day(turn, sheet_id, day, revision)
    return Goto(routes.PACT_SHEET(sheet_id, 0), texts.SAVED)


@handles(routes.PACT_SHEET_REMOVE_ASK)
@privately
def ask_remove(turn: Turn, sheet_id: int) -> Screen:
    """Before a sheet goes."""
    return screens.remove_ask(changing.claimed(turn, sheet_id))


@handles(routes.PACT_SHEET_REMOVE)
@privately
def remove(turn: Turn, sheet_id: int, revision: int) -> Goto:
    """Take it away."""
    return Goto(routes.PACT(), texts.removed(changing.remove(turn, sheet_id, revision)))
