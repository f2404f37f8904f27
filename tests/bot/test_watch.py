"""The admins hear in time when something needs a hand, see how it stands, and nobody else does."""

import shutil
from collections import namedtuple
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.figures import POISON
from bot.watch import Watch
from flows import outbox, routes
from flows.models import Membership, Outbox
from tests.support.house import House
from tests.support.talk import Talk

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine that runs the tests may be full; this one is not."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100, 20, 80))


@pytest.fixture
def unit(house: House) -> int:
    return house.unit()


@pytest.fixture
def ani(house: House, unit: int) -> Talk:
    return house.member(unit, "admin", name="Ani Contoh")


@pytest.fixture
def budi(house: House, unit: int) -> Talk:
    return house.member(unit, "koordinator", name="Budi Contoh")


def late_message(house: House, to: Talk) -> None:
    with house.writing() as session:
        message = outbox.Message("pengingat:1", to.user_id, routes.HELP())
        outbox.add(session, [message], house.clock.now() - timedelta(minutes=40))


@pytest.mark.db
def test_late_sending_is_told_to_admins_once_and_before_all_else(house: House, ani: Talk, budi: Talk) -> None:
    late_message(house, budi)
    watch = Watch()
    assert watch.once(house.edge) == 1
    assert watch.once(house.edge) == 0, "not again for the same trouble"
    assert Watch().once(house.edge) == 0, "nor by another process"
    lanes = house.read(lambda s: dict(s.exec(select(Outbox.key, Outbox.lane)).all()))
    assert [lane for key, lane in lanes.items() if key.startswith("alarm:")] == [outbox.LANE_REPLY]
    house.send_due()
    assert ani.text.startswith("Kiriman bot terlambat 40 menit.")
    assert "Kiriman bot" not in budi.text
    ani.tap("Keadaan program")
    assert ani.text.startswith("Tidak ada kiriman yang tertunda.")


def test_quiet_while_all_is_well_and_again_after_hours(
    house: House, ani: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = Watch()
    assert watch.once(house.edge) == 0
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1000, 930, 70))
    assert watch.once(house.edge) == 1
    house.send_due()
    assert "Ruang disk tinggal 7%." in ani.text
    house.clock.set_to(house.clock.now() + timedelta(hours=7))
    assert watch.once(house.edge) == 1


def test_rising_failures_are_counted_by_the_hour(
    house: House, ani: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1000.0]
    monkeypatch.setattr("bot.watch.time.monotonic", lambda: now[0])
    watch = Watch()
    house.edge.figures.updates["text", POISON] = 6
    assert watch.once(house.edge) == 0
    now[0] += 4000
    house.edge.figures.updates["tap", POISON] = 6
    assert watch.once(house.edge) == 0, "six and six, but not within an hour"
    now[0] += 1000
    house.edge.figures.updates["tap", POISON] = 17
    assert watch.once(house.edge) == 1
    house.send_due()
    assert ani.text.startswith("11 pesan orang gagal diolah dalam sejam.")


@pytest.mark.db
def test_the_state_of_things_is_for_admins_alone(house: House, ani: Talk, budi: Talk) -> None:
    late_message(house, budi)
    ani.type("/keadaan")
    assert ani.text.startswith("Kiriman tertunda 40 menit.")
    assert "Pengingat dan kabar: 1 menunggu, paling lama 40 menit" in ani.text
    assert "Budi" not in ani.text
    house.send_due()
    ani.tap("Perbarui")
    assert ani.text.startswith("Tidak ada kiriman yang tertunda.")
    budi.type("/keadaan")
    assert "hanya untuk admin instansi" in budi.text


def test_who_is_no_admin_any_more_is_not_told(house: House, ani: Talk) -> None:
    late_message(house, ani)
    Watch().once(house.edge)
    with house.writing() as session:
        for held in session.exec(select(Membership).where(col(Membership.role) == "admin")).all():
            held.revoked_at = house.clock.now()
    house.send_due()
    assert "Kiriman bot" not in ani.text
