"""The whole desk, held out: `python -m tests.bench.whole`. Needs numpy; takes some minutes.

Every written question is asked of a library whose votes, ranking, decision and table of small talk were
learned without it and without its group: all of one subject outside, all of one sort of small talk. Unlike
the report of `train_ranker` this goes through everything that a person's question goes through: small talk,
worksheet numbers, sums, pointed sentences. With `--mistakes` what fails is listed.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.desk import desk_with
from knowledge.index import Index
from knowledge.library import Library, load_library
from knowledge.matcher import SIGNS, Matcher, Weights
from knowledge.outcome import Outcome
from knowledge.ranker import WEIGHED
from tests.bench.ask import TALK, Tally, run, table
from tests.bench.ask_data import FOLDS, Asked, documents, fold_of, normalizer, read, written
from tests.bench.train_ranker import (
    Case,
    Example,
    all_examples,
    decide_weights,
    held_out_cases,
    held_out_ranks,
)
from tests.bench.train_talk import kinds
from tests.bench.train_votes import learn_votes


def libraries(examples: Sequence[Example]) -> Iterator[tuple[int, Library]]:
    """For each part a library that has learned nothing from it."""
    usual = load_library()
    ranks = held_out_ranks(examples)
    cases = held_out_cases(examples, ranks)
    for fold in range(FOLDS):
        votes = next(each.index.votes for each in examples if each.fold == fold)
        index = Index(documents(), read, votes)
        weights = _weights(usual, ranks[fold], [case for case in cases if case.fold != fold])
        matcher = Matcher(index, normalizer(), weights)
        talk = learn_votes(kinds(each for each in written() if fold_of(each) != fold), [])
        smalltalk = replace(usual.desk.smalltalk, votes=talk)
        desk = desk_with(matcher, smalltalk, usual.instrument(), usual.faq, usual.glossary)
        yield fold, usual.with_desk(desk)


def _weights(usual: Library, rank: Sequence[float], cases: Sequence[Case]) -> Weights:
    decide = decide_weights(cases)
    update = {
        "rank": dict(zip(WEIGHED, rank, strict=True)),
        "decide": {name: float(value) for name, value in zip(SIGNS, decide, strict=True)},
    }
    return usual.desk.matcher.weights.model_copy(update=update)


def failed(asked: Asked, outcome: Outcome) -> str:
    """What went wrong with a question; "" where nothing did."""
    if asked.kind == TALK:
        return "" if outcome.kind == "smalltalk" else outcome.kind
    if asked.topic is None:
        answered = outcome.kind == "answer" and not outcome.unruled
        return outcome.kind if answered or outcome.kind == "choices" else ""
    if outcome.kind == "answer" and not set(outcome.topics).isdisjoint(asked.topics):
        return ""
    return "wrong" if outcome.kind == "answer" else outcome.kind


def main() -> None:
    """Ask everything and print."""
    sums: dict[str, Tally] = {}
    failures: list[tuple[str, str, str, Asked, Outcome]] = []
    for fold, library in libraries(all_examples()):
        mine = [each for each in written() if fold_of(each) == fold]
        for kind, tally in run(library.ask, mine).items():
            sums.setdefault(kind, Tally()).join(tally)
        for asked in mine:
            outcome = library.ask(asked.text)
            how = failed(asked, outcome)
            if how:
                failures.append((asked.kind, asked.group, how, asked, outcome))
    table("pandu-zi, held out", sums)
    if "--mistakes" in sys.argv:
        for kind, group, how, asked, outcome in sorted(failures, key=lambda each: each[:3]):
            said = ", ".join(outcome.topics) or outcome.smalltalk
            print(f"{kind} {group} {how} {outcome.score:.0f} {said} instead of {asked.topic}: {asked.text}")


if __name__ == "__main__":
    main()
