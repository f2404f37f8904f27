"""The mark "tidak berlaku": an indicator that the unit says does not apply, with its reason.

It scores as unanswered (0), so its answer is taken away when it is set; the history keeps it.
"""

from flows import policy, routes
from flows.checklist import changes
from flows.checklist import service as checklist
from flows.checklist.record import Place, log
from flows.errors import BadInput, Outdated
from flows.models import ItemWork
from flows.review import refusals
from flows.review.asking import said
from flows.review.states import NA_OFF, NONE, claim
from flows.turn import Turn
from knowledge.instrument import Indicator

NA = "na"


def require(at: Place) -> None:
    """Raise BadInput for the result part: surveys and results apply to every unit."""
    if not isinstance(at.item, Indicator):
        raise BadInput(
            "Bagian Hasil berlaku untuk setiap unit, jadi tidak dapat ditandai.",
            next=routes.LKE_ITEM(at.item.id),
        )


def set_off(turn: Turn, at: Place, reason: str, seen: int) -> None:
    """Mark an indicator as not applying; its answer goes and a review of it ends.

    Raises BadInput, Outdated (`seen` is the revision of the item's work that the person acted on).
    """
    require(at)
    policy.require(turn.actor, "answer", at.current.unit, checklist.area_id_of(at.item))
    reason = said(reason, routes.NA_ASK(at.item.id))
    row = changes.ensure_row(turn, at)
    work = claim(turn, at.current.id, at.item.id)
    _current(at, work, seen)
    if work.not_applicable and work.na_reason == reason:
        return
    changes.clear_answer(turn, at, row.revision)
    work = claim(turn, at.current.id, at.item.id)
    before = {"reason": work.na_reason} if work.not_applicable else None
    work.state, work.sent_by, work.sent_at = NONE, None, None
    work.decided_by, work.decided_at, work.reason, work.fix_by = None, None, "", None
    work.not_applicable, work.na_reason = True, reason
    work.na_by, work.na_at = turn.actor.person_id, turn.now
    turn.session.add(work)
    turn.session.flush()
    log(turn, at, NA, before, {"reason": reason, "rev": work.revision})


def set_on(turn: Turn, at: Place, seen: int) -> None:
    """It applies after all: to be answered like any other. Raises Outdated."""
    policy.require(turn.actor, "answer", at.current.unit, checklist.area_id_of(at.item))
    work = claim(turn, at.current.id, at.item.id)
    if not work.not_applicable:
        raise Outdated("Tanda tidak berlaku memang sudah dilepas.", next=routes.LKE_ITEM(at.item.id))
    _current(at, work, seen)
    reason = work.na_reason
    work.not_applicable, work.na_reason, work.na_by, work.na_at = False, "", None, None
    turn.session.add(work)
    turn.session.flush()
    log(turn, at, NA_OFF, {"reason": reason}, {"rev": work.revision})


def _current(at: Place, work: ItemWork, seen: int) -> None:
    if work.revision != seen:
        raise refusals.outdated(at)
