"""Paket rapat: from a typed line to one PDF that serves several indicators."""

import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlmodel import col, func, select

from bot.demo import sample_meetings
from flows import routes
from flows.evidence import intake
from flows.meetings import merging, paper, proposing, service, typed
from flows.models import (
    AnswerChange,
    Assessment,
    Evidence,
    EvidenceUse,
    EvidenceVersion,
    Job,
    Meeting,
    MeetingPart,
    Membership,
    Person,
    Task,
    Unit,
)
from knowledge.library import Library
from tests.support import pictures
from tests.support.house import House
from tests.support.talk import Talk

LINE = "rapat monev januari / jumat 29 jan jam 9 / aula lt 2"
TITLE = "Rapat monev Januari"


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def dewi(house: House, unit: int) -> Talk:
    return house.member(unit, "anggota", "MP", name="Dewi")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Albums count as complete at once."""
    monkeypatch.setattr(intake, "ALBUM_SECONDS", 0.0)


def _all(house: House, table: Any) -> list[Any]:
    return house.read(lambda s: list(s.exec(select(table).order_by(col(table.id))).all()))


def _meeting(house: House) -> Meeting:
    found: Meeting = _all(house, Meeting)[-1]
    return found


def _new(talk: Talk, line: str = LINE) -> Talk:
    return talk.type("/rapat").tap("Rapat baru").type(line)


def _send(talk: Talk, kind: str, name: str, data: bytes, caption: str = "") -> Talk:
    talk.tap_data(routes.MEETING_ADD_TO(_meeting(talk.house).id or 0, kind).pack())
    talk.send_file(name, data, caption=caption)
    talk.house.send_due()
    return talk


def _merge(talk: Talk) -> Talk:
    row = _meeting(talk.house)
    talk.tap_data(routes.MEETING_MERGE(row.id or 0, row.revision).pack())
    talk.house.send_due()
    return talk


def _card(talk: Talk) -> Talk:
    return talk.tap_data(routes.MEETING(_meeting(talk.house).id or 0).pack())


def _ready(talk: Talk) -> Talk:
    """A meeting with notula that serves the proposed indicators."""
    _new(talk).tap("Tulis notula").type("Rapat membahas rencana aksi.\nArahan: percepat area 5.")
    return talk.tap("Pilih indikator").tap("Pakai usulan").tap("Selesai memilih")


def _pdf(house: House, version: int = 0) -> PdfReader:
    found: EvidenceVersion = _all(house, EvidenceVersion)[version - 1]
    return PdfReader(io.BytesIO(house.edge.store.get(found.sha256 or "")))


def _words(reader: PdfReader) -> str:
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())


# the card ------------------------------------------------------------------------------------------


def test_a_typed_line_becomes_a_meeting_and_its_papers_are_counted(house: House, dewi: Talk) -> None:
    house.member(_meeting_unit(dewi), "ketua", "PW", name="Sari")
    _new(dewi)
    assert f"{TITLE}: 0 dari 5 dokumen ada." in dewi.text
    assert "Jumat, 29 Januari 2027, 09.00 WIB · Aula lt 2" in dewi.text
    assert "Belum dipilih untuk indikator mana." in dewi.text
    _send(dewi, "undangan", "undangan rapat.pdf", pictures.pdf(2))
    dewi.tap("Isi daftar hadir").type("14 orang, pimpinan hadir")
    dewi.tap_data(routes.MEETING_ADD_TO(_meeting(house).id or 0, "foto").pack())
    dewi.send_album([(f"{n}.jpg", pictures.jpeg(80 + n, 60, 20 * n)) for n in range(4)])
    house.send_due()
    assert "Masuk ke paket sebagai foto (4)." in dewi.text
    dewi.tap("Pilih indikator").tap("Pakai usulan").tap("Selesai memilih")
    assert f"{TITLE}: 3 dari 5 dokumen ada." in dewi.text
    assert "✓ Undangan, foto (4)\n✓ Daftar hadir: 14 orang, pimpinan hadir\n" in dewi.text
    assert "○ Notula\n○ Tindak lanjut" in dewi.text
    assert "Dipakai untuk A.I.1.iii.a, A.I.1.iii.b, dan A.I.1.iii.c." in dewi.text
    assert [
        label for label in dewi.labels if label in {"Tulis notula", "Tambah berkas", "Gabung jadi PDF"}
    ] == [
        "Tulis notula",
        "Tambah berkas",
        "Gabung jadi PDF",
    ]


def _meeting_unit(talk: Talk) -> int:
    return int(talk.house.read(lambda s: s.exec(select(Membership.unit_id)).first()))


@pytest.mark.db
def test_decisions_become_tasks_and_the_matrix_shows_how_they_stand(house: House) -> None:
    unit = house.unit()
    dewi = house.member(unit, "anggota", "MP", name="Dewi")
    sari = house.member(unit, "ketua", "PW", name="Sari")
    _new(dewi)
    dewi.tap("Tulis tindak lanjut")
    dewi.type("susun jadwal kampanye / dewi / 5 feb\nlaporan SKM TW IV / sari / jumat")
    assert "2 tugas tercatat." in dewi.text
    assert "✓ Tindak lanjut: 2 tugas, 0 selesai" in dewi.text
    tasks = _all(house, Task)
    assert [(t.title, t.source, t.meeting_id) for t in tasks] == [
        ("susun jadwal kampanye", "meeting", 1),
        ("laporan SKM TW IV", "meeting", 1),
    ]
    house.send_due()
    assert "laporan SKM TW IV" in sari.text
    sari.tap("Lihat tugas").tap("Selesai")
    _card(dewi)
    assert "✓ Tindak lanjut: 2 tugas, 1 selesai" in dewi.text
    assert "Sari · 22 Januari 2027 · selesai" in dewi.text
    dewi.tap("Tulis tindak lanjut").type("Susun jadwal kampanye / dewi\nminta data dari umum")
    assert "1 tugas tercatat. 1 sudah ada." in dewi.text
    assert len(_all(house, Task)) == 3


def test_the_notula_grows_and_can_be_written_anew(house: House, dewi: Talk) -> None:
    _new(dewi).tap("Tulis notula").type("Pembukaan oleh pimpinan")
    dewi.tap("Tulis notula").type("Arahan <b>tebal</b>")
    assert _meeting(house).minutes == "Pembukaan oleh pimpinan\nArahan <b>tebal</b>"
    dewi.tap("Tulis notula").tap("Tulis ulang").type("Hanya ini")
    assert _meeting(house).minutes == "Hanya ini"
    dewi.tap("Tulis notula").type("x" * 3000)
    dewi.tap("Tulis notula").type("y" * 3500)
    assert "paling banyak 6000, jadi belum disimpan" in " ".join(dewi.text.split())
    assert len(_meeting(house).minutes) < 6000


def test_a_wrong_day_is_said_and_nothing_is_lost(house: House, dewi: Talk) -> None:
    _new(dewi, "rapat tim / 31 februari / aula")
    assert "Tanggal 31 Februari tidak ada" in dewi.text
    assert _meeting(house).place == "Aula"
    dewi.tap("Ubah rapat").type("rapat tim ZI / 12 januari 2027 jam 13.30")
    row = _meeting(house)
    assert (row.title, str(row.held_on), row.held_time, row.place) == (
        "Rapat tim ZI",
        "2027-01-12",
        "13.30",
        "Aula",
    )


def test_typed_numbers_choose_and_let_go(house: House, dewi: Talk) -> None:
    _new(dewi).tap("Pilih indikator").type("1 iii b, 1")
    assert _meeting(house).items == ["MP.P.3.a", "MP.P.3.b"]
    dewi.type("A.I.1.iii.a")
    assert _meeting(house).items == ["MP.P.3.b"]
    dewi.type("9.z")
    assert "belum ada yang diubah" in dewi.text
    dewi.tap("1")
    assert _meeting(house).items == ["MP.P.3.a", "MP.P.3.b"]


# files ---------------------------------------------------------------------------------------------


def test_a_file_without_a_part_is_guessed_and_can_be_moved(house: House, dewi: Talk) -> None:
    _new(dewi).tap("Tambah berkas").send_file("absen jan.pdf", pictures.pdf())
    house.send_due()
    assert "sebagai daftar hadir" in dewi.text
    dewi.send_photo(pictures.jpeg(), "suasana rapat")
    house.send_due()
    assert [p.kind for p in _all(house, MeetingPart)] == ["daftar_hadir", "foto"]
    dewi.tap("Berkas (2)").tap("1").tap("Notula")
    assert [p.kind for p in _all(house, MeetingPart)] == ["notula", "foto"]
    dewi.tap("Unduh")
    assert "document" in dewi.messages[-1]
    dewi.tap("Buka paket").tap("Berkas (2)").tap("2").tap("Lepas dari paket")
    assert [p.kind for p in _all(house, MeetingPart)] == ["notula"]


def test_strange_files_get_their_sentence_and_the_same_file_is_kept_once(house: House, dewi: Talk) -> None:
    _new(dewi)
    _send(dewi, "undangan", "kosong.pdf", b"")
    assert "kosong (0 bita)" in dewi.text
    _send(dewi, "undangan", "jahat.exe", b"MZ" + b"\0" * 100)
    assert "tidak disimpan" in dewi.text
    _send(dewi, "undangan", "undangan.pdf", pictures.pdf())
    _send(dewi, "undangan", "lagi.pdf", pictures.pdf())
    assert "sudah ada di paket ini" in dewi.text
    assert len(_all(house, MeetingPart)) == 1


@pytest.mark.db
def test_a_file_of_somebody_who_left_meanwhile_is_not_kept(house: House) -> None:
    unit = house.unit()
    dewi = house.member(unit, "anggota", "MP", name="Dewi")
    _new(dewi)
    dewi.tap("Tambah berkas").tap("Undangan")
    house.standin.send_document(dewi.user_id, "undangan.pdf", pictures.pdf(), "application/pdf", None)
    dewi._answered()
    with house.writing() as session:
        held = session.exec(select(Membership)).one()
        held.revoked_at = house.clock.now()
        session.add(held)
    house.send_due()
    assert _all(house, MeetingPart) == []
    assert "belum masuk ke paket" in dewi.text or "sedang diperiksa" in dewi.text


# one PDF -------------------------------------------------------------------------------------------


@pytest.mark.db
def test_one_pdf_serves_all_chosen_indicators_and_building_again_is_a_version(house: House) -> None:
    unit = house.unit()
    dewi = house.member(unit, "anggota", "MP", name="Dewi")
    _ready(dewi)
    _send(dewi, "undangan", "undangan.pdf", pictures.pdf(2))
    _send(dewi, "foto", "foto.jpg", pictures.jpeg(200, 120))
    _send(dewi, "daftar_hadir", "daftar.docx", pictures.docx())
    dewi.tap_data(routes.MEETING_ATTEND(1).pack()).type("14 orang, pimpinan hadir")
    dewi.tap("Tulis tindak lanjut").type("susun jadwal / dewi / 5 feb")
    dewi.tap("Gabung jadi PDF")
    assert "PDF sedang disusun" in dewi.text
    house.send_due()
    assert f"{TITLE} sudah menjadi satu PDF." in dewi.text
    assert "document" in dewi.messages[-1]
    uses = _all(house, EvidenceUse)
    assert [(u.item_id, u.expected) for u in uses] == [
        ("MP.P.3.a", None),
        ("MP.P.3.b", 2),
        ("MP.P.3.c", 0),
    ]
    evidence = _all(house, Evidence)[0]
    assert (evidence.title, evidence.period, str(evidence.dated_on)) == (
        "Paket rapat monev Januari",
        "2027-01",
        "2027-01-29",
    )
    words = _words(_pdf(house))
    for said in (
        "Rapat monev Januari",
        "Jumat, 29 Januari 2027, 09.00 WIB",
        "14 orang",
        "Arahan: percepat area 5.",
        "susun jadwal",
        "5 Februari 2027",
        "A.I.1.iii.b",
        "Undangan: undangan.pdf (2 halaman)",
        "Daftar hadir: daftar.docx",
    ):
        assert said in words
    assert len(_pdf(house).pages) == 6  # cover, notula, photo, matrix, two of the invitation
    _merge(dewi)
    assert "sudah yang terbaru" in dewi.text
    _card(dewi).tap("Tulis notula").type("Tambahan: tenggat dimajukan")
    _merge(dewi)
    assert "(versi 2)" in dewi.text
    assert len(_all(house, Evidence)) == 1
    assert [v.no for v in _all(house, EvidenceVersion)] == [1, 2]
    assert len(_all(house, EvidenceUse)) == 3
    assert "Tambahan: tenggat dimajukan" in _words(_pdf(house))
    assert {c.item_id for c in _all(house, AnswerChange) if c.kind == "evidence"} == {
        "MP.P.3.a",
        "MP.P.3.b",
        "MP.P.3.c",
    }
    jobs = [job for job in _all(house, Job) if job.kind == service.MERGE_JOB]
    assert all(job.args == {"meeting_id": 1} for job in jobs)


def test_what_is_let_go_is_served_no_more_after_building_again(house: House, dewi: Talk) -> None:
    _merge(_ready(dewi))
    _card(dewi).tap("Pilih indikator").type("1 iii c")
    dewi.tap("Selesai memilih")
    _merge(dewi)
    assert {u.item_id for u in _all(house, EvidenceUse)} == {"MP.P.3.a", "MP.P.3.b"}


def test_removed_evidence_is_made_anew(house: House, dewi: Talk) -> None:
    _merge(_ready(dewi))
    evidence = _all(house, Evidence)[0]
    dewi.tap_data(routes.EVIDENCE_REMOVE(evidence.id, evidence.revision).pack())
    _merge(dewi)
    assert len(_all(house, Evidence)) == 2


@pytest.mark.db
def test_a_kill_between_the_steps_of_the_job_doubles_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    dewi = house.member(house.unit(), "anggota", "MP", name="Dewi")
    _ready(dewi)
    row = _meeting(house)
    dewi.tap_data(routes.MEETING_MERGE(row.id or 0, row.revision).pack())
    dewi.tap_data(routes.MEETING_MERGE(row.id or 0, row.revision).pack())
    assert "sedang disusun" in dewi.text
    assert house.read(lambda s: s.exec(select(func.count()).where(Job.kind == service.MERGE_JOB)).one()) == 1
    forgotten = merging._forget

    def killed(*_: object) -> None:
        raise SystemError("killed")

    monkeypatch.setattr(merging, "_forget", killed)
    house.runner.run(house.worker.once())
    assert _all(house, Evidence) == []
    monkeypatch.setattr(merging, "_forget", forgotten)
    with house.writing() as session:
        job = session.exec(select(Job).where(Job.kind == service.MERGE_JOB)).one()
        job.due_at = 0.0
        session.add(job)
    house.send_due()
    assert len(_all(house, Evidence)) == len(_all(house, EvidenceVersion)) == 1
    assert "sudah menjadi satu PDF." in dewi.text
    assert sum("menjadi satu PDF" in str(m) for m in dewi.messages) == 1


def test_without_indicator_or_content_it_says_what_is_missing(house: House, dewi: Talk) -> None:
    _new(dewi)
    _merge(dewi)
    assert "Belum ada isi yang bisa digabung" in dewi.text
    _card(dewi).tap("Tulis notula").type("Isi")
    _merge(dewi)
    assert "Pilih dulu untuk indikator mana" in dewi.text


def test_roles_are_those_of_the_moment_the_pdf_is_made(house: House, dewi: Talk) -> None:
    _ready(dewi)
    row = _meeting(house)
    dewi.tap_data(routes.MEETING_MERGE(row.id or 0, row.revision).pack())
    with house.writing() as session:
        held = session.exec(select(Membership)).one()
        held.role = "pimpinan"
        session.add(held)
    house.send_due()
    assert _all(house, Evidence) == []
    assert "belum bisa digabung" in dewi.text


# who may -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["pimpinan", "penilai", "pendamping"])
def test_readers_read_and_change_nothing(house: House, unit: int, dewi: Talk, role: str) -> None:
    _merge(_ready(dewi))
    row = _meeting(house)
    reader = house.member(unit, role, name="Rina")
    reader.type("/rapat")
    assert TITLE in reader.text
    assert "Rapat baru" not in reader.labels
    reader.tap("1")
    assert "Tulis notula" not in reader.labels
    for action in (
        routes.MEETING_NEW(),
        routes.MEETING_EDIT(row.id or 0),
        routes.MEETING_REMOVE(row.id or 0, row.revision),
        routes.MEETING_LEADER(row.id or 0, 1, row.revision),
        routes.MEETING_ITEM_SET(row.id or 0, "MP.P.3.a", row.revision, 0),
        routes.MEETING_MERGE(row.id or 0, row.revision),
        routes.MEETING_DECISIONS(row.id or 0),
    ):
        reader.tap_data(action.pack())
        assert "anggota tim unit ini" in reader.text + reader.toast
    assert _meeting(house).revision == row.revision


def test_indicators_of_another_pokja_are_not_chosen(house: House, unit: int, dewi: Talk) -> None:
    _new(dewi)
    sari = house.member(unit, "anggota", "PW", name="Sari")
    row = _meeting(house)
    sari.type("/rapat").tap("1").tap("Pilih indikator")
    assert "Pakai usulan" not in sari.labels
    assert "A.I.1.iii.a" not in sari.text.split("Belum dipilih")[0]
    listed = [line.split()[0] for line in sari.text.split("\n") if line[:1].isdecimal()]
    assert listed == [label for label in sari.labels if label.isdecimal()], "each number has its button"
    sari.tap_data(routes.MEETING_ITEM_SET(row.id or 0, "MP.P.3.a", row.revision, 0).pack())
    assert _meeting(house).items == []
    dewi.tap("Tulis notula").type("Isi").tap("Pilih indikator").tap("Pakai usulan")
    _merge(sari)
    assert "diisi pokja lain" in sari.text
    assert _all(house, Evidence) == []


def test_other_units_see_nothing(house: House, dewi: Talk) -> None:
    _ready(dewi)
    _send(dewi, "undangan", "rahasia.pdf", pictures.pdf())
    row = _meeting(house)
    tono = house.member(house.unit("Kantor Lain"), "koordinator", name="Tono")
    tono.type("/menu")
    for action in (
        routes.MEETING(row.id or 0),
        routes.MEETING_OPEN(row.id or 0),
        routes.MEETING_FILES(row.id or 0, 0),
        routes.MEETING_PART(1),
        routes.MEETING_PART_SEND(1),
        routes.MEETING_PART_DROP(1),
        routes.MEETING_INTAKE(1),
        routes.MEETING_MERGED(row.id or 0, 1),
        routes.MEETING_MERGE(row.id or 0, row.revision),
        routes.MEETING_REMOVE(row.id or 0, row.revision),
    ):
        tono.tap_data(action.pack())
        assert TITLE not in str(tono.messages)
        assert "rahasia" not in str(tono.messages)
    assert len(_all(house, MeetingPart)) == 1


@pytest.mark.db
def test_a_stale_button_changes_nothing(house: House) -> None:
    unit = house.unit()
    dewi = house.member(unit, "anggota", "MP", name="Dewi")
    budi = house.member(unit, "koordinator", name="Budi")
    _new(dewi).tap("Tulis notula")
    budi.type("/rapat").tap("1").tap("Tulis notula").type("Dari Budi")
    dewi.type("Dari Dewi")
    assert _meeting(house).minutes == "Dari Budi"
    assert "baru saja diubah orang lain" in dewi.text


def test_a_removed_package_leaves_its_pdf_and_tasks(house: House, dewi: Talk) -> None:
    _ready(dewi).tap("Tulis tindak lanjut").type("susun jadwal / dewi")
    _merge(dewi)
    _card(dewi).tap("Ubah rapat").tap("Hapus paket").tap("Ya, hapus")
    assert "Belum ada rapat yang dicatat." in dewi.text
    assert len(_all(house, Task)) == len(_all(house, Evidence)) == 1
    assert _all(house, Evidence)[0].removed_at is None


def test_an_announced_meeting_gets_its_package_once(house: House, unit: int) -> None:
    budi = house.member(unit, "koordinator", name="Budi")
    house.member(unit, "anggota", "MP", name="Dewi")
    budi.type("/pengumuman")
    budi.type("Rapat monev ZI: Jumat, 29 Januari 2027, 09.00. Tempat: aula lantai 2. Bawa laporan.")
    budi.tap("Kirim sekarang")
    house.send_due()
    budi.tap_data(routes.ANNOUNCE_STATUS(1).pack()).tap("Siapkan paket")
    assert "Rapat monev ZI: 0 dari 5 dokumen ada." in budi.text
    assert "Jumat, 29 Januari 2027, 09.00 WIB · Aula lantai 2" in budi.text
    budi.tap_data(routes.MEETING_OF_NEWS(1).pack())
    assert len(_all(house, Meeting)) == 1


def test_lists_are_paged(house: House, dewi: Talk) -> None:
    for n in range(10):
        _new(dewi, f"rapat ke {n} / {n + 1} februari 2027 / aula")
    dewi.type("/rapat")
    assert "Paket rapat: 10" in dewi.text
    assert "Rapat ke 9" in dewi.text
    dewi.tap("›")
    assert "Rapat ke 0" in dewi.text


# reading and setting -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "people", "leader"),
    [
        ("14 orang, pimpinan hadir", 14, True),
        ("hadir 12 orang, kepala berhalangan", 12, False),
        ("20 peserta tanpa pimpinan", 20, False),
        ("9", 9, None),
        ("pimpinan tidak hadir", None, False),
    ],
)
def test_attendance_is_read(text: str, people: int | None, leader: bool | None) -> None:
    assert typed.attendance(text) == typed.Attendance(people, leader)


def test_a_title_about_something_else_proposes_that(library: Library) -> None:
    instrument = library.instrument("lke-2021")
    assert proposing.likely(library, instrument, "Rapat evaluasi SOP")[0].number == "A.I.2.i.c"
    assert proposing.likely(library, instrument, "Rapat perjanjian kinerja")[0].number == "A.I.4.i.b"


def _content(text: str) -> paper.Content:
    return paper.Content(
        title=text,
        unit=text,
        footer=text,
        as_of="1 Februari 2027",
        facts=[("Tempat", text)],
        items=[("A.I.1.iii.a", text)],
        contents=[("Notula", text)],
        minutes=text,
        matrix=[(text, text, text, text)],
        apart=[text],
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=120) | st.text(alphabet='#$@\\{}[]()*_`<>~"/=-+\n\u202e\u200f🎉✓', max_size=60))
def test_whatever_people_type_the_pdf_is_made(text: str) -> None:
    assert len(PdfReader(io.BytesIO(paper.made(_content(text)))).pages) >= 2


@pytest.mark.parametrize(
    "text",
    [
        '#import "x": *',
        "$x^2$ @ref <label>",
        "*tebal* _miring_ `kode`",
        "// bukan komentar",
        "= judul",
        "\\u{41}",
    ],
)
def test_markup_is_printed_as_it_was_typed(text: str) -> None:
    assert " ".join(text.split()) in _words(PdfReader(io.BytesIO(paper.made(_content(text)))))


def test_emoji_are_left_out_and_a_title_of_emoji_gets_a_name() -> None:
    assert paper.plain("Rapat 🎉 monev ✅👨‍👩‍👧") == "Rapat  monev"
    assert "Rapat" in _words(PdfReader(io.BytesIO(paper.made(_content("🎉👍🏽")))))


def test_the_same_content_gives_the_same_bytes_and_a_broken_file_stays_apart() -> None:
    content = paper.Content(
        title="Rapat",
        unit="Kantor",
        footer="Rapat",
        as_of="1 Februari 2027",
        facts=[],
        attached=[paper.Attached("a.pdf", pictures.pdf(3)), paper.Attached("rusak.pdf", b"%PDF-1.4 rusak")],
    )
    made = paper.made(content)
    assert made == paper.made(content)
    assert len(PdfReader(io.BytesIO(made)).pages) == 4
    assert "Berkas terpisah rusak.pdf" in _words(PdfReader(io.BytesIO(made)))


def test_the_sample_meeting_is_half_complete(house: House, unit: int) -> None:
    budi = house.member(unit, "koordinator", name="Budi")
    with house.writing() as session:
        assessment = session.exec(select(Assessment)).one()
        person = session.exec(select(Person)).one()
        sample_meetings.fill(session, session.get_one(Unit, unit), assessment, [person], house.clock.now())
    budi.type("/rapat").tap("1")
    assert "Rapat monev bulanan (contoh): 2 dari 5 dokumen ada." in budi.text
    assert "! Lembar daftar hadir yang ditandatangani belum dikirim" in budi.text
