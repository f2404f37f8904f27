"""Screens of the team and its invitations."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows import copying, routes, words
from flows.models import Invite, Unit
from flows.screen import Button, Expect, Media, Screen, grid, rows
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
    subject: str = ""
    """The name of the person that a personal link is for."""

    @property
    def what(self) -> str:
        """The role it gives, or whom it is for."""
        if self.subject:
            return texts.personal(self.subject)
        return texts.role_at(self.invite.role, self.area, self.invite.acting)

    @property
    def pasted(self) -> str:
        """The plain text to forward."""
        if self.subject:
            return texts.personal_paste(self.subject, self.place, self.url)
        return texts.paste(self.invite.role, self.area, self.place, self.url, self.invite.acting)


def team(
    unit: Unit,
    members: Sequence[Member],
    names: dict[str, str],
    page: int,
    leads: bool,
    waiting: int,
    hands_over: bool = False,
    unnamed: int = 0,
) -> Screen:
    """The members, eight a page, grouped by area; `unnamed` items have no PIC that the reader could name."""
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
        lines.append(
            texts.member_line(
                number if leads else None,
                member.person.name,
                held.role == "ketua",
                member.person.telegram_id is not None,
                held.acting,
                texts.days(held.starts_on, held.ends_on),
            )
        )
        if leads and held.id is not None:
            numbers.append(Button(str(number), routes.MEMBER(held.id)))
    back = Button("‹", routes.TEAM_PAGE(page - 1)) if page else None
    onward = Button("›", routes.TEAM_PAGE(page + 1)) if (page + 1) * PAGE < len(members) else None
    invite = Button(texts.INVITE, routes.INVITES()) if leads else None
    asked = Button(texts.waiting_label(waiting), routes.JOIN_REQUESTS(0)) if leads and waiting else None
    no_pic = Button(f"{texts.NO_PIC} ({unnamed})", routes.PIC_NONE()) if unnamed else None
    hand_over = Button(texts.HAND_OVER, routes.HANDOVER_WHO(0)) if hands_over else None
    return Screen(
        texts.team(unit.name, people, lines, leads),
        rows(
            *grid(numbers, 4),
            [b for b in (back, onward) if b],
            [b for b in (invite, asked) if b],
            [b for b in (no_pic, hand_over) if b],
            (
                Button(texts.NO_TELEGRAM, routes.NAMES_AREA()),
                Button(texts.STAND_IN, routes.STAND_IN()),
            )
            if leads
            else None,
            (Button(texts.DUTIES, routes.GUIDE("sepuluh-tugas-tim")), MENU),
        ),
    )


def member(
    text: str,
    membership_id: int,
    *,
    may_go: bool,
    is_last: bool,
    account: str = "",
    hand_over: routes.Action | None = None,
) -> Screen:
    """One member; `account` is what the button to their personal link says, "" for none."""
    handing = Button(texts.HAND_OVER, hand_over) if hand_over is not None else None
    link = Button(account, routes.ACCOUNT(membership_id)) if account else None
    revoke = Button(texts.REVOKE, routes.MEMBER_REVOKE_ASK(membership_id)) if may_go else None
    invite = Button(texts.INVITE, routes.INVITES()) if is_last else None
    return Screen(
        text,
        rows([b for b in (revoke, handing) if b], [b for b in (link, invite) if b], (TO_TEAM, MENU)),
    )


def account(text: str, membership_id: int) -> Screen:
    """Before a personal link is made."""
    return Screen(
        text,
        rows(
            (
                Button(texts.MAKE_LINK, routes.ACCOUNT_LINK(membership_id)),
                Button(texts.KEEP, routes.MEMBER(membership_id)),
            )
        ),
    )


def names_area(areas: Sequence[Area]) -> Screen:
    """People without Telegram: of which area."""
    names = [texts.pokja(area.no, area.name) for area in areas]
    buttons = [Button(f"Area {area.no}", routes.NAMES(area.id)) for area in areas]
    every = Button(texts.ALL_AREAS, routes.NAMES(""))
    return Screen(texts.names_area(names), rows(*grid(buttons, 3), every, (TO_TEAM, MENU)))


def names(area_id: str, text: str) -> Screen:
    """Prompt for names, one a line."""
    return Screen(
        text,
        rows((Button(words.BACK, routes.NAMES_AREA()), MENU)),
        expects=Expect(text=routes.NAMES_SAVE(area_id), only=True),
    )


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


def invites(unit: Unit, active: int, waiting: int) -> Screen:
    """Ways to invite; `waiting`: how many known by name have not joined."""
    return Screen(
        texts.invites(unit.name),
        rows(
            Button(texts.ALL_POKJA, routes.INVITE_POKJA()),
            (
                Button(texts.PER_AREA, routes.INVITE_ROLE("anggota")),
                Button(texts.HEADS, routes.INVITE_ROLE("ketua")),
            ),
            (
                Button(texts.COORDINATOR, routes.INVITE_MAKE("koordinator", "")),
                Button(texts.SECRETARY, routes.INVITE_MAKE("sekretaris", "")),
            ),
            (
                Button(texts.HEAD_OF_UNIT, routes.INVITE_MAKE("pimpinan", "")),
                Button(texts.NO_TELEGRAM, routes.NAMES_AREA()),
            ),
            Button(f"{texts.SLIPS} ({waiting})", routes.SLIPS_UNIT(unit.id or 0)) if waiting else None,
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
    invite_id = view.invite.id or 0
    single = view.invite.uses_left is not None
    opening = (
        Button(texts.CONFIRM, routes.INVITE_OPEN(invite_id, 0))
        if view.opened
        else Button(texts.OPEN, routes.INVITE_OPEN(invite_id, 1))
    )
    return Screen(
        texts.invite(view.what, view.place, view.pasted, view.until, view.how, view.invite.uses, single),
        rows(
            (Button(texts.QR, routes.INVITE_QR(invite_id)), *(() if single else (opening,))),
            [b for b in (copying.button(view.pasted, None),) if b],
            Button(texts.CANCEL_LINK, routes.INVITE_REVOKE(invite_id)),
            (Button(words.BACK, view.back), MENU),
        ),
    )


def invite_dead(view: InviteView, why: str) -> Screen:
    """A link that works no longer."""
    return Screen(
        texts.invite_dead(view.what, view.place, why),
        rows((Button(texts.NEW_LINK, view.back), MENU)),
    )


def qr(view: InviteView) -> Screen:
    """The link as a picture."""
    return Screen(
        texts.qr(view.what, view.place, view.until),
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
