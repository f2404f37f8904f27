"""Langkah prioritas: the least work that passes, and a proof where passing is out of reach.

Each item that can still improve offers moves to better levels. A move's effort is (levels climbed + expected
documents not there yet) times a factor: mudah 1, sedang 2, berat 4. Effort is a comparison, never a time.

Surveys stand apart: no work on the worksheet moves an index. Every passing state has each survey at least at
its own gate, so the plan counts with an index lifted to that gate where it is below (see `surveys`); an
index marked impossible is left where it is. What cannot be worked on stays too: an indicator whose
denominator is 0, and violations that have already happened.

Guarantee: the steps meet every gate that can be met, with the least total effort of all choices of moves that
do, and with the most points among those. The method is exact (`priority_search`), and the same input always
gives the same plan.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import ceil, gcd, lcm

from knowledge.answers import Answer, Index, Item
from knowledge.figures import Figures, GateResult, Score
from knowledge.instrument_model import INDEX_SCALE, Gate, Indicator, Instrument, ResultItem, Target
from knowledge.priority_moves import FACTOR, Ease, Move, Wishes, moves_of
from knowledge.priority_search import Group, search
from knowledge.scoring import score

__all__ = ["FACTOR", "Ease", "Move", "Plan", "Step", "SurveyGap", "Unreachable", "plan"]


@dataclass(frozen=True, slots=True)
class Step:
    """One improvement: its move, and the gates that would be missed without it, in the instrument's order."""

    move: Move
    why: tuple[Gate, ...]


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A gate that no remaining improvement meets: the most that can be had against what is needed, in points.

    `by_survey` says that a survey index above its own gate could still meet it.
    """

    gate: Gate
    maximum: Fraction
    need: Fraction
    by_survey: bool


@dataclass(frozen=True, slots=True)
class SurveyGap:
    """A survey below its gate. Indexes are from 0 to 4; `index` is None when there is no survey yet."""

    gate: GateResult
    item: ResultItem
    index: Decimal | None
    index_needed: Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps, most useful (points per effort) first, and their total effort.

    `before` is the present score, `after` the score with the steps done and surveys as today, `assumed` the
    same with each survey of `surveys` at its gate. `held` are indicators that cannot be scored now.
    """

    target: Target
    steps: tuple[Step, ...]
    effort: int
    surveys: tuple[SurveyGap, ...]
    unreachable: tuple[Unreachable, ...]
    held: tuple[str, ...]
    before: Score
    after: Score
    assumed: Score

    @property
    def passes(self) -> bool:
        """Whether the target is met once the steps are done and `surveys` have reached their gates."""
        return self.assumed.passes(self.target)


def plan(
    instrument: Instrument,
    answers: Mapping[str, Answer],
    hasil: Mapping[str, Answer],
    target: Target,
    *,
    ease: Mapping[str, Ease] | None = None,
    impossible: Collection[str] = (),
    evidence: Mapping[str, int] | None = None,
) -> Plan:
    """The least work from these answers to `target`.

    `ease` by item id (where absent: sedang, results berat), `impossible` the ids that cannot change this
    year, `evidence` how many of its expected documents an item already has. May raise `AnswerError`.
    """
    before = score(instrument, answers, hasil)
    wishes = Wishes(ease or {}, {*impossible, *before.not_scored}, evidence or {})
    surveys = tuple(gap for gap in _gaps(before, hasil, target) if gap.item.id not in wishes.impossible)
    reached = {**hasil, **{gap.item.id: Index(gap.index_needed) for gap in surveys}}
    problem = _Problem(score(instrument, answers, reached), {**answers, **hasil}, wishes, target)
    moves = problem.solve()
    done = {move.item.id: move.scored_as for move in moves if isinstance(move.item, Indicator)}
    improved = {move.item.id: move.scored_as for move in moves if isinstance(move.item, ResultItem)}
    assumed = score(instrument, {**answers, **done}, {**reached, **improved})
    steps = [Step(move, tuple(_needing(move, assumed, target))) for move in moves]
    return Plan(
        target=target,
        steps=tuple(sorted(steps, key=_usefulness)),
        effort=sum(move.effort for move in moves),
        surveys=surveys,
        unreachable=tuple(problem.unreachable()),
        held=before.not_scored,
        before=before,
        after=score(instrument, {**answers, **done}, {**hasil, **improved}),
        assumed=assumed,
    )


def _usefulness(step: Step) -> tuple[Fraction, Fraction, str]:
    """Points per effort, then points, best first; then by number, so that the order never wavers."""
    return -step.move.gain / step.move.effort, -step.move.gain, step.move.item.number


def _needing(move: Move, reached: Figures, target: Target) -> Iterator[Gate]:
    for gate in reached.instrument.gates[target]:
        points = reached.points(gate.node)
        if gate.node in _nodes(move.item) and points - move.gain < gate.floor <= points:
            yield gate


def _nodes(item: Item) -> tuple[str, ...]:
    """What an item's points count towards."""
    if isinstance(item, Indicator):
        return item.area_id, "pengungkit", "total"
    return item.id, item.group_id, "total"


def _gaps(figures: Figures, hasil: Mapping[str, Answer], target: Target) -> Iterator[SurveyGap]:
    for result in figures.gates(target):
        if result.gate.survey and not result.met:
            needed = Fraction(result.gate.need) / Fraction(result.gate.weight) * 4
            for item in figures.instrument.results:
                if result.gate.node in (item.id, item.group_id):
                    answer = hasil.get(item.id)
                    index = answer.value if isinstance(answer, Index) else None
                    yield SurveyGap(result, item, index, Decimal(ceil(needed * 10**6)) / 10**6)


class _Problem:
    """The choice among moves in whole numbers: gains in 1/`unit` points, efforts divided by `step`."""

    def __init__(self, base: Figures, present: Mapping[str, Answer], wishes: Wishes, target: Target) -> None:
        self.base, self.target, self.wishes = base, target, wishes
        instrument = base.instrument
        items: tuple[Item, ...] = (*instrument.area_order, *instrument.results)
        free = [item for item in items if item.id not in wishes.impossible]
        self.moves = {
            item.id: tuple(moves_of(item, present.get(item.id), wishes)) if item.scale != INDEX_SCALE else ()
            for item in free
        }
        every = [move for moves in self.moves.values() for move in moves]
        self.unit = lcm(*(move.gain.denominator for move in every))
        self.step = gcd(*(move.effort for move in every)) or 1

    def _units(self, points: Fraction) -> int:
        """Points as units, upwards."""
        return ceil(points * self.unit)

    def _of(self, items: Iterable[Indicator | ResultItem]) -> list[tuple[Move, ...]]:
        return [self.moves[item.id] for item in items if self.moves.get(item.id)]

    @cached_property
    def _can_gain(self) -> Mapping[str, Fraction]:
        """The most points that each node can still gain."""
        most: dict[str, Fraction] = {}
        for moves in self.moves.values():
            if moves:
                for node in _nodes(moves[0].item):
                    most[node] = most.get(node, Fraction(0)) + moves[-1].gain
        return most

    def _lacking(self, gate: Gate) -> Fraction:
        return gate.floor - self.base.points(gate.node)

    def _reachable(self, gate: Gate) -> bool:
        return self._lacking(gate) <= self._can_gain.get(gate.node, Fraction(0))

    @cached_property
    def _needs(self) -> Mapping[str, int]:
        """Units that each node must gain, for the gates that can be met."""
        gates = self.base.instrument.gates[self.target]
        return {gate.node: self._units(self._lacking(gate)) for gate in gates if self._reachable(gate)}

    def solve(self) -> list[Move]:
        """The moves of the best plan, in area order, results last."""
        areas = [self._of(area.indicators) for area in self.base.instrument.areas]
        groups = [
            Group([self._pairs(moves) for moves in items], self._needs.get(area.id, 0))
            for area, items in zip(self.base.instrument.areas, areas, strict=True)
        ]
        ceiling = sum(group.largest for group in groups)
        best: tuple[int, int, list[Move]] | None = None
        for chosen in self._result_choices():
            gained = sum(self._units(move.gain) for move in chosen)
            need = max(self._needs.get("pengungkit", 0), self._needs.get("total", 0) - gained, 0)
            if need > ceiling:
                continue
            found = search(groups, need)
            effort = found.effort + sum(move.effort for move in chosen) // self.step
            if best is None or (effort, -found.gain - gained) < best[:2]:
                picked = [
                    moves[place]
                    for items, places in zip(areas, found.moves, strict=True)
                    for moves, place in zip(items, places, strict=True)
                    if place is not None
                ]
                best = effort, -found.gain - gained, [*picked, *chosen]
        if best is None:
            raise AssertionError("the best results with every move made meet each reachable gate")
        return best[2]

    def _pairs(self, moves: Iterable[Move]) -> list[tuple[int, int]]:
        return [(move.effort // self.step, self._units(move.gain)) for move in moves]

    def _result_choices(self) -> Iterator[tuple[Move, ...]]:
        """Each way to move the results that meets what is needed of them."""
        for places in product(*((None, *moves) for moves in self._of(self.base.instrument.results))):
            chosen = tuple(move for move in places if move is not None)
            gained: dict[str, int] = {}
            for move in chosen:
                for node in _nodes(move.item)[:2]:
                    gained[node] = gained.get(node, 0) + self._units(move.gain)
            nodes = {node for item in self.base.instrument.results for node in _nodes(item)[:2]}
            if all(gained.get(node, 0) >= self._needs.get(node, 0) for node in nodes):
                yield chosen

    def unreachable(self) -> Iterator[Unreachable]:
        """Each gate that no choice of moves meets."""
        for gate in self.base.instrument.gates[self.target]:
            if not self._reachable(gate):
                most = self.base.points(gate.node) + self._can_gain.get(gate.node, Fraction(0))
                with_surveys = most + self._survey_room(gate.node)
                yield Unreachable(gate, most, Fraction(gate.need), with_surveys >= gate.floor)

    def _survey_room(self, node: str) -> Fraction:
        """Points that better survey indexes could still add to a node."""
        room = Fraction(0)
        for item in self.base.instrument.results:
            if item.scale == INDEX_SCALE and item.id not in self.wishes.impossible and node in _nodes(item):
                room += item.max_points - self.base.points(item.id)
        return room
