"""The search index: ways of asking as weighted words and letter triples, and the lists to find them by."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import chain, pairwise

from knowledge.documents import Document
from knowledge.letters import grams_of
from knowledge.normalize import Words
from knowledge.votes import NOBODY, Ballot, Votes

Read = Callable[[str], Words]
Postings = Mapping[str, tuple[tuple[int, ...], tuple[float, ...]]]

BY_WORDS, BY_VOTES = 4, 4
"""How many documents the words and the votes each put on the shortlist."""
COMMON = 0.4
"""A word found in more than this share of all documents does not search, it only weighs."""
COMMON_FLOOR = 200
MOST_HITS = 300
"""A word leads only to the documents that it tells most of."""
CORE_SHARE = 0.35


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
        return frozenset(chain.from_iterable(map(grams_of, self.text.split())))


@dataclass(frozen=True)
class Card:
    """A document as the ranker sees it.

    `share` tells in which part of its rows a stem stands, `holders` which rows those are with its weight
    in each. `core`
    are the telling stems that most of its rows hold, with weights that add up to 1.
    """

    document: Document
    title: Row
    rows: tuple[Row, ...]
    share: Mapping[str, float]
    body: frozenset[str]
    holders: Postings
    core: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Query:
    """A question ready for comparison; `mass` is the sum of its rarities, `ballot` the votes of its words."""

    words: Words
    row: Row
    idf: Mapping[str, float]
    mass: float
    ballot: Ballot = NOBODY


class Index:
    """Built once from documents; immutable. `read` normalises a text, `votes` were learned from such."""

    def __init__(self, documents: Sequence[Document], read: Read, votes: Votes | None = None) -> None:
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
        self.outside = frozenset(
            place for place, card in enumerate(self.cards) if card.document.source == "outside"
        )
        place_of = {card.document.id: place for place, card in enumerate(self.cards)}
        self.votes = votes
        self._seats = tuple(place_of.get(topic, -1) for topic in votes.topics) if votes else ()
        self._seated = len(self._seats) - self._seats.count(-1)

    @cached_property
    def at_home(self) -> frozenset[str]:
        """Every stem of the titles, ways of asking and texts of what is not outside."""
        inside = (card for place, card in enumerate(self.cards) if place not in self.outside)
        return frozenset(stem for card in inside for stem in (*card.share, *card.body))

    @cached_property
    def asked_outside(self) -> frozenset[str]:
        """Every stem by which people ask for what is outside."""
        return frozenset(stem for place in self.outside for stem in self.cards[place].share)

    def idf_of(self, stem: str) -> float:
        """How telling a stem is; an unknown one is as telling as the rarest known one."""
        return self.idf.get(stem, self._rarest)

    def query(self, words: Words) -> Query:
        """Prepare a question."""
        idf = {stem: self.idf_of(stem) for stem in words.stems}
        ballot = self.votes.ballot(words, self._seats, self._seated) if self.votes else NOBODY
        return Query(words, self._row(words), idf, sum(idf.values()) or 1.0, ballot)

    def shortlist(self, query: Query) -> list[tuple[int, float]]:
        """The nearest documents by words and by votes: place in `cards`, and word score (about 0 to 1)."""
        total = [0.0] * len(self.cards)
        touched: set[int] = set()
        for stem in query.idf:
            hits = self._by_stem.get(stem)
            if hits:
                touched.update(hits[0])
                for place, weight in zip(*hits, strict=True):
                    total[place] += weight
        chance = query.ballot.chance
        best = nlargest(BY_WORDS, touched, key=total.__getitem__)
        best += nlargest(BY_VOTES, chance, key=chance.__getitem__)
        return [(place, total[place] / query.mass) for place in dict.fromkeys(best)]

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
        weights = {
            stem: (tuple(held), tuple(self.idf[stem] * rows[place].scale for place in held))
            for stem, held in holders.items()
        }
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
            weights,
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


def largest(scores: list[float], number: int) -> list[tuple[int, float]]:
    """The places of the largest scores, best first, with them. Scores are 0 or more; the list is used up."""
    found = []
    for _ in range(min(number, len(scores))):
        value = max(scores)
        place = scores.index(value)
        scores[place] = -1.0
        found.append((place, value))
    return found


def _columns(hits: Sequence[tuple[int, float]]) -> tuple[tuple[int, ...], tuple[float, ...]]:
    best = nlargest(MOST_HITS, hits, key=lambda hit: hit[1]) if len(hits) > MOST_HITS else hits
    return tuple(place for place, _ in best), tuple(weight for _, weight in best)


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
