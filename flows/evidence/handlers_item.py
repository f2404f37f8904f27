"""Handlers of the evidence of an item, an area, a unit."""

from collections.abc import Sequence

from flows import policy, routes
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.evidence import changing, intake, links, screens_lists, service, slots, window
from flows.evidence.service import Piece
from flows.evidence.texts import labels
from flows.models import Unit
from flows.routes import handles
from flows.screen import Goto, NotMine, Screen
from flows.shared import offers
from flows.turn import Turn
from knowledge.instrument import Indicator, Instrument, ResultItem
from knowledge.normalize import clean
from knowledge.recurrence import recurrences

PAGE = 8

Listed = tuple[Piece, str]


def fills(turn: Turn, unit: Unit, instrument: Instrument) -> frozenset[str]:
    """The areas (and the result part) that the actor fills in."""
    areas = [*(area.id for area in instrument.areas), checklist.RESULTS]
    return frozenset(area for area in areas if policy.can(turn.actor, "answer", unit, area))


# one item ------------------------------------------------------------------------------------------


@handles(routes.EVIDENCE_ITEM)
def show_item(turn: Turn, item_id: str) -> Screen:
    """Examples, what is there and what is missing."""
    where = checklist.current(turn)
    item = checklist.item_of(where.instrument, item_id)
    area = checklist.area_id_of(item)
    found = service.of_item(turn.session, where.assessment, item, service.sight_of(turn, where.unit, where))
    span = window.of_unit(turn.session, where.unit, where.assessment)
    recurring = recurrences(where.instrument).get(item.id)
    made = slots.of(recurring, found.uses, span, turn.today) if recurring is not None else ()
    turn.state.last_item = item.id
    return screens_lists.item(
        found,
        span,
        made,
        recurring,
        policy.can(turn.actor, "answer", where.unit, area),
        policy.can(turn.actor, "review", where.unit, area),
        _offered(turn, where, found),
    )


def _offered(turn: Turn, where: Current, found: service.ItemEvidence) -> int | None:
    """How much the agency offers for the item that is not attached yet; None where it offers nothing."""
    offered = offers.of_unit(turn.session, where.unit, found.item.id)
    there = {piece.evidence.shared_id for piece in found.uses}
    return sum(offer.id not in there for offer in offered) if offered else None


@handles(routes.EVIDENCE_ADD)
def ask_more(turn: Turn, item_id: str) -> Screen:
    """The prompt for files or links."""
    where = checklist.current(turn)
    item = checklist.item_of(where.instrument, item_id)
    policy.require(turn.actor, "answer", where.unit, checklist.area_id_of(item))
    turn.state.last_item = item.id
    return screens_lists.add(service.of_item(turn.session, where.assessment, item))


@handles(routes.EVIDENCE_WAIVES)
def show_waives(turn: Turn, item_id: str) -> Screen:
    """Which examples are not needed?"""
    where = checklist.current(turn)
    item = checklist.item_of(where.instrument, item_id)
    policy.require(turn.actor, "review", where.unit, checklist.area_id_of(item))
    return screens_lists.waives(where, service.of_item(turn.session, where.assessment, item))


@handles(routes.EVIDENCE_WAIVE)
def waive(turn: Turn, assessment_id: int, item_id: str, place: int, revision: int) -> Goto:
    """One example on or off."""
    off = changing.waive(turn, assessment_id, item_id, place, revision)
    return Goto(routes.EVIDENCE_WAIVES(item_id), labels.WAIVED if off else labels.NEEDED)


# the unit ------------------------------------------------------------------------------------------


@handles(routes.EVIDENCE)
def show_unit(turn: Turn) -> Screen:
    """The unit's evidence by area."""
    where = checklist.current(turn)
    pieces = service.of_assessment(turn.session, where.assessment, service.sight_of(turn, where.unit, where))
    rows: list[tuple[str, str, int, int, int]] = []
    for area_id, name, items in _parts(where.instrument):
        own = [ids for _, ids in pieces if any(i in items for i in ids)]
        having = {i for ids in own for i in ids if i in items}
        rows.append((area_id, name, len(own), len(having), len(items)))
    lacking = len(service.unsupported(turn, where))
    _, waiting = intake.undecided(turn, 0)
    may_window = policy.can(turn.actor, "unit_edit", where.unit)
    return screens_lists.unit(where.unit.name, rows, lacking, waiting, may_window)


def _parts(instrument: Instrument) -> list[tuple[str, str, frozenset[str]]]:
    """The areas and the result part: id, name, the ids of their items."""
    made = [
        (area.id, f"Area {area.no} {area.name}", frozenset(i.id for i in area.indicators))
        for area in instrument.areas
    ]
    return [*made, (checklist.RESULTS, "Hasil", frozenset(r.id for r in instrument.results))]


@handles(routes.EVIDENCE_AREA)
def show_area(turn: Turn, area_id: str, page: int) -> Screen:
    """One page of an area's evidence."""
    where = checklist.current(turn)
    which = checklist.area_of(where.instrument, area_id) if area_id != checklist.RESULTS else None
    items = next(ids for part, _, ids in _parts(where.instrument) if part == area_id)
    found = [each for each in _listed(turn, where) if items.intersection(each[2])]
    page, shown = _page([(piece, numbers) for piece, numbers, _ in found], page)
    return screens_lists.area(which, area_id, shown, len(found), page, PAGE)


def _page(found: Sequence[Listed], page: int) -> tuple[int, Sequence[Listed]]:
    page = min(max(0, page), max(0, (len(found) - 1) // PAGE))
    return page, found[page * PAGE : page * PAGE + PAGE]


def _listed(turn: Turn, where: Current) -> list[tuple[Piece, str, tuple[str, ...]]]:
    """Every piece of the year with the numbers of its items, and their ids."""
    sight = service.sight_of(turn, where.unit, where)
    made = []
    for piece, ids in service.of_assessment(turn.session, where.assessment, sight):
        numbers = ", ".join(_number(where.instrument, i) for i in ids)
        made.append((piece, numbers, ids))
    return made


def _number(instrument: Instrument, item_id: str) -> str:
    node = instrument.by_id.get(item_id)
    return node.number if isinstance(node, Indicator | ResultItem) else item_id


@handles(routes.EVIDENCE_SEARCH)
def ask_words(turn: Turn) -> Screen:
    """The prompt for words."""
    checklist.current(turn)
    return screens_lists.search()


@handles(routes.EVIDENCE_SEARCHED)
def searched(turn: Turn) -> Goto | NotMine:
    """The typed text is looked for; a question is answered as one, a link is taken in."""
    if links.cleaned(turn.event.text) is not None:
        return Goto(routes.INTAKE_LINK(""))
    words = screens_lists.cut_words(turn.event.text)
    if not words or turn.library.looks_like_question(turn.event.text):
        return NotMine()
    return Goto(routes.EVIDENCE_FOUND(words, 0))


@handles(routes.EVIDENCE_FOUND)
def show_found(turn: Turn, words: str, page: int) -> Screen:
    """One page of what holds every word. A restricted piece is found by those who may see it only."""
    where = checklist.current(turn)
    wanted = clean(words).split()
    found = [
        (piece, numbers)
        for piece, numbers, ids in _listed(turn, where)
        if piece.seen and _holds(piece, f"{numbers} {' '.join(_titles(where, ids))}", wanted)
    ]
    page, shown = _page(found, page)
    return screens_lists.results(words, shown, len(found), page, PAGE)


def _titles(where: Current, ids: Sequence[str]) -> list[str]:
    nodes = (where.instrument.by_id.get(i) for i in ids)
    return [node.title for node in nodes if isinstance(node, Indicator | ResultItem)]


def _holds(piece: Piece, about: str, wanted: Sequence[str]) -> bool:
    newest = piece.newest
    text = clean(f"{piece.evidence.title} {newest.file_name} {newest.url} {about}")
    return all(word in text for word in wanted)


@handles(routes.EVIDENCE_LACKING)
def show_lacking(turn: Turn, page: int) -> Screen:
    """Items answered at their best that nothing supports."""
    where = checklist.current(turn)
    found = service.unsupported(turn, where)
    page = min(max(0, page), max(0, (len(found) - 1) // PAGE))
    return screens_lists.lacking(found[page * PAGE : page * PAGE + PAGE], len(found), page, PAGE)
