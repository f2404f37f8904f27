"""What the stand-in knows: people, chats, messages, files, the queue of updates; written through at once."""

import asyncio
import itertools
import secrets
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.demo.records import Asked, Callback, Chat, Group, StoredFile, User
from bot.demo.store import Store
from bot.demo.wire import Json

_EMPTIED = "user", "chat", "group", "message", "update", "callback", "asked", "file", "sent"
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
_SENT_KEPT = 500
_CALLBACKS_KEPT = 5_000
_ASKED_KEPT = 500


@dataclass(frozen=True, slots=True)
class Change:
    """Something that the page wants to show at once."""

    seq: int
    kind: str
    chat_id: int
    body: Any


class State:
    """Everything remembered. Ids never go back, not after a restart and not after a reset."""

    def __init__(self, path: Path | None, now: Callable[[], datetime] | None) -> None:
        self.now = now or (lambda: datetime.now(UTC))
        self.store = Store(path)
        self.lock = self.store.lock
        self.epoch = secrets.token_hex(4)
        self.closing = False
        self._seq = 0
        self._keys = itertools.count()
        self._listeners: dict[int, tuple[asyncio.AbstractEventLoop, Callable[[Change], None]]] = {}
        self._wake: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._wake_lock = threading.Lock()
        self.counters: dict[str, int] = {}
        self.profile: dict[str, Any] = {}
        self._load()

    def _load(self) -> None:
        self.counters = dict(self.store.load("counter"))
        self.profile = dict(self.store.load("profile"))
        self.users = {int(key): User(**body) for key, body in self.store.load("user")}
        self.chats = {
            int(key): Chat(**{**body, "pinned": tuple(body["pinned"])})
            for key, body in self.store.load("chat")
        }
        self.groups = {int(key): Group.from_json(body) for key, body in self.store.load("group")}
        self.talks: dict[int, dict[int, Json]] = {chat_id: {} for chat_id in self.chats}
        for _, body in sorted(self.store.load("message"), key=lambda pair: int(pair[1]["message_id"])):
            self.talks.setdefault(body["chat"]["id"], {})[body["message_id"]] = body
        self.updates = {body["update_id"]: body for _, body in self.store.load("update")}
        self.updates = dict(sorted(self.updates.items()))
        taps = sorted(
            (Callback(**body) for _, body in self.store.load("callback")), key=lambda tap: int(tap.id)
        )
        self.callbacks = {tap.id: tap for tap in taps}
        asked = sorted((Asked(**body) for _, body in self.store.load("asked")), key=lambda each: int(each.id))
        self.asked = {each.id: each for each in asked}
        self.files = {key: StoredFile(**body) for key, body in self.store.load("file")}
        self.sent: dict[str, int] = dict(self.store.load("sent"))

    # ids

    def next_id(self, name: str, first: int = 1) -> int:
        self.counters[name] = value = max(self.counters.get(name, first - 1) + 1, first)
        self.store.put("counter", name, value)
        return value

    # writing: each of these joins the caller's store.writing() block

    def put_user(self, user: User) -> None:
        self.users[user.id] = user
        self.store.put("user", user.id, asdict(user))

    def put_chat(self, chat: Chat) -> None:
        self.chats[chat.id] = chat
        self.talks.setdefault(chat.id, {})
        self.store.put("chat", chat.id, asdict(chat))

    def put_group(self, group: Group) -> None:
        self.groups[group.chat_id] = group
        self.store.put("group", group.chat_id, asdict(group))

    def put_message(self, message: Json, *, edited: bool = False) -> Json:
        chat_id, message_id = message["chat"]["id"], message["message_id"]
        self.talks.setdefault(chat_id, {})[message_id] = message
        self.store.put("message", f"{chat_id}:{message_id}", message)
        self.tell("edited" if edited else "message", chat_id, message)
        return message

    def drop_message(self, chat_id: int, message_id: int) -> None:
        self.talks[chat_id].pop(message_id)
        self.store.drop("message", f"{chat_id}:{message_id}")
        self.tell("deleted", chat_id, {"message_id": message_id})

    def put_file(self, stored: StoredFile, data: bytes) -> StoredFile:
        self.files[stored.file_id] = stored
        self.store.put("file", stored.file_id, asdict(stored))
        self.store.put_content(stored.file_id, data)
        return stored

    def put_callback(self, callback: Callback) -> None:
        while len(self.callbacks) >= _CALLBACKS_KEPT:
            oldest = next(iter(self.callbacks))
            del self.callbacks[oldest]
            self.store.drop("callback", oldest)
        self.callbacks[callback.id] = callback
        self.store.put("callback", callback.id, asdict(callback))

    def put_asked(self, asked: Asked) -> None:
        while len(self.asked) >= _ASKED_KEPT:
            oldest = next(iter(self.asked))
            del self.asked[oldest]
            self.store.drop("asked", oldest)
        self.asked[asked.id] = asked
        self.store.put("asked", asked.id, asdict(asked))

    def put_profile(self, key: str, value: Any) -> None:
        self.profile[key] = value
        self.store.put("profile", key, value)

    def remember_sent(self, client_id: str, value: int) -> None:
        """Keep what a page's send led to, so that the same send repeated does nothing more."""
        while len(self.sent) >= _SENT_KEPT:
            oldest = next(iter(self.sent))
            del self.sent[oldest]
            self.store.drop("sent", oldest)
        self.sent[client_id] = value
        self.store.put("sent", client_id, value)

    # the queue of updates

    def push_update(self, kind: str, body: Json) -> int:
        """Queue an update for the bot; one that the bot did not ask for gets its number and is dropped."""
        update_id = self.next_id("update", first=10_000)
        allowed = self.profile.get("allowed_updates")
        if kind in allowed if allowed else kind not in _NOT_BY_DEFAULT:
            update = {"update_id": update_id, kind: body}
            self.updates[update_id] = update
            self.store.put("update", update_id, update)
        return update_id

    def confirm(self, before_id: int) -> None:
        """Forget the updates below `before_id`: the bot has them."""
        with self.store.writing():
            for update_id in [known for known in self.updates if known < before_id]:
                del self.updates[update_id]
                self.store.drop("update", update_id)

    # waking those who wait

    def waiter(self) -> asyncio.Event:
        """An event of the running loop that is set at the next change; give it back with `forget`."""
        event = asyncio.Event()
        with self._wake_lock:
            self._wake.add((asyncio.get_running_loop(), event))
        return event

    def forget(self, event: asyncio.Event) -> None:
        with self._wake_lock:
            self._wake = {pair for pair in self._wake if pair[1] is not event}

    def wake(self) -> None:
        """Let waiting polls look again; call after the commit."""
        with self._wake_lock:
            for loop, event in self._wake:
                if not loop.is_closed():
                    loop.call_soon_threadsafe(event.set)

    def listen(self, hear: Callable[[Change], None]) -> Callable[[], None]:
        """Call `hear` in the running loop for every change from now on; the answer ends it."""
        key = next(self._keys)
        self._listeners[key] = (asyncio.get_running_loop(), hear)

        def end() -> None:
            self._listeners.pop(key, None)

        return end

    def tell(self, kind: str, chat_id: int, body: Any) -> None:
        self._seq += 1
        if self._listeners:
            change = Change(self._seq, kind, chat_id, body)
            for loop, hear in list(self._listeners.values()):
                if not loop.is_closed():
                    loop.call_soon_threadsafe(hear, change)

    @property
    def seq(self) -> int:
        """The number of the last change."""
        return self._seq

    def reset(self) -> None:
        """Forget people, chats, messages, files and waiting updates; ids and the bot's own profile stay."""
        with self.store.writing():
            self.store.clear(*_EMPTIED)
            self.store.clear_contents()
        for known in (
            self.users,
            self.chats,
            self.groups,
            self.talks,
            self.updates,
            self.callbacks,
            self.asked,
            self.files,
            self.sent,
        ):
            known.clear()
        self.tell("reset", 0, None)

    def end_waits(self) -> None:
        """Let long polls and event streams end. Call it before the server stops, or it waits for them."""
        self.closing = True
        self.tell("closing", 0, None)
        self.wake()

    def close(self) -> None:
        """End the waits and close the file; nothing may be asked afterwards."""
        self.end_waits()
        self.store.close()
