"""Drill questions are right and plain, come in a sensible order, and typed answers are read gently."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.drills import GENERAL, MOST_WRONG, SIZE, Question, choices, chosen, draw
from knowledge.drills_made import ANYWHERE, EVIDENCE, VAGUE, matters
from knowledge.errors import KnowledgeFileError
from knowledge.leitner import DAYS, Card, after
from knowledge.library import Library

TODAY = date(2027, 2, 1)


@pytest.fixture(scope="module")
def pool(library: Library) -> tuple[Question, ...]:
    return library.drills()


def test_every_question_has_exactly_one_right_choice_a_reason_and_a_rule(
    library: Library, pool: tuple[Question, ...]
) -> None:
    areas = {GENERAL, *(area.id for area in library.instrument().areas)}
    assert len({each.id for each in pool}) == len(pool) > 250
    assert Counter(each.area for each in pool).keys() == areas
    for each in pool:
        assert each.rule, each.id
        assert any(word in each.rule for word in ("PermenPANRB", "UU", "PP", "Peraturan", "SE ", "LKE")), (
            each.id
        )
        assert len(each.id) <= 40, each.id
        if each.is_story:
            assert each.points, each.id
            assert not each.wrong, each.id
            continue
        assert each.explanation, each.id
        folded = [text.casefold().strip(" .") for text in (each.right, *each.wrong)]
        assert len(set(folded)) == len(folded) >= 3, each.id
        for seed in ("1", "2", "3"):
            shown = choices(each, seed)
            assert shown.count(each.right) == 1, each.id
            assert len(set(shown)) == len(shown) <= MOST_WRONG + 1, each.id
            assert shown == choices(each, seed), each.id


def test_no_question_rests_on_what_was_not_checked(library: Library, pool: tuple[Question, ...]) -> None:
    for each in pool:
        if each.topic:
            assert library.faq[each.topic].confidence == "verified", each.id
            assert library.faq[each.topic].rule, each.id
            if each.kind == "fakta":
                assert each.caution == library.faq[each.topic].caution, each.id


def test_evidence_of_another_matter_never_fits_the_indicator(
    library: Library, pool: tuple[Question, ...]
) -> None:
    instrument = library.instrument()
    asked = [each for each in pool if each.kind == EVIDENCE]
    assert len(asked) > 80
    for each in asked:
        indicator = instrument.indicator(each.item)
        about = matters(f"{indicator.title} {' '.join(indicator.evidence)}")
        assert each.right in indicator.evidence, each.id
        for text in each.wrong:
            assert text not in indicator.evidence, each.id
            assert not matters(text) & about, f"{each.id}: {text}"
            assert ANYWHERE not in text.lower(), each.id
            assert matters(text) - VAGUE, f"{each.id}: {text}"


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"says": "kalimat yang tidak ada di topiknya"}, "tidak memuat"),
        ({"topic": "tidak-ada"}, "tidak ada"),
        ({"wrong": ["A", "a"]}, "dua pilihan sama"),
    ],
)
def test_a_fact_that_the_answers_do_not_hold_is_refused(
    library: Library, broken: dict[str, object], said: str
) -> None:
    from knowledge.drills_told import FactPart, _fact

    raw = {"id": "x", "area": "", "topic": "tpi", "ask": "?", "right": "TPI", "wrong": ["TPN", "BPK"],
           "says": "Tim Penilai Internal (TPI) adalah tim instansi"}  # fmt: skip
    assert _fact(FactPart.model_validate(raw), library.faq).right == "TPI"
    with pytest.raises(KnowledgeFileError, match=said):
        _fact(FactPart.model_validate({**raw, **broken}), library.faq)


def test_an_unchecked_answer_is_never_a_question(library: Library) -> None:
    from knowledge.drills_told import _entry

    mixed = next(each.id for each in library.faq.values() if each.confidence != "verified")
    with pytest.raises(KnowledgeFileError, match="belum diperiksa"):
        _entry(library.faq, "x", mixed)


# order ---------------------------------------------------------------------------------------------


def test_a_drill_mixes_own_area_and_general_and_ends_with_one_told_aloud(
    pool: tuple[Question, ...],
) -> None:
    drawn = draw(pool, {}, ("PW",), TODAY, "7.0")
    assert len(drawn) == SIZE
    assert {each.area for each in drawn} == {"PW", GENERAL}
    assert [each.is_story for each in drawn] == [False] * (SIZE - 1) + [True]
    assert len({each.kind for each in drawn}) >= 4
    assert drawn == draw(pool, {}, ("PW",), TODAY, "7.0")
    assert drawn != draw(pool, {}, ("PW",), TODAY, "7.1")


def test_what_is_due_comes_before_what_is_new(pool: tuple[Question, ...]) -> None:
    due = [each.id for each in pool if each.area == "PW" and not each.is_story][:3]
    cards = {id: Card(1, TODAY) for id in due} | {"w.PP": Card(1, TODAY)}
    drawn = [each.id for each in draw(pool, cards, ("PW",), TODAY, "1")]
    assert set(drawn[:3]) == set(due)
    assert "w.PP" not in drawn, "another pokja's card waits until it is one's own again"
    resting = {each.id: Card(5, TODAY + timedelta(days=9)) for each in pool}
    assert len(draw(pool, resting, ("PW",), TODAY, "1")) == SIZE


@settings(max_examples=60, deadline=None)
@given(st.lists(st.booleans(), max_size=30))
def test_boxes_only_move_by_answers_and_know_when_to_come_again(answers: list[bool]) -> None:
    card, today = after(None, False, TODAY), TODAY
    for right in answers:
        before, today = card, card.due_on
        card = after(before, right, today)
        assert card.box == (min(len(DAYS), before.box + 1) if right else 1)
        assert card.due_on == today + timedelta(days=DAYS[card.box - 1])
        assert after(card, True, today) == card, "right once more on the same day proves nothing"


def test_a_card_known_throughout_comes_round_five_times_in_the_four_weeks() -> None:
    assert sum(DAYS) <= 28


# typed answers -------------------------------------------------------------------------------------

WORDS = ("Tim Penilai Internal (TPI)", "Tim Penilai Nasional (TPN)", "Ombudsman RI")
NUMBERS = ("4,8", "6", "8", "5,25")
DAYS_OFFERED = ("30 hari kerja", "20 hari kerja", "10 hari kerja", "60 hari kerja")


@pytest.mark.parametrize(
    ("text", "shown", "meant"),
    [
        ("b", WORDS, 1), ("B.", WORDS, 1), ("jawaban c", WORDS, 2), ("2", WORDS, 1),
        ("tim penilai internal", WORDS, 0), ("TPI", WORDS, 0), ("ombusman", WORDS, 2),
        ("tim penilai", WORDS, None), ("d", WORDS, None), ("bingung", WORDS, None), ("", WORDS, None),
        ("4.8", NUMBERS, 0), ("6", NUMBERS, 1), ("6,0", NUMBERS, 1), ("5,25", NUMBERS, 3),
        ("3", NUMBERS, None),
        ("30 hari", DAYS_OFFERED, 0), ("paling lambat 20 hari kerja", DAYS_OFFERED, 1),
        ("hari kerja", DAYS_OFFERED, None),
    ],
)  # fmt: skip
def test_typed_answers_are_read_gently_and_never_guessed(
    text: str, shown: tuple[str, ...], meant: int | None
) -> None:
    assert chosen(text, shown) == meant


def test_the_walk_follows_the_way_and_cites_everything(library: Library) -> None:
    walk = library.walk
    assert len(walk.points) == 22
    assert [each.no for each in walk.points] == list(range(1, 23))
    assert sum(len(walk.of(place)) for place in walk.places) == 22
    for each in walk.points:
        assert each.rule, each.id
        assert each.item or each.topic or each.caution, each.id
        assert len(each.id) <= 20, each.id
        if each.topic:
            assert library.faq[each.topic].confidence == "verified", each.id
    assert walk.point("maklumat") is not None
    assert walk.point("lain") is None
