"""The tree of units: making, naming, moving, archiving; a unit's zone, target and year; who may."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import col, func, select

from flows.admin import tree
from flows.models import Assessment, AuditEntry, Unit
from tests.support.house import House
from tests.support.talk import Talk


def an_admin(house: House) -> tuple[int, Talk]:
    agency = house.agency()
    return agency, house.admin(agency).start().type("/menu")


def paths(house: House) -> dict[str, str]:
    return dict(house.read(lambda s: s.exec(select(Unit.name, Unit.path)).all()))


def made_below(admin: Talk, parent: int, kind: str, name: str) -> Talk:
    return admin.tap_data(f"unit.bn:{parent}:{kind}").type(name)


@pytest.mark.parametrize(
    ("today", "year"),
    [
        (date(2027, 1, 18), 2027),
        (date(2027, 6, 30), 2027),
        (date(2027, 7, 1), 2028),
        (date(2026, 12, 31), 2027),
    ],
)
def test_after_june_a_new_unit_prepares_for_the_next_year(today: date, year: int) -> None:
    assert tree.default_year(today) == year


@pytest.mark.db
def test_the_admin_builds_the_tree_by_tapping_and_typing(house: House) -> None:
    _, ani = an_admin(house)
    ani.tap("Kelola instansi").tap("Buat unit").tap("Eselon I").type("Direktorat Jenderal Contoh")
    assert "Unit dibuat" in ani.text
    assert "Eselon I" in ani.text
    ani.tap("Unit di bawahnya").tap("Buat unit").tap("Kanwil/Provinsi").type("Kanwil Contoh")
    ani.tap("Unit di bawahnya").tap("Buat unit").tap("Satuan kerja").type("Kantor <Contoh> A & B")
    assert ani.text.split("\n\n")[1].startswith("Kantor <Contoh> A & B")
    assert paths(house) == {
        "Direktorat Jenderal Contoh": "/1/",
        "Kanwil Contoh": "/1/2/",
        "Kantor <Contoh> A & B": "/1/2/3/",
    }
    opened = house.read(lambda s: s.exec(select(Assessment.year, Assessment.instrument_id)).all())
    assert opened == [(2027, "lke-2021")] * 3
    ani.type("/menu").tap("Kelola instansi").tap("Unit kerja").tap("1")
    assert "Kanwil Contoh · Kanwil/Provinsi, 1 unit di bawahnya" in ani.text
    acts = house.read(lambda s: s.exec(select(AuditEntry.act, AuditEntry.unit_id)).all())
    assert acts == [("unit_create", 1), ("unit_create", 2), ("unit_create", 3)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ab", "3 sampai 160 karakter"),
        ("123456", "memuat huruf"),
        ("x" * 161, "161 karakter"),
        ("Kantor\nContoh", "satu baris"),
        ("kantor layanan CONTOH", "Sudah ada unit bernama"),
    ],
)
def test_a_name_that_cannot_be_is_refused_and_the_prompt_stays(house: House, typed: str, said: str) -> None:
    agency, ani = an_admin(house)
    house.unit(agency_id=agency)
    made_below(ani, 0, "satker", typed)
    assert said in ani.text
    assert "Apa nama unitnya?" in ani.text
    ani.type("Kantor Lain Contoh")
    assert "Unit dibuat" in ani.text


def test_the_list_pages_by_eight(house: House) -> None:
    agency, ani = an_admin(house)
    for number in range(11):
        house.unit(f"Kantor Contoh {number:02}", agency)
    ani.tap_data("admin.unit:0:0")
    assert "8  Kantor Contoh 07" in ani.text
    assert "›" in ani.labels
    assert "‹" not in ani.labels
    ani.tap("›")
    assert "9  Kantor Contoh 08" in ani.text
    assert ani.tap_data("admin.unit:0:99").text.count("Kantor Contoh") == 3


def test_zone_target_and_year_are_one_tap_each(house: House) -> None:
    agency, ani = an_admin(house)
    unit = house.unit(agency_id=agency)
    ani.tap_data(f"unit.ubah:{unit}").tap("WITA").tap("WBBM").tap("2028")
    assert "Zona waktu WITA · target WBBM · penilaian 2028" in ani.text
    ani.tap("2027")
    found = house.read(
        lambda s: s.exec(select(Assessment.year, Assessment.target, Assessment.closed_at)).all()
    )
    assert [(y, t, c is None) for y, t, c in sorted(found)] == [(2027, "WBBM", True), (2028, "WBBM", False)]
    ani.tap_data(f"unit.tahun:{unit}:2199")
    assert "tidak tersedia" in ani.text
    ani.tap_data(f"unit.zona:{unit}:GMT:99")
    assert "sudah berubah" in ani.text


def test_an_old_button_does_not_undo_what_somebody_else_set(house: House) -> None:
    agency, ani = an_admin(house)
    unit = house.unit(agency_id=agency)
    budi = house.member(unit, "koordinator").start()
    old = ani.tap_data(f"unit.ubah:{unit}").data_of("WIT")
    budi.tap_data(f"unit.ubah:{unit}").tap("WITA")
    ani.tap_data(old)
    assert "sudah berubah" in ani.text
    assert house.read(lambda s: s.get_one(Unit, unit).zone) == "WITA"


def test_renaming_and_an_outdated_prompt(house: House) -> None:
    agency, ani = an_admin(house)
    unit = house.unit(agency_id=agency)
    budi = house.member(unit, "koordinator").start()
    ani.tap_data(f"unit.nama:{unit}")
    budi.tap_data(f"unit.nama:{unit}").type("Kantor Baru Contoh")
    assert "Nama unit diubah" in budi.text
    ani.type("Kantor Lama Contoh")
    assert "sudah berubah" in ani.text
    assert list(paths(house)) == ["Kantor Baru Contoh"]


@pytest.mark.db
def test_a_branch_moves_with_its_units_and_never_below_itself(house: House) -> None:
    agency, ani = an_admin(house)
    top = house.unit("Direktorat Contoh", agency, kind="eselon1")
    kanwil = house.unit("Kanwil Contoh", agency, kind="kanwil")
    house.unit("Kantor Contoh", agency, parent_id=kanwil)
    ani.tap_data(f"unit.ubah:{kanwil}").tap("Pindahkan")
    assert "1  Direktorat Contoh" in ani.text
    assert "Kantor Contoh" not in ani.text
    ani.tap("1")
    assert "di bawah Direktorat Contoh" in ani.text
    assert paths(house)["Kantor Contoh"] == f"/{top}/{kanwil}/{kanwil + 1}/"
    revision = house.read(lambda s: s.get_one(Unit, top).revision)
    ani.tap_data(f"unit.ke:{top}:{kanwil}:{revision}")
    assert "dirinya sendiri" in ani.text
    ani.tap_data(f"unit.pindah:{kanwil}:0").tap("Paling atas")
    assert paths(house)["Kantor Contoh"] == f"/{kanwil}/{kanwil + 1}/"


def test_archiving_asks_first_goes_from_the_leaves_and_can_be_undone(house: House) -> None:
    agency, ani = an_admin(house)
    top = house.unit("Kanwil Contoh", agency, kind="kanwil")
    leaf = house.unit("Kantor Contoh", agency, parent_id=top)
    budi = house.member(leaf, "koordinator").start()
    assert "Arsipkan" not in ani.tap_data(f"unit.ubah:{top}").labels
    ani.tap_data(f"unit.aa:{top}").tap("Ya, arsipkan")
    assert "Masih ada 1 unit di bawahnya" in ani.text
    ani.tap_data(f"unit.ubah:{leaf}").tap("Arsipkan").tap("Ya, arsipkan")
    assert "diarsipkan" in ani.text
    assert "Kantor Contoh" not in budi.type("/menu").text
    budi.tap_data(f"unit.nama:{leaf}").type("Nama Lain Contoh")
    assert "sudah diarsipkan" in budi.text
    ani.tap("Pulihkan")
    assert "Kantor Contoh" in budi.type("/menu").text


def test_another_agencys_units_are_not_to_be_seen(house: House) -> None:
    _, ani = an_admin(house)
    foreign = house.unit("Kantor Asing", house.agency("Instansi Lain"))
    for data in (
        f"unit.ubah:{foreign}",
        f"admin.unit:{foreign}:0",
        f"unit.baru:{foreign}",
        f"unit.aa:{foreign}",
        f"unit.arsip:{foreign}:1",
        f"unit.ke:{foreign}:0:1",
        f"unit.target:{foreign}:WBBM",
        f"undang.koord:{foreign}",
        f"undang.penilai:{foreign}",
        "unit.ubah:999999999999999999",
    ):
        ani.tap_data(data)
        assert "tidak ada dalam daftar Anda" in ani.text, data
        assert "Kantor Asing" not in ani.text
    made_below(ani, foreign, "satker", "Kantor Selundupan")
    assert house.read(lambda s: s.exec(select(func.count()).select_from(Unit)).one()) == 1


def test_the_admin_invites_an_assessor_beside_the_coordinator(house: House) -> None:
    agency, ani = an_admin(house)
    unit = house.unit(agency_id=agency)
    ani.tap_data(f"unit.ubah:{unit}").tap("Undang penilai")
    assert ani.text.startswith("Tautan undangan penilai (TPI), Kantor Layanan Contoh")
    assert "mohon bergabung sebagai penilai (TPI) Kantor Layanan Contoh di Pandu ZI lewat" in ani.text
    assert "untuk satu orang." in ani.text
    assert "langsung diterima" in ani.text
    ani.tap("‹ Kembali")
    assert "Undang penilai" in ani.labels


def test_coordinators_edit_their_unit_but_not_the_tree(house: House) -> None:
    agency = house.agency()
    unit = house.unit(agency_id=agency)
    budi = house.member(unit, "koordinator").start()
    budi.tap_data(f"unit.ubah:{unit}")
    assert not {"Arsipkan", "Pindahkan", "Undang koordinator", "Undang penilai", "Unit di bawahnya"} & set(
        budi.labels
    )
    revision = house.read(lambda s: s.get_one(Unit, unit).revision)
    for data in ("admin", "admin.unit:0:0", f"unit.arsip:{unit}:{revision}", f"unit.ke:{unit}:0:{revision}"):
        budi.tap_data(data)
        assert "hanya untuk admin instansi" in budi.text, data
    made_below(budi, 0, "satker", "Kantor Selundupan")
    assert house.read(lambda s: s.exec(select(func.count()).select_from(Unit)).one()) == 1


def test_members_do_not_change_the_units_data(house: House) -> None:
    unit = house.unit()
    dewi = house.member(unit, "anggota", "PW").start()
    for data in (
        f"unit.ubah:{unit}",
        f"unit.target:{unit}:WBBM",
        f"unit.tahun:{unit}:2028",
        f"unit.cek:{unit}",
    ):
        dewi.tap_data(data)
        assert "diatur koordinator unit" in dewi.text, data
    assert house.read(lambda s: s.exec(select(Assessment.target, Assessment.year)).all()) == [("WBK", 2027)]


def test_a_new_year_starts_with_the_new_unit_after_june(house: House) -> None:
    _, ani = an_admin(house)
    house.clock.set_to(datetime(2027, 8, 2, 2, tzinfo=UTC))
    made_below(ani, 0, "satker", "Kantor Contoh")
    assert "penilaian 2028" in ani.text
    assert {"2027", "✓ 2028", "2029"} <= set(ani.labels)
    assert house.read(
        lambda s: s.exec(select(Assessment.year).where(col(Assessment.unit_id) == 1)).all()
    ) == [2028]
