"""How much of the work is done. Counts only; what it is worth is said elsewhere."""

from dataclasses import dataclass

from sqlmodel import Session

from flows.checklist import service as checklist
from flows.models import Assessment
from knowledge.answers import Item
from knowledge.instrument import Area, Instrument, ResultItem, SubComponent


@dataclass(frozen=True, slots=True)
class Count:
    """So many of so many."""

    done: int
    total: int

    @property
    def complete(self) -> bool:
        """Whether nothing is left."""
        return self.done == self.total


@dataclass(frozen=True, slots=True)
class AreaProgress:
    """One area with its components, and its first unanswered indicator."""

    area: Area
    count: Count
    subs: tuple[tuple[SubComponent, Count], ...]
    first_open: Item | None


@dataclass(frozen=True, slots=True)
class Progress:
    """A whole LKE: `indicators` of the six areas, `results` of the result part."""

    indicators: Count
    areas: tuple[AreaProgress, ...]
    results: Count
    result_items: tuple[tuple[ResultItem, bool], ...]


def progress_of(session: Session, assessment: Assessment, instrument: Instrument) -> Progress:
    """Count the answered items of an assessment. One query."""
    done = checklist.answered_items(session, assessment, instrument)
    areas = tuple(_area(area, done) for area in instrument.areas)
    items = tuple((item, item.id in done) for item in instrument.results)
    return Progress(
        indicators=Count(sum(a.count.done for a in areas), sum(a.count.total for a in areas)),
        areas=areas,
        results=Count(sum(answered for _, answered in items), len(items)),
        result_items=items,
    )


def _area(area: Area, done: frozenset[str]) -> AreaProgress:
    subs = tuple(
        (sub, Count(sum(i.id in done for i in sub.indicators), len(sub.indicators)))
        for aspect in area.aspects
        for sub in aspect.subs
    )
    return AreaProgress(
        area=area,
        count=Count(sum(c.done for _, c in subs), sum(c.total for _, c in subs)),
        subs=subs,
        first_open=next((i for i in area.indicators if i.id not in done), None),
    )
