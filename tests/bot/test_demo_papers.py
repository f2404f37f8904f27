"""What leaves the chat, through the page: the workbook goes out, is edited, comes back and is saved."""

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page

from tests.bot.test_demo_story import SIZES, Reader
from tests.support.demo import Demo

pytestmark = [pytest.mark.page, pytest.mark.slow]

ITEM, NUMBER = "MP.P.1.a", "A.I.1.i.a"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOTE = "Tim dibentuk dengan SK nomor 12 tahun ini."


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    """A running demo."""
    made = Demo(tmp_path).start()
    yield made
    made.kill()


def test_the_workbook_goes_out_is_edited_and_comes_back_and_the_papers_open(
    demo: Demo, browser: Browser
) -> None:
    page = browser.new_page(viewport=SIZES["1280"], locale="id-ID")  # type: ignore[arg-type]
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(demo.address)
    page.wait_for_selector("body[data-ready]")
    budi = Reader(page, "1280", os.environ.get("PAGE_SHOTS"))
    budi.be("Budi")

    # Out, in two taps, and back with one answer's Penjelasan written at the desk.
    name, data = _fetched(budi, page, "LKE Excel", "LKE-")
    page.get_by_test_id("file-input").set_input_files(
        {"name": name, "mimeType": XLSX, "buffer": _edited(data)}
    )
    page.get_by_test_id("send").click()
    budi.last_sees("1 perubahan dari berkas Anda.", seconds=45)
    budi.last_sees(f"{NUMBER}: penjelasan")
    budi.picture("lke-kembali")
    budi.taps("Simpan 1 perubahan")
    budi.last_sees("✓ Tersimpan dari berkas: 1 penjelasan unit.")
    budi.types(NUMBER)
    budi.taps("Buka di Isi LKE")
    budi.last_sees(NOTE)

    # The other papers are what their names say.
    _, brief = _fetched(budi, page, "Ringkasan pimpinan", "Ringkasan pimpinan")
    assert brief.startswith(b"%PDF-")
    _, packed = _fetched(budi, page, "Paket bukti penilai", "Paket ZI")
    with zipfile.ZipFile(io.BytesIO(packed)) as package:
        assert package.testzip() is None
        assert {"index.xlsx", "MANIFEST"} <= {Path(n).name.removesuffix(".txt") for n in package.namelist()}
    assert problems == []
    page.close()


def _fetched(reader: Reader, page: Page, label: str, begins: str) -> tuple[str, bytes]:
    """A document from Unduh dokumen: its name and bytes, as the browser saves them."""
    reader.types("/menu")
    reader.last_sees("Kantor Layanan")
    reader.taps("Unduh dokumen")
    reader.taps(label)
    document = page.get_by_test_id("doc").filter(has_text=begins).last
    document.wait_for(timeout=90_000)
    with page.expect_download() as coming:
        document.click()
    saved = coming.value
    return saved.suggested_filename, Path(saved.path()).read_bytes()


def _edited(data: bytes) -> bytes:
    """The workbook after somebody wrote a Penjelasan at the desk."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["LKE ZI"]
    row = next(cell.row for cell in sheet["A"] if cell.value == ITEM)
    sheet[f"N{row}"] = NOTE
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
