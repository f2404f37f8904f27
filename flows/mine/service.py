"""What waits for a person in one unit: returned items, items in their charge, action items, reviews."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlmodel import Session

from flows import policy
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.errors import Missing
from flows.mine import lacking
from flows.mine.lacking import Lack
from flows.models import ItemWork, Person, Pic, Task, Unit
from flows.pic import service as pic
from flows.review import reviewers
from flows.tasks import service as tasks
from flows.turn import Turn
from knowledge.answers import Item
from knowledge.instrument import Indicator, ResultItem

RETURNED, ITEM, TASK, REVIEW = "returned", "item", "task", "review"
SETTLED = frozenset({"waiting", "approved"})
MOST_UNITS = 6
"""Other units whose counts are shown: hardly anybody works at more."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits: an item (`work` is how far it is), or an action item, perhaps about one."""

    kind: str
    item: Item | None = None
    work: ItemWork | None = None
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """The same with what is known of it: the day it is due, what it lacks, the points at stake."""

    waiting: Waiting
    due_on: date | None
    lack: Lack | None

    @property
    def at_stake(self) -> Fraction:
        """0 for action items that belong to no item."""
        return self.lack.at_stake if self.lack is not None else Fraction(0)


def waiting(turn: Turn, where: Current, rows: Mapping[str, Pic] | None = None) -> list[Waiting]:
    """Everything that waits for the actor, in the order of the LKE; action items last.

    `rows` are the PIC rows of the LKE, where the caller has read them already.
    """
    me = turn.actor.person_id
    found: list[Waiting] = []
    if any(held.role in policy.WORKERS for held in turn.actor.roles_in(where.unit)):
        found += _items(
            turn, where, me, pic.rows_of(turn.session, where.assessment) if rows is None else rows
        )
    for task in tasks.own_open(turn.session, where.unit, me):
        node = where.instrument.by_id.get(task.item_id or "") if task.assessment_id == where.id else None
        about = node if isinstance(node, Indicator | ResultItem) else None
        found.append(Waiting(TASK, about, None, task))
    return found


def _items(turn: Turn, where: Current, me: int, rows: Mapping[str, Pic]) -> list[Waiting]:
    works = lacking.works(turn.session, where.id)
    stands_in = _stood_in_for(turn.session, rows, me)
    items: list[Item] = [*where.instrument.area_order, *where.instrument.results]
    found: list[Waiting] = []
    to_review: list[Waiting] = []
    for item in items:
        work, held = works.get(item.id), pic.in_charge(rows, item)
        state = work.state if work is not None else ""
        if work is not None and state == "waiting":
            if policy.can(turn.actor, "review", where.unit, checklist.area_id_of(item)):
                to_review.append(Waiting(REVIEW, item, work))
        elif work is not None and state == "returned":
            if work.sent_by == me or (held is not None and me in held.person_ids):
                found.append(Waiting(RETURNED, item, work))
        elif state in SETTLED or held is None or (work is not None and work.not_applicable):
            continue
        elif held.row.person_id == me or (held.row.deputy_id == me and held.row.scope in stands_in):
            found.append(Waiting(ITEM, item, work))
    return found + _mine_to_review(turn, where, me, to_review)


def _stood_in_for(session: Session, rows: Mapping[str, Pic], me: int) -> frozenset[str]:
    """The scopes of which the person is deputy and whose PIC cannot act: nobody, or without an account."""
    mine = [row for row in rows.values() if row.deputy_id == me]
    found: set[str] = set()
    for row in mine:
        leading = session.get(Person, row.person_id) if row.person_id is not None else None
        if leading is None or leading.telegram_id is None:
            found.add(row.scope)
    return frozenset(found)


def _mine_to_review(turn: Turn, where: Current, me: int, sent: list[Waiting]) -> list[Waiting]:
    """Those of the items sent in that the actor may decide on, by the rule on one's own work."""
    if not sent:
        return []
    team = reviewers.team_of(turn, where.unit)
    answers = checklist.answers_of(turn.session, where.assessment)
    return [
        each
        for each in sent
        if each.item is not None
        and team.may_decide(
            me, reviewers.authors_of(each.work, answers.get(each.item.id)), checklist.area_id_of(each.item)
        )
    ]


def count(turn: Turn, where: Current) -> int:
    """How many things wait for the actor."""
    return len(waiting(turn, where))


def counts(turn: Turn, where: Current) -> tuple[int, int]:
    """How many things wait for the actor, and how many items without PIC they could give to somebody."""
    rows = pic.rows_of(turn.session, where.assessment)
    return len(waiting(turn, where, rows)), pic.count_to_name(turn, where.unit, where.instrument, rows)


def entries(turn: Turn, where: Current) -> list[Entry]:
    """Everything that waits, by its day (what has none last), then by the points at stake."""
    found = waiting(turn, where)
    if not found:
        return []
    desk = lacking.desk(turn.session, where)
    made = [_entry(each, desk) for each in found]
    return sorted(made, key=lambda each: (each.due_on or date.max, -each.at_stake))


def _entry(each: Waiting, desk: lacking.Desk) -> Entry:
    lack = desk.lack(each.item) if each.item is not None else None
    if each.task is not None:
        return Entry(each, each.task.promised_on or each.task.due_on, lack)
    due_on = lack.due_on if lack is not None else None
    if each.kind == RETURNED and each.work is not None and each.work.fix_by is not None:
        due_on = each.work.fix_by
    return Entry(each, due_on, lack)


def elsewhere(turn: Turn, here: Unit) -> list[tuple[Unit, int]]:
    """The actor's other units with how many things wait there; those with none are left out."""
    ids = dict.fromkeys(
        held.unit_id
        for held in turn.actor.memberships
        if held.unit_id not in {None, here.id} and held.role in policy.WORKERS
    )
    found: list[tuple[Unit, int]] = []
    for unit_id in list(ids)[:MOST_UNITS]:
        unit = turn.session.get(Unit, unit_id)
        if unit is None or unit.archived_at is not None:
            continue
        try:
            assessment = checklist.assessment_of(turn.session, unit)
        except Missing:
            continue
        instrument = turn.library.instruments.get(assessment.instrument_id)
        if instrument is not None and (total := count(turn, Current(unit, assessment, instrument))):
            found.append((unit, total))
    return found
