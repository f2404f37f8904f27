"""Answers and what each is worth: options, ratios from counts, survey indexes."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from knowledge.errors import AnswerError
from knowledge.instrument_model import INDEX_SCALE, Formula, Indicator, ResultItem


@dataclass(frozen=True, slots=True)
class Choice:
    """An option, by its key as the instrument writes it: "A", "Ya"."""

    key: str


@dataclass(frozen=True, slots=True)
class Ratio:
    """Counts by input key. An input of the formula that is missing leaves the indicator unanswered."""

    inputs: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Index:
    """A survey index from 0 to 4."""

    value: Decimal


Answer = Choice | Ratio | Index
Item = Indicator | ResultItem


class Blank(Enum):
    """Why an item has no value."""

    UNANSWERED = "unanswered"
    NOT_SCORED = "not_scored"  # the denominator is 0: to be settled with the assessors


class Notice(Enum):
    """What a reader of a score should know about one answer."""

    ZERO_DENOMINATOR = "zero_denominator"
    EXCEEDS = "exceeds"  # more done than there was to do; counted as all of it
    RISE_FROM_ZERO = "rise_from_zero"  # violations after a year without: the rule is ours


ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Worth:
    """What an answer is worth, from 0 to 1 or why not, and what should be said about it."""

    value: Fraction | Blank
    notice: Notice | None = None


MISSING = Worth(Blank.UNANSWERED)


def value_of(item: Item, answer: Answer | None) -> Fraction | None:
    """The value of an answer from 0 to 1; None when it is unanswered or not scored.

    Raises `AnswerError` when the answer does not fit the item.
    """
    value = judge(item, answer).value
    return None if isinstance(value, Blank) else value


def judge(item: Item, answer: Answer | None) -> Worth:
    """As `value_of`, but says why there is no value and what is odd. Raises `AnswerError`."""
    if answer is None:
        return MISSING
    if isinstance(answer, Choice):
        for option in item.options:
            if option.key == answer.key:
                return Worth(Fraction(option.value))
        raise AnswerError(item.id, f"pilihan {answer.key} tidak ada", allowed(item))
    if isinstance(answer, Ratio) and isinstance(item, Indicator) and item.formula:
        return _ratio(item, item.formula, answer.inputs)
    if isinstance(answer, Index) and item.scale == INDEX_SCALE:
        if answer.value.is_finite() and 0 <= answer.value <= 4:
            return Worth(Fraction(answer.value) / 4)
        raise AnswerError(item.id, f"indeks {answer.value} di luar skala", allowed(item))
    raise AnswerError(item.id, "bentuk jawaban tidak cocok", allowed(item))


def best_answer(item: Item, present: Answer | None = None) -> Answer:
    """An answer worth 1. For a ratio, the present counts carried to the full where they are known."""
    if item.options:
        return Choice(item.options[0].key)
    if not isinstance(item, Indicator) or item.formula is None:
        return Index(Decimal(4))
    formula = item.formula
    counts = dict(present.inputs) if isinstance(present, Ratio) else {}
    if formula.kind == "penurunan":
        return Ratio(counts | {formula.previous: counts.get(formula.previous) or 1, formula.current: 0})
    below = {key: counts.get(key, 0) for key in formula.denominator}
    if not any(below.values()):
        below[formula.denominator[0]] = 1
    above = dict.fromkeys(formula.numerator, 0) | {formula.numerator[0]: sum(below.values())}
    return Ratio(counts | below | above)


def allowed(item: Item) -> str:
    """What an item accepts, in a few Indonesian words."""
    if item.options:
        return "pilihan: " + ", ".join(option.key for option in item.options)
    if isinstance(item, Indicator):
        keys = (f"{each.key}{'' if each.in_formula else ' (boleh kosong)'}" for each in item.inputs)
        return "bilangan bulat mulai 0 untuk " + ", ".join(keys)
    return "indeks 0 sampai 4"


def _ratio(item: Indicator, formula: Formula, inputs: Mapping[str, int]) -> Worth:
    known = {each.key: each.in_formula for each in item.inputs}
    for key, count in inputs.items():
        if key not in known:
            raise AnswerError(item.id, f"masukan {key} tidak dikenal", allowed(item))
        if not _is_count(count):
            raise AnswerError(item.id, f"masukan {key} harus bilangan bulat mulai 0", allowed(item))
    for key, needed in known.items():
        if needed and key not in inputs:
            return MISSING
    if formula.kind == "penurunan":
        return _drop(formula, inputs[formula.previous], inputs[formula.current])
    above = sum([inputs[key] for key in formula.numerator])
    below = sum([inputs[key] for key in formula.denominator])
    if below == 0:
        return Worth(Blank.NOT_SCORED, Notice.ZERO_DENOMINATOR)
    if above > below:
        return Worth(ONE, None if formula.may_exceed else Notice.EXCEEDS)
    return Worth(Fraction(above, below))


def _drop(formula: Formula, before: int, now: int) -> Worth:
    """A fall is worth its part of what there was; a rise is worth nothing."""
    if before == 0:
        rise = now > 0
        return Worth(
            Fraction(formula.from_zero if rise else formula.both_zero),
            Notice.RISE_FROM_ZERO if rise else None,
        )
    return Worth(Fraction(before - now, before) if now < before else ZERO)


def _is_count(value: object) -> bool:
    """Whether it is a whole number from 0; counts come from outside, so the type alone proves nothing."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
