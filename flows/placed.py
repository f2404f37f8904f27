"""Screens whose message is wanted again: once sent, its id is kept, so that later work can edit it."""

from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from flows.action import Action, Route

Keep = Callable[[Session, tuple[Any, ...], int], None]

_keeps: dict[str, Keep] = {}


def keeps_place(route: Route) -> Callable[[Keep], Keep]:
    """Register the function that notes the message id of a route's screen: (session, arguments, id).

    It is called after the answer to a file or text was sent, in a transaction of its own.
    """

    def register(function: Keep) -> Keep:
        if route.name in _keeps:
            raise ValueError(f"{route.name} has two keepers")
        _keeps[route.name] = function
        return function

    return register


def keeper_of(action: Action) -> Keep | None:
    """The function that wants to know where this screen stands; None when nobody does."""
    return _keeps.get(action.route)
