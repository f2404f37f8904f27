"""The assessor's package: evidence in the worksheet's order, checked, split, resumed, for those entitled."""

import hashlib
import io
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from flows import delivery
from flows.models import Assessment, Evidence, EvidenceUse, EvidenceVersion, Job, Outbox, StoredFile
from flows.papers import names, package, package_plan
from flows.papers.package_plan import Piece
from flows.papers.texts import package as texts
from tests.support.house import House
from tests.support.talk import Talk

MIB = 1024 * 1024


def _put(
    house: House,
    unit: int,
    title: str,
    data: bytes | None,
    *items: str,
    name: str = "berkas.pdf",
    mime: str = "application/pdf",
    url: str = "",
    restricted: bool = False,
    kind: str = "",
) -> int:
    """A piece of evidence of the unit's LKE, with its bytes in the store; returns its id."""
    key = house.edge.store.put(data) if data is not None else None
    with house.writing() as session:
        assessment = session.exec(select(Assessment).where(Assessment.unit_id == unit)).one()
        now = house.clock.now()
        if key is not None and session.get(StoredFile, key) is None:
            session.add(StoredFile(sha256=key, size_bytes=len(data or b""), mime=mime, stored_at=now))
            session.flush()
        piece = Evidence(unit_id=unit, title=title, restricted=restricted, made_at=now,
                         dated_on=date(2027, 1, 12), period="2026-TW4")  # fmt: skip
        session.add(piece)
        session.flush()
        session.add(EvidenceVersion(evidence_id=piece.id or 0, kind=kind or ("link" if url else "file"),
                                    sha256=key, file_name=name, url=url, made_at=now))  # fmt: skip
        for item in items:
            session.add(EvidenceUse(evidence_id=piece.id or 0, assessment_id=assessment.id or 0, item_id=item,
                                    made_at=now))  # fmt: skip
        return piece.id or 0


def _ask(house: House, talk: Talk) -> list[zipfile.ZipFile]:
    """Ask for the package and open every zip that comes, in the order of their names."""
    talk.type("/menu").tap("Unduh dokumen").tap("Paket bukti penilai")
    house.settle()
    return _zips(house, talk)


def _zips(house: House, talk: Talk) -> list[zipfile.ZipFile]:
    async def fetch(file_id: str) -> bytes:
        file = await house.app.bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())

    sent = [m["document"] for m in talk.messages if "document" in m]
    return [
        zipfile.ZipFile(io.BytesIO(house.runner.run(fetch(document["file_id"]))))
        for document in sorted(sent, key=lambda d: str(d["file_name"]))
    ]


def _inside(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The files below the root folder, by path."""
    return {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}


def _index(files: dict[str, bytes]) -> list[dict[str, Any]]:
    sheet = load_workbook(io.BytesIO(files[texts.INDEX]))[texts.SHEET]
    lines = list(sheet.iter_rows(values_only=True))
    return [dict(zip(map(str, lines[0]), line, strict=True)) for line in lines[1:]]


def _unpacked(archives: list[zipfile.ZipFile], folder: Path) -> Path:
    for archive in archives:
        archive.extractall(folder)
    (root,) = folder.iterdir()
    return root


@pytest.mark.db
def test_evidence_lies_in_the_order_of_the_worksheet_and_the_manifest_can_be_checked(
    house: House, tmp_path: Path
) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator")
    _put(house, unit, "Laporan kampanye", b"%PDF satu", "PW.P.1.a", "PW.P.1.b")
    _put(house, unit, "SK tim", b"%PDF dua", "MP.P.1.a")
    _put(house, unit, "Unggahan", None, "PW.P.1.a", url="https://drive.google.com/x")
    (archive,) = _ask(house, budi)
    files = _inside(archive)
    papers = [path for path in files if path.endswith(".pdf") and not path.startswith("00 ")]
    assert [path.split(" ")[0] for path in papers] == ["01", "05"]
    assert papers[0].endswith("A.I.1.i.a Pembentukan tim pembangunan ZI/SK tim.pdf")
    assert files[papers[1]] == b"%PDF satu"
    assert any(
        path.startswith("00 Ringkasan pimpinan") and data[:4] == b"%PDF" for path, data in files.items()
    )
    links = {path: data.decode() for path, data in files.items() if path.endswith(texts.LINKS_FILE)}
    assert any("https://drive.google.com/x" in said for said in links.values())
    assert any(f"lihat: {papers[1]}" in said for said in links.values())
    checked = subprocess.run(
        ["sha256sum", "-c", "MANIFEST"], cwd=_unpacked([archive], tmp_path), capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.count(": OK") == len(files) - 1
    rows = _index(files)
    assert [row["No LKE"] for row in rows] == ["A.I.1.i.a", "A.I.5.i.a", "A.I.5.i.a", "A.I.5.i.b"]
    assert rows[0]["SHA-256"] == hashlib.sha256(b"%PDF dua").hexdigest()
    assert (rows[0]["Tanggal"], rows[0]["Periode"]) == ("12 Januari 2027", "TW IV 2026")
    assert "2 berkas dan 1 tautan" in budi.text


def test_a_damaged_and_a_lost_file_are_named_and_the_rest_arrives(house: House) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator")
    for title, data in (("Utuh", b"%PDF utuh"), ("Berubah", b"%PDF asli"), ("Hilang", b"%PDF hilang")):
        _put(house, unit, title, data, "MP.P.1.a")
    folder = house.evidence_folder
    changed, lost = (hashlib.sha256(data).hexdigest() for data in (b"%PDF asli", b"%PDF hilang"))
    (folder / changed[:2] / changed).write_bytes(b"%PDF lain")
    (folder / lost[:2] / lost).unlink()
    (archive,) = _ask(house, budi)
    files = _inside(archive)
    states = {row["Judul bukti"]: row["Keadaan"] for row in _index(files)}
    assert states == {"Utuh": texts.OK, "Berubah": texts.DAMAGED, "Hilang": texts.LOST}
    assert [path.rpartition("/")[2] for path in files if path.startswith("01 ")] == ["Utuh.pdf"]
    assert "2 berkas tidak dapat disertakan" in budi.text


@pytest.mark.parametrize(("role", "sees"), [("koordinator", True), ("penilai", True), ("pimpinan", False)])
def test_restricted_evidence_goes_to_those_entitled_only(house: House, role: str, sees: bool) -> None:
    unit = house.unit()
    talk = house.member(unit, role)
    _put(house, unit, "Terbuka", b"%PDF terbuka", "PW.P.1.a")
    _put(house, unit, "Laporan pelapor", b"%PDF rahasia", "PW.P.1.a", restricted=True)
    (archive,) = _ask(house, talk)
    files = _inside(archive)
    assert (b"%PDF rahasia" in files.values()) == sees
    told = " ".join(str(value) for row in _index(files) for value in row.values()) + " ".join(files)
    assert ("Laporan pelapor" in told) == sees
    secret = hashlib.sha256(b"%PDF rahasia").hexdigest()
    assert (secret in told + files["MANIFEST"].decode()) == sees
    assert ("1 bukti terbatas tidak disertakan" in talk.text) != sees


@pytest.mark.parametrize("role", ["anggota", "ketua", "pendamping", "wilayah"])
def test_others_are_not_offered_the_package_and_a_forged_tap_brings_none(house: House, role: str) -> None:
    unit = house.unit()
    _put(house, unit, "Bukti", b"%PDF x", "PW.P.1.a")
    talk = house.member(unit, role, "PW" if role in {"anggota", "ketua"} else None)
    talk.type("/menu").tap("Unduh dokumen")
    assert "Paket bukti penilai" not in talk.labels
    talk.tap_data(f"dok.buat:paket:{unit}")
    house.settle()
    assert [m for m in talk.messages if "document" in m] == []


def _small(house: House, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    """As if only so much could be sent at once."""
    monkeypatch.setattr(package_plan, "FRONT_BYTES", 20_000)
    house.worker.jobs.files._max_send_bytes = limit


def _many(house: House, unit: int, count: int = 7) -> None:
    items = [item.id for item in house.library.instrument().worksheet_order]
    for number in range(count):
        _put(house, unit, f"Bukti {number}", bytes([number]) * 30_000, items[number * 3])


def test_what_is_too_much_for_one_zip_comes_in_several_that_unpack_into_one_folder(
    house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator")
    _many(house, unit)
    _small(house, monkeypatch, 200_000)
    archives = _ask(house, budi)
    assert len(archives) == 3
    sizes = [m["document"]["file_size"] for m in budi.messages if "document" in m]
    assert max(sizes) <= 200_000
    root = _unpacked(archives, tmp_path)
    for manifest in ("MANIFEST", "MANIFEST-2", "MANIFEST-3"):
        checked = subprocess.run(["sha256sum", "-c", manifest], cwd=root, capture_output=True, text=True)
        assert checked.returncode == 0, checked.stdout + checked.stderr
    files = {**_inside(archives[0])}
    assert {row["Bagian zip"] for row in _index(files)} == {"2", "3"}
    assert (root / "MANIFEST").read_text().count("Bukti ") == 7
    assert "bagian 1 dari 3" in next(m["caption"] for m in budi.messages if "document" in m)


@pytest.mark.db
def test_a_kill_in_between_repeats_one_zip_at_most_and_none_is_sent_twice(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator")
    _many(house, unit)
    _small(house, monkeypatch, 200_000)
    built: list[int] = []
    real: Callable[..., Any] = package._part

    def killed(content: Any, plan: Any, number: int, files: Any) -> Any:
        built.append(number)
        if built == [2, 3]:
            raise KeyboardInterrupt
        return real(content, plan, number, files)

    monkeypatch.setattr(package, "_part", killed)
    budi.type("/menu").tap("Unduh dokumen").tap("Paket bukti penilai")
    with pytest.raises(KeyboardInterrupt):
        house.settle()
    # Meanwhile a colleague adds evidence: the layout that was begun stays.
    _put(house, unit, "Baru", b"%PDF baru" * 4000, "MP.P.1.a")
    with house.writing() as session:
        for job in session.exec(select(Job).where(Job.state == "leased")).all():
            job.lease_until = 0.0
    house.settle()
    assert built == [2, 3, 3]
    archives = _zips(house, budi)
    assert len(archives) == 3
    titles = [name.rpartition("/")[2] for archive in archives for name in archive.namelist()]
    assert sorted(t for t in titles if t.startswith("Bukti ")) == [f"Bukti {n}.pdf" for n in range(7)]
    assert "Baru.pdf" not in titles
    house.settle()
    assert len(_zips(house, budi)) == 3
    sent = house.read(lambda s: s.exec(select(Outbox.state).where(Outbox.key.like("dok:%:v%"))).all())  # type: ignore[attr-defined]
    assert sent == ["sent"] * 3


def test_people_keep_answering_while_a_package_is_built(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator")
    _many(house, unit)
    real: Callable[..., Any] = package.build
    answered: list[str] = []

    def slow(content: Any, state: Any, files: Any) -> Any:
        with house.writing() as session:  # would wait for ever, were a transaction still open here
            session.add(
                Job(key=f"uji:{len(answered)}", kind="uji", state="done", created_at=house.clock.now())
            )
        answered.append("ya")
        return real(content, state, files)

    monkeypatch.setitem(delivery._kinds, package.CODE, replace(package.KIND, build=slow))
    (archive,) = _ask(house, budi)
    assert answered == ["ya"]
    assert texts.INDEX in _inside(archive)


def test_a_unit_without_evidence_is_told_so(house: House) -> None:
    budi = house.member(house.unit(), "koordinator")
    assert _ask(house, budi) == []
    assert "Belum ada bukti dukung" in budi.text
    assert "Buat lagi" in budi.labels


HOSTILE = [
    ("../../etc/passwd", "a.pdf", "application/pdf"),
    ("..\\..\\windows\\system32", "a.pdf", "application/pdf"),
    ("/mutlak", "a.pdf", "application/pdf"),
    ("CON", "con.pdf", "application/pdf"),
    ("nul.txt", "x", "text/plain"),
    ("x" * 300, "a.pdf", "application/pdf"),
    ("\u202egpj.exe", "foto.exe", "image/jpeg"),
    ("laporan\n\x00rahasia\t2027", "a.pdf", "application/pdf"),
    ("   ...   ", "", "application/pdf"),
    ("\U0001f389\U0001f389", "a.png", "image/png"),
    ("=cmd|'/c calc'!A1", "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("\u0643\u062a\u0627\u0628", "a.docx", "application/msword"),
    ("~/.bashrc", "a.sh", "application/x-sh"),
    ("sama", "a.pdf", "application/pdf"),
    ("SAMA", "a.pdf", "application/pdf"),
    ("Sama.pdf", "a.pdf", "application/pdf"),
]


def test_names_are_clean_unique_and_short_whatever_people_typed(house: House, tmp_path: Path) -> None:
    unit = house.unit("Kantor ../../" + "Panjang " * 18)
    budi = house.member(unit, "koordinator")
    for number, (title, name, mime) in enumerate(HOSTILE):
        _put(house, unit, title[:200], f"%PDF {number}".encode(), "PP.P.2.c", name=name, mime=mime)
    (archive,) = _ask(house, budi)
    paths = archive.namelist()
    assert len({path.casefold() for path in paths}) == len(paths)
    assert max(map(len, paths)) <= 200
    for path in paths:
        parts = path.split("/")
        assert all(part and not part.startswith(".") and part == part.strip() for part in parts), path
        assert not any(c in path for c in '\\:*?"<>|\n\r\t\x00\u202e'), path
        assert parts[-1].split(".")[0].lower() not in {"con", "nul", "aux", "prn"}, path
    root = _unpacked([archive], tmp_path)
    assert root.is_relative_to(tmp_path)
    files = _inside(archive)
    assert sum(data.startswith(b"%PDF ") for data in files.values()) == len(HOSTILE)
    ends = {path.rpartition(".")[2] for path in files if "/" in path}
    assert ends <= {"pdf", "txt", "jpg", "png", "xlsx", "doc", "bin"}
    rows = _index(files)
    book = load_workbook(io.BytesIO(files[texts.INDEX]))
    assert all(cell.data_type != "f" for line in book[texts.SHEET].iter_rows() for cell in line)
    assert "=cmd|'/c calc'!A1" in [row["Judul bukti"] for row in rows]


@pytest.mark.parametrize(
    ("mime", "name", "ending"),
    [
        ("application/pdf", "surat.exe", "pdf"),
        ("image/jpeg", "foto.JPEG", "jpeg"),
        ("application/octet-stream", "virus.exe", "bin"),
        ("application/octet-stream", "gambar.dwg", "dwg"),
        ("text/plain", "data.csv", "csv"),
    ],
)
def test_a_file_ends_as_what_it_is(mime: str, name: str, ending: str) -> None:
    assert names.ending(mime, name) == ending


def _piece(key: int, item: str, size: int = 1000, **more: Any) -> Piece:
    given: dict[str, Any] = {
        "title": f"Bukti {key}",
        "items": (item,),
        "kind": "file",
        "sha256": f"{key:064x}",
        "size": size,
        "mime": "application/pdf",
        "file_name": "a.pdf",
        "url": "",
        "link_state": "",
        "dated": "",
        "period": "",
        "restricted": False,
        "seen": True,
    }
    return Piece(key=key, **(given | more))


def test_the_same_pieces_give_the_same_plan_in_any_order(house: House) -> None:
    instrument = house.library.instrument()
    items = [item.id for item in package_plan.order(instrument)]
    pieces = [_piece(n, items[n % len(items)], 40_000 + n) for n in range(500)]
    plan = package_plan.plan(instrument, pieces, 6 * MIB)
    assert plan == package_plan.plan(instrument, list(reversed(pieces)), 6 * MIB)
    assert len(plan["parts"]) > 3
    put = [row for numbers in plan["parts"] for row in numbers]
    assert put == sorted(put)
    assert len(put) == 500
    for numbers in plan["parts"]:
        assert sum(plan["rows"][n]["size"] for n in numbers) <= 6 * MIB


def test_a_file_larger_than_can_be_sent_is_named_and_left_out(house: House) -> None:
    instrument = house.library.instrument()
    plan = package_plan.plan(instrument, [_piece(1, "MP.P.1.a", 60 * MIB), _piece(2, "MP.P.1.a")], 45 * MIB)
    states = {row["title"]: (row["state"], row["put"]) for row in plan["rows"]}
    assert states == {"Bukti 1": (texts.TOO_BIG, False), "Bukti 2": (texts.OK, True)}


def test_folders_sort_as_the_worksheet_does_on_any_system(house: House) -> None:
    instrument = house.library.instrument()
    made = package_plan.folders(instrument)
    paths = [made[item.id] for item in package_plan.order(instrument)]
    assert paths == sorted(paths)
    assert len(set(paths)) == 113
    assert paths[0] == "01 A.I.1 Manajemen Perubahan Pemenuhan/001 A.I.1.i.a Pembentukan tim pembangunan ZI"
