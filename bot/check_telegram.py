"""The part of `pandu-zi check --telegram` that asks Telegram: token, webhook, clock. Changes nothing."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.settings import Settings
from bot.web import PATH

SKEW_SECONDS = 30.0
TIMEOUT_SECONDS = 15.0
MANY_WAITING = 1000

Found = tuple[tuple[str, ...], tuple[str, ...]]


def findings(settings: Settings, now: datetime, transport: httpx.BaseTransport | None = None) -> Found:
    """Problems and notes, one sentence each. Never raises; the token is in none of them."""
    if settings.telegram_bot_token is None:
        return ("TELEGRAM_BOT_TOKEN belum diisi: Telegram tidak dapat diperiksa.",), ()
    address = settings.telegram_base_url + settings.token
    try:
        with httpx.Client(transport=transport, timeout=TIMEOUT_SECONDS) as client:
            me = client.get(f"{address}/getMe")
            if me.status_code in {401, 404}:
                return ("TELEGRAM_BOT_TOKEN ditolak Telegram: periksa lagi di @BotFather.",), ()
            name = me.json()["result"]["username"]
            hook = client.get(f"{address}/getWebhookInfo").json()["result"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as err:
        return (
            f"Telegram tidak dapat dihubungi ({type(err).__name__}): periksa jaringan "
            "atau TELEGRAM_BASE_URL.",
        ), ()
    problems = [*_clock(me.headers, now), *_webhook(settings, hook)]
    return tuple(problems), (f"Telegram mengenal bot ini sebagai @{name}.",)


def _clock(headers: Mapping[str, str], now: datetime) -> list[str]:
    """A wrong clock sends reminders at the wrong hour and refuses invitations that are still good."""
    try:
        there = parsedate_to_datetime(headers["date"])
    except (KeyError, ValueError):
        return []
    off = (now - there.astimezone(UTC)).total_seconds()
    if abs(off) <= SKEW_SECONDS:
        return []
    way = "lebih cepat" if off > 0 else "lebih lambat"
    return [f"Jam mesin ini {abs(off):.0f} detik {way} dari jam Telegram: aktifkan NTP."]


def _webhook(settings: Settings, hook: Mapping[str, Any]) -> list[str]:
    found = []
    address, wanted = str(hook.get("url", "")), settings.webhook_url + PATH
    if settings.mode == "polling" and address:
        found.append(
            "Telegram masih memakai webhook lama; dilepas sendiri saat bot dijalankan dengan MODE=polling."
        )
    if settings.mode == "webhook" and address != wanted:
        found.append("Webhook di Telegram belum alamat WEBHOOK_URL; dipasang saat bot dijalankan.")
    if settings.mode == "webhook" and hook.get("last_error_message"):
        found.append(f"Telegram terakhir gagal memanggil webhook: {hook['last_error_message']}.")
    if int(hook.get("pending_update_count", 0)) > MANY_WAITING:
        found.append(
            f"{hook['pending_update_count']} pembaruan menunggu di Telegram: bot tertinggal atau berhenti."
        )
    return found
