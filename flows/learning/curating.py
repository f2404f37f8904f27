"""Handlers of the agency's answers: read, rated, reviewed, changed, handed out, brought in."""

from flows import routes
from flows.errors import FlowError
from flows.learning import carrying, entries, entry_screens, refusals, screens, texts, unmet
from flows.learning.scope import agency_of, over, required, required_admin
from flows.models import Agency, AgencyEntry, EntryImport, Unit
from flows.routes import handles
from flows.screen import Gone, Goto, Screen
from flows.turn import Turn

TRAVELS = "ins."
"""Marks an entry where topics are named: "ins.12"."""


def entry_id_in(packed: str) -> int | None:
    """The entry that a topic name stands for; None when it is a national topic."""
    digits = packed.removeprefix(TRAVELS)
    if digits == packed or not digits.isascii() or not digits.isdecimal() or len(digits) > 9:
        return None
    return int(digits)


def readable(turn: Turn, entry_id: int) -> AgencyEntry:
    """An answer in use by the actor's agency, in private. Raises Missing."""
    entry = turn.session.get(AgencyEntry, entry_id) if turn.event.private else None
    if entry is None or entry.state != entries.ACTIVE or entry.agency_id != agency_of(turn):
        raise refusals.entry_gone(routes.ASK_PROMPT())
    return entry


@handles(routes.ENTRY_READ)
def read(turn: Turn, entry_id: int) -> Screen:
    """An agency's answer."""
    entry = readable(turn, entry_id)
    turn.state.last_topic = None  # a follow-up must not be read as one to an earlier national topic
    agency = turn.session.get_one(Agency, entry.agency_id)
    return entry_screens.read(entry, agency.name, turn.zone_name)


@handles(routes.ENTRY_RATE)
def rate(turn: Turn, entry_id: int, helpful: int) -> Goto:
    """Thumbs under an agency's answer."""
    entry = readable(turn, entry_id)
    if helpful:
        return Goto(routes.ENTRY_READ(entry_id), texts.THANKS_HELPFUL)
    title = entry.questions[0] if entry.questions else entry.short
    unmet.note(turn, title, unmet.NOT_QUITE, f"{TRAVELS}{entry_id}")
    return Goto(routes.TOPIC_WHY(f"{TRAVELS}{entry_id}"))


# keeping -------------------------------------------------------------------------------------------


@handles(routes.ENTRIES)
def listed(turn: Turn, state: str, page: int) -> Screen:
    """Entries in one state: the agency's, of drafts and retired ones only the unit's for coordinators."""
    scope = required(turn)
    if state not in entries.STATES:
        state = entries.ACTIVE
    unit_id = None if scope.is_admin or state == entries.ACTIVE else scope.unit_id
    total = entries.count(turn.session, scope.agency_id, state, unit_id)
    page = min(max(0, page), max(0, (total - 1) // screens.PAGE))
    found = entries.page_of(turn.session, scope.agency_id, state, unit_id, screens.PAGE, page * screens.PAGE)
    agency = turn.session.get_one(Agency, scope.agency_id)
    return entry_screens.listed(agency.name, state, found, total, page, scope.is_admin)


@handles(routes.ENTRY)
def show(turn: Turn, entry_id: int) -> Screen:
    """An entry as its keeper sees it."""
    entry = entries.seen(turn, entry_id)
    return entry_screens.kept(entry, _unit_name(turn, entry), over(turn, entry.agency_id).is_admin)


def _unit_name(turn: Turn, entry: AgencyEntry) -> str:
    unit = turn.session.get(Unit, entry.unit_id) if entry.unit_id is not None else None
    return unit.name if unit is not None else ""


@handles(routes.ENTRY_ASKED)
def review_asked(turn: Turn, entry_id: int) -> Screen | Gone:
    """An admin is told of a draft."""
    entry = turn.session.get(AgencyEntry, entry_id)
    if entry is None or entry.state != entries.DRAFT or not turn.actor.memberships:
        return Gone()
    if all(held.role != "admin" or held.agency_id != entry.agency_id for held in turn.actor.memberships):
        return Gone()
    return entry_screens.review_asked(entry, _unit_name(turn, entry))


@handles(routes.ENTRY_EDIT)
def ask_value(turn: Turn, entry_id: int, field: str) -> Screen:
    """Prompt for a new value."""
    entry = entries.seen(turn, entry_id)
    if not over(turn, entry.agency_id).is_admin:
        raise refusals.only_admin()
    if field not in entries.FIELDS:
        raise refusals.entry_gone(routes.ENTRY(entry_id))
    return entry_screens.edit_prompt(entry, field)


@handles(routes.ENTRY_EDIT_SAVE)
def keep_value(turn: Turn, entry_id: int, field: str, revision: int) -> Goto:
    """The typed text is the new value."""
    if field not in entries.FIELDS:
        raise refusals.entry_gone(routes.ENTRY(entry_id))
    entries.change(turn, entry_id, field, revision, turn.event.text)
    return Goto(routes.ENTRY(entry_id), texts.CHANGED)


@handles(routes.ENTRY_POLICY)
def use_policy(turn: Turn, entry_id: int, revision: int) -> Goto:
    """The answer rests on the agency's own policy."""
    entries.change(turn, entry_id, entries.RULE, revision, entries.POLICY)
    return Goto(routes.ENTRY(entry_id), texts.CHANGED)


@handles(routes.ENTRY_STATE)
def set_state(turn: Turn, entry_id: int, state: str, revision: int) -> Goto:
    """Approve, reject, retire, restore."""
    entries.set_state(turn, entry_id, state, revision)
    return Goto(routes.ENTRY(entry_id), texts.STATE_TOASTS[state])


# files ---------------------------------------------------------------------------------------------


@handles(routes.ENTRIES_EXPORT)
def export(turn: Turn, form: str) -> Screen:
    """Every entry of the agency as a file."""
    values = carrying.rows(turn)
    return entry_screens.exported(values, form if form in entry_screens.MAKERS else "xlsx", turn.now)


@handles(routes.ENTRIES_IMPORT)
def ask_file(turn: Turn) -> Screen:
    """Prompt for the file."""
    required_admin(turn)
    return entry_screens.ask_file()


@handles(routes.ENTRIES_FILE)
def receive(turn: Turn) -> Goto:
    """The sent file is noted, and read in a job."""
    return Goto(routes.ENTRIES_READ(carrying.receive(turn)))


@handles(routes.ENTRIES_READ)
def show_import(turn: Turn, import_id: int) -> Screen:
    """An import as it stands."""
    return _import_screen(turn, carrying.own(turn, import_id))


def _import_screen(turn: Turn, row: EntryImport) -> Screen:
    plan = carrying.plan_of(turn, row) if row.state == carrying.READY else None
    return entry_screens.importing(row, plan)


@handles(routes.ENTRIES_TOLD)
def told(turn: Turn, import_id: int) -> Screen | Gone:
    """The file has been read, or cannot be."""
    try:
        row = carrying.own(turn, import_id)
    except FlowError:
        return Gone()
    return _import_screen(turn, row) if row.state in (carrying.READY, carrying.FAILED) else Gone()


@handles(routes.ENTRIES_APPLY)
def apply(turn: Turn, import_id: int, version: int) -> Goto:
    """Write what is right."""
    done = carrying.apply(turn, import_id, version)
    toast = texts.applied(done.get(carrying.NEW, 0), done.get(carrying.CHANGED, 0))
    return Goto(routes.ENTRIES_READ(import_id), toast)


@handles(routes.ENTRIES_CANCEL)
def cancel(turn: Turn, import_id: int) -> Goto:
    """Let it go."""
    carrying.cancel(turn, import_id)
    return Goto(routes.ENTRIES(entries.ACTIVE, 0), texts.IMPORT_CANCELLED)
