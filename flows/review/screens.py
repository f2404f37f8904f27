"""Screens of review, of "tidak berlaku", and of the agency's rule."""

from collections.abc import Sequence
from datetime import date

from flows import routes, words
from flows.checklist.record import Place
from flows.item_words import Reader
from flows.models import AnswerChange
from flows.review import texts
from flows.review.looking import Card, Waiting
from flows.review.reviewers import RULES
from flows.review.states import WAITING
from flows.screen import Button, Expect, Screen, grid, rows
from knowledge.answers import Item

PAGE = 8


def packed(day: date) -> int:
    """The day as a number for a button: 20270531."""
    return day.year * 10_000 + day.month * 100 + day.day


def _args(at: Place) -> tuple[int, str]:
    return at.current.id, at.item.id


def _to_item(item: Item) -> Button:
    return Button(texts.SHOW_ITEM, routes.LKE_ITEM(item.id))


# sending -------------------------------------------------------------------------------------------


def send_ask(card: Card, lacks: Sequence[str]) -> Screen:
    """What is missing, before sending."""
    at = card.at
    mend = [
        *([Button(texts.ADD_EVIDENCE, routes.EVIDENCE_ADD(at.item.id))] if set(lacks) - {"note"} else []),
        *([Button(texts.WRITE_NOTE, routes.LKE_NOTE(at.item.id))] if "note" in lacks else []),
    ]
    return Screen(
        texts.send_ask(card, lacks),
        rows(
            mend,
            (
                Button(texts.SEND_NOW, routes.REVIEW_SEND(*_args(at), card.revision, 1)),
                Button(texts.NOT_YET, routes.LKE_ITEM(at.item.id)),
            ),
        ),
    )


def sent(card: Card, mine: bool, reviews: bool, left: int) -> Screen:
    """It has been sent; `left` is how much else waits for the person."""
    at = card.at
    waiting = card.state == WAITING
    return Screen(
        texts.sent(card, left),
        rows(
            (Button(texts.MINE, routes.MINE(0)), Button(texts.ASK_ZI, routes.ASK_PROMPT())),
            Button(texts.CARD, routes.REVIEW_CARD(*_args(at)))
            if reviews and waiting and card.may_decide
            else None,
            Button(texts.RECALL, routes.REVIEW_RECALL(*_args(at), card.revision))
            if mine and waiting
            else None,
            (_to_item(at.item), Button(words.TO_MENU, routes.HOME())),
        ),
    )


# the reviewer --------------------------------------------------------------------------------------


def asked(card: Card) -> Screen:
    """The message that a reviewer gets; it stays in the chat."""
    at = card.at
    return Screen(
        texts.asked(card, at.current.unit.name),
        rows(
            Button(texts.SHOW_EVIDENCE, routes.REVIEW_CARD(*_args(at))),
            _decide(card),
        ),
        keep=True,
    )


def _decide(card: Card) -> tuple[Button, ...]:
    return (
        Button(texts.OK, routes.REVIEW_OK(*_args(card.at), card.revision)),
        Button(texts.BACK_TO, routes.REVIEW_BACK(*_args(card.at), card.revision)),
    )


def card(shown: Card, reader: Reader) -> Screen:
    """Answer, Penjelasan and evidence, with the decision."""
    item = shown.at.item
    open_now = shown.state == WAITING and shown.may_decide
    return Screen(
        texts.card(shown, reader),
        rows(
            _decide(shown) if open_now else None,
            (
                *(
                    [Button(texts.SHOW_EVIDENCE, routes.EVIDENCE_ITEM(item.id))]
                    if shown.evidence.count
                    else []
                ),
                _to_item(item),
            ),
            (Button(texts.TO_QUEUE, routes.REVIEW_QUEUE(0)), Button(words.TO_MENU, routes.HOME())),
        ),
    )


def queue(unit_name: str, waiting: Sequence[Waiting], page: int, reader: Reader) -> Screen:
    """What waits for the person's review."""
    shown = waiting[page * PAGE : (page + 1) * PAGE]
    first = page * PAGE + 1
    numbers = [
        Button(str(number), routes.REVIEW_CARD(each.work.assessment_id, each.item.id))
        for number, each in enumerate(shown, start=first)
    ]
    turning = (
        *([Button("‹", routes.REVIEW_QUEUE(page - 1))] if page else []),
        *([Button("›", routes.REVIEW_QUEUE(page + 1))] if len(waiting) > (page + 1) * PAGE else []),
    )
    return Screen(
        texts.queue(unit_name, shown, len(waiting), first, reader),
        rows(*grid(numbers, 4), turning, Button(words.TO_MENU, routes.HOME())),
    )


def reasons(at: Place, seen: int) -> Screen:
    """What is to be mended: ready reasons, or typed."""
    buttons = [
        Button(label, routes.REVIEW_REASON(*_args(at), seen, place))
        for place, (label, _) in enumerate(texts.REASONS)
    ]
    return Screen(
        texts.reasons(at.item),
        rows(*grid(buttons, 2), Button(words.BACK, routes.REVIEW_CARD(*_args(at)))),
        Expect(text=routes.REVIEW_REASON_TYPED(*_args(at), seen), only=True),
    )


def draft(at: Place, seen: int, reason: str, day: date, today: date, to: str) -> Screen:
    """The return before it is sent; a typed date changes its day."""
    args = (*_args(at), seen, packed(day))
    return Screen(
        texts.draft(at.item, reason, day, today, to),
        rows(
            Button(texts.SEND_BACK, routes.REVIEW_RETURN(*args)),
            (
                Button(texts.OTHER_REASON, routes.REVIEW_BACK(*_args(at), seen)),
                Button(words.BACK, routes.REVIEW_CARD(*_args(at))),
            ),
        ),
        Expect(text=routes.REVIEW_DATE_TYPED(*args)),
    )


# the sender ----------------------------------------------------------------------------------------


def told_returned(shown: Card, today: date) -> Screen:
    """The return at its sender; it stays in the chat."""
    at = shown.at
    return Screen(
        texts.told_returned(shown, today),
        rows(
            (
                Button(texts.FIX, routes.REVIEW_FIX(*_args(at))),
                Button(texts.ASK, routes.REVIEW_ASK(*_args(at))),
            )
        ),
        keep=True,
    )


def told_approved(shown: Card) -> Screen:
    """The approval at its sender; it stays in the chat."""
    return Screen(
        texts.told_approved(shown),
        rows(
            (
                Button(texts.SHOW_ITEM, routes.REVIEW_FIX(*_args(shown.at))),
                Button(words.TO_MENU, routes.HOME()),
            )
        ),
        keep=True,
    )


def ask(at: Place, reviewer: str) -> Screen:
    """Prompt for a question to the reviewer."""
    return Screen(
        texts.ask(at.item, reviewer),
        rows(Button(words.BACK, routes.REVIEW_FIX(*_args(at)))),
        Expect(text=routes.REVIEW_ASK_SAVE(*_args(at)), only=True),
    )


def question(change: AnswerChange, at: Place, who: str) -> Screen:
    """The question at the reviewer; it stays in the chat."""
    return Screen(
        texts.question(change, at, who),
        rows(
            (
                Button(texts.REPLY, routes.REVIEW_REPLY(change.id or 0)),
                Button(texts.SHOW_ITEM, routes.REVIEW_FIX(*_args(at))),
            )
        ),
        keep=True,
    )


def reply_prompt(change: AnswerChange, at: Place, who: str) -> Screen:
    """Prompt for the reply."""
    return Screen(
        texts.reply_prompt(change, at, who),
        rows(Button(words.BACK, routes.REVIEW_FIX(*_args(at)))),
        Expect(text=routes.REVIEW_REPLY_SAVE(change.id or 0), only=True),
    )


def replied(change: AnswerChange, at: Place, who: str) -> Screen:
    """The reply at the asker; it stays in the chat."""
    return Screen(
        texts.replied(change, at, who),
        rows(
            (
                Button(texts.FIX, routes.REVIEW_FIX(*_args(at))),
                Button(texts.ASK, routes.REVIEW_ASK(*_args(at))),
            )
        ),
        keep=True,
    )


# tidak berlaku -------------------------------------------------------------------------------------


def na_ask(at: Place, given: str, seen: int) -> Screen:
    """Prompt for the reason."""
    return Screen(
        texts.na_ask(at.item, given),
        rows(Button(words.BACK, routes.LKE_ITEM(at.item.id))),
        Expect(text=routes.NA_TYPED(*_args(at), seen), only=True),
    )


def na_check(at: Place, given: str, reason: str, seen: int) -> Screen:
    """Before it is set."""
    return Screen(
        texts.na_check(at.item, given, reason),
        rows(
            (
                Button(texts.NA_YES, routes.NA_SET(*_args(at), seen)),
                Button(texts.NA_NO, routes.LKE_ITEM(at.item.id)),
            )
        ),
    )


# the agency's rule ---------------------------------------------------------------------------------


def rule(agency_id: int, name: str, chosen: str) -> Screen:
    """The agency's rule on one's own work."""
    buttons = [
        Button(
            f"✓ {texts.RULES[each][0]}" if each == chosen else texts.RULES[each][0],
            routes.OWN_REVIEW_SET(agency_id, each),
        )
        for each in RULES
    ]
    return Screen(texts.rule(name, chosen), rows(buttons, Button(words.BACK, routes.ADMIN())))
