"""Ways in: links and their signature, consent, joining, the first admin, a wish for a unit."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, func, select

from bot.dispatch import Dispatch
from flows.models import (
    Agency,
    AuditEntry,
    Invite,
    JoinRequest,
    Membership,
    Person,
    Secret,
    Unit,
    UnitRequest,
)
from flows.registration import links, service
from tests.support.house import START, House
from tests.support.talk import Talk

KEY = b"k" * 32


def payload_in(text: str) -> str:
    """The payload of the first link in a text."""
    found = re.search(r"start=([A-Za-z0-9_-]+)", text)
    assert found is not None, text
    return found.group(1)


def an_invite(
    house: House, unit_id: int | None, role: str = "anggota", area: str | None = "PW", **more: Any
) -> str:
    """A link made behind the scenes; returns its payload."""
    with house.writing() as session:
        agency_id = session.get_one(Unit, unit_id).agency_id if unit_id is not None else more.pop("agency_id")
        given = {"expires_at": house.clock.now() + timedelta(days=7), "created_at": house.clock.now(), **more}
        invite = Invite(agency_id=agency_id, unit_id=unit_id, role=role, area=area, **given)
        session.add(invite)
        session.flush()
        return service.payload_of(session, invite)


def counted(house: House, table: type[Any], *where: Any) -> int:
    return int(house.read(lambda s: s.exec(select(func.count()).select_from(table).where(*where)).one()))


def at_the_same_moment(monkeypatch: pytest.MonkeyPatch, parties: int) -> None:
    """Let the next `parties` transactions begin together."""
    barrier = threading.Barrier(parties)
    commit: Callable[..., Any] = Dispatch._commit

    def together(self: Dispatch, *event: Any) -> Any:
        barrier.wait(10)
        return commit(self, *event)

    monkeypatch.setattr(Dispatch, "_commit", together)


# the signature -------------------------------------------------------------------------------------


@given(st.integers(1, 2**60), st.binary(min_size=16, max_size=32))
def test_a_signed_payload_is_short_plain_and_read_back(invite_id: int, key: bytes) -> None:
    payload = links.make(key, invite_id)
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert links.verify(key, payload) == invite_id
    assert links.verify(key + b"x", payload) is None


@given(st.text(max_size=70))
def test_nothing_but_our_own_payloads_is_read(text: str) -> None:
    assert links.verify(KEY, text) is None


def test_a_payload_with_another_number_or_one_changed_letter_is_refused() -> None:
    payload = links.make(KEY, 7)
    assert links.verify(KEY, payload.replace("u7-", "u8-")) is None
    assert links.verify(KEY, payload.replace("u7-", "u07-")) is None
    last = "A" if payload[-1] != "A" else "B"
    assert links.verify(KEY, payload[:-1] + last) is None


@pytest.mark.db
def test_the_signing_key_is_made_once(house: House) -> None:
    with house.writing() as session:
        first = service.signing_key(session)
    with house.writing() as session:
        assert service.signing_key(session) == first
    assert counted(house, Secret) == 1


# start ---------------------------------------------------------------------------------------------


def test_a_stranger_sees_the_purpose_and_may_ask_at_once(house: House) -> None:
    guest = house.stranger("Tono Tamu").start()
    assert guest.text.startswith("Selamat datang di Pandu ZI.")
    assert "bukan sistem pemerintah" in guest.text
    assert {"Tanya sesuatu", "Daftarkan unit"} <= set(guest.labels)
    assert counted(house, Person) == 0


def test_somebody_with_a_unit_gets_the_menu(house: House) -> None:
    member = house.member(house.unit()).start()
    assert member.text.startswith("Kantor Layanan Contoh")


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ({}, "tidak dikenali"),
        ({"expires_at": START - timedelta(minutes=1)}, "Masa berlaku tautan undangan ini sudah habis"),
        ({"revoked_at": START}, "sudah dicabut"),
        ({"uses_left": 0}, "sudah terpakai"),
    ],
)
def test_a_link_that_does_not_work_says_why_and_what_to_do(
    house: House, damage: dict[str, Any], said: str
) -> None:
    payload = an_invite(house, house.unit(), **damage)
    if not damage:
        payload = payload[:-1] + ("A" if payload[-1] != "A" else "B")
    guest = house.stranger().start(payload)
    assert said in guest.text
    assert "minta" in guest.text.lower()
    assert "Tanya sesuatu" in guest.labels
    assert counted(house, Person) == 0


def test_a_nonsense_payload_is_refused_kindly(house: House) -> None:
    assert "tidak lengkap atau tidak dikenali" in house.stranger().start("halo:apa").text


def test_a_forged_button_opens_nothing(house: House) -> None:
    an_invite(house, house.unit(), open_until=START + timedelta(hours=2))
    guest = house.stranger().start()
    guest.tap_data("gabung.ya:u1-AAAAAAAAAAAAAAAAAAAAAA")
    assert "tidak dikenali" in guest.text
    assert counted(house, Membership) == 0


# joining -------------------------------------------------------------------------------------------


def test_nothing_is_stored_before_consent_and_refusing_is_easy(house: House) -> None:
    guest = house.stranger("Dewi Contoh").start(an_invite(house, house.unit()))
    assert guest.text.startswith("Selamat datang di Pokja 5 Penguatan Pengawasan, Kantor Layanan Contoh.")
    assert guest.labels == ["Setuju, bergabung", "Baca dulu", "Bukan pokja saya"]
    assert "UU 27/2022" in guest.tap("Baca dulu").text
    guest.tap("Kembali" if "Kembali" in guest.labels else "‹ Kembali").tap("Bukan pokja saya")
    assert "nama Anda tidak disimpan" in guest.text
    assert counted(house, Person) == 0


def test_an_open_link_takes_a_member_in_at_once_and_twice_is_harmless(house: House) -> None:
    unit = house.unit()
    house.member(unit, "koordinator", name="Budi Contoh")
    house.member(unit, "ketua", "PW", name="Sari Contoh")
    payload = an_invite(house, unit, open_until=START + timedelta(hours=2))
    dewi = house.stranger("Dewi Contoh").start(payload)
    join = dewi.data_of("Setuju, bergabung")
    dewi.tap("Setuju, bergabung")
    assert "Terdaftar" in dewi.toast
    assert "anggota Pokja 5 Penguatan Pengawasan" in dewi.text
    assert "Ketua pokja: Sari Contoh." in dewi.text
    assert "Koordinator unit: Budi Contoh." in dewi.text
    dewi.tap_data(join)
    dewi.start(payload)
    assert "sudah terdaftar" in dewi.text
    stored = house.read(lambda s: s.exec(select(Person.id, Person.name, Person.consent_at)).all())
    person_id, name, consent_at = stored[-1]
    assert name == "Dewi Contoh"
    assert consent_at is not None
    assert counted(house, Membership, col(Membership.person_id) == person_id) == 1
    assert house.read(lambda s: s.exec(select(Invite.uses)).all()) == [1]
    assert counted(house, AuditEntry, col(AuditEntry.act) == "join") == 1


def test_a_link_that_needs_a_yes_asks_the_coordinator_and_tells_the_person(house: House) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator", name="Budi Contoh")
    dewi = house.stranger("Dewi <b> Contoh").start(an_invite(house, unit)).tap("Setuju, bergabung")
    assert "sudah diteruskan" in dewi.text
    house.send_due()
    assert budi.text.startswith("Dewi <b> Contoh meminta bergabung")
    budi.tap("Terima")
    assert "diterima" in budi.toast
    house.send_due()
    assert dewi.text.startswith("✓ Permintaan Anda disetujui.")
    assert dewi.tap("Lihat langkah awal").text.startswith("✓ Anda anggota Pokja 5")


def test_a_refused_person_is_told_and_the_same_link_stays_shut(house: House) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator")
    payload = an_invite(house, unit, uses_left=1)
    dewi = house.stranger("Dewi Contoh").start(payload).tap("Setuju, bergabung")
    house.send_due()
    budi.tap("Tolak")
    house.send_due()
    assert "belum disetujui" in dewi.text
    dewi.start(payload)
    assert "belum disetujui. Bila ada kekeliruan, hubungi koordinator Kantor Layanan Contoh" in dewi.text
    assert "Setuju, bergabung" not in dewi.labels, "told at once, not after agreeing"
    for forged in ("gabung.ya", "gabung.baca"):
        dewi.tap_data(f"{forged}:{payload}")
        assert "belum disetujui" in dewi.text, forged
    assert house.read(lambda s: s.exec(select(Invite.uses_left)).all()) == [1]
    assert counted(house, Membership, col(Membership.role) == "anggota") == 0


def test_a_refused_further_admin_is_sent_to_the_admins(house: House) -> None:
    agency = house.agency()
    ani = house.admin(agency)
    payload = an_invite(house, None, "admin", None, agency_id=agency)
    sari = house.stranger("Sari Contoh").start(payload).tap("Setuju dan mulai")
    house.send_due()
    ani.tap("Tolak")
    assert "hubungi admin instansi; ia dapat" in sari.start(payload).text


# an assessor ---------------------------------------------------------------------------------------


def an_assessors_link(house: House, agency: int, unit: int) -> str:
    ani = house.admin(agency).start().tap_data(f"undang.penilai:{unit}")
    return payload_in(ani.text)


@pytest.mark.db
def test_an_assessor_is_welcomed_and_reads_at_once(house: House) -> None:
    agency = house.agency()
    unit = house.unit(agency_id=agency)
    house.member(unit, "koordinator", name="Budi Contoh")
    payload = an_assessors_link(house, agency, unit)
    rina = house.stranger("Rina Contoh").start(payload)
    assert rina.text.startswith(
        "Selamat datang, Bapak/Ibu. Anda diundang sebagai penilai (TPI) Kantor Layanan Contoh."
    )
    assert "membaca LKE, progres, kesiapan, dan jadwal unit, tanpa mengubah isinya" in rina.text
    rina.tap("Setuju dan mulai")
    assert "Terdaftar" in rina.toast
    assert rina.text.startswith("✓ Anda penilai (TPI), Kantor Layanan Contoh.")
    assert "Koordinator unit: Budi Contoh." in rina.text
    rina.tap("Lihat progres")
    assert "0 dari 110 indikator terjawab" in rina.text
    assert counted(house, Membership, col(Membership.role) == "penilai") == 1
    assert counted(house, JoinRequest) == 0
    assert "sudah terpakai" in house.stranger("Orang Lain").start(payload).text


@pytest.mark.parametrize(("role", "area"), [("anggota", "PW"), ("ketua", "PW"), ("koordinator", None)])
def test_nobody_judges_their_own_unit(house: House, role: str, area: str | None) -> None:
    agency = house.agency()
    unit = house.unit(agency_id=agency)
    payload = an_assessors_link(house, agency, unit)
    budi = house.member(unit, role, area, "Budi Contoh").start(payload)
    assert "tim tidak menilai unitnya sendiri" in budi.text
    assert "Setuju dan mulai" not in budi.labels
    budi.tap_data(f"gabung.ya:{payload}")
    assert "tim tidak menilai unitnya sendiri" in budi.text
    assert counted(house, Membership, col(Membership.role) == "penilai") == 0
    assert house.read(lambda s: s.exec(select(Invite.uses_left)).all()) == [1]


def test_somebody_of_another_unit_or_who_has_left_may_assess(house: House) -> None:
    agency = house.agency()
    unit, other = house.unit(agency_id=agency), house.unit("Unit Lain", agency)
    payload = an_assessors_link(house, agency, unit)
    sari = house.member(other, "koordinator", name="Sari Contoh")
    sari.start(payload).tap("Setuju dan mulai")
    assert "Terdaftar" in sari.toast
    budi = house.member(unit, "anggota", "PW")
    with house.writing() as session:
        session.exec(select(Membership).where(Membership.role == "anggota")).one().revoked_at = START
    budi.start(an_assessors_link(house, agency, unit)).tap("Setuju dan mulai")
    assert "Terdaftar" in budi.toast, "the admin decides about assessors, not the team that was left"


def test_an_assessor_does_not_join_the_team_they_judge(house: House) -> None:
    unit = house.unit()
    budi = house.member(unit, "koordinator")
    rina = house.member(unit, "penilai", name="Rina Contoh")
    payload = an_invite(house, unit, open_until=START + timedelta(hours=2))
    assert "tidak dapat sekaligus menjadi timnya" in rina.start(payload).text
    dewi = house.stranger("Dewi Contoh").start(an_invite(house, unit)).tap("Setuju, bergabung")
    with house.writing() as session:
        person = session.exec(select(Person).where(Person.telegram_id == dewi.user_id)).one()
        agency_id = session.get_one(Unit, unit).agency_id
        judge = Membership(
            person_id=person.id or 0, agency_id=agency_id, unit_id=unit, role="penilai", created_at=START
        )
        session.add(judge)
    house.send_due()
    budi.tap("Terima")
    assert "Orang ini penilai unit Anda" in budi.text
    assert counted(house, Membership, col(Membership.role) == "anggota") == 0


def test_an_assessors_link_falls_with_the_admin_who_made_it(house: House) -> None:
    agency = house.agency()
    payload = an_assessors_link(house, agency, house.unit(agency_id=agency))
    with house.writing() as session:
        session.exec(select(Membership).where(Membership.role == "admin")).one().revoked_at = START
    rina = house.stranger("Rina Contoh").start(payload)
    assert "Mintalah tautan baru kepada admin instansi" in rina.text
    rina.tap_data(f"gabung.ya:{payload}")
    assert counted(house, Membership, col(Membership.revoked_at).is_(None)) == 0


def test_a_second_coordinator_learns_that_it_was_decided(house: House) -> None:
    unit = house.unit()
    budi, sari = house.member(unit, "koordinator"), house.member(unit, "koordinator", name="Sari Contoh")
    house.stranger("Dewi Contoh").start(an_invite(house, unit)).tap("Setuju, bergabung")
    house.send_due()
    budi.tap("Terima")
    sari.tap("Tolak")
    assert "sudah diputus" in sari.text
    assert house.read(lambda s: s.exec(select(JoinRequest.state)).all()) == ["accepted"]


def test_members_and_strangers_cannot_decide_with_a_forged_button(house: House) -> None:
    unit = house.unit()
    house.member(unit, "koordinator")
    other = house.member(house.unit("Unit Lain"), "koordinator", name="Orang Lain")
    member = house.member(unit, "anggota", "PW", name="Ani Anggota")
    dewi = house.stranger("Dewi Contoh").start(an_invite(house, unit)).tap("Setuju, bergabung")
    for forger in (member.start(), other.start(), dewi):
        forger.tap_data("gabung.putus:1:1")
        assert "tidak ada lagi" in forger.text
    assert house.read(lambda s: s.exec(select(JoinRequest.state)).all()) == ["waiting"]


def test_a_unit_without_coordinator_asks_the_admin(house: House) -> None:
    agency = house.agency()
    ani = house.admin(agency)
    unit = house.unit(agency_id=agency)
    house.stranger("Dewi Contoh").start(an_invite(house, unit)).tap("Setuju, bergabung")
    house.send_due()
    assert ani.text.startswith("Dewi Contoh meminta bergabung")


def test_somebody_removed_before_does_not_come_back_through_an_open_link(house: House) -> None:
    unit = house.unit()
    house.member(unit, "koordinator")
    payload = an_invite(house, unit, open_until=START + timedelta(hours=2))
    dewi = house.stranger("Dewi Contoh").start(payload).tap("Setuju, bergabung")
    with house.writing() as session:
        held = session.exec(select(Membership).where(Membership.role == "anggota")).one()
        held.revoked_at = house.clock.now()
    dewi.start(payload).tap("Setuju, bergabung")
    assert "sudah diteruskan" in dewi.text


def test_an_open_link_confirms_again_after_two_hours(house: House) -> None:
    unit = house.unit()
    house.member(unit, "koordinator")
    payload = an_invite(house, unit, open_until=START + timedelta(hours=2))
    house.clock.set_to(START + timedelta(hours=2, minutes=1))
    assert "sudah diteruskan" in house.stranger().start(payload).tap("Setuju, bergabung").text


@pytest.mark.db
def test_the_last_use_of_a_link_goes_to_one_person(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    payload = an_invite(house, house.unit(), uses_left=1, open_until=START + timedelta(hours=2))
    people = [house.stranger(f"Orang {n}").start(payload) for n in (1, 2)]
    for person in people:
        data = person.data_of("Setuju, bergabung")
        house.standin.tap(person.user_id, person.messages[-1]["message_id"], data)
    at_the_same_moment(monkeypatch, 2)
    house.deliver()
    assert counted(house, Membership) == 1
    assert house.read(lambda s: s.exec(select(Invite.uses_left)).all()) == [0]
    assert sum("sudah terpakai" in p.text for p in people) == 1


# a new coordinator ---------------------------------------------------------------------------------


def a_new_coordinator(house: House, **unit: Any) -> Talk:
    agency = house.agency()
    ani = house.admin(agency)
    unit_id = house.unit(agency_id=agency, **unit)
    ani.start().tap_data(f"undang.koord:{unit_id}")
    return house.stranger("Budi Contoh").start(payload_in(ani.text))


def test_a_coordinator_checks_the_units_data_and_sees_the_next_step(house: House) -> None:
    budi = a_new_coordinator(house, zone="WITA")
    assert budi.text.startswith(
        "Selamat datang, Bapak/Ibu. Anda diundang sebagai koordinator unit Kantor Layanan"
    )
    assert "bukan sistem pemerintah" in budi.text
    budi.tap("Setuju dan mulai")
    assert "Kantor Layanan Contoh\nzona WITA · target WBK · penilaian 2027" in budi.text
    budi.type("perbaiki, kami wib")
    assert "zona WIB · target WBK" in budi.text
    budi.type("targetnya WBBM tahun 2028")
    assert "target WBBM · penilaian 2028" in budi.text
    budi.type("sudah benar")
    assert budi.labels[:2] == ["Undang tim", "Isi LKE"]


def test_a_coordinators_link_from_the_admin_serves_one_person(house: House) -> None:
    budi = a_new_coordinator(house)
    payload = payload_in(house.read(lambda s: "start=" + service.payload_of(s, s.exec(select(Invite)).one())))
    budi.tap("Setuju dan mulai")
    late = house.stranger("Orang Lain").start(payload)
    assert "sudah terpakai" in late.text


# the first admin -----------------------------------------------------------------------------------


def a_claim(house: House) -> str:
    with house.writing() as session:
        payload = service.ensure_claim(session, house.clock.now())
    assert payload is not None
    return payload


@pytest.mark.db
def test_the_first_admin_claims_the_agency_once(house: House) -> None:
    payload = a_claim(house)
    assert a_claim(house) == payload
    ani = house.stranger("Ani Contoh").start(payload)
    assert "tautan admin pertama" in ani.text
    ani.tap("Setuju dan mulai").type("ok")
    assert "3 sampai 160 karakter" in ani.text
    ani.type("Kementerian\nContoh")
    assert "satu baris" in ani.text
    ani.type("Kementerian   Contoh")
    assert "Instansi terdaftar" in ani.text
    assert house.read(lambda s: s.exec(select(Agency.name)).all()) == ["Kementerian Contoh"]
    assert "sudah dipakai" in house.stranger("Orang Lain").start(payload).text
    with house.writing() as session:
        assert service.ensure_claim(session, house.clock.now()) is None


@pytest.mark.db
def test_two_who_claim_at_once_make_one_agency(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    payload = a_claim(house)
    people = [house.stranger(f"Orang {n}").start(payload).tap("Setuju dan mulai") for n in (1, 2)]
    for n, person in enumerate(people):
        house.standin.say(person.user_id, f"Kementerian Contoh {n}")
    at_the_same_moment(monkeypatch, 2)
    house.deliver()
    assert (counted(house, Agency), counted(house, Membership)) == (1, 1)
    assert sum("sudah dipakai" in p.text for p in people) == 1


def test_the_claim_link_expires_and_is_renewed(house: House) -> None:
    payload = a_claim(house)
    house.clock.set_to(START + timedelta(days=8))
    assert "Masa berlaku" in house.stranger().start(payload).text
    assert a_claim(house) == payload
    assert "tautan admin pertama" in house.stranger().start(payload).text


def test_a_claim_cannot_be_joined_by_a_forged_button(house: House) -> None:
    payload = a_claim(house)
    guest = house.stranger().start()
    guest.tap_data(f"gabung.ya:{payload}")
    assert "tidak dikenali" in guest.text
    assert counted(house, Membership) == 0


# a wish for a unit ---------------------------------------------------------------------------------


def test_without_an_admin_a_unit_cannot_be_requested(house: House) -> None:
    guest = house.stranger().start().tap("Daftarkan unit")
    assert "belum punya admin instansi" in guest.text
    assert counted(house, UnitRequest) == 0


def test_a_requested_unit_is_made_and_its_asker_coordinates_it(house: House) -> None:
    ani = house.admin(house.agency())
    tono = house.stranger("Tono Tamu").start().tap("Daftarkan unit").type("Kantor Baru, Kementerian Contoh")
    assert tono.text.startswith("Nama diterima: Kantor Baru, Kementerian Contoh.")
    house.send_due()
    assert ani.text.startswith("Tono Tamu meminta unit baru didaftarkan.")
    stale = dict(ani.messages[-1])
    ani.tap("Terima")
    assert ani.text.startswith("Kantor Baru, Kementerian Contoh")
    ani.tap("Tolak", message=stale)
    assert "sudah diputus" in ani.text
    house.send_due()
    tono.tap("Periksa data unit")
    assert "Mohon periksa data unit" in tono.text
    unit_id, parent_id, path = house.read(lambda s: s.exec(select(Unit.id, Unit.parent_id, Unit.path)).one())
    assert (parent_id, path) == (None, f"/{unit_id}/")


def test_a_refused_unit_is_told_kindly_and_one_may_ask_again(house: House) -> None:
    ani = house.admin(house.agency())
    tono = house.stranger("Tono Tamu").start().tap("Daftarkan unit").type("Kantor Baru")
    tono.start().tap("Daftarkan unit")
    assert "Nama diterima" in tono.text
    house.send_due()
    ani.tap("Tolak")
    house.send_due()
    assert "belum disetujui admin instansi" in tono.text
    assert "Ketik nama unit" in tono.start().tap("Daftarkan unit").text


def test_a_request_can_be_taken_back_and_only_by_its_asker(house: House) -> None:
    ani = house.admin(house.agency())
    tono = house.stranger("Tono Tamu").start().tap("Daftarkan unit").type("Kantor Baru")
    forger = house.stranger("Orang Lain").start()
    forger.tap_data("daftar.tarik:1")
    assert "tidak ada lagi" in forger.text
    tono.tap("Tarik permintaan")
    house.send_due()
    assert ani.messages == []
    assert house.read(lambda s: s.exec(select(UnitRequest.state)).all()) == ["withdrawn"]


def test_only_admins_decide_on_units(house: House) -> None:
    house.admin(house.agency())
    budi = house.member(house.unit(), "koordinator")
    tono = house.stranger("Tono Tamu").start().tap("Daftarkan unit").type("Kantor Baru")
    for forger in (budi.start(), tono):
        forger.tap_data("daftar.putus:1:1")
        assert "admin instansi" in forger.text
    assert house.read(lambda s: s.exec(select(UnitRequest.state)).all()) == ["waiting"]
