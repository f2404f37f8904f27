"""Catatan TPI: written by assessors, answered by the unit, decided by assessors."""

from datetime import date

from flows import fmt, policy, routes
from flows.assess import refusals, rounds, team
from flows.checklist import service as checklist
from flows.errors import BadInput, Missing
from flows.findings import screens, service, texts
from flows.findings.publishing import ANSWERED, DONE, OPEN
from flows.findings.service import View
from flows.item_words import Reader
from flows.registration.private import privately
from flows.review import looking
from flows.routes import handles
from flows.screen import Gone, Goto, NotMine, Screen
from flows.turn import Turn
from knowledge.dates import Problem, parse_date
from knowledge.phrases import phrases


def _reader(turn: Turn) -> Reader:
    return Reader(person_id=turn.actor.person_id, now=turn.now, zone_name=turn.zone_name)


def _today(turn: Turn, where: checklist.Current) -> date:
    return fmt.local(turn.now, where.unit.zone).date()


# looking -------------------------------------------------------------------------------------------


@handles(routes.FINDINGS)
@privately
def listed(turn: Turn, assessment_id: int, page: int) -> Screen:
    """The findings of a unit; it becomes the open one."""
    where = looking.where_of(turn, assessment_id)
    looking.enter(turn, where.unit)
    page = max(0, page)
    found, total, open_now = service.listed(turn, where, page)
    page = min(page, max(0, (total - 1) // service.PAGE))
    judges = policy.may_assess(turn.actor, where.unit)
    works = policy.can(turn.actor, "task", where.unit)
    return screens.listed(
        where, found, total, open_now, page, _reader(turn), _today(turn, where), judges, works
    )


@handles(routes.FINDINGS_HERE)
@privately
def here(turn: Turn) -> Goto:
    """Those of the open unit."""
    return Goto(routes.FINDINGS(checklist.current(turn).id, 0))


@handles(routes.FINDING)
@privately
def show(turn: Turn, finding_id: int) -> Screen:
    """One finding; its unit becomes the open one."""
    view = service.find(turn, finding_id)
    looking.enter(turn, view.where.unit)
    area = checklist.area_id_of(view.item)
    decides = team.may_judge(turn, view.where.unit, view.where.id, area)
    return screens.card(view, _reader(turn), _today(turn, view.where), decides)


@handles(routes.FINDING_OF_TASK)
@privately
def of_task(turn: Turn, task_id: int) -> Goto:
    """The finding behind an action item."""
    return Goto(routes.FINDING(service.of_task(turn, task_id)))


# the assessors' side -------------------------------------------------------------------------------


@handles(routes.FINDING_NEW)
@privately
def prompt(turn: Turn, assessment_id: int, item_id: str) -> Screen:
    """What is asked of the unit?"""
    where = rounds.desk_of(turn, assessment_id)
    item = checklist.item_of(where.instrument, item_id)
    locked = rounds.locked_because(rounds.present(turn.session, where.id))
    if locked:
        raise refusals.frozen(locked, routes.ASSESS_CARD(assessment_id, item_id))
    if checklist.area_id_of(item) not in team.judged_areas(turn, where):
        raise refusals.other_area(assessment_id)
    return screens.prompt(where.id, item, phrases().catatan)


@handles(routes.FINDING_SAVE)
@privately
def save(turn: Turn, assessment_id: int, item_id: str) -> Goto:
    """The typed text is the finding."""
    row = service.make(turn, assessment_id, item_id, turn.event.text)
    return Goto(routes.FINDING(row.id or 0), texts.MADE)


@handles(routes.FINDING_USE)
@privately
def use(turn: Turn, assessment_id: int, item_id: str, number: int) -> Goto:
    """A ready sentence is the finding."""
    ready = phrases().catatan
    if not 0 <= number < len(ready):
        raise Missing(texts.NO_PHRASE, next=routes.ASSESS_CARD(assessment_id, item_id))
    row = service.make(turn, assessment_id, item_id, ready[number].text)
    return Goto(routes.FINDING(row.id or 0), texts.MADE)


@handles(routes.FINDING_PIC)
@privately
def people(turn: Turn, finding_id: int, page: int) -> Screen:
    """Who of the unit answers?"""
    view = service.draft(turn, finding_id)
    found = service.people_of(turn, view)
    page = min(max(0, page), max(0, (len(found) - 1) // screens.PEOPLE_PAGE))
    return screens.people(view, found, page)


@handles(routes.FINDING_PIC_SET)
@privately
def set_pic(turn: Turn, finding_id: int, person_id: int, revision: int) -> Goto:
    """This person answers."""
    service.set_pic(turn, finding_id, person_id, revision)
    return Goto(routes.FINDING(finding_id), texts.PIC_SET)


@handles(routes.FINDING_DUE)
@privately
def due(turn: Turn, finding_id: int) -> Screen:
    """Prompt for the day."""
    return screens.due(service.draft(turn, finding_id))


@handles(routes.FINDING_DUE_SAVE)
@privately
def set_due(turn: Turn, finding_id: int, revision: int) -> Goto | NotMine:
    """The typed text is the day."""
    view = service.draft(turn, finding_id)
    read = parse_date(turn.event.text, _today(turn, view.where))
    if read is None:
        return NotMine()
    if isinstance(read, Problem):
        raise BadInput(read.sentence, next=routes.FINDING_DUE(finding_id))
    service.set_due(turn, finding_id, read.day, revision)
    return Goto(routes.FINDING(finding_id), texts.DUE_SET)


@handles(routes.FINDING_DROP)
@privately
def drop(turn: Turn, finding_id: int, revision: int) -> Goto:
    """Take a draft back."""
    view = service.drop(turn, finding_id, revision)
    return Goto(routes.ASSESS_CARD(view.where.id, view.item.id), texts.DROPPED)


@handles(routes.FINDING_ACCEPT)
@privately
def accept(turn: Turn, finding_id: int, revision: int) -> Goto:
    """The tanggapan settles it."""
    service.accept(turn, finding_id, revision)
    return Goto(routes.FINDING(finding_id), texts.ACCEPTED)


@handles(routes.FINDING_KEEP)
@privately
def keep(turn: Turn, finding_id: int) -> Screen:
    """What is still to be done?"""
    return screens.keep_prompt(service.to_decide(turn, finding_id))


@handles(routes.FINDING_KEEP_SAVE)
@privately
def keep_save(turn: Turn, finding_id: int, revision: int) -> Goto:
    """The typed text says it."""
    service.keep(turn, finding_id, turn.event.text, revision)
    return Goto(routes.FINDING(finding_id), texts.KEPT)


@handles(routes.FINDING_ANSWERED)
@privately
def answered(turn: Turn, finding_id: int, revision: int) -> Screen | Gone:
    """The tanggapan at the assessors, while it waits for them."""
    view = service.find(turn, finding_id)
    if view.row.state != ANSWERED or view.row.revision != revision or not view.judges:
        return Gone()
    return screens.answered(view, _reader(turn))


# the unit's side -----------------------------------------------------------------------------------


@handles(routes.FINDING_ANSWER)
@privately
def answer(turn: Turn, finding_id: int) -> Screen:
    """Prompt for the tanggapan."""
    return screens.answer_prompt(service.to_answer(turn, finding_id))


@handles(routes.FINDING_ANSWER_SAVE)
@privately
def answer_save(turn: Turn, finding_id: int, revision: int) -> Goto:
    """The typed text is the tanggapan."""
    service.answer(turn, finding_id, turn.event.text, revision)
    return Goto(routes.FINDING(finding_id), texts.ANSWERED)


@handles(routes.FINDING_TOLD)
@privately
def told(turn: Turn, finding_id: int, revision: int) -> Screen | Gone:
    """The decision at who answered, unless something newer has happened."""
    view: View = service.find(turn, finding_id)
    if view.row.state not in {OPEN, DONE} or view.row.revision != revision:
        return Gone()
    return screens.told(view)
