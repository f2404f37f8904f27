"""The arranged Penjelasan: shown, saved, and with it perhaps the whole item sent to its reviewer."""

from flows import policy, routes
from flows.checklist import changes, service
from flows.checklist.changes import Outcome, Place
from flows.narrative import screens, texts
from flows.review import held, looking
from flows.review import service as review
from flows.routes import handles
from flows.screen import Goto, Screen
from flows.turn import Turn
from knowledge.narrative import EXAMPLE_LINES, compose

TIDIED = 1


@handles(routes.NOTE_PREVIEW)
def preview(turn: Turn, assessment_id: int, item_id: str, revision: int) -> Screen:
    """The narrative as it will be saved."""
    at = changes.place(turn, assessment_id, item_id)
    made = _made(turn, _typed(turn, at))
    return screens.preview(at, revision, made, _sends(turn, at, with_note=True))


def _typed(turn: Turn, at: Place) -> str:
    again = routes.LKE_NOTE(at.item.id)
    return held.held(turn, routes.LKE_NOTE_SAVE, at.current.id, at.item.id, next=again)


def _made(turn: Turn, text: str) -> str:
    made = compose(text, turn.library.desk.matcher.normalizer.tables.words)
    return text if made is None else made


def _sends(turn: Turn, at: Place, *, with_note: bool = False) -> bool:
    """Whether saving sends the item too: it is complete, not sent yet, and somebody else reviews it."""
    if policy.can(turn.actor, "review", at.current.unit, service.area_id_of(at.item)):
        return False
    if not looking.can_be_sent(turn, at):
        return False
    return not set(looking.lacking(turn, at)) - ({"note"} if with_note else set())


@handles(routes.NOTE_USE)
def use(turn: Turn, assessment_id: int, item_id: str, revision: int, how: int) -> Goto:
    """Save it, arranged or as typed; arranged and complete it goes on to be reviewed."""
    at = changes.place(turn, assessment_id, item_id)
    typed = _typed(turn, at)
    text = _made(turn, typed) if how == TIDIED else typed
    outcome = changes.write_note(turn, at, text, revision)
    if outcome is Outcome.CLASH:
        changes.hold_note(turn, at, text)
        return Goto(routes.LKE_NOTE_CLASH(assessment_id, item_id))
    held.let_go(turn)
    state = review.state_of(turn.session, at.current.assessment, item_id)
    if how == TIDIED and state != review.APPROVED and _sends(turn, at):
        review.send(turn, at)
        return Goto(routes.REVIEW_SENT(assessment_id, item_id), texts.SAVED_AND_SENT)
    return Goto(routes.LKE_ITEM(item_id), texts.SAVED if outcome is Outcome.SAVED else texts.SAME)


@handles(routes.NOTE_EXAMPLE)
def example(turn: Turn, item_id: str) -> Screen:
    """What three lines become."""
    view = service.view_item(turn, item_id)
    made = compose("\n".join(EXAMPLE_LINES), turn.library.desk.matcher.normalizer.tables.words) or ""
    at = Place(view.current, view.item)
    return screens.example(at, view.revision, EXAMPLE_LINES, made, view.may_answer)
