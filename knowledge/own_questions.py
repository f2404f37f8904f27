"""Questions about one's own unit: "nilai kita berapa", "apa yang belum", "deadline kapan".

A text counts as such only when its words, in any order, are those of an example: what is dropped, what
marks the unit ("kita") and what may name an area or target is told in `data/own_questions.yaml`. A rule
asked for in similar words ("nilai minimal WBK berapa") holds one word more, and is none.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.errors import KnowledgeFileError
from knowledge.files import Part, Text, load_mapping, read
from knowledge.instrument_model import TARGETS, Target
from knowledge.normalize import Normalizer, clean

FILE = "own_questions.yaml"
MOST_WORDS = 18
MOST_CHARS = 160
OURS, AREA, TARGET, ASKING = "<kita>", "<area>", "<sasaran>", "<tanya>"
ASKING_WORDS = frozenset({"apa", "mana", "berapa", "bagaimana"})
AREA_WORDS = frozenset({"area", "pokja", "kelompok"})
ASKER = re.compile(r"\b(?:saya )?(?:mau|ingin|boleh|izin|bisa|ikut|numpang) (?:tanya|bertanya|nanya|tahu)\b")
OWN_TAIL = "ku"
LONG_WORD = 8

Signature = frozenset[str]


class KindPart(Part):
    """A kind of own question; `focus` tells what may be named beside it: "area", "sasaran"."""

    id: Text
    focus: tuple[Text, ...] = ()
    examples: tuple[Text, ...]


class Tables(Part):
    """`data/own_questions.yaml`."""

    ours: frozenset[str]
    places: frozenset[str]
    neutral: frozenset[str]
    soft: frozenset[str]
    whole: frozenset[str]
    spelled: Mapping[str, str]
    areas: Mapping[str, int] = {}
    kinds: tuple[KindPart, ...]


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """What is asked of one's own unit: the kind, and the area (1 to 6, 0 for none) or target named."""

    kind: str
    area: int = 0
    target: Target | None = None


class OwnQuestions:
    """Recognises own questions. Immutable."""

    def __init__(self, tables: Tables, normalizer: Normalizer) -> None:
        self._tables = tables
        self._normalizer = normalizer
        self._bases = self._vocabulary()
        self._areas = {tuple(name.split()): no for name, no in tables.areas.items()}
        self._words = tuple(sorted(self._bases))
        said: dict[Signature, str] = {}
        for kind in tables.kinds:
            for example in kind.examples:
                self._add(said, self._read(example)[0], kind.id, example)
        self._kinds = {**self._with_focus(self._as_ours(said)), **self._as_ours(said), **said}

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds, in the file's order."""
        return tuple(kind.id for kind in self._tables.kinds)

    def find(self, text: str) -> OwnQuestion | None:
        """The own question that the text is; None for anything else. Never raises."""
        if not text or len(text) > MOST_CHARS or text.count(" ") > MOST_WORDS:
            return None
        signature, area, target = self._read(text)
        kind = self._kinds.get(signature)
        return OwnQuestion(kind, area, target) if kind else None

    def _add(self, into: dict[Signature, str], signature: Signature, kind: str, example: str) -> None:
        if not signature - {OURS}:
            raise KnowledgeFileError(FILE, kind, f"contoh tanpa kata yang menentukan: {example}")
        if into.setdefault(signature, kind) != kind:
            raise KnowledgeFileError(FILE, kind, f"contoh ini juga ada pada {into[signature]}: {example}")

    def _vocabulary(self) -> frozenset[str]:
        """Every word of the examples, as it is written there."""
        spelled = self._normalizer.spelled
        return frozenset(
            word for kind in self._tables.kinds for said in kind.examples for word in spelled(said)
        )

    def _as_ours(self, said: Mapping[Signature, str]) -> dict[Signature, str]:
        """The same questions; those without "kita" also with it."""
        soft = self._tables.soft | {ASKING}
        bare = {signature: kind for signature, kind in said.items() if OURS not in signature}
        added = {(signature - soft) | {OURS}: kind for signature, kind in bare.items()}
        return {**added, **said}

    def _with_focus(self, said: Mapping[Signature, str]) -> dict[Signature, str]:
        """The same questions with an area or target named beside them."""
        allowed = {kind.id: kind.focus for kind in self._tables.kinds}
        made: dict[Signature, str] = {}
        for signature, kind in said.items():
            for focus, mark in (("area", AREA), ("sasaran", TARGET)):
                if focus in allowed[kind]:
                    made.setdefault(signature | {mark}, kind)
        return made

    def _read(self, text: str) -> tuple[Signature, int, Target | None]:
        """The words that decide, and what is named beside them. Digits that name no area decide nothing."""
        words = self._normalizer.words(self._spelled(text), 2 * MOST_WORDS)
        plain = ASKER.sub(" ", " ".join(words.plain)).split()
        if len(plain) > MOST_WORDS:
            return frozenset(), 0, None
        plain, area = _without_area(plain, self._areas)
        named = {target for target in TARGETS if target.lower() in plain}
        target = named.pop() if len(named) == 1 else None
        kept = {self._near(word, words.strange) for word in plain if word.upper() != target}
        tables = self._tables
        ours = not kept.isdisjoint(tables.ours)
        asking = not ours and not kept.isdisjoint(ASKING_WORDS)
        kept -= tables.neutral | ASKING_WORDS
        given = ((OURS, ours), (ASKING, asking), (AREA, area), (TARGET, target))
        marks = {mark for mark, there in given if there}
        if ours:
            kept -= tables.ours | tables.soft
            kept = kept - tables.places or kept
        roots = {self._root(word) for word in kept} - tables.neutral
        if ours:
            roots -= tables.soft
        return frozenset(roots | marks), area, target

    def _root(self, word: str) -> str:
        return word if word in self._tables.whole else self._normalizer.stemmer.stem(word)

    def _spelled(self, text: str) -> str:
        """What the common tables read otherwise or not at all: "dl", "%", "nilaiku"."""
        said = []
        for word in re.findall(r"[a-z0-9]+|%", clean(text)):
            meant = self._tables.spelled.get(word, word)
            base = word.removesuffix(OWN_TAIL)
            said.append(f"{base} saya" if base != word and base in self._bases else meant)
        return " ".join(said)

    def _near(self, word: str, strange: frozenset[str]) -> str:
        """A word that nothing knows, one slip of the thumb from a word of the examples."""
        if word in self._bases or self._normalizer.stemmer.stem(word) not in strange or len(word) < 4:
            return word
        slips = 1 if len(word) < LONG_WORD else 2
        found = process.extractOne(word, self._words, scorer=OSA.distance, score_cutoff=slips)
        return found[0] if found else word


def _without_area(words: Sequence[str], named: Mapping[tuple[str, ...], int]) -> tuple[list[str], int]:
    """The words without "area 5" or "area pengawasan", and the 5."""
    for place, word in enumerate(words[:-1]):
        if word not in AREA_WORDS:
            continue
        if words[place + 1] in {"1", "2", "3", "4", "5", "6"}:
            return [*words[:place], *words[place + 2 :]], int(words[place + 1])
        after = tuple(words[place + 1 :])
        fits = [name for name in named if after[: len(name)] == name]
        if fits:
            longest = max(fits, key=len)
            return [*words[:place], *after[len(longest) :]], named[longest]
    return list(words), 0


def load_own_questions(folder: Path, normalizer: Normalizer) -> OwnQuestions:
    """The recogniser of a data folder. Raises `KnowledgeFileError`."""
    path = folder / FILE
    return OwnQuestions(read(path.name, Tables, load_mapping(path)), normalizer)
