"""Bad days between the bot and Telegram: what a person did is done once, and an answer comes, if later."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, func, select
from structlog.testing import capture_logs
from telegram import Update

from bot import dispatch, polling
from bot.flood import TOO_FAST, Flood
from bot.polling import poll
from bot.watch import Watch
from flows import outbox, words
from flows.models import Outbox, Person, Task
from flows.outbox import Message
from tests.support.group import Group
from tests.support.house import House
from tests.support.talk import Talk


async def until_so(seen: Callable[[], bool], until: float | None = None) -> None:
    """Look again and again, for half a minute at most."""
    until = until or time.monotonic() + 30.0
    while not seen() and time.monotonic() < until:  # noqa: ASYNC110  (what is looked at tells nobody)
        await asyncio.sleep(0.01)


def poll_until(house: House, seen: Callable[[], bool], seconds: float = 15.0) -> None:
    """Fetch as the program does until something was seen."""

    async def run() -> None:
        stop = asyncio.Event()
        task = asyncio.ensure_future(poll(house.app, stop))
        until = time.monotonic() + seconds
        await until_so(lambda: seen() or task.done(), until)
        stop.set()
        await task
        await house.dispatch.finish()

    house.runner.run(run())
    assert seen()


def forget_memory(house: House) -> None:
    """As a kill does: what this process only remembered is gone."""
    house.dispatch._replied.clear()
    house.dispatch._unrecorded.clear()


def titles(house: House) -> list[str]:
    return list(house.read(lambda s: s.exec(select(Task.title).order_by(col(Task.id))).all()))


def send_late(house: House) -> None:
    """What waits for its moment is due now."""
    with house.writing() as session:
        for row in session.exec(select(Outbox).where(Outbox.state == "waiting")).all():
            row.due_at = 0.0
    house.send_due()


@pytest.fixture
def budi(house: House) -> Talk:
    return house.member(house.unit(), "koordinator", name="Budi Contoh")


@pytest.mark.parametrize("kind", ["500", "429", "reset_before", "reset_after"])
def test_an_answer_that_telegram_did_not_take_comes_a_little_later(
    house: House, budi: Talk, kind: Any
) -> None:
    house.standin.faults.add(method="sendMessage", kind=kind)
    budi.type("/tugas Kirim surat undangan")
    send_late(house)
    assert titles(house) == ["Kirim surat undangan"]
    assert "Kirim surat undangan" in budi.text
    # Where only the answer to us was lost, the person may read it a second time; nobody can know.
    assert len(budi.messages) == (2 if kind == "reset_after" else 1)
    house.standin.faults.add(method="editMessageText", kind=kind)
    budi.tap("Selesai")
    send_late(house)
    assert "Keadaan: selesai" in budi.messages[0]["text"] + budi.text
    assert titles(house) == ["Kirim surat undangan"]


def test_a_storm_of_429_answers_everybody_once_and_tries_no_more_than_it_must(house: House) -> None:
    unit = house.unit()
    people = [house.member(unit, name=f"Orang {n}") for n in range(8)]
    house.standin.faults.add(method="sendMessage", kind="429", retry_after=1, times=10)
    for person in people:
        house.standin.say(person.user_id, "/bantuan")
    house.deliver()
    assert not any(person.messages for person in people)
    until = time.monotonic() + 60.0
    while time.monotonic() < until and not all(person.messages for person in people):
        house.settle()
    assert [len(person.messages) for person in people] == [1] * 8
    assert all("Ke menu" in person.labels for person in people), "with its buttons"
    refused = sum(c.error_code == 429 for c in house.standin.calls)
    assert refused == 10
    tried = [c for c in house.standin.calls if c.method == "sendMessage"]
    assert len(tried) == 18


def test_a_storm_of_failures_while_fetching_ends_with_everything_answered(
    house: House, budi: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "BACK_OFF_SECONDS", (0.01,) * 6)
    kinds: list[Any] = ["500", "reset_before", "reset_after", "429"]
    for kind in kinds * 2:
        house.standin.faults.add(method="getUpdates", kind=kind, retry_after=0)
    for number in range(5):
        house.standin.say(budi.user_id, f"/tugas Surat {number}")
    poll_until(house, lambda: len(budi.messages) == 5 and not house.standin.updates)
    assert titles(house) == [f"Surat {number}" for number in range(5)]


def test_an_unreadable_batch_and_a_failing_network_together_do_not_end_the_program(
    house: House, budi: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "BACK_OFF_SECONDS", (0.01,) * 6)
    real, calls = house.app.bot.do_api_request, []

    async def failing(*args: Any, **more: Any) -> Any:
        calls.append(1)
        if len(calls) < 3:
            raise TimeoutError
        return await real(*args, **more)

    monkeypatch.setattr(type(house.app.bot), "do_api_request", lambda _bot, *a, **k: failing(*a, **k))
    with house.standin.store.writing():
        house.standin.push_update("my_chat_member", {"chat": {"id": 1}, "date": 0})
    house.standin.say(budi.user_id, "/bantuan")
    poll_until(house, lambda: len(budi.messages) == 1 and not house.standin.updates)
    assert len(calls) == 3


@pytest.mark.db
def test_a_reply_that_hangs_is_waited_for_in_the_background_and_never_lost(
    house: House, budi: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dispatch, "REPLY_SECONDS", 0.05)
    house.standin.faults.add(method="sendMessage", kind="slow", seconds=0.4)
    budi.type("/tugas Arsip absen")  # it returned before the answer arrived, and the next could be fetched
    assert budi.messages == []
    (row,) = house.read(lambda s: s.exec(select(Outbox)).all())
    assert (row.state, row.due_at > 0) == ("waiting", True), "written down before it was confirmed"
    house.runner.run(house.dispatch.finish())
    assert len(budi.messages) == 1
    send_late(house)
    assert len(budi.messages) == 1, "it arrived, so it is not sent again"
    house.standin.faults.add(method="sendMessage", kind="slow", seconds=0.2)
    house.standin.faults.add(method="sendMessage", kind="reset_before")
    budi.type("/bantuan").type("/menu")  # the second is refused; the first hangs
    house.runner.run(house.dispatch.finish())
    send_late(house)
    assert len(budi.messages) == 3
    assert titles(house) == ["Arsip absen"]


@pytest.mark.db
def test_what_is_delivered_again_is_shown_again_and_never_done_again(house: House, budi: Talk) -> None:
    """Each kind of update, redelivered after a kill that came before its reply was recorded."""
    house.member(house.unit("Lain"), name="Sari Contoh")
    acts: list[Callable[[], Talk]] = [
        lambda: budi.type("/tugas Kirim surat"),
        lambda: budi.tap("Selesai"),
        lambda: budi.tap("Buka lagi"),
        lambda: budi.type("/lke"),
        lambda: budi.type("A.I.1.i.a"),
        lambda: budi.tap("Buka di Isi LKE"),
        lambda: budi.tap("Ya"),
        lambda: budi.type("apa syarat WBK?"),
        lambda: budi.type("kalau begitu bagaimana caranya?"),
        lambda: budi.type("xyzzy tidak ada artinya?"),
        lambda: budi.type("/pengumuman"),
        lambda: budi.type("Rapat besok pagi."),
        lambda: budi.tap("Batal"),
        lambda: budi.type("/tim"),
        lambda: budi.type("/progres"),
        lambda: budi.type("/kesiapan"),
        lambda: budi.type("/jadwal"),
        lambda: budi.type("/bukti"),
        lambda: budi.type("cuti sampai 29 januari"),
        lambda: budi.send_file("notula.txt", b"isi notula"),
    ]
    for number, act in enumerate(acts):
        act()
        updates, text, before = budi.last_updates, budi.text, _rows(house)
        shown = len(budi.messages)
        forget_memory(house)
        house.process(*updates)
        assert _rows(house) == before, f"act {number} was done again"
        assert words.DONE_ALREADY not in budi.text, f"act {number}: the same screen, not the menu"
        if updates[0].message is not None:
            assert len(budi.messages) == shown + 1, f"act {number} met silence"
            assert set(text.split("\n")) & set(budi.text.split("\n")), f"act {number}: another screen"


def _rows(house: House) -> dict[str, int]:
    tables = ["task", "task_change", "answer", "answer_change", "announcement", "evidence", "intake"]
    tables += ["job", "audit_entry", "outbox", "reminder_pref", "unmet_question", "team_question"]
    with house.db.reading() as session:
        return {
            table: session.connection().exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in tables
        }


def test_the_same_update_twice_at_once_is_answered_once(house: House, budi: Talk) -> None:
    house.standin.say(budi.user_id, "/tugas Sekali saja")
    (update,) = _fetched(house)
    house.process(update, update, update)
    assert titles(house) == ["Sekali saja"]
    assert len(budi.messages) == 1


def test_updates_out_of_order_are_each_done_once(house: House, budi: Talk) -> None:
    for number in range(4):
        house.standin.say(budi.user_id, f"/tugas Surat {number}")
    updates = _fetched(house)
    for update in (updates[2], updates[0], updates[3], updates[1], updates[0]):
        house.process(update)
    assert sorted(titles(house)) == [f"Surat {number}" for number in range(4)]
    assert len(budi.messages) == 4


def _fetched(house: House) -> list[Update]:
    return list(house.runner.run(house.app.bot.get_updates(timeout=0)))


def test_a_person_who_blocked_the_bot_in_mid_talk_costs_nothing_and_is_answered_when_back(
    house: House, budi: Talk
) -> None:
    house.standin.say(budi.user_id, "/tugas Sebelum memblokir")
    house.standin.block(budi.user_id)
    house.deliver()
    assert titles(house) == ["Sebelum memblokir"]
    assert house.read(lambda s: s.exec(select(Person.unreachable_at)).one()) is not None
    assert house.read(lambda s: s.exec(select(func.count()).select_from(Outbox)).one()) == 0
    house.standin.unblock(budi.user_id)
    assert "Sebelum memblokir" in budi.type("tugas saya").text


def test_a_group_that_becomes_a_supergroup_between_question_and_answer_is_answered_in_the_new_one(
    house: House, budi: Talk
) -> None:
    group = Group(house, [budi])
    house.standin.say(budi.user_id, "/tanya apa syarat WBK?", chat_id=group.id)
    new_id = house.standin.migrate(group.id)
    asked, *moves = _fetched(house)
    house.process(*reversed(moves))  # the news of it arrives first, and in the wrong order
    house.process(asked)
    assert [m for m in house.standin.from_bot(new_id) if "WBK" in str(m.get("text"))]
    with house.writing() as session:
        outbox.add(session, [Message("uji:lama", group.id, text="Kabar grup")], house.clock.now())
    house.send_due()
    assert any(m.get("text") == "Kabar grup" for m in house.standin.from_bot(new_id))


def test_another_instance_is_given_way_and_the_admin_is_told(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    ani = house.member(house.unit(), "admin", name="Ani Contoh")
    monkeypatch.setattr(polling, "RIVAL_SECONDS", (0.2, 0.4, 0.8))
    watch = Watch()

    async def both() -> list[float]:
        stop = asyncio.Event()
        ours = asyncio.ensure_future(poll(house.app, stop))
        for _ in range(3):  # the other one fetches again and again
            await asyncio.sleep(0.1)
            while house.edge.figures.conflicts == len(at):
                await house.app.bot.get_updates(offset=None, timeout=0)
                await asyncio.sleep(0.01)
            at.append(time.monotonic())
        stop.set()
        await ours
        return at

    at: list[float] = []
    with capture_logs() as logged:
        house.runner.run(both())
    assert at[1] - at[0] >= 0.2
    assert at[2] - at[1] >= 0.4, "each time it waits longer"
    assert any("Token bot ini juga dipakai program lain" in str(line.get("hint")) for line in logged)
    assert watch.once(house.edge) == 1
    house.send_due()
    assert ani.text.startswith("Bot ini dijalankan di dua tempat sekaligus.")


def test_a_webhook_set_by_another_instance_while_we_fetch_is_left_alone(
    house: House, budi: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "RIVAL_SECONDS", (0.1,))
    house.standin.say(budi.user_id, "/bantuan")

    async def run() -> None:
        stop = asyncio.Event()
        ours = asyncio.ensure_future(poll(house.app, stop))
        await until_so(lambda: bool(budi.messages))
        await house.app.bot.set_webhook("https://lain.test/telegram")
        await until_so(lambda: house.edge.figures.conflicts >= 2)
        stop.set()
        await ours

    house.runner.run(asyncio.wait_for(run(), 15))
    assert house.runner.run(house.app.bot.get_webhook_info()).url == "https://lain.test/telegram"


def test_what_waited_through_a_long_outage_is_no_flood(house: House) -> None:
    unit = house.unit()
    budi, noisy = house.member(unit, name="Budi"), house.member(unit, name="Ribut")
    house.deliver()
    house.dispatch.flood = Flood(20)
    begun = house.clock.now()
    for minute in range(60):
        house.clock.set_to(begun.replace(minute=minute))
        house.standin.say(budi.user_id, "/bantuan")
    for _ in range(60):
        house.standin.say(noisy.user_id, "/bantuan")
    house.deliver()  # all at once, as after an outage
    assert len(budi.messages) == 60
    assert not any(TOO_FAST in str(m.get("text")) for m in budi.messages)
    assert any(TOO_FAST in str(m.get("text")) for m in noisy.messages), (
        "who sent sixty in a second is declined"
    )


def test_an_update_that_could_not_be_committed_is_not_counted_again(
    house: House, budi: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.dispatch.flood = Flood(3)
    house.standin.say(budi.user_id, "/bantuan")
    (update,) = _fetched(house)
    with monkeypatch.context() as broken:
        broken.setattr(house.db, "writing", _no_database)
        for _ in range(10):
            house.process(update)
            assert house.dispatch.failed(update.update_id)
    house.process(update)
    assert "Yang bisa dilakukan" in budi.text


def _no_database(**_how: object) -> Any:
    raise ConnectionError("no database")
