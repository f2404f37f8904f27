"""Telling greetings, thanks, "who are you", and anger from questions."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.files import Part, Text, load_mapping, read
from knowledge.normalize import Normalizer

LETTERS = re.compile(r"[a-z]+")
DOUBLED = re.compile(r"([a-z])\1+")
LAUGHTER = re.compile(r"\b(?:(?:w+k+){2,}w*|(?:[hx]+[aeiou]+){2,}h?|l+o+l+|h+m+|ngakak)\b", re.IGNORECASE)
CALLING = re.compile(r"(?:[^\w]|_|\b(?:ad)?mi+n+\b|\b(?:\d|123\d*)\b)+", re.IGNORECASE)
"""A text without a word: signs, a digit by itself, or no more than "min"."""
PRIORITY = (
    "progres",
    "jadwal",
    "kesal",
    "siapa",
    "bisa-apa",
    "terima-kasih",
    "kabar",
    "pamit",
    "oke",
    "salam",
    "sapa",
)
"""When a text holds several kinds ("siip makasih min", "halo, kamu siapa") the first of these is answered."""


class Kind(Part):
    """A kind of small talk and the phrases it is made of."""

    id: Text
    phrases: tuple[Text, ...]


class Talk(Part):
    """`data/smalltalk.yaml`."""

    kinds: tuple[Kind, ...]
    words: frozenset[str]


@dataclass(frozen=True)
class SmallTalk:
    """Recognises small talk: texts made of nothing but its phrases and words that go with them."""

    phrases: Mapping[tuple[str, ...], str]
    words: frozenset[str]
    longest: int
    spelled: Callable[[str], Sequence[str]]

    def kind_of(self, text: str) -> str:
        """The kind of small talk that the whole text is, or "" when it holds anything else."""
        if CALLING.fullmatch(text[:400]):
            return "sapa" if text.strip() else ""
        text = LAUGHTER.sub(" haha ", text[:400])
        words = [_eased(word, self) for word in self.spelled(text) if LETTERS.fullmatch(word)]
        found, rest = self._split(words)
        if not found or len(words) > 24 or any(word not in self.words for word in rest):
            return ""
        return min(found, key=PRIORITY.index)

    def _split(self, words: list[str]) -> tuple[set[str], list[str]]:
        found: set[str] = set()
        rest: list[str] = []
        place = 0
        while place < len(words):
            for size in range(min(self.longest, len(words) - place), 0, -1):
                kind = self.phrases.get(tuple(words[place : place + size]))
                if kind:
                    found.add(kind)
                    place += size
                    break
            else:
                rest.append(words[place])
                place += 1
        return found, rest


def _eased(word: str, talk: SmallTalk) -> str:
    """ "siip" as "sip": doubled letters made single when that gives a known word."""
    if (word,) in talk.phrases or word in talk.words:
        return word
    eased = DOUBLED.sub(r"\1", word)
    return eased if (eased,) in talk.phrases or eased in talk.words else word


def load_smalltalk(folder: Path, normalizer: Normalizer) -> SmallTalk:
    """Phrases and texts are spelled out the same way. Raises `KnowledgeFileError`."""
    path = folder / "smalltalk.yaml"
    talk = read(path.name, Talk, load_mapping(path))
    spelled = normalizer.spelled
    phrases = {tuple(spelled(phrase)): kind.id for kind in talk.kinds for phrase in kind.phrases}
    words = {word for each in talk.words for word in spelled(each)} | normalizer.tables.greetings
    return SmallTalk(phrases, frozenset(words), max(map(len, phrases)), spelled)
