"""The counter walk: together, with photos, and what is missing becomes somebody's task."""

import pytest
from sqlmodel import select

from bot.outbound import visible
from flows import routes
from flows.models import Evidence, EvidenceUse, Person, Task, Walk, WalkMark, WalkPhoto
from flows.personal.export import collect
from tests.support.dues import person_id, pic
from tests.support.gallery import tap
from tests.support.house import House
from tests.support.lke import rows_of
from tests.support.pictures import jpeg
from tests.support.talk import Talk


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def sari(house: House, unit: int) -> Talk:
    return house.member(unit, "ketua", "PW", "Sari Contoh")


@pytest.fixture
def dewi(house: House, unit: int) -> Talk:
    return house.member(unit, "anggota", "MP", "Dewi Contoh")


def text_of(talk: Talk) -> str:
    return visible(talk.text)


@pytest.mark.db
def test_two_walk_together_and_what_is_missing_becomes_a_task_of_its_pic(
    house: House, unit: int, sari: Talk, dewi: Talk
) -> None:
    pic(house, unit, "PW.P.1.a", sari)
    dewi.type("keliling loket").tap("Mulai keliling").tap("Titik berikutnya")
    assert "1 dari 22. Spanduk atau media Zona Integritas" in text_of(dewi)
    dewi.tap("Ada, baik")
    assert "2 dari 22. Kampanye antigratifikasi" in text_of(dewi)
    sari.type("/keliling").tap("Lanjutkan keliling")
    assert "1 dari 22 titik dilihat." in text_of(sari)
    dewi.tap("Rusak/usang").type("tahunnya masih 2025")
    assert "Perbaiki kampanye antigratifikasi: tahunnya masih 2025" in text_of(dewi)
    dewi.tap("Tugaskan Sari Contoh")
    assert dewi.toast == "Tugas dicatat untuk Sari Contoh."
    (task,) = rows_of(house, select(Task))
    assert (task.item_id, task.source, task.person_id) == ("PW.P.1.a", "walk", person_id(house, sari))
    assert task.due_on is not None
    house.settle()
    assert "Anda menjadi PIC" in text_of(sari)
    sari.tap("Lihat tugas")
    sari.type("/keliling").tap("Lanjutkan keliling").tap("Temuan (1)").tap("1").tap("Ada, baik")
    assert sari.toast == "Tercatat. Tugasnya masih terbuka; tutup lewat Lihat tugas."
    (walk,) = rows_of(house, select(Walk))
    stale = routes.WALK_MARK(walk.id or 0, "spanduk", "rusak", 0)
    assert "baru saja dicatat orang lain" in tap(house, sari.user_id, stale).notice
    dewi.type("/keliling").tap("Lanjutkan keliling").tap("Tutup keliling")
    assert "20 titik belum dilihat" in text_of(dewi)
    dewi.tap("Ya, tutup")
    assert "Ditutup 18 Januari 2027" in text_of(dewi)
    over = tap(house, sari.user_id, routes.WALK_MARK(walk.id or 0, "maklumat", "ada", 0))
    assert "sudah ditutup" in over.notice
    dewi.tap("Semua keliling").tap("Mulai keliling")
    assert "0 dari 22 titik dilihat." in text_of(dewi)


@pytest.mark.db
def test_a_photo_is_kept_with_its_point_and_sent_on_as_evidence_by_the_areas_own(
    house: House, unit: int, sari: Talk, dewi: Talk
) -> None:
    sari.type("/keliling").tap("Mulai keliling").tap("Titik berikutnya")
    sari.send_file("notula.pdf", b"%PDF-1.4", "application/pdf")
    assert "yang diterima foto" in text_of(sari)
    sari.send_photo(jpeg())
    assert "Foto tersimpan di titik ini (1)." in text_of(sari)
    sari.send_album([("a.jpg", jpeg(shade=1)), ("b.jpg", jpeg(shade=2))])
    assert len(rows_of(house, select(WalkPhoto))) == 3
    sari.type("/keliling").tap("Lanjutkan keliling").tap("Halaman dan pintu masuk").tap("1").tap("Lihat foto")
    assert "minta pokja areanya" in text_of(sari)
    (first, *_) = rows_of(house, select(WalkPhoto).order_by(WalkPhoto.id))  # type: ignore[arg-type]
    assert "pokja area lain" in tap(house, sari.user_id, routes.WALK_ATTACH(first.id or 0)).notice
    dewi.type("/keliling").tap("Lanjutkan keliling").tap("Halaman dan pintu masuk").tap("1").tap("Lihat foto")
    dewi.tap("Jadikan bukti")
    house.settle()
    assert "18 Januari 2027, untuk A.I.1.ii.c" in text_of(dewi)
    dewi.tap("Benar, simpan")
    (piece,) = rows_of(house, select(Evidence))
    assert rows_of(house, select(EvidenceUse.item_id)) == ["MP.P.2.c"]
    assert str(piece.dated_on) == "2027-01-18"
    assert "sudah dikirim" in tap(house, dewi.user_id, routes.WALK_ATTACH(first.id or 0)).notice
    dewi.type("/keliling").tap("Lanjutkan keliling").tap("Halaman dan pintu masuk").tap("1").tap("Lihat foto")
    assert "Sudah menjadi bukti dukung" in text_of(dewi)
    assert "Hapus foto" not in dewi.labels
    forged = tap(house, dewi.user_id, routes.WALK_PICTURE_REMOVE(first.id or 0))
    assert "dihapus oleh yang memotret" in forged.notice


def test_a_head_of_unit_walks_too_and_the_team_gives_the_work(house: House, unit: int, sari: Talk) -> None:
    hadi = house.member(unit, "pimpinan", None, "Hadi Contoh")
    hadi.type("/keliling").tap("Mulai keliling").tap("Titik berikutnya").tap("Belum ada")
    assert "Temuan tersimpan" in text_of(hadi)
    assert "Saya kerjakan" not in hadi.labels
    hadi.type("/keliling").tap("Lanjutkan keliling").tap("Tutup keliling").tap("Ya, tutup")
    sari.type("/keliling").tap("Keliling 18 Januari 2027").tap("Temuan (1)").tap("1").tap("Tugaskan")
    sari.tap("Orang lain").tap("Sari Contoh")
    assert sari.toast == "Tugas dicatat untuk Sari Contoh."
    (mark,) = rows_of(house, select(WalkMark))
    assert mark.task_id is not None


def test_others_units_and_assessors_do_not_walk_here(house: House, unit: int, sari: Talk) -> None:
    sari.type("/keliling").tap("Mulai keliling").tap("Titik berikutnya").send_photo(jpeg())
    rina = house.member(unit, "penilai", None, "Rina Contoh")
    assert "untuk tim unit ini sendiri" in text_of(rina.type("/keliling"))
    other = house.member(house.unit("Kantor Lain"), "koordinator", None, "Andi Contoh")
    (walk,) = rows_of(house, select(Walk))
    (photo,) = rows_of(house, select(WalkPhoto))
    for action in (routes.WALK(walk.id or 0), routes.WALK_PICTURE(photo.id or 0)):
        assert "tidak ada dalam daftar Anda" in tap(house, other.user_id, action).notice


@pytest.mark.db
def test_photos_go_with_the_data_of_who_took_them(house: House, unit: int, sari: Talk, dewi: Talk) -> None:
    dewi.type("/keliling").tap("Mulai keliling").tap("Titik berikutnya").send_photo(jpeg()).tap("Ada, baik")
    me = person_id(house, dewi)
    held = house.read(lambda s: collect(s, s.get_one(Person, me), dewi.user_id, "WIB"))
    assert [each["titik"] for each in held["keliling_dicatat"]] == ["spanduk"]
    assert [each["titik"] for each in held["keliling_difoto"]] == ["spanduk"]
    dewi.type("/privasi").tap("Hapus data saya").tap("Ya, hapus")
    (photo,) = rows_of(house, select(WalkPhoto))
    assert (photo.taken_by, photo.file) == (None, {})
    sari.type("/keliling").tap("Lanjutkan keliling").tap("Halaman dan pintu masuk")
    assert "✓ 1  Spanduk atau media Zona Integritas: ada dan baik" in text_of(sari)
