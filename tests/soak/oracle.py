"""What should be told to whom on which day, worked out without any of our code but the instrument."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from holidays.countries.indonesia import Indonesia

from knowledge.instrument import Instrument
from tests.soak.people import Matter, Somebody, Town

_OFF = Indonesia(years=range(2026, 2029), categories=("public", "government"), language="id")
ONE = timedelta(days=1)


def is_off(day: date) -> bool:
    """Weekend, holiday or joint leave."""
    return day.weekday() >= 5 or day in _OFF


def before(day: date) -> date:
    """That day or the last working day before."""
    while is_off(day):
        day -= ONE
    return day


def after(day: date) -> date:
    """That day or the next working day."""
    while is_off(day):
        day += ONE
    return day


def late(due_on: date) -> list[date]:
    """The beginnings of the four weeks after."""
    monday = due_on - timedelta(days=due_on.weekday())
    return [after(monday + timedelta(weeks=n)) for n in (1, 2, 3, 4)]


class Oracle:
    """Knows who has to be told what on which day. `came` tells whether a digest of that day could arrive."""

    def __init__(self, town: Town, instrument: Instrument, came: Callable[[date], bool]) -> None:
        self.town, self.came = town, came
        self.areas = {area.id: [i.id for i in area.indicators] for area in instrument.areas}
        self.every = [*(i.id for i in instrument.area_order), *(r.id for r in instrument.results)]

    def open_items(self, unit: int, items: list[str], day: date) -> list[str]:
        """Those not done on the morning of the day."""
        done = self.town.items_done
        return [i for i in items if (when := done[(unit, i)]) is None or when >= day]

    def is_open(self, matter: Matter, day: date) -> bool:
        """Not done on the morning of the day."""
        if matter.done_on is not None and matter.done_on < day:
            return False
        if matter.kind == "item":
            return bool(self.open_items(matter.unit, [matter.ref], day))
        if matter.kind == "area":
            return bool(self.open_items(matter.unit, self.areas[matter.ref], day))
        return True

    def concerns(self, matter: Matter, person: Somebody, day: date) -> bool:
        """Whether it is this person's on the morning of the day."""
        if person.unit != matter.unit:
            return False
        if matter.kind == "task":
            return person.id == matter.person
        if matter.kind in {"tpi", "pengajuan"} and person.role == "koordinator":
            return True
        if matter.kind == "area" and person.role == "ketua" and person.area == matter.ref:
            return True
        items = {"item": [matter.ref], "tpi": self.every}.get(matter.kind, self.areas.get(matter.ref, []))
        left = self.open_items(matter.unit, items, day)
        return any(self.town.pics[(matter.unit, i)] == person.id for i in left)

    def arrives(self, moment: date, person: Somebody) -> date | None:
        """The first morning from then on that reaches the person."""
        day = moment
        for _ in range(32):
            if not is_off(day) and self.came(day) and not person.away(day):
                return day
            day += ONE
        return None

    def moments(self, due_on: date, promised: date | None, since: date) -> Iterator[date]:
        """The days on which one is told; a promise made on the day `since` replaces those to come."""
        usual = [before(due_on - timedelta(days=n)) for n in (7, 1, 0)] + late(due_on)
        if promised is None:
            yield from usual
            return
        yield from (m for m in usual if m <= since)
        yield from (m for m in (before(promised), *late(promised)) if m > since)

    def expected(
        self, matter: Matter, person: Somebody, promise: tuple[date, date] | None, wishes: list[date]
    ) -> set[date]:
        """The days on which the person is told of it. `promise`: when it was made, and for when."""
        since, promised = promise if promise is not None else (date.max, None)
        found: set[date] = set()
        for moment in [*self.moments(matter.due_on, promised, since), *wishes]:
            day = self.arrives(moment, person)
            if day is not None and self.is_open(matter, day) and self.concerns(matter, person, day):
                found.add(day)
        return found
