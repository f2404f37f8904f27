"""Who is in charge (PIC) of what, and in whose name somebody acts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from flows import policy
from flows.models import AnswerChange, Assessment, Person, Pic, Unit
from flows.turn import Turn
from knowledge.answers import Item
from knowledge.instrument import Indicator, Instrument

KIND = "pic"
"""The kind of its changes in the history of an item."""
RESULTS = "H"
"""Stands for the result part wherever an area is named."""


@dataclass(frozen=True, slots=True)
class InCharge:
    """The PIC of an item: the row, and where it stands ("item", "sub" or "area")."""

    row: Pic
    level: str

    @property
    def person_ids(self) -> tuple[int, ...]:
        """The PIC and the deputy, those that are named."""
        return tuple(p for p in (self.row.person_id, self.row.deputy_id) if p is not None)


@dataclass(frozen=True, slots=True)
class Named:
    """The PIC of an item by name: the persons, and where the row stands ("item", "sub", "area")."""

    person: Person | None
    deputy: Person | None
    level: str


def scopes(item: Item) -> tuple[tuple[str, str], ...]:
    """Where the PIC of an item may stand, nearest first, as (level, scope)."""
    if isinstance(item, Indicator):
        return (("item", item.id), ("sub", item.sub_id), ("area", item.area_id))
    return (("item", item.id), ("sub", item.group_id), ("area", RESULTS))


def in_charge(rows: Mapping[str, Pic], item: Item) -> InCharge | None:
    """The PIC of an item among the rows of an assessment (by scope); None when nobody is named."""
    for level, scope in scopes(item):
        row = rows.get(scope)
        if row is not None and (row.person_id is not None or row.deputy_id is not None):
            return InCharge(row, level)
    return None


def rows_of(session: Session, assessment: Assessment) -> dict[str, Pic]:
    """Every PIC row of an assessment by scope."""
    found = session.exec(select(Pic).where(Pic.assessment_id == assessment.id)).all()
    return {row.scope: row for row in found}


def is_in_charge(turn: Turn, assessment: Assessment, item: Item) -> bool:
    """Whether the actor is PIC or deputy of the item."""
    found = in_charge(rows_of(turn.session, assessment), item)
    return found is not None and turn.actor.person_id in found.person_ids


def behalf_of(turn: Turn, assessment: Assessment, item: Item) -> int | None:
    """The PIC in whose name the actor acts; None for all but a sekretaris, who fills in for the PIC."""
    held = {m.role for m in turn.actor.memberships if m.unit_id == assessment.unit_id}
    if "sekretaris" not in held or held & {"ketua", "koordinator"}:
        return None
    found = in_charge(rows_of(turn.session, assessment), item)
    if found is None or turn.actor.person_id in found.person_ids:
        return None
    return found.row.person_id


_NEAREST = select(Pic).where(
    col(Pic.assessment_id) == bindparam("assessment"),
    col(Pic.scope).in_((bindparam("item"), bindparam("sub"), bindparam("area"))),
)


def held(session: Session, assessment_id: int, item: Item) -> InCharge | None:
    """The PIC of one item; None when nobody is named. One query."""
    nearest = {"assessment": assessment_id, **dict(scopes(item))}
    return in_charge({row.scope: row for row in session.execute(_NEAREST, nearest).scalars()}, item)


def named(found: InCharge | None, people: Mapping[int, Person]) -> Named | None:
    """The same by name, among these people by id."""
    if found is None:
        return None
    return Named(people.get(found.row.person_id or 0), people.get(found.row.deputy_id or 0), found.level)


def of_item(session: Session, assessment_id: int, item: Item) -> Named | None:
    """The PIC and deputy of one item by name; None when nobody is named. One query and the persons."""
    found = held(session, assessment_id, item)
    ids = found.person_ids if found is not None else ()
    return named(found, {p: person for p in ids if (person := session.get(Person, p)) is not None})


def items_of_area(instrument: Instrument, area_id: str) -> tuple[Item, ...]:
    """The indicators of an area in order, or the result items for `RESULTS`. Raises KeyError."""
    return instrument.results if area_id == RESULTS else instrument.area(area_id).indicators


def without(rows: Mapping[str, Pic], instrument: Instrument) -> dict[str, tuple[Item, ...]]:
    """The items without a PIC by area, in order, the result part last; empty ones included."""
    areas = [*(area.id for area in instrument.areas), RESULTS]
    return {
        area_id: tuple(i for i in items_of_area(instrument, area_id) if in_charge(rows, i) is None)
        for area_id in areas
    }


def mine(rows: Mapping[str, Pic], instrument: Instrument, person_id: int) -> tuple[Item, ...]:
    """The items whose PIC or deputy is the person, in order."""
    items: list[Item] = [*instrument.area_order, *instrument.results]
    return tuple(
        item for item in items if (held := in_charge(rows, item)) is not None and person_id in held.person_ids
    )


def may_take(turn: Turn, unit: Unit, area_id: str) -> bool:
    """Whether the actor works in the area, so that they may take an item without PIC for themselves."""
    if not policy.can(turn.actor, "answer", unit, area_id):
        return False
    return any(held.role in policy.WORKERS for held in turn.actor.roles_in(unit))


def areas_to_settle(turn: Turn, unit: Unit, instrument: Instrument) -> tuple[str, ...]:
    """The areas in which the actor may name a PIC or take an item, in order."""
    areas = [*(area.id for area in instrument.areas), RESULTS]
    return tuple(
        area_id
        for area_id in areas
        if policy.can(turn.actor, "assign", unit, area_id) or may_take(turn, unit, area_id)
    )


def count_to_name(turn: Turn, unit: Unit, instrument: Instrument, rows: Mapping[str, Pic]) -> int:
    """How many items have no PIC in the areas where the actor may name one."""
    areas = [*(area.id for area in instrument.areas), RESULTS]
    mine = [area_id for area_id in areas if policy.can(turn.actor, "assign", unit, area_id)]
    if not mine:
        return 0
    found = without(rows, instrument)
    return sum(len(found[area_id]) for area_id in mine)


def named_in(
    session: Session, changes: Sequence[AnswerChange]
) -> Callable[[Mapping[str, Any] | None], Mapping[str, Any]]:
    """Puts names beside the ids that changes of a PIC hold; history keeps ids, so that names can go."""
    facts = [value for row in changes if row.kind == KIND for value in (row.before, row.after) if value]
    ids = {value[key] for value in facts for key in ("person", "deputy") if value.get(key)}
    found = session.exec(select(Person).where(col(Person.id).in_(ids))).all() if ids else ()
    names = {p.id: "mantan anggota" if p.deleted_at is not None else p.name for p in found}

    def named(value: Mapping[str, Any] | None) -> Mapping[str, Any]:
        if not value or not ("person" in value or "deputy" in value):
            return value or {}
        who, deputy = names.get(value.get("person"), ""), names.get(value.get("deputy"), "")
        return {**value, "name": who, "deputy_name": deputy}

    return named
