"""Answers where others read along or room is short: the short answer, its basis, and a way to the rest."""

import re
from dataclasses import dataclass

from flows import fmt
from flows.faq import computed, dated, names, nodes, replies
from flows.faq.names import TRAVELS
from knowledge.documents import LKE
from knowledge.library import Library
from knowledge.outcome import Outcome

STARTERS = (
    "beda-wbk-wbbm",
    "nilai-total-minimal",
    "nilai-minimal-survei",
    "beda-spak-skm-spi",
    "bukti-dukung-umum",
)
"""What is offered before anything is typed."""

MOST_CARDS = 6
MOST_LINES = 8
DESCRIPTION = 110
ASK_PAYLOAD = "tanya"
"""The start parameter that leads to the invitation to ask."""

_TOPIC_PAYLOAD = re.compile(r"t-([A-Za-z0-9_-]{1,62})")
_BASIS = "Dasar: "


@dataclass(frozen=True, slots=True)
class Card:
    """One result of inline mode. `text` is Telegram HTML; `payload` opens the whole answer in private."""

    id: str
    title: str
    description: str
    text: str
    payload: str


def payload(topic: str) -> str:
    """The start parameter that opens a topic: only A-Z a-z 0-9 _ -, as Telegram asks."""
    return f"t-{names.pack(topic).replace('.', '_')}"


def topic_of(start: str) -> str | None:
    """The topic that a start parameter opens, as it travels in actions; None for another parameter."""
    found = _TOPIC_PAYLOAD.fullmatch(start)
    if found is None:
        return None
    name = found.group(1)
    mark = TRAVELS.replace(".", "_")
    return TRAVELS + name.removeprefix(mark).replace("_", ".") if name.startswith(mark) else name


def url(bot_username: str, start: str) -> str:
    """The address that opens the private chat with a start parameter."""
    return f"https://t.me/{bot_username}?start={start}"


def text(library: Library, topic: str, outcome: Outcome | None = None, question: str = "") -> str:
    """The short answer to a topic with its basis, as plain text. Raises `KeyError` for an unknown one."""
    angle = outcome.angle if outcome else ""
    if topic.startswith(LKE):
        return _node(nodes.text(library.instrument(), topic.removeprefix(LKE), angle))
    if topic in library.glossary:
        return replies.topic_text(library, topic)
    entry = library.faq[topic]
    said = entry.short
    if outcome is not None and outcome.figures:
        said = computed.verdict(library.instrument(), outcome.figures, outcome.target)
    elif outcome is not None and outcome.as_of is not None:
        opening = dated.opening(entry, outcome.as_of)
        said = opening if dated.is_past(entry, outcome.as_of) else f"{opening}\n\n{said}"
    elif outcome is not None and question:
        said = "\n\n".join(part for part in (replies.pointed(library, question, outcome), said) if part)
    return "\n\n".join(part for part in (said, replies.footing(entry)) if part)


def cards(library: Library, question: str) -> tuple[Card, ...]:
    """What inline mode offers for a question, best first; nothing when it is not understood. Never raises."""
    asked = question.strip()
    if not asked:
        return tuple(_card(library, topic) for topic in STARTERS)
    outcome = library.ask(asked)
    if outcome.kind not in {"answer", "choices"}:
        return ()
    known = [topic for topic in outcome.topics if names.known(library, topic)]
    made = [_card(library, topic, outcome, asked) for topic in known]
    if outcome.kind == "answer" and known:
        beside = [each for topic in known for each in replies.related(library, topic) if each not in known]
        made += [_card(library, topic) for topic in dict.fromkeys(beside)]
    return tuple(made[:MOST_CARDS])


def _card(library: Library, topic: str, outcome: Outcome | None = None, question: str = "") -> Card:
    said = text(library, topic, outcome, question)
    title = names.title(library, topic)
    first = next(line for line in said.split("\n") if line and line != title)
    body = said if said.startswith(title) else f"{title}\n\n{said}"
    head, _, rest = body.partition("\n")
    return Card(
        id=names.pack(topic),
        title=title,
        description=fmt.cut(first, DESCRIPTION),
        text=f"{fmt.bold(head)}\n{fmt.esc(rest)}",
        payload=payload(topic),
    )


def _node(whole: str) -> str:
    """An instrument node without its long lists."""
    blocks = whole.split("\n\n")
    kept = [_shortened(block) for block in blocks[:2]]
    if blocks[-1] not in blocks[:2]:
        kept += [line for line in blocks[-1].split("\n") if line.startswith(_BASIS)]
    return "\n\n".join(kept)


def _shortened(block: str) -> str:
    lines = block.split("\n")
    return block if len(lines) <= MOST_LINES else "\n".join((*lines[:MOST_LINES], "…"))
