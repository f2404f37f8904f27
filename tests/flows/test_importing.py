"""Bring your LKE: a coordinator sends a workbook and goes on with what it holds."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlmodel import select

from flows import routes
from flows.models import Answer, AuditEntry, Job, LkeImport, Outbox
from knowledge.answers import Answer as Known
from knowledge.answers import Choice
from knowledge.instrument import Instrument
from tests.flows.test_importing_reading import full
from tests.support import workbooks
from tests.support.house import House
from tests.support.lke import assessment_id, history_of, note_of, open_item, row_of, rows_of
from tests.support.talk import Talk
from tests.support.workbooks import Filled

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CAMPAIGN = "PW.P.1.a"


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def sari(house: House, unit: int) -> Talk:
    """Coordinator of the unit."""
    return house.member(unit, "koordinator", None, "Sari Contoh")


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    """Member of area 5."""
    return house.member(unit, "anggota", "PW", "Budi Contoh")


@pytest.fixture
def lke(house: House) -> Instrument:
    return house.library.instrument("lke-2021")


def send(house: House, talk: Talk, data: bytes, name: str = "LKE_2027.xlsx") -> Talk:
    """Send a file and wait until it has been read."""
    talk.send_file(name, data, XLSX)
    house.send_due()
    return talk


def only(house: House) -> LkeImport:
    """The newest import."""
    found = rows_of(house, select(LkeImport).order_by(LkeImport.id.desc()))  # type: ignore[union-attr]
    return found[0]


def stored(house: House) -> dict[str, Any]:
    """Every answer by item: its option, its counts, or None."""
    return {row.item_id: row.choice or row.inputs for row in rows_of(house, select(Answer))}


def workbook(lke: Instrument, answers: Mapping[str, Known] | None = None, **more: Any) -> bytes:
    return workbooks.clean_b(lke, Filled(full() if answers is None else answers, **more))


# the way from the file to the answers ----------------------------------------------------------------


@pytest.mark.db
def test_a_coordinator_sends_a_workbook_agrees_and_sees_where_the_unit_stands(
    house: House, unit: int, sari: Talk, lke: Instrument
) -> None:
    sari.send_file("LKE_2027.xlsx", workbook(lke, links={CAMPAIGN: "https://contoh.go.id/kampanye"}), XLSX)
    assert sari.text.startswith("Diterima, sedang diperiksa.")
    house.send_due()
    count = len([k for k in full() if not k.startswith("H.")])
    assert sari.text.startswith(f"Terbaca: {count} dari 110 jawaban, 1 tautan bukti.")
    assert "Belum ada yang disimpan sebelum Anda setujui." in sari.text
    assert stored(house) == {}
    sari.tap(f"Simpan {len(full())} jawaban")
    assert sari.toast == f"Tersimpan: {len(full())} jawaban, 1 penjelasan."
    assert f"✓ {len(full())} jawaban tersimpan, bertanda “dari Excel, perlu dikonfirmasi PIC”." in sari.text
    assert "Posisi menuju WBK:" in sari.text
    assert "dari 12 syarat nilai terpenuhi." in sari.text
    assert len(stored(house)) == len(full())
    assert note_of(house, CAMPAIGN) == "Tautan bukti: https://contoh.go.id/kampanye"
    done = only(house)
    assert done.state == "applied"
    assert done.doubts == []
    assert set(done.cells) == {"answers", "notes", "late"}
    assert [c.kind for c in history_of(house, CAMPAIGN)] == ["import", "import_note"]
    entries = rows_of(house, select(AuditEntry).where(AuditEntry.act == "lke.import"))
    assert [e.facts for e in entries] == [{"answers": len(full()), "notes": 1, "late": 0}]


@pytest.mark.parametrize("layout", [workbooks.clean_e, workbooks.messy])
def test_other_layouts_are_read_as_well(
    house: House, unit: int, sari: Talk, lke: Instrument, layout: Any
) -> None:
    send(house, sari, layout(lke, Filled(full())))
    sari.tap(f"Simpan {len(full())} jawaban")
    assert len(stored(house)) == len(full())


def test_the_menu_leads_to_the_import_for_coordinators_only(house: House, sari: Talk, budi: Talk) -> None:
    budi.type("/lke")
    assert "Impor Excel" not in budi.labels
    sari.type("/lke").tap("Impor Excel")
    assert sari.text.startswith("Kirim berkas Excel LKE Kantor Layanan Contoh di sini.")
    sari.send_file("catatan.pdf", b"%PDF-1.4", "application/pdf")
    assert "bukan lembar kerja Excel" in sari.text


def test_a_new_coordinator_is_asked_for_the_worksheet(house: House, unit: int, sari: Talk) -> None:
    sari.type("/menu").tap_data(routes.UNIT_READY(unit).pack())
    assert "Sudah punya LKE" in sari.text
    assert "Impor Excel" in sari.labels


# doubtful cells --------------------------------------------------------------------------------------


def doubtful(lke: Instrument) -> bytes:
    asked: dict[str, Any] = {
        "MP.P.1.a": "mungkin",
        "MP.P.1.b": "A/B",
        "AK.R.1.a": {"sasaran": 20, "tercapai": 1.5},
        "H.1.a": 90.5,
    }
    answers = {k: v for k, v in full().items() if k not in asked}
    return workbook(lke, answers, cells=asked)


def test_doubtful_cells_are_asked_one_by_one(house: House, sari: Talk, lke: Instrument) -> None:
    send(house, sari, doubtful(lke))
    assert "Ada 4 sel yang meragukan." in sari.text
    assert "Contoh: A.I.1.i.a terisi “mungkin”" in sari.text
    assert f"Simpan {len(full()) - 4} jawaban" in sari.labels
    sari.tap("Periksa 4 sel")
    assert sari.text.startswith("Sel 1 dari 4 yang meragukan: terisi “mungkin”.")
    sari.tap("Ya")
    assert sari.text.startswith("Sel 1 dari 3 yang meragukan: terisi “A/B”.")
    assert "LKE ZI K" in sari.text
    sari.type("b")
    assert "terisi “20; 1,5”" in sari.text
    sari.type("22 dari 20")
    assert "tidak mungkin" in sari.text
    sari.type("15 dari 20")
    assert "terisi “90,5”" in sari.text
    sari.tap("Pakai 3,62")
    assert sari.text.startswith("Terbaca:")
    assert "meragukan" not in sari.text
    assert stored(house) == {}
    sari.tap(f"Simpan {len(full())} jawaban")
    now = stored(house)
    assert now["MP.P.1.a"] == "Ya"
    assert now["MP.P.1.b"] == "B"
    assert now["AK.R.1.a"] == {"sasaran": 20, "tercapai": 15}
    assert now["H.1.a"] == {"indeks": "3.62"}


def test_skipped_cells_are_not_saved_and_questions_are_answered(
    house: House, sari: Talk, lke: Instrument
) -> None:
    send(house, sari, doubtful(lke)).tap("Periksa 4 sel")
    sari.type("apa itu WBK?")
    assert "WBK" in sari.text
    sari.tap("Lewati").tap("Lewati").tap("Lewati").tap("Lewati")
    assert any("4 sel dilewati" in str(message.get("text")) for message in sari.messages)
    sari.tap(f"Simpan {len(full()) - 4} jawaban")
    assert not {"MP.P.1.a", "MP.P.1.b", "AK.R.1.a", "H.1.a"} & stored(house).keys()


def test_forged_doubts_and_options_change_nothing(house: House, sari: Talk, lke: Instrument) -> None:
    send(house, sari, doubtful(lke))
    row = only(house)
    before = (row.cells, row.doubts)
    for action in (
        routes.IMPORT_DOUBT_SET(row.id or 0, 0, "Z"),
        routes.IMPORT_DOUBT_SET(row.id or 0, 99, "A"),
        routes.IMPORT_DOUBT_SET(row.id or 0, 2, "20.30"),
        routes.IMPORT_DIFF_SET(row.id or 0, "MP.P.1.b", "e"),
        routes.IMPORT_DOUBT_SKIP(row.id or 0, -1),
    ):
        sari.tap_data(action.pack())
    row = only(house)
    assert (row.cells, row.doubts) == before


# against what stands already ---------------------------------------------------------------------------


def test_the_same_file_again_changes_nothing(house: House, sari: Talk, lke: Instrument) -> None:
    data = workbook(lke, notes={CAMPAIGN: "Tiap triwulan"})
    send(house, sari, data).tap(f"Simpan {len(full())} jawaban")
    revisions = {r.item_id: r.revision for r in rows_of(house, select(Answer))}
    send(house, sari, data)
    assert "Berkas yang sama sudah disimpan Senin, 18 Januari 2027." in sari.text
    assert "isi berkas sama dengan isian sekarang" in sari.text
    assert not [label for label in sari.labels if label.startswith("Simpan")]
    assert {r.item_id: r.revision for r in rows_of(house, select(Answer))} == revisions


def two_differ(house: House, sari: Talk, budi: Talk, lke: Instrument) -> Talk:
    open_item(budi, CAMPAIGN).tap("C")
    open_item(budi, "PW.P.1.b").tap("D")
    answers = {**full(), CAMPAIGN: Choice("A"), "PW.P.1.b": Choice("B")}
    send(house, sari, workbook(lke, answers))
    assert "! 2 berbeda dari isian sekarang: A.I.5.i.a C, di Excel A; A.I.5.i.b D, di Excel B." in sari.text
    return sari


def test_what_differs_may_be_taken_from_excel(house: House, sari: Talk, budi: Talk, lke: Instrument) -> None:
    two_differ(house, sari, budi, lke).tap("Ambil dari Excel")
    assert stored(house)[CAMPAIGN] == "A"
    assert [c.kind for c in history_of(house, CAMPAIGN)] == ["answer", "import"]
    assert history_of(house, CAMPAIGN)[-1].before == {"choice": "C", "inputs": None}


def test_or_left_as_it_is(house: House, sari: Talk, budi: Talk, lke: Instrument) -> None:
    two_differ(house, sari, budi, lke).tap("Biarkan isian")
    assert stored(house)[CAMPAIGN] == "C"
    assert len(stored(house)) == len(full())


def test_or_decided_one_by_one(house: House, sari: Talk, budi: Talk, lke: Instrument) -> None:
    two_differ(house, sari, budi, lke).tap("Satu per satu")
    assert "Isian sekarang: C · oleh Budi Contoh" in sari.text
    sari.tap("Excel: A")
    assert sari.text.startswith("Perbedaan 2 dari 2: A.I.5.i.b.")
    sari.tap("Biarkan D")
    assert sari.toast == "Semua perbedaan sudah diputuskan."
    assert stored(house)[CAMPAIGN] == "C"
    sari.tap(f"Simpan {len(full()) - 1} jawaban")
    assert stored(house)[CAMPAIGN] == "A"
    assert stored(house)["PW.P.1.b"] == "D"


@pytest.mark.db
def test_an_answer_changed_meanwhile_is_shown_before_it_is_replaced(
    house: House, sari: Talk, budi: Talk, lke: Instrument
) -> None:
    two_differ(house, sari, budi, lke)
    open_item(budi, CAMPAIGN).tap("B")
    sari.tap("Ambil dari Excel")
    assert "Isian berubah sejak layar ini dibuka" in sari.text
    assert "A.I.5.i.a B, di Excel A" in sari.text
    assert stored(house)[CAMPAIGN] == "B"
    sari.tap("Ambil dari Excel")
    assert stored(house)[CAMPAIGN] == "A"


def test_a_written_narrative_is_not_replaced_unasked(
    house: House, sari: Talk, budi: Talk, lke: Instrument
) -> None:
    open_item(budi, CAMPAIGN).tap("Isi penjelasan").type("Tulisan Budi")
    send(house, sari, workbook(lke, notes={CAMPAIGN: "Tulisan lama di Excel"}))
    assert "A.I.5.i.a penjelasan" in sari.text
    sari.tap("Biarkan isian")
    assert note_of(house, CAMPAIGN) == "Tulisan Budi"


# confirming ----------------------------------------------------------------------------------------


def imported(house: House, sari: Talk, lke: Instrument) -> str:
    send(house, sari, workbook(lke)).tap(f"Simpan {len(full())} jawaban")
    return str(stored(house)[CAMPAIGN])


def test_answers_are_marked_until_their_pic_says_they_are_right(
    house: House, sari: Talk, budi: Talk, lke: Instrument
) -> None:
    imported(house, sari, lke)
    open_item(budi, CAMPAIGN)
    assert "! dari Excel, perlu dikonfirmasi PIC. Ketuk Benar bila sudah sesuai." in budi.text
    budi.tap("Benar")
    assert budi.toast == "Jawaban dikonfirmasi."
    assert "dari Excel" not in budi.text
    assert "oleh Anda" in budi.text
    row = row_of(house, CAMPAIGN)
    assert row is not None
    assert row.source == "chat"
    budi.tap("Riwayat")
    assert "dari Excel dikonfirmasi" in budi.text


def test_tapping_the_same_option_confirms_too(house: House, sari: Talk, budi: Talk, lke: Instrument) -> None:
    option = imported(house, sari, lke)
    open_item(budi, CAMPAIGN).tap(option)
    row = row_of(house, CAMPAIGN)
    assert row is not None
    assert (row.source, row.choice) == ("chat", option)
    assert [c.kind for c in history_of(house, CAMPAIGN)] == ["import", "confirm"]


def test_a_member_who_looked_before_the_import_is_shown_the_clash(
    house: House, sari: Talk, budi: Talk, lke: Instrument
) -> None:
    open_item(budi, CAMPAIGN)
    answer = imported(house, sari, lke)
    other = next(o for o in "ABC" if o != answer)
    budi.tap(other)
    assert stored(house)[CAMPAIGN] == answer
    assert f"Pakai {other}" in budi.labels


# refusals ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("LKE.xlsx", workbooks.ole("EncryptedPackage"), "dilindungi kata sandi"),
        ("LKE.xls", workbooks.ole("Workbook"), "format Excel lama"),
        ("LKE.xlsx", workbooks.bomb(), "jauh lebih besar daripada LKE biasa"),
        ("belanja.xlsx", workbooks.no_lke(), "Tidak ada lembar LKE"),
        ("LKE.xlsx", b"PK\x03\x04 terpotong", "rusak atau terpotong"),
        ("LKE.xlsx", b"bukan excel", "bukan lembar kerja Excel"),
    ],
)
def test_what_cannot_be_taken_gets_its_sentence(
    house: House, sari: Talk, name: str, data: bytes, said: str
) -> None:
    send(house, sari, data, name)
    assert said in sari.text
    assert "Isian LKE tidak berubah." in sari.text
    assert only(house).state == "failed"
    assert stored(house) == {}


def test_an_empty_worksheet_says_so(house: House, sari: Talk, lke: Instrument) -> None:
    send(house, sari, workbook(lke, {}))
    assert "kolom Jawaban masih kosong" in sari.text


def test_an_older_structure_says_what_can_be_taken_over(house: House, sari: Talk, lke: Instrument) -> None:
    send(house, sari, workbooks.older(lke, {"PW.P.4.a": "WBS berjalan"}), "LKE 2020.xlsx")
    assert sari.text.startswith("LKE ini memakai susunan lama, sebelum PermenPANRB 90/2021.")
    assert "Tentang aturan lama" in sari.labels
    sari.tap("Simpan 1 penjelasan")
    assert stored(house) == {"PW.P.4.a": None}
    assert note_of(house, "PW.P.4.a") == "WBS berjalan"
    assert sari.text.startswith("✓ 1 penjelasan tersimpan.")


def test_last_years_file_comes_with_a_warning(house: House, sari: Talk, lke: Instrument) -> None:
    send(house, sari, workbook(lke), "LKE_2026_final_fix2.xlsx")
    assert "! Berkas ini tampaknya LKE tahun 2026, sedangkan yang terbuka 2027." in sari.text


def test_members_assessors_and_strangers_are_told_whom_to_ask(
    house: House, unit: int, budi: Talk, lke: Instrument
) -> None:
    stranger = house.stranger("Joko Contoh")
    stranger.send_file("LKE.xlsx", workbook(lke), XLSX)
    assert "Berkas ini belum tersimpan" in stranger.text
    assert rows_of(house, select(Job)) == []
    for other in (budi, house.member(unit, "penilai", None, "Rina Contoh")):
        send(house, other, workbook(lke), "LKE.xlsx")
        assert "dibawa masuk oleh koordinator unit" in other.text
    assert {(row.state, tuple(row.cells)) for row in rows_of(house, select(LkeImport))} == {
        ("failed", ("error",))
    }


def test_nobody_touches_an_import_of_somebody_else(
    house: House, unit: int, sari: Talk, lke: Instrument
) -> None:
    send(house, sari, workbook(lke))
    import_id = only(house).id or 0
    colleague = house.member(unit, "koordinator", None, "Tono Contoh")
    stranger_unit = house.member(house.unit("Kantor Lain"), "koordinator", None, "Dewi Contoh")
    for other in (colleague, stranger_unit):
        other.type("/menu")
        for action in (
            routes.IMPORT_SHOW(import_id),
            routes.IMPORT_APPLY(import_id, 1, 0),
            routes.IMPORT_CANCEL(import_id),
            routes.IMPORT_DOUBT(import_id, 0),
            routes.IMPORT_DIFF(import_id),
        ):
            other.tap_data(action.pack())
            assert "Impor ini tidak ada dalam daftar Anda." in other.text
    assert only(house).state == "ready"
    assert stored(house) == {}


# endings -------------------------------------------------------------------------------------------


def test_cancelling_empties_what_was_read(house: House, sari: Talk, lke: Instrument) -> None:
    send(house, sari, doubtful(lke)).tap("Batal")
    row = only(house)
    assert (row.state, row.cells, row.doubts) == ("cancelled", {}, [])
    sari.tap_data(routes.IMPORT_APPLY(row.id or 0, 0, 0).pack())
    assert "sudah selesai" in sari.text
    assert stored(house) == {}


def test_a_newer_file_replaces_the_one_that_waits(house: House, sari: Talk, lke: Instrument) -> None:
    send(house, sari, workbook(lke))
    send(house, sari, workbook(lke, {"MP.P.1.a": Choice("Ya"), **dict(list(full().items())[20:60])}))
    states = [(r.state, bool(r.cells)) for r in rows_of(house, select(LkeImport).order_by(LkeImport.id))]  # type: ignore[arg-type]
    assert states == [("cancelled", False), ("ready", True)]


def test_cancelled_while_being_read_nothing_arrives(house: House, sari: Talk, lke: Instrument) -> None:
    sari.send_file("LKE.xlsx", workbook(lke), XLSX)
    sari.tap("Batal")
    before = len(sari.messages)
    house.send_due()
    assert len(sari.messages) == before
    assert only(house).cells == {}


def test_saving_twice_saves_once(house: House, sari: Talk, lke: Instrument) -> None:
    send(house, sari, workbook(lke))
    save = sari.data_of(f"Simpan {len(full())} jawaban")
    sari.tap_data(save).tap_data(save)
    assert "sudah selesai" in sari.text
    assert [c.kind for c in history_of(house, CAMPAIGN)] == ["import"]


def test_a_job_done_twice_is_harmless(house: House, unit: int, sari: Talk, lke: Instrument) -> None:
    send(house, sari, doubtful(lke)).tap("Periksa 4 sel").tap("Ya")
    before = (only(house).cells, only(house).doubts, len(sari.messages))
    with house.writing() as session:
        for job in session.exec(select(Job)).all():
            job.state, job.done_at = "waiting", None
    house.send_due()
    assert (only(house).cells, only(house).doubts, len(sari.messages)) == before
    assert len(rows_of(house, select(Outbox).where(Outbox.key.like("impor:%")))) == 1  # type: ignore[attr-defined]


def test_a_redelivered_file_is_one_import(house: House, sari: Talk, lke: Instrument) -> None:
    sari.send_file("LKE.xlsx", workbook(lke), XLSX)
    house.process(*sari.last_updates)
    assert len(rows_of(house, select(LkeImport))) == 1
    assert assessment_id(house, only(house).unit_id) == only(house).assessment_id


def test_every_screen_of_the_import_fits_a_phone(
    house: House, sari: Talk, budi: Talk, lke: Instrument
) -> None:
    open_item(budi, CAMPAIGN).tap("Isi penjelasan").type("x" * 1900)
    open_item(budi, "AK.R.1.a")
    asked = {"MP.P.1.b": "A/B " * 30, "AK.P.2.h": "?"}
    answers = {k: v for k, v in full().items() if k not in asked}
    send(house, sari, workbook(lke, answers, cells=asked, notes={CAMPAIGN: "y" * 5000}), "L" * 200 + ".xlsx")
    screens = [sari.messages[-1]]
    sari.tap("Periksa 2 sel")
    screens.append(sari.messages[-1])
    sari.tap("‹ Hasil baca").tap("Satu per satu")
    screens.append(sari.messages[-1])
    sari.tap("Pakai dari Excel").tap(f"Simpan {len(answers)} jawaban")
    screens.append(sari.messages[-1])
    for screen in screens:
        assert len(screen["text"]) <= 3500
        for row in screen["reply_markup"]["inline_keyboard"]:
            assert sum(len(button["text"]) + 2 for button in row) <= 44 or len(row) == 1


def test_deleting_oneself_takes_the_imports_along(
    house: House, unit: int, sari: Talk, lke: Instrument
) -> None:
    house.member(unit, "koordinator", None, "Tono Contoh")
    send(house, sari, workbook(lke))
    sari.type("/privasi")
    sari.tap_data(routes.PRIVACY_DELETE().pack())
    assert rows_of(house, select(LkeImport)) == []


@pytest.mark.db
def test_an_import_that_nobody_decided_about_is_emptied_after_two_weeks(
    house: House, sari: Talk, lke: Instrument
) -> None:
    send(house, sari, workbook(lke))
    house.advance(days=13)
    assert (only(house).state, bool(only(house).cells)) == ("ready", True)
    house.advance(days=2)
    row = only(house)
    assert (row.state, row.cells, row.doubts) == ("cancelled", {}, [])
    assert stored(house) == {}
    sari.tap_data(routes.IMPORT_SHOW(row.id or 0).pack())
    assert "LKE" in sari.text
