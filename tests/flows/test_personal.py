"""One's own settings; seeing, taking along and deleting one's own data."""

import json
from typing import Any

import pytest
from sqlmodel import Session, col, delete, select

from flows import media
from flows.models import (
    Assessment,
    AuditEntry,
    ChatState,
    Draft,
    EligibilityAnswer,
    IndicatorMark,
    JoinRequest,
    LkeImport,
    Membership,
    Outbox,
    Person,
    Survey,
    Unit,
    UnitRequest,
)
from flows.personal import export
from tests.flows.test_registration import an_invite, at_the_same_moment, counted
from tests.support.house import House


def test_the_own_zone_wins_over_the_units_and_can_follow_it_again(house: House) -> None:
    dewi = house.member(house.unit(zone="WITA")).start().type("/pengaturan")
    assert "Zona waktu: WITA (mengikuti unit)" in dewi.text
    dewi.tap("WIT")
    assert "Zona waktu: WIT (pilihan Anda)" in dewi.text
    dewi.tap("Ikut unit")
    assert "Zona waktu: WITA (mengikuti unit)" in dewi.text
    dewi.tap_data("atur.zona:GMT")
    assert "tidak tersedia" in dewi.text


def test_settings_fit_the_role(house: House) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator").start().type("/pengaturan")
    assert "Data unit" in budi.labels
    assert "Pilih unit" not in budi.labels
    dewi = house.member(unit, "anggota", "PW", name="Dewi Contoh").start().type("/pengaturan")
    assert "Data unit" not in dewi.labels
    guest = house.stranger().start().type("/pengaturan")
    assert "bergabung lebih dulu" in guest.text


def test_everybody_learns_what_is_stored_and_why(house: House) -> None:
    dewi = house.member(house.unit(), name="Dewi Contoh").start().type("/privasi")
    assert "UU 27/2022" in dewi.text
    assert {"Unduh data saya", "Hapus data saya"} <= set(dewi.labels)
    guest = house.stranger().start().type("/privasi")
    assert guest.text.startswith("Anda belum tercatat di sini.")
    assert "Hapus data saya" not in guest.labels


def test_the_own_data_come_as_a_file_that_holds_nobody_elses(house: House) -> None:
    unit = house.unit()
    house.member(unit, "koordinator", name="Budi Rahasia")
    dewi = house.member(unit, "anggota", "PW", name="Dewi Contoh").start()
    dewi.type("/privasi").tap("Unduh data saya")
    assert dewi.messages[-1]["document"]["file_name"].startswith("data-saya-2027-01-18")

    def collected(session):  # type: ignore[no-untyped-def]
        person = session.exec(select(Person).where(Person.telegram_id == dewi.user_id)).one()
        return export.collect(session, person, dewi.user_id, "WIB")

    data = json.loads(media.draw("own-data", (house.read(collected),)))
    assert data["orang"]["nama"] == "Dewi Contoh"
    assert data["peran"][0]["unit"] == "Kantor Layanan Contoh"
    assert "Rahasia" not in json.dumps(data)


@pytest.mark.db
def test_deleting_leaves_a_pseudonym_and_a_stranger_who_may_come_back(house: House) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator", name="Budi Contoh").start()
    dewi = house.member(unit, "anggota", "PW", name="Dewi Contoh").start()
    other = house.unit("Unit Lain")
    house.member(other, "koordinator", name="Sari Contoh")
    dewi.start(an_invite(house, other)).tap("Setuju, bergabung")
    dewi.type("/privasi").tap("Hapus data saya")
    assert "tidak dapat dibatalkan" in dewi.text
    dewi.tap("Ya, hapus")
    assert dewi.text.startswith("✓ Data pribadi Anda sudah dihapus.")
    account = dewi.user_id
    stored = house.read(
        lambda s: s.exec(
            select(Person.name, Person.telegram_id, Person.zone).where(col(Person.deleted_at).is_not(None))
        ).all()
    )
    assert stored == [("Mantan anggota", None, None)]
    assert house.read(lambda s: s.exec(select(JoinRequest.state)).all()) == ["withdrawn"]
    for table, column in (
        (ChatState, ChatState.telegram_id),
        (Draft, Draft.telegram_id),
        (Outbox, Outbox.chat_id),
    ):
        assert counted(house, table, col(column) == account) == 0
    assert "Dewi Contoh" not in budi.type("/tim").text
    assert dewi.start().text.startswith("Selamat datang di Pandu ZI.")
    with house.writing() as session:
        assert session.exec(select(AuditEntry.act).where(AuditEntry.act == "person_delete")).all()
    dewi.start(an_invite(house, unit, open_until=house.clock.now().replace(year=2028))).tap(
        "Setuju, bergabung"
    )
    assert "Terdaftar" in dewi.toast


def recorded_work(house: House, unit: int, telegram_id: int) -> None:
    """A survey, a condition, a mark and a sent worksheet of the person."""
    at = house.clock.now()
    with house.writing() as session:
        person_id = session.exec(select(Person.id).where(Person.telegram_id == telegram_id)).one() or 0
        found = session.exec(select(Assessment).where(Assessment.unit_id == unit)).one()
        agency_id, number = session.get_one(Unit, unit).agency_id, found.id or 0
        survey = Survey(unit_id=unit, kind="SPAK", year=2026, part="T4", added_at=at, changed_at=at)
        survey.added_by = survey.changed_by = person_id
        condition = EligibilityAnswer(
            agency_id=agency_id, unit_id=unit, line_id="sakip", value="ya", answered_at=at
        )
        condition.answered_by = person_id
        mark = IndicatorMark(assessment_id=number, item_id="PW.P.1.a", mark="berat", marked_at=at)
        mark.marked_by = person_id
        sent = LkeImport(
            assessment_id=number, unit_id=unit, person_id=person_id, chat_id=telegram_id, created_at=at,
            file_name="LKE.xlsx", state="ready", cells={"answers": {}}, doubts=[{"raw": "nama orang"}],
        )  # fmt: skip
        session.add_all((survey, condition, mark, sent))


def test_the_own_data_name_surveys_conditions_marks_and_imports(house: House) -> None:
    unit = house.unit()
    sari = house.member(unit, "koordinator", name="Sari Contoh").start()
    budi = house.member(unit, "koordinator", name="Budi Contoh").start()
    recorded_work(house, unit, sari.user_id)

    def collected(session: Session, telegram_id: int) -> dict[str, Any]:
        person = session.exec(select(Person).where(Person.telegram_id == telegram_id)).one()
        return export.collect(session, person, telegram_id, "WIB")

    data = house.read(lambda s: collected(s, sari.user_id))
    name, at = "Kantor Layanan Contoh", "2027-01-18T09:00:00+07:00"
    assert data["survei_dicatat"] == [
        {"nomor": 1, "unit": name, "jenis": "SPAK", "periode": "2026 T4", "dicatat": at, "diubah": at}
    ]
    assert data["syarat_dijawab"][0] | {"nomor": 1} == {
        "nomor": 1, "unit": name, "tahun": None, "syarat": "sakip", "jawaban": "ya", "waktu": at
    }  # fmt: skip
    assert (data["tanda_kesulitan"][0]["indikator"], data["tanda_kesulitan"][0]["waktu"]) == ("PW.P.1.a", at)
    (sent,) = data["impor_excel"]
    assert (sent["nomor"], sent["berkas"], sent["dikirim"]) == (1, "LKE.xlsx", at)
    others = house.read(lambda s: collected(s, budi.user_id))
    assert not any(others[k] for k in ("survei_dicatat", "syarat_dijawab", "tanda_kesulitan", "impor_excel"))


@pytest.mark.db
def test_what_was_read_from_a_sent_worksheet_goes_with_its_sender(house: House) -> None:
    unit = house.unit()
    sari = house.member(unit, "koordinator", name="Sari Contoh").start()
    budi = house.member(unit, "koordinator", name="Budi Contoh").start()
    for who in (sari, budi):
        with house.writing() as session:
            for table in (Survey, EligibilityAnswer, IndicatorMark):
                session.execute(delete(table))
        recorded_work(house, unit, who.user_id)
    sari.type("/privasi").tap("Hapus data saya").tap("Ya, hapus")
    kept = house.read(lambda s: s.exec(select(LkeImport.chat_id)).all())
    assert kept == [budi.user_id]


def test_a_request_for_a_unit_is_withdrawn_with_its_asker(house: House) -> None:
    ani = house.admin(house.agency())
    tono = house.stranger("Tono Tamu").start().tap("Daftarkan unit").type("Kantor Baru")
    tono.type("/privasi").tap("Hapus data saya").tap("Ya, hapus")
    assert house.read(lambda s: s.exec(select(UnitRequest.state)).all()) == ["withdrawn"]
    house.send_due()
    assert ani.messages == []


def test_the_last_coordinator_and_the_last_admin_are_told_what_to_do_first(house: House) -> None:
    agency = house.agency()
    budi = house.member(house.unit(agency_id=agency), "koordinator").start()
    budi.type("/privasi").tap("Hapus data saya")
    assert "satu-satunya koordinator Kantor Layanan Contoh" in budi.text
    assert "Ya, hapus" not in budi.labels
    budi.tap_data("privasi.hapus")
    assert "satu-satunya koordinator Kantor Layanan Contoh" in budi.text
    ani = house.admin(agency).start().type("/privasi").tap("Hapus data saya")
    assert "satu-satunya admin Instansi Contoh" in ani.text
    assert counted(house, Person, col(Person.deleted_at).is_not(None)) == 0


@pytest.mark.db
def test_two_last_coordinators_deleting_at_once_leave_one(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = house.unit()
    people = [house.member(unit, "koordinator", name=f"Orang {n}").start() for n in (1, 2)]
    for talk in people:
        house.standin.tap(talk.user_id, talk.messages[-1]["message_id"], "privasi.hapus")
    at_the_same_moment(monkeypatch, 2)
    house.deliver()
    assert counted(house, Membership, col(Membership.revoked_at).is_(None)) == 1


def test_a_stranger_has_nothing_to_delete(house: House) -> None:
    guest = house.stranger().start()
    guest.tap_data("privasi.ha")
    assert guest.text.startswith("Anda belum tercatat di sini.")
    guest.tap_data("privasi.unduh")
    assert guest.text.startswith("Anda belum tercatat di sini.")
