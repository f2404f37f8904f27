"""How much of the work is done. Counts only; what it is worth is said elsewhere."""

from collections import Counter
from collections.abc import Iterable, Mapping
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
class Work:
    """Items by how far they are; every item is in exactly one of the first five.

    `off` are those marked "tidak berlaku": they stand in `blank`, since they score as unanswered.
    """

    blank: int
    filled: int
    waiting: int
    approved: int
    returned: int
    off: int

    @property
    def sent(self) -> bool:
        """Whether anything of it was ever sent to be reviewed."""
        return bool(self.waiting or self.approved or self.returned)


@dataclass(frozen=True, slots=True)
class AreaProgress:
    """One area with its components, and its first indicator that is neither answered nor "tidak berlaku"."""

    area: Area
    count: Count
    work: Work
    subs: tuple[tuple[SubComponent, Count], ...]
    sub_work: Mapping[str, Work]
    first_open: Item | None


@dataclass(frozen=True, slots=True)
class Progress:
    """A whole LKE: `indicators` of the six areas, `results` of the result part; `work` of both together.

    `carried` are answers of the year before that nobody has confirmed; they are not counted as done.
    """

    indicators: Count
    work: Work
    areas: tuple[AreaProgress, ...]
    results: Count
    result_items: tuple[tuple[ResultItem, bool], ...]
    review: Mapping[str, str]
    carried: frozenset[str] = frozenset()


def progress_of(session: Session, assessment: Assessment, instrument: Instrument) -> Progress:
    """Count the answered items of an assessment. One query."""
    marks = checklist.marks(session, assessment, instrument)
    areas = tuple(_area(area, marks) for area in instrument.areas)
    items = tuple((item, item.id in marks.done) for item in instrument.results)
    return Progress(
        work=work_of([*instrument.area_order, *instrument.results], marks),
        review=marks.review,
        carried=marks.to_confirm,
        indicators=Count(sum(a.count.done for a in areas), sum(a.count.total for a in areas)),
        areas=areas,
        results=Count(sum(answered for _, answered in items), len(items)),
        result_items=items,
    )


def work_of(items: Iterable[Item], marks: checklist.Marks) -> Work:
    """How far these items are."""
    ids = [item.id for item in items]
    states = Counter(marks.review.get(i, "filled" if i in marks.done else "blank") for i in ids)
    return Work(
        blank=states["blank"],
        filled=states["filled"],
        waiting=states["waiting"],
        approved=states["approved"],
        returned=states["returned"],
        off=sum(i in marks.off for i in ids),
    )


def _area(area: Area, marks: checklist.Marks) -> AreaProgress:
    done = marks.done
    subs = tuple(
        (sub, Count(sum(i.id in done for i in sub.indicators), len(sub.indicators)))
        for aspect in area.aspects
        for sub in aspect.subs
    )
    return AreaProgress(
        area=area,
        count=Count(sum(c.done for _, c in subs), sum(c.total for _, c in subs)),
        subs=subs,
        work=work_of(area.indicators, marks),
        sub_work={sub.id: work_of(sub.indicators, marks) for sub, _ in subs},
        first_open=next((i for i in area.indicators if i.id not in marks.settled), None),
    )
