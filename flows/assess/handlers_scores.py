"""Scores side by side, and whether a unit may be proposed."""

from flows import policy, routes
from flows.assess import proposable, scores, screens_more
from flows.checklist.service import Current
from flows.readiness import said
from flows.registration.private import privately
from flows.review import looking
from flows.routes import handles
from flows.screen import Screen
from flows.turn import Turn
from knowledge.figures import GateResult


def _where(turn: Turn, assessment_id: int) -> tuple[Current, bool]:
    """A unit's open LKE, opened; and whether the actor judges it."""
    where = looking.where_of(turn, assessment_id)
    looking.enter(turn, where.unit)
    return where, policy.may_assess(turn.actor, where.unit)


@handles(routes.TPI_SCORES)
@privately
def areas(turn: Turn, assessment_id: int) -> Screen:
    """By area, the largest difference first."""
    where, judges = _where(turn, assessment_id)
    found = scores.compare(turn, where)
    return screens_more.areas(found, judges) if found is not None else screens_more.nothing(where, judges)


@handles(routes.TPI_DIFFERENCES)
@privately
def differences(turn: Turn, assessment_id: int, page: int) -> Screen:
    """By item, the largest difference first."""
    where, judges = _where(turn, assessment_id)
    found = scores.compare(turn, where)
    if found is None:
        return screens_more.nothing(where, judges)
    every = found.differences()
    page = min(max(0, page), max(0, (len(every) - 1) // screens_more.PAGE))
    return screens_more.differences(found, every, page, judges)


@handles(routes.PROPOSABLE)
@privately
def check(turn: Turn, assessment_id: int) -> Screen:
    """Siap diusulkan?"""
    where, judges = _where(turn, assessment_id)
    found = proposable.check(turn, where)
    admin = policy.can(turn.actor, "tpi_team", where.unit)
    missed = found.ready.missed if found.ready is not None else ()
    return screens_more.proposable(found, [_said(each) for each in missed], admin, judges)


def _said(gate: GateResult) -> tuple[GateResult, str, str, str]:
    return gate, said.gate(gate.gate), said.have(gate), said.need(gate)


@handles(routes.PROPOSABLE_EVIDENCE)
@privately
def evidence(turn: Turn, assessment_id: int, page: int) -> Screen:
    """What the evidence lacks, indicator by indicator."""
    where, _ = _where(turn, assessment_id)
    found = proposable.lacks(turn, where)
    page = min(max(0, page), max(0, (len(found) - 1) // screens_more.PAGE))
    return screens_more.evidence(where, found, page)
