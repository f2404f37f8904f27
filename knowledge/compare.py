"""Reading "beda X sama Y" where no answer of its own compares the two: both are then answered."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.faq import Entry
from knowledge.glossary import Term
from knowledge.matcher import Matcher
from knowledge.normalize import Words, clean

LONGEST = 200
COMPARING = "beda-"
"""How the ids of entries begin that compare two things."""
BEFORE_LONG = 4
"""Among its first words a question that compares says "beda"."""
MOST_IN_ALL = 24
"""A longer text tells a story; what it compares is left to the ranking."""
PLAIN = 0.85
SHARED = 3
MOST_WORDS = 4
"""More words than this on one side are no name of a topic."""

_AND = r"(?:sama|ama|dan|dgn|dengan|dg|vs|versus|&|/|dari|dr|and|dibanding(?:kan)?|atau|atw)"
_DIFFER = r"(?:beda\w*|perbedaan\w*|bedain|membedakan|perbandingan|difference|bandingkan)"
_SHAPES = (
    re.compile(
        rf"\b{_DIFFER}\b(?:\s+(?:antara|dari|between|apa|apanya|itu|sih))*\s+(?P<x>.+?)\s+{_AND}\s+(?P<y>.+)"
    ),
    re.compile(rf"(?P<x>.+?)\s+{_AND}\s+(?P<y>.+?)[\s,]+(?:itu\s+|tuh\s+)?(?:apa\s+)?(?:sih\s+)?{_DIFFER}\b"),
    re.compile(r"(?P<x>.+?)\s+(?:vs|versus)\s+(?P<y>.+)"),
    re.compile(
        rf"^(?:apa(?:kah)?\s+)?(?P<x>.+?)\s+{_AND}\s+(?P<y>.+?)\s+(?:itu\s+)?sama\s+(?:aja|saja|ga\w*|gak|kah|tidak|atau)\b"
    ),
)
_COMPARING = re.compile(rf"\b(?:{_DIFFER}|vs|versus|sama)\b")
_ASIDE = re.compile(
    r"\b(?:apa|apakah|sih|dong|ya|itu|tuh|apanya|dimana|di mana|gimana|gmn|bagaimana|min|kak|mohon|jelaskan|"
    r"tolong|kalau|kalo|klo|terus|trs|mau|tanya|nanya|saja|aja|zi)\b|[?!.,;:\"'()]"
)


@dataclass(frozen=True)
class Comparer:
    """Knows which topic a name stands for."""

    matcher: Matcher
    faq: Mapping[str, Entry]
    glossary: Mapping[str, Term]
    abbreviations: Mapping[str, str]

    def both(self, text: str, near: Sequence[str], sure: float = 0.0) -> tuple[str, ...]:
        """What compares the two things named in `text`: the one of the `near` topics that does, else both.

        `sure` is how sure the nearest is: from `PLAIN` on it is enough that it is about one of the two and
        compares it with something that shares words with the text.
        """
        for x, y in _sides(text):
            first, second = self.topic_of(x), self.topic_of(y)
            if not first or not second or first == second:
                continue
            if not (self._holds(first, x) and self._holds(second, y)):
                continue
            named = self._stems(x) | self._stems(y)
            one = next((topic for topic in near if self._compares(topic, named)), "")
            if not one and sure >= PLAIN and near[0] in (first, second) and self._differs(near[0], named):
                one = near[0]
            one = one or next((topic for topic in (first, second) if topic.startswith(COMPARING)), "")
            return (one,) if one else (first, second)
        return ()

    def topic_of(self, name: str) -> str:
        """The topic that a name stands for: of an abbreviation its entry, else what is surely meant."""
        named = self.named(name)
        if named:
            return named
        found = self.matcher.find(self._read(name))
        if found.sure < self.matcher.weights.answer_from:
            return ""
        top = found.matches[0].topic
        return top if top in self.faq or top in self.glossary else ""

    def named(self, abbreviation: str) -> str:
        """The entry that is about an abbreviation, else its term; "" when it is none."""
        words = self._read(abbreviation)
        term = self.glossary.get(self.abbreviations.get(words.text, ""))
        if term is None:
            return ""
        return term.topic if term.topic and term.topic in self.faq and self._is_named(term) else term.id

    def _is_named(self, term: Term) -> bool:
        """Whether the entry behind a term is called after it, and is not about something wider."""
        title = self._read(self.faq[term.topic or ""].title)
        filler = self.matcher.normalizer.tables.filler
        first = next((word for word in title.plain if word not in filler), "")
        return first == term.abbr.lower() or self._stems(term.expansion) <= set(title.stems)

    def _holds(self, topic: str, name: str) -> bool:
        """Whether a topic knows the most telling word of the name that it was found by."""
        index = self.matcher.index
        card = next(card for card in index.cards if card.document.id == topic)
        telling = max(self._stems(name), key=index.idf_of, default="")
        return telling in card.share or telling in card.body or self.named(name) == topic

    def _compares(self, topic: str, named: frozenset[str]) -> bool:
        """Whether a topic is called, or asked for, by both with the word "beda"."""
        entry = self.faq.get(topic)
        if entry is None:
            return False
        return any(
            named <= self._stems(asked) and "beda" in self._read(asked).stems[:BEFORE_LONG]
            for asked in (entry.title, *entry.questions)
        )

    def _differs(self, topic: str, named: frozenset[str]) -> bool:
        """Whether a topic is asked for with the word "beda" and with several of these words."""
        entry = self.faq.get(topic)
        if entry is None:
            return False
        return any(
            len(named & self._stems(asked)) >= SHARED and "beda" in self._read(asked).stems
            for asked in entry.questions
        )

    def _stems(self, text: str) -> frozenset[str]:
        filler = self.matcher.normalizer.tables.filler
        return frozenset(stem for stem in self._read(text).stems if stem not in filler)

    def _read(self, text: str) -> Words:
        return self.matcher.normalizer.words(text)


def _sides(text: str) -> Iterator[tuple[str, str]]:
    """The two names in each way of reading the text as a comparison."""
    words = clean(text[:LONGEST]).split()
    plain = " ".join(words)
    if len(words) > MOST_IN_ALL or len(text) > LONGEST or not _COMPARING.search(plain):
        return
    for shape in _SHAPES:
        hit = shape.search(plain)
        if hit is None:
            continue
        x, y = (" ".join(_ASIDE.sub(" ", side).split()) for side in (hit["x"], hit["y"]))
        if x and y and max(len(x.split()), len(y.split())) <= MOST_WORDS:
            yield x, y
