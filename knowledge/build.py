"""Write `data/lexicon.txt` anew: `python -m knowledge.build`, after editing any fact file."""

from collections.abc import Iterator
from pathlib import Path

from knowledge.documents import documents_of, load_outside
from knowledge.faq import load_faq
from knowledge.glossary import load_glossary
from knowledge.instrument import load_instruments
from knowledge.lexicon import Lexicon, write_lexicon
from knowledge.normalize import Normalizer, load_normalizer

DATA = Path(__file__).parent / "data"


def words_of(folder: Path, normalizer: Normalizer) -> Iterator[str]:
    """Every word of every text that is searched, spelled out by the tables but not corrected."""
    instrument = load_instruments(folder / "instruments")["lke-2021"]
    faq, glossary = load_faq(folder / "faq"), load_glossary(folder / "glossary.yaml")
    for document in documents_of(instrument, faq, glossary, load_outside(folder)):
        for text in (document.title, *document.questions, document.body):
            yield from normalizer.spelled(text)


def main(folder: Path = DATA) -> None:
    """Build and store."""
    bare = Normalizer(load_normalizer(folder).tables, Lexicon({}, {}, {}))
    write_lexicon(folder, words_of(folder, bare), bare.stemmer, bare.written)


if __name__ == "__main__":
    main()
