"""Fetching: confirmed after the commit, patient with the network, never stopped by one bad update."""

import asyncio

import pytest

from bot.polling import poll
from bot.settings import SettingsError
from tests.support.house import House


def _poll_for(house: House, seconds: float) -> None:
    async def for_a_while() -> None:
        stop = asyncio.Event()
        task = asyncio.ensure_future(poll(house.app, stop))
        await asyncio.wait({task}, timeout=seconds)
        stop.set()
        await task

    house.runner.run(for_a_while())


def test_an_answered_update_is_confirmed_and_does_not_come_again(house: House) -> None:
    guest = house.stranger()
    house.standin.say(guest.user_id, "/bantuan")
    _poll_for(house, 0.4)
    assert len(guest.messages) == 1
    assert not house.standin.updates


def test_an_update_that_the_library_cannot_read_is_skipped_and_the_next_is_answered(house: House) -> None:
    guest = house.stranger()
    with house.standin.store.writing():
        house.standin.push_update("my_chat_member", {"chat": {"id": 1}, "date": 0})
    house.standin.say(guest.user_id, "/bantuan")
    _poll_for(house, 0.5)
    assert len(guest.messages) == 1
    assert not house.standin.updates


def test_a_short_network_failure_loses_nothing(house: House) -> None:
    guest = house.stranger()
    house.standin.say(guest.user_id, "/bantuan")
    house.standin.faults.add(method="getUpdates", kind="500")
    _poll_for(house, 1.2)
    assert len(guest.messages) == 1


def test_a_webhook_of_an_earlier_set_up_is_taken_back_and_what_waited_is_answered(house: House) -> None:
    guest = house.stranger()
    house.runner.run(house.app.bot.set_webhook("https://lama.test/telegram"))
    house.standin.say(guest.user_id, "/bantuan")
    _poll_for(house, 2.5)
    assert len(guest.messages) == 1
    assert house.runner.run(house.app.bot.get_webhook_info()).url == ""


def test_stopping_does_not_wait_for_the_long_poll(house: House) -> None:
    async def run() -> float:
        stop = asyncio.Event()
        task = asyncio.ensure_future(poll(house.app, stop))
        await asyncio.sleep(0.2)
        loop = asyncio.get_running_loop()
        before = loop.time()
        stop.set()
        await task
        return loop.time() - before

    assert house.runner.run(run()) < 3.0


def test_a_refused_token_stops_with_a_sentence_that_names_the_setting(house: House) -> None:
    house.standin.token = "4242424242:sudah-diganti"
    with pytest.raises(SettingsError, match="TELEGRAM_BOT_TOKEN"):
        _poll_for(house, 2.0)
