"""What people type at an indicator is taken, asked back with the reason, or left to be a question."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.instrument import Node
from knowledge.scoring import Answer, Choice, Index, Item, Ratio, value_of
from knowledge.typed import NotAnAnswer, Outcome, Parsed, Problem, parse_answer
from tests.knowledge.lke import items, lke

A_B_C = "PW.P.1.a"  # Rutin; Ada, tidak rutin; Belum ada
YES_NO = "MP.P.1.a"
COMPLAINTS = "PW.R.2.a"
REPORTS = "PW.R.3.a"
VIOLATIONS = "SDM.R.3.a"
SURVEY = "H.1.a"
KEPT = "Isian lama tetap tersimpan."


def typed(item_id: str, text: str) -> Outcome:
    node: Node = lke().by_id[item_id]
    assert isinstance(node, Item)
    return parse_answer(node, text)


def answer(item_id: str, text: str) -> Answer:
    found = typed(item_id, text)
    assert isinstance(found, Parsed), found
    return found.answer


def sentence(item_id: str, text: str) -> str:
    found = typed(item_id, text)
    assert isinstance(found, Problem), found
    return found.sentence


@pytest.mark.parametrize(
    ("text", "key"),
    [
        *(
            (text, "A")
            for text in (
                "A",
                "a",
                " a. ",
                "(a)",
                "jawab a",
                "opsi a",
                "A saja",
                "jawabannya A",
                "saya pilih a",
            )
        ),
        *((text, "B") for text in ("b.", "jawab b", "B aja pak", "Ada, tidak rutin", "b ada tidak rutin")),
        *((text, "C") for text in ("pilih C", "c dong", "belum ada", "Belum ada.")),
        *((text, "A") for text in ("rutin", "A. Rutin")),
    ],
)
def test_a_letter_or_the_options_own_words_are_the_answer(text: str, key: str) -> None:
    assert answer(A_B_C, text) == Choice(key)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        *(
            (text, "Ya")
            for text in (
                "ya",
                "Ya",
                "iya",
                "Ya.",
                "sudah",
                "udah",
                "ada",
                "sudah ada",
                "iya sudah",
                "sudah dong",
            )
        ),
        *(
            (text, "Tidak")
            for text in ("tidak", "belum", "nggak", "gak ada", "blm", "belum ada", "tidak ada pak")
        ),
    ],
)
def test_yes_and_no_in_everyday_words(text: str, key: str) -> None:
    assert answer(YES_NO, text) == Choice(key)


@pytest.mark.parametrize(
    "text",
    [
        "apa bedanya a dan b?",
        "apa bedanya a dan b",
        "ya ampun ini gimana",
        "ya ampun",
        "a?",
        "kalau jawab a butuh bukti apa",
        "halo",
        "terima kasih",
        "ABC",
        "",
        "   ",
        "a" * 5000,
    ],
)
@pytest.mark.parametrize("item_id", [A_B_C, YES_NO, COMPLAINTS, SURVEY])
def test_a_question_or_a_remark_is_no_answer(item_id: str, text: str) -> None:
    assert typed(item_id, text) == NotAnAnswer()


@pytest.mark.parametrize(
    ("item_id", "text", "said"),
    [
        (A_B_C, "d", "Pilihan D tidak ada pada indikator ini. Yang ada A, B, atau C."),
        (A_B_C, "a/b", "Pilih satu saja: A atau B."),
        (A_B_C, "a atau b", "Pilih satu saja: A atau B."),
        (A_B_C, "ya", "Indikator ini dijawab A, B, atau C. Ketik salah satu hurufnya."),
        (A_B_C, "1", "Indikator ini dijawab A, B, atau C. Ketik salah satu hurufnya."),
        (A_B_C, "b rutin", "Huruf B dan keterangannya berbeda. Ketik hurufnya saja: A, B, atau C."),
        (YES_NO, "a", "Indikator ini dijawab Ya atau Tidak. Ketik salah satunya."),
        (YES_NO, "ya tidak", "Indikator ini dijawab Ya atau Tidak. Ketik salah satunya."),
        (YES_NO, "sudah belum", "Indikator ini dijawab Ya atau Tidak. Ketik salah satunya."),
    ],
)
def test_a_choice_in_doubt_is_asked_back(item_id: str, text: str, said: str) -> None:
    assert sentence(item_id, text) == said


@pytest.mark.parametrize(
    "text",
    [
        "18 dari 20",
        "18 dr 20",
        "18/20",
        "18 : 20",
        "dari 20 selesai 18",
        "18 selesai dari 20",
        "selesai 18 dari 20 pengaduan",
        "wajib 20 selesai 18",
        "20 wajib, 18 selesai",
        "Wajib: 20\nSelesai: 18",
        "20\n18",
        "delapan belas dari dua puluh",
        "kami sudah selesaikan 18 dari total 20",
    ],
)
def test_two_counts_in_many_forms(text: str) -> None:
    assert answer(COMPLAINTS, text) == Ratio({"wajib": 20, "selesai": 18})


@pytest.mark.parametrize(
    "text", ["wajib 20 proses 2 selesai 18", "20 wajib 2 proses 18 selesai", "20\n2\n18"]
)
def test_a_supporting_count_may_be_given(text: str) -> None:
    assert answer(COMPLAINTS, text) == Ratio({"wajib": 20, "proses": 2, "selesai": 18})


@pytest.mark.parametrize(
    "text",
    [
        "kepala 1 pejabat 3 lainnya 4 sudah 8",
        "kepala satu, pejabat tiga, lainnya empat, sudah melapor delapan",
        "1 kepala 3 pejabat 4 lainnya 8 sudah lapor",
        "1\n3\n4\n8",
    ],
)
def test_several_counts_by_name_or_line(text: str) -> None:
    assert answer(REPORTS, text) == Ratio({"kepala": 1, "pejabat": 3, "lainnya": 4, "sudah": 8})


@pytest.mark.parametrize(
    "text", ["dari 4 menjadi 2", "4 -> 2", "tahun lalu 4 tahun ini 2", "4\n2", "turun dari 4 ke 2"]
)
def test_a_change_from_year_to_year(text: str) -> None:
    assert answer(VIOLATIONS, text) == Ratio({"tahun_lalu": 4, "tahun_ini": 2})


def test_thousands_may_have_points() -> None:
    assert answer(COMPLAINTS, "1.200 dari 1.300") == Ratio({"selesai": 1200, "wajib": 1300})


@pytest.mark.parametrize(
    ("item_id", "text", "said"),
    [
        (
            COMPLAINTS,
            "18 dari 12",
            "18 dari 12 tidak mungkin: yang selesai melebihi yang harus ditangani. " + KEPT,
        ),
        (
            REPORTS,
            "kepala 1 pejabat 3 lainnya 4 sudah 9",
            "9 dari 8 tidak mungkin: yang sudah melapor melebihi yang wajib melapor. " + KEPT,
        ),
        (
            COMPLAINTS,
            "-3 dari 5",
            "Jumlah tidak dapat negatif. Contoh: 18 dari 20. " + KEPT,
        ),
        (
            COMPLAINTS,
            "2,5 dari 3",
            "Yang diisi adalah jumlah, jadi bilangan bulat. Contoh: 18 dari 20. " + KEPT,
        ),
        (
            COMPLAINTS,
            "90%",
            "Tulis jumlahnya, bukan persennya. Contoh: 18 dari 20. " + KEPT,
        ),
        (
            COMPLAINTS,
            "selesai 18",
            "Masih kurang: Jumlah pengaduan yang harus ditindaklanjuti. Contoh: 18 dari 20. " + KEPT,
        ),
        (COMPLAINTS, "5 6", "Apakah maksudnya 5 dari 6? Bila ya, ketik 5 dari 6."),
        (COMPLAINTS, "tidak ada", "Bila memang tidak ada, ketik angkanya. Contoh: 18 dari 20."),
    ],
)
def test_counts_that_cannot_be_or_are_unclear_say_why(item_id: str, text: str, said: str) -> None:
    assert sentence(item_id, text) == said


@pytest.mark.parametrize(
    "text", ["dari 20, 5 belum selesai", "20 wajib 5 belum selesai", "20 masuk sisa 2", "4 dari 2 dari 1"]
)
def test_a_number_that_may_mean_the_rest_is_never_guessed(text: str) -> None:
    assert sentence(COMPLAINTS, text).startswith("Yang diperlukan: ")


def test_what_was_probably_meant_is_offered() -> None:
    found = typed(COMPLAINTS, "5 6")
    assert isinstance(found, Problem)
    assert found.suggest == Ratio({"selesai": 5, "wajib": 6})


def test_more_changes_than_agents_are_welcome() -> None:
    assert answer("MP.R.1.a", "7 perubahan dari 5 agen") == Ratio({"agen": 5, "perubahan": 7})


def test_a_zero_denominator_is_taken_with_a_word_about_it() -> None:
    found = typed(COMPLAINTS, "0 dari 0")
    assert isinstance(found, Parsed)
    assert found.note == "Pembaginya 0, jadi indikator ini belum dapat dinilai. Pastikan kepada TPI."


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("3,62", "3.62"),
        ("3.62", "3.62"),
        ("IPAK 3,6", "3.6"),
        ("3,62 dari 4", "3.62"),
        ("4", "4"),
        ("nilai indeksnya 3", None),
    ],
)
def test_an_index_with_comma_or_point(text: str, index: str | None) -> None:
    if index is None:
        assert isinstance(typed(SURVEY, text), Problem)
    else:
        assert answer(SURVEY, text) == Index(Decimal(index))


@pytest.mark.parametrize("text", ["90,5 dari 100", "90.5", "90,5 skala 100", "90,5%"])
def test_an_index_of_another_scale_is_explained_and_offered_never_taken(text: str) -> None:
    found = typed(SURVEY, text)
    assert isinstance(found, Problem)
    assert found.suggest == Index(Decimal("3.62"))
    assert found.sentence == (
        "90,5 tampaknya berskala 100. Bila survei memakai konversi SKM, nilai itu dibagi 25 menjadi 3,62. "
        "Ketik 3,62 bila itu yang dimaksud."
    )


@pytest.mark.parametrize(
    ("text", "start"), [("4,2", "Indeks 4,2 di luar"), ("-1", "Indeks tidak"), ("150", "Indeks 150 di luar")]
)
def test_an_impossible_index_says_why(text: str, start: str) -> None:
    assert sentence(SURVEY, text).startswith(start)


@given(st.text(max_size=60), st.sampled_from(items()))
def test_any_text_at_any_item_is_handled_and_what_is_taken_can_be_scored(text: str, item: Item) -> None:
    found = parse_answer(item, text)
    if isinstance(found, Parsed):
        value_of(item, found.answer)


@given(
    st.from_regex(r"[0-9]{1,4}( dari |/|\n| )[0-9]{1,4}", fullmatch=True), st.sampled_from(lke().area_order)
)
def test_numbers_at_any_indicator_are_taken_only_when_possible(text: str, item: Item) -> None:
    found = parse_answer(item, text)
    assert found != NotAnAnswer() or item.options
    if isinstance(found, Parsed):
        assert isinstance(found.answer, Ratio)
