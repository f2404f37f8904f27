"""Learned votes: how strongly each word, pair of words and letter triple speaks for each document.

The table is learned from every way of asking (`python -m tests.bench.train_ranker`) and shipped as data. It
knows what no single document can tell: that "syarat" says little and "wbbm" nearly all. A document that it
has not met yet gets no votes; it is then found and weighed by its words alone.
"""

import base64
import gzip
import json
import math
import sys
from array import array
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from knowledge.letters import grams_of
from knowledge.normalize import Words

VOTES_FILE = "votes.json.gz"
WORD, PAIR, LETTERS = 1.0, 0.5, 0.3
"""What a word, two neighbouring words and a letter triple count beside each other."""
MOST_SAID = 400
"""A key speaks for or against at most so many documents, however large the base grows."""
STEP = 1 / 32
"""Weights are stored as whole numbers of this step."""
FULL = 16
"""A row that names at least one topic in so many is added up as one long number, all topics at once."""
LANE, ABOVE = array("I").itemsize, 1 << 16
HOPELESS, NAMED_AT_LEAST = -9.0, 8
"""Documents this far behind the first (e to the minus nine) are not named, unless few are left."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """The chance of each document by its number, of each one not named, and how divided the votes are."""

    chance: Mapping[int, float] = field(default_factory=dict)
    rest: float = 0.0
    doubt: float = 0.0
    first: int = -1

    def of(self, place: int) -> float:
        """The chance of one document."""
        return self.chance.get(place, self.rest)

    def of_all(self, places: Set[int]) -> float:
        """The chance that it is one of these documents."""
        named = self.chance.keys() & places
        return sum([self.chance[place] for place in named]) + self.rest * (len(places) - len(named))


NOBODY = Ballot()


def keys_of(words: Words) -> dict[str, float]:
    """What of a question votes, with what it counts."""
    keys = dict.fromkeys(words.stems, WORD)
    keys.update((f"{one}+{two}", PAIR) for one, two in pairwise(words.stems))
    keys.update((f"#{gram}", LETTERS) for word in dict.fromkeys(words.plain) for gram in grams_of(word))
    return keys


@dataclass(frozen=True)
class Votes:
    """The table. Row `n` of key `n` is `places[starts[n]:starts[n + 1]]` with as many `weights`.

    `sizes` are the weights of the keys themselves, by which a question is made as long as any other.
    """

    topics: Sequence[str]
    keys: Mapping[str, int]
    sizes: "array[float]"
    starts: "array[int]"
    places: "array[int]"
    weights: "array[int]"

    @cached_property
    def _packed_rows(self) -> Mapping[int, int]:
        """The rows that speak for or against many of the topics, as long numbers."""
        starts, size = self.starts, len(self.topics)
        full = [row for row in self.keys.values() if (starts[row + 1] - starts[row]) * FULL >= size]
        return {
            row: _laned(
                self.places[starts[row] : starts[row + 1]], self.weights[starts[row] : starts[row + 1]], size
            )
            for row in full
        }

    def ballot(self, words: Words, seats: Sequence[int], seated: int | None = None) -> Ballot:
        """The votes of a question. `seats` are the numbers of the topics elsewhere; -1 has none.

        `seated` tells how many have one, where that is known already.
        """
        starts, places, weights, sizes = self.starts, self.places, self.weights, self.sizes
        full = self._packed_rows
        rows = [row for row in map(self.keys.get, keys_of(words)) if row is not None]
        packed = [full[row] for row in rows if row in full]
        none = len(packed) * ABOVE
        total = _unlaned(sum(packed), len(self.topics))
        square = 0.0
        for row in rows:
            square += sizes[row] * sizes[row]
            if row not in full:
                begin, end = starts[row], starts[row + 1]
                for place, weight in zip(places[begin:end], weights[begin:end], strict=True):
                    total[place] += weight
        if not square:
            return NOBODY
        if seated is None:
            seated = len(seats) - seats.count(-1)
        if seated < len(seats):
            total = [value if seat >= 0 else none for seat, value in zip(seats, total, strict=True)]
        return _ballot(total, none, seats, STEP / math.sqrt(square), seated)


def _laned(places: Sequence[int], weights: Sequence[int], size: int) -> int:
    """A row as one number: a lane of four bytes for each topic, with `ABOVE` added: none is negative."""
    lanes = array("I", [ABOVE]) * size
    for place, weight in zip(places, weights, strict=True):
        lanes[place] += weight
    return int.from_bytes(lanes.tobytes(), sys.byteorder)


def _unlaned(number: int, size: int) -> list[int]:
    """The lanes of a sum, each with what its rows have added to it."""
    return array("I", number.to_bytes(LANE * size, sys.byteorder)).tolist() if number else [0] * size


def _ballot(total: Sequence[int], none: int, seats: Sequence[int], scale: float, seated: int) -> Ballot:
    """Votes as chances that, with those of the others, add up to one. `none` stands for no vote at all."""
    voted = len(total) - total.count(none)
    if not voted:
        return NOBODY
    highest = max(total)
    if highest == none:
        highest = max(value for value in total if value != none)
    near = _near(total, highest + math.ceil(HOPELESS / scale), none)
    if len(near) < NAMED_AT_LEAST:
        near = _near(total, min(total), none)
    top = scale * (highest - none)
    first, others, rest = seats[total.index(highest)], seated - voted, math.exp(-top)
    mass, far = others * rest, 0.0
    raw: dict[int, float] = {}
    for place in near:
        behind = scale * (total[place] - highest)
        chance = math.exp(behind)
        raw[seats[place]] = chance
        mass += chance
        far -= chance * behind
    chances = {seat: value / mass for seat, value in raw.items()}
    return Ballot(chances, rest / mass, (far + others * rest * top) / mass + math.log(mass), first)


def _near(total: Sequence[int], least: int, none: int) -> list[int]:
    """The places with votes that have at least so many."""
    if least > none:
        return [place for place, value in enumerate(total) if value >= least]
    return [place for place, value in enumerate(total) if value >= least and value != none]


def load_votes(folder: Path, name: str = VOTES_FILE) -> Votes:
    """A table of a data folder; an empty one when the file is missing."""
    path = folder / name
    if not path.exists():
        return Votes((), {}, array("f"), array("I", [0]), array("H"), array("h"))
    stored = json.loads(gzip.decompress(path.read_bytes()))
    keys = {key: row for row, key in enumerate(stored["keys"])}
    lists = (
        _unpacked(code, stored[name])
        for name, code in (("sizes", "f"), ("starts", "I"), ("places", "H"), ("weights", "h"))
    )
    return Votes(stored["topics"], keys, *lists)


def write_votes(folder: Path, votes: Votes, name: str = VOTES_FILE) -> None:
    """Store a table."""
    stored = {
        "topics": list(votes.topics),
        "keys": list(votes.keys),
        **{name: _packed(getattr(votes, name)) for name in ("sizes", "starts", "places", "weights")},
    }
    packed = gzip.compress(json.dumps(stored, ensure_ascii=False).encode(), compresslevel=9, mtime=0)
    (folder / name).write_bytes(packed)


def _packed(values: "array[int] | array[float]") -> str:
    values = array(values.typecode, values)
    if sys.byteorder == "big":
        values.byteswap()
    return base64.b64encode(values.tobytes()).decode()


def _unpacked(code: str, text: str) -> "array[Any]":
    values: array[Any] = array(code)
    values.frombytes(base64.b64decode(text))
    if sys.byteorder == "big":
        values.byteswap()
    return values
