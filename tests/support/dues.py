"""Things that are due, without anybody having set them in the story."""

from datetime import UTC, date, datetime

from sqlmodel import select

from flows.models import Deadline, Person, Pic, Task
from tests.support.house import House
from tests.support.lke import assessment_id
from tests.support.talk import Talk


def person_id(house: House, talk: Talk) -> int:
    """Who that is."""
    found = house.read(lambda s: s.exec(select(Person.id).where(Person.telegram_id == talk.user_id)).one())
    return int(found)


def due(house: House, unit: int, scope: str, ref: str, day: date) -> None:
    """A deadline at 08.00 UTC of the day."""
    with house.writing() as session:
        session.add(
            Deadline(
                assessment_id=assessment_id(house, unit),
                unit_id=unit,
                scope=scope,
                ref=ref,
                due_at=datetime(day.year, day.month, day.day, 8, tzinfo=UTC),
                set_at=house.clock.now(),
            )
        )


def pic(house: House, unit: int, scope: str, talk: Talk) -> None:
    """They are PIC of it."""
    with house.writing() as session:
        session.add(
            Pic(
                assessment_id=assessment_id(house, unit),
                scope=scope,
                person_id=person_id(house, talk),
                set_at=house.clock.now(),
            )
        )


def task(house: House, unit: int, talk: Talk, title: str, day: date, item: str | None = None) -> None:
    """An action item of theirs, perhaps about an indicator."""
    with house.writing() as session:
        session.add(
            Task(
                unit_id=unit,
                assessment_id=assessment_id(house, unit) if item else None,
                item_id=item,
                title=title,
                person_id=person_id(house, talk),
                due_on=day,
                made_at=house.clock.now(),
            )
        )
