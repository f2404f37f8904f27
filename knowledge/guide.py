"""The short guide (Panduan singkat): which answers a team should have read, and the areas of RB beside ZI's.

Read from `data/panduan.yaml`, which names answers by id; what they say stands with the answers alone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.errors import KnowledgeFileError
from knowledge.files import Part, Text, load_mapping, read

FILE = "panduan.yaml"
_DATA = Path(__file__).parent / "data"
AREAS = "delapan-area-rb"
"""The page on which the areas of RB stand beside those of ZI."""


class PagePart(Part):
    """One page: an answer by id, what it is called, why one would read it."""

    topic: Text
    label: Text
    why: Text
    history: bool = False


class AreaPart(Part):
    """One of the eight areas of RB with the area of ZI that answers to it, if any."""

    rb: Text
    zi: str


class GuidePart(Part):
    """The whole file."""

    reviewed_on: Text
    topics: tuple[PagePart, ...]
    areas: tuple[AreaPart, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """The pages in order, and the areas."""

    pages: tuple[PagePart, ...]
    areas: tuple[AreaPart, ...]

    def place(self, topic: str) -> int | None:
        """Where the page of this topic stands, from 0; None for others."""
        return next((n for n, page in enumerate(self.pages) if page.topic == topic), None)


def load_guide(folder: Path) -> Guide:
    """The guide in a folder of fact files. Raises `KnowledgeFileError` naming what does not fit."""
    part = read(FILE, GuidePart, load_mapping(folder / FILE))
    topics = [page.topic for page in part.topics]
    if len(set(topics)) != len(topics):
        raise KnowledgeFileError(FILE, "topics", "topik tertulis dua kali")
    return Guide(part.topics, part.areas)


def check(guide: Guide, topics: Collection[str], areas: Collection[str]) -> None:
    """Every page names a known answer and the areas are those of the instrument, each once.

    Raises `KnowledgeFileError`.
    """
    for page in guide.pages:
        if page.topic not in topics:
            raise KnowledgeFileError(FILE, page.topic, "jawaban itu tidak ada")
    if sorted(area.zi for area in guide.areas if area.zi) != sorted(areas):
        raise KnowledgeFileError(FILE, "areas", "area ZI tidak sama dengan instrumennya")


@lru_cache(maxsize=1)
def guide() -> Guide:
    """As `load_guide`, from the product's own data; read once."""
    return load_guide(_DATA)
