"""The morning digest as people get it: few, explained, at a decent hour, and never for something done."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, func, select

from bot.heartbeat import tick_once
from flows.models import Deadline, Escalation, ItemWork, Job, Membership, Outbox, Person, Reminder, Task, Unit
from flows.reminders import moments
from flows.reminders.fanout import FAN_OUT
from flows.reminders.tick import next_due, tick
from tests.support.dues import due, person_id, pic, task
from tests.support.house import House
from tests.support.lke import CAMPAIGN, assessment_id
from tests.support.proof import prove
from tests.support.talk import Talk

WITA = "WITA"
FRIDAY = date(2027, 2, 26)


@pytest.fixture
def unit(house: House) -> int:
    return house.unit(zone=WITA)


@pytest.fixture
def boss(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Contoh")


@pytest.fixture
def lead(house: House, unit: int, boss: Talk) -> Talk:
    return house.member(unit, "ketua", "PW", "Sari Contoh")


@pytest.fixture
def dewi(house: House, unit: int, lead: Talk) -> Talk:
    made = house.member(unit, "anggota", "PW", "Dewi Contoh")
    pic(house, unit, CAMPAIGN, made)
    return made


def mornings(talk: Talk) -> list[str]:
    """Everything the bot has sent of its own accord to remind."""
    return [
        str(m["text"])
        for m in talk.messages
        if re.match(
            r"Selamat (pagi|siang|sore)|.* batas waktunya: |Lewat |Perlu perbaikan: ", str(m.get("text"))
        )
    ]


def heads(talk: Talk) -> list[str]:
    """The first lines, up to the point."""
    return [text.split("\n")[0] for text in mornings(talk)]


def at(month: int, day: int, hour: int = 1, minute: int = 0) -> datetime:
    """A moment of 2027 in UTC; 01.00 is 09.00 WITA."""
    return datetime(2027, month, day, hour, minute, tzinfo=UTC)


def reminder_of(house: House, talk: Talk) -> Reminder:
    """The one reminder of somebody."""
    me = person_id(house, talk)
    found = house.read(lambda s: s.exec(select(Reminder).where(Reminder.person_id == me)).one())
    assert isinstance(found, Reminder)
    return found


# when ----------------------------------------------------------------------------------------------


@pytest.mark.db
def test_the_pic_is_told_a_week_before_the_day_before_and_on_the_day(
    house: House, unit: int, boss: Talk, dewi: Talk
) -> None:
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    house.advance(to=at(2, 19, 0, 29))
    assert mornings(dewi) == []
    house.advance(minutes=2)
    assert mornings(dewi) == [
        "7 hari lagi batas waktunya: Kampanye publik antigratifikasi (A.I.5.i.a).\n\n"
        "Batas: Jumat, 26 Februari 2027, 16.00 WITA.\nJawabannya belum diisi.\n\n"
        "Anda PIC indikator ini, Kantor Layanan Contoh. "
        "Pengingat berhenti begitu bukti terkirim dan indikatornya lengkap."
    ]
    assert dewi.labels == ["Kirim bukti", "Pilihan lain"]
    house.advance(to=at(2, 28))
    assert [head.split(" batas")[0] for head in heads(dewi)] == ["7 hari lagi", "Besok", "Hari ini"]
    assert mornings(boss) == []


def test_days_off_are_skipped_and_what_falls_on_them_is_told_on_the_working_day_before(
    house: House, unit: int, dewi: Talk
) -> None:
    due(house, unit, "item", CAMPAIGN, date(2027, 2, 7))  # Sunday after joint leave on Friday
    house.advance(to=at(2, 7, 12))
    sent = [datetime.fromtimestamp(m["date"], UTC).date() for m in dewi.messages]
    assert sent == [date(2027, 1, 29), date(2027, 2, 4)]
    assert "3 hari lagi batas waktunya" in mornings(dewi)[-1]
    assert "Hari itu libur (akhir pekan), jadi ini pengingat terakhir sebelum batasnya." in mornings(dewi)[-1]


@pytest.mark.db
def test_it_stops_at_once_when_it_is_done(house: House, unit: int, dewi: Talk) -> None:
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    house.advance(to=at(2, 19))
    assert len(mornings(dewi)) == 1
    dewi.tap("Kirim bukti")
    assert "A.I.5.i.a" in dewi.text
    prove(house, unit)
    dewi.tap_data(f"lke.i:{CAMPAIGN}").tap("A")
    house.advance(days=60)
    assert len(mornings(dewi)) == 1


def test_what_is_late_comes_once_a_week_in_one_message_and_has_an_end(
    house: House, unit: int, boss: Talk, dewi: Talk
) -> None:
    due(house, unit, "item", CAMPAIGN, date(2027, 1, 21))
    task(house, unit, dewi, "Siapkan notula", date(2027, 1, 22))
    house.advance(to=at(1, 23))
    before = len(mornings(dewi))
    house.advance(to=at(4, 30))
    late = mornings(dewi)[before:]
    days = [datetime.fromtimestamp(m["date"], UTC).date() for m in dewi.messages][-4:]
    assert days == [date(2027, 1, 25), date(2027, 2, 1), date(2027, 2, 8), date(2027, 2, 15)]
    assert len(late) == 4
    assert all("Hari ini ada 2 hal untuk Anda." in text for text in late)
    assert (
        "! Lewat 4 hari: Kampanye publik antigratifikasi (A.I.5.i.a)\n! Lewat 3 hari: Siapkan notula"
        in late[0]
    )
    end = mornings(boss)[-1]
    assert "! Pengingat berakhir setelah 4 pekan: Kampanye publik antigratifikasi" in end
    assert "· Dewi Contoh" in end


def test_everything_of_a_morning_is_one_message_across_units(house: House, unit: int, dewi: Talk) -> None:
    other = house.unit("Kantor Lain Contoh", zone="WIT")
    with house.writing() as session:
        agency = session.get_one(Unit, other).agency_id
        session.add(
            Membership(
                person_id=person_id(house, dewi),
                agency_id=agency,
                unit_id=other,
                role="koordinator",
                created_at=house.clock.now(),
            )
        )
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    due(house, other, "tpi", "", FRIDAY)
    house.advance(to=at(2, 19, 0, 29))
    assert mornings(dewi) == [], "08.30 in the westernmost of one's zones"
    house.advance(minutes=2)
    assert mornings(dewi) == [
        "Selamat pagi, Bapak/Ibu. Hari ini ada 2 hal untuk Anda.\n\n"
        "○ Jumat, 26 Februari 2027 (7 hari lagi): Kampanye publik antigratifikasi (A.I.5.i.a) · "
        "Kantor Layanan Contoh\n"
        "○ Jumat, 26 Februari 2027 (7 hari lagi): Penilaian TPI · Kantor Lain Contoh\n\n"
        "Tiap hal berhenti diingatkan begitu selesai."
    ]
    dewi.tap("Mulai dari atas")
    assert dewi.text.startswith("7 hari lagi batas waktunya: Kampanye publik")
    dewi.tap("Berikutnya ›")
    assert "Anda koordinator unit, Kantor Lain Contoh." in dewi.text
    dewi.tap("Semua pengingat").tap("1").tap("Kirim bukti")
    assert "A.I.5.i.a" in dewi.text


def test_the_digest_says_what_else_the_week_holds(house: House, unit: int, dewi: Talk) -> None:
    for title, day in (("Siapkan undangan", 20), ("Siapkan notula", 21), ("Pasang spanduk", 22)):
        task(house, unit, dewi, title, date(2027, 1, day))
    task(house, unit, dewi, "Cetak daftar hadir", date(2027, 1, 20))
    house.advance(to=at(1, 19))
    assert "○ Batas besok: Siapkan undangan\n○ Batas besok: Cetak daftar hadir" in mornings(dewi)[-1]
    assert "Minggu ini masih ada 2 lagi." in mornings(dewi)[-1]


def test_a_returned_item_is_shown_with_the_reviewers_words(
    house: House, unit: int, lead: Talk, dewi: Talk
) -> None:
    assessment = assessment_id(house, unit)
    with house.writing() as session:
        session.add(
            ItemWork(
                assessment_id=assessment,
                item_id=CAMPAIGN,
                state="returned",
                sent_by=person_id(house, dewi),
                reason="tambahkan tanggal kegiatan",
                fix_by=date(2027, 1, 20),
            )
        )
    task(house, unit, dewi, "Siapkan notula", date(2027, 1, 20))
    house.advance(to=at(1, 20))
    assert (
        "↩ Perlu perbaikan batas hari ini: Kampanye publik antigratifikasi (A.I.5.i.a), "
        "“tambahkan tanggal kegiatan”" in mornings(dewi)[-1]
    )


# what can be answered ------------------------------------------------------------------------------


@pytest.fixture
def told(house: House, unit: int, dewi: Talk) -> Talk:
    """Dewi on the morning on which her item is due in a week."""
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    house.advance(to=at(2, 19))
    assert len(mornings(dewi)) == 1
    return dewi


@pytest.mark.db
def test_a_promise_is_kept_to_and_shown_to_the_coordinator(house: House, boss: Talk, told: Talk) -> None:
    told.tap("Pilihan lain").tap("Selesai pada …").type("3 maret")
    assert told.text.startswith("Tercatat: Anda perkirakan selesai Rabu, 3 Maret 2027.")
    house.advance(to=at(3, 2))
    assert len(mornings(told)) == 1
    house.advance(to=at(3, 3))
    assert "Anda memperkirakan selesai Rabu, 3 Maret 2027." in mornings(told)[-1]
    boss.type("/menu").tap("Pantau pengingat")
    assert "1  Dewi Contoh: 1 belum dari 1, 1 dibuka, 1 dijanjikan" in boss.text
    boss.tap("1")
    assert "diingatkan 19 Februari 2027 (2 kali); dibuka 19 Februari 2027; janji 3 Maret 2027" in boss.text


def test_a_promise_that_cannot_be_is_asked_back(house: House, told: Talk) -> None:
    told.tap("Pilihan lain").tap("Selesai pada …").type("31 februari")
    assert told.text.startswith("Tanggal 31 Februari tidak ada.")
    told.type("entah")
    assert told.text.startswith("Tanggalnya belum terbaca.")
    told.type("31 desember")
    assert told.text.startswith("Tanggal itu terlalu jauh.")
    told.type("apa itu gratifikasi?")
    assert "gratifikasi" in told.text.lower()
    told.type("jumat")
    assert "Tercatat: Anda perkirakan selesai Jumat, 26 Februari 2027." in told.text


@pytest.mark.db
def test_what_stands_in_the_way_goes_to_who_leads_and_pauses(
    house: House, boss: Talk, lead: Talk, told: Talk
) -> None:
    told.tap("Pilihan lain").tap("Ada kendala").type("arsip <lama> terkunci")
    assert told.text.startswith("Kendala disampaikan kepada ketua pokja dan koordinator unit.")
    house.send_due()
    for each in (boss, lead):
        assert each.text.startswith("Ada kendala: Kampanye publik antigratifikasi (A.I.5.i.a).")
        assert "Dewi Contoh: “arsip <lama> terkunci”" in each.text
        assert each.labels == ["Ganti PIC", "Lihat"]
    house.advance(to=at(2, 23))
    assert len(mornings(told)) == 1
    house.advance(to=at(2, 26))
    assert len(mornings(told)) == 4, "after three working days, the day before and on the day"
    assert "Kendala yang Anda sampaikan: arsip <lama> terkunci" in mornings(told)[-1]


def test_somebody_elses_task_is_handed_to_who_names_the_pic(
    house: House, unit: int, boss: Talk, lead: Talk, told: Talk
) -> None:
    joko = house.member(unit, "anggota", "PW", "Joko Contoh")
    told.tap("Pilihan lain").tap("Bukan tugas saya").type("harusnya Joko, saya sudah pindah bagian")
    assert "Pengingat dijeda 3 hari kerja." in told.text
    house.send_due()
    assert lead.text.startswith("Bukan tugasnya: Kampanye publik antigratifikasi (A.I.5.i.a).")
    lead.tap("Ganti PIC").tap("Joko Contoh")
    house.advance(to=at(2, 26))
    assert len(mornings(told)) == 1
    assert [head.split(" batas")[0] for head in heads(joko)] == ["Besok", "Hari ini"]
    told.tap_data(f"ing.bukan:{reminder_of(house, told).id}")
    assert "Hal ini sudah selesai atau bukan lagi tugas Anda." in told.text


@pytest.mark.db
def test_who_leads_may_decide_that_it_stays_theirs(
    house: House, unit: int, boss: Talk, lead: Talk, told: Talk
) -> None:
    told.tap("Pilihan lain").tap("Bukan tugas saya").type("harusnya bagian umum")
    house.send_due()
    decided = lead.data_of("Tetap miliknya")
    lead.tap("Tetap miliknya")
    assert lead.toast == "Disampaikan kepada Dewi Contoh: tetap tugasnya. Pengingat berjalan lagi."
    house.send_due()
    assert told.text.startswith(
        "Tetap tugas Anda: Kampanye publik antigratifikasi (A.I.5.i.a).\n\n"
        "Sari Contoh sudah membaca keterangan Anda"
    )
    assert told.labels == ["Kirim bukti", "Pilihan lain"]
    for late, data in ((boss, boss.data_of("Tetap miliknya")), (lead, decided)):
        late.tap_data(data)
        assert late.text.startswith("Ini sudah diputuskan, dikerjakan, atau dialihkan")
    house.advance(to=at(2, 25))
    assert heads(told)[-1].startswith("Besok batas waktunya")


def test_a_duty_that_is_not_theirs_leads_to_the_pic_of_its_indicator(
    house: House, unit: int, lead: Talk, dewi: Talk
) -> None:
    due(house, unit, "duty", "kampanye:2027-TW1", FRIDAY)
    house.advance(to=at(2, 19))
    dewi.tap("Pilihan lain").tap("Bukan tugas saya").type("bagian humas")
    house.send_due()
    lead.tap("Ganti PIC")
    assert lead.text.startswith("Siapa PIC A.I.5.i.a?")


def test_who_leads_changes_the_pic_at_once(house: House, unit: int, lead: Talk) -> None:
    pic(house, unit, "PW.P.1.b", lead)
    due(house, unit, "item", "PW.P.1.b", FRIDAY)
    house.advance(to=at(2, 19))
    lead.tap("Pilihan lain").tap("Bukan tugas saya")
    assert lead.toast.startswith("Anda yang memimpin")


@pytest.mark.parametrize(
    ("label", "said", "moment"),
    [
        ("1 jam lagi", "Baik, diingatkan lagi pukul 10.00 WITA.", at(2, 19, 2)),
        ("Besok", "Baik, diingatkan lagi Senin, 22 Februari 2027.", at(2, 22, 0, 30)),
        ("Senin", "Baik, diingatkan lagi Senin, 22 Februari 2027.", at(2, 22, 0, 30)),
    ],
)
def test_later_means_when_they_say(house: House, told: Talk, label: str, said: str, moment: datetime) -> None:
    told.tap("Pilihan lain").tap("Ingatkan lagi").tap(label)
    assert told.toast == said
    house.advance(to=moment - timedelta(minutes=1))
    assert len(mornings(told)) == 1
    house.advance(minutes=2)
    assert len(mornings(told)) == 2
    house.advance(to=at(2, 24))
    assert len(mornings(told)) == 2


def test_an_hour_that_would_be_quiet_becomes_the_next_morning(house: House, told: Talk) -> None:
    house.advance(to=at(2, 19, 11, 30))  # 19.30
    told.tap("Pilihan lain").tap("Ingatkan lagi").tap("1 jam lagi")
    assert told.toast == "Baik, diingatkan lagi Senin, 22 Februari 2027."
    house.advance(to=at(2, 22))
    assert len(mornings(told)) == 2


def test_action_items_keep_promise_and_reason_themselves(house: House, unit: int, dewi: Talk) -> None:
    task(house, unit, dewi, "Siapkan notula", FRIDAY)
    house.advance(to=at(2, 19))
    dewi.tap("Pilihan lain").tap("Selesai pada …").type("3 maret")
    assert house.read(lambda s: s.exec(select(Task)).one()).promised_on == date(2027, 3, 3)
    house.advance(to=at(3, 4))
    assert [head.split(" batas")[0] for head in heads(dewi)] == [
        "7 hari lagi",
        "7 hari lagi",
        "Besok",
        "Hari ini",
    ]


def test_old_buttons_and_other_peoples_reminders_are_refused_kindly(
    house: House, boss: Talk, told: Talk
) -> None:
    row = reminder_of(house, told)
    told.tap("Pilihan lain").tap("Ingatkan lagi").tap("Besok")
    told.tap_data(f"ing.ls:{row.id}:s:1")
    assert "Pengingat ini baru saja berubah. Ini keadaan terbaru." in told.text
    for forged in (f"ing:{row.id}", f"ing.buka:{row.id}", f"ing.ls:{row.id}:b:2", f"ing.js:{row.id}:2"):
        boss.type("/menu").tap_data(forged)
        assert "Pengingat ini tidak ada dalam daftar Anda." in boss.text
    stranger = house.stranger().start()
    stranger.tap_data(f"ing:{row.id}")
    assert "Kampanye" not in stranger.text


# those who lead ------------------------------------------------------------------------------------


@pytest.mark.db
def test_who_leads_is_told_after_so_many_working_days_with_a_record(
    house: House, unit: int, boss: Talk, lead: Talk, dewi: Talk
) -> None:
    due(house, unit, "item", CAMPAIGN, date(2027, 1, 20))
    house.advance(to=at(1, 24))
    assert mornings(lead) == mornings(boss) == []
    house.advance(to=at(1, 25))
    assert mornings(lead) == [
        "Selamat pagi, Bapak/Ibu. 1 hal yang lewat batas perlu perhatian Anda sebagai ketua pokja.\n\n"
        "! Lewat 3 hari kerja: Kampanye publik antigratifikasi (A.I.5.i.a) · Dewi Contoh\n\n"
        "Tiap hal berhenti diingatkan begitu selesai."
    ]
    assert mornings(boss) == []
    house.advance(to=at(1, 31))
    assert mornings(boss) == [], "coordinators hear of everything when a week begins"
    house.advance(to=at(2, 1))
    assert "! Lewat 8 hari kerja: Kampanye publik antigratifikasi" in mornings(boss)[0]
    found = house.read(lambda s: s.exec(select(Escalation).order_by(col(Escalation.id))).all())
    assert [(each.level, each.told_on) for each in found] == [
        ("ketua", date(2027, 1, 25)),
        ("koordinator", date(2027, 2, 1)),
    ]
    boss.tap("Pantau pengingat").tap("1")
    assert "diteruskan ke ketua pokja, koordinator unit" in boss.text


@pytest.mark.db
def test_an_overdue_action_item_goes_to_the_ketua_of_its_indicator_then_to_the_coordinator(
    house: House, unit: int, boss: Talk, lead: Talk, dewi: Talk
) -> None:
    other = house.member(unit, "ketua", "PP", "Rudi Contoh")
    task(house, unit, dewi, "Siapkan spanduk kampanye", date(2027, 1, 20), CAMPAIGN)
    task(house, unit, dewi, "Pesan konsumsi rapat", date(2027, 1, 20))
    house.advance(to=at(1, 25))
    assert mornings(lead) == [
        "Selamat pagi, Bapak/Ibu. 1 hal yang lewat batas perlu perhatian Anda sebagai ketua pokja.\n\n"
        "! Lewat 3 hari kerja: Siapkan spanduk kampanye · Dewi Contoh\n\n"
        "Tiap hal berhenti diingatkan begitu selesai."
    ]
    assert mornings(other) == mornings(boss) == []
    house.advance(to=at(2, 1))
    assert "Siapkan spanduk kampanye" in mornings(boss)[0]
    assert "Pesan konsumsi rapat" in mornings(boss)[0]
    assert "Pesan konsumsi rapat" not in "".join(mornings(lead) + mornings(other))


def test_a_coordinator_reads_of_the_end_of_an_own_thing_once(house: House, unit: int, boss: Talk) -> None:
    due(house, unit, "stage", "desk_evaluasi", date(2027, 1, 20))
    due(house, unit, "pengajuan", "", date(2027, 2, 26))
    house.advance(to=at(2, 8))
    assert "Bila sudah berlangsung, tandai selesai; bila diundur, ubah tanggalnya." in mornings(boss)[-1]
    house.advance(to=at(2, 15))
    assert mornings(boss)[-1].startswith("Lewat 26 hari: Desk evaluasi TPN.")
    assert "Ini pengingat terakhir; di jadwal tetap tercatat sampai selesai" in mornings(boss)[-1]
    assert "Pengingat berakhir" not in mornings(boss)[-1]


def test_a_promise_holds_it_back(house: House, unit: int, lead: Talk, dewi: Talk) -> None:
    due(house, unit, "item", CAMPAIGN, date(2027, 1, 20))
    house.advance(to=at(1, 20))
    dewi.tap("Pilihan lain").tap("Selesai pada …").type("1 februari")
    house.advance(to=at(2, 2))
    assert mornings(lead) == []
    house.advance(to=at(2, 4))
    assert "! Lewat 11 hari kerja" in mornings(lead)[0]


def test_admins_hear_of_stages_only_and_only_if_they_want_it(house: House, unit: int, boss: Talk) -> None:
    agency = house.read(lambda s: s.get_one(Unit, unit).agency_id)
    silent = house.admin(agency)
    due(house, unit, "tpi", "", date(2027, 1, 20))
    due(house, unit, "area", "PW", date(2027, 1, 20))
    house.advance(to=at(2, 10))
    assert mornings(silent) == []
    silent.type("/pengaturan").tap("Cara diingatkan").tap("Laporan untuk admin").tap("Nyalakan")
    assert silent.text.startswith("Laporan tahap yang lewat batas: menyala")
    due(house, unit, "pengajuan", "", date(2027, 2, 10))
    house.advance(to=at(3, 4))
    assert mornings(silent) == [
        "Selamat pagi, Bapak/Ibu. 1 hal yang lewat batas perlu perhatian Anda sebagai admin instansi.\n\n"
        "! Tahap lewat 10 hari kerja: Pengusulan nasional · Kantor Layanan Contoh\n\n"
        "Tiap hal berhenti diingatkan begitu selesai."
    ]
    assert "Budi" not in silent.text


# the clock -----------------------------------------------------------------------------------------


@pytest.mark.db
def test_ticking_again_in_any_process_adds_nothing(house: House, unit: int, dewi: Talk) -> None:
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    house.send_due()  # the agency's board is there once
    house.clock.set_to(at(2, 19))
    assert [tick_once(house.edge) for _ in range(3)] == [1, 0, 0]
    house.send_due()
    house.send_due()
    assert len(mornings(dewi)) == 1
    keys = house.read(lambda s: s.exec(select(Outbox.key).where(col(Outbox.key).startswith("pagi:"))).all())
    assert list(keys) == [f"pagi:20270219:{person_id(house, dewi)}"]


@pytest.mark.db
def test_what_downtime_missed_comes_in_one_late_digest_that_says_so(
    house: House, unit: int, dewi: Talk
) -> None:
    task(house, unit, dewi, "Siapkan notula", date(2027, 2, 24))
    task(house, unit, dewi, "Siapkan undangan", date(2027, 2, 25))
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    house.advance(to=at(2, 16))
    house.clock.set_to(at(2, 22))  # nothing ran on 17, 18 and 19 February
    house.send_due()
    (text,) = mornings(dewi)
    assert "Hari ini ada 3 hal untuk Anda." in text
    assert "Sebagian pengingat ini menyusul karena bot sempat tidak aktif." in text
    house.send_due()
    assert len(mornings(dewi)) == 1


def test_what_could_not_be_sent_before_night_comes_the_next_morning(
    house: House, unit: int, dewi: Talk
) -> None:
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    house.clock.set_to(at(2, 18, 2))
    tick_once(house.edge)
    house.clock.set_to(at(2, 19, 11, 50))  # 19.50: decided, then everything stops
    tick_once(house.edge)
    house.clock.set_to(at(2, 19, 13))
    house.send_due()
    assert mornings(dewi) == []
    house.clock.set_to(at(2, 22, 1))
    house.send_due()
    assert "Pengingat ini menyusul" not in "".join(heads(dewi))
    assert len(mornings(dewi)) == 1
    assert "4 hari lagi batas waktunya" in mornings(dewi)[0]


def test_a_queued_digest_is_dropped_when_all_is_done_or_the_person_has_left(
    house: House, unit: int, boss: Talk, dewi: Talk
) -> None:
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    task(house, unit, boss, "Siapkan notula", FRIDAY)
    house.clock.set_to(at(2, 19))
    tick_once(house.edge)
    while house.worker.jobs.do_one():
        pass
    with house.writing() as session:
        for held in session.exec(select(Membership).where(Membership.role == "anggota")).all():
            held.revoked_at = house.clock.now()
            session.add(held)
        for row in session.exec(select(Task)).all():
            row.state = "done"
            session.add(row)
    house.send_due()
    assert mornings(boss) == mornings(dewi) == []


def test_a_moved_date_reminds_of_the_new_one_only(house: House, unit: int, dewi: Talk) -> None:
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    house.clock.set_to(at(2, 19))
    tick_once(house.edge)
    while house.worker.jobs.do_one():
        pass
    with house.writing() as session:
        row = session.exec(select(Deadline)).one()
        row.due_at = datetime(2027, 3, 5, 8, tzinfo=UTC)
        session.add(row)
    house.send_due()
    assert mornings(dewi) == []
    house.advance(to=at(3, 6))
    assert [head.split(" batas")[0] for head in heads(dewi)] == ["7 hari lagi", "Besok", "Hari ini"]


@pytest.mark.db
def test_the_demo_clock_is_told_each_moment(house: House, unit: int, dewi: Talk) -> None:
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    seen, after = [], house.clock.now()
    with house.db.reading() as session:
        for _ in range(3):
            moment = next_due(session, after)
            assert moment is not None
            seen.append(moment)
            after = moment
    assert seen == [at(2, 19, 0, 30), at(2, 25, 0, 30), at(2, 26, 0, 30)]


def test_with_nothing_to_come_the_demo_clock_is_told_so(house: House, unit: int, dewi: Talk) -> None:
    with house.db.reading() as session:
        assert next_due(session, house.clock.now()) is None
    due(house, unit, "item", CAMPAIGN, date(2027, 11, 26))
    with house.db.reading() as session:
        found = next_due(session, house.clock.now())
    assert found is not None
    assert found <= datetime(2027, 11, 19, 0, 30, tzinfo=UTC)


def test_a_fan_out_over_many_units_goes_on_in_portions(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.reminders.fanout.UNITS_PER_JOB", 2)
    units = [house.unit(f"Unit {n}", zone=WITA) for n in range(5)]
    bosses = [house.member(each, "koordinator") for each in units]
    for each in units:
        due(house, each, "tpi", "", FRIDAY)
    house.advance(to=at(2, 19))
    assert [len(mornings(boss)) for boss in bosses] == [1] * 5
    assert len(house.read(lambda s: s.exec(select(Job.id).where(Job.kind == FAN_OUT)).all())) == 4


@pytest.mark.db
def test_a_moment_with_nothing_due_queues_nothing(house: House, unit: int, dewi: Talk) -> None:
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    with house.writing() as session:
        assert tick(session, at(2, 18, 2)) == 0
    assert house.read(lambda s: s.exec(select(func.count()).select_from(Job)).one()) == 0


def test_a_persons_zone_and_every_zone_have_their_own_half_past_eight(
    house: House, unit: int, dewi: Talk
) -> None:
    with house.writing() as session:
        session.get_one(Person, person_id(house, dewi)).zone = "WIT"
    due(house, unit, "item", CAMPAIGN, FRIDAY)
    house.advance(to=datetime(2027, 2, 18, 23, 29, tzinfo=UTC))
    assert mornings(dewi) == []
    house.advance(minutes=2)
    assert len(mornings(dewi)) == 1


def test_kinds_of_days_are_pure_arithmetic() -> None:
    assert moments.told_days(date(2027, 2, 12), (7, 1)) == [
        date(2027, 2, 12),
        date(2027, 2, 11),
        date(2027, 2, 4),
    ]
    assert moments.moment_between(date(2027, 2, 12), (7, 1), date(2027, 2, 5), date(2027, 2, 9)) is None
    assert date(2027, 2, 12) in moments.due_days(date(2027, 2, 4), date(2027, 2, 4), (7, 1))
    assert moments.levels_between(date(2027, 1, 20), date(2027, 1, 25), date(2027, 1, 25)) == ["ketua"]


def test_what_was_said_a_year_ago_is_not_about_this_year(house: House, unit: int, told: Talk) -> None:
    told.tap("Pilihan lain").tap("Selesai pada …").type("3 maret")
    with house.writing() as session:
        row = session.exec(select(Deadline)).one()
        row.due_at = datetime(2027, 8, 27, 8, tzinfo=UTC)
        session.add(row)
    house.advance(to=at(8, 20))
    assert heads(told)[-1].startswith("7 hari lagi batas waktunya")
    assert "Anda memperkirakan" not in mornings(told)[-1]
    assert reminder_of(house, told).times_told == 1
