"""What each item could still become, and how much work that is compared with other work."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

from knowledge.answers import Answer, Blank, Choice, Item, Ratio, best_answer, judge
from knowledge.instrument_model import Formula, Indicator, ResultItem

Ease = Literal["mudah", "sedang", "berat"]
FACTOR: Mapping[Ease, int] = {"mudah": 1, "sedang": 2, "berat": 4}
QUARTERS = (Fraction(1, 4), Fraction(1, 2), Fraction(3, 4), Fraction(1))


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a coordinator knows: how hard an item is, what stays this year, documents at hand per item."""

    ease: Mapping[str, Ease]
    impossible: Collection[str]
    evidence: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Move:
    """A better level of one item. `effort` is at least 1 and only compares; `gain` is in points.

    `after` is None for a ratio without counts so far: it is to be carried to the full.
    """

    item: Item
    before: Answer | None
    after: Answer | None
    from_value: Fraction
    to_value: Fraction
    effort: int

    @property
    def gain(self) -> Fraction:
        return (self.to_value - self.from_value) * self.item.max_points

    @property
    def scored_as(self) -> Answer:
        """An answer that is worth `to_value`."""
        return best_answer(self.item) if self.after is None else self.after


def moves_of(item: Item, before: Answer | None, wishes: Wishes) -> Iterator[Move]:
    """Each level above the present one, easiest first. An unanswered item counts as at its lowest."""
    worth = judge(item, before).value
    value = Fraction(0) if isinstance(worth, Blank) else worth
    levels = _choices(item, value) if item.options else _counts(item, before, value)
    missing = max(0, len(item.evidence) - wishes.evidence.get(item.id, 0))
    hard: Ease = "berat" if isinstance(item, ResultItem) else "sedang"
    factor = FACTOR[wishes.ease.get(item.id, hard)]
    for climbed, to_value, after in levels:
        yield Move(item, before, after, value, to_value, (climbed + missing) * factor)


Level = tuple[int, Fraction, Answer | None]  # levels climbed, value, answer


def _choices(item: Item, value: Fraction) -> Iterator[Level]:
    better = [option for option in reversed(item.options) if Fraction(option.value) > value]
    for climbed, option in enumerate(better, 1):
        yield climbed, Fraction(option.value), Choice(option.key)


def _counts(item: Item, before: Answer | None, value: Fraction) -> Iterator[Level]:
    """A ratio by quarters of the whole, as counts where the counts are known. What has happened stays."""
    if value == 1:
        return
    if not (isinstance(item, Indicator) and item.formula and isinstance(before, Ratio)):
        yield len(QUARTERS), Fraction(1), None
        return
    if item.formula.kind == "penurunan":
        return
    reached = value
    for quarter in QUARTERS:
        after = _at_least(item.formula, before, quarter)
        worth = judge(item, after).value
        if not isinstance(worth, Blank) and worth > reached:
            reached = worth
            yield max(1, ceil((worth - value) * len(QUARTERS))), worth, after


def _at_least(formula: Formula, before: Ratio, share: Fraction) -> Answer:
    """The counts with just enough more done to bring the ratio to `share`."""
    whole = sum(before.inputs[key] for key in formula.denominator)
    others = sum(before.inputs[key] for key in formula.numerator[1:])
    return Ratio({**before.inputs, formula.numerator[0]: max(0, ceil(share * whole) - others)})
