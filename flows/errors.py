"""Refusals and mistakes: one sentence for the person, facts for the log."""

from flows import routes
from flows.routes import Action


class FlowError(Exception):
    """Something could not be done. Nothing of it was saved.

    Attributes:
        for_user: one Indonesian sentence (plain text) that says what to do.
        next: the screen to show with it.
        detail: ids and codes for the log; never texts or names.
    """

    def __init__(self, for_user: str, next: Action | None = None, **detail: int | str | None) -> None:
        super().__init__(for_user)
        self.for_user = for_user
        self.next = next or routes.HOME()
        self.detail = detail


class NotAllowed(FlowError):
    """The person's roles of this moment do not permit it."""


class Outdated(FlowError):
    """The button is from an earlier state of the row."""


class Missing(FlowError):
    """The thing is gone or was never this person's to see."""


class BadInput(FlowError):
    """What was typed cannot be used; the prompt stays."""
