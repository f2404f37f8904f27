"""Learn the weights of ranking and decision: `python -m tests.bench.train_ranker`.

Features are taken by leaving question variants out (the index never holds the question it is asked), so the
weights suit questions that nobody has written down. Reproducible: the order of everything is seeded.
"""

import json
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.documents import OUTSIDE
from knowledge.library import DATA
from knowledge.matcher import SIGNS, WEIGHTS_FILE, logistic, signs_of
from knowledge.ranker import FEATURES, Ranked, features_of
from tests.bench.ask_data import SEED, Asked, Fold, absent_folds, normalizer, read, variant_folds

RANK_EPOCHS = 14
DECIDE_EPOCHS = 60
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
            if id == asked.topic or (asked.topic is None and id.startswith(OUTSIDE))
        ]
        found.append(Example(asked, fold, rows, right))
    return found


def learn_rank(examples: Sequence[Example], epochs: int = RANK_EPOCHS) -> list[float]:
    """Softmax over each shortlist, by Adagrad."""
    chance = random.Random(SEED)
    weights = [0.0] * len(FEATURES)
    seen = [1e-6] * len(FEATURES)
    useful = [each for each in examples if each.right and len(each.right) < len(each.rows)]
    for _ in range(epochs):
        chance.shuffle(useful)
        for each in useful:
            gradient = _gradient(each, weights)
            for i, slope in enumerate(gradient):
                slope += PULL * weights[i]
                seen[i] += slope * slope
                weights[i] -= 0.3 * slope / math.sqrt(seen[i])
    return weights


def _gradient(example: Example, weights: Sequence[float]) -> list[float]:
    scores = [sum(w * v for w, v in zip(weights, row, strict=True)) for _, row in example.rows]
    top = max(scores)
    raw = [math.exp(score - top) for score in scores]
    total, inside = sum(raw), sum(raw[i] for i in example.right) or 1e-12
    gradient = [0.0] * len(weights)
    right = set(example.right)
    for i, (_, row) in enumerate(example.rows):
        force = raw[i] / total - (raw[i] / inside if i in right else 0.0)
        if abs(force) > 1e-4:
            for j, value in enumerate(row):
                if value:
                    gradient[j] += force * value
    return gradient


def ranked_of(example: Example, weights: Sequence[float]) -> list[Ranked]:
    """The shortlist ordered by the weights."""
    ranked = [
        Ranked(place, row, sum(w * v for w, v in zip(weights, row, strict=True)))
        for place, row in example.rows
    ]
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
    return Case(example.asked, signs, first == example.asked.topic, first, weight)


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


def main() -> None:
    """Train on the knowledge's own variants and store."""
    folds = [examples_of(fold) for fold in variant_folds()]
    everything = [each for fold in folds for each in fold]
    entries = [each for each in everything if each.asked.kind == "entry"]
    reach = sum(bool(each.right) for each in entries) / len(entries)
    print(f"{len(everything)} questions; the right topic is in the shortlist for {reach:.2%} of entries")
    cases: list[Case] = []
    for number, fold in enumerate(folds):
        others = [each for other, rest in enumerate(folds) if other != number for each in rest]
        weights = learn_rank(others, epochs=5)
        cases += [case for each in fold if (case := case_of(each, weights, _importance(each.asked)))]
    weights = learn_rank(everything)
    for lacking in absent_folds():
        found = (case_of(each, weights, _importance(each.asked)) for each in examples_of(lacking))
        cases += [case for case in found if case]
    for kind in sorted({case.asked.kind for case in cases}):
        some = [case for case in cases if case.asked.kind == kind]
        print(f"{kind:14} {len(some):5} first right {sum(case.right for case in some) / len(some):.2%}")
    decide = learn_decide(cases)
    report(cases, decide)
    stored = {
        "rank": {name: round(value, 5) for name, value in zip(FEATURES, weights, strict=True)},
        "decide": {name: round(value, 5) for name, value in zip(SIGNS, decide, strict=True)},
        "answer_from": 0.6,
        "choose_from": 0.2,
    }
    (DATA / WEIGHTS_FILE).write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    for name, value in (*zip(FEATURES, weights, strict=True), *zip(SIGNS, decide, strict=True)):
        print(f"  {name:16} {value:8.3f}")


def _importance(asked: Asked) -> float:
    return {"lke": 0.3, "outside": 2.0, "subject-gone": 2.0, "topic-gone": 0.3}.get(asked.kind, 1.0)


def report(cases: Sequence[Case], decide: Sequence[float]) -> None:
    """What each threshold would mean."""
    sure = [(logistic(sum(w * v for w, v in zip(decide, case.signs, strict=True))), case) for case in cases]
    for limit in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        line = [f"from {limit:.1f}:"]
        for kind in ("entry", "term", "lke", "outside", "subject-gone", "topic-gone"):
            some = [(value, case) for value, case in sure if case.asked.kind == kind]
            if not some:
                continue
            told = [case for value, case in some if value >= limit and not case.first.startswith(OUTSIDE)]
            right = sum(case.right for case in told)
            line.append(f"{kind} {right / len(some):.1%}/{(len(told) - right) / len(some):.1%}")
        print("  ".join(line))


if __name__ == "__main__":
    main()
