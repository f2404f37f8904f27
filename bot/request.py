"""The road to the Bot API: short calls go through aiohttp, at a sixth of the usual client's cost.

python-telegram-bot lets the transport be chosen. Its own (httpx) stays for uploads, downloads and networks
with a proxy; everything else, a form of a few fields with a short JSON answer, goes over connections that
aiohttp keeps.
"""

from typing import Any
from urllib.request import getproxies

import aiohttp
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import HTTPXRequest, RequestData

KEPT_SECONDS = 15.0
"""A connection idle for longer is not used again: the other side may be closing it."""
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class LeanRequest(HTTPXRequest):
    """PTB's request with its promises: TimedOut and NetworkError as there, and nothing is sent twice.

    A call on a connection that breaks is an error for the caller, never tried again here: whether it was
    carried out cannot be known.
    """

    def __init__(self, connection_pool_size: int, pool_timeout: float, **given: Any) -> None:
        super().__init__(connection_pool_size=connection_pool_size, pool_timeout=pool_timeout, **given)
        self._size = connection_pool_size
        self._seconds = aiohttp.ClientTimeout(
            total=None,
            connect=pool_timeout,
            sock_connect=given.get("connect_timeout", 5.0),
            sock_read=given.get("read_timeout", 5.0),
        )
        self._proxied = bool(getproxies().keys() & {"http", "https", "all"})
        self._session: aiohttp.ClientSession | None = None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **timeouts: Any
    ) -> tuple[int, bytes]:
        """One call: the status and the body. Raises TimedOut, NetworkError."""
        usual = not args and all(value is self.DEFAULT_NONE for value in timeouts.values())
        if request_data is None or request_data.contains_files or not usual or self._proxied:
            return await super().do_request(url, method, request_data, *args, **timeouts)
        session = self._session = self._session or self._opened()
        body = request_data.url_encoded_parameters().encode()
        try:
            async with session.request(method, url, data=body, headers=_FORM) as answer:
                return answer.status, await answer.read()
        except TimeoutError as err:
            raise TimedOut from err
        except (aiohttp.ClientError, OSError) as err:
            raise NetworkError(f"{type(err).__name__}: {err}") from err

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer without what a message of ours looks like: nobody reads its keyboard again."""
        answer = HTTPXRequest.parse_json_payload(payload)
        if isinstance(answer.get("result"), dict):
            answer["result"].pop("reply_markup", None)
        return answer

    async def shutdown(self) -> None:
        """Close what is kept."""
        if self._session is not None:
            await self._session.close()
            self._session = None
        await super().shutdown()

    def _opened(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=self._size, keepalive_timeout=KEPT_SECONDS, ssl=httpx.create_ssl_context()
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            skip_auto_headers=("Accept-Encoding",),
            timeout=self._seconds,
        )
