"""Interview drills: taking part, one question after the other, reading, coverage."""

from flows import policy, routes
from flows.drills import coverage as leading
from flows.drills import inviting, refusals, screens, service, texts
from flows.drills.service import OPEN, Step
from flows.errors import Missing
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn
from flows.walks import service as walks
from knowledge.drills import GENERAL, Question, chosen

PAGE = 6


@handles(routes.PREPARE)
@privately
def prepare(turn: Turn) -> Screen:
    """Before the evaluation: one's own drills, the team's walk."""
    return screens.prepare(service.own(turn), walks.home(turn))


@handles(routes.DRILLS)
@privately
def own(turn: Turn) -> Screen:
    """One's own drills in the open unit."""
    return screens.own(service.own(turn))


@handles(routes.DRILL_JOIN)
@privately
def join(turn: Turn, unit_id: int, remind: int) -> Goto:
    """Take part."""
    service.join(turn, unit_id, bool(remind))
    return Goto(routes.DRILLS(), texts.JOINED)


@handles(routes.DRILL_LEAVE)
@privately
def leave(turn: Turn, unit_id: int) -> Goto:
    """Take part no more."""
    service.leave(turn, unit_id)
    return Goto(routes.DRILLS(), texts.LEFT)


@handles(routes.DRILL_REMIND)
@privately
def remind(turn: Turn, unit_id: int, on: int) -> Goto:
    """Be reminded, or not."""
    service.set_remind(turn, unit_id, bool(on))
    return Goto(routes.DRILLS(), texts.REMINDED if on else texts.SILENT)


@handles(routes.DRILL_START)
@privately
def start(turn: Turn, unit_id: int) -> Goto:
    """Begin, or go on with today's."""
    return Goto(routes.DRILL(service.start(turn, unit_id)))


@handles(routes.DRILL_AGAIN)
@privately
def again(turn: Turn, round_id: int) -> Goto:
    """Those that were wrong, at once."""
    return Goto(routes.DRILL(service.again(turn, round_id)))


@handles(routes.DRILL)
@privately
def drill(turn: Turn, round_id: int) -> Screen:
    """The question that is next, or how it went."""
    place = service.next_place(turn, round_id)
    if place is None:
        return screens.outcome(service.outcome(turn, round_id))
    return screens.question(service.step_of(turn, round_id, place))


@handles(routes.DRILL_PICK)
@privately
def pick(turn: Turn, round_id: int, place: int, choice: int) -> Goto:
    """A tapped answer."""
    service.pick(turn, round_id, place, choice)
    return Goto(routes.DRILL_TOLD(round_id, place))


@handles(routes.DRILL_TYPED)
@privately
def typed(turn: Turn, round_id: int, place: int) -> Goto | NotMine:
    """A typed answer; to an open question nothing of it is kept."""
    step, text = service.step_of(turn, round_id, place), turn.event.text
    if step.question.is_story:
        return Goto(routes.DRILL_POINTS(round_id, place))
    choice = chosen(text, step.shown)
    if choice is None:
        if turn.library.looks_like_question(text):
            return NotMine()
        letters = texts.LETTERS[: len(step.shown)]
        raise refusals.unclear(round_id, ", ".join(letters[:-1]) + f", atau {letters[-1]}")
    service.pick(turn, round_id, place, choice)
    return Goto(routes.DRILL_TOLD(round_id, place))


@handles(routes.DRILL_TOLD)
@privately
def told(turn: Turn, round_id: int, place: int) -> Screen | Goto:
    """The explanation, once it is answered."""
    step = service.step_of(turn, round_id, place)
    if _unanswered(step) or step.question.is_story:
        return Goto(routes.DRILL(round_id))
    return screens.told(step)


@handles(routes.DRILL_POINTS)
@privately
def points(turn: Turn, round_id: int, place: int) -> Screen | Goto:
    """What a good answer to an open question holds."""
    step = service.step_of(turn, round_id, place)
    if not step.question.is_story or not _unanswered(step):
        return Goto(routes.DRILL(round_id))
    return screens.points(step)


def _unanswered(step: Step) -> bool:
    return step.row.marks[step.place] == OPEN


@handles(routes.DRILL_MARK)
@privately
def mark(turn: Turn, round_id: int, place: int, covered: int) -> Goto:
    """How one's own answer was."""
    service.mark(turn, round_id, place, bool(covered))
    return Goto(routes.DRILL(round_id))


@handles(routes.DRILL_READ)
@privately
def read(turn: Turn, code: str, page: int) -> Screen:
    """The questions of an area with their answers, open at any time."""
    unit = service.unit_for(turn)
    pool = service.pool_of(turn, unit)
    areas = service.all_areas(turn, unit)
    if not code:
        return screens.reading_list(areas)
    area = next((each for each in areas if each.id == code), None)
    if area is None and code != screens.GENERAL_CODE:
        raise Missing("Area itu tidak ada. Ini daftarnya.", next=routes.DRILL_READ("", 0))
    wanted = area.id if area is not None else GENERAL
    found: list[Question] = [each for each in pool if each.area == wanted]
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(0, page), pages - 1)
    return screens.reading(area, found[page * PAGE : (page + 1) * PAGE], page, pages)


@handles(routes.DRILL_COVERAGE)
@privately
def coverage(turn: Turn, unit_id: int) -> Screen:
    """By area only, for those who lead."""
    found = leading.coverage(turn, unit_id)
    return screens.coverage(found, policy.can(turn.actor, "prepare", found.unit))


@handles(routes.DRILL_INVITE)
@privately
def invite(turn: Turn, unit_id: int) -> Goto:
    """The draft of an announcement; its author sends it."""
    return Goto(inviting.invite(turn, unit_id))
