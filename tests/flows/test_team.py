"""The team's list, removing somebody, invitations: links, QR, two open hours, revoking; who may."""

import io
import re
from datetime import timedelta

import pytest
import segno
from PIL import Image
from sqlmodel import col, func, select

from flows import media
from flows.models import Invite, Membership
from tests.flows.test_registration import at_the_same_moment, counted, payload_in
from tests.support.house import START, House
from tests.support.talk import Talk


def a_team(house: House) -> tuple[int, Talk]:
    unit = house.unit()
    return unit, house.member(unit, "koordinator", name="Budi Contoh").start()


def test_the_list_groups_by_area_with_its_head_first(house: House) -> None:
    unit, budi = a_team(house)
    house.member(unit, "anggota", "PW", name="Andi Contoh")
    house.member(unit, "ketua", "PW", name="Sari Contoh")
    house.member(unit, "anggota", "MP", name="Citra <Contoh>")
    budi.type("/tim")
    assert budi.text.split("\n")[:10] == [
        "Kantor Layanan Contoh: 4 orang",
        "",
        "Koordinator unit",
        "1  Budi Contoh",
        "",
        "Pokja 1 Manajemen Perubahan",
        "2  Citra <Contoh>",
        "",
        "Pokja 5 Penguatan Pengawasan",
        "3  Sari Contoh · ketua pokja",
    ]
    assert budi.labels == [
        *("1", "2", "3", "4", "Undang anggota", "Tanpa PIC (113)", "Serah terima"),
        *("Tanpa Telegram", "Plt/Plh", "Tugas tim", "Ke menu"),
    ]


def test_a_member_sees_names_and_areas_but_no_links(house: House) -> None:
    unit, _ = a_team(house)
    dewi = house.member(unit, "anggota", "PW", name="Dewi Contoh").start().type("/tim")
    assert "Pokja 5 Penguatan Pengawasan\n• Dewi Contoh" in dewi.text
    assert dewi.labels == ["Serah terima", "Tugas tim", "Ke menu"]


def test_a_member_tapping_coordinator_buttons_gets_nothing(house: House) -> None:
    unit, budi = a_team(house)
    dewi = house.member(unit, "anggota", "PW", name="Dewi Contoh").start()
    budi.tap_data("undang.buat:anggota:PW")
    for data in (
        "undang",
        "undang.pokja",
        "undang.pokjal",
        "undang.buat:ketua:PW",
        "undang.daftar:0",
        "tim.cabut:1",
    ):
        dewi.tap_data(data)
        assert "diatur koordinator unit atau admin" in dewi.text, data
    for data in ("undang.lihat:1", "undang.qr:1", "undang.cabut:1", "undang.buka:1:1"):
        dewi.tap_data(data)
        assert "tidak ada dalam daftar Anda" in dewi.text, data
    dewi.tap_data("undang.admin")
    assert "hanya untuk admin instansi" in dewi.text
    assert house.read(lambda s: s.exec(select(Invite.revoked_at, Invite.open_until)).all()) == [(None, None)]


def test_another_units_coordinator_cannot_touch_links_or_members(house: House) -> None:
    _, budi = a_team(house)
    other = house.member(house.unit("Unit Lain"), "koordinator", name="Orang Lain").start()
    budi.tap_data("undang.buat:anggota:PW")
    for data in (
        "undang.lihat:1",
        "undang.cabut:1",
        "undang.qr:1",
        "undang.buka:1:1",
        "tim.orang:1",
        "tim.cabut:1",
    ):
        other.tap_data(data)
        assert "tidak ada dalam" in other.text, data
    assert counted(house, Membership, col(Membership.revoked_at).is_not(None)) == 0


def test_removing_asks_first_and_the_person_loses_the_unit(house: House) -> None:
    unit, budi = a_team(house)
    dewi = house.member(unit, "anggota", "PW", name="Dewi Contoh").start()
    budi.type("/tim").tap("2").tap("Keluarkan")
    assert "Jawaban dan penjelasan yang sudah diisinya tetap tersimpan" in budi.text
    yes = budi.data_of("Ya, keluarkan")
    budi.tap("Ya, keluarkan")
    assert "Dewi Contoh sudah dikeluarkan" in budi.toast
    budi.tap_data(yes)
    assert "sudah tidak terdaftar" in budi.text
    assert "Kantor Layanan Contoh" not in dewi.type("/menu").text


def test_the_last_coordinator_stays(house: House) -> None:
    _, budi = a_team(house)
    assert "Keluarkan" not in budi.type("/tim").tap("1").labels
    budi.tap_data("tim.cabut:1")
    assert "satu-satunya koordinator" in budi.text
    assert counted(house, Membership, col(Membership.revoked_at).is_(None)) == 1


@pytest.mark.db
def test_two_coordinators_leaving_at_once_do_not_leave_the_unit_alone(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit, budi = a_team(house)
    sari = house.member(unit, "koordinator", name="Sari Contoh").start()
    for talk, held in ((budi, 1), (sari, 2)):
        house.standin.tap(talk.user_id, talk.messages[-1]["message_id"], f"tim.cabut:{held}")
    at_the_same_moment(monkeypatch, 2)
    house.deliver()
    assert counted(house, Membership, col(Membership.revoked_at).is_(None)) == 1


# invitations ---------------------------------------------------------------------------------------


def test_six_pokja_links_come_as_one_text_to_paste(house: House) -> None:
    _, budi = a_team(house)
    budi.type("/tim").tap("Undang anggota").tap("Tautan 6 pokja")
    assert budi.text.startswith("6 tautan siap, berlaku sampai Senin, 25 Januari 2027, 09.00 WIB.")
    assert "Sampai 11.00 WIB orang langsung diterima" in budi.text
    assert len(set(re.findall(r"https://t\.me/\w+\?start=u[\w-]+", budi.text))) == 6
    assert "Pokja 6 Peningkatan Kualitas Pelayanan Publik:\nhttps://t.me/" in budi.text
    budi.type("/tim").tap("Undang anggota").tap("Tautan 6 pokja")
    assert counted(house, Invite) == 6
    dewi = house.stranger("Dewi Contoh").start(payload_in(budi.text)).tap("Setuju, bergabung")
    assert "anggota Pokja 1" in dewi.text
    budi.tap("Selalu periksa")
    assert "menunggu persetujuan" in budi.text
    eko = house.stranger("Eko Contoh").start(payload_in(budi.text)).tap("Setuju, bergabung")
    assert "sudah diteruskan" in eko.text
    assert "Permintaan (1)" in budi.type("/tim").labels


def test_one_link_shows_its_text_its_last_day_and_can_be_revoked(house: House) -> None:
    _, budi = a_team(house)
    budi.tap_data("undang").tap("Ketua pokja").tap("Area 5")
    assert "Bapak/Ibu ketua Pokja 5 Penguatan Pengawasan, Kantor Layanan Contoh, mohon bergabung" in budi.text
    assert "Berlaku sampai Senin, 25 Januari 2027, 09.00 WIB." in budi.text
    payload = payload_in(budi.text)
    budi.tap("Terima 2 jam")
    assert "Sampai 11.00 WIB orang langsung diterima" in budi.text
    budi.tap("Cabut tautan")
    assert "tidak berlaku lagi" in budi.text
    assert "sudah dicabut" in house.stranger().start(payload).text
    budi.tap_data("undang.buka:1:1")
    assert "sudah tidak berlaku" in budi.text


def test_a_coordinators_own_link_for_a_coordinator_needs_a_yes(house: House) -> None:
    _, budi = a_team(house)
    budi.tap_data("undang").tap("Koordinator unit")
    sari = house.stranger("Sari Contoh").start(payload_in(budi.text)).tap("Setuju dan mulai")
    assert "sudah diteruskan" in sari.text


@pytest.mark.parametrize(
    "data",
    ["undang.buat:admin:", "undang.buat:penilai:", "undang.buat:anggota:ZZ", "undang.buat:koordinator:PW"],
)
def test_roles_and_areas_that_nobody_can_be_invited_to_are_refused(house: House, data: str) -> None:
    _, budi = a_team(house)
    budi.tap_data(data)
    assert "tidak tersedia" in budi.text
    assert counted(house, Invite) == 0


def test_coordinators_neither_make_nor_see_nor_pass_on_an_assessors_link(house: House) -> None:
    agency = house.agency()
    unit = house.unit(agency_id=agency)
    budi = house.member(unit, "koordinator", name="Budi Contoh").start()
    assert not any("enilai" in label for label in budi.tap_data("undang").labels)
    budi.tap_data(f"undang.penilai:{unit}")
    assert "hanya untuk admin instansi" in budi.text
    assert counted(house, Invite) == 0
    house.admin(agency).start().tap_data(f"undang.penilai:{unit}")
    assert not any(label.startswith("Tautan aktif") for label in budi.tap_data("undang").labels)
    assert "Tidak ada tautan" in budi.tap_data("undang.daftar:0").text
    for data in ("undang.lihat:1", "undang.qr:1", "undang.cabut:1", "undang.buka:1:1"):
        budi.tap_data(data)
        assert "tidak ada dalam daftar Anda" in budi.text, data
    assert house.read(lambda s: s.exec(select(Invite.revoked_at, Invite.open_until)).all()) == [(None, None)]


def test_a_further_admin_joins_after_a_present_one_agrees(house: House) -> None:
    ani = house.admin(house.agency()).start().tap("Kelola instansi").tap("Undang admin")
    sari = house.stranger("Sari Contoh").start(payload_in(ani.text))
    assert "admin instansi Instansi Contoh" in sari.text
    sari.tap("Setuju dan mulai")
    house.send_due()
    ani.tap("Terima")
    assert counted(house, Membership, col(Membership.role) == "admin") == 2


def test_active_links_are_listed_and_expired_ones_are_not(house: House) -> None:
    _, budi = a_team(house)
    budi.tap_data("undang.buat:anggota:PW")
    budi.tap_data("undang").tap("Tautan aktif (1)")
    assert "1  anggota Pokja 5 Penguatan Pengawasan · sampai 25 Januari 2027, diperiksa dulu" in budi.text
    house.clock.set_to(START + timedelta(days=8))
    assert "Tidak ada tautan" in budi.tap_data("undang.daftar:0").text
    assert "Masa berlakunya habis" in budi.tap_data("undang.lihat:1").text


def test_the_qr_picture_is_large_and_holds_the_link(house: House) -> None:
    _, budi = a_team(house)
    budi.tap_data("undang.buat:anggota:PW").tap("Gambar QR")
    assert budi.messages[-1]["photo"]
    assert budi.text.startswith("QR undangan anggota Pokja 5 Penguatan Pengawasan")
    url = "https://t.me/contoh_bot?start=u1-" + "x" * 22
    picture = Image.open(io.BytesIO(media.draw("qr", (url,))))
    assert 700 <= picture.width == picture.height <= 1000
    modules = segno.make(url, error="m", micro=False).symbol_size(border=4)[0]
    assert picture.width % modules == 0


def test_the_list_pages_and_unknown_pages_are_harmless(house: House) -> None:
    unit, budi = a_team(house)
    for number in range(11):
        house.member(unit, "anggota", "PW", name=f"Anggota {number:02}")
    budi.type("/tim").tap("›")
    assert "9  Anggota 07" in budi.text
    assert "9  Anggota 07" in budi.tap_data("tim.hal:55").text
    assert "1  Budi" in budi.tap_data("tim.hal:-3").text
    assert house.read(lambda s: s.exec(select(func.count()).select_from(Membership)).one()) == 12
