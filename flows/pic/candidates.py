"""Who may be made PIC: the people of a unit's team, and whom a typed name means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz
from sqlmodel import Session, col, select

from flows.models import Membership, Person, Unit
from flows.people import active
from flows.policy import WORKERS

RANK = {"ketua": 0, "anggota": 1, "koordinator": 2, "sekretaris": 3}
"""In which order people of one area are offered."""
CLEAR, CLOSE, LEAD = 85.0, 72.0, 8.0
"""A name is meant from `CLEAR` (of 100) when it leads by `LEAD`; from `CLOSE` it is offered."""
TITLES = frozenset({"bapak", "pak", "bp", "ibu", "bu", "bpk", "sdr", "sdri", "mas", "mbak", "kak"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person of the team with the roles they hold in the unit."""

    person: Person
    roles: tuple[Membership, ...]

    @property
    def id(self) -> int:
        """The person's id."""
        assert self.person.id is not None
        return self.person.id

    def belongs(self, area_id: str) -> bool:
        """Whether one of the roles is in the area's pokja."""
        return any(role.area == area_id for role in self.roles)


def team(session: Session, unit: Unit, now: datetime, area_id: str = "") -> list[Candidate]:
    """Everybody who works in the unit, with or without a Telegram account: the area's own people first."""
    found = session.exec(
        select(Membership, Person)
        .join(Person, col(Person.id) == col(Membership.person_id))
        .where(
            col(Membership.unit_id) == unit.id,
            col(Membership.role).in_(WORKERS),
            active(now),
            col(Person.deleted_at).is_(None),
        )
        .order_by(col(Membership.id))
    ).all()
    roles: dict[int, list[Membership]] = {}
    persons: dict[int, Person] = {}
    for held, person in found:
        roles.setdefault(held.person_id, []).append(held)
        persons[held.person_id] = person
    made = [Candidate(persons[person_id], tuple(held)) for person_id, held in roles.items()]
    return sorted(made, key=lambda each: _place(each, area_id))


def _place(each: Candidate, area_id: str) -> tuple[int, int, str, int]:
    own = 0 if area_id and each.belongs(area_id) else 1
    rank = min(RANK.get(role.role, len(RANK)) for role in each.roles)
    return own, rank, each.person.name.casefold(), each.id


def meant(text: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Whom a typed name means, best first: one person when it is clear, several to choose from, or none."""
    words = [w for w in _words(text) if w not in TITLES]
    if not words:
        return []
    scored = sorted(
        ((likeness(words, each.person.name), each) for each in candidates),
        key=lambda pair: (-pair[0], pair[1].person.name.casefold()),
    )
    close = [(score, each) for score, each in scored if score >= CLOSE]
    if not close:
        return []
    best = close[0][0]
    clear = best >= CLEAR and (len(close) == 1 or best - close[1][0] >= LEAD)
    return [close[0][1]] if clear else [each for _, each in close]


def likeness(words: Sequence[str], name: str) -> float:
    """How well typed words fit a name, from 0 to 100: every word against the nearest word of the name.

    A whole name typed in full goes before a longer one that merely begins alike.
    """
    names = _words(name)
    if not names:
        return 0.0
    fit = sum(max(_word(word, each) for each in names) for word in words) / len(words)
    return fit + (LEAD if list(words) == names else 0.0)


def _word(typed: str, name: str) -> float:
    if typed == name:
        return 100.0
    if len(typed) >= 3 and name.startswith(typed):
        return 95.0
    return fuzz.ratio(typed, name)


def _words(text: str) -> list[str]:
    kept = "".join(c if c.isalnum() else " " for c in text.casefold())
    return kept.split()
