"""Interview drills: questions with one right answer, which come next, and what a typed answer means. Pure.

Questions are made from the instrument (`drills_made`) and from the questions and answers (`drills_told`).
"""

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from rapidfuzz import fuzz

from knowledge.leitner import Card

GENERAL = ""
"""The area of what everybody should be able to say."""
SIZE = 6
"""Questions of a drill of five minutes."""
MOST_WRONG = 3
STORY = "cerita"
"""The kind of open questions: answered aloud, and marked by oneself."""
_SURE, _LEAD = 82.0, 10.0
_NUMBER = re.compile(r"\d+(?:,\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. All texts are plain.

    `wrong` are choices from facts beside the right one, more than are shown. An open question (kind
    `STORY`) has none, and `points` that a good answer holds. `topic` is the entry that says more.
    """

    id: str
    kind: str
    area: str
    ask: str
    right: str = ""
    wrong: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    explanation: str
    rule: str
    caution: str = ""
    topic: str = ""
    item: str = ""

    @property
    def is_story(self) -> bool:
        """Whether it is answered aloud."""
        return self.kind == STORY


def choices(question: Question, seed: str) -> tuple[str, ...]:
    """The right choice among at most three wrong ones, in an order that the seed decides."""
    chance = random.Random(f"{seed}:{question.id}")  # noqa: S311  # shuffles a quiz
    wrong = chance.sample(question.wrong, min(MOST_WRONG, len(question.wrong)))
    shown = [question.right, *wrong]
    chance.shuffle(shown)
    return tuple(shown)


def draw(
    pool: Sequence[Question],
    cards: Mapping[str, Card],
    areas: Iterable[str],
    today: date,
    seed: str,
    size: int = SIZE,
) -> tuple[Question, ...]:
    """The questions of the next drill: what is due first, then new ones, then what would be due soonest.

    Half at least come from one's own `areas` where there are enough; one open question at most, and last.
    """
    own = set(areas)
    chance = random.Random(seed)  # noqa: S311  # which questions, no secret
    usable = [each for each in pool if each.area == GENERAL or each.area in own]
    due = sorted(
        (each for each in usable if each.id in cards and cards[each.id].due_on <= today),
        key=lambda each: (cards[each.id].box, cards[each.id].due_on, each.id),
    )
    new = [each for each in usable if each.id not in cards]
    chance.shuffle(new)
    later = sorted(
        (each for each in usable if each.id in cards and cards[each.id].due_on > today),
        key=lambda each: (cards[each.id].due_on, each.id),
    )
    wanted = [*due, *_mixed(new), *later]
    stories = [each for each in wanted if each.is_story][:1]
    plain = [each for each in wanted if not each.is_story][: size - len(stories)]
    return (*plain, *stories)


def _mixed(new: Sequence[Question]) -> list[Question]:
    """Own area and general in turn, and within each the kinds in turn."""
    sides = [[each for each in new if (each.area == GENERAL) is general] for general in (False, True)]
    mixed = [_in_turn([[q for q in side if q.kind == kind] for kind in _kinds(side)]) for side in sides]
    return _in_turn(mixed)


def _kinds(questions: Sequence[Question]) -> list[str]:
    return list(dict.fromkeys(each.kind for each in questions))


def _in_turn(lists: Sequence[Sequence[Question]]) -> list[Question]:
    return [each for row in zip_longest(*lists) for each in row if each is not None]


def chosen(text: str, shown: Sequence[str]) -> int | None:
    """Which of the shown choices a typed answer means, from 0; None when it is not clear.

    A letter, a number of the list, the words of a choice with slips of the finger, or its figure.
    """
    said = _plain(text)
    letter = re.fullmatch(r"(?:jawaban(?:nya)? |pilih(?:an)? |opsi )?([a-d])", said)
    if letter is not None:
        place = ord(letter[1]) - ord("a")
        return place if place < len(shown) else None
    plain = [_plain(each) for each in shown]
    if said in plain:
        return plain.index(said)
    figures = [_figures(each) for each in plain]
    named = _figures(said)
    if named and all(figures):
        hits = [place for place, each in enumerate(figures) if each == named]
        return hits[0] if len(hits) == 1 else None
    if re.fullmatch(r"[1-4]", said):
        return int(said) - 1 if int(said) <= len(shown) else None
    if len(said) < 3:
        return None
    scores = [_likeness(said, each) for each in plain]
    first, second = sorted(scores, reverse=True)[:2]
    return scores.index(first) if first >= _SURE and first - second >= _LEAD else None


def _likeness(said: str, choice: str) -> float:
    """From 0 to 100: the same words in any order, or a part of it with slips of the finger."""
    part = fuzz.partial_ratio(said, choice) if 5 <= len(said) <= len(choice) else 0.0
    return max(fuzz.token_set_ratio(said, choice), part)


def _plain(text: str) -> str:
    text = re.sub(r"(?<=\d)\.(?=\d{1,2}\b)", ",", text.casefold())
    return " ".join(re.sub(r"[^\w,%\s]", " ", text).split()).strip(" ,")


def _figures(text: str) -> tuple[str, ...]:
    return tuple(each.rstrip("0").rstrip(",") if "," in each else each for each in _NUMBER.findall(text))
