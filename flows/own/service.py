"""What is read to answer a question about one's own unit. Reads only."""

from dataclasses import dataclass
from datetime import date

from flows.checklist import service as checklist
from flows.checklist.service import RESULTS, Current
from flows.days import due_day
from flows.evidence import service as evidence
from flows.models import Membership, Unit
from flows.policy import can
from flows.progress import service as progress
from flows.progress.service import AreaProgress, Progress
from flows.readiness import service as readiness
from flows.readiness.service import Standing
from flows.schedule import service as schedule
from flows.schedule.service import Line
from flows.team import service as team
from flows.team.service import Member
from flows.turn import Turn
from knowledge.answers import Item
from knowledge.instrument import TARGETS, Area, Target
from knowledge.outcome import Outcome
from knowledge.own_questions import OwnQuestion
from knowledge.readiness import AreaView

NO_FOCUS = ""
ASKED_IN_GROUPS = frozenset(
    {"nilai", "kurang", "belum", "tugas", "batas", "lemah", "progres", "bukti", "tim", "saya"}
)
"""The kinds of question that may be asked in a group (and are answered in private)."""
SMALLTALK = {"progres": "progres", "jadwal": "batas"}
"""Kinds of small talk that ask for the unit's own data in words that are no example."""


@dataclass(frozen=True, slots=True)
class Focus:
    """What is named beside the question, if anything."""

    area: Area | None = None
    target: Target | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """How far the worksheet is filled in. `mine`: areas that the actor fills in, all of them for some."""

    where: Current
    progress: Progress
    mine: tuple[AreaProgress, ...]
    bound: bool
    fills_results: bool

    @property
    def open_areas(self) -> list[AreaProgress]:
        """The areas with something unanswered, the actor's own first."""
        own = {each.area.id for each in self.mine} if self.bound else set()
        left = [each for each in self.progress.areas if not each.count.complete]
        return sorted(left, key=lambda each: (each.area.id not in own, each.area.no))


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline that is not done yet: its day in the unit's zone."""

    line: Line
    day: date

    @property
    def late(self) -> bool:
        """Whether the day is past."""
        return self.day < self.line.today


def asked(turn: Turn, text: str, outcome: Outcome) -> OwnQuestion | None:
    """What the text asks about the asker's own unit; None for anything else."""
    kind = SMALLTALK.get(outcome.smalltalk)
    return turn.library.own_question(text) or (OwnQuestion(kind) if kind else None)


def packed(question: OwnQuestion) -> str:
    """What is named beside the question, as it travels in an action."""
    return str(question.area) if question.area else question.target or NO_FOCUS


def focus_of(turn: Turn, where: Current, text: str) -> Focus:
    """What an action names; nothing for what it cannot name."""
    if text in TARGETS:
        return Focus(target=readiness.target_of(text))
    return Focus(area=next((area for area in where.instrument.areas if str(area.no) == text), None))


def current(turn: Turn) -> Current:
    """The open unit with its worksheet. Raises NotAllowed in groups and without a unit, Missing."""
    return checklist.current(turn)


def standing(turn: Turn, where: Current) -> Standing:
    """The score."""
    return readiness.standing_of(turn.session, where)


def view_of(now: Standing, area: Area, target: Target | None) -> AreaView:
    """One area against its limit."""
    return next(view for view in now.ready(target).areas if view.area.id == area.id)


def work(turn: Turn, where: Current) -> Work:
    """How far the worksheet is filled in, and by whom it is to be."""
    shown = progress.progress_of(turn.session, where.assessment, where.instrument)
    actor, unit = turn.actor, where.unit
    fills = {a.id for a in where.instrument.areas if can(actor, "answer", unit, a.id)}
    mine = tuple(each for each in shown.areas if each.area.id in fills)
    return Work(
        where,
        shown,
        mine,
        bound=0 < len(mine) < len(shown.areas),
        fills_results=can(actor, "answer", unit, RESULTS),
    )


def without_evidence(turn: Turn, where: Current) -> list[Item]:
    """The indicators and results that no piece of evidence serves, in the instrument's order."""
    have = evidence.counts(turn.session, where.assessment)
    items: list[Item] = [*where.instrument.area_order, *where.instrument.results]
    return [item for item in items if not have.get(item.id)]


def due(turn: Turn) -> list[Due]:
    """The open unit's deadlines that are not done, the earliest first."""
    found = [
        Due(line, due_day(line.deadline.due_at, line.zone))
        for line in schedule.schedule(turn)
        if line.deadline is not None and line.deadline.done_at is None
    ]
    return sorted(found, key=lambda each: (each.day, each.line.scope.code))


def concerning(found: list[Due], areas: set[str]) -> list[Due]:
    """Those of the whole unit and of these areas."""
    return [each for each in found if not each.line.scope.area_id or each.line.scope.area_id in areas]


def members(turn: Turn, unit: Unit) -> list[Member]:
    """Everybody in the unit."""
    return team.members(turn.session, unit, turn.library, turn.now)


def roles(turn: Turn, unit: Unit) -> tuple[Membership, ...]:
    """The actor's roles in the unit."""
    return turn.actor.roles_in(unit)


def unit_count(turn: Turn) -> int:
    """In how many units the actor has a role of their own."""
    return len({m.unit_id for m in turn.actor.memberships if m.unit_id is not None})
