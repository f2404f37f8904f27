"""The Bot API over HTTP: reading calls in every form Telegram reads, long polls, and files for download."""

import asyncio
import json
import time
from typing import Any
from urllib.parse import parse_qsl

import httpx
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from bot.demo import methods
from bot.demo.faults import Call, Dropped
from bot.demo.profile import remember_allowed
from bot.demo.sending import MAX_UPLOAD_BYTES
from bot.demo.standin import StandIn
from bot.demo.wire import ApiError, Json, Params, Upload, bad_request

MAX_BODY_BYTES = MAX_UPLOAD_BYTES + 1024 * 1024
MAX_POLL_SECONDS = 50
_CONFLICT = ApiError(
    409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
_HOOKED = ApiError(
    409,
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first",
)


class BotApi:
    """ASGI endpoint of /bot<token>/<method>."""

    def __init__(self, standin: StandIn) -> None:
        self.standin = standin
        self._poll = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path_params"]
        try:
            self._authorise(path["token"])
            result = await self._answer(path["method"], await _params(scope, receive))
        except ApiError as error:
            await _reply(send, error.code, error.body())
        except Dropped:
            await _cut(send)
        except ClientDisconnect:  # the bot died in the middle of a call
            return
        else:
            await _reply(send, 200, {"ok": True, "result": result})

    def _authorise(self, token: str) -> None:
        if token != self.standin.token:
            number, _, secret = token.partition(":")
            well_formed = number.isdigit() and secret
            raise ApiError(401, "Unauthorized" if well_formed else "Unauthorized: invalid token specified")

    async def _answer(self, name: str, params: Params) -> Any:
        standin, key = self.standin, name.lower()
        code, said = 0, ""
        try:
            lost = await standin.faults.before(key, params.integer("chat_id") or None)
            if key == "getupdates":
                result: Any = await self._updates(params)
            elif key in methods.METHODS:
                result = methods.call(standin, key, params)
            else:
                raise ApiError(404, "Not Found: method not found")
            if lost:
                raise Dropped
        except ApiError as error:
            code, said = error.code, error.description
            raise
        except Dropped:
            code = -1
            raise
        else:
            return result
        finally:
            standin.calls.append(Call(name, params.logged(), time.monotonic(), code, said))

    async def _updates(self, params: Params) -> list[Json]:
        """getUpdates: confirm, then wait until there is something to give. A newer call ends an older one."""
        standin = self.standin
        if standin.profile.get("webhook"):
            raise _HOOKED
        self._poll += 1
        mine = self._poll
        standin.wake()
        with standin.store.writing():
            remember_allowed(standin, params)
        offset = params.integer("offset")
        if offset < 0:
            kept = list(standin.updates)[offset:]
            offset = kept[0] if kept else standin.counters.get("update", 0) + 1
        if offset > 0:
            standin.confirm(offset)
        limit = params.integer("limit", 100)
        limit = limit if 1 <= limit <= 100 else 100
        until = time.monotonic() + min(max(params.integer("timeout"), 0), MAX_POLL_SECONDS)
        return await self._wait(mine, limit, until)

    async def _wait(self, mine: int, limit: int, until: float) -> list[Json]:
        standin = self.standin
        event = standin.waiter()
        try:
            while True:
                event.clear()
                if mine != self._poll:
                    raise _CONFLICT
                with standin.lock:
                    ready = list(standin.updates.values())[:limit]
                left = until - time.monotonic()
                if ready or left <= 0 or standin.closing:
                    return ready
                if standin.profile.get("webhook"):
                    raise ApiError(409, "Conflict: terminated by setWebhook request")
                try:
                    await asyncio.wait_for(event.wait(), left)
                except TimeoutError:
                    continue
        finally:
            standin.forget(event)


class BotFiles:
    """ASGI endpoint of /file/bot<token>/<path>."""

    def __init__(self, standin: StandIn) -> None:
        self.standin = standin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path_params"]
        stored = next(
            (known for known in self.standin.files.values() if known.path == path["file_path"]), None
        )
        if path["token"] != self.standin.token:
            await _reply(send, 401, ApiError(401, "Unauthorized").body())
        elif stored is None or (data := self.standin.store.content(stored.file_id)) is None:
            await _reply(send, 404, ApiError(404, "Not Found").body())
        else:
            await _send(send, 200, data, b"application/octet-stream")


async def _params(scope: Scope, receive: Receive) -> Params:
    """Query string and body as one set of fields; the body wins."""
    fields: Json = dict(parse_qsl(scope["query_string"].decode(), keep_blank_values=True))
    request = Request(scope, receive)
    if scope["method"] == "GET":
        return Params(fields)
    if int(request.headers.get("content-length") or 0) > MAX_BODY_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await _multipart(request, fields)
    body = await request.body()
    if kind == "application/json" and body:
        try:
            given = json.loads(body)
        except ValueError:
            raise bad_request("can't parse JSON in request") from None
        if not isinstance(given, dict):
            raise bad_request("JSON object expected as request body")
        return Params({**fields, **given})
    return Params({**fields, **dict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))})


async def _multipart(request: Request, fields: Json) -> Params:
    files: dict[str, Upload] = {}
    async with request.form(max_part_size=2 * 1024 * 1024) as form:
        for name, value in form.multi_items():
            if isinstance(value, str):
                fields[name] = value
            else:
                files[name] = Upload(value.filename or "file", value.content_type or "", await value.read())
    return Params(fields, files)


async def _reply(send: Send, status: int, body: Json) -> None:
    await _send(send, status, json.dumps(body, separators=(",", ":")).encode(), b"application/json")


async def _send(send: Send, status: int, data: bytes, kind: bytes) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(data)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": data})


async def _cut(send: Send) -> None:
    """Lose the connection: on a port the promised body never comes, in process the client gets its error."""
    headers = [(b"content-length", b"1000000"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
