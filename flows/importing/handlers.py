"""Bring your LKE: send the file, look at what was read, settle what is doubtful, save."""

from flows import routes
from flows.checklist import service as checklist
from flows.checklist import stored
from flows.errors import BadInput, FlowError, Missing, Outdated
from flows.importing import applying, screens, service
from flows.importing.plan import EXCEL, KEEP, items_of
from flows.importing.service import APPLIED, FAILED, READY, WAITING, View
from flows.importing.texts import labels, saved, settling
from flows.models import Person
from flows.routes import handles
from flows.screen import Gone, Goto, NotMine, Screen
from flows.turn import Turn
from knowledge.answers import Answer, judge
from knowledge.errors import AnswerError
from knowledge.readiness import Readiness, readiness
from knowledge.scoring import score
from knowledge.typed import NotAnAnswer, Problem, parse_answer


@handles(routes.IMPORT)
def ask(turn: Turn) -> Screen:
    """How to send a worksheet."""
    service.require(turn, turn.unit)
    assessment = checklist.assessment_of(turn.session, turn.unit)
    return screens.ask_file(turn.unit.name, assessment.year)


@handles(routes.IMPORT_FILE)
def receive(turn: Turn) -> Goto:
    """A worksheet was sent: noted, and read in a job."""
    return Goto(routes.IMPORT_SHOW(service.receive(turn)))


@handles(routes.IMPORT_SHOW)
def show(turn: Turn, import_id: int) -> Screen | Goto:
    """An import as it stands now."""
    view = service.view(turn, import_id)
    return Goto(routes.WORKBOOK_SHOW(import_id)) if service.is_ours(view.row) else _screen(turn, view)


def _screen(turn: Turn, view: View) -> Screen:
    if view.row.state == WAITING:
        return screens.waiting(view)
    if view.row.state == FAILED:
        return screens.failed(view)
    if view.row.state == READY:
        return screens.result(view, turn.zone_name)
    if view.row.state == APPLIED:
        return screens.saved(view, _standing(turn, view))
    return screens.ended(view)


def _standing(turn: Turn, view: View) -> Readiness:
    """Where the unit stands by its present answers; answers that do not fit any more count as none."""
    given = checklist.known_answers(turn.session, view.assessment)
    fitting: dict[str, Answer] = {}
    for item_id, item in items_of(view.instrument).items():
        answer = given.get(item_id)
        try:
            judge(item, answer)
        except AnswerError:
            continue
        if answer is not None:
            fitting[item_id] = answer
    return readiness(score(view.instrument, fitting), "WBBM" if view.assessment.target == "WBBM" else "WBK")


@handles(routes.IMPORT_TOLD)
def told(turn: Turn, import_id: int) -> Screen | Gone:
    """The file has been read (or cannot be): as its sender sees it when the message is sent."""
    try:
        view = service.view(turn, import_id)
    except FlowError:
        return Gone()
    told = view.row.state in (READY, FAILED) and not service.is_ours(view.row)
    return _screen(turn, view) if told else Gone()


# doubtful cells ------------------------------------------------------------------------------------


@handles(routes.IMPORT_DOUBT)
def show_doubt(turn: Turn, import_id: int, number: int) -> Screen | Goto:
    """One doubtful cell."""
    view = service.view(turn, import_id)
    if view.plan is None:
        return Goto(routes.IMPORT_SHOW(import_id))
    which, item = service.doubt_of(view, number)
    if which["state"] != service.OPEN:
        return _next_doubt(view, number)
    return screens.doubt(view, number, which, item)


def _next_doubt(view: View, number: int, said: str = "") -> Goto:
    """To the next open doubt after this one, else the first, else back to the result."""
    waiting = view.open_doubts
    following = next((n for n in waiting if n > number), waiting[0] if waiting else None)
    if following is None:
        return Goto(routes.IMPORT_SHOW(view.id), said or labels.NO_MORE_DOUBTS)
    return Goto(routes.IMPORT_DOUBT(view.id, following), said)


@handles(routes.IMPORT_DOUBT_SET)
def set_doubt(turn: Turn, import_id: int, number: int, code: str) -> Goto:
    """A tapped option, or the offered answer."""
    _, item = service.doubt_of(service.ready(turn, import_id), number)
    answer = stored.from_code(item, code)
    if answer is None:
        raise Outdated(labels.BAD_BUTTON, next=routes.IMPORT_DOUBT(import_id, number))
    view = service.settle(turn, import_id, number, answer)
    return _next_doubt(view, number, settling.noted(item, answer))


@handles(routes.IMPORT_DOUBT_TYPED)
def typed_doubt(turn: Turn, import_id: int, number: int) -> Goto | NotMine:
    """A typed answer to a doubtful cell; a question typed here is for Ask."""
    _, item = service.doubt_of(service.ready(turn, import_id), number)
    read = parse_answer(item, turn.event.text)
    if isinstance(read, NotAnAnswer):
        return NotMine()
    if isinstance(read, Problem):
        raise BadInput(
            read.sentence.replace("Isian lama tetap tersimpan.", "").strip(),
            next=routes.IMPORT_DOUBT(import_id, number),
        )
    view = service.settle(turn, import_id, number, read.answer)
    return _next_doubt(view, number, settling.noted(item, read.answer))


@handles(routes.IMPORT_DOUBT_SKIP)
def skip_doubt(turn: Turn, import_id: int, number: int) -> Goto:
    """Leave the cell out."""
    service.doubt_of(service.ready(turn, import_id), number)
    return _next_doubt(service.settle(turn, import_id, number, None), number, labels.SKIPPED)


# differences ---------------------------------------------------------------------------------------


@handles(routes.IMPORT_DIFF)
def show_difference(turn: Turn, import_id: int) -> Screen | Goto:
    """The next item that differs and is not decided."""
    view = service.view(turn, import_id)
    if view.plan is None or not view.plan.undecided:
        return Goto(routes.IMPORT_SHOW(import_id))
    each = view.plan.undecided[0]
    person = turn.session.get(Person, each.answered_by) if each.answered_by else None
    mine = person is not None and person.id == turn.actor.person_id
    return screens.difference(view, each, "Anda" if mine else person.name if person is not None else "")


@handles(routes.IMPORT_DIFF_SET)
def set_difference(turn: Turn, import_id: int, item_id: str, choice: str) -> Goto:
    """One item: from Excel, or as it stands."""
    view = service.ready(turn, import_id)
    if choice not in (EXCEL, KEEP) or view.plan is None:
        raise Outdated(labels.BAD_BUTTON, next=routes.IMPORT_SHOW(import_id))
    if all(each.item.id != item_id for each in view.plan.differing):
        raise Missing(labels.BAD_BUTTON, next=routes.IMPORT_SHOW(import_id))
    service.decide(turn, import_id, item_id, choice)
    left = [each for each in view.plan.undecided if each.item.id != item_id]
    if left:
        return Goto(routes.IMPORT_DIFF(import_id))
    return Goto(routes.IMPORT_SHOW(import_id), labels.DECIDED_ALL)


# the end -------------------------------------------------------------------------------------------


@handles(routes.IMPORT_APPLY)
def save(turn: Turn, import_id: int, differing: int, stamp: int) -> Goto:
    """Save what was read; the chat goes on with the unit of the file."""
    view = service.ready(turn, import_id)
    facts = applying.apply(turn, import_id, differing, stamp)
    if turn.state.unit_id != view.unit.id:
        turn.state.unit_id = view.unit.id
        turn.forget()
    return Goto(routes.IMPORT_SHOW(import_id), saved.saved_toast(facts))


@handles(routes.IMPORT_CANCEL)
def cancel(turn: Turn, import_id: int) -> Goto:
    """Let it go."""
    service.cancel(turn, import_id)
    return Goto(routes.LKE(), labels.CANCELLED)
