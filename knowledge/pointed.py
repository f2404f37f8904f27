"""The first sentence for a narrow question within a topic: what no rule settles, and what tempts.

Read from `data/pointed.yaml`. A topic answers many questions; who asks a narrow one wants its yes, no or
"tidak ditemukan" first, and the rest after it.
"""

import re
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from knowledge.asked_part import parts
from knowledge.errors import KnowledgeFileError
from knowledge.files import Part, Text, items_of, load_mapping, read
from knowledge.normalize import clean

FILE = "pointed.yaml"
MOST_CHARS = 4_000
SHORTEST = 2
"""No beginning of a word is shorter."""
UNRULED = re.compile(r"tidak (?:ada [\w ]+ yang )?saya temukan", re.IGNORECASE)
WORD = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)?")


class _Item(Part):
    id: Text
    topics: tuple[Text, ...]
    when: tuple[Text, ...]
    unless: str = ""
    alone: bool = False
    instead_of: tuple[Text, ...] = ()
    say: Text | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """Alternatives of which a question must hold one: beginnings of words, and whole words behind "="."""

    alternatives: frozenset[str]

    def met_by(self, said: Set[str]) -> bool:
        """Whether one of the words, or a beginning of one, is among these."""
        return not self.alternatives.isdisjoint(said)


@dataclass(frozen=True, slots=True)
class Pointed:
    """One sentence with the topics it opens and the words that call for it."""

    id: str
    topics: tuple[str, ...]
    when: tuple[Words, ...]
    unless: Words
    alone: bool
    instead_of: frozenset[str]
    say: str

    @property
    def unruled(self) -> bool:
        """Whether it says that no rule was found."""
        return UNRULED.search(self.say) is not None

    def asked_by(self, said: Set[str]) -> bool:
        """Whether a question of these words (see `_words`) asks for it."""
        return all(each.met_by(said) for each in self.when) and not self.unless.met_by(said)


@dataclass(frozen=True, slots=True)
class PointedAnswers:
    """Every pointed sentence, in the order of the file: the first that fits is said."""

    items: tuple[Pointed, ...]
    elsewhere: Words = Words(frozenset())
    about: Words = Words(frozenset())

    def within(self, topic: str, text: str) -> str:
        """The sentence that opens this topic's answer to the question; "" when none is called for."""
        for words in _read(text):
            said = (each.say for each in self.items if topic in each.topics and each.asked_by(words))
            first = next(filter(None, said), "")
            if first:
                return first
        return ""

    def alone(self, text: str, taken_for: Collection[str] = (), *, declined: bool = False) -> Pointed | None:
        """The sentence that such a question is about by its words alone; None for any other question.

        `taken_for`: the topics that the ranking answers it with; only a neighbour named as such gives way.
        What it has `declined` must name something of the field.
        """
        for words in _read(text):
            if not taken_for and self.elsewhere.met_by(words):
                continue
            if declined and not self.about.met_by(words):
                continue
            fitting = (each for each in self.items if each.alone and each.asked_by(words))
            if taken_for:
                fitting = (each for each in fitting if not each.instead_of.isdisjoint(taken_for))
            found = next(fitting, None)
            if found:
                return found
        return None


def _read(text: str) -> Iterable[Set[str]]:
    """The words of what asks in a text, then those of the whole where they may belong to it."""
    return map(_words, parts(text[:MOST_CHARS]))


def _words(text: str) -> Set[str]:
    """Every beginning of every word of a text, and the words themselves behind "="."""
    found = set(WORD.findall(clean(text)))
    said = {f"={word}" for word in found}
    said.update(word[:end] for word in found for end in range(SHORTEST, len(word) + 1))
    return said


def _alternatives(line: str) -> Words:
    return Words(frozenset(part.strip() for part in line.split("|") if part.strip()))


def load_pointed(folder: Path, topics: Iterable[str], terms: Iterable[str] = ()) -> PointedAnswers:
    """Every pointed sentence. Raises `KnowledgeFileError` for an unknown topic or an id that stands twice."""
    path, known = folder / FILE, set(topics)
    neighbours = known.union(terms)
    if not path.exists():
        return PointedAnswers(())
    found: dict[str, Pointed] = {}
    for raw in items_of(path, "items"):
        item = read(FILE, _Item, raw)
        if item.id in found:
            raise KnowledgeFileError(FILE, item.id, "tertulis dua kali")
        unknown = [topic for topic in item.topics if topic not in known]
        unknown += [topic for topic in item.instead_of if topic not in neighbours]
        if unknown:
            raise KnowledgeFileError(FILE, item.id, f"topik {unknown[0]} tidak ada")
        found[item.id] = Pointed(
            item.id,
            item.topics,
            _all(item.when),
            _alternatives(item.unless),
            item.alone,
            frozenset(item.instead_of),
            item.say or "",
        )
    whole = load_mapping(path)
    elsewhere, about = (_alternatives(str(whole.get(key, ""))) for key in ("elsewhere", "about"))
    return PointedAnswers(tuple(found.values()), elsewhere, about)


def _all(lines: Sequence[str]) -> tuple[Words, ...]:
    return tuple(_alternatives(line) for line in lines)
