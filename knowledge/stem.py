"""Word stems by PySastrawi, precomputed for every word of the fact base and cached for the rest."""

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Any

CACHE_WORDS = 20_000
INFORMAL_TAILS = ("nya", "ny", "kah", "lah", "in", "an", "kan", "i")
INFORMAL_HEADS = (("nge", ""), ("ng", ""), ("ny", "s"), ("ke", "ter"), ("di", ""), ("n", "t"), ("m", "p"))


class Stemmer:
    """Stems of single lower-case words. `known` answers without loading the root dictionary."""

    def __init__(self, known: Mapping[str, str], protected: Iterable[str]) -> None:
        self._known = known
        self._protected = frozenset(protected)
        self.stem = lru_cache(CACHE_WORDS)(self._stem)

    def _stem(self, word: str) -> str:
        if word in self._protected or len(word) < 4 or not word.isalpha():
            return word
        found = self._known.get(word)
        return found if found is not None else self._sastrawi(word)

    def is_word(self, word: str) -> bool:
        """Whether the Indonesian root dictionary holds the word or its stem."""
        roots = self._engine[1]
        return word in roots or self.stem(word) in roots

    def _sastrawi(self, word: str) -> str:
        """The formal stem; for spoken forms ("ngajuin") the root that remains without the spoken affixes."""
        engine, roots = self._engine
        stem = str(engine.stem(word))
        if stem in roots:
            return stem
        for head in ("", *(pair[0] for pair in INFORMAL_HEADS)):
            if head and not word.startswith(head):
                continue
            bare = dict(INFORMAL_HEADS).get(head, "") + word[len(head) :]
            for tail in INFORMAL_TAILS:
                root = bare.removesuffix(tail)
                if root != bare and len(root) >= 4 and root in roots:
                    return root
            if head and len(bare) >= 4 and bare in roots:
                return bare
        return stem

    @cached_property
    def _engine(self) -> tuple[Any, frozenset[str]]:
        from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

        factory = StemmerFactory()
        return factory.create_stemmer(isDev=False), frozenset(factory.get_words())
