"""Rules of review: sending, recalling, approving, returning, asking. Every change enters the history.

Order of locks: the answer first, then `ItemWork`; a decision locks `ItemWork` alone and compares its
revision, which every change of answer, Penjelasan or evidence of a sent item moves on.
"""

from datetime import date, timedelta

from flows import outbox, policy, routes
from flows.checklist import changes, stored
from flows.checklist import service as checklist
from flows.checklist.record import Place, log
from flows.models import Answer, ItemWork, Person
from flows.review import refusals, reviewers
from flows.review.asking import said
from flows.review.looking import answer_row, known, unchecked
from flows.review.states import APPROVED as APPROVED
from flows.review.states import NONE as NONE
from flows.review.states import RETURNED as RETURNED
from flows.review.states import WAITING as WAITING
from flows.review.states import claim as claim
from flows.review.states import state_of as state_of
from flows.review.states import states as states
from flows.review.states import touched as touched
from flows.review.states import touched_all as touched_all
from flows.review.states import work_of as work_of
from flows.review.states import works as works
from flows.turn import Turn

SEND, RECALL, APPROVE, RETURN = "send", "recall", "approve", "return"
FIX_DAYS = 3
"""Working days that a return gives by default."""


# sending and recalling -----------------------------------------------------------------------------


def send(turn: Turn, at: Place, seen: int | None = None) -> ItemWork:
    """Send an item to its reviewers, who are told. `seen` is the revision the person acted on.

    Raises BadInput without an answer, Outdated when it was sent or changed meanwhile, NotAllowed.
    """
    policy.require(turn.actor, "answer", at.current.unit, checklist.area_id_of(at.item))
    row = changes.ensure_row(turn, at)
    work = claim(turn, at.current.id, at.item.id)
    if work.state == WAITING:
        raise refusals.sent_already(at)
    if seen is not None and work.revision != seen:
        raise refusals.outdated(at)
    if work.not_applicable:
        raise refusals.not_applicable(at)
    if not stored.is_answered(at.item, known(turn, at, row)):
        raise refusals.unanswered(at)
    if unchecked(turn, at, row):
        raise refusals.unchecked(at)
    before = work.state
    work.state, work.sent_by, work.sent_at = WAITING, turn.actor.person_id, turn.now
    work.decided_by, work.decided_at, work.reason, work.fix_by = None, None, "", None
    _keep(turn, work)
    log(turn, at, SEND, {"state": before}, {"state": WAITING, "rev": work.revision})
    _tell_reviewers(turn, at, work, row)
    return work


def _tell_reviewers(turn: Turn, at: Place, work: ItemWork, row: Answer) -> None:
    team = reviewers.team_of(turn, at.current.unit)
    people = reviewers.to_tell(
        team, reviewers.authors_of(work, row), checklist.area_id_of(at.item), turn.actor.person_id
    )
    action = routes.REVIEW_ASKED(at.current.id, at.item.id, work.revision)
    outbox.add(turn.session, [_message("reviu", work, person, action) for person in people], turn.now)


def recall(turn: Turn, at: Place, seen: int) -> None:
    """Take back what one has sent. Raises Outdated when it was decided meanwhile, NotAllowed for others."""
    work = claim(turn, at.current.id, at.item.id)
    if work.sent_by != turn.actor.person_id:
        raise refusals.not_sender(at)
    if work.state != WAITING or work.revision != seen:
        raise refusals.decided(at, work, _person(turn, work.decided_by), reviewer=False)
    work.state, work.sent_by, work.sent_at = NONE, None, None
    _keep(turn, work)
    log(turn, at, RECALL, {"state": WAITING}, {"state": NONE, "rev": work.revision})


# deciding ------------------------------------------------------------------------------------------


def approve(turn: Turn, at: Place, seen: int) -> None:
    """Approve what is waiting. Raises Outdated, NotAllowed (also by the rule on one's own work)."""
    work, own = _to_decide(turn, at, seen)
    work.state, work.decided_by, work.decided_at = APPROVED, turn.actor.person_id, turn.now
    _keep(turn, work)
    log(turn, at, APPROVE, {"state": WAITING}, {"state": APPROVED, "own": own, "rev": work.revision})
    _tell_sender(turn, at, work)


def send_back(turn: Turn, at: Place, seen: int, reason: str, fix_by: date) -> None:
    """Return what is waiting, with a reason and the day by which it is to be mended. Raises as `approve`."""
    reason = said(reason, routes.REVIEW_CARD(at.current.id, at.item.id))
    work, own = _to_decide(turn, at, seen)
    work.state, work.decided_by, work.decided_at = RETURNED, turn.actor.person_id, turn.now
    work.reason, work.fix_by = reason, fix_by
    _keep(turn, work)
    after = {
        "state": RETURNED,
        "reason": reason,
        "fix_by": fix_by.isoformat(),
        "own": own,
        "rev": work.revision,
    }
    log(turn, at, RETURN, {"state": WAITING}, after)
    _tell_sender(turn, at, work)


def check(turn: Turn, at: Place, seen: int) -> None:
    """Raise as `approve` would, without deciding: before a reason is asked for."""
    _to_decide(turn, at, seen)


def _to_decide(turn: Turn, at: Place, seen: int) -> tuple[ItemWork, bool]:
    """The claimed row, and whether the actor decides on work of their own."""
    area = checklist.area_id_of(at.item)
    policy.require(turn.actor, "review", at.current.unit, area)
    work = claim(turn, at.current.id, at.item.id)
    if work.state != WAITING or work.revision != seen:
        raise refusals.decided(at, work, _person(turn, work.decided_by))
    authors = reviewers.authors_of(work, answer_row(turn, at))
    own = turn.actor.person_id in authors
    if own:
        team = reviewers.team_of(turn, at.current.unit)
        if not team.may_decide(turn.actor.person_id, authors, area):
            raise refusals.own_work(at, [r.person.name for r in team.reviewers(area) if r.id not in authors])
    return work, own


def _tell_sender(turn: Turn, at: Place, work: ItemWork) -> None:
    sender = _person(turn, work.sent_by)
    if sender is None or sender.id == turn.actor.person_id:
        return
    action = routes.REVIEW_TOLD(at.current.id, at.item.id, work.revision)
    if sender.telegram_id is not None:
        outbox.add(turn.session, [_message("reviu-hasil", work, sender, action)], turn.now)


def fix_day(today: date, days: int = FIX_DAYS) -> date:
    """So many working days (Monday to Friday) from today."""
    day = today
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


# shared --------------------------------------------------------------------------------------------


def _keep(turn: Turn, work: ItemWork) -> None:
    turn.session.add(work)
    turn.session.flush()


def _person(turn: Turn, person_id: int | None) -> Person | None:
    return turn.session.get(Person, person_id) if person_id is not None else None


def _message(kind: str, work: ItemWork, person: Person, action: routes.Action) -> outbox.Message:
    return outbox.Message(
        key=f"{kind}:{work.id}:{work.revision}:{person.id}",
        chat_id=person.telegram_id or 0,
        person_id=person.id,
        action=action,
    )
