"""Isi LKE: from the six areas down to one indicator, and everything done there."""

from flows import policy, routes
from flows.checklist import changes, screens, service, stored
from flows.checklist.changes import Outcome
from flows.checklist.texts import item_text, labels
from flows.errors import BadInput, NotAllowed, Outdated
from flows.evidence import links
from flows.evidence import service as evidence
from flows.policy import Actor
from flows.review import held
from flows.routes import handles
from flows.schedule import nearest
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn
from knowledge.answers import Answer, Item
from knowledge.narrative import compose
from knowledge.typed import NotAnAnswer, Problem, looks_like_answer, parse_answer

REPLACE, ADD_BELOW = 0, 1


def _reader(turn: Turn) -> labels.Reader:
    person = turn.actor.person
    return labels.Reader(
        person_id=person.id if person is not None else None,
        now=turn.now,
        zone_name=turn.zone_name,
        unit_name=_unit_name(turn),
    )


def _unit_name(turn: Turn) -> str:
    """Named on every screen when the person works in several units; else empty."""
    return turn.unit.name if _several_units(turn.actor) else ""


def _several_units(actor: Actor) -> bool:
    return actor.has_role("admin") or len({m.unit_id for m in actor.memberships}) > 1


# looking -------------------------------------------------------------------------------------------


@handles(routes.LKE)
def show_start(turn: Turn) -> Screen:
    """The areas of the open unit's LKE."""
    where = service.current(turn)
    marks = service.marks(turn.session, where.assessment, where.instrument)
    return screens.start(
        where, marks, turn.actor.areas(where.unit), turn.actor.has_role("koordinator", where.unit)
    )


@handles(routes.LKE_AREA)
def show_area(turn: Turn, area_id: str) -> Screen:
    """One area, or the result part."""
    where = service.current(turn)
    if area_id == service.RESULTS:
        return _results(turn, where)
    area = service.area_of(where.instrument, area_id)
    marks = service.marks(turn.session, where.assessment, where.instrument)
    return screens.area(where, area, marks, _unit_name(turn))


@handles(routes.LKE_SUB)
def show_sub(turn: Turn, sub_id: str) -> Screen:
    """One sub-component; any group of the result part shows the whole of it."""
    where = service.current(turn)
    if any(group.id == sub_id for group in where.instrument.result_groups):
        return _results(turn, where)
    sub = service.sub_of(where.instrument, sub_id)
    given = service.known_answers(turn.session, where.assessment)
    marks = service.marks(turn.session, where.assessment, where.instrument)
    return screens.sub(where, sub, given, marks, _unit_name(turn))


def _results(turn: Turn, where: service.Current) -> Screen:
    given = service.known_answers(turn.session, where.assessment)
    fed = {key: each.index for key, each in service.fed_by_surveys(turn.session, where).items()}
    marks = service.marks(turn.session, where.assessment, where.instrument)
    return screens.results(where, given, fed, marks, _unit_name(turn))


@handles(routes.LKE_ITEM)
def show_item(turn: Turn, item_id: str) -> Screen:
    """One indicator or result item. Remembered as the place where the person is."""
    view = service.view_item(turn, item_id)
    if turn.state.last_item != view.item.id:
        turn.state.last_item = view.item.id
    found = evidence.of_item(
        turn.session, view.current.assessment, view.item, work=view.work, work_known=True
    )
    due = nearest.of_item(turn.session, view.current, view.item)
    return screens.item(view, _reader(turn), found, due)


@handles(routes.LKE_EVIDENCE)
def show_evidence(turn: Turn, item_id: str) -> Goto:
    """Buttons from before evidence was kept: its examples stand with what is there."""
    service.current(turn)
    return Goto(routes.EVIDENCE_ITEM(item_id))


@handles(routes.LKE_HISTORY)
def show_history(turn: Turn, item_id: str, page: int) -> Screen:
    """Who changed what, newest first."""
    where = service.current(turn)
    item = service.item_of(where.instrument, item_id)
    page = min(max(0, page), 10_000)
    lines, more = service.history(turn, where, item, page)
    return screens.history(item, lines, more, _reader(turn), page)


@handles(routes.LKE_CONTINUE)
def carry_on(turn: Turn) -> Goto:
    """Exactly where the person left off; without a place, the first unanswered item that is theirs."""
    where = service.current(turn)
    if turn.state.last_item in where.instrument.by_id:
        return Goto(routes.LKE_ITEM(str(turn.state.last_item)))
    marks = service.marks(turn.session, where.assessment, where.instrument)
    first = service.first_open(where.instrument, marks.settled, turn.actor.areas(where.unit))
    return Goto(routes.LKE_ITEM(first.id)) if first else Goto(routes.LKE(), labels.ALL_ANSWERED)


# answering -----------------------------------------------------------------------------------------


@handles(routes.LKE_SET)
def set_answer(turn: Turn, assessment_id: int, item_id: str, code: str, revision: int) -> Goto:
    """A tapped option (or an offered answer)."""
    at = changes.place(turn, assessment_id, item_id)
    return _answer(turn, at, _from_code(at.item, code), revision)


@handles(routes.LKE_FORCE)
def force_answer(turn: Turn, assessment_id: int, item_id: str, code: str, revision: int) -> Goto:
    """Replace the other person's answer, having seen it."""
    at = changes.place(turn, assessment_id, item_id)
    return _answer(turn, at, _from_code(at.item, code), revision, forced=True)


@handles(routes.LKE_TYPED)
def typed_answer(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Screen | Goto | NotMine:
    """A typed answer; a question typed here is for Ask, and the place is kept."""
    try:
        at = changes.place(turn, assessment_id, item_id)
    except NotAllowed:
        return _typed_by_reader(turn, item_id)
    read = parse_answer(at.item, turn.event.text)
    if isinstance(read, NotAnAnswer):
        if links.cleaned(turn.event.text) is not None:
            return Goto(routes.INTAKE_LINK(item_id))
        return NotMine()
    if not isinstance(read, Problem):
        return _answer(turn, at, read.answer, revision)
    if (
        read.suggest is not None
        and stored.from_code(at.item, stored.code_of(at.item, read.suggest)) is not None
    ):
        return screens.suggest(service.view_item(turn, item_id), read.suggest, read.sentence)
    raise BadInput(read.sentence, next=routes.LKE_ITEM(item_id))


def _typed_by_reader(turn: Turn, item_id: str) -> Goto:
    """What somebody typed who only reads the item. Raises NotAllowed, in place, for an attempt at an answer.

    Anything else is asked as if no prompt were open, so that a number typed next may choose a topic.
    """
    view = service.view_item(turn, item_id)
    if looks_like_answer(view.item, turn.event.text):
        raise NotAllowed(item_text.filled_by(view), next=routes.LKE_ITEM(item_id))
    return Goto(routes.ASK())


def _answer(turn: Turn, at: changes.Place, wanted: Answer, seen: int, *, forced: bool = False) -> Goto:
    item = at.item
    outcome = changes.set_answer(turn, at, wanted, seen, forced=forced)
    if outcome is Outcome.CLASH:
        return Goto(routes.LKE_CLASH(at.current.id, item.id, stored.code_of(item, wanted)))
    say = labels.saved if outcome is Outcome.SAVED else labels.same
    return Goto(routes.LKE_ITEM(item.id), say(item, wanted))


def _from_code(item: Item, code: str) -> Answer:
    wanted = stored.from_code(item, code)
    if wanted is None:
        raise Outdated(labels.BAD_BUTTON, next=routes.LKE_ITEM(item.id))
    return wanted


@handles(routes.LKE_CONFIRM)
def confirm(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Goto:
    """An answer from Excel is right."""
    outcome = changes.confirm_answer(turn, changes.place(turn, assessment_id, item_id), revision)
    said = {Outcome.SAVED: labels.CONFIRMED, Outcome.SAME: labels.CONFIRMED_ALREADY}
    return Goto(routes.LKE_ITEM(item_id), said.get(outcome, labels.CONFIRM_CLASH))


@handles(routes.LKE_CLASH)
def show_clash(turn: Turn, assessment_id: int, item_id: str, code: str) -> Screen | Goto:
    """Somebody else's answer next to the one this person wanted."""
    at = changes.place(turn, assessment_id, item_id)
    wanted = _from_code(at.item, code)
    view = service.view_item(turn, item_id)
    if view.answer == wanted:
        return Goto(routes.LKE_ITEM(item_id), labels.CHANGED_BACK)
    cleared_by = None
    if view.answer is None:
        lines, _ = service.history(turn, at.current, at.item, 0)
        cleared_by = next((line for line in lines if line.kind == changes.CLEAR), None)
    return screens.clash(view, wanted, _reader(turn), cleared_by)


@handles(routes.LKE_CLEAR_ASK)
def ask_clear(turn: Turn, item_id: str) -> Screen | Goto:
    """Ask before an answer goes."""
    view = service.view_item(turn, item_id)
    policy.require(turn.actor, "answer", view.current.unit, service.area_id_of(view.item))
    if view.answer is None:
        return Goto(routes.LKE_ITEM(item_id), labels.NOTHING_TO_CLEAR)
    return screens.clear_ask(view, _reader(turn))


@handles(routes.LKE_CLEAR)
def clear(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Goto:
    """Take the answer away."""
    at = changes.place(turn, assessment_id, item_id)
    outcome = changes.clear_answer(turn, at, revision)
    if outcome is Outcome.CLASH:
        return Goto(routes.LKE_CLEAR_ASK(item_id), labels.CLEAR_CLASH)
    said = labels.CLEARED if outcome is Outcome.SAVED else labels.NOTHING_TO_CLEAR
    return Goto(routes.LKE_ITEM(item_id), said)


# the narrative (Penjelasan) ------------------------------------------------------------------------


@handles(routes.LKE_NOTE)
def show_note(turn: Turn, item_id: str) -> Screen:
    """The narrative of an item, and the prompt to write it."""
    return screens.note(service.view_item(turn, item_id), _reader(turn))


@handles(routes.LKE_NOTE_SAVE)
def save_note(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Goto:
    """The typed text is the narrative; it is kept aside when somebody else wrote meanwhile.

    Three lines are arranged first and shown before they are saved.
    """
    at = changes.place(turn, assessment_id, item_id)
    if compose(turn.event.text, turn.library.desk.matcher.normalizer.tables.words) is not None:
        changes.note_text(at, turn.event.text)
        held.hold(turn, turn.event.text.strip(), routes.LKE_NOTE_SAVE(assessment_id, item_id, revision))
        return Goto(routes.NOTE_PREVIEW(assessment_id, item_id, revision))
    outcome = changes.write_note(turn, at, turn.event.text, revision)
    if outcome is Outcome.CLASH:
        changes.hold_note(turn, at, turn.event.text.strip())
        return Goto(routes.LKE_NOTE_CLASH(assessment_id, item_id))
    return _noted(item_id, outcome)


@handles(routes.LKE_NOTE_CLASH)
def show_note_clash(turn: Turn, assessment_id: int, item_id: str) -> Screen:
    """Both narratives."""
    changes.place(turn, assessment_id, item_id)
    mine = changes.held_note(turn, assessment_id, item_id)
    return screens.note_clash(service.view_item(turn, item_id), mine, _reader(turn))


@handles(routes.LKE_NOTE_MINE)
def use_held_note(turn: Turn, assessment_id: int, item_id: str, revision: int, how: int) -> Goto:
    """Write the narrative that was kept aside, instead of the present one or below it."""
    at = changes.place(turn, assessment_id, item_id)
    outcome = changes.write_held_note(turn, at, revision, below=how == ADD_BELOW)
    if outcome is Outcome.CLASH:
        return Goto(routes.LKE_NOTE_CLASH(assessment_id, item_id))
    return _noted(item_id, outcome)


def _noted(item_id: str, outcome: Outcome) -> Goto:
    return Goto(routes.LKE_ITEM(item_id), labels.NOTE_SAVED if outcome is Outcome.SAVED else labels.NOTE_SAME)
