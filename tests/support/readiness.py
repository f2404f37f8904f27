"""Filled worksheets for stories about readiness, and where the engine says that they stand."""

from collections.abc import Mapping
from decimal import Decimal

from sqlmodel import select

from flows.checklist import stored
from flows.models import Answer as Row
from flows.models import Assessment
from knowledge.answers import Answer, Choice, Index, Ratio, best_answer
from knowledge.figures import Score
from knowledge.instrument import Instrument
from knowledge.scoring import score
from tests.support.house import House
from tests.support.lke import assessment_id

BELOW_BEST = {
    "PW.P.1.a": "B",
    "PW.P.4.b": "B",
    "PW.P.2.c": "C",
    "PW.R.1.a": "E",
    "AK.P.1.c": "B",
    "AK.R.2.a": "D",
    "AK.R.3.a": "D",
    "SDM.P.4.c": "B",
    "SDM.R.2.a": "C",
    "PP.R.2.a": "D",
}
"""What keeps the unit of the example screen from the full score; all else is at its best."""
UNMOVABLE = ("PW.R.1.a", "PW.R.2.a")
"""What its coordinator has marked as impossible this year."""


def example(instrument: Instrument) -> dict[str, Answer]:
    """The answers of the example screen: 10 of 12 gates of WBK, area 5 at 56.7%, IPAK 3.52."""
    answers: dict[str, Answer] = {item.id: best_answer(item) for item in instrument.area_order}
    answers |= {item_id: Choice(key) for item_id, key in BELOW_BEST.items()}
    answers["PW.R.2.a"] = Ratio({"wajib": 4, "selesai": 0})
    return answers | {"H.1.a": Index(Decimal("3.52")), "H.1.b": Choice("B"), "H.2.a": Index(Decimal("3.44"))}


def all_best(instrument: Instrument) -> dict[str, Answer]:
    """Every item at its best."""
    best: dict[str, Answer] = {item.id: best_answer(item) for item in instrument.area_order}
    return best | {item.id: best_answer(item) for item in instrument.results}


def scored(instrument: Instrument, answers: Mapping[str, Answer]) -> Score:
    """The engine's score of answers and results together."""
    results = {item.id for item in instrument.results}
    return score(
        instrument,
        {k: v for k, v in answers.items() if k not in results},
        {k: v for k, v in answers.items() if k in results},
    )


def fill(house: House, unit_id: int, answers: Mapping[str, Answer]) -> int:
    """Write answers as if given long ago; returns the assessment's id."""
    number = assessment_id(house, unit_id)
    with house.writing() as session:
        present = {r.item_id: r for r in session.exec(select(Row).where(Row.assessment_id == number)).all()}
        for item_id, answer in answers.items():
            choice, inputs = stored.columns(answer)
            row = present.get(item_id) or Row(assessment_id=number, item_id=item_id)
            row.choice, row.inputs, row.answered_at = choice, inputs, house.clock.now()
            session.add(row)
    return number


def set_target(house: House, unit_id: int, target: str) -> None:
    """Let the unit aim for another target."""
    with house.writing() as session:
        session.exec(select(Assessment).where(Assessment.unit_id == unit_id)).one().target = target
