"""The one update path: actions are done once, poison stops nobody, a lost database loses nothing."""

import asyncio
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.orm.exc import StaleDataError
from sqlmodel import Session, func, select
from telegram import Update

from bot.dispatch import APOLOGY, Dispatch
from bot.heartbeat import tidy_once
from bot.outbound import visible
from bot.polling import poll
from flows import action as actions
from flows import routes
from flows.events import Event
from flows.models import Outbox, Person, SeenUpdate
from flows.routes import Action
from flows.screen import Reply
from flows.turn import Turn
from tests.support.house import House


def _sent(house: House) -> int:
    return sum(c.method in {"sendMessage", "editMessageText"} for c in house.standin.calls)


@pytest.mark.db
def test_a_redelivered_update_is_not_carried_out_or_answered_twice(house: House) -> None:
    guest = house.stranger().type("/bantuan")
    (update,) = guest.last_updates
    before = _sent(house)
    house.process(update)
    assert _sent(house) == before


@pytest.mark.db
def test_after_a_restart_a_redelivered_update_shows_again_unless_its_reply_went_out(house: House) -> None:
    guest = house.stranger().type("/bantuan")
    (update,) = guest.last_updates
    _forget_memory(house.dispatch)
    before = len(guest.messages)
    house.process(update)  # committed, reply not recorded: a kill may have come between
    assert len(guest.messages) == before + 1
    house.flush()
    _forget_memory(house.dispatch)
    house.process(update)
    assert len(guest.messages) == before + 1


def _forget_memory(dispatch: Dispatch) -> None:
    """As a kill does: what this process only remembered is gone."""
    dispatch._replied.clear()
    dispatch._unrecorded.clear()


@pytest.mark.db
def test_nul_bytes_and_broken_surrogates_are_dropped_not_stored(house: House) -> None:
    guest = house.stranger()
    guest.type("/bantuan")
    (update,) = guest.last_updates
    body = update.to_dict()
    body["update_id"] += 1000
    body["message"]["text"] = "apa\x00 syarat\ud83d wbk?"
    body["message"].pop("entities", None)
    before = len(guest.messages)
    house.process(_update(house, body))
    assert len(guest.messages) == before + 1
    assert "\x00" not in guest.text
    assert visible(APOLOGY) not in guest.text


def _update(house: House, body: dict[str, object]) -> Update:
    made = Update.de_json(body, house.app.bot)
    assert made is not None
    return made


@pytest.mark.db
def test_a_poison_message_is_apologised_for_and_confirmed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    _break_route(monkeypatch, routes.HELP(), ZeroDivisionError())
    guest = house.stranger().type("/bantuan")
    assert guest.text == visible(APOLOGY)
    (update,) = guest.last_updates
    assert not house.dispatch.failed(update.update_id)
    before = len(guest.messages)
    _forget_memory(house.dispatch)
    house.process(update)  # not run again: it shows the menu at most
    assert all(m["text"] != visible(APOLOGY) for m in guest.messages[before:])


def _break_route(monkeypatch: pytest.MonkeyPatch, action: Action, exc: Exception) -> None:
    def broken(_turn: Turn, *_args: object) -> None:
        raise exc

    monkeypatch.setitem(actions._handlers, action.route, broken)


@pytest.mark.db
def test_when_the_database_stops_between_fetch_and_commit_the_update_is_left_unconfirmed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    guest = house.stranger()
    house.standin.say(guest.user_id, "/bantuan")
    with monkeypatch.context() as broken:
        broken.setattr(house.db, "writing", _no_database)
        stop = asyncio.Event()

        async def poll_for_a_while() -> None:
            task = asyncio.ensure_future(poll(house.app, stop))
            await asyncio.sleep(0.4)
            stop.set()
            await task

        house.runner.run(poll_for_a_while())
        assert guest.messages == []
        assert house.standin.updates, "the update must still be Telegram's"
    house.deliver()
    assert "Yang bisa dilakukan" in guest.text


def _no_database() -> None:
    raise ConnectionError("no database")


def test_one_flooding_chat_does_not_hold_up_another(house: House) -> None:
    loud, quiet = house.stranger("Ramai"), house.stranger("Sepi")
    for _ in range(40):
        house.standin.say(loud.user_id, "/bantuan")
    house.standin.say(quiet.user_id, "/bantuan")
    house.deliver()
    sends = [c.params["chat_id"] for c in house.standin.calls if c.method == "sendMessage"]
    place = [int(chat) for chat in sends].index(quiet.user_id)
    assert place < 20, "the quiet chat was answered among the first"
    assert len(loud.messages) == 40


@pytest.mark.db
def test_answers_keep_their_order_within_a_chat(house: House) -> None:
    guest = house.stranger()
    for command in ("/bantuan", "/menu") * 5:
        house.standin.say(guest.user_id, command)
    house.deliver()
    heads = [m["text"].split("\n")[0] for m in guest.messages]
    assert heads == ["Yang bisa dilakukan di sini", "Selamat datang di Pandu ZI."] * 5


def test_a_reply_that_telegram_slows_down_arrives_through_the_queue(house: House) -> None:
    guest = house.stranger()
    house.standin.faults.add(method="sendMessage", kind="429", retry_after=1)
    guest.type("/bantuan")
    assert guest.messages == []
    house.send_due()
    assert "Yang bisa dilakukan" in guest.text
    assert house.read(lambda s: s.exec(select(Outbox.state)).all()) == ["sent"]


def test_an_unknown_button_says_so_and_shows_the_present_state(house: House) -> None:
    guest = house.stranger().type("/menu")
    guest.tap_data("rute:yang:tidak:ada")
    assert "Selamat datang" in guest.text
    assert guest.toast == "Tombol ini dari layar lama. Ini keadaan terbaru."


def test_a_sticker_or_unknown_command_is_never_met_with_silence(house: House) -> None:
    guest = house.stranger().type("/xyz")
    assert "belum bisa saya baca" in guest.text
    assert "Ke menu" in guest.labels


def test_who_blocks_the_bot_is_remembered_as_unreachable_until_they_come_back(house: House) -> None:
    unit = house.unit()
    budi = house.member(unit)
    house.standin.block(budi.user_id)
    house.deliver()
    assert house.read(lambda s: s.exec(select(Person.unreachable_at)).one()) is not None
    house.standin.unblock(budi.user_id)
    budi.type("/bantuan")
    assert house.read(lambda s: s.exec(select(Person.unreachable_at)).one()) is None


def test_seen_updates_are_pruned_after_a_week(house: House) -> None:
    house.stranger().type("/bantuan")
    with house.writing() as session:
        session.execute(text("UPDATE seen_update SET at = :at"), {"at": datetime(2020, 1, 1, tzinfo=UTC)})
    tidy_once(house.edge)
    assert house.read(lambda s: s.exec(select(func.count()).select_from(SeenUpdate)).one()) == 0


def test_a_deadlock_is_tried_again_and_the_person_never_knows(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []
    real = Dispatch._transact

    def deadlocked_twice(self: Dispatch, session: Session, event: Event) -> Reply | None:
        tries.append(1)
        if len(tries) <= 2:
            raise StaleDataError
        return real(self, session, event)

    monkeypatch.setattr(Dispatch, "_transact", deadlocked_twice)
    guest = house.stranger().type("/bantuan")
    assert "Yang bisa dilakukan" in guest.text
    assert len(tries) == 3
    assert len(guest.messages) == 1
