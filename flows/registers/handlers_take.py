"""From a register into the LKE: looked at first, then taken by the ordinary ways of answering."""

from flows import routes
from flows.checklist import changes
from flows.checklist import service as checklist
from flows.checklist.changes import Outcome
from flows.errors import BadInput, Missing
from flows.models import Unit
from flows.registers import screens_take, service, taking
from flows.registers.kinds import INOVASI, KIND_OF_ITEM, KINDS, Kind
from flows.registers.texts import taking as texts
from flows.routes import handles
from flows.screen import Goto, Screen
from flows.turn import Turn
from knowledge.instrument import Indicator


def _kind(item_id: str) -> Kind:
    if item_id not in KIND_OF_ITEM:
        raise Missing(texts.NOT_FED, next=routes.REGISTERS())
    return KINDS[KIND_OF_ITEM[item_id]]


@handles(routes.REGISTER_TAKE)
def propose(turn: Turn, item_id: str, year: int) -> Screen:
    """What the register says for the indicator, beside what stands there."""
    kind = _kind(item_id)
    view = checklist.view_item(turn, item_id)
    if not isinstance(view.item, Indicator):
        raise Missing(texts.NOT_FED, next=routes.REGISTERS())
    found = service.lines(turn.session, view.current.unit, kind)
    years = () if kind.code == INOVASI else service.years_of(kind, found)
    chosen = year if year in years else years[0] if years else 0
    made = taking.for_item(view.item, kind, found, chosen, view.answer)
    if taking.is_count(view.item):
        return screens_take.counts(view, kind, chosen, years, made)
    return screens_take.note(view, kind, made)


@handles(routes.REGISTER_NOTE)
def take_note(turn: Turn, assessment_id: int, item_id: str, revision: int, below: int) -> Goto:
    """Make the register's narrative the Penjelasan, or add it below; a clash is decided as any other."""
    kind = _kind(item_id)
    at = changes.place(turn, assessment_id, item_id)
    again = routes.REGISTER_TAKE(item_id, 0)
    text = _narrative(turn, at.current.unit, kind, again)
    present = checklist.view_item(turn, item_id).note
    if below and present:
        text = f"{present}\n{text}"
    if len(text) > changes.NOTE_LIMIT:
        raise BadInput(texts.NOTE_TOO_LONG.format(limit=changes.NOTE_LIMIT), next=again)
    outcome = changes.write_note(turn, at, text, revision)
    if outcome is Outcome.CLASH:
        changes.hold_note(turn, at, text)
        return Goto(routes.LKE_NOTE_CLASH(assessment_id, item_id))
    return Goto(routes.LKE_ITEM(item_id), texts.NOTE_SAVED if outcome is Outcome.SAVED else texts.NOTE_SAME)


def _narrative(turn: Turn, unit: Unit, kind: Kind, again: routes.Action) -> str:
    found = service.lines(turn.session, unit, kind)
    text, _ = taking.narrative(found) if kind.code == INOVASI else ("", 0)
    if not text:
        raise Missing(taking.NOTHING, next=again)
    return text
