"""Evidence that was just sent: from the file or link to the saved piece, by tap or by typing."""

from dataclasses import replace

from flows import policy, routes, words
from flows.checklist import service as checklist
from flows.errors import BadInput, Missing, Outdated
from flows.events import IncomingFile
from flows.evidence import (
    choosing,
    findings,
    handlers_saved,
    intake,
    links,
    periods,
    proposals,
    screens,
    service,
)
from flows.evidence import handlers_item as _item
from flows.evidence import handlers_piece as _piece
from flows.evidence import handlers_validity as _validity
from flows.evidence import handlers_window as _window
from flows.evidence.choosing import OTHER
from flows.evidence.intake import View
from flows.evidence.texts import labels, sent
from flows.importing import service as importing
from flows.models import Evidence
from flows.routes import handles
from flows.screen import Goto, NotMine, Quiet, Screen
from flows.turn import Turn
from knowledge.answers import Item
from knowledge.dates import Problem
from knowledge.instrument import Area, Instrument, SubComponent

FURTHER = (_item, _piece, _validity, _window)
"""The other handlers of evidence; they register themselves."""
PAGE = 8
_LONGEST_NUMBER = 60


# receiving -----------------------------------------------------------------------------------------


@handles(routes.INTAKE_FILE)
def receive(turn: Turn, item_id: str) -> Goto | Quiet:
    """A file was sent as evidence, for an item or (empty) for one to be found."""
    if importing.is_own_name(turn.event.file):
        return Goto(routes.IMPORT_FILE())  # our own workbook on its way back, whatever was asked last
    return intake.take(turn, item_id or None)


@handles(routes.INTAKE_LINK)
def receive_link(turn: Turn, item_id: str) -> Goto | NotMine:
    """A link was typed. Anything else, and people who fill in nothing, are answered as before."""
    if links.cleaned(turn.event.text) is None or turn.library.looks_like_question(turn.event.text):
        return NotMine()
    unit = turn.open_unit if turn.event.private else None
    if not item_id and (unit is None or not policy.can(turn.actor, "answer", unit)):
        return NotMine()
    row = intake.receive_link(turn, turn.event.text, item_id or None)
    return Goto(routes.INTAKE(row.id or 0))


# looking -------------------------------------------------------------------------------------------


@handles(routes.INTAKE)
def show(turn: Turn, intake_id: int) -> Screen:
    """What was sent, in whatever state it is."""
    view = intake.view(turn, intake_id)
    state = view.row.state
    if state in (intake.RECEIVING, intake.EXAMINING):
        return screens.examining(view, intake.is_long(view.row, turn.now))
    if state == intake.FAILED:
        return screens.failed(view)
    if state == intake.READY:
        return _ready(turn, view)
    return screens.ended(state == intake.SAVED, handlers_saved.shown(turn, view))


def _ready(turn: Turn, view: View) -> Screen:
    if not view.member:
        return screens.left()
    if view.row.evidence_id is not None:
        evidence = turn.session.get_one(Evidence, view.row.evidence_id)
        if service.may_see(turn, evidence):
            return screens.version(view, evidence)
    known = _known(turn, view)
    return screens.ready(
        view,
        choosing.choice_of(turn, view),
        known,
        known is not None and service.may_see(turn, known),
        choosing.own_items(turn, view),
        _may_import(turn, view),
        view.unit.name if _several_units(turn) else "",
    )


def _several_units(turn: Turn) -> bool:
    held = turn.actor.memberships
    return turn.actor.has_role("admin") or len({m.unit_id for m in held}) > 1


def _known(turn: Turn, view: View) -> Evidence | None:
    """The piece that the unit has already and that consists of the same."""
    for each in view.findings:
        if each.code == findings.DUPLICATE:
            found = turn.session.get(Evidence, int(each.facts.get("evidence", 0)))
            return found if found is not None and found.removed_at is None else None
    return None


def _may_import(turn: Turn, view: View) -> bool:
    """Whether this could be an LKE that its sender may bring in."""
    if view.item is not None or len(view.row.parts) != 1 or not importing.may_import(turn, view.unit):
        return False
    return importing.is_worksheet(_incoming(view))


def _incoming(view: View) -> IncomingFile:
    part = view.row.parts[0]
    return IncomingFile(
        str(part.get("file_id", "")),
        str(part.get("unique_id", "")),
        str(part.get("name", "")),
        str(part.get("mime", "")),
        int(part.get("size", 0)),
    )


@handles(routes.INTAKES)
def show_waiting(turn: Turn, page: int) -> Screen:
    """Everything one has sent that waits for a word."""
    page = max(0, page)
    found, total = intake.undecided(turn, PAGE, page * PAGE)
    return screens.waiting(found, total, page, PAGE)


# correcting ----------------------------------------------------------------------------------------


@handles(routes.INTAKE_TYPED)
def typed(turn: Turn, intake_id: int, _revision: int) -> Goto | NotMine:
    """The typed text confirms ("ya"), or names another item, day or period."""
    return _typed(turn, intake_id)


def _typed(turn: Turn, intake_id: int) -> Goto | NotMine:
    text = " ".join(turn.event.text.split())
    here = routes.INTAKE(intake_id)
    if links.cleaned(text) is not None:
        item = intake.view(turn, intake_id).item
        return Goto(routes.INTAKE_LINK(item.id if item is not None else ""))
    if words.is_yes(text):
        return _save(turn, intake_id, None)
    if turn.library.looks_like_question(text):
        return NotMine()
    found = _item_typed(turn, intake_id, text)
    if found is not None:
        choosing.set_item(turn, intake_id, None, found.id)
        return Goto(here, labels.ITEM_SET)
    code = periods.parse(text, turn.today)
    if code is not None:
        choosing.set_period(turn, intake_id, None, code)
        return Goto(here, labels.PERIOD_SET)
    day = periods.read_day(text, turn.today)
    if isinstance(day, Problem):
        raise BadInput(day.sentence, next=here)
    if day is None:
        return NotMine()
    choosing.set_day(turn, intake_id, None, day)
    return Goto(here, labels.DATE_SET)


def _item_typed(turn: Turn, intake_id: int, text: str) -> Item | None:
    if len(text) > _LONGEST_NUMBER:
        return None
    instrument = intake.view(turn, intake_id).instrument
    return proposals.find(instrument, text) or proposals.named_in(instrument, text)


@handles(routes.INTAKE_DATE)
def ask_date(turn: Turn, intake_id: int) -> Screen:
    """Which day?"""
    return screens.date_prompt(_waiting(turn, intake_id))


def _waiting(turn: Turn, intake_id: int) -> View:
    """An intake that still waits for a word, not locked. Raises Outdated."""
    view = intake.view(turn, intake_id)
    if view.row.state != intake.READY:
        over = view.row.state not in (intake.RECEIVING, intake.EXAMINING)
        raise Outdated(intake.OVER if over else intake.BUSY, next=routes.INTAKE(intake_id))
    return view


@handles(routes.INTAKE_DATE_SAVE)
def save_date(turn: Turn, intake_id: int, revision: int) -> Goto | NotMine:
    """The typed text is the day."""
    day = periods.read_day(turn.event.text, turn.today)
    if isinstance(day, Problem):
        raise BadInput(day.sentence, next=routes.INTAKE_DATE(intake_id))
    if day is None:
        code = periods.parse(turn.event.text, turn.today)
        if code is None:
            return _unread(turn, sent.DATE_BAD, routes.INTAKE_DATE(intake_id))
        choosing.set_period(turn, intake_id, revision, code)
        return Goto(routes.INTAKE(intake_id), labels.PERIOD_SET)
    choosing.set_day(turn, intake_id, revision, day)
    return Goto(routes.INTAKE(intake_id), labels.DATE_SET)


def _unread(turn: Turn, sentence: str, prompt: routes.Action) -> NotMine:
    """A question is answered as one; anything else was meant for the prompt. Raises BadInput."""
    if turn.library.looks_like_question(turn.event.text):
        return NotMine()
    raise BadInput(sentence, next=prompt)


@handles(routes.INTAKE_PERIOD)
def ask_period(turn: Turn, intake_id: int) -> Screen:
    """For which period?"""
    view = _waiting(turn, intake_id)
    return screens.period(view, turn.today, choosing.choice_of(turn, view))


@handles(routes.INTAKE_PERIOD_SET)
def set_period(turn: Turn, intake_id: int, code: str, revision: int) -> Goto:
    """It stands for this period."""
    choosing.set_period(turn, intake_id, revision, code)
    return Goto(routes.INTAKE(intake_id), labels.PERIOD_SET)


@handles(routes.INTAKE_PERIOD_TYPED)
def period_typed(turn: Turn, intake_id: int, revision: int) -> Goto | NotMine:
    """The typed text is the period, or anything else that corrects the proposal."""
    code = periods.parse(turn.event.text, turn.today)
    if code is None:
        return _typed(turn, intake_id)
    choosing.set_period(turn, intake_id, revision, code)
    return Goto(routes.INTAKE(intake_id), labels.PERIOD_SET)


@handles(routes.INTAKE_WHERE)
def choose_item(turn: Turn, intake_id: int, node_id: str) -> Screen:
    """Choose the item, one step down at a time."""
    view = _waiting(turn, intake_id)
    chooser = screens.ForIntake(view, _item.fills(turn, view.unit, view.instrument))
    return choose(view.instrument, node_id, chooser)


def choose(instrument: Instrument, node_id: str, chooser: screens.Chooser) -> Screen:
    """A step of choosing an item. Raises Missing for a part that this instrument does not have."""
    if not node_id or node_id == checklist.RESULTS:
        return screens.choose(instrument, None, node_id == checklist.RESULTS, chooser)
    node = instrument.by_id.get(node_id)
    if not isinstance(node, Area | SubComponent):
        raise Missing("Bagian ini tidak ada dalam LKE unit Anda.", next=chooser.back)
    return screens.choose(instrument, node, False, chooser)


@handles(routes.INTAKE_ITEM)
def set_item(turn: Turn, intake_id: int, item_id: str, revision: int) -> Goto:
    """It belongs to this item."""
    choosing.set_item(turn, intake_id, revision, item_id)
    return Goto(routes.INTAKE(intake_id), labels.ITEM_SET)


@handles(routes.INTAKE_WHAT)
def ask_document(turn: Turn, intake_id: int) -> Screen | Goto:
    """Which of the item's examples is it?"""
    view = _waiting(turn, intake_id)
    item = choosing.choice_of(turn, view).item
    if item is None:
        return Goto(routes.INTAKE_WHERE(intake_id, ""))
    places = [*range(len(item.evidence)), OTHER]
    actions = [(place, routes.INTAKE_EXPECTED(intake_id, place, view.row.revision)) for place in places]
    return screens.what(item, actions, routes.INTAKE(intake_id))


@handles(routes.INTAKE_EXPECTED)
def set_document(turn: Turn, intake_id: int, place: int, revision: int) -> Goto:
    """It is this example, or something else."""
    choosing.set_expected(turn, intake_id, revision, place)
    return Goto(routes.INTAKE(intake_id), labels.DOCUMENT_SET)


# deciding ------------------------------------------------------------------------------------------


@handles(routes.INTAKE_SAVE)
def save(turn: Turn, intake_id: int, revision: int) -> Goto:
    """Save it as proposed."""
    return _save(turn, intake_id, revision)


def _save(turn: Turn, intake_id: int, revision: int | None) -> Goto:
    if intake.view(turn, intake_id).row.evidence_id is not None:
        evidence_id = choosing.save_version(turn, intake_id, revision)
        return Goto(routes.EVIDENCE_SHOW(evidence_id), labels.VERSION_SAVED)
    choosing.save(turn, intake_id, revision)
    return Goto(routes.INTAKE_SAVED(intake_id))


@handles(routes.INTAKE_CANCEL_ASK)
def ask_cancel(turn: Turn, intake_id: int) -> Screen:
    """Ask before it goes."""
    view = intake.view(turn, intake_id)
    if view.row.state in (intake.SAVED, intake.CANCELLED):
        raise Outdated(intake.OVER, next=routes.INTAKE(intake_id))
    return screens.cancel_ask(view)


@handles(routes.INTAKE_CANCEL)
def cancel(turn: Turn, intake_id: int) -> Goto:
    """Let it go."""
    item = intake.view(turn, intake_id).item
    intake.cancel(turn, intake_id)
    back = routes.LKE_ITEM(item.id) if item is not None and turn.open_unit is not None else routes.HOME()
    return Goto(back, labels.CANCELLED)


@handles(routes.INTAKE_AGAIN)
def again(turn: Turn, intake_id: int) -> Goto:
    """Fetch once more what could not be had."""
    intake.again(turn, intake_id)
    return Goto(routes.INTAKE(intake_id))


@handles(routes.INTAKE_SHEET)
def as_worksheet(turn: Turn, intake_id: int) -> Goto:
    """It is an LKE after all: bring it in."""
    view = intake.ready(turn, intake_id)
    if not _may_import(turn, view):
        raise Outdated(intake.OVER, next=routes.INTAKE(intake_id))
    turn.event = replace(turn.event, file=_incoming(view), text="")
    intake.cancel(turn, intake_id)
    return Goto(routes.IMPORT_FILE())
