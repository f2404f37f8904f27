"""Prepare the fact base for a fast start: `python -m knowledge.build`, after editing any fact file.

Writes `data/lexicon.txt` (every word with its stem) and `data/prepared.json.gz` (every text normalised).
"""

from pathlib import Path

from knowledge.documents import Document, documents_of, load_outside
from knowledge.faq import load_faq
from knowledge.glossary import load_glossary
from knowledge.instrument import load_instruments
from knowledge.lexicon import Lexicon, write_lexicon
from knowledge.normalize import Normalizer, load_normalizer
from knowledge.prepared import texts_of, write_prepared

DATA = Path(__file__).parent / "data"


def documents_in(folder: Path) -> list[Document]:
    """Everything that can be found in a data folder. Raises `KnowledgeError`."""
    instrument = load_instruments(folder / "instruments")["lke-2021"]
    faq, glossary = load_faq(folder / "faq"), load_glossary(folder / "glossary.yaml")
    return documents_of(instrument, faq, glossary, load_outside(folder))


def main(folder: Path = DATA) -> None:
    """Build and store both."""
    documents = documents_in(folder)
    bare = Normalizer(load_normalizer(folder).tables, Lexicon({}, {}, {}))
    words = (word for text in texts_of(documents) for word in bare.spelled(text))
    write_lexicon(folder, words, bare.stemmer, bare.written)
    write_prepared(folder, documents, load_normalizer(folder).words)


if __name__ == "__main__":
    main()
