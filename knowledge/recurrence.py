"""Which indicators ask for evidence of every month, quarter, half-year or year, and what recurs.

Read from `data/recurrence.yaml` and checked against the instrument: the item exists, and the words that are
cited for the rhythm stand in its own texts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from knowledge.errors import KnowledgeFileError
from knowledge.files import WHOLE_FILE, Part, Text, load_mapping, read
from knowledge.instrument_model import Indicator, Instrument

FILE = "recurrence.yaml"
_DATA = Path(__file__).parent / "data"

Every = Literal["month", "quarter", "half", "year"]


class RecurrencePart(Part):
    """One item as it stands in the file."""

    id: Text
    every: Every
    what: Text
    cites: Text


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How often evidence of an item is looked for, and of what: "kampanye antigratifikasi"."""

    item_id: str
    every: Every
    what: str


def load_recurrence(folder: Path, instrument: Instrument) -> Mapping[str, Recurrence]:
    """The recurring items of this instrument by id; none for an instrument that the file is not about.

    Raises `KnowledgeFileError` naming the item that does not fit.
    """
    raw = load_mapping(folder / FILE)
    if raw.get("instrument") != instrument.id:
        return MappingProxyType({})
    items = raw.get("items")
    if not isinstance(items, list) or not all(isinstance(each, dict) for each in items):
        raise KnowledgeFileError(FILE, WHOLE_FILE, "items harus berupa daftar yang tiap isinya punya id")
    found: dict[str, Recurrence] = {}
    for each in items:
        part = read(FILE, RecurrencePart, each)
        if part.id in found:
            raise KnowledgeFileError(FILE, part.id, "tertulis dua kali")
        _check(part, instrument)
        found[part.id] = Recurrence(part.id, part.every, part.what)
    return MappingProxyType(found)


def _check(part: RecurrencePart, instrument: Instrument) -> None:
    item = instrument.by_id.get(part.id)
    if not isinstance(item, Indicator):
        raise KnowledgeFileError(FILE, part.id, "bukan indikator instrumen ini")
    texts = (item.question, item.note, item.work, *item.evidence, *(o.text for o in item.options))
    if not any(part.cites.casefold() in text.casefold() for text in texts):
        raise KnowledgeFileError(FILE, part.id, "kutipan tidak ada dalam naskah indikatornya")


@lru_cache(maxsize=8)
def recurrences(instrument: Instrument) -> Mapping[str, Recurrence]:
    """As `load_recurrence`, from the product's own data; read once for each instrument."""
    return load_recurrence(_DATA, instrument)
