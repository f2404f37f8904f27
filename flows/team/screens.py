"""Screens of the team and its invitations."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows import routes, words
from flows.models import Invite, Unit
from flows.screen import Button, Media, Screen, grid, rows
from flows.team import texts
from flows.team.service import PAGE, Member
from knowledge.instrument import Area

MENU = Button(words.TO_MENU, routes.HOME())
TO_TEAM = Button(words.BACK, routes.TEAM())
TO_INVITES = Button(words.BACK, routes.INVITES())


@dataclass(frozen=True, slots=True)
class InviteView:
    """A link as its screen needs it."""

    invite: Invite
    place: str
    area: str
    url: str
    until: str
    opened: bool
    how: str
    back: routes.Action


def team(
    unit: Unit, members: Sequence[Member], names: dict[str, str], page: int, leads: bool, waiting: int
) -> Screen:
    """The members, eight a page, grouped by area."""
    people = len({m.person.id for m in members})
    lines: list[str] = []
    numbers: list[Button] = []
    group = ""
    for number, member in list(enumerate(members, start=1))[page * PAGE : (page + 1) * PAGE]:
        held = member.membership
        head = texts.group_head(held.role, names.get(held.area or "", ""))
        if head != group:
            lines += ["", head] if lines else [head]
            group = head
        lines.append(texts.member_line(number if leads else None, member.person.name, held.role == "ketua"))
        if leads and held.id is not None:
            numbers.append(Button(str(number), routes.MEMBER(held.id)))
    back = Button("‹", routes.TEAM_PAGE(page - 1)) if page else None
    onward = Button("›", routes.TEAM_PAGE(page + 1)) if (page + 1) * PAGE < len(members) else None
    invite = Button(texts.INVITE, routes.INVITES()) if leads else None
    asked = Button(texts.waiting_label(waiting), routes.JOIN_REQUESTS(0)) if leads and waiting else None
    return Screen(
        texts.team(unit.name, people, lines, leads),
        rows(
            *grid(numbers, 4),
            [b for b in (back, onward) if b],
            [b for b in (invite, asked) if b],
            MENU,
        ),
    )


def member(text: str, membership_id: int, may_go: bool) -> Screen:
    """One member."""
    if not may_go:
        return Screen(text, rows(Button(texts.INVITE, routes.INVITES()), (TO_TEAM, MENU)))
    return Screen(text, rows((Button(texts.REVOKE, routes.MEMBER_REVOKE_ASK(membership_id)), TO_TEAM), MENU))


def revoke_ask(text: str, membership_id: int) -> Screen:
    """Before somebody is removed."""
    return Screen(
        text,
        rows(
            (
                Button(texts.REVOKE_YES, routes.MEMBER_REVOKE(membership_id)),
                Button(texts.KEEP, routes.MEMBER(membership_id)),
            )
        ),
    )


def invites(unit: Unit, active: int) -> Screen:
    """Ways to invite."""
    return Screen(
        texts.invites(unit.name),
        rows(
            Button(texts.ALL_POKJA, routes.INVITE_POKJA()),
            (
                Button(texts.PER_AREA, routes.INVITE_ROLE("anggota")),
                Button(texts.HEADS, routes.INVITE_ROLE("ketua")),
            ),
            Button(texts.COORDINATOR, routes.INVITE_MAKE("koordinator", "")),
            Button(f"{texts.ACTIVE} ({active})", routes.INVITE_LIST(0)) if active else None,
            (TO_TEAM, MENU),
        ),
    )


def choose_area(role: str, areas: Sequence[Area]) -> Screen:
    """For which area."""
    names = [texts.pokja(area.no, area.name) for area in areas]
    buttons = [Button(f"Area {area.no}", routes.INVITE_MAKE(role, area.id)) for area in areas]
    return Screen(texts.choose_area(role, names), rows(*grid(buttons, 3), TO_INVITES))


def invite(view: InviteView) -> Screen:
    """One link, ready to forward."""
    invite_id, role = view.invite.id or 0, view.invite.role
    single = view.invite.uses_left is not None
    opening = (
        Button(texts.CONFIRM, routes.INVITE_OPEN(invite_id, 0))
        if view.opened
        else Button(texts.OPEN, routes.INVITE_OPEN(invite_id, 1))
    )
    return Screen(
        texts.invite(role, view.area, view.place, view.url, view.until, view.how, view.invite.uses, single),
        rows(
            (Button(texts.QR, routes.INVITE_QR(invite_id)), *(() if single else (opening,))),
            Button(texts.CANCEL_LINK, routes.INVITE_REVOKE(invite_id)),
            (Button(words.BACK, view.back), MENU),
        ),
    )


def invite_dead(view: InviteView, why: str) -> Screen:
    """A link that works no longer."""
    return Screen(
        texts.invite_dead(view.invite.role, view.area, view.place, why),
        rows((Button(texts.NEW_LINK, view.back), MENU)),
    )


def qr(view: InviteView) -> Screen:
    """The link as a picture."""
    return Screen(
        texts.qr(texts.role_at(view.invite.role, view.area), view.place, view.until),
        rows((Button(words.BACK, routes.INVITE_SHOW(view.invite.id or 0)), MENU)),
        media=Media(kind="qr", values=(view.url,), name="undangan.png"),
    )


def pokja_links(text: str, links: Sequence[tuple[int, int]], opened: bool) -> Screen:
    """All links of the pokja; `links` are (area number, invite id)."""
    pictures = [Button(f"QR {no}", routes.INVITE_QR(invite_id)) for no, invite_id in links]
    opening = (
        Button(texts.CONFIRM, routes.INVITE_OPEN(0, 0))
        if opened
        else Button(texts.OPEN, routes.INVITE_OPEN(0, 1))
    )
    return Screen(text, rows(*grid(pictures, 3), opening, (TO_INVITES, MENU)))


def no_pokja_links() -> Screen:
    """None of them works (any more)."""
    return Screen(
        texts.NO_POKJA_LINKS, rows(Button(texts.ALL_POKJA, routes.INVITE_POKJA()), (TO_INVITES, MENU))
    )


def active(text: str, invite_ids: Sequence[int], total: int, page: int) -> Screen:
    """Links that still work."""
    numbers = [
        Button(str(number), routes.INVITE_SHOW(id))
        for number, id in enumerate(invite_ids, start=page * PAGE + 1)
    ]
    back = Button("‹", routes.INVITE_LIST(page - 1)) if page else None
    onward = Button("›", routes.INVITE_LIST(page + 1)) if (page + 1) * PAGE < total else None
    return Screen(text, rows(*grid(numbers, 4), [b for b in (back, onward) if b], (TO_INVITES, MENU)))
