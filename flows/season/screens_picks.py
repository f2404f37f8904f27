"""Screens of the agency's list and shortlist: data in, `Screen` out."""

from collections.abc import Mapping, Sequence

from flows import routes, words
from flows.models import SeasonRound, Unit
from flows.screen import Button, Expect, Screen, grid, rows
from flows.season import texts_picks as texts
from flows.season.overview import PAGE, Line, Page, filters
from flows.season.picking import News, Tally
from knowledge.figures import GateResult
from knowledge.instrument import TARGETS

MENU = Button(words.TO_MENU, routes.HOME())


def home(year: int, branch_id: int = 0) -> Button:
    """Back to the list."""
    return Button(texts.LIST, routes.PROPOSALS(branch_id, year, "", 0))


def listing(page: Page, branch_id: int, this_year: int) -> Screen:
    """One page of the list."""
    year, which, number = page.year, page.which, page.number
    first = number * PAGE + 1
    numbers = [
        Button(str(n), routes.CANDIDATE(line.unit.id or 0, year)) for n, line in enumerate(page.lines, first)
    ]
    turns = [
        *([Button("‹", routes.PROPOSALS(branch_id, year, which, number - 1))] if number else []),
        *(
            [Button("›", routes.PROPOSALS(branch_id, year, which, number + 1))]
            if first - 1 + PAGE < page.total
            else []
        ),
    ]
    other = year - 1 if year >= this_year else this_year
    return Screen(
        texts.listing(page, first),
        rows(
            *grid(numbers, 4),
            turns,
            (
                Button(texts.FILTER, routes.PROPOSALS_FILTERS(branch_id, year, which)),
                Button(texts.SEARCH, routes.PROPOSALS_ASK(branch_id, year)),
            ),
            *_deciding(page),
            (
                Button(texts.BRANCHES, routes.PROPOSALS_BRANCHES(branch_id, year, 0)),
                Button(texts.YEAR.format(year=other), routes.PROPOSALS(branch_id, other, "", 0)),
            ),
            Button(texts.ALL, routes.PROPOSALS(0, year, "", 0)) if branch_id else None,
            MENU,
        ),
    )


def _deciding(page: Page) -> tuple[tuple[Button, ...], ...]:
    """What only the agency's admin decides."""
    if page.tally is None:
        return ()
    revision = page.round.revision if page.round is not None else 0
    opened = page.round is not None and page.round.opened_at is not None
    tell = page.tally.untold or (
        page.tally.picked and (page.round is None or page.round.announced_at is None)
    )
    return rows(
        (
            Button(texts.QUOTA, routes.QUOTA(page.agency_id, page.year)),
            Button(
                texts.CLOSE if opened else texts.OPEN,
                routes.SEASON_OPEN(page.agency_id, page.year, int(not opened), revision),
            ),
        ),
        Button(texts.TELL, routes.PICKS_TELL_ASK(page.agency_id, page.year)) if tell else None,
    )


def choose_filter(branch: Unit | None, branch_id: int, year: int, which: str) -> Screen:
    """What is shown; the present choice is marked."""
    shown = [
        Button(
            f"✓ {texts.filter_name(each)}" if each == which else texts.filter_name(each),
            routes.PROPOSALS(branch_id, year, each, 0),
        )
        for each in filters()
    ]
    back = Button(words.BACK, routes.PROPOSALS(branch_id, year, which, 0))
    return Screen(texts.filters(branch, year), rows(*grid(shown, 2), back))


def branches(
    branch: Unit | None, branch_id: int, year: int, found: Sequence[tuple[Unit, int]], total: int, page: int
) -> Screen:
    """The branches below a branch."""
    first = page * PAGE + 1
    numbers = [
        Button(str(n), routes.PROPOSALS(each.id or 0, year, "", 0))
        for n, (each, _) in enumerate(found, first)
    ]
    turns = [
        *([Button("‹", routes.PROPOSALS_BRANCHES(branch_id, year, page - 1))] if page else []),
        *(
            [Button("›", routes.PROPOSALS_BRANCHES(branch_id, year, page + 1))]
            if first - 1 + PAGE < total
            else []
        ),
    ]
    return Screen(
        texts.branches(branch, year, found, first),
        rows(*grid(numbers, 4), turns, (home(year, branch_id), MENU)),
    )


def ask(branch: Unit | None, branch_id: int, year: int) -> Screen:
    """Prompt for a unit's name."""
    return Screen(
        texts.ask(branch),
        rows(home(year, branch_id)),
        Expect(text=routes.PROPOSALS_TYPED(branch_id, year)),
    )


def found(branch: Unit | None, branch_id: int, year: int, text: str, lines: Sequence[Line]) -> Screen:
    """What a search finds; the prompt stays for another try."""
    numbers = [Button(str(n), routes.CANDIDATE(line.unit.id or 0, year)) for n, line in enumerate(lines, 1)]
    again = Button(texts.SEARCH, routes.PROPOSALS_ASK(branch_id, year))
    expects = None if lines else Expect(text=routes.PROPOSALS_TYPED(branch_id, year))
    return Screen(
        texts.found(branch, text, lines),
        rows(*grid(numbers, 4), (again, home(year, branch_id)), MENU),
        expects,
    )


def candidate(
    line: Line,
    year: int,
    lacking: Mapping[str, tuple[GateResult, ...] | None],
    now: Tally | None,
    row: SeasonRound | None,
) -> Screen:
    """One unit with the choice, for the agency's admin."""
    unit_id = line.unit.id or 0
    revision = line.entry.revision if line.entry is not None else 0
    choices = []
    if now is not None:
        for target in TARGETS:
            if now.full and not line.pick:
                continue
            if line.pick == target:
                choices.append(Button(texts.UNPICK, routes.PICK(unit_id, year, "", revision)))
            elif lacking[target] == ():
                choices.append(Button(texts.PICK[target], routes.PICK(unit_id, year, target, revision)))
            else:
                choices.append(Button(texts.PICK[target], routes.PICK_ASK(unit_id, year, target)))
    return Screen(
        texts.candidate(line, year, lacking, now, row),
        rows(
            choices,
            (
                Button(texts.WAY, routes.SEASON(unit_id, year)),
                Button(texts.INTO, routes.UNIT_OPEN(unit_id)),
            ),
            (home(year), MENU),
        ),
    )


def pick_ask(line: Line, year: int, target: str, gates: tuple[GateResult, ...] | None) -> Screen:
    """It is not ready: propose it all the same?"""
    unit_id = line.unit.id or 0
    revision = line.entry.revision if line.entry is not None else 0
    return Screen(
        texts.pick_ask(line, year, target, gates),
        rows(
            Button(texts.ANYWAY[target], routes.PICK(unit_id, year, target, revision)),
            Button(words.BACK, routes.CANDIDATE(unit_id, year)),
        ),
    )


def quota(agency_id: int, year: int, row: SeasonRound | None) -> Screen:
    """Prompt for the quota."""
    revision = row.revision if row is not None else 0
    return Screen(
        texts.quota(year, row),
        rows(home(year)),
        Expect(text=routes.QUOTA_SAVE(agency_id, year, revision)),
    )


def tell_ask(news: News, agency_id: int, year: int) -> Screen:
    """What the units would be told."""
    do = (
        Button(texts.TELL, routes.PICKS_TELL(agency_id, year, news.stamp))
        if news.changed or (news.first and news.picked)
        else None
    )
    return Screen(texts.tell_ask(news, year), rows(do, home(year)))
