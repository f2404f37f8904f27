"""Screens of findings (catatan TPI)."""

from collections.abc import Sequence
from datetime import date

from flows import routes, words
from flows.checklist.service import Current
from flows.findings import texts
from flows.findings.publishing import ANSWERED, DRAFT
from flows.findings.service import PAGE, View
from flows.item_words import Reader
from flows.pic.candidates import Candidate
from flows.screen import Button, Expect, Screen, grid, rows
from knowledge.answers import Item
from knowledge.phrases import Phrase

PEOPLE_PAGE = 8
MENU = Button(words.TO_MENU, routes.HOME())


def listed(
    where: Current,
    found: Sequence[View],
    total: int,
    open_now: int,
    page: int,
    reader: Reader,
    today: date,
    judges: bool,
    works: bool,
) -> Screen:
    """One page of findings."""
    first = page * PAGE + 1
    numbers = [Button(str(number), routes.FINDING(each.id)) for number, each in enumerate(found, first)]
    turning = (
        *([Button("‹", routes.FINDINGS(where.id, page - 1))] if page else []),
        *([Button("›", routes.FINDINGS(where.id, page + 1))] if (page + 1) * PAGE < total else []),
    )
    up = Button(texts.READINESS, routes.READINESS())
    if judges:
        up = Button(texts.DESK, routes.ASSESS_UNIT(where.id))
    elif works:
        up = Button(texts.MINE, routes.MINE(0))
    return Screen(
        texts.listed(where, found, total, open_now, first, reader, today),
        rows(*grid(numbers, 3), turning, Button(texts.SCORES, routes.TPI_SCORES(where.id)), (up, MENU)),
    )


def card(view: View, reader: Reader, today: date, may_decide: bool) -> Screen:
    """One finding, with what the reader may do about it."""
    id, row, state = view.id, view.row, view.row.state
    work: list[Button] = []
    if state == DRAFT and view.judges:
        work = [
            Button(texts.PIC, routes.FINDING_PIC(id, 0)),
            Button(texts.DUE, routes.FINDING_DUE(id)),
            Button(texts.DROP, routes.FINDING_DROP(id, row.revision)),
        ]
    if view.may_answer:
        label = texts.EDIT_ANSWER if state == ANSWERED else texts.ANSWER
        work.append(Button(label, routes.FINDING_ANSWER(id)))
        work.append(Button(texts.EVIDENCE, routes.EVIDENCE_ITEM(view.item.id)))
    if may_decide and state == ANSWERED:
        work.append(Button(texts.ACCEPT, routes.FINDING_ACCEPT(id, row.revision)))
        work.append(Button(texts.KEEP, routes.FINDING_KEEP(id)))
    up = (
        Button(texts.TO_CARD, routes.ASSESS_CARD(view.where.id, view.item.id))
        if view.judges
        else Button(texts.ITEM, routes.REVIEW_FIX(view.where.id, view.item.id))
    )
    return Screen(
        texts.card(view, reader, today),
        rows(*grid(work, 2), (up, Button(texts.TO_LIST, routes.FINDINGS(view.where.id, 0))), MENU),
    )


def prompt(assessment_id: int, item: Item, phrases: Sequence[Phrase]) -> Screen:
    """Asks for a finding, with ready sentences."""
    ready = [
        Button(phrase.label, routes.FINDING_USE(assessment_id, item.id, place))
        for place, phrase in enumerate(phrases)
    ]
    return Screen(
        texts.prompt(item, phrases),
        rows(*grid(ready, 2), (Button(texts.TO_CARD, routes.ASSESS_CARD(assessment_id, item.id)), MENU)),
        Expect(text=routes.FINDING_SAVE(assessment_id, item.id), only=True),
    )


def people(view: View, found: Sequence[Candidate], page: int) -> Screen:
    """Who of the unit answers?"""
    first = page * PEOPLE_PAGE + 1
    shown = found[page * PEOPLE_PAGE : (page + 1) * PEOPLE_PAGE]
    numbers = [
        Button(str(number), routes.FINDING_PIC_SET(view.id, each.id, view.row.revision))
        for number, each in enumerate(shown, first)
    ]
    turning = (
        *([Button("‹", routes.FINDING_PIC(view.id, page - 1))] if page else []),
        *(
            [Button("›", routes.FINDING_PIC(view.id, page + 1))]
            if (page + 1) * PEOPLE_PAGE < len(found)
            else []
        ),
    )
    return Screen(
        texts.people(view, [each.person.name for each in shown], first),
        rows(*grid(numbers, 4), turning, Button(words.BACK, routes.FINDING(view.id))),
    )


def due(view: View) -> Screen:
    """Asks for the day."""
    return Screen(
        texts.due(view),
        rows(Button(words.BACK, routes.FINDING(view.id))),
        Expect(text=routes.FINDING_DUE_SAVE(view.id, view.row.revision)),
    )


def answer_prompt(view: View) -> Screen:
    """Asks for the tanggapan."""
    return Screen(
        texts.answer_prompt(view),
        rows(Button(words.BACK, routes.FINDING(view.id))),
        Expect(text=routes.FINDING_ANSWER_SAVE(view.id, view.row.revision), only=True),
    )


def keep_prompt(view: View) -> Screen:
    """Asks what is still to be done."""
    return Screen(
        texts.keep_prompt(view),
        rows(Button(words.BACK, routes.FINDING(view.id))),
        Expect(text=routes.FINDING_KEEP_SAVE(view.id, view.row.revision), only=True),
    )


def answered(view: View, reader: Reader) -> Screen:
    """The tanggapan at the assessors; it stays in the chat."""
    return Screen(
        texts.answered(view, reader),
        rows(
            (
                Button(texts.ACCEPT, routes.FINDING_ACCEPT(view.id, view.row.revision)),
                Button(texts.KEEP, routes.FINDING_KEEP(view.id)),
            ),
            (Button(texts.OPEN, routes.FINDING(view.id)), MENU),
        ),
        keep=True,
    )


def told(view: View) -> Screen:
    """The decision at who answered; it stays in the chat."""
    return Screen(texts.told(view), rows((Button(texts.OPEN, routes.FINDING(view.id)), MENU)), keep=True)
