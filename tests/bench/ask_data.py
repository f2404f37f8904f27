"""Questions with labels: from the knowledge itself by leaving variants out, and from the written set."""

import json
import random
import zlib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from knowledge.build import DATA, documents_in
from knowledge.documents import Document
from knowledge.normalize import Normalizer, Words, load_normalizer
from knowledge.smalltalk import load_smalltalk

DEVELOPMENT = (
    "ask_dev.jsonl",
    "ask_questions.jsonl",
    "ask_dev_2.jsonl",
    "ask_dev_3.jsonl",
    "ask_dev_4.jsonl",
)
WRITTEN = tuple(Path(__file__).parent / "data" / name for name in DEVELOPMENT)
"""The development set: questions as people ask them, none of which stands in the fact base."""
CHECK = Path(__file__).parent / "data" / "ask_check.jsonl"
"""Like the development set, but nothing was ever fitted to it or chosen by it."""
FOLDS = 5
SEED = 20261122


@dataclass(frozen=True)
class Asked:
    """A question with the topic that answers it: None outside, and for small talk.

    `also` are topics that answer it as well. Questions of one `group` are about one thing outside, or are
    small talk of one sort: they are left out of learning together. `talk` is the kind of small talk.
    """

    text: str
    topic: str | None
    kind: str
    also: tuple[str, ...] = ()
    group: str = ""
    talk: str = ""

    @property
    def topics(self) -> tuple[str, ...]:
        """Every topic that answers it; none outside."""
        return (self.topic, *self.also) if self.topic else ()


def written(*paths: Path) -> list[Asked]:
    """The questions of these files; without any, of the development set."""
    lines = [line for path in paths or WRITTEN for line in path.read_text(encoding="utf-8").splitlines()]
    rows = [json.loads(line) for line in lines]
    return [
        Asked(
            row["q"],
            row["topic"],
            row["kind"],
            tuple(row.get("also", ())),
            row.get("group", ""),
            row.get("talk", ""),
        )
        for row in rows
    ]


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


def fold_of(asked: Asked) -> int:
    """Which part of the written questions one belongs to; it does not depend on their order."""
    return zlib.crc32((asked.group or asked.text).encode()) % FOLDS


def without(fold: int) -> list[Document]:
    """Every document without that part of its ways of asking."""
    return [
        replace(each, questions=tuple(q for place, q in enumerate(each.questions) if place % FOLDS != fold))
        for each in _shuffled()
    ]


def held_out(fold: int) -> list[Asked]:
    """The ways of asking that `without` leaves out."""
    return [
        Asked(question, None if each.source == "outside" else each.id, each.source)
        for each in _shuffled()
        for place, question in enumerate(each.questions)
        if place % FOLDS == fold
    ]


def ranked_questions() -> list[Asked]:
    """The written questions that reach the ranking: small talk only where it is not taken for such."""
    talk = load_smalltalk(DATA, normalizer())
    return [each for each in written() if each.kind != "smalltalk" or not talk.kind_of(each.text)]


@cache
def _shuffled() -> tuple[Document, ...]:
    chance = random.Random(SEED)
    return tuple(
        replace(each, questions=tuple(chance.sample(each.questions, len(each.questions))))
        for each in documents()
    )
