"""Who looks at an item as its second pair of eyes, and whether that may be one of those who filled it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from flows import audit, people, policy, routes
from flows.errors import Missing
from flows.models import Agency, Answer, ItemWork, Membership, Person, Unit
from flows.policy import Actor, can
from flows.turn import Turn

AUTO, YES, NO = "auto", "yes", "no"
RULES = (AUTO, YES, NO)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who may review in an area; `leads`: as the ketua of that very pokja."""

    person: Person
    leads: bool

    @property
    def id(self) -> int:
        """Id of the person."""
        assert self.person.id is not None
        return self.person.id


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody of a unit with their present roles, and the agency's rule on one's own work."""

    unit: Unit
    rule: str
    members: tuple[Actor, ...]

    def reviewers(self, area: str) -> list[Reviewer]:
        """Who may review in this area, its own ketua first."""
        found = [
            Reviewer(actor.person, _leads(actor, area))
            for actor in self.members
            if actor.person is not None and can(actor, "review", self.unit, area)
        ]
        return sorted(found, key=lambda each: (not each.leads, each.id))

    def may_decide(self, person_id: int, authors: frozenset[int], area: str) -> bool:
        """Whether the rule lets this reviewer decide on what `authors` have filled in or sent.

        "auto" lets an author decide only where every reviewer of the area is an author too.
        """
        if person_id not in authors or self.rule == YES:
            return True
        if self.rule == NO:
            return False
        return all(each.id in authors for each in self.reviewers(area))


def _leads(actor: Actor, area: str) -> bool:
    return any(m.role == "ketua" and m.area == area for m in actor.memberships)


def team_of(turn: Turn, unit: Unit) -> Team:
    """The unit's people. Two queries."""
    agency = turn.session.get_one(Agency, unit.agency_id)
    return Team(unit, agency.own_review, tuple(_members(turn.session, unit, turn.now)))


def _members(session: Session, unit: Unit, now: datetime) -> Iterable[Actor]:
    found = session.exec(
        select(Membership, Person)
        .where(
            Membership.person_id == Person.id,
            Membership.unit_id == unit.id,
            people.active(now),
            col(Person.deleted_at).is_(None),
        )
        .order_by(col(Membership.id))
    ).all()
    persons: dict[int, Person] = {}
    held: dict[int, list[Membership]] = {}
    for membership, person in found:
        persons[membership.person_id] = person
        held.setdefault(membership.person_id, []).append(membership)
    return [Actor(persons[person_id], tuple(roles)) for person_id, roles in held.items()]


def authors_of(work: ItemWork | None, answer: Answer | None) -> frozenset[int]:
    """Who has sent an item, given its answer or written its Penjelasan."""
    ids = {work.sent_by if work is not None else None}
    if answer is not None:
        ids |= {answer.answered_by, answer.note_by if answer.note else None}
    return frozenset(person_id for person_id in ids if person_id is not None)


def to_tell(team: Team, authors: frozenset[int], area: str, sender_id: int) -> list[Person]:
    """Who is written to about an item that was sent: the ketua of its pokja, else the coordinators."""
    able = [
        each
        for each in team.reviewers(area)
        if each.id != sender_id
        and each.person.telegram_id is not None
        and team.may_decide(each.id, authors, area)
    ]
    leading = [each for each in able if each.leads]
    return [each.person for each in leading or able]


def set_rule(turn: Turn, agency_id: int, rule: str) -> bool:
    """Whether reviewers may approve their own work; True when it changed. Raises NotAllowed, Missing."""
    policy.require_admin(turn.actor, agency_id)
    agency = turn.session.get(Agency, agency_id)
    if agency is None or rule not in RULES:
        raise Missing("Pilihan itu tidak dikenal. Ini keadaan terbaru.", next=routes.ADMIN())
    if agency.own_review == rule:
        return False
    agency.own_review = rule
    turn.session.add(agency)
    audit.record(turn, "agency.own_review", str(agency_id), rule=rule)
    return True
