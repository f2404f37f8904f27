"""Spaced repetition in five boxes: a card that is known waits longer, one that is not comes back tomorrow.

The scheme is Leitner's box of cards (Sebastian Leitner, "So lernt man lernen", 1972): right moves a card one
box on, wrong puts it back into the first. The days of the boxes add up to 26, so that a card that is known
throughout comes round in every box within the four weeks before an evaluation.
"""

from dataclasses import dataclass
from datetime import date, timedelta

DAYS = (1, 2, 4, 7, 12)
"""How many days a card waits in each box."""
LAST_BOX = len(DAYS)


@dataclass(frozen=True, slots=True)
class Card:
    """One card of one person: its box from 1, and the day from which it is due."""

    box: int
    due_on: date


def after(card: Card | None, right: bool, today: date) -> Card:
    """The card after an answer on a day; None is one that is new.

    Right before it is due proves little: then it stays where it is.
    """
    if right and card is not None and card.due_on > today:
        return card
    box = min(LAST_BOX, (card.box if card is not None else 1) + 1) if right else 1
    return Card(box, today + timedelta(days=DAYS[box - 1]))
