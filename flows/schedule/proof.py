"""What ends a recurring duty for a period: evidence that stands for it, or its surveys in the register."""

from collections.abc import Iterable

from flows.evidence.periods import Span
from flows.evidence.slots import stands_for
from flows.models import Evidence, Survey
from flows.readiness.feeds import period_of
from knowledge.duties import Duty


def stands(duty: Duty, evidence: Evidence, span: Span) -> bool:
    """Whether a piece stands for the period: by its own period, or, without one, by its date.

    What falls due after its period is dated after it too: see `Duty.dated`.
    """
    return stands_for(evidence, span, duty.dated(span.first, span.last))


def recorded(duty: Duty, surveys: Iterable[Survey], span: Span) -> tuple[str, ...]:
    """The kinds of survey the duty asks for that stand in the register with an index, in its order.

    A survey of a longer period stands for none of its parts: the duty asks how often one was made.
    """
    found = {
        each.kind
        for each in surveys
        if each.index_10k is not None
        and span.first <= period_of(each).starts
        and (each.year, period_of(each).last_month) <= (span.last.year, span.last.month)
    }
    return tuple(kind for kind in duty.surveys if kind in found)
