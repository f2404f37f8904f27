"""The road to the Bot API: what most calls need of HTTP/1.1, at a third of the general client's cost.

python-telegram-bot lets the transport be chosen. Its own (httpx) stays for uploads, downloads and networks
with a proxy; everything else, a form of a few fields with a short JSON answer, goes over a kept connection.
"""

import asyncio
import ssl
import time
from collections import deque
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies

import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import HTTPXRequest, RequestData

KEPT_SECONDS = 15.0
"""A connection idle for longer is not used again: the other side may be closing it."""
MAX_BODY_BYTES = 32 * 1024 * 1024
_HEAD_END = b"\r\n\r\n"


@dataclass(slots=True)
class _Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    idle_since: float = 0.0

    def usable(self, now: float) -> bool:
        """Whether it is open still, as far as this side knows."""
        gone = self.reader.at_eof() or self.writer.is_closing() or self.reader.exception() is not None
        return not gone and now - self.idle_since < KEPT_SECONDS


class LeanRequest(HTTPXRequest):
    """PTB's request with its promises: TimedOut and NetworkError as there, and nothing is sent twice.

    A call on a connection that breaks is an error for the caller, never tried again here: whether it was
    carried out cannot be known.
    """

    def __init__(self, connection_pool_size: int, pool_timeout: float, **given: Any) -> None:
        super().__init__(connection_pool_size=connection_pool_size, pool_timeout=pool_timeout, **given)
        self._seconds = (given.get("connect_timeout", 5.0), given.get("read_timeout", 5.0))
        self._pool_seconds = pool_timeout
        self._idle: dict[str, deque[_Connection]] = {}
        self._free = asyncio.Semaphore(connection_pool_size)
        self._proxied = bool(getproxies().keys() & {"http", "https", "all"})
        self._tls: ssl.SSLContext | None = None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **timeouts: Any
    ) -> tuple[int, bytes]:
        """One call: the status and the body. Raises TimedOut, NetworkError."""
        usual = not args and all(value is self.DEFAULT_NONE for value in timeouts.values())
        if request_data is None or request_data.contains_files or not usual or self._proxied:
            return await super().do_request(url, method, request_data, *args, **timeouts)
        try:
            async with asyncio.timeout(self._pool_seconds if self._free.locked() else None):
                await self._free.acquire()
        except TimeoutError as err:
            raise TimedOut("Pool timeout: all connections are in use; the call was not sent.") from err
        try:
            return await self._call(urlsplit(url), request_data.url_encoded_parameters().encode())
        except TimeoutError as err:
            raise TimedOut from err
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError) as err:
            raise NetworkError(f"{type(err).__name__}: {err}") from err
        finally:
            self._free.release()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer without what a message of ours looks like: nobody reads its keyboard again."""
        answer = HTTPXRequest.parse_json_payload(payload)
        if isinstance(answer.get("result"), dict):
            answer["result"].pop("reply_markup", None)
        return answer

    async def shutdown(self) -> None:
        """Close what is kept."""
        for kept in self._idle.values():
            while kept:
                kept.pop().writer.close()
        await super().shutdown()

    async def _call(self, url: SplitResult, body: bytes) -> tuple[int, bytes]:
        kept = self._idle.setdefault(f"{url.scheme}://{url.netloc}", deque())
        connection = self._kept(kept) or await self._opened(url)
        try:
            head = (
                f"POST {url.path} HTTP/1.1\r\nHost: {url.netloc}\r\nUser-Agent: {self.USER_AGENT}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
                f"Content-Length: {len(body)}\r\n\r\n"
            )
            connection.writer.write(head.encode("ascii") + body)
            async with asyncio.timeout(self._seconds[1]):
                await connection.writer.drain()
                status, answer, keep = await _answer(connection.reader)
        except BaseException:
            connection.writer.close()
            raise
        if keep:
            connection.idle_since = time.monotonic()
            kept.append(connection)
        else:
            connection.writer.close()
        return status, answer

    @staticmethod
    def _kept(kept: deque[_Connection]) -> _Connection | None:
        now = time.monotonic()
        while kept:
            connection = kept.pop()  # the one used last is the likeliest to be open
            if connection.usable(now):
                return connection
            connection.writer.close()
        return None

    async def _opened(self, url: SplitResult) -> _Connection:
        secure = url.scheme == "https"
        if secure and self._tls is None:
            self._tls = httpx.create_ssl_context()
        async with asyncio.timeout(self._seconds[0]):
            reader, writer = await asyncio.open_connection(
                url.hostname, url.port or (443 if secure else 80), ssl=self._tls if secure else None
            )
        return _Connection(reader, writer)


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes, bool]:
    """Status, body, and whether the connection stays open. Raises ValueError for what is not HTTP."""
    head = await _head(reader)
    while head[0].split(" ", 2)[1] == "100":  # "Continue" comes before the answer
        head = await _head(reader)
    version, code, *_ = head[0].split(" ")
    status = int(code)
    heads = {name.strip().lower(): value.strip() for name, _, value in (x.partition(":") for x in head[1:])}
    keep = version == "HTTP/1.1" and heads.get("connection", "").lower() != "close"
    if "chunked" in heads.get("transfer-encoding", "").lower():
        return status, await _chunks(reader), keep
    if "content-length" not in heads:
        return status, await reader.read(MAX_BODY_BYTES), False
    size = int(heads["content-length"])
    if size > MAX_BODY_BYTES:
        raise ValueError(f"an answer of {size} bytes")
    return status, await reader.readexactly(size), keep


async def _head(reader: asyncio.StreamReader) -> list[str]:
    lines = (await reader.readuntil(_HEAD_END))[:-4].decode("latin-1").split("\r\n")
    if not lines[0].startswith("HTTP/1.") or lines[0].count(" ") < 1:
        raise ValueError("not an HTTP answer")
    return lines


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    made = bytearray()
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        if len(made) + size > MAX_BODY_BYTES:
            raise ValueError("an answer without end")
        made += (await reader.readexactly(size + 2))[:-2]
    while await reader.readuntil(b"\r\n") != b"\r\n":
        pass  # trailers
    return bytes(made)
