"""People known by name only: noted by the coordinator, PIC like everybody else, without an account."""

import re
from dataclasses import dataclass

from sqlmodel import select

from flows import audit, fmt, policy
from flows.models import Membership, Person, Unit
from flows.people import present
from flows.routes import NAMES
from flows.team import refusals, service
from flows.turn import Turn

MOST = 40
"""Names taken at once."""
MIN_NAME, MAX_NAME = 3, 120
_BULLET = re.compile(r"^\s*(?:\d{1,3}[.)]|[-•*])\s+")


@dataclass(frozen=True, slots=True)
class Added:
    """How many people are new, and how many stood in the unit already."""

    new: int
    known: int


def read(text: str, area: str) -> list[str]:
    """The names in a typed text, one a line. Raises BadInput: all of them or none are taken."""
    again = NAMES(area)
    found: list[str] = []
    for line in text.splitlines():
        bare = _BULLET.sub("", "".join(c for c in line if c.isprintable() or c.isspace()))
        name = fmt.one_line(bare).strip(" ,;")
        if not name:
            continue
        if not MIN_NAME <= len(name) <= MAX_NAME or not any(c.isalpha() for c in name):
            raise refusals.name_odd(name, again)
        if name.casefold() not in {n.casefold() for n in found}:
            found.append(name)
    if not found:
        raise refusals.names_empty(again)
    if len(found) > MOST:
        raise refusals.names_many(MOST, again)
    return found


def add(turn: Turn, unit: Unit, area: str, text: str) -> Added:
    """Note the people as members of the area ("" is all areas). Somebody of that name there is left alone."""
    policy.require(turn.actor, "team", unit)
    if unit.archived_at is not None:
        raise refusals.unit_archived(unit.id)
    if area and area not in service.areas(turn.library):
        raise refusals.role_unknown()
    names = read(text, area)
    turn.session.exec(select(Unit.id).where(Unit.id == unit.id).with_for_update()).one()
    here = turn.session.exec(
        select(Person.name)
        .join(Membership, Membership.person_id == Person.id)  # type: ignore[arg-type]
        .where(Membership.unit_id == unit.id, present(turn.now))
    ).all()
    taken = {name.casefold() for name in here}
    new = [name for name in names if name.casefold() not in taken]
    for name in new:
        person = Person(name=name, created_at=turn.now)
        turn.session.add(person)
        turn.session.flush()
        assert person.id is not None
        turn.session.add(
            Membership(
                person_id=person.id,
                agency_id=unit.agency_id,
                unit_id=unit.id,
                role="anggota",
                area=area or None,
                created_at=turn.now,
            )
        )
        audit.record(turn, "person_add", f"person:{person.id}", unit.id, area=area or None)
    turn.session.flush()
    return Added(len(new), len(names) - len(new))
