"""Chats as both sides see them: messages numbered and dated, files kept."""

import itertools
import mimetypes
import secrets
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.demo.pictures import size_of
from bot.demo.records import StoredFile
from bot.demo.state import State
from bot.demo.wire import Json


class Chats(State):
    """The bot's chats. `now` is the calendar that dates messages."""

    def __init__(
        self,
        path: Path | None,
        bot_id: int,
        bot_username: str,
        bot_name: str,
        now: Callable[[], datetime] | None,
    ) -> None:
        super().__init__(path, now)
        self.bot_id = bot_id
        self.bot_username = bot_username
        self.bot_name = bot_name
        self._albums = itertools.count(int(time.time() * 1000))

    @property
    def bot(self) -> Json:
        return {"id": self.bot_id, "is_bot": True, "first_name": self.bot_name, "username": self.bot_username}

    def today(self) -> int:
        """The calendar's now as Telegram writes dates: whole seconds since 1970."""
        return int(self.now().timestamp())

    def messages(self, chat_id: int) -> list[Json]:
        """All messages of a chat, oldest first, as the Bot API would give them."""
        with self.lock:
            return list(self.talks.get(chat_id, {}).values())

    def last(self, chat_id: int) -> Json | None:
        """The newest message of a chat, whoever wrote it."""
        known = self.messages(chat_id)
        return known[-1] if known else None

    def from_bot(self, chat_id: int) -> list[Json]:
        """The bot's own messages of a chat, oldest first."""
        return [message for message in self.messages(chat_id) if message["from"]["id"] == self.bot_id]

    def unread(self, user_id: int) -> int:
        """How many messages of the bot this person has not looked at on the page."""
        seen = self.users[user_id].read_id
        return sum(message["message_id"] > seen for message in self.from_bot(user_id))

    def new_album_id(self) -> str:
        return str(next(self._albums))

    def keep_file(self, name: str, data: bytes, mime: str | None, *, photo: bool) -> StoredFile:
        """Store bytes under a new file_id. Raises ValueError when a photo is none."""
        width, height = size_of(data) if photo else (0, 0)
        unique, kind = secrets.token_urlsafe(9), "AgAC" if photo else "BQAC"
        guessed = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        stored = StoredFile(
            f"{kind}{secrets.token_urlsafe(24)}", f"A{unique}", name, guessed, len(data), width, height
        )
        return self.put_file(stored, data)

    def new_message(
        self,
        chat_id: int,
        sender: Json,
        content: Json,
        reply_to: int | None = None,
        thread_id: int | None = None,
    ) -> Json:
        """Number, date and keep a message; a reply carries the message it answers, without that one's own.

        In a topic a message that answers none carries the one by which the topic was made, as on Telegram.
        """
        answered = self.talks[chat_id].get(reply_to) if reply_to is not None else None
        place = self._place(chat_id, answered, thread_id)
        if place.get("is_topic_message"):
            answered = answered or self.talks[chat_id].get(place["message_thread_id"])
        message = {
            "message_id": self.next_id("message"),
            "from": sender,
            "chat": self.chats[chat_id].as_json(),
            "date": self.today(),
            **place,
        }
        if answered is not None:
            message["reply_to_message"] = {
                key: value for key, value in answered.items() if key != "reply_to_message"
            }
        return self.put_message({**message, **content})

    def _place(self, chat_id: int, answered: Json | None, thread_id: int | None) -> Json:
        """Where in a group a message stands: in a forum's topic, or in a supergroup's thread of replies."""
        chat = self.chats[chat_id]
        if chat.is_forum:
            in_topic = answered is not None and answered.get("is_topic_message")
            topic = answered["message_thread_id"] if answered and in_topic else thread_id
            return {"message_thread_id": topic, "is_topic_message": True} if topic else {}
        if chat.type == "supergroup" and answered is not None:
            return {"message_thread_id": answered.get("message_thread_id") or answered["message_id"]}
        return {}


def media_content(stored: StoredFile) -> Json:
    """The part of a message that holds a file."""
    known: Json = {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size_bytes,
    }
    if stored.width:
        return {"photo": [{**known, "width": stored.width, "height": stored.height}]}
    return {"document": {**known, "file_name": stored.name, "mime_type": stored.mime}}
