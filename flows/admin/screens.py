"""Screens of the agency's and units' data."""

from collections.abc import Sequence
from dataclasses import dataclass

from flows import fmt, routes, words
from flows.admin import texts
from flows.admin.service import KINDS, TARGETS
from flows.models import Unit
from flows.routes import Action
from flows.screen import Button, Expect, Screen, grid, rows

PAGE = 8
MENU = Button(words.TO_MENU, routes.HOME())
ADMIN = Button(words.BACK, routes.ADMIN())


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit's data, and what the reader may do with them."""

    unit: Unit
    parent: str | None
    target: str
    year: int | None
    years: tuple[int, ...]
    coordinators: list[str]
    is_admin: bool
    below: int


def _pages(page: int, total: int, at: routes.Route, *before: int) -> tuple[Button, ...]:
    back = (Button("‹", at(*before, page - 1)),) if page else ()
    onward = (Button("›", at(*before, page + 1)),) if (page + 1) * PAGE < total else ()
    return back + onward


def admin(agency_id: int, agency: str, units: int, waiting: int, api: bool = False) -> Screen:
    """The admin's menu. `api`: programs may read figures here, so their keys are offered."""
    requests = f"{texts.REQUESTS} ({waiting})" if waiting else texts.REQUESTS
    first = (
        Button(texts.UNITS, routes.ADMIN_UNITS(0, 0)) if units else Button(texts.NEW_UNIT, routes.UNIT_NEW(0))
    )
    return Screen(
        texts.admin(agency, units, waiting),
        rows(
            (first, Button(texts.BOARD, routes.BOARD(0, "", "jarak", 0))),
            (Button(requests, routes.REQUESTS(0)), Button(texts.TEAM_REQUESTS, routes.JOIN_REQUESTS(0))),
            (
                Button(texts.PROPOSALS, routes.PROPOSALS(0, 0, "", 0)),
                Button(texts.SHARED, routes.SHARED_LIST(0)),
            ),
            (Button(texts.BULK, routes.BULK()), Button(texts.ADMINS, routes.INVITE_ADMIN())),
            (
                Button(texts.AGENCY_ANSWERS, routes.ENTRIES("active", 0)),
                Button(texts.REVIEW_RULE, routes.OWN_REVIEW(agency_id)),
            ),
            (
                Button(texts.EVIDENCE_WINDOW, routes.WINDOW(agency_id)),
                Button(texts.LETTER_TEMPLATES, routes.TEMPLATES(agency_id)),
            ),
            (
                Button(texts.STAGE_TEMPLATE, routes.AGENCY_STAGES(agency_id)),
                Button(texts.STATUS, routes.STATUS()),
            ),
            Button(texts.API, routes.API_TOKENS(agency_id)) if api else None,
            MENU,
        ),
    )


def place(
    agency: str, parent: Unit | None, units: Sequence[Unit], below: dict[int, int], total: int, page: int
) -> Screen:
    """One level of the tree."""
    parent_id = parent.id or 0 if parent is not None else 0
    lines, numbers = [], []
    for number, unit in enumerate(units, start=page * PAGE + 1):
        assert unit.id is not None
        inside = below.get(unit.id, 0)
        lines.append(texts.unit_line(number, unit.name, unit.kind, inside, unit.archived_at is not None))
        target = routes.ADMIN_UNITS(unit.id, 0) if inside else routes.UNIT_EDIT(unit.id)
        numbers.append(Button(str(number), target))
    data = Button(texts.UNIT_DATA, routes.UNIT_EDIT(parent_id)) if parent is not None else None
    back = ADMIN if parent is None else Button(words.BACK, routes.ADMIN_UNITS(parent.parent_id or 0, 0))
    make = (
        None
        if parent is not None and parent.archived_at
        else Button(texts.NEW_UNIT, routes.UNIT_NEW(parent_id))
    )
    return Screen(
        texts.place(agency, parent.name if parent is not None else None, total, lines),
        rows(
            *grid(numbers, 4),
            _pages(page, total, routes.ADMIN_UNITS, parent_id),
            [b for b in (make, data) if b],
            (back, MENU),
        ),
    )


def new_kind(parent: Unit | None) -> Screen:
    """Which kind of unit."""
    parent_id = parent.id or 0 if parent is not None else 0
    kinds = [Button(texts.KIND_NAMES[k], routes.UNIT_NEW_NAME(parent_id, k)) for k in KINDS]
    return Screen(
        texts.new_kind(parent.name if parent is not None else None),
        rows(*kinds, Button(words.BACK, routes.ADMIN_UNITS(parent_id, 0))),
    )


def new_name(parent: Unit | None, kind: str) -> Screen:
    """Prompt for a new unit's name."""
    parent_id = parent.id or 0 if parent is not None else 0
    return Screen(
        texts.new_name(kind, parent.name if parent is not None else None),
        rows(Button(words.BACK, routes.UNIT_NEW(parent_id))),
        expects=Expect(text=routes.UNIT_NEW_SAVE(parent_id, kind), only=True),
    )


def rename(unit: Unit) -> Screen:
    """Prompt for another name."""
    unit_id = unit.id or 0
    return Screen(
        texts.rename(unit.name),
        rows(Button(words.BACK, routes.UNIT_EDIT(unit_id))),
        expects=Expect(text=routes.UNIT_RENAME_SAVE(unit_id, unit.revision), only=True),
    )


def _choice(label: str, chosen: bool, action: Action) -> Button:
    return Button(f"✓ {label}" if chosen else label, action)


def edit(view: UnitView) -> Screen:
    """A unit's data with every choice on it."""
    unit = view.unit
    unit_id, archived = unit.id or 0, unit.archived_at is not None
    text = texts.edit(
        unit.name, unit.kind, view.parent, unit.zone, view.target, view.year, view.coordinators, archived
    )
    up = Button(words.BACK, routes.ADMIN_UNITS(unit.parent_id or 0, 0))
    if archived:
        restore = Button(texts.RESTORE, routes.UNIT_RESTORE(unit_id, unit.revision))
        return Screen(text, rows(restore if view.is_admin else None, (up if view.is_admin else MENU,)))
    choices = (
        [_choice(z, unit.zone == z, routes.UNIT_ZONE(unit_id, z, unit.revision)) for z in fmt.ZONES],
        [_choice(t, view.target == t, routes.UNIT_TARGET(unit_id, t)) for t in TARGETS],
        [_choice(str(y), view.year == y, routes.UNIT_YEAR(unit_id, y)) for y in view.years],
    )
    renaming = Button(texts.RENAME, routes.UNIT_RENAME(unit_id))
    yearly = Button(texts.YEARS, routes.YEARS(unit_id))
    if not view.is_admin:
        done = Button(texts.DONE, routes.UNIT_READY(unit_id))
        return Screen(text, rows(*choices, (renaming, yearly), done, MENU))
    below = Button(texts.BELOW, routes.ADMIN_UNITS(unit_id, 0))
    return Screen(
        text,
        rows(
            *choices,
            (
                Button(texts.INVITE_COORDINATOR, routes.INVITE_COORDINATOR(unit_id)),
                Button(texts.INVITE_ASSESSOR, routes.INVITE_ASSESSOR(unit_id)),
            ),
            (
                Button(texts.ASSESSORS, routes.TPI_TEAM(unit_id)),
                Button(texts.OTHER_ROLES, routes.UNIT_PEOPLE(unit_id)),
            ),
            (renaming, Button(texts.MOVE, routes.UNIT_MOVE(unit_id, 0))),
            (below, *(() if view.below else (Button(texts.ARCHIVE, routes.UNIT_ARCHIVE_ASK(unit_id)),))),
            (Button(texts.OPEN_UNIT, routes.UNIT_OPEN(unit_id)), yearly),
            (up, MENU),
        ),
    )


def people(unit: Unit) -> Screen:
    """Whom else the agency sends to the unit."""
    unit_id = unit.id or 0
    return Screen(
        texts.people(unit.name),
        rows(
            (
                Button(texts.ADVISER, routes.INVITE_AGENCY(unit_id, "pendamping")),
                Button(texts.BRANCH, routes.INVITE_AGENCY(unit_id, "wilayah")),
            ),
            (
                Button(texts.HEAD_OF_UNIT, routes.INVITE_AGENCY(unit_id, "pimpinan")),
                Button(texts.SECRETARY, routes.INVITE_AGENCY(unit_id, "sekretaris")),
            ),
            (Button(words.BACK, routes.UNIT_EDIT(unit_id)), MENU),
        ),
    )


def archive_ask(unit: Unit) -> Screen:
    """Before archiving."""
    unit_id = unit.id or 0
    return Screen(
        texts.archive_ask(unit.name),
        rows(
            (
                Button(texts.ARCHIVE_YES, routes.UNIT_ARCHIVE(unit_id, unit.revision)),
                Button(texts.KEEP, routes.UNIT_EDIT(unit_id)),
            )
        ),
    )


def move(unit: Unit, parents: Sequence[Unit], total: int, page: int) -> Screen:
    """Where a unit shall hang."""
    unit_id = unit.id or 0
    lines, numbers = [], []
    for number, parent in enumerate(parents, start=page * PAGE + 1):
        lines.append(texts.unit_line(number, parent.name, parent.kind, 0, archived=False))
        numbers.append(Button(str(number), routes.UNIT_MOVE_TO(unit_id, parent.id or 0, unit.revision)))
    top = Button(texts.TOP, routes.UNIT_MOVE_TO(unit_id, 0, unit.revision)) if unit.parent_id else None
    return Screen(
        texts.move(unit.name, total, lines),
        rows(
            *grid(numbers, 4),
            _pages(page, total, routes.UNIT_MOVE, unit_id),
            [b for b in (top, Button(words.BACK, routes.UNIT_EDIT(unit_id))) if b],
        ),
    )


def check(unit: Unit, target: str, year: int | None) -> Screen:
    """A new coordinator looks at the unit's data."""
    unit_id = unit.id or 0
    return Screen(
        texts.check(unit.name, unit.zone, target, year),
        rows(
            (
                Button(texts.ALL_RIGHT, routes.UNIT_READY(unit_id)),
                Button(texts.CORRECT, routes.UNIT_EDIT(unit_id)),
            ),
            MENU,
        ),
        expects=Expect(text=routes.UNIT_CHECK_TYPED(unit_id)),
    )


def ready(unit: Unit, imports: bool) -> Screen:
    """The next useful step of a coordinator; `imports`: a worksheet may be sent right here."""
    return Screen(
        texts.ready(unit.name, imports),
        rows(
            (Button(texts.INVITE_TEAM, routes.INVITES()), Button(texts.WORK, routes.LKE())),
            (Button(texts.SCHEDULE, routes.SCHEDULE()), MENU),
            Button(texts.IMPORT_FILE, routes.IMPORT()) if imports else None,
        ),
        expects=Expect(file=routes.IMPORT_FILE()) if imports else None,
    )


def request(text: str, request_id: int) -> Screen:
    """A stranger's request for a unit."""
    return Screen(
        text,
        rows(
            (
                Button(texts.ACCEPT, routes.REQUEST_DECIDE(request_id, 1)),
                Button(texts.REFUSE, routes.REQUEST_DECIDE(request_id, 0)),
            ),
            Button(words.BACK, routes.REQUESTS(0)),
        ),
    )


def queue(request_ids: Sequence[int], lines: list[str], total: int, page: int) -> Screen:
    """Requests for units that wait."""
    numbers = [
        Button(str(number), routes.REQUEST_SHOW(id))
        for number, id in enumerate(request_ids, start=page * PAGE + 1)
    ]
    return Screen(
        texts.queue(total, lines),
        rows(*grid(numbers, 4), _pages(page, total, routes.REQUESTS), (ADMIN, MENU)),
    )


def told(text: str, unit_id: int | None) -> Screen:
    """The asker hears the decision."""
    check_unit = Button(texts.CHECK_UNIT, routes.UNIT_CHECK(unit_id)) if unit_id is not None else None
    return Screen(text, rows(check_unit, MENU))
