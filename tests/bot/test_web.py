"""The webhook answers 200 only for what is committed, and only to who knows the secret."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot.web import PATH, SECRET_HEADER, create_app
from flows import outbox, routes
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


def _get(house: House, path: str, token: str = "") -> httpx.Response:
    async def call() -> httpx.Response:
        transport = httpx.ASGITransport(create_app(house.app))
        async with httpx.AsyncClient(transport=transport, base_url="http://pandu.test") as client:
            return await client.get(path, headers={"Authorization": f"Bearer {token}"} if token else {})

    return house.runner.run(call())


def test_a_heart_that_stopped_is_told_from_a_database_that_is_away(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [_get(house, f"/healthz{end}").status_code for end in ("", "/ready", "/live")] == [200, 200, 200]
    with monkeypatch.context() as broken:
        broken.setattr(house.db, "writing", _no_database)
        assert [_get(house, f"/healthz/{end}").status_code for end in ("ready", "live")] == [503, 200]
    house.edge.figures.beat_at -= 3600.0
    assert [_get(house, f"/healthz/{end}").status_code for end in ("ready", "live")] == [200, 503]


def test_figures_are_shown_to_who_has_the_token_alone(house: House) -> None:
    assert _get(house, "/metrics", "apa-saja").status_code == 404
    settings = house.edge.settings
    house.edge.settings = settings.model_copy(update={"metrics_token": SecretStr("kunci-prometheus")})
    assert _get(house, "/metrics").status_code == 401
    assert _get(house, "/metrics", "salah").status_code == 401
    assert _get(house, "/metrics", "kunci-prometheus").status_code == 200


@pytest.mark.db
def test_the_figures_tell_what_happened_and_name_nobody(house: House) -> None:
    settings = house.edge.settings
    house.edge.settings = settings.model_copy(update={"metrics_token": SecretStr("kunci-prometheus")})
    budi = house.member(house.unit(), name="Budi Contoh")
    budi.type("apa syarat WBK?").type("/bantuan")
    waiting = [
        outbox.Message(f"k{n}", budi.user_id, routes.HOME(), lane=outbox.LANE_BROADCAST) for n in range(3)
    ]
    with house.writing() as session:
        outbox.add(session, waiting, house.clock.now() - timedelta(minutes=5))
    text = _get(house, "/metrics", "kunci-prometheus").text
    lines = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert float(lines['pandu_updates_total{kind="text",outcome="answered"}']) >= 1
    assert float(lines['pandu_answers_total{shown="tanya"}']) == 1
    assert float(lines['pandu_sends_total{result="sent",way="direct"}']) >= 2
    assert float(lines['pandu_outbox_due{lane="broadcast"}']) == 3
    assert float(lines['pandu_outbox_late_seconds{lane="broadcast"}']) >= 300
    assert float(lines['pandu_outbox_due{lane="reply"}']) == 0
    answered = float(lines['pandu_update_seconds_bucket{le="+Inf"}'])
    assert answered == float(lines["pandu_update_seconds_count"]) >= 2
    assert "Budi" not in text
    assert str(budi.user_id) not in text
    house.send_due()
    text = _get(house, "/metrics", "kunci-prometheus").text
    assert 'pandu_sends_total{result="sent",way="queued"} 3.0' in text
    assert 'pandu_outbox_due{lane="broadcast"} 0.0' in text
