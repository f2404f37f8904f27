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
from collections.abc import Mapping, Sequence
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
HOPELESS, NAMED_AT_LEAST = -20.0, 8
"""Documents this far behind the first (e to the minus twenty) are not named, unless few are left."""


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

    def ballot(self, words: Words, seats: Sequence[int]) -> Ballot:
        """The votes of a question. `seats` are the numbers of the topics elsewhere; -1 has none."""
        starts, places, weights, sizes = self.starts, self.places, self.weights, self.sizes
        rows = [row for row in map(self.keys.get, keys_of(words)) if row is not None]
        packed = [self._packed_rows[row] for row in rows if row in self._packed_rows]
        total = _unlaned(sum(packed), len(packed), len(self.topics))
        square = 0.0
        for row in rows:
            square += sizes[row] * sizes[row]
            if row not in self._packed_rows:
                begin, end = starts[row], starts[row + 1]
                for place, weight in zip(places[begin:end], weights[begin:end], strict=True):
                    total[place] += weight
        if not square:
            return NOBODY
        seated = len(seats) - seats.count(-1)
        if seated < len(seats):
            total = [value if seat >= 0 else 0 for seat, value in zip(seats, total, strict=True)]
        return _ballot(total, seats, STEP / math.sqrt(square), seated)


def _laned(places: Sequence[int], weights: Sequence[int], size: int) -> int:
    """A row as one number: a lane of four bytes for each topic, with `ABOVE` added: none is negative."""
    lanes = array("I", [ABOVE]) * size
    for place, weight in zip(places, weights, strict=True):
        lanes[place] += weight
    return int.from_bytes(lanes.tobytes(), sys.byteorder)


def _unlaned(number: int, rows: int, size: int) -> list[int]:
    """The lanes of a sum of so many rows."""
    if not rows:
        return [0] * size
    lanes = array("I", number.to_bytes(LANE * size, sys.byteorder))
    above = rows * ABOVE
    return [value - above for value in lanes]


def _ballot(total: Sequence[int], seats: Sequence[int], scale: float, seated: int) -> Ballot:
    """Votes as chances that, with those of the others at 0, add up to one."""
    voted = len(total) - total.count(0)
    if not voted:
        return NOBODY
    highest = max(total) or max(value for value in total if value)
    near = _near(total, seats, scale, highest + HOPELESS / scale, highest)
    if len(near) < NAMED_AT_LEAST:
        near = _near(total, seats, scale, -math.inf, highest)
    top = scale * highest
    first, others, rest = seats[total.index(highest)], seated - voted, math.exp(-top)
    raw = {seat: math.exp(behind) for seat, behind in near.items()}
    mass = sum(raw.values()) + others * rest
    far = sum([raw[seat] * -behind for seat, behind in near.items()])
    chance = {seat: value / mass for seat, value in raw.items()}
    return Ballot(chance, rest / mass, (far + others * rest * top) / mass + math.log(mass), first)


def _near(
    total: Sequence[int], seats: Sequence[int], scale: float, least: float, highest: int
) -> dict[int, float]:
    """How far each seat with votes is behind the highest, if it has at least so many."""
    return {
        seat: scale * (value - highest)
        for seat, value in zip(seats, total, strict=True)
        if value and value >= least
    }


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
