"""Pictures and documents: pure functions that features register and the sender calls after the commit."""

from collections.abc import Callable
from typing import Any

Draw = Callable[..., bytes]

LOST = "Lampirannya tidak dapat dibuka lagi di Telegram."
"""Above a message whose file Telegram no longer knows."""

_draws: dict[str, Draw] = {}


def draws(kind: str) -> Callable[[Draw], Draw]:
    """Register the pure function that makes the bytes of a kind of media."""

    def register(function: Draw) -> Draw:
        if kind in _draws:
            raise ValueError(f"media kind {kind} has two makers")
        _draws[kind] = function
        return function

    return register


def draw(kind: str, values: tuple[Any, ...]) -> bytes:
    """The bytes of a picture or document. Raises KeyError for an unknown kind."""
    return _draws[kind](*values)
