"""The LKE goes out as a workbook, is edited, and comes back; nothing is saved before it is agreed to."""

import io
from typing import Any

import openpyxl
import pytest
from sqlmodel import col, select

from flows.importing.reading import read_workbook
from flows.models import ASSESSOR_SIDE, Answer, Assessment, AuditEntry, LkeImport
from flows.workbook import cells, stamp
from knowledge.answers import Choice, Ratio
from knowledge.instrument import Instrument
from tests.support.documents import at, edited, fetch, send_back
from tests.support.house import House
from tests.support.lke import chosen, history_of, note_of, open_item, row_of, rows_of
from tests.support.talk import Talk

TEAM, CAMPAIGN, AGENTS = "MP.P.1.a", "PW.P.1.a", "MP.R.1.a"


@pytest.fixture
def unit(house: House) -> int:
    return house.unit("Kantor Layanan Contoh", zone="WITA")


@pytest.fixture
def sari(house: House, unit: int) -> Talk:
    """Coordinator of the unit."""
    return house.member(unit, "koordinator", None, "Sari Contoh").start()


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    """Member of area 5."""
    return house.member(unit, "anggota", "PW", "Budi Contoh").start()


@pytest.fixture
def rina(house: House, unit: int) -> Talk:
    """The assigned assessor."""
    return house.member(unit, "penilai", None, "Rina Contoh").start()


@pytest.fixture
def lke(house: House) -> Instrument:
    return house.library.instrument("lke-2021")


def answered(house: House, talk: Talk, item_id: str, label: str) -> None:
    open_item(talk, item_id).tap(label)


def sheets(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


# going out -----------------------------------------------------------------------------------------


@pytest.mark.db
def test_in_two_taps_the_workbook_comes_with_everything_and_says_what_it_is(
    house: House, sari: Talk, lke: Instrument
) -> None:
    answered(house, sari, TEAM, "Ya")
    name, data = fetch(house, sari, "LKE Excel")
    assert name == "LKE-Kantor-Layanan-Contoh-2027-20270118-1000.xlsx"
    book = sheets(data)
    assert book.sheetnames == ["Info", "Rekap Unit", "Rekap TPI", "LKE ZI", "Bukti Dukung", "_pandu"]
    assert book["_pandu"].sheet_state == "hidden"
    info = {row[0].value: row[1].value for row in book["Info"].iter_rows(min_row=4, max_col=2)}
    assert info["Unit"] == "Kantor Layanan Contoh"
    assert info["Diekspor"] == "Senin, 18 Januari 2027, 10.00 WITA"
    assert "rilis 2021.1" in info["Versi data"]
    assert book["Info"]["A2"].value == "Penilaian mandiri, bukan dokumen resmi"
    sheet = book["LKE ZI"]
    ids = {cell.value for cell in sheet["A"]}
    assert {item.id for item in lke.area_order} | {item.id for item in lke.results} <= ids
    assert sheet[at(lke, TEAM, "K")].value == "Ya"
    assert "Ya. Tim sudah dibentuk di unit" in sheet[at(lke, TEAM, "I")].value
    assert sheet[at(lke, f"{AGENTS}#agen", "G")].value == "- Jumlah agen perubahan"
    lists = {str(rule.sqref): rule.formula1 for rule in openpyxl.load_workbook(io.BytesIO(data))["LKE ZI"]
             .data_validations.dataValidation}  # fmt: skip
    assert lists[at(lke, TEAM, "K")] == '"Ya,Tidak"'
    assert sheet.freeze_panes == "H3"
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not sheet[at(lke, TEAM, "K")].protection.locked
    assert sheet[at(lke, TEAM, "L")].protection.locked


def test_text_that_looks_like_a_formula_stays_text_and_nothing_breaks_the_file(
    house: House, sari: Talk, unit: int, lke: Instrument
) -> None:
    texts = [
        '=HYPERLINK("http://jahat.example","klik")',
        "+62811", "@SUM(A1)", "-2+3", "\tcmd|' /C calc'!A0",
        "مرحبا 😀 " * 40,
        "a\x0bb\x00c_x0041_ <b>&",
    ]  # fmt: skip
    with house.writing() as session:
        assessment = session.exec(select(Assessment.id).where(Assessment.unit_id == unit)).one()
        for item, text in zip(lke.area_order, texts, strict=False):
            session.add(Answer(assessment_id=assessment or 0, item_id=item.id, note=text.replace("\x00", "")))
    _, data = fetch(house, sari, "LKE Excel")
    formulas = openpyxl.load_workbook(io.BytesIO(data))["LKE ZI"]
    for item, text in zip(lke.area_order, texts, strict=False):
        cell = formulas[at(lke, item.id, "N")]
        assert cell.data_type == "s"
        assert cell.value.strip() == cells.clean(text).strip()
        assert cell.quotePrefix == (text[0] in "=+@-\t")
    send_back(house, sari, data)
    assert sari.text.startswith("Tidak ada perubahan")


def test_a_text_longer_than_a_cell_is_cut_and_says_so() -> None:
    long = cells.cell("😀" * 20_000)
    assert len(long.encode("utf-16-le")) // 2 <= cells.CELL_UNITS
    assert long.endswith("[dipotong: batas isi sel Excel]")
    exact = "x" * cells.CELL_UNITS
    assert cells.cell(exact) == exact


def test_links_open_from_their_cells_files_say_how_to_get_them_and_restricted_titles_stay_hidden(
    house: House, sari: Talk, unit: int, lke: Instrument
) -> None:
    from datetime import timedelta

    from flows.models import Evidence, EvidenceUse, EvidenceVersion, StoredFile

    with house.writing() as session:
        assessment = session.exec(select(Assessment.id).where(Assessment.unit_id == unit)).one() or 0
        at_ = house.clock.now() - timedelta(days=1)
        session.add(StoredFile(sha256="a" * 64, size_bytes=3, mime="application/pdf", stored_at=at_))
        session.flush()
        for title, url, restricted in (
            ("SK tim", "https://drive.google.com/file/d/1?x=1&y=<2>", False),
            ("Notula rapat", "", False),
            ("Foto tim", "https://contoh.go.id/foto", False),
            ("Nama pelapor", "https://contoh.go.id/rahasia", True),
            ("Jebakan", "javascript:alert(1)", False),
        ):
            piece = Evidence(unit_id=unit, title=title, restricted=restricted, made_at=at_)
            session.add(piece)
            session.flush()
            session.add(EvidenceVersion(evidence_id=piece.id or 0, kind="link" if url else "file", url=url,
                                        sha256=None if url else "a" * 64, file_name="" if url else "n.pdf",
                                        made_at=at_))  # fmt: skip
            session.add(EvidenceUse(evidence_id=piece.id or 0, assessment_id=assessment, item_id=TEAM,
                                    made_at=at_))  # fmt: skip
    _, data = fetch(house, sari, "LKE Excel")
    book = openpyxl.load_workbook(io.BytesIO(data))
    opened = {cell.value: cell.hyperlink.target for row in book["Bukti Dukung"].iter_rows() for cell in row
              if cell.hyperlink is not None and cell.hyperlink.target}  # fmt: skip
    assert "https://contoh.go.id/foto" in opened
    assert not [target for target in opened.values() if target.startswith("javascript")]
    listed = book["LKE ZI"][at(lke, TEAM, "O")].value
    assert "Notula rapat (berkas: minta lewat bot, /bukti)" in listed
    assert "Nama pelapor" in listed  # the coordinator may see it
    assert book["LKE ZI"][at(lke, TEAM, "P")].hyperlink.location == "'Bukti Dukung'!A2"
    chief = house.member(unit, "pimpinan", None, "Pak Kepala").start()
    _, theirs = fetch(house, chief, "LKE Excel")
    assert "Nama pelapor" not in str([list(sheet.values) for sheet in sheets(theirs).worksheets])
    assert "Bukti terbatas" in sheets(theirs)["LKE ZI"][at(lke, TEAM, "O")].value
    assert b"rahasia" not in theirs


# coming back ---------------------------------------------------------------------------------------


@pytest.mark.db
def test_what_was_changed_at_the_desk_is_shown_first_and_saved_only_when_agreed(
    house: House, sari: Talk, lke: Instrument
) -> None:
    answered(house, sari, TEAM, "Tidak")
    _, data = fetch(house, sari, "LKE Excel")
    send_back(house, sari, edited(data, {
        at(lke, TEAM, "K"): "Ya",
        at(lke, TEAM, "N"): "Tim dibentuk dengan SK nomor 12.",
        at(lke, f"{AGENTS}#agen", "K"): 4,
        at(lke, f"{AGENTS}#perubahan", "K"): 3,
        at(lke, "H.1.a", "K"): 3.62,
    }))  # fmt: skip
    assert sari.text.startswith("4 perubahan dari berkas Anda.")
    assert "Diunduh dari bot Senin, 18 Januari 2027, 10.00 WITA." in sari.text
    assert "A.I.1.i.a: Tidak menjadi Ya" in sari.text
    assert "A.I.1.i.a: penjelasan diisi" in sari.text
    assert "A.II.1.i.a: kosong menjadi 3 dari 4" in sari.text
    assert "B.I.a: kosong menjadi 3,62" in sari.text
    assert chosen(house, TEAM) == "Tidak"
    sari.tap("Simpan 4 perubahan")
    assert sari.text.startswith("✓ Tersimpan dari berkas: 3 jawaban unit, 1 penjelasan unit.")
    assert chosen(house, TEAM) == "Ya"
    assert note_of(house, TEAM) == "Tim dibentuk dengan SK nomor 12."
    assert row_of(house, AGENTS).inputs == {"agen": 4, "perubahan": 3}  # type: ignore[union-attr]
    assert [change.kind for change in history_of(house, TEAM)] == ["answer", "answer", "note"]
    facts = rows_of(house, select(AuditEntry).where(AuditEntry.act == "lke.workbook"))
    assert facts[0].facts == {"answers": 3, "notes": 1, "tpi_answers": 0, "tpi_notes": 0}


def test_an_untouched_file_changes_nothing_even_when_the_bot_has_moved_on(
    house: House, sari: Talk, lke: Instrument
) -> None:
    answered(house, sari, TEAM, "Tidak")
    name, data = fetch(house, sari, "LKE Excel")
    answered(house, sari, TEAM, "Ya")
    send_back(house, sari, data, name)  # though the indicator's screen asks for evidence
    assert sari.text.startswith("Tidak ada perubahan yang bisa diterapkan.")
    assert chosen(house, TEAM) == "Ya"


def test_an_answer_that_also_moved_in_the_bot_waits_for_a_word_of_its_own(
    house: House, sari: Talk, budi: Talk, lke: Instrument
) -> None:
    answered(house, budi, CAMPAIGN, "C")
    _, data = fetch(house, sari, "LKE Excel")
    answered(house, budi, CAMPAIGN, "B")
    send_back(house, sari, edited(data, {at(lke, CAMPAIGN, "K"): "A", at(lke, TEAM, "K"): "Ya"}))
    assert "! A.I.5.i.a: B menjadi A (juga berubah di bot)" in sari.text
    assert "! 1 perlu Anda pilih satu per satu" in sari.text
    sari.tap("Simpan 1 perubahan")
    assert chosen(house, CAMPAIGN) == "B"
    assert chosen(house, TEAM) == "Ya"
    send_back(house, sari, edited(data, {at(lke, CAMPAIGN, "K"): "A"}))
    sari.tap("Satu per satu")
    assert "Saat diunduh: C" in sari.text
    assert "Sekarang di bot: B · oleh Budi Contoh" in sari.text
    assert "Di berkas: A" in sari.text
    sari.tap("Pakai dari berkas").tap("Simpan 1 perubahan")
    assert chosen(house, CAMPAIGN) == "A"


def test_an_emptied_cell_takes_nothing_away_unless_chosen(house: House, sari: Talk, lke: Instrument) -> None:
    answered(house, sari, TEAM, "Ya")
    _, data = fetch(house, sari, "LKE Excel")
    send_back(house, sari, edited(data, {at(lke, TEAM, "K"): None}))
    assert "A.I.1.i.a: Ya menjadi kosong" in sari.text
    assert "Simpan" not in " ".join(sari.labels)
    sari.tap("Satu per satu").tap("Pakai dari berkas").tap("Simpan 1 perubahan")
    assert chosen(house, TEAM) is None


def test_somebody_elses_change_after_the_screen_stops_the_saving(
    house: House, sari: Talk, budi: Talk, lke: Instrument
) -> None:
    _, data = fetch(house, sari, "LKE Excel")
    send_back(house, sari, edited(data, {at(lke, CAMPAIGN, "K"): "A"}))
    old = sari.data_of("Simpan 1 perubahan")
    answered(house, budi, CAMPAIGN, "C")
    sari.tap_data(old)
    assert "Isian berubah sejak layar ini dibuka" in sari.text
    assert chosen(house, CAMPAIGN) == "C"
    sari.tap_data(old)
    assert chosen(house, CAMPAIGN) == "C"


def test_a_member_applies_their_own_area_and_sees_what_is_not_theirs(
    house: House, budi: Talk, lke: Instrument
) -> None:
    _, data = fetch(house, budi, "LKE Excel")
    send_back(house, budi, edited(data, {
        at(lke, CAMPAIGN, "K"): "A", at(lke, TEAM, "K"): "Ya", at(lke, CAMPAIGN, "Q"): "C",
    }))  # fmt: skip
    assert budi.text.startswith("1 perubahan dari berkas Anda.")
    assert "2 perubahan di luar bagian Anda tidak diterapkan: A.I.1.i.a, A.I.5.i.a." in budi.text
    budi.tap("Simpan 1 perubahan")
    assert chosen(house, CAMPAIGN) == "A"
    assert row_of(house, TEAM) is None
    assert rows_of(house, select(Assessment).where(Assessment.side == ASSESSOR_SIDE)) == []


@pytest.mark.db
def test_the_assessors_columns_are_applied_by_the_assigned_assessor_into_their_own_worksheet(
    house: House, sari: Talk, rina: Talk, unit: int, lke: Instrument
) -> None:
    answered(house, sari, TEAM, "Ya")
    _, data = fetch(house, rina, "LKE Excel")
    send_back(house, rina, edited(data, {
        at(lke, TEAM, "Q"): "Tidak", at(lke, TEAM, "T"): "SK belum ditandatangani.",
        at(lke, f"{AGENTS}#agen", "Q"): 2, at(lke, f"{AGENTS}#perubahan", "Q"): 1,
        at(lke, CAMPAIGN, "K"): "A",
    }))  # fmt: skip
    assert rina.text.startswith("3 perubahan dari berkas Anda.")
    assert "TPI · A.I.1.i.a: kosong menjadi Tidak" in rina.text
    assert "1 perubahan di luar bagian Anda" in rina.text
    rina.tap("Simpan 3 perubahan")
    assert "2 jawaban TPI, 1 catatan TPI" in rina.text
    theirs = rows_of(house, select(Assessment).where(Assessment.side == ASSESSOR_SIDE))
    assert [(row.unit_id, row.year, row.target) for row in theirs] == [(unit, 2027, "WBK")]
    rows = rows_of(
        house, select(Answer).where(Answer.assessment_id == theirs[0].id).order_by(col(Answer.item_id))
    )
    assert [(row.item_id, row.choice, row.note) for row in rows] == [
        (TEAM, "Tidak", "SK belum ditandatangani."),
        (AGENTS, None, ""),
    ]
    own = rows_of(house, select(Answer).where(Answer.assessment_id != theirs[0].id))
    assert [(row.item_id, row.choice) for row in own] == [(TEAM, "Ya")]
    _, again = fetch(house, sari, "LKE Excel")
    sheet = sheets(again)["LKE ZI"]
    assert sheet[at(lke, TEAM, "K")].value == "Ya"
    assert sheet[at(lke, TEAM, "Q")].value == "Tidak"
    assert sheet[at(lke, TEAM, "T")].value == "SK belum ditandatangani."


def test_who_also_belongs_to_the_team_does_not_judge_it(
    house: House, sari: Talk, unit: int, lke: Instrument
) -> None:
    from flows.models import Membership, Person

    with house.writing() as session:
        person = session.exec(select(Person).where(Person.telegram_id == sari.user_id)).one()
        agency = session.exec(select(Membership.agency_id)).first() or 0
        session.add(Membership(person_id=person.id or 0, agency_id=agency, unit_id=unit, role="penilai",
                               created_at=house.clock.now()))  # fmt: skip
    _, data = fetch(house, sari, "LKE Excel")
    send_back(house, sari, edited(data, {at(lke, TEAM, "Q"): "Ya"}))
    assert "1 perubahan di luar bagian Anda" in sari.text
    assert "Simpan" not in " ".join(sari.labels)


def test_cells_that_cannot_be_read_are_named_and_left_out(house: House, sari: Talk, lke: Instrument) -> None:
    _, data = fetch(house, sari, "LKE Excel")
    send_back(house, sari, edited(data, {
        at(lke, TEAM, "K"): "A/B", at(lke, "H.1.a", "K"): 7, at(lke, CAMPAIGN, "N"): "x" * 2001,
        at(lke, "MP.P.1.b", "K"): "b",
    }))  # fmt: skip
    assert sari.text.startswith("1 perubahan dari berkas Anda.")
    assert "3 tidak terbaca, jadi dilewati:" in sari.text
    assert f"• {at(lke, TEAM, 'K')} (A.I.1.i.a): berisi “A/B”" in sari.text
    assert "lebih dari 2.000 huruf" in sari.text
    sari.tap("Simpan 1 perubahan")
    assert chosen(house, "MP.P.1.b") == "B"


def test_moved_rows_and_columns_are_still_found(house: House, sari: Talk, lke: Instrument) -> None:
    _, data = fetch(house, sari, "LKE Excel")
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["LKE ZI"]
    sheet[at(lke, CAMPAIGN, "K")] = "A"
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.title = "Salinan"
    sheet.insert_rows(10, 3)
    sheet.insert_cols(9)
    out = io.BytesIO()
    book.save(out)
    send_back(house, sari, out.getvalue())
    assert "A.I.5.i.a: kosong menjadi A" in sari.text


def test_a_surveys_index_is_not_changed_through_the_workbook(
    house: House, sari: Talk, unit: int, lke: Instrument
) -> None:
    from flows.models import Survey

    with house.writing() as session:
        session.add(Survey(unit_id=unit, kind="SPAK", year=2026, part="T4", index_10k=36_200,
                           added_at=house.clock.now(), changed_at=house.clock.now()))  # fmt: skip
    _, data = fetch(house, sari, "LKE Excel")
    sheet = sheets(data)["LKE ZI"]
    assert sheet[at(lke, "H.1.a", "K")].value == 3.62
    assert sheet[at(lke, "H.1.a", "K")].protection.locked
    assert "Diisi dari daftar Survei di bot: SPAK" in sheet[at(lke, "H.1.a", "I")].value
    send_back(house, sari, edited(data, {at(lke, "H.1.a", "K"): 4}))
    assert "Indeks survei diubah lewat daftar Survei" in sari.text


# whose file ----------------------------------------------------------------------------------------


def test_a_file_of_another_unit_of_mine_goes_to_that_unit(house: House, sari: Talk, lke: Instrument) -> None:
    _, data = fetch(house, sari, "LKE Excel")
    first = rows_of(house, select(Assessment))[0]
    other = house.unit("Kantor Kedua")
    with house.writing() as session:
        from flows.models import ChatState, Membership, Person, Unit

        person = session.exec(select(Person).where(Person.telegram_id == sari.user_id)).one()
        session.add(Membership(person_id=person.id or 0, agency_id=session.get_one(Unit, other).agency_id,
                               unit_id=other, role="koordinator", created_at=house.clock.now()))  # fmt: skip
        session.get_one(ChatState, (sari.user_id, sari.user_id)).unit_id = other
    send_back(house, sari, edited(data, {at(lke, TEAM, "K"): "Ya"}))
    assert "Kantor Layanan Contoh, 2027" in sari.text
    sari.tap("Simpan 1 perubahan")
    assert row_of(house, TEAM).assessment_id == first.id  # type: ignore[union-attr]


def test_a_strangers_workbook_and_a_damaged_stamp_are_refused_kindly(
    house: House, sari: Talk, lke: Instrument
) -> None:
    _, data = fetch(house, sari, "LKE Excel")
    elsewhere = house.member(house.unit("Kantor Lain", house.agency("Instansi Lain")), "koordinator").start()
    send_back(house, elsewhere, data)
    assert "milik unit lain" in elsewhere.text
    send_back(house, sari, edited(data, {"A2": '{"unit": 99}'}, sheet=stamp.SHEET))
    assert "tanda pengenalnya" in sari.text
    assert rows_of(house, select(Answer)) == []


def test_without_its_hidden_sheet_the_file_is_an_ordinary_worksheet_for_the_importer(
    house: House, sari: Talk, budi: Talk, lke: Instrument
) -> None:
    answered(house, sari, TEAM, "Ya")
    answered(house, sari, CAMPAIGN, "B")
    _, data = fetch(house, sari, "LKE Excel")
    book = openpyxl.load_workbook(io.BytesIO(data))
    del book[stamp.SHEET]
    sheet = book["LKE ZI"]
    sheet[at(lke, f"{AGENTS}#agen", "K")] = 2
    sheet[at(lke, f"{AGENTS}#perubahan", "K")] = 1
    out = io.BytesIO()
    book.save(out)
    reading = read_workbook(out.getvalue(), lke)
    assert reading.answers == {
        TEAM: Choice("Ya"),
        CAMPAIGN: Choice("B"),
        AGENTS: Ratio({"agen": 2, "perubahan": 1}),
    }
    assert reading.doubts == ()
    send_back(house, sari, out.getvalue())
    assert sari.text.startswith("Terbaca: 3 dari 110 jawaban")
    send_back(house, budi, out.getvalue())
    assert "dibawa masuk oleh koordinator unit" in budi.text


def test_old_buttons_of_a_file_that_ended_lead_to_how_it_ended(
    house: House, sari: Talk, budi: Talk, lke: Instrument
) -> None:
    _, data = fetch(house, sari, "LKE Excel")
    send_back(house, sari, edited(data, {at(lke, TEAM, "K"): "Ya"}))
    found = rows_of(house, select(LkeImport))[0]
    apply = sari.data_of("Simpan 1 perubahan")
    for route in ("buku.lihat", "impor.lihat"):
        budi.tap_data(f"{route}:{found.id}") if budi.messages else budi.type("/menu").tap_data(
            f"{route}:{found.id}"
        )
        assert "tidak ada dalam daftar Anda" in budi.text
    sari.tap("Simpan 1 perubahan").tap_data(apply)
    assert "sudah selesai diputuskan" in sari.text
    sari.tap_data(f"impor.lihat:{found.id}")
    assert sari.text.startswith("✓ Tersimpan dari berkas")
    sari.tap_data(f"impor.simpan:{found.id}:1:0")
    assert len(history_of(house, TEAM)) == 1
