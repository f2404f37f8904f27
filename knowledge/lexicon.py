"""Every word of the fact base with its stem, frequency and, for misspelt variants, the word that is meant.

The file is generated (`python -m knowledge.build`) and saves stemming four thousand words at each
start. Words that it lacks are stemmed when met, so an older file is slower, never wrong.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from knowledge.spelling import Spelling
from knowledge.stem import Stemmer

LEXICON_FILE = "lexicon.txt"
TRUSTED_COUNT = 4
"""A word met this often may be what a rarer one was meant to be, even when no dictionary has it."""

CLEARLY_MORE = 3
"""How many times more often than a word the one must be met that it is corrected to."""


@dataclass(frozen=True)
class Lexicon:
    """`stems` and `count` by well-written word, `meant` by misspelt word."""

    stems: Mapping[str, str]
    count: Mapping[str, int]
    meant: Mapping[str, str]


def read_lexicon(folder: Path) -> Lexicon:
    """The lexicon of a data folder; empty when the file is missing."""
    path = folder / LEXICON_FILE
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    stems: dict[str, str] = {}
    count: dict[str, int] = {}
    meant: dict[str, str] = {}
    for line in lines:
        word, number, stem = line.split(" ")
        if number == "=":
            meant[word] = stem
        else:
            count[word] = int(number)
            stems[word] = stem or word
    return Lexicon(stems, count, meant)


def write_lexicon(folder: Path, words: Iterable[str], stemmer: Stemmer, keep: Set[str]) -> None:
    """Count the words, tell misspelt from well-written ones, stem, and store."""
    count = Counter(word for word in words if word.isalpha())
    sure = {word: n for word, n in count.items() if word in keep or len(word) < 4 or stemmer.is_word(word)}
    usual = Spelling({**{word: n for word, n in count.items() if n >= TRUSTED_COUNT}, **sure})
    lines = []
    for word, number in sorted(count.items()):
        better = () if word in sure else usual.correct(word, above=number * CLEARLY_MORE)
        if len(better) == 1:
            lines.append(f"{word} = {better[0]}")
        else:
            stem = stemmer.stem(word)
            lines.append(f"{word} {number} {'' if stem == word else stem}")
    (folder / LEXICON_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
