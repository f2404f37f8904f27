"""The team's list, its members, its invitations."""

from flows import fmt, policy, routes
from flows.checklist import service as checklist
from flows.errors import Missing
from flows.models import Agency, Invite, Unit
from flows.pic import service as pic
from flows.registration import binding, joins
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Goto, Screen
from flows.slips import service as slips
from flows.team import handlers_people, invites, pictures, screens, service, texts
from flows.turn import Turn

PARTS = (handlers_people, pictures)  # importing them registers their handlers and drawings


def _names(turn: Turn) -> dict[str, str]:
    return {id: texts.pokja(area.no, area.name) for id, area in service.areas(turn.library).items()}


def _role(turn: Turn, role: str, area: str | None, acting: str | None = None) -> str:
    return texts.role_at(role, _names(turn).get(area or "", ""), acting)


# members -------------------------------------------------------------------------------------------


@handles(routes.TEAM)
@privately
def team(turn: Turn) -> Screen:
    """The team's first page."""
    return _team(turn, 0)


@handles(routes.TEAM_PAGE)
@privately
def team_page(turn: Turn, page: int) -> Screen:
    """Another page of the team."""
    return _team(turn, page)


def _team(turn: Turn, page: int) -> Screen:
    unit = turn.unit
    policy.require(turn.actor, "view", unit)
    found = service.members(turn.session, unit, turn.library, turn.now, coming=True)
    page = min(max(0, page), max(0, (len(found) - 1) // service.PAGE))
    leads = policy.can(turn.actor, "team", unit)
    waiting = joins.waiting_count(turn.session, unit) if leads else 0
    own_team = any(held.role in policy.UNIT_SIDE_ROLES for held in turn.actor.roles_in(unit))
    hands_over = own_team or policy.can(turn.actor, "handover", unit)
    unnamed = _unnamed(turn, unit)
    return screens.team(unit, found, _names(turn), page, leads, waiting, hands_over, unnamed)


def _unnamed(turn: Turn, unit: Unit) -> int:
    """How many items without PIC the actor could give to somebody."""
    try:
        where = checklist.current(turn)
    except Missing:
        return 0
    rows = pic.rows_of(turn.session, where.assessment)
    return pic.count_to_name(turn, unit, where.instrument, rows)


@handles(routes.MEMBER)
@privately
def member(turn: Turn, membership_id: int) -> Screen:
    """One member."""
    found, unit = service.find_member(turn, membership_id)
    held, person = found.membership, found.person
    is_last = service.is_last(turn.session, held)
    may_give = policy.may_give(turn.actor, held.role, unit)
    text = texts.member(
        person.name,
        _role(turn, held.role, held.area, held.acting),
        unit.name,
        fmt.ago(held.created_at, turn.now, turn.zone_name),
        reachable=person.unreachable_at is None,
        has_account=person.telegram_id is not None,
        is_last=is_last,
        days=texts.days(held.starts_on, held.ends_on),
        by_admin=not may_give,
    )
    vouched = binding.may_vouch(turn.session, turn.actor, person.id or 0, turn.now)
    account = texts.PERSONAL if person.telegram_id is None else texts.NEW_ACCOUNT
    mine = held.role in policy.UNIT_SIDE_ROLES and policy.can(turn.actor, "handover", unit)
    hand_over = routes.HANDOVER(unit.id or 0, held.person_id, 0) if mine else None
    return screens.member(
        text,
        membership_id,
        may_go=may_give and not is_last,
        is_last=is_last,
        account=account if vouched else "",
        hand_over=hand_over,
    )


@handles(routes.MEMBER_REVOKE_ASK)
@privately
def revoke_ask(turn: Turn, membership_id: int) -> Screen:
    """Before somebody is removed."""
    found, unit = service.find_member(turn, membership_id)
    policy.require_give(turn.actor, found.membership.role, unit)
    own = found.person.id == turn.actor.person_id
    held = found.membership
    role = _role(turn, held.role, held.area, held.acting)
    return screens.revoke_ask(texts.revoke_ask(found.person.name, role, unit.name, own), membership_id)


@handles(routes.MEMBER_REVOKE)
@privately
def revoke(turn: Turn, membership_id: int) -> Goto:
    """Take the role away."""
    found = service.revoke(turn, membership_id)
    own = found.person.id == turn.actor.person_id
    return Goto(routes.HOME() if own else routes.TEAM(), texts.revoked(found.person.name))


# invitations ---------------------------------------------------------------------------------------


def _leading(turn: Turn) -> Unit:
    """The open unit, when the actor leads its team."""
    unit = turn.unit
    policy.require(turn.actor, "team", unit)
    return unit


@handles(routes.INVITES)
@privately
def ways(turn: Turn) -> Screen:
    """Ways to invite."""
    unit = _leading(turn)
    return screens.invites(unit, invites.count(turn.session, turn, unit), slips.count(turn, unit))


@handles(routes.INVITE_ROLE)
@privately
def choose_area(turn: Turn, role: str) -> Screen | Goto:
    """For which area."""
    _leading(turn)
    if role not in {"anggota", "ketua"}:
        return Goto(routes.INVITES())
    return screens.choose_area(role, list(service.areas(turn.library).values()))


@handles(routes.INVITE_MAKE)
@privately
def make(turn: Turn, role: str, area: str) -> Goto:
    """Make a link into the open unit."""
    invite = invites.make(turn, turn.unit, role, area)
    assert invite.id is not None
    return Goto(routes.INVITE_SHOW(invite.id))


@handles(routes.INVITE_COORDINATOR)
@privately
def make_coordinator(turn: Turn, unit_id: int) -> Goto:
    """A coordinator's link into any unit of the admin's agency."""
    invite = invites.make(turn, turn.unit_by_id(unit_id), "koordinator", "")
    assert invite.id is not None
    return Goto(routes.INVITE_SHOW(invite.id))


@handles(routes.INVITE_ASSESSOR)
@privately
def make_assessor(turn: Turn, unit_id: int) -> Goto:
    """An assessor's link into any unit of the admin's agency."""
    unit = turn.unit_by_id(unit_id)
    policy.require_admin(turn.actor, unit.agency_id)
    invite = invites.make(turn, unit, "penilai", "")
    assert invite.id is not None
    return Goto(routes.INVITE_SHOW(invite.id))


@handles(routes.INVITE_AGENCY)
@privately
def make_agency(turn: Turn, unit_id: int, role: str) -> Goto:
    """A link to a role that only admins give, into any unit of their agency."""
    unit = turn.unit_by_id(unit_id)
    policy.require_admin(turn.actor, unit.agency_id)
    invite = invites.make(turn, unit, role, "")
    assert invite.id is not None
    return Goto(routes.INVITE_SHOW(invite.id))


@handles(routes.INVITE_ADMIN)
@privately
def make_admin(turn: Turn) -> Goto:
    """A link for a further admin."""
    invite = invites.make_admin(turn)
    assert invite.id is not None
    return Goto(routes.INVITE_SHOW(invite.id))


def _view(turn: Turn, invite: Invite, unit: Unit | None) -> screens.InviteView:
    zone = turn.zone_name
    opened = invites.is_open(invite, turn)
    if opened and invite.open_until is not None:
        how = texts.how_open(fmt.clock(invite.open_until, zone))
    elif invite.person_id is not None:
        how = texts.HOW_PERSONAL
    elif invite.role == "admin":
        how = texts.HOW_CONFIRM_ADMIN
    else:
        how = texts.HOW_AT_ONCE if invites.lets_in_at_once(invite, turn) else texts.HOW_CONFIRM
    here = unit is not None and turn.open_unit is not None and turn.open_unit.id == unit.id
    if unit is None:
        back = routes.ADMIN()
    else:
        back = routes.INVITES() if here else routes.UNIT_EDIT(unit.id or 0)
    subject = binding.meant(turn.session, invite)
    if subject is not None and here:
        back = routes.TEAM()
    place = unit.name if unit is not None else turn.session.get_one(Agency, invite.agency_id).name
    return screens.InviteView(
        invite=invite,
        place=place,
        area=_names(turn).get(invite.area or "", ""),
        url=invites.url_of(turn, invite),
        until=fmt.moment(invite.expires_at, zone),
        opened=opened,
        how=how,
        back=back,
        subject=subject.name if subject is not None else "",
    )


@handles(routes.INVITE_SHOW)
@privately
def show(turn: Turn, invite_id: int) -> Screen:
    """One link, ready to forward."""
    invite, unit = invites.find(turn, invite_id)
    view = _view(turn, invite, unit)
    if invites.usable(invite, turn):
        return screens.invite(view)
    if invite.revoked_at is not None:
        return screens.invite_dead(view, texts.WHY_REVOKED)
    return screens.invite_dead(view, texts.WHY_USED if invite.uses_left == 0 else texts.WHY_EXPIRED)


@handles(routes.INVITE_QR)
@privately
def qr(turn: Turn, invite_id: int) -> Screen | Goto:
    """The link as a picture."""
    invite, unit = invites.find(turn, invite_id)
    if not invites.usable(invite, turn):
        return Goto(routes.INVITE_SHOW(invite_id))
    return screens.qr(_view(turn, invite, unit))


@handles(routes.INVITE_REVOKE)
@privately
def revoke_link(turn: Turn, invite_id: int) -> Goto:
    """The link works no longer."""
    invites.revoke(turn, invite_id)
    return Goto(routes.INVITE_SHOW(invite_id), texts.LINK_REVOKED)


@handles(routes.INVITE_OPEN)
@privately
def set_open(turn: Turn, invite_id: int, opened: int) -> Goto:
    """Take everybody for two hours, or confirm each; invite 0 means all pokja links of the open unit."""
    toast = texts.LINK_OPEN if opened else texts.LINK_CONFIRM
    if not invite_id:
        invites.set_open_pokja(turn, turn.unit, bool(opened))
        return Goto(routes.INVITE_POKJA_SHOW(), toast)
    invites.set_open(turn, invite_id, bool(opened))
    return Goto(routes.INVITE_SHOW(invite_id), toast)


@handles(routes.INVITE_POKJA)
@privately
def make_pokja(turn: Turn) -> Goto:
    """Links for all areas at once."""
    invites.make_pokja(turn, turn.unit)
    return Goto(routes.INVITE_POKJA_SHOW())


@handles(routes.INVITE_POKJA_SHOW)
@privately
def pokja_links(turn: Turn) -> Screen:
    """All links of the pokja, as one text to paste."""
    unit = _leading(turn)
    found = invites.pokja_links(turn, unit)
    if not found:
        return screens.no_pokja_links()
    known, names, zone = service.areas(turn.library), _names(turn), turn.zone_name
    lines = [texts.pokja_line(names[area], invites.url_of(turn, invite)) for area, invite in found.items()]
    until = fmt.moment(min(invite.expires_at for invite in found.values()), zone)
    open_until = [invite.open_until for invite in found.values() if invites.is_open(invite, turn)]
    moments = [at for at in open_until if at is not None]
    all_open = len(moments) == len(found)
    how = texts.how_open(fmt.clock(min(moments), zone)) if all_open else texts.HOW_CONFIRM
    pairs = [(known[area].no, invite.id or 0) for area, invite in found.items()]
    return screens.pokja_links(texts.pokja_links(unit.name, until, how, lines), pairs, all_open)


@handles(routes.INVITE_LIST)
@privately
def active(turn: Turn, page: int) -> Screen:
    """Links of the open unit that still work."""
    unit = _leading(turn)
    page = max(0, page)
    found, total = invites.listed(turn, unit, page)
    lines = [
        texts.active_line(
            number,
            _view(turn, invite, unit).what,
            fmt.day_short(fmt.local(invite.expires_at, turn.zone_name).date()),
            invite.uses,
            invites.is_open(invite, turn),
        )
        for number, invite in enumerate(found, start=page * service.PAGE + 1)
    ]
    return screens.active(texts.active(unit.name, total, lines), [i.id or 0 for i in found], total, page)
