"""The search index: ways of asking as weighted words and letter triples, and the lists to find them by."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.documents import Document
from knowledge.normalize import Words

Read = Callable[[str], Words]

SHORTLIST = 14
GRAMS_USED = 28
"""A question is looked up by its rarest letter triples only; the rest would cost more than they tell."""
COMMON = 0.35
"""A word found in more than this share of all documents does not search, it only weighs."""
SMOOTHING = 2.0


@dataclass(frozen=True, slots=True)
class Row:
    """One way of asking. `weights` are normalised to length 1."""

    text: str
    weights: Mapping[str, float]
    pairs: frozenset[tuple[str, str]]
    grams: frozenset[str]


@dataclass(frozen=True, slots=True)
class Card:
    """A document as the ranker sees it. `share` tells in which part of its rows a stem stands."""

    document: Document
    title: Row
    rows: tuple[Row, ...]
    share: Mapping[str, float]
    body: frozenset[str]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready for comparison."""

    words: Words
    row: Row
    idf: Mapping[str, float]
    mass: float


def grams_of(text: str) -> frozenset[str]:
    """Letter triples, word edges included."""
    padded = f" {text} "
    return frozenset(padded[i : i + 3] for i in range(len(padded) - 2))


class Index:
    """Built once from documents; immutable. `read` normalises a text."""

    def __init__(self, documents: Sequence[Document], read: Read) -> None:
        read_all = [
            (read(each.title), [read(question) for question in each.questions], read(each.body))
            for each in documents
        ]
        self.idf = _idf(read_all)
        self._rarest = max(self.idf.values(), default=1.0)
        self.cards = tuple(
            self._card(document, title, questions, body)
            for document, (title, questions, body) in zip(documents, read_all, strict=True)
        )
        self.place = {card.document.id: place for place, card in enumerate(self.cards)}
        self.usual = _usual(self.cards)
        self._by_stem = self._postings()
        self._by_gram, self._gram_idf = self._gram_postings()

    def idf_of(self, stem: str) -> float:
        """How telling a stem is; an unknown one is as telling as the rarest known one."""
        return self.idf.get(stem, self._rarest)

    def query(self, words: Words) -> Query:
        """Prepare a question."""
        idf = {stem: self.idf_of(stem) for stem in words.stems}
        return Query(words, self._row(words), idf, sum(idf.values()) or 1.0)

    def shortlist(self, query: Query, size: int = SHORTLIST) -> list[tuple[int, float, float]]:
        """The nearest documents: place in `cards`, word score and letter score (both about 0 to 1)."""
        by_words: dict[int, float] = defaultdict(float)
        for stem in query.idf:
            for place, weight in self._by_stem.get(stem, ()):
                by_words[place] += weight
        by_grams: dict[int, float] = defaultdict(float)
        used = sorted(
            (gram for gram in query.row.grams if gram in self._gram_idf),
            key=lambda gram: (-self._gram_idf[gram], gram),
        )[:GRAMS_USED]
        gram_mass = sum(self._gram_idf[gram] for gram in used) or 1.0
        for gram in used:
            for place, weight in self._by_gram[gram]:
                by_grams[place] += weight
        scored = [
            (place, by_words.get(place, 0.0) / query.mass, by_grams.get(place, 0.0) / gram_mass)
            for place in by_words.keys() | by_grams.keys()
        ]
        scored.sort(key=lambda hit: (-(hit[1] + 0.6 * hit[2]), hit[0]))
        return scored[:size]

    def _row(self, words: Words) -> Row:
        weights = {stem: self.idf_of(stem) for stem in words.stems}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        plain = words.plain
        return Row(
            " ".join(plain),
            {stem: weight / length for stem, weight in weights.items()},
            frozenset(pairwise(words.stems)),
            grams_of(" ".join(plain)),
        )

    def _card(self, document: Document, title: Words, questions: Sequence[Words], body: Words) -> Card:
        rows = tuple(self._row(words) for words in questions)
        count = Counter(stem for row in rows for stem in row.weights)
        head = self._row(title)
        for stem in head.weights:
            count[stem] += max(1, len(rows) // 8)
        total = len(rows) + 1
        share = {stem: min(1.0, number / total) for stem, number in count.items()}
        return Card(document, head, rows, share, frozenset(body.stems), tuple(row.text for row in rows))

    def _postings(self) -> Mapping[str, Sequence[tuple[int, float]]]:
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, card in enumerate(self.cards):
            for stem in card.share.keys() | card.body:
                asked = card.share.get(stem, 0.0)
                weight = 0.2 * (stem in card.body) + 0.8 * asked / (asked + 0.15) if asked else 0.2
                found[stem].append((place, weight * self.idf_of(stem)))
        limit = max(200, int(COMMON * len(self.cards)))
        return {stem: hits for stem, hits in found.items() if len(hits) <= limit}

    def _gram_postings(self) -> tuple[Mapping[str, Sequence[tuple[int, float]]], Mapping[str, float]]:
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, card in enumerate(self.cards):
            count = Counter(gram for row in (*card.rows, card.title) for gram in row.grams)
            for gram, number in count.items():
                found[gram].append((place, number))
        idf = {gram: math.log(1 + len(self.cards) / len(hits)) for gram, hits in found.items()}
        sizes = [len(card.rows) + 1 for card in self.cards]
        by_gram = {
            gram: [(p, idf[gram] * (share := n / sizes[p]) / (share + 0.15)) for p, n in hits]
            for gram, hits in found.items()
        }
        return by_gram, idf


def _idf(read_all: Sequence[tuple[Words, list[Words], Words]]) -> Mapping[str, float]:
    """Rarity of each stem over documents, by their titles and questions."""
    count: Counter[str] = Counter()
    for title, questions, body in read_all:
        asked = Counter(stem for words in questions for stem in set(words.stems))
        stems = {*title.stems, *(stem for stem, n in asked.items())}
        count.update(stems)
        count.update({stem: 0 for stem in body.stems if stem not in stems})
    total = len(read_all)
    return {stem: math.log(1 + total / max(1, number)) for stem, number in count.items()}


def _usual(cards: Sequence[Card]) -> Mapping[str, float]:
    """The mean share of rows that hold a stem, over all documents: what is normal."""
    total: dict[str, float] = defaultdict(float)
    for card in cards:
        for stem, share in card.share.items():
            total[stem] += share
    return {stem: share / len(cards) for stem, share in total.items()}
