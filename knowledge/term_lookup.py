"""Looking up a term by what somebody typed: exactly, past a typo, or by its full name."""

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from knowledge.glossary import Term
from knowledge.normalize import clean

SURE = 88.0
"""From this likeness on, and well ahead of the next, a name past a typo counts as meant."""
AHEAD = 8.0
NEAR = 66.0
"""From this likeness on a term is offered."""
MOST_NEAR = 6
LONGEST = 80
SHORT_NAME = 3
"""Abbreviations this short differ from others in one letter: a typo there is asked back."""
ASKED = ("apa itu ", "apakah itu ", "arti ", "kepanjangan ", "singkatan ", "istilah ", "pengertian ")


@dataclass(frozen=True, slots=True)
class Looked:
    """`term` is meant for certain; otherwise `near` lists what may have been meant, best first."""

    term: Term | None = None
    near: tuple[Term, ...] = ()


class TermLookup:
    """The glossary by name. Immutable."""

    def __init__(self, glossary: Mapping[str, Term]) -> None:
        self._terms = glossary
        self._short = {_bare(term.abbr): id for id, term in glossary.items()}
        self._long = {_plain(term.expansion): id for id, term in glossary.items()}

    def look(self, text: str) -> Looked:
        """What the text names. Never raises."""
        asked = _asked(text)
        bare = _bare(asked)
        if not bare or len(asked) > LONGEST:
            return Looked()
        exact = self._short.get(bare) or self._long.get(asked)
        if exact is not None:
            return Looked(self._terms[exact])
        like = self._likeness(asked, bare)
        best = sorted(like, key=lambda id: (-like[id], id))
        if not best:
            return Looked()
        behind = like[best[1]] if len(best) > 1 else 0.0
        long_enough = len(bare) > SHORT_NAME + 1
        if long_enough and like[best[0]] >= SURE and like[best[0]] - behind >= AHEAD:
            return Looked(self._terms[best[0]])
        return Looked(near=tuple(self._terms[id] for id in best[:MOST_NEAR]))

    def _likeness(self, asked: str, bare: str) -> dict[str, float]:
        """The terms that are somewhat alike, 0 to 100."""
        like: dict[str, float] = {}
        for name, id in self._short.items():
            slips = OSA.distance(bare, name, score_cutoff=2)
            if slips <= (1 if len(name) <= SHORT_NAME + 2 else 2):
                like[id] = 100.0 - 40.0 * slips / len(name) - (0 if bare[0] == name[0] else 8)
            elif len(bare) >= SHORT_NAME and name.startswith(bare):
                like[id] = NEAR + 10
        if len(asked) > SHORT_NAME + 1:
            for name, score, _ in process.extract(
                asked, list(self._long), scorer=fuzz.WRatio, score_cutoff=NEAR + 10, limit=MOST_NEAR
            ):
                exactness = fuzz.ratio(asked, name)
                id = self._long[name]
                like[id] = max(like.get(id, 0.0), exactness if exactness >= SURE else min(score, SURE - 1))
        return {id: score for id, score in like.items() if score >= NEAR}


def _asked(text: str) -> str:
    """The name alone: without "apa itu", a closing "apa" and the question mark."""
    asked = _plain(text)
    for head in ASKED:
        asked = asked.removeprefix(head)
    return asked.removesuffix(" itu apa").removesuffix(" artinya apa").removesuffix(" apa").strip()


def _plain(text: str) -> str:
    words = "".join(char if char.isalnum() else " " for char in clean(text[: 4 * LONGEST]))
    return " ".join(words.split())


def _bare(text: str) -> str:
    """Letters and digits only: "K/L" and "kl" are one name."""
    return "".join(char for char in clean(text[: 4 * LONGEST]) if char.isalnum())
