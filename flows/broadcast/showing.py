"""Screens that several handlers show: the draft, and how far a sent one is."""

from flows import policy
from flows.broadcast import (
    drafts,
    gates,
    receipts,
    screens,
    screens_sent,
    sending,
    service,
    texts,
    texts_sent,
)
from flows.broadcast.service import COUNTING, View
from flows.checklist import service as checklist
from flows.errors import Missing
from flows.meetings import proposing
from flows.meetings import typed as meeting_words
from flows.readiness import said
from flows.screen import Screen
from flows.turn import Turn

MOST_ITEMS = 3


def audience_label(turn: Turn, view: View) -> str:
    """Who it is for, in words."""
    return texts.audience(view.announcement.audience, turn.library.instrument().areas)


def gate_name(turn: Turn, gate: str) -> str:
    """What units are meant by, in words; "" for all of them."""
    if not gate:
        return ""
    if gate == gates.ANY:
        return texts.MISSED.format(gate="salah satu syarat")
    if gate == gates.OVERDUE:
        return texts.OVERDUE
    name = next((said.gate(one) for one in gates.choices(turn.library) if one.id == gate), gate)
    return texts.MISSED.format(gate=name)


def preview_screen(turn: Turn, view: View) -> Screen:
    """The draft as its receivers will see it, and whom it reaches."""
    row = view.announcement
    if row.state == COUNTING:
        return screens.counting(view)
    reach = drafts.reach(turn, view)
    until = drafts.valid_until(row, view.unit, turn.now)
    units = len(row.unit_ids or []) if row.gate else None
    where = texts.where(view, gate_name(turn, row.gate), units)
    text = texts.preview(view, reach, audience_label(turn, view), where, until, turn.now, view.unit.zone)
    return screens.preview(view, text, reach)


def status_screen(turn: Turn, view: View, *, live: bool) -> Screen:
    """How far the sending is, what became of it, who has read it."""
    row = view.announcement
    counted, heard = sending.outcome(turn.session, row), receipts.counts(turn.session, row)
    own = row.created_by == turn.actor.person_id
    papers = _papers(turn, view) if row.state == service.DONE else []
    text = texts_sent.status(view, counted, heard, view.unit.zone, turn.now, live=live, papers=papers)
    poster = own and bool(row.never_opened or counted.not_started)
    return screens_sent.status(
        view,
        text,
        counted,
        heard,
        own=own,
        papers=bool(papers),
        poster=poster,
        group=own and receipts.may_go_to_group(turn, view),
    )


def _papers(turn: Turn, view: View) -> list[str]:
    """The numbers of the items that the papers of the announced meeting may serve."""
    if not view.is_meeting or view.wide or not policy.can(turn.actor, "task", view.unit):
        return []
    meant = meeting_words.of_news(view.announcement.text, turn.now.date())
    try:
        assessment = checklist.assessment_of(turn.session, view.unit)
    except Missing:
        return []
    instrument = turn.library.instruments.get(assessment.instrument_id)
    if meant is None or instrument is None or turn.open_unit is None or turn.open_unit.id != view.unit.id:
        return []
    return [item.number for item in proposing.likely(turn.library, instrument, meant.title)[:MOST_ITEMS]]
