"""Langkah prioritas, marks, Simulasi."""

from flows import routes
from flows.checklist import service as checklist
from flows.errors import BadInput
from flows.readiness import priorities, screens_plan, simulation
from flows.readiness.priorities import MARKS
from flows.readiness.service import target_of
from flows.readiness.texts import plan as texts
from flows.routes import handles
from flows.screen import Goto, NotMine, Screen
from flows.turn import Turn
from knowledge.answers import Item
from knowledge.typed import NotAnAnswer, Problem, parse_answer


@handles(routes.PRIORITY)
def show_plan(turn: Turn, target: str, page: int) -> Screen:
    """The least work that passes; another target than the unit's own is shown beside it."""
    found = priorities.priorities(turn, target_of(target) if target else None)
    own = found.now.target
    beside = None if found.target == own else priorities.planned(found.now, own, found.marks)
    return screens_plan.plan(found, page, beside)


@handles(routes.PRIORITY_ITEM)
def show_item(turn: Turn, item_id: str) -> Screen:
    """The work on one item."""
    return screens_plan.item(priorities.marked(turn, item_id))


@handles(routes.PRIORITY_MARK)
def mark(turn: Turn, assessment_id: int, item_id: str, wanted: str) -> Goto:
    """A coordinator says how hard an item is."""
    priorities.set_mark(turn, assessment_id, item_id, wanted)
    found = next((m for m in MARKS if m == wanted), None)
    said = texts.MARKED.format(texts.MARK_NAMES[found]) if found else texts.UNMARKED
    return Goto(routes.PRIORITY_ITEM(item_id), said)


@handles(routes.PRIORITY_MARKS)
def show_marks(turn: Turn, page: int) -> Screen:
    """The marked items."""
    where = checklist.current(turn)
    marks = priorities.marks_of(turn.session, where.assessment)
    items: list[Item] = [*where.instrument.area_order, *where.instrument.results]
    return screens_plan.marks([(item, marks[item.id]) for item in items if item.id in marks], page)


@handles(routes.SIMULATE)
def simulate(turn: Turn, item_id: str) -> Screen:
    """An item at its best."""
    return screens_plan.trial(simulation.best(turn, item_id))


@handles(routes.SIMULATE_AS)
def simulate_as(turn: Turn, item_id: str, code: str) -> Screen:
    """An item with another option."""
    return screens_plan.trial(simulation.coded(turn, item_id, code, routes.SIMULATE(item_id)))


@handles(routes.SIMULATE_TYPED)
def simulate_typed(turn: Turn, item_id: str) -> Screen | NotMine:
    """An item with typed counts or a typed index."""
    where = checklist.current(turn)
    read = parse_answer(checklist.item_of(where.instrument, item_id), turn.event.text)
    if isinstance(read, NotAnAnswer):
        return NotMine()
    back = routes.SIMULATE(item_id)
    if isinstance(read, Problem):
        raise BadInput(read.sentence, next=back)
    return screens_plan.trial(simulation.of_answer(turn, item_id, read.answer, back))
