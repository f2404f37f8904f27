"""Normalised texts of the fact base, made once by `python -m knowledge.build` and checked by a hash.

Reading eight thousand ways of asking takes most of a start; the file holds what comes out of it. When any
text, table or rule of reading has changed, the hash differs, the file is passed over and everything is read
anew: a stale file costs time, never a wrong answer.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from sys import intern

from knowledge.documents import Document
from knowledge.normalize import Words

PREPARED_FILE = "prepared.json.gz"
SOURCES = ("normalize.py", "spoken.py", "stem.py", "spelling.py")
TABLES = ("synonyms.yaml", "lexicon.txt")

Read = Callable[[str], Words]


def texts_of(documents: Iterable[Document]) -> list[str]:
    """Every text that the index reads, in a stable order."""
    return [text for each in documents for text in (each.title, *each.questions, each.body)]


def key_of(folder: Path, texts: Sequence[str]) -> str:
    """A hash of the texts and of everything that decides how they are read."""
    digest = hashlib.sha256()
    for path in (*(Path(__file__).parent / name for name in SOURCES), *(folder / name for name in TABLES)):
        digest.update(path.read_bytes() if path.exists() else b"")
    digest.update("\\n".join(texts).encode())
    return digest.hexdigest()


def reader(folder: Path, documents: Sequence[Document], read: Read) -> Read:
    """`read`, answered from the prepared file where that is up to date."""
    path = folder / PREPARED_FILE
    if not path.exists():
        return read
    stored = json.loads(gzip.decompress(path.read_bytes()))
    texts = texts_of(documents)
    if stored["key"] != key_of(folder, texts):
        return read
    known = {
        text: Words(_shared(plain), _shared(stems))
        for text, plain, stems in zip(texts, stored["plain"], stored["stems"], strict=True)
        if plain
    }
    return lambda text: known.get(text) or read(text)


def _shared(words: str) -> tuple[str, ...]:
    """The words apart, each kept once in memory however many texts hold it."""
    return tuple(map(intern, words.split(" ")))


def write_prepared(folder: Path, documents: Sequence[Document], read: Read) -> None:
    """Read every text and store what comes out."""
    texts = texts_of(documents)
    words = [read(text) for text in texts]
    stored = {
        "key": key_of(folder, texts),
        "plain": [each.text for each in words],
        "stems": [" ".join(each.stems) for each in words],
    }
    packed = gzip.compress(json.dumps(stored, ensure_ascii=False).encode(), compresslevel=9, mtime=0)
    (folder / PREPARED_FILE).write_bytes(packed)
