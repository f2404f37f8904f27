"""Turning what people type into comparable words: clean, split, spelled out, corrected, stemmed."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from knowledge.files import Part, load_mapping, read
from knowledge.lexicon import Lexicon, read_lexicon
from knowledge.spelling import Spelling
from knowledge.spoken import written
from knowledge.stem import Stemmer

MAX_CHARS = 4096
MAX_TOKENS = 300
MAX_ASKED = 70
"""A longer question is read from both ends: what is asked stands at the beginning or the end of a story."""

MAX_CORRECTED = 12
"""Further unknown words of one text are taken as they are: each costs a search of the vocabulary."""

TOKEN = re.compile(r"\d+(?:[.,/]\d+)*|[a-z]+(?:\d+[a-z]*)*|[?,.;:!\n]")
STRETCHED = re.compile(r"([a-z])\1{2,}")
"""Letters drawn out for feeling: "makasiiih"."""
HESITATION = re.compile(r"\b(?:e{2,}h*|e*h*m{2,}|h+m+|a{2,}h*)\b")
"""Sounds between words that dictation writes down."""
SPLIT_DIGITS = re.compile(r"([a-z]{3,}?)2(?:an|nya|in|ny)?")
REGULATION = re.compile(r"\b(\d{1,3}) (?:tahun )?((?:19|20)\d\d)\b")
ASCII_BLANKS = dict.fromkeys((*range(10), *range(11, 32), 127), " ")
BREAKS = frozenset("?,.;:!\n")
SCORE_WORDS = frozenset({"nilai", "total", "indeks", "batas", "ambang", "berapa", "syarat", "bobot", "ikm"})
MADE = frozenset(
    [
        "sop",
        "laporan",
        "surat",
        "sk",
        "lke",
        "dokumen",
        "notula",
        "undangan",
        "rencana",
        "inovasi",
        "maklumat",
        "standar",
        "survei",
        "kuesioner",
        "tim",
        "video",
        "peta",
        "laporannya",
    ]
)
MAKERS = frozenset({"cara", "harus", "mau", "bagaimana", "perlu", "cara2", "ingin", "disuruh", "wajib"})
OTHER_MINISTRIES = frozenset({"dagri", "keu", "kes", "dikbud", "hub", "kominfo", "lhk"})


class Tables(Part):
    """`data/synonyms.yaml`: how people write, and what it stands for."""

    keep: frozenset[str]
    greetings: frozenset[str]
    filler: frozenset[str]
    words: Mapping[str, str]
    phrases: Mapping[str, str]
    tags: Mapping[str, str]
    numbers: Mapping[str, int]
    letters: Mapping[str, str]
    protected: frozenset[str]


@dataclass(frozen=True, slots=True)
class Words:
    """A text as the matcher sees it.

    `plain` are the spelled-out words in order; `stems` their stems, with the added tags at the end.
    `corrected` counts stems that exist only through a correction; `strange` are words that neither the fact
    base nor the tables know.
    """

    plain: tuple[str, ...]
    stems: tuple[str, ...]
    corrected: frozenset[str] = frozenset()
    strange: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The spelled-out words as one line."""
        return " ".join(self.plain)


def clean(text: str) -> str:
    """Compatible lower-case letters without invisible, bidirectional or combining characters."""
    text = text[: 2 * MAX_CHARS].lower()
    if text.isascii():
        return text.translate(ASCII_BLANKS)
    return "".join(_plain_char(char) for char in unicodedata.normalize("NFKD", text))


@lru_cache(4096)
def _plain_char(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cf", "Mn", "Cs", "Co", "Cn"):
        return ""
    return " " if category in ("Cc", "Zs") and char != "\n" else char


class Normalizer:
    """Applies the tables, and corrects words that neither they nor the lexicon know."""

    def __init__(self, tables: Tables, lexicon: Lexicon) -> None:
        self.tables = tables
        self.lexicon = lexicon
        self.stemmer = Stemmer(lexicon.stems, tables.protected)
        self._spelling = Spelling({**dict.fromkeys(tables.words, 1), **lexicon.count})
        self._known_words = frozenset({*lexicon.count, *tables.greetings, *self.written})
        self._known_stems = frozenset({*lexicon.stems.values(), *lexicon.stems})
        self._spelled = _settled(tables)
        self._dropped = frozenset(word for word, meaning in tables.words.items() if not meaning)
        self._phrases = _by_first(tables.phrases)
        self._tags = _by_first(tables.tags)

    @property
    def written(self) -> frozenset[str]:
        """Words that the tables vouch for: never taken for a misspelling."""
        tables = self.tables
        return frozenset({*tables.keep, *tables.protected, *tables.filler, *_words_in(tables)})

    def words(self, text: str, most: int = MAX_TOKENS) -> Words:
        """Read a text. Bounded: at most `most` words of it count."""
        tokens = self._tokens(text, most)
        plain, corrected, strange = self._known(tokens)
        plain = self._phrased(plain)
        plain = [word for word in plain if word not in self.tables.greetings] or plain
        plain = [word for before, word in pairwise(["", *plain]) if word != before]
        stems = [self.stemmer.stem(word) for word in plain]
        tags = self._tagged(plain) + _references(plain)
        return Words(
            tuple(plain),
            (*stems, *(tag for tag in tags if tag not in stems)),
            frozenset(self.stemmer.stem(word) for word in corrected),
            frozenset(self.stemmer.stem(word) for word in strange),
        )

    def spelled(self, text: str) -> list[str]:
        """The words of a text with the tables applied, but neither corrected nor stemmed."""
        return self._phrased(self._tokens(text))

    def _tokens(self, text: str, most: int = MAX_TOKENS) -> list[str]:
        """Words in order with breaks dropped, ambiguous short words decided by their neighbours."""
        raw = TOKEN.findall(STRETCHED.sub(r"\1", HESITATION.sub(" ", clean(text))))
        raw = written(raw, self.tables.letters, self.tables.keep)
        if len(raw) > most:
            half = most // 2
            raw = raw[:half] + raw[-half:]
        out: list[str] = []
        for place, token in enumerate(raw):
            if token in BREAKS:
                continue
            before = raw[place - 1] if place else "\n"
            after = raw[place + 1] if place + 1 < len(raw) else "\n"
            spelled = self._spelled.get(token) or self._decided(token, before, after, raw)
            out += spelled
        return out

    def _decided(self, token: str, before: str, after: str, raw: Sequence[str]) -> Sequence[str]:
        """A word that no table settles: dropped, kept, or read by its neighbours."""
        if token in self._dropped:
            return ()
        if token == "min":
            return _min(before, after, raw)
        if token == "kl":
            starts = before in BREAKS and after.isalpha() and after not in self.tables.keep
            return ("kalau",) if starts else (token,)
        if token == "buat":
            made = before in MAKERS and (after in MADE or (after.isalpha() and len(after) > 4))
            return ("membuat",) if made else ("untuk",)
        if token == "permen":
            return (token,) if after in OTHER_MINISTRIES else ("permenpanrb",)
        doubled = SPLIT_DIGITS.fullmatch(token) if "2" in token else None
        if doubled:
            token = doubled.group(1)
            return self._spelled.get(token, (token,))
        return (token,)

    def _known(self, tokens: Sequence[str]) -> tuple[list[str], set[str], set[str]]:
        plain: list[str] = []
        corrected: set[str] = set()
        strange: set[str] = set()
        unknown = 0
        for token in tokens:
            if token in self._known_words or not token[0].isalpha():
                plain.append(token)
                continue
            unknown += 1
            if unknown > MAX_CORRECTED:
                strange.add(token)
                continue
            better = self._better(token)
            if better:
                words = [self.tables.words.get(word, word) for word in better]
                plain += " ".join(words).split()
                corrected.update(words)
            else:
                plain.append(token)
                if self.stemmer.stem(token) not in self._known_stems:
                    strange.add(token)
        return plain, corrected, strange

    def knows(self, word: str) -> bool:
        """Whether a word is one of the fact base, the tables or the language: no misspelling."""
        return word in self._known_words or self.stemmer.is_word(word)

    def _better(self, token: str) -> tuple[str, ...]:
        """What an unknown word was meant to be; empty when it is a word of its own."""
        meant = self.lexicon.meant.get(token)
        if meant:
            return (meant,)
        return () if self.stemmer.is_word(token) else self._spelling.correct(token)

    def _phrased(self, words: list[str]) -> list[str]:
        changed = _replace(words, self._phrases)
        return changed if changed is words else _replace(changed, self._phrases)

    def _tagged(self, words: Sequence[str]) -> list[str]:
        found: list[str] = []
        for place, word in enumerate(words):
            for phrase, tag in self._tags.get(word, ()):
                if tuple(words[place : place + len(phrase)]) == phrase:
                    found += tag
        return found


def _min(before: str, after: str, raw: Sequence[str]) -> Sequence[str]:
    """A greeting ("min, apa...") or "minimal" ("nilai min wbk", "min 60")."""
    if before in SCORE_WORDS or after[0].isdigit():
        return ("minimal",)
    at_edge = before in BREAKS or after in BREAKS
    return () if at_edge or not SCORE_WORDS.intersection(raw) else ("minimal",)


def _settled(tables: Tables) -> dict[str, tuple[str, ...]]:
    """What each word of the tables stands for; words to keep stand for themselves."""
    return {
        **{word: (str(number),) for word, number in tables.numbers.items()},
        **{word: tuple(meaning.split()) for word, meaning in tables.words.items()},
        **{word: (word,) for word in (tables.keep - {"kl"})},
    }


def _words_in(tables: Tables) -> Iterable[str]:
    """Every word that the tables produce or read as part of a phrase."""
    for text in (*tables.words.values(), *tables.phrases, *tables.phrases.values(), *tables.tags):
        yield from text.split()


def _references(words: Sequence[str]) -> list[str]:
    """Regulations as "5/2024" however they were written, and areas as "area5"."""
    found = [f"{number}/{year}" for number, year in REGULATION.findall(" ".join(words))]
    for first, second in pairwise(words):
        if first in ("area", "pokja", "kelompok") and second.isdecimal() and len(second) == 1:
            found.append(f"area{second}")
        elif second == "area" and first.isdecimal() and len(first) == 1:
            found.append(f"{first}_area")
    return found


Phrases = Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]


def _by_first(table: Mapping[str, str]) -> Phrases:
    """The phrases by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for phrase, meaning in table.items():
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append((words, tuple(meaning.split())))
    return {first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in found.items()}


def _replace(words: list[str], phrases: Phrases) -> list[str]:
    """The words with phrases exchanged; the same list when there is none."""
    if phrases.keys().isdisjoint(words):
        return words
    out: list[str] = []
    place = 0
    while place < len(words):
        for phrase, meaning in phrases.get(words[place], ()):
            if tuple(words[place : place + len(phrase)]) == phrase:
                out += meaning
                place += len(phrase)
                break
        else:
            out.append(words[place])
            place += 1
    return out


def load_normalizer(folder: Path) -> Normalizer:
    """The normalizer of a data folder. Raises `KnowledgeFileError`."""
    path = folder / "synonyms.yaml"
    return Normalizer(read(path.name, Tables, load_mapping(path)), read_lexicon(folder))
