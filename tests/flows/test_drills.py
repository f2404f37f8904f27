"""Interview drills: by one's own choice, in the weeks before an evaluation, and for oneself alone."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import select

from bot.outbound import visible
from flows import routes
from flows.drills.coverage import band
from flows.models import (
    Announcement,
    DrillCard,
    DrillEnrolment,
    DrillRound,
    Membership,
    Person,
    StageResult,
    Unit,
)
from flows.personal.export import collect
from tests.support.dues import due, person_id, task
from tests.support.gallery import tap
from tests.support.house import House
from tests.support.lke import rows_of
from tests.support.talk import NoSuchButton, Talk

DESK, FIELD = date(2027, 2, 26), date(2027, 3, 26)


@pytest.fixture
def unit(house: House) -> int:
    return house.unit(zone="WITA")


@pytest.fixture
def dewi(house: House, unit: int) -> Talk:
    return house.member(unit, "anggota", "PW", "Dewi Contoh")


def near(house: House, unit: int) -> None:
    """The evaluations are in the schedule, and four weeks before the first have begun."""
    due(house, unit, "stage", "desk_evaluasi", DESK)
    due(house, unit, "stage", "evaluasi_lapangan", FIELD)
    house.clock.set_to(datetime(2027, 2, 1, 1, 0, tzinfo=UTC))


def right(house: House, talk: Talk) -> str:
    """The letter of the right choice on the screen."""
    text = visible(talk.text)
    asked = next(
        q for q in house.library.drills() if not q.is_story and q.ask in text and f"  {q.right}\n" in text
    )
    return next(line[0] for line in text.split("\n") if line[1:] == f"  {asked.right}")


def through(house: House, talk: Talk, *, wrong: int = 0) -> None:
    """A whole drill, the first `wrong` questions answered wrongly."""
    talk.type("/latihan").tap("Mulai latihan")
    for n in range(6):
        if "jawab dengan suara" in talk.text:
            talk.type("kami dulu antre lama sekali").tap("Sudah tercakup")
            continue
        letter = right(house, talk)
        talk.tap(letter if n >= wrong else "B" if letter == "A" else "A").tap("Lanjut ›")


def text_of(talk: Talk) -> str:
    return visible(talk.text)


@pytest.mark.db
def test_drills_open_four_weeks_before_and_end_with_the_last_evaluation(
    house: House, unit: int, dewi: Talk
) -> None:
    dewi.type("latihan wawancara")
    assert "belum ada di jadwal" in text_of(dewi)
    assert "Ikut, ingatkan saya" not in dewi.labels
    due(house, unit, "stage", "desk_evaluasi", DESK)
    dewi.type("simulasi wawancara TPN")
    assert "Dibuka Jumat, 29 Januari 2027 (11 hari lagi), empat minggu sebelum desk evaluasi" in text_of(dewi)
    dewi.tap("Baca bahannya").tap("Area 5").tap("›")
    assert "Halaman 2 dari" in text_of(dewi)
    forged = tap(house, dewi.user_id, routes.DRILL_JOIN(unit, 1))
    assert "belum dibuka" in forged.notice
    due(house, unit, "stage", "evaluasi_lapangan", FIELD)
    house.clock.set_to(datetime(2027, 1, 29, 1, 0, tzinfo=UTC))
    assert "Menjelang evaluasi" in dewi.type("/menu").labels
    dewi.tap("Menjelang evaluasi").tap("Latihan wawancara").tap("Ikut, tanpa pengingat")
    assert dewi.toast == "Anda ikut latihan. Hasilnya hanya Anda yang melihat."
    house.clock.set_to(datetime(2027, 3, 26, 10, 0, tzinfo=UTC))
    assert "Menuju evaluasi lapangan TPN 26 Maret 2027" in text_of(dewi.type("/latihan"))
    house.clock.set_to(datetime(2027, 3, 27, 2, 0, tzinfo=UTC))
    assert "sudah lewat" in text_of(dewi.type("/latihan"))
    assert "Mulai latihan" not in dewi.labels
    assert "Menjelang evaluasi" not in dewi.type("/menu").labels


def test_a_year_that_ended_early_ends_its_drills(house: House, unit: int, dewi: Talk) -> None:
    near(house, unit)
    assert "Ikut, ingatkan saya" in dewi.type("/latihan").labels
    with house.writing() as session:
        session.add(StageResult(unit_id=unit, year=2027, stage="desk_evaluasi", result="tidak",
                                set_at=house.clock.now()))  # fmt: skip
    assert "sudah lewat" in text_of(dewi.type("/latihan"))


@pytest.mark.db
def test_a_drill_is_answered_by_tap_or_word_explained_and_repeated(
    house: House, unit: int, dewi: Talk
) -> None:
    near(house, unit)
    dewi.type("/latihan").tap("Ikut, tanpa pengingat").tap("Mulai latihan")
    assert "Soal 1 dari 6" in text_of(dewi)
    dewi.type("entahlah")
    assert "belum cocok dengan satu pilihan" in text_of(dewi)
    dewi.type("apa syarat wbk?")
    assert "minimal 75" in text_of(dewi), "a question is answered"
    dewi.type("/latihan").tap("Mulai latihan")
    assert "Soal 1 dari 6" in text_of(dewi), "the same drill goes on"
    letter = right(house, dewi)
    wrong = "b" if letter == "A" else "a"
    dewi.type(f"jawaban {wrong}")
    assert "Belum tepat" in text_of(dewi)
    assert "Dasar: " in text_of(dewi)
    row = rows_of(house, select(DrillRound))[0]
    assert (
        tap(house, dewi.user_id, routes.DRILL_PICK(row.id or 0, 0, "ABCD".index(letter))).screen is not None
    )
    dewi.tap("Lanjut ›")
    for _ in range(5):
        if "jawab dengan suara" in dewi.text:
            dewi.tap("Lihat isinya")
            assert "Isi jawaban yang baik" in text_of(dewi)
            dewi.tap("Sudah tercakup")
            continue
        dewi.type(right(house, dewi)).tap("Lanjut ›")
    assert "Latihan selesai: 5 dari 6 tepat." in text_of(dewi)
    assert text_of(dewi).count("   muncul lagi besok") == 1
    assert text_of(dewi).count("muncul lagi lusa") == 5
    (row,) = rows_of(house, select(DrillRound))
    assert row.marks == [0, 1, 1, 1, 1, 1], "a second answer to the first changed nothing"
    dewi.tap("Ulangi yang keliru")
    assert "Soal 1 dari 1" in text_of(dewi)
    dewi.type(right(house, dewi)).tap("Lanjut ›")
    first = row.cards[0]
    cards = {card.card: card for card in rows_of(house, select(DrillCard))}
    assert (cards[first].box, cards[first].due_on) == (1, date(2027, 2, 2)), "it still comes again tomorrow"
    house.clock.set_to(datetime(2027, 2, 2, 1, 0, tzinfo=UTC))
    assert "1 perlu diulang hari ini" in text_of(dewi.type("/latihan"))
    dewi.tap("Mulai latihan")
    assert rows_of(house, select(DrillRound))[-1].cards[0] == first


@pytest.mark.db
def test_only_who_asked_is_reminded_once_a_working_morning_and_never_for_long(
    house: House, unit: int, dewi: Talk
) -> None:
    sari = house.member(unit, "ketua", "PW", "Sari Contoh")
    hadi = house.member(unit, "pimpinan", None, "Hadi Contoh")
    house.advance(minutes=1)
    near(house, unit)
    house.send_due()  # this morning's digests are over
    for talk in (dewi, hadi):
        talk.type("/latihan").tap("Ikut, ingatkan saya")
    sari.type("/latihan").tap("Ikut, tanpa pengingat")
    quiet, before = len(sari.messages), len(dewi.messages)
    house.advance(to=datetime(2027, 2, 2, 0, 0, tzinfo=UTC))
    assert len(dewi.messages) == before, "08.00 WITA: before the hour of digests"
    house.advance(to=datetime(2027, 2, 2, 3, 0, tzinfo=UTC))
    assert "Latihan wawancara hari ini" in text_of(dewi)
    assert "Latihan wawancara hari ini" in text_of(hadi)
    assert len(dewi.messages) == before + 1
    dewi.tap("Mulai latihan")
    assert "Soal 1 dari 6" in text_of(dewi)
    task(house, unit, dewi, "Notula rapat", date(2027, 2, 3))
    through(house, dewi)
    house.advance(to=datetime(2027, 2, 3, 3, 0, tzinfo=UTC))
    assert "Notula rapat" in text_of(dewi)
    assert "Latihan wawancara hari ini" in text_of(dewi), "one message says both"
    assert {"Buka", "Mulai latihan"} <= set(dewi.labels)
    told = len(hadi.messages)
    house.advance(to=datetime(2027, 2, 13, 3, 0, tzinfo=UTC))
    assert len(hadi.messages) - told == 3, "five in all, then silence"
    assert "berhenti sendiri" in text_of(hadi.type("/latihan"))
    dewi.type("/latihan").tap("Matikan pengingat")
    assert dewi.toast == "Pengingat dimatikan."
    assert len(sari.messages) == quiet


def test_leaving_the_unit_ends_reminders_and_drills(house: House, unit: int, dewi: Talk) -> None:
    near(house, unit)
    dewi.type("/latihan").tap("Ikut, ingatkan saya").tap("Mulai latihan")
    (row,) = rows_of(house, select(DrillRound))
    with house.writing() as session:
        session.exec(select(Membership)).one().revoked_at = house.clock.now()
    before = len(dewi.messages)
    house.advance(to=datetime(2027, 2, 3, 3, 0, tzinfo=UTC))
    assert len(dewi.messages) == before
    assert "tidak ada dalam daftar" in tap(house, dewi.user_id, routes.DRILL(row.id or 0)).notice


@pytest.mark.db
def test_those_who_lead_read_areas_and_nobody_reads_a_person(house: House, unit: int, dewi: Talk) -> None:
    budi = house.member(unit, "koordinator", None, "Budi Contoh")
    near(house, unit)
    dewi.type("/latihan").tap("Ikut, tanpa pengingat")
    through(house, dewi, wrong=2)
    budi.type("/latihan").tap("Cakupan per area")
    assert text_of(budi).count("belum dapat ditampilkan") == 7
    now = house.clock.now()
    with house.writing() as session:
        agency_id = session.get_one(Unit, unit).agency_id
        for n in range(7):
            person = Person(name=f"Pegawai {n}", created_at=now)
            session.add(person)
            session.flush()
            held: dict[str, Any] = {"person_id": person.id or 0, "unit_id": unit}
            session.add(Membership(**held, agency_id=agency_id, role="anggota", area="PW", created_at=now))
            session.add(DrillEnrolment(**held, joined_at=now, ended_at=now if n == 6 else None))
            session.add(DrillCard(person_id=person.id or 0, card="w.PW", area="PW" if n else "PP", box=1,
                                  due_on=now.date(), last_on=now.date()))  # fmt: skip
    budi.type("/latihan").tap("Cakupan per area")
    assert "✓ Area 5 Penguatan Pengawasan: 5 orang atau lebih" in text_of(budi)
    assert "○ Area 6 Peningkatan Kualitas Pelayanan Publik: belum dapat ditampilkan" in text_of(budi)
    assert "Dewi" not in text_of(budi)
    (row,) = rows_of(house, select(DrillRound))
    for route in (
        routes.DRILL(row.id or 0),
        routes.DRILL_TOLD(row.id or 0, 0),
        routes.DRILL_AGAIN(row.id or 0),
    ):
        assert "tidak ada dalam daftar Anda" in tap(house, budi.user_id, route).notice
    with pytest.raises(NoSuchButton):
        dewi.type("/latihan").tap("Cakupan per area")
    assert "dibaca ketua pokja" in tap(house, dewi.user_id, routes.DRILL_COVERAGE(unit)).notice


@pytest.mark.parametrize(
    ("count", "team", "shown"),
    [(4, 30, None), (5, 30, 5), (5, 6, None), (9, 30, 5), (12, 12, 10), (10, 11, 5)],
)
def test_a_number_is_only_told_where_it_hides_everybody(count: int, team: int, shown: int | None) -> None:
    assert band(count, team) == shown


@pytest.mark.db
def test_a_coordinator_invites_by_one_announcement_and_signs_up_nobody(
    house: House, unit: int, dewi: Talk
) -> None:
    budi = house.member(unit, "koordinator", None, "Budi Contoh")
    near(house, unit)
    budi.type("/latihan").tap("Undang tim")
    assert "Pratinjau, belum terkirim." in text_of(budi)
    budi.tap("Kirim sekarang")
    house.settle()
    assert "latihan wawancara, sekitar 5 menit sehari" in text_of(dewi)
    assert rows_of(house, select(DrillEnrolment)) == []
    budi.type("/latihan").tap("Undang tim")
    assert "sudah dikirim sekali" in text_of(budi)
    assert [row.kind for row in rows_of(house, select(Announcement))] == ["latihan"]


@pytest.mark.db
def test_ones_drills_are_in_ones_own_file_and_go_with_ones_data(house: House, unit: int, dewi: Talk) -> None:
    house.member(unit, "koordinator", None, "Budi Contoh")
    near(house, unit)
    dewi.type("/latihan").tap("Ikut, ingatkan saya")
    through(house, dewi, wrong=1)
    me = person_id(house, dewi)
    held = house.read(lambda s: collect(s, s.get_one(Person, me), dewi.user_id, "WITA"))
    assert held["latihan_diikuti"][0]["unit"] == "Kantor Layanan Contoh"
    assert len(held["kartu_latihan"]) == 6
    assert held["latihan"][0]["benar"] == [0, 1, 1, 1, 1, 1]
    dewi.type("/privasi").tap("Hapus data saya").tap("Ya, hapus")
    for table in (DrillCard, DrillRound, DrillEnrolment):
        assert rows_of(house, select(table)) == []
