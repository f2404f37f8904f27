"""Deciding what a question asks for: ranked documents, and whether the first is sure enough to answer."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.documents import ELSEWHERE, OUTSIDE
from knowledge.files import Part
from knowledge.index import Index, Query
from knowledge.normalize import Normalizer, Words
from knowledge.outcome import Match
from knowledge.ranker import FEATURES, WEIGHED, Ranked, features_of, rank, slopes_of

WEIGHTS_FILE = "ranker.json"

SAME_WORDS = 0.97
"""The certainty of a question that stands word for word among the ways of asking one document."""

SUBJECT_NEAR = 0.4
"""How near (cosine) a question must be to a way of asking of an outside subject to be given its hint."""

SIGNS = (
    *FEATURES,
    "share",
    "margin",
    "outside_share",
    "outside_margin",
    "outside_first",
    "outside_votes",
    "doubt",
    "length",
    "short",
    "strange",
    "strange_mass",
    "known_mass",
    "alien",
    "alien_mass",
    "alien_worst",
    "foreign_mass",
    "row_beaten",
    "outside_row",
    "outside_missing",
    "bias",
)
"""What the decision looks at: the features of the first document, and what is around it; see `signs_of`."""

ROW, MISSING = FEATURES.index("best_row"), FEATURES.index("missing")
FAR = 4.0
"""Differences of scores beyond this are all alike."""


class Weights(Part):
    """Learned weights, by name: written by `python -m tests.bench.train_ranker`, `local` by `train_local`."""

    rank: dict[str, float]
    decide: dict[str, float]
    local: dict[str, float]
    answer_from: float
    choose_from: float


@dataclass(frozen=True, slots=True)
class Found:
    """A ranked question. `sure` is the estimated chance (0 to 1) that the first match is what was asked."""

    matches: tuple[Match, ...]
    sure: float
    outside: str


class Matcher:
    """Ranks and decides. Immutable."""

    def __init__(self, index: Index, normalizer: Normalizer, weights: Weights) -> None:
        self.index = index
        self.normalizer = normalizer
        self.weights = weights
        self._rank = slopes_of([weights.rank[name] for name in WEIGHED])
        self._decide = tuple(weights.decide[name] for name in SIGNS)

    def ranked(self, words: Words, query: Query | None = None) -> tuple[Query, list[Ranked]]:
        """The question prepared, and the shortlist, best first."""
        query = query or self.index.query(words)
        return query, rank(self.index, query, self._rank, self.normalizer.tables.keep)

    def find(self, words: Words, query: Query | None = None) -> Found:
        """The nearest documents with the certainty of the first. Empty when nothing is near at all.

        `query` are the same words prepared, where that has been done already.
        """
        if not words.stems:
            return Found((), 0.0, "")
        query, ranked = self.ranked(words, query)
        same = self.index.same.get(words.text)
        if same is not None:
            ranked = self._led_by(same, query, ranked)
        outside = self.index.outside
        inside = [each for each in ranked if each.place not in outside]
        subject = self._subject(ranked) if ranked and ranked[0].place in outside else ""
        if not inside or same in outside:
            return Found(self._matches(inside, 0.0), 0.0, subject)
        signs = signs_of(self.index, query, ranked)
        sure = logistic(sum(w * v for w, v in zip(self._decide, signs, strict=True)))
        if same is not None:
            sure = max(sure, SAME_WORDS)
        return Found(self._matches(inside, sure), sure, subject)

    def _led_by(self, place: int, query: Query, ranked: list[Ranked]) -> list[Ranked]:
        """The shortlist with the document at `place` in front."""
        codes = self.normalizer.tables.keep
        top = max((each.score for each in ranked), default=0.0) + 1.0
        first = Ranked(place, features_of(self.index, query, place, 0.0, codes), top)
        return [first, *(each for each in ranked if each.place != place)]

    def _matches(self, inside: Sequence[Ranked], sure: float) -> tuple[Match, ...]:
        shares = _shares(inside)
        return tuple(
            Match(self.index.cards[each.place].document.id, round(100 * sure * share / shares[0], 1))
            for each, share in zip(inside, shares, strict=True)
        )

    def _subject(self, ranked: Sequence[Ranked]) -> str:
        """The outside subject that the question is nearest to; `ELSEWHERE` when it is near none."""
        outside = [each for each in ranked if each.place in self.index.outside]
        nearest = max(outside, key=lambda each: each.features[ROW])
        if nearest.features[ROW] < SUBJECT_NEAR:
            return ELSEWHERE
        return self.index.cards[nearest.place].document.id.removeprefix(OUTSIDE)


def signs_of(index: Index, query: Query, ranked: Sequence[Ranked]) -> tuple[float, ...]:
    """What tells a sure match from an unsure one, in the order of `SIGNS`.

    It is about the first document that is not outside; there must be one.
    """
    away = index.outside
    inside = [each for each in ranked if each.place not in away]
    outside = [each for each in ranked if each.place in away]
    first = inside[0]
    strange = query.words.strange
    alien = {stem: idf for stem, idf in query.idf.items() if stem not in index.at_home}
    shares = _shares(ranked)
    row, missing = first.features[ROW], first.features[MISSING]
    return (
        *first.features,
        next(share for each, share in zip(ranked, shares, strict=True) if each is first),
        min(FAR, first.score - inside[1].score) if len(inside) > 1 else FAR,
        sum(share for each, share in zip(ranked, shares, strict=True) if each.place in away),
        max(-FAR, min(FAR, first.score - outside[0].score)) if outside else FAR,
        float(ranked[0].place in away),
        query.ballot.of_all(away),
        query.ballot.doubt / 4,
        len(query.words.stems) / 20,
        float(len(query.words.stems) <= 2),
        min(3.0, float(len(strange))),
        sum(query.idf.get(stem, 0.0) for stem in strange) / query.mass,
        min(1.0, query.mass / 20),
        min(3.0, float(len(alien))),
        sum(alien.values()) / query.mass,
        max(alien.values(), default=0.0) / 6,
        sum(idf for stem, idf in alien.items() if stem in index.asked_outside) / query.mass,
        max(each.features[ROW] for each in ranked) - row,
        max((each.features[ROW] for each in outside), default=0.0),
        max((each.features[MISSING] for each in outside), default=1.0) - missing,
        1.0,
    )


def _shares(ranked: Sequence[Ranked]) -> list[float]:
    """The scores as shares of one (softmax)."""
    if not ranked:
        return []
    top = ranked[0].score
    raw = [math.exp(max(-40.0, each.score - top)) for each in ranked]
    total = sum(raw)
    return [value / total for value in raw]


def logistic(value: float) -> float:
    """1 / (1 + e^-value), without overflow."""
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, value))))


def load_weights(folder: Path) -> Weights:
    """The learned weights of a data folder."""
    return Weights.model_validate(json.loads((folder / WEIGHTS_FILE).read_text(encoding="utf-8")))
