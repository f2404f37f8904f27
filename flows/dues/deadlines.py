"""What is due by a row of the table of deadlines: stages, areas, sub-components, items, recurring duties."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time, timedelta

from sqlmodel import Session, and_, col, or_, select

from flows.checklist.service import area_id_of
from flows.days import at, due_day
from flows.dues import texts
from flows.dues.case import Case, once
from flows.dues.types import Concerned, Due
from flows.evidence.periods import span_of
from flows.mine.lacking import Lack
from flows.models import Assessment, Deadline, Unit
from flows.routes_calendar import DUE_OPEN
from flows.schedule.names import (
    AREA,
    DUTY,
    ITEM,
    STAGE,
    SUB,
    SUBMISSION,
    TPI,
    Scope,
    scope_of,
    short_title,
)
from knowledge.answers import Item
from knowledge.duties import duty_of
from knowledge.instrument import Indicator
from knowledge.stages import timeline


def unit_ids(session: Session, zone: str, days: Sequence[date], after: int, limit: int) -> list[int]:
    """Units of the zone with an open row on one of the days. Reads the index of due times by stretches."""
    between = or_(
        *(
            and_(
                col(Deadline.due_at) >= at(first, time(0), zone),
                col(Deadline.due_at) < at(last + timedelta(days=1), time(0), zone),
            )
            for first, last in runs(days)
        )
    )
    by_unit = col(Deadline.unit_id) + 0  # the sum keeps planners from walking the index of units instead
    return list(
        session.exec(
            select(by_unit)
            .where(
                Deadline.unit_id == Unit.id,
                Deadline.assessment_id == Assessment.id,
                between,
                col(Deadline.done_at).is_(None),
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


def runs(days: Iterable[date]) -> list[tuple[date, date]]:
    """The days as stretches without a gap: first and last day of each."""
    found: list[tuple[date, date]] = []
    for day in sorted(set(days)):
        if found and day == found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def dues(case: Case, first: date, last: date) -> Iterator[Due]:
    """The unit's open rows of these days that are not done."""
    if case.where is None:
        return
    zone = case.unit.zone
    found = case.session.exec(
        select(Deadline)
        .where(
            Deadline.assessment_id == case.where.id,
            col(Deadline.done_at).is_(None),
            Deadline.due_at >= at(first, time(0), zone),
            Deadline.due_at < at(last + timedelta(days=1), time(0), zone),
        )
        .order_by(col(Deadline.due_at), col(Deadline.id))
    ).all()
    for row in found:
        made = _MAKERS[row.scope](case, row) if row.scope in _MAKERS else None
        if made is not None:
            yield made


def _due(
    case: Case,
    row: Deadline,
    what: str,
    missing: str,
    ends: str,
    people: tuple[Concerned, ...],
    *,
    mandatory: bool = False,
    area: str = "",
) -> Due:
    return Due(
        kind=row.scope,
        ref=row.ref,
        unit_id=case.unit_id,
        what=what,
        due_on=due_day(row.due_at, case.unit.zone),
        due_at=row.due_at,
        open=DUE_OPEN(case.unit_id, row.scope, row.ref.replace(":", "~")),
        missing=missing,
        ends=ends,
        people=people,
        mandatory=mandatory,
        area=area,
    )


def _whole(case: Case, row: Deadline) -> Due:
    """The TPI's date or the submission: until a coordinator marks it done."""
    instrument = case.lke.instrument
    items: list[Item] = [*instrument.area_order, *instrument.results]
    lacks = case.undone(items)
    people = case.coordinators()
    if row.scope == TPI:
        people = once((*people, *_in_charge(case, lacks)))
    unanswered = sum(not lack.answered for lack in lacks)
    what = short_title(Scope(row.scope, row.scope))
    missing = texts.unanswered(unanswered, len(items))
    return _due(case, row, what, missing, texts.ENDS_MARK, people, mandatory=True)


def _area(case: Case, row: Deadline) -> Due | None:
    area = case.area(row.ref)
    if area is None:
        return None
    return _part(case, row, texts.area(area), area.indicators, area.id)


def _sub(case: Case, row: Deadline) -> Due | None:
    sub = case.sub(row.ref)
    if sub is None:
        return None
    items = tuple(i for i in case.lke.instrument.area_order if i.sub_id == sub.id)
    return _part(case, row, f"{sub.name} ({sub.number})", items, items[0].area_id)


def _part(case: Case, row: Deadline, what: str, items: tuple[Indicator, ...], area_id: str) -> Due | None:
    lacks = case.undone(items)
    if not lacks:
        return None
    area = case.area(area_id)
    own = list(_in_charge(case, lacks))
    unowned = [lack for lack in lacks if not case.holders(lack.item)]
    if unowned:
        own += [
            Concerned(person_id, texts.works(area, len(unowned)), "anggota")
            for person_id in case.with_role("anggota", area_id)
        ]
    people = once((*case.leaders(area_id, texts.leads(area)), *own))
    missing = texts.undone(len(lacks), len(items))
    return _due(case, row, what, missing, texts.ENDS_AREA, people, area=area_id)


def _in_charge(case: Case, lacks: list[Lack]) -> Iterator[Concerned]:
    """PIC and deputies of what is not done, with how many."""
    counts: Counter[tuple[int, bool]] = Counter(
        (holder.person_id, holder.deputy) for lack in lacks for holder in case.holders(lack.item)
    )
    for (person_id, deputy), count in sorted(counts.items(), key=lambda pair: pair[0][1]):
        why = texts.deputy_of(count) if deputy else texts.in_charge_of(count)
        yield Concerned(person_id, why, "deputy" if deputy else "pic")


def _item(case: Case, row: Deadline) -> Due | None:
    item = case.item(row.ref)
    lacks = case.undone([item]) if item is not None else []
    if item is None or not lacks:
        return None
    (lack,) = lacks
    area_id = area_id_of(item)
    missing = texts.lacks(lack.answered, lack.evidence, lack.missing)
    people = people_of_item(case, item, area_id)
    return _due(case, row, texts.item(item), missing, texts.ENDS_ITEM, people, area=area_id)


def people_of_item(case: Case, item: Item, area_id: str) -> tuple[Concerned, ...]:
    """PIC and deputy; where neither can be written to, the ketua of the pokja as well."""
    holders = case.holders(item)
    own = [
        Concerned(h.person_id, texts.DEPUTY if h.deputy else texts.PIC, "deputy" if h.deputy else "pic")
        for h in holders
    ]
    if not case.reached(holders):
        own += case.leaders(area_id, texts.leads_unowned(case.area(area_id)))
    return once(own)


def _stage(case: Case, row: Deadline) -> Due | None:
    """A stage of the year: until a coordinator marks it done."""
    place = timeline().place(row.ref)
    if place is None:
        return None
    missing = texts.stage(place.stage.what[0], over=row.due_at < case.now)
    return _due(case, row, place.name, missing, texts.ENDS_MARK, case.coordinators())


def _duty(case: Case, row: Deadline) -> Due | None:
    """A recurring duty: until its period is proved."""
    scope = scope_of(case.lke.instrument, row.ref.replace(":", "~"))
    duty_id, _, code = row.ref.partition(":")
    duty, span = duty_of(case.lke.instrument, duty_id), span_of(code)
    if scope is None or duty is None or span is None or case.proved(duty, span):
        return None
    items = [item for item in map(case.item, duty.items) if item is not None]
    holders = {holder.person_id: holder for item in items for holder in case.holders(item)}
    people = [
        Concerned(holder.person_id, texts.DUTY_PIC, "deputy" if holder.deputy else "pic")
        for holder in holders.values()
    ]
    area_id = area_id_of(items[0])
    if not case.reached(holders.values()):
        people += case.leaders(area_id, texts.leads_unowned(case.area(area_id)))
    missing = texts.no_evidence(span.name, [item.number for item in items])
    ends = texts.ENDS_DUTY
    if duty.surveys:
        missing = texts.no_surveys(span.name, duty.surveys, case.recorded(duty, span))
        ends = texts.ends_surveys(duty.surveys)
    return _due(case, row, scope.name, missing, ends, once(people), area=area_id)


_MAKERS = {
    TPI: _whole,
    SUBMISSION: _whole,
    STAGE: _stage,
    AREA: _area,
    SUB: _sub,
    ITEM: _item,
    DUTY: _duty,
}
