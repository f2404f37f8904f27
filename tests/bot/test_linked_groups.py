"""The unit's own group: linked with /tautkan, told the week, its scoreboard pinned, nothing personal."""

import asyncio
import itertools
import time
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.grouping import BURST_SECONDS, GROUP_GAP_SECONDS
from flows import routes
from flows.groups import service
from flows.groups.tick import BOARD_EVERY
from flows.models import (
    AnswerChange,
    Assessment,
    ChatPace,
    Deadline,
    GroupClaim,
    GroupPlace,
    LinkedGroup,
    Membership,
    Outbox,
    Person,
    Task,
)
from tests.support.group import Group
from tests.support.house import START, House
from tests.support.talk import Talk

BOT = "@contoh_pandu_bot"
UNIT = "Kantor Layanan Contoh"
SECOND = -501


@pytest.fixture
def unit(house: House) -> int:
    return house.unit(UNIT)


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Harjono")


@pytest.fixture
def sari(house: House, unit: int) -> Talk:
    return house.member(unit, "ketua", "PW", name="Sari Wulandari")


@pytest.fixture
def forum(house: House, budi: Talk, sari: Talk) -> Group:
    return Group(house, [budi, sari], topics=("Pengawasan", "Rapat"))


@pytest.fixture
def plain(house: House, budi: Talk, sari: Talk) -> Group:
    return Group(house, [budi, sari])


def link(group: Group, who: Talk, topic: str = "") -> None:
    """Type /tautkan and let everybody hear of it. The bot is an admin who may pin."""
    group.house.standin.promote_bot(group.id, who.user_id)
    group.house.deliver()
    group.say(who, "/tautkan", topic=topic)
    group.house.send_due()


def row(house: House) -> LinkedGroup | None:
    found: LinkedGroup | None = house.read(lambda s: s.exec(select(LinkedGroup)).first())
    return found


def linked(house: House) -> LinkedGroup:
    found = row(house)
    assert found is not None
    return found


def board(group: Group, chat_id: int = 0) -> dict[str, Any]:
    """The scoreboard as it stands, newest first found."""
    said = group.house.standin.from_bot(chat_id or group.id)
    return next(m for m in reversed(said) if str(m.get("text", "")).startswith("Papan ZI"))


def boards(group: Group, chat_id: int = 0) -> int:
    said = group.house.standin.from_bot(chat_id or group.id)
    return sum(str(m.get("text", "")).startswith("Papan ZI") for m in said)


# linking -------------------------------------------------------------------------------------------


def test_a_coordinator_links_the_group_by_one_word(house: House, forum: Group, budi: Talk, unit: int) -> None:
    forum.say(budi, "/tautkan")
    assert forum.text.startswith(f"Grup ini sekarang tertaut ke {UNIT}.")
    house.send_due()
    assert any(m["text"].startswith("Grup “Grup ZI (contoh)” sekarang tertaut.") for m in budi.messages)
    found = linked(house)
    assert (found.chat_id, found.unit_id, found.title) == (forum.id, unit, "Grup ZI (contoh)")
    budi.tap("Atur grup")
    assert budi.text.startswith("Grup kantor: “Grup ZI (contoh)”")
    assert "oleh Budi Harjono" in budi.text


def test_only_a_coordinator_links(house: House, forum: Group, sari: Talk) -> None:
    guest = house.stranger("Orang Lain")
    house.standin.join(forum.id, guest.user_id)
    for who in (sari, guest):
        forum.say(who, "/tautkan")
        assert "ditautkan oleh koordinator unit" in forum.text
        assert UNIT not in forum.text
    assert row(house) is None


def test_linking_twice_is_once(house: House, forum: Group, budi: Talk) -> None:
    link(forum, budi)
    told = len(budi.messages)
    forum.say(budi, "/tautkan")
    house.send_due()
    assert forum.text.startswith(f"Grup ini sekarang tertaut ke {UNIT}.")
    assert house.read(lambda s: len(s.exec(select(LinkedGroup)).all())) == 1
    assert len(budi.messages) == told


def test_with_several_units_the_choice_is_made_in_private(house: House, forum: Group, budi: Talk) -> None:
    other = house.unit("Kantor Kedua Contoh")
    _also(house, budi, other)
    forum.say(budi, "/tautkan")
    assert "pilih unitnya di obrolan pribadi" in forum.text
    assert UNIT not in forum.text
    payload = forum.buttons[0]["url"].partition("start=")[2]
    budi.start(payload)
    assert budi.text.startswith("Untuk unit mana grup “Grup ZI (contoh)”?")
    budi.tap("Kantor Kedua Contoh").tap("Tautkan")
    assert linked(house).unit_id == other
    house.send_due()
    assert "tertaut ke Kantor Kedua Contoh" in "\n".join(m["text"] for m in forum.answers)


def _also(house: House, talk: Talk, unit_id: int, role: str = "koordinator") -> None:
    with house.writing() as session:
        person = session.exec(select(Person).where(Person.telegram_id == talk.user_id)).one()
        held = session.exec(select(Membership).where(Membership.person_id == person.id)).first()
        assert held is not None
        session.add(
            Membership(
                person_id=person.id or 0,
                agency_id=held.agency_id,
                unit_id=unit_id,
                role=role,
                created_at=house.clock.now(),
            )
        )


def test_the_choice_is_the_claimants_own_and_passes(
    house: House, forum: Group, budi: Talk, sari: Talk
) -> None:
    _also(house, budi, house.unit("Kantor Kedua Contoh"))
    forum.say(budi, "/tautkan")
    payload = forum.buttons[0]["url"].partition("start=")[2]
    sari.start(payload)
    assert "sudah lewat sehari" in sari.text
    house.clock.set_to(START + timedelta(days=2))
    budi.start(payload)
    assert "sudah lewat sehari" in budi.text
    assert row(house) is None


def test_moving_to_another_group_says_first_what_changes(
    house: House, forum: Group, budi: Talk, sari: Talk
) -> None:
    link(forum, budi)
    second = Group(house, [budi, sari], chat_id=SECOND, title="Grup Baru (contoh)")
    second.say(budi, "/tautkan")
    assert linked(house).chat_id == forum.id, "nothing has changed yet"
    budi.start(second.buttons[0]["url"].partition("start=")[2])
    assert "sekarang tertaut ke grup “Grup ZI (contoh)”" in budi.text
    assert "topik per area diatur lagi" in budi.text
    budi.tap("Pindahkan")
    assert budi.toast == "✓ Grup dipindahkan."
    house.send_due()
    assert linked(house).chat_id == second.id
    assert "tidak lagi tertaut" in forum.text
    ended = [m["text"] for m in forum.messages if "tidak diperbarui lagi" in m["text"]]
    assert len(ended) == 1, "the old scoreboard says so in its own place"
    assert boards(second) == 1


def test_a_group_belongs_to_one_unit(house: House, forum: Group, budi: Talk) -> None:
    link(forum, budi)
    rival = house.member(house.unit("Kantor Lain Contoh"), "koordinator", name="Rudi Lain")
    house.standin.join(forum.id, rival.user_id)
    forum.say(rival, "/tautkan")
    assert "sudah ditautkan oleh unit lain" in forum.text
    assert UNIT not in forum.text
    with house.writing() as session:  # forged: a claim made before the group had a unit
        person = session.exec(select(Person).where(Person.telegram_id == rival.user_id)).one()
        claim = GroupClaim(chat_id=forum.id, person_id=person.id or 0, at=house.clock.now())
        session.add(claim)
        session.flush()
        claim_id, unit_id = claim.id, session.exec(select(Membership.unit_id).where(
            Membership.person_id == person.id)).one()  # fmt: skip
    assert unit_id is not None
    rival.tap_data(routes.GROUP_LINK(claim_id or 0, unit_id).pack(), 1) if rival.messages else None
    rival.start()
    rival.tap_data(routes.GROUP_LINK(claim_id or 0, unit_id).pack())
    assert "sudah ditautkan oleh unit lain" in rival.text
    assert linked(house).unit_id != unit_id


def test_unlinking_ends_it_everywhere(house: House, forum: Group, budi: Talk) -> None:
    link(forum, budi)
    budi.type("/grup").tap("Lepas tautan").tap("Ya, lepas")
    assert "Unit ini belum punya grup" in budi.text
    assert budi.toast == "✓ Tautan dilepas."
    house.send_due()
    assert "tidak lagi tertaut" in forum.text
    count = len(forum.messages)
    house.advance(days=14)
    assert len(forum.messages) == count
    assert row(house) is None


def test_the_admin_sees_which_groups_are_linked_and_changes_nothing(
    house: House, forum: Group, budi: Talk, unit: int
) -> None:
    link(forum, budi)
    admin = house.admin(house.read(lambda s: s.get(Membership, 1)).agency_id)
    foreign = house.admin(house.agency("Instansi Lain"), name="Orang Luar")
    admin.type("/grup")
    assert admin.text.startswith("1 grup tertaut")
    assert f"1  {UNIT}: “Grup ZI (contoh)”" in admin.text
    admin.tap("1")
    assert admin.text.startswith("Grup kantor: “Grup ZI (contoh)”")
    assert admin.labels == ["Semua grup", "Ke menu"]
    found = linked(house)
    admin.tap_data(routes.GROUP_UNLINK(found.id or 0, found.revision).pack())
    assert row(house) is not None
    foreign.type("/grup")
    assert "Belum ada grup" in foreign.text
    foreign.tap_data(routes.GROUP_OF(unit).pack())
    assert UNIT not in foreign.text


def test_added_through_the_button_it_links_by_itself(house: House, plain: Group, budi: Talk) -> None:
    budi.type("/grup")
    assert _urls(budi) == ["https://t.me/contoh_pandu_bot?startgroup=tautkan"]
    plain.say(budi, f"/start{BOT} tautkan")  # what Telegram sends for that button
    assert plain.text.startswith(f"Grup ini sekarang tertaut ke {UNIT}.")


def _urls(talk: Talk) -> list[str]:
    rows = talk.messages[-1].get("reply_markup", {}).get("inline_keyboard", [])
    return [button["url"] for row in rows for button in row if "url" in button]


# the scoreboard ------------------------------------------------------------------------------------


def test_the_scoreboard_is_put_up_once_pinned_and_then_edited(
    house: House, forum: Group, budi: Talk, sari: Talk
) -> None:
    link(forum, budi)
    first = board(forum)
    assert first["text"].startswith(
        "Papan ZI: 0 dari 110 indikator terjawab\nKantor Layanan Contoh · LKE 2027"
    )
    assert house.standin.chats[forum.id].pinned == (first["message_id"],)
    assert linked(house).board_pinned
    sari.type("/lke").tap("Lanjutkan")
    sari.type("A")
    house.send_due()
    assert "Papan ZI: 0 dari" in board(forum)["text"], "not at every tap"
    house.clock.set_to(START + BOARD_EVERY + timedelta(minutes=1))
    house.send_due()
    after = board(forum)
    assert after["message_id"] == first["message_id"]
    assert "Papan ZI: 1 dari 110" in after["text"]
    assert boards(forum) == 1
    assert house.standin.chats[forum.id].pinned == (first["message_id"],)


def test_without_news_nothing_is_sent_until_the_next_day(house: House, forum: Group, budi: Talk) -> None:
    link(forum, budi)
    number = linked(house).board_no
    for minutes in (10, 20, 30, 300):
        house.clock.set_to(START + timedelta(minutes=minutes))
        house.send_due()
    assert linked(house).board_no == number
    house.clock.set_to(START + timedelta(days=1))
    house.send_due()
    assert linked(house).board_no == number + 1
    assert "Selasa, 19 Januari 2027" in board(forum)["text"]


def test_a_deleted_scoreboard_comes_back_pinned(house: House, forum: Group, budi: Talk) -> None:
    link(forum, budi)
    old = board(forum)["message_id"]
    with house.standin.store.writing():
        house.standin.drop_message(forum.id, old)
    house.clock.set_to(START + timedelta(days=1))
    house.send_due()
    new = board(forum)["message_id"]
    assert new != old
    assert house.standin.chats[forum.id].pinned[-1] == new
    assert linked(house).board_message_id == new


def test_a_missing_right_to_pin_is_told_kindly_once_and_healed_when_given(
    house: House, forum: Group, budi: Talk
) -> None:
    forum.say(budi, "/tautkan")
    house.send_due()
    said = [m["text"] for m in budi.messages if "belum dapat disematkan" in m["text"]]
    assert len(said) == 1
    assert "hak Sematkan pesan" in said[0]
    for days in (1, 2, 3):
        house.clock.set_to(START + timedelta(days=days))
        house.send_due()
    assert sum("belum dapat disematkan" in m["text"] for m in budi.messages) == 1
    house.standin.promote_bot(forum.id, budi.user_id)
    house.deliver()
    house.send_due()
    assert house.standin.chats[forum.id].pinned == (board(forum)["message_id"],)
    assert linked(house).board_pinned


def test_the_score_is_shown_only_where_the_coordinator_allows_it(
    house: House, forum: Group, budi: Talk
) -> None:
    link(forum, budi)
    assert "Nilai total" not in board(forum)["text"]
    budi.type("/grup").tap("Tampilkan nilai")
    house.send_due()
    assert "Belum memenuhi syarat nilai WBK" in board(forum)["text"]
    assert "penilaian mandiri tim" in board(forum)["text"]
    budi.type("/grup").tap("Hanya progres")
    house.send_due()
    assert "Nilai total" not in board(forum)["text"]


def test_late_items_are_counted_by_pokja_and_never_by_name(
    house: House, forum: Group, budi: Talk, sari: Talk, unit: int
) -> None:
    late = START - timedelta(days=3)
    with house.writing() as session:
        assessment = session.exec(select(Assessment).where(Assessment.unit_id == unit)).one()
        item = next(i for i in house.library.instrument().area_order if i.area_id == "MP")
        session.add(Deadline(assessment_id=assessment.id or 0, unit_id=unit, scope="area", ref="PW",
                             due_at=late, set_at=late))  # fmt: skip
        session.add(Deadline(assessment_id=assessment.id or 0, unit_id=unit, scope="tpi", ref="", due_at=late,
                             set_at=late))  # fmt: skip
        session.add(Task(unit_id=unit, assessment_id=assessment.id, item_id=item.id, due_on=late.date(),
                         title="Minta Bu Wulandari melengkapi", made_at=late))  # fmt: skip
    link(forum, budi)
    text = board(forum)["text"]
    total = sum(i.area_id == "PW" for i in house.library.instrument().area_order)
    assert f"! Area 5 Penguatan Pengawasan: 0 dari {total}, {total} lewat batas waktu" in text
    assert "! Area 1 Manajemen Perubahan: 0 dari 16, 1 lewat batas waktu" in text
    assert "! Lewat batas waktu: Penilaian TPI" in text
    assert "Wulandari" not in text
    assert "Harjono" not in text


# the weekly summary --------------------------------------------------------------------------------


def recaps(group: Group) -> list[str]:
    said = group.house.standin.from_bot(group.id)
    return [m["text"] for m in said if str(m.get("text", "")).startswith("Rekap ")]


def test_the_week_begins_with_a_summary(house: House, forum: Group, budi: Talk) -> None:
    link(forum, budi)  # Monday, 09.00: this week's moment is past
    assert recaps(forum) == []
    house.advance(days=7)
    assert len(recaps(forum)) == 1
    lines = recaps(forum)[0].split("\n")
    assert lines[0] == "Rekap ZI, Senin, 25 Januari 2027"
    assert lines[1] == f"{UNIT} · target WBK"
    assert "Area 1  0 dari 16 indikator terjawab" in lines
    assert lines[-1] == "Rincian: t.me/contoh_pandu_bot"
    for _ in range(3):
        house.send_due()
    assert len(recaps(forum)) == 1
    house.advance(days=14)
    assert len(recaps(forum)) == 3


def test_the_summary_can_be_pasted_elsewhere(house: House, forum: Group, budi: Talk, unit: int) -> None:
    link(forum, budi)
    budi.type("/grup").tap("Contoh rekap").tap("Salin teks")
    assert budi.text.startswith(
        "Siap tempel; ketuk teksnya untuk menyalin:\nRekap ZI, Senin, 18 Januari 2027"
    )
    budi.tap("‹ Kembali")
    house.advance(days=7)
    (way,) = (b["url"] for b in forum.buttons if b["text"] == "Salin teks")
    dewi = house.member(unit, "anggota", "PW", "Dewi Contoh")
    dewi.start(way.partition("start=")[2])
    assert "Rekap ZI, Senin, 25 Januari 2027" in dewi.text
    dewi.tap("‹ Kembali")
    assert "Grup" in dewi.text
    stranger = house.stranger().start(way.partition("start=")[2])
    assert "Rekap ZI" not in stranger.text


def test_on_holidays_it_waits_for_the_first_working_day(house: House, forum: Group, budi: Talk) -> None:
    """In 2027 the week from 8 March is off entirely, and Monday the 15th is joint leave."""
    link(forum, budi)
    house.clock.set_to(START.replace(month=3, day=5, hour=20))
    house.advance(to=START.replace(month=3, day=19))
    assert [r.split("\n")[0] for r in recaps(forum)] == ["Rekap ZI, Selasa, 16 Maret 2027"]


def test_it_can_be_switched_off(house: House, forum: Group, budi: Talk) -> None:
    link(forum, budi)
    budi.type("/grup").tap("Matikan rekap")
    assert "○ Rekap awal pekan dimatikan" in budi.text
    house.advance(days=8)
    assert recaps(forum) == []
    budi.type("/grup").tap("Nyalakan rekap")
    house.advance(days=7)
    assert len(recaps(forum)) == 1


def test_what_is_due_this_week_is_named_from_the_worksheet_only(
    house: House, forum: Group, budi: Talk, unit: int
) -> None:
    soon = START + timedelta(days=9)  # Wednesday of next week
    with house.writing() as session:
        assessment = session.exec(select(Assessment).where(Assessment.unit_id == unit)).one()
        item = next(i for i in house.library.instrument().area_order if i.area_id == "PW")
        session.add(Deadline(assessment_id=assessment.id or 0, unit_id=unit, scope="item", ref=item.id,
                             due_at=soon, set_at=START))  # fmt: skip
        session.add(Task(unit_id=unit, title="Telepon Pak Harjono", due_on=soon.date(), made_at=START))
    link(forum, budi)
    house.advance(days=7)
    (text,) = recaps(forum)
    assert f"Yang perlu minggu ini: {item.title} ({item.number})" in text
    assert "1 tugas di /tugas masing-masing" in text
    assert "Harjono" not in text


# topics --------------------------------------------------------------------------------------------


def test_an_area_gets_a_topic_of_its_own(house: House, forum: Group, budi: Talk) -> None:
    link(forum, budi)
    forum.say(budi, "/topik area 5", topic="Pengawasan")
    assert forum.text == "✓ Kabar Area 5 Penguatan Pengawasan sekarang masuk topik ini."
    assert forum.messages[-1]["message_thread_id"] == forum.topics["Pengawasan"]
    house.advance(days=7)
    said = [m for m in house.standin.from_bot(forum.id) if str(m.get("text", "")).startswith("Rekap ")]
    assert [(m["text"].split("\n")[0].split(",")[0], m.get("message_thread_id")) for m in said] == [
        ("Rekap ZI", None),
        ("Rekap Area 5", forum.topics["Pengawasan"]),
    ]
    assert "Area 5: di topiknya masing-masing" in said[0]["text"]
    forum.say(budi, "/topik lepas area 5", topic="Rapat")
    assert "kembali masuk topik umum" in forum.text
    assert house.read(lambda s: s.exec(select(GroupPlace)).all()) == []


def test_topics_are_set_in_private_too(house: House, forum: Group, budi: Talk) -> None:
    link(forum, budi)
    forum.say(budi, "/topik", topic="Rapat")
    assert "Semua kabar masuk topik umum." in forum.text
    budi.type("/grup").tap("Topik per area")
    assert "Area 5 Penguatan Pengawasan: topik umum" in budi.text
    budi.tap("Area 5")
    assert "Rapat" in budi.labels
    budi.tap("Rapat")
    assert "Area 5 Penguatan Pengawasan: “Rapat”" in budi.text
    house.standin.rename_topic(forum.id, forum.topics["Rapat"], "Rapat mingguan", budi.user_id)
    house.deliver()
    budi.type("/grup")
    assert "Area 5: topik “Rapat mingguan”" in budi.text
    budi.tap("Topik per area").tap("Area 5").tap("Topik umum")
    assert "Area 5 Penguatan Pengawasan: topik umum" in budi.text


def test_only_the_coordinator_sets_topics(house: House, forum: Group, budi: Talk, sari: Talk) -> None:
    link(forum, budi)
    forum.say(sari, "/topik area 5", topic="Pengawasan")
    assert "Grup kantor diatur koordinator unit" in forum.text
    assert house.read(lambda s: s.exec(select(GroupPlace)).all()) == []


@pytest.mark.parametrize("text", ["/topik area 9", "/topik entah", "/topik hapus semua"])
def test_words_that_name_no_area_are_explained(forum: Group, budi: Talk, text: str) -> None:
    link(forum, budi)
    forum.say(budi, text, topic="Rapat")
    assert "Tulis areanya" in forum.text


def test_a_group_without_topics_says_so(house: House, plain: Group, budi: Talk) -> None:
    plain.say(budi, "/topik area 5")
    assert "belum tertaut" in plain.text
    plain.say(budi, "/tautkan")
    plain.say(budi, "/topik area 5")
    assert "belum memakai topik" in plain.text


def test_a_closed_topic_is_forgotten_and_its_news_come_to_the_general_one(
    house: House, forum: Group, budi: Talk
) -> None:
    forum.say(budi, "/tautkan")
    forum.say(budi, "/topik area 5", topic="Pengawasan")
    house.send_due()
    house.standin.close_topic(forum.id, forum.topics["Pengawasan"], budi.user_id)
    house.deliver()
    house.advance(days=7)
    said = [m for m in house.standin.from_bot(forum.id) if str(m.get("text", "")).startswith("Rekap Area 5")]
    assert [m.get("message_thread_id") for m in said] == [None]
    assert house.read(lambda s: s.exec(select(GroupPlace)).all()) == []


# the group itself changes ----------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["told", "refused"])
def test_a_group_that_becomes_a_supergroup_keeps_everything(
    house: House, plain: Group, budi: Talk, how: str
) -> None:
    link(plain, budi)
    house.advance(days=6, hours=22)
    with house.writing() as session:
        session.add(ChatPace(chat_id=plain.id, next_at=1.0)) if session.get(
            ChatPace, plain.id
        ) is None else None
        message = service.audience_message(session, 1, key="uji:1", text="Kabar yang menunggu")
        assert message is not None
        from flows import outbox

        outbox.add(session, [message], house.clock.now())
    new_id = house.standin.migrate(plain.id)
    if how == "refused":  # the bot learns it only by Telegram's refusal
        house._offset = max(house.standin.updates) + 1
    house.deliver()
    house.send_due()
    house.send_due()
    assert linked(house).chat_id == new_id
    assert "Kabar yang menunggu" in [m.get("text") for m in house.standin.from_bot(new_id)]
    assert house.read(lambda s: s.get(ChatPace, plain.id)) is None
    house.clock.set_to(house.clock.now() + BOARD_EVERY)
    house.send_due()
    assert boards(plain, new_id) == 1
    house.advance(hours=3)
    texts = [str(m.get("text", "")) for m in house.standin.from_bot(new_id)]
    assert sum(t.startswith("Rekap ZI") for t in texts) == 1
    house.deliver()
    assert linked(house).chat_id == new_id


def test_a_removed_bot_lets_the_link_sleep_and_says_so_once(house: House, forum: Group, budi: Talk) -> None:
    link(forum, budi)
    house.standin.remove_bot(forum.id, budi.user_id)
    house.deliver()
    house.send_due()
    assert budi.text.startswith("Kabar ke grup “Grup ZI (contoh)” berhenti dulu.")
    house.advance(days=15)
    assert sum("berhenti dulu" in m["text"] for m in budi.messages) == 1
    assert linked(house).state == service.REMOVED
    house.standin.add_bot(forum.id, budi.user_id)
    house.deliver()
    house.send_due()
    assert linked(house).state == service.ACTIVE
    house.advance(days=7)
    assert recaps(forum)


def test_a_removal_that_telegram_told_nobody_is_learnt_from_the_refusal(
    house: House, forum: Group, budi: Talk
) -> None:
    link(forum, budi)
    house.standin.remove_bot(forum.id, budi.user_id)
    house._offset = max(house.standin.updates) + 1
    house.advance(days=7)
    assert linked(house).state == service.REMOVED
    assert sum("berhenti dulu" in m["text"] for m in budi.messages) == 1


def test_a_muted_bot_sleeps_and_wakes_when_it_may_write(house: House, forum: Group, budi: Talk) -> None:
    link(forum, budi)
    house.standin.mute_bot(forum.id, budi.user_id)
    house.deliver()
    house.send_due()
    assert linked(house).state == service.MUTED
    assert "tidak boleh menulis di grup ini" in budi.text
    house.standin.unmute_bot(forum.id, budi.user_id)
    house.deliver()
    assert linked(house).state == service.ACTIVE


def test_a_group_where_nobody_may_write_is_tried_once_a_day(house: House, forum: Group, budi: Talk) -> None:
    forum.say(budi, "/tautkan")
    house.send_due()
    house.standin.let_write(forum.id, False)  # of this bots hear nothing
    house.advance(days=7)
    assert linked(house).state == service.MUTED
    assert sum("berhenti dulu" in m["text"] for m in budi.messages) == 1
    tries = _tries(house, forum)
    for hours in range(1, 24, 4):
        house.clock.set_to(house.clock.now() + timedelta(hours=4))
        house.send_due()
        assert hours
    assert _tries(house, forum) - tries <= 2
    house.standin.let_write(forum.id, True)
    house.clock.set_to(house.clock.now() + timedelta(days=1))
    house.send_due()
    assert linked(house).state == service.ACTIVE
    house.advance(days=7)
    assert recaps(forum)


def _tries(house: House, group: Group) -> int:
    calls = [c for c in house.standin.calls if c.method.lower() == "sendmessage"]
    return sum(c.params.get("chat_id") == str(group.id) and c.error_code == 400 for c in calls)


def test_the_news_of_a_trouble_that_is_over_is_not_sent(house: House, forum: Group, budi: Talk) -> None:
    link(forum, budi)
    house.standin.remove_bot(forum.id, budi.user_id)
    house.standin.add_bot(forum.id, budi.user_id)
    house.deliver()
    house.send_due()
    assert not any("berhenti dulu" in m["text"] for m in budi.messages)


# questions about one's own unit ----------------------------------------------------------------------


@pytest.mark.parametrize("text", ["tugas saya apa?", "nilai kita berapa", "progres unit saya"])
def test_a_question_about_ones_own_unit_is_answered_in_private(
    house: House, forum: Group, budi: Talk, sari: Talk, text: str
) -> None:
    link(forum, budi)
    before = len(sari.messages)
    forum.say(sari, f"{BOT} {text}", topic="Rapat")
    assert forum.text.startswith("Jawabannya saya kirim ke obrolan pribadi Anda")
    assert forum.messages[-1]["message_thread_id"] == forum.topics["Rapat"]
    assert UNIT not in forum.text
    house.send_due()
    assert len(sari.messages) == before + 1
    assert UNIT in sari.text or "Area 5" in sari.text
    private = sari.text
    sari.start(forum.buttons[0]["url"].partition("start=")[2])
    assert sari.text == private, "the link leads to exactly that answer"


@pytest.mark.parametrize("command", ["progres", "kesiapan", "jadwal", "tim"])
def test_so_are_commands_about_the_unit(house: House, forum: Group, sari: Talk, command: str) -> None:
    before = len(sari.messages)
    forum.say(sari, f"/{command}")
    assert forum.text.startswith("Jawabannya saya kirim")
    house.send_due()
    assert len(sari.messages) == before + 1


def test_who_never_opened_the_bot_gets_the_way_to_that_answer(house: House, forum: Group, budi: Talk) -> None:
    guest = house.stranger("Tamu Baru")
    house.standin.join(forum.id, guest.user_id)
    forum.say(guest, f"{BOT} tugas saya apa?")
    assert forum.text.startswith("Jawabannya tentang unit dan pekerjaan Anda")
    house.send_due()
    assert guest.messages == []
    url = forum.buttons[0]["url"]
    assert "?start=kita-tugas-" in url
    guest.start(url.partition("start=")[2])
    assert "unit" in guest.text
    assert guest.labels


def test_who_blocked_the_bot_is_not_promised_an_answer(house: House, forum: Group, sari: Talk) -> None:
    house.standin.block(sari.user_id)
    house.deliver()
    forum.say(sari, f"{BOT} tugas saya apa?")
    assert forum.text.startswith("Jawabannya tentang unit")


def test_the_answer_is_that_of_the_groups_unit(house: House, forum: Group, budi: Talk, sari: Talk) -> None:
    link(forum, budi)
    other = house.unit("Kantor Kedua Contoh")
    _also(house, sari, other, "anggota")
    sari.type("/unit").tap("Kantor Kedua Contoh")
    forum.say(sari, f"{BOT} nilai kita berapa")
    house.send_due()
    assert UNIT in sari.text
    assert "Saat dibuka, unit itu menjadi unit aktif" in sari.text
    sari.tap("Buka jawabannya")
    assert UNIT in sari.text
    assert "Kantor Kedua" not in sari.text


def test_a_redelivered_question_is_answered_once(house: House, forum: Group, sari: Talk) -> None:
    before = len(sari.messages)
    house.standin.say(sari.user_id, f"{BOT} nilai kita berapa", chat_id=forum.id)
    updates = house.deliver()
    house.process(*updates)
    house.send_due()
    house.process(*updates)
    house.send_due()
    assert len(sari.messages) == before + 1


# pace ------------------------------------------------------------------------------------------------


def test_no_group_gets_more_than_twenty_messages_in_a_minute(house: House, forum: Group, sari: Talk) -> None:
    """Thirty questions at once: a few answers at once, the rest queued; nothing is refused by Telegram."""
    house.dispatch.group_gap_seconds = GROUP_GAP_SECONDS
    house.standin.limits.enabled = True
    house.standin.limits.per_group_minute = 20
    at_once, began = int(BURST_SECONDS / GROUP_GAP_SECONDS) + 1, time.monotonic()
    for number in range(30):
        house.standin.say(sari.user_id, f"/tanya apa syarat WBK? {number}", chat_id=forum.id)
    house.deliver()
    passed = int((time.monotonic() - began) / GROUP_GAP_SECONDS) + 1
    assert at_once <= len(forum.answers) <= at_once + passed
    waiting = house.read(lambda s: s.exec(select(Outbox).where(Outbox.state == "waiting")).all())
    assert len(waiting) == 30 - len(forum.answers)
    assert all(each.reply_to and each.chat_id == forum.id for each in waiting)
    pace = house.read(lambda s: s.get(ChatPace, forum.id))
    assert pace.next_at > time.time()
    assert not any(call.error_code == 429 for call in house.standin.calls)


def test_queued_answers_keep_the_gap(house: House, forum: Group, sari: Talk) -> None:
    house.dispatch.group_gap_seconds = 0.4
    house.worker._group_gap_seconds = 0.4
    with house.writing() as session:
        session.merge(ChatPace(chat_id=forum.id, next_at=time.time() + BURST_SECONDS * 2))
    for _ in range(3):
        house.standin.say(sari.user_id, "/tanya apa syarat WBK?", chat_id=forum.id)
    house.deliver()
    assert forum.answers == []
    with house.writing() as session:
        session.get_one(ChatPace, forum.id).next_at = time.time()
    house.settle()
    house.runner.run(asyncio.sleep(1.2))
    house.settle()
    sent = [c.at_seconds for c in house.standin.calls if c.method == "sendMessage" and not c.error_code][-3:]
    assert len(forum.answers) == 3
    assert all(later - earlier > 0.35 for earlier, later in itertools.pairwise(sent))


# privacy ---------------------------------------------------------------------------------------------


def test_forged_names_of_the_scoreboard_show_nothing_elsewhere(
    house: House, forum: Group, budi: Talk, sari: Talk
) -> None:
    link(forum, budi)
    rival = Group(house, [sari], chat_id=SECOND)
    found = linked(house)
    for action in (
        routes.GROUP_BOARD(found.id or 0),
        routes.GROUP_RECAP(found.id or 0, "", 20270118),
        routes.GROUP_HELLO(found.id or 0),
        routes.GROUP_CHANGED(),
        routes.GROUP_TIE(),
    ):
        rival.tap(sari, action.pack(), rival.messages[0])
        assert UNIT not in "\n".join(m["text"] for m in rival.messages)
    assert linked(house).chat_id == forum.id


def test_a_change_of_the_worksheet_is_what_the_scoreboard_waits_for(
    house: House, forum: Group, budi: Talk, sari: Talk
) -> None:
    link(forum, budi)
    sari.type("/lke").tap("Lanjutkan")
    sari.type("A")
    newest = house.read(lambda s: max(i for i in s.exec(select(AnswerChange.id)).all() if i))
    house.clock.set_to(START + BOARD_EVERY + timedelta(minutes=1))
    house.send_due()
    assert linked(house).board_seen == newest


def test_an_announcement_goes_to_the_group_when_its_author_says_so(
    house: House, plain: Group, budi: Talk, sari: Talk
) -> None:
    budi.type("/pengumuman").type("Rapat <b>monev</b> & evaluasi ditunda.").tap("Kirim sekarang")
    house.send_due()
    assert "Kirim ke grup" not in budi.labels  # the group belongs to no unit yet
    plain.say(budi, "/tautkan")
    house.send_due()
    budi.type("/pengumuman").tap("Yang terkirim").tap("1")
    before = len(plain.messages)
    budi.tap("Kirim ke grup")
    house.send_due()
    assert len(plain.messages) == before + 1
    assert "Rapat <b>monev</b> & evaluasi ditunda." in plain.messages[-1]["text"]
    assert "Kirim ke grup" not in budi.labels
    sent = house.read(lambda s: s.exec(select(Outbox.id).where(Outbox.key == "umum:1:grup")).one())
    assert sent
    budi.tap_data(routes.ANNOUNCE_TO_GROUP(1).pack())
    house.send_due()
    assert len(plain.messages) == before + 1, "once"
    sari.type("/menu").tap_data(routes.ANNOUNCE_TO_GROUP(1).pack())
    house.send_due()
    assert len(plain.messages) == before + 1, "only its author"
