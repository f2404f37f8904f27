"""The search index: ways of asking as weighted words and letter triples, and the lists to find them by."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from knowledge.documents import Document
from knowledge.normalize import Words

Read = Callable[[str], Words]
Postings = Mapping[str, tuple[tuple[int, ...], tuple[float, ...]]]

SHORTLIST = 9
GRAMS_USED = 20
"""A question is looked up by its rarest letter triples only; the rest would cost more than they tell."""
COMMON = 0.4
"""A word found in more than this share of all documents does not search, it only weighs."""
COMMON_FLOOR = 200
CORE_SHARE = 0.35
SPELLED_SHARE = 0.05
"""Words met in fewer rows of a document do not lend it their letters."""
LETTERS_COUNT = 0.6
"""What letters count beside words when the shortlist is drawn up."""


@dataclass(frozen=True)
class Row:
    """One way of asking. `scale` makes the weights of its stems a vector of length 1.

    What only the few rows near a question need is made when first asked for.
    """

    text: str
    stems: tuple[str, ...]
    scale: float
    idf: Mapping[str, float]

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """The stems by weight, together of length 1."""
        return {stem: self.idf[stem] * self.scale for stem in self.stems}

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbouring stems."""
        return frozenset(pairwise(self.stems))

    @cached_property
    def grams(self) -> frozenset[str]:
        """Letter triples, word edges included."""
        return frozenset(gram for word in self.text.split() for gram in grams_of(word))


@dataclass(frozen=True)
class Card:
    """A document as the ranker sees it.

    `share` tells in which part of its rows a stem stands, `holders` which rows those are. `core`
    are the telling stems that most of its rows hold, with weights that add up to 1.
    """

    document: Document
    title: Row
    rows: tuple[Row, ...]
    share: Mapping[str, float]
    body: frozenset[str]
    holders: Mapping[str, Sequence[int]]
    core: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Query:
    """A question ready for comparison; `mass` is the sum of its rarities."""

    words: Words
    row: Row
    idf: Mapping[str, float]
    mass: float


@lru_cache(20_000)
def grams_of(word: str) -> tuple[str, ...]:
    """The letter triples of a word with its edges."""
    padded = f" {word} "
    return tuple(padded[i : i + 3] for i in range(len(padded) - 2))


class Index:
    """Built once from documents; immutable. `read` normalises a text."""

    def __init__(self, documents: Sequence[Document], read: Read) -> None:
        parts = [
            (read(each.title), [read(question) for question in each.questions], read(each.body))
            for each in documents
        ]
        self.idf = _idf(parts)
        self._rarest = max(self.idf.values(), default=1.0)
        self.cards = tuple(
            self._card(document, title, questions, body)
            for document, (title, questions, body) in zip(documents, parts, strict=True)
        )
        self.usual = _usual(self.cards)
        self.same = _same(self.cards)
        self._by_stem = self._stem_postings()
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
        by_words = _summed(self._by_stem, query.idf, len(self.cards))
        idf = self._gram_idf
        grams = {gram for stem in query.idf for gram in grams_of(stem) if gram in idf}
        used = sorted(grams, key=lambda gram: (-idf[gram], gram))[:GRAMS_USED]
        by_grams = _summed(self._by_gram, used, len(self.cards))
        gram_mass = sum(idf[gram] for gram in used) or 1.0
        part, mass = LETTERS_COUNT / gram_mass, query.mass
        both = [word / mass + part * letter for word, letter in zip(by_words, by_grams, strict=True)]
        best = sorted(range(len(both)), key=both.__getitem__, reverse=True)[:size]
        return [(place, by_words[place] / mass, by_grams[place] / gram_mass) for place in best if both[place]]

    def _row(self, words: Words) -> Row:
        idf = self.idf if all(stem in self.idf for stem in words.stems) else self._with(words.stems)
        square = 0.0
        for stem in words.stems:
            square += idf[stem] * idf[stem]
        return Row(words.text, words.stems, 1 / math.sqrt(square or 1.0), idf)

    def _with(self, stems: Sequence[str]) -> Mapping[str, float]:
        return {stem: self.idf_of(stem) for stem in stems}

    def _card(self, document: Document, title: Words, questions: Sequence[Words], body: Words) -> Card:
        rows = tuple(self._row(words) for words in questions)
        holders: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(rows):
            for stem in row.stems:
                holders[stem].append(place)
        total, extra = len(rows) + 1, max(1, len(rows) // 8)
        share = {stem: len(held) / total for stem, held in holders.items()}
        for stem in title.stems:
            share[stem] = min(1.0, share.get(stem, 0.0) + extra / total)
        core = {stem: part * self.idf[stem] for stem, part in share.items() if part >= CORE_SHARE}
        mass = sum(core.values()) or 1.0
        return Card(
            document,
            self._row(title),
            rows,
            share,
            frozenset(body.stems),
            dict(holders),
            tuple((stem, weight / mass) for stem, weight in core.items()),
        )

    def _stem_postings(self) -> Postings:
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, card in enumerate(self.cards):
            for stem in card.share.keys() | card.body:
                asked = card.share.get(stem, 0.0)
                weight = 0.8 * asked / (asked + 0.15) + (0.2 if stem in card.body or not asked else 0.0)
                found[stem].append((place, weight * self.idf_of(stem)))
        limit = max(COMMON_FLOOR, int(COMMON * len(self.cards)))
        return {stem: _columns(hits) for stem, hits in found.items() if len(hits) <= limit}

    def _gram_postings(self) -> tuple[Postings, Mapping[str, float]]:
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, card in enumerate(self.cards):
            count: dict[str, float] = defaultdict(float)
            for stem, share in card.share.items():
                if share >= SPELLED_SHARE:
                    for gram in grams_of(stem):
                        count[gram] += share
            for gram, share in count.items():
                found[gram].append((place, share / (share + 0.15)))
        idf = {gram: math.log(1 + len(self.cards) / len(hits)) for gram, hits in found.items()}
        return {gram: _columns([(p, w * idf[gram]) for p, w in hits]) for gram, hits in found.items()}, idf


def _columns(hits: Sequence[tuple[int, float]]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    return tuple(place for place, _ in hits), tuple(weight for _, weight in hits)


def _summed(postings: Postings, keys: Iterable[str], size: int) -> list[float]:
    """The weights of these keys added up by document."""
    total = [0.0] * size
    for key in keys:
        hits = postings.get(key)
        if hits:
            for place, weight in zip(*hits, strict=True):
                total[place] += weight
    return total


def _idf(parts: Sequence[tuple[Words, list[Words], Words]]) -> Mapping[str, float]:
    """Rarity of each stem over documents, by their titles and questions."""
    count: Counter[str] = Counter()
    for title, questions, body in parts:
        asked = {stem for words in (title, *questions) for stem in words.stems}
        count.update(asked)
        count.update(dict.fromkeys(set(body.stems) - asked, 0))
    total = len(parts)
    return {stem: math.log(1 + total / max(1, number)) for stem, number in count.items()}


def _same(cards: Sequence[Card]) -> Mapping[str, int]:
    """The document that alone is asked for in exactly these words, by its place."""
    places: dict[str, set[int]] = defaultdict(set)
    for place, card in enumerate(cards):
        for row in card.rows:
            places[row.text].add(place)
    return {text: found.pop() for text, found in places.items() if len(found) == 1}


def _usual(cards: Sequence[Card]) -> Mapping[str, float]:
    """The mean share of rows that hold a stem, over all documents: what is normal."""
    total: dict[str, float] = defaultdict(float)
    for card in cards:
        for stem, share in card.share.items():
            total[stem] += share
    return {stem: share / len(cards) for stem, share in total.items()}
