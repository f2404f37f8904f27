"""Typed names of agencies and units. Pure."""

from flows import fmt
from flows.registration import refusals
from flows.routes import Action

MIN_NAME, MAX_NAME = 3, 160


def clean_name(text: str, again: Action) -> str:
    """The name as it is kept: one line, blanks folded, invisible characters dropped.

    Raises BadInput, leading to `again`, unless it has 3 to 160 characters with a letter among them.
    """
    if len(text.strip().splitlines()) > 1:
        raise refusals.name_many_lines(again)
    name = fmt.one_line("".join(c for c in text if c.isprintable() or c.isspace()))
    if not MIN_NAME <= len(name) <= MAX_NAME or not any(c.isalpha() for c in name):
        raise refusals.name_length(again, len(name))
    return name
