"""Handlers of the import of units and people. Only for admins, in private."""

from flows import routes
from flows.bulk import applying, screens, service, texts
from flows.errors import Missing
from flows.models import BulkImport
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Gone, Goto, Screen
from flows.slips import service as slips
from flows.turn import Turn

ALSO = (applying,)
"""Imported so that its job is known."""


@handles(routes.BULK)
@privately
def start(turn: Turn) -> Screen:
    """Templates, and the prompt for the filled file."""
    agency = service.agency_of(turn)
    return screens.ask_file(slips.agency_count(turn, agency.id or 0))


@handles(routes.BULK_TEMPLATE)
@privately
def template(turn: Turn, form: str) -> Screen:
    """A template to fill in."""
    service.agency_of(turn)
    if form not in texts.TEMPLATE:
        raise Missing("Contoh itu tidak ada. Pilih Excel atau CSV.", next=routes.BULK())
    return screens.template(form)


@handles(routes.BULK_FILE)
def receive(turn: Turn) -> Goto:
    """The sent file is noted, and read in a job."""
    return Goto(routes.BULK_SHOW(service.receive(turn)))


@handles(routes.BULK_SHOW)
@privately
def show(turn: Turn, import_id: int) -> Screen:
    """The trial's result, how far it is, or how it ended."""
    return screens.show(service.own(turn, import_id))


def _mine(turn: Turn, import_id: int) -> BulkImport | None:
    row = turn.session.get(BulkImport, import_id)
    person = turn.actor.person
    return row if row is not None and person is not None and row.person_id == person.id else None


@handles(routes.BULK_TOLD)
@privately
def told(turn: Turn, import_id: int) -> Screen | Gone:
    """The sender hears; silent once it was let go."""
    row = _mine(turn, import_id)
    if row is None or row.state in (service.WAITING, service.CANCELLED):
        return Gone()
    return screens.show(row)


@handles(routes.BULK_PROGRESS)
@privately
def progress(turn: Turn, import_id: int) -> Screen | Gone:
    """How far it is: one message that is edited."""
    row = _mine(turn, import_id)
    return Gone() if row is None else screens.progress(row)


@handles(routes.BULK_REPORT)
@privately
def report(turn: Turn, import_id: int) -> Screen:
    """The report by line as a file."""
    row = service.own(turn, import_id)
    lines = service.lines_of(turn.session, row) if row.state == service.READY else []
    return screens.report(row, lines)


@handles(routes.BULK_APPLY)
@privately
def apply(turn: Turn, import_id: int) -> Goto:
    """Begin to apply."""
    service.apply(turn, import_id)
    return Goto(routes.BULK_SHOW(import_id))


@handles(routes.BULK_CANCEL)
@privately
def cancel(turn: Turn, import_id: int) -> Goto:
    """Let the import go."""
    service.cancel(turn, import_id)
    return Goto(routes.BULK(), texts.CANCELLED)
