"""Ordering the shortlist: features of question and document, weighed by learned weights."""

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.index import Card, Index, Query, Row, largest

FEATURES = (
    "odds",
    "words",
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
    "vote",
    "vote_log",
    "vote_first",
)
BENDS = (0.25, 0.5, 0.75)
"""Where the slope of a feature may change: each feature counts by a bent line instead of a straight one."""

WEIGHED = (*FEATURES, *(f"{name}>{bend}" for bend in BENDS for name in FEATURES))
"""The names of the weights: the slope of each feature, then what is added to it beyond each bend."""

ROWS_COMPARED = 4
LONG_TEXT, FUZZY_LONG = 160, 2
"""Of a text longer than this the letters are compared with fewer rows: it costs most and tells least."""
EXPANSION = frozenset({"kepanjangan", "panjang", "istilah", "huruf", "singkat"})
EVIDENCE = frozenset({"bukti_dukung", "indikator", "opsi", "pilih", "eviden", "bukti"})
FLOOR = 1e-3
PRIOR_ROWS = 3
LOG_RANGE = 8.0
"""Chances are told apart down to e to the minus this."""


Slopes = Sequence[tuple[float, ...]]
"""For each feature its slope, and what is added to it beyond each bend."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document with its features and the weighted sum."""

    place: int
    features: tuple[float, ...]
    score: float


def rank(index: Index, query: Query, slopes: Slopes, codes: Set[str]) -> list[Ranked]:
    """The shortlist with scores, best first. `codes` are short names that decide ("wbk", "tpi")."""
    ranked = []
    for place, words in index.shortlist(query):
        features = features_of(index, query, place, words, codes)
        score = weighed(features, slopes)
        ranked.append(Ranked(place, features, score))
    ranked.sort(key=lambda each: (-each.score, each.place))
    return ranked


def slopes_of(weights: Sequence[float]) -> Slopes:
    """Weights in the order of `WEIGHED`, by feature."""
    size = len(FEATURES)
    return list(zip(*(weights[start : start + size] for start in range(0, len(weights), size)), strict=True))


def weighed(features: Sequence[float], slopes: Slopes) -> float:
    """The score of features."""
    first, second, third = BENDS
    total = 0.0
    for value, (slope, more, much, most) in zip(features, slopes, strict=True):
        if value:
            total += slope * value
            if value > first:
                total += more * (value - first)
                if value > second:
                    total += much * (value - second)
                    if value > third:
                        total += most * (value - third)
    return total


def features_of(index: Index, query: Query, place: int, words: float, codes: Set[str]) -> tuple[float, ...]:
    """How the question and the document at `place` meet, in the order of `FEATURES`."""
    card = index.cards[place]
    vote = query.ballot.of(place)
    asked, row, title = query.idf, query.row, card.title
    near = _near_rows(row, card)
    best, best_row = near[0] if near else (0.0, title)
    share, body = card.share, card.body
    missing = missing_body = worst = 0.0
    numbers = 0
    for stem, idf in asked.items():
        if stem not in share:
            missing += idf
            if idf > worst:
                worst = idf
            if stem not in body:
                missing_body += idf
                numbers += stem[0].isdigit()
    codes_asked = asked.keys() & codes
    source = card.document.source
    title_near, title_extra = _met(row, title)
    letters, fuzz_set, fuzz_sort, pairs = _alike(row, near)
    return (
        _odds(index, query, card),
        words,
        best,
        sum(score for score, _ in near[:3]) / 3,
        letters,
        fuzz_set,
        fuzz_sort,
        title_near,
        title_extra,
        len(title.grams & row.grams) / (len(title.grams) or 1),
        missing / query.mass,
        missing_body / query.mass,
        worst / 6,
        _met(row, best_row)[1],
        sum([weight for stem, weight in card.core if stem not in asked]),
        float(len(codes_asked - share.keys())),
        float(len((title.weights.keys() & codes) - asked.keys())) if codes_asked else 0.0,
        float(numbers),
        pairs,
        float(source == "term"),
        float(source == "lke"),
        float(source == "outside"),
        float(source == "term" and not EXPANSION.isdisjoint(asked)),
        float(source == "lke" and not EVIDENCE.isdisjoint(asked)),
        vote,
        max(0.0, 1 + math.log(vote) / LOG_RANGE) if vote > 0.0 else 0.0,
        float(place == query.ballot.first),
    )


def _met(row: Row, other: Row) -> tuple[float, float]:
    """How much of another row the question says (cosine), and how much of it it leaves unsaid."""
    said = unsaid = 0.0
    mine = row.weights
    for stem, weight in other.weights.items():
        own = mine.get(stem)
        if own is None:
            unsaid += weight * weight
        else:
            said += own * weight
    return said, unsaid


def _alike(row: Row, near: Sequence[tuple[float, Row]]) -> tuple[float, float, float, float]:
    """The likeness of letters, of words in any order (twice) and of word pairs; each to its best row."""
    if not near:
        return 0.0, 0.0, 0.0, 0.0
    letters = 0.0
    pairs = 0
    text, grams, own = row.text, row.grams, row.pairs
    for _, other in near:
        theirs = other.grams
        letters = max(letters, 2 * len(grams & theirs) / ((len(grams) + len(theirs)) or 1))
        pairs = max(pairs, len(own & other.pairs))
    texts = [other.text for _, other in near[: FUZZY_LONG if len(text) > LONG_TEXT else ROWS_COMPARED]]
    fuzz_set = process.extractOne(text, texts, scorer=fuzz.token_set_ratio)[1]
    fuzz_sort = process.extractOne(text, texts, scorer=fuzz.token_sort_ratio)[1]
    return letters, fuzz_set / 100, fuzz_sort / 100, pairs / (len(own) or 1)


def _near_rows(row: Row, card: Card) -> list[tuple[float, Row]]:
    """The rows nearest by cosine, best first."""
    scores = [0.0] * len(card.rows)
    holders = card.holders
    for stem, weight in row.weights.items():
        held = holders.get(stem)
        if held:
            for place, other in zip(*held, strict=True):
                scores[place] += weight * other
    return [(score, card.rows[place]) for place, score in largest(scores, ROWS_COMPARED)]


def _odds(index: Index, query: Query, card: Card) -> float:
    """Mean log odds of the words under this document against all (a smoothed naive Bayes)."""
    size = len(card.rows) + 1
    usual_of: Mapping[str, float] = index.usual
    held = [stem for stem in query.idf if stem in card.share]
    # A word that no row holds has the same odds as any other such word.
    total = (len(query.idf) - len(held)) * math.log(PRIOR_ROWS / (size + PRIOR_ROWS))
    for stem in held:
        usual = usual_of.get(stem, 0.0) + FLOOR
        total += math.log((card.share[stem] * size / usual + PRIOR_ROWS) / (size + PRIOR_ROWS))
    return total / math.sqrt(len(query.idf) or 1)
