"""Naming and releasing persons in charge. Every change is in the history of what it concerns."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session, col, select

from flows import audit, fmt, outbox, policy, routes
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.errors import BadInput, Missing, NotAllowed, Outdated
from flows.models import UNIT_SIDE, AnswerChange, Assessment, Outbox, Person, Pic, Unit
from flows.pic import candidates, service
from flows.routes import Action
from flows.turn import Turn
from knowledge.answers import Item
from knowledge.instrument import Area, Indicator, ResultItem, SubComponent

IN_CHARGE, DEPUTY, FROM_LIST = 0, 1, 2
"""What is chosen, as on buttons; `FROM_LIST` is the PIC too, chosen in the list of what has none."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What somebody is in charge of: an area (or the result part), a sub-component, or one item."""

    id: str
    level: str
    area_id: str
    sub_id: str
    items: tuple[Item, ...]
    number: str
    name: str

    @property
    def item(self) -> Item | None:
        """The item, when it is one."""
        return self.items[0] if self.level == "item" else None


@dataclass(frozen=True, slots=True)
class Place:
    """A scope of the open LKE with the row that stands there, and whoever is in charge there now.

    `held` is the row that counts for the scope: its own, or the one it inherits.
    """

    current: Current
    scope: Scope
    row: Pic | None
    held: service.InCharge | None

    @property
    def revision(self) -> int:
        """0 while there is no row."""
        return self.row.revision if self.row is not None else 0


def scope_of(where: Current, scope_id: str) -> Scope:
    """The scope that a button names. Raises Missing."""
    instrument = where.instrument
    if scope_id == service.RESULTS:
        return Scope(scope_id, "area", scope_id, "", instrument.results, "", "Hasil")
    for group in instrument.result_groups:
        if group.id == scope_id:
            return Scope(group.id, "sub", service.RESULTS, group.id, group.items, group.number, group.name)
    node = instrument.by_id.get(scope_id)
    if isinstance(node, Area):
        return Scope(node.id, "area", node.id, "", node.indicators, f"Area {node.no}", node.name)
    if isinstance(node, SubComponent):
        return Scope(node.id, "sub", node.area_id, node.id, node.indicators, node.number, node.name)
    if isinstance(node, Indicator):
        return Scope(node.id, "item", node.area_id, node.sub_id, (node,), node.number, node.title)
    if isinstance(node, ResultItem):
        return Scope(node.id, "item", service.RESULTS, node.group_id, (node,), node.number, node.title)
    raise Missing("Bagian ini tidak ada dalam LKE unit Anda.", next=routes.LKE())


def place(turn: Turn, scope_id: str) -> Place:
    """A scope of the open unit's LKE as it stands. Raises Missing, NotAllowed."""
    return _placed(turn.session, checklist.current(turn), scope_id)


def _placed(session: Session, where: Current, scope_id: str) -> Place:
    scope = scope_of(where, scope_id)
    rows = service.rows_of(session, where.assessment)
    return Place(where, scope, rows.get(scope.id), _held(rows, scope))


def _held(rows: dict[str, Pic], scope: Scope) -> service.InCharge | None:
    if scope.item is not None:
        return service.in_charge(rows, scope.item)
    levels = [("sub", scope.sub_id), ("area", scope.area_id)] if scope.level == "sub" else []
    for level, scope_id in levels or [("area", scope.area_id)]:
        row = rows.get(scope_id)
        if row is not None and (row.person_id or row.deputy_id):
            return service.InCharge(row, level)
    return None


def _locked(turn: Turn, assessment_id: int, scope_id: str) -> Place:
    """As `place`, for a change: the LKE's row orders all who change its PICs, for a first row has no lock."""
    where = checklist.current(turn)
    if where.id != assessment_id:
        raise Outdated(
            "Tombol ini dari LKE unit atau tahun lain, jadi belum ada yang diubah. "
            f"Yang sedang terbuka: {fmt.cut(where.unit.name, 60)}, {where.assessment.year}.",
            next=routes.LKE(),
        )
    lock(turn.session, assessment_id)
    return _placed(turn.session, where, scope_id)


def lock(session: Session, assessment_id: int) -> None:
    """Hold the PICs of an assessment until the transaction ends; what was read of them before is re-read."""
    # Without the key: whoever answers an item meanwhile refers to this row and need not wait.
    query = select(Assessment.id).where(Assessment.id == assessment_id).with_for_update(key_share=True)
    session.exec(query).one()
    session.exec(
        select(Pic).where(Pic.assessment_id == assessment_id).execution_options(populate_existing=True)
    ).all()


# changes -------------------------------------------------------------------------------------------


def assign(
    turn: Turn, assessment_id: int, scope_id: str, part: int, person_id: int, seen: int
) -> Person | None:
    """Make a person PIC or deputy (0: nobody) of a scope whose row the actor saw at revision `seen`.

    Who took an item for themselves may give it back; all else is for those who may assign. Without a PIC
    there is no deputy. Raises NotAllowed, Outdated, Missing, BadInput.
    """
    at = _locked(turn, assessment_id, scope_id)
    if not (person_id == 0 and part != DEPUTY and _took_it(turn, at)):
        policy.require(turn.actor, "assign", at.current.unit, at.scope.area_id)
    again = routes.PIC(scope_id, part, 0)
    if part not in {IN_CHARGE, DEPUTY, FROM_LIST}:
        raise Missing("Pilihan ini tidak tersedia.", next=routes.PIC(scope_id, IN_CHARGE, 0))
    wanted = _eligible(turn, at, person_id, again)
    before = (at.row.person_id, at.row.deputy_id) if at.row is not None else (None, None)
    after = _after(at, part, person_id or None, again)
    if before == after:
        return wanted
    if at.revision != seen:
        raise Outdated("PIC bagian ini baru saja diubah. Ini keadaan terbaru.", next=again)
    _write(turn, at, after)
    return wanted


def _took_it(turn: Turn, at: Place) -> bool:
    me = turn.actor.person_id
    row = at.row
    return row is not None and at.scope.level == "item" and row.person_id == me and row.set_by == me


def _eligible(turn: Turn, at: Place, person_id: int, again: Action) -> Person | None:
    if person_id == 0:
        return None
    for each in candidates.team(turn.session, at.current.unit, turn.now):
        if each.id == person_id:
            return each.person
    raise Missing("Orang ini sudah tidak di tim unit. Silakan pilih yang lain.", next=again)


def _after(at: Place, part: int, person_id: int | None, again: Action) -> tuple[int | None, int | None]:
    """Who is in charge and who stands in after the change."""
    own = at.row.person_id if at.row is not None else None
    deputy = at.row.deputy_id if at.row is not None else None
    if part != DEPUTY:
        if person_id is None:
            return None, None
        return person_id, None if deputy == person_id else deputy
    if person_id is None:
        return own, None
    inherited = at.held.row.person_id if at.held is not None else None
    leading = own or inherited
    if leading is None:
        raise BadInput("Tunjuk PIC-nya dahulu, baru wakilnya.", next=routes.PIC(at.scope.id, IN_CHARGE, 0))
    if leading == person_id:
        raise BadInput("Orang ini sudah menjadi PIC-nya. Pilih orang lain sebagai wakil.", next=again)
    return leading, person_id


def take(turn: Turn, assessment_id: int, item_id: str) -> bool:
    """Take an item without PIC for oneself. False when it is the actor's already.

    Raises NotAllowed outside one's own area, Outdated when somebody else is in charge of it meanwhile.
    """
    at = _locked(turn, assessment_id, item_id)
    if at.scope.item is None:
        raise Missing("Bagian ini tidak ada dalam LKE unit Anda.", next=routes.LKE())
    me, unit = turn.actor.person_id, at.current.unit
    if not service.may_take(turn, unit, at.scope.area_id):
        raise NotAllowed(policy.REFUSED["answer"], next=routes.LKE_ITEM(item_id))
    if at.held is not None:
        if me in at.held.person_ids:
            return False
        who = turn.session.get(Person, at.held.row.person_id or at.held.row.deputy_id)
        raise Outdated(
            f"Indikator ini baru saja ada PIC-nya: {fmt.cut(who.name, 60) if who else 'anggota lain'}. "
            "Silakan pilih yang lain.",
            next=routes.LKE_ITEM(item_id),
            unit_id=unit.id,
        )
    _write(turn, at, (me, None))
    return True


def _write(turn: Turn, at: Place, after: tuple[int | None, int | None]) -> None:
    row = at.row
    if row is None:
        row = Pic(assessment_id=at.current.id, scope=at.scope.id, set_at=turn.now)
    before = (row.person_id, row.deputy_id)
    change(turn, at.current.unit, row, after)
    tell(
        turn, at.current.unit, at.current.assessment, [p for p in after if p is not None and p not in before]
    )


def change(
    turn: Turn,
    unit: Unit,
    row: Pic,
    after: tuple[int | None, int | None],
    by: int | None = None,
    **more: int,
) -> None:
    """Write a row with its history. The caller holds the assessment (`lock`) and has asked the policy.

    `by` is whoever decided it, where that is not the actor; `more` are further facts for the history.
    """
    before = {"person": row.person_id, "deputy": row.deputy_id}
    row.person_id, row.deputy_id = after
    row.set_by, row.set_at = by or turn.actor.person_id, turn.now
    turn.session.add(row)
    turn.session.flush()
    facts: dict[str, Any] = {"person": after[0], "deputy": after[1], "rev": row.revision, **more}
    turn.session.add(
        AnswerChange(
            assessment_id=row.assessment_id,
            item_id=row.scope,
            person_id=turn.actor.person_id,
            at=turn.now,
            kind=service.KIND,
            before=before if any(before.values()) else None,
            after=facts,
        )
    )
    subject = f"{row.assessment_id}/{row.scope}"
    audit.record(turn, "lke.pic", subject, unit.id, person=after[0], deputy=after[1], revision=row.revision)


def held_rows(session: Session, unit: Unit, person_id: int) -> list[tuple[Assessment, Pic]]:
    """The rows in which the person stands, in the unit's open assessments, in order of scope."""
    return list(
        session.exec(
            select(Assessment, Pic)
            .join(Pic, col(Pic.assessment_id) == col(Assessment.id))
            .where(
                col(Assessment.unit_id) == unit.id,
                col(Assessment.side) == UNIT_SIDE,
                col(Assessment.closed_at).is_(None),
                (col(Pic.person_id) == person_id) | (col(Pic.deputy_id) == person_id),
            )
            .order_by(col(Pic.assessment_id), col(Pic.scope))
        ).all()
    )


def release(turn: Turn, unit: Unit, person_id: int) -> int:
    """Take somebody who has left the unit out of every row; their deputies step up. Returns how many."""
    count = 0
    for assessment_id in sorted({a.id or 0 for a, _ in held_rows(turn.session, unit, person_id)}):
        lock(turn.session, assessment_id)
    for _, row in held_rows(turn.session, unit, person_id):
        deputy = None if row.deputy_id == person_id else row.deputy_id
        after = (deputy, None) if row.person_id == person_id else (row.person_id, None)
        change(turn, unit, row, after)
        count += 1
    return count


def release_if_gone(turn: Turn, unit: Unit, person_id: int) -> None:
    """As `release`, when the person does not work in the unit any more."""
    if all(each.id != person_id for each in candidates.team(turn.session, unit, turn.now)):
        release(turn, unit, person_id)


def release_everywhere(turn: Turn, person_id: int) -> None:
    """As `release`, in every unit: the person's data are deleted."""
    found = turn.session.exec(
        select(Unit)
        .join(Assessment, col(Assessment.unit_id) == col(Unit.id))
        .join(Pic, col(Pic.assessment_id) == col(Assessment.id))
        .where((col(Pic.person_id) == person_id) | (col(Pic.deputy_id) == person_id))
        .order_by(col(Unit.id))
    ).all()
    for unit in dict.fromkeys(found):
        release(turn, unit, person_id)


# telling -------------------------------------------------------------------------------------------


def tell(turn: Turn, unit: Unit, assessment: Assessment, person_ids: list[int]) -> None:
    """Let those who were named by somebody else know: one message a day, which further names extend."""
    day = int(f"{fmt.local(turn.now, unit.zone).date():%Y%m%d}")
    for person_id in person_ids:
        person = turn.session.get(Person, person_id)
        if person is None or person.telegram_id is None or person_id == turn.actor.person_id:
            continue
        prefix = f"pic:{assessment.id}:{person_id}:{day}:"
        last = turn.session.exec(
            select(Outbox)
            .where(col(Outbox.key).startswith(prefix, autoescape=True))
            .order_by(col(Outbox.id).desc())
            .limit(1)
        ).first()
        if last is not None and last.state == "waiting":
            continue  # it is rendered when it goes out, with everything of that moment
        message = outbox.Message(
            key=f"{prefix}{last.id if last is not None else 0}",
            chat_id=person.telegram_id,
            person_id=person_id,
            action=routes.PIC_TOLD(assessment.id or 0, day),
            edit_message_id=last.message_id if last is not None and last.state == "sent" else None,
        )
        outbox.add(turn.session, [message], turn.now)


def named_on(session: Session, assessment: Assessment, zone: str, day: int, person_id: int) -> list[Pic]:
    """The rows that name the person and were set by somebody else that day (yyyymmdd, in the zone)."""
    found = session.exec(
        select(Pic)
        .where(
            Pic.assessment_id == assessment.id,
            (col(Pic.person_id) == person_id) | (col(Pic.deputy_id) == person_id),
            col(Pic.set_by).is_distinct_from(person_id),
        )
        .order_by(col(Pic.scope))
    ).all()
    return [row for row in found if _day(row.set_at, zone) == day]


def _day(at: datetime, zone: str) -> int:
    return int(f"{fmt.local(at.astimezone(UTC), zone).date():%Y%m%d}")
