"""Finding things by a few words: exact, by stem, by abbreviation, by beginning, and past slips of the thumb.

Prepared once from the cards of the desk's index; one shelf per kind of thing. Ranking is by how much of what
was asked a thing holds, then by where it holds it: title before ways of asking before body.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.desk import Desk
from knowledge.documents import LKE, Document, documents_of
from knowledge.index import Card, Index
from knowledge.instrument import Instrument
from knowledge.normalize import Normalizer, Words

ANSWERS, TERMS, INDICATORS = "entry", "term", "lke"
"""The shelves."""

TITLE, ASKED, QUESTION, BODY = 1.0, 0.5, 0.6, 0.2
TITLE_WORD = 0.02
"""What each word of a title takes from the others."""
BEGINNING, SLIP, SPELLED_OUT = 0.7, 0.6, 0.9
"""What a match by beginning, past a slip, or by an abbreviation's words counts beside the word itself."""

KEPT = 0.35
"""A thing that holds this much less than the best one is left out."""
MOST_TERMS = 8
MOST_CHARS = 200
MOST_NEAR = 6
MOST_BEGINNING = 12
SHORTEST_BEGINNING = 3
LIKE = 76
"""Least likeness (0 to 100) of a word that no shelf knows to one that it knows."""
SHORTEST_LIKE = 4
"""Shorter words are never taken for a misspelling."""

AREA = re.compile(r"area[1-6]")
AREA_WORDS = frozenset({"area", "pokja", "kelompok"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word that is looked for, as `typed` and as read.

    `spelled_out` are the stems of an abbreviation's full name; `is_area` marks "area5", which is never near
    to anything else.
    """

    typed: str
    word: str
    stem: str
    weight: float
    spelled_out: tuple[str, ...] = ()
    is_area: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody looks for. `wholes` are short names of several of its words together ("skm")."""

    text: str
    words: tuple[Wanted, ...]
    wholes: tuple[str, ...] = ()

    @property
    def mass(self) -> float:
        """The weight of all its words."""
        return sum(each.weight for each in self.words) or 1.0


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found, by the id of its document."""

    id: str
    score: float


class Shelf:
    """Things of one kind, by stem."""

    def __init__(self, weighed: Mapping[str, Mapping[str, float]], stem_of: Mapping[str, str]) -> None:
        postings: dict[str, dict[str, float]] = defaultdict(dict)
        for id, stems in weighed.items():
            for stem, weight in stems.items():
                postings[stem][id] = weight
        self._postings: Mapping[str, Mapping[str, float]] = dict(postings)
        known = {stem: stem for stem in self._postings}
        known |= {word: stem for word, stem in stem_of.items() if stem in self._postings}
        self._stem_of: Mapping[str, str] = known
        self._words = sorted(known)

    def find(self, query: Query) -> list[Hit]:
        """What holds every word; when nothing does, what holds most of them. Best first."""
        held: dict[str, float] = defaultdict(float)
        score: dict[str, float] = defaultdict(float)
        for wanted in query.words:
            for id, weight in self._holding(wanted, () if wanted.is_area else query.wholes).items():
                held[id] += wanted.weight
                score[id] += wanted.weight * weight
        return _best(held, score, query.mass)

    def _holding(self, wanted: Wanted, wholes: Sequence[str]) -> dict[str, float]:
        """The things that hold this word in one form or another, by the weight of the best form."""
        found: dict[str, float] = {}
        for stem, part in (*self._forms(wanted), *((whole, 1.0) for whole in wholes)):
            for id, weight in self._postings.get(stem, {}).items():
                found[id] = max(found.get(id, 0.0), weight * part)
        for id, weight in self._together(wanted.spelled_out).items():
            found[id] = max(found.get(id, 0.0), weight * SPELLED_OUT)
        return found

    def _forms(self, wanted: Wanted) -> list[tuple[str, float]]:
        forms = [(stem, 1.0) for stem in {wanted.stem, wanted.word} if stem in self._postings]
        if wanted.is_area:
            return forms
        if len(wanted.typed) >= SHORTEST_BEGINNING:
            forms += [(stem, BEGINNING) for stem in self._beginning(wanted.typed) if stem != wanted.stem]
        if not forms and not wanted.spelled_out and len(wanted.typed) >= SHORTEST_LIKE:
            near = {
                self._stem_of[word]: SLIP * like / 100
                for said in {wanted.word, wanted.typed}
                for word, like, _ in process.extract(
                    said, self._words, scorer=fuzz.ratio, score_cutoff=LIKE, limit=MOST_NEAR
                )
            }
            forms = list(near.items())
        return forms

    def _beginning(self, word: str) -> set[str]:
        start = bisect_left(self._words, word)
        near = self._words[start : start + MOST_BEGINNING]
        return {self._stem_of[each] for each in near if each.startswith(word)}

    def _together(self, stems: Sequence[str]) -> dict[str, float]:
        """The things that hold all these stems, by the weakest of their weights."""
        lists = [self._postings.get(stem, {}) for stem in stems]
        if not lists or not all(lists):
            return {}
        both = set(lists[0]).intersection(*lists[1:])
        return {id: min(each[id] for each in lists) for id in both}


def _best(held: Mapping[str, float], score: Mapping[str, float], mass: float) -> list[Hit]:
    most = max(held.values(), default=0.0)
    if most < mass / 2:
        return []
    full = [id for id, part in held.items() if part >= most - 1e-9]
    top = max(score[id] for id in full)
    return sorted(
        (Hit(id, score[id] / mass) for id in full if score[id] >= KEPT * top),
        key=lambda hit: (-hit.score, hit.id),
    )


class Searcher:
    """Reads what is looked for, and finds it on its shelves. Immutable."""

    def __init__(
        self,
        normalizer: Normalizer,
        weight_of: Callable[[str], float],
        names: Mapping[str, tuple[str, ...]],
        shelves: Mapping[str, Shelf],
    ) -> None:
        self._normalizer = normalizer
        self._weight_of = weight_of
        self._names = names
        self._shelves = shelves

    def query(self, text: str) -> Query:
        """What a typed text looks for. Empty of words when it holds none. Never raises."""
        text = text[:MOST_CHARS]
        read = self._normalizer.words(text, 40)
        areas = tuple(stem for stem in read.stems if AREA.fullmatch(stem))
        filler = self._normalizer.tables.filler
        kept = [
            word
            for word in read.plain
            if len(word) > 1 and word not in filler and not (areas and word in AREA_WORDS)
        ]
        typed = self._typed(text, read)
        made = [self._wanted(word, typed.get(word, word)) for word in dict.fromkeys(kept)]
        made += [Wanted(area, area, area, self._weight_of(area), is_area=True) for area in areas]
        plain = {each.stem for each in made} | {each.word for each in made}
        # A word that the normalizer adds stands for several of the text's own together.
        added = dict.fromkeys(read.stems[len(read.plain) :])
        wholes = tuple(stem for stem in added if stem not in plain and stem not in areas)
        return Query(text, tuple(made[:MOST_TERMS]), wholes)

    def find(self, query: Query, shelf: str) -> list[Hit]:
        """What stands on that shelf, best first. Raises `KeyError` for an unknown shelf."""
        return self._shelves[shelf].find(query) if query.words else []

    def _typed(self, text: str, read: Words) -> dict[str, str]:
        """What was typed for words that the normalizer has corrected: it may be the beginning of another."""
        if not read.corrected:
            return {}
        spelled = self._normalizer.spelled(text)
        gone = [word for word in spelled if word not in read.plain]
        come = [word for word in read.plain if word not in spelled]
        return dict(zip(come, gone, strict=True)) if len(come) == len(gone) else {}

    def _wanted(self, word: str, typed: str) -> Wanted:
        stem = self._normalizer.stemmer.stem(word)
        return Wanted(typed, word, stem, max(0.1, self._weight_of(stem)), self._names.get(word, ()))


def build_searcher(desk: Desk, instrument: Instrument) -> Searcher:
    """The searcher for people whose unit fills in this instrument."""
    matcher = desk.matcher
    cards = list(matcher.index.cards)
    if instrument.key != desk.instrument.key:
        cards = [card for card in cards if not card.document.id.startswith(LKE)]
        cards += Index(documents_of(instrument, {}, {}, {}), matcher.normalizer.words).cards
    stem = matcher.normalizer.stemmer.stem
    titles = {card.document.id: card.document.title for card in cards}
    names = {
        abbr: tuple(stem(word) for word in matcher.normalizer.spelled(_full_name(titles[id])))
        for abbr, id in desk.abbreviations.items()
    }
    stem_of = matcher.normalizer.lexicon.stems
    shelves = {
        ANSWERS: Shelf(_weighed(cards, ANSWERS), stem_of),
        TERMS: Shelf(_weighed(cards, TERMS), stem_of),
        INDICATORS: Shelf(_leaves(cards, instrument, matcher.normalizer), stem_of),
    }
    return Searcher(matcher.normalizer, matcher.index.idf_of, names, shelves)


def _full_name(title: str) -> str:
    """The title of a term without its abbreviation."""
    return title.partition(" ")[2]


def _weighed(cards: Iterable[Card], source: str) -> dict[str, dict[str, float]]:
    """Each document's stems with what holding them counts."""
    made: dict[str, dict[str, float]] = {}
    for card in cards:
        if card.document.source != source:
            continue
        weights = dict.fromkeys(card.body, BODY)
        for stem, share in card.share.items():
            weights[stem] = max(weights.get(stem, 0.0), ASKED * share / (share + 0.15))
        weights.update(_titled(card))
        made[card.document.id] = weights
    return made


def _titled(card: Card) -> dict[str, float]:
    """The words of the title; those of a short one tell a little more."""
    stems = card.title.stems
    return dict.fromkeys(stems, TITLE * (1 - TITLE_WORD * min(10, len(stems))))


def _leaves(
    cards: Iterable[Card], instrument: Instrument, normalizer: Normalizer
) -> dict[str, dict[str, float]]:
    """Indicators and result items. Of the ways of asking only the worksheet's own question counts."""
    by_id = {card.document.id: card for card in cards}
    made: dict[str, dict[str, float]] = {}
    for sub in instrument.subs:
        above = normalizer.words(sub.name).stems
        for leaf in sub.indicators:
            weights = _leaf(by_id[LKE + leaf.id])
            for stem in (*above, f"area{leaf.area_no}"):
                weights[stem] = max(weights.get(stem, 0.0), ASKED)
            made[LKE + leaf.id] = weights
    for item in instrument.results:
        made[LKE + item.id] = _leaf(by_id[LKE + item.id])
    return made


def _leaf(card: Card) -> dict[str, float]:
    weights = dict.fromkeys(card.body, BODY)
    weights.update(dict.fromkeys(card.rows[_own_question(card.document)].stems, QUESTION))
    weights.update(_titled(card))
    return weights


def _own_question(document: Document) -> int:
    """The place of the worksheet's question among the ways of asking: the last."""
    return len(document.questions) - 1
