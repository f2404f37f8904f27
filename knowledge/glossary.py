"""The terms: abbreviations with their expansion and meaning, from `data/glossary.yaml`."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from knowledge.errors import KnowledgeFileError
from knowledge.faq import Confidence
from knowledge.files import Part, Text, items_of, read


class Term(Part):
    """An abbreviation of the field. `topic` is the entry that says more, where there is one."""

    id: Text
    abbr: Text
    expansion: Text
    meaning: str = ""
    note: str = ""
    questions: tuple[Text, ...] = ()
    topic: str | None = None
    caution: str = ""
    confidence: Confidence


def load_glossary(path: Path) -> Mapping[str, Term]:
    """Every term by id, in the file's order. Raises `KnowledgeFileError`."""
    found: dict[str, Term] = {}
    for raw in items_of(path, "terms"):
        term = read(path.name, Term, raw)
        if term.id in found:
            raise KnowledgeFileError(path.name, term.id, "id sudah dipakai istilah lain")
        found[term.id] = term
    return MappingProxyType(found)
