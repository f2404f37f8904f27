"""Short texts that go on with the last topic, and those that must not be read so."""

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.library import Library

TALKS = Path(__file__).parents[1] / "bench" / "data" / "follow_ups.jsonl"
RIGHT_AT_LEAST = 0.9


@pytest.fixture(scope="module")
def talks() -> list[dict[str, Any]]:
    """Labelled talks of two turns; `follow` tells whether the second leans on the first."""
    return [json.loads(line) for line in TALKS.read_text(encoding="utf-8").splitlines()]


def second(library: Library, talk: dict[str, Any]) -> tuple[str, str | None]:
    """What the second turn is taken for: the kind, and the topic that is answered."""
    first = library.ask(talk["first"])
    outcome = library.ask(talk["then"], last_topic=first.topics[0] if first.kind == "answer" else None)
    return outcome.kind, outcome.topics[0] if outcome.kind == "answer" else None


def test_there_are_enough_talks_of_both_kinds(talks: list[dict[str, Any]]) -> None:
    assert len(talks) >= 60
    assert sum(not talk["follow"] for talk in talks) >= 20
    assert len({(talk["first"], talk["then"]) for talk in talks}) == len(talks)


def test_nine_of_ten_second_turns_are_understood(library: Library, talks: list[dict[str, Any]]) -> None:
    wrong = []
    for talk in talks:
        topic = second(library, talk)[1]
        if topic not in (talk["topic"], *talk.get("also", ())):
            wrong.append((talk["first"], talk["then"], topic))
    assert len(wrong) <= (1 - RIGHT_AT_LEAST) * len(talks), wrong


def test_no_question_of_its_own_is_pulled_to_the_last_topic(
    library: Library, talks: list[dict[str, Any]]
) -> None:
    for talk in talks:
        if not talk["follow"]:
            alone = library.ask(talk["then"])
            topic = alone.topics[0] if alone.kind == "answer" else None
            assert second(library, talk) == (alone.kind, topic), talk


def test_a_term_is_explained_and_the_last_answer_not_repeated(library: Library) -> None:
    for text in ("apa itu IPAK?", "IPAK", "IPAK itu apa", "terus apa itu IPAK", "ipak artinya apa sih"):
        outcome = library.ask(text, last_topic="syarat-wbk")
        assert (outcome.kind, outcome.topics) == ("answer", ("gl-ipak",)), text


def test_what_goes_on_to_something_else_does_not_repeat_the_last_answer(library: Library) -> None:
    for text in ("kalau WBBM?", "yang pengungkit?", "terus yang survei?", "kalau belum sampai?", "lalu?"):
        for topic in ("syarat-wbk", "tpi", "nilai-total-minimal", "pencanangan"):
            outcome = library.ask(text, last_topic=topic)
            assert outcome.kind != "answer" or outcome.topics != (topic,), (topic, text)


def test_what_is_asked_of_the_last_topic_itself_is_answered_by_it(library: Library) -> None:
    for topic, text in (
        ("tpn", "tugasnya apa?"),
        ("pencanangan", "siapa saksinya?"),
        ("area-5", "bobotnya?"),
    ):
        assert library.ask(text, last_topic=topic).topics == (topic,), text


def test_a_sibling_is_never_answered_unasked(library: Library) -> None:
    assert library.ask("yang hasil?", last_topic="syarat-wbbm").topics != ("syarat-wbk",)
    assert library.ask("kalau SPAK?", last_topic="frekuensi-skm").topics[:1] != ("skm",)


def test_a_word_that_stands_nowhere_near_is_no_follow_up(library: Library) -> None:
    for text in ("kalau rendang?", "yang sepeda motor?", "terus cuaca?"):
        assert library.ask(text, last_topic="syarat-wbk").kind in ("decline", "choices"), text


def test_another_side_of_a_worksheet_item_is_asked_for_by_a_word(library: Library) -> None:
    for text, angle in (
        ("bobotnya berapa?", "bobot"),
        ("pilihan jawabannya?", "opsi"),
        ("buktinya?", "bukti"),
    ):
        outcome = library.ask(text, last_topic="lke:MP.P.4.b")
        assert (outcome.topics, outcome.angle) == (("lke:MP.P.4.b",), angle), text


def test_the_rule_behind_the_last_answer_is_told_alone(library: Library) -> None:
    outcome = library.ask("dasar hukumnya?", last_topic="syarat-wbk")
    assert (outcome.topics, outcome.angle) == (("syarat-wbk",), "dasar")


def test_an_unknown_last_topic_is_no_topic(library: Library) -> None:
    assert library.ask("kalau WBBM?", last_topic="sudah-hilang").kind in ("answer", "choices", "decline")


@pytest.mark.parametrize(
    ("last", "text", "topic"),
    [
        ("agen-perubahan-syarat", "terus dia harus bikin apa tiap tahun?", "agen-perubahan-target"),
        ("agen-perubahan-syarat", "mereka wajib bikin apa", "agen-perubahan-peran"),
        ("agen-perubahan-syarat", "mereka ditunjuk gimana", "agen-perubahan-syarat"),
        ("maklumat-pelayanan", "klo gak ada gmn", "maklumat-pelayanan"),
        ("inovasi-pelayanan", "klo gak ada gmn", "inovasi-pelayanan"),
        ("jadwal-pengusulan", "itu kapan", "jadwal-pengusulan"),
        ("wbs", "dia dilindungi ga", "wbs"),
    ],
)
def test_a_pronoun_or_a_bare_absence_points_back(library: Library, last: str, text: str, topic: str) -> None:
    outcome = library.ask(text, last_topic=last)
    assert (outcome.kind, outcome.topics) == ("answer", (topic,))


@pytest.mark.parametrize("text", ["dia pacar saya", "itu lagu siapa", "cuaca hari ini gimana"])
def test_what_is_from_outside_does_not_point_back(library: Library, text: str) -> None:
    assert library.ask(text, last_topic="syarat-wbk").kind in ("decline", "smalltalk")
