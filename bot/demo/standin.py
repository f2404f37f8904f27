"""The stand-in itself: Telegram's side of the talk, and the people's hands and voices."""

import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from bot.demo.asking import Asking
from bot.demo.chats import media_content
from bot.demo.entities import Entity, chunks, trimmed, utf16_length, with_found
from bot.demo.faults import Call, Faults, Limits
from bot.demo.groups import member_json
from bot.demo.records import BotStatus, Callback, Chat, User
from bot.demo.wire import Json

MAX_TEXT = 4096
MAX_CAPTION = 1024
CALLBACK_SECONDS = 60.0
DEMO_TOKEN = "4242424242:contoh"


class StandIn(Asking):
    """Telegram for one bot. `path=None` keeps everything in memory; `now` is the calendar of messages.

    The methods below are what people do. Each is durable and queued for the bot when it returns, and they may
    be called from any thread. With a `client_id` that was seen before nothing is done again: the answer is
    the first one's.
    """

    def __init__(
        self,
        path: Path | None = None,
        token: str = DEMO_TOKEN,
        bot_username: str = "contoh_pandu_bot",
        bot_name: str = "Pandu ZI",
        now: Callable[[], datetime] | None = None,
        keep_calls: int = 10_000,
    ) -> None:
        super().__init__(path, int(token.partition(":")[0]), bot_username, bot_name, now)
        self.token = token
        self.faults = Faults()
        self.limits = Limits()
        self.calls: deque[Call] = deque(maxlen=keep_calls)
        self.callback_seconds = CALLBACK_SECONDS

    def toast(self, update_id: int) -> Callback | None:
        """The tap that an update carried, with the bot's answer to it once there is one."""
        with self.lock:
            return next((tap for tap in self.callbacks.values() if tap.update_id == update_id), None)

    # people

    def add_user(
        self,
        user_id: int,
        first_name: str,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str = "id",
    ) -> User:
        """Make a person known. Somebody known already gets the new names and keeps everything else."""
        with self.store.writing():
            user = self.users.get(user_id) or User(user_id, first_name)
            user.first_name, user.last_name, user.username = first_name, last_name, username
            user.language_code = language_code
            self.put_user(user)
            pinned = self.chats[user_id].pinned if user_id in self.chats else ()
            self.put_chat(Chat(user_id, "private", first_name, last_name, username, pinned=pinned))
        return user

    def say(
        self,
        user_id: int,
        text: str,
        *,
        reply_to: int | None = None,
        chat_id: int | None = None,
        thread_id: int | None = None,
        client_id: str | None = None,
        entities: Sequence[Entity] = (),
    ) -> int:
        """Send a text to the bot, or into a group or one of its topics; `entities` are its formatting.

        The answer is the update id: the last one, when one message was too short; 0 when the bot is not told.
        Raises ValueError for a text of blanks only, KeyError for a stranger.
        """
        parts = chunks(trimmed(text, [])[0], MAX_TEXT)
        if not parts:
            raise ValueError("a message needs text")
        with self.store.writing():
            if client_id is not None and client_id in self.sent:
                return self.sent[client_id]
            update_id = 0
            for part in parts:
                # What was too long for one message loses its formatting: its places are those of the whole.
                found = with_found(part, [dict(e) for e in entities] if len(parts) == 1 else [])
                content: Json = {"text": part, **({"entities": found} if found else {})}
                update_id = self._deliver(user_id, content, reply_to, chat_id, thread_id)
            if client_id is not None:
                self.remember_sent(client_id, update_id)
        self.wake()
        return update_id

    def edit_text(self, user_id: int, message_id: int, text: str, chat_id: int | None = None) -> int:
        """Change a text this person sent. Raises KeyError when there is none, ValueError for a bad text."""
        text = trimmed(text, [])[0]
        if not text or utf16_length(text) > MAX_TEXT:
            raise ValueError("an edited message needs text of at most 4096 characters")
        with self.store.writing():
            old = self.talks[user_id if chat_id is None else chat_id][message_id]
            if old["from"]["id"] != user_id or "text" not in old:
                raise KeyError(message_id)
            message = {**old, "text": text, "edit_date": self.today()}
            message.pop("entities", None)
            if entities := with_found(text, []):
                message["entities"] = entities
            self.put_message(message, edited=True)
            update_id = self._hand_over("edited_message", message)
        self.wake()
        return update_id

    def tap(
        self,
        user_id: int,
        message_id: int,
        callback_data: str,
        *,
        chat_id: int | None = None,
        client_id: str | None = None,
    ) -> int:
        """Tap a button; the data may be forged, as in life. Raises KeyError when the message is not there."""
        place = user_id if chat_id is None else chat_id
        with self.store.writing():
            if client_id is not None and client_id in self.sent:
                return self.sent[client_id]
            self.require_member(place, user_id)
            message = self.talks[place][message_id]
            tap = Callback(
                id=str(self.next_id("callback", first=4_000_000_001)),
                user_id=user_id,
                chat_id=place,
                message_id=message_id,
                data=callback_data,
                issued_at=time.time(),
            )
            query = {"id": tap.id, "from": self.users[user_id].as_json()}
            # What was posted through inline mode is the person's message: the bot learns only its inline id.
            via = message.get("via_bot") is not None
            query |= {"inline_message_id": f"{place}_{message_id}"} if via else {"message": message}
            query |= {"chat_instance": str(place * 7919), "data": callback_data}
            tap.update_id = self.push_update("callback_query", query)
            self.put_callback(tap)
            if client_id is not None:
                self.remember_sent(client_id, tap.update_id)
        self.wake()
        return tap.update_id

    def send_document(
        self,
        user_id: int,
        name: str,
        data: bytes,
        mime: str | None = None,
        caption: str | None = None,
        *,
        reply_to: int | None = None,
    ) -> int:
        """Send one file as a document."""
        return self.send_file(user_id, name, data, mime, caption, reply_to=reply_to)

    def send_photo(
        self,
        user_id: int,
        data: bytes,
        caption: str | None = None,
        name: str = "foto.jpg",
        *,
        reply_to: int | None = None,
    ) -> int:
        """Send one picture as a photo. Raises ValueError when it is no picture."""
        return self.send_file(user_id, name, data, None, caption, photo=True, reply_to=reply_to)

    def send_file(
        self,
        user_id: int,
        name: str,
        data: bytes,
        mime: str | None = None,
        caption: str | None = None,
        *,
        photo: bool = False,
        reply_to: int | None = None,
        group: str | None = None,
        chat_id: int | None = None,
        thread_id: int | None = None,
        client_id: str | None = None,
    ) -> int:
        """Send one file, alone or as a part of the album `group` (from `new_album_id`)."""
        with self.store.writing():
            if client_id is not None and client_id in self.sent:
                return self.sent[client_id]
            if user_id not in self.users:
                raise KeyError(user_id)
            content = media_content(self.keep_file(name, data, mime, photo=photo))
            if caption := trimmed(caption or "", [])[0][:MAX_CAPTION]:
                entities = with_found(caption, [])
                content |= {"caption": caption, **({"caption_entities": entities} if entities else {})}
            if group is not None:
                content["media_group_id"] = group
            update_id = self._deliver(user_id, content, reply_to, chat_id, thread_id)
            if client_id is not None:
                self.remember_sent(client_id, update_id)
        self.wake()
        return update_id

    def album(
        self,
        user_id: int,
        items: Sequence[tuple[str, bytes]],
        caption: str | None = None,
        *,
        photos: bool = True,
    ) -> list[int]:
        """Send several files (name, bytes) at once: one update each, the caption on the first."""
        group = self.new_album_id()
        with self.store.writing():
            return [
                self.send_file(user_id, name, data, None, "" if n else caption, photo=photos, group=group)
                for n, (name, data) in enumerate(items)
            ]

    def block(self, user_id: int) -> int:
        """Block the bot; sending to this person is refused from now on."""
        return self._set_blocked(user_id, True)

    def unblock(self, user_id: int) -> int:
        return self._set_blocked(user_id, False)

    def read(self, user_id: int, message_id: int, chat_id: int | None = None) -> None:
        """Note that this person has seen everything of a chat up to a message."""
        with self.store.writing():
            if chat_id is not None and chat_id != user_id:
                group = self.groups[chat_id]
                if message_id > group.members[user_id]:
                    group.members[user_id] = message_id
                    self.put_group(group)
                    unread = self.unread_in(chat_id, user_id)
                    self.tell("read", chat_id, {"user_id": user_id, "unread": unread})
                return
            user = self.users[user_id]
            if message_id > user.read_id:
                user.read_id = message_id
                self.put_user(user)
                self.tell("read", user_id, {"user_id": user_id, "unread": self.unread(user_id)})

    def expire_callbacks(self) -> None:
        """Make every tap so far too old to be answered."""
        with self.store.writing():
            for tap in self.callbacks.values():
                tap.issued_at = 0.0
                self.put_callback(tap)

    # inside

    def _deliver(
        self,
        user_id: int,
        content: Json,
        reply_to: int | None = None,
        chat_id: int | None = None,
        thread_id: int | None = None,
    ) -> int:
        place = user_id if chat_id is None else chat_id
        self.require_member(place, user_id, thread_id)
        user = self.users[user_id]
        if place == user_id:
            if user.blocked:
                self._set_blocked(user_id, False)
            if not user.started:
                user.started = True
                self.put_user(user)
        message = self.new_message(place, user.as_json(), content, reply_to, thread_id)
        return self._hand_over("message", message)

    def _set_blocked(self, user_id: int, blocked: bool) -> int:
        with self.store.writing():
            user = self.users[user_id]
            states: tuple[BotStatus, BotStatus] = (
                ("kicked", "member") if user.blocked else ("member", "kicked")
            )
            user.blocked = blocked
            self.put_user(user)
            body = {
                "chat": self.chats[user_id].as_json(),
                "from": user.as_json(),
                "date": self.today(),
                "old_chat_member": member_json(self.bot, states[0]),
                "new_chat_member": member_json(self.bot, states[1]),
            }
            update_id = self.push_update("my_chat_member", body)
        self.wake()
        return update_id
