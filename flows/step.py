"""The one way an event becomes a reply: route, redirect, prompt, refusal."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import bindparam, inspect, update
from sqlalchemy import event as sql_event
from sqlalchemy.orm.attributes import set_committed_value

from flows import routes, words
from flows.errors import FlowError, NotAllowed
from flows.events import Event
from flows.models import ChatState, Draft
from flows.routes import Action, handler_of, unpack
from flows.screen import Button, Expect, Gone, Goto, NotMine, Quiet, Reply, Screen, rows
from flows.tables import metadata
from flows.turn import Turn, load_state

_STATE = metadata.tables[ChatState.__tablename__]
_PROMPT = (
    update(_STATE)
    .where(_STATE.c.chat_id == bindparam("chat"), _STATE.c.telegram_id == bindparam("person"))
    .values(
        prompt_text=bindparam("prompt_text"),
        prompt_file=bindparam("prompt_file"),
        prompt_only=bindparam("prompt_only"),
    )
)
MAX_HOPS = 6
TRACES = frozenset({"chat_state", "draft", "secret", "unmet_question"})
"""Tables in which showing a screen may leave its trace; what writes to others does something."""
_WRITES = re.compile(r"\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
NOTICE_ROOM = 300
"""Characters that every screen leaves free for a notice above it."""


def step(turn: Turn) -> Reply:
    """Answer one event inside the caller's transaction.

    A refused command leaves no trace (savepoint). Raises RuntimeError on a redirect loop.
    """
    if turn.event.kind == "block":
        return _reachability(turn)
    person = turn.actor.person
    if person is not None and person.unreachable_at is not None and turn.event.private:
        person.unreachable_at = None
    action = _meant(turn)
    if isinstance(action, Screen):
        return Reply(action, shown=routes.HOME())
    return _run(turn, action)


def show(turn: Turn, action: Action) -> Reply:
    """Show a screen again (a redelivered update): nothing is done a second time.

    A route that turns out to do something is undone, and the menu is shown instead.
    """
    connection = turn.session.connection()
    wrote: set[str] = set()

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if (found := _WRITES.match(statement)) is not None:
            wrote.add(found.group(1).lower())

    connection.exec_driver_sql("SAVEPOINT again")
    sql_event.listen(connection, "before_cursor_execute", note)
    try:
        reply = _run(turn, action)
        turn.session.flush()
    finally:
        sql_event.remove(connection, "before_cursor_execute", note)
    if wrote <= TRACES:
        return reply
    connection.exec_driver_sql("ROLLBACK TO SAVEPOINT again")
    turn.session.expunge_all()
    turn.state = load_state(turn.session, turn.event)
    turn.forget()
    menu = _run(turn, routes.HOME())
    return replace(menu, notice=words.DONE_ALREADY)


def render(turn: Turn, action: Action) -> Screen | None:
    """A queued message as its receiver sees it now; None when it is no longer true."""
    try:
        with _undoable(turn):
            _require_place(turn, action)
            result = handler_of(action)(turn, *action.args)
    except FlowError:
        return None  # what the receiver may no longer see is no longer news to them
    if isinstance(result, Gone):
        return None
    if not isinstance(result, Screen):
        raise TypeError(f"{action.route} cannot be queued: it does not show")
    return result


def _reachability(turn: Turn) -> Reply:
    """The person blocked the bot or came back: remembered, so that nothing is sent into the void."""
    person = turn.actor.person
    if person is not None:
        person.unreachable_at = None if turn.event.reachable else turn.now
    return Reply(None)


def _run(turn: Turn, action: Action) -> Reply:
    toast, notice, first = "", "", action
    for _ in range(MAX_HOPS):
        result: object
        try:
            with _undoable(turn):
                _require_place(turn, action)
                result = handler_of(action)(turn, *action.args)
        except FlowError as err:
            notice = err.for_user
            # Refusing the very screen that the refusal leads to would loop: the menu is always allowed.
            result = Goto(err.next if err.next != action else routes.HOME())
        if isinstance(result, Gone):  # only queued messages may be gone: this tap was forged or is very old
            notice = words.OLD_BUTTON
            result = Goto(routes.HOME())
        if isinstance(result, Screen):
            if turn.resumes is None:
                _expect(turn, result.expects)
            shown = result.again or action
            # A route that was led to holds all it needs; one that the event itself meant may read its text.
            whole = shown != first or not (turn.event.text or turn.event.file)
            return Reply(result, toast, notice, shown=shown, whole=whole)
        if isinstance(result, Quiet):
            return Reply(None)  # the prompt that was open stays open
        if isinstance(result, NotMine):
            turn.resumes = action
            first = action = routes.ASK()
            continue
        if not isinstance(result, Goto):
            raise TypeError(f"{action.route} returned {type(result).__name__}")
        action, toast = result.action, result.toast or toast
    raise RuntimeError(f"redirect loop at {action.route}")


def _require_place(turn: Turn, action: Action) -> None:
    """What is about people and units stays between one person and the bot, whatever a handler forgets."""
    if not turn.event.private and action.route not in routes.IN_GROUPS:
        raise NotAllowed(words.PRIVATE_ONLY)


@contextmanager
def _undoable(turn: Turn) -> Iterator[None]:
    """A refused command leaves no trace: neither in the database nor in what the session holds.

    A savepoint of our own, since the session's costs as much as three queries and every tap has two.
    """
    session = turn.session
    session.flush()
    connection = session.connection()
    connection.exec_driver_sql("SAVEPOINT hop")
    try:
        yield
        session.flush()
    except FlowError:
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT hop")
        session.expunge_all()
        turn.state = load_state(session, turn.event)
        turn.forget()
        raise


def _meant(turn: Turn) -> Action | Screen:
    """What the event means: a button, a command, an answer to the prompt, or a question."""
    event = turn.event
    if event.kind == "tap":
        return event.action or routes.OLD_BUTTON()
    if event.kind == "group":
        return routes.GROUP_CHANGED()
    if event.kind == "command":
        return _commanded(event)
    if event.kind == "file":
        return _stored(turn.state.prompt_file) or routes.STRAY_FILE()
    if event.kind != "text":
        return routes.STRAY_OTHER()
    word = words.command_word(event.text)
    if word is not None:
        return word
    prompt = _stored(turn.state.prompt_text)
    if prompt is None or not turn.state.prompt_only:
        place = words.place_said(event.text) if event.private and turn.actor.memberships else None
        said = words.leave_said(event.text) or words.recap_said(event.text)
        named = place if " " in event.text.strip() else None  # a name of several words answers no prompt
        return said or named or prompt or place or routes.ASK()
    if turn.library.looks_like_question(event.text):
        return _ask_back(turn, prompt)
    return prompt


def _commanded(event: Event) -> Action:
    action = routes.COMMANDS.get(event.command)
    if not event.private and event.command in routes.ASKED_BY_COMMAND:
        return routes.GROUP_ASKED(routes.ASKED_BY_COMMAND[event.command], "")
    if action == routes.ASK_PROMPT() and event.text.strip():
        return routes.ASK()
    if action == routes.MINE(0) and (event.text.strip() or event.quoted or not event.private):
        return routes.TASK_OF_MESSAGE()
    return action or routes.STRAY_OTHER()


def _stored(packed: str | None) -> Action | None:
    return unpack(packed) if packed else None


def _expect(turn: Turn, expects: Expect | None) -> None:
    state = turn.state
    prompt = {
        "prompt_text": expects.text.pack() if expects and expects.text else None,
        "prompt_file": expects.file.pack() if expects and expects.file else None,
        "prompt_only": bool(expects and expects.only),
    }
    changed = {name: value for name, value in prompt.items() if getattr(state, name) != value}
    if not inspect(state).persistent:
        for name, value in changed.items():
            setattr(state, name, value)
    elif changed:
        # Every tap moves the prompt: written as it is, at a quarter of what the session's own way costs.
        key = {"chat": state.chat_id, "person": state.telegram_id}
        turn.session.connection().execute(_PROMPT, {**key, **prompt})
        for name, value in changed.items():
            set_committed_value(state, name, value)


def _ask_back(turn: Turn, prompt: Action) -> Screen:
    """The prompt takes every text, but this one looks like a question: keep it and let the person say."""
    key = (turn.event.chat_id, turn.event.sender.telegram_id)
    draft = turn.session.get(Draft, key)
    if draft is None:
        draft = Draft(chat_id=key[0], telegram_id=key[1], text="", at=turn.now)
    draft.text, draft.action, draft.at = turn.event.text, prompt.pack(), turn.now
    turn.session.add(draft)
    return Screen(
        words.ASK_BACK,
        rows(
            (Button(words.USE_TEXT, routes.DRAFT_USE()), Button(words.ANSWER_ME, routes.DRAFT_ASK())),
            Button(words.TO_MENU, routes.HOME()),
        ),
    )
