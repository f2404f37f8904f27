"""The real instrument and answers to it, for the tests of scoring."""

import random
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from hypothesis import strategies as st

import knowledge
from knowledge.instrument import INDEX_SCALE, Instrument, load_instruments
from knowledge.scoring import Answer, Choice, Index, Item, Ratio

DATA = Path(knowledge.__file__).parent / "data"
FOLDER = DATA / "instruments"


@lru_cache
def instruments() -> Mapping[str, Instrument]:
    return load_instruments(FOLDER)


def lke() -> Instrument:
    return instruments()["lke-2021"]


def items() -> tuple[Item, ...]:
    return (*lke().area_order, *lke().results)


def chance_answer(item: Item, chance: random.Random) -> Answer:
    if item.options:
        return Choice(chance.choice(item.options).key)
    if item.scale == INDEX_SCALE:
        return Index(Decimal(chance.randint(0, 400)) / 100)
    return Ratio({each.key: chance.randint(0, 9) for each in getattr(item, "inputs", ())})


def split(answers: Mapping[str, Answer]) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """Answers to indicators, and to result items."""
    results = {item.id for item in lke().results}
    return (
        {key: value for key, value in answers.items() if key not in results},
        {key: value for key, value in answers.items() if key in results},
    )


@st.composite
def filled(draw: st.DrawFn) -> dict[str, Answer]:
    """Answers to some or all items."""
    chance = random.Random(draw(st.integers(0, 2**32)))
    share = draw(st.sampled_from([0.1, 0.6, 0.95, 1.0]))
    return {item.id: chance_answer(item, chance) for item in items() if chance.random() < share}
