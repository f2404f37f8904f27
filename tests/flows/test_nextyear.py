"""Tahun LKE: closing the year, opening the next one from it, and confirming what came along."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest
from sqlmodel import Session, col, select

from flows import policy, routes
from flows.models import (
    UNIT_SIDE,
    Answer,
    AnswerChange,
    Assessment,
    AuditEntry,
    Deadline,
    Evidence,
    EvidenceUse,
    EvidenceVersion,
    Job,
    LheNote,
    Membership,
    Pic,
    Survey,
    TpiRound,
    Unit,
    UnitDuty,
)
from flows.nextyear import plan
from flows.readiness import service as readiness
from flows.workbook import book as workbook
from flows.workbook import content
from knowledge.library import Library
from tests.flows.test_mine import person_of
from tests.flows.test_registration import at_the_same_moment, counted
from tests.flows.test_season import pressed
from tests.support.house import House
from tests.support.lke import CAMPAIGN, open_item, rows_of
from tests.support.talk import Talk

FIRST = "MP.P.1.a"


@pytest.fixture
def agency(house: House) -> int:
    """An agency."""
    return house.agency("Instansi Contoh")


@pytest.fixture
def unit(house: House, agency: int) -> int:
    """A unit of it."""
    return house.unit("Kantor Layanan Contoh", agency)


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    """The unit's coordinator."""
    return house.member(unit, "koordinator", name="Budi Contoh")


@pytest.fixture
def dewi(house: House, unit: int) -> Talk:
    """A member of area 5."""
    return house.member(unit, "anggota", "PW", "Dewi Contoh")


@pytest.fixture
def admin(house: House, agency: int) -> Talk:
    """The agency's admin."""
    return house.admin(agency, "Rina Contoh")


def of_year(house: House, unit: int, year: int) -> Assessment:
    """The unit's own LKE of a year."""
    (found,) = rows_of(
        house,
        select(Assessment).where(
            Assessment.unit_id == unit, Assessment.year == year, Assessment.side == UNIT_SIDE
        ),
    )
    assert isinstance(found, Assessment)
    return found


def answered(house: House, unit: int, item_id: str, choice: str, note: str = "") -> None:
    """An answer given behind the scenes."""
    at = of_year(house, unit, 2027).id or 0
    with house.writing() as session:
        session.add(
            Answer(assessment_id=at, item_id=item_id, choice=choice, note=note, answered_at=house.clock.now())
        )


def piece(
    house: House,
    unit: int,
    title: str,
    *,
    dated_on: date | None,
    valid_until: date | None = None,
    verdict: str = "",
    item_id: str = CAMPAIGN,
) -> int:
    """A piece of evidence for an item of 2027."""
    at, now = of_year(house, unit, 2027).id or 0, house.clock.now()
    with house.writing() as session:
        row = Evidence(unit_id=unit, title=title, dated_on=dated_on, valid_until=valid_until, made_at=now)
        session.add(row)
        session.flush()
        session.add(
            EvidenceVersion(
                evidence_id=row.id or 0, kind="link", url=f"https://drive.example/{row.id}", made_at=now
            )
        )
        session.add(
            EvidenceUse(
                evidence_id=row.id or 0, assessment_id=at, item_id=item_id, verdict=verdict, made_at=now
            )
        )
        return row.id or 0


def years(talk: Talk) -> Talk:
    """They open Tahun LKE."""
    return talk.type("/tahun")


def closed(talk: Talk) -> Talk:
    """They close the present year."""
    return years(talk).tap("Tutup tahun 2027").tap("Ya, tutup")


def opened(talk: Talk) -> Talk:
    """They close the year and open the next one."""
    return closed(talk).tap("Siapkan tahun 2028").tap("Buka tahun 2028")


def acts(house: House) -> list[str]:
    """What the audit trail says of years."""
    rows = rows_of(house, select(AuditEntry).where(col(AuditEntry.act).startswith("year.")))
    return [row.act for row in sorted(rows, key=lambda each: each.id)]


# closing ---------------------------------------------------------------------------------------------


@pytest.mark.db
def test_a_closed_year_is_read_and_changed_by_nobody(house: House, unit: int, budi: Talk, dewi: Talk) -> None:
    open_item(dewi, CAMPAIGN).tap("B")
    old_answer, old_note = dewi.data_of("C"), of_year(house, unit, 2027).id
    budi.type("/menu").tap("Tahun LKE")
    assert "2027: sedang dikerjakan" in budi.text
    budi.tap("Tutup tahun 2027")
    assert "Terjawab 1 dari 113 isian, 0 disetujui." in budi.text
    budi.tap("Ya, tutup")
    assert "✓ 2027: ditutup 18 Januari 2027, hanya dibaca" in budi.text

    dewi.tap_data(old_answer)
    assert policy.year_closed(2027) in dewi.text
    dewi.tap_data(routes.LKE_NOTE_SAVE(old_note or 0, CAMPAIGN, 1).pack())
    assert policy.year_closed(2027) in dewi.text
    open_item(dewi, CAMPAIGN)
    assert "Jawaban: B" in dewi.text
    assert not {"A", "✓ B", "C", "Tambah bukti", "Kirim untuk direviu", "Hapus jawaban"} & set(dewi.labels)
    dewi.type("/lke")
    assert "Tahun ini sudah ditutup" in dewi.text
    dewi.type("/menu")
    assert "LKE 2027 sudah ditutup: hanya dibaca." in dewi.text
    assert [row.choice for row in rows_of(house, select(Answer))] == ["B"]
    assert acts(house) == ["year.close"]


def test_every_way_to_change_a_closed_year_is_refused(
    house: House, unit: int, budi: Talk, dewi: Talk
) -> None:
    answered(house, unit, CAMPAIGN, "B", "Rutin")
    number = piece(house, unit, "Notula kampanye", dated_on=date(2027, 1, 5))
    at = of_year(house, unit, 2027).id or 0
    person = person_of(house, dewi)
    closed(budi)
    dewi.type("/menu")
    before = counted(house, AnswerChange)
    for action in (
        routes.LKE_SET(at, CAMPAIGN, "A", 1),
        routes.LKE_FORCE(at, CAMPAIGN, "A", 1),
        routes.LKE_CLEAR(at, CAMPAIGN, 1),
        routes.REVIEW_SEND(at, CAMPAIGN, 0, 0),
        routes.REVIEW_OK(at, CAMPAIGN, 0),
        routes.NA_SET(at, CAMPAIGN, 0),
        routes.PIC_SET(at, CAMPAIGN, 0, person, 0),
        routes.PIC_TAKE(at, CAMPAIGN),
        routes.EVIDENCE_REMOVE(number, 1),
        routes.EVIDENCE_DETACH(number, CAMPAIGN),
        routes.EVIDENCE_RESTRICT(number, 1, 1),
        routes.EVIDENCE_PERIOD_SET(number, "2026", 1),
        routes.EVIDENCE_WAIVE(at, CAMPAIGN, 0, 0),
        routes.ENDORSE_DO(at, 0),
        routes.UNIT_TARGET(unit, "WBBM"),
    ):
        for talk in (budi, dewi):
            talk.tap_data(action.pack())
    assert counted(house, AnswerChange) == before
    assert counted(house, EvidenceUse) == 1
    assert [row.revision for row in rows_of(house, select(Evidence))] == [1]
    assert [(row.choice, row.note) for row in rows_of(house, select(Answer))] == [("B", "Rutin")]
    assert of_year(house, unit, 2027).target == "WBK"


def test_a_unit_does_not_close_its_year_while_assessors_are_at_work(
    house: House, unit: int, budi: Talk, admin: Talk
) -> None:
    with house.writing() as session:
        at = session.exec(select(Assessment.id)).one() or 0
        session.add(TpiRound(assessment_id=at, no=1, opened_at=house.clock.now()))
    years(budi)
    assert "Penilaian TPI putaran 1 belum disahkan" in budi.text
    assert "Tutup tahun 2027" not in budi.labels
    budi.tap_data(routes.YEAR_CLOSE(of_year(house, unit, 2027).id or 0).pack())
    assert "mintalah admin instansi menutupnya" in budi.text
    assert acts(house) == []
    admin.type("/menu").tap_data(routes.YEARS(unit).pack()).tap("Tutup tahun 2027")
    assert "Penilaian TPI putaran 1 belum disahkan dan berhenti bila tahun ini ditutup." in admin.text
    admin.tap("Ya, tutup")
    assert acts(house) == ["year.close"]


def test_members_read_and_only_the_admin_opens_a_closed_year_again(
    house: House, unit: int, budi: Talk, dewi: Talk, admin: Talk
) -> None:
    at = of_year(house, unit, 2027).id or 0
    years(dewi)
    assert "Tutup tahun 2027" not in dewi.labels
    dewi.tap_data(routes.YEAR_CLOSE(at).pack())
    assert "Tahun LKE ditutup dan dibuka koordinator unit atau admin instansi." in dewi.text
    closed(budi)
    assert "Buka kembali 2027" not in budi.labels
    budi.tap_data(routes.YEAR_REOPEN(at).pack())
    assert "hanya dapat dibuka kembali oleh admin instansi" in budi.text
    budi.tap_data(
        routes.UNIT_YEAR(unit, 2028).pack()
    )  # the unit's data: an empty year, the old one stays closed
    budi.tap_data(routes.UNIT_YEAR(unit, 2027).pack())
    assert "LKE 2027 sudah ditutup sebagai arsip" in budi.text
    admin.type("/menu").tap_data(routes.YEARS(unit).pack()).tap("Buka kembali 2027")
    assert "LKE 2028 tidak dikerjakan selama itu" in admin.text
    admin.tap("Ya, buka kembali")
    assert "2027: sedang dikerjakan" in admin.text
    open_item(dewi, CAMPAIGN).tap("B")
    assert "Tersimpan" in dewi.text or "✓ B" in dewi.labels
    assert acts(house) == ["year.close", "year.reopen"]


def test_another_unit_sees_nothing_of_it(house: House, unit: int, budi: Talk, agency: int) -> None:
    other = house.member(house.unit("Kantor Lain", agency), "koordinator", name="Andi Contoh")
    at = of_year(house, unit, 2027).id or 0
    closed(budi)
    other.type("/menu")
    for action in (
        routes.YEARS(unit),
        routes.YEAR_READ(at),
        routes.YEAR_AREA(at, "PW", 0),
        routes.YEAR_ITEM(at, CAMPAIGN),
        routes.YEAR_FILE(at),
        routes.YEAR_NEXT(at),
        routes.YEAR_NEXT_PART(at, "baru", 0),
        routes.YEAR_OPEN(at),
        routes.YEAR_CLOSE(at),
        routes.YEAR_REOPEN(at),
        routes.YEAR_OPENED(unit),
    ):
        other.tap_data(action.pack())
        assert "tidak ada dalam daftar Anda" in other.text
        assert "Kantor Layanan Contoh" not in other.text
    assert counted(house, Assessment) == 2


# the preview and opening -----------------------------------------------------------------------------


def furnished(house: House, unit: int, dewi: Talk) -> dict[str, int]:
    """A year of work: answers, evidence of all kinds, a PIC, a duty, a note of the LHE."""
    answered(house, unit, CAMPAIGN, "B", "Kampanye tiap triwulan")
    answered(house, unit, FIRST, "Ya")
    numbers = {
        "new": piece(house, unit, "Notula Januari 2027", dated_on=date(2027, 1, 5)),
        "old": piece(house, unit, "SK tim 2025", dated_on=date(2026, 3, 1)),
        "out": piece(house, unit, "Sertifikat", dated_on=date(2027, 1, 6), valid_until=date(2027, 1, 10)),
        "none": piece(house, unit, "Tanpa tanggal", dated_on=None),
        "bad": piece(house, unit, "Ditolak", dated_on=date(2027, 1, 7), verdict="returned"),
    }
    at, now, gone = of_year(house, unit, 2027).id or 0, house.clock.now(), house.member(unit, "anggota", "MP")
    with house.writing() as session:
        session.add(Pic(assessment_id=at, scope="PW", person_id=person_of(house, dewi), set_at=now))
        session.add(Pic(assessment_id=at, scope="MP", person_id=person_of(house, gone), set_at=now))
        for held in session.exec(select(Membership).where(Membership.area == "MP")).all():
            held.revoked_at = now
        session.add(UnitDuty(unit_id=unit, duty="monev", set_at=now))
        session.add(LheNote(unit_id=unit, year=2027, text="Kampanye belum rutin", made_at=now))
    return numbers


@pytest.mark.db
def test_the_next_year_is_shown_first_and_then_opened(
    house: House, unit: int, budi: Talk, dewi: Talk
) -> None:
    numbers = furnished(house, unit, dewi)
    closed(budi).tap("Siapkan tahun 2028")
    assert "tidak ada perubahan" in budi.text
    assert "Jawaban: 2 ikut" in budi.text
    assert "Bukti dukung: 1 masih berlaku dan ikut, 4 perlu yang baru" in budi.text
    assert "(rentang bukti 1 Januari 2027 sampai 31 Mei 2028)" in budi.text
    assert "PIC: 1 penunjukan ikut; 1 penunjukan tidak ikut" in budi.text
    assert "Tugas rutin: 1 mendapat tanggal lagi" in budi.text
    assert "Catatan LHE 2027: 1 belum menjadi tugas" in budi.text
    budi.tap("Bukti perlu baru (4)")
    for line in (
        "SK tim 2025 (1 Maret 2026): di luar rentang bukti · A.I.5.i.a",
        "Sertifikat (6 Januari 2027): masa berlakunya habis",
        "Tanpa tanggal (tanpa tanggal): belum bertanggal",
        "Ditolak (7 Januari 2027): diminta diperbaiki",
    ):
        assert line in budi.text
    assert counted(house, Assessment) == 1

    budi.tap("‹ Kembali").tap("Buka tahun 2028")
    assert "LKE 2028 sedang dikerjakan" in budi.text
    assert "2 jawaban dari tahun lalu perlu dikonfirmasi" in budi.text
    assert {"Perlu dikonfirmasi (2)", "Catatan LHE (1)", "Susun tahapan"} <= set(budi.labels)
    new = of_year(house, unit, 2028)
    carried = rows_of(house, select(Answer).where(Answer.assessment_id == new.id))
    assert {(r.item_id, r.choice, r.note, r.source, r.answered_by) for r in carried} == {
        (CAMPAIGN, "B", "Kampanye tiap triwulan", "carried", None),
        (FIRST, "Ya", "", "carried", None),
    }
    uses = rows_of(house, select(EvidenceUse).where(EvidenceUse.assessment_id == new.id))
    assert [(use.evidence_id, use.item_id, use.verdict) for use in uses] == [(numbers["new"], CAMPAIGN, "")]
    pics = rows_of(house, select(Pic).where(Pic.assessment_id == new.id))
    assert [(row.scope, row.person_id) for row in pics] == [("PW", person_of(house, dewi))]
    assert rows_of(house, select(Deadline).where(Deadline.assessment_id == new.id, Deadline.scope == "duty"))
    assert of_year(house, unit, 2027).archived_at is not None
    assert [u.closed_year for u in rows_of(house, select(Unit).where(Unit.id == unit))] == [None]
    assert acts(house) == ["year.close", "year.open"]
    budi.tap("Catatan LHE (1)")
    assert "Kampanye belum rutin" in budi.text


@pytest.mark.db
def test_two_who_open_the_year_at_once_open_it_once(
    house: House, unit: int, budi: Talk, dewi: Talk, admin: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnished(house, unit, dewi)
    closed(budi).tap("Siapkan tahun 2028")
    admin.type("/menu").tap_data(routes.YEARS(unit).pack()).tap("Siapkan tahun 2028")
    for talk in (budi, admin):
        pressed(house, talk, "Buka tahun 2028")
    at_the_same_moment(monkeypatch, 2)
    house.deliver()
    for talk in (budi, admin):
        assert "LKE 2028 sedang dikerjakan" in talk.text
    assert counted(house, Assessment) == 2
    assert counted(house, Answer) == 4
    assert counted(house, EvidenceUse) == 6
    assert counted(house, AuditEntry, AuditEntry.act == "year.open") == 1


def test_a_second_tap_on_any_step_changes_nothing(house: House, unit: int, budi: Talk, dewi: Talk) -> None:
    furnished(house, unit, dewi)
    years(budi).tap("Tutup tahun 2027")
    close = budi.data_of("Ya, tutup")
    budi.tap("Ya, tutup").tap_data(close)
    budi.tap("Siapkan tahun 2028")
    go = budi.data_of("Buka tahun 2028")
    budi.tap("Buka tahun 2028").tap_data(go)
    assert "LKE 2028 sedang dikerjakan" in budi.text
    assert acts(house) == ["year.close", "year.open"]
    budi.tap_data(close)  # an old button of the year before closes nothing of the new one
    assert of_year(house, unit, 2028).archived_at is None


def test_nothing_that_stands_in_the_new_year_is_overwritten(
    house: House, unit: int, budi: Talk, dewi: Talk, admin: Talk
) -> None:
    furnished(house, unit, dewi)
    opened(budi)
    open_item(dewi, CAMPAIGN).tap("A")
    at = of_year(house, unit, 2027).id or 0
    admin.type("/menu").tap_data(routes.YEAR_REOPEN(at).pack())
    assert "2027: sedang dikerjakan" in admin.text
    opened(budi)
    new = of_year(house, unit, 2028).id
    found = rows_of(house, select(Answer).where(Answer.assessment_id == new, Answer.item_id == CAMPAIGN))
    assert [(row.choice, row.source) for row in found] == [("A", "chat")]
    assert counted(house, EvidenceUse, EvidenceUse.assessment_id == new) == 1


def test_a_year_is_opened_only_from_a_closed_one(house: House, unit: int, budi: Talk) -> None:
    at = of_year(house, unit, 2027).id or 0
    years(budi).tap_data(routes.YEAR_OPEN(at).pack())
    assert "Tutup dulu LKE 2027" in budi.text
    opened(budi)
    years(budi).tap("Tutup tahun 2028").tap("Ya, tutup").tap("Siapkan tahun 2029")
    assert "LKE 2029 dapat dibuka mulai Juli 2027" in budi.text
    assert counted(house, Assessment) == 2


# the older year --------------------------------------------------------------------------------------


def test_the_older_year_is_read_item_by_item_and_downloaded(
    house: House, unit: int, budi: Talk, dewi: Talk
) -> None:
    furnished(house, unit, dewi)
    opened(budi)
    open_item(dewi, CAMPAIGN).tap("A")
    dewi.type("/dokumen").tap("LKE tahun lain").tap("Baca 2027")
    assert dewi.text.startswith("LKE 2027\nKantor Layanan Contoh · ditutup 18 Januari 2027, hanya dibaca")
    assert "terjawab 2 dari 113 isian, 5 bukti dukung" in dewi.text
    dewi.tap("Area 5").tap("A.I.5.i.a")
    assert "Jawaban: B" in dewi.text
    assert "Penjelasan: Kampanye tiap triwulan" in dewi.text
    assert "Bukti dukung: 5" in dewi.text
    dewi.tap("‹ Kembali").tap("‹ Kembali").tap("Unduh LKE Excel")
    house.settle()
    jobs = rows_of(house, select(Job).where(Job.kind == "document"))
    assert jobs[0].args["params"] == {"assessment": of_year(house, unit, 2027).id}
    assert "LKE" in dewi.messages[-1]["document"]["file_name"]
    assert "2027" in dewi.messages[-1]["document"]["file_name"]


def test_evidence_of_a_closed_year_stays_as_it_was_and_can_be_let_go_in_the_new_one(
    house: House, unit: int, budi: Talk, dewi: Talk
) -> None:
    number = furnished(house, unit, dewi)["new"]
    opened(budi)
    dewi.type("/lke").tap_data(routes.EVIDENCE_SHOW(number).pack())
    assert "Bagian arsip LKE 2027, jadi isinya tidak diubah." in dewi.text
    assert "Hapus bukti" not in dewi.labels
    for action in (
        routes.EVIDENCE_REMOVE(number, 1),
        routes.EVIDENCE_TITLE_SAVE(number, 1),
        routes.EVIDENCE_REPLACE(number),
        routes.EVIDENCE_EDIT(number),
    ):
        dewi.tap_data(action.pack())
        assert "Bukti ini bagian arsip LKE 2027" in dewi.text
    dewi.tap_data(routes.EVIDENCE_DETACH(number, CAMPAIGN).pack())
    uses = rows_of(house, select(EvidenceUse).where(EvidenceUse.evidence_id == number))
    assert [use.assessment_id for use in uses] == [of_year(house, unit, 2027).id]


# confirming ------------------------------------------------------------------------------------------


@pytest.mark.db
def test_what_came_along_counts_once_somebody_has_confirmed_it(
    house: House, unit: int, budi: Talk, dewi: Talk
) -> None:
    furnished(house, unit, dewi)
    opened(budi)
    dewi.type("/progres")
    assert dewi.text.startswith("0 dari 110 indikator terjawab")
    assert "2 jawaban dari tahun lalu perlu dikonfirmasi" in dewi.text
    dewi.type("/kesiapan")
    assert "2 jawaban dalam nilai ini dari tahun lalu dan belum dikonfirmasi" in dewi.text
    open_item(dewi, CAMPAIGN)
    assert "Jawaban: B · dari tahun lalu" in dewi.text
    assert "Ketuk Masih benar bila keadaannya tetap" in dewi.text
    assert "Kirim untuk direviu" not in dewi.labels
    at = of_year(house, unit, 2028).id or 0
    dewi.tap_data(routes.REVIEW_SEND(at, CAMPAIGN, 0, 1).pack())
    assert "masih dari tahun lalu" in dewi.text
    open_item(dewi, CAMPAIGN).tap("Masih benar")
    assert "oleh Anda" in dewi.text
    assert "Kirim untuk direviu" in dewi.labels
    dewi.tap("Riwayat")
    assert "Jawaban B dari tahun lalu dikonfirmasi" in dewi.text
    assert "Jawaban B dibawa dari LKE 2027" in dewi.text
    dewi.type("/progres")
    assert dewi.text.startswith("1 dari 110 indikator terjawab")


def test_the_list_goes_area_by_area_by_tap_and_by_typing(
    house: House, unit: int, budi: Talk, dewi: Talk
) -> None:
    furnished(house, unit, dewi)
    for choice, item_id in (("B", "PW.P.1.b"), ("A", "PW.P.2.a"), ("C", "PW.P.2.b")):
        answered(house, unit, item_id, choice)
    opened(budi)
    dewi.type("perlu dikonfirmasi")
    assert "Perlu dikonfirmasi: 5 jawaban" in dewi.text
    dewi.tap("Area 5 (4)")
    assert "1  A.I.5.i.a" in dewi.text
    dewi.tap("Masih benar 1")
    assert "3 perlu dikonfirmasi" in dewi.text
    dewi.type("benar 9")
    assert "Pilih nomor 1 sampai 3 dari daftar ini." in dewi.text
    dewi.type("benar 1 dan 2")
    assert "1 perlu dikonfirmasi" in dewi.text
    dewi.type("1")
    assert "dari tahun lalu, periksa" in dewi.text
    dewi.tap_data(routes.CARRIED("PW", 0).pack()).type("semua benar")
    assert "Perlu dikonfirmasi: 1 jawaban" in dewi.text
    dewi.tap("Area 1 (1)")
    assert "Masih benar 1" not in dewi.labels
    dewi.type("benar 1")
    assert "Bagian ini diisi pokja area lain" in dewi.text
    assert counted(house, Answer, Answer.source == "carried") == 1
    budi.tap_data(routes.CARRIED("MP", 0).pack()).tap("Masih benar 1")
    assert "Semua jawaban dari tahun lalu sudah diperiksa." in budi.text


def test_a_number_typed_after_the_list_has_changed_confirms_nothing(
    house: House, unit: int, budi: Talk, dewi: Talk
) -> None:
    furnished(house, unit, dewi)
    answered(house, unit, "PW.P.1.b", "B")
    opened(budi)
    dewi.type("/lke").tap_data(routes.CARRIED("PW", 0).pack())
    budi.tap_data(routes.CARRIED("PW", 0).pack()).tap("Masih benar 1")
    dewi.type("benar 1")
    assert "Daftarnya berubah sejak layar tadi" in dewi.text
    assert counted(house, Answer, Answer.source == "carried") == 2


@pytest.mark.db
def test_what_did_not_apply_is_asked_again_and_a_closed_year_keeps_its_surveys(
    house: House, unit: int, budi: Talk, dewi: Talk, admin: Talk
) -> None:
    furnished(house, unit, dewi)
    open_item(dewi, "PW.P.1.b").tap("Tidak berlaku").type("Unit tidak menerima tamu").tap("Ya, tidak berlaku")
    with house.writing() as session:
        at = house.clock.now()
        fresh: dict[str, Any] = {
            "unit_id": unit,
            "year": 2026,
            "part": "T4",
            "added_at": at,
            "changed_at": at,
        }
        rows = [Survey(kind="SPAK", index_10k=36_200, **fresh), Survey(kind="SPKP", **fresh)]
        session.add_all(rows)
        session.flush()
        counted_one, late = (row.id or 0 for row in rows)
    closed(budi).tap("Siapkan tahun 2028")
    assert "Tidak berlaku: 1 tanda ikut dan ditanyakan lagi kepada pokjanya." in budi.text
    budi.tap("Buka tahun 2028")
    old = of_year(house, unit, 2027)

    # asked, not assumed
    dewi.type("perlu dikonfirmasi").tap("Area 5 (2)")
    assert "A.I.5.i.b" in dewi.text
    assert "tidak berlaku (“Unit tidak menerima tamu”)" in dewi.text
    open_item(dewi, "PW.P.1.b")
    assert "! Tahun lalu ditandai tidak berlaku: “Unit tidak menerima tamu”. Perlu dikonfirmasi." in dewi.text
    dewi.tap("Masih tidak berlaku")
    assert "Tidak berlaku: “Unit tidak menerima tamu” · oleh Anda" in dewi.text
    dewi.type("perlu dikonfirmasi")
    assert "Area 5 (1)" in dewi.labels

    # said wherever the score is
    budi.type("nilai kita berapa")
    assert "2 jawaban dari tahun lalu ikut dihitung dan belum dikonfirmasi." in budi.text
    assert "Perlu dikonfirmasi (2)" in budi.labels
    house.send_due()
    admin.type("/papan")
    assert "! 2 jawaban dari tahun lalu ikut dihitung, belum dikonfirmasi" in admin.text
    with house.writing() as session:
        where = content.where_of(session, house.library, session.get_one(Unit, unit))
        made = content.collect(session, where, None, house.clock.now())
    book = openpyxl.load_workbook(io.BytesIO(workbook.made(made)))
    said = [cell.comment.text for row in book["LKE ZI"].iter_rows() for cell in row if cell.comment]
    assert said == ["Dari tahun lalu, belum dikonfirmasi pokja."] * 2
    told = [str(cell.value) for row in book["Info"].iter_rows() for cell in row]
    assert any(text.startswith("2 jawaban unit dibawa dari tahun lalu") for text in told)

    # the closed year's surveys
    before = scored(house, old)
    budi.tap_data(routes.SURVEY(counted_one).pack())
    assert "Dipakai dalam nilai LKE 2027 yang sudah ditutup: hanya dibaca." in budi.text
    assert "Indeks" not in budi.labels
    for forged in (routes.SURVEY_FIELD(counted_one, "indeks", 0), routes.SURVEY_DELETE(counted_one, 1)):
        budi.tap_data(forged.pack())
        assert "Survei ini dipakai dalam nilai LKE 2027 yang sudah ditutup" in budi.text
    house.advance(minutes=5)
    budi.tap_data(routes.SURVEY(late).pack()).tap("Indeks").type("3,9")  # noted down late: for 2028 alone
    assert "3,90" in budi.text
    assert scored(house, old) == before


def scored(house: House, assessment: Assessment) -> Any:
    """The score of a year as it is worked out now."""

    def ask(session: Session) -> Any:
        unit = session.get_one(Unit, assessment.unit_id)
        where = content.where_of(session, house.library, unit, assessment.id)
        return readiness.standing_of(session, where).score.total

    return house.read(ask)


# another instrument ----------------------------------------------------------------------------------


def test_answers_are_mapped_by_the_items_id_and_what_has_no_counterpart_is_named(library: Library) -> None:
    old = library.instrument()
    gone, stays, misfit = old.area_order[0], old.indicator(CAMPAIGN), old.indicator("PW.P.1.b")
    new = replace(old, key="lke-2030.1", area_order=old.area_order[1:])
    rows = {
        gone.id: Answer(assessment_id=1, item_id=gone.id, choice=gone.options[0].key),
        stays.id: Answer(assessment_id=1, item_id=stays.id, choice="B"),
        misfit.id: Answer(assessment_id=1, item_id=misfit.id, choice="Z"),
        "PW.P.2.a": Answer(assessment_id=1, item_id="PW.P.2.a", note="Hanya penjelasan"),
        "PW.P.2.b": Answer(assessment_id=1, item_id="PW.P.2.b"),
    }
    taken, lost = plan.mapped(rows, old, new)
    assert [each.item.id for each in taken] == [stays.id, "PW.P.2.a"]
    assert [item.id for item in lost] == [gone.id, misfit.id]
