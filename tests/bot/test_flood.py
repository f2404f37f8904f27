"""One person cannot take everybody's time, and is told so kindly."""

from collections.abc import Iterator

import pytest
from sqlmodel import func, select

from bot.flood import PER_SECOND, TELL_SECONDS, TOAST, TOO_FAST, Flood
from flows.models import SeenUpdate
from knowledge.library import Library
from tests.support.house import House


@pytest.fixture
def house(database_url: str, library: Library) -> Iterator[House]:
    """A bot that takes twenty updates of one person at once."""
    made = House(database_url, library, person_burst=20)
    yield made
    made.close()


def test_a_flood_is_declined_once_in_words_and_others_are_answered(house: House) -> None:
    unit = house.unit()
    noisy, budi = house.member(unit, name="Ribut"), house.member(unit, name="Budi")
    house.deliver()
    before = house.read(lambda s: s.exec(select(func.count()).select_from(SeenUpdate)).one())
    for _ in range(60):
        house.standin.say(noisy.user_id, "/progres")
    house.standin.say(budi.user_id, "/bantuan")
    house.deliver()
    texts = [str(m.get("text")) for m in noisy.messages]
    assert texts.count(TOO_FAST) == 1
    done = house.read(lambda s: s.exec(select(func.count()).select_from(SeenUpdate)).one()) - before
    assert done < 45, "what was declined was not carried out"
    assert "Yang bisa dilakukan" in budi.text
    house.edge.connect(house.app.bot).flood = Flood(20)  # half a minute later
    noisy.type("/bantuan")
    assert "Yang bisa dilakukan" in noisy.text


def test_a_tap_too_many_stops_its_spinner_with_a_word(house: House) -> None:
    budi = house.member(house.unit(), name="Budi")
    budi.type("/menu")
    house.edge.connect(house.app.bot).flood = Flood(1)
    budi.tap_data("menu").tap_data("menu")
    answered = [c for c in house.standin.calls if c.method == "answerCallbackQuery"]
    assert TOAST in str(answered[-1])


def test_the_allowance_comes_back_by_the_second_and_memory_is_bounded() -> None:
    flood = Flood(10)
    assert [flood.takes(1, 0.0) for _ in range(11)] == [True] * 10 + [False]
    assert flood.tells(1, 0.0)
    assert not flood.tells(1, TELL_SECONDS - 1)
    assert flood.tells(1, TELL_SECONDS)
    assert [flood.takes(1, 40.0) for _ in range(11)] == [True] * 10 + [False]
    assert flood.takes(1, 40.0 + 1.0 / PER_SECOND)
    for person in range(30_000):
        flood.takes(person, 50.0)
    assert len(flood._buckets) <= 10_000
    assert all(Flood(0).takes(1, 0.0) for _ in range(1000)), "0 is no limit"
