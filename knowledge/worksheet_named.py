"""Finding a worksheet item by its title: "bukti untuk agen perubahan apa saja", "daduk wbs"."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from knowledge.codes import EVIDENCE, OPTIONS, WEIGHT
from knowledge.index import Index
from knowledge.normalize import Normalizer, Words

COVERED = 0.5
"""The least share of a title, by rarity, that the question must name."""
LONGEST = 14
ASIDE = frozenset(
    {"contoh", "siap", "unggah", "kumpul", "indikator", "butir", "subkomponen", "minta", "jenis"}
)
"""Stems that often go with a question for evidence and name no item."""

ASPECTS = frozenset({"penuh", "pemenuhan", "reform"})
GRADES = frozenset("abcde")


@dataclass(frozen=True)
class Title:
    """The stems of an item's title, and the short names it stands for."""

    id: str
    stems: frozenset[str]
    short: frozenset[str]


@dataclass(frozen=True)
class WorksheetTitles:
    """The titles of all worksheet items, and how telling their words are."""

    titles: Sequence[Title]
    rarity: Mapping[str, float]
    filler: Set[str]

    def named_in(self, words: Words, *, weight: bool = False) -> str:
        """The one item that a question for evidence or options names; "" when none or several fit alike.

        With `weight` a question for its points or the grade of an answer counts too.
        """
        sides = EVIDENCE | OPTIONS | (WEIGHT if weight else frozenset())
        asked = {stem for stem in words.stems if "_" not in stem}
        if len(words.plain) > LONGEST or asked.isdisjoint(sides):
            return ""
        core = asked - sides - ASIDE - ASPECTS - GRADES - self.filler
        if not core:
            return ""
        fits = sorted(((self._fit(core, title), title.id) for title in self.titles), reverse=True)
        (best, found), (second, _) = fits[0], fits[1]
        return found if best >= COVERED and best > second else ""

    def _fit(self, core: Set[str], title: Title) -> float:
        """The share of the title that is named; 0 when the question holds a word that the title lacks."""
        if not core <= title.stems:
            return 0.0
        if core <= title.short:
            return 1.0
        return self._mass(core) / (self._mass(title.stems - title.short) or 1.0)

    def _mass(self, stems: Set[str]) -> float:
        return sum(self.rarity.get(stem, 0.0) for stem in stems)


def worksheet_titles(index: Index, normalizer: Normalizer) -> WorksheetTitles:
    """The titles of the worksheet items in an index."""
    stems = normalizer.lexicon.stems
    filler = frozenset(stems.get(word, word) for word in normalizer.tables.filler)
    return WorksheetTitles(
        tuple(
            _title(card.document.id, card.title.stems, normalizer.words(card.document.title), filler)
            for card in index.cards
            if card.document.source == "lke"
        ),
        index.idf,
        filler,
    )


def _title(id: str, stems: Sequence[str], words: Words, filler: Set[str]) -> Title:
    plain = frozenset(words.stems[: len(words.plain)])
    named = frozenset(stem for stem in stems if "_" not in stem) - filler - ASPECTS
    return Title(id, named, named - plain)
