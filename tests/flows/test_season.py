"""After the submission: a unit notes its results stage by stage, objects, keeps its LHE for the next year."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from flows import routes
from flows.models import (
    Assessment,
    AuditEntry,
    Deadline,
    LheNote,
    Pic,
    SeasonRound,
    SeasonUnit,
    StageResult,
    Task,
)
from flows.season import exporting, personal
from knowledge.after import after
from tests.flows.test_mine import person_of
from tests.flows.test_registration import at_the_same_moment, counted
from tests.support.house import House
from tests.support.lke import rows_of
from tests.support.talk import Talk

YEAR = 2027


@pytest.fixture
def agency(house: House) -> int:
    """An agency."""
    return house.agency("Instansi Contoh")


@pytest.fixture
def unit(house: House, agency: int) -> int:
    """A unit of it."""
    return house.unit("Kantor Layanan Contoh", agency)


@pytest.fixture
def sari(house: House, unit: int) -> Talk:
    """The unit's coordinator."""
    return house.member(unit, "koordinator", name="Sari Contoh")


@pytest.fixture
def dewi(house: House, unit: int) -> Talk:
    """A member of area 5."""
    return house.member(unit, "anggota", "PW", "Dewi Contoh")


@pytest.fixture
def admin(house: House, agency: int) -> Talk:
    """The agency's admin."""
    return house.admin(agency, "Rina Contoh")


def pressed(house: House, talk: Talk, label: str) -> None:
    """They tap, and the bot has not seen it yet."""
    house.standin.tap(talk.user_id, talk.messages[-1]["message_id"], talk.data_of(label))


def way(talk: Talk, unit: int, year: int = YEAR) -> Talk:
    """Setelah pengajuan of the unit, by an old button."""
    return (talk if talk.messages else talk.type("/menu")).tap_data(routes.SEASON(unit, year).pack())


# the menu --------------------------------------------------------------------------------------------


def test_the_menu_shows_it_once_the_day_of_submission_is_over(house: House, unit: int, sari: Talk) -> None:
    sari.type("/menu")
    assert "Setelah pengajuan" not in sari.labels
    house.advance(days=140)  # 7 June
    sari.type("/menu").tap("Setelah pengajuan")
    assert sari.text.startswith("Setelah pengajuan 2027\nKantor Layanan Contoh")
    assert "Sekarang: menunggu seleksi administrasi" in sari.text
    assert "Dasar: PermenPANRB 90/2021; PermenPANRB 5/2024" in sari.text


def test_an_admin_opens_it_for_the_units_before_that(
    house: House, unit: int, sari: Talk, admin: Talk
) -> None:
    house.send_due()
    admin.type("/menu").tap("Kelola instansi").tap("Usulan dan tahap").tap("Buka untuk unit")
    sari.type("/menu")
    assert "Setelah pengajuan" in sari.labels
    admin.tap("Tutup untuk unit")
    sari.type("/menu")
    assert "Setelah pengajuan" not in sari.labels


# results ---------------------------------------------------------------------------------------------


@pytest.mark.db
def test_a_unit_goes_from_stage_to_stage_until_it_has_the_predicate(
    house: House, unit: int, sari: Talk, dewi: Talk
) -> None:
    house.advance(days=300)
    way(sari, unit)
    for stage, result in (
        ("Seleksi administrasi", "Lolos, ada catatan"),
        ("Desk evaluasi", "Lolos"),
        ("Evaluasi lapangan", "Dibawa ke panel"),
        ("Panel", "Lolos"),
    ):
        sari.tap(stage).tap(result)
        sari.tap("Setelah pengajuan")
    assert "✓ Seleksi administrasi: lolos dengan catatan" in sari.text
    assert "✓ Evaluasi lapangan: dibawa ke panel" in sari.text
    assert "Catat sanggahan" not in sari.labels, "the next stage has a result"
    sari.tap_data(routes.SEASON_OBJECT(unit, YEAR).pack())
    assert "sebelum tahap berikutnya ada hasilnya" in sari.text
    assert "Sekarang: menunggu hasil akhir" in sari.text
    assert "Menjaga predikat" not in sari.labels
    sari.tap("Hasil akhir").tap("Lolos").tap("Ubah tanggal").type("10 november")
    assert "Hasil: lolos, 10 November 2027" in sari.text
    sari.tap("Tulis catatan").type("SK Menteri menyusul")
    assert "Catatan: SK Menteri menyusul" in sari.text
    sari.tap("Setelah pengajuan")
    assert "Sekarang: berpredikat" in sari.text
    assert "10 November 2027 · ada catatan" in sari.text
    sari.tap("Menjaga predikat")
    assert "Unit ini tercatat berpredikat." in sari.text
    assert "dua tahun sejak pencabutan" in sari.text
    assert "PermenPANRB 90/2021, Lampiran II Bab IV huruf C" in sari.text
    way(dewi, unit)
    assert "Sekarang: berpredikat" in dewi.text
    dewi.tap("Hasil akhir")
    assert {"Lolos", "✓ Lolos", "Ubah tanggal", "Tulis catatan"}.isdisjoint(dewi.labels)
    acts = [row.act for row in rows_of(house, select(AuditEntry).where(AuditEntry.unit_id == unit))]
    assert acts.count("season.result") == 5


def test_what_cannot_be_is_not_offered_and_is_refused_kindly(house: House, unit: int, sari: Talk) -> None:
    house.advance(days=180)
    way(sari, unit).tap("Seleksi administrasi").tap("Tidak lolos")
    sari.tap_data(routes.SEASON_RESULT(unit, YEAR, "desk_evaluasi", "lolos", 0).pack())
    assert "Seleksi administrasi tercatat tidak lolos" in sari.text
    sari.tap_data(routes.SEASON_STAGE(unit, YEAR, "panel").pack())
    assert "Tahap ini tidak diisi, karena unit berhenti di seleksi administrasi." in sari.text
    assert "Lolos" not in sari.labels
    way(sari, unit)
    assert "Desk evaluasi" not in sari.text
    sari.tap("Sanggahan").tap("Diterima")
    way(sari, unit).tap("Desk evaluasi").tap("Lolos")
    way(sari, unit).tap("Sanggahan")
    assert "Ditolak" not in sari.labels
    sari.tap_data(routes.SEASON_RESULT(unit, YEAR, "sanggah", "ditolak", 1).pack())
    assert "Kosongkan dulu hasil tahap sesudahnya" in sari.text
    way(sari, unit).tap("Desk evaluasi").tap("Ubah tanggal")
    for typed, said in (
        ("besok", "Tanggal itu belum tiba"),
        ("31 februari", "31 Februari"),
        ("entah", "Tanggalnya belum terbaca"),
    ):
        sari.type(typed)
        assert said in sari.text
    for forged in (
        routes.SEASON(unit, 1999),
        routes.SEASON_STAGE(unit, YEAR, "tidakada"),
        routes.SEASON_RESULT(unit, YEAR, "panel", "panel", 0),
    ):
        sari.tap_data(forged.pack())
        assert "Pilih tahun" in sari.text or "Tahap itu tidak dikenal" in sari.text


def test_the_schedule_reminds_no_longer_of_what_is_over(house: House, unit: int, sari: Talk) -> None:
    with house.writing() as session:
        assessment = session.exec(select(Assessment)).one()
        for stage, day in (("pra_evaluasi", 5), ("panel", 60)):
            due = Deadline(assessment_id=assessment.id or 0, unit_id=unit, scope="stage", ref=stage,
                           due_at=house.clock.now() + timedelta(days=180 + day),
                           set_at=house.clock.now())  # fmt: skip
            session.add(due)
    house.advance(days=180)
    way(sari, unit)
    assert "Seleksi administrasi: belum ada hasil, jadwal unit 22 Juli 2027 (5 hari lagi)" in sari.text
    sari.tap("Seleksi administrasi").tap("Lolos")
    assert [r.done_at is None for r in rows_of(house, select(Deadline)) if isinstance(r, Deadline)] == [
        False,
        True,
    ]
    sari.tap("Tidak lolos")
    assert [r.done_at is None for r in rows_of(house, select(Deadline)) if isinstance(r, Deadline)] == [
        False,
        False,
    ]


@pytest.mark.db
def test_two_who_note_down_at_once_do_not_overwrite_each_other(
    house: House, unit: int, sari: Talk, admin: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.advance(days=180)
    for talk in (sari, admin):
        way(talk, unit).tap("Seleksi administrasi")
    pressed(house, sari, "Lolos")
    pressed(house, admin, "Tidak lolos")
    at_the_same_moment(monkeypatch, 2)
    house.deliver()
    assert counted(house, StageResult) == counted(house, SeasonUnit) == 1
    assert sum("baru saja diubah orang lain" in talk.text for talk in (sari, admin)) == 1


# objection -------------------------------------------------------------------------------------------


def test_an_objection_becomes_an_action_item_with_its_day(house: House, unit: int, sari: Talk) -> None:
    house.advance(days=180)  # 17 July
    way(sari, unit)
    assert "Catat sanggahan" not in sari.labels
    sari.tap("Seleksi administrasi").tap("Tidak lolos").tap("Setelah pengajuan")
    assert "selama masa sanggah masih dapat disanggah" in sari.text
    sari.tap("Catat sanggahan")
    assert "Waktunya singkat" in sari.text
    sari.type("nilai area 5 dinilai tidak sesuai, bukti WBS ada\n19 juli")
    assert "○ Sanggah: nilai area 5 dinilai tidak sesuai, bukti WBS ada, batas 19 Juli 2027" in sari.text
    (task,) = rows_of(house, select(Task))
    assert isinstance(task, Task)
    assert (task.due_on, task.person_id, task.source) == (
        date(2027, 7, 19),
        person_of(house, sari),
        "sanggah",
    )
    sari.tap_data(routes.SEASON_OBJECT_SAVE(unit, YEAR).pack())
    assert "Isinya masih kosong" in sari.text
    way(sari, unit).tap("Catat sanggahan").type("survei ada")
    assert "Isi batas waktunya" in sari.text
    sari.type("20 juli")
    assert "Sanggah: survei ada" in sari.text


# LHE -------------------------------------------------------------------------------------------------

TYPED = (
    "1. A.I.5.i.a kampanye gratifikasi belum rutin\n"
    "2) media informasi layanan belum lengkap\n"
    "• A.I.99.x nomor keliru\n\n"
)


@pytest.mark.db
def test_notes_are_typed_at_once_and_become_next_years_action_items(
    house: House, unit: int, sari: Talk, dewi: Talk
) -> None:
    house.advance(days=340)  # 24 December
    way(sari, unit).tap("Catatan LHE").tap("Isi catatan").type(TYPED)
    assert "3 catatan tersimpan, 1 dengan indikator." in sari.text
    assert "1  A.I.5.i.a kampanye gratifikasi belum rutin" in sari.text
    assert "Jadikan tugas" not in sari.labels
    assert "setelah LKE sesudah 2027 dibuka" in sari.text
    sari.tap("Isi catatan").type("media informasi layanan belum lengkap")
    assert "sudah ada" in sari.text
    assert counted(house, LheNote) == 3
    sari.tap("3").tap("Keluarkan")
    assert "Catatan LHE 2027: 2" in sari.text
    sari.tap("2").tap("Ubah").type("A.I.6.i.a media informasi layanan belum lengkap")
    assert "Indikator: A.I.6.i.a" in sari.text
    sari.tap_data(routes.UNIT_YEAR(unit, 2028).pack())
    with house.writing() as session:
        later = session.exec(select(Assessment).where(Assessment.year == 2028)).one()
        session.add(
            Pic(
                assessment_id=later.id or 0,
                scope="PW.P.1.a",
                person_id=person_of(house, dewi),
                set_at=house.clock.now(),
            )
        )
    sari.type("/menu").tap("Setelah pengajuan").tap("Catatan LHE (2)").tap("Jadikan tugas")
    assert sari.text.startswith("2 catatan LHE 2027 menjadi tugas tahun 2028")
    assert "PIC: Dewi Contoh" in sari.text
    assert "PIC: belum ada" in sari.text
    assert counted(house, Task) == 0
    before = sari.data_of("Jadikan tugas")
    sari.tap("Jadikan tugas")
    assert "Semua sudah menjadi tugas." in sari.text
    sari.tap_data(before)
    sari.tap_data(routes.LHE_CARRY(unit, 2027).pack())
    assert "Semua catatan sudah menjadi tugas" in sari.text
    tasks = rows_of(house, select(Task).order_by(Task.id))  # type: ignore[arg-type]  # a column
    assert [(t.item_id, t.person_id, t.assessment_id) for t in tasks if isinstance(t, Task)] == [
        ("PW.P.1.a", person_of(house, dewi), later.id),
        ("PP.P.1.a", None, later.id),
    ]
    house.send_due()
    assert "kampanye gratifikasi belum rutin" in dewi.text


@pytest.mark.db
def test_carrying_over_twice_at_once_makes_each_action_item_once(
    house: House, unit: int, sari: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    budi = house.member(unit, "koordinator", name="Budi Contoh")
    for talk in (sari, budi):
        talk.type("/menu")
    sari.tap_data(routes.LHE_ADD(unit, 2026).pack()).type(TYPED)
    for talk in (sari, budi):
        talk.tap_data(routes.LHE_CARRY(unit, 2026).pack())
    for talk in (sari, budi):
        pressed(house, talk, "Jadikan tugas")
    at_the_same_moment(monkeypatch, 2)
    house.deliver()
    assert counted(house, Task) == 3


def test_a_preview_that_is_no_longer_true_makes_nothing(house: House, unit: int, sari: Talk) -> None:
    sari.type("/menu").tap_data(routes.LHE_ADD(unit, 2026).pack()).type("satu catatan")
    sari.tap("Jadikan tugas")
    old = sari.data_of("Jadikan tugas")
    sari.tap_data(routes.LHE_ADD(unit, 2026).pack()).type("catatan kedua")
    sari.tap_data(old)
    assert "baru saja diubah" in sari.text
    assert counted(house, Task) == 0


def test_the_units_data_and_ones_own_hold_it(house: House, unit: int, sari: Talk) -> None:
    sari.type("/menu").tap_data(routes.SEASON_RESULT(unit, 2026, "pra_evaluasi", "catatan", 0).pack())
    sari.tap_data(routes.LHE_ADD(unit, 2026).pack()).type("A.I.5.i.a belum rutin")
    assert house.read(lambda s: exporting.collect(s, unit)) == [
        {
            "tahun": 2026,
            "diusulkan_menuju": None,
            "tahap": [
                {"tahap": "pra_evaluasi", "hasil": "catatan", "tanggal": "2027-01-18", "catatan": None}
            ],
            "catatan_lhe": [{"indikator": "PW.P.1.a", "isi": "belum rutin", "tugas": None}],
        }
    ]
    own = house.read(lambda s: personal.collect(s, person_of(house, sari), str))
    assert own["catatan_lhe_ditulis"][0]["isi"] == "belum rutin"
    assert own["hasil_tahap_dicatat"][0]["hasil"] == "catatan"


def test_too_much_too_long_and_nothing_are_answered(house: House, unit: int, sari: Talk) -> None:
    sari.type("/menu").tap_data(routes.LHE_ADD(unit, 2026).pack())
    for typed, said in (
        ("\n".join(f"catatan {n}" for n in range(41)), "paling banyak 40"),
        ("x" * 1001, "paling banyak 1000"),
        ("A.I.5.i.a", "Isinya masih kosong"),
    ):
        sari.type(typed)
        assert said in sari.text
    assert counted(house, LheNote) == 0


# isolation -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["anggota", "ketua", "sekretaris", "pimpinan", "penilai", "pendamping"])
def test_the_others_of_a_unit_look_and_do_not_write(house: House, unit: int, role: str) -> None:
    talk = house.member(unit, role, name="Tono Contoh").type("/menu")
    talk.tap_data(routes.SEASON(unit, YEAR).pack())
    assert talk.text.startswith("Setelah pengajuan 2027")
    for action in (
        routes.SEASON_RESULT(unit, YEAR, "pra_evaluasi", "lolos", 0),
        routes.SEASON_DAY(unit, YEAR, "pra_evaluasi"),
        routes.SEASON_NOTE(unit, YEAR, "pra_evaluasi"),
        routes.SEASON_OBJECT(unit, YEAR),
        routes.LHE_ADD(unit, YEAR),
        routes.LHE_CARRY(unit, YEAR),
    ):
        talk.tap_data(action.pack())
        assert "dicatat koordinator unit atau admin instansi" in talk.text
    for action in (
        routes.PROPOSALS(0, YEAR, "", 0),
        routes.CANDIDATE(unit, YEAR),
        routes.PICK(unit, YEAR, "WBK", 0),
    ):
        talk.tap_data(action.pack())
        assert "hanya untuk admin instansi dan koordinator wilayah" in talk.text
    assert counted(house, StageResult) == counted(house, LheNote) == counted(house, SeasonRound) == 0


def test_people_of_another_unit_see_and_write_nothing(house: House, unit: int, sari: Talk) -> None:
    sari.type("/menu").tap_data(routes.LHE_ADD(unit, 2026).pack()).type("rahasia unit")
    foreign = house.member(house.unit("Kantor Luar"), "koordinator", name="Luar Contoh").type("/menu")
    stranger_admin = house.admin(house.agency("Instansi Lain"), "Lain Contoh").type("/menu")
    for talk in (foreign, stranger_admin):
        for action in (
            routes.SEASON(unit, YEAR),
            routes.SEASON_STAGE(unit, YEAR, "panel"),
            routes.SEASON_RESULT(unit, YEAR, "panel", "lolos", 0),
            routes.SEASON_KEEP(unit, YEAR),
            routes.SEASON_OBJECT(unit, YEAR),
            routes.LHE(unit, 2026, 0),
            routes.LHE_ADD(unit, 2026),
            routes.LHE_NOTE(1),
            routes.LHE_EDIT(1),
            routes.LHE_REMOVE(1, 1),
            routes.LHE_CARRY(unit, 2026),
            routes.CANDIDATE(unit, YEAR),
            routes.PICK(unit, YEAR, "WBK", 0),
            routes.PICK_TOLD(unit, YEAR),
        ):
            talk.tap_data(action.pack())
            assert "Kantor Layanan Contoh" not in talk.text
            assert "rahasia" not in talk.text
    assert counted(house, StageResult) == counted(house, SeasonUnit) == 0
    assert counted(house, LheNote) == 1


def test_in_a_group_nothing_of_it_is_said() -> None:
    names = {route for route in routes.all_routes() if route.split(".")[0] in {"usai", "lhe", "usul"}}
    assert len(names) > 25
    assert names.isdisjoint(routes.IN_GROUPS)


# facts -----------------------------------------------------------------------------------------------


def test_the_stages_stand_in_the_order_of_the_process(house: House) -> None:
    assert [step.id for step in after().steps] == [
        "pra_evaluasi",
        "sanggah",
        "desk_evaluasi",
        "evaluasi_lapangan",
        "panel",
        "penetapan",
    ]
    topics = {step.topic for step in after().steps} | {line.topic for line in after().kept.lines}
    assert topics <= set(house.library.faq)
