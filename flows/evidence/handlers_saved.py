"""Evidence that has just been saved: what is still missing for its item, and the next step."""

from flows import routes
from flows.checklist import service as checklist
from flows.checklist.service import Current, ItemView
from flows.errors import Outdated
from flows.evidence import intake, links, screens, service
from flows.evidence.intake import View
from flows.evidence.texts import labels, sent
from flows.models import Evidence
from flows.routes import handles
from flows.screen import Button, Expect, Screen
from flows.turn import Turn


def shown(turn: Turn, view: View) -> int | None:
    """The piece that it became, for somebody who may see it."""
    evidence = turn.session.get(Evidence, view.row.evidence_id) if view.row.evidence_id else None
    if evidence is None or not service.may_see(turn, evidence):
        return None
    open_unit = turn.open_unit
    return evidence.id if open_unit is not None and open_unit.id == evidence.unit_id else None


@handles(routes.INTAKE_SAVED)
def show_saved(turn: Turn, intake_id: int) -> Screen:
    """It is saved, what is still missing, and the next step."""
    view = intake.view(turn, intake_id)
    if view.row.state != intake.SAVED:
        raise Outdated(intake.OVER, next=routes.INTAKE(intake_id))
    _, waiting = intake.undecided(turn, 0)
    item_id = view.row.proposal.get("item")
    where = _open_place(turn, view)
    if not item_id or where is None:
        return screens.saved(view.row, None, [], waiting, [], None)
    item = checklist.item_of(view.instrument, str(item_id))
    found = service.of_item(turn.session, view.assessment, item)
    state, restricted = view.row.proposal.get("link_state"), _is_restricted(turn, view)
    if view.row.url and (state == links.LOCKED or (restricted and state == links.OPEN)):
        return screens.saved(view.row, found, [], waiting, _link_buttons(turn, view), None, restricted)
    lines, step, expects = _next_step(checklist.view_item(turn, item.id))
    return screens.saved(view.row, found, lines, waiting, step, expects)


def _is_restricted(turn: Turn, view: View) -> bool:
    evidence = turn.session.get(Evidence, view.row.evidence_id) if view.row.evidence_id else None
    return evidence is not None and evidence.restricted


def _open_place(turn: Turn, view: View) -> Current | None:
    """The open LKE, if that is the one that the evidence went to."""
    unit = turn.open_unit
    if unit is None or unit.id != view.unit.id or not view.member:
        return None
    where = checklist.current(turn)
    return where if where.id == view.assessment.id else None


def _link_buttons(turn: Turn, view: View) -> list[Button]:
    evidence_id = shown(turn, view)
    if evidence_id is None:
        return []
    evidence = turn.session.get_one(Evidence, evidence_id)
    buttons = [Button(labels.CHECK_AGAIN, routes.LINK_CHECK(evidence_id))]
    if not evidence.restricted:
        mark = routes.EVIDENCE_RESTRICT(evidence_id, 1, evidence.revision)
        buttons.append(Button(labels.RESTRICT, mark))
    return buttons


def _next_step(view: ItemView) -> tuple[list[str], list[Button], Expect | None]:
    """What is left to do for the item: the Penjelasan, else the review, else more of the same."""
    item, where = view.item, view.current
    more = routes.INTAKE_FILE(item.id)
    if not view.may_answer:
        return [], [], None
    if not view.note.strip():
        note = routes.LKE_NOTE_SAVE(where.id, item.id, view.revision)
        buttons = [Button(labels.EXAMPLE, routes.NOTE_EXAMPLE(item.id))]
        return [sent.NOTE_NEXT], buttons, Expect(text=note, file=more, only=True)
    if view.answered and view.review in ("", "returned"):
        revision = view.work.revision if view.work is not None else 0
        ask = routes.REVIEW_SEND(where.id, item.id, revision, 0)
        return [sent.REVIEW_NEXT], [Button(labels.SEND_REVIEW, ask)], Expect(file=more)
    return [sent.MORE_NEXT], [], Expect(text=routes.INTAKE_LINK(item.id), file=more)
