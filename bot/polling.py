"""Fetches updates and confirms them to Telegram only after their commit."""

import asyncio
import time
import warnings

from telegram import Update
from telegram.error import TelegramError

from bot import log
from bot.app import LISTENS_TO, App, edge_of
from bot.errors import Verdict, classify
from bot.settings import SettingsError

BATCH = 100
POLL_SECONDS = 30
BACK_OFF_SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
RIVAL_SECONDS = (5.0, 30.0, 60.0, 120.0, 300.0)
"""Two that fetch with one token end each other's calls: this one makes room, each time for longer."""
RIVAL_GONE_SECONDS = 1800.0
"""So long without a conflict, and the other one is taken to be gone."""


RIVAL = (
    "Token bot ini juga dipakai program lain yang sedang berjalan. Hentikan salah satunya; sampai itu "
    "terjadi program ini mengalah dan pesan dapat terlambat dijawab."
)


class _Rival:
    """How long to make room for another instance: longer each time, until it has been quiet for long."""

    def __init__(self) -> None:
        self._times, self._met_at = 0, 0.0

    def seconds(self) -> float:
        """The next wait, at a conflict now."""
        now = time.monotonic()
        if now - self._met_at > RIVAL_GONE_SECONDS:
            self._times = 0
        wait = RIVAL_SECONDS[min(self._times, len(RIVAL_SECONDS) - 1)]
        self._times, self._met_at = self._times + 1, now
        return wait


async def poll(app: App, stop: asyncio.Event) -> None:
    """Answer updates until `stop`. A batch runs in parallel; the next is asked for when all committed.

    Raises:
        SettingsError: Telegram says that the token is wrong.
    """
    dispatch = edge_of(app).connect(app.bot)
    offset: int | None = None
    troubles, fetched, rival = 0, False, _Rival()
    while not stop.is_set():
        try:
            updates = await _fetch(app, stop, offset)
            after = updates[-1].update_id + 1 if updates else offset
            fetched = True
        except TelegramError as exc:
            failure = classify(exc)
            if failure.verdict is Verdict.TOKEN:
                raise SettingsError(
                    "TELEGRAM_BOT_TOKEN ditolak Telegram: periksa lagi di @BotFather."
                ) from exc
            if failure.verdict is Verdict.CONFLICT or (failure.verdict is Verdict.WEBHOOK and fetched):
                # A webhook that was not there before is another instance's: it is left alone as well.
                edge_of(app).figures.conflicts += 1
                wait = rival.seconds()
                log.get().error("another_instance", hint=RIVAL, waits_seconds=wait)
                await pause(stop, wait)
                continue
            if failure.verdict is Verdict.WEBHOOK:
                await _leave_webhook(app)
            else:
                log.get().warning("fetch_failed", error=failure.code)
            await pause(stop, max(failure.seconds, BACK_OFF_SECONDS[min(troubles, 5)]))
            troubles += 1
            continue
        except Exception as exc:
            log.get().error("batch_unreadable", error=type(exc).__name__)
            try:
                updates, after = await _fetch_readable(app, offset)
            except Exception as again:
                log.get().warning("fetch_failed", error=classify(again).code)
                await pause(stop, BACK_OFF_SECONDS[min(troubles, 5)])
                troubles += 1
                continue
        await asyncio.gather(*(app.process_update(u) for u in updates))
        failed = [u.update_id for u in updates if dispatch.failed(u.update_id)]
        if failed:
            # From the first that failed on, everything comes again; what was committed is recognised.
            offset = min(failed)
            log.get().error("database_unavailable", unconfirmed=len(failed))
            await pause(stop, BACK_OFF_SECONDS[min(troubles, 5)])
            troubles += 1
        else:
            offset, troubles = after, 0
    if offset is not None:
        await _confirm(app, offset)


async def _leave_webhook(app: App) -> None:
    """MODE=polling was chosen: what an earlier set-up told Telegram is taken back, and nothing is lost."""
    log.get().warning("webhook_removed", hint="MODE=polling: webhook lama dilepas.")
    try:
        await app.bot.delete_webhook(drop_pending_updates=False)
    except TelegramError as exc:
        log.get().warning("webhook_not_removed", error=classify(exc).code)


async def _fetch(app: App, stop: asyncio.Event, offset: int | None) -> list[Update]:
    """One long poll, given up at once when asked to stop."""
    call = asyncio.ensure_future(
        app.bot.get_updates(offset=offset, limit=BATCH, timeout=POLL_SECONDS, allowed_updates=LISTENS_TO)
    )
    halt = asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({call, halt}, return_when=asyncio.FIRST_COMPLETED)
        return list(await call) if call.done() else []
    finally:
        halt.cancel()
        if not call.done():
            call.cancel()


async def _fetch_readable(app: App, offset: int | None) -> tuple[list[Update], int]:
    """The same batch one by one, without what the library cannot read; and the next offset."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it advises the call that has just failed
        raw = await app.bot.do_api_request(
            "getUpdates", api_kwargs={"offset": offset, "limit": BATCH, "allowed_updates": LISTENS_TO}
        )
    updates: list[Update] = []
    for body in raw:
        try:
            updates.append(Update.de_json(body, app.bot))
        except Exception as exc:
            log.get().error("update_unreadable", update_id=body.get("update_id"), error=type(exc).__name__)
    return updates, max((int(body["update_id"]) + 1 for body in raw), default=offset or 0)


async def _confirm(app: App, offset: int) -> None:
    try:
        await asyncio.wait_for(app.bot.get_updates(offset=offset, limit=1, timeout=0), 3)
    except (TelegramError, TimeoutError):
        log.get().info("last_confirmation_missed")


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait, but not longer than until `stop`."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
