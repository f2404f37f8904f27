"""Answers to questions about one's own unit, by kind."""

from collections.abc import Callable

from flows import routes
from flows.checklist.service import Current, Marks, marks
from flows.mine import service as mine
from flows.own import people_texts, screens, service, texts
from flows.own.service import Focus
from flows.policy import admin_agencies
from flows.routes import handles
from flows.screen import Button, Goto, Screen
from flows.turn import Turn

Answer = tuple[str, list[Button | None]]
"""What is said, and the ways on."""


@handles(routes.OWN)
def own(turn: Turn, kind: str, named: str) -> Screen | Goto:
    """What the open unit's data say. `named` is an area's number, a target, or nothing."""
    answer = KINDS.get(kind)
    if answer is None:
        return Goto(routes.HOME())
    if turn.event.private and turn.open_unit is None:
        return screens.no_open_unit() if admin_agencies(turn.actor) else screens.no_unit()
    where = service.current(turn)
    if kind == TASKS and not named and turn.event.private and mine.entries(turn, where):
        return Goto(routes.MINE(0))
    text, buttons = answer(turn, where, service.focus_of(turn, where, named))
    return screens.answer(text, buttons, several=service.unit_count(turn) > 1)


def _score(turn: Turn, where: Current, focus: Focus) -> Answer:
    if focus.area is not None:
        return _area(turn, where, focus)
    now = service.standing(turn, where)
    stand = _marks(turn, where)
    ways = [screens.READINESS, screens.PROGRESS, screens.to_confirm(len(stand.to_confirm))]
    return texts.score(now, focus.target, stand.carried), ways


def _marks(turn: Turn, where: Current) -> Marks:
    """Where every item stands: some answers may be of the year before and wait to be confirmed."""
    return marks(turn.session, where.assessment, where.instrument)


def _area(turn: Turn, where: Current, focus: Focus) -> Answer:
    assert focus.area is not None
    now = service.standing(turn, where)
    work = service.work(turn, where)
    done = next(each for each in work.progress.areas if each.area.id == focus.area.id)
    view = service.view_of(now, focus.area, focus.target)
    first = done.first_open
    fill = Button(texts.FILL_OPEN, routes.LKE_ITEM(first.id)) if first is not None else None
    carried = frozenset(item.id for item in focus.area.indicators) & _marks(turn, where).carried
    return texts.area(now, view, done, carried), [fill, screens.area(focus.area), screens.READINESS]


def _missing(turn: Turn, where: Current, focus: Focus) -> Answer:
    now = service.standing(turn, where)
    stand = _marks(turn, where)
    ways: list[Button | None] = [screens.plan(), screens.gates(focus.target or now.target)]
    return texts.missing(now, focus.target, stand.carried), [*ways, screens.to_confirm(len(stand.to_confirm))]


def _weakest(turn: Turn, where: Current, _focus: Focus) -> Answer:
    now = service.standing(turn, where)
    work = service.work(turn, where)
    weakest = now.ready().areas[0].area
    return texts.weakest(now, work), [screens.plan(), screens.area(weakest), screens.READINESS]


def _progress(turn: Turn, where: Current, focus: Focus) -> Answer:
    if focus.area is not None:
        return _area(turn, where, focus)
    return texts.progress(service.work(turn, where)), [screens.PROGRESS, screens.READINESS]


def _open(turn: Turn, where: Current, focus: Focus) -> Answer:
    if focus.area is not None:
        return _area(turn, where, focus)
    work = service.work(turn, where)
    return texts.open_items(work), [screens.first_open(work, own=False), screens.PROGRESS]


def _tasks(turn: Turn, where: Current, focus: Focus) -> Answer:
    if focus.area is not None:
        return _area(turn, where, focus)
    work = service.work(turn, where)
    own_areas = {each.area.id for each in work.mine}
    due = service.concerning(service.due(turn), own_areas)
    return texts.tasks(work, due), [screens.first_open(work, own=True), screens.PROGRESS, screens.SCHEDULE]


def _due(turn: Turn, where: Current, focus: Focus) -> Answer:
    due = service.due(turn)
    if focus.area is not None:
        due = service.concerning(due, {focus.area.id})
    return texts.deadlines(where.unit, where.assessment.year, due), [screens.SCHEDULE]


def _team(turn: Turn, where: Current, focus: Focus) -> Answer:
    members = service.members(turn, where.unit)
    text = people_texts.team(where.unit, members, focus.area, where.instrument.areas)
    return text, [Button(texts.TEAM, routes.TEAM())]


def _evidence(turn: Turn, where: Current, focus: Focus) -> Answer:
    bare = service.without_evidence(turn, where)
    if focus.area is not None:
        items = [item for item in bare if item in focus.area.indicators]
        text = texts.evidence_of_area(where.unit, focus.area, items)
        area = focus.area
        shown = Button(texts.EVIDENCE_THERE, routes.EVIDENCE_AREA(area.id, 0))
        first = Button(texts.EVIDENCE_FIRST, routes.EVIDENCE_ITEM(items[0].id)) if items else None
        return text, [shown, first, screens.LACKING]
    text = texts.evidence(where.unit, where.instrument, bare)
    return text, [Button(texts.EVIDENCE_THERE, routes.EVIDENCE()), screens.LACKING]


def _myself(turn: Turn, where: Current, _focus: Focus) -> Answer:
    held = service.roles(turn, where.unit)
    assessment = where.assessment
    text = people_texts.myself(where.unit, assessment.target, assessment.year, held, where.instrument.areas)
    return text, [Button(texts.FILL, routes.LKE()), Button(texts.SETTINGS, routes.SETTINGS())]


TASKS = "tugas"
"""What waits for the person stands on a screen of its own; where nothing does, the blanks are named."""

KINDS: dict[str, Callable[[Turn, Current, Focus], Answer]] = {
    "nilai": _score,
    "kurang": _missing,
    "belum": _open,
    TASKS: _tasks,
    "batas": _due,
    "lemah": _weakest,
    "progres": _progress,
    "bukti": _evidence,
    "tim": _team,
    "saya": _myself,
}
"""The kinds of `knowledge/data/own_questions.yaml` with what answers them."""
