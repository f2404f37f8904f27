"""Running texts that change by the minute (notes, an agency's entries), found by the words of a search."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from knowledge.normalize import clean
from knowledge.search import ASKED, BODY, LIKE, SHORTEST_LIKE, TITLE, Query, Wanted

WORD = re.compile(r"[a-z0-9]+")
SHORTEST_INSIDE = 4
"""Shorter words are found as whole words only."""


class Texts:
    """Running texts that are read anew each time (notes, an agency's entries), found by the same words."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._texts = [(clean(title), clean(body)) for title, body in texts]

    def find(self, query: Query) -> list[tuple[int, float]]:
        """Places of the texts that hold every word, with a score, best first."""
        if not query.words:
            return []
        found = self._holding(query.words, ())
        if not found:
            found = self._holding(query.words, self._past_slips(query.words))
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def _holding(self, words: Sequence[Wanted], other: Sequence[str]) -> list[tuple[int, float]]:
        found = []
        for place, (title, body) in enumerate(self._texts):
            score = 0.0
            for at, wanted in enumerate(words):
                forms = {wanted.stem, wanted.word, wanted.typed, *other[at : at + 1]}
                weight = TITLE if _inside(forms, title) else ASKED if _inside(forms, body) else 0.0
                if not weight and wanted.spelled_out:
                    both = f"{title} {body}"
                    weight = BODY if all(_inside({stem}, both) for stem in wanted.spelled_out) else 0.0
                if not weight:
                    break
                score += weight * wanted.weight
            else:
                found.append((place, score))
        return found

    def _past_slips(self, words: Sequence[Wanted]) -> list[str]:
        """For each word the likeliest one that stands in the texts."""
        known = sorted({word for pair in self._texts for text in pair for word in WORD.findall(text)})
        near = []
        for wanted in words:
            best = process.extractOne(wanted.word, known, scorer=fuzz.ratio, score_cutoff=LIKE)
            near.append(best[0] if best and len(wanted.word) >= SHORTEST_LIKE else wanted.word)
        return near


def _inside(forms: Iterable[str], text: str) -> bool:
    for form in forms:
        if len(form) >= SHORTEST_INSIDE:
            if form in text:
                return True
        elif form and re.search(rf"\b{re.escape(form)}\b", text):
            return True
    return False
