"""Everything the bot knows, loaded once and immutable afterwards."""

import gc
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

from knowledge.counter_walk import CounterWalk, load_walk
from knowledge.desk import Desk, build_desk
from knowledge.documents import Outside, load_outside
from knowledge.drills import Question
from knowledge.drills_made import questions
from knowledge.drills_told import load_told
from knowledge.eligibility import load_process
from knowledge.faq import Entry, load_faq
from knowledge.glossary import Term, load_glossary
from knowledge.instrument import Instrument, load_instruments
from knowledge.leading import Leads
from knowledge.normalize import MAX_ASKED
from knowledge.outcome import Outcome
from knowledge.outline import Outline, load_outlines
from knowledge.own_questions import OwnQuestion, OwnQuestions, load_own_questions
from knowledge.pointed import PointedAnswers, load_pointed
from knowledge.reckoned import Reckoner, may_ask
from knowledge.search import Searcher, build_searcher
from knowledge.sums import Reckoned
from knowledge.term_lookup import TermLookup

DATA = Path(__file__).parent / "data"
CURRENT_INSTRUMENT = "lke-2021"
MOST_RECKONED = 40
"""In longer stories too many numbers stand about."""
POINTED_SCORE = 80.0
"""The certainty of an answer that is known by its words alone."""

Made = TypeVar("Made")


@dataclass(frozen=True)
class Library:
    """Instruments, questions and answers, terms, and the desk that answers from them."""

    instruments: Mapping[str, Instrument]
    faq: Mapping[str, Entry]
    glossary: Mapping[str, Term]
    outside: Mapping[str, Outside]
    outlines: Mapping[str, Outline]
    pointed: PointedAnswers
    _desk: "_Once[Desk]" = field(repr=False)
    _own: "_Once[OwnQuestions]" = field(repr=False)
    _reckoner: "_Once[Reckoner]" = field(repr=False)
    _leads: "_Once[Leads]" = field(repr=False)
    _searchers: "Mapping[str, _Once[Searcher]]" = field(repr=False)
    _drills: "Mapping[str, _Once[tuple[Question, ...]]]" = field(repr=False)
    _walk: "_Once[CounterWalk]" = field(repr=False)

    def with_desk(self, desk: Desk) -> "Library":
        """The same knowledge, asked through another desk."""
        return replace(self, _desk=_Once(lambda: desk))

    @property
    def desk(self) -> Desk:
        """The desk, made when first asked for: a tap needs none, and a start need not wait for it.

        Raises `KnowledgeError` when one of its files is broken; whoever starts calls it once to know.
        """
        return self._desk.value()

    def instrument(self, id: str = CURRENT_INSTRUMENT) -> Instrument:
        """The instrument with this key ("lke-2021.1") or the newest release of this id. Raises `KeyError`."""
        return self.instruments[id]

    def ask(self, text: str, *, last_topic: str | None = None, today: date | None = None) -> Outcome:
        """What `text` asks for. Never raises.

        `last_topic` lets "kalau WBBM?" follow an earlier question; `today` is what "tahun lalu" counts from.
        """
        outcome = self.desk.ask(text, last_topic=last_topic, today=today)
        if outcome.kind == "smalltalk" or outcome.figures or outcome.as_of is not None:
            return outcome
        reckoned = self._reckoned(text)
        if reckoned is not None:
            return Outcome("answer", (reckoned.topic,), POINTED_SCORE, near=outcome.near, reckoned=reckoned)
        taken_for = outcome.topics if outcome.kind == "answer" else ()
        found = self.pointed.alone(text, taken_for, declined=outcome.kind == "decline")
        if found is None:
            return outcome
        return replace(
            outcome,
            kind="answer",
            topics=found.topics[:1],
            score=POINTED_SCORE,
            outside="",
            angle="",
            unruled=found.unruled,
        )

    def _reckoned(self, text: str) -> Reckoned | None:
        """What a question with figures asks to be worked out."""
        if len(text.split()) > MOST_RECKONED or not may_ask(text):
            return None
        return self._reckoner.value().read(self.desk.matcher.normalizer.words(text, MAX_ASKED).plain)

    def lead(self, topic: str, question: str) -> str:
        """The line of this topic's answer that a narrow question asks for; "" where the first line serves."""
        return self._leads.value().within(topic, question)

    def looks_like_question(self, text: str) -> bool:
        """Whether a text typed as content (a note, an announcement) is rather a question to the bot."""
        return self.desk.looks_like_question(text)

    def own_question(self, text: str) -> OwnQuestion | None:
        """What the text asks about the asker's own unit; None for any other text. Never raises."""
        return self._own.value().find(text)

    def searcher(self, instrument: str = CURRENT_INSTRUMENT) -> Searcher:
        """What finds answers, terms and this instrument's indicators by a few words. Raises `KeyError`.

        Made at the first search; later ones cost a few milliseconds.
        """
        return self._searchers[self.instruments[instrument].key].value()

    def drills(self, instrument: str = CURRENT_INSTRUMENT) -> tuple[Question, ...]:
        """The questions of interview drills with this instrument; made when first asked for.

        Raises `KeyError` for an unknown one, `KnowledgeError` when their file is broken.
        """
        return self._drills[self.instruments[instrument].key].value()

    @property
    def walk(self) -> CounterWalk:
        """The points of the counter walk. Raises `KnowledgeError` when its file is broken."""
        return self._walk.value()

    @cached_property
    def terms(self) -> TermLookup:
        """The glossary by name."""
        return TermLookup(self.glossary)


class _Once(Generic[Made]):
    """Makes its value at the first call, in whichever thread that is, and only once."""

    def __init__(self, make: Callable[[], Made]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: Made | None = None

    def value(self) -> Made:
        with self._lock:
            if self._made is None:
                # Half a million small objects are made and kept: collecting meanwhile would only walk them,
                # for a quarter of the time.
                collecting = gc.isenabled()
                gc.disable()
                try:
                    self._made = self._make()
                finally:
                    if collecting:
                        gc.enable()
            return self._made


def load_library(data_dir: Path | None = None) -> Library:
    """Read every fact file. Raises `KnowledgeError` naming file, id and reason."""
    folder = data_dir or DATA
    instruments = load_instruments(folder / "instruments")
    faq = load_faq(folder / "faq")
    glossary = load_glossary(folder / "glossary.yaml")
    outside = load_outside(folder)
    outlines = load_outlines(folder / "instruments")
    pointed = load_pointed(folder, faq, glossary)
    desk = _Once(lambda: build_desk(folder, instruments[CURRENT_INSTRUMENT], faq, glossary, outside))
    own = _Once(lambda: load_own_questions(folder, desk.value().matcher.normalizer))
    reckoner = _Once(lambda: Reckoner(instruments[CURRENT_INSTRUMENT], load_process(folder / "proses.yaml")))
    leads = _Once(lambda: _leading(faq, desk.value()))
    searchers = {each.key: _searching(desk, each) for each in instruments.values()}
    current = instruments[CURRENT_INSTRUMENT]
    told = _Once(lambda: load_told(folder, faq, current))
    return Library(
        instruments,
        faq,
        glossary,
        outside,
        outlines,
        pointed,
        desk,
        own,
        reckoner,
        leads,
        searchers,
        {each.key: _drilling(told, each) for each in instruments.values()},
        _Once(lambda: load_walk(folder, faq, current)),
    )


def _leading(faq: Mapping[str, Entry], desk: Desk) -> Leads:
    matcher = desk.matcher
    return Leads(faq, matcher.normalizer, matcher.index.idf_of)


def _drilling(told: _Once[tuple[Question, ...]], instrument: Instrument) -> _Once[tuple[Question, ...]]:
    return _Once(lambda: (*questions(instrument), *told.value()))


def _searching(desk: _Once[Desk], instrument: Instrument) -> _Once[Searcher]:
    return _Once(lambda: build_searcher(desk.value(), instrument))
