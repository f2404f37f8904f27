"""The door: who may reach the page. It speaks as any person, so another site must not be able to use it."""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
_READING = {"GET", "HEAD"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Guard:
    """Refuses unknown Host names everywhere, and requests from other origins on the page's side.

    `allowed_hosts` are names without a port; "*" allows every name.
    """

    def __init__(self, app: ASGIApp, allowed_hosts: Collection[str] = LOOPBACK_HOSTS) -> None:
        self.app = app
        self.allowed = {name.lower().strip("[]") for name in allowed_hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not self._known(headers.get("host", "")):
            await PlainTextResponse("Alamat ini tidak dilayani.", 421)(scope, receive, send)
        elif scope["path"].startswith(("/bot", "/file/")):
            await self.app(scope, receive, send)
        elif scope["method"] not in _READING and not _same_origin(headers):
            await PlainTextResponse("Permintaan dari situs lain ditolak.", 403)(scope, receive, send)
        else:
            await self.app(scope, receive, _hardened(send))

    def _known(self, host: str) -> bool:
        if "*" in self.allowed:
            return True
        try:
            return (urlsplit(f"//{host}").hostname or "") in self.allowed
        except ValueError:
            return False


def _same_origin(headers: Headers) -> bool:
    """A browser names the origin of every write; programs on this machine name none."""
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


def _hardened(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            headers.setdefault("content-security-policy", _POLICY)
            headers.setdefault("cache-control", "no-cache")
            headers["x-content-type-options"] = "nosniff"
            headers["referrer-policy"] = "no-referrer"
            message["headers"] = headers.raw
        await send(message)

    return with_headers
