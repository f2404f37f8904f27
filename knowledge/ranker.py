"""Ordering the shortlist: features of question and document, weighed by learned weights."""

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from rapidfuzz import fuzz

from knowledge.index import Card, Index, Query, Row

FEATURES = (
    "odds",
    "words",
    "letters",
    "best_row",
    "best_three",
    "row_letters",
    "fuzz_set",
    "fuzz_sort",
    "title",
    "title_extra",
    "title_letters",
    "missing",
    "missing_body",
    "missing_worst",
    "row_extra",
    "core_absent",
    "codes_missing",
    "codes_extra",
    "numbers_missing",
    "pairs",
    "term",
    "lke",
    "outside",
    "term_asked",
    "lke_asked",
)
BENDS = (0.25, 0.5, 0.75)
"""Where the slope of a feature may change: each feature counts by a bent line instead of a straight one."""

WEIGHED = (*FEATURES, *(f"{name}>{bend}" for bend in BENDS for name in FEATURES))
"""The names of the weights: the slope of each feature, then what is added to it beyond each bend."""

ROWS_COMPARED = 4
EXPANSION = frozenset({"kepanjangan", "panjang", "istilah", "huruf", "singkat"})
EVIDENCE = frozenset({"bukti_dukung", "indikator", "opsi", "pilih", "eviden", "bukti"})
FLOOR = 1e-3
PRIOR_ROWS = 3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document with its features and the weighted sum."""

    place: int
    features: tuple[float, ...]
    score: float


def rank(index: Index, query: Query, weights: Sequence[float], codes: Set[str]) -> list[Ranked]:
    """The shortlist with scores, best first. `codes` are short names that decide ("wbk", "tpi")."""
    ranked = []
    for place, words, letters in index.shortlist(query):
        features = features_of(index, query, index.cards[place], words, letters, codes)
        score = weighed(features, weights)
        ranked.append(Ranked(place, features, score))
    ranked.sort(key=lambda each: (-each.score, each.place))
    return ranked


def bent(features: Sequence[float]) -> list[float]:
    """The features followed by what of them lies beyond each bend, in the order of `WEIGHED`."""
    return [*features, *(max(0.0, value - bend) for bend in BENDS for value in features)]


def weighed(features: Sequence[float], weights: Sequence[float]) -> float:
    """The score of features under weights in the order of `WEIGHED`."""
    size = len(features)
    total = 0.0
    for place, value in enumerate(features):
        if value:
            total += weights[place] * value
            if value > BENDS[0]:
                for turn, bend in enumerate(BENDS, 1):
                    if value > bend:
                        total += weights[place + turn * size] * (value - bend)
    return total


def features_of(
    index: Index, query: Query, card: Card, words: float, letters: float, codes: Set[str]
) -> tuple[float, ...]:
    """How the question and the document meet, in the order of `FEATURES`."""
    asked, row, title = query.idf, query.row, card.title
    near = _near_rows(row, card)
    best, best_row = near[0] if near else (0.0, title)
    rows = [other for _, other in near]
    share, body = card.share, card.body
    missing = missing_body = worst = 0.0
    numbers = 0
    for stem, idf in asked.items():
        if stem not in share:
            missing += idf
            worst = max(worst, idf)
            if stem not in body:
                missing_body += idf
                numbers += stem[0].isdigit()
    codes_asked = asked.keys() & codes
    source = card.document.source
    text = row.text
    return (
        _odds(index, query, card),
        words,
        letters,
        best,
        sum(score for score, _ in near[:3]) / 3,
        max((_dice(row, other) for other in rows), default=0.0),
        max((fuzz.token_set_ratio(text, other.text) for other in rows), default=0.0) / 100,
        max((fuzz.token_sort_ratio(text, other.text) for other in rows), default=0.0) / 100,
        sum(weight * title.weights.get(stem, 0.0) for stem, weight in row.weights.items()),
        sum(weight * weight for stem, weight in title.weights.items() if stem not in asked),
        len(title.grams & row.grams) / (len(title.grams) or 1),
        missing / query.mass,
        missing_body / query.mass,
        worst / 6,
        sum(weight * weight for stem, weight in best_row.weights.items() if stem not in asked),
        sum(weight for stem, weight in card.core if stem not in asked),
        float(len(codes_asked - share.keys())),
        float(len((title.weights.keys() & codes) - asked.keys())) if codes_asked else 0.0,
        float(numbers),
        max((len(row.pairs & other.pairs) for other in rows), default=0) / (len(row.pairs) or 1),
        float(source == "term"),
        float(source == "lke"),
        float(source == "outside"),
        float(source == "term" and not EXPANSION.isdisjoint(asked)),
        float(source == "lke" and not EVIDENCE.isdisjoint(asked)),
    )


def _near_rows(row: Row, card: Card) -> list[tuple[float, Row]]:
    """The rows nearest by cosine, best first."""
    scores = [0.0] * len(card.rows)
    rows, holders = card.rows, card.holders
    for stem, weight in row.weights.items():
        part = weight * row.idf[stem]
        for place in holders.get(stem, ()):
            scores[place] += part * rows[place].scale
    best = sorted(range(len(scores)), key=scores.__getitem__, reverse=True)[:ROWS_COMPARED]
    return [(scores[place], rows[place]) for place in best]


def _odds(index: Index, query: Query, card: Card) -> float:
    """Mean log odds of the words under this document against all (a smoothed naive Bayes)."""
    total = 0.0
    size = len(card.rows) + 1
    usual_of: Mapping[str, float] = index.usual
    for stem in query.idf:
        usual = usual_of.get(stem, 0.0) + FLOOR
        share = (card.share.get(stem, 0.0) * size + PRIOR_ROWS * usual) / (size + PRIOR_ROWS)
        total += math.log(share / usual)
    return total / math.sqrt(len(query.idf) or 1)


def _dice(left: Row, right: Row) -> float:
    return 2 * len(left.grams & right.grams) / ((len(left.grams) + len(right.grams)) or 1)
