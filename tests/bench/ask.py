"""How well and how fast questions are answered, beside three simple baselines.

`python -m tests.bench.ask [FILE]` prints a table by kind of question and one JSON line. FILE holds lines with
`q`, `kind` and `topic` (null outside); without it the written development set is used.
"""

import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from rapidfuzz import fuzz, process

from knowledge.documents import Document
from knowledge.library import Library, load_library
from knowledge.outcome import Outcome
from tests.bench.ask_data import WRITTEN, Asked, documents, written

BASELINE_FROM = 70.0
"""Baselines answer from this score (of 100), the usual rule of thumb for rapidfuzz."""

Answerer = Callable[[str], Outcome]


@dataclass
class Tally:
    """What became of the questions of one kind."""

    total: int = 0
    right: int = 0
    wrong: int = 0
    offered: int = 0
    offered_right: int = 0
    declined: int = 0
    talked: int = 0
    ms: list[float] = field(default_factory=list)

    def add(self, asked: Asked, outcome: Outcome, ms: float) -> None:
        """Count one question."""
        self.total += 1
        self.ms.append(ms)
        match outcome.kind:
            case "answer" if asked.topic in outcome.topics:
                self.right += 1
            case "answer":
                self.wrong += 1
            case "choices":
                self.offered += 1
                self.offered_right += asked.topic in outcome.topics
            case "decline":
                self.declined += 1
            case "smalltalk":
                self.talked += 1

    def line(self) -> dict[str, float | int]:
        """The figures: shares of the total in percent, milliseconds."""
        shares = {
            name: round(100 * getattr(self, name) / self.total, 1)
            for name in ("right", "wrong", "offered", "offered_right", "declined", "talked")
        }
        p50, p95 = percentiles(self.ms)
        return {"total": self.total, **shares, "p50_ms": p50, "p95_ms": p95}


def percentiles(ms: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile, rounded."""
    cuts = quantiles(ms, n=20) if len(ms) > 1 else [ms[0]] * 19
    return round(cuts[9], 2), round(cuts[18], 2)


def run(answer: Answerer, questions: Sequence[Asked]) -> dict[str, Tally]:
    """Ask everything once; by kind, with the sums "in scope" and "all"."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for asked in questions:
        started = perf_counter()
        outcome = answer(asked.text)
        ms = (perf_counter() - started) * 1000
        sums = ("in scope", "all") if asked.topic else ("all",)
        for kind in (asked.kind, *sums):
            tallies[kind].add(asked, outcome, ms)
    return tallies


# baselines -----------------------------------------------------------------------------------------------


def _variants(found: Sequence[Document]) -> tuple[list[str], list[str]]:
    rows = [
        (q.lower(), each.id)
        for each in found
        if each.source != "outside"
        for q in (each.title, *each.questions)
    ]
    return [text for text, _ in rows], [id for _, id in rows]


def fuzzy(scorer: Callable[..., float], texts: Sequence[str], ids: Sequence[str], question: str) -> Outcome:
    """The variant with the highest rapidfuzz score."""
    hit = process.extractOne(question.lower(), texts, scorer=scorer)
    if hit is None or hit[1] < BASELINE_FROM:
        return Outcome("decline")
    return Outcome("answer", (ids[hit[2]],), hit[1])


class Trigrams:
    """Cosine of TF-IDF over letter triples."""

    def __init__(self, texts: Sequence[str], ids: Sequence[str]) -> None:
        self.ids = ids
        counts = [Counter(_triples(text)) for text in texts]
        seen = Counter(triple for count in counts for triple in count)
        self.idf = {triple: math.log(len(texts) / number) for triple, number in seen.items()}
        self.lists: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, count in enumerate(counts):
            for triple, weight in self._vector(count).items():
                self.lists[triple].append((place, weight))

    def _vector(self, count: Counter[str]) -> dict[str, float]:
        raw = {triple: n * self.idf.get(triple, 0.0) for triple, n in count.items()}
        length = math.sqrt(sum(v * v for v in raw.values())) or 1.0
        return {triple: value / length for triple, value in raw.items()}

    def __call__(self, question: str) -> Outcome:
        scores: dict[int, float] = defaultdict(float)
        for triple, weight in self._vector(Counter(_triples(question.lower()))).items():
            for place, other in self.lists.get(triple, ()):
                scores[place] += weight * other
        best = max(scores, key=scores.__getitem__, default=None)
        if best is None or scores[best] < 0.4:
            return Outcome("decline")
        return Outcome("answer", (self.ids[best],), 100 * scores[best])


def _triples(text: str) -> Iterator[str]:
    padded = f"  {text} "
    return (padded[i : i + 3] for i in range(len(padded) - 2))


def table(name: str, tallies: dict[str, Tally]) -> None:
    """Print one table."""
    print(f"\n{name}")
    print(
        f"{'kind':14}{'n':>5}{'right':>8}{'wrong':>8}{'offered':>9}{'(right)':>9}{'declined':>9}{'talk':>7}{'p50':>7}{'p95':>7}"
    )
    for kind in sorted(tallies, key=lambda each: (each in ("in scope", "all"), each)):
        row = tallies[kind].line()
        print(
            f"{kind:14}{row['total']:5}{row['right']:8}{row['wrong']:8}{row['offered']:9}{row['offered_right']:9}"
            f"{row['declined']:9}{row['talked']:7}{row['p50_ms']:7}{row['p95_ms']:7}"
        )


def main() -> None:
    """Measure and print."""
    questions = written(Path(sys.argv[1]) if len(sys.argv) > 1 else WRITTEN)
    started = perf_counter()
    library: Library = load_library()
    load_s = perf_counter() - started
    library.ask("apa syarat wbk")
    texts, ids = _variants(documents())
    found = {
        "pandu-zi": run(library.ask, questions),
        "token_set_ratio": run(partial(fuzzy, fuzz.token_set_ratio, texts, ids), questions),
        "WRatio": run(partial(fuzzy, fuzz.WRatio, texts, ids), questions),
        "trigram TF-IDF": run(Trigrams(texts, ids), questions),
    }
    for name, tallies in found.items():
        table(name, tallies)
    print(f"\nlibrary loaded in {load_s:.2f} s")
    print(
        json.dumps({name: {kind: t.line() for kind, t in tallies.items()} for name, tallies in found.items()})
    )


if __name__ == "__main__":
    main()
