"""Progress: how much is done, never what it is worth."""

import re

from sqlalchemy import event
from sqlmodel import select

from flows import routes
from flows.models import Answer, Assessment, Unit
from flows.progress.service import Count, progress_of
from tests.support.house import House

SCORE_WORDS = re.compile(r"\b(nilai|skor|poin|lolos|memenuhi|predikat)\b", re.IGNORECASE)


def test_progress_counts_the_unit_its_areas_and_components(house: House) -> None:
    sari = house.member(house.unit(), "koordinator", None, "Sari Contoh")
    sari.type("/lke").tap("Area 5").tap("A.I.5.i").tap("A.I.5.i.a").tap("A").tap("Lanjut ›").tap("B")
    sari.type("/lke").tap("Hasil").tap("B.I.a").type("3,62")
    sari.type("/progres")
    assert sari.text.startswith("2 dari 110 indikator terjawab (1,8%)\n\nKantor Layanan Contoh, LKE 2027")
    assert "○ Area 5 Penguatan Pengawasan: 2 dari 22 (9,1%)" in sari.text
    assert "○ Hasil (survei dan kinerja): 1 dari 3 (33,3%)" in sari.text
    assert not SCORE_WORDS.search(sari.text)
    sari.tap("Area 5")
    assert "✓ A.I.5.i  Pengendalian Gratifikasi: 2 dari 2" in sari.text
    assert "○ A.II.5.iii  Penyampaian Laporan Harta Kekayaan: 0 dari 2" in sari.text
    assert not SCORE_WORDS.search(sari.text)
    sari.tap("Isi yang belum")
    assert "A.I.5.ii.a" in sari.text
    sari.type("/progres").tap("Hasil")
    assert "✓ B.I.a  Indeks persepsi anti korupsi (IPAK): terisi" in sari.text
    assert not SCORE_WORDS.search(sari.text)


def test_progress_can_be_pasted_into_another_chat(house: House) -> None:
    sari = house.member(house.unit(), "koordinator", None, "Sari Contoh")
    sari.type("/progres").tap("Salin teks")
    assert sari.text.startswith(
        "Siap tempel; ketuk teksnya untuk menyalin:\n0 dari 110 indikator terjawab (0%)"
    )
    assert sari.text.endswith("Hasil (survei dan kinerja): 0 dari 3 (0%)")
    sari.tap("‹ Kembali").tap("Area 5").tap("Salin teks")
    assert "Area 5 Penguatan Pengawasan: 0 dari 22 terjawab (0%)" in sari.text
    sari.tap("‹ Kembali")
    assert sari.text.startswith("Area 5 Penguatan Pengawasan")
    sari.type("/progres").tap("Hasil").tap("Salin teks")
    assert "○ B.I.a  Indeks persepsi anti korupsi (IPAK): belum" in sari.text


def test_lanjutkan_from_progress_returns_to_the_last_indicator(house: House) -> None:
    budi = house.member(house.unit(), "anggota", "PW")
    budi.type("/lke").tap("Area 5").tap("A.I.5.ii").tap("A.I.5.ii.b")
    budi.type("/progres").tap("Lanjutkan")
    assert "A.I.5.ii.b" in budi.text


def test_a_narrative_alone_or_half_a_count_is_not_an_answer(house: House) -> None:
    unit_id = house.unit()
    with house.writing() as session:
        number = session.exec(select(Assessment.id)).one()
        session.add(Answer(assessment_id=number or 0, item_id="PW.P.1.a", note="Kampanye."))
        session.add(Answer(assessment_id=number or 0, item_id="PW.R.2.a", inputs={"wajib": 3}))
        session.add(Answer(assessment_id=number or 0, item_id="PW.R.3.b", inputs={"bukan": 3}))
        session.add(Answer(assessment_id=number or 0, item_id="PW.P.1.b", choice="Z"))
        session.add(Answer(assessment_id=number or 0, item_id="tidak.ada", choice="A"))
    sari = house.member(unit_id, "koordinator")
    assert sari.type("/progres").text.startswith("0 dari 110 indikator terjawab (0%)")


def test_counting_takes_one_query(house: House) -> None:
    house.unit()
    asked: list[str] = []
    with house.db.reading() as session:
        assessment = session.exec(select(Assessment)).one()
        instrument = house.library.instrument(assessment.instrument_id)
        event.listen(house.db.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
        counted = progress_of(session, assessment, instrument)
    assert counted.indicators == Count(0, 110)
    assert counted.results == Count(0, 3)
    assert sum(a.count.total for a in counted.areas) == 110
    assert len(asked) == 1


def test_people_see_the_progress_of_their_own_unit_only(house: House) -> None:
    mine, other = house.unit("Unit Satu"), house.unit("Unit Dua")
    sari = house.member(other, "koordinator", None, "Sari Contoh")
    sari.type("/lke").tap("Area 1").tap("A.I.1.i").tap("A.I.1.i.a").tap("Ya")
    budi = house.member(mine, "anggota", "MP")
    budi.type("/progres")
    assert "Unit Satu, LKE 2027" in budi.text
    assert budi.text.startswith("0 dari 110")
    with house.writing() as session:
        session.get_one(Unit, mine).archived_at = house.clock.now()
    budi.tap_data(routes.PROGRESS_AREA("MP").pack())
    assert "perlu unit kerja" in budi.toast
