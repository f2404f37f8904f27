"""Bot API methods that put something new into a chat."""

import re
from dataclasses import replace

from bot.demo.chats import media_content
from bot.demo.entities import Entity, clean, trimmed, utf16_length, with_found
from bot.demo.html import parse
from bot.demo.markup import inline_keyboard
from bot.demo.records import Chat, StoredFile
from bot.demo.standin import MAX_CAPTION, MAX_TEXT, StandIn
from bot.demo.wire import ApiError, Json, Params, Upload, bad_request, blocked, moved

MAX_UPLOAD_BYTES = 50 * 1024 * 1024
MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_SOURCE_BYTES = 1 << 15
MAX_ALBUM = 10
_UNPAIRED = re.compile("[\ud800-\udfff]")


def writable_chat(standin: StandIn, params: Params, field: str = "chat_id") -> Chat:
    """The chat of a call; raises what Telegram says when the bot may not write there."""
    raw = params.text(field)
    if not raw:
        raise bad_request(f"{field} is empty")
    chat_id = params.integer(field)
    if raw.startswith("@"):
        names = (
            chat.id for chat in standin.chats.values() if chat.type != "private" and chat.username == raw[1:]
        )
        chat_id = next(names, 0)
    chat = standin.chats.get(chat_id)
    if chat is None:
        raise bad_request("chat not found")
    if chat.type == "private":
        user = standin.users[chat.id]
        if user.blocked:
            raise blocked()
        if not user.started:
            raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    elif group := standin.groups.get(chat.id):
        if group.moved_to:
            raise moved(group.moved_to)
        if not group.has_bot:
            left = "bot was kicked from" if group.bot_status == "kicked" else "bot is not a member of"
            raise ApiError(403, f"Forbidden: {left} the {chat.type} chat")
    return chat


def thread_of(standin: StandIn, params: Params, chat: Chat) -> int | None:
    """The topic a call names; raises where there is no such topic."""
    thread_id = params.integer("message_thread_id") or None
    group = standin.groups.get(chat.id)
    if thread_id is not None and (group is None or thread_id not in group.topics):
        raise bad_request("message thread not found")
    if group is not None and thread_id in group.closed and group.bot_status != "administrator":
        raise bad_request("TOPIC_CLOSED")
    return thread_id


def formatted(params: Params, text_field: str, entities_field: str) -> tuple[str, list[Entity]]:
    """Text and entities of a call, parsed, cleaned and trimmed, with links and commands found."""
    return formatted_text(
        params.text(text_field), params.text("parse_mode"), params.json(entities_field, "entities")
    )


def formatted_text(source: str, parse_mode: str, given: object) -> tuple[str, list[Entity]]:
    if len(source.encode(errors="surrogatepass")) > MAX_SOURCE_BYTES:
        raise bad_request("text is too long")
    if _UNPAIRED.search(source):
        raise bad_request("strings must be encoded in UTF-8")
    text, entities = source, []
    match parse_mode.lower():
        case "" | "none":
            entities = [dict(entity) for entity in given] if isinstance(given, list) else []
        case "html":
            text, entities = parse(source)
        case _:
            raise bad_request("unsupported parse_mode")
    text, entities = trimmed(clean(text), entities)
    return text, with_found(text, entities)


def text_content(params: Params) -> Json:
    """Checked text of sendMessage and editMessageText, as a message carries it."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    text, entities = formatted(params, "text", "entities")
    if not text:
        raise bad_request("text must be non-empty")
    if utf16_length(text) > MAX_TEXT:
        raise bad_request("message is too long")
    return {"text": text, **({"entities": entities} if entities else {})}


def caption_content(params: Params) -> Json:
    return _caption(*formatted(params, "caption", "caption_entities"))


def _caption(text: str, entities: list[Entity]) -> Json:
    if utf16_length(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    if not text:
        return {}
    return {"caption": text, **({"caption_entities": entities} if entities else {})}


def reply_target(standin: StandIn, params: Params, chat: Chat) -> int | None:
    """The message to be replied to; raises when it is gone and the call does not allow that."""
    options = params.json("reply_parameters", "reply parameters")
    options = options if isinstance(options, dict) else {}
    message_id = int(options.get("message_id") or params.integer("reply_to_message_id"))
    if not message_id or message_id in standin.talks.get(chat.id, {}):
        return message_id or None
    if options.get("allow_sending_without_reply") or params.flag("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")


def _post(standin: StandIn, params: Params, chat: Chat, content: Json) -> Json:
    keyboard = inline_keyboard(params)
    group = standin.groups.get(chat.id)
    if group is not None and not group.bot_may_write:
        what = "photos" if "photo" in content else "documents" if "document" in content else "text messages"
        raise bad_request(f"not enough rights to send {what} to the chat")
    thread_id = thread_of(standin, params, chat)
    reply_to = reply_target(standin, params, chat)
    standin.limits.check(chat.id)
    extra: Json = {"reply_markup": keyboard} if keyboard else {}
    if params.flag("protect_content"):
        extra["has_protected_content"] = True
    return standin.new_message(chat.id, standin.bot, {**content, **extra}, reply_to, thread_id)


def send_message(standin: StandIn, params: Params) -> Json:
    content = text_content(params)
    return _post(standin, params, writable_chat(standin, params), content)


def send_photo(standin: StandIn, params: Params) -> Json:
    return _send_media(standin, params, "photo")


def send_document(standin: StandIn, params: Params) -> Json:
    return _send_media(standin, params, "document")


def _send_media(standin: StandIn, params: Params, kind: str) -> Json:
    caption = caption_content(params)
    chat = writable_chat(standin, params)
    inline_keyboard(params)
    stored = stored_file(standin, params, params.text(kind), params.files.get(kind), kind)
    return _post(standin, params, chat, {**media_content(stored), **caption})


def stored_file(standin: StandIn, params: Params, value: str, direct: Upload | None, kind: str) -> StoredFile:
    """The file of a call: uploaded beside it, attached by name, or known by its file_id."""
    upload = direct or (
        params.files.get(value.removeprefix("attach://")) if value.startswith("attach://") else None
    )
    if upload is not None:
        return _kept(standin, upload, kind)
    if not value or value.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    if "://" in value:
        raise bad_request("failed to get HTTP URL content")
    known = standin.files.get(value)
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if kind == "photo" and not known.width:
        raise bad_request("type of file mismatch")
    return replace(known, width=0, height=0) if kind == "document" else known


def _kept(standin: StandIn, upload: Upload, kind: str) -> StoredFile:
    if not upload.data:
        raise bad_request("file must be non-empty")
    limit = MAX_PHOTO_BYTES if kind == "photo" else MAX_UPLOAD_BYTES
    if len(upload.data) > limit:
        raise ApiError(413, "Request Entity Too Large")
    try:
        return standin.keep_file(upload.name, upload.data, upload.mime or None, photo=kind == "photo")
    except ValueError as error:
        raise bad_request(str(error)) from None


def media_item(standin: StandIn, params: Params, item: object) -> Json:
    """One InputMedia as message content."""
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: Expected an Object")
    kind = str(item.get("type"))
    if kind not in {"photo", "document"}:
        raise bad_request(f'can\'t parse InputMedia: type "{kind}" is not available here')
    text = formatted_text(
        str(item.get("caption") or ""), str(item.get("parse_mode") or ""), item.get("caption_entities")
    )
    caption = _caption(*text)
    stored = stored_file(standin, params, str(item.get("media") or ""), None, kind)
    return {**media_content(stored), **caption}


def send_media_group(standin: StandIn, params: Params) -> list[Json]:
    items = params.json("media", "media")
    if not isinstance(items, list):
        raise bad_request("expected an Array of InputMedia")
    if not items:
        raise bad_request("there are no messages to send")
    if len(items) > MAX_ALBUM:
        raise bad_request("too many messages to send as an album")
    if len({str(item.get("type")) for item in items if isinstance(item, dict)}) > 1:
        raise bad_request("document can't be mixed with other media types")
    chat = writable_chat(standin, params)
    thread_id = thread_of(standin, params, chat)
    reply_to = reply_target(standin, params, chat)
    contents = [media_item(standin, params, item) for item in items]
    standin.limits.check(chat.id)
    group: Json = {"media_group_id": standin.new_album_id()} if len(items) > 1 else {}
    return [
        standin.new_message(chat.id, standin.bot, {**content, **group}, reply_to, thread_id)
        for content in contents
    ]


_NOT_COPIED = {
    "message_id",
    "from",
    "chat",
    "date",
    "edit_date",
    "reply_to_message",
    "reply_markup",
    "media_group_id",
    "message_thread_id",
    "is_topic_message",
    "via_bot",
}


def _original(standin: StandIn, params: Params, purpose: str) -> Json:
    message = standin.talks.get(params.integer("from_chat_id"), {}).get(params.integer("message_id"))
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    return message


def _content_of(message: Json) -> Json:
    return {key: value for key, value in message.items() if key not in _NOT_COPIED}


def copy_message(standin: StandIn, params: Params) -> Json:
    chat = writable_chat(standin, params)
    content = _content_of(_original(standin, params, "copy"))
    if "caption" in params.fields and "text" not in content:
        content = {key: value for key, value in content.items() if not key.startswith("caption")}
        content |= caption_content(params)
    return {"message_id": _post(standin, params, chat, content)["message_id"]}


def forward_message(standin: StandIn, params: Params) -> Json:
    chat = writable_chat(standin, params)
    original = _original(standin, params, "forward")
    thread_id = thread_of(standin, params, chat)
    standin.limits.check(chat.id)
    origin = {"type": "user", "sender_user": original["from"], "date": original["date"]}
    content = {"forward_origin": origin, **_content_of(original)}
    return standin.new_message(chat.id, standin.bot, content, None, thread_id)


def send_chat_action(standin: StandIn, params: Params) -> bool:
    if params.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = writable_chat(standin, params)
    thread_id = thread_of(standin, params, chat)
    standin.tell("typing", chat.id, {"action": params.text("action"), "thread_id": thread_id})
    return True


_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
