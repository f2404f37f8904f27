"""The lines of people against who is there: somebody new, a role more, nothing, or what is wrong. Pure.

Nobody is told apart by a number of theirs. Within a unit a name is one person; a mark (penanda) becomes part
of the name and makes it one person in the whole agency.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flows.bulk import wrong
from flows.bulk.columns import AREA, AT_UNIT, MARK, MAX_MARK, NAME, PERSON, ROLE, ROLES, area_numbers
from flows.bulk.plan_units import AT_UNIT as UNIT_THERE
from flows.bulk.plan_units import CHANGED, NEW, SAME, Problem, Ref, References
from flows.bulk.present import Held, Present
from flows.bulk.reading import Line
from flows.policy import AGENCY_GIVEN
from flows.team.names import MAX_NAME, MIN_NAME

AREA_ROLES = ("anggota", "ketua")
Key = tuple[str, str, Ref | None]
"""Who a line means: a way of telling apart, the name, and the unit where that counts."""


@dataclass(slots=True)
class _Work:
    refs: References
    present: Present
    made: list[dict[str, Any]] = field(default_factory=list)
    bad: list[Problem] = field(default_factory=list)
    seen: dict[tuple[Key, Ref, str, str | None], int] = field(default_factory=dict)
    sides: dict[tuple[Key, Ref], set[str]] = field(default_factory=dict)


def plan(
    lines: Sequence[Line], refs: References, present: Present
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The right lines, by unit and those of one person together; and what is wrong with the others."""
    work = _Work(refs, present)
    for line in lines:
        found = _one(work, line)
        if isinstance(found, tuple):
            work.bad.append((line.at, *found))
        else:
            work.made.append(found)
    first: dict[Key, tuple[str, int, int]] = {}
    for each in work.made:
        first.setdefault(each["key"], (*each["unit"], each["at"]))
    work.made.sort(key=lambda each: (*first[each["key"]], each["at"]))
    for each in work.made:
        each["key"] = "|".join(str(part) for part in each["key"])
    return work.made, work.bad


def _one(work: _Work, line: Line) -> dict[str, Any] | tuple[str, str]:
    """The line as it is applied; or the column and what is wrong with it."""
    why = _words(line)
    if why is not None:
        return why
    values = line.values
    role = ROLES[values[ROLE].lower()]
    areas = _areas(work, role, values.get(AREA, ""))
    if isinstance(areas, str):
        return AREA, areas
    ref, said = work.refs.find(values[AT_UNIT])
    if ref is None:
        return AT_UNIT, said
    name = f"{values[NAME]} ({values[MARK]})" if values.get(MARK) else values[NAME]
    marked = bool(values.get(MARK))
    key: Key = ("penanda", name.casefold(), None) if marked else ("unit", name.casefold(), ref)
    if role in AGENCY_GIVEN and not marked:
        key = ("instansi", name.casefold(), None)
    for area in areas:
        above = work.seen.setdefault((key, ref, role, area), line.at)
        if above != line.at:
            return NAME, wrong.twice(above)
    return _against(work, line, key, ref, name, role, areas)


def _words(line: Line) -> tuple[str, str] | None:
    values = line.values
    if line.formulas:
        return line.formulas[0], wrong.FORMULA
    why = wrong.text(values.get(NAME, ""), MIN_NAME, MAX_NAME - MAX_MARK - 3)
    if why:
        return NAME, why
    mark, role = values.get(MARK, ""), values.get(ROLE, "").lower()
    if len(mark) > MAX_MARK:
        return MARK, wrong.MARK
    if mark and wrong.text(f"penanda {mark}", 0, 120):
        return MARK, wrong.text(f"penanda {mark}", 0, 120)
    if not values.get(AT_UNIT):
        return AT_UNIT, wrong.EMPTY
    if role in {"admin", "admin instansi"}:
        return ROLE, wrong.ADMIN
    if role not in ROLES:
        return ROLE, wrong.ROLE if role else wrong.EMPTY
    return None


def _areas(work: _Work, role: str, text: str) -> list[str | None] | str:
    """The areas that a line names, [None] for none; or what is wrong."""
    numbers = area_numbers(text)
    known = work.present.areas
    if numbers is None or any(number not in known for number in numbers):
        return wrong.area(f"{min(known)} sampai {max(known)}, misalnya 1 atau 1; 3")
    if role not in AREA_ROLES:
        return wrong.AREA_TOO_MUCH if numbers else [None]
    if role == "ketua" and not numbers:
        return wrong.NO_AREA
    return [known[number] for number in numbers] or [None]


def _against(
    work: _Work, line: Line, key: Key, ref: Ref, name: str, role: str, areas: list[str | None]
) -> dict[str, Any] | tuple[str, str]:
    unit_id = work.refs.id_of(ref)
    people = work.present.people
    alike = people.those(name, role, unit_id, marked=key[0] == "penanda")
    if len(alike) > 1:
        return NAME, wrong.several_people(len(alike))
    held = people.held[alike[0]] if alike else []
    side = work.sides.setdefault((key, ref), {h.role for h in held if h.unit_id == unit_id and not h.over})
    if _both(side | {role}):
        return ROLE, wrong.BOTH_SIDES
    missing = [area for area in areas if not any(_gives(h, unit_id, role, area) for h in held)]
    if any(_took(h, unit_id, role, area) for h in held for area in missing):
        return NAME, wrong.REMOVED
    side.add(role)
    return {
        "s": PERSON,
        "at": line.at,
        "kind": NEW if not alike else CHANGED if missing else SAME,
        "key": key,
        "marked": key[0] == "penanda",
        "id": alike[0] if alike else None,
        "name": name,
        "unit": [UNIT_THERE, unit_id] if unit_id is not None else list(ref),
        "role": role,
        "areas": areas,
    }


def _both(roles: set[str]) -> bool:
    """Whether somebody would judge a unit in which they have another part."""
    return "penilai" in roles and len(roles) > 1


def _gives(held: Held, unit_id: int | None, role: str, area: str | None) -> bool:
    return not held.over and held.unit_id == unit_id and held.role == role and held.area in {None, area}


def _took(held: Held, unit_id: int | None, role: str, area: str | None) -> bool:
    return held.revoked and held.unit_id == unit_id and held.role == role and held.area == area
