"""Bad days on order: refusals, lost connections and slowness for chosen calls, and Telegram's send limits."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Literal

from bot.demo.wire import ApiError, Json, blocked, too_many

Kind = Literal["429", "500", "reset_before", "reset_after", "slow", "blocked"]


class Dropped(Exception):
    """The connection is to be cut without an answer."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot, by the monotonic clock, and the error it got: code 0 none, -1 cut off."""

    method: str
    params: Json
    at_seconds: float
    error_code: int = 0
    error: str = ""


@dataclass(slots=True)
class Fault:
    method: str | None
    chat_id: int | None
    times: int
    kind: Kind
    retry_after_seconds: int
    delay_seconds: float

    def fits(self, method: str, chat_id: int | None) -> bool:
        return (
            self.times > 0
            and (self.method is None or self.method.lower() == method)
            and (self.chat_id is None or self.chat_id == chat_id)
        )


class Faults:
    """Faults waiting for their call, first added first used."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(
        self,
        method: str | None = None,
        chat_id: int | None = None,
        times: int = 1,
        kind: Kind = "500",
        retry_after: int = 1,
        seconds: float = 0.5,
    ) -> None:
        """Let the next `times` calls of `method` (any when None) to `chat_id` (any when None) go wrong.

        `reset_before` cuts the connection before anything happened, `reset_after` when all is done but the
        answer is lost; `slow` waits `seconds` and then works; `429` asks for `retry_after` seconds.
        """
        self._waiting.append(Fault(method, chat_id, times, kind, retry_after, seconds))

    def clear(self) -> None:
        self._waiting.clear()

    @property
    def left(self) -> int:
        """How many faults are still to come."""
        return sum(fault.times for fault in self._waiting)

    async def before(self, method: str, chat_id: int | None) -> bool:
        """Apply the first fault that fits; True asks for the answer to be lost after the work."""
        fault = next((fault for fault in self._waiting if fault.fits(method, chat_id)), None)
        if fault is None:
            return False
        fault.times -= 1
        if fault.times <= 0:
            self._waiting.remove(fault)
        match fault.kind:
            case "429":
                raise too_many(fault.retry_after_seconds)
            case "500":
                raise ApiError(500, "Internal Server Error")
            case "blocked":
                raise blocked()
            case "reset_before":
                raise Dropped
            case "slow":
                await asyncio.sleep(fault.delay_seconds)
        return fault.kind == "reset_after"


@dataclass
class Limits:
    """Telegram's pace, off by default: messages a second in all, a second per person, a minute per group."""

    per_second: int = 30
    per_chat_second: int = 1
    per_group_minute: int = 20
    enabled: bool = False
    _all: deque[float] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)

    def check(self, chat_id: int) -> None:
        """Count one message to `chat_id`; raises the 429 that Telegram would answer."""
        if not self.enabled:
            return
        now = time.monotonic()
        chat = self._chats.setdefault(chat_id, deque())
        span, most = (60.0, self.per_group_minute) if chat_id < 0 else (1.0, self.per_chat_second)
        for seen, seconds, limit in ((self._all, 1.0, self.per_second), (chat, span, most)):
            while seen and now - seen[0] >= seconds:
                seen.popleft()
            if len(seen) >= limit:
                raise too_many(max(1, round(seconds - (now - seen[0]) + 0.5)))
        self._all.append(now)
        chat.append(now)
