"""Screens of the ways in."""

from collections.abc import Sequence

from flows import routes, words
from flows.mine.offer import Offer
from flows.models import Membership, UnitRequest
from flows.registration import texts
from flows.registration.joins import PAGE, Waiting
from flows.registration.service import Invitation
from flows.routes import Action
from flows.screen import Button, Expect, Screen, rows

ASK = Button(texts.ASK, routes.ASK_PROMPT())
MENU = Button(words.TO_MENU, routes.HOME())


def welcome_stranger(waiting: bool) -> Screen:
    """The purpose in one screen; asking works at once."""
    text = f"{texts.WELCOME}\n\n{texts.STILL_WAITING}" if waiting else texts.WELCOME
    topics = Button(texts.TOPICS, routes.TOPICS("", 0))
    return Screen(text, rows((ASK, Button(texts.REGISTER, routes.UNIT_REQUEST())), topics))


def agreeing(found: Invitation) -> Action:
    """What consent to this link leads to."""
    return routes.AGENCY_NAME(found.payload) if found.is_claim else routes.JOIN_YES(found.payload)


def consent(found: Invitation, area: str, days: str = "") -> Screen:
    """What one is invited to and what is stored, before anything is."""
    role, acting = found.invite.role, found.invite.acting
    unit = found.unit.name if found.unit is not None else ""
    no, yes = texts.NOT_NOW, texts.AGREE_JOIN if area else texts.AGREE_START
    if found.subject is not None:
        text = texts.consent_personal(found.subject.name, unit, found.subject.telegram_id is not None)
        no, yes = texts.NOT_ME, texts.AGREE_ME
    elif found.is_claim:
        text = texts.consent_claim()
    elif role == "admin":
        text = texts.consent_admin(found.agency.name if found.agency is not None else "")
    elif texts.reads_only(role):
        text = texts.consent_reader(role, unit, acting, days)
    elif area:
        text, no = texts.consent_area(role, area, unit, acting, days), texts.NOT_MY_POKJA
    else:
        text = texts.consent_lead(role, unit, acting, days)
    return Screen(
        text,
        rows(
            Button(yes, agreeing(found)),
            (
                Button(texts.READ, routes.JOIN_READ(found.payload)),
                Button(no, routes.JOIN_DECLINE(found.payload)),
            ),
        ),
    )


def read_first(found: Invitation) -> Screen:
    """What is stored and why, at length."""
    back = routes.CLAIM(found.payload) if found.is_claim else routes.JOIN(found.payload)
    label = texts.AGREE_JOIN if found.invite.area else texts.AGREE_START
    return Screen(texts.READ_FIRST, rows(Button(label, agreeing(found)), Button(words.BACK, back)))


def declined(found: Invitation | None) -> Screen:
    """Not joined; nothing stored."""
    area = found is not None and found.invite.area is not None and found.subject is None
    return Screen(texts.DECLINED_AREA if area else texts.DECLINED, rows((ASK, MENU)))


def welcome(
    membership: Membership,
    unit: str,
    area: str,
    heads: list[str],
    coordinators: list[str],
    days: str = "",
    offered: Offer | None = None,
) -> Screen:
    """Right after joining; `offered` are items without PIC to take with one tap."""
    work = (
        Button(texts.SEE_PROGRESS, routes.PROGRESS())
        if texts.reads_only(membership.role)
        else Button(texts.START_WORK, routes.LKE_AREA(membership.area) if membership.area else routes.LKE())
    )
    text = texts.welcome(membership.role, area, unit, heads, coordinators, membership.acting, days, offered)
    lead = Button(texts.SEE_READINESS, routes.READINESS()) if membership.role == "pimpinan" else work
    if membership.role == "wilayah":
        lead = Button(texts.BOARD, routes.BOARD(0, "", "jarak", 0))
    onward = rows((lead, Button(texts.SEE_TEAM, routes.TEAM())), (ASK, MENU))
    if offered is None:
        return Screen(text, onward)
    numbers = [
        Button(str(number), routes.PIC_TAKE(offered.assessment_id, lack.item.id))
        for number, lack in enumerate(offered.lacks, start=1)
    ]
    return Screen(text, rows(numbers, (lead, Button(texts.LATER, routes.HOME()))))


def waiting(place: str, request_id: int) -> Screen:
    """One's own request, still open."""
    return Screen(
        texts.waiting(place), rows((ASK, Button(texts.REFRESH, routes.JOIN_WAIT(request_id))), MENU)
    )


def decided(
    text: str, accepted: bool, unit_id: int | None, coordinator: bool, membership_id: int | None
) -> Screen:
    """The person hears the decision."""
    if not accepted:
        return Screen(text, rows((ASK, MENU)))
    if coordinator and unit_id is not None:
        return Screen(text, rows(Button("Periksa data unit", routes.UNIT_CHECK(unit_id)), MENU))
    if membership_id is not None and unit_id is not None:
        return Screen(text, rows(Button("Lihat langkah awal", routes.WELCOME(membership_id)), MENU))
    return Screen(text, rows(MENU))


def account_told(text: str) -> Screen:
    """Who made a personal link hears that it was used."""
    return Screen(text, rows((Button(texts.TEAM, routes.TEAM()), MENU)))


def account_left() -> Screen:
    """An account that was replaced."""
    return Screen(texts.ACCOUNT_LEFT, rows((ASK, MENU)))


def asked(text: str, request_id: int) -> Screen:
    """Those who decide are told."""
    return Screen(
        text,
        rows(
            (
                Button(texts.ACCEPT, routes.JOIN_DECIDE(request_id, 1)),
                Button(texts.REFUSE, routes.JOIN_DECIDE(request_id, 0)),
            ),
            (Button(texts.OTHER_REQUESTS, routes.JOIN_REQUESTS(0)), MENU),
        ),
    )


def queue(found: Sequence[Waiting], lines: list[str], total: int, page: int, has_team: bool) -> Screen:
    """Those who wait, each with two buttons."""
    decisions = []
    for number, each in enumerate(found, start=page * PAGE + 1):
        assert each.request.id is not None
        decisions.append(
            (
                Button(f"{texts.ACCEPT} {number}", routes.JOIN_DECIDE(each.request.id, 1)),
                Button(f"{texts.REFUSE} {number}", routes.JOIN_DECIDE(each.request.id, 0)),
            )
        )
    pages = [
        Button("‹", routes.JOIN_REQUESTS(page - 1)) if page else None,
        Button("›", routes.JOIN_REQUESTS(page + 1)) if (page + 1) * PAGE < total else None,
    ]
    back = Button(texts.TEAM, routes.TEAM()) if has_team else None
    return Screen(
        texts.queue(total, lines),
        rows(*decisions, [b for b in pages if b], [b for b in (back, MENU) if b]),
    )


def agency_name(payload: str) -> Screen:
    """Prompt for the agency's name."""
    return Screen(
        texts.AGENCY_NAME,
        rows(Button(words.BACK, routes.CLAIM(payload))),
        expects=Expect(text=routes.AGENCY_NAME_SAVE(payload), only=True),
    )


def no_admin() -> Screen:
    """Nobody could look at a request yet."""
    return Screen(texts.NO_ADMIN, rows((ASK, MENU)))


def unit_request() -> Screen:
    """Prompt for unit and agency in one line."""
    return Screen(
        texts.UNIT_REQUEST, rows((ASK, MENU)), expects=Expect(text=routes.UNIT_REQUEST_SAVE(), only=True)
    )


def request_mine(request: UnitRequest) -> Screen:
    """One's own request for a unit."""
    assert request.id is not None
    withdraw = (
        Button(texts.WITHDRAW, routes.REQUEST_WITHDRAW(request.id)) if request.state == "waiting" else None
    )
    return Screen(texts.request_mine(request.unit_name, request.state), rows(ASK, withdraw, MENU))
