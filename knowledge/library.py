"""Everything the bot knows, loaded once and immutable afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.desk import Desk, build_desk
from knowledge.documents import Outside, load_outside
from knowledge.faq import Entry, load_faq
from knowledge.glossary import Term, load_glossary
from knowledge.instrument import Instrument, load_instruments
from knowledge.outcome import Outcome

DATA = Path(__file__).parent / "data"
CURRENT_INSTRUMENT = "lke-2021"


@dataclass(frozen=True)
class Library:
    """Instruments, questions and answers, terms, and the desk that answers from them."""

    instruments: Mapping[str, Instrument]
    faq: Mapping[str, Entry]
    glossary: Mapping[str, Term]
    outside: Mapping[str, Outside]
    desk: Desk = field(repr=False)

    def instrument(self, id: str = CURRENT_INSTRUMENT) -> Instrument:
        """The instrument with this key ("lke-2021.1") or the newest release of this id. Raises `KeyError`."""
        return self.instruments[id]

    def ask(self, text: str, *, last_topic: str | None = None) -> Outcome:
        """What `text` asks for. `last_topic` lets "kalau WBBM?" follow an earlier question. Never raises."""
        return self.desk.ask(text, last_topic=last_topic)

    def looks_like_question(self, text: str) -> bool:
        """Whether a text typed as content (a note, an announcement) is rather a question to the bot."""
        return self.desk.looks_like_question(text)


def load_library(data_dir: Path | None = None) -> Library:
    """Read every fact file. Raises `KnowledgeError` naming file, id and reason."""
    folder = data_dir or DATA
    instruments = load_instruments(folder / "instruments")
    faq = load_faq(folder / "faq")
    glossary = load_glossary(folder / "glossary.yaml")
    outside = load_outside(folder)
    desk = build_desk(folder, instruments[CURRENT_INSTRUMENT], faq, glossary, outside)
    return Library(instruments, faq, glossary, outside, desk)
