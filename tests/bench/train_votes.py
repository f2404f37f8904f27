"""Learning the votes of words: softmax regression over words, pairs of words and letter triples."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import Document
from knowledge.normalize import Words
from knowledge.votes import LETTERS, MOST_SAID, PAIR, STEP, WORD, Votes, keys_of
from tests.bench.ask_data import SEED, Asked, read

EPOCHS, RATE = 7, 0.1
LENGTH = 8.0
"""Every question is a vector of this length: the higher, the sharper the votes."""
SEEN_AT_LEAST = 2
LEAST_SAID = 0.3
"""What says less for or against a document is left out of the table."""

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Sample:
    """A question with the numbers of the documents that answer it."""

    words: Words
    right: tuple[int, ...]


def samples_of(documents: Sequence[Document], asked: Iterable[Asked]) -> list[Sample]:
    """Titles, ways of asking, and written questions; what is outside belongs to any outside document."""
    number = {each.id: place for place, each in enumerate(documents)}
    outside = tuple(place for place, each in enumerate(documents) if each.source == "outside")
    samples = [
        Sample(read(text), (place,))
        for place, each in enumerate(documents)
        for text in (*each.questions, each.title)
        if text
    ]
    for each in asked:
        right = tuple(number[topic] for topic in each.topics if topic in number)
        samples.append(Sample(read(each.text), right if each.topic else outside))
    return [sample for sample in samples if sample.words.stems and sample.right]


def learn_votes(documents: Sequence[Document], asked: Iterable[Asked]) -> Votes:
    """The table for these documents."""
    samples = samples_of(documents, asked)
    features = [keys_of(sample.words) for sample in samples]
    count = Counter(key for each in features for key in each)
    keys = sorted(key for key, number in count.items() if number >= SEEN_AT_LEAST)
    row_of = {key: row for row, key in enumerate(keys)}
    rarity = np.array([math.log(len(samples) / count[key]) for key in keys], dtype=np.float32)
    rows, values = [], []
    for each in features:
        known = [(row_of[key], worth) for key, worth in each.items() if key in row_of]
        row = np.array([place for place, _ in known], dtype=np.int64)
        value = np.array([worth for _, worth in known], dtype=np.float32) * rarity[row]
        rows.append(row)
        values.append(value * np.float32(LENGTH / (float(np.sqrt((value * value).sum())) or 1.0)))
    weights = _descended(rows, values, [np.array(each.right) for each in samples], len(keys), len(documents))
    worths = np.array([_worth(key) for key in keys], dtype=np.float32) * rarity
    return _packed([each.id for each in documents], keys, worths, weights)


def _worth(key: str) -> float:
    return LETTERS if key[0] == "#" else PAIR if "+" in key else WORD


def _descended(
    rows: Sequence[NDArray[np.int64]],
    values: Sequence[Floats],
    right: Sequence[NDArray[np.int64]],
    keys: int,
    topics: int,
) -> Floats:
    """Stochastic gradient descent, question by question, with a falling rate."""
    chance = np.random.default_rng(SEED)
    weights = np.zeros((keys, topics), dtype=np.float32)
    for epoch in range(EPOCHS):
        rate = np.float32(RATE * (1 - epoch / EPOCHS))
        for place in chance.permutation(len(rows)):
            row, value, answers = rows[place], values[place], right[place]
            score = value @ weights[row]
            share = np.exp(score - score.max())
            share /= share.sum()
            share[answers] -= share[answers] / max(float(share[answers].sum()), 1e-9)
            weights[row] -= (rate * value)[:, None] * share[None, :]
    return weights


def _packed(topics: Sequence[str], keys: Sequence[str], worths: Floats, weights: Floats) -> Votes:
    """The weights worth keeping, as whole steps."""
    starts, places, stored = array("I", [0]), array("H"), array("h")
    for row, worth in zip(weights, worths, strict=True):
        kept = np.flatnonzero(np.abs(row * worth) > LEAST_SAID)
        kept = np.sort(kept[np.argsort(-np.abs(row[kept]), kind="stable")[:MOST_SAID]])
        steps = np.clip(np.rint(row[kept] * worth * LENGTH / STEP), -32000, 32000).astype(int)
        places.extend(int(place) for place in kept)
        stored.extend(int(step) for step in steps)
        starts.append(len(places))
    return Votes(
        topics, {key: row for row, key in enumerate(keys)}, array("f", worths), starts, places, stored
    )
