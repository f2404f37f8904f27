"""The score of a unit: exact, from the answers alone, with every gate of WBK and WBBM.

Two sets of figures stay apart. The verdict is strict: what is unanswered or cannot be scored counts 0. The
projection skips blanks, as the official sheet does: a sub-component is the mean of what is answered in it,
and 0 when nothing is.

Arithmetic is in whole numbers. Every figure of one score is an integer over one common unit, fine enough to
make each option, share and ratio of that score whole: nothing is rounded on the way, sums are exact, and it
costs a fraction of what `Fraction` at every step would. Figures leave as `Fraction`; only `rounded` rounds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

from knowledge.answers import (
    Answer,
    Blank,
    Choice,
    Index,
    Item,
    Notice,
    Ratio,
    Worth,
    allowed,
    best_answer,
    judge,
    value_of,
)
from knowledge.errors import AnswerError
from knowledge.figures import AreaPoints, Figures, GateResult, Score, rounded
from knowledge.instrument_model import Instrument

__all__ = [
    "Answer",
    "AreaPoints",
    "Blank",
    "Choice",
    "Figures",
    "GateResult",
    "Index",
    "Item",
    "Notice",
    "Ratio",
    "Score",
    "Worth",
    "allowed",
    "best_answer",
    "judge",
    "rounded",
    "score",
    "value_of",
]


@dataclass(frozen=True, slots=True)
class _Leaf:
    item: Item
    whole: int  # weight of its group in units; its points are this times its value, over the group's size
    table: dict[str, int]  # `whole` times the value, for each option


@dataclass(frozen=True, slots=True)
class _Plan:
    """An instrument prepared for counting, once."""

    unit: int
    groups: tuple[tuple[tuple[str, _Leaf], ...], ...]  # one per sub-component, then one per result item
    slices: tuple[tuple[int, int], ...]  # the groups of each aspect, in area order
    known: frozenset[str]


@lru_cache(maxsize=16)
def _plan(instrument: Instrument) -> _Plan:
    weights = [sub.weight for sub in instrument.subs] + [item.weight for item in instrument.results]
    values = {value for scale in instrument.scales.values() for _, value in scale}
    largest = max(len(sub.indicators) for sub in instrument.subs)
    unit = lcm(*(Fraction(w * v).denominator for w in weights for v in values)) * lcm(*range(1, largest + 1))
    members: list[tuple[Item, ...]] = [sub.indicators for sub in instrument.subs]
    members += [(item,) for item in instrument.results]
    groups = tuple(
        tuple((item.id, _leaf(item, weight, unit)) for item in items)
        for items, weight in zip(members, weights, strict=True)
    )
    slices, start = [], 0
    for area in instrument.areas:
        for aspect in area.aspects:
            slices.append((start, start + len(aspect.subs)))
            start += len(aspect.subs)
    return _Plan(unit, groups, tuple(slices), frozenset(item.id for items in members for item in items))


def _leaf(item: Item, weight: Decimal, unit: int) -> _Leaf:
    table = {option.key: int(Fraction(weight * option.value) * unit) for option in item.options}
    return _Leaf(item, int(Fraction(weight) * unit), table)


def score(
    instrument: Instrument, answers: Mapping[str, Answer], hasil: Mapping[str, Answer] | None = None
) -> Score:
    """The score of these answers, by indicator id, and results, by item id. Missing ids are unanswered.

    Raises `AnswerError` for an id that the instrument does not have and for an answer that does not fit.
    """
    plan, given = _plan(instrument), {**answers, **(hasil or {})}
    if not plan.known.issuperset(given):
        raise AnswerError(min(set(given) - plan.known), "id tidak dikenal", f"id dalam {instrument.id}")
    sums: list[int] = []  # per group: whole x value, summed over its answers
    counts: list[int] = []
    exact: list[tuple[int, int, Fraction]] = []  # group, whole, value: what options cannot express
    blanks: dict[Blank, list[str]] = {Blank.UNANSWERED: [], Blank.NOT_SCORED: []}
    notices: list[tuple[str, Notice]] = []
    for group in plan.groups:
        units = count = 0
        for item_id, leaf in group:
            answer = given.get(item_id)
            if type(answer) is Choice and answer.key in leaf.table:
                units += leaf.table[answer.key]
                count += 1
                continue
            worth = judge(leaf.item, answer)
            if isinstance(worth.value, Blank):
                blanks[worth.value].append(item_id)
            else:
                exact.append((len(sums), leaf.whole, worth.value))
                count += 1
            if worth.notice is not None:
                notices.append((item_id, worth.notice))
        sums.append(units)
        counts.append(count)
    finer = lcm(*[value.denominator for _, _, value in exact])
    sums = [units * finer for units in sums]
    for place, whole, value in exact:
        sums[place] += whole * value.numerator * (finer // value.denominator)
    strict = [units // len(group) for units, group in zip(sums, plan.groups, strict=True)]
    return Score(
        Figures(instrument, plan.slices, strict, plan.unit * finer),
        lambda: [units // (count or 1) for units, count in zip(sums, counts, strict=True)],
        tuple(blanks[Blank.UNANSWERED]),
        tuple(blanks[Blank.NOT_SCORED]),
        tuple(notices),
    )
