"""Screens of one piece of evidence and of the evidence window."""

from collections.abc import Sequence

from flows import routes, words
from flows.evidence import screens
from flows.evidence.choosing import OTHER
from flows.evidence.service import Piece
from flows.evidence.sources import NEWER
from flows.evidence.texts import labels, piece, sent
from flows.evidence.window import OF_AGENCY, OF_UNIT, USUAL, Window
from flows.models import Evidence, EvidenceVersion, Person
from flows.screen import Button, Expect, Media, Screen, grid, rows
from knowledge.answers import Item


def show(
    shown: Piece,
    uses: Sequence[tuple[Item, str, str]],
    window: Window,
    ago: str,
    may_change: bool,
    may_open: bool,
) -> Screen:
    """A piece in full with what may be done with it; `may_open`: it may leave the class "terbatas"."""
    number, revision, newest = shown.id, shown.evidence.revision, shown.newest
    binding = newest.kind == "file" and newest.sha256 is None and "gone" not in newest.findings
    back = Button(words.BACK, routes.EVIDENCE_ITEM(uses[0][0].id)) if uses else None
    old = Button(labels.VERSIONS, routes.EVIDENCE_VERSIONS(number)) if newest.no > 1 else None
    change: tuple[tuple[Button, ...], ...] = ()
    if may_change:
        restrict = None
        if not shown.evidence.restricted:
            restrict = Button(labels.RESTRICT, routes.EVIDENCE_RESTRICT(number, 1, revision))
        elif may_open:
            restrict = Button(labels.UNRESTRICT, routes.EVIDENCE_RESTRICT(number, 0, revision))
        check = Button(labels.CHECK_AGAIN, routes.LINK_CHECK(number)) if newest.kind == "link" else None
        renew = Button(labels.RENEW, routes.SHARED_RENEW(number)) if shown.source == NEWER else None
        replace = Button(labels.REPLACE, routes.EVIDENCE_REPLACE(number)) if not shown.source else None
        edit = Button(labels.EDIT, routes.EVIDENCE_EDIT(number))
        change = rows(
            renew,
            tuple(b for b in (check, restrict) if b is not None),
            tuple(b for b in (replace, edit) if b is not None),
            (
                Button(labels.MORE_ITEMS, routes.EVIDENCE_USES(number, "")),
                Button(labels.REMOVE, routes.EVIDENCE_REMOVE_ASK(number)),
            ),
            *grid(
                [
                    Button(f"{labels.DETACH} {item.number}", routes.EVIDENCE_DETACH_ASK(number, item.id))
                    for item, _, _ in uses[:4]
                ]
                if len(uses) > 1
                else [],
                2,
            ),
        )
    return Screen(
        piece.show(shown, uses, window, ago, binding),
        rows(
            tuple(b for b in (_opens(shown, binding), old) if b is not None),
            *change,
            tuple(b for b in (back, Button(labels.TO_ALL, routes.EVIDENCE())) if b is not None),
        ),
    )


def of_archive(
    shown: Piece, uses: Sequence[tuple[Item, str, str]], window: Window, ago: str, year: int
) -> Screen:
    """A piece that belongs to a closed year: it stays as it is, and may serve items of the open LKE."""
    number = shown.id
    back = Button(words.BACK, routes.EVIDENCE_ITEM(uses[0][0].id)) if uses else None
    old = Button(labels.VERSIONS, routes.EVIDENCE_VERSIONS(number)) if shown.newest.no > 1 else None
    off = [
        Button(f"{labels.DETACH} {item.number}", routes.EVIDENCE_DETACH_ASK(number, item.id))
        for item, _, _ in uses[:6]
    ]
    return Screen(
        piece.show(shown, uses, window, ago, False) + f"\n\n{piece.of_archive(year)}",
        rows(
            tuple(b for b in (_opens(shown, False), old) if b is not None),
            Button(labels.MORE_ITEMS, routes.EVIDENCE_USES(number, "")),
            *grid(off, 2),
            tuple(b for b in (back, Button(labels.TO_ALL, routes.EVIDENCE())) if b is not None),
        ),
    )


def link_told(evidence: Evidence, version: EvidenceVersion, unit_name: str) -> Screen:
    """To who sent it: the link looks otherwise than it should. It stays in the chat."""
    show = Button(labels.SHOW, routes.EVIDENCE_OPEN(evidence.id or 0))
    return Screen(
        piece.link_told(evidence, version, unit_name),
        rows((show, Button(words.TO_MENU, routes.HOME()))),
        keep=True,
    )


def _opens(shown: Piece, binding: bool) -> Button | None:
    newest = shown.newest
    if newest.kind == "link":
        return Button(labels.OPEN_LINK, url=newest.url) if newest.url.startswith("https://") else None
    if binding or newest.sha256 is None:
        return None
    return Button(labels.OPEN, routes.EVIDENCE_SEND(shown.id, 0))


def file(evidence: Evidence, version: EvidenceVersion, media: Media) -> Screen:
    """The file itself. It stays in the chat."""
    back = Button(words.BACK, routes.EVIDENCE_SHOW(evidence.id or 0))
    return Screen(piece.caption(evidence, version), rows(back), media=media, keep=True)


def versions(evidence: Evidence, found: Sequence[tuple[EvidenceVersion, Person | None, str]]) -> Screen:
    """Every version; each can be had."""
    number = evidence.id or 0
    buttons = [
        Button(f"{version.no}", routes.EVIDENCE_SEND(number, version.no))
        for version, _, _ in found
        if version.sha256 is not None
    ]
    back = Button(words.BACK, routes.EVIDENCE_SHOW(number))
    return Screen(piece.versions(evidence, found), rows(*grid(buttons[:20], 5), back))


def edit(evidence: Evidence) -> Screen:
    """What may be changed?"""
    number = evidence.id or 0
    return Screen(
        piece.edit(evidence),
        rows(
            (
                Button(labels.TITLE, routes.EVIDENCE_TITLE(number)),
                Button(labels.DATE, routes.EVIDENCE_DATE(number)),
                Button(labels.PERIOD, routes.EVIDENCE_PERIOD(number)),
            ),
            Button(labels.VALIDITY, routes.EVIDENCE_VALID(number)),
            Button(words.BACK, routes.EVIDENCE_SHOW(number)),
        ),
    )


def replace(evidence: Evidence) -> Screen:
    """The prompt for a new version."""
    number = evidence.id or 0
    return Screen(
        piece.replace(evidence),
        rows(Button(words.BACK, routes.EVIDENCE_SHOW(number))),
        Expect(text=routes.EVIDENCE_REPLACE_LINK(number), file=routes.EVIDENCE_REPLACE_FILE(number)),
    )


def title(evidence: Evidence) -> Screen:
    """The prompt for another title."""
    number = evidence.id or 0
    return Screen(
        piece.title_prompt(evidence),
        rows(Button(words.BACK, routes.EVIDENCE_EDIT(number))),
        Expect(text=routes.EVIDENCE_TITLE_SAVE(number, evidence.revision), only=True),
    )


def date_prompt(evidence: Evidence) -> Screen:
    """The prompt for another date."""
    number = evidence.id or 0
    return Screen(
        sent.DATE_PROMPT,
        rows(Button(words.BACK, routes.EVIDENCE_EDIT(number))),
        Expect(text=routes.EVIDENCE_DATE_SAVE(number, evidence.revision)),
    )


def validity_prompt(evidence: Evidence) -> Screen:
    """The prompt for the last day on which it counts."""
    number, revision = evidence.id or 0, evidence.revision
    none = None
    if evidence.valid_until is not None:
        none = Button(labels.NO_END, routes.EVIDENCE_VALID_CLEAR(number, revision))
    return Screen(
        piece.validity_prompt(evidence),
        rows(none, Button(words.BACK, routes.EVIDENCE_EDIT(number))),
        Expect(text=routes.EVIDENCE_VALID_SAVE(number, revision)),
    )


def period(evidence: Evidence, choices: Sequence[tuple[str, str]]) -> Screen:
    """For which period?"""
    number, revision = evidence.id or 0, evidence.revision
    buttons = [Button(name, routes.EVIDENCE_PERIOD_SET(number, code, revision)) for code, name in choices]
    none = None
    if evidence.dated_on is not None:
        none = Button(labels.NO_PERIOD, routes.EVIDENCE_PERIOD_SET(number, "", revision))
    return Screen(
        sent.PERIOD_PROMPT,
        rows(*grid(buttons, 2), none, Button(words.BACK, routes.EVIDENCE_EDIT(number))),
        Expect(text=routes.EVIDENCE_PERIOD_TYPED(number, revision)),
    )


def use_what(evidence: Evidence, item: Item) -> Screen:
    """Which document is it for one more item?"""
    number = evidence.id or 0
    places = [*range(len(item.evidence)), OTHER]
    actions = [(place, routes.EVIDENCE_USE_AS(number, item.id, place)) for place in places]
    return screens.what(item, actions, routes.EVIDENCE_SHOW(number))


def detach_ask(evidence: Evidence, item: Item) -> Screen:
    """Asks before it is taken from an item."""
    number = evidence.id or 0
    return Screen(
        piece.detach_ask(evidence, item),
        rows(
            (
                Button(labels.DETACH_YES, routes.EVIDENCE_DETACH(number, item.id)),
                Button(labels.KEEP, routes.EVIDENCE_SHOW(number)),
            )
        ),
    )


def remove_ask(evidence: Evidence, numbers: Sequence[str]) -> Screen:
    """Asks before it goes."""
    number = evidence.id or 0
    return Screen(
        piece.remove_ask(evidence, numbers),
        rows(
            (
                Button(labels.REMOVE_YES, routes.EVIDENCE_REMOVE(number, evidence.revision)),
                Button(labels.KEEP, routes.EVIDENCE_SHOW(number)),
            )
        ),
    )


# the window ----------------------------------------------------------------------------------------


def window(name: str, span: Window, year: int, agency_id: int, may_set: bool) -> Screen:
    """The window, and the way to change it."""
    own = OF_AGENCY if agency_id else OF_UNIT
    change = Button(labels.WINDOW_CHANGE, routes.WINDOW_ASK(agency_id)) if may_set else None
    back = None
    if may_set and span.source == own != USUAL:
        back = Button(labels.WINDOW_USUAL, routes.WINDOW_RESET(agency_id))
    up = Button(words.BACK, routes.ADMIN() if agency_id else routes.EVIDENCE())
    return Screen(piece.window(name, span, year), rows(tuple(b for b in (change, back) if b is not None), up))


def window_prompt(agency_id: int) -> Screen:
    """The prompt for both days."""
    return Screen(
        piece.WINDOW_PROMPT,
        rows(Button(words.BACK, routes.WINDOW(agency_id))),
        Expect(text=routes.WINDOW_SAVE(agency_id)),
    )
