"""Everything in the open unit's schedule as one list: what is due, late or done, and whose it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flows import fmt, policy, routes
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.days import due_day
from flows.dues import dues_of
from flows.dues.types import RENEWAL, RETURNED, TASK, Due
from flows.models import Deadline
from flows.routes import Action
from flows.schedule import service
from flows.schedule.names import AREA, DUTY, ITEM, STAGE, SUB, SUBMISSION, TPI, Scope, scope_of
from flows.turn import Turn
from knowledge.stages import timeline

PAGE = 6
BACK_DAYS, AHEAD_DAYS = timedelta(days=400), timedelta(days=900)

ALL, MINE, STAGES, LKE, ROUTINE, TASKS, DONE = "", "saya", "tahap", "lke", "rutin", "tugas", "selesai"
KINDS = {
    STAGES: frozenset({TPI, SUBMISSION, STAGE}),
    LKE: frozenset({AREA, SUB, ITEM, RETURNED, RENEWAL}),
    ROUTINE: frozenset({DUTY}),
    TASKS: frozenset({TASK}),
}
VIEWS = (ALL, MINE, *KINDS, DONE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a due thing, or (`done`) a date behind which nothing is left to do."""

    kind: str
    ref: str
    what: str
    due_on: date
    due_at: datetime | None
    open: Action
    mine: bool
    missing: str = ""
    done: bool = False
    row: Deadline | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """One page of the list as one person sees it. `total` counts the whole view.

    `finished` names what is done, the newest first; `unset` are the dates of the unit itself that nobody has
    set yet.
    """

    where: Current
    today: date
    view: str
    page: int
    total: int
    shown: tuple[Entry, ...]
    next: Entry | None
    late: int
    any: bool
    finished: tuple[str, ...]
    unset: tuple[Scope, ...]
    suggested: bool
    may_set: bool

    @property
    def pages(self) -> int:
        """At least 1."""
        return max(1, -(-self.total // PAGE))


def agenda(turn: Turn, view: str, page: int) -> Agenda:
    """One page of a view of the open unit's schedule. Raises NotAllowed, Missing."""
    where = checklist.current(turn)
    view = view if view in VIEWS else ALL
    found = entries(turn, where)
    open_ones = [each for each in found if not each.done]
    today = fmt.local(turn.now, where.unit.zone).date()
    chosen = ordered(_chosen(found, view), today, view)
    last = max(0, -(-len(chosen) // PAGE) - 1)
    page = min(max(page, 0), last)
    coming = [each for each in open_ones if each.due_on >= today]
    known = {each.kind for each in found}
    instrument = where.instrument
    areas = {each.ref for each in found if each.kind == AREA}
    unset = [
        *(scope_of(instrument, code) for code in (TPI, SUBMISSION) if code not in known),
        *(scope_of(instrument, area.id) for area in instrument.areas if area.id not in areas),
    ]
    return Agenda(
        where=where,
        today=today,
        view=view,
        page=page,
        total=len(chosen),
        shown=tuple(chosen[page * PAGE : (page + 1) * PAGE]),
        next=min(coming, key=lambda each: (each.due_on, each.kind), default=None),
        late=sum(each.due_on < today for each in open_ones),
        any=bool(found),
        finished=tuple(each.what for each in ordered([x for x in found if x.done], today, DONE)),
        unset=tuple(scope for scope in unset if scope is not None),
        suggested=SUBMISSION not in known and timeline().customary(where.assessment.year) > today,
        may_set=policy.can(turn.actor, "schedule", where.unit),
    )


def entries(turn: Turn, where: Current) -> list[Entry]:
    """Everything with a date: what is due, then the dates that are done."""
    today = fmt.local(turn.now, where.unit.zone).date()
    rows = service.rows_of(turn.session, where.id)
    due = dues_of(turn.session, turn.library, where.unit, today - BACK_DAYS, today + AHEAD_DAYS, turn.now)
    me = turn.actor.person.id if turn.actor.person is not None else None
    found = [_entry(each, me, rows) for each in due]
    there = {f"{each.kind}:{each.ref}" for each in due}
    for code, row in rows.items():
        scope = scope_of(where.instrument, code)
        if scope is not None and f"{row.scope}:{row.ref}" not in there:
            day = due_day(row.due_at, where.unit.zone)
            open_it = routes.DEADLINE(code)
            found.append(
                Entry(row.scope, row.ref, name_of(scope), day, row.due_at, open_it, False, "", True, row)
            )
    return found


def name_of(scope: Scope) -> str:
    """Its name as in a list. Plain text."""
    names = {TPI: "Penilaian TPI", SUBMISSION: "Pengusulan nasional"}
    return names.get(scope.kind) or scope.name


def _entry(due: Due, me: int | None, rows: dict[str, Deadline]) -> Entry:
    row = rows.get(due.ref.replace(":", "~") or due.kind)
    of_row = row is not None and row.scope == due.kind
    code = due.ref.replace(":", "~") or due.kind
    return Entry(
        kind=due.kind,
        ref=due.ref,
        what=due.what,
        due_on=due.due_on,
        due_at=due.due_at,
        open=routes.DEADLINE(code) if of_row else due.open,
        mine=any(each.person_id == me for each in due.people),
        missing=due.missing,
        row=row if of_row else None,
    )


def _chosen(found: Sequence[Entry], view: str) -> list[Entry]:
    if view == DONE:
        return [each for each in found if each.done]
    open_ones = [each for each in found if not each.done]
    if view == MINE:
        return [each for each in open_ones if each.mine]
    if view in KINDS:
        return [each for each in open_ones if each.kind in KINDS[view]]
    return open_ones


def ordered(found: Sequence[Entry], today: date, view: str) -> list[Entry]:
    """What is late first (the latest of it first), then what comes, the nearest first; done: newest first."""
    if view == DONE:
        return sorted(found, key=lambda each: (each.due_on, each.what), reverse=True)
    late = sorted((x for x in found if x.due_on < today), key=lambda x: (-x.due_on.toordinal(), x.what))
    return late + sorted((x for x in found if x.due_on >= today), key=lambda x: (x.due_on, _rank(x), x.what))


def _rank(each: Entry) -> int:
    return 0 if each.kind in KINDS[STAGES] else 1
