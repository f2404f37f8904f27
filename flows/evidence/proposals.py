"""Where a piece of evidence most likely belongs: its words against the titles and examples of the instrument.

Proposed and confirmed: nothing is filed by a guess. People's own items come first.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge.answers import Item
from knowledge.instrument import Indicator, Instrument, ResultItem
from knowledge.library import Library
from knowledge.normalize import Normalizer
from knowledge.recurrence import recurrences

TITLE, EXAMPLE, BODY = 1.0, 0.8, 0.4
OWN_ITEM, OWN_AREA = 2.0, 1.4
"""What one's own items, and those of one's own areas, count beside others."""
LEAST = 0.12
"""The least share of the words' weight that must be held to propose an item at all."""
LEAST_EXAMPLE = 0.2
"""The same for one example of an item."""
MISSING_BONUS = 0.15
"""What it counts that an example is still missing."""
SHORTEST_INSIDE = 6
_NUMBER = re.compile(
    r"\b(?:[ab]\s*\.\s*)?(?:area\s+)?[ivx\d]{1,4}(?:\s*[. ]\s*[ivx\d]{1,4}){0,3}\s*[. ]\s*[a-h]\b"
    r"|\barea\s+\d\s+(?:pemenuhan|reform)\s+[ivx\d]+\s*[. ]\s*[a-h]\b"
    r"|\b(?:mp|tl|sdm|ak|pw|pp)\s*\.\s*[pr]\s*\.\s*\d\s*\.\s*[a-h]\b",
    re.IGNORECASE,
)
_CAMERA = re.compile(r"\b(?:img|dsc|pxl|photo|foto|scan|doc|document|whatsapp|image|wa|file)[-_ ]?\d*\b")
_ENDING = re.compile(r"\.[a-z0-9]{2,4}$")


@dataclass(frozen=True, slots=True)
class _Words:
    """The stems of one item by weight, and of each of its examples."""

    item: Item
    weights: Mapping[str, float]
    examples: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class _Index:
    """Every item of an instrument by stem, with how telling each stem is."""

    items: tuple[_Words, ...]
    rarity: Mapping[str, float]


_indexes: dict[str, _Index] = {}


def likely(
    library: Library,
    instrument: Instrument,
    text: str,
    own_items: frozenset[str] = frozenset(),
    own_areas: Iterable[str] = (),
    most: int = 2,
) -> list[Item]:
    """The items that a caption and the names of files speak of, likeliest first. At most `most`."""
    named = named_in(instrument, text)
    if named is not None:
        return [named]
    index = _index(library, instrument)
    stems = [s for s in dict.fromkeys(_stems(_normalizer(library), text)) if s in index.rarity]
    mass = sum(index.rarity[stem] for stem in stems)
    if not mass:
        return []
    areas = frozenset(own_areas)
    scored: list[tuple[float, Item]] = []
    for words in index.items:
        score = sum(index.rarity[stem] * words.weights.get(stem, 0.0) for stem in stems) / mass
        if score < LEAST:
            continue
        if words.item.id in own_items:
            score *= OWN_ITEM
        elif isinstance(words.item, Indicator) and words.item.area_id in areas:
            score *= OWN_AREA
        scored.append((score, words.item))
    scored.sort(key=lambda pair: -pair[0])
    return [item for _, item in scored[:most]]


def example_of(
    library: Library, instrument: Instrument, item: Item, text: str, missing: Iterable[int]
) -> int | None:
    """The place of the example that a text speaks of; the only missing one when it speaks of none."""
    index = _index(library, instrument)
    stems = set(_stems(_normalizer(library), text))
    words = next(each for each in index.items if each.item.id == item.id)
    open_places = tuple(missing)
    best: tuple[float, int] | None = None
    for place, example in enumerate(words.examples):
        mass = sum(index.rarity.get(stem, 1.0) for stem in example) or 1.0
        score = sum(index.rarity.get(stem, 1.0) for stem in example & stems) / mass
        if score < LEAST_EXAMPLE:
            continue
        score += MISSING_BONUS if place in open_places else 0.0
        if best is None or score > best[0]:
            best = (score, place)
    if best is not None:
        return best[1]
    return open_places[0] if len(open_places) == 1 else None


def named_in(instrument: Instrument, text: str) -> Item | None:
    """The item whose number or id stands in a text ("A.I.5.i.a", "5 i a", "PW.P.1.a"); None for none."""
    for hit in _NUMBER.finditer(text):
        found = find(instrument, hit[0])
        if found is not None:
            return found
    return None


def find(instrument: Instrument, text: str) -> Item | None:
    """The item of a number as people type it. Without a part, as in "5 i a", pemenuhan is meant."""
    text = text.strip()
    typed = re.sub(r"^area\s+(?=\d)", "", text, flags=re.IGNORECASE)
    for form in (text, f"a i {typed}", f"a {typed}", f"a.{typed}"):
        node = instrument.find(form)
        if isinstance(node, Indicator | ResultItem):
            return node
    return None


def topic_words(text: str) -> str:
    """A caption or file name as words: no ending, no camera numbers."""
    text = _ENDING.sub("", text.lower()).replace("_", " ").replace("-", " ")
    return " ".join(_CAMERA.sub(" ", text).split())


def _stems(normalizer: Normalizer, text: str) -> list[str]:
    return list(normalizer.words(topic_words(text)[:1000]).stems)


def _normalizer(library: Library) -> Normalizer:
    return library.desk.matcher.normalizer


def _index(library: Library, instrument: Instrument) -> _Index:
    found = _indexes.get(instrument.key)
    if found is None:
        found = _indexes[instrument.key] = _built(_normalizer(library), instrument)
    return found


def _built(normalizer: Normalizer, instrument: Instrument) -> _Index:
    items: list[Item] = [*instrument.area_order, *instrument.results]
    recurring = recurrences(instrument)
    made = tuple(
        _words_of(normalizer, item, recurring[item.id].what if item.id in recurring else "") for item in items
    )
    holders = Counter(stem for words in made for stem in words.weights)
    rarity = {stem: math.log(1 + len(made) / count) for stem, count in holders.items()}
    return _Index(made, rarity)


def _words_of(normalizer: Normalizer, item: Item, recurring: str) -> _Words:
    weights: dict[str, float] = defaultdict(float)
    examples = tuple(frozenset(_opened(_read(normalizer, example))) for example in item.evidence)
    for stems, weight in (
        ((*_read(normalizer, item.title), *_read(normalizer, recurring)), TITLE),
        (tuple(stem for example in examples for stem in example), EXAMPLE),
        (_read(normalizer, f"{item.question} {item.work}"), BODY),
    ):
        for stem in _opened(stems):
            weights[stem] = max(weights[stem], weight)
    return _Words(item, dict(weights), examples)


@lru_cache(maxsize=4096)
def _read(normalizer: Normalizer, text: str) -> tuple[str, ...]:
    return normalizer.words(text).stems


def _opened(stems: Iterable[str]) -> list[str]:
    """The stems, and what stands behind "anti": a campaign against gratuities is about gratuities."""
    found: list[str] = []
    for stem in stems:
        found.append(stem)
        if stem.startswith("anti") and len(stem) - 4 >= SHORTEST_INSIDE:
            found.append(stem[4:])
    return found
