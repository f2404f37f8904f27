"""What the stand-in remembers, one kind of record after the other."""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, Self

from bot.demo.wire import Json

BotStatus = Literal["member", "administrator", "restricted", "left", "kicked"]
_NUMBERED = ("members", "topics")


@dataclass(slots=True)
class User:
    """A person. `started`: has written to the bot once; `read_id`: the last message seen on the page."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str = "id"
    started: bool = False
    blocked: bool = False
    read_id: int = 0

    def as_json(self) -> Json:
        shown = {"id": self.id, "is_bot": False, "first_name": self.first_name, "last_name": self.last_name}
        shown |= {"username": self.username, "language_code": self.language_code}
        return {key: value for key, value in shown.items() if value is not None}


@dataclass(slots=True)
class Chat:
    """A conversation. A private chat has the id of its person."""

    id: int
    type: Literal["private", "group", "supergroup"]
    first_name: str | None = None
    last_name: str | None = None
    username: str | None = None
    title: str | None = None
    is_forum: bool | None = None
    pinned: tuple[int, ...] = ()

    def as_json(self) -> Json:
        return {key: value for key, value in asdict(self).items() if value is not None and key != "pinned"}


@dataclass(slots=True)
class Group:
    """What a chat of several people has besides: members, topics, and how the bot stands in it.

    `members` holds for each person the last message seen on the page; `topics` the name of each topic under
    its message_thread_id, `closed` those that take nothing more. `moved_to` is set when the group has become
    a supergroup under another id. `may_write`: what members, and so the bot, may do unless they are admins;
    `bot_pins`: whether the bot as an admin may pin.
    """

    chat_id: int
    members: dict[int, int] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)
    bot_status: BotStatus = "member"
    moved_to: int = 0
    closed: list[int] = field(default_factory=list)
    may_write: bool = True
    bot_pins: bool = False

    @property
    def has_bot(self) -> bool:
        """Whether the bot is in it."""
        return self.bot_status not in {"left", "kicked"}

    @property
    def bot_may_write(self) -> bool:
        """Whether the bot may send messages there."""
        return self.bot_status == "administrator" or (self.bot_status == "member" and self.may_write)

    @classmethod
    def from_json(cls, body: Json) -> Self:
        """A group as stored, where every key is text."""
        numbered = {name: {int(key): value for key, value in body[name].items()} for name in _NUMBERED}
        return cls(**{**body, **numbered})


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What is known of a file; its bytes stay on disk. `width` and `height` are 0 for documents."""

    file_id: str
    unique_id: str
    name: str
    mime: str
    size_bytes: int
    width: int = 0
    height: int = 0

    @property
    def path(self) -> str:
        """Where the bot downloads it from, below /file/bot<token>/."""
        folder = "photos" if self.width else "documents"
        ending = Path(self.name).suffix.lower()
        return f"{folder}/{self.unique_id}{ending if ending.isascii() else ''}"


@dataclass(slots=True)
class Callback:
    """A tap. `issued_at` is real time in seconds: Telegram's patience does not follow the demo's clock."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    data: str
    issued_at: float
    update_id: int = 0
    answered: bool = False
    text: str = ""
    alert: bool = False


@dataclass(slots=True)
class Asked:
    """An inline query typed in some chat, and the bot's answer once there is one.

    `results` hold id, title, description and the `content` of the message that choosing posts. `until` is
    when the answer must be asked for again, in real time as `issued_at`.
    """

    id: str
    user_id: int
    chat_id: int
    query: str
    offset: str
    issued_at: float
    update_id: int = 0
    answered: bool = False
    until: float = 0.0
    personal: bool = False
    results: list[Json] = field(default_factory=list)
    next_offset: str = ""
    button: Json | None = None
