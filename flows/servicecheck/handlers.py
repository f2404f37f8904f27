"""Kesiapan pelayanan publik: five components, their questions, what is answered and mended there."""

from flows import fmt, routes
from flows.checklist import changes
from flows.checklist import service as checklist
from flows.checklist.changes import Outcome, Place
from flows.checklist.service import Current
from flows.errors import Outdated
from flows.item_words import Reader
from flows.routes import handles
from flows.screen import Goto, NotMine, Screen
from flows.servicecheck import screens, service, texts
from flows.turn import Turn
from knowledge.answers import Choice
from knowledge.service_check import typed as typed_answer


def _reader(turn: Turn) -> Reader:
    person = turn.actor.person
    return Reader(person.id if person is not None else None, turn.now, turn.zone_name)


# looking -------------------------------------------------------------------------------------------


@handles(routes.SERVICE)
def show_start(turn: Turn) -> Screen:
    """The five components of the open unit."""
    found = service.here(turn)
    may = any(service.may_answer(turn, found, item) for item in found.questions)
    return screens.start(found, len(found.check.to_mend(found.given)), may)


@handles(routes.SERVICE_NEXT)
def carry_on(turn: Turn) -> Goto:
    """The first question without an answer that the person may answer."""
    found = service.here(turn)
    unanswered = (item for item in found.questions if item.id not in found.given)
    first = next((item for item in unanswered if service.may_answer(turn, found, item)), None)
    return Goto(routes.SERVICE_ITEM(first.id)) if first else Goto(routes.SERVICE(), texts.ALL_ANSWERED)


@handles(routes.SERVICE_PART)
def show_part(turn: Turn, part_id: str) -> Screen:
    """One component."""
    found = service.here(turn)
    which = service.part_of(found, part_id)
    areas = checklist.current(turn).instrument.areas
    keepers = [f"Area {area.no}" for area in areas if area.id in found.check.keepers[which.id]]
    return screens.part(found, which, keepers)


@handles(routes.SERVICE_ITEM)
def show_item(turn: Turn, item_id: str) -> Screen:
    """One question."""
    return screens.question(service.view(turn, item_id), _reader(turn))


@handles(routes.SERVICE_HISTORY)
def show_history(turn: Turn, item_id: str, page: int) -> Screen:
    """Who changed what, newest first."""
    found = service.here(turn)
    item = service.item_of(found, item_id)
    page = min(max(0, page), 10_000)
    if found.assessment is None:
        return screens.history(item, (), False, _reader(turn), page)
    where = Current(found.unit, found.assessment, found.check.instrument)
    lines, more = checklist.history(turn, where, item, page)
    return screens.history(item, lines, more, _reader(turn), page)


@handles(routes.SERVICE_MEND)
def show_mend(turn: Turn, page: int) -> Screen:
    """What to mend first."""
    found = service.here(turn)
    items = found.check.to_mend(found.given)
    page = min(max(0, page), max(0, (len(items) - 1) // screens.PAGE))
    shown = items[page * screens.PAGE : (page + 1) * screens.PAGE]
    return screens.mend(found, shown, page, len(items), service.tasked(turn.session, found))


@handles(routes.SERVICE_COPY)
def show_copied(turn: Turn) -> Screen:
    """The result as plain text."""
    found = service.here(turn)
    today = fmt.day_long(fmt.local(turn.now, found.unit.zone).date())
    return screens.copied(texts.forward(found, found.check.to_mend(found.given), today))


# answering -----------------------------------------------------------------------------------------


@handles(routes.SERVICE_SET)
def set_answer(turn: Turn, unit_id: int, year: int, item_id: str, key: str, revision: int) -> Goto:
    """A tapped answer."""
    at = service.place(turn, unit_id, year, item_id)
    if key not in texts.OPTIONS:
        raise Outdated(texts.BAD_BUTTON, next=at.shown)
    return _answer(turn, at, key, revision)


@handles(routes.SERVICE_TYPED)
def typed(turn: Turn, unit_id: int, year: int, item_id: str, revision: int) -> Goto | NotMine:
    """A typed answer; everything else is a question."""
    key = typed_answer(turn.event.text)
    if key is None:
        return NotMine()
    return _answer(turn, service.place(turn, unit_id, year, item_id), key, revision)


def _answer(turn: Turn, at: Place, key: str, seen: int) -> Goto:
    """Keep it. A first answer leads on to the next open question of the component."""
    outcome = changes.set_answer(turn, at, Choice(key), seen)
    if outcome is Outcome.CLASH:
        raise Outdated(texts.CLASH, next=at.shown)
    if outcome is Outcome.SAME:
        return Goto(at.shown, texts.same(key))
    return Goto(at.shown if seen else _onward(turn, at), texts.saved(key))


def _onward(turn: Turn, at: Place) -> routes.Action:
    found = service.here(turn)
    item = service.item_of(found, at.item.id)
    part = service.part_of(found, item.area_id)
    later = [*part.indicators[item.index :], *part.indicators[: item.index]]
    left = next((each for each in later if each.id not in found.given), None)
    return routes.SERVICE_ITEM(left.id) if left is not None else routes.SERVICE_PART(part.id)


@handles(routes.SERVICE_CLEAR)
def clear(turn: Turn, unit_id: int, year: int, item_id: str, revision: int) -> Goto:
    """Take the answer away; its history and note stay, and one tap gives it again."""
    at = service.place(turn, unit_id, year, item_id)
    outcome = changes.clear_answer(turn, at, revision)
    if outcome is Outcome.CLASH:
        raise Outdated(texts.CLASH, next=at.shown)
    return Goto(at.shown, texts.CLEARED if outcome is Outcome.SAVED else texts.CLEARED_ALREADY)


# notes and action items ----------------------------------------------------------------------------


@handles(routes.SERVICE_NOTE)
def show_note(turn: Turn, item_id: str) -> Screen:
    """The note of a question, and the prompt to write it."""
    return screens.note(service.view(turn, item_id), _reader(turn))


@handles(routes.SERVICE_NOTE_SAVE)
def save_note(turn: Turn, unit_id: int, year: int, item_id: str, revision: int) -> Goto:
    """The typed text is the note."""
    at = service.place(turn, unit_id, year, item_id)
    outcome = changes.write_note(turn, at, turn.event.text, revision)
    if outcome is Outcome.CLASH:
        raise Outdated(texts.NOTE_CLASH, next=at.noting)
    return Goto(at.shown, texts.NOTE_SAVED if outcome is Outcome.SAVED else texts.NOTE_SAME)


@handles(routes.SERVICE_TASK)
def make_task(turn: Turn, unit_id: int, year: int, item_id: str) -> Goto:
    """What is missing becomes an action item, with a PIC and a day as every other."""
    task_id, new = service.make_task(turn, unit_id, year, item_id)
    return Goto(routes.TASK(task_id), texts.TASK_MADE if new else texts.TASK_THERE)
