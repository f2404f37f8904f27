"""Drill questions from the questions and answers, and open ones to be answered aloud, from `latihan.yaml`.

A fact stands word for word in an entry that was checked: `load` refuses any other, so that a drill can never
say something else than the answer desk does.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from knowledge.drills import STORY, Question
from knowledge.errors import KnowledgeFileError
from knowledge.faq import Entry
from knowledge.files import Part, Text, load_mapping, read
from knowledge.instrument import Indicator, Instrument

FILE = "latihan.yaml"
FACT = "fakta"


class FactPart(Part):
    """One fact and how it is asked."""

    id: Text
    area: str
    topic: Text
    ask: Text
    right: Text
    wrong: tuple[Text, ...]
    says: Text


class PointPart(Part):
    """What a good answer holds, and what that rests on."""

    text: Text
    item: str = ""
    topic: str = ""


class StoryPart(Part):
    """One open question."""

    id: Text
    area: str
    ask: Text
    points: tuple[PointPart, ...]


class DrillPart(Part):
    """The whole file."""

    reviewed_on: Text
    facts: tuple[FactPart, ...]
    stories: tuple[StoryPart, ...]


def load_told(folder: Path, faq: Mapping[str, Entry], instrument: Instrument) -> tuple[Question, ...]:
    """The questions of the file. Raises `KnowledgeFileError` naming what does not fit."""
    part = read(FILE, DrillPart, load_mapping(folder / FILE))
    made = (
        *(_fact(each, faq) for each in part.facts),
        *(_story(each, faq, instrument) for each in part.stories),
    )
    ids = [each.id for each in made]
    if len(set(ids)) != len(ids):
        raise KnowledgeFileError(FILE, "id", "id dipakai lebih dari sekali")
    return made


def _entry(faq: Mapping[str, Entry], id: str, topic: str) -> Entry:
    entry = faq.get(topic)
    if entry is None:
        raise KnowledgeFileError(FILE, id, f"topik {topic} tidak ada")
    if entry.confidence != "verified" or not entry.rule:
        raise KnowledgeFileError(FILE, id, f"topik {topic} belum diperiksa atau tanpa dasar")
    return entry


def _fact(each: FactPart, faq: Mapping[str, Entry]) -> Question:
    entry = _entry(faq, each.id, each.topic)
    if each.says.casefold() not in f"{entry.short}\n{entry.detail}".casefold():
        raise KnowledgeFileError(FILE, each.id, f"topik {each.topic} tidak memuat “{each.says}”")
    if len({text.casefold() for text in (each.right, *each.wrong)}) != len(each.wrong) + 1:
        raise KnowledgeFileError(FILE, each.id, "dua pilihan sama")
    return Question(
        id=f"f.{each.id}",
        kind=FACT,
        area=each.area,
        ask=each.ask,
        right=each.right,
        wrong=each.wrong,
        explanation=entry.short,
        rule="; ".join(entry.rule),
        caution=entry.caution,
        topic=entry.id,
    )


def _story(each: StoryPart, faq: Mapping[str, Entry], instrument: Instrument) -> Question:
    rules = list(dict.fromkeys(_grounds(each, faq, instrument)))
    return Question(
        id=f"c.{each.id}",
        kind=STORY,
        area=each.area,
        ask=each.ask,
        points=tuple(point.text for point in each.points),
        explanation="",
        rule="; ".join(rules),
    )


def _grounds(each: StoryPart, faq: Mapping[str, Entry], instrument: Instrument) -> Iterator[str]:
    for point in each.points:
        node = instrument.by_id.get(point.item) if point.item else None
        if point.item and not isinstance(node, Indicator):
            raise KnowledgeFileError(FILE, each.id, f"indikator {point.item} tidak ada")
        if isinstance(node, Indicator):
            yield f"LKE {node.number}"
        elif not point.topic:
            raise KnowledgeFileError(FILE, each.id, "butir tanpa indikator atau topik")
        if point.topic:
            yield _entry(faq, each.id, point.topic).rule[0]
