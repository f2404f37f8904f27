"""Files that people have sent, fetched from Telegram for work in a thread."""

import asyncio

from telegram import Bot
from telegram.error import TelegramError

from bot.errors import classify
from flows.ports import FileUnavailable

FETCH_SECONDS = 60.0


class TelegramFiles:
    """Implements `flows.ports.Files`. `loop` is the loop the bot runs on."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self.loop: asyncio.AbstractEventLoop | None = None

    def fetch(self, file_id: str) -> bytes:
        """The bytes of a file. Raises FileUnavailable."""
        if self.loop is None:
            raise FileUnavailable("not running")
        future = asyncio.run_coroutine_threadsafe(self._fetch(file_id), self.loop)
        try:
            return future.result(FETCH_SECONDS)
        except TelegramError as exc:
            raise FileUnavailable(classify(exc).code) from exc
        except TimeoutError as exc:
            future.cancel()
            raise FileUnavailable("timeout") from exc

    async def _fetch(self, file_id: str) -> bytes:
        file = await self._bot.get_file(file_id)
        return bytes(await file.download_as_bytearray())
