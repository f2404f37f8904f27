"""Register: the menu, lists, lines, and everything typed there."""

from flows import routes
from flows.checklist import service as checklist
from flows.errors import BadInput, Missing
from flows.models import RegisterEntry
from flows.registers import clocks, screens, service, slots, typed
from flows.registers import handlers_import as handlers_import
from flows.registers import handlers_take as handlers_take
from flows.registers.kinds import FREE, LAPOR, MONTH, NO, YES, Field, Kind
from flows.registers.texts import lines as texts
from flows.registers.typed import Unusable
from flows.routes import handles
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn


@handles(routes.REGISTERS)
def show_menu(turn: Turn) -> Screen:
    """The registers of the open unit."""
    where = checklist.current(turn)
    reports = service.lines(turn.session, where.unit, service.kind_of(LAPOR))
    late = sum(clocks.late(row.slot or "", row.content, turn.today) is not None for row in reports)
    return screens.menu(where, service.numbers(turn.session, where.unit), late)


def _register(turn: Turn, kind: Kind) -> screens.Register:
    where = checklist.current(turn)
    fact = turn.library.faq.get(clocks.FACT)
    return screens.Register(
        where=where,
        kind=kind,
        lines=service.lines(turn.session, where.unit, kind),
        may_edit=service.may_edit(turn, where.unit, kind),
        today=turn.today,
        caution=(fact.caution or "") if fact is not None else "",
    )


@handles(routes.REGISTER_LIST)
def show_list(turn: Turn, code: str, page: int) -> Screen:
    """One register."""
    return screens.listing(_register(turn, service.kind_of(code)), page)


@handles(routes.REGISTER_COPY)
def show_copied(turn: Turn, code: str) -> Screen:
    """The register as text to copy."""
    return screens.copied(_register(turn, service.kind_of(code)))


@handles(routes.REGISTER)
def show_line(turn: Turn, line_id: int) -> Screen:
    """One line."""
    row, kind = service.line(turn, line_id)
    return screens.one(_register(turn, kind), row)


# adding --------------------------------------------------------------------------------------------


@handles(routes.REGISTER_NEW)
def ask_new(turn: Turn, unit_id: int, code: str) -> Screen:
    """The prompt for a new line."""
    kind = service.kind_of(code)
    service.writable(turn, unit_id, kind)
    if kind.slots == FREE:
        return screens.ask_first(unit_id, kind)
    return screens.ask_counts(unit_id, kind, "", None, turn.today)


@handles(routes.REGISTER_FIRST)
def add(turn: Turn, unit_id: int, code: str) -> Goto:
    """The typed text begins a new line."""
    kind = service.kind_of(code)
    first = kind.fields[0]
    value = typed.read(kind, first, turn.event.text, turn.today)
    if isinstance(value, Unusable):
        raise BadInput(value.sentence, next=routes.REGISTER_NEW(unit_id, code))
    line_id = service.add(turn, unit_id, kind, str(value))
    return Goto(routes.REGISTER_FIELD(line_id, kind.fields[1].key, 1), texts.ADDED)


@handles(routes.REGISTER_SLOT)
def ask_counts(turn: Turn, unit_id: int, code: str, slot: str) -> Screen:
    """The prompt for the counts of a period."""
    kind = service.counted_kind(code)
    unit = service.writable(turn, unit_id, kind)
    service.fitting_slot(turn, kind, slot, routes.REGISTER_NEW(unit_id, code))
    row = service.at_slot(turn.session, unit, kind, slot)
    return screens.ask_counts(unit_id, kind, slot, row.content if row is not None else None, turn.today)


@handles(routes.REGISTER_TYPED)
def typed_counts(turn: Turn, unit_id: int, code: str, slot: str) -> Goto | NotMine:
    """Counts in one message; what is typed for a period that has a line adds to what stands there."""
    kind = service.counted_kind(code)
    prompt = routes.REGISTER_SLOT(unit_id, code, slot) if slot else routes.REGISTER_LIST(code, 0)
    found = typed.counts(kind, turn.event.text, turn.today)
    if found is None or turn.library.looks_like_question(turn.event.text):
        return NotMine()
    unit = service.writable(turn, unit_id, kind)
    if isinstance(found, Unusable):
        raise BadInput(found.sentence, next=prompt)
    slot = found.slot or slot or ("" if kind.slots == MONTH else str(turn.today.year))
    if not slot:
        raise BadInput(texts.NO_PERIOD.format(example=kind.example), next=prompt)
    service.fitting_slot(turn, kind, slot, prompt)
    row = service.at_slot(turn.session, unit, kind, slot)
    values = typed.filled(kind, {**(row.content if row is not None else {}), **found.values})
    why = typed.fault(kind, values)
    if why:
        raise BadInput(f"{why} Tulis seperti contoh: {kind.example}. Belum ada yang disimpan.", next=prompt)
    return Goto(routes.REGISTER_CHECK(unit_id, code, slot, typed.code_of(kind, values)))


@handles(routes.REGISTER_SAID)
def typed_unasked(turn: Turn) -> Goto:
    """A recap of complaints typed anywhere by who keeps them; from anybody else it is a question."""
    unit, kind = turn.open_unit, service.kind_of(LAPOR)
    asks = turn.library.looks_like_question(turn.event.text)
    if asks or unit is None or unit.id is None or not service.may_edit(turn, unit, kind):
        return Goto(routes.ASK())
    return Goto(routes.REGISTER_TYPED(unit.id, kind.code, ""))


@handles(routes.REGISTER_CHECK)
def check(turn: Turn, unit_id: int, code: str, slot: str, counts: str) -> Screen | Goto:
    """The counts as they were understood, before they are saved."""
    kind = service.counted_kind(code)
    unit = service.writable(turn, unit_id, kind)
    service.fitting_slot(turn, kind, slot, routes.REGISTER_NEW(unit_id, code))
    values = typed.from_code(kind, counts)
    if values is None:
        raise Missing(texts.NO_FIELD, next=routes.REGISTER_LIST(code, 0))
    row = service.at_slot(turn.session, unit, kind, slot)
    if row is not None and dict(row.content) == values:
        return Goto(routes.REGISTER(row.id or 0), texts.SAME)
    return screens.check(unit_id, kind, slot, values, row)


@handles(routes.REGISTER_PUT)
def put(turn: Turn, unit_id: int, code: str, slot: str, counts: str, seen: int) -> Goto:
    """Save counts that were confirmed."""
    kind = service.counted_kind(code)
    values = typed.from_code(kind, counts)
    if values is None:
        raise Missing(texts.NO_FIELD, next=routes.REGISTER_LIST(code, 0))
    service.put(turn, unit_id, kind, slot, values, seen)
    return Goto(routes.REGISTER_LIST(code, 0), f"{texts.SAVED} {slots.name(slot)}.")


# one field -----------------------------------------------------------------------------------------


@handles(routes.REGISTER_FIELD)
def ask_field(turn: Turn, line_id: int, key: str, guided: int) -> Screen:
    """The prompt for one field."""
    row, kind = service.line(turn, line_id)
    service.require_edit(turn, turn.unit, kind)
    return screens.ask_field(kind, row, _field(kind, line_id, key), guided)


@handles(routes.REGISTER_FIELD_SAVE)
def save_field(turn: Turn, line_id: int, key: str, guided: int, revision: int) -> Goto | NotMine:
    """The typed text is the value of a field; step by step a typed "lewati" skips as its button does."""
    row, kind = service.line(turn, line_id)
    field = _field(kind, line_id, key)
    onward = _onward(row, kind, key, guided)
    text = turn.event.text
    if guided and typed.skips(text):
        return Goto(onward)
    value = typed.read(kind, field, text, turn.today)
    if isinstance(value, Unusable):
        if field.form != "text" and turn.library.looks_like_question(text):
            return NotMine()
        service.require_edit(turn, turn.unit, kind)
        raise BadInput(value.sentence, next=routes.REGISTER_FIELD(line_id, key, guided))
    service.write(turn, line_id, key, revision, value)
    return Goto(onward, texts.SAVED)


@handles(routes.REGISTER_FIELD_SET)
def set_field(turn: Turn, line_id: int, key: str, guided: int, revision: int, value: str) -> Goto:
    """A tapped ya or belum, or a field that is emptied again."""
    row, kind = service.line(turn, line_id)
    field = _field(kind, line_id, key)
    if value and (field.form != "yes" or value not in (YES, NO)):
        raise Missing(texts.NO_FIELD, next=routes.REGISTER(line_id))
    service.write(turn, line_id, key, revision, value or None)
    return Goto(_onward(row, kind, key, guided), texts.SAVED if value else texts.CLEARED)


def _field(kind: Kind, line_id: int, key: str) -> Field:
    found = kind.field(key)
    if found is None:
        raise Missing(texts.NO_FIELD, next=routes.REGISTER(line_id))
    return found


def _onward(row: RegisterEntry, kind: Kind, key: str, guided: int) -> routes.Action:
    following = kind.after(key) if guided else None
    number = row.id or 0
    return routes.REGISTER_FIELD(number, following.key, 1) if following else routes.REGISTER(number)


# removing ------------------------------------------------------------------------------------------


@handles(routes.REGISTER_DELETE_ASK)
def ask_delete(turn: Turn, line_id: int) -> Screen:
    """Ask before a line goes."""
    row, kind = service.line(turn, line_id)
    service.require_edit(turn, turn.unit, kind)
    return screens.delete_ask(kind, row)


@handles(routes.REGISTER_DELETE)
def delete(turn: Turn, line_id: int, revision: int) -> Goto:
    """Take a line out of its register."""
    kind = service.remove(turn, line_id, revision)
    return Goto(routes.REGISTER_LIST(kind.code, 0), texts.REMOVED)
