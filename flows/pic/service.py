"""Who is in charge (PIC) of what, and in whose name somebody acts."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, select

from flows.models import Assessment, Pic
from flows.turn import Turn
from knowledge.answers import Item
from knowledge.instrument import Indicator

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
