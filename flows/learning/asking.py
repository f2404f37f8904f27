"""Handlers of questions to the coordinator: the asker's side and the coordinators'."""

from flows import fmt, routes
from flows.errors import FlowError
from flows.learning import questions, refusals, screens, texts
from flows.models import TeamQuestion
from flows.routes import handles
from flows.screen import Gone, Goto, Screen
from flows.turn import Turn


def _when(turn: Turn, row: TeamQuestion) -> str:
    return fmt.ago(row.asked_at, turn.now, turn.zone_name)


# the asker -----------------------------------------------------------------------------------------


@handles(routes.COORD_ASK)
def ask(turn: Turn) -> Screen:
    """Hand the question over, with the name or without?"""
    unit = questions.check_may_ask(turn)
    text = questions.kept(turn)
    return screens.ask_named(text, unit.name) if text else screens.write()


@handles(routes.COORD_WRITE)
def write(turn: Turn) -> Screen:
    """Prompt for the question."""
    questions.check_may_ask(turn)
    return screens.write()


@handles(routes.COORD_TYPED)
def typed(turn: Turn) -> Goto:
    """The typed text is the question."""
    questions.take_typed(turn)
    return Goto(routes.COORD_ASK())


@handles(routes.COORD_SEND)
def send(turn: Turn, named: int) -> Goto:
    """Hand it over."""
    question_id, reachable = questions.send(turn, bool(named))
    return Goto(routes.MY_QUESTION(question_id), texts.sent(reachable))


@handles(routes.MY_QUESTIONS)
def mine(turn: Turn, page: int) -> Screen:
    """One's own questions."""
    if not turn.event.private:
        raise refusals.private()
    _, total = questions.own_page(turn, 0, 0)
    page = min(max(0, page), max(0, (total - 1) // screens.PAGE))
    found, _ = questions.own_page(turn, screens.PAGE, page * screens.PAGE)
    return screens.my_questions(found, total, page, questions.may_ask(turn))


@handles(routes.MY_QUESTION)
def show_mine(turn: Turn, question_id: int) -> Screen:
    """One's own question as it stands."""
    if not turn.event.private:
        raise refusals.private()
    row = questions.own(turn, question_id)
    return screens.mine(questions.view(turn, row), _when(turn, row))


@handles(routes.MY_QUESTION_WITHDRAW)
def withdraw(turn: Turn, question_id: int) -> Goto:
    """Take it back."""
    questions.withdraw(turn, question_id)
    return Goto(routes.MY_QUESTION(question_id), texts.WITHDRAWN_TOAST)


@handles(routes.COORD_REPLIED)
def replied(turn: Turn, question_id: int) -> Screen | Gone:
    """The answer, as its asker gets it."""
    try:
        row = questions.own(turn, question_id)
    except FlowError:
        return Gone()
    return screens.replied(questions.view(turn, row)) if row.state == questions.ANSWERED else Gone()


# the coordinators ----------------------------------------------------------------------------------


@handles(routes.COORD_ASKED)
def asked(turn: Turn, question_id: int) -> Screen | Gone:
    """A waiting question, as a coordinator gets it."""
    try:
        row = questions.for_coordinator(turn, question_id)
    except FlowError:
        return Gone()
    if row.state != questions.OPEN:
        return Gone()
    return screens.asked(questions.view(turn, row), _when(turn, row))


@handles(routes.COORD_LIST)
def to_answer(turn: Turn, page: int) -> Screen:
    """Questions to the open unit."""
    _, total = questions.unit_page(turn, 0, 0)
    page = min(max(0, page), max(0, (total - 1) // screens.PAGE))
    found, _ = questions.unit_page(turn, screens.PAGE, page * screens.PAGE)
    return screens.to_answer(turn.unit.name, found, total, page)


@handles(routes.COORD_SHOW)
def show(turn: Turn, question_id: int) -> Screen:
    """A question as a coordinator sees it."""
    row = questions.for_coordinator(turn, question_id)
    return screens.for_coordinator(questions.view(turn, row), _when(turn, row))


@handles(routes.COORD_ANSWER)
def ask_answer(turn: Turn, question_id: int) -> Screen:
    """Prompt for the answer, while the question waits."""
    row = questions.for_coordinator(turn, question_id)
    if row.state != questions.OPEN:
        raise questions.too_late(turn, row)
    return screens.answer_prompt(questions.view(turn, row))


@handles(routes.COORD_ANSWER_SAVE)
def keep_answer(turn: Turn, question_id: int) -> Goto:
    """The typed text is the answer."""
    _, reached = questions.answer(turn, question_id)
    toast = texts.ANSWERED_REACHED if reached else texts.ANSWERED_UNREACHED
    return Goto(routes.COORD_SHOW(question_id), toast)


@handles(routes.COORD_CLOSE)
def close(turn: Turn, question_id: int) -> Goto:
    """Put it aside without an answer."""
    questions.close(turn, question_id)
    return Goto(routes.COORD_SHOW(question_id), texts.CLOSED_TOAST)
