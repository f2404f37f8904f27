"""Linked groups where it matters that several do things at once, or that a process dies: both databases."""

import itertools
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.grouping import GROUP_GAP_SECONDS, learn
from flows import calendar, outbox, routes
from flows.groups import service, standing
from flows.groups.standing import Delivery
from flows.groups.tick import BOARD_EVERY
from flows.models import ChatPace, Job, LinkedGroup, Outbox
from tests.bot.test_linked_groups import board, boards, link, linked, recaps
from tests.support.group import Group
from tests.support.house import START, House
from tests.support.talk import Talk

pytestmark = pytest.mark.db
BOT = "@contoh_pandu_bot"


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Harjono")


@pytest.fixture
def tini(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Tini Contoh")


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Do these at the same moment, each in its own thread; what they returned or raised."""
    gate, found = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        gate.wait()
        try:
            found[place] = acts[place]()
        except Exception as exc:  # noqa: BLE001  (the test looks at it)
            found[place] = exc  # type: ignore[call-overload]

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


def test_the_whole_way_on_both_databases(house: House, budi: Talk, tini: Talk) -> None:
    group = Group(house, [budi, tini], topics=("Pengawasan",))
    link(group, budi)
    group.say(budi, "/topik area 5", topic="Pengawasan")
    first = board(group)["message_id"]
    house.advance(days=7)
    assert len(recaps(group)) == 2
    assert boards(group) == 1
    assert board(group)["message_id"] == first
    assert "25 Januari 2027" in board(group)["text"]
    house.standin.remove_bot(group.id, budi.user_id)
    house.deliver()
    house.send_due()
    for who in (budi, tini):
        assert sum("berhenti dulu" in m["text"] for m in who.messages) == 1
    house.standin.add_bot(group.id, budi.user_id)
    house.deliver()
    house.clock.set_to(house.clock.now() + BOARD_EVERY)
    house.send_due()
    assert boards(group) == 2, "after a removal the scoreboard is put up anew"
    budi.type("/grup").tap("Lepas tautan").tap("Ya, lepas")
    assert house.read(lambda s: s.exec(select(LinkedGroup)).all()) == []


def test_two_coordinators_who_link_two_chats_at_once_leave_one_link(
    house: House, budi: Talk, tini: Talk
) -> None:
    one, two = Group(house, [budi, tini]), Group(house, [budi, tini], chat_id=-501)
    house.standin.say(budi.user_id, "/tautkan", chat_id=one.id)
    house.standin.say(tini.user_id, "/tautkan", chat_id=two.id)
    house.deliver()  # one batch: both at once
    rows = house.read(lambda s: s.exec(select(LinkedGroup)).all())
    assert len(rows) == 1
    assert rows[0].chat_id in {one.id, two.id}
    assert one.answers
    assert two.answers


def test_two_processes_that_tick_at_once_queue_one_of_each(house: House, budi: Talk) -> None:
    group = Group(house, [budi])
    group.say(budi, "/tautkan")
    house.clock.set_to(START + timedelta(days=7))

    def beat() -> int:
        with house.db.writing() as session:
            return calendar.tick(session, house.clock.now())

    found = together(beat, beat, beat)
    assert not [each for each in found if isinstance(each, Exception)]
    rows = house.read(lambda s: s.exec(select(Outbox).where(Outbox.chat_id == group.id)).all())
    assert [row.key for row in rows] == [f"grup.papan:{linked(house).id}:1"]
    jobs = house.read(lambda s: s.exec(select(Job.key).where(Job.kind == "group.recap")).all())
    assert jobs == ["grup.rekap:WIB:20270125"]
    house.send_due()
    assert (boards(group), len(recaps(group))) == (1, 1)


def test_what_a_killed_process_did_not_note_is_found_in_the_queue(house: House, budi: Talk) -> None:
    """The scoreboard was sent and recorded; before its message was noted with the group, the process died."""
    group = Group(house, [budi])
    link(group, budi)
    with house.writing() as session:
        row = session.exec(select(LinkedGroup)).one()
        row.board_message_id, row.board_pinned = None, False
        session.add(row)
    house.clock.set_to(START + timedelta(days=1))
    house.send_due()
    assert boards(group) == 1, "edited all the same"
    assert linked(house).board_message_id == board(group)["message_id"]


def test_a_board_whose_recording_was_lost_is_repeated_at_most_once(house: House, budi: Talk) -> None:
    group = Group(house, [budi])
    group.say(budi, "/tautkan")
    house.standin.faults.add("sendMessage", group.id, kind="reset_after")
    house.send_due()
    with house.writing() as session:
        for row in session.exec(select(Outbox).where(Outbox.state == "waiting")).all():
            row.due_at = 0.0
            session.add(row)
    house.send_due()
    assert boards(group) <= 2
    number = boards(group)
    for days in (1, 2):
        house.clock.set_to(START + timedelta(days=days))
        house.send_due()
    assert boards(group) == number


def test_a_move_told_by_everybody_at_once_moves_once(house: House, budi: Talk) -> None:
    group = Group(house, [budi])
    link(group, budi)
    with house.writing() as session:
        messages = [outbox.Message(f"uji:{n}", group.id, text=f"Kabar {n}") for n in range(5)]
        outbox.add(session, messages, house.clock.now())
    new_id = -1_000_000_000_500

    def told() -> None:
        with house.db.writing() as session:
            standing.moved(session, group.id, new_id, house.clock.now())

    def refused() -> None:
        learn(house.db, house.clock.now(), [Delivery(group.id, moved_to=new_id, message_id=77)])

    found = together(told, refused)
    assert not [each for each in found if isinstance(each, Exception)]
    assert linked(house).chat_id == new_id
    waiting = house.read(lambda s: s.exec(select(Outbox).where(Outbox.state == "waiting")).all())
    assert {row.chat_id for row in waiting} == {new_id}
    assert house.read(lambda s: s.get(ChatPace, group.id)) is None


def test_a_refusal_and_a_switch_at_once_lose_neither(house: House, budi: Talk) -> None:
    group = Group(house, [budi])
    link(group, budi)
    budi.type("/grup")
    data, message = budi.data_of("Matikan rekap"), budi.messages[-1]["message_id"]
    house.standin.tap(budi.user_id, message, data)

    def refused() -> None:
        learn(house.db, house.clock.now(), [Delivery(group.id, problem="removed")])

    together(refused, house.deliver)
    found = linked(house)
    assert found.state == service.REMOVED
    if found.recap:  # the refusal came first, so the button was from an older screen
        assert "Ini keadaan terbaru" in budi.text + budi.toast


def test_questions_at_once_share_the_groups_minute(house: House, budi: Talk, tini: Talk) -> None:
    group = Group(house, [budi, tini])
    house.dispatch.group_gap_seconds = GROUP_GAP_SECONDS
    began = time.monotonic()
    for number, who in zip(range(14), itertools.cycle((budi, tini)), strict=False):
        house.standin.say(who.user_id, f"{BOT} apa syarat WBK? {number}", chat_id=group.id)
    house.deliver()
    passed = int((time.monotonic() - began) / GROUP_GAP_SECONDS) + 1
    queued = house.read(lambda s: s.exec(select(Outbox).where(Outbox.chat_id == group.id)).all())
    assert 5 <= len(group.answers) <= 5 + passed, "five at once, then one as each gap has passed"
    assert len(group.answers) + len(queued) == 14


def test_a_message_for_the_group_is_one_more_receiver(house: House, budi: Talk, unit: int) -> None:
    """What announcements use: into the area's topic, nothing where nothing can be written."""
    group = Group(house, [budi], topics=("Pengawasan",))

    def message(area: str = "", key: str = "uji") -> outbox.Message | None:
        found: outbox.Message | None = house.read(
            lambda s: service.audience_message(s, unit, key=key, text="Rapat Jumat.", area=area)
        )
        return found

    assert message() is None
    link(group, budi)
    group.say(budi, "/topik area 5", topic="Pengawasan")
    general, own = message(), message("PW", "uji:pw")
    assert general is not None
    assert own is not None
    assert (general.thread_id, own.thread_id) == (None, group.topics["Pengawasan"])
    with house.writing() as session:
        outbox.add(session, [general, own], house.clock.now())
    house.send_due()
    said = [m.get("message_thread_id") for m in group.messages if m["text"] == "Rapat Jumat."]
    assert sorted(said, key=str) == sorted([None, group.topics["Pengawasan"]], key=str)
    house.standin.remove_bot(group.id, budi.user_id)
    house.deliver()
    assert message() is None
    assert routes.GROUP_BOARD.name in routes.IN_GROUPS
