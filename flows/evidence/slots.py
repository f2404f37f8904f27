"""Evidence of an indicator that recurs: one slot for each month, quarter, half or year of the window."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows.evidence.periods import Span, between, span_of
from flows.evidence.service import Piece
from flows.evidence.window import Window
from flows.models import Evidence
from knowledge.recurrence import Recurrence


@dataclass(frozen=True, slots=True)
class Slot:
    """One period with the pieces that stand for it. `running`: it has not ended yet."""

    span: Span
    pieces: tuple[Piece, ...]
    running: bool

    @property
    def missing(self) -> bool:
        """Whether it is over and nothing stands for it."""
        return not self.pieces and not self.running


def of(recurrence: Recurrence, pieces: Sequence[Piece], window: Window, today: date) -> tuple[Slot, ...]:
    """The slots of the window that have begun by today, oldest first. A guide, no rule.

    A piece stands for a slot when its period lies in it or covers it, or, without a period, by its date.
    """
    spans = between(window.first, min(window.last, today), recurrence.every)
    return tuple(
        Slot(span, tuple(p for p in pieces if stands_for(p.evidence, span)), span.last >= today)
        for span in spans
    )


def stands_for(evidence: Evidence, slot: Span, days: tuple[date, date] | None = None) -> bool:
    """Whether a piece stands for a period: by its own period, or, without one, by its date.

    `days`: the first and last date of such pieces, where these are not the days of the period itself.
    """
    own = span_of(evidence.period)
    if own is not None:
        return own.holds(slot) or slot.holds(own)
    first, last = days or (slot.first, slot.last)
    return evidence.dated_on is not None and first <= evidence.dated_on <= last
