"""The line of an answer that a narrow question asks for: it is said before the rest.

A topic answers many questions, its first line one of them. Who asks "berapa hari PPID harus menjawab" wants
the line with the days in it. Nothing is written for this: the line is the entry's own, chosen by the words
of the question that the first line does not hold.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.faq import Entry
from knowledge.normalize import MAX_ASKED, Normalizer

BULLET = "•"
NUMBERED = re.compile(r"\d\. ")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
SPAN = re.compile(r"(\d+(?:,\d+)?)(?:%|\s)?\s*(?:[-–]|sampai)\s*(\d+(?:,\d+)?)")
FROM_ON = re.compile(r"(\d+(?:,\d+)?)%? atau lebih")
COMMON = 1.2
"""A word as common as this, or more so, tells no line from another."""
OF_TITLE = 0.25
"""What a word of the title counts: every line of the topic is about it."""
LEAST, BEYOND_FIRST, LEAST_TOLD = 0.5, 0.2, 2.2
"""What a line must hold of the question, how much more of it than the first line, and how many rare words."""
WITHOUT_NUMBER = 0.55
"""What a line without a figure is worth where a figure is asked for."""
UNSURE = 0.9
"""What is said to be unsure comes after a fact that holds as much."""
HEADED, MAX_READ, FEW_WORDS = 70, 120, 2
MOST_LISTED, LONGEST = 4, 320
EXAMPLE = re.compile(r"Contoh\b")
EXAMPLES = frozenset({"contoh", "bukti", "bukti_dukung", "eviden", "misal"})
AMOUNTS = frozenset({"berapa", "kapan", "lama", "tanggal", "hari", "menit", "jam", "persen", "jumlah"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is said, with the stems by which it is found."""

    said: str
    stems: frozenset[str]
    spans: tuple[tuple[Decimal, Decimal], ...]
    figure: bool
    example: bool
    worth: float


class Leads:
    """Finds the line of an entry that a question asks for."""

    def __init__(
        self, faq: Mapping[str, Entry], normalizer: Normalizer, idf_of: Callable[[str], float]
    ) -> None:
        self._faq = faq
        self._read = normalizer.words
        self._aside = normalizer.tables.filler
        self._idf_of = idf_of
        self._lines: dict[str, tuple[Line, ...]] = {}

    def within(self, topic: str, question: str) -> str:
        """The line of this topic to be said first; "" where its own first line serves. Never raises."""
        entry = self._faq.get(topic)
        if entry is None:
            return ""
        words = self._read(question, MAX_ASKED)
        title = set(self._read(entry.title, MAX_ASKED).stems)
        weights = {
            stem: weight * (OF_TITLE if stem in title else 1.0)
            for stem in dict.fromkeys(words.stems)
            if (weight := self._idf_of(stem) - COMMON) > 0.0
            and stem not in words.strange
            and stem not in self._aside
        }
        lines = self._of(entry)
        numbers = [stem for stem in weights if NUMBER.fullmatch(stem)]
        for stem in numbers:
            # A value of the asker's own: it counts only where a line says from what to what it reaches.
            if not any(stem in line.stems or _spans(line, stem) for line in lines):
                weights.pop(stem)
        mass = sum(weights.values())
        amount = not AMOUNTS.isdisjoint(words.stems)
        example = not EXAMPLES.isdisjoint(words.stems)
        worth = [_told(line, weights) * _fit(line, amount, example) for line in lines]
        best = max(range(len(lines)), key=worth.__getitem__)
        told = worth[best]
        if told < LEAST_TOLD or told < LEAST * mass or told < worth[0] + BEYOND_FIRST * mass:
            return ""
        return lines[best].said

    def _of(self, entry: Entry) -> tuple[Line, ...]:
        found = self._lines.get(entry.id)
        if found is None:
            found = tuple(self._line(*each) for each in _said(entry))
            self._lines[entry.id] = found
        return found

    def _line(self, said: str, own: str, heading: str, sure: bool) -> Line:
        spans = [(_decimal(low), _decimal(high)) for low, high in SPAN.findall(own)]
        spans += [(_decimal(low), Decimal(1_000_000)) for low in FROM_ON.findall(own)]
        stems = frozenset(self._read(f"{heading} {own}", MAX_READ).stems)
        worth = 1.0 if sure else UNSURE
        return Line(
            said, stems, tuple(spans), bool(NUMBER.search(said)), bool(EXAMPLE.match(heading or said)), worth
        )


def _told(line: Line, weights: Mapping[str, float]) -> float:
    """How much of the question a line holds, in rarities; a number within its span counts as named."""
    return sum([weight for stem, weight in weights.items() if stem in line.stems or _spans(line, stem)])


def _spans(line: Line, stem: str) -> bool:
    if not line.spans or not NUMBER.fullmatch(stem):
        return False
    value = _decimal(stem)
    return any(low <= value <= high for low, high in line.spans)


def _fit(line: Line, amount: bool, example: bool) -> float:
    if line.example and not example:
        return 0.0
    return line.worth * (WITHOUT_NUMBER if amount and not line.figure else 1.0)


def _said(entry: Entry) -> Iterator[tuple[str, str, str, bool]]:
    """Every line of an entry: as it is said, its own words, its heading, and whether it is a fact.

    The entry's first line comes first.
    """
    for text, sure in ((entry.short, True), (entry.detail, True), (entry.caution, False)):
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        heading = ""
        for place, line in enumerate(lines):
            if line.startswith(BULLET) or NUMBERED.match(line):
                own = line.removeprefix(BULLET).strip()
                told = f"{heading}: {own}" if 0 < len(heading) <= HEADED else own
                yield _ended(told) if own.count(" ") >= FEW_WORDS else "", own, heading, sure
                continue
            *plain, last = SENTENCE.split(line)
            heading = last.removesuffix(":") if last.endswith(":") else ""
            yield from ((each, each, "", sure) for each in (plain if heading else (*plain, last)))
            if heading:
                yield _listed(line, lines[place + 1 :]), "", heading, sure


def _listed(heading: str, after: Sequence[str]) -> str:
    """A heading with its list, where that is short."""
    items = []
    for line in after:
        if not line.startswith(BULLET):
            break
        items.append(line)
    whole = "\n".join((heading, *items))
    return whole if items and len(items) <= MOST_LISTED and len(whole) <= LONGEST else ""


def _ended(text: str) -> str:
    said = text[0].upper() + text[1:]
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
