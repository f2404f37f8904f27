"""Files that people have sent, fetched from Telegram for work in a thread; beside them store and links."""

import asyncio
import time

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.errors import Verdict, classify
from flows.ports import FileUnavailable, Links, Store

FETCH_SECONDS = 60.0
SEND_BYTES = 45 * 1024 * 1024
PAUSES_SECONDS = (1.0, 3.0)
"""A network that fails is asked again after these pauses."""


class TelegramFiles:
    """Implements `flows.ports.Files`. `loop` is the loop the bot runs on."""

    def __init__(
        self, bot: Bot, store: Store, links: Links, max_bytes: int, max_send_bytes: int = SEND_BYTES
    ) -> None:
        self._bot = bot
        self._store = store
        self._links = links
        self._max_bytes = max_bytes
        self._max_send_bytes = max_send_bytes
        self.loop: asyncio.AbstractEventLoop | None = None

    @property
    def store(self) -> Store:
        """Where evidence is kept."""
        return self._store

    @property
    def links(self) -> Links:
        """How links are looked at."""
        return self._links

    @property
    def max_bytes(self) -> int:
        """The largest file that `fetch` can get."""
        return self._max_bytes

    @property
    def max_send_bytes(self) -> int:
        """The largest file that can be sent to people."""
        return self._max_send_bytes

    def fetch(self, file_id: str) -> bytes:
        """The bytes of a file. Raises FileUnavailable, whose text is a code: too_big, network, gone."""
        for pause in (*PAUSES_SECONDS, None):
            try:
                return self._once(file_id)
            except FileUnavailable as err:
                if str(err) != "network" or pause is None:
                    raise
                time.sleep(pause)
        raise AssertionError("unreachable")

    def _once(self, file_id: str) -> bytes:
        if self.loop is None:
            raise FileUnavailable("gone")
        future = asyncio.run_coroutine_threadsafe(self._fetch(file_id), self.loop)
        try:
            return future.result(FETCH_SECONDS)
        except BadRequest as exc:
            raise FileUnavailable("too_big" if "too big" in str(exc).lower() else "gone") from exc
        except TelegramError as exc:
            lost = classify(exc).verdict in {Verdict.NETWORK, Verdict.WAIT}
            raise FileUnavailable("network" if lost else "gone") from exc
        except TimeoutError as exc:
            future.cancel()
            raise FileUnavailable("network") from exc

    async def _fetch(self, file_id: str) -> bytes:
        file = await self._bot.get_file(file_id)
        if (file.file_size or 0) > self._max_bytes:
            raise FileUnavailable("too_big")
        return bytes(await file.download_as_bytearray())
