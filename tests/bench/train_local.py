"""Learn the weights of agency entries: `python -m tests.bench.train_local`. Needs numpy.

Small random sets of national entries, with one to six ways of asking each, play an agency's entries; they are
asked the development questions for them, for their neighbours, and for nothing here. Stored in `ranker.json`.
"""

import json
import random
from collections.abc import Iterator, Mapping

import numpy as np

from knowledge.library import DATA, load_library
from knowledge.local_entries import FEATURES, LocalEntry, LocalIndex, codes_of, margin_of
from knowledge.matcher import WEIGHTS_FILE, Matcher
from tests.bench.ask_data import SEED, Asked, documents, written
from tests.bench.learn import chances, learn_decide

SETS = 150
ENTRIES, MOST_WAYS = 15, 6
ASKED_OWN, ASKED_OTHER, ASKED_OUTSIDE = 12, 10, 4
ROUNDS = 3
"""The best way of asking depends on the weights: they are learned again with the ways that they prefer."""
NAMES = (*FEATURES, "margin", "bias")


def samples(chance: random.Random) -> Iterator[tuple[tuple[LocalEntry, ...], list[str], list[Asked]]]:
    """Entries, their topics, and what they are asked."""
    pool = [each for each in documents() if each.source == "entry"]
    asked = [each for each in written() if each.kind != "smalltalk"]
    outside = [each for each in asked if not each.topic]
    for _ in range(SETS):
        chosen = chance.sample(pool, ENTRIES)
        topics = [each.id for each in chosen]
        entries = tuple(
            LocalEntry(place, tuple(chance.sample(each.questions, chance.randint(1, MOST_WAYS))), "")
            for place, each in enumerate(chosen)
        )
        own = [each for each in asked if not set(topics).isdisjoint(each.topics)]
        other = [each for each in asked if each.topic and set(topics).isdisjoint(each.topics)]
        questions = [
            *chance.sample(own, min(ASKED_OWN, len(own))),
            *chance.sample(other, ASKED_OTHER),
            *chance.sample(outside, ASKED_OUTSIDE),
        ]
        yield entries, topics, questions


def cases(matcher: Matcher, codes: frozenset[str]) -> tuple[list[list[float]], list[bool]]:
    """For every question the features of the first entry, and whether it is right."""
    rows, right = [], []
    for entries, topics, questions in samples(random.Random(SEED)):
        index = LocalIndex(entries, matcher, codes)
        for asked in questions:
            ranked = index.ranked(asked.text)
            if ranked:
                place, _, features = ranked[0]
                rows.append([*features, margin_of([score for _, score, _ in ranked]), 1.0])
                right.append(topics[place] in asked.topics)
    return rows, right


def learned(matcher: Matcher, codes: frozenset[str]) -> Mapping[str, float]:
    """One round of learning; prints what the result would answer."""
    rows, right = cases(matcher, codes)
    signs, good = np.array(rows), np.array(right)
    weights = learn_decide(signs, good, np.ones(len(good)))
    told = chances(signs, weights) >= 0.7
    print(f"{len(good)} cases: answered {told.mean():.1%}, of these right {good[told].mean():.1%}")
    return {name: round(float(value), 4) for name, value in zip(NAMES, weights, strict=True)}


def main() -> None:
    """Learn and store."""
    library = load_library()
    codes = codes_of(library.desk.abbreviations)
    matcher = library.desk.matcher
    for _ in range(ROUNDS):
        weights = matcher.weights.model_copy(update={"local": dict(learned(matcher, codes))})
        matcher = Matcher(matcher.index, matcher.normalizer, weights)
    stored = json.loads((DATA / WEIGHTS_FILE).read_text(encoding="utf-8"))
    stored["local"] = matcher.weights.local
    (DATA / WEIGHTS_FILE).write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
