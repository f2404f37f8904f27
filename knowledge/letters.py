"""Letter triples of words."""

from functools import lru_cache


@lru_cache(20_000)
def grams_of(word: str) -> tuple[str, ...]:
    """The letter triples of a word with its edges."""
    padded = f" {word} "
    return tuple(padded[i : i + 3] for i in range(len(padded) - 2))
