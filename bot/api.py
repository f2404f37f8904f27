"""The read-only HTTP API for an agency's dashboards, below `/api/v1` on the bot's port.

Every answer is made in one read-only transaction: whose key is it, may it ask now, what may it see. Nothing
that a program sends is kept or logged.
"""

import asyncio
import hashlib
import json
import math
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot import log
from bot.app import Edge
from flows.api import contract, service, texts, tokens
from flows.api.contract import BASE, ENDPOINTS, ID_MOST, PER_MINUTE, STATUS, Endpoint
from flows.api.tokens import Bearer

AT_ONCE = 2
"""Requests that read at the same time; the others wait, so that people's answers find a connection."""
REMEMBERED = 10_000
DOCUMENT = "/openapi.json"
HEADERS = {
    "Cache-Control": "private, no-cache",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Vary": "Authorization",
    "X-Content-Type-Options": "nosniff",
}
"""On every answer. None of CORS: pages of other sites have no business with a key."""


class Refused(Exception):
    """The request is not answered: a code of the contract, and a sentence for who reads it."""

    def __init__(self, code: str, message: str, **headers: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class Pace:
    """How often each key may ask, in this process: `PER_MINUTE` at once, which come back evenly."""

    def __init__(self, per_minute: int = PER_MINUTE) -> None:
        self._most = float(per_minute)
        self._per_second = per_minute / 60
        self._left: dict[int, tuple[float, float]] = {}
        self._lock = threading.Lock()

    def takes(self, token_id: int, now: float) -> float:
        """0 when the request may go on, and is counted; else the seconds until one may. Monotonic time."""
        with self._lock:
            left, at = self._left.pop(token_id, (self._most, now))
            left = min(self._most, left + (now - at) * self._per_second)
            wait = 0.0 if left >= 1 else (1 - left) / self._per_second
            self._left[token_id] = (left if wait else left - 1, now)
            if len(self._left) > REMEMBERED:
                del self._left[next(iter(self._left))]
            return wait


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that found its address, read once."""

    endpoint: Endpoint
    unit_id: int
    query: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Context:
    """What an answer is made from."""

    session: Session
    edge: Edge
    who: Bearer
    asked: Asked
    now: datetime


class Api:
    """The ASGI application below `BASE`."""

    def __init__(self, edge: Edge, pace: Pace | None = None) -> None:
        self._edge = edge
        self._pace = pace or Pace()
        self._places = asyncio.Semaphore(AT_ONCE)
        self._document = _packed(contract.document())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        request = Request(scope)
        try:
            response = await self._answer(request)
        except Refused as no:
            error = {"error": {"code": no.code, "message": no.message}}
            response = _response(_packed(error), STATUS[no.code], no.headers)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path = request.scope["path"].removeprefix(BASE)
        if path != DOCUMENT and _find(path) is None:
            raise Refused("not_found", texts.NOT_FOUND)
        if request.method != "GET":
            raise Refused("method_not_allowed", texts.NOT_ALLOWED, Allow="GET")
        if path == DOCUMENT:
            return _fresh(request, self._document)
        return await self._read(request, path)

    async def _read(self, request: Request, path: str) -> Response:
        key = _key(request.headers.get("Authorization", ""))
        asked, query = _find(path), dict(request.query_params)
        assert asked is not None
        try:
            async with self._places:
                now = self._edge.clock.now()
                who, body = await asyncio.to_thread(self._made, key, Asked(*asked, query), now)
        except Refused:
            raise
        except Exception as exc:
            log.get().error("api_failed", endpoint=asked[0].name, error=type(exc).__name__)
            raise Refused("unavailable", texts.UNAVAILABLE) from exc
        response = _fresh(request, body)
        if tokens.use_is_news(who, now):
            response.background = BackgroundTask(self._note, who.token_id, now)
        return response

    def _made(self, key: str, asked: Asked, now: datetime) -> tuple[Bearer, bytes]:
        """Who asks, and the answer. Raises Refused."""
        with self._edge.db.reading() as session:
            who = tokens.bearer(session, key)
            if who is None:
                raise Refused("unauthorized", texts.UNAUTHORIZED, WWW_Authenticate="Bearer")
            wait = math.ceil(self._pace.takes(who.token_id, time.monotonic()))
            if wait:
                raise Refused("too_many_requests", texts.too_many(wait), Retry_After=str(wait))
            answer = ANSWERS[asked.endpoint.name](Context(session, self._edge, who, asked, now))
            return who, _packed(answer)

    def _note(self, token_id: int, now: datetime) -> None:
        try:
            with self._edge.db.writing(patient=True) as session:
                tokens.note_use(session, token_id, now)
        except Exception as exc:  # the answer is out; only the list of keys is a little behind
            log.get().warning("api_use_not_noted", error=type(exc).__name__)


# what is asked ---------------------------------------------------------------------------------------


_PATHS = tuple(
    (re.compile(re.escape(each.path).replace(r"\{id\}", r"([1-9][0-9]{0,9})"), re.ASCII), each)
    for each in ENDPOINTS
)


def _find(path: str) -> tuple[Endpoint, int] | None:
    """The address's endpoint and the unit it names (0: none)."""
    for form, endpoint in _PATHS:
        found = form.fullmatch(path)
        if found is not None:
            return endpoint, int(found[1]) if found.groups() else 0
    return None


def _key(header: str) -> str:
    scheme, _, key = header.partition(" ")
    if scheme.lower() != "bearer" or not tokens.well_formed(key.strip()):
        raise Refused("unauthorized", texts.UNAUTHORIZED, WWW_Authenticate="Bearer")
    return key.strip()


def _paging(query: Mapping[str, str]) -> tuple[int, int]:
    """The id to go on from (0: the beginning) and how many units are wanted."""
    limit = query.get("limit", str(service.PAGE_USUAL))
    if not _is_number(limit) or not 1 <= int(limit) <= service.PAGE_MOST:
        raise Refused("bad_request", texts.bad_limit(service.PAGE_MOST))
    cursor = query.get("cursor", "0")
    if not _is_number(cursor) or int(cursor) > ID_MOST:
        raise Refused("bad_request", texts.BAD_CURSOR)
    return int(cursor), int(limit)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 10


def _only(query: Mapping[str, str], *known: str) -> None:
    """A parameter that does nothing would be believed to do something."""
    for name in query:
        if name not in known:
            raise Refused("bad_request", texts.unknown_parameter(name[:40]))


# what is answered ------------------------------------------------------------------------------------


def _me(at: Context) -> dict[str, Any]:
    _only(at.asked.query)
    return {
        "data": {
            "agency": {"id": at.who.agency_id, "name": at.who.agency},
            "token": {"label": at.who.label, "created_at": service.moment(at.who.made_at)},
            "limits": {"requests_per_minute": PER_MINUTE, "page_max": service.PAGE_MOST},
        }
    }


def _units(at: Context) -> dict[str, Any]:
    _only(at.asked.query, "limit", "cursor")
    after, limit = _paging(at.asked.query)
    found, last = service.units(at.session, at.edge.library, at.who.agency_id, after, limit, at.now)
    return {"data": found, "page": {"limit": limit, "next_cursor": str(last) if last is not None else None}}


def _unit(at: Context) -> dict[str, Any]:
    _only(at.asked.query)
    unit_id = _unit_id(at)
    return _found(service.unit(at.session, at.edge.library, at.who.agency_id, unit_id, at.now))


def _indicators(at: Context) -> dict[str, Any]:
    _only(at.asked.query)
    return _found(service.indicators(at.session, at.edge.library, at.who.agency_id, _unit_id(at)))


def _unit_id(at: Context) -> int:
    if at.asked.unit_id > ID_MOST:
        raise Refused("not_found", texts.UNIT_GONE)
    return at.asked.unit_id


def _found(data: object | None) -> dict[str, Any]:
    if data is None:
        raise Refused("not_found", texts.UNIT_GONE)
    return {"data": data}


ANSWERS: dict[str, Callable[[Context], dict[str, Any]]] = {
    "me": _me,
    "units": _units,
    "unit": _unit,
    "indicators": _indicators,
}


def _packed(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _fresh(request: Request, body: bytes) -> Response:
    """The body, or 304 for who has it already."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    known = [each.strip().removeprefix("W/") for each in request.headers.get("If-None-Match", "").split(",")]
    if tag in known or "*" in known:
        return Response(status_code=304, headers={**HEADERS, "ETag": tag})
    return _response(body, 200, {"ETag": tag})


def _response(body: bytes, status: int, headers: Mapping[str, str]) -> Response:
    return Response(body, status, {**HEADERS, **headers}, media_type="application/json")
