"""The unit's check of its public service in the year it works on: read, changed, turned into action items.

Answers and notes are kept as those of an LKE are, in an assessment of a side of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from flows import audit, policy, routes
from flows.checklist import service as checklist
from flows.checklist.changes import Place
from flows.checklist.service import Current
from flows.errors import Missing, NotAllowed, Outdated
from flows.models import SERVICE_SIDE, Answer, Assessment, Person, Task, Unit
from flows.pic import candidates
from flows.tasks import service as tasks
from flows.turn import Turn
from knowledge.instrument import Area, Indicator
from knowledge.service_check import ServiceCheck, State, service_check

_NOT_YOURS = "Bagian ini dijawab pokjanya atau koordinator unit. Anda tetap bisa membacanya."
_NO_PART = "Bagian ini tidak ada dalam cek kesiapan pelayanan. Silakan pilih dari daftarnya."


@dataclass(frozen=True)
class Here:
    """The check of a unit in a year, with its rows by question.

    `assessment` is None while nothing is written.
    """

    unit: Unit
    year: int
    closed: bool
    check: ServiceCheck
    assessment: Assessment | None
    rows: Mapping[str, Answer]

    @cached_property
    def given(self) -> dict[str, str]:
        """The answers by question."""
        return {id: row.choice for id, row in self.rows.items() if row.choice is not None}

    @property
    def parts(self) -> tuple[Area, ...]:
        """The components."""
        return self.check.instrument.areas

    @property
    def questions(self) -> tuple[Indicator, ...]:
        """Every question in order."""
        return self.check.instrument.area_order

    @property
    def state(self) -> State:
        """How ready the whole is."""
        return self.check.state(self.questions, self.given)

    def state_of(self, part: Area) -> State:
        """How ready a component is."""
        return self.check.state(part.indicators, self.given)

    def done(self, questions: Sequence[Indicator]) -> int:
        """How many of these are answered."""
        return sum(question.id in self.given for question in questions)


@dataclass(frozen=True, slots=True)
class View:
    """One question as one person sees it; `tasks` are its open action items with who does them."""

    here: Here
    item: Indicator
    row: Answer | None
    answered_by: Person | None
    note_by: Person | None
    may_answer: bool
    may_task: bool
    tasks: tuple[tuple[Task, Person | None], ...]
    lke: tuple[str, ...]

    @property
    def revision(self) -> int:
        """Of its row, 0 while there is none."""
        return self.row.revision if self.row is not None else 0

    @property
    def key(self) -> str:
        """The answer; "" without one."""
        return (self.row.choice or "") if self.row is not None else ""


# reading -------------------------------------------------------------------------------------------


def here(turn: Turn) -> Here:
    """The check of the open unit in its present year. Raises NotAllowed, Missing as the LKE does."""
    return at(turn.session, checklist.current(turn))


def at(session: Session, where: Current) -> Here:
    """The check of the unit and year of an LKE. Two queries."""
    row = assessment_of(session, where.unit, where.assessment.year)
    answers = checklist.answers_of(session, row) if row is not None else {}
    closed = where.assessment.archived_at is not None
    return Here(where.unit, where.assessment.year, closed, service_check(), row, answers)


def assessment_of(session: Session, unit: Unit, year: int) -> Assessment | None:
    """Where the answers of a year stand; None while nothing is written."""
    return session.exec(
        select(Assessment).where(
            Assessment.unit_id == unit.id, Assessment.year == year, Assessment.side == SERVICE_SIDE
        )
    ).first()


def part_of(found: Here, part_id: str) -> Area:
    """The component with this id. Raises Missing."""
    node = found.check.instrument.by_id.get(part_id)
    if not isinstance(node, Area):
        raise Missing(_NO_PART, next=routes.SERVICE())
    return node


def item_of(found: Here, item_id: str) -> Indicator:
    """The question with this id. Raises Missing for a forged or retired one."""
    node = found.check.instrument.by_id.get(item_id)
    if not isinstance(node, Indicator):
        raise Missing(_NO_PART, next=routes.SERVICE())
    return node


def may_answer(turn: Turn, found: Here, item: Indicator) -> bool:
    """Whether the actor fills in this component: who may answer for one of its LKE areas."""
    keepers = found.check.keepers[item.area_id]
    return any(policy.can(turn.actor, "answer", found.unit, area) for area in keepers)


def view(turn: Turn, item_id: str) -> View:
    """One question of the open unit. Raises NotAllowed, Missing."""
    found = here(turn)
    item = item_of(found, item_id)
    row = found.rows.get(item.id)
    get = turn.session.get
    open_tasks = (
        tasks.of_item(turn.session, found.assessment.id or 0, item.id) if found.assessment is not None else []
    )
    lke = checklist.current(turn).instrument.by_id
    nodes = (lke.get(other) for other in found.check.basis[item.id].lke)
    return View(
        here=found,
        item=item,
        row=row,
        answered_by=get(Person, row.answered_by) if row is not None and row.answered_by else None,
        note_by=get(Person, row.note_by) if row is not None and row.note_by else None,
        may_answer=may_answer(turn, found, item),
        may_task=policy.can(turn.actor, "task", found.unit),
        tasks=tuple((task, get(Person, task.person_id) if task.person_id else None) for task in open_tasks),
        lke=tuple(node.number for node in nodes if isinstance(node, Indicator)),
    )


def tasked(session: Session, found: Here) -> frozenset[str]:
    """The questions that have an open action item. One query."""
    if found.assessment is None:
        return frozenset()
    query = select(Task.item_id).where(
        Task.assessment_id == found.assessment.id, col(Task.state).in_(tasks.UNDONE)
    )
    return frozenset(item_id for item_id in session.exec(query).all() if item_id is not None)


# writing -------------------------------------------------------------------------------------------


def place(turn: Turn, unit_id: int, year: int, item_id: str) -> Place:
    """Where a button or prompt wants to write; the year's first one makes the place.

    Raises Outdated for another unit or year than the open one, NotAllowed, Missing.
    """
    found, item = _present(turn, unit_id, year, item_id)
    if not may_answer(turn, found, item):
        refused = policy.year_closed(found.year) if found.closed else _NOT_YOURS
        raise NotAllowed(refused, next=routes.SERVICE_ITEM(item.id), unit_id=unit_id)
    return Place(Current(found.unit, _made(turn, found), found.check.instrument), item)


def _present(turn: Turn, unit_id: int, year: int, item_id: str) -> tuple[Here, Indicator]:
    found = here(turn)
    if found.unit.id != unit_id or found.year != year:
        raise Outdated(
            "Tombol ini dari unit atau tahun lain, jadi belum ada yang diubah. "
            f"Yang sedang terbuka: {found.unit.name}, {found.year}.",
            next=routes.SERVICE(),
        )
    return found, item_of(found, item_id)


def _made(turn: Turn, found: Here) -> Assessment:
    """The year's row; of two people at once both get the same."""
    if found.assessment is not None:
        return found.assessment
    session = turn.session
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = {
        "unit_id": found.unit.id,
        "year": found.year,
        "side": SERVICE_SIDE,
        "target": "",
        "instrument_id": found.check.instrument.key,
        "created_at": turn.now,
    }
    statement = insert(Assessment).values(row).on_conflict_do_nothing(
        index_elements=["unit_id", "year", "side"]
    )  # fmt: skip
    session.connection().execute(statement)
    made = assessment_of(session, found.unit, found.year)
    if made is None:
        raise RuntimeError("the row that was just made is gone")
    return made


def make_task(turn: Turn, unit_id: int, year: int, item_id: str) -> tuple[int, bool]:
    """The action item for a question, and whether it is new. It is the actor's own, where they work here.

    Raises Outdated, NotAllowed, Missing.
    """
    found, item = _present(turn, unit_id, year, item_id)
    policy.require(turn.actor, "task", found.unit)
    where = _made(turn, found)
    there = tasks.of_item(turn.session, where.id or 0, item.id)
    if there:
        return there[0].id or 0, False
    me = turn.actor.person_id
    team = candidates.team(turn.session, found.unit, turn.now)
    made = tasks.create(
        turn,
        found.unit,
        f"{item.work[:1].upper()}{item.work[1:]}",
        person_id=me if any(each.id == me for each in team) else None,
        assessment_id=where.id,
        item_id=item.id,
        source=tasks.OF_SERVICE,
    )
    audit.record(turn, "layanan.tugas", f"{where.id}/{item.id}", found.unit.id, task=made.id)
    return made.id or 0, True
