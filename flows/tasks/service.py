"""Action items of a unit: reading, making, changing. Every change is kept as a row of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from flows import audit, fmt, outbox, policy, routes
from flows.errors import BadInput, Missing, NotAllowed, Outdated
from flows.models import Person, Task, TaskChange, Unit
from flows.pic import candidates
from flows.turn import Turn

OPEN, DOING, STUCK, DONE, DROPPED = "open", "doing", "stuck", "done", "dropped"
UNDONE = (OPEN, DOING, STUCK)
OF_ASSESSORS = "tpi"
"""The source of an action item behind a finding of the assessors: it ends with the tanggapan."""
OF_SERVICE = "layanan"
"""The source of an action item behind a question of the check of public service; `Task.item_id` names it."""
OUTSIDE = "luar"
"""The source of what the agency asks for beside the LKE: on a list of its own, never in a score."""
MAX_TITLE = 300
MAX_REASON = 500
_WITH_TANGGAPAN = "Tugas ini selesai bersama tanggapannya. Buka catatan TPI-nya, lalu kirim tanggapan."
_DAY_OF_ASSESSORS = "Batas tanggapan ditetapkan TPI. Bila perlu waktu lain, sampaikan kepada TPI."
NOT_YOURS = "Tugas ini diubah oleh PIC-nya, pembuatnya, atau yang memimpin tim."
PAGE = 8
HISTORY_PAGE = 8


@dataclass(frozen=True, slots=True)
class View:
    """An action item as one person sees it."""

    task: Task
    unit: Unit
    pic: Person | None
    maker: Person | None
    helper: Person | None
    mine: bool
    may_work: bool
    may_edit: bool

    @property
    def id(self) -> int:
        """The action item's id."""
        assert self.task.id is not None
        return self.task.id


def own_open(session: Session, unit: Unit, person_id: int) -> list[Task]:
    """The person's action items in the unit that are not done."""
    return list(
        session.exec(
            select(Task)
            .where(Task.unit_id == unit.id, Task.person_id == person_id, col(Task.state).in_(UNDONE))
            .order_by(col(Task.id))
        ).all()
    )


def of_item(session: Session, assessment_id: int, item_id: str) -> list[Task]:
    """The item's action items that are not done."""
    return list(
        session.exec(
            select(Task).where(
                Task.assessment_id == assessment_id, Task.item_id == item_id, col(Task.state).in_(UNDONE)
            )
        ).all()
    )


def listed(
    session: Session, unit: Unit, states: Sequence[str], page: int
) -> tuple[list[tuple[Task, Person | None]], int]:
    """One page of the unit's action items in these states by their day (without a day last), and how many.

    What stands outside the LKE has a list of its own.
    """
    where = (Task.unit_id == unit.id, col(Task.state).in_(states), Task.source != OUTSIDE)
    total = session.exec(select(func.count()).select_from(Task).where(*where)).one()
    day = func.coalesce(col(Task.promised_on), col(Task.due_on))
    found = session.exec(
        select(Task, Person)
        .outerjoin(Person, col(Person.id) == col(Task.person_id))
        .where(*where)
        .order_by(day.is_(None), day, col(Task.id))
        .limit(PAGE)
        .offset(page * PAGE)
    ).all()
    return [(task, person) for task, person in found], total


def find(turn: Turn, task_id: int, *, lock: bool = False) -> View:
    """An action item of a unit that the actor belongs to. Raises Missing, for foreign ones as well."""
    query = select(Task).where(Task.id == task_id)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    task = turn.session.exec(query).first()
    if task is None:
        raise Missing("Tugas ini tidak ada dalam daftar Anda.", next=routes.MINE(0))
    unit = turn.unit_by_id(task.unit_id)
    policy.require(turn.actor, "view", unit)
    me = turn.actor.person_id
    works = policy.can(turn.actor, "task", unit)
    leads = policy.can(turn.actor, "assign", unit)
    get = turn.session.get
    return View(
        task,
        unit,
        get(Person, task.person_id) if task.person_id else None,
        get(Person, task.made_by) if task.made_by else None,
        get(Person, task.helper_id) if task.helper_id else None,
        mine=task.person_id == me,
        may_work=works and (leads or me in {task.person_id, task.made_by} or task.person_id is None),
        may_edit=works and (leads or me in {task.person_id, task.made_by}),
    )


def claim(turn: Turn, task_id: int, seen: int, *, edit: bool = False) -> View:
    """An action item to be changed by the actor, locked. Raises Outdated, NotAllowed, Missing."""
    view = find(turn, task_id, lock=True)
    allowed = view.may_edit if edit else view.may_work
    if not allowed:
        raise NotAllowed(NOT_YOURS, next=routes.TASK(task_id))
    if view.task.revision != seen:
        raise Outdated(
            "Tugas ini baru saja diubah orang lain, jadi perubahan Anda belum disimpan. Ini keadaan terbaru.",
            next=routes.TASK(task_id),
        )
    return view


def create(
    turn: Turn,
    unit: Unit,
    title: str,
    *,
    person_id: int | None,
    due_on: date | None = None,
    assessment_id: int | None = None,
    item_id: str | None = None,
    meeting_id: int | None = None,
    source: str = "item",
    again: routes.Action | None = None,
) -> Task:
    """Write an action item down; its PIC is told, unless it is the actor. Raises NotAllowed, BadInput.

    `again` is the prompt to show with a title that cannot be used.
    """
    policy.require(turn.actor, "task", unit)
    if person_id is not None and all(
        each.id != person_id for each in candidates.team(turn.session, unit, turn.now)
    ):
        raise Missing("Orang ini tidak lagi tercatat di tim unit. Pilih PIC lain.", next=routes.MINE(0))
    return make_for(
        turn,
        unit,
        _title(title, again or routes.TASK_NEW("")),
        person_id=person_id,
        due_on=due_on,
        assessment_id=assessment_id,
        item_id=item_id,
        meeting_id=meeting_id,
        source=source,
    )


def make_for(
    turn: Turn,
    unit: Unit,
    title: str,
    *,
    person_id: int | None,
    due_on: date | None,
    assessment_id: int | None,
    item_id: str | None,
    meeting_id: int | None = None,
    source: str,
) -> Task:
    """As `create`, where the caller has asked for the right: work that another side gives to the unit."""
    task = Task(
        unit_id=unit.id or 0,
        assessment_id=assessment_id,
        item_id=item_id,
        meeting_id=meeting_id,
        title=fmt.cut(fmt.one_line(title), MAX_TITLE),
        person_id=person_id,
        due_on=due_on,
        source=source,
        made_by=turn.actor.person_id,
        made_at=turn.now,
    )
    turn.session.add(task)
    turn.session.flush()
    _log(turn, task, "make", None, {"person_id": person_id, "due_on": _day(due_on)})
    _tell(turn, task)
    return task


def settle_for(turn: Turn, task_id: int, state: str, due_on: date | None = None) -> None:
    """Close or reopen an action item of the assessors with its finding; without the right of the team."""
    task = turn.session.get(Task, task_id, with_for_update=True, populate_existing=True)
    if task is None or task.state == state:
        return
    before = {"state": task.state}
    task.state, task.done_at = state, turn.now if state == DONE else None
    task.reason, task.helper_id = "", None
    if state == OPEN:
        task.promised_on, task.due_on = None, due_on or task.due_on
    save(turn, task, state, before, {"state": state})
    if state == OPEN:
        _tell(turn, task)


def set_state(turn: Turn, task_id: int, state: str, seen: int) -> View:
    """Begin, finish, reopen or drop an action item (a reason is given by `set_stuck`)."""
    view = claim(turn, task_id, seen, edit=state == DROPPED)
    task = view.task
    if task.source == OF_ASSESSORS and (state in {DONE, DROPPED} or task.state == DONE):
        raise BadInput(_WITH_TANGGAPAN, next=routes.FINDING_OF_TASK(task_id))
    if task.state != state:
        before = {"state": task.state}
        task.state = state
        task.done_at = turn.now if state == DONE else None
        if state != STUCK:
            task.reason, task.helper_id = "", None
        save(turn, task, state, before, {"state": state})
    return view


def set_stuck(turn: Turn, task_id: int, reason: str, seen: int) -> View:
    """Something stands in the way: said in words, and told to who leads."""
    view = claim(turn, task_id, seen)
    reason = reason.strip()
    if not reason:
        raise BadInput("Tulis kendalanya dengan singkat.", next=routes.TASK_STUCK(task_id))
    if len(reason) > MAX_REASON:
        raise BadInput(
            f"Kendala ini {len(reason)} huruf, sedangkan paling banyak {MAX_REASON}, jadi belum disimpan. "
            "Ringkas, lalu kirim lagi.",
            next=routes.TASK_STUCK(task_id),
        )
    task = view.task
    before = {"state": task.state, "reason": task.reason}
    task.state, task.reason = STUCK, reason
    save(turn, task, "stuck", before, {"state": STUCK, "reason": reason})
    leads = [
        each.person
        for each in candidates.team(turn.session, view.unit, turn.now)
        if any(role.role == "koordinator" for role in each.roles)
    ]
    _notify(turn, task, [*leads, view.maker], routes.TASK_NEWS(view.id, task.revision))
    return view


def set_helper(turn: Turn, task_id: int, person_id: int, seen: int) -> View:
    """Who can help with what stands in the way; they are told. 0 takes them away."""
    view = claim(turn, task_id, seen)
    task = view.task
    person = _member(turn, view.unit, person_id) if person_id else None
    before = {"helper_id": task.helper_id}
    task.helper_id = person.id if person else None
    save(turn, task, "helper", before, {"helper_id": task.helper_id})
    _notify(turn, task, [person], routes.TASK_NEWS(view.id, task.revision))
    return view


def set_pic(turn: Turn, task_id: int, person_id: int, seen: int) -> View:
    """Give the action item to somebody of the unit; they are told."""
    view = claim(turn, task_id, seen, edit=True)
    person = _member(turn, view.unit, person_id)
    task = view.task
    if task.person_id != person.id:
        before = {"person_id": task.person_id, "promised_on": _day(task.promised_on)}
        task.person_id, task.promised_on = person.id, None
        save(turn, task, "pic", before, {"person_id": person.id})
        _tell(turn, task)
    return view


def set_day(turn: Turn, task_id: int, kind: str, day: date | None, seen: int) -> View:
    """Set when it is due (`kind` "due") or by when its PIC promises it ("promise"); None takes it away."""
    view = claim(turn, task_id, seen, edit=kind == "due")
    field = "due_on" if kind == "due" else "promised_on"
    task = view.task
    if task.source == OF_ASSESSORS and kind == "due":
        raise NotAllowed(_DAY_OF_ASSESSORS, next=routes.TASK(task_id))
    before = {field: _day(getattr(task, field))}
    setattr(task, field, day)
    if kind == "promise" and task.state == OPEN:
        task.state = DOING
    save(turn, task, kind, before, {field: _day(day)})
    return view


def set_title(turn: Turn, task_id: int, title: str, seen: int) -> View:
    """Say in other words what is to be done."""
    view = claim(turn, task_id, seen, edit=True)
    before = {"title": view.task.title}
    view.task.title = _title(title, routes.TASK_TITLE(task_id))
    save(turn, view.task, "title", before, {"title": view.task.title})
    return view


def history(session: Session, task_id: int, page: int) -> tuple[list[tuple[TaskChange, Person | None]], bool]:
    """One page of changes, newest first, and whether older ones follow."""
    found = session.exec(
        select(TaskChange, Person)
        .outerjoin(Person, col(Person.id) == col(TaskChange.person_id))
        .where(TaskChange.task_id == task_id)
        .order_by(col(TaskChange.id).desc())
        .limit(HISTORY_PAGE + 1)
        .offset(page * HISTORY_PAGE)
    ).all()
    lines: list[tuple[TaskChange, Person | None]] = [(change, who) for change, who in found]
    return lines[:HISTORY_PAGE], len(found) > HISTORY_PAGE


def _member(turn: Turn, unit: Unit, person_id: int) -> Person:
    found = next((c for c in candidates.team(turn.session, unit, turn.now) if c.id == person_id), None)
    if found is None:
        raise Missing("Orang ini tidak lagi tercatat di tim unit. Pilih yang lain.", next=routes.MINE(0))
    return found.person


def _title(title: str, again: routes.Action) -> str:
    title = fmt.one_line(title).strip()
    if not title:
        raise BadInput("Tulis apa yang perlu dikerjakan.", next=again)
    if len(title) > MAX_TITLE:
        raise BadInput(
            f"Tulisan ini {len(title)} huruf, sedangkan judul tugas paling banyak {MAX_TITLE}, jadi belum "
            "disimpan. Ringkas, lalu kirim lagi.",
            next=again,
        )
    return title


def save(turn: Turn, task: Task, kind: str, before: dict[str, Any] | None, after: dict[str, Any]) -> None:
    """Write a changed action item with its line of history; the caller has claimed it."""
    turn.session.add(task)
    turn.session.flush()
    _log(turn, task, kind, before, after)


def _log(turn: Turn, task: Task, kind: str, before: dict[str, Any] | None, after: dict[str, Any]) -> None:
    me = turn.actor.person_id
    held = {m.role for m in turn.actor.memberships if m.unit_id == task.unit_id}
    behalf = task.person_id if "sekretaris" in held and task.person_id not in {None, me} else None
    turn.session.add(
        TaskChange(
            task_id=task.id or 0,
            person_id=me,
            behalf_id=behalf,
            at=turn.now,
            kind=kind,
            before=before,
            after=after,
        )
    )
    audit.record(turn, f"task.{kind}", f"task:{task.id}", task.unit_id, revision=task.revision)


def _tell(turn: Turn, task: Task) -> None:
    person = turn.session.get(Person, task.person_id) if task.person_id else None
    _notify(turn, task, [person], routes.TASK_NEWS(task.id or 0, task.revision))


def _notify(turn: Turn, task: Task, people: Sequence[Person | None], action: routes.Action) -> None:
    """Queue the news to those who can be written to, the actor left out."""
    outbox.add(
        turn.session,
        [
            outbox.Message(
                key=f"tugas:{task.id}:{task.revision}:{person.id}",
                chat_id=person.telegram_id,
                action=action,
                person_id=person.id,
            )
            for person in people
            if person is not None and person.telegram_id is not None and person.id != turn.actor.person_id
        ],
        turn.now,
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
