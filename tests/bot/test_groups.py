"""The bot in groups: it answers when addressed, in the topic, briefly, and tells nothing personal."""

import asyncio
import itertools
from typing import Any

import pytest
from sqlmodel import select

from flows import routes
from flows.faq import brief, names
from flows.models import Answer, Membership, Person, Unit, UnmetQuestion
from knowledge.library import Library
from tests.support.group import Group
from tests.support.house import House
from tests.support.talk import Talk

BOT = "@contoh_pandu_bot"
UNIT = "Kantor Rahasia Contoh"


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
    return Group(house, [budi, sari], topics=("Tanya aturan", "Rapat"))


# being there ---------------------------------------------------------------------------------------


def test_coming_into_a_group_it_says_once_how_to_ask(house: House, budi: Talk, sari: Talk) -> None:
    group = Group(house, [budi, sari])
    assert len(group.messages) == 1
    assert "/tanya" in group.text
    assert group.buttons[0]["url"].startswith("https://t.me/contoh_pandu_bot")


def test_what_is_not_said_to_it_is_not_its_business(house: House, forum: Group, budi: Talk) -> None:
    house.standin.set_privacy(False)  # it is told everything, and still keeps quiet
    for text in ("apa syarat WBK?", "/start@bot_lain", "/cuaca besok", "halo @contoh_pandu_botak"):
        assert forum.say(budi, text), "the bot is told"
    assert forum.answers == []


def test_somebody_removing_it_stays_reachable_in_private(house: House, forum: Group, budi: Talk) -> None:
    house.standin.remove_bot(forum.id, budi.user_id)
    house.deliver()
    found = house.read(lambda s: s.get(Person, 1))
    assert found is not None
    assert found.unreachable_at is None
    assert forum.answers == []


# answering -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"{BOT} apa syarat WBK?",
        f"apa syarat WBK? {BOT}",
        "/tanya apa syarat WBK?",
        f"/tanya{BOT} apa syarat WBK?",
    ],
)
def test_it_answers_briefly_beside_the_question_in_its_topic(forum: Group, sari: Talk, text: str) -> None:
    forum.say(sari, text, topic="Tanya aturan")
    answer = forum.answers[-1]
    assert answer["message_thread_id"] == forum.topics["Tanya aturan"]
    assert answer["reply_to_message"]["text"] == text
    assert answer["reply_to_message"]["from"]["id"] == sari.user_id
    assert "nilai total minimal 75" in forum.text
    assert "Dasar: " in forum.text
    assert len(forum.text) < 1000
    assert [b["text"] for b in forum.buttons] == ["Buka lengkap"]


def test_outside_the_topics_it_answers_outside_the_topics(forum: Group, sari: Talk) -> None:
    forum.say(sari, f"{BOT} beda spak sama spkp")
    assert "message_thread_id" not in forum.answers[-1]
    assert "Dasar: " in forum.text


def test_a_reply_to_its_answer_goes_on_with_the_talk(forum: Group, sari: Talk) -> None:
    forum.say(sari, "/tanya apa syarat WBK?", topic="Tanya aturan")
    forum.say(sari, "kalau WBBM?", topic="Tanya aturan", reply_to=forum.answers[-1])
    assert "85" in forum.text
    assert len(forum.answers) == 2
    assert forum.answers[-1]["message_thread_id"] == forum.topics["Tanya aturan"]


def test_buka_lengkap_opens_the_whole_answer_in_private(forum: Group, sari: Talk) -> None:
    forum.say(sari, "/tanya apa syarat WBK?", topic="Tanya aturan")
    short = forum.text
    link = forum.buttons[0]["url"]
    assert link.startswith("https://t.me/contoh_pandu_bot?start=t-")
    sari.start(link.partition("start=")[2])
    assert len(sari.text) > len(short) - 50
    assert "Dasar: " in sari.text
    assert "Membantu" in sari.labels


def test_a_choice_can_be_tapped_or_answered_by_number(house: House, forum: Group, sari: Talk) -> None:
    question = _ambiguous(house.library)
    forum.say(sari, f"/tanya {question}", topic="Rapat")
    assert [b["text"] for b in forum.buttons][:2] == ["1", "2"]
    offered = forum.answers[-1]
    first = forum.buttons[0]["callback_data"]
    forum.say(sari, "2", topic="Rapat", reply_to=offered)
    assert [b["text"] for b in forum.buttons] == ["Buka lengkap"]
    forum.tap(sari, first, offered)
    edited = next(m for m in forum.answers if m["message_id"] == offered["message_id"])
    assert edited["reply_markup"]["inline_keyboard"][0][0]["text"] == "Buka lengkap"
    assert edited["message_thread_id"] == forum.topics["Rapat"]


def _ambiguous(library: Library) -> str:
    words = ("survei", "nilai", "laporan", "dokumen", "pengaduan", "tim", "syarat", "bukti", "syarat nilai")
    return next(word for word in words if library.ask(word).kind == "choices")


@pytest.mark.parametrize("text", ["/tanya", BOT, f"/tanya{BOT}", "/bantuan", "/menu", f"/start{BOT} t-wtp"])
def test_without_a_question_it_says_how_to_ask(forum: Group, sari: Talk, text: str) -> None:
    forum.say(sari, text)
    assert "/tanya" in forum.text
    assert all("url" in button for button in forum.buttons)


def test_what_it_does_not_know_leads_to_the_private_chat(house: House, forum: Group, sari: Talk) -> None:
    forum.say(sari, "/tanya resep rendang padang")
    assert "di luar yang saya pegang" in forum.text or "tidak ingin menebak" in forum.text
    assert [b["url"] for b in forum.buttons] == ["https://t.me/contoh_pandu_bot?start=tanya"]
    assert house.read(lambda s: s.exec(select(UnmetQuestion.text)).all()) == ["resep rendang padang"]
    sari.start("tanya")
    assert sari.text.startswith("Silakan tulis pertanyaan Anda.")


def test_a_picture_with_a_question_is_answered_and_not_kept(house: House, forum: Group, sari: Talk) -> None:
    house.standin.send_file(
        sari.user_id, "foto.pdf", b"%PDF", None, f"{BOT} apa syarat WBK?", chat_id=forum.id
    )
    house.deliver()
    assert "nilai total minimal 75" in forum.text


# the ways of Telegram ------------------------------------------------------------------------------


def test_a_topic_closed_in_the_meantime_does_not_swallow_the_answer(
    house: House, forum: Group, sari: Talk
) -> None:
    house.standin.say(
        sari.user_id, "/tanya apa syarat WBK?", chat_id=forum.id, thread_id=forum.topics["Rapat"]
    )
    del house.standin.groups[forum.id].topics[forum.topics["Rapat"]]
    house.deliver()
    assert "nilai total minimal 75" in forum.text


def test_a_group_that_became_a_supergroup_gets_its_answer_there(house: House, budi: Talk, sari: Talk) -> None:
    group = Group(house, [budi, sari])
    house.standin.say(sari.user_id, "/tanya apa syarat WBK?", chat_id=group.id)
    new_id = house.standin.migrate(group.id)
    house.deliver()
    said = house.standin.from_bot(new_id)
    assert ["nilai total minimal 75" in m["text"] for m in said] == [True]


def test_too_many_requests_in_a_group_queue_the_answer(house: House, forum: Group, sari: Talk) -> None:
    house.standin.faults.add("sendMessage", forum.id, kind="429", retry_after=1)
    forum.say(sari, "/tanya apa syarat WBK?")
    assert forum.answers == []
    until = itertools.count()
    while not forum.answers and next(until) < 40:
        house.runner.run(_pause())
        house.send_due()
    assert "nilai total minimal 75" in forum.text


async def _pause() -> None:
    await asyncio.sleep(0.1)


# nothing personal ----------------------------------------------------------------------------------

PERSONAL = (
    "nilai kita berapa",
    "apa yang belum",
    "tugas saya apa",
    "deadline kapan",
    "area mana paling lemah",
    "siapa koordinator kami",
    "progres unit saya",
)


def test_no_command_no_button_and_no_question_shows_a_unit_or_a_person(
    house: House, unit: int, forum: Group, budi: Talk, sari: Talk
) -> None:
    """Every command and every route, as the coordinator and as the admin, with true ids, in a group."""
    admin = house.admin(house.read(lambda s: s.get(Membership, 1)).agency_id, name="Ani Pratiwi")
    house.standin.join(forum.id, admin.user_id)
    house.deliver()
    for name in ("lke", "kesiapan"):
        budi.type(f"/{name}")
    sari.type("/lke").tap("Lanjutkan")
    sari.type("A")
    assert house.read(lambda s: s.get(Answer, 1)) is not None
    before, rows = (len(budi.messages), len(sari.messages)), _kept(house)

    # /tautkan is meant to tell the group its unit: tests/bot/test_linked_groups.py
    for who, name in itertools.product((budi, admin), routes.COMMANDS.keys() - {"tautkan"}):
        forum.say(who, f"/{name}{BOT}", topic="Rapat")
        _nothing_personal(forum)
    for who, text in itertools.product((budi, admin), PERSONAL):
        forum.say(who, f"{BOT} {text}")
        _nothing_personal(forum)
    for word in ("menu", "lanjutkan", "batal"):
        forum.say(sari, f"{BOT} {word}")
        _nothing_personal(forum)
    anchor = forum.answers[-1]
    for who, route in itertools.product((budi, admin), routes.all_routes().values()):
        for args in _arguments(house, route):
            toast = forum.tap(who, ":".join((route.name, *args)), anchor)
            _nothing_personal(forum, toast)

    assert (len(budi.messages), len(sari.messages)) == before, "nothing was pushed into the private chats"
    assert _kept(house) == rows, "nothing was done"


def _kept(house: House) -> list[str]:
    """Every row of people, units and answers, as text."""
    return house.read(
        lambda s: [
            repr(row.model_dump())
            for table in (Person, Membership, Unit, Answer)
            for row in s.exec(select(table)).all()
        ]
    )


def _arguments(house: House, route: Any) -> list[list[str]]:
    """True ids, areas, items and codes for each kind of argument, a few combinations."""
    texts = (["MP.P.1.i.a", "WBK"], ["PW", "A"], ["", ""])
    item = next(iter(house.library.instrument().by_id))
    made = []
    for chosen in (*texts, [item, "A"]):
        words = itertools.cycle(chosen)
        made.append([("1" if kind is int else next(words)) for kind in route.kinds])
    return [list(each) for each in dict.fromkeys(tuple(args) for args in made)]


def _nothing_personal(group: Group, toast: str = "") -> None:
    shown = "\n".join([str(m.get("text") or m.get("caption")) for m in group.answers[-3:]] + [toast])
    labels = " ".join(button["text"] for button in group.buttons)
    for word in (UNIT, "Instansi Contoh", "Harjono", "Wulandari", "Pratiwi", "dari 110", "Terjawab", "A.I."):
        assert word not in shown, shown
        assert word not in labels, labels
    assert all(
        "url" in button or routes.unpack(button["callback_data"]).route in routes.IN_GROUPS  # type: ignore[union-attr]
        for button in group.buttons
    )


def test_every_topic_has_a_start_parameter_that_leads_back_to_it(library: Library) -> None:
    instrument = [f"lke:{node}" for node in library.instrument().by_id]
    for topic in [*library.faq, *library.glossary, *instrument]:
        if not names.known(library, topic):
            continue
        start = brief.payload(topic)
        assert len(start) <= 64
        assert start.replace("-", "").replace("_", "").isalnum()
        packed = brief.topic_of(start)
        assert packed is not None
        assert names.unpack(packed) == topic


@pytest.mark.parametrize("start", ["t-", "t-" + "x" * 63, "t-a b", "t-tidak-ada", "t-lke_salah"])
def test_a_start_parameter_that_means_nothing_is_answered_calmly(house: House, start: str) -> None:
    guest = house.stranger()
    guest.start(start)
    assert guest.text
    assert "Traceback" not in guest.text
