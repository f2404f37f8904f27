"""Siap diusulkan: whether a unit may be proposed for its target, and everything that is still missing.

The score is that of the last signed round of the assessors; conditions of proposal and evidence stand beside
it. Reads only. The figures are the team's own: who is proposed is decided by the agency.
"""

from dataclasses import dataclass

from flows.assess import rounds, scores
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.evidence import service as evidence
from flows.evidence import window
from flows.findings import service as findings
from flows.models import TpiRound
from flows.readiness import conditions
from flows.readiness import service as readiness
from flows.turn import Turn
from knowledge.answers import Answer, Item, value_of
from knowledge.eligibility import LineResult
from knowledge.errors import AnswerError
from knowledge.instrument import Target
from knowledge.readiness import Readiness

NONE, OUTSIDE, LOCKED = "none", "outside", "locked"


@dataclass(frozen=True, slots=True)
class Lack:
    """An indicator whose evidence does not carry its answer: none, none of the right time, or locked."""

    item: Item
    kind: str


@dataclass(frozen=True, slots=True)
class Check:
    """What speaks for and against proposing a unit. `ready` is None until a round has been signed."""

    where: Current
    target: Target
    row: TpiRound | None
    ready: Readiness | None
    running: TpiRound | None
    unmet: tuple[LineResult, ...]
    lacks: tuple[Lack, ...]
    open_findings: int
    undecided: int

    @property
    def passes(self) -> bool:
        """Whether nothing is missing."""
        return (
            self.ready is not None
            and self.ready.met
            and self.running is None
            and not (self.unmet or self.lacks or self.open_findings or self.undecided)
        )


def check(turn: Turn, where: Current) -> Check:
    """Everything that the proposal of a unit needs, as it stands now."""
    found = scores.signed_standing(turn.session, where)
    target = readiness.target_of(where.assessment.target)
    latest = rounds.present(turn.session, where.id)
    stand = conditions.conditions_of(turn.session, where).found
    states = findings.counts(turn.session, where.id)
    return Check(
        where=where,
        target=target,
        row=found[0] if found is not None else None,
        ready=found[1].ready(target) if found is not None else None,
        running=latest if latest is not None and latest.closed_at is None else None,
        unmet=tuple(each for each in (*stand.instansi, *stand.unit) if each.standing.value != "met"),
        lacks=tuple(lacks(turn, where)),
        open_findings=states.get("open", 0),
        undecided=states.get("answered", 0),
    )


def lacks(turn: Turn, where: Current) -> list[Lack]:
    """The indicators answered above their lowest whose evidence is missing, of another time, or locked."""
    pieces = evidence.of_assessment(
        turn.session, where.assessment, evidence.sight_of(turn, where.unit, where)
    )
    span = window.of_unit(turn.session, where.unit, where.assessment)
    by_item: dict[str, list[evidence.Piece]] = {}
    for piece, item_ids in pieces:
        for item_id in item_ids:
            by_item.setdefault(item_id, []).append(piece)
    given = checklist.known_answers(turn.session, where.assessment)
    made = []
    for item in where.instrument.area_order:
        if not _claims(item, given.get(item.id)):
            continue
        there = by_item.get(item.id, [])
        # A restricted link is rightly closed to the public.
        shut = any(p.newest.link_state == "locked" and not p.evidence.restricted for p in there)
        if not there:
            made.append(Lack(item, NONE))
        elif all(evidence.outside(piece.evidence, span) for piece in there):
            made.append(Lack(item, OUTSIDE))
        elif shut:
            made.append(Lack(item, LOCKED))
    return made


def _claims(item: Item, answer: Answer | None) -> bool:
    """Whether the answer is worth more than the lowest."""
    try:
        return bool(value_of(item, answer))
    except AnswerError:
        return False
