"""How the desk grows: seconds to build, megabytes, and CPU time per question, up to ten thousand entries.

`python -m tests.bench.growth`. The further entries are the real ones in other words: every telling word of a
copy carries its number, the common words stay, and the votes are copied likewise. So a question meets as many
rivals in its common words as it would in a base of that size.
"""

import gc
import math
import sys
import tracemalloc
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import perf_counter, process_time

from knowledge.documents import Document
from knowledge.index import Index
from knowledge.library import DATA
from knowledge.matcher import Matcher, load_weights
from knowledge.normalize import Words
from knowledge.votes import MOST_SAID, Votes, load_votes
from tests.bench.ask import percentiles
from tests.bench.ask_data import documents, normalizer, read, written
from tests.bench.table import Figure

SIZES = (1_000, 3_000, 10_000)
ASKED = 300
WAYS = 12
"""A copy is asked for in this many ways."""
TELLING = 4.0
"""Words at least this rare are a copy's own."""


def grown(size: int) -> tuple[Index, Votes]:
    """An index of at least `size` documents, and votes for all of them."""
    real = documents()
    copies = math.ceil(size / len(real)) - 1
    own = _telling_stems(real)
    more = [
        replace(
            each, id=f"{each.id}~{copy}", title=f"{copy}|{each.title}", questions=_marked(each, copy), body=""
        )
        for copy in range(1, copies + 1)
        for each in real
    ]

    def reading(text: str) -> Words:
        copy, bar, rest = text.partition("|")
        if not bar or not copy.isdigit():
            return read(text)
        words = read(rest)
        stems = tuple(f"{stem}{copy}" if stem in own else stem for stem in words.stems)
        return Words(words.plain, stems)

    votes = _copied(load_votes(DATA), copies, own)
    return Index([*real, *more], reading, votes), votes


def _marked(document: Document, copy: int) -> tuple[str, ...]:
    return tuple(f"{copy}|{question}" for question in document.questions[:WAYS])


def _telling_stems(real: Sequence[Document]) -> frozenset[str]:
    idf = Index(real, read).idf
    return frozenset(stem for stem, value in idf.items() if value >= TELLING)


def _copied(votes: Votes, copies: int, own: frozenset[str]) -> Votes:
    """The votes for the real documents and for each copy of them."""
    rows: dict[str, list[tuple[int, int]]] = defaultdict(list)
    sizes: dict[str, float] = {}
    topics = len(votes.topics)
    for key, row in votes.keys.items():
        begin, end = votes.starts[row], votes.starts[row + 1]
        held = list(zip(votes.places[begin:end], votes.weights[begin:end], strict=True))
        for copy, name in _names(key, copies, own):
            sizes[name] = votes.sizes[row]
            rows[name] += [(place + copy * topics, weight) for place, weight in held]
    starts, places, weights = array("I", [0]), array("H"), array("h")
    for held in rows.values():
        kept = sorted(held, key=lambda pair: -abs(pair[1]))[:MOST_SAID]
        places.extend(place for place, _ in kept)
        weights.extend(weight for _, weight in kept)
        starts.append(len(places))
    names = [topic if not copy else f"{topic}~{copy}" for copy in range(copies + 1) for topic in votes.topics]
    return Votes(
        names, {key: n for n, key in enumerate(rows)}, array("f", sizes.values()), starts, places, weights
    )


def _names(key: str, copies: int, own: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Under which key each copy has this one."""
    for copy in range(copies + 1):
        marked = [f"{part}{copy}" if copy and part in own else part for part in key.split("+")]
        yield copy, "+".join(marked)


def measured(size: int) -> dict[str, float]:
    """Build one index of this size and ask it."""
    gc.collect()
    tracemalloc.start()
    began = perf_counter()
    index, _ = grown(size)
    matcher = Matcher(index, normalizer(), load_weights(DATA))
    build = perf_counter() - began
    megabytes = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    asked = [normalizer().words(each.text, 70) for each in written()]
    asked = asked[:: max(1, len(asked) // ASKED)]
    times = []
    for words in asked:
        started = process_time()
        matcher.find(words)
        times.append((process_time() - started) * 1000)
    p50, p95 = percentiles(times)
    return {"documents": len(index.cards), "build_s": build, "mb": megabytes, "p50_ms": p50, "p95_ms": p95}


def figures() -> list[Figure]:
    """The figures for the common table: the present size and the largest."""
    made = []
    for size, aim in ((1, "< 5"), (SIZES[-1], "< 10")):
        row = measured(size)
        name = f"{row['documents']:,.0f} documents"
        made += [
            Figure("growth", f"{name}: p95 of ranking", row["p95_ms"], "ms", "CPU time", aim),
            Figure("growth", f"{name}: memory", row["mb"], "MB", "traced, index and votes", ""),
        ]
    return made


def main() -> None:
    """Measure and print."""
    print(f"{'documents':>10}{'build s':>10}{'MB':>8}{'p50 ms':>9}{'p95 ms':>9}")
    for size in (1, *(map(int, sys.argv[1:]) if sys.argv[1:] else SIZES)):
        row = measured(size)
        print(
            f"{row['documents']:10,.0f}{row['build_s']:10.1f}{row['mb']:8.0f}{row['p50_ms']:9.2f}{row['p95_ms']:9.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
