"""What a new member of a pokja may take at once: items without PIC, the most worthwhile first."""

from dataclasses import dataclass

from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.errors import Missing
from flows.mine import lacking
from flows.mine.lacking import Lack
from flows.models import Unit
from flows.pic import service as pic
from flows.turn import Turn

MOST = 4


@dataclass(frozen=True, slots=True)
class Offer:
    """Up to four items of a pokja, and how many of its items have no PIC."""

    assessment_id: int
    lacks: tuple[Lack, ...]
    total: int


def offer(turn: Turn, unit: Unit, area_id: str) -> Offer | None:
    """The offer for somebody who has just joined; None without anything to take, or with work already."""
    if not pic.may_take(turn, unit, area_id):
        return None
    try:
        assessment = checklist.assessment_of(turn.session, unit)
    except Missing:
        return None
    instrument = turn.library.instruments.get(assessment.instrument_id)
    if instrument is None:
        return None
    where = Current(unit, assessment, instrument)
    rows = pic.rows_of(turn.session, assessment)
    if pic.mine(rows, instrument, turn.actor.person_id):
        return None
    free = pic.without(rows, instrument).get(area_id, ())
    lacks = tuple(lacking.to_take(turn.session, where, free, MOST))
    return Offer(where.id, lacks, len(free)) if lacks else None
