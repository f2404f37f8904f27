"""Screens of rounds, of scores side by side, of the proposal check, and of the team."""

from collections.abc import Sequence
from datetime import date

from flows import routes, words
from flows.assess.proposable import Check, Lack
from flows.assess.scores import Comparison, Difference
from flows.assess.service import Desk
from flows.assess.team import CONTROL, LEAD, MEMBER, Assigned, Candidate
from flows.assess.texts import desk, scores
from flows.assess.texts import rounds as said
from flows.assess.texts import team as texts
from flows.checklist.service import RESULTS, Current
from flows.models import Person, TpiRound
from flows.screen import Button, Expect, Screen, grid, rows
from knowledge.figures import GateResult
from knowledge.readiness import Readiness

PAGE = 6
MENU = Button(words.TO_MENU, routes.HOME())


def _turning(page: int, total: int, at: routes.Route, *before: int | str) -> tuple[Button, ...]:
    return (
        *([Button("‹", at(*before, page - 1))] if page else []),
        *([Button("›", at(*before, page + 1))] if (page + 1) * PAGE < total else []),
    )


# rounds --------------------------------------------------------------------------------------------


def sign(
    now: Desk,
    row: TpiRound,
    found: Comparison | None,
    ready: Readiness | None,
    missing: int,
    turn_of: str,
    may_sign: bool,
    may_give_back: bool,
    signers: Sequence[Person | None],
) -> Screen:
    """What would be signed, and the signature for whose turn it is."""
    id = now.where.id
    label = said.SIGN_LEAD if turn_of == LEAD else said.SIGN_CONTROL
    return Screen(
        said.ask(now, row, found, ready, missing, turn_of, signers),
        rows(
            Button(label, routes.ROUND_SIGN(row.id or 0, row.revision)) if may_sign and not missing else None,
            Button(said.GIVE_BACK, routes.ROUND_BACK(row.id or 0, row.revision)) if may_give_back else None,
            Button(desk.waiting(missing), routes.ASSESS_ITEMS(id, "belum", 0)) if missing else None,
            (Button(desk.COMPARE, routes.TPI_SCORES(id)), Button(desk.FINDINGS, routes.FINDINGS(id, 0))),
            (Button(desk.TO_DESK, routes.ASSESS_UNIT(id)), MENU),
        ),
    )


def cutoff(now: Desk, row: TpiRound) -> Screen:
    """Prompt for the last day that counts."""
    return Screen(
        said.cutoff(now, row),
        rows((Button(desk.TO_DESK, routes.ASSESS_UNIT(now.where.id)), MENU)),
        Expect(text=routes.ROUND_CUTOFF_SAVE(row.id or 0, row.revision)),
    )


def told(where: Current, row: TpiRound, open_findings: int, due: date | None, last: bool) -> Screen:
    """At who leads the unit; it stays in the chat."""
    return Screen(
        said.told(where.unit.name, row, open_findings, due, last),
        rows(
            (
                Button(scores.SIGNED, routes.TPI_SCORES(where.id)),
                Button(scores.FINDINGS, routes.FINDINGS(where.id, 0)),
            ),
            MENU,
        ),
        keep=True,
    )


# scores --------------------------------------------------------------------------------------------


def _up(where: Current, judges: bool) -> tuple[Button, ...]:
    back = Button(scores.DESK, routes.ASSESS_UNIT(where.id)) if judges else None
    return (*([back] if back else [Button(scores.READINESS, routes.READINESS())]), MENU)


def nothing(where: Current, judges: bool) -> Screen:
    """There is no value for the reader to see."""
    return Screen(
        scores.nothing(where), rows(Button(scores.FINDINGS, routes.FINDINGS(where.id, 0)), _up(where, judges))
    )


def areas(found: Comparison, judges: bool) -> Screen:
    """Both scores by area."""
    id = found.where.id
    return Screen(
        scores.areas(found),
        rows(
            (
                Button(scores.BY_ITEM, routes.TPI_DIFFERENCES(id, 0)),
                Button(scores.FINDINGS, routes.FINDINGS(id, 0)),
            ),
            Button(scores.PROPOSE, routes.PROPOSABLE(id)),
            _up(found.where, judges),
        ),
    )


def differences(found: Comparison, all_of: Sequence[Difference], page: int, judges: bool) -> Screen:
    """Both answers by item."""
    id, first = found.where.id, page * PAGE + 1
    shown = all_of[page * PAGE : (page + 1) * PAGE]
    numbers = [
        Button(
            str(number),
            routes.ASSESS_CARD(id, each.item.id) if judges else routes.REVIEW_FIX(id, each.item.id),
        )
        for number, each in enumerate(shown, first)
    ]
    return Screen(
        scores.differences(found, shown, len(all_of), first),
        rows(
            *grid(numbers, 3),
            _turning(page, len(all_of), routes.TPI_DIFFERENCES, id),
            Button(scores.BY_AREA, routes.TPI_SCORES(id)),
            _up(found.where, judges),
        ),
    )


def proposable(
    found: Check, gates: Sequence[tuple[GateResult, str, str, str]], admin: bool, judges: bool
) -> Screen:
    """The check, with a way to each thing that is missing."""
    where = found.where
    ways = [
        Button(scores.SIGNED, routes.TPI_SCORES(where.id)),
        *_conditions(found, admin),
        *([Button(scores.EVIDENCE, routes.PROPOSABLE_EVIDENCE(where.id, 0))] if found.lacks else []),
        *(
            [Button(scores.FINDINGS, routes.FINDINGS(where.id, 0))]
            if found.open_findings or found.undecided
            else []
        ),
        *([Button(texts.TO_TEAM, routes.TPI_TEAM(where.unit.id or 0))] if admin else []),
    ]
    return Screen(scores.proposable(found, gates), rows(*grid(ways, 2), _up(where, judges)))


def _conditions(found: Check, admin: bool) -> list[Button]:
    """The way to the conditions that are not met: an admin's are those of the agency."""
    if not found.unmet:
        return []
    if not admin:
        return [Button(scores.CONDITIONS, routes.CONDITIONS())]
    where = found.where
    return [Button(scores.CONDITIONS, routes.AGENCY_CONDITIONS(where.unit.agency_id, where.assessment.year))]


def evidence(where: Current, found: Sequence[Lack], page: int) -> Screen:
    """The indicators whose evidence is missing, each with the way to it."""
    first = page * PAGE + 1
    shown = found[page * PAGE : (page + 1) * PAGE]
    numbers = [Button(str(n), routes.REVIEW_FIX(where.id, e.item.id)) for n, e in enumerate(shown, first)]
    return Screen(
        scores.evidence(where, shown, len(found), first),
        rows(
            *grid(numbers, 3),
            _turning(page, len(found), routes.PROPOSABLE_EVIDENCE, where.id),
            (Button(words.BACK, routes.PROPOSABLE(where.id)), MENU),
        ),
    )


# the team ------------------------------------------------------------------------------------------


def team(where: Current, found: Sequence[Assigned], load: dict[int, tuple[int, int]]) -> Screen:
    """The team of a unit."""
    unit_id = where.unit.id or 0
    numbers = [Button(str(n), routes.TPI_MEMBER(each.id)) for n, each in enumerate(found, 1)]
    add = [Button(texts.ADD[tier], routes.TPI_ADD(unit_id, tier, 0)) for tier in (LEAD, CONTROL, MEMBER)]
    return Screen(
        texts.team(where, found, load),
        rows(
            *grid(numbers, 4),
            (add[0], add[1]),
            (add[2], Button(texts.INVITE, routes.INVITE_ASSESSOR(unit_id))),
            Button(texts.PROPOSE, routes.PROPOSABLE(where.id)),
            (Button(texts.UNIT_DATA, routes.UNIT_EDIT(unit_id)), MENU),
        ),
    )


def candidates(where: Current, tier: str, found: Sequence[Candidate], page: int) -> Screen:
    """Whom to assign."""
    unit_id, first = where.unit.id or 0, page * PAGE + 1
    shown = found[page * PAGE : (page + 1) * PAGE]
    numbers = [Button(str(n), routes.TPI_ASSIGN(unit_id, e.id, tier)) for n, e in enumerate(shown, first)]
    return Screen(
        texts.candidates(where, tier, shown, len(found), first),
        rows(
            *grid(numbers, 3),
            _turning(page, len(found), routes.TPI_ADD, unit_id, tier),
            (
                Button(texts.INVITE, routes.INVITE_ASSESSOR(unit_id)),
                Button(texts.TO_TEAM, routes.TPI_TEAM(unit_id)),
            ),
        ),
    )


def member(each: Assigned, where: Current) -> Screen:
    """One person of the team: tier, areas, and out again."""
    row = each.row
    tiers = [
        Button(f"✓ {label}" if tier == row.tier else label, routes.TPI_TIER(each.id, tier, row.revision))
        for tier, label in ((MEMBER, "Anggota"), (LEAD, "Ketua"), (CONTROL, "Pengendali"))
    ]
    areas = [
        Button(f"✓ {label}" if area in row.areas else label, routes.TPI_AREA(each.id, area, row.revision))
        for area, label in [
            *((a.id, f"Area {a.no}") for a in where.instrument.areas),
            (RESULTS, texts.RESULTS),
        ]
    ]
    every = f"✓ {texts.ALL_AREAS}" if not row.areas else texts.ALL_AREAS
    return Screen(
        texts.member(each, where),
        rows(
            tuple(tiers),
            *grid(areas, 3),
            Button(every, routes.TPI_AREA(each.id, "", row.revision)),
            Button(texts.END, routes.TPI_END(each.id, row.revision)),
            (Button(texts.TO_TEAM, routes.TPI_TEAM(where.unit.id or 0)), MENU),
        ),
    )


def assigned(each: Assigned, where: Current) -> Screen:
    """At the assessor who was assigned; it stays in the chat."""
    return Screen(
        texts.assigned(each, where), rows((Button(texts.OPEN, routes.ASSESS_UNIT(where.id)), MENU)), keep=True
    )
