"""Screens of closing a year, opening the next, and confirming what came along."""

from collections.abc import Sequence

from flows import routes, words
from flows.checklist.service import RESULTS, Current
from flows.evidence.service import Piece
from flows.models import Assessment
from flows.nextyear import texts
from flows.nextyear.confirming import PAGE, Counts, Listed, Open
from flows.nextyear.plan import Plan
from flows.nextyear.years import Standing, Years
from flows.routes import Route
from flows.screen import Button, Expect, Screen, grid, rows
from knowledge.answers import Item

PREVIEW_PAGE = 8
AREA_PAGE = 12
MENU = Button(words.TO_MENU, routes.HOME())
VALID, RENEW, LOST, FRESH = "ikut", "baru", "hilang", "tambah"
TITLES = {VALID: texts.VALID, RENEW: texts.RENEW, LOST: texts.LOST, FRESH: texts.FRESH}


def _back(unit_id: int) -> Button:
    return Button(texts.BACK, routes.YEARS(unit_id))


# the years -------------------------------------------------------------------------------------------


def years(found: Years) -> Screen:
    """A unit's years with what the reader may do."""
    read = [Button(f"{texts.READ} {row.year}", routes.YEAR_READ(row.id or 0)) for row in found.rows]
    reopen = [
        Button(f"{texts.REOPEN} {row.year}", routes.YEAR_REOPEN_ASK(row.id or 0))
        for row in found.rows
        if row.archived_at is not None and found.may_reopen
    ]
    return Screen(texts.years(found), rows(_main(found), *grid(read, 3), *grid(reopen[:4], 2), MENU))


def _main(found: Years) -> Button | None:
    present = found.present
    if present is None or not found.may_change:
        return None
    if present.archived_at is None:
        if not found.may_close:
            return None
        return Button(texts.close_label(present.year), routes.YEAR_CLOSE_ASK(present.id or 0))
    return Button(texts.prepare_label(present.year + 1), routes.YEAR_NEXT(present.id or 0))


def close_ask(now: Standing) -> Screen:
    """Before a year is closed."""
    unit_id = now.where.unit.id or 0
    yes = Button(texts.CLOSE_YES, routes.YEAR_CLOSE(now.where.id))
    return Screen(texts.close_ask(now), rows((yes, Button(texts.STAY, routes.YEARS(unit_id)))))


def reopen_ask(where: Current, present: Assessment | None) -> Screen:
    """Before a closed year is opened again."""
    yes = Button(texts.REOPEN_YES, routes.YEAR_REOPEN(where.id))
    no = Button(texts.REOPEN_NO, routes.YEARS(where.unit.id or 0))
    return Screen(texts.reopen_ask(where, present), rows((yes, no)))


# the preview -----------------------------------------------------------------------------------------


def preview(plan: Plan) -> Screen:
    """What the next year would begin with."""
    sizes = ((RENEW, plan.renew), (VALID, plan.valid), (LOST, plan.lost), (FRESH, plan.fresh))
    details = [
        Button(f"{TITLES[code]} ({len(found)})", routes.YEAR_NEXT_PART(plan.before.id, code, 0))
        for code, found in sizes
        if found
    ]
    return Screen(
        texts.preview(plan),
        rows(
            Button(texts.open_label(plan.year), routes.YEAR_OPEN(plan.before.id)),
            *grid(details, 2),
            (_back(plan.before.unit.id or 0), MENU),
        ),
    )


def part(plan: Plan, code: str, page: int) -> Screen:
    """One list of the preview."""
    code = code if code in TITLES else RENEW
    items = {LOST: plan.lost, FRESH: plan.fresh}.get(code)
    proofs = plan.renew if code == RENEW else plan.valid
    total = len(items) if items is not None else len(proofs)
    page = _bounded(page, total, PREVIEW_PAGE)
    shown = slice(page * PREVIEW_PAGE, (page + 1) * PREVIEW_PAGE)
    if items is not None:
        text = texts.items(plan, TITLES[code], list(items[shown]), total)
    else:
        text = texts.proofs(plan, TITLES[code], list(proofs[shown]), total)
    turns = _turns(routes.YEAR_NEXT_PART, (plan.before.id, code), page, total, PREVIEW_PAGE)
    return Screen(text, rows(turns, (Button(words.BACK, routes.YEAR_NEXT(plan.before.id)), MENU)))


def _bounded(page: int, total: int, size: int) -> int:
    return min(max(0, page), max(0, (total - 1) // size))


def _turns(route: Route, args: tuple[int | str, ...], page: int, total: int, size: int) -> list[Button]:
    return [
        *([Button("‹", route(*args, page - 1))] if page else []),
        *([Button("›", route(*args, page + 1))] if (page + 1) * size < total else []),
    ]


def opened(
    where: Current, before: Assessment | None, waiting: int, notes: int, *, here: bool, may_carry: bool
) -> Screen:
    """The year is open; `here`: its unit is the open one, so that its screens can be reached."""
    unit_id = where.unit.id or 0
    text = texts.opened(where, before, waiting, notes, here=here)
    if not here:
        return Screen(text, rows(Button(texts.OPEN_UNIT, routes.UNIT_OPEN(unit_id)), (_back(unit_id), MENU)))
    carry = None
    if notes and before is not None:
        to = routes.LHE_CARRY(unit_id, before.year) if may_carry else routes.LHE(unit_id, before.year, 0)
        carry = Button(f"{texts.NOTES} ({notes})", to)
    return Screen(
        text,
        rows(
            Button(f"{texts.CONFIRM} ({waiting})", routes.CARRIED("", 0)) if waiting else None,
            (Button(texts.STAGES, routes.STAGES()), Button(texts.SCHEDULE, routes.DUTIES())),
            carry,
            (_back(unit_id), MENU),
        ),
    )


# an older year ---------------------------------------------------------------------------------------


def read(where: Current, total: str, answered: int, items: int, pieces: int) -> Screen:
    """One year, to be read."""
    areas = [
        Button(f"Area {area.no}", routes.YEAR_AREA(where.id, area.id, 0)) for area in where.instrument.areas
    ]
    return Screen(
        texts.read(where, total, answered, items, pieces),
        rows(
            *grid(areas, 3),
            (
                Button(texts.RESULT_PART, routes.YEAR_AREA(where.id, RESULTS, 0)),
                Button(texts.FILE, routes.YEAR_FILE(where.id)),
            ),
            (_back(where.unit.id or 0), MENU),
        ),
    )


def area(where: Current, area_id: str, name: str, found: Sequence[tuple[Item, str]], page: int) -> Screen:
    """One area of an older year: each item with the line that says how it was answered."""
    page = _bounded(page, len(found), AREA_PAGE)
    shown = found[page * AREA_PAGE : (page + 1) * AREA_PAGE]
    numbers = [Button(item.number, routes.YEAR_ITEM(where.id, item.id)) for item, _ in shown]
    return Screen(
        texts.area(where, name, [line for _, line in shown], len(found)),
        rows(
            *grid(numbers, 3),
            _turns(routes.YEAR_AREA, (where.id, area_id), page, len(found), AREA_PAGE),
            (Button(words.BACK, routes.YEAR_READ(where.id)), MENU),
        ),
    )


def item(where: Current, one: Item, given: str, note: str, pieces: Sequence[Piece], up: str) -> Screen:
    """One item of an older year; its evidence opens where the reader may see it. `up`: its area."""
    buttons = [
        Button(f"Bukti {number}", routes.EVIDENCE_SEND(piece.id, 0))
        for number, piece in enumerate(pieces[:12], 1)
        if piece.seen and piece.newest.kind == "file" and piece.newest.sha256 is not None
    ]
    links = [
        Button(f"Bukti {number}", url=piece.newest.url)
        for number, piece in enumerate(pieces[:12], 1)
        if piece.seen and piece.newest.kind == "link" and piece.newest.url.startswith("https://")
    ]
    return Screen(
        texts.item(where, one, given, note, [texts.title_of(piece) for piece in pieces]),
        rows(
            *grid([*buttons, *links], 3),
            (Button(words.BACK, routes.YEAR_AREA(where.id, up, 0)), _back(where.unit.id or 0)),
        ),
    )


# confirming ------------------------------------------------------------------------------------------


def counts(found: Counts) -> Screen:
    """Where answers of the year before wait."""
    buttons = [
        Button(
            f"Area {area.no} ({count})" if area is not None else f"{texts.RESULT_PART} ({count})",
            routes.CARRIED(area.id if area is not None else RESULTS, 0),
        )
        for area, count in found.areas
        if count
    ]
    return Screen(texts.counts(found), rows(*grid(buttons, 2), (Button("Isi LKE", routes.LKE()), MENU)))


def _right(page: Listed, each: Open) -> routes.Action:
    """The tap that says that it is still so: the answer, or that it does not apply."""
    still = routes.CARRIED_OK if each.answer is not None else routes.CARRIED_OFF
    return still(page.where.id, each.item.id, each.revision, page.area_id)


def listed(page: Listed) -> Screen:
    """One page of an area's answers that wait, each with one tap for "still right"."""
    lines = [
        (
            Button(f"{texts.OPEN} {number}", routes.LKE_ITEM(each.item.id)),
            *(
                [
                    Button(
                        f"{texts.STILL_TRUE} {number}",
                        _right(page, each),
                    )
                ]
                if each.may
                else []
            ),
        )
        for number, each in enumerate(page.shown, 1)
    ]
    up = Button(texts.CONFIRM, routes.CARRIED("", 0))
    typed = routes.CARRIED_TYPED(page.area_id, page.page, page.stamp) if page.shown else None
    return Screen(
        texts.listed(page),
        rows(*lines, _turns(routes.CARRIED, (page.area_id,), page.page, page.total, PAGE), (up, MENU)),
        Expect(text=typed) if typed is not None else None,
    )
