"""A narrow question gets the line of its topic that answers it first; a long story is read where it asks."""

import pytest

from flows.faq.replies import reply_to
from knowledge.asked_part import cued, focus
from knowledge.library import Library


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("berapa lama jawab permohonan informasi publik", "Paling lama 10 hari kerja"),
        ("ikm 87 itu kategori apa", "B, baik: 76,61–88,30."),
        ("kesenjangan kompetensi kami 40% masuk nilai berapa", "di atas 25% sampai 50% bernilai 0,67"),
        ("pns ga masuk 28 hari dipecat?", "28 hari kerja atau lebih"),
        ("pengaduan berkadar pengawasan berapa hari", "Berkadar pengawasan: 60 hari kerja."),
        ("SIHARKA masih dipakai ga", "cara lama yang sudah digantikan"),
        ("penghargaan wbk dapat uang ga", "Bentuk penghargaan selain predikat"),
        ("berapa banyak unit dapat wbk 2021", "486 mendapat WBK"),
    ],
)
def test_the_line_that_is_asked_for_comes_first(library: Library, question: str, line: str) -> None:
    assert line in reply_to(library, question, library.ask(question)).text.split("\n")[0]


@pytest.mark.parametrize(
    "question",
    [
        "apa itu gratifikasi",
        "syarat wbk",
        "enam area zi apa saja",
        "jenis informasi publik",
        "batasan bot",
        "cara konversi indeks survei ke nilai lke",
        "minimal SAKIP di level unit, bukan instansi, buat WBK apa ya",
    ],
)
def test_a_broad_question_gets_the_topics_own_first_line(library: Library, question: str) -> None:
    outcome = library.ask(question)
    assert library.lead(outcome.topics[0], question) == ""


def test_a_line_that_leans_on_another_is_never_said_alone(library: Library) -> None:
    for entry in library.faq.values():
        for line in library._leads.value()._of(entry):
            assert not line.said.startswith(("Itu ", "Ini ", "Keduanya "))


@pytest.mark.parametrize(
    ("story", "asked"),
    [
        (
            "jadi begini bu, saya staf baru, kemarin rapat soal eviden dan survei, saya bingung. "
            "pertanyaan saya cuma satu, LKE itu apa sih?",
            "lke itu apa sih?",
        ),
        (
            "standar sudah ada tapi maklumat belum dipasang, yang jadi pertanyaan maklumat isinya apa",
            "maklumat isinya apa",
        ),
        (
            "bos nanya terus, yang mau saya tanyakan skm itu idealnya berapa kali",
            "skm itu idealnya berapa kali",
        ),
        ("tim kami kecil dan sibuk", ""),
        ("saya mau tanya", ""),
    ],
)
def test_what_stands_behind_a_cue_is_what_is_asked(story: str, asked: str) -> None:
    assert cued(story) == asked


def test_a_short_text_is_its_own_focus_and_a_story_is_read_where_it_asks() -> None:
    assert focus("syarat wbk apa") == "syarat wbk apa"
    told = "kami sudah dua kali gagal, pegawai capek semua dan pesimis sekali, lalu ada yang bilang begini. "
    assert focus(told + "berapa lama harus menunggu lagi?").strip() == "berapa lama harus menunggu lagi?"


def test_a_story_with_a_cue_is_answered_by_what_stands_behind_it(library: Library) -> None:
    story = (
        "jadi begini bu, saya staf baru di kelurahan, kemarin disuruh lurah ikut rapat zona integritas, "
        "terus dibahas macam-macam soal eviden, survei, agen perubahan, saya bingung semua. "
        "pertanyaan saya cuma satu, LKE itu apa sih dan siapa yang ngisi?"
    )
    assert library.ask(story).topics == ("lke",)
