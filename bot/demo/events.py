"""The page's live wire: every change as a server-sent event."""

import asyncio
import json
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import StreamingResponse

from bot.demo.standin import StandIn
from bot.demo.state import Change

BEAT_SECONDS = 15.0
MAX_WAITING = 2_000


def stream(standin: StandIn, request: Request) -> StreamingResponse:
    """Events from now on. The first one is `hello`: what was missed is to be fetched when it comes."""
    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(_events(standin), media_type="text/event-stream", headers=headers)


async def _events(standin: StandIn) -> AsyncIterator[str]:
    waiting: asyncio.Queue[Change] = asyncio.Queue()
    end = standin.listen(waiting.put_nowait)
    try:
        hello = json.dumps({"epoch": standin.epoch, "seq": standin.seq})
        yield f"retry: 1000\nevent: hello\ndata: {hello}\n\n"
        while not standin.closing:
            try:
                change = await asyncio.wait_for(waiting.get(), BEAT_SECONDS)
            except TimeoutError:
                yield ": beat\n\n"
                continue
            if change.kind == "closing" or waiting.qsize() > MAX_WAITING:
                return
            body = {"seq": change.seq, "kind": change.kind, "chat_id": change.chat_id, "body": change.body}
            yield f"data: {json.dumps(body, separators=(',', ':'))}\n\n"
    finally:
        end()
