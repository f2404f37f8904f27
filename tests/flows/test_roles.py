"""Roles beyond the first ones: invitations, stand-ins, people without Telegram, lost accounts, pengesahan."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from flows.models import (
    AnswerChange,
    Assessment,
    AuditEntry,
    Endorsement,
    Intake,
    Invite,
    Membership,
    Person,
    Pic,
    Task,
    Unit,
)
from tests.flows.test_registration import an_invite, counted, payload_in
from tests.support.house import House
from tests.support.talk import Talk


def a_team(house: House) -> tuple[int, Talk]:
    """A unit with its coordinator."""
    unit = house.unit()
    return unit, house.member(unit, "koordinator", name="Budi Contoh").start()


def newest_link(talk: Talk) -> str:
    """The payload in the newest message."""
    return payload_in(str(talk.messages[-1].get("text")))


# invitations ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "said", "first"),
    [
        ("sekretaris", "sekretaris tim", "buka Isi LKE"),
        ("pimpinan", "pimpinan unit", "lihat kesiapan unit"),
        ("pendamping", "pendamping TPI", "membaca, tanpa mengubah"),
        ("wilayah", "koordinator wilayah", "melihat semua unit di wilayah Anda"),
    ],
)
def test_an_admin_invites_to_every_role_and_the_person_learns_it(
    house: House, role: str, said: str, first: str
) -> None:
    agency = house.agency()
    unit = house.unit(agency_id=agency)
    ani = house.admin(agency).start()
    ani.tap_data(f"undang.inst:{unit}:{role}")
    assert said in ani.text
    assert "untuk satu orang" in ani.text
    who = house.stranger("Tini Contoh").start(newest_link(ani))
    assert f"diundang sebagai {said}" in who.text
    who.tap("Setuju dan mulai")
    assert f"✓ Anda {said}" in who.text
    assert first in who.text
    assert said in who.type("/menu").text


def test_a_coordinator_invites_secretary_and_head_but_nobody_who_judges(house: House) -> None:
    unit, budi = a_team(house)
    budi.type("/tim").tap("Undang anggota").tap("Pimpinan")
    assert "pimpinan unit" in budi.text
    assert "menunggu persetujuan koordinator" in budi.text
    budi.type("/tim").tap("Undang anggota").tap("Sekretaris")
    assert "sekretaris tim" in budi.text
    for role in ("penilai", "pendamping", "wilayah", "admin"):
        budi.tap_data(f"undang.buat:{role}:")
        assert "tidak tersedia" in budi.text, role
        budi.tap_data(f"undang.inst:{unit}:{role}")
        assert "hanya untuk admin instansi" in budi.text, role


def test_only_an_admin_takes_the_assessors_role_away(house: House) -> None:
    unit, budi = a_team(house)
    house.member(unit, "penilai", name="Rina Contoh")
    agency = house.read(lambda s: s.get_one(Unit, unit).agency_id)
    held = house.read(lambda s: s.exec(select(Membership.id).where(Membership.role == "penilai")).one())
    budi.tap_data(f"tim.orang:{held}")
    assert "diatur admin instansi" in budi.text
    assert "Keluarkan" not in budi.labels
    budi.tap_data(f"tim.cabut:{held}")
    assert "diatur admin instansi, bukan oleh unitnya" in budi.text
    ani = house.admin(agency).start().tap_data(f"tim.orang:{held}")
    ani.tap("Keluarkan").tap("Ya, keluarkan")
    assert counted(house, Membership, col(Membership.revoked_at).is_not(None)) == 1


def test_a_branch_is_read_whole_and_nothing_beside_it(house: House) -> None:
    agency = house.agency()
    branch = house.unit("Kanwil Contoh", agency, kind="kanwil")
    house.unit("Kantor Satu", agency, parent_id=branch)
    beside = house.unit("Kantor Seberang", agency)
    wira = house.member(branch, "wilayah", name="Wira Contoh").start().type("/unit")
    assert {"Kantor Satu", "Kanwil Contoh"} <= set(wira.labels)
    assert "Kantor Seberang" not in wira.labels
    wira.tap("Kantor Satu")
    assert "Kantor Satu" in wira.text
    assert "koordinator wilayah" in wira.text
    wira.tap_data("lke.i:MP.P.1.a")
    assert "Hanya dibaca" in wira.text
    wira.tap_data(f"unit.buka:{beside}")
    assert "tidak ada dalam daftar Anda" in wira.text


# stand-ins -----------------------------------------------------------------------------------------


def name_a_stand_in(budi: Talk, days: str) -> None:
    """Dewi stands in for the coordinator."""
    budi.type("/tim").tap("Plt/Plh").tap("Koordinator unit").tap("1").tap("Plh").type(days)


def test_a_stand_in_may_from_the_first_to_the_last_day_only(house: House) -> None:
    unit, budi = a_team(house)
    dewi = house.member(unit, "anggota", "PW", name="Dewi Contoh").start()
    name_a_stand_in(budi, "20 januari sampai 22 januari")
    assert "Mulai Rabu, 20 Januari 2027\nSampai Jumat, 22 Januari 2027" in budi.text
    budi.tap("Ya, tunjuk")
    assert "Dewi Contoh · Plh · 20 Januari 2027 sampai 22 Januari 2027" in budi.text
    house.send_due()
    assert "Anda ditunjuk sebagai Plh koordinator unit" in dewi.text
    assert "diatur koordinator unit" in dewi.tap_data("undang").text
    house.advance(days=2)
    assert "Undang tim" in dewi.tap_data("undang").text
    house.advance(days=2)
    assert "Undang tim" in dewi.tap_data("undang").text
    house.advance(days=1)
    assert "diatur koordinator unit" in dewi.tap_data("undang").text
    assert "Plh" not in budi.type("/tim").text
    assert counted(house, AuditEntry, AuditEntry.act == "stand_in") == 1


def test_a_stand_in_is_named_once_however_often_one_taps(house: House) -> None:
    unit, budi = a_team(house)
    house.member(unit, "anggota", "PW", name="Dewi Contoh").start()
    name_a_stand_in(budi, "besok sampai 12 maret")
    yes = budi.data_of("Ya, tunjuk")
    budi.tap("Ya, tunjuk").tap_data(yes)
    assert counted(house, Membership, col(Membership.acting) == "Plh") == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1 februari", "belum terbaca"),
        ("28 februari sampai 31 februari", "31 Februari"),
        ("1 februari sampai 1 april 2029", "paling lama 366 hari"),
    ],
)
def test_days_that_cannot_be_are_asked_for_again(house: House, typed: str, said: str) -> None:
    unit, budi = a_team(house)
    house.member(unit, "anggota", "PW", name="Dewi Contoh").start()
    name_a_stand_in(budi, typed)
    assert said in budi.text
    assert "Kapan Dewi Contoh menjadi" in budi.text
    budi.type("1 sampai 28 februari")
    assert "Mulai Senin, 1 Februari 2027" in budi.text


def test_somebody_from_outside_stands_in_through_a_link_with_the_days(house: House) -> None:
    agency = house.agency()
    unit = house.unit(agency_id=agency)
    ani = house.admin(agency).start()
    ani.tap_data(f"unit.buka:{unit}")
    ani.type("/tim").tap("Plt/Plh").tap("Pimpinan").tap("Lewat tautan").tap("Plt")
    ani.type("besok sampai 28 februari").tap("Ya, tunjuk")
    assert "Plt pimpinan unit" in ani.text
    hadi = house.stranger("Hadi Contoh").start(newest_link(ani))
    assert "Plt pimpinan unit Kantor Layanan Contoh, 19 Januari 2027 sampai 28 Februari 2027" in hadi.text
    hadi.tap("Setuju dan mulai")
    held = house.read(lambda s: s.exec(select(Membership).where(Membership.role == "pimpinan")).one())
    assert (held.acting, held.starts_on, held.ends_on) == ("Plt", date(2027, 1, 19), date(2027, 2, 28))


def test_an_assessor_never_stands_in(house: House) -> None:
    unit, budi = a_team(house)
    house.member(unit, "penilai", name="Rina Contoh").start()
    budi.type("/tim").tap("Plt/Plh").tap("Koordinator unit")
    assert "Rina Contoh" not in budi.text
    rina = house.read(lambda s: s.exec(select(Person.id).where(Person.name == "Rina Contoh")).one())
    budi.tap_data(f"plt.ok:{unit}:koordinator::{rina}:Plt:270201:270228")
    assert "tidak dapat menjadi Plt atau Plh" in budi.text


def test_a_stand_in_does_not_count_as_the_coordinator_who_must_stay(house: House) -> None:
    unit, budi = a_team(house)
    house.member(unit, "anggota", "PW", name="Dewi Contoh").start()
    name_a_stand_in(budi, "hari ini sampai 12 maret")
    budi.tap("Ya, tunjuk")
    budi.tap_data("tim.cabut:1")
    assert "satu-satunya koordinator" in budi.text


# people without Telegram, lost accounts ------------------------------------------------------------


def noted(budi: Talk, names: str) -> None:
    """Names typed for area 5."""
    budi.type("/tim").tap("Tanpa Telegram").tap("Area 5").type(names)


@pytest.mark.db
def test_people_without_telegram_are_noted_by_name_once(house: House) -> None:
    _, budi = a_team(house)
    noted(budi, "1. Sari Contoh\n- Tono Contoh\n\nsari contoh")
    assert "✓ 2 orang ditambahkan." in budi.toast or "✓ 2 orang ditambahkan." in budi.text
    assert "Sari Contoh · tanpa Telegram" in budi.text
    noted(budi, "Tono Contoh\nWati Contoh")
    assert "1 nama sudah ada di tim" in budi.text
    assert counted(house, Person, col(Person.telegram_id).is_(None)) == 3
    noted(budi, "Rudi Contoh\n12")
    assert "belum seperti nama" in budi.text
    assert counted(house, Person, col(Person.telegram_id).is_(None)) == 3


@pytest.mark.db
def test_a_personal_link_binds_an_account_to_the_person(house: House) -> None:
    unit, budi = a_team(house)
    noted(budi, "Sari Contoh")
    held = house.read(lambda s: s.exec(select(Membership.id).order_by(col(Membership.id).desc())).first())
    budi.tap_data(f"tim.orang:{held}").tap("Tautan pribadi").tap("Ya, buat tautan")
    assert "pribadi Sari Contoh" in budi.text
    link = newest_link(budi)
    sari = house.stranger("Sari HP Baru").start(link)
    assert "khusus untuk Sari Contoh" in sari.text
    sari.tap("Setuju, ini saya")
    assert "tersambung" in sari.toast or "tersambung" in sari.text
    assert "anggota pokja Area 5" in sari.type("/menu").text
    person = house.read(lambda s: s.exec(select(Person).where(Person.name == "Sari Contoh")).one())
    assert person.telegram_id == sari.user_id
    assert person.consent_at is not None
    house.send_due()
    assert "Akun Sari Contoh sudah tersambung" in budi.text
    late = house.stranger("Orang Lain").start(link)
    assert "sudah terpakai" in late.text
    assert counted(house, Membership, Membership.unit_id == unit) == 2


@pytest.mark.db
def test_a_new_account_takes_the_place_of_a_lost_one_at_once(house: House) -> None:
    unit, budi = a_team(house)
    dewi = house.member(unit, "anggota", "PW", name="Dewi Contoh").start()
    held = house.read(lambda s: s.exec(select(Membership.id).order_by(col(Membership.id).desc())).first())
    budi.tap_data(f"tim.orang:{held}").tap("Ganti akun")
    assert "Pastikan dulu di luar bot" in budi.text
    budi.tap("Ya, buat tautan")
    new = house.stranger("Dewi Baru").start(newest_link(budi))
    assert "Akun lama orang ini langsung tidak dapat masuk" in new.text
    assert "Kantor Layanan Contoh" in dewi.type("/menu").text
    new.tap("Setuju, ini saya")
    assert "anggota pokja Area 5" in new.type("/menu").text
    assert "Kantor Layanan Contoh" not in dewi.type("/menu").text
    house.send_due()
    assert any("sudah diganti dengan akun lain" in str(m.get("text")) for m in dewi.messages)
    assert counted(house, AuditEntry, AuditEntry.act == "account_replace") == 1


def test_an_account_of_somebody_else_is_not_taken_over(house: House) -> None:
    unit, budi = a_team(house)
    noted(budi, "Sari Contoh")
    held = house.read(lambda s: s.exec(select(Membership.id).order_by(col(Membership.id).desc())).first())
    budi.tap_data(f"tim.orang:{held}").tap("Tautan pribadi").tap("Ya, buat tautan")
    dewi = house.member(unit, "anggota", "PW", name="Dewi Contoh").start(newest_link(budi))
    assert "sudah tercatat atas nama Dewi Contoh" in dewi.text
    assert (
        house.read(lambda s: s.exec(select(Invite.uses).where(col(Invite.person_id).is_not(None))).one()) == 0
    )


def test_nobody_gains_through_anothers_account_what_they_could_not_give(house: House) -> None:
    """A coordinator makes no personal link for somebody who is also an admin or works elsewhere."""
    unit, budi = a_team(house)
    agency = house.read(lambda s: s.get_one(Unit, unit).agency_id)
    dewi = house.member(unit, "anggota", "PW", name="Dewi Contoh").start()
    held = house.read(lambda s: s.exec(select(Membership.id).order_by(col(Membership.id).desc())).first())
    budi.tap_data(f"tim.orang:{held}").tap("Ganti akun").tap("Ya, buat tautan")
    link = newest_link(budi)
    with house.writing() as session:
        person = session.exec(select(Person).where(Person.telegram_id == dewi.user_id)).one()
        session.add(
            Membership(person_id=person.id or 0, agency_id=agency, role="admin", created_at=house.clock.now())
        )
    budi.tap_data(f"tim.orang:{held}")
    assert "Ganti akun" not in budi.labels
    budi.tap_data(f"akun.tautan:{held}")
    assert "dibuat admin instansi" in budi.text
    thief = house.stranger("Bukan Dewi").start(link)
    assert "sudah dicabut" in thief.text
    assert "Kelola instansi" in dewi.type("/menu").labels


# endorsement ---------------------------------------------------------------------------------------


def changed(house: House, unit: int) -> None:
    """Somebody answers an indicator now."""
    with house.writing() as session:
        found = session.exec(select(Assessment).where(Assessment.unit_id == unit)).one()
        session.add(
            AnswerChange(
                assessment_id=found.id or 0,
                item_id="MP.P.1.a",
                at=house.clock.now(),
                kind="answer",
                after={"rev": 1},
            )
        )


@pytest.mark.db
def test_the_head_endorses_sees_later_changes_and_takes_it_back(house: House) -> None:
    unit, budi = a_team(house)
    hadi = house.member(unit, "pimpinan", name="Hadi Contoh").start().tap("Pengesahan")
    assert hadi.text.startswith("Penilaian mandiri belum disahkan.")
    hadi.tap("Sahkan").tap("Ya, sahkan")
    assert "Disahkan Hadi Contoh" in hadi.text
    assert "LKE belum berubah" in hadi.text
    row = house.read(lambda s: s.exec(select(Endorsement)).one())
    assert (row.total, row.answered, row.approved) == ("0.00", 0, 0)
    house.send_due()
    assert "disahkan" in budi.text
    house.advance(hours=1)
    changed(house, unit)
    assert "Sejak itu berubah: 1 isian" in budi.type("/pengesahan").text
    assert "Sahkan lagi" not in budi.labels
    hadi.type("/pengesahan").tap("Tarik pengesahan").tap("Ya, tarik")
    assert "belum disahkan" in hadi.text
    assert counted(house, Endorsement, col(Endorsement.withdrawn_at).is_not(None)) == 1


def test_what_changed_since_the_screen_is_not_endorsed_unseen(house: House) -> None:
    unit, budi = a_team(house)
    hadi = house.member(unit, "pimpinan", name="Hadi Contoh").start().type("/pengesahan").tap("Sahkan")
    changed(house, unit)
    hadi.tap("Ya, sahkan")
    assert "LKE berubah sejak layar tadi" in hadi.text
    assert counted(house, Endorsement) == 0
    yes = hadi.data_of("Ya, sahkan")
    hadi.tap("Ya, sahkan").tap_data(yes)
    assert counted(house, Endorsement) == 1
    budi.tap_data(yes)
    assert "dilakukan pimpinan unit" in budi.text


# deletion with work --------------------------------------------------------------------------------


@pytest.mark.db
def test_deleting_empties_duties_tasks_and_intakes(house: House) -> None:
    unit, _ = a_team(house)
    dewi = house.member(unit, "anggota", "PW", name="Dewi Contoh").start()
    at = house.clock.now()
    with house.writing() as session:
        assessment = session.exec(select(Assessment.id).where(Assessment.unit_id == unit)).one() or 0
        me = session.exec(select(Person.id).where(Person.telegram_id == dewi.user_id)).one() or 0
        session.add(Pic(assessment_id=assessment, scope="PW", person_id=me, set_at=at))
        session.add(Task(unit_id=unit, title="Kerja", person_id=me, made_at=at))
        session.add(Task(unit_id=unit, title="Sudah", person_id=me, made_at=at, state="done"))
        session.add(
            Intake(
                unit_id=unit,
                assessment_id=assessment,
                person_id=me,
                chat_id=dewi.user_id,
                caption="sosialisasi",
                state="ready",
                created_at=at,
            )
        )
    dewi.type("/privasi").tap("Rincian")
    assert "Bukti dukung" in dewi.text
    dewi.type("/privasi").tap("Hapus data saya").tap("Ya, hapus")
    pic, tasks, intake = house.read(
        lambda s: (
            s.exec(select(Pic.person_id)).one(),
            s.exec(select(Task.title, Task.person_id).order_by(col(Task.id))).all(),
            s.exec(select(Intake)).one(),
        )
    )
    assert pic is None
    assert [(title, who is None) for title, who in tasks] == [("Kerja", True), ("Sudah", False)]
    assert (intake.state, intake.chat_id, intake.caption) == ("cancelled", 0, "")


def test_a_link_for_days_that_are_over_gives_nothing(house: House) -> None:
    unit, _ = a_team(house)
    today = house.clock.now().date()
    days = {"acting": "Plt", "starts_on": today - timedelta(days=9), "ends_on": today - timedelta(days=2)}
    open_until = house.clock.now() + timedelta(hours=2)
    link = an_invite(house, unit, "koordinator", None, open_until=open_until, **days)
    who = house.stranger("Tamu Contoh").start(link)
    assert "Masa berlaku tautan" in who.text
