"""The Bot API stand-in as a bot meets it, through python-telegram-bot's own client and over plain HTTP."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from PIL import Image
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    MenuButtonCommands,
    ReplyParameters,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.request import HTTPXRequest

from bot.demo.app import create_app
from bot.demo.standin import StandIn

BUDI, SARI, STRANGER = 8001, 8002, 8003
ROOT = "http://127.0.0.1"


class Calendar:
    def __init__(self) -> None:
        self.at = datetime(2027, 1, 18, 0, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.at


@pytest.fixture(autouse=True)
def _waits_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def standin(calendar: Calendar) -> Iterator[StandIn]:
    made = StandIn(now=calendar.now)
    made.add_user(BUDI, "Budi", "Santoso", "budi_contoh")
    made.add_user(SARI, "Sari")
    made.add_user(STRANGER, "Andi")
    made.say(BUDI, "/start")
    made.say(SARI, "/start")
    yield made
    made.close()


def client(standin: StandIn) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(create_app(standin))
    return httpx.AsyncClient(transport=transport, base_url=f"{ROOT}/bot{standin.token}/")


@pytest.fixture
async def raw(standin: StandIn) -> AsyncIterator[httpx.AsyncClient]:
    async with client(standin) as opened:
        yield opened


def request_over(standin: StandIn) -> HTTPXRequest:
    return HTTPXRequest(httpx_kwargs={"transport": httpx.ASGITransport(create_app(standin))})


@pytest.fixture
async def bot(standin: StandIn) -> AsyncIterator[Bot]:
    app = httpx.ASGITransport(create_app(standin))
    made = Bot(
        standin.token,
        base_url=f"{ROOT}/bot",
        base_file_url=f"{ROOT}/file/bot",
        request=HTTPXRequest(httpx_kwargs={"transport": app}),
        get_updates_request=HTTPXRequest(httpx_kwargs={"transport": app}),
    )
    async with made:
        yield made


def picture(width: int = 40, height: int = 30) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(made, "PNG")
    return made.getvalue()


def keys(*rows: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(t, callback_data=d) for t, d in row] for row in rows])


# Updates


async def test_updates_are_given_again_until_they_are_confirmed(bot: Bot) -> None:
    first = await bot.get_updates(timeout=0)
    again = await bot.get_updates(timeout=0)
    after = await bot.get_updates(offset=first[0].update_id + 1, timeout=0)
    rest = await bot.get_updates(timeout=0)

    assert [u.update_id for u in again] == [u.update_id for u in first]
    assert [u.message.chat.id for u in first if u.message] == [BUDI, SARI]
    assert [u.update_id for u in after] == [first[1].update_id] == [u.update_id for u in rest]


async def test_limit_and_negative_offset_choose_like_telegram(bot: Bot, standin: StandIn) -> None:
    last = standin.say(BUDI, "tiga")

    assert len(await bot.get_updates(limit=2, timeout=0)) == 2
    assert [u.update_id for u in await bot.get_updates(offset=-1, timeout=0)] == [last]
    assert [u.update_id for u in await bot.get_updates(timeout=0)] == [last], "the older ones are forgotten"


async def test_a_waiting_poll_ends_when_something_arrives(bot: Bot, standin: StandIn) -> None:
    offset = (await bot.get_updates(timeout=0))[-1].update_id + 1
    poll = asyncio.create_task(bot.get_updates(offset=offset, timeout=20))
    await asyncio.sleep(0.05)
    update_id = standin.say(BUDI, "apa syarat WBK?")

    assert [u.update_id for u in await asyncio.wait_for(poll, 2)] == [update_id]


async def test_a_second_poll_ends_the_first(bot: Bot) -> None:
    offset = (await bot.get_updates(timeout=0))[-1].update_id + 1
    older = asyncio.create_task(bot.get_updates(offset=offset, timeout=20))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(bot.get_updates(offset=offset, timeout=0))

    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await asyncio.wait_for(older, 2)
    assert list(await newer) == []


async def test_polling_is_refused_while_a_webhook_is_set(bot: Bot, standin: StandIn) -> None:
    await bot.set_webhook("https://contoh.go.id/hook", secret_token="rahasia")

    assert (await bot.get_webhook_info()).pending_update_count == 2
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates(timeout=0)
    await bot.delete_webhook(drop_pending_updates=True)
    assert list(await bot.get_updates(timeout=0)) == []


async def test_kinds_that_were_not_asked_for_are_dropped(bot: Bot, standin: StandIn) -> None:
    await bot.get_updates(timeout=0, allowed_updates=["message"])
    standin.block(SARI)
    text = standin.say(BUDI, "halo")

    assert [u.update_id for u in await bot.get_updates(timeout=0)][-1] == text
    assert not any(u.my_chat_member for u in await bot.get_updates(timeout=0))


async def test_a_tap_carries_the_message_and_is_answered_once_it_is_fresh(bot: Bot, standin: StandIn) -> None:
    sent = await bot.send_message(BUDI, "Pilih", reply_markup=keys([("A", "jawab:1:A")]))
    update_id = standin.tap(BUDI, sent.message_id, "jawab:1:A")
    query = (await bot.get_updates(offset=update_id, timeout=0))[0].callback_query
    assert query is not None
    assert query.message is not None
    assert (query.data, query.message.message_id, query.from_user.id) == ("jawab:1:A", sent.message_id, BUDI)

    await query.answer("Tersimpan", show_alert=True)
    answered = standin.toast(update_id)
    assert answered is not None
    assert (answered.text, answered.alert) == ("Tersimpan", True)

    standin.expire_callbacks()
    with pytest.raises(
        BadRequest, match="Query is too old and response timeout expired or query id is invalid"
    ):
        await query.answer()


async def test_people_edit_block_and_send_albums(bot: Bot, standin: StandIn) -> None:
    standin.say(BUDI, "salah ketik")
    mine = standin.last(BUDI)
    assert mine is not None
    edited = standin.edit_text(BUDI, mine["message_id"], "betul")
    parts = standin.album(BUDI, [("a.png", picture()), ("b.png", picture())], "sosialisasi")
    blocked = standin.block(BUDI)
    updates = {u.update_id: u for u in await bot.get_updates(timeout=0)}

    changed = updates[edited].edited_message
    assert changed is not None
    assert (changed.text, changed.message_id) == ("betul", mine["message_id"])
    album = [updates[part].message for part in parts]
    assert len({m.media_group_id for m in album if m}) == 1
    assert [m.caption for m in album if m] == ["sosialisasi", None]
    member = updates[blocked].my_chat_member
    assert member is not None
    assert (member.old_chat_member.status, member.new_chat_member.status) == ("member", "kicked")


async def test_commands_typed_by_people_are_marked(bot: Bot, standin: StandIn) -> None:
    update_id = standin.say(BUDI, "/start pokja5-abc")
    message = (await bot.get_updates(offset=update_id, timeout=0))[0].message
    assert message is not None
    assert [(e.type, e.offset, e.length) for e in message.entities] == [("bot_command", 0, 6)]


# Sending and editing


async def test_html_becomes_text_and_entities(bot: Bot) -> None:
    sent = await bot.send_message(
        BUDI, "  <b>TU &amp; Umum</b> sudah <i>62,5%</i> 😀 <code>x</code>\n", "HTML"
    )

    assert sent.text == "TU & Umum sudah 62,5% 😀 x"
    assert [(e.type, e.offset, e.length) for e in sent.entities] == [
        ("bold", 0, 9),
        ("italic", 16, 5),
        ("code", 25, 1),
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "Message text is empty"),
        ("   \n", "Text must be non-empty"),
        ("x" * 4097, "Message is too long"),
        ("😀" * 2049, "Message is too long"),
        ("<p>a</p>", 'Can\'t parse entities: unsupported start tag "p" at byte offset 0'),
        ("é <b>a", "Can't parse entities: can't find end tag corresponding to start tag \"b\""),
        ("a</b>", "Can't parse entities: unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("é <b", "unclosed start tag at byte offset 3"),
        ("<span>a</span>", 'tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("\ud800", "strings must be encoded in UTF-8"),
    ],
)
async def test_bad_texts_are_refused_in_telegrams_words(
    raw: httpx.AsyncClient, standin: StandIn, text: str, complaint: str
) -> None:
    body = json.dumps({"chat_id": BUDI, "text": text, "parse_mode": "HTML"})
    answer = await raw.post("sendMessage", content=body, headers={"content-type": "application/json"})

    assert answer.status_code == 400
    assert answer.json()["error_code"] == 400
    assert complaint.lower() in answer.json()["description"].lower()
    assert standin.from_bot(BUDI) == []


async def test_4096_characters_after_parsing_fit(bot: Bot) -> None:
    assert len((await bot.send_message(BUDI, f"<b>{'&lt;' * 4096}</b>", "HTML")).text or "") == 4096


async def test_captions_end_at_1024(bot: Bot) -> None:
    await bot.send_photo(BUDI, picture(), caption="x" * 1024)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_photo(BUDI, picture(), caption="x" * 1025)


async def test_buttons_are_checked(bot: Bot) -> None:
    await bot.send_message(BUDI, "x", reply_markup=keys([("A", "é" * 32)]))
    with pytest.raises(BadRequest, match="Button_data_invalid"):
        await bot.send_message(BUDI, "x", reply_markup=keys([("A", "é" * 32 + "x")]))
    with pytest.raises(BadRequest, match="Reply markup is too long"):
        await bot.send_message(BUDI, "x", reply_markup=keys(*[[("A", "a")] for _ in range(101)]))
    with pytest.raises(BadRequest, match="text buttons are unallowed in the inline keyboard"):
        await bot.send_message(BUDI, "x", reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("A")]]))
    sent = await bot.send_message(BUDI, "x", reply_markup=keys([("", "a"), ("B", "b")], [("", "c")]))
    assert sent.reply_markup is not None
    assert [[b.text for b in row] for row in sent.reply_markup.inline_keyboard] == [["B"]]


async def test_editing_says_when_nothing_changes_or_nothing_is_there(bot: Bot, standin: StandIn) -> None:
    sent = await bot.send_message(BUDI, "<b>satu</b>", "HTML", reply_markup=keys([("A", "a")]))
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content and reply"):
        await sent.edit_text("<strong>satu</strong> ", "HTML", reply_markup=keys([("A", "a")]))
    changed = await sent.edit_text("dua")
    assert isinstance(changed, type(sent))
    assert (changed.text, changed.reply_markup, changed.entities) == ("dua", None, ())
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", BUDI, 999)
    mine = standin.messages(BUDI)[0]["message_id"]
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", BUDI, mine)
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(BUDI, sent.message_id, caption="x")
    await bot.edit_message_reply_markup(BUDI, sent.message_id, reply_markup=keys([("B", "b")]))
    assert standin.from_bot(BUDI)[-1]["reply_markup"]["inline_keyboard"][0][0]["text"] == "B"


async def test_media_can_be_sent_edited_and_fetched(bot: Bot, standin: StandIn) -> None:
    photo = await bot.send_photo(BUDI, picture(60, 20), caption="<b>Progres</b>", parse_mode="HTML")
    assert (photo.photo[-1].width, photo.photo[-1].height, photo.caption) == (60, 20, "Progres")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await photo.edit_text("x")
    await bot.edit_message_caption(BUDI, photo.message_id, caption="Baru")
    await bot.edit_message_media(InputMediaDocument(b"%PDF-1.7", filename="lke.pdf"), BUDI, photo.message_id)
    stored = standin.from_bot(BUDI)[-1]
    assert "photo" not in stored
    assert stored["document"]["file_name"] == "lke.pdf"
    file = await bot.get_file(stored["document"]["file_id"])
    assert bytes(await file.download_as_bytearray()) == b"%PDF-1.7"

    group = await bot.send_media_group(
        BUDI, [InputMediaPhoto(picture()), InputMediaPhoto(picture())], caption="dua"
    )
    assert len({m.media_group_id for m in group}) == 1
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await bot.send_photo(BUDI, b"bukan gambar")
    again = await bot.send_document(BUDI, stored["document"]["file_id"])
    assert again.document is not None


async def test_files_over_20_mb_cannot_be_fetched(bot: Bot, standin: StandIn) -> None:
    standin.send_document(BUDI, "besar.bin", bytes(20 * 1024 * 1024 + 1), caption="besar")
    mine = standin.last(BUDI)
    assert mine is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(mine["document"]["file_id"])


async def test_replies_pins_copies_and_deletions(bot: Bot, standin: StandIn, calendar: Calendar) -> None:
    mine = standin.messages(BUDI)[0]["message_id"]
    sent = await bot.send_message(BUDI, "jawaban", reply_parameters=ReplyParameters(mine))
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/start"
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(BUDI, "x", reply_parameters=ReplyParameters(999))
    await sent.pin()
    pinned = (await bot.get_chat(BUDI)).pinned_message
    assert pinned is not None
    assert pinned.message_id == sent.message_id
    copied = await bot.copy_message(SARI, BUDI, sent.message_id)
    assert standin.last(SARI) == standin.talks[SARI][copied.message_id]
    forwarded = await bot.forward_message(SARI, BUDI, sent.message_id)
    assert forwarded.forward_origin is not None

    await sent.delete()
    assert (await bot.get_chat(BUDI)).pinned_message is None
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(BUDI, sent.message_id)
    calendar.at += timedelta(hours=49)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(SARI, copied.message_id)


async def test_who_cannot_be_reached(bot: Bot, standin: StandIn) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(77, "x")
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(STRANGER, "x")
    standin.block(BUDI)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(BUDI, "x")
    standin.unblock(BUDI)
    assert (await bot.send_message(BUDI, "x")).text == "x"


async def test_profile_commands_and_menu(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.username, me.first_name, me.is_bot) == ("contoh_pandu_bot", "Pandu ZI", True)
    await bot.set_my_commands([BotCommand("menu", "Menu utama")])
    await bot.set_my_commands([BotCommand("lke", "Isi LKE")], BotCommandScopeAllPrivateChats(), "id")
    await bot.set_my_commands([BotCommand("tim", "Tim")], BotCommandScopeChat(BUDI))
    assert [c.command for c in await bot.get_my_commands()] == ["menu"]
    assert [c.command for c in await bot.get_my_commands(BotCommandScopeAllPrivateChats(), "id")] == ["lke"]
    assert [c.command for c in await bot.get_my_commands(BotCommandScopeChat(BUDI))] == ["tim"]
    await bot.delete_my_commands(BotCommandScopeChat(BUDI))
    assert list(await bot.get_my_commands(BotCommandScopeChat(BUDI))) == []
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([BotCommand("Menu!", "x")])
    await bot.set_my_description("Membantu tim ZI")
    await bot.set_my_short_description("ZI")
    assert (await bot.get_my_description()).description == "Membantu tim ZI"
    assert (await bot.get_my_short_description()).short_description == "ZI"
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button()).type == "commands"
    assert (await bot.get_chat_member(BUDI, BUDI)).status == "member"
    assert await bot.send_chat_action(BUDI, "typing")


# The border


async def test_unknown_methods_and_tokens(raw: httpx.AsyncClient, standin: StandIn) -> None:
    lacking = await raw.post("sendDice", data={"chat_id": str(BUDI)})
    assert (lacking.status_code, lacking.json()["description"]) == (404, "Not Found: method not found")
    wrong = await raw.post(f"{ROOT}/bot1:salah/getMe")
    assert (wrong.status_code, wrong.json()) == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_app(standin))) as opened:
        foreign = await opened.get(f"http://jahat.example/bot{standin.token}/getMe")
    assert foreign.status_code == 421


async def test_a_changed_token_is_an_invalid_token(standin: StandIn) -> None:
    stale = Bot("1:lama", base_url=f"{ROOT}/bot", request=request_over(standin))
    with pytest.raises(InvalidToken):
        await stale.get_me()
    await stale.shutdown()


@pytest.mark.parametrize("form", ["query", "form", "json", "multipart"])
async def test_every_form_of_a_call_is_read(raw: httpx.AsyncClient, standin: StandIn, form: str) -> None:
    keyboard = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    fields: dict[str, Any] = {"chat_id": BUDI, "text": "é <b>x</b>", "parse_mode": "HTML"}
    coded = {**{k: str(v) for k, v in fields.items()}, "reply_markup": json.dumps(keyboard)}
    match form:
        case "query":
            answer = await raw.get("SENDMESSAGE", params=coded)
        case "form":
            answer = await raw.post("sendMessage", data=coded)
        case "json":
            answer = await raw.post("sendMessage", json={**fields, "reply_markup": keyboard})
        case _:
            answer = await raw.post("sendMessage", files={k: (None, v) for k, v in coded.items()})

    assert answer.status_code == 200, answer.text
    assert standin.from_bot(BUDI)[-1]["text"] == "é x"
    assert standin.from_bot(BUDI)[-1]["reply_markup"] == keyboard


# Bad days


async def test_429_names_its_patience(bot: Bot, standin: StandIn, raw: httpx.AsyncClient) -> None:
    standin.faults.add("sendMessage", chat_id=BUDI, kind="429", retry_after=7, times=2)

    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(BUDI, "x")
    answer = await raw.post("sendMessage", data={"chat_id": str(BUDI), "text": "x"})

    assert refused.value.retry_after == timedelta(seconds=7)
    assert answer.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    assert standin.faults.left == 0
    assert (await bot.send_message(BUDI, "x")).text == "x"


async def test_a_lost_answer_leaves_the_message_and_a_lost_call_does_not(bot: Bot, standin: StandIn) -> None:
    standin.faults.add("sendMessage", kind="reset_before")
    with pytest.raises(NetworkError):
        await bot.send_message(BUDI, "hilang")
    standin.faults.add("sendMessage", kind="reset_after")
    with pytest.raises(NetworkError):
        await bot.send_message(BUDI, "sampai")

    assert [m["text"] for m in standin.from_bot(BUDI)] == ["sampai"]
    assert [call.error_code for call in standin.calls if call.method == "sendMessage"] == [-1, -1]


async def test_other_faults(bot: Bot, standin: StandIn) -> None:
    standin.faults.add(kind="500")
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.get_me()
    standin.faults.add("sendMessage", chat_id=SARI, kind="blocked")
    await bot.send_message(BUDI, "x")
    with pytest.raises(Forbidden):
        await bot.send_message(SARI, "x")
    standin.faults.add("sendMessage", kind="slow", seconds=0.05)
    before = asyncio.get_running_loop().time()
    await bot.send_message(BUDI, "x")
    assert asyncio.get_running_loop().time() - before >= 0.05


async def test_limits_can_be_switched_on(bot: Bot, standin: StandIn) -> None:
    standin.limits.enabled = True
    await bot.send_message(BUDI, "satu")
    with pytest.raises(RetryAfter):
        await bot.send_message(BUDI, "dua")
    await bot.send_message(SARI, "satu")


async def test_every_call_is_logged_without_file_contents(bot: Bot, standin: StandIn) -> None:
    await bot.send_document(BUDI, b"isi berkas", filename="a.txt", caption="x")
    call = standin.calls[-1]
    assert (call.method, call.params["chat_id"], call.params["caption"]) == ("sendDocument", str(BUDI), "x")
    assert call.params["document"] == "Upload('a.txt', 'text/plain', 10 bytes)"
