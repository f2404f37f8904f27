"""What a score means for a target: gates met and missed, areas by distance, how far the unit could get."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from knowledge.answers import Answer, best_answer
from knowledge.figures import AreaPoints, GateResult, Score
from knowledge.instrument_model import Area, Instrument, Target
from knowledge.scoring import score


@dataclass(frozen=True, slots=True)
class AreaView:
    """One area against its gate. `distance` is its ratio less the least share: below 0 it is not met."""

    area: Area
    points: AreaPoints
    gate: GateResult
    distance: Fraction


@dataclass(frozen=True, slots=True)
class Readiness:
    """Where a unit stands against `target`.

    `gates` are in the instrument's order; `missed` those not met, those of surveys again in `survey_missed`,
    because work on the worksheet does not move them. `areas` run from the one furthest below its minimum to
    the best. `completeness` (0 to 1) is about answering, not about the score.
    """

    target: Target
    met: bool
    gates: tuple[GateResult, ...]
    missed: tuple[GateResult, ...]
    survey_missed: tuple[GateResult, ...]
    areas: tuple[AreaView, ...]
    answered: int
    indicators: int
    completeness: Fraction

    @property
    def met_count(self) -> int:
        return len(self.gates) - len(self.missed)


def readiness(result: Score, target: Target) -> Readiness:
    """The facts of the readiness screen."""
    gates = result.gates(target)
    missed = tuple(gate for gate in gates if not gate.met)
    by_node = {gate.gate.node: gate for gate in gates}
    areas = [_area(area, result.areas[area.id], by_node[area.id]) for area in result.instrument.areas]
    return Readiness(
        target=target,
        met=not missed,
        gates=gates,
        missed=missed,
        survey_missed=tuple(gate for gate in missed if gate.gate.survey),
        areas=tuple(sorted(areas, key=lambda view: (view.distance, view.area.no))),
        answered=result.answered,
        indicators=len(result.instrument.area_order),
        completeness=result.completeness,
    )


def _area(area: Area, points: AreaPoints, gate: GateResult) -> AreaView:
    return AreaView(area, points, gate, points.ratio - gate.need / Fraction(area.weight))


def largest(
    instrument: Instrument,
    answers: Mapping[str, Answer],
    hasil: Mapping[str, Answer],
    frozen: Collection[str] = (),
) -> Score:
    """The score when every item is at its best except the frozen ones, which keep their present answer.

    Scores only rise with answers, so no gate can be brought above what it has here.
    """
    best_answers = _best(answers, frozen, instrument, results=False)
    return score(instrument, best_answers, _best(hasil, frozen, instrument, results=True))


def _best(
    present: Mapping[str, Answer], frozen: Collection[str], instrument: Instrument, *, results: bool
) -> dict[str, Answer]:
    items = instrument.results if results else instrument.area_order
    best = {item.id: best_answer(item, present.get(item.id)) for item in items if item.id not in frozen}
    return best | {item_id: answer for item_id, answer in present.items() if item_id in frozen}
