"""The desk that answers: small talk, codes, figures, terms, follow-ups, and the matcher, in that order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from knowledge.as_of import Dated, dated
from knowledge.asked_part import ASKING, LONG_WORDS, asking_sentence, cued
from knowledge.codes import angle_in, node_in
from knowledge.compare import Comparer
from knowledge.documents import ELSEWHERE, LKE, Outside, documents_of
from knowledge.faq import Entry
from knowledge.figures_said import figures_in, target_in
from knowledge.follow_up import FollowUps
from knowledge.glossary import Term
from knowledge.index import Index
from knowledge.instrument import Instrument
from knowledge.matcher import SAME_WORDS, Found, Matcher, load_weights
from knowledge.normalize import MAX_ASKED, Words, clean, load_normalizer
from knowledge.outcome import Outcome
from knowledge.prepared import reader
from knowledge.rule_days import past_of
from knowledge.smalltalk import SmallTalk, load_smalltalk
from knowledge.votes import Ballot, load_votes
from knowledge.worksheet_named import WorksheetTitles, worksheet_titles

CUMULATIVE = "nilai-kumulatif"
TALK_FROM, TALK_AGAINST_SUBJECT, TALK_AGAINST_ANSWER = 0.5, 0.98, 0.9
"""The chance from which a text is small talk: where nothing answers it, where it has a subject outside, and
where a topic would answer it, but not plainly."""
PLAINLY_ASKED = 0.9
BOT_GROUP = "bot"
SURE_AS_A_WHOLE = 0.85
"""A story as sure as this is taken as a whole."""
SURE_BEHIND_CUE = 0.75
"""From here on what stands behind "yang mau saya tanyakan" is taken without its story."""
SURE_AGAINST, SURE_ALONE = 0.7, 0.95
"""How sure a story must be against what its asking sentence means, and the sentence against the story: so
sure, or plain and surer than the story."""
VOTED_AT_ALL, VOTED_PLAINLY = 0.1, 0.5
"""Below and above such a share of votes, half a question is known to be no second one."""
STANDS_ALONE = 6
"""A sentence of fewer stems is read together with the one before it."""
NAMED_SCORE = 90.0
COMPARED_SCORE = 90.0
DATED_SCORE = 80.0
DEFINING = frozenset(
    {"arti", "artinya", "kepanjangan", "pengertian", "definisi", "maksud", "maksudnya", "istilah"}
    | {"predikat", "singkatan"}
)
EXPANDING = frozenset({"arti", "artinya", "kepanjangan", "singkatan"})
DEFINES = re.compile(
    r"\bapa (?:itu|arti\w*|maksud\w*)\b|\b(?:itu|ini) apa\b|"
    r"\b(?:pengertian|definisi|arti|artinya|maksud(?:nya)?)\b"
)

UNSURE_BY = 0.01
"""How far below an answer a text stands that means two things."""
SECOND = re.compile(
    r"\?\s+|[,;]?\s+(?:dan|serta|sama|terus|trus|lalu|sekalian|plus)\s+"
    r"(?=(?:apa|apakah|berapa|brp|bagaimana|gimana|gmn|kapan|kpn|siapa|kenapa)\b)"
)
BESIDE = re.compile(r"[,;]?\s+(?:plus|sekalian|sekaligus|beserta|&)\s+")
"""Between two subjects without a second question word: "batas usulan sekalian dokumennya"."""
SURE_OF_HALF = 0.6
AND = re.compile(r"\s+(?:dan|sama|ama|serta|n)\s+")
"""Often within one name: both halves must be surer, and near to what the whole is taken for."""
SURE_OF_BOTH = 0.9
MOST_BESIDE = 11
"""More words than this tell a story, where "dan" joins whole sentences."""
COMPARES = re.compile(
    r"\b(?:beda\w*|perbedaan\w*|vs|versus|difference|sama (?:ga|gak|nggak|tidak|aja|saja|kah))\b"
)


@dataclass(frozen=True)
class Desk:
    """Everything that is needed to understand a text."""

    matcher: Matcher
    smalltalk: SmallTalk
    instrument: Instrument
    worksheet: WorksheetTitles
    faq: Mapping[str, Entry]
    abbreviations: Mapping[str, str]
    follow_ups: FollowUps
    comparer: Comparer

    def ask(self, text: str, *, last_topic: str | None = None, today: date | None = None) -> Outcome:
        """What the text asks for; `today` is what "tahun lalu" counts from. Never raises."""
        kind = self.smalltalk.kind_of(text)
        if kind:
            return Outcome("smalltalk", score=100.0, smalltalk=kind)
        text = self.smalltalk.asked_after(text)
        when = dated(text, today)
        if when is None:
            return self._asked(text, last_topic)
        return self._on_that_day(text, when, last_topic)

    def about(self, text: str) -> Outcome:
        """What the text asks for, read as a question even where it could be small talk."""
        return self._asked(text, None, talks=False)

    def _asked(self, text: str, last_topic: str | None, *, talks: bool = True) -> Outcome:
        """What a text without a date asks for; `talks` where it may be small talk."""
        words = self._read(text)
        exact = self._exact(text, words)
        if exact is not None:
            return exact
        found = self._found(text, words)
        follow = self.follow_ups.read(text, words, last_topic, found) if last_topic else None
        if follow is not None:
            return replace(self._decided(follow.found, words), angle=follow.angle)
        return (
            self._named(words, found)
            or self._two(text, found)
            or self._compared(text, found)
            or self._decided(found, words, talks=talks)
        )

    def _on_that_day(self, text: str, when: Dated, last_topic: str | None) -> Outcome:
        """The rule of an earlier day; "kalau tahun 2021?" asks for that of the last topic."""
        topic = self.follow_ups.topic_of(last_topic) if last_topic else ""
        if topic in self.faq and self.follow_ups.is_bare(self._read(when.rest)):
            return Outcome("answer", (topic,), DATED_SCORE, as_of=when.as_of)
        outcome = self._asked(when.rest, last_topic)
        if outcome.kind != "answer":
            # The date may be part of the name of what is asked for.
            whole = self._asked(text, last_topic)
            vague = outcome if outcome.score >= 100 * self.matcher.weights.choose_from else whole
            outcome = whole if whole.kind == "answer" or outcome.kind == "decline" else outcome
            told = [match.topic for match in vague.near if self._tells(match.topic, when)]
            if outcome.kind != "answer" and told:
                outcome = replace(vague, kind="answer", topics=tuple(told[:1]))
        return replace(outcome, as_of=when.as_of) if outcome.kind == "answer" else outcome

    def _tells(self, topic: str, when: Dated) -> bool:
        entry = self.faq.get(topic)
        return entry is not None and bool(past_of(entry, when.as_of))

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
        term = self._term(words) or (self._term(self._asking(text)[1]) if _is_story(words) else "")
        return Outcome("answer", (term,), 98.0) if term else None

    def _term(self, words: Words) -> str:
        """The term, or its entry, of an abbreviation with nothing but the wish to have it explained."""
        filler = self.matcher.normalizer.tables.filler
        core = [word for word in words.plain if word not in filler and word not in DEFINING]
        if len(core) != 1:
            return ""
        if core == list(words.plain) or not EXPANDING.isdisjoint(words.plain):
            return self.abbreviations.get(core[0], "")
        return self.comparer.named(core[0]) if DEFINES.search(words.text) else ""

    def _found(self, text: str, words: Words) -> Found:
        """The text as a whole, held against the sentence that asks where it is a story and not sure."""
        if not _is_story(words):
            return self.matcher.find(words)
        behind = self._read(cued(text))
        named = self.matcher.find(behind) if behind.stems else None
        if named is not None and named.sure >= SURE_BEHIND_CUE and not named.outside:
            return named
        whole = self.matcher.find(words)
        before, asking = self._asking(text)
        alone = None if whole.outside else self._alone(asking, whole)
        if alone is not None or whole.sure >= SURE_AS_A_WHOLE:
            return alone or whole
        part = asking if len(asking.stems) >= STANDS_ALONE else self._read(f"{before} {asking.text}")
        return self._agreed(whole, self.matcher.find(part))

    def _asking(self, text: str) -> tuple[str, Words]:
        """The sentence that asks, the last if several or none do, and the one before it."""
        asking, before = asking_sentence(text)
        return before, self._read(asking)

    def _alone(self, asking: Words, whole: Found) -> Found | None:
        """What a sentence asks that is sure by itself and means another thing than its story."""
        query = self.matcher.index.query(asking)
        first = query.ballot.first
        if query.ballot.of(first) < VOTED_PLAINLY:
            return None
        told = whole.matches[0].topic if whole.matches else ""
        if self.matcher.index.cards[first].document.id == told:
            return None
        found = self.matcher.find(asking, query)
        return found if found.sure >= min(SURE_ALONE, max(PLAINLY_ASKED, whole.sure)) else None

    def _agreed(self, whole: Found, part: Found) -> Found:
        """What a story means: where its asking sentence means another, only what is sure is told."""
        if not whole.matches or not part.matches:
            return whole
        told, asked = whole.matches[0].topic, part.matches[0].topic
        if told == asked:
            return whole if whole.outside else replace(whole, sure=max(whole.sure, part.sure))
        if whole.sure >= SURE_AGAINST:
            return whole
        both = {match.topic: match for match in (whole.matches[0], part.matches[0], *whole.matches)}
        unsure = min(max(whole.sure, part.sure), self.matcher.weights.answer_from - UNSURE_BY)
        return Found(tuple(both.values()), unsure, whole.outside)

    def _named(self, words: Words, found: Found) -> Outcome | None:
        """The worksheet item whose evidence or options are asked for by its title."""
        if found.sure >= SAME_WORDS:
            return None
        unsure = found.sure < self.matcher.weights.answer_from
        item = self.worksheet.named_in(words, weight=unsure)
        if not item:
            return None
        return Outcome("answer", (item,), NAMED_SCORE, angle=angle_in(words.stems), near=found.matches[:3])

    def _decided(self, found: Found, words: Words, *, talks: bool = True) -> Outcome:
        near = found.matches[:3]
        ids = tuple(match.topic for match in near)
        weights = self.matcher.weights
        score = round(100 * found.sure, 1)
        answers = bool(ids) and found.sure >= weights.answer_from
        talk = self._talk(words, found, answers) if talks else ""
        if talk:
            return Outcome("smalltalk", score=score, smalltalk=talk)
        if answers:
            angle = angle_in(words.stems) if ids[0].startswith(LKE) else ""
            return Outcome("answer", ids[:1], score, angle=angle, near=near)
        if ids and found.sure >= weights.choose_from and not found.outside:
            return Outcome("choices", ids, score, near=near)
        return Outcome("decline", (), score, outside=found.outside, near=near)

    def _talk(self, words: Words, found: Found, answers: bool) -> str:
        """The kind of small talk that a text is rather than a question; "" for any other."""
        if answers and (found.sure >= PLAINLY_ASKED or self._about_bot(found)):
            return ""
        if answers:
            return self.smalltalk.likely(words, TALK_AGAINST_ANSWER)
        named = found.outside not in ("", ELSEWHERE)
        return self.smalltalk.likely(words, TALK_AGAINST_SUBJECT if named else TALK_FROM)

    def _about_bot(self, found: Found) -> bool:
        entry = self.faq.get(found.matches[0].topic)
        return entry is not None and entry.group == BOT_GROUP

    def _two(self, text: str, found: Found) -> Outcome | None:
        """Both answers of a double question, when each half is sure by itself and they differ."""
        said = clean(text)[:600]
        limit = self.matcher.weights.answer_from
        parts = [part for part in SECOND.split(said) if part.strip()]
        if len(parts) != 2 and not COMPARES.search(said):
            parts = [part for part in BESIDE.split(said) if part.strip()]
            limit = max(limit, SURE_OF_HALF)
            if len(parts) != 2 or min(len(part.split()) for part in parts) < 2:
                short = said if len(said.split()) <= MOST_BESIDE and " atau " not in said else ""
                parts = [part for part in AND.split(short) if len(part.split()) > 1]
                limit = SURE_OF_BOTH
        if len(parts) != 2:
            return None
        queries = {part: self.matcher.index.query(self._read(part)) for part in parts}
        if not _may_be_two([query.ballot for query in queries.values()]):
            return None
        halves: dict[str, Found] = {}
        for part in sorted(parts, key=len):  # the shorter one is cheaper, and more often unsure
            halves[part] = self.matcher.find(queries[part].words, queries[part])
            if halves[part].sure < limit or not halves[part].matches:
                return None
        first, second = (halves[part].matches[0] for part in parts)
        if first.topic == second.topic:
            return None
        if limit == SURE_OF_BOTH and not {first.topic, second.topic} <= {m.topic for m in found.matches[:4]}:
            return None
        score = round(100 * min(half.sure for half in halves.values()), 1)
        return Outcome("answer", (first.topic, second.topic), score, near=found.matches[:3])

    def _compared(self, text: str, found: Found) -> Outcome | None:
        """What compares the two things named in the text, or both of them."""
        if found.sure >= SAME_WORDS:
            return None
        topics = self.comparer.both(text, [match.topic for match in found.matches], found.sure)
        return Outcome("answer", topics, COMPARED_SCORE, near=found.matches[:3]) if topics else None


def _may_be_two(ballots: Sequence[Ballot]) -> bool:
    """Whether the words of both halves vote for something, and not plainly for the same."""
    votes = [ballot.of(ballot.first) for ballot in ballots]
    plainly_one = len({ballot.first for ballot in ballots}) == 1 and min(votes) > VOTED_PLAINLY
    return min(votes) >= VOTED_AT_ALL and not plainly_one


def _is_story(words: Words) -> bool:
    return len(words.plain) > LONG_WORDS


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
    index = Index(documents, reader(folder, documents, normalizer.words), load_votes(folder))
    matcher = Matcher(index, normalizer, load_weights(folder))
    return desk_with(matcher, load_smalltalk(folder, normalizer), instrument, faq, glossary)


def desk_with(
    matcher: Matcher,
    smalltalk: SmallTalk,
    instrument: Instrument,
    faq: Mapping[str, Entry],
    glossary: Mapping[str, Term],
) -> Desk:
    """The desk that ranks with this matcher."""
    worksheet = worksheet_titles(matcher.index, matcher.normalizer)
    abbreviations = {term.abbr.lower(): term.id for term in glossary.values()}
    return Desk(
        matcher,
        smalltalk,
        instrument,
        worksheet,
        faq,
        abbreviations,
        FollowUps(matcher, faq, glossary, worksheet),
        Comparer(matcher, faq, glossary, abbreviations),
    )
