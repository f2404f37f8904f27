"""The pencanangan: what must be ready, and what was recorded of it."""

from datetime import date

from flows import routes
from flows.errors import BadInput
from flows.evidence import periods
from flows.pact import changing, screens, service
from flows.pact.texts import pact as texts
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn
from knowledge.dates import Problem
from knowledge.stages import timeline


@handles(routes.LAUNCH)
@privately
def show(turn: Turn) -> Screen | Goto:
    """The pencanangan of the open unit; without one, what a pencanangan is."""
    if turn.open_unit is None:
        return Goto(routes.TOPIC(service.STAGE))
    found = service.view(turn)
    place = timeline().place(service.STAGE)
    return screens.launch(
        found,
        place.stage if place is not None else None,
        turn.library.faq.get(service.STAGE),
        service.stage_open(turn.session, found.unit),
    )


@handles(routes.LAUNCH_FIELD)
@privately
def ask(turn: Turn, unit_id: int, field: str) -> Screen:
    """The prompt for one field."""
    changing.recorded(turn, unit_id)
    row = service.launch_of(turn.session, turn.unit)
    return screens.field(unit_id, field, changing.launch_value(row, field), row)


@handles(routes.LAUNCH_SAVE)
@privately
def save(turn: Turn, unit_id: int, field: str, revision: int) -> Goto | NotMine:
    """The typed text is the value."""
    changing.launch_value(None, field)
    value: date | str = " ".join(turn.event.text.split())
    again = routes.LAUNCH_FIELD(unit_id, field)
    if changing.is_day(field):
        read = periods.read_day(turn.event.text, turn.today)
        if isinstance(read, Problem):
            raise BadInput(read.sentence, next=again)
        if read is None:
            if turn.library.looks_like_question(turn.event.text):
                return NotMine()
            raise BadInput(texts.DAY_BAD, next=again)
        value = read
    if not value:
        raise BadInput("Belum ada tulisan yang terbaca.", next=again)
    changing.record(turn, unit_id, field, value, revision)
    return Goto(routes.LAUNCH(), texts.SAVED)


@handles(routes.LAUNCH_CLEAR)
@privately
def clear(turn: Turn, unit_id: int, field: str, revision: int) -> Goto:
    """Empty a field."""
    changing.record(turn, unit_id, field, None, revision)
    return Goto(routes.LAUNCH(), texts.CLEARED)
