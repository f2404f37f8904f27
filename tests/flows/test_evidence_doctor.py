"""The evidence doctor: what is looked at in a file before it is kept, and what is said about it."""

import io
import zipfile
from datetime import date

import pytest
from PIL import Image

from flows import words
from flows.evidence import dating, doctor, findings, naming, pdf, photos
from flows.evidence.examine import Examined, examine
from flows.evidence.findings import Finding
from flows.models import Evidence, EvidenceVersion
from tests.support import pictures
from tests.support.house import START

TODAY = date(2027, 1, 18)


def look(data: bytes, name: str = "berkas.pdf", *, photo: bool = False) -> Examined:
    return examine(data, name, TODAY, photo=photo)


def codes(found: Examined) -> list[str]:
    return [f.code for f in found.findings]


# what stops a file ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "kosong.pdf", findings.EMPTY),
        (b"%PDF-1.4 rusak", "rusak.pdf", findings.UNREADABLE),
        (b"\xff\xd8\xff\xe0 bukan foto", "foto.jpg", findings.UNREADABLE),
        (pictures.jpeg()[:300], "terpotong.jpg", findings.UNREADABLE),
        (b"PK\x03\x04 terpotong", "notula.docx", findings.UNREADABLE),
        (pictures.pdf(password="rahasia"), "sandi.pdf", findings.LOCKED),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            findings.LOCKED,
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "pemasang.doc", findings.TYPE),
        (b"MZ\x90\0program", "laporan.pdf", findings.PROGRAM),
        (pictures.pdf(), "laporan.pdf.exe", findings.PROGRAM),
        (b"\x7fELF", "data.bin", findings.PROGRAM),
        (b"<!DOCTYPE html><script>", "surat.pdf", findings.PROGRAM),
        (b"#!/bin/sh\nrm", "catatan.txt", findings.PROGRAM),
        (b"Rar!\x1a\x07", "bukti.rar", findings.ARCHIVE),
        (b"ftypheic" * 20, "IMG_1.heic", findings.TYPE),
        (b"\0\1\2", "data.txt", findings.TYPE),
        (b"  \n", "kosong.txt", findings.EMPTY),
        (pictures.zip_bomb(), "bom.docx", findings.BOMB),
        (pictures.pixel_bomb(), "peta.png", findings.BOMB),
    ],
)
def test_what_is_not_kept(data: bytes, name: str, code: str) -> None:
    found = look(data, name)
    assert codes(found) == [code]
    assert found.stopped
    assert found.data == b""
    assert "tidak disimpan" in found.findings[0].sentence or "belum disimpan" in found.findings[0].sentence
    assert "?" not in found.findings[0].sentence + found.findings[0].fix


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def test_an_archive_is_no_document_and_a_program_in_disguise_neither() -> None:
    assert codes(look(zipped(foto=b"1"), "bukti.zip")) == [findings.ARCHIVE]
    assert codes(look(zipped(**{"META-INF__MANIFEST.MF": b""}), "bukti.zip")) == [findings.PROGRAM]


def test_several_pictures_in_one_file_should_be_a_pdf() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), shade) for shade in ("red", "blue")]
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:])
    assert codes(look(out.getvalue(), "pindai.tif")) == [findings.TYPE]


def test_a_bomb_of_pixels_is_noticed_without_unpacking() -> None:
    with pytest.raises(photos.Bomb):
        photos.look(pictures.pixel_bomb())


# what is kept --------------------------------------------------------------------------------------


def test_a_pdf_is_kept_as_it_came() -> None:
    found = look(pictures.pdf(3), "Notula rapat 14 Agustus 2026.pdf")
    assert (found.kind, found.pages, found.day) == ("pdf", 3, date(2026, 8, 14))
    assert found.data == pictures.pdf(3)
    assert codes(found) == []


def test_a_document_that_only_forbids_editing_opens() -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pictures.pdf())))
    writer.encrypt("", owner_password="pemilik", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert codes(look(out.getvalue(), "surat.pdf")) == []


def test_the_date_in_a_document_is_found() -> None:
    found = look(pictures.docx(), "notula.docx")
    assert (found.kind, found.day, codes(found)) == ("office", date(2026, 8, 14), [])
    assert codes(look(pictures.docx(macro=True), "notula.docm")) == [findings.MACRO]


def test_the_ending_follows_what_is_inside() -> None:
    assert look(pictures.pdf(), "surat").name == "surat.pdf"
    assert look(pictures.jpeg(), "surat.pdf").name == "surat.pdf.jpg"
    assert look(b"tanggal,kegiatan\n2026-08-14,apel", "daftar.csv").kind == "text"


def test_a_photo_is_upright_and_says_nothing_about_its_place() -> None:
    raw = pictures.jpeg(64, 48, turned=True, gps=True)
    found = look(raw, "foto.jpg", photo=True)
    assert found.day == date(2027, 1, 12)
    assert found.data != raw
    with Image.open(io.BytesIO(found.data)) as image:
        assert image.size == (48, 64)
        assert not image.getexif()
    assert look(raw, "foto.jpg", photo=True).data == found.data, "the same bytes each time"


def test_a_photo_without_camera_data_is_kept_as_it_came() -> None:
    raw = pictures.jpeg()
    assert look(raw, "foto.jpg", photo=True).data == raw


def test_photos_are_bound_with_a_footer_of_activity_day_and_place() -> None:
    shots = [pictures.jpeg(90, 60, shade) for shade in (10, 90, 170)]
    made = photos.bound(
        shots, activity='Sosialisasi "gratifikasi" #[x] \\', day="12 Januari 2027", place="loket"
    )
    read = pdf.read(made)
    assert read.pages == 2
    assert (
        'Kegiatan: Sosialisasi "gratifikasi" #[x] \\ · Tanggal: 12 Januari 2027 · Tempat: loket' in read.text
    )
    assert "1 / 2" in read.text


# names ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Notula 🎉 rapat\u200f.pdf", "Notula rapat.pdf"),
        ("foto\u202egpj.pdf", "fotogpj.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\LKE 2026.xlsx", "LKE 2026.xlsx"),
        ("🎉🎉.pdf", "berkas.pdf"),
        ("\u202e\u200f", "berkas"),
        ("a" * 300 + ".pdf", "a" * 116 + ".pdf"),
        ("Berita Acara No. 12.pdf", "Berita Acara No. 12.pdf"),
        ("e\u0301vid\u00e9n.docx", "évidén.docx"),
    ],
)
def test_names_are_cleaned(given: str, kept: str) -> None:
    assert naming.cleaned(given) == kept


def test_a_program_hidden_by_a_turned_name_is_seen() -> None:
    assert codes(look(pictures.pdf(), "laporan\u202efdp.exe")) == [findings.PROGRAM]


def test_a_cleaned_name_is_said() -> None:
    found = look(pictures.pdf(), "Notula 🎉\u200f.pdf")
    assert codes(found) == [findings.RENAMED]
    assert found.findings[0].sentence == "Nama berkas dirapikan menjadi Notula.pdf."


# dates ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("sosialisasi gratifikasi di loket 12 jan", date(2027, 1, 12)),
        ("rapat 20 des", date(2026, 12, 20)),
        ("IMG_20270112_0912.jpg", date(2027, 1, 12)),
        ("laporan 14 Agustus 2026", date(2026, 8, 14)),
        ("12/01/2027", date(2027, 1, 12)),
        ("Notula-03-02-2026", date(2026, 2, 3)),
        ("rapat tgl 5", date(2027, 1, 5)),
        ("apel kemarin", date(2027, 1, 17)),
        ("undangan rapat 20 jan", None),
        ("31 feb", None),
        ("nomor 12.3/2026", None),
        ("apel pagi", None),
    ],
)
def test_the_day_that_people_name(text: str, day: date | None) -> None:
    assert dating.day_in(text, TODAY) == day


def test_the_place_that_people_name() -> None:
    assert dating.place_in("sosialisasi di aula lantai 2 tgl 12 jan") == "aula lantai 2"
    assert dating.place_in("rapat monev") == ""


# findings ------------------------------------------------------------------------------------------


def test_every_finding_has_a_sentence_and_one_fix() -> None:
    every = {v for k, v in vars(findings).items() if k.isupper() and isinstance(v, str)}
    for code in every:
        found = Finding(code)
        assert found.sentence.endswith(".")
        assert found.fix.endswith(".")


def test_findings_survive_being_kept() -> None:
    found = [Finding(findings.LARGE, {"name": "a", "size": "25 MB", "limit": "20 MB"}), Finding("lama")]
    (kept,) = findings.from_json([f.as_json() for f in found])
    assert kept.sentence == "Berkas 25 MB melebihi batas 20 MB, jadi belum tersimpan."
    assert kept.fix.startswith("Kirim tautannya")


def test_a_claim_without_support() -> None:
    said = doctor.of_claim("A", best=True, evidence=0, note=" ")
    assert said is not None
    assert said.sentence == "Jawaban A belum didukung bukti dukung dan Penjelasan."
    assert doctor.of_claim("A", best=True, evidence=1, note="Kegiatan: …") is None
    assert doctor.of_claim("C", best=False, evidence=0, note="") is None


def test_what_is_said_about_a_saved_version() -> None:
    evidence = Evidence(unit_id=1, title="Folder", made_at=START)
    version = EvidenceVersion(
        evidence_id=1, kind="link", url="https://drive.google.com/x", link_state="locked", made_at=START
    )
    assert [f.code for f in doctor.of_version(version, evidence)] == [findings.LINK_LOCKED, findings.NO_DATE]
    version.url, evidence.period = "https://s.id/x", "2026"
    assert [f.code for f in doctor.of_version(version, evidence)] == [findings.LINK_SHORT]


@pytest.mark.parametrize("typed", ["ya", "Iya.", "iyaaa", "OKE", "okay", "sip!", "sudah benar", "ya, simpan"])
def test_what_confirms(typed: str) -> None:
    assert words.is_yes(typed)


@pytest.mark.parametrize("typed", ["", "yang lain", "benarkah", "tidak", "oke tapi tanggal 14 jan"])
def test_what_does_not_confirm(typed: str) -> None:
    assert not words.is_yes(typed)
