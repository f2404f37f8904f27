"""Screens of progress."""

from flows import routes, words
from flows.checklist.service import RESULTS, Current
from flows.progress import texts
from flows.progress.service import AreaProgress, Progress
from flows.screen import Button, Screen, grid, rows


def unit(where: Current, shown: Progress) -> Screen:
    """The whole unit."""
    buttons = [Button(f"Area {a.area.no}", routes.PROGRESS_AREA(a.area.id)) for a in shown.areas]
    return Screen(
        texts.unit(where.unit.name, where.assessment.year, shown),
        rows(
            Button(texts.CONTINUE, routes.LKE_CONTINUE()),
            *grid(buttons, 3),
            (Button(texts.RESULT_PART, routes.PROGRESS_AREA(RESULTS)), Button(words.TO_MENU, routes.HOME())),
        ),
    )


def area(where: Current, shown: AreaProgress, unnamed: int = 0) -> Screen:
    """One area by component; `unnamed` items have no PIC, as far as the reader may name one."""
    first = shown.first_open
    return Screen(
        texts.area(where.unit.name, shown),
        rows(
            Button(texts.NEXT_OPEN, routes.LKE_ITEM(first.id)) if first else None,
            (
                Button(texts.FILL, routes.LKE_AREA(shown.area.id)),
                Button(texts.CONTINUE, routes.LKE_CONTINUE()),
            ),
            (
                *(
                    [Button(f"{texts.NO_PIC} ({unnamed})", routes.PIC_NONE_AREA(shown.area.id, 0))]
                    if unnamed
                    else []
                ),
                Button(texts.ALL, routes.PROGRESS()),
            ),
        ),
    )


def results(where: Current, shown: Progress) -> Screen:
    """The result part."""
    return Screen(
        texts.results(where.unit.name, shown),
        rows(
            (
                Button(texts.FILL_RESULTS, routes.LKE_AREA(RESULTS)),
                Button(texts.CONTINUE, routes.LKE_CONTINUE()),
            ),
            Button(texts.ALL, routes.PROGRESS()),
        ),
    )
