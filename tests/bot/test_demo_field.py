"""What teams do around the LKE, through the page: complaints, pakta, service, beside the LKE, drills, walk.

With PAGE_SHOTS=<folder> every screen leaves a picture at 360 pixels.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.bot.test_demo_oversight import Desk
from tests.bot.test_demo_story import SIZES
from tests.support.demo import Demo
from tests.support.pictures import pdf

pytestmark = [pytest.mark.page, pytest.mark.slow]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """A running demo."""
    made = Demo(tmp_path).start()
    yield made
    made.kill()


def test_a_team_works_around_its_worksheet(demo: Demo, browser: Browser) -> None:
    page = browser.new_page(viewport=SIZES["1280"], locale="id-ID")  # type: ignore[arg-type]
    desk = Desk(demo, page)
    _counts_complaints(desk)
    _signs_the_pakta(desk)
    _checks_its_service(desk)
    _keeps_what_lies_beside_the_lke(desk)
    _walks_the_counter(desk)
    _drills(desk)
    assert desk.problems == []


def _counts_complaints(desk: Desk) -> None:
    desk.be("Budi")
    desk.goes_home()
    desk.types("rekap lapor mei: 12 selesai 3 proses 1 belum")
    desk.last_sees("12 selesai (75%)")
    desk.picture("rekap-lapor")
    desk.taps("Simpan")
    desk.last_sees("Mei 2026")
    desk.types("/tahun")
    desk.last_sees("Tahun LKE")
    desk.picture("tahun")


def _signs_the_pakta(desk: Desk) -> None:
    desk.be("Dewi")
    desk.goes_home()
    desk.types("pakta integritas")
    desk.last_sees("tanda tangannya masih ditunggu")
    desk.picture("pakta-anggota")
    desk.sends("pakta-dewi.pdf", "application/pdf", pdf(1))
    desk.types_until("/pakta", "Anda: sudah menandatangani")
    desk.be("Budi")
    desk.types("siapa belum tanda tangan pakta")
    desk.last_sees("2 orang belum menandatangani")
    desk.picture("pakta-daftar")
    desk.taps("‹ Pakta")
    desk.taps("Pencanangan")
    desk.last_sees("encanangan")
    desk.picture("pencanangan")
    desk.types("/panduan")
    desk.taps("4")
    desk.last_sees("trategi")
    desk.picture("panduan-strategi")


def _checks_its_service(desk: Desk) -> None:
    desk.types("kesiapan ombudsman")
    desk.last_sees("Bukan kuesioner atau penilaian Ombudsman RI")
    desk.picture("layanan")
    desk.taps("Lanjutkan")
    desk.last_sees("Apakah warga dapat mengurus")
    desk.types("sudah")
    desk.last_sees("Tersimpan: sudah.")
    desk.picture("layanan-pertanyaan")
    desk.types("kesiapan ombudsman")
    desk.last_sees("Terjawab 22 dari 24")
    desk.taps("Benahi dulu (5)")
    desk.last_sees("Benahi dulu: 5 hal")
    desk.picture("layanan-benahi")


def _keeps_what_lies_beside_the_lke(desk: Desk) -> None:
    desk.types("di luar lke")
    desk.last_sees("terpisah dari LKE")
    desk.types("video sambutan / dewi / 12 mei")
    desk.last_sees("tidak mengubah nilai LKE")
    desk.picture("di-luar-lke")
    desk.taps("Di luar LKE")
    desk.last_sees("1 dari 5 selesai")


def _walks_the_counter(desk: Desk) -> None:
    desk.types("keliling loket")
    desk.taps("Lanjutkan keliling")
    desk.taps("Titik berikutnya")
    desk.last_sees("7 dari 22.")
    desk.picture("keliling-titik")
    desk.taps("Belum ada")
    desk.last_sees("Siapa yang mengerjakan?")
    desk.picture("keliling-temuan")
    desk.taps("Saya kerjakan")
    desk.last_sees("8 dari 22.")
    desk.types("/keliling")
    desk.last_sees("7 dari 22 titik dilihat, 3 temuan")
    desk.picture("keliling")


def _drills(desk: Desk) -> None:
    desk.be("Lina")
    desk.goes_home()
    desk.taps("Menjelang evaluasi")
    desk.picture("menjelang")
    desk.types("latihan wawancara")
    desk.taps("Ikut, tanpa pengingat")
    desk.last_sees("Mulai")
    desk.picture("latihan")
    desk.taps("Mulai latihan")
    desk.last_sees("1 dari 6")
    desk.picture("latihan-soal")
    desk.types("A")
    desk.last_sees("Dasar:")
    desk.picture("latihan-penjelasan")
