"""The way back of our own files, and the text to paste. The files themselves are made by `flows.delivery`."""

from sqlmodel import select

from flows import delivery, policy, routes
from flows.delivery import Offer
from flows.errors import FlowError
from flows.importing import service as importing
from flows.importing.service import APPLIED, READY
from flows.models import Answer, Person, Unit
from flows.routes import handles
from flows.screen import Gone, Goto, Screen
from flows.turn import Turn
from flows.workbook import kinds, pasting, screens, service
from flows.workbook.comparing import ANSWER, Change
from flows.workbook.service import View
from flows.workbook.texts import chat
from flows.workbook.texts import returning as texts

__all__ = ["kinds"]


def _may_send(turn: Turn, unit: Unit) -> bool:
    return policy.can(turn.actor, "answer", unit) or policy.may_assess(turn.actor, unit)


delivery.offer(Offer(chat.RECAP, chat.RECAP_ABOUT, lambda _: routes.WORKBOOK_TEXT(), rank=30))
delivery.offer(Offer(chat.RETURN, chat.RETURN_ABOUT, lambda _: routes.WORKBOOK_SEND(), _may_send, rank=90))


@handles(routes.WORKBOOK_TEXT)
def recap(turn: Turn) -> Screen:
    """The open unit in a few lines to paste."""
    found = pasting.recap_of(turn)
    return screens.recap(chat.recap(found, turn.now, turn.bot_username))


@handles(routes.WORKBOOK_SEND)
def ask(turn: Turn) -> Screen:
    """How to send a file back."""
    importing.require_sender(turn, turn.unit)
    return screens.ask_file(turn.unit.name)


@handles(routes.WORKBOOK_SHOW)
def show(turn: Turn, import_id: int) -> Screen:
    """What a file would change, or how it ended."""
    return _screen(turn, service.view(turn, import_id))


def _screen(turn: Turn, view: View) -> Screen:
    if view.row.state == READY and view.plan is not None:
        return screens.result(view, view.plan, turn.zone_name)
    return screens.saved(view) if view.row.state == APPLIED else screens.ended()


@handles(routes.WORKBOOK_TOLD)
def told(turn: Turn, import_id: int) -> Screen | Gone:
    """The file has been read: as its sender sees it when the message is sent."""
    try:
        view = service.view(turn, import_id)
    except FlowError:
        return Gone()
    return _screen(turn, view) if view.row.state == READY else Gone()


@handles(routes.WORKBOOK_LIST)
def listed(turn: Turn, import_id: int, page: int) -> Screen | Goto:
    """Every change, a page at a time."""
    view = service.view(turn, import_id)
    if view.plan is None or not view.plan.allowed:
        return Goto(routes.WORKBOOK_SHOW(import_id))
    last = (len(view.plan.allowed) - 1) // texts.PAGE
    return screens.listed(view, view.plan, min(max(0, page), last))


@handles(routes.WORKBOOK_CHANGE)
def one(turn: Turn, import_id: int, key: str) -> Screen | Goto:
    """One change."""
    view = service.view(turn, import_id)
    if view.plan is None:
        return Goto(routes.WORKBOOK_SHOW(import_id))
    change = next((each for each in view.plan.allowed if each.key == key), None)
    if change is None:
        return Goto(routes.WORKBOOK_SHOW(import_id))
    return screens.one(view, view.plan, change, _who(turn, view, change))


def _who(turn: Turn, view: View, change: Change) -> str:
    """Whose what stands is, plain text; "" when nobody is known."""
    assessment = view.tpi if change.side == "tpi" else view.where.assessment
    if assessment is None:
        return ""
    row = turn.session.exec(
        select(Answer).where(Answer.assessment_id == assessment.id, Answer.item_id == change.item.id)
    ).first()
    person_id = None if row is None else row.answered_by if change.part == ANSWER else row.note_by
    person = turn.session.get(Person, person_id) if person_id else None
    if person is None:
        return ""
    if person.id == turn.actor.person_id:
        return "Anda"
    return "mantan anggota" if person.deleted_at is not None else person.name


@handles(routes.WORKBOOK_SET)
def decide(turn: Turn, import_id: int, key: str, choice: str) -> Goto:
    """One change: from the file, or as it stands; then the next that needs a word."""
    plan = service.decide(turn, import_id, key, choice)
    if plan.open:
        return Goto(routes.WORKBOOK_CHANGE(import_id, plan.open[0].key), texts.DECIDED)
    return Goto(routes.WORKBOOK_SHOW(import_id), texts.DECIDED)


@handles(routes.WORKBOOK_APPLY)
def save(turn: Turn, import_id: int, seen: int) -> Goto:
    """Write what is taken; the chat goes on with the unit of the file."""
    view = service.view(turn, import_id)
    facts = service.apply(turn, import_id, seen)
    if turn.state.unit_id != view.where.unit.id:
        turn.state.unit_id = view.where.unit.id
        turn.forget()
    return Goto(routes.WORKBOOK_SHOW(import_id), texts.saved_toast(facts))


@handles(routes.WORKBOOK_CANCEL)
def cancel(turn: Turn, import_id: int) -> Goto:
    """Let the file go."""
    service.cancel(turn, import_id)
    return Goto(routes.DOCUMENTS(), texts.CANCELLED)
