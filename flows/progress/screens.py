"""Screens of progress."""

from flows import copying, routes, words
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
            Button(f"{texts.TO_CONFIRM} ({len(shown.carried)})", routes.CARRIED("", 0))
            if shown.carried
            else None,
            *grid(buttons, 3),
            (Button(texts.RESULT_PART, routes.PROGRESS_AREA(RESULTS)), _copy("")),
            Button(words.TO_MENU, routes.HOME()),
        ),
    )


def _copy(area_id: str) -> Button:
    return Button(copying.COPY, routes.PROGRESS_COPY(area_id))


def copy(markup: str, area_id: str) -> Screen:
    """A progress screen's words, ready to paste; `area_id` is empty for the unit's."""
    back = routes.PROGRESS_AREA(area_id) if area_id else routes.PROGRESS()
    return Screen(
        copying.block(copying.plain(markup)),
        rows((Button(words.BACK, back), Button(words.TO_MENU, routes.HOME()))),
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
                _copy(shown.area.id),
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
            (_copy(RESULTS), Button(texts.ALL, routes.PROGRESS())),
        ),
    )
