"""Screens of the handover."""

from collections.abc import Sequence

from flows import fmt, routes, words
from flows.handover import texts
from flows.handover.service import Between
from flows.models import Membership
from flows.pic.candidates import Candidate
from flows.screen import Button, Expect, Screen, grid, rows

PAGE = 8
MENU = Button(words.TO_MENU, routes.HOME())
TO_TEAM = Button(texts.TEAM, routes.TEAM())


def who(unit: str, unit_id: int, found: Sequence[Candidate], page: int, me: int) -> Screen:
    """Whose work is handed over, eight a page."""
    first = page * PAGE + 1
    shown = found[page * PAGE : (page + 1) * PAGE]
    numbers = [
        Button(str(number), routes.HANDOVER(unit_id, each.id, 0))
        for number, each in enumerate(shown, start=first)
    ]
    turning = (
        *([Button("‹", routes.HANDOVER_WHO(page - 1))] if page else []),
        *([Button("›", routes.HANDOVER_WHO(page + 1))] if (page + 1) * PAGE < len(found) else []),
    )
    return Screen(texts.who(unit, shown, first, me), rows(*grid(numbers, 4), turning, (TO_TEAM, MENU)))


def choose(at: Between, found: Sequence[Candidate], page: int, own: bool, *, several: bool = False) -> Screen:
    """The people who may take over; a typed name does as well."""
    unit_id, giver_id = at.unit.id or 0, at.giver.id or 0
    shown = found[page * PAGE : (page + 1) * PAGE]
    names = [
        Button(fmt.cut(each.person.name, 38), routes.HANDOVER_PREVIEW(unit_id, giver_id, each.id))
        for each in shown
    ]
    turning = (
        *([Button("‹", routes.HANDOVER(unit_id, giver_id, page - 1))] if page else []),
        *(
            [Button("›", routes.HANDOVER(unit_id, giver_id, page + 1))]
            if (page + 1) * PAGE < len(found)
            else []
        ),
    )
    return Screen(
        texts.choose(at.giver.name, at.unit.name, own, several),
        rows(
            *names,
            turning,
            Button(texts.NOBODY, routes.HANDOVER_NOBODY(unit_id, giver_id)),
            (TO_TEAM, MENU),
        ),
        Expect(text=routes.HANDOVER_TYPED(unit_id, giver_id)),
    )


def nobody(at: Between, roles: Sequence[Membership], may_invite: bool) -> Screen:
    """No successor yet: the way to invite one for the giver's role."""
    role = next((r for r in roles if r.role in {"anggota", "ketua", "koordinator"}), None)
    invite = None
    if may_invite:
        exact = role is not None and (role.role == "koordinator") != bool(role.area)
        target = routes.INVITE_MAKE(role.role, role.area or "") if exact and role else routes.INVITES()
        invite = Button(texts.INVITE, target)
    return Screen(
        texts.nobody(at.giver.name, at.unit.name),
        rows(
            tuple(
                b
                for b in (
                    invite,
                    Button(words.BACK, routes.HANDOVER(at.unit.id or 0, at.giver.id or 0, 0)),
                )
                if b
            ),
            MENU,
        ),
    )


def preview(at: Between, lines: Sequence[str]) -> Screen:
    """Before it is sent."""
    assert at.successor is not None
    unit_id, giver_id = at.unit.id or 0, at.giver.id or 0
    label = texts.SEND if at.successor.telegram_id is not None else texts.SEND_NOW
    return Screen(
        texts.preview(at, lines),
        rows(
            (
                Button(label, routes.HANDOVER_SEND(unit_id, giver_id, at.successor.id or 0)),
                Button(texts.OTHER, routes.HANDOVER(unit_id, giver_id, 0)),
            ),
            MENU,
        ),
    )


def asked(at: Between, lines: Sequence[str], made_by: str) -> Screen:
    """At the successor."""
    assert at.row is not None
    target = (at.row.id or 0, at.row.revision)
    return Screen(
        texts.asked(at, lines, made_by),
        rows(
            (
                Button(texts.ACCEPT, routes.HANDOVER_ACCEPT(*target)),
                Button(texts.DECLINE, routes.HANDOVER_DECLINE(*target)),
            ),
            MENU,
        ),
    )


def waiting(at: Between, lines: Sequence[str], may_cancel: bool) -> Screen:
    """For those who wait for the successor's word."""
    assert at.row is not None
    cancel = Button(texts.CANCEL, routes.HANDOVER_CANCEL(at.row.id or 0, at.row.revision))
    return Screen(texts.waiting(at, lines), rows(cancel if may_cancel else None, MENU))


def ended(at: Between, decrees: Sequence[str], again: bool, member: bool, left: bool) -> Screen:
    """How it ended; after an accepted one, which decrees (still) to note. `left`: the reader has gone."""
    assert at.row is not None
    labels = {"tim": texts.DECREE_TEAM, "ap": texts.DECREE_AGENTS}
    buttons = [Button(labels[which], routes.HANDOVER_DECREE(at.row.id or 0, which)) for which in decrees]
    more = (
        Button(texts.OTHER, routes.HANDOVER(at.unit.id or 0, at.giver.id or 0, 0))
        if again and at.row.state != "accepted"
        else None
    )
    counts = texts.counts(at.row.content)
    mine = Button(texts.MINE, routes.MINE_IN(at.unit.id or 0)) if member else None
    return Screen(
        texts.ended(at, counts, bool(decrees), left),
        rows(tuple(buttons), more, tuple(b for b in (mine, MENU) if b)),
    )
