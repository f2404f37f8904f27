"""Telling greetings, thanks, "who are you", and anger from questions."""

import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from knowledge.asked_part import ASKING
from knowledge.files import Part, Text, load_mapping, read
from knowledge.normalize import Normalizer, Words
from knowledge.spelling import Spelling
from knowledge.votes import Votes, load_votes

TALK_VOTES = "talk.json.gz"
OTHER = "lain"
"""The class of all that is no small talk."""
LONGEST_LIKELY = 14
OF_A_QUESTION, UNHEARD = 0.8, 0.97
"""The chance that a text needs which has a question word, and one none of whose words stands in a phrase."""
PLAIN, KIND_FROM = "oke", 0.5
"""From this chance on a text gets the reply to its own kind of small talk, else the plain one."""
LONGEST_HEAD = 60
MOST_WORDS = 24
"""A longer text is no small talk."""
HARMLESS = frozenset(
    {"terima-kasih", "oke", "salam", "sapa", "kabar", "kenalan", "selamat", "doa", "pujian", "maaf", "lelah"}
)
"""Kinds of small talk that people begin a question with."""
ANGER = "kesal"
KIND_WORDS, STRONG = (
    frozenset({"pujian", "terima-kasih"}),
    frozenset({"gila", "edan", "anjir", "njir", "parah"}),
)
"""Strong words only stress a praise ("gila keren")."""
OF_THE_GOAL, GOAL = frozenset({"doa", "lelah"}), frozenset({"zi", "wbk", "wbbm"})
"""Who hopes, or is tired, may say of what."""
INTRODUCED = re.compile(
    r"(?:perkenalkan |kenalkan |nama )?(?:saya|kami|nama saya) (?:\w+ ){1,3}(?:dari|staf|admin|operator)\b"
)
INTRODUCTION = "kenalan"
LONGEST_INTRODUCTION = 10
ASKED = ASKING | {"mau", "ingin", "minta", "boleh", "bisa", "cara", "syarat", "tolong", "bantu", "tanya"}
SHORTEST_SLIP = 5
LETTERS = re.compile(r"[a-z]+")
DOUBLED = re.compile(r"([a-z])\1+")
LAUGHTER = re.compile(r"\b(?:(?:w+k+){2,}w*|(?:[hx]+[aeiou]+){2,}h?|l+o+l+|h+m+|ngakak)\b", re.IGNORECASE)
CALLING = re.compile(r"(?:[^\w]|_|\b(?:ad)?mi+n+\b|\b(?:\d|123\d*)\b|\b([a-z])\1{2,}\b)+", re.IGNORECASE)
"""A text without a word: signs, a digit by itself, one letter held down, or no more than "min"."""
PRIORITY = (
    "progres",
    "jadwal",
    "kesal",
    "siapa",
    "bisa-apa",
    "sayang",
    "hiburan",
    "lelah",
    "terima-kasih",
    "pujian",
    "maaf",
    "kenalan",
    "selamat",
    "doa",
    "kabar",
    "obrolan",
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
    votes: Votes
    telling: Set[str]
    names: Set[str]
    knows: Callable[[str], bool]
    spelling: Spelling

    def kind_of(self, text: str) -> str:
        """The kind of small talk that the whole text is, or "" when it holds anything else."""
        if CALLING.fullmatch(text[:400]):
            return "sapa" if text.strip() else ""
        text = LAUGHTER.sub(" haha ", text[:400])
        spelled = [word for word in self.spelled(text) if LETTERS.fullmatch(word)]
        if len(spelled) > MOST_WORDS:
            return ""
        words = [meant for word in spelled for meant in self._meant(_eased(word, self))]
        found, rest = self._split(words)
        rest = rest if found.isdisjoint(OF_THE_GOAL) else [word for word in rest if word not in GOAL]
        if not found or len(words) > MOST_WORDS or any(word not in self.words for word in rest):
            return ""
        if not found.isdisjoint(KIND_WORDS) and not STRONG.isdisjoint(words):
            found.discard(ANGER)
        return min(found, key=PRIORITY.index)

    def likely(self, words: Words, least: float) -> str:
        """The kind that a text most likely is; "" when it names something of the field, or is likelier none.

        `least` is the chance (0 to 1) that it is small talk at all. Where the kind itself is in doubt the
        answer is that to "oke", which fits all of them.
        """
        if (
            not self.votes.topics
            or len(words.plain) > LONGEST_LIKELY
            or not self.names.isdisjoint(words.plain)
        ):
            return ""
        if (
            INTRODUCED.match(words.text)
            and len(words.plain) <= LONGEST_INTRODUCTION
            and ASKED.isdisjoint(words.plain)
        ):
            return INTRODUCTION
        ballot = self.votes.ballot(words, range(len(self.votes.topics)))
        kind = self.votes.topics[ballot.first] if ballot.first >= 0 else OTHER
        if not ASKING.isdisjoint(words.plain):
            least = max(least, OF_A_QUESTION)
        if self.telling.isdisjoint(words.plain):
            least = max(least, UNHEARD)
        if kind == OTHER or 1 - ballot.of(self.votes.topics.index(OTHER)) < least:
            return ""
        return kind if ballot.of(ballot.first) >= KIND_FROM else PLAIN

    def asked_after(self, text: str) -> str:
        """What follows small talk at the beginning ("makasih min, skm itu apa"); without such, the text."""
        head, _, rest = text.partition(",")
        if len(head) > LONGEST_HEAD or not LETTERS.search(rest.lower()) or not LETTERS.search(head.lower()):
            return text
        return self.asked_after(rest) if self.kind_of(head) in HARMLESS else text

    def _meant(self, word: str) -> Sequence[str]:
        """The word; where it is none at all, the word of small talk that it is a slip of."""
        if len(word) < SHORTEST_SLIP or (word,) in self.phrases or word in self.words or self.knows(word):
            return (word,)
        better = self.spelling.correct(word)
        return self.spelled(better[0]) if len(better) == 1 else (word,)

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
    typed = {word for kind in talk.kinds for phrase in kind.phrases for word in phrase.lower().split()}
    words = {word for each in talk.words for word in spelled(each)} | normalizer.tables.greetings
    votes = load_votes(folder, TALK_VOTES)
    filler = normalizer.tables.filler
    telling = frozenset(word for phrase in phrases for word in phrase if word not in filler)
    return SmallTalk(
        phrases,
        frozenset(words),
        max(map(len, phrases)),
        spelled,
        votes,
        telling,
        normalizer.tables.keep - {word for phrase in phrases for word in phrase},
        normalizer.knows,
        Spelling(dict.fromkeys((*typed, *talk.words, *normalizer.tables.greetings), 1)),
    )


def phrases_in(folder: Path) -> Mapping[str, Sequence[str]]:
    """The phrases of each kind. Raises `KnowledgeFileError`."""
    path = folder / "smalltalk.yaml"
    return {kind.id: kind.phrases for kind in read(path.name, Talk, load_mapping(path)).kinds}
