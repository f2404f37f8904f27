"""The board: an admin sees every unit, a wilayah coordinator their branch, nobody else anything."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import select

from flows import routes
from flows.board import standing
from flows.board.pictures import board as drawn
from flows.models import Agency, Assessment, AuditEntry, Membership, Person, Unit, UnitStanding
from tests.support.house import House
from tests.support.lke import open_item
from tests.support.talk import Talk

AREAS = ("MP", "TL", "SDM", "AK", "PW", "PP")


@pytest.fixture
def agency(house: House) -> int:
    """An agency."""
    return house.agency("Instansi Contoh")


@pytest.fixture
def tree(house: House, agency: int) -> dict[str, int]:
    """Two branches with two units each."""
    west = house.unit("Kanwil Barat", agency, kind="kanwil")
    east = house.unit("Kanwil Timur", agency, kind="kanwil", zone="WIT")
    return {
        "barat": west,
        "timur": east,
        "bandung": house.unit("Kantor Pelayanan Bandung", agency, parent_id=west),
        "serang": house.unit("Kantor Pelayanan Serang", agency, parent_id=west, target="WBBM"),
        "ambon": house.unit("Kantor Pelayanan Ambon", agency, parent_id=east, zone="WIT"),
        "ternate": house.unit("Kantor Pelayanan Ternate", agency, parent_id=east, zone="WIT"),
    }


def overseer(house: House, agency: int, role: str, unit: int | None, name: str) -> Talk:
    """Somebody with a role over many units."""
    talk = house.stranger(name)
    with house.writing() as session:
        person = Person(
            telegram_id=talk.user_id, name=name, created_at=house.clock.now(), consent_at=house.clock.now()
        )
        session.add(person)
        session.flush()
        session.add(
            Membership(
                person_id=person.id or 0,
                agency_id=agency,
                unit_id=unit,
                role=role,
                created_at=house.clock.now(),
            )
        )
    return talk


@pytest.fixture
def admin(house: House, agency: int) -> Talk:
    """The agency's admin."""
    return overseer(house, agency, "admin", None, "Rina Contoh")


def answer_all(house: House, unit: int, choice: str = "A") -> None:
    """Every indicator of the unit that has options answered alike, through the audit trail as people do."""
    instrument = house.library.instrument()
    with house.writing() as session:
        at = session.exec(select(Assessment.id).where(Assessment.unit_id == unit)).one()
        for item in instrument.area_order:
            key = next((o.key for o in item.options if o.key == choice), None)
            key = key or (item.options[0 if choice == "A" else -1].key if item.options else None)
            inputs = None if key else {each.key: 10 for each in item.inputs if each.in_formula}
            session.execute(
                text(
                    "INSERT INTO answer (assessment_id, item_id, choice, inputs, note, source, revision)"
                    " VALUES (:a, :i, :c, :n, '', 'chat', 1)"
                ),
                {"a": at, "i": item.id, "c": key, "n": _json(inputs)},
            )
        session.add(AuditEntry(at=house.clock.now(), unit_id=unit, act="lke.answer", subject="semua"))


def _json(value: Any) -> str | None:
    import json

    return json.dumps(value) if value is not None else None


def test_the_first_look_shows_every_unit_and_what_each_lacks(
    house: House, tree: dict[str, int], admin: Talk
) -> None:
    house.send_due()
    admin.type("/papan")
    assert admin.text.startswith("0 dari 6 unit memenuhi semua syarat nilai")
    assert "Kantor Pelayanan Bandung" in admin.text
    assert "Target WBK · belum mulai mengisi LKE" in admin.text
    assert "belum ada kegiatan" in admin.text
    assert "bukan peringkat" in admin.text
    assert {"Saring & urutkan", "Cari unit", "Per cabang", "Macet di mana", "Gambar", "Ke menu"} <= set(
        admin.labels
    )


def test_an_answer_moves_the_unit_on_the_board(house: House, tree: dict[str, int], admin: Talk) -> None:
    house.send_due()
    sari = house.member(tree["bandung"], "koordinator", name="Sari Contoh")
    open_item(sari, "PW.P.1.a").tap("A")
    house.advance(minutes=2)
    admin.type("/papan").tap("Cari unit").type("bandng")
    admin.tap("1")
    assert "terjawab 1 dari 110" in admin.text
    assert "5 Penguatan Pengawasan: 5%" in admin.text
    assert "Kegiatan terakhir hari ini" in admin.text
    assert "Kanwil Barat" in admin.text


def test_what_the_agency_does_with_a_unit_is_no_activity_of_the_unit(
    house: House, tree: dict[str, int], admin: Talk
) -> None:
    admin.type("/papan").tap_data(routes.UNIT_EDIT(tree["serang"]).pack()).tap("WBBM")
    house.advance(minutes=2)
    admin.tap_data(routes.BOARD_UNIT(tree["serang"]).pack())
    assert "Target WBBM" in admin.text
    assert "Belum ada kegiatan" in admin.text


def test_the_score_on_the_board_is_the_score_of_the_unit(
    house: House, tree: dict[str, int], admin: Talk
) -> None:
    answer_all(house, tree["ambon"])
    house.send_due()
    row = house.read(lambda s: s.get_one(UnitStanding, tree["ambon"]))
    admin.type("/papan").tap_data(routes.BOARD_UNIT(tree["ambon"]).pack())
    assert f"terjawab {row.answered} dari 110" in admin.text
    admin.tap("Buka unit ini").type("/kesiapan")
    shown = f"{row.total / 10_000:.2f}".replace(".", ",")
    assert shown in admin.text


def test_who_looks_after_a_branch_sees_exactly_it(house: House, agency: int, tree: dict[str, int]) -> None:
    house.send_due()
    wati = overseer(house, agency, "wilayah", tree["timur"], "Wati Contoh")
    wati.type("/papan")
    assert wati.text.startswith("0 dari 3 unit")
    assert "Ambon" in wati.text
    assert "Bandung" not in wati.text
    for forged in (routes.BOARD_UNIT(tree["bandung"]), routes.BOARD(tree["barat"], "", "nama", 0)):
        wati.tap_data(forged.pack())
        assert "tidak ada dalam papan Anda" in wati.text
        assert "Bandung" not in wati.text
    wati.type("/papan").tap("Cari unit").type("bandung")
    assert "Bandung" not in wati.text.replace("“bandung”", "")
    wati.tap_data(routes.BOARD_BRANCHES(0, 0).pack())
    assert "Kanwil Timur (3 unit)" in wati.text
    assert "Barat" not in wati.text


@pytest.mark.parametrize("role", ["anggota", "ketua", "koordinator", "pimpinan", "penilai"])
def test_nobody_else_sees_a_board(house: House, tree: dict[str, int], role: str) -> None:
    house.send_due()
    talk = house.member(tree["bandung"], role)
    talk.type("/papan")
    assert "Papan unit hanya untuk" in talk.text
    assert "Ambon" not in talk.text


def test_filters_and_orders_are_kept_from_page_to_page(
    house: House, agency: int, tree: dict[str, int], admin: Talk
) -> None:
    for number in range(12):
        house.unit(f"Kantor {number:02}", agency, target="WBBM")
    answer_all(house, tree["ambon"])
    house.send_due()
    admin.type("/papan").tap("Saring & urutkan").tap("Target WBBM")
    assert "Target WBBM: 13 unit, yang paling perlu dibantu lebih dulu." in admin.text
    admin.tap("›")
    assert "9  " in admin.text
    admin.tap("Saring & urutkan").tap("Nama")
    assert "Target WBBM: 13 unit, menurut nama." in admin.text
    assert "1  Kantor 00" in admin.text
    admin.tap("Saring & urutkan").tap("Semua").tap("Saring & urutkan").tap("Perlu dibantu")
    last = admin.tap("›").tap("›").text
    assert "Ambon" in last, "the unit that lacks least stands last"


def test_every_unit_stands_on_exactly_one_page(house: House, agency: int, admin: Talk) -> None:
    wanted = {house.unit(f"Kantor {number:02}", agency) for number in range(21)}
    house.send_due()
    admin.type("/papan")
    for order in ("jarak", "batas", "diam", "nama"):
        seen: list[str] = []
        for number in range(3):
            admin.tap_data(routes.BOARD(0, "", order, number).pack())
            seen += [line for line in admin.text.split("\n") if "  Kantor " in line]
        assert len({line.split("  ")[1] for line in seen}) == len(wanted) == len(seen), order


def test_what_stalls_everywhere_is_named(house: House, tree: dict[str, int], admin: Talk) -> None:
    answer_all(house, tree["ambon"])
    house.send_due()
    admin.type("/papan").tap("Macet di mana")
    assert "5 dari 6 unit" in admin.text
    answer_all(house, tree["bandung"])
    house.advance(minutes=2)
    admin.type("/papan").tap("Macet di mana")
    assert "4 dari 6 unit" in admin.text


def test_the_picture_shows_units_by_areas(house: House, tree: dict[str, int], admin: Talk) -> None:
    answer_all(house, tree["ambon"])
    house.send_due()
    admin.type("/papan").tap("Gambar")
    assert "Persen tiap area per unit" in admin.text
    image = drawn(
        "Judul", [f"Area {n}" for n in range(1, 7)], [("Kantor <&> 😀", ((59, False),) * 6)], "Kaki"
    )
    assert image.startswith(b"\x89PNG")
    assert image != drawn(
        "Judul", [f"Area {n}" for n in range(1, 7)], [("Kantor", ((60, True),) * 6)], "Kaki"
    )


def test_an_archived_unit_leaves_the_board(house: House, tree: dict[str, int], admin: Talk) -> None:
    house.send_due()
    with house.writing() as session:
        session.get_one(Unit, tree["ternate"]).archived_at = house.clock.now()
    admin.type("/papan")
    assert "dari 5 unit" in admin.text
    admin.tap_data(routes.BOARD_UNIT(tree["ternate"]).pack())
    assert "tidak ada dalam papan Anda" in admin.text


def test_another_agencys_units_are_never_there(house: House, tree: dict[str, int], admin: Talk) -> None:
    other = house.agency("Instansi Lain")
    foreign = house.unit("Kantor Rahasia", other)
    house.send_due()
    admin.type("/papan")
    assert "dari 6 unit" in admin.text
    for action in (routes.BOARD_UNIT(foreign), routes.BOARD(foreign, "", "nama", 0)):
        admin.tap_data(action.pack())
        assert "Rahasia" not in admin.text


@pytest.mark.db
def test_entries_of_the_last_minute_are_gone_through_again(house: House, tree: dict[str, int]) -> None:
    """An entry whose transaction ends late has a lower id than one that was gone through already."""
    house.send_due()
    now = house.clock.now()
    with house.writing() as session:
        session.add(AuditEntry(id=10_001, at=now, unit_id=tree["ambon"], act="lke.answer"))
    house.advance(seconds=25)
    with house.writing() as session:
        session.add(AuditEntry(id=10_000, at=now, unit_id=tree["serang"], act="lke.answer"))
    before = house.read(lambda s: s.get_one(UnitStanding, tree["serang"]).computed_at)
    house.advance(seconds=25)
    assert house.read(lambda s: s.get_one(UnitStanding, tree["serang"]).computed_at) > before
    house.advance(minutes=2)
    with house.db.reading() as session:
        assert standing._changed(session, 1) == []


@pytest.mark.db
def test_a_portion_at_a_time_covers_every_unit(
    house: House, agency: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing, "PORTION", 4)
    units = [house.unit(f"Kantor {number}", agency) for number in range(11)]
    house.send_due()
    assert house.read(lambda s: len(s.exec(select(UnitStanding)).all())) == 11
    later = house.clock.now() + timedelta(seconds=1)
    with house.writing() as session:
        for unit in units:
            session.add(AuditEntry(at=later, unit_id=unit, act="lke.answer"))
    house.advance(minutes=3)
    assert house.read(lambda s: min(r.computed_at for r in s.exec(select(UnitStanding)).all())) > later
    assert house.read(lambda s: s.exec(select(Agency.id)).one()) == agency
