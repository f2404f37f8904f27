"""What asking leads to: an answer, a choice, a refusal, or small talk. Plain data, no wording."""

from dataclasses import dataclass
from typing import Literal

from knowledge.as_of import AsOf
from knowledge.figures_said import Said
from knowledge.instrument_model import Target
from knowledge.sums import Reckoned

Kind = Literal["answer", "choices", "decline", "smalltalk"]


@dataclass(frozen=True, slots=True)
class Match:
    """A topic with its likeness to the question, 0 to 100."""

    topic: str
    score: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the desk makes of a text.

    `topics` holds what is answered (one, or two for a double question) or, with `choices`, the at most
    three nearest; ids are those of entries, of terms ("gl-...") and of instrument nodes ("lke:...").
    `score` is the certainty of the first one, 0 to 100. `smalltalk` names the kind of small talk. `figures`
    are the unit's values found in the question, for `target` if one was named; `angle` is the side of an
    instrument node that was asked for ("bukti", "bobot"), or "dasar" where only the rule of an entry was;
    `outside` is the subject of a question that is none of ours. `as_of` are the days whose rule was asked
    for, where that is not today's. `reckoned` is what the question asks to be worked out. `unruled`: the
    answer only says that no rule was found on what is asked, and what is known beside it.
    """

    kind: Kind
    topics: tuple[str, ...] = ()
    score: float = 0.0
    smalltalk: str = ""
    figures: tuple[Said, ...] = ()
    target: Target | None = None
    angle: str = ""
    outside: str = ""
    near: tuple[Match, ...] = ()
    as_of: AsOf | None = None
    reckoned: Reckoned | None = None
    unruled: bool = False
