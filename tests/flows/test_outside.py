"""Di luar LKE, sesuai permintaan instansi: video, paparan, yel-yel; apart from the LKE and its score."""

from datetime import date

import pytest
from sqlmodel import col, select

from flows.models import Task
from tests.support.house import House
from tests.support.lke import rows_of
from tests.support.talk import Talk


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", None, "Budi Contoh")


def asked(house: House) -> list[Task]:
    return rows_of(house, select(Task).where(Task.source == "luar").order_by(col(Task.id)))


@pytest.mark.db
def test_what_the_agency_asks_for_has_an_owner_a_day_and_a_file_and_is_kept_apart(
    house: House, unit: int, budi: Talk
) -> None:
    dewi = house.member(unit, "anggota", "MP", "Dewi Contoh")
    before = budi.type("/kesiapan").text
    budi.type("/menu").tap("Di luar LKE")
    assert budi.text.startswith("Di luar LKE, sesuai permintaan instansi")
    assert "tidak mengubah nilainya" in budi.text
    budi.tap("+ Video profil")
    assert budi.toast == "Ditambahkan. Ketuk nomornya untuk PIC, batas waktu, dan lampiran."
    assert "+ Video profil" not in budi.labels
    assert "1  ○ Video profil unit\n    belum ada PIC" in budi.text
    budi.type("bahan paparan / dewi / 29 januari")
    assert "Ditambahkan. Ketuk Ubah untuk PIC dan batas waktunya." in budi.text
    assert "PIC: Dewi Contoh" in budi.text
    assert "Di luar LKE, sesuai permintaan instansi: tidak mengubah nilai LKE." in budi.text
    budi.tap("Di luar LKE")
    assert "1  ○ bahan paparan\n    Dewi Contoh · batas 29 Januari 2027 (11 hari lagi)" in budi.text
    budi.type("2")
    assert budi.text.startswith("Video profil unit")

    house.send_due()
    assert dewi.text.startswith("Anda menjadi PIC: bahan paparan")
    dewi.tap("Lihat tugas").tap("Lampirkan").type("https://drive.google.com/file/d/contoh")
    assert "Lampiran: https://drive.google.com/file/d/contoh" in dewi.text
    dewi.tap("Lampirkan").send_file("paparan.pptx", b"berkas contoh")
    assert "Lampiran: paparan.pptx" in dewi.text
    [video, talk] = asked(house)
    assert (talk.due_on, (talk.attached or {})["name"]) == (date(2027, 1, 29), "paparan.pptx")
    dewi.tap("Lihat lampiran")
    assert dewi.messages[-1]["document"]["file_name"] == "paparan.pptx"
    dewi.tap("‹ Kembali").tap("Selesai")
    budi.type("luar lke")
    assert "1 dari 2 selesai" in budi.text
    assert "2  ✓ bahan paparan\n    selesai · Dewi Contoh · ada lampiran" in budi.text

    # apart from the LKE: its score, the team's list, its review
    assert budi.type("/kesiapan").text == before
    budi.type("/tugas").tap("Semua tugas")
    assert "Video profil unit" not in budi.text
    budi.tap("Di luar LKE").tap("1").tap("Ubah").tap("PIC").tap("Dewi Contoh")
    assert "Video profil unit" in dewi.type("/tugas").text
    assert "di luar LKE" in dewi.text
    assert video.assessment_id is None


@pytest.mark.db
def test_readers_see_it_and_other_units_do_not(house: House, unit: int, budi: Talk) -> None:
    hadi = house.member(unit, "pimpinan", None, "Hadi Contoh")
    other = house.member(house.unit("Kantor Lain"), "koordinator", None, "Tono Contoh")
    budi.type("di luar lke").tap("+ Yel-yel").tap("1")
    shown, attach = budi.data_of("Riwayat"), budi.data_of("Lampirkan")
    budi.tap("Lampirkan").type("bagaimana cara membuat yel-yel?")
    assert asked(house)[0].attached is None
    hadi.type("di luar lke")
    assert "Yel-yel dan latihannya" in hadi.text
    assert not [label for label in hadi.labels if label.startswith("+") or label == "Tambah"]
    hadi.type("video / besok")
    assert len(asked(house)) == 1
    hadi.tap_data(attach)
    assert "diubah oleh PIC-nya" in hadi.text
    other.type("di luar lke")
    assert "Belum ada isinya." in other.text
    for data in (shown, attach):
        other.tap_data(data)
        assert "Yel-yel dan latihannya" not in other.text
