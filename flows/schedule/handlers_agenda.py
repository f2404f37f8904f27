"""The schedule as one list (/jadwal), its file, and what is due as reminders open it."""

from flows import policy, routes
from flows.dues.types import RENEWAL, RETURNED, TASK
from flows.routes import handles
from flows.schedule import agenda, calendar_file, screens_agenda, service
from flows.schedule.names import AREA, DUTY, ITEM, STAGE, SUB, SUBMISSION, TPI
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn

MAX_ID_DIGITS = 18


@handles(routes.SCHEDULE)
def schedule(turn: Turn) -> Screen:
    """Everything with a date, the nearest first."""
    return screens_agenda.agenda(agenda.agenda(turn, agenda.ALL, 0))


@handles(routes.AGENDA)
def page(turn: Turn, view: str, number: int) -> Screen:
    """One page of one view."""
    return screens_agenda.agenda(agenda.agenda(turn, view, number))


@handles(routes.AGENDA_TYPED)
def typed(turn: Turn, view: str, number: int) -> Goto | NotMine:
    """The typed number opens an entry of the page that stood there."""
    text = turn.event.text.strip().removeprefix("no").removeprefix("nomor").strip(" .")
    if not (text.isascii() and text.isdecimal() and len(text) < 3):
        return NotMine()
    shown = agenda.agenda(turn, view, number).shown
    if not 1 <= int(text) <= len(shown):
        return NotMine()
    return Goto(shown[int(text) - 1].open)


@handles(routes.CALENDAR)
def calendar(turn: Turn, view: str) -> Screen:
    """The unit's schedule, or one's own part of it, as a file for other calendars."""
    return screens_agenda.file(calendar_file.calendar(turn, mine=view == agenda.MINE))


@handles(routes.DUE_OPEN)
def open_due(turn: Turn, unit_id: int, kind: str, ref: str) -> Goto:
    """Work on that unit, then go to what is due. What has meanwhile gone leads to the schedule."""
    policy.require(turn.actor, "view", service.open_unit(turn, unit_id))
    parts = {
        AREA: routes.LKE_AREA,
        SUB: routes.LKE_SUB,
        ITEM: routes.LKE_ITEM,
        RETURNED: routes.LKE_ITEM,
        STAGE: routes.STAGE,
        DUTY: routes.DEADLINE,
    }
    if kind in parts:
        return Goto(parts[kind](ref))
    if kind in {TASK, RENEWAL} and ref.isascii() and ref.isdecimal() and len(ref) <= MAX_ID_DIGITS:
        return Goto((routes.TASK if kind == TASK else routes.EVIDENCE_SHOW)(int(ref)))
    return Goto(routes.DEADLINE(kind) if kind in {TPI, SUBMISSION} else routes.SCHEDULE())
