"""The unit's group in private: settings, linking from a claim, topics, what coordinators are told."""

from sqlmodel import col, func, select

from flows import audit, fmt, policy, routes
from flows.errors import Missing
from flows.groups import handlers_group, linking, screens, standing, tick, topics
from flows.groups.service import MUTED, REMOVED, linked, of_chat
from flows.groups.texts import private as texts
from flows.models import Agency, GroupClaim, LinkedGroup, Person, Unit
from flows.registration.private import privately
from flows.routes import handles
from flows.schedule import service as schedule
from flows.screen import Gone, Goto, Screen
from flows.turn import Turn
from knowledge.instrument import Area

PARTS = (handlers_group, tick)


def _areas(turn: Turn) -> tuple[Area, ...]:
    return tuple(turn.library.instrument().areas)


# looking ---------------------------------------------------------------------------------------------


@handles(routes.GROUP)
@privately
def mine(turn: Turn) -> Screen | Goto:
    """The open unit's group; an admin without a unit sees those of the agency."""
    unit = turn.open_unit
    if unit is None and policy.admin_agencies(turn.actor):
        return Goto(routes.GROUPS(0))
    return _show(turn, turn.unit)


@handles(routes.GROUP_OF)
@privately
def of_unit(turn: Turn, unit_id: int) -> Screen:
    """A named unit's group: its coordinator opens the unit with it, an admin only looks."""
    unit = turn.unit_by_id(unit_id)
    if policy.can(turn.actor, "group", unit):
        schedule.open_unit(turn, unit_id)
    return _show(turn, unit)


def _show(turn: Turn, unit: Unit) -> Screen:
    policy.require(turn.actor, "view", unit)
    may_set = policy.can(turn.actor, "group", unit)
    group = linked(turn.session, unit.id or 0)
    if group is None:
        return screens.none(unit, may_set, turn.bot_username)
    by = turn.session.get(Person, group.linked_by) if group.linked_by else None
    known, chosen = topics.known(turn, group), topics.places(turn, group)
    named = {area.id: f"Area {area.no}" for area in _areas(turn)} | {"": "Rekap, papan, dan lainnya"}
    places = [(named[a], texts.topic(known, t)) for a, t in sorted(chosen.items()) if a in named]
    return screens.group(
        unit,
        group,
        by.name if by is not None and by.deleted_at is None else "",
        places,
        may_set=may_set,
        oversees=unit.agency_id in policy.admin_agencies(turn.actor),
        bot_username=turn.bot_username,
    )


@handles(routes.GROUPS)
@privately
def of_agency(turn: Turn, page: int) -> Screen:
    """Every linked group of the admin's agency."""
    agencies = policy.admin_agencies(turn.actor)
    policy.require_admin(turn.actor, agencies[0] if agencies else 0)
    query = select(Unit, LinkedGroup).where(
        LinkedGroup.unit_id == Unit.id, col(Unit.agency_id).in_(agencies), col(Unit.archived_at).is_(None)
    )
    total = turn.session.exec(select(func.count()).select_from(query.subquery())).one()
    page = min(max(0, page), max(0, (total - 1) // screens.PAGE))
    found = turn.session.exec(
        query.order_by(col(Unit.name), col(Unit.id)).limit(screens.PAGE).offset(page * screens.PAGE)
    ).all()
    agency = turn.session.get(Agency, agencies[0])
    return screens.groups(agency.name if agency is not None else "", list(found), total, page)


@handles(routes.GROUP_SAMPLE)
@privately
def sample(turn: Turn, group_id: int) -> Screen:
    """The weekly summary as it would be now."""
    group, unit = linking.owned(turn, group_id)
    day = fmt.local(turn.now, unit.zone).date()
    text = handlers_group.recap_text(turn, group, unit, "", day)
    return screens.sample(text or texts.NO_LKE, unit, group.id if text else None)


@handles(routes.GROUP_COPY)
@privately
def copy(turn: Turn, group_id: int, area_id: str) -> Screen:
    """The weekly summary, or an area's part, as plain text: for everybody of the unit."""
    group = turn.session.get(LinkedGroup, group_id)
    unit = turn.session.get(Unit, group.unit_id) if group is not None else None
    if group is None or unit is None or not policy.can(turn.actor, "view", unit):
        raise Missing(texts.GONE, next=routes.HOME())
    text = handlers_group.recap_text(turn, group, unit, area_id, fmt.local(turn.now, unit.zone).date())
    return screens.copy(text or texts.NO_LKE, unit)


# setting ---------------------------------------------------------------------------------------------


@handles(routes.GROUP_SWITCH)
@privately
def switch(turn: Turn, group_id: int, what: str, on: int, revision: int) -> Goto:
    """Turn the summary, the score or the scoreboard on or off."""
    group, unit = linking.owned(turn, group_id, revision)
    match what:
        case "rekap":
            group.recap = bool(on)
        case "nilai":
            group.scores = bool(on)
            group.board_day, group.board_at = None, turn.now
        case "papan":
            group.board = bool(on)
            if on:
                standing.new_board(turn.session, group, turn.now)
        case _:
            raise Missing(texts.OUTDATED, next=routes.GROUP_OF(group.unit_id))
    turn.session.add(group)
    audit.record(turn, "group.set", str(group_id), unit_id=unit.id, what=what, on=bool(on))
    return Goto(routes.GROUP_OF(group.unit_id), texts.SAVED)


@handles(routes.GROUP_AGAIN)
@privately
def again(turn: Turn, group_id: int, revision: int) -> Goto:
    """A new scoreboard, also as a try whether the bot may write there again."""
    group, unit = linking.owned(turn, group_id, revision)
    group.board = True
    standing.new_board(turn.session, group, turn.now)
    audit.record(turn, "group.again", str(group_id), unit_id=unit.id)
    return Goto(routes.GROUP_OF(group.unit_id), texts.TRYING)


@handles(routes.GROUP_UNLINK_ASK)
@privately
def unlink_ask(turn: Turn, group_id: int) -> Screen:
    """Before the link is ended."""
    group, unit = linking.owned(turn, group_id)
    return screens.unlink_ask(unit, group)


@handles(routes.GROUP_UNLINK)
@privately
def unlink(turn: Turn, group_id: int, revision: int) -> Goto:
    """End the link."""
    group, _ = linking.owned(turn, group_id, revision)
    unit_id = group.unit_id
    linking.end(turn, group)
    return Goto(routes.GROUP_OF(unit_id), texts.UNLINKED)


# linking ---------------------------------------------------------------------------------------------


@handles(routes.GROUP_CLAIM)
@privately
def choose(turn: Turn, claim_id: int) -> Screen | Goto:
    """For which unit? Asked only where there are several."""
    claim = linking.claimed(turn, claim_id)
    units = linking.units_of(turn)
    if len(units) == 1:
        return Goto(routes.GROUP_LINK_ASK(claim_id, units[0].id or 0))
    if not units:
        raise Missing(texts.CLAIM_GONE)
    return screens.choose_unit(claim_id, claim.title, units)


@handles(routes.GROUP_LINK_ASK)
@privately
def link_ask(turn: Turn, claim_id: int, unit_id: int) -> Screen | Goto:
    """What linking would change."""
    claim, unit = _wanted(turn, claim_id, unit_id)
    here = linking.may_take(turn, claim.chat_id, unit)
    if here is not None and here.unit_id == unit_id:
        return Goto(routes.GROUP_OF(unit_id))
    old = linked(turn.session, unit_id)
    other = turn.session.get(Unit, here.unit_id) if here is not None else None
    return screens.link_ask(claim_id, unit, claim.title, old, other)


@handles(routes.GROUP_LINK)
@privately
def link(turn: Turn, claim_id: int, unit_id: int) -> Goto:
    """Link the claimed chat; the group hears of it as well. Tapped twice it is done once."""
    claim, unit = _wanted(turn, claim_id, unit_id)
    before = of_chat(turn.session, claim.chat_id)
    if before is None or before.unit_id != unit_id:
        moving = linked(turn.session, unit_id) is not None
        group = linking.link(turn, unit, claim.chat_id, claim.title)
        handlers_group.say_hello(turn, group)
        return Goto(routes.GROUP_OF(unit_id), texts.MOVED_NOW if moving else texts.LINKED_NOW)
    return Goto(routes.GROUP_OF(unit_id))


def _wanted(turn: Turn, claim_id: int, unit_id: int) -> tuple[GroupClaim, Unit]:
    claim = linking.claimed(turn, claim_id)
    unit = turn.unit_by_id(unit_id)
    policy.require(turn.actor, "group", unit)
    return claim, unit


# topics ----------------------------------------------------------------------------------------------


@handles(routes.GROUP_PLACES)
@privately
def places(turn: Turn, group_id: int) -> Screen:
    """Which area goes to which topic."""
    group, unit = linking.owned(turn, group_id)
    return screens.places(unit, group, topics.known(turn, group), topics.places(turn, group), _areas(turn))


@handles(routes.GROUP_PLACE)
@privately
def place(turn: Turn, group_id: int, area_id: str) -> Screen:
    """Choose the topic of an area."""
    group, _ = linking.owned(turn, group_id)
    area = _area(turn, area_id)
    return screens.choose_topic(group, area_id, area, topics.known(turn, group))


@handles(routes.GROUP_PLACE_SET)
@privately
def place_set(turn: Turn, group_id: int, area_id: str, thread_id: int) -> Goto:
    """Put an area's news into a topic that the bot knows, or back into the general one."""
    group, _ = linking.owned(turn, group_id)
    _area(turn, area_id)
    if thread_id and thread_id not in topics.known(turn, group):
        raise Missing(texts.OUTDATED, next=routes.GROUP_PLACES(group_id))
    topics.put(turn, group, area_id, thread_id or None)
    if area_id == topics.ELSE:  # the scoreboard moves along
        standing.new_board(turn.session, group, turn.now)
    return Goto(routes.GROUP_PLACES(group_id), texts.SAVED)


def _area(turn: Turn, area_id: str) -> Area | None:
    if not area_id:
        return None
    found = next((each for each in _areas(turn) if each.id == area_id), None)
    if found is None:
        raise Missing(texts.OUTDATED)
    return found


# what coordinators are told --------------------------------------------------------------------------


@handles(routes.GROUP_TOLD)
@privately
def told(turn: Turn, group_id: int, what: str, change: int) -> Screen | Gone:
    """News of the group for a coordinator, as long as they are true."""
    group = turn.session.get(LinkedGroup, group_id)
    unit = turn.session.get(Unit, group.unit_id) if group is not None else None
    if group is None or unit is None or not policy.can(turn.actor, "group", unit):
        return Gone()
    if what == standing.LINKED:
        return screens.told(texts.told_linked(unit, group), unit)
    if group.changes != change:
        return Gone()
    if what == standing.GONE and group.state == REMOVED:
        return screens.told(texts.told_problem(unit, group, REMOVED), unit)
    if what == standing.SILENT and group.state == MUTED:
        return screens.told(texts.told_problem(unit, group, MUTED), unit)
    if what == standing.UNPINNED and not group.board_pinned:
        return screens.told(texts.told_unpinned(unit, group), unit)
    return Gone()
