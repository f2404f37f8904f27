"""`pandu-zi score` reads cases and prints figures, or says everything that is wrong with them."""

import json
from typing import Any

import pytest

from knowledge.score_json import DocumentError, Result, evaluate, read
from tests.knowledge.lke import instruments

CASE = """{"id": "contoh", "instrument": "lke-2021",
  "answers": {"MP.P.1.a": "Ya", "MP.P.1.b": "A", "MP.R.1.a": {"agen": 5, "perubahan": 5}},
  "hasil": {"H.1.a": 3.6, "H.1.b": "C", "H.2.a": 3.2}}"""


def run(text: str) -> Result:
    return evaluate(read(text), instruments())


def one(answers: str = "{}", hasil: str = "{}") -> list[str]:
    return run(f'{{"instrument": "lke-2021", "answers": {answers}, "hasil": {hasil}}}').problems


def test_one_case_prints_one_object_of_the_agreed_shape() -> None:
    output: dict[str, Any] = run(CASE).output
    assert list(output) == [
        *("id", "instrument", "areas", "sub_components", "pengungkit", "hasil", "hasil_total", "total"),
        *("WBK", "WBBM", "unanswered", "not_scored", "completeness", "warnings", "projection"),
    ]
    assert output["id"] == "contoh"
    assert output["areas"]["MP"] == {"pemenuhan": 0.5, "reform": 1.0, "total": 1.5, "ratio": 0.1875}
    assert output["hasil"] == {"H.1.a": 15.75, "H.1.b": 2.5, "H.2.a": 14.0, "H.1": 18.25, "H.2": 14.0}
    assert (output["pengungkit"], output["hasil_total"], output["total"]) == (1.5, 32.25, 33.75)
    assert output["WBK"]["pass"] is False
    assert output["WBK"]["failed"][:3] == ["total", "pengungkit", "area.MP"]
    assert output["completeness"] == 3 / 110
    assert list(output["projection"]) == [
        *("areas", "sub_components", "pengungkit", "hasil", "hasil_total", "total", "WBK", "WBBM")
    ]
    assert output["projection"]["sub_components"]["MP.R.1"] == 2.0
    assert json.loads(json.dumps(output, allow_nan=False)) == output


def test_a_list_prints_a_list_in_the_same_order() -> None:
    output = run(f'[{CASE}, {{"id": 7, "instrument": "lke-2021"}}]').output
    assert [case["id"] for case in output] == ["contoh", 7]
    assert run("[]").output == []


def test_numbers_are_not_rounded() -> None:
    output = run('{"instrument": "lke-2021", "answers": {"MP.R.1.a": {"agen": 3, "perubahan": 1}}}').output
    assert output["total"] == 1 / 3


def test_worksheet_numbers_name_the_same_items() -> None:
    by_number = CASE.replace("MP.P.1.a", "A.I.1.i.a").replace("H.1.b", "B.I.b")
    assert run(by_number).output == run(CASE).output


def test_blanks_are_unanswered() -> None:
    output = run('{"instrument": "lke-2021", "answers": {"MP.P.1.a": null, "MP.R.1.a": {"agen": 5}}}').output
    assert {"MP.P.1.a", "MP.R.1.a", "H.1.a"} <= set(output["unanswered"])


def test_what_is_odd_is_warned_about_and_still_scored() -> None:
    output = run(
        '{"instrument": "lke-2021", "answers": {"PW.R.2.a": {"wajib": 0, "selesai": 0},'
        ' "AK.R.1.a": {"sasaran": 4, "tercapai": 5}}}'
    ).output
    assert output["not_scored"] == ["PW.R.2.a"]
    assert [line.split(":")[0] for line in output["warnings"]] == ["AK.R.1.a", "PW.R.2.a"]
    assert output["sub_components"]["AK.R.1"] == 2.0


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        (
            '{"XX": "A"}',
            "XX: id tidak dikenal dalam answers; yang dikenal: 110 indikator lke-2021, misalnya MP.P.1.a",
        ),
        ('{"MP.P.1.a": "ya"}', 'MP.P.1.a: "ya" bukan pilihan; yang boleh: Ya, Tidak'),
        ('{"MP.P.1.a": true}', "MP.P.1.a: true bukan pilihan; yang boleh: Ya, Tidak"),
        ('{"MP.P.1.b": "D"}', 'MP.P.1.b: "D" bukan pilihan; yang boleh: A, B, C'),
        ('{"MP.P.1.b": {"a": 1}}', "MP.P.1.b: objek bukan pilihan; yang boleh: A, B, C"),
        (
            '{"MP.R.1.a": {"agen": -1, "perubahan": 1}}',
            "MP.R.1.a: masukan agen = -1; yang boleh: bilangan bulat dari 0 sampai 1000000000",
        ),
        (
            '{"MP.R.1.a": {"agen": "5", "perubahan": 1}}',
            'MP.R.1.a: masukan agen = "5"; yang boleh: bilangan bulat dari 0 sampai 1000000000',
        ),
        (
            '{"MP.R.1.a": {"agen": 2.5, "perubahan": 1}}',
            "MP.R.1.a: masukan agen = 2.5; yang boleh: bilangan bulat dari 0 sampai 1000000000",
        ),
        (
            '{"MP.R.1.a": {"agen": 2, "x": 1}}',
            "MP.R.1.a: masukan x tidak dikenal; yang boleh: agen, perubahan",
        ),
        (
            '{"MP.R.1.a": 1}',
            "MP.R.1.a: 1 bukan isian rasio; yang boleh: objek dengan bilangan bulat mulai 0 untuk agen, "
            "perubahan",
        ),
        (
            '{"H.1.a": 3}',
            "H.1.a: id tidak dikenal dalam answers; yang dikenal: 110 indikator lke-2021, misalnya MP.P.1.a",
        ),
        ('{"MP.P.1.a": "Ya", "A.I.1.i.a": "Ya"}', "A.I.1.i.a: sama dengan MP.P.1.a; yang boleh: salah satu"),
        (
            '{"MP.P.1.a": "Ya", "MP.P.1.a": "Tidak"}',
            "MP.P.1.a: kunci tertulis dua kali; yang boleh: satu kali",
        ),
        ("[]", "answers: harus berupa objek id dan jawaban"),
    ],
)
def test_a_wrong_answer_gives_one_line_with_id_and_what_is_allowed(answers: str, line: str) -> None:
    assert one(answers) == [line]


@pytest.mark.parametrize(
    "index", ["4.01", "-0.1", "NaN", "Infinity", "true", '"3.6"', "1e999999999", "90.5", "[]"]
)
def test_an_index_off_the_scale_is_refused(index: str) -> None:
    (line,) = one(hasil=f'{{"H.1.a": {index}}}')
    assert line.startswith("H.1.a: ")
    assert line.endswith("bukan indeks; yang boleh: bilangan 0 sampai 4")


def test_numbers_beyond_all_measure_are_refused_at_once() -> None:
    long = "9" * 100_000
    (line,) = one(f'{{"MP.R.1.a": {{"agen": {long}, "perubahan": 1}}}}')
    assert line.startswith("MP.R.1.a: masukan agen")
    assert len(line) < 150


def test_a_list_reports_every_problem_of_every_case() -> None:
    found = run(
        '[{"id": "u1", "instrument": "lke-2021", "answers": {"X": "A", "MP.P.1.a": "B"},'
        ' "hasil": {"H.1.b": "F"}},'
        ' {"instrument": "lke-2021"}, {"instrument": "lke-2019"}, 5,'
        ' {"instrument": "lke-2021", "jawaban": {}}]'
    )
    assert [line.split(": ")[0] for line in found.problems] == [
        *('kasus 1 ("u1")', 'kasus 1 ("u1")', 'kasus 1 ("u1")'),
        *("kasus 3", "kasus 4", "kasus 5"),
    ]
    assert found.cases == []
    assert "yang boleh: lke-2021" in found.problems[3]


def test_a_missing_instrument_is_named() -> None:
    assert run("{}").problems == ["instrument: null tidak dikenal; yang boleh: lke-2021"]


@pytest.mark.parametrize("text", ["", "{", "{'a': 1}", "[" * 100_000, '{"a": 1}}'])
def test_text_that_is_no_json_is_one_clear_line(text: str) -> None:
    with pytest.raises(DocumentError, match="bukan JSON yang sah") as caught:
        read(text)
    assert "\n" not in str(caught.value)


def test_control_characters_do_not_reach_the_terminal() -> None:
    (line,) = one('{"\\u001b[31m\\ud800\\n": "A"}')
    assert line.isprintable()


@pytest.mark.parametrize("case_id", ["[]", "{}", "NaN", '"\\ud800"'])
def test_an_id_that_cannot_be_passed_through_is_refused(case_id: str) -> None:
    (line,) = run(f'{{"id": {case_id}, "instrument": "lke-2021"}}').problems
    assert line.startswith("id: ")
    assert "yang boleh: teks" in line
