"""Asking in a group: brief, with the way to the whole answer; buttons that lead nowhere personal."""

from flows import fmt, routes
from flows.faq import brief, names, replies, service, texts
from flows.faq.names import pack
from flows.screen import Button, Expect, Screen, rows
from flows.turn import Turn
from knowledge.outcome import Outcome


def answer(turn: Turn, question: str, outcome: Outcome) -> Screen:
    """The reply to a question that the library has understood as `outcome`."""
    known = [topic for topic in outcome.topics if names.known(turn.library, topic)]
    if outcome.kind == "answer" and known:
        service.remember(turn, known[0])
        return _brief(turn, known, outcome, question)
    if outcome.kind == "choices" and known:
        service.note_unmet(turn, question, service.UNSURE, known[0])
        return choices(turn, known)
    if outcome.kind == "decline":
        service.note_unmet(turn, question, service.UNANSWERED)
    reply = replies.reply_to(turn.library, question, outcome)
    return Screen(fmt.esc(reply.text), rows(_open(turn)))


def topic(turn: Turn, wanted: str) -> Screen:
    """One topic."""
    return _brief(turn, [wanted], None)


def choices(turn: Turn, topics: list[str]) -> Screen:
    """The nearest topics by number; a number typed as a reply works as well."""
    ids = [pack(each) for each in topics]
    numbers = [Button(str(number), routes.TOPIC(each)) for number, each in enumerate(ids, 1)]
    text = texts.choices([names.title(turn.library, each) for each in topics])
    return Screen(fmt.esc(text), rows(numbers), Expect(text=routes.TOPIC_PICK(",".join(ids))))


def prompt(turn: Turn) -> Screen:
    """How to ask in a group."""
    return Screen(fmt.esc(texts.group_prompt(turn.bot_username)), rows(_open(turn)))


def _brief(turn: Turn, topics: list[str], outcome: Outcome | None, question: str = "") -> Screen:
    if outcome is not None and outcome.figures:
        topics = topics[:1]  # the verdict on the figures is said once
    said = "\n\n".join(brief.text(turn.library, each, outcome, question) for each in topics)
    return Screen(fmt.esc(said), rows(*(_whole(turn, each, len(topics)) for each in topics)))


def _whole(turn: Turn, topic: str, of: int) -> Button:
    label = texts.OPEN_WHOLE if of == 1 else f"{texts.OPEN}: {names.label(turn.library, topic)}"
    return Button(label, url=brief.url(turn.bot_username, brief.payload(topic)))


def _open(turn: Turn) -> Button:
    return Button(texts.OPEN_PRIVATE, url=brief.url(turn.bot_username, brief.ASK_PAYLOAD))
