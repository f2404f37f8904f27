"""Inline mode: cards from the library in any chat, quickly, without the database, and nothing personal."""

import time

import pytest

from bot.demo.records import Asked
from flows.faq import brief, names
from flows.models import SeenUpdate
from knowledge.library import Library
from tests.bot.test_groups import PERSONAL, UNIT
from tests.support.group import Group
from tests.support.house import House
from tests.support.talk import Talk


@pytest.fixture
def sari(house: House) -> Talk:
    return house.member(house.unit(UNIT), "ketua", "PW", name="Sari Wulandari")


def ask(house: House, who: Talk, query: str, chat_id: int | None = None) -> Asked:
    """Type after the bot's name, and read the cards."""
    update_id = house.standin.inline(who.user_id, query, chat_id)
    house.deliver()
    answered = house.standin.answer_to(update_id)
    assert answered is not None, "the bot has answered"
    return answered


def test_a_question_gives_cards_the_best_first(house: House, sari: Talk) -> None:
    found = ask(house, sari, "beda wbk wbbm")
    assert found.results[0]["id"] == "beda-wbk-wbbm"
    assert found.results[0]["description"]
    text = found.results[0]["content"]["text"]
    assert text.startswith(found.results[0]["title"])
    assert "Dasar: " in text
    assert len(text) < 1100
    assert 2 <= len(found.results) <= brief.MOST_CARDS
    assert found.until - time.time() > 60
    assert found.personal is False


def test_a_chosen_card_stands_in_the_group_and_is_no_question_to_the_bot(house: House, sari: Talk) -> None:
    budi = house.member(1, "koordinator", name="Budi Harjono")
    group = Group(house, [budi, sari], topics=("Tanya aturan",))
    found = ask(house, sari, "apa syarat wbk", group.id)
    message = house.standin.choose(
        sari.user_id,
        found.update_id,
        found.results[0]["id"],
        chat_id=group.id,
        thread_id=group.topics["Tanya aturan"],
    )
    house.deliver()
    assert group.answers == []
    assert message["via_bot"]["username"] == "contoh_pandu_bot"
    assert message["message_thread_id"] == group.topics["Tanya aturan"]
    button = message["reply_markup"]["inline_keyboard"][0][0]
    assert button["text"] == "Buka lengkap"
    budi.start(button["url"].partition("start=")[2])
    assert "Dasar: " in budi.text
    group.say(budi, "kalau WBBM?", topic="Tanya aturan", reply_to=message)
    assert group.answers == [], "a reply to a person's card is talk between people"


def test_the_button_leads_to_the_answer_or_to_asking(house: House, sari: Talk) -> None:
    for query, start in (("beda wbk wbbm", "t-beda-wbk-wbbm"), ("resep rendang", "tanya"), ("", "tanya")):
        button = ask(house, sari, query).button
        assert button == {"text": "Buka Pandu ZI", "start_parameter": start}
        sari.start(start)
        assert sari.text


def test_before_anything_is_typed_there_is_something_to_choose(house: House, sari: Talk) -> None:
    assert [r["id"] for r in ask(house, sari, "").results] == list(brief.STARTERS)


@pytest.mark.parametrize(
    "query", ["resep rendang padang", "terima kasih", "\x00\u200b\u202e", "<b>&", "a" * 256]
)
def test_what_is_not_understood_gives_no_cards_and_no_error(house: House, sari: Talk, query: str) -> None:
    assert ask(house, sari, query).results == []


@pytest.mark.parametrize("query", PERSONAL)
def test_nothing_personal_is_offered(house: House, sari: Talk, query: str) -> None:
    for result in ask(house, sari, query).results:
        assert UNIT not in str(result)
        assert "Wulandari" not in str(result)


def test_it_works_while_the_database_does_not(house: House, sari: Talk) -> None:
    house.db.close()
    house.edge.threads.shutdown()
    assert ask(house, sari, "beda wbk wbbm").results


def test_it_leaves_no_row(house: House, sari: Talk) -> None:
    ask(house, sari, "beda wbk wbbm")
    assert house.read(lambda s: s.get(SeenUpdate, (house.standin.bot_id, 10_000))) is None


def test_a_query_that_came_too_late_is_left(house: House, sari: Talk) -> None:
    house.standin.callback_seconds = -1
    update_id = house.standin.inline(sari.user_id, "beda wbk wbbm")
    house.deliver()
    assert house.standin.answer_to(update_id) is None
    sari.type("apa syarat WBK?")
    assert "nilai total minimal 75" in sari.text


def test_every_topic_makes_a_card_that_telegram_takes(library: Library) -> None:
    topics = [*library.faq, *library.glossary, *(f"lke:{node}" for node in library.instrument().by_id)]
    refused = 0
    for topic in topics:
        try:
            text = brief.text(library, topic)
        except KeyError:
            refused += 1  # areas and groups are no topics of their own
            continue
        assert 0 < len(text) < 1600, topic
        assert len(names.pack(topic).encode()) <= 64
    assert refused < 20


def test_cards_come_within_milliseconds(library: Library) -> None:
    queries = ("beda wbk wbbm", "apa syarat wbk", "bukti area 5", "lhkpn telat", "spak spkp")
    for query in queries:
        brief.cards(library, query)
    began = time.perf_counter()
    for query in queries:
        brief.cards(library, query)
    assert (time.perf_counter() - began) / len(queries) < 0.1
