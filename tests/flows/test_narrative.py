"""Penjelasan from three typed lines: shown before it is saved, and sent on when nothing is missing."""

import pytest
from sqlmodel import select

from flows.models import ItemWork
from tests.support.house import House
from tests.support.lke import CAMPAIGN, history_of, note_of, open_item, rows_of
from tests.support.proof import prove
from tests.support.talk import Talk

LINES = "kampanye di loket sama instagram / tiap triwulan / petugas sdh paham cara menolak pemberian"
TIDY = (
    "Kegiatan: kampanye di loket sama instagram. Frekuensi: tiap triwulan. "
    "Hasil: petugas sudah paham cara menolak pemberian."
)


@pytest.fixture
def unit(house: House) -> int:
    """A unit."""
    return house.unit()


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    """Member of area 5."""
    return house.member(unit, "anggota", "PW", "Budi Contoh")


def test_three_lines_are_arranged_and_shown_before_they_are_saved(house: House, budi: Talk) -> None:
    open_item(budi, CAMPAIGN).tap("Isi penjelasan").type(LINES)
    assert budi.text.startswith("Penjelasan yang akan tersimpan:")
    assert TIDY in budi.text
    assert "direviu" not in budi.text
    assert note_of(house, CAMPAIGN) == ""
    old = budi.data_of("Pakai ini")
    budi.tap("Pakai ini")
    assert budi.toast == "Penjelasan tersimpan."
    assert note_of(house, CAMPAIGN) == TIDY
    budi.tap_data(old)
    assert "sudah dipakai atau diganti" in budi.toast
    assert [change.kind for change in history_of(house, CAMPAIGN)] == ["note"]


def test_it_can_be_kept_as_typed_changed_or_written_freely(house: House, budi: Talk) -> None:
    open_item(budi, CAMPAIGN).tap("Isi penjelasan").type(LINES).tap("Ubah")
    assert budi.text.startswith("Tulis penjelasan A.I.5.i.a.")
    budi.type("satu\ndua\ntiga").type("empat\nlima\nenam")
    assert "Kegiatan: empat. Frekuensi: lima. Hasil: enam." in budi.text
    budi.tap("Simpan apa adanya")
    assert note_of(house, CAMPAIGN) == "empat\nlima\nenam"
    open_item(budi, CAMPAIGN).tap("Ubah penjelasan").type("Kampanye dilakukan tiap triwulan di loket.")
    assert note_of(house, CAMPAIGN) == "Kampanye dilakukan tiap triwulan di loket."


def test_an_example_is_shown_and_typing_goes_on_from_there(house: House, budi: Talk) -> None:
    open_item(budi, CAMPAIGN).tap("Isi penjelasan").tap("Contoh")
    assert "bukan untuk disalin" in budi.text
    assert "petugas sudah paham" in budi.text
    budi.type("Kampanye tiap triwulan di ruang layanan.")
    assert note_of(house, CAMPAIGN) == "Kampanye tiap triwulan di ruang layanan."


def test_somebody_elses_narrative_is_not_overwritten(house: House, unit: int, budi: Talk) -> None:
    sari = house.member(unit, "koordinator", None, "Sari Contoh")
    open_item(budi, CAMPAIGN).tap("Isi penjelasan").type(LINES)
    open_item(sari, CAMPAIGN).tap("Isi penjelasan").type("Tulisan Sari.")
    budi.tap("Pakai ini")
    assert budi.text.startswith("Penjelasan A.I.5.i.a sudah diubah oleh Sari Contoh.")
    budi.tap("Pakai tulisan saya")
    assert note_of(house, CAMPAIGN) == TIDY


def test_with_answer_and_evidence_there_it_goes_on_to_the_ketua_pokja(
    house: House, unit: int, budi: Talk
) -> None:
    sari = house.member(unit, "ketua", "PW", "Sari Contoh")
    open_item(budi, CAMPAIGN).tap("B")
    prove(house, unit)
    open_item(budi, CAMPAIGN).tap("Isi penjelasan").type(LINES)
    assert "sekaligus dikirim untuk direviu" in budi.text
    budi.tap("Pakai ini")
    assert "✓ Dikirim ke ketua pokja untuk direviu." in budi.text
    house.send_due()
    assert sari.text.startswith("Menunggu reviu Anda: A.I.5.i.a")
    assert [work.state for work in rows_of(house, select(ItemWork))] == ["waiting"]


def test_a_reviewer_who_writes_does_not_send_to_themselves(house: House, unit: int) -> None:
    sari = house.member(unit, "ketua", "PW", "Sari Contoh")
    open_item(sari, CAMPAIGN).tap("B")
    prove(house, unit)
    open_item(sari, CAMPAIGN).tap("Isi penjelasan").type(LINES)
    assert "direviu" not in sari.text
    sari.tap("Pakai ini")
    assert rows_of(house, select(ItemWork)) == []
