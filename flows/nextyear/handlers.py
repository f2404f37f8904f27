"""Tahun LKE: closing a unit's year, opening the next, reading older ones, confirming what came along."""

from flows import delivery, fmt, policy, routes
from flows.checklist import service as checklist
from flows.checklist.changes import Outcome
from flows.checklist.service import RESULTS
from flows.delivery import Offer
from flows.errors import Outdated
from flows.evidence import service as evidence
from flows.item_words import answer
from flows.models import Unit
from flows.nextyear import confirming, opening, refusals, screens, texts, years
from flows.nextyear import plan as planning
from flows.nextyear.confirming import Listed, Open
from flows.readiness import service as readiness
from flows.registration.private import privately
from flows.routes import handles
from flows.screen import Goto, NotMine, Screen
from flows.season import lhe
from flows.turn import Turn
from knowledge.answers import Item

delivery.offer(Offer(texts.DOCUMENT, texts.DOCUMENT_ABOUT, lambda unit: routes.YEARS(unit.id or 0), rank=15))


# the years -------------------------------------------------------------------------------------------


@handles(routes.YEARS)
@privately
def show_years(turn: Turn, unit_id: int) -> Screen:
    """A unit's years."""
    return screens.years(years.years_of(turn, unit_id))


@handles(routes.YEAR_CLOSE_ASK)
@privately
def ask_close(turn: Turn, assessment_id: int) -> Screen:
    """What closing means."""
    return screens.close_ask(years.standing_of(turn, assessment_id))


@handles(routes.YEAR_CLOSE)
@privately
def close(turn: Turn, assessment_id: int) -> Goto:
    """The year is an archive from now on."""
    done = years.close(turn, assessment_id)
    year, unit = _year_and_unit(turn, assessment_id)
    return Goto(routes.YEARS(unit), texts.closed(year) if done else texts.closed_already(year))


@handles(routes.YEAR_REOPEN_ASK)
@privately
def ask_reopen(turn: Turn, assessment_id: int) -> Screen:
    """What opening it again means."""
    where = years.reopenable(turn, assessment_id)
    return screens.reopen_ask(where, years.years_of(turn, where.unit.id or 0).present)


@handles(routes.YEAR_REOPEN)
@privately
def reopen(turn: Turn, assessment_id: int) -> Goto:
    """A closed year can be changed again."""
    done = years.reopen(turn, assessment_id)
    year, unit = _year_and_unit(turn, assessment_id)
    return Goto(routes.YEARS(unit), texts.reopened(year) if done else texts.reopened_already(year))


def _year_and_unit(turn: Turn, assessment_id: int) -> tuple[int, int]:
    where = years.where_of(turn, assessment_id)
    return where.assessment.year, where.unit.id or 0


# the next --------------------------------------------------------------------------------------------


@handles(routes.YEAR_NEXT)
@privately
def preview(turn: Turn, assessment_id: int) -> Screen:
    """What the next year would begin with."""
    return screens.preview(planning.plan_of(turn, assessment_id))


@handles(routes.YEAR_NEXT_PART)
@privately
def preview_part(turn: Turn, assessment_id: int, code: str, page: int) -> Screen:
    """One list of it."""
    return screens.part(planning.plan_of(turn, assessment_id), code, page)


@handles(routes.YEAR_OPEN)
@privately
def open_next(turn: Turn, assessment_id: int) -> Goto:
    """Open the next year with what comes along."""
    done = opening.open_next(turn, assessment_id)
    year, unit = _year_and_unit(turn, assessment_id)
    said = texts.opened_toast(year + 1) if done else texts.opened_already(year + 1)
    return Goto(routes.YEAR_OPENED(unit), said)


@handles(routes.YEAR_OPENED)
@privately
def opened(turn: Turn, unit_id: int) -> Screen:
    """The year that is open now, and what comes next."""
    where, before = opening.opened_of(turn, unit_id)
    waiting = checklist.marks(turn.session, where.assessment, where.instrument).to_confirm
    notes = len(lhe.waiting(turn.session, unit_id, before.year)) if before is not None else 0
    may = policy.can(turn.actor, "season", where.unit) and policy.can(turn.actor, "task", where.unit)
    shown = turn.open_unit
    here = shown is not None and shown.id == where.unit.id
    return screens.opened(where, before, len(waiting), notes, here=here, may_carry=may)


# an older year ---------------------------------------------------------------------------------------


@handles(routes.YEAR_READ)
@privately
def read(turn: Turn, assessment_id: int) -> Screen:
    """One year, to be read."""
    where = years.where_of(turn, assessment_id)
    total = fmt.number(readiness.standing_of(turn.session, where).score.total)
    answered, items = checklist.counts(turn.session, where.assessment, where.instrument)
    pieces = evidence.of_assessment(
        turn.session, where.assessment, evidence.sight_of(turn, where.unit, where)
    )
    return screens.read(where, total, answered, items, len(pieces))


@handles(routes.YEAR_AREA)
@privately
def read_area(turn: Turn, assessment_id: int, area_id: str, page: int) -> Screen:
    """One area of it, or the result part."""
    where = years.where_of(turn, assessment_id)
    items: tuple[Item, ...] = where.instrument.results
    name = texts.RESULT_PART
    if area_id != RESULTS:
        area = checklist.area_of(where.instrument, area_id)
        items, name = area.indicators, f"Area {area.no} {area.name}"
    given = checklist.known_answers(turn.session, where.assessment)
    given |= {key: fed.index for key, fed in checklist.fed_by_surveys(turn.session, where).items()}
    marks = checklist.marks(turn.session, where.assessment, where.instrument)
    lines = [
        (item, texts.item_line(item, given.get(item.id), carried=item.id in marks.carried)) for item in items
    ]
    return screens.area(where, area_id, name, lines, page)


@handles(routes.YEAR_ITEM)
@privately
def read_item(turn: Turn, assessment_id: int, item_id: str) -> Screen:
    """One item of it with its evidence."""
    where = years.where_of(turn, assessment_id)
    item = checklist.item_of(where.instrument, item_id)
    row = checklist.answers_of(turn.session, where.assessment).get(item.id)
    fed = checklist.fed_by_surveys(turn.session, where).get(item.id)
    given = answer(item, fed.index if fed is not None else checklist.known_answer(row))
    sight = evidence.sight_of(turn, where.unit, where)
    found = evidence.of_item(turn.session, where.assessment, item, sight)
    note = row.note if row is not None else ""
    return screens.item(where, item, given, note, found.uses, checklist.area_id_of(item))


@handles(routes.YEAR_FILE)
@privately
def read_file(turn: Turn, assessment_id: int) -> Goto:
    """Its worksheet as a file."""
    where = years.where_of(turn, assessment_id)
    unit: Unit = where.unit
    return Goto(
        routes.DOCUMENT(delivery.ask(turn, "lke", unit, {"assessment": assessment_id})), texts.FILE_ASKED
    )


# confirming ------------------------------------------------------------------------------------------


@handles(routes.CARRIED)
@privately
def carried(turn: Turn, area_id: str, page: int) -> Screen:
    """What came from the year before and waits: by area, or one area's list."""
    if not area_id:
        return screens.counts(confirming.counts(turn))
    return screens.listed(confirming.listed(turn, area_id, page))


@handles(routes.CARRIED_OK)
@privately
def confirm(turn: Turn, assessment_id: int, item_id: str, revision: int, area_id: str) -> Goto:
    """It is still right."""
    outcome = confirming.confirm(turn, assessment_id, item_id, revision)
    said = {Outcome.SAVED: texts.DONE, Outcome.SAME: texts.DONE_ALREADY}.get(outcome, texts.CLASH)
    return Goto(_onward(turn, area_id, 0), said)


@handles(routes.CARRIED_OFF)
@privately
def confirm_off(turn: Turn, assessment_id: int, item_id: str, revision: int, area_id: str) -> Goto:
    """It still does not apply; back to the list, or to its own screen."""
    done = confirming.confirm_off(turn, assessment_id, item_id, revision)
    onward = _onward(turn, area_id, 0) if area_id else routes.LKE_ITEM(item_id)
    return Goto(onward, texts.DONE if done else texts.DONE_ALREADY)


def _onward(turn: Turn, area_id: str, page: int) -> routes.Action:
    """The area's list while something waits there, else the areas."""
    left = confirming.listed(turn, area_id, page).total
    return routes.CARRIED(area_id, page) if left else routes.CARRIED("", 0)


@handles(routes.CARRIED_TYPED)
@privately
def typed(turn: Turn, area_id: str, number: int, stamp: int) -> Goto | NotMine:
    """ "2" opens the second, "benar 1, 3" confirms; all else is a question."""
    page = confirming.listed(turn, area_id, number)
    said = confirming.said(page, turn.event.text)
    if said is None:
        return NotMine()
    if page.stamp != stamp:
        raise refusals.nobody_elses_list(area_id)
    if not said.sure:
        return Goto(routes.LKE_ITEM(said.chosen[0].item.id))
    done = [_confirmed(turn, page, each) for each in said.chosen]
    if Outcome.CLASH in done:
        raise Outdated(texts.CLASH, next=routes.CARRIED(area_id, number))
    return Goto(_onward(turn, area_id, number), texts.confirmed(done.count(Outcome.SAVED)))


def _confirmed(turn: Turn, page: Listed, each: Open) -> Outcome:
    if each.answer is not None:
        return confirming.confirm(turn, page.where.id, each.item.id, each.revision)
    done = confirming.confirm_off(turn, page.where.id, each.item.id, each.revision)
    return Outcome.SAVED if done else Outcome.SAME
