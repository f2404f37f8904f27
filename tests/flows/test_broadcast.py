"""Announcements: written, seen, sent once, counted."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlmodel import col, func, select

from bot.heartbeat import tick_once
from flows import outbox
from flows.broadcast import sending
from flows.models import Announcement, Job, Membership, Outbox, Person
from tests.support.house import House
from tests.support.talk import NoSuchButton, Talk

TEXT = "Rapat monev ZI: Jumat, 29 Januari 2027, 09.00 WIB.\nTempat: aula <lantai 2> & daring"
SEEN = f"{TEXT}\n\nKoordinator unit, Kantor Layanan Contoh"


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def boss(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Contoh")


@pytest.fixture
def team(house: House, unit: int) -> list[Talk]:
    return [house.member(unit, "anggota", None, f"Anggota {n}") for n in range(3)]


def states(house: House) -> dict[str, int]:
    query = (
        select(Outbox.state, func.count())
        .where(col(Outbox.announcement_id).is_not(None))
        .group_by(Outbox.state)
    )
    return dict(tuple(row) for row in house.read(lambda s: s.exec(query).all()))


def change_person(house: House, talk: Talk, change: Callable[[Person], None]) -> None:
    with house.writing() as session:
        person = session.exec(select(Person).where(Person.telegram_id == talk.user_id)).one()
        change(person)
        session.add(person)


@pytest.mark.db
def test_a_coordinator_writes_sees_and_sends(house: House, boss: Talk, team: list[Talk]) -> None:
    boss.type("/pengumuman")
    assert boss.text.startswith(
        "Tulis isi pengumuman, atau pilih contoh.\n\nUntuk tim Kantor Layanan Contoh."
    )
    boss.type(TEXT)
    assert boss.text == (
        f"Pratinjau, belum terkirim.\n\n{SEEN}\n\nPenerima: Semua tim · 3 orang\n"
        "Terjangkau 3 orang. Anda sendiri tidak menerima salinan.\n"
        "Berlaku sampai Jumat, 29 Januari 2027; anggota baru ikut menerimanya."
    )
    messages_before = len(boss.messages)
    boss.tap("Kirim sekarang")
    assert boss.toast == "Pengiriman dimulai."
    assert boss.text.startswith("Sedang dikirim: 0 dari 3.")
    house.send_due()
    assert [t.text for t in team] == [SEEN] * 3
    assert boss.text.startswith(
        "✓ Terkirim 3 dari 3. Sudah dibaca: 0.\n\nKantor Layanan Contoh · Senin, 18 Januari 2027, 09.0"
    )
    assert len(boss.messages) == messages_before  # the outcome replaced the message that was tapped
    assert house.read(lambda s: s.exec(select(Announcement.state)).one()) == "done"


def test_siaran_is_an_alias_and_the_text_may_follow_the_command(boss: Talk, team: list[Talk]) -> None:
    boss.type("/siaran Rapat besok jam 9")
    assert boss.text.startswith("Pratinjau, belum terkirim.\n\nRapat besok jam 9\n\nKoordinator unit,")


@pytest.mark.db
def test_those_out_of_reach_are_counted_before_sending(
    house: House, unit: int, boss: Talk, team: list[Talk]
) -> None:
    change_person(house, team[0], lambda p: setattr(p, "unreachable_at", house.clock.now()))
    change_person(house, team[1], lambda p: setattr(p, "telegram_id", None))
    house.member(unit, "penilai", None, "Agus Contoh")
    boss.type("/pengumuman").type(TEXT)
    assert (
        "Terjangkau 1 orang. 1 orang belum pernah membuka bot; teks siap tempel dan QR disediakan. "
        "1 orang memblokir bot."
    ) in boss.text


@pytest.mark.db
def test_somebody_who_blocked_the_bot_is_counted_and_remembered(
    house: House, boss: Talk, team: list[Talk]
) -> None:
    boss.type("/pengumuman").type(TEXT).tap("Kirim sekarang")
    house.standin.block(team[0].user_id)  # the bot learns of it only by trying
    house.send_due()
    assert boss.text.startswith("Terkirim 2 dari 3.")
    assert "! 1 orang memblokir bot." in boss.text
    boss.type("/pengumuman").type("Lagi")
    assert "Terjangkau 2 orang. 1 orang memblokir bot." in boss.text


@pytest.mark.db
def test_a_second_tap_on_send_sends_nothing_more(house: House, boss: Talk, team: list[Talk]) -> None:
    boss.type("/pengumuman").type(TEXT)
    data = boss.data_of("Kirim sekarang")
    boss.tap_data(data).tap_data(data)
    assert boss.toast == "Pengumuman ini sudah dikirim sebelumnya, jadi tidak dikirim lagi."
    house.send_due()
    boss.tap_data(data)
    house.send_due()
    assert (states(house), [len(t.messages) for t in team]) == ({"sent": 3}, [1, 1, 1])


@pytest.mark.db
def test_the_fan_out_done_twice_adds_nothing(house: House, boss: Talk, team: list[Talk]) -> None:
    boss.type("/pengumuman").type(TEXT).tap("Kirim sekarang")
    args = house.read(lambda s: s.exec(select(Job.args).where(Job.kind == sending.FAN_OUT)).one())
    for _ in range(2):
        with house.writing() as session:
            sending.fan_out(outbox.JobTurn(session, args, house.clock.now(), house.library))
    assert states(house) == {"waiting": 3}
    house.send_due()
    assert states(house) == {"sent": 3}


@pytest.mark.db
def test_a_member_removed_before_their_turn_gets_nothing(
    house: House, unit: int, boss: Talk, team: list[Talk]
) -> None:
    boss.type("/pengumuman").type(TEXT).tap("Kirim sekarang")
    house.worker.jobs.do_one()
    with house.writing() as session:
        person = session.exec(select(Person.id).where(Person.telegram_id == team[0].user_id)).one()
        for row in session.exec(select(Membership).where(Membership.person_id == person)).all():
            row.revoked_at = house.clock.now()
            session.add(row)
    house.send_due()
    assert (team[0].messages, team[1].text) == ([], SEEN)
    assert boss.text.startswith("Terkirim 2 dari 3.")
    assert "○ 1 orang tidak lagi dalam tim" in boss.text


def test_going_on_while_it_is_sent_leaves_the_counts_in_their_place(
    house: House, boss: Talk, team: list[Talk]
) -> None:
    boss.type("/pengumuman").type(TEXT).tap("Kirim sekarang").tap("Ke menu")
    menu = boss.text
    house.send_due()
    assert boss.text == menu
    assert boss.messages[-2]["text"].startswith("✓ Terkirim 3 dari 3.")


def test_an_old_button_leaves_the_counts_and_the_outcome_comes_as_a_new_message(
    house: House, boss: Talk, team: list[Talk]
) -> None:
    boss.type("/pengumuman").type(TEXT).tap("Kirim sekarang").tap_data("umum.keluar:1")
    menu = boss.text
    house.send_due()
    assert boss.text.startswith("✓ Terkirim 3 dari 3.")
    assert boss.messages[-2]["text"] == menu


def test_a_long_text_is_refused_with_counts_and_the_prompt_stays(
    house: House, boss: Talk, team: list[Talk]
) -> None:
    boss.type("/pengumuman").type("a" * 3412)
    assert "Isinya 3412 huruf, batasnya 3000, jadi belum disimpan." in boss.text
    assert "pendekkan 412 huruf" in boss.text
    boss.type("a" * 3000)
    assert boss.text.startswith("Pratinjau, belum terkirim.")
    assert house.read(lambda s: s.exec(select(func.count()).select_from(Announcement)).one()) == 1


def test_the_text_can_be_changed_and_given_up(house: House, boss: Talk, team: list[Talk]) -> None:
    boss.type("/pengumuman").type(TEXT).tap("Ubah isi")
    assert TEXT in boss.text
    boss.type("Rapat diundur ke Senin.")
    assert "Rapat diundur ke Senin.\n\nKoordinator unit" in boss.text
    send = boss.data_of("Kirim sekarang")
    boss.tap("Batal")
    assert boss.toast == "Rancangan dibatalkan. Tidak ada yang terkirim."
    boss.tap_data(send)
    assert "Rancangan ini sudah dibatalkan." in boss.text
    house.send_due()
    assert [t.messages for t in team] == [[], [], []]


def test_a_text_that_looks_like_a_question_is_asked_about(boss: Talk, team: list[Talk]) -> None:
    boss.type("/pengumuman").type("apa syarat WBK?")
    assert boss.text.startswith("Ini pertanyaan, atau isi yang ingin disimpan?")
    boss.tap("Simpan sebagai isi")
    assert "apa syarat WBK?\n\nKoordinator unit" in boss.text


def test_an_unsent_draft_is_offered_again(boss: Talk, team: list[Talk]) -> None:
    boss.type("/pengumuman").type(TEXT).type("/pengumuman")
    assert "Ada rancangan Anda yang belum dikirim." in boss.text
    assert SEEN in boss.tap("Lihat rancangan").text


def test_members_read_what_was_sent_and_cannot_send(
    house: House, unit: int, boss: Talk, team: list[Talk]
) -> None:
    boss.type("/pengumuman").type(TEXT).tap("Kirim sekarang")
    house.send_due()
    member = team[0].type("/pengumuman")
    assert member.text.startswith(
        "Pengumuman Kantor Layanan Contoh.\n\n1  hari ini 09.00 WIB\nRapat monev ZI"
    )
    assert "Tulis baru" not in member.labels
    assert member.tap("1").text == SEEN
    for forged in ("umum", "umum.kirim:1", "umum.lihat:1", "umum.status:1", "umum.ubah:1", "umum.batal:1"):
        member.tap_data(forged)
        assert "Pengumuman dikirim oleh koordinator unit." in member.text
    stranger = house.stranger().type("/bantuan").tap_data("umum.terima:1")
    assert "Pengumuman ini tidak ada dalam daftar Anda." in stranger.text


def test_another_coordinators_draft_stays_theirs(
    house: House, unit: int, boss: Talk, team: list[Talk]
) -> None:
    boss.type("/pengumuman").type(TEXT)
    other = house.member(unit, "koordinator", name="Ani Contoh").type("/pengumuman")
    for forged in ("umum.kirim:1", "umum.lihat:1", "umum.batal:1"):
        other.tap_data(forged)
        assert "Pengumuman ini tidak ada dalam daftar Anda." in other.text
    assert house.read(lambda s: s.exec(select(Announcement.state)).one()) == "draft"


def test_without_anybody_in_reach_nothing_is_sent_and_the_draft_stays(house: House, boss: Talk) -> None:
    boss.type("/pengumuman").type(TEXT)
    with pytest.raises(NoSuchButton):
        boss.tap("Kirim sekarang")
    boss.tap_data("umum.kirim:1")
    assert "Belum ada penerima yang terjangkau, jadi belum dikirim." in boss.text
    assert house.read(lambda s: s.exec(select(Announcement.state)).one()) == "draft"


@pytest.mark.db
def test_the_history_pages_and_leads_to_the_counts(house: House, boss: Talk, team: list[Talk]) -> None:
    for n in range(10):
        boss.type(f"/pengumuman Kabar nomor {n}").tap("Kirim sekarang")
        house.send_due()
    boss.type("/pengumuman").tap("Yang terkirim")
    assert ("Kabar nomor 9" in boss.text, "Kabar nomor 1" in boss.text) == (True, False)
    boss.tap("›")
    assert ("Kabar nomor 1" in boss.text, boss.labels[:2]) == (True, ["9", "10"])
    assert boss.tap("9").text.startswith("✓ Terkirim 3 dari 3.")
    assert "Kabar nomor 1" in boss.text


def test_a_coordinator_who_lost_the_role_gets_no_status(house: House, boss: Talk, team: list[Talk]) -> None:
    boss.type("/pengumuman").type(TEXT).tap("Kirim sekarang")
    with house.writing() as session:
        for row in session.exec(select(Membership).where(Membership.role == "koordinator")).all():
            row.revoked_at = datetime(2027, 1, 18, tzinfo=UTC)
            session.add(row)
    house.send_due()
    assert team[0].text == SEEN
    assert boss.text.startswith("Sedang dikirim")
    assert tick_once(house.edge) == 0  # the worker went on
