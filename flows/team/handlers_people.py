"""Stand-ins, people without Telegram, personal links."""

from datetime import date, datetime

from flows import policy, routes
from flows.models import Invite, Unit
from flows.people import role_day
from flows.registration import binding
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Gone, Goto, NotMine, Screen
from flows.team import invites, names, refusals, screens, screens_stand_in, service, stand_ins, texts
from flows.team.stand_ins import Wish
from flows.turn import Turn


def _leading(turn: Turn) -> Unit:
    unit = turn.unit
    policy.require(turn.actor, "team", unit)
    return unit


def _area(turn: Turn, area_id: str | None) -> str:
    area = service.areas(turn.library).get(area_id or "")
    return texts.pokja(area.no, area.name) if area is not None else ""


# stand-ins -----------------------------------------------------------------------------------------


def _wish(turn: Turn, unit: Unit, role: str, area: str, person_id: int, kind: str) -> tuple[Wish, str, str]:
    """What is wanted, the person's name, and the role as it is said."""
    wanted = stand_ins.wish(turn, unit, role, area, person_id, kind)
    name = wanted.person.name if wanted.person is not None else texts.SOMEBODY
    return wanted, name, texts.role_at(role, _area(turn, area), kind)


@handles(routes.STAND_IN)
@privately
def which_role(turn: Turn) -> Screen:
    """Which role needs a stand-in."""
    return screens_stand_in.which_role(_leading(turn).name)


@handles(routes.STAND_IN_AREA)
@privately
def which_area(turn: Turn, role: str) -> Screen | Goto:
    """Of which pokja."""
    _leading(turn)
    if role != "ketua":
        return Goto(routes.STAND_IN())
    return screens_stand_in.which_area(role, list(service.areas(turn.library).values()))


@handles(routes.STAND_IN_WHO)
@privately
def who(turn: Turn, role: str, area: str, page: int) -> Screen:
    """Choose the person."""
    unit = _leading(turn)
    stand_ins.wish(turn, unit, role, area, 0, stand_ins.KINDS[0])
    found = stand_ins.candidates(turn, unit, role, area)
    page = min(max(0, page), max(0, (len(found) - 1) // service.PAGE))
    return screens_stand_in.who(role, area, texts.role_at(role, _area(turn, area)), found, page)


@handles(routes.STAND_IN_KIND)
@privately
def kind(turn: Turn, role: str, area: str, person_id: int) -> Screen:
    """Plt or Plh."""
    _, name, _ = _wish(turn, _leading(turn), role, area, person_id, stand_ins.KINDS[0])
    return screens_stand_in.kind(role, area, person_id, name, texts.role_at(role, _area(turn, area)))


@handles(routes.STAND_IN_DAYS)
@privately
def days(turn: Turn, role: str, area: str, person_id: int, kind: str) -> Screen:
    """Prompt for the days."""
    wanted, name, said = _wish(turn, _leading(turn), role, area, person_id, kind)
    return screens_stand_in.days(wanted, name, said)


@handles(routes.STAND_IN_TYPED)
@privately
def days_typed(turn: Turn, role: str, area: str, person_id: int, kind: str) -> Screen | Goto | NotMine:
    """The typed days, shown in full before they are noted."""
    if turn.library.looks_like_question(turn.event.text):
        return NotMine()
    unit = _leading(turn)
    again = routes.STAND_IN_DAYS(role, area, person_id, kind)
    first, last = stand_ins.read_days(turn.event.text, role_day(turn.now), again)
    first_day, last_day = screens_stand_in.packed_day(first), screens_stand_in.packed_day(last)
    return Goto(routes.STAND_IN_CHECK(unit.id or 0, role, area, person_id, kind, first_day, last_day))


def _days(first: int, last: int) -> tuple[date, date]:
    try:
        read = [datetime.strptime(f"{day:06d}", "%y%m%d").date() for day in (first, last)]  # noqa: DTZ007
    except ValueError:
        raise refusals.stand_in_choice() from None
    return read[0], read[1]


@handles(routes.STAND_IN_CHECK)
@privately
def check(
    turn: Turn, unit_id: int, role: str, area: str, person_id: int, kind: str, first: int, last: int
) -> Screen:
    """Before it is noted."""
    wanted, name, said = _wish(turn, turn.unit_by_id(unit_id), role, area, person_id, kind)
    return screens_stand_in.check(wanted, name, said, *_days(first, last))


@handles(routes.STAND_IN_MAKE)
@privately
def make(
    turn: Turn, unit_id: int, role: str, area: str, person_id: int, kind: str, first: int, last: int
) -> Goto:
    """Note it, or make the link for somebody from outside the team."""
    wanted, _, _ = _wish(turn, turn.unit_by_id(unit_id), role, area, person_id, kind)
    made = stand_ins.make(turn, wanted, *_days(first, last))
    if isinstance(made, Invite):
        return Goto(routes.INVITE_SHOW(made.id or 0))
    return Goto(routes.TEAM(), texts.STOOD_IN)


@handles(routes.STAND_IN_TOLD)
@privately
def told(turn: Turn, membership_id: int) -> Screen | Gone:
    """The stand-in hears of it."""
    found = stand_ins.told(turn, membership_id)
    if found is None:
        return Gone()
    held, unit = found
    assert held.starts_on is not None
    assert held.ends_on is not None
    said = texts.role_at(held.role, _area(turn, held.area), held.acting)
    return screens_stand_in.told(texts.stand_in_told(said, unit.name, held.starts_on, held.ends_on))


# people without Telegram ---------------------------------------------------------------------------


@handles(routes.NAMES_AREA)
@privately
def names_area(turn: Turn) -> Screen:
    """Of which area."""
    _leading(turn)
    return screens.names_area(list(service.areas(turn.library).values()))


@handles(routes.NAMES)
@privately
def names_prompt(turn: Turn, area: str) -> Screen:
    """Prompt for names, one a line."""
    _leading(turn)
    if area and area not in service.areas(turn.library):
        raise refusals.role_unknown()
    said = _area(turn, area) or texts.ALL_AREAS.lower()
    return screens.names(area, texts.names(said, names.MOST))


@handles(routes.NAMES_SAVE)
@privately
def names_save(turn: Turn, area: str) -> Goto:
    """The typed names."""
    added = names.add(turn, turn.unit, area, turn.event.text)
    return Goto(routes.TEAM(), texts.names_added(added.new, added.known))


# personal links ------------------------------------------------------------------------------------


@handles(routes.ACCOUNT)
@privately
def account(turn: Turn, membership_id: int) -> Screen:
    """Before a personal link is made."""
    member, unit = service.find_member(turn, membership_id)
    if not binding.may_vouch(turn.session, turn.actor, member.person.id or 0, turn.now):
        raise refusals.not_yours_to_vouch(member.person.name)
    text = texts.account(member.person.name, unit.name, member.person.telegram_id is not None)
    return screens.account(text, membership_id)


@handles(routes.ACCOUNT_LINK)
@privately
def account_link(turn: Turn, membership_id: int) -> Goto:
    """Make the link."""
    member, unit = service.find_member(turn, membership_id)
    invite = invites.make_personal(turn, member, unit)
    return Goto(routes.INVITE_SHOW(invite.id or 0))
