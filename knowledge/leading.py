"""The line of an answer that a narrow question asks for: it is said before the rest.

A topic answers many questions, its first line one of them. Who asks "berapa hari PPID harus menjawab" wants
the line with the days in it. Nothing is written for this: the line is the entry's own, chosen by the words
of the question that the first line does not hold.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.asked_part import focus
from knowledge.faq import Entry
from knowledge.normalize import MAX_ASKED, Normalizer, Words

BULLET = "•"
NUMBERED = re.compile(r"\d\. ")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
YEAR = re.compile(r"(?:19|20)\d\d")
SPAN = re.compile(r"(\d+(?:,\d+)?)(?:%|\s)?\s*(?:[-–]|sampai)\s*(\d+(?:,\d+)?)")
FROM_ON = re.compile(r"(\d+(?:,\d+)?)%? atau lebih")
EVERYWHERE, COMMON = 1.1, 1.2
"""A word rarer than the first may tell lines of a topic apart, one rarer than the second topics as well."""
AMONG_LINES = 0.7
"""What rarity among the lines of the topic counts beside rarity among all topics."""
OF_TITLE = 0.25
"""What a word of the title counts: every line of the topic is about it."""
LEAST, BEYOND_FIRST, LEAST_TOLD, LEAST_OWN = 0.42, 0.17, 2.2, 1.5
"""What a line must hold of the question, how much more of it than the first line, how many rare words, and
how many of them that the title does not hold."""
WITHOUT_NUMBER = 0.55
"""What a line without a figure is worth where a figure is asked for."""
RARE = 3.5
"""One word alone calls for a line when it is as rare as this."""
OTHERS = 0.3
"""How much the other lines of a list may hold beside the line that is said."""
UNKNOWN, UNSURE = 0.9, 0.6
"""That something is not known comes after a fact that holds as much; other cautions seldom come first."""
NOT_FOUND = re.compile(r"\b(?:ditemukan|temukan|tercakup|dipastikan|pastikan|ditulis|dibaca)\b")
HEADED, MAX_READ, FEW_WORDS = 70, 120, 2
MOST_LISTED, LONGEST = 4, 320
EXAMPLE = re.compile(r"Contoh\b")
EXAMPLES = frozenset({"contoh", "bukti", "bukti_dukung", "eviden", "misal"})
BACK = re.compile(r"(?:\w+ )?(?:ini|itu|tersebut|Keduanya|Keempatnya|Kelimanya|Sebaliknya)\b", re.IGNORECASE)
"""A sentence that begins so leans on the one before it and says nothing by itself."""
WHOLE = frozenset(
    {
        "saja",
        "isi",
        "liput",
        "cakup",
        "beda",
        "terdiri",
        "komponen",
        "jenis",
        "arti",
        "definisi",
        "kategori",
        "rumus",
    }
)
"""Who asks so wants the list or the meaning, not one line of it."""
LEAST_OF_WHOLE, TWO = 0.75, 2
NEGATED = re.compile(r"(?:tidak|belum|tanpa|bukan)\b", re.IGNORECASE)
NEGATIONS = frozenset({"tidak", "belum", "tanpa", "bukan"})
CONDITION = re.compile(r"(?:Bila|Jika|Kalau|Apabila) ([^,:]+)[,:]")
ASIDE = re.compile(r"jangan tertukar|adalah singkatan|adalah syarat lain|Bedakan dengan", re.IGNORECASE)
DEFINES = re.compile(r"[A-Z]{2,8} \([^)]*\):")
MEANINGS = frozenset(
    {"panjang", "kepanjangan", "singkat", "singkatan", "arti", "maksud", "definisi", "hubung"}
)
OFF_THE_POINT = 0.6
"""What a line is worth whose condition the question does not name, or which only wards off a mix-up."""
BEYOND_HELD = 0.25
"""The more the first line holds itself, the more another must hold beyond it."""
PLUS, TURNED = "plus", 0.5
"""What a line is worth that denies where the question does not, or has a "plus" where it denies."""
DAY = re.compile(
    r"\b(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)\b"
    r"|\d+ (?:hari|bulan|tahun)|\b(?:dua|tiga|satu) (?:bulan|tahun)|\bsejak\b|\bsetelah\b|20\d\d",
    re.IGNORECASE,
)
DAYS = frozenset({"kapan", "tanggal"})
AMOUNTS = frozenset({"berapa", "kapan", "lama", "tanggal", "hari", "menit", "jam", "persen", "jumlah"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is said, with the stems by which it is found."""

    said: str
    stems: frozenset[str]
    spans: tuple[tuple[Decimal, Decimal], ...]
    figure: bool
    day: bool
    example: bool
    worth: float
    heading: str
    negated: bool
    condition: frozenset[str]
    aside: bool
    defines: bool


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
        words = self._read(focus(question), MAX_ASKED)
        lines = self._of(entry)
        weights = self._weighed(words, entry, lines)
        mass = sum(weights.values())
        amount = not AMOUNTS.isdisjoint(words.stems)
        when = not DAYS.isdisjoint(words.stems)
        dated = amount and any(YEAR.fullmatch(stem) for stem in weights)
        example = dated or not EXAMPLES.isdisjoint(words.stems)
        negated = not NEGATIONS.isdisjoint(words.plain)
        worth = [
            _told(line, weights)
            * _fit(line, amount, when, example)
            * _turned(line, negated)
            * _meant(line, words.stems)
            for line in lines
        ]
        best = max(range(len(lines)), key=worth.__getitem__)
        told = worth[best]
        least = LEAST if WHOLE.isdisjoint(words.stems) else LEAST_OF_WHOLE
        beyond = BEYOND_FIRST * mass + BEYOND_HELD * worth[0]
        if told < LEAST_TOLD or told < least * mass or told < worth[0] + beyond:
            return ""
        own = {stem: weight for stem, weight in weights.items() if stem not in self._titled(entry)}
        few = sum(stem in lines[best].stems for stem in own) < TWO
        if few and not WHOLE.isdisjoint(words.stems) and not any(_spans(lines[best], stem) for stem in own):
            return ""
        if _told(lines[best], own) < LEAST_OWN or _is_one_of_several(lines, best, weights):
            return ""
        return lines[best].said

    def _weighed(self, words: Words, entry: Entry, lines: Sequence[Line]) -> dict[str, float]:
        """The stems of a question by how much they tell: among all topics, or among the lines of this one.

        A value of the asker's own counts only where a line says from what to what it reaches.
        """
        title = self._titled(entry)
        asides = {stem for plain, stem in zip(words.plain, words.stems, strict=False) if plain in self._aside}
        weights: dict[str, float] = {}
        for stem in dict.fromkeys(words.stems):
            rarity = self._idf_of(stem)
            if stem in words.strange or stem in asides or rarity < EVERYWHERE:
                continue
            weight = max(0.0, rarity - COMMON)
            held = sum([stem in line.stems or _spans(line, stem) for line in lines])
            if held:
                weight = max(weight, AMONG_LINES * math.log((len(lines) + 1) / held))
            elif NUMBER.fullmatch(stem):
                continue
            weights[stem] = weight * (OF_TITLE if stem in title else 1.0)
        return weights

    def _titled(self, entry: Entry) -> frozenset[str]:
        return frozenset(self._read(entry.title, MAX_ASKED).stems)

    def _of(self, entry: Entry) -> tuple[Line, ...]:
        found = self._lines.get(entry.id)
        if found is None:
            found = tuple(self._line(*each) for each in _said(entry))
            self._lines[entry.id] = found
        return found

    def _line(self, said: str, own: str, heading: str, sure: bool) -> Line:
        spans = [(_decimal(low), _decimal(high)) for low, high in SPAN.findall(own)]
        spans += [(_decimal(low), Decimal(1_000_000)) for low in FROM_ON.findall(own)]
        clause = CONDITION.match(own)
        return Line(
            said,
            frozenset(self._read(f"{heading} {own}", MAX_READ).stems),
            tuple(spans),
            figure=bool(NUMBER.search(said)),
            day=bool(DAY.search(said)),
            example=bool(EXAMPLE.match(heading or said)),
            worth=1.0 if sure else UNKNOWN if NOT_FOUND.search(said) else UNSURE,
            heading=heading,
            negated=bool(NEGATED.match(own)),
            condition=frozenset(self._read(clause.group(1), MAX_READ).stems if clause else ()),
            aside=bool(ASIDE.search(own)),
            defines=bool(DEFINES.match(own)),
        )


def _is_one_of_several(lines: Sequence[Line], best: int, weights: Mapping[str, float]) -> bool:
    """Whether the question names one word only, or several lines of the same list."""
    line = lines[best]
    named = [stem for stem in weights if stem in line.stems or _spans(line, stem)]
    if len(named) < 2 and sum([weights[stem] for stem in named]) < RARE:
        return True
    others = {
        stem
        for other in lines
        if line.heading and other.heading == line.heading and other is not line
        for stem in weights.keys() & other.stems - line.stems
    }
    return sum([weights[stem] for stem in others]) > OTHERS * sum([weights[stem] for stem in named])


def _told(line: Line, weights: Mapping[str, float]) -> float:
    """How much of the question a line holds, in rarities; a number within its span counts as named."""
    return sum([weight for stem, weight in weights.items() if stem in line.stems or _spans(line, stem)])


def _spans(line: Line, stem: str) -> bool:
    if not line.spans or not NUMBER.fullmatch(stem):
        return False
    value = _decimal(stem)
    return any(low <= value <= high for low, high in line.spans)


def _fit(line: Line, amount: bool, when: bool, example: bool) -> float:
    if line.example and not example:
        return 0.0
    lacking = (when and not line.day) or (amount and not line.figure)
    return line.worth * (WITHOUT_NUMBER if lacking else 1.0)


def _turned(line: Line, negated: bool) -> float:
    """A line that denies where the question does not, or tells of more where the question has less."""
    return TURNED if (line.negated and not negated) or (negated and PLUS in line.said.split()) else 1.0


def _meant(line: Line, stems: Sequence[str]) -> float:
    """A line under a condition that the question does not name, or that wards off a mix-up, or defines."""
    if line.aside or (line.defines and MEANINGS.isdisjoint(stems)):
        return OFF_THE_POINT
    missing = line.condition.difference(stems)
    unmet = 2 * len(missing) > len(line.condition) or any(NUMBER.fullmatch(stem) for stem in missing)
    return OFF_THE_POINT if unmet else 1.0


def _said(entry: Entry) -> Iterator[tuple[str, str, str, bool]]:
    """Every line of an entry: as it is said, its own words, its heading, and whether it is a fact.

    The entry's first line comes first. What cannot stand by itself is said as "": a word or two of a list, a
    line of the list that the first line opens, a sentence that leans on the one before.
    """
    for text, sure in ((entry.short, True), (entry.detail, True), (entry.caution, False)):
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        heading, opening = "", False
        for place, line in enumerate(lines):
            if line.startswith(BULLET) or NUMBERED.match(line):
                own = line.removeprefix(BULLET).strip()
                yield _of_list(own, heading, opening), own, heading, sure
                continue
            *plain, last = SENTENCE.split(line)
            heading = last.removesuffix(":") if last.endswith(":") else ""
            opening = text is entry.short and not place
            yield from ((_alone(each), each, "", sure) for each in (plain if heading else (*plain, last)))
            if heading:
                yield _listed(line, lines[place + 1 :]), "", heading, sure


def _of_list(own: str, heading: str, opening: bool) -> str:
    """One line of a list, under its heading where that is short and not the entry's own first line."""
    if not _alone(own) or (own.count(" ") < FEW_WORDS and (opening or not (heading and NUMBER.search(own)))):
        return ""
    if opening:
        return _ended(own) if NUMBER.search(own) or own.count(" ") > FEW_WORDS + 2 else ""
    return _ended(f"{heading}: {own}" if 0 < len(heading) <= HEADED else own)


def _alone(sentence: str) -> str:
    return "" if BACK.match(sentence) else sentence


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
