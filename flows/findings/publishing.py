"""Findings become the unit's work when their round is signed: an action item each, told to its PIC."""

from sqlmodel import col, select

from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.models import TpiFinding, TpiRound
from flows.pic import candidates
from flows.pic import service as pic
from flows.tasks import service as tasks
from flows.turn import Turn
from knowledge.answers import Item
from knowledge.instrument import Indicator, ResultItem

DRAFT, OPEN, ANSWERED, DONE, DROPPED = "draft", "open", "answered", "done", "dropped"


def publish(turn: Turn, row: TpiRound, where: Current) -> int:
    """Give the round's findings to the unit. Returns how many."""
    found = turn.session.exec(
        select(TpiFinding)
        .where(TpiFinding.round_id == row.id, TpiFinding.state == DRAFT)
        .order_by(col(TpiFinding.id))
        .with_for_update()
    ).all()
    for each in found:
        item = where.instrument.by_id.get(each.item_id)
        if not isinstance(item, Indicator | ResultItem):
            continue
        task = tasks.make_for(
            turn,
            where.unit,
            f"Tanggapi catatan TPI {item.number}: {each.text}",
            person_id=responsible(turn, where, item, each.person_id),
            due_on=each.due_on,
            assessment_id=where.id,
            item_id=item.id,
            source=tasks.OF_ASSESSORS,
        )
        each.state, each.task_id = OPEN, task.id
        turn.session.add(each)
    turn.session.flush()
    return len(found)


def responsible(turn: Turn, where: Current, item: Item, wanted: int | None) -> int | None:
    """Who answers a finding: the one named, else the item's PIC, else a coordinator; of the present team."""
    area = checklist.area_id_of(item)
    people = candidates.team(turn.session, where.unit, turn.now, area)
    ids = {each.id for each in people}
    if wanted in ids:
        return wanted
    held = pic.in_charge(pic.rows_of(turn.session, where.assessment), item)
    for person_id in held.person_ids if held is not None else ():
        if person_id in ids:
            return person_id
    lead = next((e for e in people if any(role.role == "koordinator" for role in e.roles)), None)
    return lead.id if lead is not None else None
