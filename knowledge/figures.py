"""The figures of a score as people ask for them: points by node, gates met and missed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final

from knowledge.answers import Notice
from knowledge.instrument_model import Area, Gate, Instrument, Target


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """`value` for display, half away from zero. Never fed back into a score or a verdict."""
    scale = 10**places
    whole, rest = divmod(abs(value.numerator) * scale, value.denominator)
    if 2 * rest >= value.denominator:
        whole += 1
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


@dataclass(frozen=True, slots=True)
class AreaPoints:
    """Points of one area; `ratio` is the total as part of the area's weight."""

    pemenuhan: Fraction
    reform: Fraction
    total: Fraction
    ratio: Fraction


@dataclass(frozen=True, slots=True)
class GateResult:
    """One gate with what the unit has. Points throughout; `short_by` is 0 when the gate is met."""

    gate: Gate
    have: Fraction
    need: Fraction
    short_by: Fraction
    met: bool

    @property
    def share(self) -> Fraction:
        """What the unit has as part of the largest possible."""
        return self.have / Fraction(self.gate.weight)


class Figures:
    """Every figure of one way of counting. Points are exact fractions, worked out when asked for."""

    def __init__(
        self, instrument: Instrument, slices: Sequence[tuple[int, int]], groups: list[int], unit: int
    ) -> None:
        self.instrument: Final = instrument
        self.slices: Final = slices
        self.groups: Final = groups
        self.unit: Final = unit
        self._aspects: Final = [sum(groups[start:end]) for start, end in slices]
        self._first_result: Final = slices[-1][1]

    def _points(self, units: int) -> Fraction:
        return Fraction(units, self.unit)

    @cached_property
    def _nodes(self) -> dict[str, int]:
        """Units of all that a gate can measure."""
        nodes: dict[str, int] = {}
        place = 0
        for area in self.instrument.areas:
            nodes[area.id] = sum(self._aspects[place : place + len(area.aspects)])
            place += len(area.aspects)
        lever = sum(self._aspects)
        results = self.groups[self._first_result :]
        nodes.update(zip((item.id for item in self.instrument.results), results, strict=True))
        for group in self.instrument.result_groups:
            nodes[group.id] = sum(nodes[item.id] for item in group.items)
        nodes["pengungkit"] = lever
        nodes["total"] = lever + sum(results)
        return nodes

    @property
    def total(self) -> Fraction:
        return self._points(self._nodes["total"])

    @property
    def pengungkit(self) -> Fraction:
        return self._points(self._nodes["pengungkit"])

    @property
    def hasil_total(self) -> Fraction:
        return self._points(self._nodes["total"] - self._nodes["pengungkit"])

    @cached_property
    def hasil(self) -> Mapping[str, Fraction]:
        """Points of each result item and group: H.1.a, H.1.b, H.2.a, H.1, H.2."""
        items = [item.id for item in self.instrument.results]
        groups = [group.id for group in self.instrument.result_groups]
        return {node: self._points(self._nodes[node]) for node in (*items, *groups)}

    @cached_property
    def sub_components(self) -> Mapping[str, Fraction]:
        """Points of each sub-component by id, in area order."""
        subs = self.instrument.subs
        return {sub.id: self._points(units) for sub, units in zip(subs, self.groups, strict=False)}

    @cached_property
    def areas(self) -> Mapping[str, AreaPoints]:
        place, found = 0, {}
        for area in self.instrument.areas:
            found[area.id] = self._area(area, self._aspects[place : place + len(area.aspects)])
            place += len(area.aspects)
        return found

    def _area(self, area: Area, aspects: Iterable[int]) -> AreaPoints:
        by_kind = {"P": 0, "R": 0}
        for aspect, units in zip(area.aspects, aspects, strict=True):
            by_kind[aspect.kind] += units
        total = self._points(sum(by_kind.values()))
        ratio = total / Fraction(area.weight)
        return AreaPoints(self._points(by_kind["P"]), self._points(by_kind["R"]), total, ratio)

    def points(self, node: str) -> Fraction:
        """Points of what a gate measures: "total", "pengungkit", an area id, or an id of the result part."""
        return self._points(self._nodes[node])

    def _met(self, gate: Gate) -> bool:
        return self._nodes[gate.node] * gate.floor.denominator >= gate.floor.numerator * self.unit

    def gates(self, target: Target) -> tuple[GateResult, ...]:
        """Each gate of the target, in the instrument's `criteria_order`."""
        results = []
        for gate in self.instrument.gates[target]:
            have, need, met = self.points(gate.node), Fraction(gate.need), self._met(gate)
            results.append(GateResult(gate, have, need, Fraction(0) if met else need - have, met))
        return tuple(results)

    def failed(self, target: Target) -> tuple[str, ...]:
        """Ids of the gates that are not met, in `criteria_order`; empty when the target is reached."""
        return tuple(gate.id for gate in self.instrument.gates[target] if not self._met(gate))

    def passes(self, target: Target) -> bool:
        return not self.failed(target)


class Score(Figures):
    """A unit's score: itself the strict figures, `projection` those that skip blanks.

    `unanswered` and `not_scored` hold item ids in area order, results last, and do not overlap.
    `completeness` is the part (0 to 1) of the indicators that have a value; result items are not in it.
    """

    def __init__(
        self,
        strict: Figures,
        projected: Callable[[], list[int]],
        unanswered: tuple[str, ...],
        not_scored: tuple[str, ...],
        notices: tuple[tuple[str, Notice], ...],
    ) -> None:
        super().__init__(strict.instrument, strict.slices, strict.groups, strict.unit)
        self._projected: Final = projected
        self.unanswered: Final = unanswered
        self.not_scored: Final = not_scored
        self.notices: Final = notices

    @cached_property
    def projection(self) -> Figures:
        return Figures(self.instrument, self.slices, self._projected(), self.unit)

    @property
    def answered(self) -> int:
        """How many indicators have a value."""
        results = {item.id for item in self.instrument.results}
        blank = sum(1 for item_id in (*self.unanswered, *self.not_scored) if item_id not in results)
        return len(self.instrument.area_order) - blank

    @property
    def completeness(self) -> Fraction:
        return Fraction(self.answered, len(self.instrument.area_order))
