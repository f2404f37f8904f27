"""Screens of the short guide."""

from flows import routes, words
from flows.guide import texts
from flows.screen import Button, Expect, Screen, grid, rows
from knowledge.faq import Entry
from knowledge.guide import Guide

MENU = Button(words.TO_MENU, routes.HOME())
PER_ROW = 5


def listing(found: Guide) -> Screen:
    """The pages by number; a typed number opens one."""
    numbers = [Button(str(n), routes.GUIDE(page.topic)) for n, page in enumerate(found.pages, 1)]
    return Screen(
        texts.listing(found.pages),
        rows(*grid(numbers, PER_ROW), MENU),
        Expect(text=routes.GUIDE_TYPED()),
    )


def page(found: Guide, at: int, entry: Entry, beside: str, onward: tuple[Button, ...]) -> Screen:
    """One page, with the way to its neighbours and to where it is needed (`onward`)."""
    part = found.pages[at]
    before = found.pages[at - 1] if at else None
    after = found.pages[at + 1] if at + 1 < len(found.pages) else None
    turning = (
        *([Button(f"‹ {before.label}", routes.GUIDE(before.topic))] if before else []),
        *([Button(f"{after.label} ›", routes.GUIDE(after.topic))] if after else []),
    )
    return Screen(
        texts.page(part, entry, at + 1, len(found.pages), beside),
        rows(
            (Button(texts.MORE, routes.TOPIC(part.topic)), *onward),
            turning,
            (Button(texts.GUIDE, routes.GUIDES()), MENU),
        ),
    )
