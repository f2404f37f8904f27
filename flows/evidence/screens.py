"""Screens of what was just sent."""

from collections.abc import Sequence
from datetime import date, timedelta

from flows import fmt, routes, words
from flows.action import Action
from flows.evidence import findings, periods
from flows.evidence.choosing import OTHER, Choice
from flows.evidence.intake import LEFT, View
from flows.evidence.service import ItemEvidence
from flows.evidence.texts import labels, sent
from flows.models import Evidence, Intake
from flows.screen import Button, Expect, Screen, grid, rows
from knowledge.answers import Item
from knowledge.instrument import Area, Instrument, SubComponent

RESULTS = "H"
_MENU = Button(words.TO_MENU, routes.HOME())


def examining(view: View, long: bool) -> Screen:
    """While it is looked at. What is typed meanwhile is not lost: it is read once that is done."""
    again = Button(labels.AGAIN, routes.INTAKE_AGAIN(view.id)) if long else None
    expects = _answers(view, routes.INTAKE_TYPED(view.id, 0))
    return Screen(sent.examining(view, long), rows(again, _leave(view)), expects)


def _answers(view: View, text: Action) -> Expect:
    """What is typed answers it; a further file goes where this one went."""
    return Expect(text=text, file=routes.INTAKE_FILE(view.item.id) if view.item is not None else None)


def _leave(view: View) -> tuple[Button, ...]:
    cancel = Button(labels.CANCEL, routes.INTAKE_CANCEL_ASK(view.id))
    back = Button(labels.TO_ITEM, routes.LKE_ITEM(view.item.id)) if view.item is not None else _MENU
    return (cancel, back)


def ready(
    view: View,
    choice: Choice,
    known: Evidence | None,
    known_seen: bool,
    own: Sequence[Item],
    may_import: bool,
    unit_name: str,
) -> Screen:
    """What would be saved: one tap confirms it. `unit_name` for people of several units."""
    text = sent.ready(view, choice, known, known_seen, unit_name)
    expects = _answers(view, routes.INTAKE_TYPED(view.id, view.row.revision))
    sheet = Button(labels.IS_WORKSHEET, routes.INTAKE_SHEET(view.id)) if may_import else None
    if choice.item is None:
        return Screen(text, rows(*_first_items(view, choice, own), sheet, _leave(view)), expects)
    if choice.ask_period and choice.day is not None:
        buttons = _period_buttons(view, choice)
        expects = _answers(view, routes.INTAKE_PERIOD_TYPED(view.id, view.row.revision))
        return Screen(text, rows(*grid(buttons, 2), _leave(view)), expects)
    return Screen(text, rows(*_confirm(view, choice, known), sheet, _leave(view)), expects)


def _confirm(view: View, choice: Choice, known: Evidence | None) -> tuple[tuple[Button, ...], ...]:
    assert choice.item is not None
    undated = choice.day is None and not choice.period
    duplicate = known is not None and any(f.code == findings.DUPLICATE for f in view.findings)
    label = labels.USE_KNOWN if duplicate else labels.SAVE_UNDATED if undated else labels.SAVE
    revision = view.row.revision
    other = None
    if choice.other is not None and view.item is None and not view.row.proposal.get("item"):
        other = Button(f"Untuk {choice.other.number}", routes.INTAKE_ITEM(view.id, choice.other.id, revision))
    document = Button(labels.OTHER_DOCUMENT, routes.INTAKE_WHAT(view.id)) if choice.item.evidence else None
    return rows(
        Button(label, routes.INTAKE_SAVE(view.id, revision)),
        (
            Button(labels.CHANGE_DATE, routes.INTAKE_DATE(view.id)),
            Button(labels.OTHER_ITEM, routes.INTAKE_WHERE(view.id, "")),
        ),
        tuple(b for b in (other, document) if b is not None),
    )


def _first_items(view: View, choice: Choice, own: Sequence[Item]) -> tuple[tuple[Button, ...], ...]:
    revision = view.row.revision
    near = [choice.other] if choice.other is not None else []
    items = [*near, *(item for item in own if item not in near)][:4]
    buttons = [Button(item.number, routes.INTAKE_ITEM(view.id, item.id, revision)) for item in items]
    return rows(*grid(buttons, 2), Button("Pilih dari area", routes.INTAKE_WHERE(view.id, "")))


def _period_buttons(view: View, choice: Choice) -> list[Button]:
    assert choice.day is not None
    revision = view.row.revision
    made = [
        Button(name, routes.INTAKE_PERIOD_SET(view.id, code, revision))
        for code, name in likely_periods(choice.day, choice.window.first, choice.window.last)
    ]
    return [*made, Button(labels.OTHER_PERIOD, routes.INTAKE_PERIOD(view.id))]


def likely_periods(day: date, first: date, last: date) -> list[tuple[str, str]]:
    """The quarter and year of a day, and the years of the window, as (code, label)."""
    spans = [periods.around(day, "quarter"), periods.around(day, "year")]
    for year in range(first.year, last.year + 1):
        span = periods.span_of(str(year))
        if span is not None and span not in spans:
            spans.append(span)
    return [(s.code, f"Satu tahun {s.code}" if len(s.code) == 4 else s.name) for s in spans][:4]


def recent_periods(today: date, first: date) -> list[tuple[str, str]]:
    """The last quarters, halves and years that the window holds, newest first, as (code, label)."""
    made: list[tuple[str, str]] = []
    day = today
    for _ in range(5):
        span = periods.around(day, "quarter")
        if span.last < first:
            break
        made.append((span.code, span.name))
        day = span.first - timedelta(days=1)
    return [*made, *((f"{year}", f"Satu tahun {year}") for year in (today.year, today.year - 1))]


def period(view: View, today: date, choice: Choice) -> Screen:
    """For which period?"""
    revision = view.row.revision
    buttons = [
        Button(name, routes.INTAKE_PERIOD_SET(view.id, code, revision))
        for code, name in recent_periods(today, choice.window.first)
    ]
    none = Button(labels.NO_PERIOD, routes.INTAKE_PERIOD_SET(view.id, "", revision)) if choice.day else None
    back = Button(words.BACK, routes.INTAKE(view.id))
    return Screen(
        sent.PERIOD_PROMPT,
        rows(*grid(buttons, 2), none, back),
        Expect(text=routes.INTAKE_PERIOD_TYPED(view.id, revision)),
    )


def date_prompt(view: View) -> Screen:
    """Which day?"""
    expects = Expect(text=routes.INTAKE_DATE_SAVE(view.id, view.row.revision))
    back = Button(words.BACK, routes.INTAKE(view.id))
    return Screen(
        sent.DATE_PROMPT, rows((Button(labels.PERIOD, routes.INTAKE_PERIOD(view.id)), back)), expects
    )


def version(view: View, evidence: Evidence) -> Screen:
    """It was sent to replace a piece."""
    revision = view.row.revision
    return Screen(
        sent.version(view, evidence),
        rows(
            Button(labels.SAVE_VERSION, routes.INTAKE_SAVE(view.id, revision)),
            Button(labels.AS_NEW, routes.INTAKE_WHERE(view.id, "")),
            (
                Button(labels.CANCEL, routes.INTAKE_CANCEL_ASK(view.id)),
                Button(words.BACK, routes.EVIDENCE_SHOW(evidence.id or 0)),
            ),
        ),
    )


def failed(view: View) -> Screen:
    """Nothing could be kept."""
    again = view.row.problem == findings.GONE
    back = Button(labels.TO_ITEM, routes.LKE_ITEM(view.item.id)) if view.item is not None else _MENU
    expects = Expect(file=routes.INTAKE_FILE(view.item.id)) if view.item is not None else None
    first = Button(labels.AGAIN, routes.INTAKE_AGAIN(view.id)) if again else None
    return Screen(sent.failed(view), rows(first, back), expects)


def ended(saved: bool, evidence_id: int | None) -> Screen:
    """It is over."""
    show = None
    if saved and evidence_id is not None:
        show = Button("Lihat bukti", routes.EVIDENCE_SHOW(evidence_id))
    return Screen(sent.ended(saved), rows(tuple(b for b in (show, _MENU) if b is not None)))


def left() -> Screen:
    """Its sender does not belong to the unit any more."""
    return Screen(LEFT, rows(_MENU))


def cancel_ask(view: View) -> Screen:
    """Asks before it goes."""
    return Screen(
        sent.CANCEL_ASK,
        rows(
            (
                Button(labels.CANCEL_YES, routes.INTAKE_CANCEL(view.id)),
                Button(labels.CANCEL_NO, routes.INTAKE(view.id)),
            )
        ),
    )


def saved(
    row: Intake,
    found: ItemEvidence | None,
    lines: Sequence[str],
    waiting: int,
    step: Sequence[Button],
    expects: Expect | None,
    restricted: bool = False,
) -> Screen:
    """It is saved, and the next step."""
    text = sent.saved(row, found, lines, waiting, row.problem == findings.DUPLICATE, restricted)
    more = Button(labels.NEXT_ONE, routes.INTAKES(0)) if waiting else None
    later = Button(labels.NOT_NOW, routes.LKE_ITEM(found.item.id)) if found is not None else _MENU
    return Screen(text, rows(tuple(step), more, later), expects)


def waiting(found: Sequence[Intake], total: int, page: int, size: int) -> Screen:
    """Everything that waits for a word."""
    if not found:
        return Screen(sent.NONE_WAITING, rows(_MENU))
    buttons = [Button(sent.waiting_label(row), routes.INTAKE(row.id or 0)) for row in found]
    pages = (
        *([Button("‹", routes.INTAKES(page - 1))] if page else []),
        *([Button("›", routes.INTAKES(page + 1))] if (page + 1) * size < total else []),
    )
    return Screen(sent.waiting(total), rows(*buttons, pages, _MENU))


# choosing an item, one step down at a time ------------------------------------------------------------


class Chooser:
    """What the choice of an item leads to: `down` opens a part of the instrument, `take` an item."""

    def __init__(self, back: Action, typed: Action, fills: frozenset[str]) -> None:
        self.back, self.typed, self.fills = back, typed, fills

    def down(self, node_id: str) -> Action:
        """Opens an area, a sub-component, or ("") the areas."""
        raise NotImplementedError

    def take(self, item: Item) -> Action:
        """Chooses an item."""
        raise NotImplementedError


class ForIntake(Chooser):
    """Chooses the item of something that was sent."""

    def __init__(self, view: View, fills: frozenset[str]) -> None:
        super().__init__(routes.INTAKE(view.id), routes.INTAKE_TYPED(view.id, view.row.revision), fills)
        self._id, self._revision = view.id, view.row.revision

    def down(self, node_id: str) -> Action:
        return routes.INTAKE_WHERE(self._id, node_id)

    def take(self, item: Item) -> Action:
        return routes.INTAKE_ITEM(self._id, item.id, self._revision)


class ForPiece(Chooser):
    """Chooses one more item of a piece."""

    def __init__(self, evidence_id: int, fills: frozenset[str]) -> None:
        super().__init__(routes.EVIDENCE_SHOW(evidence_id), routes.EVIDENCE_USE_TYPED(evidence_id), fills)
        self._id = evidence_id

    def down(self, node_id: str) -> Action:
        return routes.EVIDENCE_USES(self._id, node_id)

    def take(self, item: Item) -> Action:
        return routes.EVIDENCE_USE_WHAT(self._id, item.id)


def choose(
    instrument: Instrument, node: Area | SubComponent | None, results: bool, chooser: Chooser
) -> Screen:
    """Areas, the sub-components of one, or the items of one. Only areas that the person fills in."""
    expects = Expect(text=chooser.typed)
    if isinstance(node, SubComponent):
        buttons = [Button(item.number, chooser.take(item)) for item in node.indicators]
        lines = [f"{item.number}  {fmt.esc(item.title)}" for item in node.indicators]
        text = sent.where(f"{node.number}  {node.name}") + "\n\n" + "\n".join(lines)
        return Screen(text, rows(*grid(buttons, 2), Button(words.BACK, chooser.down(node.area_id))), expects)
    if isinstance(node, Area):
        subs = [sub for aspect in node.aspects for sub in aspect.subs]
        buttons = [Button(sub.number, chooser.down(sub.id)) for sub in subs]
        lines = [f"{sub.number}  {fmt.esc(sub.name)}" for sub in subs]
        text = sent.where(f"Area {node.no} {node.name}") + "\n\n" + "\n".join(lines)
        return Screen(text, rows(*grid(buttons, 3), Button(words.BACK, chooser.down(""))), expects)
    if results:
        buttons = [Button(item.number, chooser.take(item)) for item in instrument.results]
        lines = [f"{item.number}  {fmt.esc(item.title)}" for item in instrument.results]
        text = sent.where("Hasil") + "\n\n" + "\n".join(lines)
        return Screen(text, rows(*grid(buttons, 3), Button(words.BACK, chooser.down(""))), expects)
    areas = [area for area in instrument.areas if area.id in chooser.fills]
    buttons = [Button(f"Area {area.no}", chooser.down(area.id)) for area in areas]
    if RESULTS in chooser.fills:
        buttons.append(Button("Hasil", chooser.down(RESULTS)))
    lines = [f"Area {area.no}  {fmt.esc(area.name)}" for area in areas]
    text = sent.where("Untuk indikator mana?") + "\n\n" + "\n".join(lines)
    return Screen(text, rows(*grid(buttons, 3), Button(words.BACK, chooser.back)), expects)


def what(item: Item, actions: Sequence[tuple[int, Action]], back: Action) -> Screen:
    """Which document is it? `actions` by the place of the example, `OTHER` for none of them."""
    buttons = [
        Button(labels.OTHER if place == OTHER else f"{place + 1}", action) for place, action in actions
    ]
    return Screen(sent.what(item), rows(*grid(buttons, 4), Button(words.BACK, back)))
