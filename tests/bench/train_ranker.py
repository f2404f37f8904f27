"""Learn the weights of ranking and decision: `python -m tests.bench.train_ranker`.

Features are taken by leaving question variants out (the index never holds the question it is asked), so the
weights suit questions that nobody has written down. Reproducible: the order of everything is seeded.
"""

import json
import math
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.documents import OUTSIDE
from knowledge.library import DATA
from knowledge.matcher import SIGNS, WEIGHTS_FILE, logistic, signs_of
from knowledge.ranker import WEIGHED, Ranked, bent, features_of, weighed
from tests.bench.ask_data import (
    SEED,
    Asked,
    Fold,
    absent_folds,
    normalizer,
    read,
    variant_folds,
    written_fold,
)

RANK_EPOCHS = 8
FOLD_EPOCHS = 4
LEAST_FORCE = 1e-3
WRITTEN_TIMES = 3
DECIDE_EPOCHS = 60
ANSWER_FROM, CHOOSE_FROM = 0.65, 0.3
"""Held out, under 2.5% of written questions are then answered wrongly, and under 3% of those outside."""
WRITTEN_WEIGHT = 4.0
"""The written questions count more: they are asked as people ask, and to the whole index."""
PULL = 1e-5
"""How strongly weights are drawn to zero at each step."""


@dataclass
class Example:
    """A question's shortlist: features by place, and which places are right."""

    asked: Asked
    fold: Fold
    rows: list[tuple[int, tuple[float, ...]]]
    right: list[int]


def examples_of(fold: Fold) -> list[Example]:
    """The held-out questions of a fold with the features of their shortlists."""
    codes = normalizer().tables.keep
    found = []
    for asked in fold.held_out:
        query = fold.index.query(read(asked.text))
        rows = [
            (place, features_of(fold.index, query, fold.index.cards[place], words, letters, codes))
            for place, words, letters in fold.index.shortlist(query)
        ]
        ids = [fold.index.cards[place].document.id for place, _ in rows]
        right = [
            i
            for i, id in enumerate(ids)
            if id in asked.topics or (asked.topic is None and id.startswith(OUTSIDE))
        ]
        found.append(Example(asked, fold, rows, right))
    return found


def learn_rank(examples: Sequence[Example], epochs: int) -> list[float]:
    """Softmax over each shortlist, by Adagrad."""
    chance = random.Random(SEED)
    weights = [0.0] * len(WEIGHED)
    seen = [1e-6] * len(WEIGHED)
    useful = [each for each in examples if each.right and len(each.right) < len(each.rows)]
    for _ in range(epochs):
        chance.shuffle(useful)
        for each in useful:
            for place, slope in _gradient(each, weights).items():
                slope += PULL * weights[place]
                seen[place] += slope * slope
                weights[place] -= 0.3 * slope / math.sqrt(seen[place])
    return weights


def _gradient(example: Example, weights: Sequence[float]) -> dict[int, float]:
    scores = [weighed(row, weights) for _, row in example.rows]
    top = max(scores)
    raw = [math.exp(score - top) for score in scores]
    total, inside = sum(raw), sum(raw[i] for i in example.right) or 1e-12
    gradient: dict[int, float] = defaultdict(float)
    right = set(example.right)
    for i, (_, row) in enumerate(example.rows):
        force = raw[i] / total - (raw[i] / inside if i in right else 0.0)
        if abs(force) > LEAST_FORCE:
            for place, value in enumerate(bent(row)):
                if value:
                    gradient[place] += force * value
    return gradient


def ranked_of(example: Example, weights: Sequence[float]) -> list[Ranked]:
    """The shortlist ordered by the weights."""
    ranked = [Ranked(place, row, weighed(row, weights)) for place, row in example.rows]
    ranked.sort(key=lambda each: (-each.score, each.place))
    return ranked


@dataclass
class Case:
    """A ranked question for the decision: its signs, and whether answering with the first is right."""

    asked: Asked
    signs: tuple[float, ...]
    right: bool
    first: str
    weight: float = 1.0


def case_of(example: Example, weights: Sequence[float], weight: float = 1.0) -> Case | None:
    """None for an empty shortlist."""
    if not example.rows:
        return None
    ranked = ranked_of(example, weights)
    index = example.fold.index
    first = index.cards[ranked[0].place].document.id
    signs = signs_of(index, index.query(read(example.asked.text)), ranked)
    return Case(example.asked, signs, first in example.asked.topics, first, weight)


def learn_decide(cases: Sequence[Case], epochs: int = DECIDE_EPOCHS) -> list[float]:
    """Logistic regression, by Adagrad."""
    chance = random.Random(SEED)
    weights = [0.0] * len(SIGNS)
    seen = [1e-6] * len(SIGNS)
    order = list(cases)
    for _ in range(epochs):
        chance.shuffle(order)
        for case in order:
            score = sum(w * v for w, v in zip(weights, case.signs, strict=True))
            force = case.weight * (logistic(score) - case.right)
            for i, value in enumerate(case.signs):
                slope = force * value + PULL * weights[i]
                seen[i] += slope * slope
                weights[i] -= 0.2 * slope / math.sqrt(seen[i])
    return weights


def held_out_cases(folds: Sequence[Sequence[Example]], asked: list[Example]) -> list[Case]:
    """Every variant and every written question, ranked by weights that were learned without it."""
    cases: list[Case] = []
    for number, fold in enumerate(folds):
        others = [each for other, rest in enumerate(folds) if other != number for each in rest]
        weights = learn_rank([*others, *asked * WRITTEN_TIMES], FOLD_EPOCHS)
        cases += _cases(fold, weights)
    everything = [each for fold in folds for each in fold]
    for half in (0, 1):
        rest = [each for place, each in enumerate(asked) if place % 2 != half]
        weights = learn_rank([*everything, *rest * WRITTEN_TIMES], FOLD_EPOCHS)
        cases += _cases([each for place, each in enumerate(asked) if place % 2 == half], weights)
    return cases


def _cases(examples: Iterable[Example], weights: Sequence[float]) -> list[Case]:
    found = (case_of(each, weights, _importance(each.asked)) for each in examples)
    return [case for case in found if case]


def main() -> None:
    """Train and store."""
    folds = [examples_of(fold) for fold in variant_folds()]
    asked = examples_of(written_fold())
    everything = [each for fold in folds for each in fold]
    entries = [each for each in everything if each.asked.kind == "entry"]
    reach = sum(bool(each.right) for each in entries) / len(entries)
    print(f"{len(everything)} questions; the right topic is in the shortlist for {reach:.2%} of entries")
    cases = held_out_cases(folds, asked)
    weights = learn_rank([*everything, *asked * WRITTEN_TIMES], RANK_EPOCHS)
    for lacking in absent_folds():
        cases += _cases(examples_of(lacking), weights)
    for kind in sorted({case.asked.kind for case in cases}):
        some = [case for case in cases if case.asked.kind == kind]
        print(f"{kind:14} {len(some):5} first right {sum(case.right for case in some) / len(some):.2%}")
    decide = learn_decide(cases)
    report(cases, decide)
    stored = {
        "rank": {name: round(value, 4) for name, value in zip(WEIGHED, weights, strict=True)},
        "decide": {name: round(value, 4) for name, value in zip(SIGNS, decide, strict=True)},
        "answer_from": ANSWER_FROM,
        "choose_from": CHOOSE_FROM,
    }
    (DATA / WEIGHTS_FILE).write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


def _importance(asked: Asked) -> float:
    kinds = {"entry": 1.0, "term": 1.0, "lke": 0.3, "outside": 2.0, "subject-gone": 2.0, "topic-gone": 0.3}
    return kinds.get(asked.kind, WRITTEN_WEIGHT)


def report(cases: Sequence[Case], decide: Sequence[float]) -> None:
    """What each threshold would mean: right and wrong answers among all questions of a kind."""
    own = {"entry", "term", "lke", "outside", "subject-gone", "topic-gone"}
    sure = [(logistic(sum(w * v for w, v in zip(decide, case.signs, strict=True))), case) for case in cases]
    groups = {
        **{kind: [pair for pair in sure if pair[1].asked.kind == kind] for kind in sorted(own)},
        "written": [pair for pair in sure if pair[1].asked.kind not in own and pair[1].asked.topic],
        "written outside": [
            pair for pair in sure if pair[1].asked.kind not in own and not pair[1].asked.topic
        ],
    }
    for limit in (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8, 0.9):
        line = [f"from {limit:.2f}:"]
        for name, some in groups.items():
            told = [case for value, case in some if value >= limit and not case.first.startswith(OUTSIDE)]
            right = sum(case.right for case in told)
            line.append(f"{name} {right / len(some):.1%}/{(len(told) - right) / len(some):.1%}")
        print("  ".join(line))


if __name__ == "__main__":
    main()
