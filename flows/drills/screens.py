"""Screens of interview drills: data in, `Screen` out."""

from collections.abc import Sequence

from flows import routes, words
from flows.drills import texts
from flows.drills.coverage import Coverage
from flows.drills.service import Outcome, Own, Step
from flows.screen import Button, Expect, Screen, grid, rows
from flows.walks.service import Home
from knowledge.drills import Question
from knowledge.instrument import Area

MENU = Button(words.TO_MENU, routes.HOME())
HERE = Button(texts.HERE, routes.DRILLS())
GENERAL_CODE = "-"


def prepare(found: Own, walks: Home) -> Screen:
    """What there is before an evaluation."""
    return Screen(
        texts.prepare(found, walks),
        rows((Button(texts.DRILLS, routes.DRILLS()), Button(texts.WALK, routes.WALKS())), MENU),
    )


def own(found: Own) -> Screen:
    """One's own drills, and what can be done now."""
    unit_id = found.unit.id or 0
    row, is_open = found.enrolment, found.opening.is_open
    first: list[Button] = []
    if is_open and row is None:
        first = [
            Button(texts.JOIN, routes.DRILL_JOIN(unit_id, 1)),
            Button(texts.JOIN_QUIET, routes.DRILL_JOIN(unit_id, 0)),
        ]
    elif is_open:
        again = found.done_today and not found.due
        first = [Button(texts.RESUME if again else texts.START, routes.DRILL_START(unit_id))]
    elif found.opening.state == "none":
        first = [Button(texts.STAGES, routes.STAGES())]
    further = [Button(texts.READ, routes.DRILL_READ("", 0)), Button(texts.WALK, routes.WALKS())]
    if found.leads:
        further.append(Button(texts.COVERAGE, routes.DRILL_COVERAGE(unit_id)))
    if found.invites and is_open:
        further.append(Button(texts.INVITE, routes.DRILL_INVITE(unit_id)))
    if row is not None and is_open:
        label = texts.REMIND_OFF if row.remind else texts.REMIND_ON
        further.append(Button(label, routes.DRILL_REMIND(unit_id, int(not row.remind))))
    if row is not None:
        further.append(Button(texts.LEAVE, routes.DRILL_LEAVE(unit_id)))
    return Screen(texts.own(found), rows(*[(each,) for each in first], *grid(further, 2), MENU))


def question(step: Step) -> Screen:
    """One question: its letters in a row, or the way to what a good answer holds."""
    if step.question.is_story:
        shown = Button(texts.POINTS, routes.DRILL_POINTS(step.id, step.place))
        return Screen(
            texts.question(step),
            rows(shown, (HERE, MENU)),
            Expect(text=routes.DRILL_TYPED(step.id, step.place)),
        )
    letters = [
        Button(texts.LETTERS[n], routes.DRILL_PICK(step.id, step.place, n)) for n in range(len(step.shown))
    ]
    return Screen(
        texts.question(step),
        rows(letters, (HERE, MENU)),
        Expect(text=routes.DRILL_TYPED(step.id, step.place)),
    )


def told(step: Step) -> Screen:
    """The explanation, and on."""
    more = Button(texts.MORE, routes.TOPIC(step.question.topic)) if step.question.topic else None
    item = Button("Buka indikator", routes.LKE_ITEM(step.question.item)) if step.question.item else None
    onward = Button(texts.NEXT, routes.DRILL(step.id))
    return Screen(
        texts.told(step), rows(onward, [each for each in (more, item) if each is not None], (HERE, MENU))
    )


def points(step: Step) -> Screen:
    """What a good answer holds, and one's own mark."""
    marks = (
        Button(texts.COVERED, routes.DRILL_MARK(step.id, step.place, 1)),
        Button(texts.NOT_YET, routes.DRILL_MARK(step.id, step.place, 0)),
    )
    return Screen(texts.points(step), rows(marks, (HERE, MENU)))


def outcome(found: Outcome) -> Screen:
    """How it went."""
    again = Button(texts.AGAIN, routes.DRILL_AGAIN(found.row.id or 0)) if found.wrong else None
    return Screen(texts.outcome(found), rows(again, (HERE, MENU)))


def reading_list(areas: Sequence[Area]) -> Screen:
    """The areas to read about."""
    buttons = [
        Button(texts.area_label(None), routes.DRILL_READ(GENERAL_CODE, 0)),
        *[Button(texts.area_label(area), routes.DRILL_READ(area.id, 0)) for area in areas],
    ]
    return Screen(texts.reading_list(), rows(*grid(buttons, 3), (HERE, MENU)))


def reading(area: Area | None, shown: Sequence[Question], page: int, pages: int) -> Screen:
    """One page of questions with their answers."""
    code = area.id if area is not None else GENERAL_CODE
    turning = (
        *([Button("‹", routes.DRILL_READ(code, page - 1))] if page else []),
        *([Button("›", routes.DRILL_READ(code, page + 1))] if page + 1 < pages else []),
    )
    back = Button(words.BACK, routes.DRILL_READ("", 0))
    return Screen(texts.reading(texts.area_name(area), shown, page, pages), rows(turning, (back, MENU)))


def coverage(found: Coverage, prepares: bool) -> Screen:
    """By area only."""
    return Screen(texts.coverage(found), rows((HERE, MENU) if prepares else MENU))
