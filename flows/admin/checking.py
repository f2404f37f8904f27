"""A new coordinator checks the unit's data, by tapping or typing, and sees the next step."""

import re

from flows import fmt, routes
from flows.admin import refusals, screens, service, texts, tree
from flows.models import Unit
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn

_RIGHT = {
    "ya",
    "benar",
    "sudah benar",
    "sudah",
    "betul",
    "sudah betul",
    "ok",
    "oke",
    "sesuai",
    "sudah sesuai",
}
_FILLERS = {
    *(
        "kami",
        "kita",
        "unit",
        "zona",
        "zonanya",
        "waktu",
        "waktunya",
        "target",
        "targetnya",
        "tahun",
        "tahunnya",
    ),
    *(
        "penilaian",
        "perbaiki",
        "ubah",
        "ganti",
        "jadi",
        "ke",
        "di",
        "itu",
        "dan",
        "ya",
        "pakai",
        "seharusnya",
    ),
    *("yang", "benar", "harusnya", "menjadi", "adalah", "mohon", "tolong"),
}
_DENIES = {"bukan"}


def _opened(turn: Turn, unit_id: int) -> Unit:
    """The unit, now also the one this chat works on: the buttons that follow mean it."""
    unit = service.editable(turn, unit_id)
    if unit.archived_at is not None:
        raise refusals.unit_archived(unit_id)
    turn.state.unit_id = unit_id
    turn.forget()
    return unit


@handles(routes.UNIT_CHECK)
@privately
def check(turn: Turn, unit_id: int) -> Screen:
    """The unit's data, to be confirmed."""
    unit = _opened(turn, unit_id)
    assessment = tree.assessment_of(turn.session, unit)
    return screens.check(
        unit,
        assessment.target if assessment is not None else "WBK",
        assessment.year if assessment is not None else None,
    )


@handles(routes.UNIT_CHECK_TYPED)
@privately
def check_typed(turn: Turn, unit_id: int) -> Goto | NotMine:
    """ "kami wib", "target wbbm 2028", "sudah benar": typed instead of tapped."""
    typed = fmt.one_line(turn.event.text.lower()).strip(" .,")
    if typed in _RIGHT:
        return Goto(routes.UNIT_READY(unit_id))
    found = re.findall(r"[a-z]+|\d+", typed)
    if _DENIES & set(found) or not found:
        return NotMine()
    zones = [w.upper() for w in found if w.upper() in fmt.ZONES]
    targets = [w.upper() for w in found if w.upper() in service.TARGETS]
    years = [int(w) for w in found if re.fullmatch(r"20\d\d", w)]
    known = len(zones) + len(targets) + len(years) + sum(w in _FILLERS for w in found)
    if known < len(found) or not (zones or targets or years) or max(map(len, (zones, targets, years))) > 1:
        return NotMine()
    if zones:
        service.set_zone(turn, unit_id, zones[0], None)
    if targets:
        service.set_target(turn, unit_id, targets[0])
    if years:
        service.set_year(turn, unit_id, years[0])
    said = texts.changed(
        zones[0] if zones else None, targets[0] if targets else None, years[0] if years else None
    )
    return Goto(routes.UNIT_CHECK(unit_id), said)


@handles(routes.UNIT_READY)
@privately
def ready(turn: Turn, unit_id: int) -> Screen:
    """The next useful step."""
    unit = _opened(turn, unit_id)
    return screens.ready(unit, turn.actor.has_role("koordinator", unit))
