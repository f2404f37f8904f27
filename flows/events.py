"""What comes in: one update as plain data, without any Telegram type."""

from dataclasses import dataclass, replace
from typing import Literal, Self

from flows.routes import Action

Kind = Literal["text", "tap", "command", "file", "other", "block", "group"]


@dataclass(frozen=True, slots=True)
class Sender:
    """The human behind an event, as Telegram names them."""

    telegram_id: int
    name: str
    language: str = "id"


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file as announced by Telegram: nothing of it has been downloaded. `size_bytes` may be 0 (unknown)."""

    file_id: str
    unique_id: str
    name: str
    mime: str
    size_bytes: int
    album_id: str = ""


@dataclass(frozen=True, slots=True)
class GroupChange:
    """What happened to a group itself, or to the bot in it.

    moved: from `from_id` to `to_id`; topic: one was made or named; title: `name` is new; came, gone; muted,
    or free to write. `may_pin`: the bot is an admin who may pin now.
    """

    kind: Literal["moved", "topic", "title", "came", "gone", "muted", "free"]
    from_id: int = 0
    to_id: int = 0
    thread_id: int = 0
    name: str = ""
    may_pin: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One thing a person did in one chat.

    `action` is set for taps (None when the button is unknown to this version); `command` without slash
    and `text` holding its arguments for commands; `text` is the caption for files. `below` marks a tap on
    a message that stays: the answer comes as a new message. `thread_id` is the forum topic that the event
    comes from and its answer goes to, `topic_name` its name where known; `forum`: the group has topics.
    `quoted` is the text of the message that a command replies to. `change` is set for the kind "group".
    `html` is `text` with the formatting that its sender gave it, as safe Telegram HTML; "" without any.
    """

    update_id: int
    kind: Kind
    chat_id: int
    sender: Sender
    text: str = ""
    private: bool = True
    action: Action | None = None
    command: str = ""
    message_id: int | None = None
    callback_id: str | None = None
    file: IncomingFile | None = None
    reachable: bool = True
    below: bool = False
    thread_id: int | None = None
    quoted: str = ""
    chat_title: str = ""
    topic_name: str = ""
    forum: bool = False
    change: GroupChange | None = None
    html: str = ""

    def with_text(self, text: str) -> Self:
        """The same event as if `text` had been typed."""
        return replace(self, kind="text", text=text, html="")
