"""How well and how fast questions are answered, beside three simple baselines.

`python -m tests.bench.ask [FILE...]` prints a table by kind of question. A FILE holds lines with
`q`, `kind`, `topic` (null outside) and perhaps `also`; without any the written development set is used, and
after it the questions that nothing was ever fitted to (`ask_check.jsonl`).
"""

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time

from rapidfuzz import fuzz, process

from knowledge.documents import Document
from knowledge.library import Library, load_library
from knowledge.outcome import Outcome
from tests.bench.ask_data import CHECK, Asked, documents, written
from tests.bench.table import Figure

BASELINE_FROM = 70.0
"""Baselines answer from this score (of 100), the usual rule of thumb for rapidfuzz."""

BASELINE_QUESTIONS = 600
"""The baselines are asked so many of the questions: they take up to a hundred times as long."""

TALK = "smalltalk"
SUMS = ("in scope", "outside", "all")

Answerer = Callable[[str], Outcome]


@dataclass
class Tally:
    """What became of the questions of one kind.

    `unruled` counts what lies outside and is told that no rule was found on it: a refusal, though under the
    heading of a topic.
    """

    total: int = 0
    right: int = 0
    wrong: int = 0
    offered: int = 0
    offered_right: int = 0
    declined: int = 0
    talked: int = 0
    unruled: int = 0
    ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def add(self, asked: Asked, outcome: Outcome, ms: float, cpu_ms: float) -> None:
        """Count one question."""
        self.total += 1
        self.ms.append(ms)
        self.cpu_ms.append(cpu_ms)
        asked_for = set(asked.topics)
        match outcome.kind:
            case "answer" if not asked_for.isdisjoint(outcome.topics):
                self.right += 1
            case "answer" if outcome.unruled and not asked.topic:
                self.unruled += 1
            case "answer":
                self.wrong += 1
            case "choices":
                self.offered += 1
                self.offered_right += not asked_for.isdisjoint(outcome.topics)
            case "decline":
                self.declined += 1
            case "smalltalk":
                self.talked += 1

    def join(self, other: "Tally") -> None:
        """Add what became of other questions of this kind."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    def line(self) -> dict[str, float | int]:
        """The figures: shares of the total in percent, milliseconds."""
        shares = {
            name: round(100 * getattr(self, name) / self.total, 1)
            for name in ("right", "wrong", "offered", "offered_right", "declined", "talked", "unruled")
        }
        p50, p95 = percentiles(self.ms)
        cpu_p95 = percentiles(self.cpu_ms)[1]
        return {"total": self.total, **shares, "p50_ms": p50, "p95_ms": p95, "p95_cpu": cpu_p95}


def percentiles(ms: Sequence[float]) -> tuple[float, float]:
    """Median and 95th percentile, rounded."""
    cuts = quantiles(ms, n=20) if len(ms) > 1 else [ms[0]] * 19
    return round(cuts[9], 2), round(cuts[18], 2)


def run(answer: Answerer, questions: Sequence[Asked]) -> dict[str, Tally]:
    """Ask everything once; by kind, with the sums "in scope", "outside" (small talk is neither) and "all"."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for asked in questions:
        started, cpu_started = perf_counter(), process_time()
        outcome = answer(asked.text)
        ms, cpu_ms = (perf_counter() - started) * 1000, (process_time() - cpu_started) * 1000
        scope = "in scope" if asked.topic else "outside"
        for kind in (asked.kind, "all") if asked.kind == TALK else (asked.kind, scope, "all"):
            tallies[kind].add(asked, outcome, ms, cpu_ms)
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
    if hit[1] < BASELINE_FROM:
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
    heads = (
        "right",
        "wrong",
        "offered",
        "offered_right",
        "declined",
        "talked",
        "unruled",
        "p50_ms",
        "p95_ms",
        "p95_cpu",
    )
    print(f"\n{name}")
    print(f"{'kind':14}{'n':>5}" + "".join(f"{head:>14}" for head in heads))
    for kind in sorted(tallies, key=lambda each: (each in SUMS, each)):
        row = tallies[kind].line()
        print(f"{kind:14}{row['total']:5}" + "".join(f"{row[head]:14}" for head in heads))


def measured(questions: Sequence[Asked]) -> tuple[dict[str, dict[str, Tally]], float]:
    """Every answerer's tallies, and the seconds it took to load the library."""
    started = perf_counter()
    library: Library = load_library()
    library.desk.ask("apa itu zi")
    load_s = perf_counter() - started
    run(library.ask, questions[:20])
    texts, ids = _variants(documents())
    some = questions[:: max(1, len(questions) // BASELINE_QUESTIONS)]
    return {
        "pandu-zi": run(library.ask, questions),
        "token_set_ratio": run(partial(fuzzy, fuzz.token_set_ratio, texts, ids), some),
        "WRatio": run(partial(fuzzy, fuzz.WRatio, texts, ids), some),
        "trigram TF-IDF": run(Trigrams(texts, ids), some),
    }, load_s


def figures() -> list[Figure]:
    """The figures that matter for the common table."""
    found, load_s = measured(written())
    checked = written(CHECK)
    found["unseen questions"] = run(load_library().ask, checked)
    made = [Figure("ask", "library and desk loaded", load_s, "s", "wall, warm disk", "< 2")]
    for name, tallies in found.items():
        made += _figures(name, tallies)
    return made


def _figures(name: str, tallies: dict[str, Tally]) -> list[Figure]:
    """The figures of one answerer; only ours have aims."""
    scope, outside, talk, every = (tallies[kind].line() for kind in ("in scope", "outside", TALK, "all"))
    baseline = name not in ("pandu-zi", "unseen questions")
    aims = ("",) * 6 if baseline else ("> 93", "< 2.5", "> 97", "> 95", "< 5", "< 5")
    method = f"{every['total']} written questions, " + (
        CHECK.name if name == "unseen questions" else "the development set"
    )
    return [
        Figure("ask", f"{name}: right", scope["right"], "%", method, aims[0]),
        Figure("ask", f"{name}: wrong and sure", scope["wrong"], "%", method, aims[1]),
        Figure("ask", f"{name}: outside not answered", 100 - outside["wrong"], "%", method, aims[2]),
        Figure("ask", f"{name}: small talk", talk["talked"], "%", method, aims[3]),
        Figure("ask", f"{name}: p95", every["p95_ms"], "ms", f"{method}, wall", aims[4]),
        Figure("ask", f"{name}: p95", every["p95_cpu"], "ms", f"{method}, CPU", aims[5]),
    ]


def main() -> None:
    """Measure and print."""
    files = [Path(name) for name in sys.argv[1:]]
    found, load_s = measured(written(*files))
    for name, tallies in found.items():
        table(name, tallies)
    if not files:
        table("pandu-zi, unseen questions", run(load_library().ask, written(CHECK)))
    print(f"\nlibrary loaded in {load_s:.2f} s")


if __name__ == "__main__":
    main()
