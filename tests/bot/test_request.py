"""The bot's own road to the Bot API, against a server that misbehaves as servers do."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.request import LeanRequest

OK = b'{"ok":true,"result":true}'
PLAIN = b"HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n" + OK
Answer = Callable[[int], bytes | None]


@asynccontextmanager
async def server(answer: Answer) -> AsyncIterator[tuple[str, list[bytes], list[int]]]:
    """Answers the nth call with `answer(n)`; None closes in silence. Yields address, bodies, connections."""
    bodies: list[bytes] = []
    connections: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.append(1)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                size = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
                bodies.append(await reader.readexactly(size))
                said = answer(len(bodies))
                if said is None:
                    break
                writer.write(said)
                if b"Connection: close" in said:
                    break
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}/bot1:a/sendMessage", bodies, connections
    finally:
        listening.close()


async def said(request: LeanRequest, url: str) -> object:
    data = RequestData([RequestParameter.from_input("text", "Halo & apa kabar?")])
    return await request.post(url, data)


async def test_calls_share_a_connection_and_a_closed_one_is_replaced() -> None:
    closing = PLAIN.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n")
    chunked = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n" + OK[:16] + b"\r\n9\r\n" + OK[16:]
    )
    replies = {
        1: PLAIN,
        2: b"HTTP/1.1 100 Continue\r\n\r\n" + closing,
        3: chunked + b"\r\n0\r\n\r\n",
        4: PLAIN,
    }
    request = LeanRequest(4, 1.0)
    async with server(replies.__getitem__) as (url, bodies, connections):
        for _ in range(2):
            assert await said(request, url) is True
        assert len(connections) == 1
        for _ in range(2):
            assert await said(request, url) is True
        assert len(connections) == 2
        await request.shutdown()
    assert bodies == [b"text=Halo+%26+apa+kabar%3F"] * 4


async def test_a_call_that_breaks_is_an_error_and_is_not_sent_again() -> None:
    request = LeanRequest(1, 0.2)
    async with server(lambda _: None) as (url, bodies, _):
        with pytest.raises(NetworkError):
            await said(request, url)
        assert len(bodies) == 1
    with pytest.raises(NetworkError):  # nobody listens there any more
        await said(request, url)
    await request.shutdown()


async def test_silence_and_a_full_pool_are_timeouts() -> None:
    request = LeanRequest(1, 0.05, read_timeout=0.2)
    async with server(lambda _: b"") as (url, bodies, _):
        results = await asyncio.gather(said(request, url), said(request, url), return_exceptions=True)
        assert [type(each) for each in results] == [TimedOut, TimedOut]
        assert len(bodies) == 1  # the second never had a connection
        await request.shutdown()


async def test_what_is_not_http_is_an_error() -> None:
    request = LeanRequest(1, 0.2)
    async with server(lambda _: b"SSH-2.0-x\r\n\r\n") as (url, _, _):
        with pytest.raises(NetworkError):
            await said(request, url)
        await request.shutdown()
