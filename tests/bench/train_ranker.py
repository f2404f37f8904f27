"""Learn the votes, the ranking and the decision: `python -m tests.bench.train_ranker`. Needs numpy.

Everything is learned from questions that the index and the votes at hand have not seen (five parts, each
left out once), so the weights suit questions that nobody has written down. What is printed is held out as
well: every figure comes from votes, ranking and decision that were learned without the question.
Reproducible: all chance is seeded. With `--report` nothing is stored; with `--mistakes` the held-out mistakes
are listed.
"""

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from knowledge.index import Index, Query
from knowledge.library import DATA
from knowledge.matcher import SIGNS, WEIGHTS_FILE, load_weights, signs_of
from knowledge.ranker import WEIGHED, Ranked, features_of, slopes_of, weighed
from knowledge.votes import Ballot, write_votes
from tests.bench.ask_data import (
    FOLDS,
    Asked,
    documents,
    fold_of,
    held_out,
    normalizer,
    ranked_questions,
    read,
    without,
)
from tests.bench.learn import Floats, chances, learn_decide, learn_rank
from tests.bench.train_votes import learn_votes

WRITTEN_WORTH = 4.0
"""The written questions count more: they are asked as people ask, and to the whole index."""
OUTSIDE_WORTH = 8.0
"""An answer to what is outside costs more than one that is left out: the decision must see it so."""
ANSWER_FROM, CHOOSE_FROM = 0.6, 0.35
"""Held out, about 1.5% of written questions are then answered wrongly, and 2% of those outside are answered.
From 0.5 on a percent more would be right; of what strangers asked between the two, more was wrong."""
OWN = frozenset({"entry", "term", "lke", "outside", "topic-gone", "subject-gone"})
"""The kinds of question that are made from the fact base; all others are written."""
WORTH = {"entry": 1.0, "term": 1.0, "lke": 0.3, "outside": 2.0, "subject-gone": 2.0, "topic-gone": 0.3}
GONE_EVERY = 6
"""Every so many ways of asking an entry are also asked as if the entry did not exist."""


@dataclass
class Example:
    """A question with its shortlist: features by place, and which are right."""

    asked: Asked
    fold: int
    index: Index
    query: Query
    places: list[int]
    features: NDArray[np.float32]
    right: NDArray[np.bool_]

    def ranked(self, weights: Sequence[float]) -> list[Ranked]:
        """The shortlist in the order of the weights."""
        rows = (tuple(map(float, row)) for row in self.features)
        slopes = slopes_of(weights)
        ranked = [Ranked(p, row, weighed(row, slopes)) for p, row in zip(self.places, rows, strict=True)]
        return sorted(ranked, key=lambda each: (-each.score, each.place))


def examples_of(index: Index, asked: Iterable[Asked], fold: int) -> list[Example]:
    """The questions as this index meets them."""
    found = []
    for place, each in enumerate(asked):
        if not read(each.text).stems:
            continue
        found.append(_example(index, each, fold, ()))
        if each.kind == "outside" or (each.kind == "entry" and place % GONE_EVERY == 0):
            found.append(_absent(index, each, fold))
    return [each for each in found if each.places]


def _absent(index: Index, asked: Asked, fold: int) -> Example:
    """The same question as if what answers it did not exist."""
    owner = [p for p, card in enumerate(index.cards) if asked.text in _asked_for(card.document.id)]
    kind = "subject-gone" if asked.kind == "outside" else "topic-gone"
    return _example(index, Asked(asked.text, None, kind), fold, owner)


def _asked_for(id: str) -> frozenset[str]:
    return _QUESTIONS[id]


_QUESTIONS = {each.id: frozenset(each.questions) for each in documents()}


def _example(index: Index, asked: Asked, fold: int, gone: Sequence[int]) -> Example:
    query = index.query(read(asked.text))
    query = replace(query, ballot=_less(query.ballot, gone))
    codes = normalizer().tables.keep
    short = [(place, words) for place, words in index.shortlist(query) if place not in gone]
    rows = [features_of(index, query, place, words, codes) for place, words in short]
    places = [place for place, _ in short]
    right = [
        index.cards[place].document.id in asked.topics if asked.topic else place in index.outside
        for place in places
    ]
    features = np.array(rows, dtype=np.float32)
    return Example(asked, fold, index, query, places, features, np.array(right, dtype=bool))


def _less(ballot: Ballot, gone: Sequence[int]) -> Ballot:
    """The votes when some documents do not stand."""
    if not gone:
        return ballot
    left = 1 - sum(ballot.of(place) for place in gone) or 1.0
    chance = {place: value / left for place, value in ballot.chance.items() if place not in gone}
    first = max(chance, key=chance.__getitem__, default=-1)
    return replace(ballot, chance=chance, rest=ballot.rest / left, first=first)


@dataclass
class Case:
    """A ranked question for the decision, and whether answering with its first document is right."""

    asked: Asked
    fold: int
    signs: tuple[float, ...]
    right: bool
    first: str
    outside_first: bool


def case_of(example: Example, weights: Sequence[float]) -> Case | None:
    """None where only outside documents are near."""
    ranked, index = example.ranked(weights), example.index
    first = next((each.place for each in ranked if each.place not in index.outside), None)
    if first is None:
        return None
    signs = signs_of(index, example.query, ranked)
    id = index.cards[first].document.id
    right = id in example.asked.topics
    return Case(example.asked, example.fold, signs, right, id, ranked[0].place in index.outside)


def rank_weights(examples: Sequence[Example]) -> list[float]:
    """The weights of the ranking. Questions without an answer, or with nothing but answers, teach nothing."""
    useful = [each for each in examples if each.right.any() and not each.right.all()]
    worth = [1.0 if each.asked.kind in OWN else WRITTEN_WORTH for each in useful]
    found = learn_rank([each.features for each in useful], [each.right for each in useful], worth)
    return [round(float(value), 4) for value in found]


def decide_weights(cases: Sequence[Case]) -> Floats:
    """The weights of the decision."""
    return learn_decide(
        np.array([case.signs for case in cases]),
        np.array([case.right for case in cases]),
        np.array([_worth(case.asked) for case in cases]),
    )


def _worth(asked: Asked) -> float:
    """What a question counts in the decision."""
    return WORTH.get(asked.kind, WRITTEN_WORTH if asked.topic else OUTSIDE_WORTH)


def all_examples() -> list[Example]:
    """Every way of asking and every written question, each met by an index and votes without it."""
    asked = ranked_questions()
    found = []
    for fold in range(FOLDS):
        kept = without(fold)
        votes = learn_votes(kept, [each for each in asked if fold_of(each) != fold])
        found += examples_of(Index(kept, read, votes), held_out(fold), fold)
        mine = [each for each in asked if fold_of(each) == fold]
        found += examples_of(Index(documents(), read, votes), mine, fold)
        print(f"part {fold + 1} of {FOLDS} read", flush=True)
    return found


def held_out_ranks(examples: Sequence[Example]) -> list[list[float]]:
    """For each part the weights of the ranking that were learned without it."""
    return [rank_weights([each for each in examples if each.fold != fold]) for fold in range(FOLDS)]


def held_out_cases(examples: Sequence[Example], ranks: Sequence[Sequence[float]]) -> list[Case]:
    """Every example ranked by weights that were learned without its part."""
    cases = [case_of(each, ranks[each.fold]) for each in examples]
    return [case for case in cases if case]


def held_out_chances(cases: Sequence[Case]) -> list[float]:
    """How sure each case is by a decision that was learned without its part."""
    sure = [0.0] * len(cases)
    for fold in range(FOLDS):
        weights = decide_weights([case for case in cases if case.fold != fold])
        mine = [place for place, case in enumerate(cases) if case.fold == fold]
        found = chances(np.array([cases[place].signs for place in mine]), weights)
        for place, value in zip(mine, found, strict=True):
            sure[place] = float(value)
    return sure


def report(cases: Sequence[Case], sure: Sequence[float]) -> None:
    """Held out: what each threshold would mean, then how each kind fares at the chosen one."""
    pairs = list(zip(sure, cases, strict=True))
    groups = {kind: [pair for pair in pairs if pair[1].asked.kind == kind] for kind in sorted(OWN)}
    own = [pair for pair in pairs if pair[1].asked.kind not in OWN]
    groups["written"] = [pair for pair in own if pair[1].asked.topic]
    groups["written outside"] = [pair for pair in own if not pair[1].asked.topic]
    print("answered right/wrong from a certainty on, held out")
    for limit in (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8):
        line = [f"{limit:.2f}:"]
        for name, some in groups.items():
            told = [case for value, case in some if value >= limit]
            right = sum(case.right for case in told)
            line.append(f"{name} {right / len(some):.1%}/{(len(told) - right) / len(some):.1%}")
        print("  ".join(line))
    for kind in sorted({case.asked.kind for _, case in own}):
        some = [pair for pair in own if pair[1].asked.kind == kind]
        told = [case for value, case in some if value >= ANSWER_FROM]
        right = sum(case.right for case in told)
        offered = sum(CHOOSE_FROM <= value < ANSWER_FROM and not case.outside_first for value, case in some)
        shares = [right / len(some), (len(told) - right) / len(some), offered / len(some)]
        print(
            f"{kind:14} {len(some):5}  right {shares[0]:.1%}  wrong {shares[1]:.1%}  offered {shares[2]:.1%}"
        )


def mistakes(cases: Sequence[Case], sure: Sequence[float]) -> None:
    """Every written question that, held out, is not answered rightly, or answered though it is outside."""
    for value, case in sorted(zip(sure, cases, strict=True), key=lambda pair: (pair[1].asked.kind, pair[0])):
        asked = case.asked
        told = value >= ANSWER_FROM
        if asked.kind not in OWN and not (told and case.right if asked.topic else not told):
            print(f"{asked.kind}  {value:.2f}  {case.first} instead of {asked.topic}  {asked.text}")


def main() -> None:
    """Train, report, and store."""
    examples = all_examples()
    entries = [each for each in examples if each.asked.kind == "entry"]
    reach = sum(bool(each.right.any()) for each in entries) / len(entries)
    print(f"{len(examples)} questions; the right topic is on the shortlist for {reach:.2%} of entries")
    cases = held_out_cases(examples, held_out_ranks(examples))
    sure = held_out_chances(cases)
    report(cases, sure)
    if "--mistakes" in sys.argv:
        mistakes(cases, sure)
    if "--report" in sys.argv:
        return
    rank, decide = rank_weights(examples), decide_weights(cases)
    stored = {
        "rank": dict(zip(WEIGHED, rank, strict=True)),
        "decide": {name: round(float(value), 4) for name, value in zip(SIGNS, decide, strict=True)},
        "local": load_weights(DATA).local,
        "answer_from": ANSWER_FROM,
        "choose_from": CHOOSE_FROM,
    }
    (DATA / WEIGHTS_FILE).write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
    write_votes(DATA, learn_votes(documents(), ranked_questions()))


if __name__ == "__main__":
    main()
