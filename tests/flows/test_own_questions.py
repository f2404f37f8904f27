"""Questions about one's own unit: answered from its data, for its people, in the private chat."""

import pytest

from bot.demo import sample
from bot.demo.html import parse
from bot.outbound import length
from flows import routes
from flows.models import Membership, Unit
from flows.own.handlers import KINDS
from flows.step import NOTICE_ROOM
from knowledge.library import Library
from tests.support.gallery import tap
from tests.support.group import Group
from tests.support.house import House
from tests.support.talk import Talk

UNIT = "Kantor Layanan Contoh"
JOIN = "belum tergabung di unit mana pun"


@pytest.fixture
def unit(house: House) -> int:
    return house.unit(UNIT)


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Harjono")


@pytest.fixture
def sari(house: House, unit: int) -> Talk:
    return house.member(unit, "ketua", "PW", name="Sari Wulandari")


def answered(talk: Talk) -> None:
    """One indicator of Area 5 is answered at its best."""
    talk.type("/lke").tap("Area 5").tap("A.I.5.i").tap("A.I.5.i.a").type("A")


def test_the_score_is_told_with_verdict_and_the_weakest_area(sari: Talk) -> None:
    answered(sari)
    sari.type("nilai kita berapa")
    first, blank, named, *_ = sari.text.splitlines()
    assert first.startswith("Nilai total 0,7")
    assert (blank, named) == ("", f"{UNIT}, penilaian 2027")
    assert "Belum memenuhi syarat nilai WBK: 0 dari 12." in sari.text
    assert "Area yang paling jauh: Area " in sari.text
    assert "1 dari 110 indikator terjawab" in sari.text
    sari.tap("Kesiapan")
    assert sari.text.startswith("Belum memenuhi syarat nilai WBK")


def test_one_area_is_told_when_it_is_named(sari: Talk) -> None:
    answered(sari)
    sari.type("nilai area 5 kita brp")
    assert sari.text.startswith("Area 5 Pengawasan: 0,7")
    assert "dari 15 poin" in sari.text.splitlines()[0]
    assert "Terjawab 1 dari 22 indikator" in sari.text
    sari.tap("Isi yang belum")
    assert sari.text.startswith("Area 5 › Pengendalian Gratifikasi")


def test_what_is_missing_for_a_target(budi: Talk) -> None:
    budi.type("kurang berapa lagi biar lolos wbk")
    assert budi.text.startswith("Untuk WBK masih kurang 12 dari 12 syarat nilai")
    assert "! Nilai total 0,00, minimal 75 (kurang 75,00 poin)" in budi.text
    assert "dan 7 syarat lain." in budi.text
    budi.type("kalo wbbm kita kurang apa")
    assert budi.text.startswith("Untuk WBBM masih kurang 12")
    budi.tap("Semua syarat")
    assert "WBBM" in budi.text.splitlines()[0]


def test_what_is_open_names_ones_own_area_first(sari: Talk) -> None:
    answered(sari)
    sari.type("apa yg blm")
    lines = sari.text.splitlines()
    assert lines[0] == "109 dari 110 indikator belum terjawab"
    assert lines[4] == "○ Area 5 Pengawasan: 21 belum · area Anda"
    assert "Paling awal: A.I.5.i.b" in sari.text
    sari.tap("Isi yang belum")
    assert "A.I.5.i.b" in sari.text


def test_tasks_are_those_of_ones_own_area_with_its_dates(sari: Talk, budi: Talk) -> None:
    for area, day in (("Area 5", "16 april"), ("Area 1", "1 april")):
        budi.type("/jadwal").tap(area).type(day).type("ya")
    sari.type("tugas gue apaan")
    assert sari.text.splitlines()[0] == "22 indikator di area Anda belum terjawab"
    assert "Area 5 Pengawasan: Jumat, 16 April 2027, 88 hari lagi" in sari.text
    assert "Area 1" not in sari.text
    budi.type("tugas saya apa")
    assert budi.text.splitlines()[0] == "110 indikator di enam area belum terjawab"
    assert "Hasil (survei dan kinerja): 3 belum" in budi.text


def test_an_assessor_is_told_that_nothing_waits(house: House, unit: int) -> None:
    rina = house.member(unit, "penilai", name="Rina Contoh")
    rina.type("tugas saya apa")
    assert rina.text.startswith("Tidak ada isian yang menunggu Anda")
    assert "Isi yang belum" not in rina.labels


def test_deadlines_by_distance_with_the_late_ones(house: House, budi: Talk) -> None:
    budi.type("deadline kpn")
    assert budi.text.startswith("Belum ada batas waktu yang menunggu")
    for area, day in (("Area 5", "16 april"), ("Area 1", "20 januari")):
        budi.type("/jadwal").tap(area).type(day).type("ya")
    budi.type("deadline kita kapan")
    assert budi.text.startswith("Batas waktu terdekat: Area 1 Manajemen Perubahan, lusa")
    house.advance(days=4)
    budi.type("dl kita kapan")
    assert budi.text.startswith("Batas waktu terdekat: Area 5 Pengawasan, 84 hari lagi")
    assert "! Area 1 Manajemen Perubahan: Rabu, 20 Januari 2027, lewat 2 hari" in budi.text
    budi.tap("Lihat jadwal")
    assert "Batas waktu" in budi.text


def test_the_weakest_area_with_its_distance(sari: Talk) -> None:
    answered(sari)
    sari.type("area mana paling lemah")
    assert sari.text.startswith("Paling lemah: Area 1 Manajemen Perubahan")
    assert "0,0%" not in sari.text
    assert "minimal 60% (kurang" in sari.text
    assert "Rincian Area 1" in sari.labels


def test_progress_team_and_oneself(budi: Talk, sari: Talk) -> None:
    answered(sari)
    sari.type("udah brp persen")
    assert sari.text.startswith("1 dari 110 indikator terjawab (0,9%)")
    assert "Area 5 Pengawasan: 1 dari 22 · area Anda" in sari.text
    sari.type("siapa aja tim kita")
    assert sari.text.startswith(f"Tim {UNIT}: 2 orang")
    assert "Koordinator unit: Budi Harjono" in sari.text
    assert "Area 5 Pengawasan: 1 orang, ketua Sari Wulandari" in sari.text
    sari.type("ketua pokja 5 kita siapa")
    assert sari.text.startswith("Area 5 Pengawasan: 1 orang")
    assert "Ketua: Sari Wulandari" in sari.text
    sari.type("saya pokja berapa")
    assert sari.text.startswith("Anda ketua pokja Area 5 Pengawasan")
    assert "Sasaran WBK, penilaian 2027" in sari.text


def test_people_without_a_unit_are_told_how_to_join(house: House) -> None:
    guest = house.stranger()
    for question in ("nilai kita berapa", "apa yang belum", "tugas saya apa", "deadline kapan"):
        guest.type(question)
        assert JOIN in guest.text
        assert {"Daftarkan unit", "Daftar topik", "Ke menu"} <= set(guest.labels)
    ani = house.admin(house.agency())
    ani.type("nilai kita berapa")
    assert ani.text.startswith("Belum ada unit yang terbuka")
    assert "Kelola instansi" in ani.labels


def test_of_several_units_the_open_one_is_named_and_can_be_changed(house: House, sari: Talk) -> None:
    assert "Ganti unit" not in sari.type("nilai kita berapa").labels
    other = house.unit("Kantor Kedua Contoh")
    with house.writing() as session:
        second = session.get_one(Unit, other)
        first = session.get_one(Membership, 1)
        session.add(
            Membership(
                person_id=first.person_id,
                agency_id=second.agency_id,
                unit_id=other,
                role="anggota",
                created_at=house.clock.now(),
            )
        )
    sari.type("nilai kita berapa")
    assert f"{UNIT}, penilaian 2027" in sari.text
    sari.tap("Ganti unit").tap("Kantor Kedua Contoh").type("nilai kita berapa")
    assert "Kantor Kedua Contoh, penilaian 2027" in sari.text


def test_what_the_rules_say_is_one_tap_away_where_it_could_be_meant(sari: Talk, library: Library) -> None:
    sari.type("apa tugas saya di tim zi")
    assert "Jawaban umum" in sari.labels
    sari.tap("Jawaban umum")
    assert library.faq["sepuluh-tugas-tim"].short.splitlines()[0] in sari.text
    sari.type("deadline kapan")  # small talk by itself, and a question to the rules as well
    assert "Jawaban umum" in sari.labels
    sari.type("nilai kita berapa")
    assert "Jawaban umum" not in sari.labels


def test_questions_about_the_rules_are_answered_from_them(sari: Talk) -> None:
    for question, word in (
        ("nilai minimal WBK berapa", "75"),
        ("deadline LHKPN kapan", "31 Maret"),
        ("siapa saja anggota tim ZI", "tim"),
    ):
        sari.type(question)
        assert UNIT not in sari.text, question
        assert word in sari.text, question


def test_evidence_that_is_not_there_is_told_by_area_and_indicator(sari: Talk) -> None:
    sari.type("bukti apa yang kurang")
    assert sari.text.startswith("110 dari 110 indikator belum punya bukti")
    assert "○ Area 5 Pengawasan: 22 dari 22 belum punya bukti" in sari.text
    sari.type("bukti mana aja yg blm lengkap di area pengawasan?")
    assert sari.text.startswith("22 dari 22 indikator Area 5 Pengawasan belum punya bukti")
    assert "○ A.I.5.i.a " in sari.text
    sari.tap("Lengkapi yang awal")
    assert "A.I.5.i.a" in sari.text
    sari.type("https://example.go.id/sk-upg")
    sari.type("bukti apa yang kurang di area 5")
    assert "A tanpa bukti" in sari.labels


def test_who_holds_an_area_is_told_by_its_name_too(sari: Talk) -> None:
    sari.type("siapa yang pegang area pengawasan di tim kita")
    assert "Ketua: Sari Wulandari" in sari.text


def test_the_way_back_to_what_was_open_stays(sari: Talk) -> None:
    sari.type("/lke").tap("Area 5").tap("A.I.5.i").tap("A.I.5.i.a").type("nilai kita berapa")
    assert sari.labels[0] == "Kembali ke A.I.5.i.a"
    sari.type("A")
    assert "A.I.5.i.a" in sari.text


def test_nothing_of_the_unit_is_said_in_a_group(house: House, sari: Talk) -> None:
    group = Group(house, [sari])
    for question in ("nilai kita berapa", "tugas saya apa", "siapa aja tim kita", "area mana paling lemah"):
        group.say(sari, f"@contoh_pandu_bot {question}")
        assert UNIT not in group.text
        assert "Sari" not in group.text
    for kind in KINDS:
        group.tap(sari, routes.OWN(kind, "").pack())
        assert UNIT not in group.text


def test_a_forged_kind_or_name_does_no_harm(sari: Talk) -> None:
    sari.type("/menu").tap_data("kita:entah:")
    assert UNIT in sari.text
    sari.tap_data("kita:nilai:9")
    assert sari.text.startswith("Nilai total")
    sari.tap_data("kita:nilai:WBBM")
    assert "syarat nilai WBBM" in sari.text


def test_every_answer_fits_for_every_role_of_the_sample(house: House) -> None:
    with house.writing() as session:
        sample.fill(session, house.clock.now())
    for person in sample.people():
        for kind in KINDS:
            for named in ("", "5", "WBBM"):
                reply = tap(house, person.user_id, routes.OWN(kind, named))
                assert reply.screen is not None
                assert reply.notice == ""
                parse(reply.screen.text)
                assert 0 < length(reply.screen.text) <= 4096 - NOTICE_ROOM
                for row in reply.screen.rows:
                    assert sum(len(b.label) + 2 for b in row) <= 44 or len(row) == 1
                    for button in row:
                        assert button.action is not None
                        assert tap(house, person.user_id, button.action).notice == "", button.label
