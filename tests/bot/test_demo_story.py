"""The whole story through the page: a unit is set up, the LKE walked, a rule asked, a reminder arrives.

With PAGE_SHOTS=<folder> every chapter leaves a picture at 360 and 1280 pixels; two of them stand in README.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.demo import sample
from tests.support.demo import Demo

pytestmark = pytest.mark.page

IDS = {person.name.split()[0]: person.user_id for person in sample.people()}
SIZES = {"360": {"width": 360, "height": 740}, "1280": {"width": 1280, "height": 800}}


class Reader:
    """Somebody in front of the page, who reads labels and texts."""

    def __init__(self, page: Page, size: str, shots: str | None) -> None:
        self.page = page
        self._size = size
        self._shots = shots

    def be(self, name: str) -> None:
        """Switch to another person."""
        if self._size == "360":
            self.page.get_by_test_id("people-toggle").click()
        self.page.get_by_test_id(f"person-{IDS[name]}").click()
        self.sees("Pandu ZI")

    def types(self, text: str) -> None:
        """Type into the composer and press Enter."""
        composer = self.page.get_by_test_id("composer")
        composer.fill(text)
        composer.press("Enter")

    def taps(self, label: str) -> None:
        """Tap the newest button with exactly this label (a mark before it does not matter)."""
        buttons = self.page.get_by_test_id("kb").filter(
            has_text=re.compile(rf"^\s*(✓ )?{re.escape(label)}\s*$")
        )
        expect(buttons.last).to_be_visible(timeout=15_000)
        buttons.last.click()

    def sees(self, text: str) -> None:
        """Wait until the newest messages hold this text."""
        expect(self.page.locator("body")).to_contain_text(text, timeout=15_000)

    def last_sees(self, text: str, seconds: int = 15) -> None:
        """Wait until the newest message holds this text."""
        expect(self.page.get_by_test_id("msg").last).to_contain_text(text, timeout=seconds * 1000)

    def week_passes(self) -> None:
        """Move the demo's clock a week."""
        if self._size == "360":
            self.page.get_by_test_id("clock-toggle").click()
        self.page.get_by_test_id("advance-week").click()
        panel = self.page.locator("#clock-panel")
        expect(panel).to_have_attribute(
            "aria-busy", "false", timeout=60_000
        )  # everybody has got the week's mail
        if self._size == "360":
            self.page.keyboard.press("Escape")

    def picture(self, name: str) -> None:
        """Keep how it looks now."""
        if self._shots:
            expect(self.page.get_by_test_id("toast")).to_be_empty(timeout=15_000)
            folder = Path(self._shots)
            folder.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=str(folder / f"{name}-{self._size}.png"))


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """A running demo."""
    made = Demo(tmp_path).start()
    yield made
    made.kill()


@pytest.mark.parametrize("size", SIZES)
def test_a_unit_is_set_up_filled_asked_about_and_reminded(demo: Demo, browser: Browser, size: str) -> None:
    page = browser.new_page(viewport=SIZES[size], locale="id-ID")  # type: ignore[arg-type]
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(demo.address)
    page.wait_for_selector("body[data-ready]")
    reader = Reader(page, size, os.environ.get("PAGE_SHOTS"))

    # The admin makes a unit and invites its coordinator.
    reader.be("Ani")
    reader.last_sees("Instansi Contoh")
    reader.taps("Kelola instansi")
    _make_unit(reader)

    # The coordinator joins by the link.
    link = demo.messages(IDS["Ani"])[-1]["text"].split("start=")[1].split()[0].rstrip('."”')
    reader.be("Joko")
    reader.types(f"/start {link}")
    reader.last_sees("Anda diundang sebagai koordinator unit Kantor Pelayanan Baru")
    reader.picture("undangan")
    reader.taps("Setuju dan mulai")
    reader.last_sees("Mohon periksa data unit")
    reader.taps("Sudah benar")
    reader.last_sees("Kantor Pelayanan Baru")

    # They walk the LKE, by tap and by typing.
    reader.types("/lke")
    reader.last_sees("0 dari 110")
    reader.taps("Lanjutkan")
    reader.last_sees("A.I.1.i.a")
    reader.taps("Ya")
    reader.last_sees("Jawaban: Ya")
    reader.taps("Lanjut ›")
    reader.last_sees("A.I.1.i.b")
    reader.types("b")
    reader.last_sees("Jawaban: B")
    reader.picture("obrolan")

    # A question in the middle keeps the place.
    reader.types("apa syarat WBK?")
    reader.last_sees("nilai total minimal 75")
    reader.picture("jawaban")

    # Progress moves.
    reader.types("/progres")
    reader.last_sees("2 dari 110 indikator terjawab")
    reader.picture("progres")

    # A deadline, and its reminder.
    reader.types("/jadwal")
    reader.last_sees("Untuk mengisi atau mengubah")
    reader.taps("Area 1")
    reader.last_sees("Kapan batas waktu Area 1")
    reader.types("10 hari lagi")
    reader.taps("Simpan")
    reader.last_sees("10 hari lagi")
    reader.picture("jadwal")
    reader.week_passes()
    reader.last_sees("hari lagi batas waktunya", seconds=60)
    reader.picture("pengingat")

    # An announcement reaches another person.
    reader.be("Budi")
    reader.types("/pengumuman")
    reader.last_sees("pengumuman")
    reader.types("Rapat monev Jumat pukul 09.00 di aula.")
    reader.taps("Kirim sekarang")
    reader.last_sees("Terkirim 3 dari 3", seconds=30)
    reader.be("Dewi")
    reader.last_sees("Rapat monev Jumat")
    reader.picture("pengumuman")
    assert problems == []
    page.close()


def _make_unit(reader: Reader) -> None:
    reader.last_sees("unit kerja terdaftar")
    reader.taps("Unit kerja")
    reader.last_sees("tingkat teratas")
    reader.taps("Buat unit")
    reader.last_sees("Pilih jenisnya")
    reader.taps("Satuan kerja")
    reader.last_sees("Apa nama unitnya?")
    reader.types("Kantor Pelayanan Baru")
    reader.last_sees("Koordinator unit: belum ada")
    reader.taps("Undang koordinator")
    reader.last_sees("Siap diteruskan")
