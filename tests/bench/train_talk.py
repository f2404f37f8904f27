"""Learn to tell small talk that no phrase foresees: `python -m tests.bench.train_talk`. Needs numpy.

The kinds of small talk are learned from the phrases of `smalltalk.yaml` and the small talk of the development
set; what is none, from all other questions. Asked only where the desk would not answer.
"""

import random
from collections.abc import Iterable

from knowledge.documents import Document
from knowledge.library import DATA
from knowledge.smalltalk import OTHER, TALK_VOTES, load_smalltalk, phrases_in
from knowledge.votes import write_votes
from tests.bench.ask_data import SEED, Asked, documents, normalizer, written
from tests.bench.train_votes import learn_votes

OTHERS = 5000


def kinds(questions: Iterable[Asked]) -> list[Document]:
    """A document for each kind of small talk, and one for all that is none."""
    talk = load_smalltalk(DATA, normalizer())
    told: dict[str, list[str]] = {kind: list(phrases) for kind, phrases in phrases_in(DATA).items()}
    others = [question for each in documents() for question in each.questions]
    others = random.Random(SEED).sample(others, OTHERS)
    for asked in questions:
        kind = (asked.talk or talk.kind_of(asked.text)) if asked.kind == "smalltalk" else ""
        if kind:
            told[kind].append(asked.text)
        elif asked.kind != "smalltalk":
            others.append(asked.text)
    outside = [question for each in documents() if each.source == "outside" for question in each.questions]
    told[OTHER] = [*others, *outside]
    return [Document(kind, "outside", "", tuple(texts), "") for kind, texts in told.items()]


def main() -> None:
    """Learn and store."""
    write_votes(DATA, learn_votes(kinds(written()), []), TALK_VOTES)


if __name__ == "__main__":
    main()
