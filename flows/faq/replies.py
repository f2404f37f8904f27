"""The visible text of every answer, without markup: what the chat shows and the command line prints."""

from dataclasses import dataclass

from flows.faq import computed, dated, names, nodes, texts
from knowledge.as_of import AsOf
from knowledge.documents import LKE, OUTSIDE
from knowledge.faq import Entry
from knowledge.library import Library
from knowledge.outcome import Outcome

LAST_LATIN = 0x024F
"""The last letter of Latin Extended-B in Unicode."""
ONLY_BASIS = "dasar"
"""The angle of a question for nothing but the rule behind the last answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said. `topics` are answered, `suggestions` offered; `answered` as in the command line."""

    text: str
    topics: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    answered: bool = False


def reply_to(library: Library, question: str, outcome: Outcome) -> Reply:
    """The reply to a question the library has understood as `outcome`."""
    match outcome.kind:
        case "smalltalk":
            text = texts.smalltalk(outcome.smalltalk, question)
            return Reply(text, answered=outcome.smalltalk != texts.ANGER)
        case "answer":
            first = pointed(library, question, outcome)
            text = _joined(first, *(_answer(library, topic, outcome) for topic in outcome.topics))
            return Reply(text, outcome.topics, related(library, outcome.topics[0]), answered=True)
        case "choices":
            titles = [names.title(library, topic) for topic in outcome.topics]
            return Reply(texts.choices(titles), (), outcome.topics)
        case "decline":
            return Reply(_decline(library, question, outcome))


def pointed(library: Library, question: str, outcome: Outcome) -> str:
    """The sentence that answers a narrow question by itself, said first; "" for any other question."""
    if outcome.kind != "answer" or outcome.figures or outcome.as_of is not None:
        return ""
    if outcome.reckoned is not None:
        return computed.worked(outcome.reckoned)
    said = (library.pointed.within(topic, question) for topic in outcome.topics)
    return next(filter(None, said), "") or _lead(library, question, outcome)


def _lead(library: Library, question: str, outcome: Outcome) -> str:
    """The line of the one answer that a narrow question asks for."""
    if len(outcome.topics) > 1 or outcome.angle:
        return ""
    return library.lead(outcome.topics[0], question)


def topic_text(library: Library, topic: str, angle: str = "") -> str:
    """Everything that is said about a topic. Raises `KeyError` for an unknown one."""
    if topic.startswith(LKE):
        return nodes.text(library.instrument(), topic.removeprefix(LKE), angle)
    if topic in library.glossary:
        return _term(library, topic)
    entry = library.faq[topic]
    return _joined(entry.short, entry.detail, footing(entry))


def related(library: Library, topic: str) -> tuple[str, ...]:
    """At most three topics that people ask next."""
    if topic.startswith(LKE):
        return ()
    term = library.glossary.get(topic)
    if term is not None:
        found = (term.topic,) if term.topic else ()
        entry = library.faq.get(term.topic or "")
        return (*found, *(entry.related if entry else ()))[:3]
    return tuple(each for each in library.faq[topic].related if names.known(library, each))[:3]


def _answer(library: Library, topic: str, outcome: Outcome) -> str:
    entry = library.faq.get(topic)
    if entry is not None and outcome.as_of is not None and not outcome.figures:
        return _dated(entry, outcome.as_of)
    if entry is not None and outcome.angle == ONLY_BASIS:
        return _joined(texts.only_basis(entry.title, entry.rule, entry.basis), texts.caution(entry.caution))
    if entry is not None and len(outcome.topics) > 1:
        return _joined(entry.short, footing(entry))
    if entry is None or not outcome.figures:
        return topic_text(library, topic, outcome.angle)
    return _joined(
        computed.verdict(library.instrument(), outcome.figures, outcome.target),
        entry.short.partition("\n")[0],
        footing(entry),
    )


def _dated(entry: Entry, as_of: AsOf) -> str:
    """The rule of the days asked about first; then today's, in full only where it held then already."""
    opening = dated.opening(entry, as_of)
    if not dated.is_past(entry, as_of):
        return _joined(opening, entry.short, entry.detail, footing(entry))
    return _joined(opening, f"{texts.TODAYS_RULE}\n{entry.short}", footing(entry))


def footing(entry: Entry) -> str:
    """What is uncertain, and what the answer rests on."""
    return "\n".join(
        line for line in (texts.caution(entry.caution), texts.basis(entry.rule, entry.basis)) if line
    )


def _term(library: Library, topic: str) -> str:
    term = library.glossary[topic]
    meaning = "\n".join(line for line in (term.meaning, term.note) if line)
    return _joined(f"{term.abbr}: {term.expansion}.", meaning, texts.caution(term.caution))


def _decline(library: Library, question: str, outcome: Outcome) -> str:
    if _other_script(question):
        return _joined(texts.OTHER_SCRIPT, texts.NOT_FOUND_NEXT)
    subject = outcome.outside.removeprefix(OUTSIDE)
    if subject:
        return texts.outside(library.outside[subject].hint)
    return _joined(texts.NOT_FOUND, texts.NOT_FOUND_NEXT)


def _other_script(question: str) -> bool:
    """Whether most letters are of another script than the one that is understood."""
    letters = [char for char in question[:400] if char.isalpha()]
    foreign = sum(ord(char) > LAST_LATIN for char in letters)
    return foreign * 2 > len(letters)


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
