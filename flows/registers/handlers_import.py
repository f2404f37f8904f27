"""Bring a table into a register: send it, look at what was read, save."""

from flows import routes
from flows.errors import FlowError
from flows.registers import carrying, screens_import, service
from flows.registers.texts import importing as texts
from flows.routes import handles
from flows.screen import Gone, Goto, Screen
from flows.turn import Turn


@handles(routes.REGISTER_FILE_ASK)
def ask(turn: Turn, unit_id: int, code: str) -> Screen:
    """How to send a table."""
    kind = service.kind_of(code)
    service.writable(turn, unit_id, kind)
    return screens_import.ask(unit_id, kind)


@handles(routes.REGISTER_FILE)
def receive(turn: Turn, unit_id: int, code: str) -> Goto:
    """A table was sent: noted, and read in a job."""
    return Goto(routes.REGISTER_IMPORT(carrying.receive(turn, unit_id, service.kind_of(code))))


@handles(routes.REGISTER_IMPORT)
def show(turn: Turn, import_id: int) -> Screen:
    """An import as it stands."""
    return screens_import.of(carrying.view(turn, import_id))


@handles(routes.REGISTER_IMPORT_TOLD)
def told(turn: Turn, import_id: int) -> Screen | Gone:
    """The file has been read, or cannot be."""
    try:
        found = carrying.view(turn, import_id)
    except FlowError:
        return Gone()
    return screens_import.of(found) if found.row.state in (carrying.READY, carrying.FAILED) else Gone()


@handles(routes.REGISTER_IMPORT_APPLY)
def apply(turn: Turn, import_id: int, stamp: int) -> Goto:
    """Save what could be read; the chat goes on with the unit of the file."""
    found = carrying.apply(turn, import_id, stamp)
    if turn.state.unit_id != found.unit.id:
        turn.state.unit_id = found.unit.id
        turn.forget()
    return Goto(routes.REGISTER_IMPORT(import_id), texts.applied(found))


@handles(routes.REGISTER_IMPORT_CANCEL)
def cancel(turn: Turn, import_id: int) -> Goto:
    """Let it go."""
    kind = carrying.cancel(turn, import_id)
    return Goto(routes.REGISTER_LIST(kind.code, 0), texts.CANCELLED)
