"""Screens of shared evidence."""

from collections.abc import Sequence

from flows import fmt, routes, words
from flows.models import Evidence, SharedEvidence, SharedVersion, Unit
from flows.screen import Button, Expect, Media, Screen, grid, rows
from flows.shared import service, texts
from flows.shared.offers import ACTIVE, FAILED, READING, READY, Offer
from flows.shared.service import View
from knowledge.answers import Item
from knowledge.instrument import Area, Instrument, SubComponent

MENU = Button(words.TO_MENU, routes.HOME())
LIST = Button(words.BACK, routes.SHARED_LIST(0))
RESULTS = "H"


def listed(found: Sequence[tuple[SharedEvidence, int]], page: int, total: int) -> Screen:
    """What the agency shares."""
    start = page * service.PAGE
    numbers = [Button(str(n), routes.SHARED_SHOW(row.id or 0)) for n, (row, _) in enumerate(found, start + 1)]
    turning = (
        *([Button("‹", routes.SHARED_LIST(page - 1))] if page else []),
        *([Button("›", routes.SHARED_LIST(page + 1))] if start + service.PAGE < total else []),
    )
    return Screen(
        texts.listed(found, start, total),
        rows(
            *grid(numbers, 4),
            turning,
            Button(texts.ADD, routes.SHARED_NEW()),
            (Button(words.BACK, routes.ADMIN()), MENU),
        ),
    )


def ask(shared: SharedEvidence | None) -> Screen:
    """The prompt for a file or link: a new piece, or a new version."""
    number = (shared.id or 0) if shared is not None else 0
    expects = Expect(text=routes.SHARED_LINK(number), file=routes.SHARED_FILE(number))
    if shared is None:
        return Screen(texts.ASK, rows((LIST, MENU)), expects)
    back = Button(words.BACK, routes.SHARED_SHOW(number))
    return Screen(texts.ask_version(shared.title), rows((back, MENU)), expects)


def show(view: View, items: Sequence[Item]) -> Screen:
    """A shared piece in full, to its admin."""
    row, number, revision = view.shared, view.id, view.shared.revision
    branch = view.branch.name if view.branch is not None else ""
    text = texts.show(row, view.version, items, branch, view.attached, reading=view.reading)
    if row.state == READING:
        return Screen(text, rows((LIST, MENU)))
    if row.state == FAILED:
        return Screen(text, rows(Button(texts.OTHER_FILE, routes.SHARED_REPLACE(number)), (LIST, MENU)))
    change: tuple[tuple[Button, ...], ...] = ()
    if row.state in (READY, ACTIVE):
        share = Button(texts.PUBLISH, routes.SHARED_PUBLISH(number, revision))
        end = Button(
            texts.WITHDRAW if row.state == ACTIVE else texts.DROP, routes.SHARED_WITHDRAW_ASK(number)
        )
        change = rows(
            share if row.state == READY and row.items else None,
            (
                Button(texts.ITEMS, routes.SHARED_ITEMS(number, "")),
                Button(texts.TITLE, routes.SHARED_TITLE(number)),
                Button(texts.WHEN, routes.SHARED_WHEN(number)),
            ),
            (
                Button(texts.BRANCH, routes.SHARED_BRANCH(number, 0)),
                Button(texts.REPLACE, routes.SHARED_REPLACE(number)),
            ),
            end,
        )
    return Screen(text, rows(*change, opens(number, view.version), (LIST, MENU)))


def opens(shared_id: int, version: SharedVersion | None, label: str = "") -> Button | None:
    """The way to the file or link."""
    if version is None:
        return None
    if version.kind == "link":
        return (
            Button(label or texts.OPEN_LINK, url=version.url) if version.url.startswith("https://") else None
        )
    return Button(label or texts.OPEN, routes.SHARED_OPEN(shared_id, 0)) if version.sha256 else None


def title(row: SharedEvidence) -> Screen:
    """The prompt for a title."""
    number = row.id or 0
    return Screen(
        texts.title_prompt(row),
        rows(Button(words.BACK, routes.SHARED_SHOW(number))),
        Expect(text=routes.SHARED_TITLE_SAVE(number, row.revision), only=True),
    )


def when(row: SharedEvidence) -> Screen:
    """The prompt for date or period."""
    number = row.id or 0
    return Screen(
        texts.when_prompt(row),
        rows(Button(words.BACK, routes.SHARED_SHOW(number))),
        Expect(text=routes.SHARED_WHEN_SAVE(number, row.revision)),
    )


def items(row: SharedEvidence, instrument: Instrument, node: str) -> Screen:
    """Areas, the components of one, or the items of one: each item on or off."""
    number, chosen = row.id or 0, set(row.items)
    found = instrument.by_id.get(node)
    done = Button(texts.DONE, routes.SHARED_SHOW(number))
    expects = Expect(text=routes.SHARED_ITEM_TYPED(number, row.revision))

    def screen(head: str, lines: list[str], buttons: list[Button], up: str | None) -> Screen:
        back = Button(words.BACK, routes.SHARED_ITEMS(number, up)) if up is not None else None
        text = texts.choose(row.title, head, lines, len(chosen))
        return Screen(text, rows(*grid(buttons, 3), tuple(b for b in (back, done) if b is not None)), expects)

    def toggles(some: Sequence[Item]) -> tuple[list[str], list[Button]]:
        lines = [f"{'✓ ' if i.id in chosen else ''}{i.number} {fmt.esc(i.title)}" for i in some]
        buttons = [
            Button(
                f"{'✓ ' if i.id in chosen else ''}{i.number}",
                routes.SHARED_ITEM_SET(number, i.id, row.revision),
            )
            for i in some
        ]
        return lines, buttons

    if isinstance(found, SubComponent):
        return screen(f"{found.number} {found.name}", *toggles(found.indicators), found.area_id)
    if isinstance(found, Area):
        subs = [sub for aspect in found.aspects for sub in aspect.subs]
        buttons = [Button(sub.number, routes.SHARED_ITEMS(number, sub.id)) for sub in subs]
        lines = [f"{_tick(chosen, sub.indicators)}{sub.number} {fmt.esc(sub.name)}" for sub in subs]
        return screen(f"Area {found.no} {found.name}", lines, buttons, "")
    if node == RESULTS:
        return screen("Hasil", *toggles(instrument.results), "")
    buttons = [Button(f"Area {area.no}", routes.SHARED_ITEMS(number, area.id)) for area in instrument.areas]
    buttons.append(Button("Hasil", routes.SHARED_ITEMS(number, RESULTS)))
    lines = [
        f"{_tick(chosen, area.indicators)}Area {area.no} {fmt.esc(area.name)}" for area in instrument.areas
    ]
    return screen("Pilih area", lines, buttons, None)


def _tick(chosen: set[str], some: Sequence[Item]) -> str:
    return "✓ " if any(item.id in chosen for item in some) else ""


def branch(row: SharedEvidence, found: Sequence[Unit], page: int, total: int) -> Screen:
    """For which branch?"""
    number, start = row.id or 0, page * service.PAGE
    lines = [f"{n}  {fmt.esc(unit.name)}" for n, unit in enumerate(found, start + 1)]
    buttons = [
        Button(
            f"{'✓ ' if unit.id == row.branch_id else ''}{n}",
            routes.SHARED_BRANCH_SET(number, unit.id or 0, row.revision),
        )
        for n, unit in enumerate(found, start + 1)
    ]
    turning = (
        *([Button("‹", routes.SHARED_BRANCH(number, page - 1))] if page else []),
        *([Button("›", routes.SHARED_BRANCH(number, page + 1))] if start + service.PAGE < total else []),
    )
    every = f"✓ {texts.ALL_UNITS}" if row.branch_id is None else texts.ALL_UNITS
    return Screen(
        texts.branches(row.title, lines),
        rows(
            *grid(buttons, 4),
            turning,
            Button(every, routes.SHARED_BRANCH_SET(number, 0, row.revision)),
            Button(words.BACK, routes.SHARED_SHOW(number)),
        ),
    )


def withdraw_ask(view: View) -> Screen:
    """Before it is withdrawn, or a draft dropped."""
    yes = texts.WITHDRAW_YES if view.shared.state == ACTIVE else texts.DROP_YES
    return Screen(
        texts.withdraw_ask(view.shared, view.attached),
        rows(
            (
                Button(yes, routes.SHARED_WITHDRAW(view.id, view.shared.revision)),
                Button(texts.KEEP, routes.SHARED_SHOW(view.id)),
            )
        ),
    )


def file(row: SharedEvidence, version: SharedVersion, media: Media, *, admin: bool) -> Screen:
    """The file itself. It stays in the chat."""
    back = Button(words.BACK, routes.SHARED_SHOW(row.id or 0)) if admin else None
    return Screen(
        texts.caption(row, version), rows(tuple(b for b in (back, MENU) if b)), media=media, keep=True
    )


# at the unit ---------------------------------------------------------------------------------------


def offered(item: Item, found: Sequence[Offer], there: set[int], may: bool) -> Screen:
    """What the agency shares for an item, each attached in one tap."""
    lines, buttons = [], []
    for n, offer in enumerate(found[:8], 1):
        lines.append(texts.offer_line(n, offer.shared, offer.version, offer.id in there))
        attach = Button(f"{texts.ATTACH} {n}", routes.SHARED_ATTACH(offer.id, item.id))
        see = opens(offer.id, offer.version, f"Buka {n}")
        buttons.append(tuple(b for b in (attach if may and offer.id not in there else None, see) if b))
    proof = Button(texts.PROOF, routes.EVIDENCE_ADD(item.id)) if may else None
    return Screen(
        texts.offered(item, lines, sum(offer.id not in there for offer in found), may),
        rows(*buttons, proof, (Button(words.BACK, routes.EVIDENCE_ITEM(item.id)), MENU)),
    )


def news(row: SharedEvidence, mine: Evidence, unit: Unit) -> Screen:
    """A coordinator hears that something attached was replaced or withdrawn. It stays in the chat."""
    see = Button(texts.SEE, routes.EVIDENCE_OPEN(mine.id or 0))
    return Screen(texts.news(row, unit.name), rows((see, MENU)), keep=True)
