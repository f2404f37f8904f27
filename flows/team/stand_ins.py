"""Stand-ins (Plt, Plh): a role for named days, given by whoever may give the role itself."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from flows import audit, outbox, policy, routes
from flows.models import Invite, Membership, Person, Unit
from flows.people import present, role_day
from flows.registration import people
from flows.routes import Action
from flows.team import invites, refusals, service
from flows.turn import Turn
from knowledge.dates import Problem, parse_date

ROLES = ("pimpinan", "koordinator", "sekretaris", "ketua")
KINDS = ("Plt", "Plh")
MOST_DAYS = 366
_BETWEEN = re.compile(r"\s*(?:\bsampai\b(?: dengan\b)?|\bs\.? ?d\.?(?=\s)|\bhingga\b|\s[-–—]\s)\s*")
_BARE_DAY = re.compile(r"(?:tgl\.? |tanggal |mulai |dari )*(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Wish:
    """Who shall stand in for what. Without `person_id` it is whoever opens the link."""

    unit: Unit
    role: str
    area: str | None
    person: Person | None
    kind: str


def wish(turn: Turn, unit: Unit, role: str, area: str, person_id: int, kind: str) -> Wish:
    """What the buttons say, checked. Raises NotAllowed, Missing."""
    policy.require(turn.actor, "team", unit)
    if role not in ROLES or kind not in KINDS:
        raise refusals.stand_in_choice()
    policy.require_give(turn.actor, role, unit)
    if (role == "ketua") != bool(area) or (area and area not in service.areas(turn.library)):
        raise refusals.stand_in_choice()
    if unit.archived_at is not None:
        raise refusals.unit_archived(unit.id)
    person = _member(turn, unit, person_id, role, area or None) if person_id else None
    return Wish(unit, role, area or None, person, kind)


def _member(turn: Turn, unit: Unit, person_id: int, role: str, area: str | None) -> Person:
    """Somebody of the unit's own people with an account, who does not hold the role already."""
    person = turn.session.get(Person, person_id)
    held = turn.session.exec(
        select(Membership).where(
            Membership.person_id == person_id, Membership.unit_id == unit.id, present(turn.now)
        )
    ).all()
    if person is None or not held:
        raise refusals.member_missing(person_id)
    if person.telegram_id is None or any(m.role not in policy.UNIT_SIDE_ROLES for m in held):
        raise refusals.stand_in_person(person.name)
    if any(m.role == role and m.acting is None and m.area in {None, area} for m in held):
        raise refusals.stand_in_holds(person.name)
    return person


def candidates(turn: Turn, unit: Unit, role: str, area: str) -> list[Person]:
    """Who could stand in: the unit's own people with an account who do not hold the role, by name."""
    found = service.members(turn.session, unit, turn.library, turn.now)
    known = {m.person.id: m.person for m in found if m.person.telegram_id is not None}
    out = {m.person.id for m in found if m.membership.role not in policy.UNIT_SIDE_ROLES}
    out |= {
        m.person.id
        for m in found
        if m.membership.role == role
        and m.membership.acting is None
        and m.membership.area in {None, area or None}
    }
    return sorted((p for i, p in known.items() if i not in out), key=lambda p: (p.name.casefold(), p.id))


def read_days(text: str, today: date, again: Action) -> tuple[date, date]:
    """The first and the last day in a typed text. Raises BadInput, leading to `again`."""
    parts = [p for p in _BETWEEN.split(f" {text.strip().lower()} ") if p.strip()]
    if len(parts) == 1 and re.match(r"\s*(?:sampai|s\.?d|hingga)\b", text.strip().lower()):
        parts = ["hari ini", parts[0]]
    if len(parts) != 2:
        raise refusals.days_unread(again)
    first_text, last_text = (p.strip() for p in parts)
    bare = _BARE_DAY.fullmatch(first_text)
    if bare is not None:  # "1 sampai 28 februari": the month is named once
        first_text = re.sub(r"^\D*\d{1,2}", bare.group(1), last_text)
    first = _day(first_text, today, again)
    last = _day(last_text, first, again)
    if last < first:
        raise refusals.days_turned(first, last, again)
    if (last - first) >= timedelta(days=MOST_DAYS):
        raise refusals.days_long(MOST_DAYS, again)
    return first, last


def _day(text: str, today: date, again: Action) -> date:
    found = parse_date(text, today)
    if found is None:
        raise refusals.days_unread(again)
    if isinstance(found, Problem):
        raise refusals.days_wrong(found.sentence, again)
    return found.day


def make(turn: Turn, wanted: Wish, first: date, last: date) -> Membership | Invite:
    """Give the role for these days, or make the link that will. Doing it twice changes nothing.

    Raises BadInput for days that are over or too long, NotAllowed for somebody who judges the unit.
    """
    again = routes.STAND_IN()
    if last < first or last < role_day(turn.now):
        raise refusals.days_turned(first, last, again)
    if (last - first) >= timedelta(days=MOST_DAYS):
        raise refusals.days_long(MOST_DAYS, again)
    unit, person = wanted.unit, wanted.person
    if person is None:
        return invites.make_stand_in(turn, unit, wanted.role, wanted.area, wanted.kind, first, last)
    assert person.id is not None
    offer = Invite(
        agency_id=unit.agency_id,
        unit_id=unit.id,
        role=wanted.role,
        area=wanted.area,
        acting=wanted.kind,
        starts_on=first,
        ends_on=last,
        created_at=turn.now,
        expires_at=turn.now,
    )
    if people.on_the_other_side(turn.session, person.id, offer, turn.now):
        raise refusals.stand_in_person(person.name)
    known = people.standing(turn.session, person.id, offer, turn.now)
    if known is not None:
        return known
    given = people.enrol(turn, person.id, offer)
    audit.record(
        turn,
        "stand_in",
        f"member:{given.id}",
        unit.id,
        role=wanted.role,
        area=wanted.area,
        acting=wanted.kind,
        first=first.isoformat(),
        last=last.isoformat(),
    )
    _tell(turn, given, person)
    return given


def _tell(turn: Turn, given: Membership, person: Person) -> None:
    if person.telegram_id is None or given.id is None or person.id == turn.actor.person_id:
        return
    news = outbox.Message(
        key=f"plt:{given.id}",
        chat_id=person.telegram_id,
        person_id=person.id,
        action=routes.STAND_IN_TOLD(given.id),
    )
    outbox.add(turn.session, [news], turn.now)


def told(turn: Turn, membership_id: int) -> tuple[Membership, Unit] | None:
    """A stand-in's own appointment, as long as it stands."""
    person = turn.actor.person
    if person is None:
        return None
    held = turn.session.exec(
        select(Membership).where(
            Membership.id == membership_id,
            Membership.person_id == person.id,
            col(Membership.acting).is_not(None),
            present(turn.now),
        )
    ).first()
    unit = turn.session.get(Unit, held.unit_id) if held is not None and held.unit_id is not None else None
    return (held, unit) if held is not None and unit is not None else None
