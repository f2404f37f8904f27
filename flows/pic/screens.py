"""Screens of PIC: data in, `Screen` out."""

from collections.abc import Mapping, Sequence
from datetime import date

from flows import routes, words
from flows.mine.lacking import Lack
from flows.pic import texts
from flows.pic.assigning import DEPUTY, FROM_LIST, IN_CHARGE, Place, Scope
from flows.pic.candidates import Candidate
from flows.pic.service import RESULTS, Named
from flows.routes import Action
from flows.screen import Button, Expect, Screen, grid, rows
from knowledge.answers import Item
from knowledge.instrument import Area

PAGE = 8
ROW_ROOM = 40
"""Characters that two names may take together in one row."""


def choose(
    at: Place,
    named: Named | None,
    part: int,
    people: Sequence[Candidate],
    page: int,
    me: int | None,
    set_by: str,
) -> Screen:
    """The people to choose from, eight a page; a typed name does as well."""
    shown = people[page * PAGE : (page + 1) * PAGE]
    turning = (
        *([Button("‹", routes.PIC(at.scope.id, part, page - 1))] if page else []),
        *([Button("›", routes.PIC(at.scope.id, part, page + 1))] if (page + 1) * PAGE < len(people) else []),
    )
    absent = any(each.person.telegram_id is None for each in shown)
    return Screen(
        texts.choose(at, named, part, absent, set_by),
        rows(*_names(at, part, shown, me), turning, *_more(at, part), _back(at, part)),
        Expect(text=routes.PIC_TYPED(at.scope.id, part, at.revision)),
    )


def several(at: Place, part: int, typed: str, people: Sequence[Candidate]) -> Screen:
    """A typed name fits several people."""
    return Screen(
        texts.several(typed, at.scope),
        rows(*_names(at, part, people[:PAGE], None), _back(at, part)),
        Expect(text=routes.PIC_TYPED(at.scope.id, part, at.revision)),
    )


def _names(
    at: Place, part: int, people: Sequence[Candidate], me: int | None
) -> tuple[tuple[Button, ...], ...]:
    present = at.row.deputy_id if part == DEPUTY and at.row else at.row.person_id if at.row else None
    made: list[tuple[Button, ...]] = []
    for each in people:
        label = texts.MYSELF if each.id == me else texts.name(each)
        button = Button(
            f"✓ {label}" if each.id == present else label,
            routes.PIC_SET(at.current.id, at.scope.id, part, each.id, at.revision),
        )
        last = made[-1] if made else ()
        if len(last) == 1 and len(last[0].label) + len(button.label) <= ROW_ROOM:
            made[-1] = (*last, button)
        else:
            made.append((button,))
    return tuple(made)


def _more(at: Place, part: int) -> tuple[tuple[Button, ...], ...]:
    scope, row = at.scope, at.row
    if part == FROM_LIST:
        return ()
    free = routes.PIC_SET(at.current.id, scope.id, part, 0, at.revision)
    if part == DEPUTY:
        standing = row is not None and row.deputy_id is not None
        release = (Button(texts.RELEASE_DEPUTY, free),) if standing else ()
        return rows((Button(texts.CHOOSE_PIC, routes.PIC(scope.id, IN_CHARGE, 0)), *release))
    own = row is not None and row.person_id is not None
    deputy = (Button(texts.CHOOSE_DEPUTY, routes.PIC(scope.id, DEPUTY, 0)),) if at.held else ()
    release = (Button(texts.RELEASE, free),) if own else ()
    wider = (
        *([Button(texts.WHOLE_SUB, routes.PIC(scope.sub_id, IN_CHARGE, 0))] if scope.level == "item" else []),
        *(
            [Button(texts.WHOLE_AREA, routes.PIC(scope.area_id, IN_CHARGE, 0))]
            if scope.level != "area"
            else []
        ),
    )
    return rows((*deputy, *release), wider)


def _back(at: Place, part: int) -> Button:
    return Button(words.BACK, _up(at.scope, part))


def _up(scope: Scope, part: int) -> Action:
    if part == FROM_LIST:
        return routes.PIC_NONE_AREA(scope.area_id, 0)
    if scope.level == "item":
        return routes.LKE_ITEM(scope.id)
    return routes.LKE_SUB(scope.id) if scope.level == "sub" else routes.LKE_AREA(scope.id)


def begin(lack: Lack, assessment_id: int, revision: int, today: date) -> Screen:
    """Right after taking an item; what is sent next is its evidence."""
    item = lack.item
    return Screen(
        texts.begin(lack, today),
        rows(
            (Button(texts.SEE_ITEM, routes.LKE_ITEM(item.id)), Button(texts.LATER, routes.MINE(0))),
            (
                Button(texts.TAKE_BACK, routes.PIC_SET(assessment_id, item.id, IN_CHARGE, 0, revision)),
                Button(words.TO_MENU, routes.HOME()),
            ),
        ),
        Expect(text=routes.INTAKE_LINK(item.id), file=routes.INTAKE_FILE(item.id)),
    )


def told(unit: str, unit_id: int, lines: Sequence[str], more: int) -> Screen:
    """Somebody else made the person PIC: stays in the chat."""
    return Screen(texts.told(unit, lines, more), rows(Button(texts.MINE, routes.MINE_IN(unit_id))), keep=True)


def none(
    unit: str, areas: Sequence[Area], found: Mapping[str, tuple[Item, ...]], shown: Sequence[str]
) -> Screen:
    """Items without PIC by area."""
    buttons = [
        Button(f"Area {area.no} ({len(found[area.id])})", routes.PIC_NONE_AREA(area.id, 0))
        for area in areas
        if area.id in shown and found[area.id]
    ]
    if RESULTS in shown and found[RESULTS]:
        label = f"{texts.RESULT_PART} ({len(found[RESULTS])})"
        buttons.append(Button(label, routes.PIC_NONE_AREA(RESULTS, 0)))
    return Screen(
        texts.none(unit, areas, found, shown),
        rows(
            *grid(buttons, 3),
            (Button(texts.MINE, routes.MINE(0)), Button(words.TO_MENU, routes.HOME())),
        ),
    )


def none_area(scope: Scope, assessment_id: int, items: Sequence[Item], page: int, may_assign: bool) -> Screen:
    """One area's items without PIC, eight a page: a number leads to the people, or takes the item."""
    first = page * PAGE + 1
    shown = items[page * PAGE : (page + 1) * PAGE]
    numbers = [
        Button(
            str(number),
            routes.PIC(item.id, FROM_LIST, 0) if may_assign else routes.PIC_TAKE(assessment_id, item.id),
        )
        for number, item in enumerate(shown, start=first)
    ]
    turning = (
        *([Button("‹", routes.PIC_NONE_AREA(scope.id, page - 1))] if page else []),
        *([Button("›", routes.PIC_NONE_AREA(scope.id, page + 1))] if (page + 1) * PAGE < len(items) else []),
    )
    everything = Button(texts.ALL_OF_AREA, routes.PIC(scope.id, FROM_LIST, 0))
    return Screen(
        texts.none_area(texts.label_of(scope), shown, first, len(items), may_assign),
        rows(
            *grid(numbers, 4),
            turning,
            everything if may_assign and items else None,
            (Button(texts.ALL_AREAS, routes.PIC_NONE()), Button(words.TO_MENU, routes.HOME())),
        ),
    )
