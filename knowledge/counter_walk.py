"""What assessors see at the service counter and in the building: the points, from `keliling.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from knowledge.errors import KnowledgeFileError
from knowledge.faq import Entry
from knowledge.files import Part, Text, load_mapping, read
from knowledge.instrument import Indicator, Instrument

FILE = "keliling.yaml"


class SpotPart(Part):
    """Where one stands."""

    id: Text
    name: Text


class PointPart(Part):
    """One point, as in the file."""

    id: Text
    place: Text
    title: Text
    look: Text
    photo: Text
    item: str = ""
    topic: str = ""
    rule: str = ""
    confidence: Literal["verified", "recall"]
    caution: str = ""


class WalkPart(Part):
    """The whole file."""

    reviewed_on: Text
    privacy: Text
    places: tuple[SpotPart, ...]
    points: tuple[PointPart, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """One point: what to look at and what to photograph. `no` counts from 1 along the way.

    `rule` cites what it rests on; `caution` is not empty where that is practice or was read in a summary.
    """

    id: str
    no: int
    place: str
    title: str
    look: str
    photo: str
    item: str
    topic: str
    rule: str
    caution: str


@dataclass(frozen=True)
class CounterWalk:
    """The whole way: places by id with their names, the points in order."""

    places: Mapping[str, str]
    points: tuple[Point, ...]
    privacy: str

    def point(self, id: str) -> Point | None:
        """The point with this id; None for unknown ones."""
        return next((each for each in self.points if each.id == id), None)

    def of(self, place: str) -> tuple[Point, ...]:
        """The points of a place, in order."""
        return tuple(each for each in self.points if each.place == place)


def load_walk(folder: Path, faq: Mapping[str, Entry], instrument: Instrument) -> CounterWalk:
    """The walk in a folder of fact files. Raises `KnowledgeFileError` naming what does not fit."""
    part = read(FILE, WalkPart, load_mapping(folder / FILE))
    places = {each.id: each.name for each in part.places}
    ids = [each.id for each in part.points]
    order = [list(places).index(each.place) if each.place in places else -1 for each in part.points]
    if len(set(ids)) != len(ids) or -1 in order or order != sorted(order):
        raise KnowledgeFileError(FILE, "points", "id ganda, tempat tidak ada, atau tidak menurut tempat")
    points = tuple(_point(no, each, faq, instrument) for no, each in enumerate(part.points, 1))
    return CounterWalk(places, points, part.privacy)


def _point(no: int, each: PointPart, faq: Mapping[str, Entry], instrument: Instrument) -> Point:
    node = instrument.by_id.get(each.item) if each.item else None
    if each.item and not isinstance(node, Indicator):
        raise KnowledgeFileError(FILE, each.id, f"indikator {each.item} tidak ada")
    entry = faq.get(each.topic) if each.topic else None
    if each.topic and (entry is None or entry.confidence != "verified"):
        raise KnowledgeFileError(FILE, each.id, f"topik {each.topic} tidak ada atau belum diperiksa")
    if each.confidence == "recall" and not each.caution:
        raise KnowledgeFileError(FILE, each.id, "yang belum pasti harus berpesan hati-hati")
    rule = each.rule or (f"{instrument.regulation}, {node.number}" if isinstance(node, Indicator) else "")
    if not rule:
        raise KnowledgeFileError(FILE, each.id, "tanpa dasar")
    return Point(
        each.id, no, each.place, each.title, each.look, each.photo, each.item, each.topic, rule, each.caution
    )
