"""The short guide: a page where it is needed, the facts from the answers, doubts beside them."""

from knowledge.guide import check, guide
from knowledge.library import Library
from tests.support.house import House


def test_every_page_is_an_answer_and_every_area_of_the_worksheet_has_its_place(library: Library) -> None:
    check(guide(), library.faq, [area.id for area in library.instrument().areas])
    assert len(guide().areas) == 8
    assert sum(not area.zi for area in guide().areas) == 2
    for page in guide().pages:
        assert library.faq[page.topic].rule


def test_a_stranger_pages_through_it_and_types_as_well(house: House, library: Library) -> None:
    tamu = house.stranger().start().type("/panduan")
    assert tamu.text.startswith("Panduan singkat: 10 halaman.")
    tamu.type("nomor 99")
    assert tamu.text.startswith("Halamannya 1 sampai 10.")
    tamu.type("4")
    assert tamu.text.startswith("Lima strategi membangun ZI · 4 dari 10")
    assert f"! {library.faq['lima-strategi-zi'].caution}" in tamu.text
    assert "Tahapan" not in tamu.labels  # only for people of a unit
    tamu.tap("Tugas tim ›").tap("‹ Lima strategi").tap("Selengkapnya")
    assert "hospitality" in tamu.text
    tamu.type("/panduan").type("kma 633/2020")
    assert tamu.text.split("\n\n")[1].startswith("Ini sejarah")
    assert "belum dapat saya pastikan" in tamu.text
    tamu.type("/panduan").type("berapa nilai minimal WBK?")
    assert "75" in tamu.text


def test_its_pages_stand_where_they_are_needed(house: House) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator", None, "Budi Contoh")
    budi.type("/lke").tap("Delapan area RB")
    assert "• Kelembagaan: tidak ada di LKE unit" in budi.text
    assert "• Pengawasan: Area 5 Penguatan Pengawasan" in budi.text
    budi.type("/tim").tap("Tugas tim").tap("Tim")
    assert "Budi Contoh" in budi.text
    budi.type("/panduan").tap("9").tap("LKE lama").tap("Riwayat aturan")
    assert budi.text.startswith("Riwayat peraturan ZI")
    dewi = house.member(unit, "anggota", "MP", "Dewi Contoh")
    assert "Tugas tim" in dewi.type("/tim").labels
    assert "Panduan singkat" in dewi.type("/tanya").labels
