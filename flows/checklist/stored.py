"""Answers in their three forms: of knowledge, as columns of a row, and as the short code on a button."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from flows.models import Answer as Row
from knowledge.answers import Answer, Blank, Choice, Index, Item, Ratio, judge
from knowledge.errors import AnswerError
from knowledge.instrument import INDEX_SCALE, Indicator

INDEX_KEY = "indeks"
"""The key under which a survey index stands in the column of inputs."""
LARGEST_COUNT = 1_000_000
INDEX_PLACES = 4
NO_COUNT = "-"
FROM_EXCEL, CARRIED = "excel", "carried"
"""Sources of an answer that nobody has confirmed yet: a worksheet, and the unit's LKE of the year before."""


def known(choice: str | None, inputs: Mapping[str, Any] | None) -> Answer | None:
    """The answer in the columns of a row; None when there is none."""
    if choice is not None:
        return Choice(choice)
    if not inputs:
        return None
    if INDEX_KEY in inputs:
        return Index(Decimal(str(inputs[INDEX_KEY])))
    return Ratio(dict(inputs))


def columns(answer: Answer | None) -> tuple[str | None, dict[str, Any] | None]:
    """The columns `choice` and `inputs` that hold an answer."""
    if isinstance(answer, Choice):
        return answer.key, None
    if isinstance(answer, Index):
        return None, {INDEX_KEY: f"{answer.value:f}"}
    if isinstance(answer, Ratio):
        return None, dict(answer.inputs)
    return None, None


def is_answered(item: Item, answer: Answer | None) -> bool:
    """Whether the item counts as answered. A ratio with a denominator of 0 does: its work is done."""
    try:
        return judge(item, answer).value is not Blank.UNANSWERED
    except AnswerError:
        return False


def is_unconfirmed(row: Row | None) -> bool:
    """Whether the row's answer waits for somebody to say that it is right."""
    return row is not None and row.source in (FROM_EXCEL, CARRIED) and _holds(row)


def is_carried(row: Row | None) -> bool:
    """Whether the row's answer came from the year before and was not confirmed since."""
    return row is not None and row.source == CARRIED and _holds(row)


def _holds(row: Row) -> bool:
    return known(row.choice, row.inputs) is not None


def code_of(item: Item, answer: Answer) -> str:
    """An answer as a short code without a colon: "B", "18.20" (counts in the item's order), "3.62"."""
    if isinstance(answer, Choice):
        return answer.key
    if isinstance(answer, Index):
        return f"{answer.value:f}"
    inputs = item.inputs if isinstance(item, Indicator) else ()
    return ".".join(str(answer.inputs.get(each.key, NO_COUNT)) for each in inputs)


def from_code(item: Item, code: str) -> Answer | None:
    """The answer that a code means for this item; None for a code that fits none (never raises)."""
    if item.options:
        return Choice(code) if any(option.key == code for option in item.options) else None
    if item.scale == INDEX_SCALE:
        return _index(code)
    return _ratio(item, code) if isinstance(item, Indicator) else None


def _index(code: str) -> Index | None:
    try:
        value = Decimal(code) if code.isascii() and len(code) <= INDEX_PLACES + 2 else None
    except InvalidOperation:
        return None
    return Index(value) if value is not None and value.is_finite() and 0 <= value <= 4 else None


def _ratio(item: Indicator, code: str) -> Ratio | None:
    parts = code.split(".")
    if len(parts) != len(item.inputs):
        return None
    inputs: dict[str, int] = {}
    for each, part in zip(item.inputs, parts, strict=True):
        if part == NO_COUNT and not each.in_formula:
            continue
        if not (part.isascii() and part.isdecimal()) or len(part) > 7 or int(part) > LARGEST_COUNT:
            return None
        inputs[each.key] = int(part)
    return Ratio(inputs)
