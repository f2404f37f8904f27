"""What is about people and units is shown between one person and the bot, never in a group."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from flows.errors import NotAllowed
from flows.turn import Turn

P = ParamSpec("P")
R = TypeVar("R")

REFUSED = "Data unit dan data pribadi hanya dibuka di obrolan pribadi dengan bot."


def privately(handler: Callable[Concatenate[Turn, P], R]) -> Callable[Concatenate[Turn, P], R]:
    """The handler, refusing in groups."""

    @wraps(handler)
    def guarded(turn: Turn, /, *args: P.args, **kwargs: P.kwargs) -> R:
        if not turn.event.private:
            raise NotAllowed(REFUSED)
        return handler(turn, *args, **kwargs)

    return guarded
