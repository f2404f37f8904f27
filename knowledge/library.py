"""Everything the bot knows, loaded once and immutable afterwards."""

import gc
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.desk import Desk, build_desk
from knowledge.documents import Outside, load_outside
from knowledge.faq import Entry, load_faq
from knowledge.glossary import Term, load_glossary
from knowledge.instrument import Instrument, load_instruments
from knowledge.outcome import Outcome
from knowledge.outline import Outline, load_outlines

DATA = Path(__file__).parent / "data"
CURRENT_INSTRUMENT = "lke-2021"


@dataclass(frozen=True)
class Library:
    """Instruments, questions and answers, terms, and the desk that answers from them."""

    instruments: Mapping[str, Instrument]
    faq: Mapping[str, Entry]
    glossary: Mapping[str, Term]
    outside: Mapping[str, Outside]
    outlines: Mapping[str, Outline]
    _desk: "_Once" = field(repr=False)

    @property
    def desk(self) -> Desk:
        """The desk, made when first asked for: a tap needs none, and a start need not wait for it.

        Raises `KnowledgeError` when one of its files is broken; whoever starts calls it once to know.
        """
        return self._desk.value()

    def instrument(self, id: str = CURRENT_INSTRUMENT) -> Instrument:
        """The instrument with this key ("lke-2021.1") or the newest release of this id. Raises `KeyError`."""
        return self.instruments[id]

    def ask(self, text: str, *, last_topic: str | None = None) -> Outcome:
        """What `text` asks for. `last_topic` lets "kalau WBBM?" follow an earlier question. Never raises."""
        return self.desk.ask(text, last_topic=last_topic)

    def looks_like_question(self, text: str) -> bool:
        """Whether a text typed as content (a note, an announcement) is rather a question to the bot."""
        return self.desk.looks_like_question(text)


class _Once:
    """Makes its value at the first call, in whichever thread that is, and only once."""

    def __init__(self, make: Callable[[], Desk]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._made: Desk | None = None

    def value(self) -> Desk:
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
    desk = _Once(lambda: build_desk(folder, instruments[CURRENT_INSTRUMENT], faq, glossary, outside))
    return Library(instruments, faq, glossary, outside, outlines, desk)
