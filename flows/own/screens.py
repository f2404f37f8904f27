"""Screens of the answers about one's own unit: the text, the way to the whole screen, the menu."""

from collections.abc import Sequence

from flows import routes, words
from flows.own import texts
from flows.own.service import Work
from flows.screen import Button, Screen, rows
from knowledge.instrument import Area, Target

MENU = Button(words.TO_MENU, routes.HOME())
READINESS = Button(texts.READINESS, routes.READINESS())
PROGRESS = Button(texts.PROGRESS, routes.PROGRESS())
LACKING = Button(texts.LACKING, routes.EVIDENCE_LACKING(0))
SCHEDULE = Button(texts.SCHEDULE, routes.SCHEDULE())


def answer(text: str, buttons: Sequence[Button | None], several: bool) -> Screen:
    """An answer with its ways on, two a row; `several`: the actor has other units too."""
    onward = [button for button in buttons if button is not None]
    pairs = [tuple(onward[i : i + 2]) for i in range(0, len(onward), 2)]
    switch = (Button(texts.SWITCH, routes.UNITS(0)),) if several else ()
    return Screen(text, rows(*pairs, (*switch, MENU)))


def no_unit() -> Screen:
    """For people without any unit."""
    return Screen(
        texts.NO_UNIT,
        rows(
            (Button(texts.REGISTER, routes.UNIT_REQUEST()), Button(texts.TOPICS, routes.TOPICS("", 0))), MENU
        ),
    )


def no_open_unit() -> Screen:
    """For admins who have no unit open."""
    return Screen(texts.NO_OPEN_UNIT, rows((Button(texts.AGENCY, routes.ADMIN()), MENU)))


def first_open(work: Work, own: bool) -> Button | None:
    """To the first unanswered indicator: of the actor's own areas, or of any."""
    areas = [each for each in work.mine if not each.count.complete] if own else work.open_areas
    item = next((each.first_open for each in areas if each.first_open is not None), None)
    return Button(texts.FILL_OPEN, routes.LKE_ITEM(item.id)) if item and areas else None


def gates(target: Target) -> Button:
    """To every gate of a target."""
    return Button(texts.GATES, routes.READINESS_GATES(target))


def plan() -> Button:
    """To the priority steps of the unit's own target."""
    return Button(texts.PLAN, routes.PRIORITY("", 0))


def area(one: Area) -> Button:
    """To the progress of an area."""
    return Button(f"Rincian Area {one.no}", routes.PROGRESS_AREA(one.id))


def to_confirm(count: int) -> Button | None:
    """To the answers of last year that nobody has confirmed; None where there are none."""
    return Button(f"{texts.TO_CONFIRM} ({count})", routes.CARRIED("", 0)) if count else None
