"""What a question asks to be worked out: survey indexes, ratios, choices, and the conditions of proposal."""

import pytest

from flows.faq.replies import reply_to
from knowledge.library import Library


def first_line(library: Library, question: str) -> str:
    return reply_to(library, question, library.ask(question)).text.split("\n")[0]


@pytest.mark.parametrize(
    ("question", "topic", "said"),
    [
        ("IPAK 3,1 jadi berapa poin?", "konversi-indeks", "IPAK 3,1 bernilai 13,56 poin"),
        (
            "indeks IPKP kita 3,45 dapat nilai berapa di LKE",
            "konversi-indeks",
            "IPKP 3,45 bernilai 15,09 poin",
        ),
        ("kalau indeks 3,75 nilainya brp", "konversi-indeks", "Indeks 3,75 bernilai 16,41 poin dari 17,5"),
        ("nilai IPAK kita 15,2 itu indeks berapa", "konversi-indeks", "Nilai 15,2 setara indeks IPAK 3,47"),
        ("SKM kami 85,4 kalau dijadiin skala 4 berapa", "konversi-indeks", "setara 3,416 pada skala 4"),
        (
            "capaian kinerja kami B lolos WBBM ga",
            "capaian-kinerja-hasil",
            "Pilihan B bernilai 3,75 dari 5 poin",
        ),
        (
            "agen perubahan kami 5, yang berubah baru 4, nilainya?",
            "agen-perubahan-target",
            "4 dari 5 berarti 80%",
        ),
        (
            "agen 5 orang perubahan 7, nilainya lebih dari 100?",
            "agen-perubahan-target",
            "nilainya penuh, 1 poin",
        ),
        ("dari 10 pengaduan selesai 7, skornya berapa", "reform-area-5", "nilainya 2,1 dari 3 poin"),
        ("pelanggaran tahun lalu 5 tahun ini 2, dapat nilai berapa", "reform-area-3", "berarti turun 60%"),
        (
            "tahun lalu nol pelanggaran, tahun ini ada 1, nilainya gimana",
            "reform-area-3",
            "LKE tidak mengaturnya",
        ),
        ("wajib LHKPN 12 orang, 1 belum lapor, nilainya berapa?", "lhkpn", "11 dari 12 berarti 91,7%"),
        (
            "dumas yang masuk 15 tapi 2 masih diproses inspektorat",
            "reform-area-5",
            "13 dari 15 berarti 86,7%",
        ),
        ("aduan masuk 20, selesai 15, 5 masih proses", "reform-area-5", "15 dari 20 berarti 75%"),
        ("dari 40 pegawai wajib LHKPN 12, lapor 11, nilainya?", "lhkpn", "11 dari 12 berarti 91,7%"),
        (
            "ada 7 agen, 9 perubahan tapi yang masuk SOP cuma 6, ngitungnya gimana",
            "agen-perubahan-target",
            "Perubahan per agen: 9 dari 7 melebihi target",
        ),
        ("sasaran kinerja 10, 8 tercapai, 2 tidak", "reform-area-4", "8 dari 10 berarti 80%"),
        ("sasaran 9, yang tercapai 100 persen 6, nilainya?", "reform-area-4", "nilainya 1,33 dari 2 poin"),
    ],
)
def test_sums_are_worked_out_by_the_instruments_own_formulas(
    library: Library, question: str, topic: str, said: str
) -> None:
    assert library.ask(question).topics == (topic,)
    assert said in first_line(library, question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("SAKIP kementerian predikat B, mau usul WBBM, cukup?", "belum cukup untuk WBBM (minimal BB)"),
        ("nilai sakip unit 65, bisa buat WBBM?", "SAKIP unit 65 (predikat B) cukup untuk WBK"),
        ("sakip pemda kami CC, unitnya boleh diusulkan WBK?", "belum cukup untuk WBK (minimal B)"),
        ("indeks RB kabupaten 58 boleh ajukan WBBM?", "Indeks RB pemda 58 (predikat CC) cukup untuk WBK"),
        ("level SPIP kami baru 2, apakah bisa ikut?", "Belum: SPIP instansi minimal level 3"),
        ("opini BPK kami WDP, masih bisa ngusulin unit ke WBK?", "Belum: opini WDP"),
    ],
)
def test_conditions_of_proposal_are_held_against_what_is_said(
    library: Library, question: str, said: str
) -> None:
    assert said in first_line(library, question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("58 persen di area 4 boleh ga buat WBK", "belum memenuhi syarat nilai"),
        ("pengungkit 41 hasil 36 lolos wbk?", "memenuhi batasnya"),
        ("total kami 84 cukup untuk WBBM?", "belum memenuhi syarat nilai"),
    ],
)
def test_one_figure_is_judged_where_it_is_asked_whether_it_is_enough(
    library: Library, question: str, said: str
) -> None:
    assert said in first_line(library, question)


@pytest.mark.parametrize(
    "question",
    [
        "nilai minimal IPAK untuk WBK berapa",
        "indeks massa tubuh 27 itu kategori apa",
        "ipk 3,1 bisa daftar cpns ga",
        "bobot agen perubahan 2 dari 4 itu apa",
        "kabupaten kami opininya WDP, ada jalan lain ga buat ngusulin",
        "one agent one change itu maksudnya?",
        "nilai skp 90 cukup buat naik pangkat?",
    ],
)
def test_what_is_no_sum_is_left_to_the_ordinary_answer(library: Library, question: str) -> None:
    assert library.ask(question).reckoned is None
    assert not library.ask(question).figures


def test_both_ratios_of_the_agents_are_told(library: Library) -> None:
    question = "agen 7, perubahan 9, terintegrasi 6, dapat berapa"
    lines = reply_to(library, question, library.ask(question)).text.split("\n")
    assert lines[1] == "Perubahan yang terintegrasi: 6 dari 9 berarti 66,7%: nilainya 0,67 dari 1 poin."


@pytest.mark.parametrize(
    "question", ["siapa yang menangani 2 dari 15 aduan yang belum selesai", "agen 3, tim 2, aduan 4 selesai"]
)
def test_counts_of_other_things_are_no_sum(library: Library, question: str) -> None:
    assert library.ask(question).reckoned is None
