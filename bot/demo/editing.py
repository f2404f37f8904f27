"""Bot API methods that change what is in a chat, and the answers to taps."""

import time

from bot.demo.entities import utf16_length
from bot.demo.markup import inline_keyboard
from bot.demo.sending import caption_content, media_item, text_content, writable_chat
from bot.demo.standin import StandIn
from bot.demo.wire import Json, Params, bad_request

DELETE_WITHIN_SECONDS = 48 * 3600
MAX_ANSWER = 200
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
_MEDIA = ("photo", "document")
_CONTENT = (*_MEDIA, "text", "entities", "caption", "caption_entities", "reply_markup")


def _found(standin: StandIn, params: Params, purpose: str) -> Json:
    """The message that a call names; raises when it is gone or not the bot's to change."""
    if params.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = writable_chat(standin, params)
    message = standin.talks.get(chat.id, {}).get(params.integer("message_id"))
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    return message


def _own(standin: StandIn, params: Params) -> Json:
    message = _found(standin, params, "edit")
    if message["from"]["id"] != standin.bot_id or "forward_origin" in message:
        raise bad_request("message can't be edited")
    return message


def _changed(standin: StandIn, params: Params, old: Json, content: Json) -> Json:
    """Replace the content of a message; the keyboard goes unless the call brings one."""
    keyboard = inline_keyboard(params)
    new = {**content, **({"reply_markup": keyboard} if keyboard else {})}
    if all(_comparable(old.get(key)) == _comparable(new.get(key)) for key in _CONTENT):
        raise bad_request(_NOT_MODIFIED)
    kept = {key: value for key, value in old.items() if key not in _CONTENT}
    return standin.put_message({**kept, "edit_date": standin.today(), **new}, edited=True)


def _comparable(value: object) -> object:
    return value or None


def edit_message_text(standin: StandIn, params: Params) -> Json:
    content = text_content(params)
    old = _own(standin, params)
    if "text" not in old:
        raise bad_request("there is no text in the message to edit")
    return _changed(standin, params, old, content)


def edit_message_caption(standin: StandIn, params: Params) -> Json:
    caption = caption_content(params)
    old = _own(standin, params)
    if not any(kind in old for kind in _MEDIA):
        raise bad_request("there is no caption in the message to edit")
    return _changed(standin, params, old, {**{kind: old[kind] for kind in _MEDIA if kind in old}, **caption})


def edit_message_media(standin: StandIn, params: Params) -> Json:
    old = _own(standin, params)
    item = params.json("media", "input media")
    if item is None:
        raise bad_request("there is no media in the request")
    inline_keyboard(params)
    return _changed(standin, params, old, media_item(standin, params, item))


def edit_message_reply_markup(standin: StandIn, params: Params) -> Json:
    old = _own(standin, params)
    content = {key: old[key] for key in _CONTENT if key in old and key != "reply_markup"}
    return _changed(standin, params, old, content)


def delete_message(standin: StandIn, params: Params) -> bool:
    message = _found(standin, params, "delete")
    if standin.today() - message["date"] > DELETE_WITHIN_SECONDS:
        raise bad_request("message can't be deleted")
    _forget(standin, message)
    return True


def delete_messages(standin: StandIn, params: Params) -> bool:
    """Deletes those it can; unknown ones are skipped."""
    ids = params.json("message_ids", "message_ids")
    if not isinstance(ids, list) or not ids:
        raise bad_request("message identifiers are not specified")
    chat = writable_chat(standin, params)
    for message_id in ids:
        message = standin.talks.get(chat.id, {}).get(message_id)
        if message is not None and standin.today() - message["date"] <= DELETE_WITHIN_SECONDS:
            _forget(standin, message)
    return True


def _forget(standin: StandIn, message: Json) -> None:
    chat, message_id = standin.chats[message["chat"]["id"]], message["message_id"]
    if message_id in chat.pinned:
        _pin(standin, chat.id, tuple(known for known in chat.pinned if known != message_id))
    standin.drop_message(chat.id, message_id)


def _pin(standin: StandIn, chat_id: int, pinned: tuple[int, ...]) -> None:
    chat = standin.chats[chat_id]
    chat.pinned = pinned
    standin.put_chat(chat)
    standin.tell("pinned", chat_id, {"message_ids": list(pinned)})


def pin_chat_message(standin: StandIn, params: Params) -> bool:
    message = _found(standin, params, "pin")
    chat_id, message_id = message["chat"]["id"], message["message_id"]
    group = standin.groups.get(chat_id)
    if group is not None and not (group.bot_status == "administrator" and group.bot_pins):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    others = tuple(known for known in standin.chats[chat_id].pinned if known != message_id)
    _pin(standin, chat_id, (*others, message_id))
    if group is not None:  # everybody there reads who pinned what
        thread_id = message.get("message_thread_id") if message.get("is_topic_message") else None
        pinned = {key: value for key, value in message.items() if key != "reply_to_message"}
        standin.new_message(chat_id, standin.bot, {"pinned_message": pinned}, thread_id=thread_id)
    return True


def unpin_chat_message(standin: StandIn, params: Params) -> bool:
    """Unpins the named message, or the one pinned last."""
    chat = writable_chat(standin, params)
    message_id = params.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    _pin(standin, chat.id, tuple(known for known in chat.pinned if known != message_id))
    return True


def unpin_all_chat_messages(standin: StandIn, params: Params) -> bool:
    _pin(standin, writable_chat(standin, params).id, ())
    return True


def answer_callback_query(standin: StandIn, params: Params) -> bool:
    tap = standin.callbacks.get(params.text("callback_query_id"))
    if tap is None or time.time() - tap.issued_at > standin.callback_seconds:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = params.text("text")
    if utf16_length(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    tap.answered, tap.text, tap.alert = True, text, params.flag("show_alert")
    standin.put_callback(tap)
    answer = {"message_id": tap.message_id, "data": tap.data, "text": text, "alert": tap.alert}
    answer["user_id"] = tap.user_id
    standin.tell("answer", tap.chat_id, {**answer, "url": params.text("url"), "update_id": tap.update_id})
    return True
