"""What goes out: a screen as plain data, and the outcome of a command."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from flows.routes import Action

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_COPY = 256
"""Characters that a button can put on the clipboard."""


@dataclass(frozen=True, slots=True)
class Button:
    """A short label and what it means: an action of ours, an address to open, or a text to copy."""

    label: str
    action: Action | None = None
    url: str = ""
    copy: str = ""


@dataclass(frozen=True, slots=True)
class Expect:
    """What the next typed text or file of this person in this chat answers.

    `only` prompts take every text (a note, an announcement) and ask back when it looks like a question.
    """

    text: Action | None = None
    file: Action | None = None
    only: bool = False


SENT = "sent"
"""The kind of media that Telegram has already."""


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or document made after the commit by the pure function registered for `kind`.

    Of the kind `SENT` it is a file that somebody has sent to the bot: `values` holds Telegram's id of it.
    """

    kind: str
    values: tuple[Any, ...]
    name: str
    form: Literal["photo", "document"] = "photo"


@dataclass(frozen=True, slots=True)
class Screen:
    """One message as a person sees it. `text` is Telegram HTML, at most 4096 visible characters.

    With `media` the text becomes a caption; what exceeds 1,024 characters follows as a message.
    `keep` is for news that should stay in the chat: its buttons answer with a new message below. A screen
    that is `in_place` goes into the tapped message all the same: it is that news, in its present state.
    `again` shows it a second time (a redelivered update, a reply that had to wait) where the route that
    returned it also did something: that is not to be done twice.
    """

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    expects: Expect | None = None
    media: Media | None = None
    keep: bool = False
    in_place: bool = False
    again: Action | None = None


@dataclass(frozen=True, slots=True)
class Goto:
    """The outcome of a command: it is done (`toast` says what), now show that."""

    action: Action
    toast: str = ""


@dataclass(frozen=True, slots=True)
class NotMine:
    """A text handler's way to say: this is no answer to my prompt, treat it as a question."""


@dataclass(frozen=True, slots=True)
class Gone:
    """What a queued message says when it is no longer true: it is dropped instead of sent."""


@dataclass(frozen=True, slots=True)
class Quiet:
    """The outcome of a further part of something that was answered already: nothing is said."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the person who acted gets. `notice` is a refusal or warning put above the screen.

    `shown` draws the screen again; `whole` tells that it does so without what the person wrote.
    """

    screen: Screen | None
    toast: str = ""
    notice: str = ""
    shown: Action | None = field(default=None)
    whole: bool = True


def rows(*lines: Iterable[Button] | Button | None) -> tuple[tuple[Button, ...], ...]:
    """Lay out buttons: each argument is one row (a button alone, or several); None and empty rows vanish."""
    made: list[tuple[Button, ...]] = []
    for line in lines:
        if line is None:
            continue
        row = (line,) if isinstance(line, Button) else tuple(line)
        if row:
            made.append(row)
    return tuple(made)


def grid(buttons: Sequence[Button], per_row: int) -> tuple[tuple[Button, ...], ...]:
    """The buttons in rows of `per_row`."""
    return tuple(tuple(buttons[i : i + per_row]) for i in range(0, len(buttons), per_row))
