"""The agency's year through the page: a table of units, shared evidence, the assessors, a branch, the picks.

With PAGE_SHOTS=<folder> every new screen leaves a picture at 360 pixels.
"""

import io
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from bot.demo import sample
from tests.bot.test_demo_story import IDS, SIZES, Reader
from tests.support import pictures
from tests.support.demo import ROOT, Demo

pytestmark = [pytest.mark.page, pytest.mark.slow]

TABLE = ROOT / "docs" / "contoh" / "unit-contoh.xlsx"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHARED, SHARED_FOR = "SK Tim SPIP instansi", "A.I.5.ii.a"
BY_CARD = "A.I.1.i.b"
BY_DESK, BY_DESK_NUMBER = "MP.P.2.a", "A.I.1.ii.a"
REASON = "Berkas belum menunjukkan unsur semua bagian."
ASKED = "Mohon lampirkan notula pemilihan anggota tim."
REPLY = "Notula pemilihan sudah kami lampirkan."
PATIENCE_SECONDS = 60


class Desk(Reader):
    """Somebody at a wide screen; the pictures are taken as a phone shows it."""

    def __init__(self, demo: Demo, page: Page) -> None:
        super().__init__(page, "1280", os.environ.get("PAGE_SHOTS"))
        self.demo = demo
        self.who = ""
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.goto(demo.address)
        page.wait_for_selector("body[data-ready]")

    def be(self, name: str) -> None:
        super().be(name)
        self.who = name

    def last_sees(self, text: str, seconds: int = PATIENCE_SECONDS) -> None:
        """As the reader's, with the patience that a busy machine needs."""
        super().last_sees(text, seconds)

    def taps(self, label: str) -> None:
        """Tap a button of the newest message: above it, screens with the same buttons may stand."""
        exactly = re.compile(rf"^\s*(✓ )?{re.escape(label)}\s*$")
        button = self.page.get_by_test_id("msg").last.get_by_test_id("kb").filter(has_text=exactly)
        button.click(timeout=PATIENCE_SECONDS * 1000)

    def goes_home(self) -> None:
        """Ask for the menu and wait for it: one with the same buttons may stand above already."""
        self.demo.say(IDS[self.who], "/menu")
        newest = str(self.demo.messages(IDS[self.who])[-1]["message_id"])
        last = self.page.get_by_test_id("msg").last
        expect(last).to_have_attribute("data-message-id", newest, timeout=PATIENCE_SECONDS * 1000)

    def sends(self, name: str, mime: str, data: bytes, caption: str = "") -> None:
        """Choose a file in the page and send it."""
        self.page.get_by_test_id("file-input").set_input_files(
            {"name": name, "mimeType": mime, "buffer": data}
        )
        if caption:
            self.page.get_by_test_id("composer").fill(caption)
        self.page.get_by_test_id("send").click()

    def text(self) -> str:
        """The newest message of the chat."""
        newest = self.demo.messages(IDS[self.who])[-1]
        return str(newest.get("text") or newest.get("caption") or "")

    def picks(self, name: str) -> None:
        """Tap the number that the newest message gives to this name."""
        hit = re.search(rf"^(\d+)  [^\n]*{re.escape(name)}", self.text(), re.MULTILINE)
        assert hit is not None, self.text()
        self.taps(hit[1])

    def types_until(self, command: str, text: str) -> None:
        """Type a command again until what runs in the background has come through."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            self.demo.say(IDS[self.who], command)
            if text in self.text():
                return self.last_sees(text)
            assert time.monotonic() < until, self.text()
            time.sleep(1)

    def picture(self, name: str) -> None:
        if self._shots:
            self.page.set_viewport_size(SIZES["360"])  # type: ignore[arg-type]
            self._size = "360"
            super().picture(name)
            self._size = "1280"
            self.page.set_viewport_size(SIZES["1280"])  # type: ignore[arg-type]


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """A running demo."""
    made = Demo(tmp_path).start()
    yield made
    made.kill()


def test_an_agency_brings_in_units_shares_assesses_oversees_and_proposes(
    demo: Demo, browser: Browser
) -> None:
    page = browser.new_page(viewport=SIZES["1280"], locale="id-ID")  # type: ignore[arg-type]
    desk = Desk(demo, page)
    _brings_in_units(desk)
    _shares_evidence(desk)
    _assesses_by_card(desk)
    _assesses_by_workbook(desk)
    _signs(desk)
    _answers(desk)
    _oversees_a_branch(desk)
    _proposes(desk)
    assert desk.problems == []
    page.close()


def _brings_in_units(ani: Desk) -> None:
    ani.be("Ani")
    ani.goes_home()
    ani.taps("Kelola instansi")
    ani.last_sees("3 unit kerja terdaftar")
    ani.taps("Impor unit dan orang")
    ani.last_sees("Impor unit dan orang dari tabel")
    ani.picture("impor")
    ani.sends(TABLE.name, XLSX, TABLE.read_bytes())
    ani.last_sees("Unit: 50 baru")
    ani.last_sees("Belum ada yang disimpan")
    ani.picture("impor-uji")
    ani.taps("Terapkan")
    ani.last_sees("Tersimpan: 50 baris unit dan 105 baris orang.")
    ani.picture("impor-selesai")

    # The same table again, right where the result stands: nothing is new.
    ani.sends(TABLE.name, XLSX, TABLE.read_bytes())
    ani.last_sees("tidak ada yang berubah")
    ani.last_sees("Unit: 50 sama")

    # They stand on the board.
    ani.types_until("/papan", "dari 53 unit")
    ani.picture("papan")
    ani.taps("Cari unit")
    ani.last_sees("Ketik nama unit atau sebagian namanya")
    ani.types("kantor layanan timur 3")
    ani.last_sees("Kantor Layanan Timur 3 (contoh)")
    ani.picks("Kantor Layanan Timur 3 (contoh)")
    ani.last_sees("Target WBK, penilaian")
    ani.last_sees("Kantor Wilayah Timur (contoh)")
    ani.picture("papan-unit")


def _shares_evidence(desk: Desk) -> None:
    desk.be("Ani")
    desk.goes_home()
    desk.taps("Kelola instansi")
    desk.last_sees("53 unit kerja terdaftar")
    desk.taps("Bukti bersama")
    desk.last_sees("Bukti bersama: 1")
    desk.taps("Tambah")
    desk.last_sees("Kirim berkas atau tautan yang akan dibagikan")
    desk.sends("sk-spip.pdf", "application/pdf", pictures.pdf(2), f"{SHARED} 12 januari 2026")
    desk.last_sees("draf, belum dibagikan")
    desk.taps("Indikator")
    desk.last_sees("Untuk indikator mana")
    desk.types("5 ii a")
    desk.last_sees("draf, belum dibagikan")
    desk.last_sees(SHARED_FOR)
    desk.picture("bersama-draf")
    desk.taps("Bagikan")
    desk.last_sees("Belum dipasang unit mana pun.")

    desk.be("Budi")
    desk.types(SHARED_FOR)
    desk.taps("Buka di Isi LKE")
    desk.last_sees("Bukti dukung: belum ada")
    desk.taps("Bukti dukung")
    desk.last_sees("Bukti bersama dari instansi: 1 dokumen dapat dipasang.")
    desk.taps("Bukti bersama (1)")
    desk.last_sees("belum dipasang")
    desk.picture("bersama-unit")
    desk.taps("Pasang 1")
    desk.last_sees("✓ terpasang")


def _assesses_by_card(rina: Desk) -> None:
    rina.be("Rina")
    _to_desk(rina)
    rina.last_sees("Putaran 2, berjalan.")
    rina.last_sees("6 nilai beda dengan jawaban unit.")
    rina.picture("penilai-meja")
    rina.taps("Semua isian")
    rina.last_sees("Semua bagian Anda")
    rina.picks(BY_CARD)
    rina.last_sees(f"Nilai TPI · {sample.UNIT} · putaran 2")
    rina.picture("penilai-kartu")
    rina.types("c")
    rina.last_sees("Mengapa beda dengan jawaban unit (B)?")
    rina.types(REASON)
    rina.last_sees(f"Alasan: “{REASON}”")
    rina.taps("Catatan untuk unit")
    rina.last_sees(f"Apa yang diminta dari unit pada {BY_CARD}?")
    rina.types(ASKED)
    rina.last_sees("rancangan, belum disampaikan")
    rina.picture("penilai-catatan")


def _to_desk(assessor: Desk) -> None:
    assessor.goes_home()
    assessor.taps("Penilaian saya")
    assessor.last_sees("Ketuk nomornya untuk menilai.")
    assessor.picks(sample.UNIT)
    assessor.last_sees(f"Penilaian TPI: {sample.UNIT}")


def _assesses_by_workbook(rina: Desk) -> None:
    _to_desk(rina)
    rina.taps("Lewat Excel")
    rina.last_sees("Pilih yang ingin dibuat.")
    rina.taps("LKE Excel")
    document = rina.page.get_by_test_id("doc").filter(has_text="LKE-").last
    document.wait_for(timeout=PATIENCE_SECONDS * 1000)
    with rina.page.expect_download() as coming:
        document.click()
    saved = coming.value
    rina.sends(saved.suggested_filename, XLSX, _judged(Path(saved.path()).read_bytes()))
    rina.last_sees("2 perubahan dari berkas Anda.")
    rina.last_sees(f"TPI · {BY_DESK_NUMBER}: Ya menjadi Tidak")
    rina.picture("penilai-berkas")
    rina.taps("Simpan 2 perubahan")
    rina.last_sees("✓ Tersimpan dari berkas: 1 jawaban TPI")
    _to_desk(rina)
    rina.last_sees("8 nilai beda dengan jawaban unit.")


def _judged(data: bytes) -> bytes:
    """The workbook after an assessor wrote a value and its reason at the desk."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["LKE ZI"]
    row = next(cell.row for cell in sheet["A"] if cell.value == BY_DESK)
    sheet[f"Q{row}"], sheet[f"T{row}"] = "Tidak", "Rencana kerja tahun ini belum ada."
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _signs(desk: Desk) -> None:
    desk.be("Wati")
    _to_desk(desk)
    desk.taps("Pengesahan")
    desk.last_sees("1 catatan akan disampaikan kepada unit.")
    desk.picture("penilai-pengesahan")
    desk.taps("Sahkan sebagai ketua")
    desk.last_sees("Putaran 2, menunggu pengendali teknis.")

    desk.be("Yoga")
    desk.last_sees("Giliran pengendali teknis")
    desk.goes_home()
    desk.taps("Penilaian saya")
    desk.last_sees("menunggu pengesahan Anda")
    desk.picks(sample.UNIT)
    desk.last_sees("Giliran Anda: periksa, lalu sahkan atau kembalikan lewat Pengesahan.")
    desk.picture("penilai-giliran")
    desk.taps("Pengesahan")
    desk.last_sees("Ketua TPI sudah mengesahkan")
    desk.taps("Sahkan putaran")
    desk.last_sees("Putaran 2, disahkan.")


def _answers(desk: Desk) -> None:
    desk.be("Budi")
    desk.last_sees("Putaran 2 penilaian TPI sudah disahkan")
    desk.last_sees("2 catatan TPI menunggu tanggapan")
    desk.picture("unit-putaran")
    desk.be("Dewi")
    desk.last_sees(ASKED)
    desk.taps("Lihat tugas")
    desk.taps("Buka catatan TPI")
    desk.last_sees(f"Catatan TPI untuk {BY_CARD}: menunggu tanggapan")
    desk.taps("Beri tanggapan")
    desk.last_sees("Sebutkan apa yang sudah dilengkapi")
    desk.types(REPLY)
    desk.last_sees("sudah ditanggapi, menunggu TPI")
    desk.last_sees(REPLY)
    desk.picture("unit-tanggapan")
    desk.be("Rina")
    _to_desk(desk)
    desk.last_sees("2 tanggapan menunggu keputusan")


def _oversees_a_branch(desk: Desk) -> None:
    desk.be("Ani")
    desk.goes_home()
    desk.taps("Kelola instansi")
    desk.taps("Unit kerja")
    desk.last_sees("6 unit di tingkat teratas")
    desk.picks(sample.BRANCH)
    desk.last_sees("2 unit di bawahnya")
    desk.taps("Data unit")
    desk.taps("Undang peran lain")
    desk.last_sees(f"Undang siapa untuk {sample.BRANCH}?")
    desk.taps("Koordinator wilayah")
    desk.last_sees("Siap diteruskan")
    link = desk.text().split("start=")[1].split()[0]
    desk.be("Joko")
    desk.types(f"/start {link}")
    desk.last_sees(f"Anda diundang sebagai koordinator wilayah {sample.BRANCH}")
    desk.taps("Setuju dan mulai")
    desk.last_sees("Langkah pertama: buka Papan unit")
    desk.picture("wilayah-mulai")
    desk.taps("Papan unit")
    desk.last_sees("dari 3 unit")
    shown = set(re.findall(r"^\d+  (.+)$", desk.text(), re.MULTILINE))
    assert shown == {sample.BRANCH, sample.UNIT, sample.SECOND_UNIT}
    desk.picture("wilayah-papan")


def _proposes(desk: Desk) -> None:
    desk.be("Ani")
    desk.goes_home()
    desk.taps("Kelola instansi")
    desk.taps("Usulan dan tahap")
    desk.last_sees("Diusulkan 2 unit dari kuota 3 (WBK 2, WBBM 0)")
    desk.picture("usulan")
    desk.picks(sample.UNIT)
    desk.last_sees("✓ Diusulkan menuju WBK")
    desk.taps("Usulkan WBBM")
    desk.last_sees("Tetap usulkan menuju WBBM?")
    desk.taps("Tetap usulkan WBBM")
    desk.last_sees("✓ Diusulkan menuju WBBM")
    desk.picture("usulan-unit")
    desk.taps("Usulan dan tahap")
    desk.last_sees("2 perubahan belum diumumkan ke unit")
    desk.taps("Umumkan pilihan")
    desk.last_sees("Umumkan pilihan")
    desk.last_sees(f"{sample.UNIT}: diusulkan menuju WBBM")
    desk.last_sees(f"{sample.SECOND_UNIT} belum punya koordinator atau pimpinan yang memakai bot")
    desk.picture("usulan-umumkan")
    desk.taps("Umumkan pilihan")
    desk.last_sees("✓ Pilihan sudah diumumkan ke unit")
    desk.be("Budi")
    desk.last_sees(f"{sample.UNIT} diusulkan menuju WBBM")
    desk.taps("Setelah pengajuan")
    desk.last_sees("✓ Instansi mengusulkan unit ini menuju WBBM.")
    desk.picture("usulan-di-unit")
