"""Handlers of meetings (paket rapat): the list, the card, and what is typed about one."""

import re

from flows import fmt, policy, routes
from flows.errors import BadInput, Missing
from flows.evidence import proposals
from flows.meetings import deciding, merging, proposing, screens, service, texts, typed
from flows.meetings import handlers_files as _files
from flows.meetings.service import PAGE, View
from flows.registration.private import privately
from flows.routes import handles
from flows.schedule.service import open_unit
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn
from knowledge.answers import Item

FURTHER = (_files,)
"""The other handlers of meetings; they register themselves."""
_SPLIT = re.compile(r"\s*(?:,|;|\n|\bdan\b|&)\s*")
_LONGEST_NUMBERS = 200


# looking -------------------------------------------------------------------------------------------


@handles(routes.MEETINGS)
@privately
def listing(turn: Turn, page: int) -> Screen:
    """The open unit's meetings."""
    unit = turn.unit
    policy.require(turn.actor, "view", unit)
    page = min(max(0, page), 10_000)
    found, total = service.listed(turn.session, unit, page)
    return screens.listing(unit.name, found, total, page, policy.can(turn.actor, "task", unit))


@handles(routes.MEETING)
@privately
def show(turn: Turn, meeting_id: int) -> Screen:
    """One meeting."""
    view = service.find(turn, meeting_id)
    return screens.card(view, merging.may_merge(turn, view))


@handles(routes.MEETING_OPEN)
@privately
def open_meeting(turn: Turn, meeting_id: int) -> Goto:
    """From a message: its unit becomes the open one."""
    view = service.find(turn, meeting_id, anywhere=True)
    open_unit(turn, view.unit.id or 0)
    return Goto(routes.MEETING(meeting_id))


# making and changing -------------------------------------------------------------------------------


@handles(routes.MEETING_NEW)
@privately
def ask_new(turn: Turn) -> Screen:
    """What, when and where?"""
    policy.require(turn.actor, "task", turn.unit)
    return screens.ask_new(turn.unit.id or 0)


@handles(routes.MEETING_NEW_SAVE)
@privately
def save_new(turn: Turn, unit_id: int) -> Goto:
    """The typed text is a meeting of the unit that was open."""
    if turn.unit.id != unit_id:
        raise Missing(
            "Unit yang dibuka sudah berganti. Catat rapatnya lagi di sini.", next=routes.MEETING_NEW()
        )
    said = typed.read(turn.event.text, fmt.local(turn.now, turn.unit.zone).date())
    row = service.create(turn, said)
    return Goto(routes.MEETING(row.id or 0), _problem("Rapat tercatat.", said))


def _problem(text: str, said: typed.Said) -> str:
    return fmt.cut(f"{text} Tanggalnya belum: {said.problem}", 180) if said.problem else text


@handles(routes.MEETING_OF_NEWS)
@privately
def of_news(turn: Turn, announcement_id: int) -> Goto:
    """The package of the meeting that was announced."""
    row = service.of_news(turn, announcement_id)
    return Goto(routes.MEETING(row.id or 0))


@handles(routes.MEETING_EDIT)
@privately
def ask_edit(turn: Turn, meeting_id: int) -> Screen:
    """Name, day and place anew."""
    return screens.ask_edit(service.workable(turn, meeting_id))


@handles(routes.MEETING_EDIT_SAVE)
@privately
def save_edit(turn: Turn, meeting_id: int, revision: int) -> Goto:
    """The typed text says it anew."""
    said = typed.read(turn.event.text, fmt.local(turn.now, turn.unit.zone).date())
    service.edit(turn, meeting_id, said, revision)
    return Goto(routes.MEETING(meeting_id), _problem(texts.SAVED, said))


@handles(routes.MEETING_REMOVE_ASK)
@privately
def ask_remove(turn: Turn, meeting_id: int) -> Screen:
    """Really?"""
    return screens.remove_ask(service.workable(turn, meeting_id))


@handles(routes.MEETING_REMOVE)
@privately
def remove(turn: Turn, meeting_id: int, revision: int) -> Goto:
    """Out of the list."""
    service.remove(turn, meeting_id, revision)
    return Goto(routes.MEETINGS(0), texts.REMOVED)


@handles(routes.MEETING_ATTEND)
@privately
def ask_attendance(turn: Turn, meeting_id: int) -> Screen:
    """How many were there?"""
    return screens.ask_attendance(service.workable(turn, meeting_id))


@handles(routes.MEETING_ATTEND_SAVE)
@privately
def save_attendance(turn: Turn, meeting_id: int, revision: int) -> Goto | NotMine:
    """The typed text says how many, and whether the pimpinan was there."""
    said = typed.attendance(turn.event.text)
    if turn.library.looks_like_question(turn.event.text):
        return NotMine()
    if said is None:
        raise BadInput(texts.NOT_ATTENDANCE, next=routes.MEETING_ATTEND(meeting_id))
    service.set_attendance(turn, meeting_id, said, revision)
    return Goto(routes.MEETING(meeting_id), texts.SAVED)


@handles(routes.MEETING_LEADER)
@privately
def set_leader(turn: Turn, meeting_id: int, there: int, revision: int) -> Goto:
    """The pimpinan was there, or was not."""
    service.set_attendance(turn, meeting_id, typed.Attendance(None, there == 1), revision)
    return Goto(routes.MEETING_ATTEND(meeting_id), texts.SAVED)


@handles(routes.MEETING_MINUTES)
@privately
def ask_minutes(turn: Turn, meeting_id: int, anew: int) -> Screen:
    """The notula."""
    return screens.ask_minutes(service.workable(turn, meeting_id), anew == 1)


@handles(routes.MEETING_MINUTES_SAVE)
@privately
def save_minutes(turn: Turn, meeting_id: int, anew: int, revision: int) -> Goto:
    """The typed text is the notula, or more of it."""
    service.set_minutes(turn, meeting_id, turn.event.text, anew == 1, revision)
    return Goto(routes.MEETING(meeting_id), texts.SAVED)


@handles(routes.MEETING_DECISIONS)
@privately
def ask_decisions(turn: Turn, meeting_id: int) -> Screen:
    """What was decided?"""
    return screens.ask_decisions(service.workable(turn, meeting_id))


@handles(routes.MEETING_DECISIONS_SAVE)
@privately
def save_decisions(turn: Turn, meeting_id: int) -> Goto:
    """Each typed line becomes an action item."""
    done = deciding.decide(turn, meeting_id, turn.event.text)
    return Goto(routes.MEETING(meeting_id), texts.decided(done))


# for which indicators ------------------------------------------------------------------------------


@handles(routes.MEETING_ITEMS)
@privately
def show_items(turn: Turn, meeting_id: int, page: int) -> Screen:
    """The chosen ones and those that meetings serve, the likeliest first."""
    view = service.workable(turn, meeting_id)
    found = _offered(turn, view)
    page = min(max(0, page), max(0, (len(found) - 1) // PAGE))
    shown = found[page * PAGE : (page + 1) * PAGE]
    mine = frozenset(item.id for item in shown if deciding.may_choose(turn, view, item))
    return screens.items(view, shown, len(found), page, bool(_likely(turn, view)), mine)


def _offered(turn: Turn, view: View) -> list[Item]:
    """In an order that tapping does not change: the likely ones, then by the worksheet; typed ones last."""
    ranked = proposing.ranked(turn.library, view.current.instrument, view.meeting.title)
    return list({item.id: item for item in (*ranked, *view.items)}.values())


def _likely(turn: Turn, view: View) -> list[Item]:
    found = proposing.likely(turn.library, view.current.instrument, view.meeting.title)
    chosen = set(view.meeting.items)
    return [item for item in found if item.id not in chosen and deciding.may_choose(turn, view, item)]


@handles(routes.MEETING_ITEM_SET)
@privately
def set_item(turn: Turn, meeting_id: int, item_id: str, revision: int, page: int) -> Goto:
    """On or off."""
    chosen = item_id in service.find(turn, meeting_id).meeting.items
    deciding.set_items(turn, meeting_id, [] if chosen else [item_id], [item_id] if chosen else [], revision)
    return Goto(routes.MEETING_ITEMS(meeting_id, page))


@handles(routes.MEETING_ITEMS_LIKELY)
@privately
def take_likely(turn: Turn, meeting_id: int, revision: int) -> Goto:
    """All that are proposed first."""
    found = _likely(turn, service.find(turn, meeting_id))
    deciding.set_items(turn, meeting_id, [item.id for item in found], [], revision)
    return Goto(routes.MEETING_ITEMS(meeting_id, 0))


@handles(routes.MEETING_ITEM_TYPED)
@privately
def typed_items(turn: Turn, meeting_id: int, revision: int, page: int) -> Goto | NotMine:
    """Typed numbers, of the list or of the worksheet, separated by commas: on or off."""
    text = turn.event.text.strip()
    view = service.find(turn, meeting_id)
    if turn.library.looks_like_question(text) or len(text) > _LONGEST_NUMBERS:
        return NotMine()
    offered = _offered(turn, view)
    found: list[Item] = []
    for piece in filter(None, _SPLIT.split(text)):
        place = int(piece) if piece.isdecimal() and len(piece) < 4 else 0
        item = offered[place - 1] if 0 < place <= len(offered) else None
        item = item or proposals.find(view.current.instrument, piece)
        if item is None:
            if len(text.split()) > 3:
                return NotMine()
            raise BadInput(texts.NO_SUCH_ITEM, next=routes.MEETING_ITEMS(meeting_id, page))
        found.append(item)
    chosen = set(view.meeting.items)
    on = [item.id for item in found if item.id not in chosen]
    deciding.set_items(turn, meeting_id, on, [item.id for item in found if item.id in chosen], revision)
    return Goto(routes.MEETING_ITEMS(meeting_id, page))


# one PDF -------------------------------------------------------------------------------------------


@handles(routes.MEETING_MERGE)
@privately
def merge(turn: Turn, meeting_id: int, revision: int) -> Goto:
    """Begin to make one PDF of it all."""
    merging.merge(turn, meeting_id, revision)
    return Goto(routes.MEETING(meeting_id), texts.MERGING_NOW)
