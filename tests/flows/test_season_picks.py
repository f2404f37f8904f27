"""An agency's shortlist: quota, readiness beside the choice, and telling the units when it is sure."""

import pytest
from sqlmodel import select

from flows import routes
from flows.models import AuditEntry, Outbox, SeasonRound, SeasonUnit, Unit
from tests.flows.test_board import answer_all, overseer
from tests.flows.test_registration import at_the_same_moment
from tests.flows.test_season import pressed, way
from tests.support.house import House
from tests.support.lke import rows_of
from tests.support.readiness import all_best, fill
from tests.support.talk import Talk

YEAR = 2027


@pytest.fixture
def agency(house: House) -> int:
    """An agency."""
    return house.agency("Instansi Contoh")


@pytest.fixture
def tree(house: House, agency: int) -> dict[str, int]:
    """Two branches with a unit or two each."""
    west = house.unit("Kanwil Barat", agency, kind="kanwil")
    east = house.unit("Kanwil Timur", agency, kind="kanwil")
    return {
        "barat": west,
        "timur": east,
        "bandung": house.unit("Kantor Pelayanan Bandung", agency, parent_id=west),
        "serang": house.unit("Kantor Pelayanan Serang", agency, parent_id=west),
        "ambon": house.unit("Kantor Pelayanan Ambon", agency, parent_id=east),
    }


@pytest.fixture
def admin(house: House, agency: int) -> Talk:
    """The agency's admin."""
    return house.admin(agency, "Rina Contoh").type("/menu")


def listed(talk: Talk, which: str = "", page: int = 0, branch: int = 0) -> Talk:
    """The list by an old button."""
    return talk.tap_data(routes.PROPOSALS(branch, YEAR, which, page).pack())


def chosen(talk: Talk, unit: int, target: str = "WBK") -> Talk:
    """The unit's screen, and its choice although gates are missed."""
    talk.tap_data(routes.CANDIDATE(unit, YEAR).pack()).tap(f"Usulkan {target}")
    return talk.tap(f"Tetap usulkan {target}") if f"Tetap usulkan {target}" in talk.labels else talk


def picks(house: House) -> dict[int, tuple[str, str]]:
    """Pick and what was told, by unit."""
    rows = rows_of(house, select(SeasonUnit))
    return {row.unit_id: (row.pick, row.told) for row in rows if isinstance(row, SeasonUnit)}


@pytest.mark.db
def test_readiness_stands_beside_the_choice_and_units_learn_it_only_when_told(
    house: House, tree: dict[str, int], admin: Talk
) -> None:
    lead = house.member(tree["bandung"], "koordinator", name="Sari Contoh").type("/menu")
    other = house.member(tree["serang"], "koordinator", name="Budi Contoh").type("/menu")
    house.send_due()
    listed(admin).tap("Isi kuota").type("2 unit; B-23/PW.00/2027")
    assert "Diusulkan 0 unit dari kuota 2 (WBK 0, WBBM 0)" in admin.text
    assert "Surat: B-23/PW.00/2027" in admin.text
    admin.tap_data(routes.CANDIDATE(tree["bandung"], YEAR).pack())
    assert "WBK dan WBBM: 12 syarat belum terpenuhi" in admin.text
    assert "! Area 5 Penguatan Pengawasan" in admin.text
    admin.tap("Usulkan WBK")
    assert admin.text.startswith("Tetap usulkan menuju WBK?")
    assert picks(house) == {}
    admin.tap("Tetap usulkan WBK")
    assert "✓ Diusulkan menuju WBK" in admin.text
    assert "Unit belum diberi tahu" in admin.text
    assert picks(house) == {tree["bandung"]: ("WBK", "")}
    (entry,) = rows_of(house, select(AuditEntry).where(AuditEntry.act == "season.pick"))
    assert isinstance(entry, AuditEntry)
    assert entry.facts is not None
    assert "total" in str(entry.facts["missed"])
    house.send_due()
    way(lead, tree["bandung"])
    assert "mengusulkan" not in lead.text
    assert not any("diusulkan" in m.get("text", "") for m in lead.messages)
    listed(admin).tap("Umumkan pilihan")
    assert "• Kantor Pelayanan Bandung: diusulkan menuju WBK" in admin.text
    admin.tap("Umumkan pilihan")
    assert "✓ Pilihan sudah diumumkan ke unit" in admin.text
    house.send_due()
    assert lead.text.startswith("Kantor Pelayanan Bandung diusulkan menuju WBK tahun 2027")
    lead.tap("Setelah pengajuan")
    assert "✓ Instansi mengusulkan unit ini menuju WBK." in lead.text
    assert not any("diusulkan" in m.get("text", "") for m in other.messages)
    way(other, tree["serang"])
    assert "tidak termasuk usulan instansi yang sudah diumumkan" in other.text
    admin.tap_data(routes.CANDIDATE(tree["bandung"], YEAR).pack()).tap("Batalkan usulan")
    way(lead, tree["bandung"])
    assert "menuju WBK" in lead.text, "a change is told first"
    listed(admin).tap("Umumkan pilihan")
    assert "tidak jadi diusulkan" in admin.text
    admin.tap("Umumkan pilihan")
    house.send_due()
    assert lead.text.startswith("Kantor Pelayanan Bandung tidak jadi diusulkan tahun 2027")


def test_a_ready_unit_stands_first_and_is_picked_with_one_tap(
    house: House, tree: dict[str, int], admin: Talk
) -> None:
    fill(house, tree["ambon"], all_best(house.library.instrument()))
    house.send_due()
    listed(admin, "siap")
    assert "Memenuhi nilai: 1 unit" in admin.text
    assert "1  Kantor Pelayanan Ambon" in listed(admin).text
    admin.tap("1")
    assert "✓ WBK dan WBBM: semua syarat nilai terpenuhi" in admin.text
    admin.tap("Usulkan WBBM")
    assert "✓ Diusulkan menuju WBBM" in admin.text
    admin.tap("Usulkan WBK")
    assert "✓ Diusulkan menuju WBK" in admin.text
    listed(admin)
    assert "Diusulkan 1 unit (WBK 1, WBBM 0)" in admin.text


@pytest.mark.db
def test_the_quota_holds_when_two_admins_pick_the_last_place(
    house: House, agency: int, tree: dict[str, int], admin: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = house.admin(agency, "Ani Contoh").type("/menu")
    house.send_due()
    listed(admin).tap("Isi kuota").type("1 / B-1/2027")
    for talk, unit in ((admin, "bandung"), (second, "ambon")):
        talk.tap_data(routes.CANDIDATE(tree[unit], YEAR).pack()).tap("Usulkan WBK")
    for talk in (admin, second):
        pressed(house, talk, "Tetap usulkan WBK")
    with monkeypatch.context() as patch:
        at_the_same_moment(patch, 2)
        house.deliver()
    assert sum(pick == "WBK" for pick, _ in picks(house).values()) == 1
    assert sum("Kuota 1 unit sudah terpakai semua" in talk.text for talk in (admin, second)) == 1
    listed(admin)
    assert "Diusulkan 1 unit dari kuota 1" in admin.text
    admin.tap_data(routes.CANDIDATE(tree["serang"], YEAR).pack())
    assert "Usulkan WBK" not in admin.labels
    assert "Kuota sudah terpakai semua" in admin.text
    admin.tap_data(routes.PICK(tree["serang"], YEAR, "WBK", 0).pack())
    assert "Kuota 1 unit sudah terpakai semua" in admin.text


@pytest.mark.db
def test_two_admins_who_begin_the_year_at_once_make_one_row(
    house: House, agency: int, tree: dict[str, int], admin: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = house.admin(agency, "Ani Contoh").type("/menu")
    house.send_due()
    for talk in (admin, second):
        listed(talk)
    for talk in (admin, second):
        pressed(house, talk, "Buka untuk unit")
    at_the_same_moment(monkeypatch, 2)
    house.deliver()
    assert len(rows_of(house, select(SeasonRound))) == 1
    assert sum("baru saja diubah orang lain" in talk.text for talk in (admin, second)) == 1


def test_what_is_typed_as_a_quota_is_read_or_asked_again(
    house: House, tree: dict[str, int], admin: Talk
) -> None:
    house.send_due()
    listed(admin).tap("Isi kuota")
    for typed in ("dua belas", "12", "0 / B-1"):
        admin.type(typed)
        assert "Kuotanya belum terbaca" in admin.text
    admin.type("2\nSurat Deputi B-1/2027")
    assert "kuota 2" in admin.text
    for unit in ("bandung", "ambon"):
        chosen(admin, tree[unit])
    listed(admin).tap("Isi kuota").type("1 / B-2/2027")
    assert "Sudah 2 unit dipilih" in admin.text
    assert picks(house).keys() == {tree["bandung"], tree["ambon"]}


def test_an_archived_unit_gives_its_place_back(house: House, tree: dict[str, int], admin: Talk) -> None:
    house.send_due()
    listed(admin).tap("Isi kuota").type("1 / B-1/2027")
    chosen(admin, tree["bandung"])
    with house.writing() as session:
        session.get_one(Unit, tree["bandung"]).archived_at = house.clock.now()
    listed(admin)
    assert "Diusulkan 0 unit dari kuota 1" in admin.text


def test_a_unit_where_nobody_can_be_written_to_is_named_before_and_not_counted_after(
    house: House, tree: dict[str, int], admin: Talk
) -> None:
    house.member(tree["bandung"], "pimpinan")
    house.send_due()
    chosen(admin, tree["bandung"])
    chosen(admin, tree["ambon"])
    listed(admin).tap("Umumkan pilihan")
    assert "! Kantor Pelayanan Ambon belum punya koordinator atau pimpinan yang memakai bot" in admin.text
    assert "Bandung belum punya" not in admin.text
    admin.tap("Umumkan pilihan")
    assert admin.toast == "Pilihan diumumkan; 1 unit dikirimi pesan."


def test_a_preview_of_the_news_that_has_changed_tells_nobody(
    house: House, tree: dict[str, int], admin: Talk
) -> None:
    house.member(tree["bandung"], "koordinator")
    house.send_due()
    chosen(admin, tree["bandung"])
    listed(admin).tap("Umumkan pilihan")
    old = admin.data_of("Umumkan pilihan")
    chosen(admin, tree["ambon"])
    admin.tap_data(old)
    assert "baru saja diubah" in admin.text
    assert rows_of(house, select(Outbox).where(Outbox.action == f"usul.kabar:{tree['bandung']}:{YEAR}")) == []


# the list --------------------------------------------------------------------------------------------


def test_the_list_is_filtered_by_stage_and_paged(
    house: House, agency: int, tree: dict[str, int], admin: Talk
) -> None:
    for number in range(12):
        house.unit(f"Kantor {number:02}", agency)
    house.send_due()
    admin.tap_data(routes.SEASON_RESULT(tree["ambon"], YEAR, "pra_evaluasi", "tidak", 0).pack())
    admin.tap_data(routes.SEASON_RESULT(tree["serang"], YEAR, "desk_evaluasi", "lolos", 0).pack())
    chosen(admin, tree["serang"], "WBBM")
    seen: list[str] = []
    for page in range(3):
        listed(admin, "", page)
        seen += [line.split("  ")[1] for line in admin.text.split("\n") if "  Ka" in line]
    assert len(seen) == len(set(seen)) == 17
    listed(admin).tap("Saring").tap("Tidak lolos")
    assert "Tidak lolos: 1 unit" in admin.text
    assert "! Seleksi administrasi: tidak lolos" in admin.text
    admin.tap("Saring").tap("Desk evaluasi")
    assert "Desk evaluasi: 1 unit" in admin.text
    assert "✓ diusulkan menuju WBBM" in admin.text
    admin.tap("Saring").tap("Diusulkan")
    assert "Diusulkan: 1 unit" in admin.text
    admin.tap("Saring").tap("Belum ada hasil")
    assert "Belum ada hasil: 15 unit" in admin.text
    admin.tap("Cari unit").type("serng")
    assert "Kantor Pelayanan Serang" in admin.text
    admin.tap("1")
    assert "✓ Desk evaluasi: lolos" in admin.text
    listed(admin).tap("Per cabang").tap("2")
    assert "Kanwil Timur" in admin.text
    assert "Semua: 2 unit" in admin.text


def test_who_looks_after_a_branch_sees_its_stages_and_only_announced_picks(
    house: House, agency: int, tree: dict[str, int], admin: Talk
) -> None:
    wati = overseer(house, agency, "wilayah", tree["timur"], "Wati Contoh")
    house.send_due()
    chosen(admin, tree["ambon"])
    chosen(admin, tree["bandung"])
    wati.type("/papan").tap("Usulan dan tahap")
    assert "Semua: 2 unit" in wati.text
    assert "diusulkan menuju" not in wati.text
    assert {"Isi kuota", "Umumkan pilihan", "Buka untuk unit"}.isdisjoint(wati.labels)
    wati.tap("Saring").tap("Diusulkan")
    assert "Diusulkan: 0 unit" in wati.text
    wati.tap_data(routes.CANDIDATE(tree["ambon"], YEAR).pack())
    assert "○ Belum diusulkan" in wati.text
    assert "Usulkan WBK" not in wati.labels
    for forged in (
        routes.PICK_ASK(tree["ambon"], YEAR, "WBK"),
        routes.PICK(tree["ambon"], YEAR, "WBBM", 1),
        routes.QUOTA(agency, YEAR),
        routes.SEASON_OPEN(agency, YEAR, 1, 0),
        routes.PICKS_TELL_ASK(agency, YEAR),
        routes.PICKS_TELL(agency, YEAR, 0),
    ):
        wati.tap_data(forged.pack())
        assert "hanya untuk admin instansi" in wati.text
    wati.tap_data(routes.SEASON_RESULT(tree["ambon"], YEAR, "pra_evaluasi", "lolos", 1).pack())
    assert "dicatat koordinator unit atau admin instansi" in wati.text
    for forged in (
        routes.PROPOSALS(tree["barat"], YEAR, "", 0),
        routes.PROPOSALS_FILTERS(tree["barat"], YEAR, ""),
        routes.PROPOSALS_BRANCHES(tree["barat"], YEAR, 0),
        routes.PROPOSALS_ASK(tree["barat"], YEAR),
        routes.CANDIDATE(tree["bandung"], YEAR),
        routes.SEASON(tree["bandung"], YEAR),
        routes.SEASON_STAGE(tree["bandung"], YEAR, "panel"),
        routes.LHE(tree["bandung"], YEAR, 0),
        routes.BOARD(tree["barat"], "", "nama", 0),
        routes.BOARD_UNIT(tree["bandung"]),
        routes.BOARD_BRANCHES(tree["barat"], 0),
        routes.BOARD_FILTERS(tree["barat"], "", "nama"),
        routes.BOARD_ASK(tree["barat"]),
        routes.BOARD_STALLS(tree["barat"], 0),
        routes.BOARD_PICTURE(tree["barat"], "", "nama", 0),
    ):
        wati.tap_data(forged.pack())
        assert "Bandung" not in wati.text
        assert "Barat" not in wati.text
    listed(wati, branch=0).tap("Cari unit").type("bandung")
    assert "Pelayanan Bandung" not in wati.text
    listed(admin).tap("Umumkan pilihan").tap("Umumkan pilihan")
    listed(wati, "usul")
    assert "Diusulkan: 1 unit" in wati.text


def test_another_agencys_admin_decides_nothing_here(house: House, agency: int, tree: dict[str, int]) -> None:
    foreign = house.admin(house.agency("Instansi Lain"), "Lain Contoh").type("/menu")
    house.send_due()
    for forged in (
        routes.PICK_ASK(tree["ambon"], YEAR, "WBK"),
        routes.PICK(tree["ambon"], YEAR, "WBK", 0),
        routes.QUOTA(agency, YEAR),
        routes.SEASON_OPEN(agency, YEAR, 1, 0),
        routes.PICKS_TELL_ASK(agency, YEAR),
        routes.PICKS_TELL(agency, YEAR, 0),
    ):
        foreign.tap_data(forged.pack())
        assert "Ambon" not in foreign.text
        assert "hanya untuk admin instansi" in foreign.text or "tidak ada dalam papan" in foreign.text
    assert picks(house) == {}


def test_the_board_can_be_ordered_by_the_shortest_way(
    house: House, tree: dict[str, int], admin: Talk
) -> None:
    answer_all(house, tree["ambon"])
    house.send_due()
    admin.type("/papan").tap("Saring & urutkan").tap("Paling dekat")
    assert "Yang paling dekat memenuhi semua syarat lebih dulu" in admin.text
    assert "1  Kantor Pelayanan Ambon" in admin.text
