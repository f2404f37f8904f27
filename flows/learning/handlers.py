"""Reasons for a thumbs-down, and the team's list of what was not met."""

from flows import routes
from flows.errors import Missing
from flows.faq import names
from flows.learning import asking, curating, entries, questions, refusals, screens, texts, unmet
from flows.learning.scope import Scope, coordinates, required
from flows.models import Agency, AgencyEntry, Unit, UnmetQuestion
from flows.routes import Action, handles
from flows.screen import Goto, Screen
from flows.turn import Turn

ALSO = (asking, curating)
"""Imported so that their handlers are registered too."""


# reasons -------------------------------------------------------------------------------------------


@handles(routes.TOPIC_WHY)
def ask_why(turn: Turn, packed: str) -> Screen:
    """What was not quite right? Optional."""
    title, back = _rated(turn, packed)
    return screens.why(packed, title, back, questions.may_ask(turn))


@handles(routes.TOPIC_WHY_SAVE)
def keep_why(turn: Turn, packed: str) -> Goto:
    """The typed text is the reason."""
    _, back = _rated(turn, packed)
    topic = packed if curating.entry_id_in(packed) is not None else names.unpack(packed)
    unmet.add_reason(turn, topic, routes.TOPIC_WHY(packed))
    return Goto(back, texts.REASON_KEPT)


def _rated(turn: Turn, packed: str) -> tuple[str, Action]:
    """The title of what was rated, and the way back to it. Raises Missing."""
    entry_id = curating.entry_id_in(packed)
    if entry_id is not None:
        entry = curating.readable(turn, entry_id)
        return (entry.questions[0] if entry.questions else entry.short), routes.ENTRY_READ(entry_id)
    topic = names.unpack(packed)
    if not names.known(turn.library, topic):
        raise Missing(texts.TOPIC_GONE, next=routes.ASK_PROMPT())
    return names.title(turn.library, topic), routes.TOPIC(packed)


# the team's list -----------------------------------------------------------------------------------


@handles(routes.TEAM_QUESTIONS)
def team(turn: Turn, page: int) -> Screen:
    """Groups of questions that were not met, and what else waits."""
    scope = required(turn)
    total = unmet.count(turn.session, scope)
    page = min(max(0, page), max(0, (total - 1) // screens.PAGE))
    found = unmet.groups(turn.session, scope, screens.PAGE, page * screens.PAGE)
    unit = turn.open_unit
    to_answer = None
    if unit is not None and unit.id is not None and coordinates(turn, unit):
        to_answer = questions.count_open(turn, unit.id)
    drafts = entries.count(turn.session, scope.agency_id, entries.DRAFT) if scope.is_admin else None
    return screens.team(_place(turn, scope), found, total, page, to_answer, drafts)


def _place(turn: Turn, scope: Scope) -> str:
    if scope.unit_id is not None:
        return turn.session.get_one(Unit, scope.unit_id).name
    return turn.session.get_one(Agency, scope.agency_id).name


@handles(routes.UNMET)
def show_group(turn: Turn, unmet_id: int) -> Screen:
    """One group."""
    rows = unmet.members(turn, unmet_id)
    return screens.unmet_group(unmet_id, rows, _topic_of(turn, rows[0]) if rows else None)


def _topic_of(turn: Turn, row: UnmetQuestion) -> Action | None:
    """The answer that was marked down, while it is still there."""
    if row.kind != unmet.NOT_QUITE or row.topic is None:
        return None
    entry_id = curating.entry_id_in(row.topic)
    if entry_id is not None:
        entry = turn.session.get(AgencyEntry, entry_id)
        shown = entry is not None and entry.state == entries.ACTIVE and entry.agency_id == row.agency_id
        return routes.ENTRY(entry_id) if shown else None
    return routes.TOPIC(names.pack(row.topic)) if names.known(turn.library, row.topic) else None


@handles(routes.UNMET_IGNORE)
def ignore(turn: Turn, unmet_id: int) -> Goto:
    """Put a group aside."""
    unmet.ignore(turn, unmet_id)
    return Goto(routes.TEAM_QUESTIONS(0), texts.IGNORED_TOAST)


@handles(routes.UNMET_ANSWER)
def ask_answer(turn: Turn, unmet_id: int) -> Screen:
    """Prompt for an answer to the group."""
    rows = unmet.members(turn, unmet_id)
    if not rows:
        raise refusals.handled(routes.TEAM_QUESTIONS(0))
    return screens.unmet_answer_prompt(unmet_id, rows[0].text, required(turn).is_admin)


@handles(routes.UNMET_ANSWER_SAVE)
def keep_answer(turn: Turn, unmet_id: int) -> Goto:
    """The typed answer becomes a draft: the admin goes on with it, a coordinator's waits for the admin."""
    entry = entries.answer_unmet(turn, unmet_id)
    toast = texts.DRAFTED if required(turn).is_admin else texts.DRAFTED_FOR_ADMIN
    return Goto(routes.ENTRY(entry.id or 0), toast)
