"""A year of many units: nothing for done things, nothing at quiet hours, nothing missed, nothing twice.

`SOAK_UNITS` says how many units of twelve people; `make soak` takes 200.
"""

import html
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, time

import pytest

from bot.db import Database
from flows import fmt
from knowledge.library import Library
from tests.soak.oracle import Oracle, is_off
from tests.soak.people import FIRST_DAY, LAST_DAY, ZONES, Matter, settle
from tests.soak.year import Year, local_day
from tests.support.databases import Sqlite

pytestmark = pytest.mark.slow

UNITS = int(os.environ.get("SOAK_UNITS", "6"))
SEED = int(os.environ.get("SOAK_SEED", "2027"))
RAISED = re.compile(r"hari kerja: |Pengingat berakhir")
AIM = 2.0
"""Messages per person and week, on average at most."""


@pytest.fixture(scope="module")
def year(sqlite: Sqlite, library: Library) -> Iterator[Year]:
    db = Database(sqlite.new())
    with db.writing() as session:
        town = settle(session, library, UNITS, SEED)
    made = Year(db, library, town, SEED)
    made.run()
    yield made
    db.close()


@pytest.fixture(scope="module")
def oracle(year: Year, library: Library) -> Oracle:
    return Oracle(year.town, library.instrument("lke-2021"), year.came)


def plain(text: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def names(matter: Matter, line: str) -> bool:
    """Whether a line of a message is about this."""
    return fmt.cut(matter.what, 140) in line or fmt.cut(matter.what, 200) in line


def own_lines(text: str) -> list[str]:
    """The lines of a message that are the receiver's own things, without those that a lead is told of."""
    lines = [line for line in plain(text).split("\n") if not RAISED.search(line)]
    if re.match(r"Selamat (pagi|siang|sore)", lines[0]):
        return [line for line in lines if re.match(r"[!○↩] ", line)]
    return lines[:1]


def told_days(year: Year) -> dict[tuple[int, str, str], Counter[date]]:
    """On which days each person was told of each thing, read from the messages themselves."""
    found: dict[tuple[int, str, str], Counter[date]] = defaultdict(Counter)
    by_unit = {p.unit: year.town.of_unit(p.unit) for p in year.town.people.values()}
    for told in year.told:
        person = year.town.people[told.person]
        for line in own_lines(told.text):
            for matter in by_unit[person.unit]:
                if names(matter, line):
                    key = (person.id, matter.kind, f"{matter.unit}:{matter.ref}")
                    found[key][local_day(person, told.at)] += 1
    return found


def test_the_year_was_lived(year: Year) -> None:
    assert len(year.town.people) == 12 * UNITS
    assert len(year.told) > 100 * UNITS
    assert year.down
    assert year.unsent
    assert year.promises
    assert not any("… dan" in told.text for told in year.told), "a digest too long to read"


def test_nothing_comes_at_quiet_hours_weekends_holidays_or_on_leave(year: Year) -> None:
    for told in year.told:
        person = year.town.people[told.person]
        here = told.at.astimezone(ZONES[person.zone])
        assert time(8, 30) <= here.time() < time(20), told
        assert not is_off(here.date()), told
        assert not person.away(here.date()), told


def test_nobody_gets_two_digests_a_day(year: Year) -> None:
    found = Counter((told.person, local_day(year.town.people[told.person], told.at)) for told in year.told)
    assert max(found.values()) == 1


def test_nobody_is_told_of_what_is_done(year: Year, oracle: Oracle) -> None:
    """Neither as theirs nor as somebody's who leads."""
    for told in year.told:
        person = year.town.people[told.person]
        day = local_day(person, told.at)
        for line in plain(told.text).split("\n"):
            for matter in year.town.of_unit(person.unit):
                if names(matter, line):
                    assert oracle.is_open(matter, day), (told, matter)


def test_nobody_misses_anything_and_nothing_is_told_twice(year: Year, oracle: Oracle) -> None:
    """The days read from the messages are exactly those that the oracle works out."""
    told = told_days(year)
    wrong: list[str] = []
    count = 0
    for person in year.town.people.values():
        for matter in year.town.of_unit(person.unit):
            key = (person.id, matter.kind, f"{matter.unit}:{matter.ref}")
            wanted = oracle.expected(matter, person, year.promises.get(key), year.wishes.get(key, []))
            wanted = {day for day in wanted if FIRST_DAY <= day <= LAST_DAY}
            count += len(wanted)
            if set(told.get(key, ())) != wanted:
                wrong.append(f"{person} {matter}: told {sorted(told.get(key, ()))}, wanted {sorted(wanted)}")
            assert max(told.get(key, Counter()).values(), default=1) == 1
    assert wrong == []
    assert count > 100 * UNITS


def test_messages_are_few(year: Year) -> None:
    average, roles, most = year.per_week()
    print(f"\n{UNITS} units, {len(year.told)} messages, {average:.2f} per person and week")
    print({role: round(each, 2) for role, each in roles.items()}, "most in a week:", most)
    assert average <= AIM
    assert max(roles.values()) <= 2 * AIM
    assert most <= 5
