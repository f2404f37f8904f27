"""The words of a score for other features: a figure reads the same wherever it is told."""

from flows.readiness.service import Standing
from flows.readiness.texts import names, score
from knowledge.figures import GateResult
from knowledge.readiness import AreaView

SELF = names.SELF
"""Whose judgement the figures are."""

area = names.area
gate = names.gate
have = names.have
need = names.need
points = names.points
verdict = score.verdict


def missed(now: Standing, result: GateResult) -> str:
    """A gate that is not met: have, need and short-by. HTML."""
    return score.missed_line(result, now)


def against(view: AreaView) -> str:
    """An area against its limit: "40%, minimal 60% (kurang 2,40 poin)"."""
    lack = "" if view.gate.met else f" (kurang {names.short_by(view.gate)})"
    return f"{names.have(view.gate)}, minimal {names.need(view.gate)}{lack}"
