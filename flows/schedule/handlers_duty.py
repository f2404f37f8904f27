"""Recurring duties: which are kept, on which day, with which evidence."""

import re

from flows import policy, routes
from flows.errors import BadInput
from flows.routes import handles
from flows.schedule import duties, screens_duty
from flows.schedule.texts import duty as texts
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn

LAST = 31
_DAY = re.compile(r"(?:tiap |setiap )?(?:tanggal |tgl |tg |tgl\. ?)?(\d{1,2})(?: tiap bulan| setiap bulan)?")
_END = re.compile(r"(?:tiap |setiap )?(?:akhir bulan|hari terakhir|tanggal terakhir|tgl terakhir|akhir)")


@handles(routes.DUTIES)
def listed(turn: Turn) -> Screen:
    """Every duty."""
    return screens_duty.listed(*duties.listed(turn))


@handles(routes.DUTY)
def one(turn: Turn, duty_id: str) -> Screen:
    """One duty with the evidence of its periods."""
    return screens_duty.one(duties.view(turn, duty_id))


@handles(routes.DUTY_SWITCH)
def switch(turn: Turn, unit_id: int, duty_id: str, on: int, revision: int) -> Goto:
    """Keep it, or keep it no more."""
    duties.switch(turn, unit_id, duty_id, active=bool(on), revision=revision)
    return Goto(routes.DUTY(duty_id), texts.ON if on else texts.OFF)


@handles(routes.DUTY_DAY)
def ask_day(turn: Turn, duty_id: str) -> Screen:
    """The prompt for the day."""
    policy.require(turn.actor, "schedule", turn.unit)
    return screens_duty.day(duties.view(turn, duty_id))


@handles(routes.DUTY_DAY_SAVE)
def save_day(turn: Turn, unit_id: int, duty_id: str, revision: int) -> Goto | NotMine:
    """The typed text is the day of the month."""
    day = _day(turn.event.text)
    if day is None:
        if turn.library.looks_like_question(turn.event.text):
            return NotMine()
        raise BadInput(texts.DAY_BAD, next=routes.DUTY_DAY(duty_id))
    changed = duties.set_day(turn, unit_id, duty_id, day, revision)
    return Goto(routes.DUTY(duty_id), texts.DAY_SET if changed else texts.SAME)


@handles(routes.DUTY_DAY_USUAL)
def usual_day(turn: Turn, unit_id: int, duty_id: str, revision: int) -> Goto:
    """Back to the usual day."""
    changed = duties.set_day(turn, unit_id, duty_id, None, revision)
    return Goto(routes.DUTY(duty_id), texts.DAY_SET if changed else texts.SAME)


def _day(text: str) -> int | None:
    text = " ".join(text.lower().strip(" .!").split())
    if _END.fullmatch(text):
        return LAST
    hit = _DAY.fullmatch(text)
    return int(hit[1]) if hit and 1 <= int(hit[1]) <= LAST else None
