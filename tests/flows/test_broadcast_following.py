"""While it is being sent: counts in place, a stop, portions; and the queue's manners."""

import pytest
from sqlmodel import col, func, select

from flows import outbox
from flows.broadcast import sending
from flows.models import Announcement, Job, Outbox
from flows.outbox import Message
from tests.support.house import House
from tests.support.talk import Talk

TEXT = "Bapak/Ibu, rapat besok jam 9."


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def boss(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Contoh")


@pytest.fixture
def team(house: House, unit: int) -> list[Talk]:
    return [house.member(unit, "anggota", None, f"Anggota {n}") for n in range(40)]


def once(house: House) -> None:
    house.runner.run(house.worker.once())


@pytest.mark.db
def test_the_counts_follow_and_a_stop_leaves_the_rest_unsent(
    house: House, boss: Talk, team: list[Talk]
) -> None:
    boss.type("/pengumuman").type(TEXT).tap("Kirim sekarang")
    where = boss.messages[-1]["message_id"]
    once(house)
    got = sum(bool(t.messages) for t in team)
    assert 0 < got < 40
    with house.writing() as session:  # three seconds have gone by
        job = session.exec(select(Job).where(Job.kind == sending.PROGRESS)).one()
        job.due_at = 0.0
    house.worker.jobs.do_one()
    once(house)
    now = sum(bool(t.messages) for t in team)
    assert boss.messages[-1]["message_id"] == where
    assert boss.text.startswith("Sedang dikirim: ")
    boss.tap("Hentikan")
    assert boss.toast == "Dihentikan. Sisanya tidak dikirim."
    house.send_due()
    house.settle()
    assert sum(bool(t.messages) for t in team) == now
    assert boss.text.startswith(f"Dihentikan: terkirim {now}, {40 - now} orang tidak dikirimi.")
    assert boss.messages[-1]["message_id"] == where
    states = house.read(
        lambda s: s.exec(
            select(Outbox.error, func.count()).where(col(Outbox.state) == "dropped").group_by(Outbox.error)
        ).all()
    )
    assert sum(count for error, count in states if error in {None, sending.STOPPED_BY_AUTHOR}) == 40 - now
    boss.tap_data("umum.henti:1")
    assert boss.toast == "Pengirimannya sudah selesai."


@pytest.mark.db
def test_rows_are_queued_in_portions_and_for_everybody(
    house: House, boss: Talk, team: list[Talk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "PORTION", 15)
    monkeypatch.setattr(sending, "YIELD_SECONDS", 0.01)
    boss.type("/pengumuman").type(TEXT).tap("Kirim sekarang")
    house.worker.jobs.do_one()
    count = select(func.count()).where(col(Outbox.announcement_id).is_not(None))
    assert house.read(lambda s: s.exec(count).one()) == 15
    assert house.read(lambda s: s.exec(select(Announcement.state)).one()) == "sending"
    house.settle()
    assert [len(t.messages) for t in team] == [1] * 40
    assert boss.text.startswith("✓ Terkirim 40 dari 40.")


@pytest.mark.db
def test_answers_go_before_reminders_and_reminders_before_broadcasts(house: House, team: list[Talk]) -> None:
    lanes = (outbox.LANE_BROADCAST, outbox.LANE_PERSONAL, outbox.LANE_REPLY)
    with house.writing() as session:
        messages = [
            Message(f"uji:{n}", t.user_id, text=f"lajur {lanes[n % 3]}", lane=lanes[n % 3])
            for n, t in enumerate(team[:30])
        ]
        outbox.add(session, messages, house.clock.now())
    house.standin.calls.clear()
    house.send_due()
    order = [c.params["text"] for c in house.standin.calls if c.method.lower() == "sendmessage"]
    assert order == [f"lajur {lane}" for lane in (0, 1, 2) for _ in range(10)]


@pytest.mark.db
def test_a_slot_is_one_message_and_the_newest_wins(house: House, team: list[Talk]) -> None:
    reader = team[0]

    def say(text: str) -> None:
        with house.writing() as session:
            news = Message(f"uji:{text}", reader.user_id, text=text, slot="papan:1")
            outbox.add(session, [news], house.clock.now())

    say("satu")
    say("dua")
    house.send_due()
    assert [m["text"] for m in reader.messages] == ["dua"]
    say("tiga")
    say("empat")
    house.send_due()
    assert [m["text"] for m in reader.messages] == ["empat"]
    states = house.read(lambda s: s.exec(select(Outbox.state).order_by(col(Outbox.id))).all())
    assert states == ["dropped", "sent", "dropped", "sent"]


def test_the_left_time_is_said_as_people_say_it() -> None:
    from flows.broadcast.texts_sent import duration

    assert [duration(s) for s in (12, 59, 61, 780, 3900, 7200)] == [
        "10 detik",
        "60 detik",
        "1 menit",
        "13 menit",
        "1 jam 5 menit",
        "2 jam",
    ]


def test_a_person_who_never_pressed_start_is_counted_apart(
    house: House, boss: Talk, team: list[Talk]
) -> None:
    house.standin.users[team[0].user_id].started = False
    boss.type("/pengumuman").type(TEXT).tap("Kirim sekarang")
    house.send_due()
    assert boss.text.startswith("Terkirim 39 dari 40.")
    assert "○ 1 orang belum pernah membuka bot; teks siap tempel dan poster QR disediakan." in boss.text
    assert "Poster QR" in boss.labels
