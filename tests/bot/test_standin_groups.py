"""Groups, topics and inline mode of the stand-in, as a bot meets them and as people use them."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Message,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden
from telegram.request import HTTPXRequest

from bot.demo.app import create_app
from bot.demo.standin import StandIn

BUDI, SARI, ANDI = 8001, 8002, 8003
PLAIN, FORUM = -700, -1_001_700_000_007
NAME = "@contoh_pandu_bot"


@pytest.fixture
def standin() -> Iterator[StandIn]:
    made = StandIn()
    peopled(made)
    yield made
    made.close()


def peopled(standin: StandIn) -> None:
    for user_id, name in ((BUDI, "Budi"), (SARI, "Sari"), (ANDI, "Andi")):
        standin.add_user(user_id, name)


@pytest.fixture
async def bot(standin: StandIn) -> AsyncIterator[Bot]:
    app = httpx.ASGITransport(create_app(standin))
    requests = [HTTPXRequest(httpx_kwargs={"transport": app}) for _ in range(2)]
    made = Bot(
        standin.token,
        base_url="http://127.0.0.1/bot",
        request=requests[0],
        get_updates_request=requests[1],
    )
    async with made:
        yield made


async def heard(bot: Bot) -> list[Update]:
    """What is waiting; asking again gives only what came later."""
    updates = await bot.get_updates(timeout=0)
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1, timeout=0)
    return list(updates)


async def messages(bot: Bot) -> list[Message]:
    return [update.message for update in await heard(bot) if update.message]


# membership


async def test_bringing_the_bot_in_and_out_is_told(bot: Bot, standin: StandIn) -> None:
    standin.add_group(PLAIN, "Grup ZI", [BUDI, SARI])
    standin.remove_bot(PLAIN, SARI)
    standin.add_bot(PLAIN, BUDI)
    updates = await heard(bot)

    moves = [u.my_chat_member for u in updates if u.my_chat_member]
    assert [(m.old_chat_member.status, m.new_chat_member.status) for m in moves] == [
        ("left", "member"),
        ("member", "kicked"),
        ("kicked", "member"),
    ]
    assert [m.from_user.id for m in moves] == [BUDI, SARI, BUDI]
    assert moves[0].chat.type == "group"
    lines = [u.message.new_chat_members[0].id for u in updates if u.message and u.message.new_chat_members]
    assert lines == [standin.bot_id, standin.bot_id]


async def test_members_come_and_go(bot: Bot, standin: StandIn) -> None:
    standin.add_group(PLAIN, "Grup ZI", [BUDI])
    await heard(bot)
    standin.join(PLAIN, SARI, by=BUDI)
    standin.leave(PLAIN, SARI)
    came, went = await messages(bot)

    assert [m.id for m in came.new_chat_members] == [SARI]
    assert came.from_user is not None
    assert came.from_user.id == BUDI
    assert went.left_chat_member is not None
    assert went.left_chat_member.id == SARI
    assert await bot.get_chat_member_count(PLAIN) == 2
    with pytest.raises(BadRequest, match="Member not found"):
        await bot.get_chat_member(PLAIN, SARI)
    with pytest.raises(KeyError):
        standin.say(SARI, "halo", chat_id=PLAIN)
    with pytest.raises(KeyError):
        standin.tap(ANDI, 1, "x", chat_id=PLAIN)


async def test_a_group_without_the_bot_refuses_it(bot: Bot, standin: StandIn) -> None:
    standin.add_group(PLAIN, "Grup ZI", [BUDI])
    standin.remove_bot(PLAIN, BUDI)
    await heard(bot)
    assert standin.say(BUDI, f"{NAME} halo", chat_id=PLAIN) == 0
    with pytest.raises(Forbidden, match="kicked from the group chat"):
        await bot.send_message(PLAIN, "halo")
    standin.add_bot(PLAIN, BUDI)
    await bot.leave_chat(PLAIN)
    with pytest.raises(Forbidden, match="not a member of the group chat"):
        await bot.send_message(PLAIN, "halo")


async def test_a_group_that_grew_has_another_id(bot: Bot, standin: StandIn) -> None:
    standin.add_group(PLAIN, "Grup ZI", [BUDI])
    await heard(bot)
    new_id = standin.migrate(PLAIN)
    going, coming = await messages(bot)

    assert (going.chat.id, going.migrate_to_chat_id) == (PLAIN, new_id)
    assert (coming.chat.id, coming.migrate_from_chat_id) == (new_id, PLAIN)
    assert coming.chat.type == "supergroup"
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(PLAIN, "halo")
    assert moved.value.new_chat_id == new_id
    await bot.send_message(new_id, "halo")
    assert [group.chat_id for group in standin.groups_of(BUDI)] == [new_id]


# what the bot is told


async def test_in_privacy_mode_the_bot_hears_only_what_is_meant_for_it(bot: Bot, standin: StandIn) -> None:
    standin.add_group(PLAIN, "Grup ZI", [BUDI, SARI])
    own = await bot.send_message(PLAIN, "Selamat pagi.")
    await heard(bot)
    told = ("/tanya wbk", f"/tanya{NAME} wbk", f"halo {NAME}", f"{NAME.upper()} halo", "ya, pak 😀 " + NAME)
    others = ("halo semua", "/tanya@bot_lain x", "@bot_lain halo", "surel a@contoh_pandu_bot.id")
    for text in (*told, *others):
        said = standin.say(BUDI, text, chat_id=PLAIN)
        assert bool(said) == (text in told), text
    assert standin.say(SARI, "terima kasih", chat_id=PLAIN, reply_to=own.message_id)
    told_now = await messages(bot)
    assert [m.text for m in told_now] == [*told, "terima kasih"]
    assert {m.chat.id for m in told_now} == {PLAIN}
    assert told_now[-1].reply_to_message is not None
    assert told_now[-1].reply_to_message.message_id == own.message_id
    assert told_now[2].entities[0].type == "mention"

    assert (await bot.get_me()).can_read_all_group_messages is False
    standin.set_privacy(False)
    assert standin.say(BUDI, "halo semua", chat_id=PLAIN)
    assert (await bot.get_me()).can_read_all_group_messages is True


async def test_files_and_edits_keep_to_the_same_rule(bot: Bot, standin: StandIn) -> None:
    standin.add_group(PLAIN, "Grup ZI", [BUDI])
    await heard(bot)
    assert standin.send_file(BUDI, "a.pdf", b"x", chat_id=PLAIN) == 0
    assert standin.send_file(BUDI, "a.pdf", b"x", None, f"{NAME} ini apa", chat_id=PLAIN)
    standin.say(BUDI, "halo", chat_id=PLAIN)
    last = standin.last(PLAIN)
    assert last is not None
    assert standin.edit_text(BUDI, last["message_id"], "halo lagi", chat_id=PLAIN) == 0
    assert len(await messages(bot)) == 1


# topics


async def test_a_message_in_a_topic_says_so_and_names_the_topics_beginning(
    bot: Bot, standin: StandIn
) -> None:
    chat = standin.add_group(FORUM, "Grup ZI", [BUDI, SARI], forum=True)
    topic = standin.add_topic(FORUM, "Tanya aturan")
    await heard(bot)
    standin.say(BUDI, f"{NAME} wbk", chat_id=FORUM, thread_id=topic)
    standin.say(SARI, f"{NAME} umum", chat_id=FORUM)
    inside, outside = await messages(bot)

    assert chat.type == "supergroup"
    assert inside.chat.is_forum is True
    assert (inside.message_thread_id, inside.is_topic_message) == (topic, True)
    assert inside.reply_to_message is not None
    assert inside.reply_to_message.forum_topic_created is not None
    assert inside.reply_to_message.forum_topic_created.name == "Tanya aturan"
    assert (outside.message_thread_id, outside.is_topic_message) == (None, None)


async def test_the_bot_writes_into_topics_and_replies_stay_in_theirs(bot: Bot, standin: StandIn) -> None:
    standin.add_group(FORUM, "Grup ZI", [BUDI], forum=True)
    topic = standin.add_topic(FORUM, "Tanya aturan")
    standin.say(BUDI, f"{NAME} wbk", chat_id=FORUM, thread_id=topic)
    question = standin.last(FORUM)
    assert question is not None
    by_thread = await bot.send_message(FORUM, "satu", message_thread_id=topic)
    by_reply = await bot.send_message(FORUM, "dua", reply_parameters=ReplyParameters(question["message_id"]))
    general = await bot.send_message(FORUM, "tiga")

    assert [m.message_thread_id for m in (by_thread, by_reply, general)] == [topic, topic, None]
    assert by_reply.reply_to_message is not None
    assert by_reply.reply_to_message.text == f"{NAME} wbk"
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(FORUM, "empat", message_thread_id=topic + 99)
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(FORUM, "lima", reply_parameters=ReplyParameters(999))
    late = ReplyParameters(999, allow_sending_without_reply=True)
    assert (await bot.send_message(FORUM, "enam", reply_parameters=late)).reply_to_message is None


async def test_replies_in_a_supergroup_make_a_thread_that_is_no_topic(bot: Bot, standin: StandIn) -> None:
    standin.add_group(FORUM, "Grup ZI", [BUDI])
    own = await bot.send_message(FORUM, "Selamat pagi.")
    await heard(bot)
    standin.say(BUDI, "pagi", chat_id=FORUM, reply_to=own.message_id)
    (answer,) = await messages(bot)
    assert (answer.message_thread_id, answer.is_topic_message) == (own.message_id, None)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(FORUM, "x", message_thread_id=own.message_id)
    with pytest.raises(ValueError, match="forum"):
        standin.add_topic(FORUM, "x")


async def test_a_tap_in_a_group_is_its_members_and_answered_to_them(bot: Bot, standin: StandIn) -> None:
    standin.add_group(FORUM, "Grup ZI", [BUDI, SARI], forum=True)
    topic = standin.add_topic(FORUM, "Tanya aturan")
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Satu", callback_data="1")]])
    sent = await bot.send_message(FORUM, "Pilih", message_thread_id=topic, reply_markup=keys)
    await heard(bot)
    update_id = standin.tap(SARI, sent.message_id, "1", chat_id=FORUM)
    (update,) = await heard(bot)

    assert update.callback_query is not None
    assert isinstance(update.callback_query.message, Message)
    assert update.callback_query.message.message_thread_id == topic
    assert update.callback_query.from_user.id == SARI
    await update.callback_query.answer("Baik")
    await update.callback_query.edit_message_text("Satu dipilih")
    tap = standin.toast(update_id)
    assert tap is not None
    assert (tap.user_id, tap.text) == (SARI, "Baik")
    edited = standin.last(FORUM)
    assert edited is not None
    assert (edited["text"], edited["message_thread_id"]) == ("Satu dipilih", topic)


async def test_the_pace_of_a_group_is_counted_by_the_minute(bot: Bot, standin: StandIn) -> None:
    standin.add_group(PLAIN, "Grup ZI", [BUDI])
    standin.limits.enabled = True
    standin.limits.per_group_minute = 2
    for number in range(2):
        await bot.send_message(PLAIN, str(number))
    with pytest.raises(Exception, match="Flood control"):
        await bot.send_message(PLAIN, "tiga")


# inline mode


def card(name: str, **more: Any) -> InlineQueryResultArticle:
    content = InputTextMessageContent(f"<b>{name}</b> isi", parse_mode="HTML")
    return InlineQueryResultArticle(name, more.pop("title", name), content, **more)


async def query_of(bot: Bot) -> Any:
    return next(update.inline_query for update in await heard(bot) if update.inline_query)


async def test_a_query_is_answered_and_a_result_posted_via_the_bot(bot: Bot, standin: StandIn) -> None:
    standin.add_group(FORUM, "Grup ZI", [BUDI, SARI], forum=True)
    topic = standin.add_topic(FORUM, "Tanya aturan")
    update_id = standin.inline(BUDI, "beda wbk", chat_id=FORUM)
    assert standin.answer_to(update_id) is None
    query = await query_of(bot)
    assert (query.query, query.from_user.id, query.chat_type) == ("beda wbk", BUDI, "supergroup")
    button = InlineQueryResultsButton("Buka", start_parameter="t-wbk")
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Lengkap", url="https://t.me/contoh_pandu_bot")]])
    await query.answer([card("satu", description="Baris", reply_markup=keys), card("dua")], button=button)

    found = standin.answer_to(update_id)
    assert found is not None
    assert [(r["id"], r["description"]) for r in found.results] == [("satu", "Baris"), ("dua", "")]
    assert found.button == {"text": "Buka", "start_parameter": "t-wbk"}
    posted = standin.choose(BUDI, update_id, "satu", chat_id=FORUM, thread_id=topic, client_id="a")
    assert standin.choose(BUDI, update_id, "satu", chat_id=FORUM, thread_id=topic, client_id="a") == posted
    (message,) = await messages(bot)
    assert message.via_bot is not None
    assert message.via_bot.id == standin.bot_id
    assert message.from_user is not None
    assert message.from_user.id == BUDI
    assert message.text == "satu isi"
    assert message.message_thread_id == topic
    assert message.reply_markup is not None
    with pytest.raises(KeyError):
        standin.choose(BUDI, update_id, "tiga", chat_id=FORUM)
    with pytest.raises(KeyError):
        standin.choose(ANDI, update_id, "satu", chat_id=FORUM)


async def test_an_answer_is_held_for_its_time_and_for_whom_it_may(bot: Bot, standin: StandIn) -> None:
    first = standin.inline(BUDI, "wbk")
    await (await query_of(bot)).answer([card("satu")], cache_time=60)
    assert standin.inline(SARI, "wbk") == first
    personal = standin.inline(BUDI, "wbbm")
    await (await query_of(bot)).answer([card("satu")], cache_time=60, is_personal=True)
    assert standin.inline(BUDI, "wbbm") == personal
    assert standin.inline(SARI, "wbbm") != personal
    never = standin.inline(BUDI, "zi")
    await (await query_of(bot)).answer([], cache_time=0)
    assert standin.inline(BUDI, "zi") != never


@pytest.mark.parametrize(
    ("results", "more", "refusal"),
    [
        ([card(str(n)) for n in range(51)], {}, "RESULTS_TOO_MUCH"),
        ([card("é" * 33)], {}, "RESULT_ID_INVALID"),
        ([card("a"), card("a")], {}, "RESULT_ID_DUPLICATE"),
        ([card("a", title=" ")], {}, "ARTICLE_TITLE_EMPTY"),
        ([InlineQueryResultArticle("a", "a", InputTextMessageContent("x" * 4097))], {}, "MESSAGE_TOO_LONG"),
        (
            [InlineQueryResultArticle("a", "a", InputTextMessageContent("<b>", "HTML"))],
            {},
            "can't parse entities",
        ),
        ([], {"button": InlineQueryResultsButton("Buka", start_parameter="a b")}, "START_PARAM_INVALID"),
        ([], {"next_offset": "é" * 33}, "NEXT_OFFSET_INVALID"),
    ],
)
async def test_bad_answers_are_refused(
    bot: Bot, standin: StandIn, results: Any, more: dict[str, Any], refusal: str
) -> None:
    update_id = standin.inline(BUDI, "wbk")
    query = await query_of(bot)
    given = {name: value.to_dict() if hasattr(value, "to_dict") else value for name, value in more.items()}
    # PTB itself counts results and looks at their ids, so the call goes past it.
    transport = httpx.ASGITransport(create_app(standin))
    async with httpx.AsyncClient(transport=transport) as raw:
        answer = await raw.post(
            f"http://127.0.0.1/bot{standin.token}/answerInlineQuery",
            json={"inline_query_id": query.id, "results": [r.to_dict() for r in results], **given},
        )
    assert answer.status_code == 400
    assert refusal in answer.json()["description"]
    assert standin.answer_to(update_id) is None


async def test_a_late_or_unknown_query_cannot_be_answered(bot: Bot, standin: StandIn) -> None:
    standin.inline(BUDI, "x" * 300)
    query = await query_of(bot)
    assert len(query.query) == 256
    assert query.chat_type == "sender"
    standin.callback_seconds = -1
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer([])
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_inline_query("1", [])
    with pytest.raises(KeyError):
        standin.inline(ANDI, "wbk", chat_id=PLAIN)


# remembering


def test_groups_topics_and_answers_outlive_a_restart_and_end_with_a_reset(tmp_path: Path) -> None:
    first = StandIn(tmp_path / "t.sqlite3")
    peopled(first)
    first.add_group(FORUM, "Grup ZI", [BUDI, SARI], forum=True)
    topic = first.add_topic(FORUM, "Tanya aturan")
    first.say(BUDI, "halo", chat_id=FORUM, thread_id=topic)
    last = first.last(FORUM)
    assert last is not None
    first.read(SARI, last["message_id"], FORUM)
    first.set_privacy(False)
    update_id = first.inline(BUDI, "wbk")
    asked = next(iter(first.asked.values()))
    asked.answered, asked.results = True, [{"id": "a", "content": {"text": "isi"}}]
    with first.store.writing():
        first.put_asked(asked)
    first.close()

    second = StandIn(tmp_path / "t.sqlite3")
    assert second.groups[FORUM].topics == {topic: "Tanya aturan"}
    assert second.chats[FORUM].is_forum is True
    assert [m.get("text") for m in second.messages(FORUM)][-1] == "halo"
    assert (second.unread_in(FORUM, SARI), second.privacy) == (0, False)
    assert second.choose(BUDI, update_id, "a")["text"] == "isi"
    second.add_group(FORUM, "Grup ZI baru", [ANDI], forum=True)
    assert list(second.groups[FORUM].members) == [BUDI, SARI, ANDI]
    assert second.groups[FORUM].members[SARI] == last["message_id"]
    second.reset()
    assert (second.groups, second.asked) == ({}, {})
    second.close()


# what the bot may do


async def test_pinning_in_a_group_needs_the_right_of_an_admin(bot: Bot, standin: StandIn) -> None:
    standin.add_group(FORUM, "Grup ZI", [BUDI], forum=True)
    topic = standin.add_topic(FORUM, "Pengawasan")
    await heard(bot)
    sent = await bot.send_message(FORUM, "Papan", message_thread_id=topic)
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages in the chat"):
        await bot.pin_chat_message(FORUM, sent.message_id)
    standin.promote_bot(FORUM, BUDI, pins=False)
    with pytest.raises(BadRequest, match="Not enough rights"):
        await bot.pin_chat_message(FORUM, sent.message_id)
    standin.promote_bot(FORUM, BUDI)
    assert await bot.pin_chat_message(FORUM, sent.message_id, disable_notification=True)
    moves = [u.my_chat_member for u in await heard(bot) if u.my_chat_member]
    assert [m.new_chat_member.status for m in moves] == ["administrator", "administrator"]
    assert [m.new_chat_member.can_pin_messages for m in moves] == [False, True]  # type: ignore[attr-defined]
    line = standin.last(FORUM)
    assert line is not None
    assert line["pinned_message"]["text"] == "Papan"
    assert line["message_thread_id"] == topic
    assert standin.chats[FORUM].pinned == (sent.message_id,)
    await bot.edit_message_text("Papan baru", FORUM, sent.message_id)
    assert (await bot.get_chat(FORUM)).pinned_message.text == "Papan baru"  # type: ignore[union-attr]


async def test_a_muted_bot_is_told_and_refused(bot: Bot, standin: StandIn) -> None:
    standin.add_group(FORUM, "Grup ZI", [BUDI], forum=True)
    await heard(bot)
    standin.mute_bot(FORUM, BUDI)
    (update,) = await heard(bot)
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "restricted"
    assert update.my_chat_member.new_chat_member.can_send_messages is False  # type: ignore[attr-defined]
    for call in (bot.send_message(FORUM, "halo"), bot.send_document(FORUM, b"%PDF")):
        with pytest.raises(BadRequest, match="Not enough rights to send"):
            await call
    member = await bot.get_chat_member(FORUM, standin.bot_id)
    assert member.status == "restricted"
    standin.unmute_bot(FORUM, BUDI)
    await bot.send_message(FORUM, "halo")
    standin.add_group(PLAIN, "Grup kecil", [BUDI])
    with pytest.raises(ValueError, match="supergroup"):
        standin.mute_bot(PLAIN, BUDI)


async def test_where_nobody_may_write_the_bot_hears_only_the_refusal(bot: Bot, standin: StandIn) -> None:
    standin.add_group(PLAIN, "Grup ZI", [BUDI])
    await heard(bot)
    standin.let_write(PLAIN, False)
    assert await heard(bot) == []
    with pytest.raises(BadRequest, match="Not enough rights to send text messages to the chat"):
        await bot.send_message(PLAIN, "halo")
    standin.promote_bot(PLAIN, BUDI)
    await bot.send_message(PLAIN, "halo")


async def test_topics_are_renamed_and_closed(bot: Bot, standin: StandIn) -> None:
    standin.add_group(FORUM, "Grup ZI", [BUDI], forum=True)
    topic = standin.add_topic(FORUM, "Pengawasan")
    await heard(bot)
    standin.rename_topic(FORUM, topic, "Area 5", BUDI)
    standin.close_topic(FORUM, topic, BUDI)
    renamed, closed = await messages(bot)
    assert renamed.forum_topic_edited is not None
    assert (renamed.forum_topic_edited.name, renamed.message_thread_id) == ("Area 5", topic)
    assert closed.forum_topic_closed is not None
    with pytest.raises(BadRequest, match="Topic_closed"):
        await bot.send_message(FORUM, "x", message_thread_id=topic)
    assert standin.groups[FORUM].closed == [topic]
