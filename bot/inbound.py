"""Update -> Event. Pure: looks only at the update."""

import re
from functools import cache

from telegram import (
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberOwner,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
    Update,
    User,
)

from bot.formatting import safe_html
from flows.events import Event, GroupChange, IncomingFile, Kind, Sender
from flows.routes import COMMANDS, unpack

MAX_NAME = 120
_AWAY = {"kicked", "left"}
STAYS = "+"
"""Before callback data: the message with this button stays, the answer comes below it."""


def clean(text: str) -> str:
    """Without NUL and unpaired surrogates, which no database and no sender would take."""
    return text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def sent_at(update: Update) -> float | None:
    """When Telegram took it, in seconds since 1970; taps carry no such date."""
    return update.message.date.timestamp() if update.message is not None else None


def event_of(update: Update, bot_username: str) -> Event | None:
    """The event that an update is for us, or None for what we do not answer."""
    if update.callback_query is not None:
        return _tap(update)
    if update.my_chat_member is not None:
        return _standing(update.update_id, update.my_chat_member)
    message = update.message
    if message is None:
        return None
    if (change := _change(message)) is not None:
        who = _sender(message.from_user) if message.from_user else Sender(message.chat.id, "")
        return Event(update.update_id, "group", message.chat.id, who, private=False, change=change)
    return _message(update.update_id, message, bot_username) if message.from_user is not None else None


def _standing(update_id: int, member: ChatMemberUpdated) -> Event | None:
    """In private: blocked, or back again. In a group: in or out, muted or free to write."""
    sender, chat = _sender(member.from_user), member.chat
    new, old = member.new_chat_member, member.old_chat_member
    if chat.type == "private":
        return Event(update_id, "block", chat.id, sender, reachable=new.status not in _AWAY)
    there, was = not _away(new), not _away(old)
    may_pin = isinstance(new, ChatMemberOwner) or (
        isinstance(new, ChatMemberAdministrator) and bool(new.can_pin_messages)
    )
    if not there:
        change = GroupChange("gone") if was else None
    elif not _may_write(new):
        change = GroupChange("muted")
    elif was:
        change = GroupChange("free", may_pin=may_pin)
    else:
        change = GroupChange("came", may_pin=may_pin)
    if change is None:
        return None
    title = clean(chat.title or "")
    return Event(update_id, "group", chat.id, sender, private=False, change=change, chat_title=title)


def _away(member: ChatMember) -> bool:
    return member.status in _AWAY or (isinstance(member, ChatMemberRestricted) and not member.is_member)


def _may_write(member: ChatMember) -> bool:
    return not isinstance(member, ChatMemberRestricted) or member.can_send_messages


def _change(message: Message) -> GroupChange | None:
    """What a service message says about the group itself."""
    here = message.chat.id
    if message.migrate_to_chat_id:
        return GroupChange("moved", here, message.migrate_to_chat_id)
    if message.migrate_from_chat_id:
        return GroupChange("moved", message.migrate_from_chat_id, here)
    if message.new_chat_title:
        return GroupChange("title", name=clean(message.new_chat_title))
    named = message.forum_topic_created or message.forum_topic_edited
    if named is not None and named.name and message.message_thread_id:
        return GroupChange("topic", thread_id=message.message_thread_id, name=clean(named.name))
    return None


def _sender(user: User) -> Sender:
    name = clean(" ".join(part for part in (user.first_name, user.last_name) if part)).strip()
    return Sender(user.id, name[:MAX_NAME] or "Tanpa nama", user.language_code or "id")


def _tap(update: Update) -> Event | None:
    query = update.callback_query
    if query is None or query.message is None:
        return None
    data = clean(query.data or "")
    shown = query.message
    return Event(
        update_id=update.update_id,
        kind="tap",
        chat_id=query.message.chat.id,
        sender=_sender(query.from_user),
        private=query.message.chat.type == "private",
        action=unpack(data.removeprefix(STAYS)),
        below=data.startswith(STAYS),
        message_id=query.message.message_id,
        callback_id=query.id,
        thread_id=_topic(shown) if isinstance(shown, Message) else None,
    )


def _message(update_id: int, message: Message, bot_username: str) -> Event | None:
    user = message.from_user
    if user is None or _is(message.via_bot, bot_username):  # what inline mode posted is no question to us
        return None
    private = message.chat.type == "private"
    if not private and not _addressed(message, bot_username):
        return None
    kind: Kind = "other"
    text, command, file = clean(message.text or message.caption or ""), "", _file(message)
    if not private:
        # Files are for the private chat: in a group only what is written with one counts.
        text, file = _without_name(text, bot_username), None
    if file is not None:
        kind = "file"
    elif message.text is not None or (text and not private):
        kind = "text"
        if text.startswith("/"):
            head, *rest = text[1:].split(maxsplit=1) or [""]
            name, _, addressed = head.partition("@")
            if addressed and addressed.lower() != bot_username.lower():
                return None
            if name and name[0].isalpha() and not text[1].isspace():
                kind, command, text = "command", name.lower(), "".join(rest)
            if not private and not addressed and command not in COMMANDS:
                return None  # of another bot, or none
    return Event(
        update_id=update_id,
        kind=kind,
        chat_id=message.chat.id,
        sender=_sender(user),
        text=text,
        private=private,
        command=command,
        message_id=message.message_id,
        file=file,
        html=_html(message, text) if private else "",
        thread_id=_topic(message),
        quoted=_quoted(message) if command else "",
        chat_title="" if private else clean(message.chat.title or ""),
        topic_name=_topic_name(message),
        forum=bool(message.chat.is_forum),
    )


def _html(message: Message, text: str) -> str:
    """What is said, with its formatting; "" without any, or where the text had to be cleaned."""
    whole = message.text or message.caption or ""
    entities = message.entities or message.caption_entities
    if not entities or not text or not whole.endswith(text):
        return ""
    return safe_html(whole, entities, len(whole) - len(text))


def _quoted(message: Message) -> str:
    """What the message replies to says; nothing for the message by which a forum topic was made."""
    answered = message.reply_to_message
    return clean(answered.text or answered.caption or "") if answered is not None else ""


def _topic(message: Message) -> int | None:
    """The forum topic; a supergroup's thread of replies carries an id as well, but is no place to send to."""
    return message.message_thread_id if message.is_topic_message else None


def _topic_name(message: Message) -> str:
    """The name of the topic, which a message there carries unless it replies to another one."""
    answered = message.reply_to_message
    made = answered.forum_topic_created if answered is not None and message.is_topic_message else None
    return clean(made.name) if made is not None else ""


def _is(user: User | None, bot_username: str) -> bool:
    return user is not None and (user.username or "").lower() == bot_username.lower()


def _addressed(message: Message, bot_username: str) -> bool:
    """In a group only what is said to the bot is its business: commands, mentions, replies to it."""
    text = message.text or message.caption or ""
    answered = message.reply_to_message
    # In a topic every message that answers none is a reply to the one by which the topic was made.
    replies = answered is not None and answered.forum_topic_created is None
    return bool(text) and (
        text.startswith("/")
        or _name(bot_username).search(text) is not None
        or (replies and answered is not None and _is(answered.from_user, bot_username))
    )


@cache
def _name(bot_username: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@/])@{re.escape(bot_username)}\b[ ,:;]*", re.IGNORECASE)


def _without_name(text: str, bot_username: str) -> str:
    """What is said, without the name of the bot it is said to."""
    return _name(bot_username).sub("", text).strip()


def _file(message: Message) -> IncomingFile | None:
    album = message.media_group_id or ""
    if message.document is not None:
        doc = message.document
        return IncomingFile(
            doc.file_id,
            doc.file_unique_id,
            clean(doc.file_name or "berkas"),
            doc.mime_type or "application/octet-stream",
            doc.file_size or 0,
            album,
        )
    if message.photo:
        best = message.photo[-1]
        return IncomingFile(
            best.file_id, best.file_unique_id, "foto.jpg", "image/jpeg", best.file_size or 0, album
        )
    return None
