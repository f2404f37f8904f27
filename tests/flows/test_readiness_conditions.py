"""Conditions of proposal: the admin answers for the agency, the coordinator for the unit."""

import pytest
from sqlmodel import select

from flows import routes
from flows.models import AuditEntry, EligibilityAnswer, Unit
from flows.readiness.conditions import process
from tests.support.house import House
from tests.support.lke import assessment_id, rows_of
from tests.support.readiness import set_target


def answers(house: House) -> list[tuple[int, int, str, str]]:
    found = rows_of(house, select(EligibilityAnswer).order_by(EligibilityAnswer.id))  # type: ignore[arg-type]
    return [(r.unit_id, r.year, r.line_id, r.value) for r in found]


@pytest.mark.db
def test_the_admin_answers_once_and_every_unit_sees_it(house: House) -> None:
    agency = house.agency()
    first, second = house.unit("Unit Satu", agency), house.unit("Unit Dua", agency)
    set_target(house, second, "WBBM")
    ani = house.admin(agency)
    ani.type("/kesiapan")
    assert ani.text.startswith("Syarat instansi 2027: 0 dari 5 terjawab\n\n")
    ani.tap("1").tap("Ya, terpenuhi")
    assert "Keadaan: ya, dijawab Ani Contoh, hari ini" in ani.text
    ani.tap("‹ Syarat instansi").tap("2").tap("Ya, WBK saja").tap("‹ Syarat instansi")
    assert (
        "2. Predikat SAKIP instansi, WBK minimal B, WBBM minimal BB: ya untuk WBK, belum untuk WBBM"
        in ani.text
    )
    ani.tap("Pemerintah daerah")
    assert "Syarat instansi 2027: 2 dari 4 terjawab" in ani.text
    budi = house.member(first, "koordinator")
    budi.type("/kesiapan").tap("Syarat pengusulan")
    assert budi.text.startswith("Syarat pengusulan WBK: 2 ya, 0 belum, 8 belum diisi")
    assert "✓ 1. Opini BPK atas laporan keuangan, WTP: ya" in budi.text
    assert "kementerian/lembaga" not in budi.text
    sari = house.member(second, "koordinator")
    sari.type("/kesiapan").tap("Syarat pengusulan")
    assert "! 2. Predikat SAKIP instansi, minimal BB: belum" in sari.text
    assert "Peringatan dari praktik, bukan syarat peraturan" in sari.text
    assert "○ 12. Lama berpredikat WBK, minimal 2 tahun: belum diisi" in sari.text
    assert sari.text.startswith("Syarat pengusulan WBBM: 1 ya, 1 belum, 9 belum diisi")
    ani.tap("1").tap("Belum").tap("Kosongkan")
    assert (0, 2027, "opini_bpk", "ya") not in answers(house)


def test_the_coordinator_answers_for_the_unit_alone(house: House) -> None:
    agency = house.agency()
    first, second = house.unit("Unit Satu", agency), house.unit("Unit Dua", agency)
    budi = house.member(first, "koordinator")
    budi.type("/kesiapan").tap("Syarat pengusulan").tap("9")
    assert "Kepatuhan LHKAN dan LHKPN" in budi.text
    assert "Dasar: PermenPANRB 5/2024, Tabel 5" in budi.text
    assert "Lihat juga A.II.5.iii.a" in budi.labels
    budi.tap("Belum").tap("‹ Syarat")
    assert "! 9. Kepatuhan LHKAN dan LHKPN, 100%: belum" in budi.text
    budi.tap("1")
    assert "Dijawab oleh admin instansi" in budi.text
    assert "Ya, terpenuhi" not in budi.labels
    budi.type("/kesiapan")
    assert "diperiksa terpisah: 0 ya, 1 belum, 10 belum diisi" in budi.text
    sari = house.member(second, "koordinator")
    sari.type("/kesiapan").tap("Syarat pengusulan")
    assert "○ 9. Kepatuhan LHKAN dan LHKPN, 100%: belum diisi" in sari.text
    assert answers(house) == [(first, 2027, "harta_kekayaan", "tidak")]
    entry = rows_of(house, select(AuditEntry).where(AuditEntry.act == "syarat.jawab"))[0]
    assert (entry.unit_id, entry.subject, entry.facts["value"]) == (first, "harta_kekayaan", "tidak")


def test_others_see_and_cannot_answer(house: House) -> None:
    unit = house.unit()
    number = assessment_id(house, unit)
    for role, area in (("penilai", None), ("anggota", "PP"), ("ketua", "PW")):
        who = house.member(unit, role, area)
        who.type("/kesiapan").tap("Syarat pengusulan").tap("8")
        assert "Ya, terpenuhi" not in who.labels
        assert "Dijawab oleh koordinator unit" in who.text
        who.tap_data(routes.CONDITION_SET(number, "tindak_lanjut", "ya").pack())
        assert "diisi koordinator unit" in who.toast
    assert answers(house) == []


def test_forged_and_foreign_answers_are_refused(house: House) -> None:
    agency = house.agency()
    unit = house.unit("Unit Satu", agency)
    number = assessment_id(house, unit)
    budi = house.member(unit, "koordinator")
    budi.type("/kesiapan")
    for action in (
        routes.CONDITION_SET(number, "opini_bpk", "ya"),  # the agency's
        routes.CONDITION_SET(number, "tindak_lanjut", "wbk"),  # no such choice
        routes.CONDITION_SET(number + 7, "tindak_lanjut", "ya"),
        routes.CONDITION("entah"),
        routes.AGENCY_CONDITIONS(agency, 2027),
        routes.AGENCY_CONDITION_SET(agency, 2027, "opini_bpk", "ya"),
    ):
        assert budi.tap_data(action.pack()).toast, action
    foreign = house.admin(house.agency("Instansi Lain"))
    foreign.type("/menu")
    for action in (
        routes.AGENCY_CONDITIONS(agency, 2027),
        routes.AGENCY_CONDITION(agency, 2027, "opini_bpk"),
        routes.AGENCY_CONDITION_SET(agency, 2027, "opini_bpk", "ya"),
    ):
        assert "hanya untuk admin instansi" in foreign.tap_data(action.pack()).toast
    assert answers(house) == []


def test_an_admin_with_an_open_unit_finds_the_agency_from_there(house: House) -> None:
    agency = house.agency()
    unit = house.unit("Unit Satu", agency)
    ani = house.admin(agency)
    ani.type("/menu").tap_data(routes.UNIT_OPEN(unit).pack())
    ani.type("/kesiapan").tap("Syarat pengusulan").tap("Syarat instansi")
    assert ani.text.startswith("Syarat instansi 2027")
    with house.writing() as session:
        session.get_one(Unit, unit).archived_at = house.clock.now()


def test_every_condition_has_its_rule() -> None:
    assert all(line.rule for line in process().eligibility)
    assert len({line.id for line in process().eligibility}) == 13
