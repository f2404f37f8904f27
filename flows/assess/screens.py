"""Screens of the assessor's desk: queue, one unit, lists, the card and what hangs on it."""

from collections.abc import Sequence
from datetime import date

from flows import routes, words
from flows.assess.service import ALL, DIFFERENT, UNVALUED, Card, Desk, Line
from flows.assess.texts import card as said
from flows.assess.texts import desk as texts
from flows.checklist import stored
from flows.checklist.service import Change
from flows.evidence.service import Piece
from flows.item_words import Reader
from flows.models import Person, TpiNote
from flows.screen import Button, Expect, Screen, grid, rows
from knowledge.answers import Answer, Item
from knowledge.instrument import Indicator
from knowledge.phrases import Phrase

PAGE = 8
SHORTCUTS = 4
"""Pieces of evidence that open from the card itself."""
MENU = Button(words.TO_MENU, routes.HOME())


def queue(desks: Sequence[Desk], reader: Reader) -> Screen:
    """Penilaian saya."""
    numbers = [Button(str(n), routes.ASSESS_UNIT(each.where.id)) for n, each in enumerate(desks, 1)]
    return Screen(texts.queue(desks, reader), rows(*grid(numbers, 4), MENU))


def unit(now: Desk, reader: Reader, today: date, leads: bool, may_sign: bool, next_no: int) -> Screen:
    """One unit's desk. `next_no`: the round that the reader may open now, else 0."""
    id = now.where.id
    lists = [
        *(
            [Button(texts.waiting(len(now.waiting)), routes.ASSESS_ITEMS(id, UNVALUED, 0))]
            if now.waiting
            else []
        ),
        *(
            [Button(texts.different(len(now.different)), routes.ASSESS_ITEMS(id, DIFFERENT, 0))]
            if now.different
            else []
        ),
    ]
    row = now.row
    lead: list[Button] = []
    if row is not None and row.led_at is None and leads:
        lead.append(Button(texts.CUTOFF, routes.ROUND_CUTOFF(id)))
    if row is not None and row.closed_at is None and (may_sign or row.led_at is not None or leads):
        lead.append(Button(texts.SIGN, routes.ROUND_SIGN_ASK(row.id or 0)))
    return Screen(
        texts.unit(now, reader, today),
        rows(
            tuple(lists),
            (
                Button(texts.EVERYTHING, routes.ASSESS_ITEMS(id, ALL, 0)),
                Button(texts.FINDINGS, routes.FINDINGS(id, 0)),
            ),
            Button(texts.COMPARE, routes.TPI_SCORES(id)),
            tuple(lead),
            Button(f"{texts.OPEN_NEXT} {next_no}", routes.ROUND_OPEN(id, next_no)) if next_no else None,
            (Button(texts.EXCEL, routes.DOCUMENTS()), Button(texts.PROPOSE, routes.PROPOSABLE(id))),
            (Button(texts.MINE, routes.ASSESS()), MENU),
        ),
    )


def listed(now: Desk, which: str, found: Sequence[Line], page: int) -> Screen:
    """A page of items."""
    id, first = now.where.id, page * PAGE + 1
    shown = found[page * PAGE : (page + 1) * PAGE]
    numbers = [Button(str(n), routes.ASSESS_CARD(id, each.item.id)) for n, each in enumerate(shown, first)]
    turning = (
        *([Button("‹", routes.ASSESS_ITEMS(id, which, page - 1))] if page else []),
        *([Button("›", routes.ASSESS_ITEMS(id, which, page + 1))] if (page + 1) * PAGE < len(found) else []),
    )
    areas = {area.id: f"Area {area.no}" for area in now.where.instrument.areas}
    present = dict.fromkeys(
        line.item.area_id if isinstance(line.item, Indicator) else "H" for line in now.lines
    )
    by_area = [
        Button(areas.get(each, "Hasil"), routes.ASSESS_ITEMS(id, each, 0))
        for each in present
        if each != which
    ]
    return Screen(
        texts.listed(now, which, shown, len(found), first),
        rows(
            *grid(numbers, 4),
            turning,
            *(grid(by_area, 4) if which == ALL or which in present else ()),
            (Button(texts.TO_DESK, routes.ASSESS_UNIT(id)), MENU),
        ),
    )


# the card ------------------------------------------------------------------------------------------


def card(view: Card, reader: Reader) -> Screen:
    """One item: judged by tap or typed text."""
    id, one = view.desk.where.id, view.item
    may = view.may_judge
    typed = routes.ASSESS_TYPED(id, one.id, view.revision)
    return Screen(
        said.card(view, reader),
        rows(
            *(_options(view) if may else ()),
            _same(view) if may else None,
            _value_work(view) if may else None,
            _evidence(view),
            (
                Button(said.notes(view.notes), routes.ASSESS_NOTE(id, one.id)),
                Button(said.HISTORY, routes.ASSESS_HISTORY(id, one.id, 0)),
            ),
            tuple(
                Button(said.finding(n), routes.FINDING(each.id or 0))
                for n, each in enumerate(view.findings[:3], 1)
            ),
            _onward(view),
            (
                *([Button(said.BEFORE, routes.ASSESS_CARD(id, view.before.id))] if view.before else []),
                *([Button(said.AFTER, routes.ASSESS_CARD(id, view.after.id))] if view.after else []),
            ),
            (
                Button(texts.TO_DESK, routes.ASSESS_UNIT(id)),
                Button(said.SHOW_ITEM, routes.REVIEW_FIX(id, one.id)),
            ),
        ),
        Expect(text=typed) if may else None,
    )


def _options(view: Card) -> tuple[tuple[Button, ...], ...]:
    one = view.item
    chosen = stored.code_of(one, view.line.theirs) if view.line.theirs is not None else ""
    buttons = [
        Button(
            f"✓ {option.key}" if option.key == chosen else option.key,
            routes.ASSESS_SET(view.desk.where.id, one.id, option.key, view.revision),
        )
        for option in one.options
    ]
    return grid(buttons, 2 if len(buttons) == 4 else 3)


def _same(view: Card) -> Button | None:
    """Takes the unit's own answer over, where it is counts or an index that one would have to type."""
    line, one = view.line, view.item
    if one.options or line.own is None or line.own == line.theirs:
        return None
    code = stored.code_of(one, line.own)
    if stored.from_code(one, code) is None:
        return None
    return Button(said.SAME, routes.ASSESS_SET(view.desk.where.id, one.id, code, view.revision))


def _value_work(view: Card) -> tuple[Button, ...]:
    id, one = view.desk.where.id, view.item
    if view.line.theirs is None:
        return (Button(said.FINDING, routes.FINDING_NEW(id, one.id)),)
    return (
        Button(said.EDIT_REASON if view.reason else said.REASON, routes.ASSESS_REASON(id, one.id)),
        Button(said.FINDING, routes.FINDING_NEW(id, one.id)),
    )


def _evidence(view: Card) -> tuple[Button, ...]:
    """The first pieces open at once; all of them behind the last button."""
    opened = [
        button
        for number, piece in enumerate(view.evidence.uses[:SHORTCUTS], 1)
        if (button := _opens(number, piece)) is not None
    ]
    return (*opened[:2], Button(said.EVIDENCE, routes.EVIDENCE_ITEM(view.item.id)))


def _opens(number: int, piece: Piece) -> Button | None:
    if not piece.seen:
        return None
    label = f"Buka {number}"
    if piece.newest.kind == "link":
        return Button(label, url=piece.newest.url) if piece.newest.url.startswith("https://") else None
    return Button(label, routes.EVIDENCE_OPEN(piece.id))


def _onward(view: Card) -> tuple[Button, ...]:
    id = view.desk.where.id
    return (
        *(
            [Button(said.NEXT_DIFFERENT, routes.ASSESS_CARD(id, view.next_different.id))]
            if view.next_different is not None
            else []
        ),
        *(
            [Button(said.NEXT_WAITING, routes.ASSESS_CARD(id, view.next_waiting.id))]
            if view.next_waiting is not None
            else []
        ),
    )


def suggest(view: Card, wanted: Answer, sentence: str) -> Screen:
    """What was typed may mean this value: one tap takes it, typing goes on."""
    id, one = view.desk.where.id, view.item
    code = stored.code_of(one, wanted)
    return Screen(
        said.suggest(one, sentence),
        rows(
            (
                Button(said.use(one, wanted), routes.ASSESS_SET(id, one.id, code, view.revision)),
                Button(said.TYPE_AGAIN, routes.ASSESS_CARD(id, one.id)),
            )
        ),
        Expect(text=routes.ASSESS_TYPED(id, one.id, view.revision)),
    )


def reason(view: Card, phrases: Sequence[Phrase]) -> Screen:
    """Prompt for the reason of the value, with ready sentences."""
    id, one, revision = view.desk.where.id, view.item, view.revision
    ready = [
        Button(phrase.label, routes.ASSESS_REASON_USE(id, one.id, revision, place))
        for place, phrase in enumerate(phrases)
    ]
    return Screen(
        said.reason(view, phrases),
        rows(
            *grid(ready, 2),
            (
                Button(said.LATER if not view.reason else said.TO_CARD, routes.ASSESS_CARD(id, one.id)),
                Button(said.FINDING, routes.FINDING_NEW(id, one.id)),
            ),
        ),
        Expect(text=routes.ASSESS_REASON_SAVE(id, one.id, revision), only=True),
    )


def private(
    assessment_id: int, one: Item, found: Sequence[tuple[TpiNote, Person]], reader: Reader, mine: bool
) -> Screen:
    """The assessors' private notes, and the prompt for one's own."""
    gone = Button(said.CLEAR_NOTE, routes.ASSESS_NOTE_CLEAR(assessment_id, one.id)) if mine else None
    return Screen(
        said.private(one, found, reader),
        rows(gone, (Button(said.TO_CARD, routes.ASSESS_CARD(assessment_id, one.id)), MENU)),
        Expect(text=routes.ASSESS_NOTE_SAVE(assessment_id, one.id), only=True),
    )


def history(view: Card, changes: Sequence[Change], more: bool, reader: Reader, page: int) -> Screen:
    """One page of the value's changes; the value can be taken away here."""
    id, one = view.desk.where.id, view.item
    turning = (
        *([Button(said.NEWER, routes.ASSESS_HISTORY(id, one.id, page - 1))] if page else []),
        *([Button(said.OLDER, routes.ASSESS_HISTORY(id, one.id, page + 1))] if more else []),
    )
    clear = view.may_judge and view.line.theirs is not None
    return Screen(
        said.history(one, changes, reader, page),
        rows(
            turning,
            (
                *([Button(said.CLEAR, routes.ASSESS_CLEAR(id, one.id, view.revision))] if clear else []),
                Button(said.UNIT_HISTORY, routes.LKE_HISTORY(one.id, 0)),
            ),
            (Button(said.TO_CARD, routes.ASSESS_CARD(id, one.id)), MENU),
        ),
    )
