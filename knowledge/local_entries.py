"""Answers that one agency gives to its own people, found by the ways they are asked. Pure and immutable.

The score stands on the scale of the desk: 0 to 100, the estimated chance that the entry is what was asked,
so that the better of a national and a local answer can be told by it.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.letters import grams_of
from knowledge.matcher import Matcher, logistic
from knowledge.normalize import Words

EXACT = 99.0
"""The score of a question that says the same words as a variant, fillers aside."""
NEAR = 70.0
"""From here on an entry answers."""
HINT = 30.0
"""From here on an entry is offered beside "I am not sure"."""
OTHER_CODE = 50.0
"""The most for a question with a code or number that the entry does not know: offered, not answered."""
MOST_AHEAD = 2.0
ALONE = 1.0
"""The margin of an entry without a rival."""
EVERYWHERE = frozenset({"zi", "bot"})
ROWS_COMPARED = 40
MAX_CHARS = 600

FEATURES = ("cosine", "asked_missing", "row_missing", "words", "letters", "codes", "numbers")
"""How a question meets one way of asking; see `features_of`. Their weights, with "margin" and "bias", are
learned by `python -m tests.bench.train_local`."""


@dataclass(frozen=True, slots=True)
class LocalWeights:
    """The learned weights."""

    features: tuple[float, ...]
    margin: float
    bias: float

    def log_odds(self, features: Sequence[float]) -> float:
        """The log odds of one way of asking, without the margin."""
        return sum([w * v for w, v in zip(self.features, features, strict=True)]) + self.bias


def weights_of(named: Mapping[str, float]) -> LocalWeights:
    """The weights by name."""
    return LocalWeights(tuple(named[name] for name in FEATURES), named["margin"], named["bias"])


@dataclass(frozen=True, slots=True)
class LocalEntry:
    """An agency's answer: its id, the ways it is asked, and what is said."""

    id: int
    questions: tuple[str, ...]
    short: str
    detail: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class LocalMatch:
    """An entry with the estimated chance, 0 to 100, that it is what was asked."""

    entry: LocalEntry
    score: float


@dataclass(frozen=True, slots=True)
class Row:
    """One way of asking: its telling stems by rarity, and its words."""

    idf: Mapping[str, float]
    core: frozenset[str]
    text: str
    norm: float
    mass: float
    grams: frozenset[str]


def codes_of(abbreviations: Iterable[str]) -> frozenset[str]:
    """The short names that tell questions apart; those that stand in every second question do not."""
    return frozenset(abbreviations) - EVERYWHERE


class LocalIndex:
    """The entries of one agency, ready to be asked.

    `codes` are the short names that decide ("wbk"); `previous` lends the rows that it has read already.
    """

    def __init__(
        self,
        entries: Sequence[LocalEntry],
        matcher: Matcher,
        codes: frozenset[str],
        previous: "LocalIndex | None" = None,
    ) -> None:
        self.entries = tuple(entries)
        self._matcher = matcher
        self._codes = codes
        self._weights = weights_of(matcher.weights.local)
        known = previous._read if previous is not None else {}
        self._read: dict[str, Row] = {}
        self._rows: list[tuple[int, Row]] = []
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        self._exact: dict[frozenset[str], int] = {}
        self._decides: list[frozenset[str]] = []
        for place, entry in enumerate(self.entries):
            decides: frozenset[str] = frozenset()
            for question in entry.questions:
                row = known.get(question) or self._row(matcher.normalizer.words(question[:MAX_CHARS]))
                self._read[question] = row
                self._add(place, row)
                decides |= self._deciding(row)
            self._decides.append(decides)

    def _add(self, place: int, row: Row) -> None:
        for stem in row.idf:
            self._by_stem[stem].append(len(self._rows))
        self._rows.append((place, row))
        if row.core:
            self._exact.setdefault(row.core, place)

    def ask(self, text: str) -> LocalMatch | None:
        """The best entry for a question, however weak; None when nothing is alike. Never raises."""
        if not self._rows:
            return None
        query = self._row(self._matcher.normalizer.words(text[:MAX_CHARS]))
        exact = self._exact.get(query.core)
        if exact is not None:
            return LocalMatch(self.entries[exact], EXACT)
        ranked = self._ranked(query)
        if not ranked:
            return None
        first, score, _ = ranked[0]
        margin = margin_of([score for _, score, _ in ranked])
        sure = 100 * logistic(score + self._weights.margin * margin)
        most = EXACT - 1 if self._deciding(query) <= self._decides[first] else OTHER_CODE
        return LocalMatch(self.entries[first], round(min(sure, most), 1))

    def ranked(self, text: str) -> list[tuple[int, float, tuple[float, ...]]]:
        """The entries that share a word with a text: place, log odds, and the features of the best row."""
        return self._ranked(self._row(self._matcher.normalizer.words(text[:MAX_CHARS])))

    def _ranked(self, query: Row) -> list[tuple[int, float, tuple[float, ...]]]:
        best: dict[int, tuple[int, float, tuple[float, ...]]] = {}
        for place, row in self._near(query):
            features = features_of(query, row, self._codes)
            score = self._weights.log_odds(features)
            if place not in best or score > best[place][1]:
                best[place] = (place, score, features)
        return sorted(best.values(), key=lambda each: (-each[1], each[0]))

    def _deciding(self, row: Row) -> frozenset[str]:
        """The short names and numbers of a text."""
        return frozenset(stem for stem in row.idf if stem in self._codes or stem[0].isdigit())

    def _near(self, query: Row) -> Iterable[tuple[int, Row]]:
        shared: dict[int, float] = defaultdict(float)
        for stem, idf in query.idf.items():
            for number in self._by_stem.get(stem, ()):
                shared[number] += idf * idf
        best = sorted(shared, key=lambda number: -shared[number] / self._rows[number][1].norm)
        return [self._rows[number] for number in best[:ROWS_COMPARED]]

    def _row(self, words: Words) -> Row:
        idf_of, filler = self._matcher.index.idf_of, self._matcher.normalizer.tables.filler
        idf = {stem: idf_of(stem) for stem in words.stems}
        core = frozenset(stem for stem in idf if stem not in filler)
        mass = sum(idf.values()) or 1.0
        norm = math.sqrt(sum(value * value for value in idf.values())) or 1.0
        grams = frozenset(gram for word in words.plain for gram in grams_of(word))
        return Row(idf, core, words.text, norm, mass, grams)


def features_of(query: Row, row: Row, codes: frozenset[str]) -> tuple[float, ...]:
    """How a question meets one way of asking, in the order of `FEATURES`."""
    shared = query.idf.keys() & row.idf.keys()
    odd = query.idf.keys() ^ row.idf.keys()
    return (
        sum(query.idf[stem] ** 2 for stem in shared) / (query.norm * row.norm),
        1 - sum(query.idf[stem] for stem in shared) / query.mass,
        1 - sum(row.idf[stem] for stem in shared) / row.mass,
        fuzz.token_set_ratio(query.text, row.text) / 100,
        2 * len(query.grams & row.grams) / (len(query.grams) + len(row.grams) or 1),
        min(2.0, float(sum(stem in codes for stem in odd))),
        min(2.0, float(sum(stem[0].isdigit() for stem in odd))),
    )


def margin_of(scores: Sequence[float]) -> float:
    """By how much the first score is ahead of the second."""
    return min(MOST_AHEAD, scores[0] - scores[1]) if len(scores) > 1 else ALONE
