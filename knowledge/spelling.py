"""Correcting thumb typos, clipped words and missing spaces towards a known vocabulary."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

CACHE_WORDS = 10_000
VOWELS = str.maketrans("", "", "aeiou")
SHORTEST_CORRECTED = 4
LONGEST_CORRECTED = 40


class Spelling:
    """A vocabulary of well-written words with their frequencies."""

    def __init__(self, count: Mapping[str, int]) -> None:
        self._count = count
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._by_bones: dict[str, str] = {}
        for word in sorted(count, key=lambda each: (-count[each], each)):
            if len(word) >= SHORTEST_CORRECTED and word.isalpha():
                self._by_length[len(word)].append(word)
                self._by_bones.setdefault(word.translate(VOWELS), word)
        self.correct = lru_cache(CACHE_WORDS)(self._correct)
        self._pool = cache(self._words_around)

    def __contains__(self, word: str) -> bool:
        return word in self._count

    def _correct(self, word: str, above: int = 0) -> tuple[str, ...]:
        """The word or words most likely meant; empty when nothing met more than `above` times is near."""
        if len(word) > LONGEST_CORRECTED:
            return ()
        found = self._nearest(word, above) or self._clipped(word)
        if found and found != word and self._count[found] > above:
            return (found,)
        return self._split(word)

    def _nearest(self, word: str, above: int) -> str:
        """One slip of the thumb, two in words of eight letters and more."""
        if len(word) < SHORTEST_CORRECTED:
            return ""
        slips = 1 if len(word) < 8 else 2
        pool: Sequence[str] = self._pool(len(word), slips)
        if above:
            pool = [near for near in pool if self._count[near] > above]
        near = process.extract(word, pool, scorer=OSA.distance, score_cutoff=slips, limit=8)
        return max(near, key=lambda hit: self._likely(word, hit), default=("",))[0]

    def _words_around(self, length: int, slips: int) -> Sequence[str]:
        """The words that differ in length by no more than the slips."""
        lengths = range(length - slips, length + slips + 1)
        return [near for each in lengths for near in self._by_length.get(each, ()) if self._count[near] > 0]

    def _likely(self, word: str, hit: tuple[str, float, int]) -> tuple[float, bool, int]:
        near, slips, _ = hit
        return (-slips, near[0] == word[0], self._count[near])

    def _clipped(self, word: str) -> str:
        """A word written without its vowels ("hkm", "dsr", "pnltn")."""
        if len(word) < 3 or word.translate(VOWELS) != word:
            return ""
        return self._by_bones.get(word, "")

    def _split(self, word: str) -> tuple[str, ...]:
        """Two known words written as one ("buktidukung")."""
        best: tuple[str, ...] = ()
        weight = 1
        for cut in range(3, len(word) - 2):
            pair = (word[:cut], word[cut:])
            common = min(self._count.get(part, 0) for part in pair)
            if common > weight:
                best, weight = pair, common
        return best
