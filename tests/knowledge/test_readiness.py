"""The readiness screen's facts come from the score and agree with it."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.readiness import largest, readiness
from knowledge.scoring import Answer, Choice, Index, best_answer, score
from tests.knowledge.lke import filled, items, lke, split


def test_a_unit_just_short_of_one_area_and_one_survey() -> None:
    # Area 2 at its best except reform ii (1) and iii (2): 4 of 7, where 4.2 are needed.
    answers = {item.id: best_answer(item) for item in items() if not item.id.startswith(("TL.R.3", "TL.R.2"))}
    answers["H.1.a"] = Index(Decimal("3.52"))
    found = readiness(score(lke(), *split(answers)), "WBK")
    assert not found.met
    assert [gate.gate.id for gate in found.missed] == ["area.TL", "hasil.ipak"]
    assert [gate.gate.id for gate in found.survey_missed] == ["hasil.ipak"]
    assert (found.met_count, len(found.gates)) == (10, 12)
    weakest = found.areas[0]
    assert (weakest.area.id, weakest.points.total, weakest.gate.short_by) == (
        "TL",
        Fraction(4),
        Fraction("0.2"),
    )
    assert weakest.distance == Fraction(4, 7) - Fraction("0.6")
    assert (found.answered, found.indicators) == (105, 110)


@given(filled(), st.sampled_from(["WBK", "WBBM"]))
@settings(max_examples=20, deadline=None)
def test_areas_run_from_furthest_below_to_best(answers: dict[str, Answer], target: str) -> None:
    found = readiness(score(lke(), *split(answers)), "WBK" if target == "WBK" else "WBBM")
    assert [view.distance for view in found.areas] == sorted(view.distance for view in found.areas)
    assert all((view.distance >= 0) == view.gate.met for view in found.areas)


def test_frozen_indicators_limit_what_a_gate_can_still_have() -> None:
    # Area 4, of 10: reform i (2) frozen unanswered, reform iii (1.5) frozen at C, which is 0.33.
    found = largest(lke(), {"AK.R.3.a": Choice("C")}, {}, frozen={"AK.R.1.a", "AK.R.3.a"})
    assert found.points("AK") == 10 - 2 - Fraction("1.5") * Fraction("0.67")
    assert found.points("PW") == 15
    assert found.points("total") == 100 - 2 - Fraction("1.005")


@given(filled(), st.sets(st.sampled_from([item.id for item in items()])))
@settings(max_examples=20, deadline=None)
def test_nothing_exceeds_the_largest_possible(answers: dict[str, Answer], frozen: set[str]) -> None:
    present = score(lke(), *split(answers))
    most = largest(lke(), *split(answers), frozen=frozen)
    for node in ("total", "pengungkit", "MP", "PW", "H.1", "H.1.a", "H.2"):
        assert present.points(node) <= most.points(node)
