"""Queued sending: one pace for all, dropped when untrue, retried when it may have failed, never lost."""

import asyncio
import time
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import col, select

from bot.jobs import take_over
from bot.outbound import Outbound, Sent
from bot.worker import Claimed, Worker
from flows import outbox, routes
from flows.models import ChatPace, Gate, Outbox, Person
from flows.outbox import Message
from flows.screen import Screen
from tests.support.group import Group
from tests.support.house import House
from tests.support.talk import Talk


def _queue(house: House, talks: list[Talk], text: str = "Pengingat") -> None:
    with house.writing() as session:
        messages = [
            Message(f"uji:{t.user_id}:{text}", t.user_id, text=text, person_id=_id(house, t)) for t in talks
        ]
        outbox.add(session, messages, house.clock.now())


def _id(house: House, talk: Talk) -> int | None:
    found: int | None = house.read(
        lambda s: s.exec(select(Person.id).where(Person.telegram_id == talk.user_id)).first()
    )
    return found


def _states(house: House) -> list[str]:
    states: list[str] = house.read(lambda s: s.exec(select(Outbox.state).order_by(col(Outbox.id))).all())
    return list(states)


@pytest.mark.db
def test_the_same_key_is_the_same_message(house: House) -> None:
    budi = house.member(house.unit())
    _queue(house, [budi])
    _queue(house, [budi])
    house.send_due()
    assert [m["text"] for m in budi.messages] == ["Pengingat"]


class Paces:
    """The moment that each message was given, and the moment it was sent, both on the machine's clock.

    The pace is what the moments keep; a busy machine may be late for them, but never early.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.given: dict[int, float] = {}
        self.sent: dict[int, float] = {}
        lease, send = Worker._lease, Outbound.send

        def leasing(worker: Worker, row: Outbox, screen: Screen, now: float, *more: Any) -> Claimed | None:
            item = lease(worker, row, screen, now, *more)
            if item is not None:
                self.given[item.chat_id] = now + item.wait_seconds
            return item

        async def sending(outbound: Outbound, chat_id: int, *more: Any) -> Sent:
            self.sent[chat_id] = time.time()
            return await send(outbound, chat_id, *more)

        monkeypatch.setattr(Worker, "_lease", leasing)
        monkeypatch.setattr(Outbound, "send", sending)

    def keep(self, rate: float, count: int) -> None:
        """Each message has a moment of its own, so far from the next, and waited for it."""
        moments = sorted(self.given.values())
        assert len(moments) == len(self.sent) == count, "each message once"
        assert min(later - one for one, later in pairwise(moments)) >= 1.0 / rate - 1e-5
        assert min(self.sent[chat] - moment for chat, moment in self.given.items()) >= -0.01, "none early"


@pytest.mark.db
def test_messages_keep_the_asked_pace_and_start_without_a_burst(
    database_url: str, library: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    paces = Paces(monkeypatch)
    house = House(database_url, library, send_rate=25.0)  # type: ignore[arg-type]
    try:
        unit = house.unit()
        people = [house.member(unit) for _ in range(50)]
        _queue(house, people)
        house.send_due()
        paces.keep(25.0, 50)
    finally:
        house.close()


@pytest.mark.db
def test_two_workers_share_the_work_and_the_pace(
    database_url: str, library: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    paces = Paces(monkeypatch)
    house = House(database_url, library, send_rate=40.0)  # type: ignore[arg-type]
    try:
        unit = house.unit()
        people = [house.member(unit) for _ in range(40)]
        _queue(house, people)
        house.standin.calls.clear()
        second = Worker(house.app, private_gap_seconds=0.0)

        async def both() -> None:
            await asyncio.gather(house.worker.drain(), second.drain())

        house.runner.run(both())
        assert sum(c.method == "sendMessage" for c in house.standin.calls) == 40, "each message once"
        paces.keep(40.0, 40)
    finally:
        house.close()


@pytest.mark.db
def test_a_person_who_blocked_the_bot_is_marked_and_not_written_to_again(house: House) -> None:
    budi = house.member(house.unit())
    house.standin.faults.add(method="sendMessage", chat_id=budi.user_id, kind="blocked")
    _queue(house, [budi])
    house.send_due()
    _queue(house, [budi], "Lagi")
    house.send_due()
    assert _states(house) == ["failed", "dropped"]
    assert budi.messages == []


@pytest.mark.db
def test_too_fast_moves_that_chats_pace_and_does_not_count_as_a_try(house: House) -> None:
    budi = house.member(house.unit())
    house.standin.faults.add(method="sendMessage", kind="429", retry_after=1)
    _queue(house, [budi])
    house.send_due()
    assert _states(house) == ["waiting"]
    tries, next_at = house.read(
        lambda s: (s.exec(select(Outbox.tries)).one(), s.exec(select(ChatPace.next_at)).one())
    )
    assert tries == 0
    assert next_at > 0
    time.sleep(1.1)
    house.send_due()
    assert [m["text"] for m in budi.messages] == ["Pengingat"]


@pytest.mark.db
def test_a_long_queue_of_one_chat_holds_up_nobody_else(house: House) -> None:
    unit = house.unit()
    budi, others = house.member(unit), [house.member(unit) for _ in range(10)]
    for number in range(60):
        _queue(house, [budi], f"Status {number}")
    with house.writing() as session:
        news = [
            Message(f"uji:{t.user_id}", t.user_id, text="Rapat", lane=outbox.LANE_BROADCAST) for t in others
        ]
        outbox.add(session, news, house.clock.now())
    worker = Worker(house.app)
    for _ in range(3):
        house.runner.run(worker.once())
    assert [len(t.messages) for t in others] == [1] * 10
    assert 1 <= len(budi.messages) <= 2


@pytest.mark.db
def test_a_second_chat_that_is_told_to_wait_closes_the_gate_for_all(house: House) -> None:
    unit = house.unit()
    people = [house.member(unit) for _ in range(2)]
    house.standin.faults.add(method="sendMessage", kind="429", retry_after=7, times=2)
    _queue(house, people)
    house.send_due()
    with house.db.reading() as session:
        wait = session.exec(
            select(Gate.next_at).where(Gate.bot_id == house.app.bot.id)
        ).one() - house.db.clock(session)
    assert 5.0 < wait <= 7.5


def test_a_lost_connection_is_tried_again_later(house: House) -> None:
    budi = house.member(house.unit())
    house.standin.faults.add(method="sendMessage", kind="reset_before")
    _queue(house, [budi])
    house.send_due()
    assert _states(house) == ["waiting"]
    with house.writing() as session:
        session.exec(select(Outbox)).one().due_at = 0.0
    house.send_due()
    assert _states(house) == ["sent"]


@pytest.mark.db
def test_who_is_alone_takes_up_at_once_what_was_in_hand(house: House) -> None:
    budi = house.member(house.unit())
    _queue(house, [budi])
    with house.writing() as session:
        row = session.exec(select(Outbox)).one()
        row.state, row.owner, row.lease_until = "leased", "yang-mati", outbox.pace_clock(session) + 60.0
    house.send_due()
    assert budi.messages == [], "another process may be sending it"
    take_over(house.db)
    house.send_due()
    assert len(budi.messages) == 1


@pytest.mark.db
def test_a_lease_left_by_a_killed_process_is_taken_over(house: House) -> None:
    budi = house.member(house.unit())
    _queue(house, [budi])
    with house.writing() as session:
        row = session.exec(select(Outbox)).one()
        row.state, row.owner, row.lease_until = "leased", "yang-mati", 1.0
    house.send_due()
    assert _states(house) == ["sent"]


def test_a_message_to_a_deleted_person_is_dropped(house: House) -> None:
    budi = house.member(house.unit())
    _queue(house, [budi])
    with house.writing() as session:
        session.exec(select(Person)).one().deleted_at = datetime.now(UTC)
    house.send_due()
    assert _states(house) == ["dropped"]


def test_a_queued_screen_is_drawn_for_its_receiver_when_it_is_sent(house: House) -> None:
    budi = house.member(house.unit("Kantor A"))
    with house.writing() as session:
        outbox.add(session, [Message("menu", budi.user_id, routes.HELP(), person_id=None)], house.clock.now())
    house.send_due()
    assert "Kirim pengumuman" in budi.text, "help as a member sees it"


@pytest.mark.db
def test_a_failing_job_is_tried_again_and_in_the_end_stands_as_failed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []

    def broken(_turn: outbox.JobTurn) -> None:
        calls.append(1)
        raise ZeroDivisionError

    monkeypatch.setitem(outbox._jobs, "uji", outbox.JobKind(broken))
    monkeypatch.setattr("bot.jobs.RETRY_SECONDS", (0.0,))
    with house.writing() as session:
        outbox.add_job(session, "uji", "uji:1", {}, house.clock.now())
    house.send_due()
    assert len(calls) == 6


def test_an_announcement_stays_in_the_chat_when_its_buttons_are_tapped(house: House) -> None:
    unit = house.unit()
    budi, dewi = house.member(unit, "koordinator"), house.member(unit, name="Dewi Contoh")
    budi.type("/pengumuman").type("Rapat monev hari Jumat pukul 09.00 di aula.")
    budi.tap("Kirim sekarang")
    house.send_due()
    assert "Rapat monev" in dewi.text
    dewi.tap("Ke menu")
    assert "Rapat monev" in dewi.messages[-2]["text"]
    assert "Anda: anggota pokja" in dewi.text


def test_an_answer_in_a_topic_that_had_to_wait_still_goes_there_and_quotes_its_question(house: House) -> None:
    budi = house.member(house.unit())
    forum = Group(house, [budi], topics=("Tanya aturan",))
    house.standin.faults.add(method="sendMessage", kind="429", retry_after=1)
    forum.say(budi, "/tanya apa syarat WBK?", topic="Tanya aturan")
    assert forum.answers == []
    with house.writing() as session:
        row = session.exec(select(Outbox).where(Outbox.chat_id == forum.id)).one()
        assert row.thread_id == forum.topics["Tanya aturan"]
    house.send_due()
    (answer,) = forum.answers
    assert answer["message_thread_id"] == forum.topics["Tanya aturan"]
    assert answer["reply_to_message"]["text"] == "/tanya apa syarat WBK?"


@pytest.mark.db
def test_a_pinned_slot_is_pinned_once(house: House) -> None:
    budi = house.member(house.unit())
    group = Group(house, [budi])
    house.standin.promote_bot(group.id, budi.user_id)
    house.deliver()
    for text in ("Papan 1", "Papan 2"):
        with house.writing() as session:
            news = Message(f"uji:{text}", group.id, text=text, slot="papan", pin=True)
            outbox.add(session, [news], house.clock.now())
        house.send_due()
        with house.writing() as session:
            session.exec(select(ChatPace).where(ChatPace.chat_id == group.id)).one().next_at = 0.0
    assert [m["text"] for m in group.answers] == ["Papan 2"]
    assert len(house.standin.chats[group.id].pinned) == 1
