"""Reading an action item as people type it: "siapkan notula / dewi / jumat"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flows import words
from flows.models import Person
from flows.pic import candidates
from flows.pic.candidates import Candidate
from knowledge.dates import Found, Problem, parse_date

MOST_WORDS_OF_NAME = 5


@dataclass(frozen=True, slots=True)
class Said:
    """What was typed: the work, who does it, by when, and what is wrong with the date if anything."""

    title: str
    person: Person | None
    unsure: tuple[Person, ...]
    due_on: date | None
    problem: str


def read(text: str, team: Sequence[Candidate], today: date, *, title: str = "") -> Said:
    """Read a title with perhaps a name and a date behind slashes, lines or semicolons, in any order.

    With `title` (the words of another message) every part may be a name or a date.
    """
    parts = words.parts_of(text)
    if not title and parts:
        title, parts = parts[0], parts[1:]
    person: Person | None = None
    unsure: tuple[Person, ...] = ()
    due_on: date | None = None
    problem = ""
    rest: list[str] = []
    for part in parts:
        found = parse_date(part, today) if due_on is None else None
        if isinstance(found, Problem):
            problem = found.sentence
        elif isinstance(found, Found) and not found.rest:
            due_on = found.day
        elif person is None and (names := _names(part, team)):
            person, unsure = (names[0], ()) if len(names) == 1 else (None, tuple(names))
        else:
            rest.append(part)
    return Said(" / ".join([title, *rest]), person, unsure, due_on, "" if due_on else problem)


def _names(part: str, team: Sequence[Candidate]) -> list[Person]:
    if len(part.split()) > MOST_WORDS_OF_NAME:
        return []
    return [each.person for each in candidates.meant(part.removeprefix("@"), team)]


def read_day(text: str, today: date) -> Found | Problem | None:
    """A day alone; None when the text is something else."""
    found = parse_date(text, today)
    if found is not None and found.rest and len(found.rest.split()) > 4:
        return None
    return found
