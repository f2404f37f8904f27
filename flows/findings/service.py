"""Findings of the assessors (catatan TPI) and the unit's tanggapan: reading, writing, deciding.

Drafts are the assessors' own until their round is signed; from then on everybody of the unit reads them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, func, select

from flows import audit, fmt, outbox, policy, routes
from flows.assess import refusals as assess_refusals
from flows.assess import rounds, team
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.errors import BadInput, Missing, NotAllowed, Outdated
from flows.findings.publishing import ANSWERED, DONE, DRAFT, DROPPED, OPEN, responsible
from flows.models import Person, Task, TpiFinding, TpiRound
from flows.pic import candidates
from flows.review import looking
from flows.routes import Action
from flows.tasks import service as tasks
from flows.turn import Turn
from knowledge.answers import Item

LIMIT, ANSWER_LIMIT = 800, 1000
USUAL_DAYS = 7
"""Working days that a finding gives for its tanggapan."""
PAGE = 6
UNSETTLED = (OPEN, ANSWERED)

_GONE = "Catatan ini tidak ada dalam daftar Anda. Ini keadaan terbaru."
_STALE = "Catatan ini sudah berubah sejak layar itu. Ini keadaan terbaru."
_DRAFT_ONLY = "Catatan ini sudah disampaikan kepada unit, jadi tidak dapat diubah lagi."
_NOT_YOURS = "Tanggapan ditulis PIC catatan ini, ketua pokja areanya, koordinator unit, atau sekretaris tim."
_NOT_OPEN = "Catatan ini tidak sedang menunggu tanggapan. Ini keadaan terbaru."
_NOT_ANSWERED = "Belum ada tanggapan yang menunggu keputusan. Ini keadaan terbaru."
_NOBODY = "Orang ini tidak lagi tercatat di tim unit. Pilih PIC lain."
_PAST = "Tanggal itu sudah lewat, jadi belum disimpan. Ketik tanggal lain."


@dataclass(frozen=True, slots=True)
class View:
    """A finding as one person sees it. `pic` and `due_on` are those of its action item once it has one."""

    row: TpiFinding
    where: Current
    item: Item
    round_no: int
    task: Task | None
    pic: Person | None
    due_on: date | None
    maker: Person | None
    answerer: Person | None
    judges: bool
    may_answer: bool

    @property
    def id(self) -> int:
        """Id of the finding."""
        assert self.row.id is not None
        return self.row.id


# reading -------------------------------------------------------------------------------------------


def find(turn: Turn, finding_id: int, *, lock: bool = False) -> View:
    """A finding that the actor may read: drafts are for the unit's assessors alone. Raises Missing."""
    row = turn.session.get(TpiFinding, finding_id, with_for_update=lock or None, populate_existing=lock)
    if row is None or row.state == DROPPED:
        raise Missing(_GONE, next=routes.HOME())
    where = looking.where_of(turn, row.assessment_id)
    judges = policy.may_assess(turn.actor, where.unit)
    if row.state == DRAFT and not judges:
        raise Missing(_GONE, next=routes.HOME())
    return _view(turn, row, where, judges)


def _view(turn: Turn, row: TpiFinding, where: Current, judges: bool) -> View:
    get = turn.session.get
    item = checklist.item_of(where.instrument, row.item_id)
    task = get(Task, row.task_id) if row.task_id is not None else None
    pic_id = task.person_id if task is not None else row.person_id
    area = checklist.area_id_of(item)
    me = turn.actor.person_id
    leads = policy.can(turn.actor, "assign", where.unit, area)
    works = policy.can(turn.actor, "task", where.unit)
    return View(
        row=row,
        where=where,
        item=item,
        round_no=turn.session.get_one(TpiRound, row.round_id).no,
        task=task,
        pic=get(Person, pic_id) if pic_id is not None else None,
        due_on=task.due_on if task is not None else row.due_on,
        maker=get(Person, row.made_by) if row.made_by is not None else None,
        answerer=get(Person, row.answered_by) if row.answered_by is not None else None,
        judges=judges,
        may_answer=row.state in UNSETTLED
        and works
        and (leads or me == pic_id)
        and where.assessment.archived_at is None,
    )


def of_task(turn: Turn, task_id: int) -> int:
    """The finding behind an action item. Raises Missing."""
    found = turn.session.exec(select(TpiFinding.id).where(TpiFinding.task_id == task_id)).first()
    if found is None:
        raise Missing(_GONE, next=routes.MINE(0))
    return found


def listed(turn: Turn, where: Current, page: int) -> tuple[list[View], int, int]:
    """One page of the findings that the actor may read (open ones first), how many, and how many are open."""
    judges = policy.may_assess(turn.actor, where.unit)
    hidden = (DROPPED,) if judges else (DROPPED, DRAFT)
    found = turn.session.exec(
        select(TpiFinding)
        .where(TpiFinding.assessment_id == where.id, col(TpiFinding.state).not_in(hidden))
        .order_by(col(TpiFinding.id))
    ).all()
    order = {OPEN: 0, ANSWERED: 1, DRAFT: 2, DONE: 3}
    known = [row for row in found if row.item_id in where.instrument.by_id]
    ordered = sorted(known, key=lambda row: (order.get(row.state, 9), row.due_on or date.max, row.id or 0))
    page = min(max(0, page), max(0, (len(ordered) - 1) // PAGE))
    shown = ordered[page * PAGE : (page + 1) * PAGE]
    return (
        [_view(turn, row, where, judges) for row in shown],
        len(ordered),
        sum(row.state == OPEN for row in known),
    )


def counts(session: Session, assessment_id: int) -> dict[str, int]:
    """How many findings there are in each state. One query."""
    found = session.exec(
        select(TpiFinding.state, func.count())
        .where(TpiFinding.assessment_id == assessment_id)
        .group_by(col(TpiFinding.state))
    ).all()
    return dict(found)


# the assessors' side -------------------------------------------------------------------------------


def usual_day(today: date, days: int = USUAL_DAYS) -> date:
    """So many working days (Monday to Friday) from today."""
    day = today
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


def make(turn: Turn, assessment_id: int, item_id: str, text: str) -> TpiFinding:
    """Write a finding into the running round, with a PIC and a day that can be changed until it is signed.

    Raises NotAllowed (also once the round is signed), BadInput.
    """
    where = rounds.desk_of(turn, assessment_id)
    item = checklist.item_of(where.instrument, item_id)
    here = routes.ASSESS_CARD(assessment_id, item_id)
    if checklist.area_id_of(item) not in team.judged_areas(turn, where):
        raise assess_refusals.other_area(assessment_id)
    text = _said(text, LIMIT, routes.FINDING_NEW(assessment_id, item_id))
    rounds.writable(turn, where, here)
    row = rounds.present(turn.session, where.id)
    assert row is not None
    today = fmt.local(turn.now, where.unit.zone).date()
    finding = TpiFinding(
        assessment_id=where.id,
        unit_id=where.unit.id or 0,
        round_id=row.id or 0,
        item_id=item.id,
        text=text,
        person_id=responsible(turn, where, item, None),
        due_on=usual_day(today),
        made_by=turn.actor.person_id,
        made_at=turn.now,
    )
    _save(turn, finding, "make")
    return finding


def draft(turn: Turn, finding_id: int, seen: int | None = None) -> View:
    """A finding that the actor may still change. Raises Outdated, NotAllowed, Missing."""
    view = find(turn, finding_id, lock=seen is not None)
    if not view.judges:
        raise NotAllowed(policy.REFUSED["assess"], next=routes.FINDING(finding_id))
    if view.row.state != DRAFT:
        raise Outdated(_DRAFT_ONLY, next=routes.FINDING(finding_id))
    if seen is not None and view.row.revision != seen:
        raise Outdated(_STALE, next=routes.FINDING(finding_id))
    return view


def people_of(turn: Turn, view: View) -> list[candidates.Candidate]:
    """Who of the unit may answer, the area's own people first."""
    area = checklist.area_id_of(view.item)
    return candidates.team(turn.session, view.where.unit, turn.now, area)


def set_pic(turn: Turn, finding_id: int, person_id: int, seen: int) -> None:
    """Who of the unit answers."""
    view = draft(turn, finding_id, seen)
    if all(each.id != person_id for each in people_of(turn, view)):
        raise Missing(_NOBODY, next=routes.FINDING_PIC(finding_id, 0))
    view.row.person_id = person_id
    _save(turn, view.row, "pic")


def set_due(turn: Turn, finding_id: int, day: date, seen: int) -> None:
    """By when the tanggapan is due."""
    view = draft(turn, finding_id, seen)
    if day < fmt.local(turn.now, view.where.unit.zone).date():
        raise BadInput(_PAST, next=routes.FINDING_DUE(finding_id))
    view.row.due_on = day
    _save(turn, view.row, "due")


def drop(turn: Turn, finding_id: int, seen: int) -> View:
    """Take a draft back."""
    view = draft(turn, finding_id, seen)
    view.row.state = DROPPED
    _save(turn, view.row, "drop")
    return view


def accept(turn: Turn, finding_id: int, seen: int) -> View:
    """The tanggapan settles the finding; who answered is told."""
    view = _to_decide(turn, finding_id, seen)
    view.row.state, view.row.remark = DONE, ""
    _decided(turn, view, "accept")
    return view


def keep(turn: Turn, finding_id: int, remark: str, seen: int) -> View:
    """The finding stands; the remark says what is still to be done, and its action item opens again."""
    view = _to_decide(turn, finding_id, seen)
    view.row.remark = _said(remark, LIMIT, routes.FINDING_KEEP(finding_id))
    view.row.state = OPEN
    view.row.due_on = usual_day(fmt.local(turn.now, view.where.unit.zone).date())
    if view.row.task_id is not None:
        tasks.settle_for(turn, view.row.task_id, tasks.OPEN, view.row.due_on)
    _decided(turn, view, "keep")
    return view


def _decided(turn: Turn, view: View, act: str) -> None:
    row = view.row
    row.decided_by, row.decided_at = turn.actor.person_id, turn.now
    _save(turn, row, act)
    _tell(turn, view, [view.answerer, view.pic], routes.FINDING_TOLD(view.id, row.revision))


def to_decide(turn: Turn, finding_id: int) -> View:
    """A finding whose tanggapan waits for the actor. Raises NotAllowed, Outdated, Missing."""
    return _to_decide(turn, finding_id, None)


def _to_decide(turn: Turn, finding_id: int, seen: int | None) -> View:
    view = find(turn, finding_id, lock=seen is not None)
    here = routes.FINDING(finding_id)
    if not team.may_judge(turn, view.where.unit, view.where.id, checklist.area_id_of(view.item)):
        raise NotAllowed(policy.REFUSED["assess"], next=here)
    if view.row.state != ANSWERED:
        raise Outdated(_NOT_ANSWERED, next=here)
    if seen is not None and view.row.revision != seen:
        raise Outdated(_STALE, next=here)
    return view


# the unit's side -----------------------------------------------------------------------------------


def to_answer(turn: Turn, finding_id: int, seen: int | None = None) -> View:
    """A finding that the actor may answer now. Raises NotAllowed, Outdated, Missing."""
    view = find(turn, finding_id, lock=seen is not None)
    here = routes.FINDING(finding_id)
    if view.row.state not in UNSETTLED:
        raise Outdated(_NOT_OPEN, next=here)
    if not view.may_answer:
        raise NotAllowed(_NOT_YOURS, next=here)
    if seen is not None and view.row.revision != seen:
        raise Outdated(_STALE, next=here)
    return view


def answer(turn: Turn, finding_id: int, text: str, seen: int) -> View:
    """Give the unit's tanggapan, or mend one that is not decided yet: the assessors are told."""
    view = to_answer(turn, finding_id, seen)
    row = view.row
    row.answer = _said(text, ANSWER_LIMIT, routes.FINDING_ANSWER(finding_id))
    row.state, row.answered_by, row.answered_at = ANSWERED, turn.actor.person_id, turn.now
    _save(turn, row, "answer")
    if row.task_id is not None:
        tasks.settle_for(turn, row.task_id, tasks.DONE)
    found = team.of_assessment(turn.session, view.where.id)
    leads = [each.person for each in found if each.row.tier == team.LEAD]
    _tell(turn, view, [view.maker, *leads], routes.FINDING_ANSWERED(view.id, row.revision))
    return view


# shared --------------------------------------------------------------------------------------------


def _said(text: str, most: int, again: Action) -> str:
    text = text.strip()
    if not 0 < len(text) <= most:
        raise assess_refusals.length(len(text), most, again)
    return text


def _save(turn: Turn, row: TpiFinding, act: str) -> None:
    turn.session.add(row)
    turn.session.flush()
    audit.record(turn, f"catatan.{act}", f"tpi_finding:{row.id}", row.unit_id, revision=row.revision)


def _tell(turn: Turn, view: View, people: Sequence[Person | None], action: Action) -> None:
    messages = {
        person.id: outbox.Message(
            key=f"catatan:{view.id}:{view.row.revision}:{person.id}",
            chat_id=person.telegram_id,
            person_id=person.id,
            action=action,
        )
        for person in people
        if person is not None and person.telegram_id is not None and person.id != turn.actor.person_id
    }
    outbox.add(turn.session, list(messages.values()), turn.now)
