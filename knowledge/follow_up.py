"""Reading a short text as going on with the last topic: "kalau WBBM?", "yang pengungkit?", "syaratnya?".

A text that can stand alone always does. What cannot is looked for among the neighbours of the last topic
(those related to it, named like it, or of its group). The last topic itself is the answer only where people
ask for just that of it and no neighbour is called so.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.codes import EVIDENCE, OPTIONS, WEIGHT
from knowledge.documents import LKE
from knowledge.faq import Entry
from knowledge.glossary import Term
from knowledge.index import Card
from knowledge.matcher import Found, Matcher
from knowledge.normalize import Words, clean
from knowledge.outcome import Match
from knowledge.worksheet_named import WorksheetTitles

SHORT = 5
"""More telling words than this make a question of their own."""
POINTED_BACK = 0.5
"""How sure a text must be with the last title in the place of its pronoun."""
SURE = 0.92
"""The certainty given to a reading; it comes from rules, not from the ranker."""
COVERED = 0.5
"""The least share of the telling words, by rarity, that a neighbour must know."""
LEAST = 0.75
"""The least worth of the neighbour that is answered."""
HEARD = 0.01
"""The least share of the best score that a topic needs which is neither called so nor related."""
HEARD_OF = 0.01
"""The least certainty, by itself, of what points back; a text from outside has less."""
IN_ROWS, IN_OFTEN, OFTEN = 0.7, 0.2, 0.25
ITSELF, NEAREST, NEAR, SAME_GROUP, FRAME, MERGED = 0.01, 0.45, 0.4, 0.12, 0.4, 0.5

MARKS = frozenset({"kalau", "yang", "terus", "lalu", "untuk", "berarti", "tapi", "dan", "nah", "jadi"})
ASKING = frozenset(
    {"apa", "apakah", "berapa", "bagaimana", "kapan", "siapa", "kenapa", "mana", "kemana", "dimana", "ke"}
    | {"bolehkah", "boleh", "bisa", "bisakah", "cara", "ya", "saja", "kali", "lama"}
)
PRONOUN = re.compile(r"\b[a-z]{3,}nya\b")
NO_PRONOUN = frozenset({"hanya", "tanya", "nanya", "punya", "karena", "bertanya", "misalnya", "sebenarnya"})
DEFINES = re.compile(
    r"\b(?:apa(?:kah)?(?: sih| tuh)? (?:itu|artinya|arti|maksud\w*|yang dimaksud)|pengertian|definisi|"
    r"singkatan|kepanjangan|apaan|jelaskan)\b|\b(?:itu|tuh|ini) (?:apa|apaan)\b"
)
PERSONS = frozenset({"dia", "ia", "mereka", "beliau"})
"""They stand for who or what was just read about."""
POINTING = PERSONS | {"itu", "tuh", "tersebut", "gitu"}
ABSENT = frozenset({"tidak", "ada", "belum", "punya", "milik", "kosong", "nihil", "tanpa", "wajib", "harus"})
"""Of these words alone a question asks of what was just read: "kalau tidak ada bagaimana", "wajib tidak"."""
BASIS = frozenset({"dasar", "hukum", "atur", "peraturan", "regulasi", "pasal", "rujukan", "acuan"})
GENERAL = frozenset({"contoh", "jenis", "cara", "isi", "tujuan", "tugas", "peran", "manfaat", "syarat"})
"""Words that fit anything: another topic must be called by them, being asked with them is not enough."""
BARE = frozenset({"atur", "aturan", "tahun", "laku", "syarat", "batas", "dulu"})
SIBLINGS: Sequence[frozenset[str]] = (
    frozenset({"wbk", "wbbm"}),
    frozenset({"spak", "spkp", "skm"}),
    frozenset({"ipak", "ipkp", "ikm"}),
    frozenset({"tpi", "tpn"}),
    frozenset({"lhkpn", "lhkan", "lhkasn"}),
    frozenset("123456"),
)


@dataclass(frozen=True, slots=True)
class Read:
    """What a follow-up means: a topic, and the side of it ("dasar", or that of a worksheet item)."""

    found: Found
    angle: str = ""


class FollowUps:
    """Reads follow-ups. Immutable."""

    def __init__(
        self,
        matcher: Matcher,
        faq: Mapping[str, Entry],
        glossary: Mapping[str, Term],
        worksheet: WorksheetTitles,
    ) -> None:
        self._matcher = matcher
        self._faq = faq
        self._glossary = glossary
        self._worksheet = worksheet
        self._cards = {card.document.id: card for card in matcher.index.cards}

    def read(self, text: str, words: Words, last: str, alone: Found) -> Read | None:
        """What `text` means after an answer about `last`; None when it stands alone or fits nothing.

        `alone` is what it is taken for by itself.
        """
        topic = self.topic_of(last)
        if topic not in self._cards or not words.plain:
            return None
        telling = self._telling(words)
        if len(telling) > SHORT:
            return None
        if topic.startswith(LKE):
            return self._of_item(topic, words)
        if DEFINES.search(clean(text)) and not _pronoun(text):
            return None
        return self._of_entry(text, words, topic, telling, alone)

    def topic_of(self, last: str) -> str:
        """The entry behind a term, or the topic itself."""
        term = self._glossary.get(last)
        return term.topic if term is not None and term.topic and term.topic in self._faq else last

    def is_bare(self, words: Words) -> bool:
        """Whether nothing is named, as in "kalau tahun 2021?" without its year."""
        return all(stem in BARE for stem in self._telling(words))

    def _of_item(self, item: str, words: Words) -> Read | None:
        """Another side of the same worksheet item: "bobotnya berapa?", "pilihan jawabannya?"."""
        stems = {stem for stem in words.stems if not self._aside(stem)}
        for angle, known in (("bobot", WEIGHT), ("opsi", OPTIONS), ("bukti", EVIDENCE)):
            if stems and stems <= known:
                return Read(_found(item), angle)
        return None

    def _of_entry(
        self, text: str, words: Words, topic: str, telling: Sequence[str], alone: Found
    ) -> Read | None:
        if telling and set(telling) <= BASIS:
            return Read(_found(topic), "dasar")
        if telling and set(telling) <= ABSENT and len(words.plain) > 1:
            return Read(_found(topic))
        sure = alone.sure >= self._matcher.weights.answer_from
        points = not POINTING.isdisjoint(words.plain) or not POINTING.isdisjoint(clean(text).split())
        points = points and alone.sure >= HEARD_OF and not sure
        if points and (not telling or not PERSONS.isdisjoint(words.plain)):
            return self._pointed_back(topic, words, telling)
        leans = words.plain[0] in MARKS or _pronoun(text)
        twin = self._twin(topic, words) if leans and "beda" not in telling else ""
        if twin:
            return Read(_found(twin))
        if sure and (not leans or len(telling) >= 3):
            return None
        if not telling:
            return None
        best = self._neighbour(topic, words, telling)
        if best is None and not sure:
            item = self._item(topic, words)
            return Read(_found(item), "bukti") if item else None
        if best is None:
            return None
        if sure and alone.matches[0].topic != best and len(telling) >= 2:
            return None
        return Read(_found(best))

    def _pointed_back(self, topic: str, words: Words, telling: Sequence[str]) -> Read | None:
        """ "dia harus bikin apa tiap tahun", "itu kapan": read with the last title in the pronoun's place."""
        if not telling and ASKING.isdisjoint(words.plain):
            return None
        wider = self._wider(topic)
        found = self._matcher.find(self._merged(wider, words))
        top = found.matches[0].topic if found.matches else ""
        if found.sure < POINTED_BACK or found.outside:
            return None
        if top not in self._faq or self._nearness(topic, top) == 0.0:
            return None
        sides = [each for each in self._faq if each == wider or each.startswith(f"{wider}-")]
        if top in sides:
            top = max(sides, key=lambda each: (self._heard(each, telling), each == top))
        return Read(_found(top))

    def _heard(self, topic: str, telling: Sequence[str]) -> float:
        """How often a topic is asked for with these words, by rarity."""
        card = self._cards[topic]
        return sum(card.share.get(stem, 0.0) * self._matcher.index.idf_of(stem) for stem in telling)

    def _wider(self, topic: str) -> str:
        """The topic that this one is a side of ("agen-perubahan" of "agen-perubahan-syarat"), else itself."""
        parts = topic.split("-")
        wider = ("-".join(parts[:n]) for n in range(1, len(parts)))
        return next((each for each in wider if each in self._faq), topic)

    def _telling(self, words: Words) -> list[str]:
        """The stems that say what is asked for."""
        stems = words.stems[: len(words.plain)]
        return list(
            dict.fromkeys(
                stem
                for stem, plain in zip(stems, words.plain, strict=False)
                if not self._aside(plain) and not self._aside(stem)
            )
        )

    def _aside(self, word: str) -> bool:
        filler = self._matcher.normalizer.tables.filler
        return any(word in known for known in (MARKS, ASKING, PERSONS, filler))

    def _twin(self, topic: str, words: Words) -> str:
        """The topic named like `topic`, but for the asked member of a family ("tpi", "tpn")."""
        parts = topic.split("-")
        for word in words.plain:
            for family in (each for each in SIBLINGS if word in each):
                swapped = "-".join(word if part in family else part for part in parts)
                if swapped != topic and swapped in self._faq:
                    return swapped
        return ""

    def _neighbour(self, topic: str, words: Words, telling: Sequence[str]) -> str | None:
        """The neighbour that knows the telling words best, read together with the last topic's title."""
        covered = {
            other: share
            for other in self._near(topic)
            if not self._rivals(topic, other, words)
            and (share := self._covered(self._cards[other], telling, other == topic)) >= COVERED
        }
        marked = words.plain[0] in MARKS
        if marked and any(share >= 1.0 for other, share in covered.items() if other != topic):
            covered.pop(topic, None)  # "yang pengungkit?" wants something else than what was just read
        if not covered:
            return None
        merged = self._merged(topic, words)
        ranked = {match.topic: match.score for match in self._matcher.find(merged).matches}
        top = max(ranked.values(), default=0.0) or 1.0
        frame = self._frame(topic, telling)
        worth = {
            other: share
            + self._nearness(topic, other)
            + FRAME * self._shared(self._cards[other], frame)
            + MERGED * ranked.get(other, 0.0) / top
            for other, share in covered.items()
            if self._is_called(other, telling)
            or other == topic
            or self._nearness(topic, other) >= NEAR
            or ranked.get(other, 0.0) >= HEARD * top
        }
        best = max(worth, key=worth.__getitem__, default=topic)
        return best if worth.get(best, 0.0) >= LEAST else None

    def _is_called(self, topic: str, telling: Sequence[str]) -> bool:
        title = self._cards[topic].title.stems
        return any(stem in title for stem in telling)

    def _rivals(self, topic: str, other: str, words: Words) -> bool:
        """Whether another topic is about a sibling (WBK, WBBM) of what is asked or was just read."""
        title = self._matcher.normalizer.words(self._cards[other].document.title).plain
        for family in SIBLINGS:
            asked = family.intersection(words.plain) or family.intersection(topic.split("-"))
            named = family.intersection(title)
            if asked and named and not asked & named:
                return True
        return False

    def _near(self, topic: str) -> list[str]:
        """The neighbours of a topic, and itself."""
        return [other for other in self._faq if self._nearness(topic, other) > 0.0]

    def _nearness(self, topic: str, other: str) -> float:
        """How near another topic is: named like this one, related to it, or at least of its group."""
        entry, another = self._faq[topic], self._faq[other]
        nearness = 0.0
        if other == topic:
            nearness = ITSELF
        elif other.startswith(f"{topic}-"):
            nearness = NEAREST
        elif other in entry.related:
            nearness = NEAR
        elif topic in another.related:
            nearness = NEAR / 2
        return nearness + (SAME_GROUP if entry.group == another.group else 0.0)

    def _merged(self, topic: str, words: Words) -> Words:
        """The last title, without siblings of what is asked now, and the new words."""
        normalizer = self._matcher.normalizer
        asked = list(normalizer.words(self._cards[topic].document.title).plain)
        for word in words.plain:
            family = next((each for each in SIBLINGS if word in each), frozenset[str]())
            asked = [each for each in asked if each not in family]
        return normalizer.words(" ".join((*asked, *(w for w in words.plain if w not in MARKS | PERSONS))))

    def _frame(self, topic: str, telling: Sequence[str]) -> list[str]:
        stems = self._cards[topic].title.stems
        return [s for s in dict.fromkeys(stems) if not self._aside(s) and s not in telling and "_" not in s]

    def _covered(self, card: Card, telling: Sequence[str], itself: bool) -> float:
        """The share of the telling words, by rarity, that a title or one question of a topic holds."""
        title = set(card.title.stems)
        called = self._mass([s for s in telling if s in title])
        asked = [s for s in telling if itself or s not in GENERAL or s in title]
        row = max((self._mass([s for s in asked if s in each.stems]) for each in card.rows), default=0.0)
        often = self._mass([s for s in asked if card.share.get(s, 0.0) >= OFTEN])
        known = max(called + IN_ROWS * max(0.0, row - called), IN_ROWS * row) + IN_OFTEN * often
        return known / (self._mass(telling) or 1.0)

    def _mass(self, stems: Sequence[str]) -> float:
        return sum(map(self._matcher.index.idf_of, stems))

    @staticmethod
    def _shared(card: Card, frame: Sequence[str]) -> float:
        """How much of the last title a title keeps: two words are all of it."""
        title = set(card.title.stems)
        return min(2, sum(s in title for s in frame)) / 2

    def _item(self, topic: str, words: Words) -> str:
        """The worksheet item of the last title whose evidence is asked for."""
        return self._worksheet.named_in(self._merged(topic, words))


def _found(topic: str) -> Found:
    return Found((Match(topic, 100 * SURE),), SURE, "")


def _pronoun(text: str) -> bool:
    """Whether the text leans on something said before: "syaratnya", "bedanya"."""
    return any(word not in NO_PRONOUN for word in PRONOUN.findall(clean(text)))
