"""News that read the same for all their receivers: drawn once for many, instead of once for each."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from sqlmodel import Session

from flows.action import Action, Route
from flows.screen import Screen
from knowledge.library import Library

Draw = Callable[[Session, tuple[Any, ...], Collection[int], Library, datetime], dict[int, Screen]]

_draws: dict[str, Draw] = {}


def reads_alike(route: Route) -> Callable[[Draw], Draw]:
    """Register the function that draws a route's screen for many persons: (session, arguments, ids, …).

    It returns the screens of those for whom it is still true; the others get nothing.
    """

    def register(function: Draw) -> Draw:
        if route.name in _draws:
            raise ValueError(f"{route.name} is drawn for many twice")
        _draws[route.name] = function
        return function

    return register


def drawer_of(action: Action) -> Draw | None:
    """The function that draws this screen for many; None when each has their own."""
    return _draws.get(action.route)
