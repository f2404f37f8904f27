"""The desk that answers: small talk, codes, figures, terms, follow-ups, and the matcher, in that order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.codes import angle_in, node_in
from knowledge.documents import LKE, Outside, documents_of
from knowledge.faq import Entry
from knowledge.figures_said import figures_in, target_in
from knowledge.glossary import Term
from knowledge.index import Index
from knowledge.instrument import Instrument
from knowledge.matcher import SAME_WORDS, Found, Matcher, load_weights
from knowledge.normalize import MAX_ASKED, Words, clean, load_normalizer
from knowledge.outcome import Match, Outcome
from knowledge.prepared import reader
from knowledge.smalltalk import SmallTalk, load_smalltalk
from knowledge.worksheet_named import WorksheetTitles, worksheet_titles

CUMULATIVE = "nilai-kumulatif"
LONG_WORDS = 18
"""Beyond this many words the question is also looked for in single sentences."""
SURE_AS_A_WHOLE = 0.85
"""A text as sure as this is not looked at sentence by sentence."""
SENTENCES_READ = 12
SENTENCES_TRIED = 3
SHORT_FOLLOW_UP = 4
TWIN_SCORE = 92.0
NAMED_SCORE = 90.0

SENTENCE = re.compile(r"[^.?!\n]+[.?!\n]*")
ASKING = frozenset(
    {"apa", "apakah", "berapa", "bagaimana", "kapan", "siapa", "kenapa", "mana", "bolehkah", "boleh", "bisa"}
)
SECOND = re.compile(
    r"\?\s+|[,;]?\s+(?:dan|serta|sama|terus|trus|lalu|sekalian|plus)\s+"
    r"(?=(?:apa|apakah|berapa|brp|bagaimana|gimana|gmn|kapan|kpn|siapa|kenapa)\b)"
)
FOLLOWS = frozenset({"kalau", "yang", "terus", "lalu", "untuk", "bagaimana", "berarti", "itu", "tapi", "dan"})
SIBLINGS: Sequence[frozenset[str]] = (
    frozenset({"wbk", "wbbm"}),
    frozenset({"spak", "spkp", "skm"}),
    frozenset({"ipak", "ipkp", "ikm"}),
    frozenset({"tpi", "tpn"}),
    frozenset({"lhkpn", "lhkan", "lhkasn"}),
    frozenset("123456"),
)


@dataclass(frozen=True)
class Desk:
    """Everything that is needed to understand a text."""

    matcher: Matcher
    smalltalk: SmallTalk
    instrument: Instrument
    worksheet: WorksheetTitles
    titles: Mapping[str, str]
    abbreviations: Mapping[str, str]

    def ask(self, text: str, *, last_topic: str | None = None) -> Outcome:
        """What the text asks for. Never raises."""
        kind = self.smalltalk.kind_of(text)
        if kind:
            return Outcome("smalltalk", score=100.0, smalltalk=kind)
        words = self._read(text)
        exact = self._exact(text, words)
        if exact is not None:
            return exact
        found = self._follow_up(words, last_topic) or self._found(text, words)
        return self._named(words, found) or self._two(text, found) or self._decided(found, words)

    def looks_like_question(self, text: str) -> bool:
        """A question mark at the end, or a short text that begins with a question word."""
        words = self._read(text).plain
        return text.rstrip().endswith("?") or (len(words) <= 12 and not ASKING.isdisjoint(words[:2]))

    def _read(self, text: str) -> Words:
        return self.matcher.normalizer.words(text, MAX_ASKED)

    def _exact(self, text: str, words: Words) -> Outcome | None:
        """What needs no ranking: a worksheet number, a unit's figures, a bare abbreviation."""
        node = node_in(self.instrument, text)
        if node is not None:
            return Outcome("answer", (LKE + node.id,), 100.0, angle=angle_in(words.stems))
        figures = figures_in(words.plain)
        if figures:
            return Outcome("answer", (CUMULATIVE,), 95.0, figures=figures, target=target_in(words.plain))
        filler = self.matcher.normalizer.tables.filler
        core = [
            word
            for word in words.plain
            if word not in filler and word not in ("arti", "kepanjangan", "pengertian")
        ]
        if len(core) == 1 and (core == list(words.plain) or "kepanjangan" in words.plain):
            term = self.abbreviations.get(core[0])
            return Outcome("answer", (term,), 98.0) if term else None
        return None

    def _found(self, text: str, words: Words) -> Found:
        """The text as a whole; of a long one also its sentences, whichever is surest."""
        best = self.matcher.find(words)
        if len(words.plain) <= LONG_WORDS or best.sure >= SURE_AS_A_WHOLE:
            return best
        asking = []
        for sentence in SENTENCE.findall(clean(text))[-SENTENCES_READ:]:
            part = self._read(sentence)
            if sentence.rstrip().endswith("?") or not ASKING.isdisjoint(part.plain):
                asking.append(part)
        for part in asking[-SENTENCES_TRIED:]:
            found = self.matcher.find(part) if len(part.stems) >= 3 else best
            if found.sure > best.sure:
                best = found
        return best

    def _named(self, words: Words, found: Found) -> Outcome | None:
        """The worksheet item whose evidence or options are asked for by its title."""
        if found.sure >= SAME_WORDS:
            return None
        unsure = found.sure < self.matcher.weights.answer_from
        item = self.worksheet.named_in(words, weight=unsure)
        if not item:
            return None
        return Outcome("answer", (item,), NAMED_SCORE, angle=angle_in(words.stems), near=found.matches[:3])

    def _decided(self, found: Found, words: Words) -> Outcome:
        near = found.matches[:3]
        ids = tuple(match.topic for match in near)
        weights = self.matcher.weights
        score = round(100 * found.sure, 1)
        if ids and found.sure >= weights.answer_from:
            angle = angle_in(words.stems) if ids[0].startswith(LKE) else ""
            return Outcome("answer", ids[:1], score, angle=angle, near=near)
        if ids and found.sure >= weights.choose_from:
            return Outcome("choices", ids, score, near=near)
        return Outcome("decline", (), score, outside=found.outside, near=near)

    def _two(self, text: str, found: Found) -> Outcome | None:
        """Both answers of a double question, when each half is sure by itself and they differ."""
        parts = [part for part in SECOND.split(clean(text)[:600]) if part.strip()]
        if len(parts) != 2:
            return None
        limit = self.matcher.weights.answer_from
        halves = [self.matcher.find(self._read(part)) for part in parts]
        if any(half.sure < limit or not half.matches for half in halves):
            return None
        first, second = (half.matches[0] for half in halves)
        if first.topic == second.topic:
            return None
        score = round(100 * min(half.sure for half in halves), 1)
        return Outcome("answer", (first.topic, second.topic), score, near=found.matches[:3])

    def _follow_up(self, words: Words, last_topic: str | None) -> Found | None:
        """A short "kalau WBBM?" read as the last topic's title with that word in place of its sibling."""
        title = self.titles.get(last_topic or "")
        if not title or not words.plain:
            return None
        filler = self.matcher.normalizer.tables.filler
        core = [word for word in words.plain if word not in filler]
        if len(core) > SHORT_FOLLOW_UP or (words.plain[0] not in FOLLOWS and len(core) > 1) or not core:
            return None
        twin = self._twin(last_topic or "", core)
        if twin:
            return Found((Match(twin, TWIN_SCORE),), TWIN_SCORE / 100, "")
        asked = list(self.matcher.normalizer.words(title).plain)
        fresh = [word for word in core if word not in asked]
        if not fresh:
            return None
        for word in fresh:
            family = next((each for each in SIBLINGS if word in each), frozenset[str]())
            asked = [each for each in asked if each not in family]
        found = self.matcher.find(self.matcher.normalizer.words(" ".join((*asked, *core))))
        alone = self.matcher.find(words)
        return found if found.sure >= alone.sure else None

    def _twin(self, topic: str, core: Sequence[str]) -> str:
        """The topic that is named like `topic`, but for the asked member of a family ("tpi", "tpn")."""
        parts = topic.split("-")
        for word in core:
            for family in (each for each in SIBLINGS if word in each):
                swapped = "-".join(word if part in family else part for part in parts)
                if swapped != topic and swapped in self.titles:
                    return swapped
        return ""


def build_desk(
    folder: Path,
    instrument: Instrument,
    faq: Mapping[str, Entry],
    glossary: Mapping[str, Term],
    outside: Mapping[str, Outside],
) -> Desk:
    """Read the tables and build the index. Raises `KnowledgeFileError`."""
    normalizer = load_normalizer(folder)
    documents = documents_of(instrument, faq, glossary, outside)
    index = Index(documents, reader(folder, documents, normalizer.words))
    matcher = Matcher(index, normalizer, load_weights(folder))
    return Desk(
        matcher,
        load_smalltalk(folder, normalizer),
        instrument,
        worksheet_titles(index, normalizer),
        {document.id: document.title for document in documents},
        {term.abbr.lower(): term.id for term in glossary.values()},
    )
