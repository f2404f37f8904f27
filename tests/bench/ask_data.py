"""Questions with labels: from the knowledge itself by leaving variants out, and from the written set."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from knowledge.build import DATA, documents_in
from knowledge.documents import Document
from knowledge.index import Index
from knowledge.normalize import Normalizer, Words, load_normalizer
from knowledge.smalltalk import load_smalltalk

WRITTEN = tuple(Path(__file__).parent / "data" / name for name in ("ask_dev.jsonl", "ask_questions.jsonl"))
"""The development set: questions as people ask them, none of which stands in the fact base."""
FOLDS = 5
SEED = 20261122


@dataclass(frozen=True)
class Asked:
    """A question with the topic that answers it: None outside, and for small talk.

    `also` are topics that answer it as well.
    """

    text: str
    topic: str | None
    kind: str
    also: tuple[str, ...] = ()

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic that answers it; none outside."""
        return (self.topic, *self.also) if self.topic else ()


def written(*paths: Path) -> list[Asked]:
    """The questions of these files; without any, of the development set."""
    lines = [line for path in paths or WRITTEN for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [json.loads(line) for line in lines]
    return [Asked(row["q"], row["topic"], row["kind"], tuple(row.get("also", ()))) for row in rows]


@cache
def normalizer() -> Normalizer:
    """The product's own normalizer."""
    return load_normalizer(DATA)


@cache
def read(text: str) -> Words:
    """A text normalised, remembered between folds."""
    return normalizer().words(text)


@cache
def documents() -> tuple[Document, ...]:
    """Everything that can be found."""
    return tuple(documents_in(DATA))


@dataclass(frozen=True)
class Fold:
    """An index that lacks some questions, and those questions."""

    index: Index
    held_out: Sequence[Asked]


def _label(document: Document) -> str | None:
    return None if document.source == "outside" else document.id


def variant_folds(folds: int = FOLDS) -> Iterator[Fold]:
    """Every variant of every document once as a question to an index built without it."""
    chance = random.Random(SEED)
    shuffled = [
        replace(each, questions=tuple(chance.sample(each.questions, len(each.questions))))
        for each in documents()
    ]
    for fold in range(folds):
        kept = [
            replace(each, questions=tuple(q for i, q in enumerate(each.questions) if i % folds != fold))
            for each in shuffled
        ]
        held = [
            Asked(question, _label(each), each.source)
            for each in shuffled
            for place, question in enumerate(each.questions)
            if place % folds == fold
        ]
        yield Fold(Index(kept, read), held)


def absent_folds(folds: int = 8) -> Iterator[Fold]:
    """Questions to an index that lacks their whole document: nothing there is right."""
    chance = random.Random(SEED + 1)
    pool = [each for each in documents() if each.source in ("entry", "outside")]
    chance.shuffle(pool)
    for fold in range(folds):
        gone = {each.id: each for place, each in enumerate(pool) if place % folds == fold}
        index = Index([each for each in documents() if each.id not in gone], read)
        held = []
        for each in gone.values():
            many = len(each.questions) if each.source == "outside" else 4
            kind = "subject-gone" if each.source == "outside" else "topic-gone"
            held += [Asked(question, None, kind) for question in chance.sample(each.questions, many)]
        yield Fold(index, held)


def written_fold() -> Fold:
    """The written questions to the whole index; of small talk only what is not taken for such."""
    talk = load_smalltalk(DATA, normalizer())
    asked = [each for each in written() if each.kind != "smalltalk" or not talk.kind_of(each.text)]
    return Fold(Index(documents(), read), asked)
