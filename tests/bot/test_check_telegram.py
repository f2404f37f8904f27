"""`pandu-zi check --telegram`: what only Telegram knows is asked; no sentence holds the token."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot import check_telegram
from bot.settings import Settings

TOKEN = "123456789:rahasia-sekali"
NOW = datetime(2027, 1, 18, 2, 0, tzinfo=UTC)
WEBHOOK: dict[str, Any] = {
    "mode": "webhook",
    "webhook_url": "https://pandu.test",
    "webhook_secret": "rahasia-yang-panjang-sekali",
    "web_port": 8443,
}


def asked(
    hook: dict[str, Any] | None = None, *, off: float = 0.0, status: int = 200, **settings: Any
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    date = (NOW - timedelta(seconds=off)).strftime("%a, %d %b %Y %H:%M:%S GMT")

    def answer(request: httpx.Request) -> httpx.Response:
        body = {"username": "pandu_bot"} if request.url.path.endswith("getMe") else hook or {"url": ""}
        return httpx.Response(status, json={"ok": status == 200, "result": body}, headers={"date": date})

    given = Settings(_env_file=None, telegram_bot_token=SecretStr(TOKEN), **settings)
    found = check_telegram.findings(given, NOW, httpx.MockTransport(answer))
    assert "rahasia" not in str(found)
    return found


def test_a_bot_in_order_is_named() -> None:
    assert asked() == ((), ("Telegram mengenal bot ini sebagai @pandu_bot.",))
    assert asked({"url": "https://pandu.test/telegram"}, **WEBHOOK)[0] == ()


@pytest.mark.parametrize("status", [401, 404])
def test_a_refused_token_is_said(status: int) -> None:
    ((problem,), _) = asked(status=status)
    assert problem.startswith("TELEGRAM_BOT_TOKEN ditolak")


def test_a_clock_that_is_off_is_said_both_ways() -> None:
    ((fast,), _), ((slow,), _) = asked(off=90), asked(off=-90)
    assert fast.startswith("Jam mesin ini 90 detik lebih cepat")
    assert slow.startswith("Jam mesin ini 90 detik lebih lambat")
    assert asked(off=20)[0] == ()


def test_a_webhook_that_does_not_fit_the_mode_is_said() -> None:
    assert "webhook lama" in asked({"url": "https://lama.test/x"})[0][0]
    assert "belum alamat WEBHOOK_URL" in asked({"url": ""}, **WEBHOOK)[0][0]
    failing = {"url": "https://pandu.test/telegram", "last_error_message": "Connection refused"}
    assert "Connection refused" in asked(failing, **WEBHOOK)[0][0]
    assert "5000 pembaruan menunggu" in asked({"url": "", "pending_update_count": 5000})[0][0]


def test_no_token_and_no_network_are_said() -> None:
    none = check_telegram.findings(Settings(_env_file=None), NOW)
    assert "belum diisi" in none[0][0]

    def broken(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route")

    given = Settings(_env_file=None, telegram_bot_token=SecretStr(TOKEN))
    (problem,), _ = check_telegram.findings(given, NOW, httpx.MockTransport(broken))
    assert problem.startswith("Telegram tidak dapat dihubungi (ConnectError)")
