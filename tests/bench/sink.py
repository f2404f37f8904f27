"""The least that answers as the Bot API does: it hands out prepared updates and takes every message.

A process of its own, so that its work is not counted as the bot's. It keeps no chat and checks nothing (the
stand-in of `bot/demo` does that); it answers at once, so that what is measured is the bot.
"""

import asyncio
import json
import multiprocessing
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import parse_qsl

TOKEN = "123456789:contoh-contoh"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Pandu", "username": "pandu_contoh_bot"}
_MESSAGES = {"sendMessage", "editMessageText", "editMessageCaption", "sendDocument", "sendPhoto"}
FILE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"
)
WAIT_SECONDS = 0.5


@dataclass
class Sink:
    """What was sent so far and what waits to be fetched."""

    updates: list[dict[str, Any]] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    last: dict[str, Any] = field(default_factory=dict)
    message_id: int = 1_000_000
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, method: str, given: dict[str, str]) -> Any:
        """The result of one call."""
        self.calls[method] += 1
        if method == "getMe":
            return BOT
        if method == "getUpdates":
            return await self._fetched(int(given.get("offset", 0)), int(given.get("limit", 100)), given)
        if method == "getFile":
            return {"file_id": given["file_id"], "file_unique_id": given["file_id"], "file_path": "a.pdf"}
        return self._message(given) if method in _MESSAGES else True

    async def _fetched(self, offset: int, limit: int, given: dict[str, str]) -> list[dict[str, Any]]:
        self.updates = [each for each in self.updates if each["update_id"] >= offset]
        if not self.updates and given.get("timeout", "0") != "0":
            self.came.clear()
            try:
                await asyncio.wait_for(self.came.wait(), WAIT_SECONDS)
            except TimeoutError:
                return []
        return self.updates[:limit]

    def _message(self, given: dict[str, str]) -> dict[str, Any]:
        self.message_id += 1
        chat = int(given.get("chat_id", 0))
        made: dict[str, Any] = {
            "message_id": int(given.get("message_id", self.message_id)),
            "date": 1_800_000_000,
            "chat": {"id": chat, "type": "private", "first_name": "Orang"},
            "from": BOT,
            "text": given.get("text", ""),
        }
        if "reply_markup" in given:
            made["reply_markup"] = json.loads(given["reply_markup"])
        self.last[str(chat)] = made
        return made


class _Server(asyncio.Protocol):
    """HTTP/1.1 with lengths and keep-alive, as far as the bots' client speaks it."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._got = b""
        self._turn: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, found, rest = self._got.partition(b"\r\n\r\n")
        if not found:
            return
        lines = head.split(b"\r\n")
        size = next((int(x[15:]) for x in lines if x.lower().startswith(b"content-length:")), 0)
        if len(rest) < size:
            return
        self._got = rest[size:]
        path, body = lines[0].split(b" ")[1].decode(), rest[:size]
        if path.startswith("/file/"):
            self._send(FILE, "application/pdf")
        else:
            self._turn = asyncio.ensure_future(self._reply(path.rsplit("/", 1)[1], body))

    async def _reply(self, method: str, body: bytes) -> None:
        # A multipart body (files) is not read: no bot here asks what became of it.
        given = dict(parse_qsl(body.decode())) if not body.startswith(b"--") else {}
        result = await self._sink.answer(method, given)
        self._send(json.dumps({"ok": True, "result": result}).encode(), "application/json")

    def _send(self, body: bytes, kind: str) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)


@dataclass(frozen=True, slots=True)
class Telegram:
    """The other end, as the one who measures sees it."""

    base: str
    pipe: Connection

    def queue(self, updates: list[dict[str, Any]]) -> None:
        """Let these wait to be fetched, instead of any that waited."""
        self._ask("queue", updates)

    def calls(self) -> Counter[str]:
        """The calls since last asked, by method."""
        return Counter(self._ask("calls"))

    def last(self, chat: int) -> dict[str, Any]:
        """The message that was sent to this chat last."""
        return dict(self._ask("last", str(chat)))

    def _ask(self, order: str, about: Any = None) -> Any:
        self.pipe.send((order, about))
        return self.pipe.recv()


@contextmanager
def telegram() -> Iterator[Telegram]:
    """A sink in a process of its own."""
    parent, child = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(child,), daemon=True)
    process.start()
    try:
        yield Telegram(f"http://127.0.0.1:{parent.recv()}", parent)
    finally:
        parent.send(None)
        process.join(10)


def _serve(pipe: Connection) -> None:
    async def serve() -> None:
        sink, loop = Sink(), asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Server(sink), "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        while (order := await loop.run_in_executor(None, pipe.recv)) is not None:
            pipe.send(_obeyed(sink, *order))
        server.close()

    asyncio.run(serve())


def _obeyed(sink: Sink, order: str, about: Any) -> Any:
    if order == "queue":
        sink.updates = about
        sink.came.set()
        return len(about)
    if order == "calls":
        calls, sink.calls = dict(sink.calls), Counter()
        return calls
    return sink.last.get(about)
