"""Notes of an LHE carried over into the LKE of a later year as action items, each note once."""

import zlib
from dataclasses import dataclass

from flows import audit, fmt, policy, routes
from flows.checklist.service import Current
from flows.models import LheNote, Person
from flows.pic import candidates
from flows.pic import service as pic
from flows.season import lhe, refusals, service
from flows.tasks import service as tasks
from flows.turn import Turn
from knowledge.answers import Item

SOURCE = "lhe"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One note as it would become an action item."""

    note: LheNote
    item: Item | None
    title: str
    person: Person | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be made, and how many notes became action items before."""

    where: Current
    year: int
    wanted: tuple[Wanted, ...]
    stamp: int


def plan(turn: Turn, unit_id: int, year: int, *, lock: bool = False) -> Plan:
    """What carrying the notes over would make: the present PIC of the indicator, or nobody.

    Raises NotAllowed, Missing, BadInput while no later LKE is open.
    """
    unit = service.editable(turn, unit_id)
    policy.require(turn.actor, "task", unit)
    year = service.checked_year(turn, year)
    where = lhe.target_of(turn, unit, year)
    notes = lhe.waiting(turn.session, unit_id, year, lock=lock)
    rows = pic.rows_of(turn.session, where.assessment)
    team = {each.id: each.person for each in candidates.team(turn.session, unit, turn.now)}
    wanted = []
    for note in notes:
        item = lhe.item_of(where.instrument, note)
        held = pic.in_charge(rows, item) if item is not None else None
        person = team.get(held.row.person_id) if held is not None and held.row.person_id else None
        number = f"{item.number} " if item is not None else ""
        title = fmt.cut(f"{number}{fmt.one_line(note.text)}", tasks.MAX_TITLE)
        wanted.append(Wanted(note, item, title, person))
    return Plan(where, year, tuple(wanted), _stamp(where, wanted))


def _stamp(where: Current, wanted: list[Wanted]) -> int:
    parts = [f"{w.note.id}.{w.note.revision}.{w.person.id if w.person else 0}" for w in wanted]
    return zlib.crc32(f"{where.id};{';'.join(parts)}".encode())


def carry(turn: Turn, unit_id: int, year: int, stamp: int) -> int:
    """Make the action items that the preview showed; returns how many. A repeated tap makes none.

    Raises as `plan`, Outdated when the notes or their PIC have changed since.
    """
    made = plan(turn, unit_id, year, lock=True)
    if not made.wanted:
        return 0
    if made.stamp != stamp:
        raise refusals.changed(routes.LHE_CARRY(unit_id, made.year))
    for each in made.wanted:
        task = tasks.create(
            turn,
            made.where.unit,
            each.title,
            person_id=each.person.id if each.person is not None else None,
            assessment_id=made.where.id,
            item_id=each.item.id if each.item is not None else None,
            source=SOURCE,
        )
        each.note.task_id = task.id
    turn.session.flush()
    audit.record(
        turn, "lhe.carry", f"{made.year}:{made.where.assessment.year}", unit_id, count=len(made.wanted)
    )
    return len(made.wanted)
