"""Ordering the shortlist: features of question and document, weighed by learned weights."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

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
    "title_letters",
    "missing",
    "missing_body",
    "missing_worst",
    "row_extra",
    "codes_missing",
    "codes_extra",
    "numbers_missing",
    "pairs",
    "same",
    "term",
    "lke",
    "outside",
    "term_asked",
    "lke_asked",
)
ROWS_COMPARED = 12
EXPANSION = frozenset({"kepanjangan", "panjang", "istilah", "huruf", "singkat"})
EVIDENCE = frozenset({"bukti_dukung", "indikator", "opsi", "pilih", "eviden", "bukti"})
FLOOR = 1e-3


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document with its features and the weighted sum."""

    place: int
    features: tuple[float, ...]
    score: float


def rank(index: Index, query: Query, weights: Sequence[float], codes: frozenset[str]) -> list[Ranked]:
    """The shortlist with scores, best first. `codes` are short names that decide ("wbk", "tpi")."""
    ranked = []
    for place, words, letters in index.shortlist(query):
        features = features_of(index, query, index.cards[place], words, letters, codes)
        score = sum(weight * value for weight, value in zip(weights, features, strict=True))
        ranked.append(Ranked(place, features, score))
    ranked.sort(key=lambda each: (-each.score, each.place))
    return ranked


def features_of(
    index: Index, query: Query, card: Card, words: float, letters: float, codes: frozenset[str]
) -> tuple[float, ...]:
    """How the question and the document meet, in the order of `FEATURES`."""
    near = _near_rows(query.row, card)
    best, best_row = near[0] if near else (0.0, card.title)
    asked = query.idf
    missing = [idf for stem, idf in asked.items() if stem not in card.share]
    missing_body = sum(idf for stem, idf in asked.items() if stem not in card.share and stem not in card.body)
    code_asked = {stem for stem in asked if stem in codes}
    title_codes = {stem for stem in card.title.weights if stem in codes}
    numbers = [stem for stem in asked if stem[0].isdigit()]
    source = card.document.source
    stems = asked.keys()
    return (
        _odds(index, query, card),
        words,
        letters,
        best,
        sum(score for score, _ in near[:3]) / 3,
        max((_dice(query.row, row) for _, row in near[:ROWS_COMPARED]), default=0.0),
        _fuzz(query.row.text, near, fuzz.token_set_ratio),
        _fuzz(query.row.text, near, fuzz.token_sort_ratio),
        _dot(query.row.weights, card.title.weights),
        _contained(card.title, query.row),
        sum(missing) / query.mass,
        missing_body / query.mass,
        max(missing, default=0.0) / 6,
        sum(w * w for stem, w in best_row.weights.items() if stem not in asked),
        float(len(code_asked - card.share.keys())),
        float(len(title_codes - stems)) if code_asked else 0.0,
        float(sum(number not in card.share and number not in card.body for number in numbers)),
        max((_pairs(query.row, row) for _, row in near[:ROWS_COMPARED]), default=0.0),
        float(best > 0.999),
        float(source == "term"),
        float(source == "lke"),
        float(source == "outside"),
        float(source == "term" and not EXPANSION.isdisjoint(stems)),
        float(source == "lke" and not EVIDENCE.isdisjoint(stems)),
    )


def _near_rows(row: Row, card: Card) -> list[tuple[float, Row]]:
    near = [(_dot(row.weights, other.weights), other) for other in card.rows]
    near.sort(key=lambda pair: -pair[0])
    return near


def _odds(index: Index, query: Query, card: Card) -> float:
    """Mean log odds of the words under this document against all (a smoothed naive Bayes)."""
    total = 0.0
    size = len(card.rows) + 1
    for stem in query.idf:
        usual = index.usual.get(stem, 0.0) + FLOOR
        share = (card.share.get(stem, 0.0) * size + 3 * usual) / (size + 3)
        total += math.log(share / usual)
    return total / math.sqrt(len(query.idf) or 1)


def _dot(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    if len(left) > len(right):
        left, right = right, left
    return sum(weight * right[stem] for stem, weight in left.items() if stem in right)


def _dice(left: Row, right: Row) -> float:
    return 2 * len(left.grams & right.grams) / (len(left.grams) + len(right.grams))


def _contained(part: Row, whole: Row) -> float:
    return len(part.grams & whole.grams) / (len(part.grams) or 1)


def _pairs(left: Row, right: Row) -> float:
    return len(left.pairs & right.pairs) / (len(left.pairs) or 1)


def _fuzz(text: str, near: Sequence[tuple[float, Row]], scorer: Callable[..., float]) -> float:
    return max((scorer(text, row.text) for _, row in islice(near, ROWS_COMPARED)), default=0.0) / 100
