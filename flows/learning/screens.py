"""Screens of learning: reasons, questions to the coordinator, the team's list."""

from collections.abc import Sequence

from flows import routes, words
from flows.learning import texts
from flows.learning.entries import ACTIVE, DRAFT
from flows.learning.questions import OPEN, View
from flows.learning.unmet import Group
from flows.models import TeamQuestion, UnmetQuestion
from flows.routes import Action, Route
from flows.screen import Button, Expect, Screen, grid, rows

PAGE = 8
MENU = Button(words.TO_MENU, routes.HOME())
TO_TEAM = Button(texts.BACK_TO_LIST, routes.TEAM_QUESTIONS(0))


def pages(page: int, total: int, at: Route, *before: int | str) -> list[Button]:
    """The buttons to the page before and after."""
    back = [Button("‹", at(*before, page - 1))] if page else []
    return back + ([Button("›", at(*before, page + 1))] if (page + 1) * PAGE < total else [])


def numbered(page: int, actions: Sequence[Action]) -> tuple[tuple[Button, ...], ...]:
    """One button a line of the list, four in a row."""
    return grid([Button(str(number), each) for number, each in enumerate(actions, page * PAGE + 1)], 4)


# reasons -------------------------------------------------------------------------------------------


def why(packed: str, title: str, back: Action, may_ask: bool) -> Screen:
    """Asks for the optional reason of a thumbs-down."""
    return Screen(
        texts.why(title),
        rows(
            Button(texts.ASK_COORDINATOR, routes.COORD_WRITE()) if may_ask else None,
            (Button(texts.SKIP, back), MENU),
        ),
        Expect(text=routes.TOPIC_WHY_SAVE(packed), only=True),
    )


# the asker -----------------------------------------------------------------------------------------


def ask_named(text: str, unit: str) -> Screen:
    """With the name or without?"""
    return Screen(
        texts.ask_named(text, unit),
        rows(
            (Button(texts.NAMED, routes.COORD_SEND(1)), Button(texts.UNNAMED, routes.COORD_SEND(0))),
            (Button(texts.REWRITE, routes.COORD_WRITE()), Button(texts.NOT_NOW, routes.HOME())),
        ),
    )


def write() -> Screen:
    """Prompt for the question."""
    return Screen(
        texts.WRITE,
        rows((Button(texts.MY_QUESTIONS, routes.MY_QUESTIONS(0)), MENU)),
        Expect(text=routes.COORD_TYPED(), only=True),
    )


def mine(view: View, when: str) -> Screen:
    """One's own question."""
    row = view.row
    withdraw = Button(texts.WITHDRAW, routes.MY_QUESTION_WITHDRAW(view.id)) if row.state == OPEN else None
    return Screen(
        texts.status(
            view.unit.name,
            row.text,
            row.state,
            when,
            row.named,
            row.answer,
            view.answerer,
            view.entry.state if view.entry is not None else "",
        ),
        rows(withdraw, (Button(texts.MY_QUESTIONS, routes.MY_QUESTIONS(0)), MENU)),
    )


def replied(view: View) -> Screen:
    """The answer as news."""
    return Screen(
        texts.replied(view.row.text, view.row.answer, view.answerer),
        rows((Button(texts.STATUS, routes.MY_QUESTION(view.id)), MENU)),
        keep=True,
    )


def my_questions(found: Sequence[TeamQuestion], total: int, page: int, may_ask: bool) -> Screen:
    """One's own questions."""
    ask = Button(texts.ASK_AGAIN, routes.COORD_WRITE() if may_ask else routes.ASK_PROMPT())
    return Screen(
        texts.my_questions(_question_lines(found, page), total),
        rows(
            *numbered(page, [routes.MY_QUESTION(row.id or 0) for row in found]),
            pages(page, total, routes.MY_QUESTIONS),
            (ask, MENU),
        ),
    )


def _question_lines(found: Sequence[TeamQuestion], page: int) -> list[str]:
    return [
        texts.question_line(number, row.text, row.state) for number, row in enumerate(found, page * PAGE + 1)
    ]


# the coordinator -----------------------------------------------------------------------------------


def asked(view: View, when: str) -> Screen:
    """A waiting question as news."""
    return Screen(
        texts.asked(view.asker, view.unit.name, view.row.text, when),
        rows(
            (
                Button(texts.ANSWER, routes.COORD_ANSWER(view.id)),
                Button(texts.STATUS, routes.COORD_SHOW(view.id)),
            )
        ),
        keep=True,
    )


def for_coordinator(view: View, when: str) -> Screen:
    """A question in the coordinator's list."""
    row = view.row
    act: tuple[Button, ...] = ()
    if row.state == OPEN:
        act = (
            Button(texts.ANSWER, routes.COORD_ANSWER(view.id)),
            Button(texts.CLOSE, routes.COORD_CLOSE(view.id)),
        )
    return Screen(
        texts.coordinator_view(
            view.asker,
            view.asker_gone,
            view.unit.name,
            row.text,
            when,
            row.state,
            row.answer,
            view.answerer,
            view.entry.state if view.entry is not None else "",
        ),
        rows(act, (Button(texts.BACK_TO_LIST, routes.COORD_LIST(0)), MENU)),
    )


def answer_prompt(view: View) -> Screen:
    """Prompt for the answer."""
    return Screen(
        texts.answer_prompt(view.row.text),
        rows((Button(texts.NOT_NOW, routes.COORD_SHOW(view.id)), MENU)),
        Expect(text=routes.COORD_ANSWER_SAVE(view.id), only=True),
    )


def to_answer(unit: str, found: Sequence[TeamQuestion], total: int, page: int) -> Screen:
    """Questions to the unit's coordinators."""
    return Screen(
        texts.to_answer(unit, _question_lines(found, page), total),
        rows(
            *numbered(page, [routes.COORD_SHOW(row.id or 0) for row in found]),
            pages(page, total, routes.COORD_LIST),
            (TO_TEAM, MENU),
        ),
    )


# the team's list -----------------------------------------------------------------------------------


def team(
    place: str, found: Sequence[Group], total: int, page: int, to_answer: int | None, drafts: int | None
) -> Screen:
    """What the bot could not answer. `to_answer` is None for those who coordinate no open unit."""
    lines = [
        texts.group_line(number, each.text, each.kind, each.times)
        for number, each in enumerate(found, page * PAGE + 1)
    ]
    ask = (
        Button(_counted(texts.TO_ANSWER, to_answer), routes.COORD_LIST(0)) if to_answer is not None else None
    )
    review = (
        Button(_counted(texts.TO_REVIEW, drafts), routes.ENTRIES(DRAFT, 0)) if drafts is not None else None
    )
    return Screen(
        texts.team(place, lines, total),
        rows(
            *numbered(page, [routes.UNMET(each.id) for each in found]),
            pages(page, total, routes.TEAM_QUESTIONS),
            ask,
            review,
            (Button(texts.ENTRIES_LABEL, routes.ENTRIES(ACTIVE, 0)), MENU),
        ),
    )


def _counted(label: str, count: int) -> str:
    return f"{label} ({count})" if count else label


def unmet_group(unmet_id: int, members: Sequence[UnmetQuestion], topic: Action | None) -> Screen:
    """One group in full."""
    if not members:
        return Screen(texts.UNMET_DONE, rows((TO_TEAM, MENU)))
    reasons = [line for row in members for line in row.reason.split("\n") if line]
    return Screen(
        texts.unmet_group(
            list(dict.fromkeys(row.text for row in members)),
            [row.kind for row in members],
            sum(row.times for row in members),
            reasons,
        ),
        rows(
            (
                Button(texts.ANSWER_SAVE, routes.UNMET_ANSWER(unmet_id)),
                Button(texts.IGNORE, routes.UNMET_IGNORE(unmet_id)),
            ),
            Button(texts.SEE_TOPIC, topic) if topic is not None else None,
            (TO_TEAM, MENU),
        ),
    )


def unmet_answer_prompt(unmet_id: int, text: str, admin: bool) -> Screen:
    """Prompt for an answer to a group."""
    return Screen(
        texts.unmet_answer_prompt(text, admin),
        rows((Button(texts.NOT_NOW, routes.UNMET(unmet_id)), MENU)),
        Expect(text=routes.UNMET_ANSWER_SAVE(unmet_id), only=True),
    )
