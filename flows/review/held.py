"""A typed text kept until its writer has seen what becomes of it. One per person and chat."""

from flows.errors import Missing
from flows.models import Draft
from flows.routes import Action, Route, unpack
from flows.turn import Turn

_GONE = "Tulisan yang menunggu keputusan sudah dipakai atau diganti. Silakan tulis lagi."


def hold(turn: Turn, text: str, meant: Action) -> None:
    """Keep a text; `meant` is the action that it answers. It replaces what was kept before."""
    turn.session.flush()
    key = _key(turn)
    draft = turn.session.get(Draft, key) or Draft(chat_id=key[0], telegram_id=key[1], text="", at=turn.now)
    draft.text, draft.action, draft.at = text, meant.pack(), turn.now
    turn.session.add(draft)


def held(turn: Turn, route: Route, *args: int | str, next: Action) -> str:
    """The text kept for this route and these first arguments. Raises Missing, leading to `next`."""
    draft = turn.session.get(Draft, _key(turn))
    action = unpack(draft.action) if draft is not None else None
    if draft is None or action is None or action.route != route.name or action.args[: len(args)] != args:
        raise Missing(_GONE, next=next)
    return draft.text


def let_go(turn: Turn) -> None:
    """The kept text has been used."""
    draft = turn.session.get(Draft, _key(turn))
    if draft is not None:
        turn.session.delete(draft)


def _key(turn: Turn) -> tuple[int, int]:
    return turn.event.chat_id, turn.event.sender.telegram_id
