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
from knowledge.ranker import FEATURES, WEIGHED, Ranked, rank

WEIGHTS_FILE = "ranker.json"

SAME_WORDS = 0.97
"""The certainty of a question that stands word for word among the ways of asking one document."""

SUBJECT_NEAR = 0.4
"""How near (cosine) a question must be to a way of asking of an outside subject to be given its hint."""

SIGNS = (
    "top",
    "margin",
    "best_row",
    "best_three",
    "row_letters",
    "odds",
    "missing",
    "missing_body",
    "missing_worst",
    "fuzz_set",
    "title",
    "title_extra",
    "words",
    "letters",
    "pairs",
    "codes_missing",
    "codes_extra",
    "lke",
    "term",
    "strange",
    "strange_mass",
    "outside",
    "outside_near",
    "known_mass",
    "short",
    "row_extra",
    "core_absent",
    "bias",
)
"""What the decision looks at; see `signs_of`."""


class Weights(Part):
    """Learned weights, by name; written by `python -m tests.bench.train_ranker`."""

    rank: dict[str, float]
    decide: dict[str, float]
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
        self._rank = tuple(weights.rank[name] for name in WEIGHED)
        self._decide = tuple(weights.decide[name] for name in SIGNS)

    def ranked(self, words: Words) -> tuple[Query, list[Ranked]]:
        """The question prepared, and the shortlist, best first."""
        query = self.index.query(words)
        return query, rank(self.index, query, self._rank, self.normalizer.tables.keep)

    def find(self, words: Words) -> Found:
        """The nearest documents with the certainty of the first. Empty when nothing is near at all."""
        if not words.stems:
            return Found((), 0.0, "")
        query, ranked = self.ranked(words)
        if not ranked:
            return Found((), 0.0, "")
        signs = signs_of(self.index, query, ranked)
        sure = logistic(sum(w * v for w, v in zip(self._decide, signs, strict=True)))
        same = self.index.same.get(words.text)
        if same is not None:
            ranked = _first(same, ranked)
            sure = max(sure, SAME_WORDS)
        cards = self.index.cards
        first = cards[ranked[0].place].document
        shares = _shares(ranked)
        matches = tuple(
            Match(cards[each.place].document.id, round(100 * sure * share / shares[0], 1))
            for each, share in zip(ranked, shares, strict=True)
            if cards[each.place].document.source != "outside"
        )
        if first.source == "outside":
            return Found(matches, 0.0, self._subject(ranked))
        return Found(matches, sure, "")

    def _subject(self, ranked: Sequence[Ranked]) -> str:
        """The outside subject that the question is nearest to; `ELSEWHERE` when it is near none."""
        cards, row = self.index.cards, FEATURES.index("best_row")
        outside = [each for each in ranked if cards[each.place].document.source == "outside"]
        nearest = max(outside, key=lambda each: each.features[row])
        if nearest.features[row] < SUBJECT_NEAR:
            return ELSEWHERE
        return cards[nearest.place].document.id.removeprefix(OUTSIDE)


def _first(place: int, ranked: list[Ranked]) -> list[Ranked]:
    """The shortlist with the document at `place` in front."""
    top = Ranked(place, ranked[0].features, ranked[0].score + 1.0)
    return [top, *(each for each in ranked if each.place != place)]


def signs_of(index: Index, query: Query, ranked: Sequence[Ranked]) -> tuple[float, ...]:
    """What tells a sure match from an unsure one, in the order of `SIGNS`."""
    first = dict(zip(FEATURES, ranked[0].features, strict=True))
    shares = _shares(ranked)
    is_outside = [index.cards[each.place].document.source == "outside" for each in ranked]
    strange = query.words.strange
    outside_best = max((r.score for r, out in zip(ranked, is_outside, strict=True) if out), default=None)
    return (
        shares[0],
        min(4.0, ranked[0].score - ranked[1].score) if len(ranked) > 1 else 4.0,
        first["best_row"],
        first["best_three"],
        first["row_letters"],
        first["odds"] / 4,
        first["missing"],
        first["missing_body"],
        first["missing_worst"],
        first["fuzz_set"],
        first["title"],
        first["title_extra"],
        first["words"],
        first["letters"],
        first["pairs"],
        first["codes_missing"],
        first["codes_extra"],
        first["lke"],
        first["term"],
        min(3.0, float(len(strange))),
        sum(query.idf.get(stem, 0.0) for stem in strange) / query.mass,
        float(is_outside[0]),
        math.exp(min(0.0, outside_best - ranked[0].score)) if outside_best is not None else 0.0,
        min(1.0, query.mass / 20),
        float(len(query.words.stems) <= 2),
        first["row_extra"],
        first["core_absent"],
        1.0,
    )


def _shares(ranked: Sequence[Ranked]) -> list[float]:
    """The scores as shares of one (softmax)."""
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
