"""A question to the reviewer and the reply: both stand in the item's history."""

from flows import outbox, policy, routes
from flows.checklist.record import Place, log
from flows.errors import Missing
from flows.models import AnswerChange, Person
from flows.review import refusals
from flows.review.looking import place
from flows.review.states import work_of
from flows.turn import Turn

ASK, REPLY = "ask", "reply"
REASON_LIMIT = 500
"""Characters of a reason, a question and a reply."""


def ask(turn: Turn, at: Place, text: str) -> str:
    """Ask whoever has decided on an item. Returns their name. Raises Missing when nobody can be asked."""
    text = said(text, routes.REVIEW_ASK(at.current.id, at.item.id))
    work = work_of(turn.session, at.current.id, at.item.id)
    person = _person(turn, work.decided_by if work is not None else None)
    if work is None or person is None or person.telegram_id is None or person.deleted_at is not None:
        raise refusals.nobody_to_ask(at)
    change_id = log(turn, at, ASK, None, {"text": text, "to": person.id, "rev": work.revision})
    change = turn.session.get_one(AnswerChange, change_id)
    action = routes.REVIEW_QUESTION(change_id)
    outbox.add(turn.session, [_said("reviu-tanya", change, person, action)], turn.now)
    return person.name


def reply(turn: Turn, change_id: int, text: str) -> tuple[Place, str]:
    """Answer a question on a review. Returns where, and who asked."""
    change, at = question(turn, change_id, ASK)
    text = said(text, routes.REVIEW_REPLY(change_id))
    asker = _person(turn, change.person_id)
    revision = int((change.after or {}).get("rev", 0))
    made_id = log(turn, at, REPLY, None, {"text": text, "to": change.person_id, "rev": revision})
    if asker is None or asker.telegram_id is None:
        return at, ""
    made = turn.session.get_one(AnswerChange, made_id)
    action = routes.REVIEW_REPLIED(made_id)
    outbox.add(turn.session, [_said("reviu-jawab", made, asker, action)], turn.now)
    return at, asker.name


def question(turn: Turn, change_id: int, kind: str) -> tuple[AnswerChange, Place]:
    """A question or reply with its place, for the people of its unit. Raises Missing, NotAllowed.

    A question is for those who review there, a reply for those who fill.
    """
    change = turn.session.get(AnswerChange, change_id)
    if change is None or change.kind != kind:
        raise Missing("Pertanyaan ini tidak ditemukan lagi.", change_id=change_id)
    act: policy.Act = "review" if kind == ASK else "answer"
    return change, place(turn, change.assessment_id, change.item_id, act)


def said(text: str, again: routes.Action) -> str:
    """What was typed, trimmed. Raises BadInput when it is empty or too long: it is never cut."""
    text = text.strip()
    if not text or len(text) > REASON_LIMIT:
        raise refusals.length(len(text), REASON_LIMIT, again)
    return text


def _person(turn: Turn, person_id: int | None) -> Person | None:
    return turn.session.get(Person, person_id) if person_id is not None else None


def _said(kind: str, change: AnswerChange, person: Person, action: routes.Action) -> outbox.Message:
    return outbox.Message(
        key=f"{kind}:{change.id}", chat_id=person.telegram_id or 0, person_id=person.id, action=action
    )
