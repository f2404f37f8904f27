"""What can be found: entries, terms and instrument nodes, and what lies outside, all in one shape."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from knowledge.faq import Entry
from knowledge.files import Part, Text, items_of, read
from knowledge.glossary import Term
from knowledge.instrument import Indicator, Instrument, ResultItem, SubComponent

Source = Literal["entry", "term", "lke", "outside"]
LKE = "lke:"
OUTSIDE = "luar:"
ELSEWHERE = "umum"
"""The outside subject without a place to send people to."""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be asked for: how it is called, how people ask, what its answer says."""

    id: str
    source: Source
    title: str
    questions: tuple[str, ...]
    body: str


class Outside(Part):
    """A subject that the bot does not answer, with the ways people ask it and where to go instead."""

    id: Text
    hint: str = ""
    questions: tuple[Text, ...]


def load_outside(folder: Path) -> Mapping[str, Outside]:
    """The outside subjects by id. Raises `KnowledgeFileError`."""
    path = folder / "outside.yaml"
    return {item.id: item for item in (read(path.name, Outside, raw) for raw in items_of(path, "subjects"))}


def documents_of(
    instrument: Instrument,
    faq: Mapping[str, Entry],
    glossary: Mapping[str, Term],
    outside: Mapping[str, Outside],
) -> list[Document]:
    """Every document, in a stable order."""
    return [
        *(_of_entry(entry) for entry in faq.values()),
        *(_of_term(term) for term in glossary.values()),
        *_of_instrument(instrument),
        *(Document(OUTSIDE + item.id, "outside", "", item.questions, "") for item in outside.values()),
    ]


def _of_entry(entry: Entry) -> Document:
    body = " ".join((entry.short, entry.detail, *entry.rule))
    return Document(entry.id, "entry", entry.title, entry.questions, body)


def _of_term(term: Term) -> Document:
    asked = (*term.questions, f"kepanjangan {term.abbr}", f"singkatan {term.abbr} apa", term.abbr)
    return Document(term.id, "term", f"{term.abbr} {term.expansion}", asked, term.meaning)


def _of_instrument(instrument: Instrument) -> Iterator[Document]:
    for sub in instrument.subs:
        yield _of_sub(sub)
    yield from map(_of_leaf, instrument.worksheet_order)
    yield from map(_of_leaf, instrument.results)


def _of_sub(sub: SubComponent) -> Document:
    aspect = "pemenuhan" if ".P." in sub.id else "reform"
    asked = (
        f"bukti dukung {sub.name} {aspect} apa saja",
        f"eviden untuk {sub.name}",
        f"indikator {sub.name} {aspect} apa saja",
        f"bobot {sub.name} {aspect} berapa",
    )
    body = " ".join(f"{leaf.title} {leaf.question}" for leaf in sub.indicators)
    return Document(LKE + sub.id, "lke", f"{sub.name} {aspect}", asked, body)


def _of_leaf(leaf: Indicator | ResultItem) -> Document:
    asked = (
        f"bukti dukung {leaf.title} apa saja",
        f"contoh eviden indikator {leaf.title}",
        f"pilihan jawaban indikator {leaf.title}",
        f"syarat nilai A indikator {leaf.title}",
        leaf.question,
    )
    body = " ".join((*leaf.evidence, *(option.text for option in leaf.options), leaf.work, leaf.note))
    return Document(LKE + leaf.id, "lke", leaf.title, asked, body)
