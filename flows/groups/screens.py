"""Screens of the unit's group in private: settings, linking, topics, what coordinators are told."""

from collections.abc import Mapping, Sequence

from flows import copying, fmt, routes, words
from flows.groups import links
from flows.groups.service import MUTED, REMOVED
from flows.groups.texts import private as texts
from flows.groups.texts import said
from flows.models import LinkedGroup, Unit
from flows.screen import Button, Screen, grid, rows
from knowledge.instrument import Area

PAGE = 8
MENU = Button(words.TO_MENU, routes.HOME())


def none(unit: Unit, may_set: bool, bot_username: str) -> Screen:
    """A unit without a group."""
    if not may_set:
        return Screen(texts.none_to_see(unit), rows(MENU))
    return Screen(texts.none(unit), rows(Button(texts.ADD, url=links.add_url(bot_username)), MENU))


def group(
    unit: Unit,
    linked: LinkedGroup,
    by: str,
    places: Sequence[tuple[str, str]],
    *,
    may_set: bool,
    oversees: bool,
    bot_username: str,
) -> Screen:
    """The settings of a group; without switches for who only looks."""
    text = texts.group(unit, linked, by, places, may_set)
    overview = Button(texts.ALL_GROUPS, routes.GROUPS(0)) if oversees else None
    if not may_set:
        return Screen(text, rows(tuple(b for b in (overview, MENU) if b)))
    assert linked.id is not None
    again = Button(texts.AGAIN, routes.GROUP_AGAIN(linked.id, linked.revision))
    add = Button(texts.ADD, url=links.add_url(bot_username)) if linked.state == REMOVED else None
    return Screen(
        text,
        rows(
            add,
            (
                _switch(linked, "rekap", linked.recap, texts.RECAP_ON, texts.RECAP_OFF),
                _switch(linked, "nilai", linked.scores, texts.SCORES_ON, texts.SCORES_OFF),
            ),
            (
                _switch(linked, "papan", linked.board, texts.BOARD_ON, texts.BOARD_OFF),
                *([again] if linked.board or linked.state == MUTED else []),
            ),
            (
                Button(texts.TOPICS, routes.GROUP_PLACES(linked.id)),
                Button(texts.SAMPLE, routes.GROUP_SAMPLE(linked.id)),
            ),
            (
                Button(texts.UNLINK, routes.GROUP_UNLINK_ASK(linked.id)),
                *([overview] if overview else []),
                MENU,
            ),
        ),
    )


def _switch(linked: LinkedGroup, what: str, now: bool, on: str, off: str) -> Button:
    action = routes.GROUP_SWITCH(linked.id or 0, what, 0 if now else 1, linked.revision)
    return Button(off if now else on, action)


def groups(agency: str, found: Sequence[tuple[Unit, LinkedGroup]], total: int, page: int) -> Screen:
    """The linked groups of an agency, a number for each."""
    first = page * PAGE + 1
    numbers = [Button(str(n), routes.GROUP_OF(unit.id or 0)) for n, (unit, _) in enumerate(found, first)]
    pages = (
        *([Button("‹", routes.GROUPS(page - 1))] if page else []),
        *([Button("›", routes.GROUPS(page + 1))] if (page + 1) * PAGE < total else []),
    )
    text = texts.groups(agency, [(unit.name, linked) for unit, linked in found], total, first)
    return Screen(text, rows(*grid(numbers, 4), pages, MENU))


# linking ---------------------------------------------------------------------------------------------


def choose_unit(claim_id: int, title: str, units: Sequence[Unit]) -> Screen:
    """Which of one's units?"""
    buttons = [Button(fmt.cut(u.name, 40), routes.GROUP_LINK_ASK(claim_id, u.id or 0)) for u in units]
    return Screen(texts.choose_unit(title), rows(*buttons, Button(texts.CANCEL, routes.HOME())))


def link_ask(claim_id: int, unit: Unit, title: str, old: LinkedGroup | None, other: Unit | None) -> Screen:
    """What would change."""
    yes = texts.MOVE if old is not None or other is not None else texts.LINK
    return Screen(
        texts.link_ask(unit, title, old, other),
        rows((Button(yes, routes.GROUP_LINK(claim_id, unit.id or 0)), Button(texts.CANCEL, routes.HOME()))),
    )


def unlink_ask(unit: Unit, linked: LinkedGroup) -> Screen:
    """Before it ends."""
    back = Button(texts.CANCEL, routes.GROUP_OF(unit.id or 0))
    yes = Button(texts.YES_UNLINK, routes.GROUP_UNLINK(linked.id or 0, linked.revision))
    return Screen(texts.unlink_ask(unit, linked), rows((yes, back)))


def told(text: str, unit: Unit) -> Screen:
    """News for a coordinator."""
    return Screen(text, rows((Button(texts.OPEN_GROUP, routes.GROUP_OF(unit.id or 0)), MENU)))


def sample(text: str, unit: Unit, group_id: int | None) -> Screen:
    """The summary as it would be now; `group_id` is None where there is none to be copied."""
    copy = Button(copying.COPY, routes.GROUP_COPY(group_id, "")) if group_id is not None else None
    return Screen(text, rows(copy, (Button(words.BACK, routes.GROUP_OF(unit.id or 0)), MENU)))


def copy(text: str, unit: Unit) -> Screen:
    """The summary ready to paste."""
    plain = copying.block(copying.plain(text))
    return Screen(plain, rows((Button(words.BACK, routes.GROUP_OF(unit.id or 0)), MENU)))


# topics ----------------------------------------------------------------------------------------------


def places(
    unit: Unit,
    linked: LinkedGroup,
    known: Mapping[int, str],
    chosen: Mapping[str, int],
    areas: Sequence[Area],
) -> Screen:
    """Which area goes where."""
    group_id = linked.id or 0
    buttons = [Button(f"Area {area.no}", routes.GROUP_PLACE(group_id, area.id)) for area in areas]
    return Screen(
        texts.places(unit, known, chosen, areas),
        rows(
            *grid(buttons, 3),
            Button(texts.EVERYTHING_ELSE, routes.GROUP_PLACE(group_id, "")),
            (Button(words.BACK, routes.GROUP_OF(unit.id or 0)), MENU),
        ),
    )


def choose_topic(linked: LinkedGroup, area_id: str, area: Area | None, known: Mapping[int, str]) -> Screen:
    """To which topic?"""
    group_id = linked.id or 0
    buttons = [
        Button(fmt.cut(name, 40), routes.GROUP_PLACE_SET(group_id, area_id, thread))
        for thread, name in list(known.items())[-20:]
    ]
    return Screen(
        texts.choose_topic(area, bool(known)),
        rows(
            *((button,) for button in buttons),
            Button(texts.GENERAL, routes.GROUP_PLACE_SET(group_id, area_id, 0)),
            (Button(words.BACK, routes.GROUP_PLACES(group_id)), MENU),
        ),
    )


# in the group ----------------------------------------------------------------------------------------


def in_group(text: str, bot_username: str, label: str = "", url: str = "") -> Screen:
    """Said in the group, with one way into the private chat."""
    way = Button(label or texts.OPEN_CHAT, url=url or links.settings_url(bot_username))
    return Screen(text, rows(way), keep=True)


def recap(text: str, group_id: int, area_id: str, bot_username: str) -> Screen:
    """The summary in the group, with the way to its plain text."""
    copy = Button(copying.COPY, url=links.copy_url(bot_username, group_id, area_id))
    return Screen(
        text, rows((copy, Button(texts.OPEN_CHAT, url=links.settings_url(bot_username)))), keep=True
    )


def board(text: str, unit: Unit, bot_username: str) -> Screen:
    """The scoreboard: below it everybody's own way to what is theirs."""
    mine = links.answer_url(bot_username, "tugas", "", unit.id or 0)
    return Screen(
        text,
        rows((Button(said.MY_TASKS, url=mine), Button(said.OPEN_BOT, url=links.settings_url(bot_username)))),
    )


# the private answer ------------------------------------------------------------------------------------


def asked_elsewhere(unit: Unit, kind: str, named: str) -> Screen:
    """The question was about another unit than the open one."""
    action = routes.GROUP_ANSWER(unit.id or 0, kind, named)
    return Screen(texts.asked_elsewhere(unit), rows(Button(texts.OPEN_UNIT_ANSWER, action), MENU))
