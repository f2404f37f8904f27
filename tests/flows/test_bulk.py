"""Units and people from a table: tried out by line, applied in portions, never twice, by the admin only."""

import csv
import io
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlmodel import col, func, select

from bot import bring_units
from bot.export import Unknown
from bot.heartbeat import tidy_once
from bot.jobs import Jobs
from flows import retention
from flows.bulk import applying, files, plan, reading, service
from flows.bulk.columns import PERSON, UNIT
from flows.models import AuditEntry, BulkImport, BulkPart, Invite, Job, Membership, Person, Unit
from tests.support.house import House
from tests.support.talk import Talk

UNITS = (
    ("KW", "Kantor Wilayah Timur", "Kanwil", "", "", "WITA"),
    ("KL1", "Kantor Layanan Satu", "Satuan kerja", "KW", "WBBM", ""),
    ("", "Kantor Layanan Dua", "", "Kantor Wilayah Timur", "", "WIT"),
)
PEOPLE = (
    ("Budi Santoso", "", "KL1", "koordinator", ""),
    ("Sari Lestari", "", "KL1", "ketua pokja", "5"),
    ("Tono Wijaya", "", "Kantor Layanan Dua", "anggota", "1; 3"),
    ("Rina Utami", "Inspektorat", "KL1", "penilai", ""),
    ("Rina Utami", "Inspektorat", "Kantor Layanan Dua", "penilai", ""),
)


@pytest.fixture
def agency(house: House) -> int:
    """An agency without units."""
    return house.agency("Instansi Timur")


@pytest.fixture
def ani(house: House, agency: int) -> Talk:
    """Its admin."""
    return house.admin(agency, "Ani Contoh")


def book(units: Any = UNITS, people: Any = PEOPLE) -> bytes:
    """A filled workbook."""
    return files.as_xlsx({UNIT: units, PERSON: people})


def sent(house: House, ani: Talk, data: bytes, name: str = "unit.xlsx") -> Talk:
    """The admin sends a table, and it is tried out."""
    ani.type("/menu").tap("Kelola instansi").tap("Impor unit dan orang")
    ani.send_file(name, data)
    assert ani.text.startswith("Diterima, sedang diperiksa"), ani.text
    house.settle()
    return ani


def applied(house: House, ani: Talk) -> Talk:
    """The trial's result is applied to the end."""
    ani.tap("Terapkan")
    house.settle()
    return ani


def counted(house: House, table: Any) -> int:
    """How many rows a table has."""
    return int(house.read(lambda s: s.exec(select(func.count()).select_from(table)).one()))


def units(house: House) -> dict[str, Unit]:
    """Every unit by name."""
    return {unit.name: unit for unit in house.read(lambda s: s.exec(select(Unit)).all())}


def roles(house: House) -> list[tuple[str, str, str, str | None]]:
    """Everybody's roles: name, unit, role, area."""
    found: list[tuple[str, str, str, str | None]] = house.read(
        lambda s: s.exec(
            select(Person.name, Unit.name, Membership.role, Membership.area)
            .join(Membership, col(Membership.person_id) == col(Person.id))
            .join(Unit, col(Unit.id) == Membership.unit_id)
            .order_by(Person.name, col(Membership.id))
        ).all()
    )
    return found


def document(house: House, talk: Talk) -> bytes:
    """The newest document."""
    shown = next(m["document"] for m in reversed(talk.messages) if "document" in m)
    return house.standin.store.content(shown["file_id"]) or b""


# the whole way -------------------------------------------------------------------------------------


@pytest.mark.db
def test_an_admin_brings_in_a_tree_of_units_with_their_people(house: House, agency: int, ani: Talk) -> None:
    sent(house, ani, book())
    assert "8 baris akan disimpan" in ani.text
    assert "Unit: 3 baru" in ani.text
    assert "Orang: 5 baru" in ani.text
    assert units(house) == {}

    applied(house, ani)
    assert "Tersimpan: 3 baris unit dan 5 baris orang" in ani.text
    made = units(house)
    above, first, second = (made[name] for _, name, *_ in UNITS)
    assert (above.kind, above.zone, above.code, above.path) == ("kanwil", "WITA", "KW", f"/{above.id}/")
    assert (first.parent_id, first.zone, first.path) == (above.id, "WITA", f"/{above.id}/{first.id}/")
    assert (second.parent_id, second.zone, second.kind) == (above.id, "WIT", "satker")
    assert roles(house) == [
        ("Budi Santoso", first.name, "koordinator", None),
        ("Rina Utami (Inspektorat)", first.name, "penilai", None),
        ("Rina Utami (Inspektorat)", second.name, "penilai", None),
        ("Sari Lestari", first.name, "ketua", "PW"),
        ("Tono Wijaya", second.name, "anggota", "MP"),
        ("Tono Wijaya", second.name, "anggota", "SDM"),
    ]
    assert counted(house, Invite) == 4  # one for each person, whatever they are in charge of
    assert counted(house, BulkPart) == 0
    trail = house.read(lambda s: set(s.exec(select(AuditEntry.act)).all()))
    assert {"bulk_apply", "unit_create", "person_import"} <= trail


@pytest.mark.db
def test_the_same_file_again_changes_nothing_and_a_changed_line_changes_that(house: House, ani: Talk) -> None:
    applied(house, sent(house, ani, book()))
    before = roles(house)
    sent(house, ani, book())
    assert "tidak ada yang berubah" in ani.text
    assert "Terapkan" not in ani.labels

    changed = (
        ("KW", "Kantor Wilayah Timur Raya", "", "", "", ""),
        ("KL1", "Kantor Layanan Satu", "", "Kantor Layanan Dua", "WBK", ""),
        ("", "Kantor Layanan Dua", "", "KW", "", ""),
    )
    more = (*PEOPLE, ("Budi Santoso", "", "KL1", "ketua pokja", "2"))
    sent(house, ani, book(changed, more))
    assert "3 baris akan disimpan" in ani.text
    assert "Unit: 2 berubah, 1 sama" in ani.text
    assert "Orang: 1 berubah, 5 sama" in ani.text
    applied(house, ani)
    made = units(house)
    above, first, second = made["Kantor Wilayah Timur Raya"], made[UNITS[1][1]], made[UNITS[2][1]]
    assert first.path == f"/{above.id}/{second.id}/{first.id}/"
    assert second.zone == "WIT"  # an empty cell leaves what stands
    assert len(roles(house)) == len(before) + 1
    assert counted(house, Person) == 5  # Ani and four others: nobody twice


def test_a_corrected_file_is_taken_right_below_the_result_and_elsewhere_the_way_is_shown(
    house: House, ani: Talk
) -> None:
    wrong = (("KW", "Kantor Wilayah Timur", "tidak dikenal", "", "", ""),)
    sent(house, ani, book(wrong, ()))
    assert "lalu kirim lagi berkasnya" in ani.text
    ani.send_file("unit.xlsx", book())
    house.settle()
    assert "8 baris akan disimpan" in ani.text
    applied(house, ani)
    ani.send_file("unit.xlsx", book())
    house.settle()
    assert "tidak ada yang berubah" in ani.text
    ani.type("/menu")
    ani.send_file("unit.xlsx", book())
    assert "Bila isinya daftar unit atau orang" in ani.text
    ani.tap("Impor unit dan orang")
    assert ani.text.startswith("Impor unit dan orang dari tabel.")


# a kill on the way ---------------------------------------------------------------------------------


@pytest.mark.db
def test_an_import_that_is_killed_on_the_way_goes_on_where_it_was(house: House, ani: Talk) -> None:
    many = [(f"Orang {n:03} Contoh", "", "KL1", "anggota", "1") for n in range(400)]
    sent(house, ani, book(UNITS, many))
    ani.tap("Terapkan")
    jobs: Jobs = house.worker.jobs
    assert jobs.do_one()  # the units
    time.sleep(2 * applying.YIELD_SECONDS)
    assert jobs.do_one()  # the first portion of people; then the process dies before the next
    done = counted(house, Person)
    assert 1 < done < 401
    row = house.read(lambda s: s.exec(select(BulkImport)).one())
    assert (row.state, row.done) == ("applying", 2)

    with house.writing() as session:  # the job had begun once more, and was not recorded as done
        last = session.exec(select(Job).where(Job.kind == service.APPLY_JOB).order_by(col(Job.id))).all()[-2]
        last.state, last.due_at = "waiting", 0.0
        session.add(last)
    house.settle()
    assert "Tersimpan: 3 baris unit dan 400 baris orang" in ani.text
    assert counted(house, Person) == 401
    assert counted(house, Invite) == 400


def test_a_second_tap_on_apply_and_a_late_one_on_cancel_change_nothing(house: House, ani: Talk) -> None:
    sent(house, ani, book())
    apply, cancel = ani.data_of("Terapkan"), ani.data_of("Batal")
    ani.tap("Terapkan").tap_data(apply).tap_data(cancel)
    house.settle()
    ani.tap_data(apply)
    assert "Tersimpan: 3 baris unit" in ani.text
    assert len(units(house)) == 3


def test_an_admin_who_loses_the_role_on_the_way_stops_the_rest(house: House, ani: Talk) -> None:
    many = [(f"Orang {n:03} Contoh", "", "KL1", "anggota", "1") for n in range(400)]
    sent(house, ani, book(UNITS, many))
    ani.tap("Terapkan")
    house.worker.jobs.do_one()
    with house.writing() as session:
        held = session.exec(select(Membership).where(Membership.role == "admin")).one()
        held.revoked_at = house.clock.now()
    house.settle()
    assert "Peran admin Anda berakhir" in ani.text
    assert counted(house, Person) == 1
    assert counted(house, BulkPart) == 0


# what is wrong -------------------------------------------------------------------------------------


def test_each_wrong_line_says_where_and_what_to_do(house: House, ani: Talk) -> None:
    wrong_units = (
        *UNITS,
        ("A", "Unit Putar A", "", "B", "", ""),
        ("B", "Unit Putar B", "", "A", "", ""),
        ("KL1", "Kode Dua Kali", "", "", "", ""),
        ("", "Tanpa Induk Jelas", "", "Entah Di Mana", "", ""),
        ("", "Jenis Aneh", "Cabang", "", "WBX", ""),
        ("", "=HYPERLINK(1)", "", "", "", ""),
    )
    wrong_people = (
        *PEOPLE,
        ("Budi Santoso", "", "KL1", "koordinator", ""),
        ("Joko 198501012010011001", "", "KL1", "anggota", "1"),
        ("Dewi Anggraini", "", "KL1", "ketua pokja", ""),
        ("Eka Putra", "", "KL1", "raja", ""),
        ("Fitri Aulia", "", "Unit Putar A", "anggota", "1"),
        ("Gita Cahya", "", "KL1", "anggota", "9"),
        ("Rina Utami", "Inspektorat", "KL1", "anggota", "1"),
        ("Hana Sari", "", "KL1", "admin", ""),
    )
    sent(house, ani, book(wrong_units, wrong_people))
    assert "Unit: 3 baru, 6 salah" in ani.text
    assert "Orang: 5 baru, 8 salah" in ani.text
    assert "! Unit baris 5, kolom induk: induknya berputar" in ani.text
    assert "(Unit Putar A → Unit Putar B → Unit Putar A)" in ani.text
    ani.tap("Laporan lengkap")
    sheet = openpyxl.load_workbook(io.BytesIO(document(house, ani))).active
    assert sheet is not None
    said = {(r[0], r[1]): (r[3], r[5]) for r in sheet.iter_rows(values_only=True) if r[2] == "salah"}
    assert len(said) == 14
    assert said["Unit", "7"][1] == "kode sama dengan baris 3; beri kode lain"
    assert "“Entah Di Mana” tidak ada di berkas ini" in str(said["Unit", "8"][1])
    assert said["Unit", "9"][0] == "jenis"
    assert "diawali tanda" in str(said["Unit", "10"][1])
    assert said["Orang", "7"][1] == "sama dengan baris 2; hapus salah satu"
    assert "NIP" in str(said["Orang", "8"][1])
    assert said["Orang", "9"] == ("area", "ketua pokja perlu nomor area; isi 1 sampai 6")
    assert said["Orang", "11"][1] == "unitnya ada di baris 5 yang masih salah; betulkan baris itu dulu"
    assert "penilai tidak boleh" in str(said["Orang", "13"][1])
    assert "undang lewat menu" in str(said["Orang", "14"][1])
    assert "baru" in {row[2] for row in sheet.iter_rows(values_only=True)}


def test_a_unit_is_never_hung_below_itself_whatever_stands_and_whatever_the_file_says(
    house: House, agency: int, ani: Talk
) -> None:
    top = house.unit("Kantor Pusat", agency)
    house.unit("Bagian Umum", agency, parent_id=top)
    with house.writing() as session:
        session.get_one(Unit, top).code = "KP"
    sent(house, ani, book([("KP", "Kantor Pusat", "", "Bagian Umum", "", "")], []))
    assert "induknya berputar" in ani.text
    assert "belum ada baris yang bisa disimpan" in ani.text


def test_somebody_who_was_removed_is_not_brought_back_by_a_table(house: House, ani: Talk) -> None:
    applied(house, sent(house, ani, book()))
    with house.writing() as session:
        budi = session.exec(select(Person).where(Person.name == "Budi Santoso")).one()
        held = session.exec(select(Membership).where(Membership.person_id == budi.id)).one()
        held.revoked_at = house.clock.now()
    sent(house, ani, book())
    assert "pernah dikeluarkan dari peran ini" in ani.text


# formats -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "separator"), [("utf-8-sig", ";"), ("utf-8", ","), ("utf-16", "\t"), ("cp1252", ";")]
)
def test_csv_is_read_as_spreadsheets_write_it(encoding: str, separator: str) -> None:
    out = io.StringIO(newline="")
    made = csv.writer(out, delimiter=separator)
    made.writerow(("Nama", "Unit kerja", "Peran *", "Area"))
    made.writerow(("José Wijaya", "Kantor; Satu, Dua", "Anggota", "1"))
    found = reading.read(out.getvalue().encode(encoding), "orang.csv")
    assert [(line.sheet, line.at, line.values) for line in found.lines] == [
        (PERSON, 2, {"nama": "José Wijaya", "unit": "Kantor; Satu, Dua", "peran": "Anggota", "area": "1"})
    ]


def test_a_csv_that_names_its_separator_keeps_its_line_numbers() -> None:
    found = reading.read(b"sep=;\r\nkode;nama;induk\r\nK1;Kantor Satu;\r\n", "unit.csv")
    assert [(line.sheet, line.at) for line in found.lines] == [(UNIT, 3)]


def test_the_templates_are_read_as_empty_and_their_samples_left_out(house: House, ani: Talk) -> None:
    ani.type("/menu").tap("Kelola instansi").tap("Impor unit dan orang").tap("Contoh Excel")
    sheets = openpyxl.load_workbook(io.BytesIO(document(house, ani)))
    assert sheets.sheetnames == ["Penjelasan", "Unit", "Orang"]
    for form, name in (("xlsx", "a.xlsx"), (UNIT, "a.csv"), (PERSON, "a.csv")):
        found = reading.read(files.template(form), name)
        assert found.lines == []
        assert found.failure == reading.NOTHING


def test_formulas_and_hidden_marks_do_not_come_in() -> None:
    out = io.BytesIO()
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["kode", "nama", "induk"])
    sheet.append(["K1", "Kantor\u202e Satu\u200b 🏢", None])
    sheet.append(["K2", "=1+1", None])
    made.save(out)
    found = reading.read(out.getvalue(), "x.xlsx")
    assert found.lines[0].values["nama"] == "Kantor Satu 🏢"
    assert found.lines[1].formulas == ("nama",)


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02", b"PK\x03\x04rusak", b"halo dunia", b"\xff\xfe"])
def test_nonsense_is_refused_in_one_sentence(data: bytes) -> None:
    found = reading.read(data, "tabel.xlsx" if data.startswith(b"PK") else "tabel.csv")
    assert found.lines == []
    assert found.failure


def test_a_file_that_is_no_table_is_refused_at_once(house: House, ani: Talk) -> None:
    ani.type("/menu").tap("Kelola instansi").tap("Impor unit dan orang")
    ani.send_file("foto.pdf", b"%PDF-1.4")
    assert "bukan Excel (.xlsx) atau CSV" in ani.text


# who may -------------------------------------------------------------------------------------------


@pytest.mark.db
def test_nobody_but_the_agencys_admin_imports(house: House, agency: int, ani: Talk) -> None:
    sent(house, ani, book())
    number = house.read(lambda s: s.exec(select(BulkImport.id)).one())
    unit = house.unit("Kantor Lain", agency)
    others = [
        house.admin(house.agency("Instansi Barat"), "Admin Lain"),
        house.admin(agency, "Admin Kedua"),
        house.member(unit, "wilayah", name="Wilayah Contoh"),
        house.member(unit, "koordinator", name="Koor Contoh"),
        house.stranger(),
    ]
    for talk in others:
        for action in ("lihat", "terapkan", "batal", "laporan"):
            talk.type("/menu").tap_data(f"massal.{action}:{number}")
            assert "Layanan" not in talk.text
            assert "Terapkan" not in talk.labels
    assert len(units(house)) == 1
    for talk in others[2:]:
        talk.type("/menu").tap_data("massal")
        assert "hanya untuk admin instansi" in talk.text or "hanya untuk admin instansi" in talk.toast
    assert plan.NEW == "baru"


# the command line, and what is forgotten -----------------------------------------------------------


@pytest.mark.db
def test_the_command_line_does_the_same(house: House, ani: Talk, tmp_path: Path) -> None:
    file = tmp_path / "unit.xlsx"
    file.write_bytes(book())
    args = (house.db, house.library, file, ani.user_id, house.clock.now())
    said = list(bring_units.run(*args, apply=False))
    assert said[:2] == [
        "Unit: 3 baru, 0 berubah, 0 sama, 0 salah.",
        "Orang: 5 baru, 0 berubah, 0 sama, 0 salah.",
    ]
    assert units(house) == {}
    assert list(bring_units.run(*args, apply=True))[-1] == "Tersimpan: 3 baris unit, 5 baris orang."
    assert list(bring_units.run(*args, apply=True))[-1] == "Tidak ada yang berubah."
    assert len(units(house)) == 3
    nobody = house.stranger()
    with pytest.raises(Unknown):
        list(bring_units.run(*args[:3], nobody.user_id, args[4], apply=True))


def test_what_a_table_held_is_forgotten(house: House, ani: Talk) -> None:
    sent(house, ani, book((*UNITS, ("", "Salah", "Cabang", "", "", ""))))
    assert counted(house, BulkPart) == 2
    house.clock.set_to(house.clock.now() + timedelta(days=retention.ENDED_DAYS + 1))
    tidy_once(house.edge)
    row = house.read(lambda s: s.exec(select(BulkImport)).one())
    assert (row.state, row.file_name, row.problems, counted(house, BulkPart)) == ("cancelled", "", [], 0)
