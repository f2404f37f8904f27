"""What a question asks to be worked out, as data: the result, and what it was worked out from."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from knowledge.answers import Notice
from knowledge.instrument_model import Target

Kind = Literal["index", "points", "hundred", "ratio", "fall", "option", "grade", "level", "opinion"]


@dataclass(frozen=True, slots=True)
class Gates:
    """A value held against the gate of each target: None where there is none."""

    WBK: bool | None = None
    WBBM: bool | None = None


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One worked question. `value` is what was given, `points` what it is worth of `most`.

    `name` says what it is about, `said` the value as it was given, `need` what each target asks for.
    `above` of `below` are the counts of a ratio, or this year's and last year's of a fall. `then` is a second
    sum of the same question.
    """

    kind: Kind
    topic: str
    name: str = ""
    said: str = ""
    value: Decimal = Decimal(0)
    points: Fraction = Fraction(0)
    most: Fraction = Fraction(0)
    above: int = 0
    below: int = 0
    met: Gates = Gates()
    need: Mapping[Target, str] | None = None
    notice: Notice | None = None
    then: "Reckoned | None" = None
