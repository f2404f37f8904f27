"""What a button, a command or a prompt means: named routes, and actions that pack into callback data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MAX_PACKED_BYTES = 64
ALIASES: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can mean: a route and its arguments. Complete in itself."""

    route: str
    args: tuple[int | str, ...] = ()

    def pack(self) -> str:
        """The action as text; at most 64 bytes for every action that stands on a button."""
        return ":".join((self.route, *(str(a) for a in self.args)))


class Route:
    """A route name with the types of its arguments. Calling it makes an action.

    Raises:
        TypeError: wrong number or type of arguments.
        ValueError: a text argument holds a colon.
    """

    def __init__(self, name: str, *kinds: type[int] | type[str]) -> None:
        if name in _routes:
            raise ValueError(f"route {name} is declared twice")
        self.name = name
        self.kinds = kinds
        _routes[name] = self

    def __call__(self, *args: int | str) -> Action:
        if len(args) != len(self.kinds):
            raise TypeError(f"{self.name} takes {len(self.kinds)} arguments")
        for value, kind in zip(args, self.kinds, strict=True):
            if type(value) is not kind:
                raise TypeError(f"{self.name}: {value!r} is not {kind.__name__}")
            if kind is str and ":" in str(value):
                raise ValueError(f"{self.name}: colon in {value!r}")
        return Action(self.name, args)

    def __repr__(self) -> str:
        return f"Route({self.name})"


_routes: dict[str, Route] = {}
_handlers: dict[str, Callable[..., Any]] = {}


def handles(route: Route) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register the one handler of a route."""

    def register(handler: Callable[..., Any]) -> Callable[..., Any]:
        if route.name in _handlers:
            raise ValueError(f"{route.name} has two handlers")
        _handlers[route.name] = handler
        return handler

    return register


def handler_of(action: Action) -> Callable[..., Any]:
    """The handler of an action. Raises KeyError if no feature handles it."""
    return _handlers[action.route]


def all_routes() -> dict[str, Route]:
    """Every declared route by name."""
    return dict(_routes)


def unpack(packed: str) -> Action | None:
    """Read callback data. None for anything that no route of this version made (never raises)."""
    name, *raw = packed.split(":")
    route = _routes.get(ALIASES.get(name, name))
    if route is None or len(raw) != len(route.kinds):
        return None
    args: list[int | str] = []
    for text, kind in zip(raw, route.kinds, strict=True):
        if kind is int:
            digits = text[1:] if text.startswith("-") else text
            if not (digits.isascii() and digits.isdecimal()) or len(digits) > 18:
                return None
            args.append(int(text))
        else:
            args.append(text)
    return Action(route.name, tuple(args))
