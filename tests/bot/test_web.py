"""The webhook answers 200 only for what is committed, and only to who knows the secret."""

from typing import Any

import httpx
import pytest

from bot.web import PATH, SECRET_HEADER, create_app
from knowledge.library import Library
from tests.support.house import House

SECRET = "rahasia-yang-panjang-sekali"


@pytest.fixture
def house(database_url: str, library: Library) -> Any:
    made = House(
        database_url,
        library,
        mode="webhook",
        webhook_url="https://pandu.test",
        webhook_secret=SECRET,
        web_port=8443,
    )
    yield made
    made.close()


def _post(house: House, body: Any, secret: str = SECRET) -> int:
    async def call() -> int:
        transport = httpx.ASGITransport(create_app(house.app))
        async with httpx.AsyncClient(transport=transport, base_url="http://pandu.test") as client:
            response = await client.post(PATH, json=body, headers={SECRET_HEADER: secret})
            return response.status_code

    return house.runner.run(call())


def _update(house: House, user_id: int, text: str) -> dict[str, Any]:
    house.standin.say(user_id, text)
    body: dict[str, Any] = list(house.standin.updates.values())[-1]
    return body


@pytest.mark.db
def test_a_call_with_the_secret_is_answered_and_confirmed(house: House) -> None:
    guest = house.stranger()
    assert _post(house, _update(house, guest.user_id, "/bantuan")) == 200
    assert "Yang bisa dilakukan" in guest.text


@pytest.mark.db
def test_without_a_commit_telegram_is_told_to_come_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = house.stranger()
    body = _update(house, guest.user_id, "/bantuan")
    with monkeypatch.context() as broken:
        broken.setattr(house.db, "writing", _no_database)
        assert _post(house, body) == 500
    assert guest.messages == []
    assert _post(house, body) == 200
    assert len(guest.messages) == 1
    assert _post(house, body) == 200, "delivered again: confirmed, not repeated"
    assert len(guest.messages) == 1


def _no_database() -> None:
    raise ConnectionError("no database")


@pytest.mark.parametrize("secret", ["", "salah", SECRET + "x"])
def test_a_call_without_the_secret_is_refused(house: House, secret: str) -> None:
    guest = house.stranger()
    assert _post(house, _update(house, guest.user_id, "/bantuan"), secret) == 403
    assert guest.messages == []


@pytest.mark.parametrize("body", [{}, [], "x", {"update_id": "x"}, {"message": {}}])
def test_what_is_no_update_is_refused_without_a_fuss(house: House, body: Any) -> None:
    assert _post(house, body) == 400


@pytest.mark.db
def test_health_tells_whether_the_database_takes_writes(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ask() -> int:
        transport = httpx.ASGITransport(create_app(house.app))
        async with httpx.AsyncClient(transport=transport, base_url="http://pandu.test") as client:
            return (await client.get("/healthz")).status_code

    assert house.runner.run(ask()) == 200
    monkeypatch.setattr(house.db, "writing", _no_database)
    assert house.runner.run(ask()) == 503
