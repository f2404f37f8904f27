"""What is due by a day of its own: action items, returned items, evidence to be renewed."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlmodel import Session, col, func, or_, select

from flows.checklist.service import area_id_of
from flows.dues import texts
from flows.dues.case import SETTLED, Case, once
from flows.dues.deadlines import people_of_item
from flows.dues.types import RENEWAL, RETURNED, TASK, Concerned, Due
from flows.evidence import service, window
from flows.models import Assessment, Evidence, EvidenceUse, ItemWork, Task, Unit
from flows.routes_calendar import DUE_OPEN
from flows.tasks.outside import said
from flows.tasks.service import UNDONE
from knowledge.answers import Item


class Tasks:
    """Action items that are not done. A promise goes before the due day."""

    @staticmethod
    def unit_ids(session: Session, zone: str, days: Sequence[date], after: int, limit: int) -> list[int]:
        """Units of the zone with an action item of these days. Reads the indexes of both."""
        by_unit = col(Task.unit_id) + 0
        return list(
            session.exec(
                select(by_unit)
                .where(
                    Task.unit_id == Unit.id,
                    or_(
                        col(Task.promised_on).in_(days),
                        col(Task.due_on).in_(days) & col(Task.promised_on).is_(None),
                    ),
                    col(Task.state).in_(UNDONE),
                    Unit.zone == zone,
                    col(Unit.archived_at).is_(None),
                    by_unit > after,
                )
                .distinct()
                .order_by(by_unit)
                .limit(limit)
            ).all()
        )

    @staticmethod
    def dues(case: Case, first: date, last: date) -> Iterator[Due]:
        """The unit's action items of these days."""
        day = func.coalesce(col(Task.promised_on), col(Task.due_on))
        found = case.session.exec(
            select(Task)
            .where(Task.unit_id == case.unit_id, col(Task.state).in_(UNDONE), day >= first, day <= last)
            .order_by(day, col(Task.id))
        ).all()
        for task in found:
            due_on = task.promised_on or task.due_on
            assert due_on is not None
            yield Due(
                kind=TASK,
                ref=str(task.id),
                unit_id=case.unit_id,
                what=said(task),
                due_on=due_on,
                due_at=None,
                open=DUE_OPEN(case.unit_id, TASK, str(task.id)),
                missing=texts.task_state(task.state, task.reason),
                ends=texts.ENDS_TASK,
                people=_doers(case, task),
                area=_area_of(case, task),
            )


def _area_of(case: Case, task: Task) -> str:
    """The area of the indicator that it is about; "" without one, and for one of another instrument."""
    item = case.item(task.item_id) if task.item_id is not None and case.where is not None else None
    return area_id_of(item) if item is not None else ""


def _doers(case: Case, task: Task) -> tuple[Concerned, ...]:
    if task.person_id is not None:
        return (Concerned(task.person_id, texts.TASK_PIC, "pic"),)
    if task.made_by is not None and task.made_by in case.team:
        return (Concerned(task.made_by, texts.TASK_MAKER, "maker"),)
    return case.coordinators()


class Returned:
    """Items sent back by a reviewer, to be mended by a day."""

    @staticmethod
    def unit_ids(session: Session, zone: str, days: Sequence[date], after: int, limit: int) -> list[int]:
        """Units of the zone with an item to be mended by one of the days. Reads their index."""
        by_unit = col(Assessment.unit_id) + 0
        return list(
            session.exec(
                select(by_unit)
                .where(
                    ItemWork.assessment_id == Assessment.id,
                    Assessment.unit_id == Unit.id,
                    col(ItemWork.fix_by).in_(days),
                    ItemWork.state == "returned",
                    Unit.zone == zone,
                    col(Unit.archived_at).is_(None),
                    col(Assessment.closed_at).is_(None),
                    by_unit > after,
                )
                .distinct()
                .order_by(by_unit)
                .limit(limit)
            ).all()
        )

    @staticmethod
    def dues(case: Case, first: date, last: date) -> Iterator[Due]:
        """The unit's items to be mended by these days."""
        if case.where is None:
            return
        found = case.session.exec(
            select(ItemWork)
            .where(
                ItemWork.assessment_id == case.where.id,
                ItemWork.state == "returned",
                col(ItemWork.fix_by) >= first,
                col(ItemWork.fix_by) <= last,
            )
            .order_by(col(ItemWork.fix_by), col(ItemWork.id))
        ).all()
        for work in found:
            item = case.item(work.item_id)
            if item is None or work.fix_by is None or work.not_applicable:
                continue
            own = people_of_item(case, item, area_id_of(item))
            sender = work.sent_by
            if sender is not None and sender in case.team:
                own = once((*own, Concerned(sender, texts.SENDER, "sender")))
            yield Due(
                kind=RETURNED,
                ref=item.id,
                unit_id=case.unit_id,
                what=texts.item(item),
                due_on=work.fix_by,
                due_at=None,
                open=DUE_OPEN(case.unit_id, RETURNED, item.id),
                missing=texts.returned(work.reason),
                ends=texts.ENDS_RETURNED,
                people=own,
                area=area_id_of(item),
            )


class Renewals:
    """Evidence whose validity ends: on its last day it is still good."""

    @staticmethod
    def unit_ids(session: Session, zone: str, days: Sequence[date], after: int, limit: int) -> list[int]:
        """Units of the zone with evidence that ends on one of the days. Reads their index."""
        by_unit = col(Evidence.unit_id) + 0
        return list(
            session.exec(
                select(by_unit)
                .where(
                    Evidence.unit_id == Unit.id,
                    col(Evidence.valid_until).in_(days),
                    col(Evidence.removed_at).is_(None),
                    Unit.zone == zone,
                    col(Unit.archived_at).is_(None),
                    by_unit > after,
                )
                .distinct()
                .order_by(by_unit)
                .limit(limit)
            ).all()
        )

    @staticmethod
    def dues(case: Case, first: date, last: date) -> Iterator[Due]:
        """The unit's evidence that ends on these days and serves an item of the open LKE.

        What lies outside the window of evidence is to be renewed by the day of the item it serves.
        """
        if case.where is None:
            return
        yield from _out_of_window(case, first, last)
        found = case.session.exec(
            select(Evidence, EvidenceUse.item_id)
            .where(
                EvidenceUse.evidence_id == Evidence.id,
                EvidenceUse.assessment_id == case.where.id,
                col(Evidence.removed_at).is_(None),
                col(Evidence.valid_until) >= first,
                col(Evidence.valid_until) <= last,
            )
            .order_by(col(Evidence.valid_until), col(Evidence.id), col(EvidenceUse.id))
        ).all()
        seen: set[int | None] = set()
        for evidence, item_id in found:
            item = case.item(item_id)
            if item is None or evidence.id in seen or evidence.valid_until is None:
                continue
            seen.add(evidence.id)
            yield Due(
                kind=RENEWAL,
                ref=str(evidence.id),
                unit_id=case.unit_id,
                what=_evidence_name(evidence, item),
                due_on=evidence.valid_until,
                due_at=None,
                open=DUE_OPEN(case.unit_id, RENEWAL, str(evidence.id)),
                missing=texts.SOON_INVALID,
                ends=texts.ENDS_RENEWAL,
                people=_keepers(case, evidence, item),
                area=area_id_of(item),
            )


def _out_of_window(case: Case, first: date, last: date) -> Iterator[Due]:
    span = window.of_unit(case.session, case.unit, case.lke.assessment)
    found = case.session.exec(
        select(Evidence, EvidenceUse.item_id)
        .where(
            EvidenceUse.evidence_id == Evidence.id,
            EvidenceUse.assessment_id == case.lke.id,
            col(Evidence.removed_at).is_(None),
            col(Evidence.dated_on) < span.first,
            or_(col(Evidence.valid_until).is_(None), col(Evidence.valid_until) < span.first),
        )
        .order_by(col(Evidence.id), col(EvidenceUse.id))
    ).all()
    seen: set[int | None] = set()
    for evidence, item_id in found:
        item = case.item(item_id)
        if item is None or evidence.id in seen or not service.outside(evidence, span):
            continue
        work = case.desk.work.get(item.id)
        due_on = case.desk.lack(item).due_on
        settled = work is not None and (work.not_applicable or work.state in SETTLED)
        if settled or due_on is None or not first <= due_on <= last:
            continue
        seen.add(evidence.id)
        yield Due(
            kind=RENEWAL,
            ref=str(evidence.id),
            unit_id=case.unit_id,
            what=_evidence_name(evidence, item),
            due_on=due_on,
            due_at=None,
            open=DUE_OPEN(case.unit_id, RENEWAL, str(evidence.id)),
            missing=texts.OUT_OF_WINDOW,
            ends=texts.ENDS_RENEWAL,
            people=_keepers(case, evidence, item),
            area=area_id_of(item),
        )


def _evidence_name(evidence: Evidence, item: Item) -> str:
    # Restricted evidence is not named outside its own screen, whoever reads this.
    title = f"terbatas {item.number}" if evidence.restricted else f"{evidence.title} ({item.number})"
    return texts.renewal(title)


def _keepers(case: Case, evidence: Evidence, item: Item) -> tuple[Concerned, ...]:
    if not case.holders(item) and evidence.made_by is not None and evidence.made_by in case.team:
        return (Concerned(evidence.made_by, texts.KEEPER, "sender"),)
    return people_of_item(case, item, area_id_of(item))
