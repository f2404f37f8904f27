"""Screens of meetings (paket rapat)."""

from collections.abc import Sequence

from flows import fmt, routes, words
from flows.meetings import texts
from flows.meetings.merging import FAILED, NAMES
from flows.meetings.proposing import KINDS, NOTULA
from flows.meetings.service import PAGE, View
from flows.models import Intake, Meeting, MeetingPart
from flows.screen import Button, Expect, Media, Screen, grid, rows
from knowledge.answers import Item

_MENU = Button(words.TO_MENU, routes.HOME())
_ALL = Button(texts.ALL, routes.MEETINGS(0))
MATRIX_BUTTONS = 6


def _back(view: View) -> Button:
    return Button(words.BACK, routes.MEETING(view.id))


def _turns(route: routes.Route, args: tuple[int, ...], page: int, total: int) -> tuple[Button, ...]:
    return (
        *([Button("‹", route(*args, page - 1))] if page else []),
        *([Button("›", route(*args, page + 1))] if (page + 1) * PAGE < total else []),
    )


def listing(unit: str, found: Sequence[tuple[Meeting, int]], total: int, page: int, may_work: bool) -> Screen:
    """The unit's meetings; a typed line is a new one."""
    first = page * PAGE + 1
    numbers = [Button(str(n), routes.MEETING(row.id or 0)) for n, (row, _) in enumerate(found, first)]
    new = Button(texts.NEW, routes.MEETING_NEW()) if may_work else None
    return Screen(
        texts.listing(unit, found, total, first, may_work),
        rows(
            *grid(numbers, 4),
            _turns(routes.MEETINGS, (), page, total),
            tuple(b for b in (new, _MENU) if b is not None),
        ),
    )


def ask_new(unit_id: int) -> Screen:
    """The prompt for a new meeting."""
    return Screen(
        texts.ask_new(), rows((_ALL, _MENU)), Expect(text=routes.MEETING_NEW_SAVE(unit_id), only=True)
    )


def ask_edit(view: View) -> Screen:
    """The prompt for name, day and place anew; here a package can be removed as well."""
    return Screen(
        texts.ask_edit(view),
        rows((Button(texts.REMOVE, routes.MEETING_REMOVE_ASK(view.id)), _back(view))),
        Expect(text=routes.MEETING_EDIT_SAVE(view.id, view.meeting.revision), only=True),
    )


def remove_ask(view: View) -> Screen:
    """Before a package is removed."""
    return Screen(
        texts.remove_ask(view),
        rows(
            (
                Button(texts.YES_REMOVE, routes.MEETING_REMOVE(view.id, view.meeting.revision)),
                Button(texts.NO, routes.MEETING(view.id)),
            )
        ),
    )


def card(view: View, may_merge: bool, note: str = "", after: str = "") -> Screen:
    """The meeting; a sent file is one of its papers (`after`: of the same kind as the one just sent)."""
    tasks = [
        Button(str(n), routes.TASK(task.id or 0))
        for n, (task, _) in enumerate(view.decided[:MATRIX_BUTTONS], 1)
    ]
    files = Button(f"{texts.FILES} ({len(view.files)})", routes.MEETING_FILES(view.id, 0))
    sent = routes.EVIDENCE_SEND(view.evidence.id or 0, 0) if view.evidence is not None else None
    pdf = Button(texts.SEND_PDF, sent) if sent is not None else None
    seen = tuple(b for b in (files if view.files else None, pdf) if b is not None)
    work = _work(view, may_merge) if view.may_work else ()
    expects = Expect(file=routes.MEETING_FILE(view.id, after)) if view.may_work else None
    return Screen(texts.card(view, note), rows(*work, seen, tuple(tasks), (_ALL, _MENU)), expects)


def _work(view: View, may_merge: bool) -> tuple[tuple[Button, ...], ...]:
    id, revision = view.id, view.meeting.revision
    merge = Button(texts.MERGE, routes.MEETING_MERGE(id, revision))
    return rows(
        (
            Button(texts.WRITE_MINUTES, routes.MEETING_MINUTES(id, 0)),
            Button(texts.ADD_FILE, routes.MEETING_ADD(id)),
        ),
        (
            Button(texts.DECISIONS, routes.MEETING_DECISIONS(id)),
            Button(texts.ATTEND, routes.MEETING_ATTEND(id)),
        ),
        (Button(texts.ITEMS, routes.MEETING_ITEMS(id, 0)), Button(texts.EDIT, routes.MEETING_EDIT(id))),
        Button(texts.LETTERS, routes.LETTERS_OF_MEETING(id)),
        merge if may_merge else None,
    )


def ask_attendance(view: View) -> Screen:
    """The prompt for how many were there."""
    id, revision = view.id, view.meeting.revision
    return Screen(
        texts.ask_attendance(view),
        rows(
            (
                Button(texts.LEADER_IN, routes.MEETING_LEADER(id, 1, revision)),
                Button(texts.LEADER_OUT, routes.MEETING_LEADER(id, 0, revision)),
            ),
            _back(view),
        ),
        Expect(text=routes.MEETING_ATTEND_SAVE(id, revision), file=routes.MEETING_FILE(id, "daftar_hadir")),
    )


def ask_minutes(view: View, anew: bool) -> Screen:
    """The prompt for the notula."""
    other = (
        Button(texts.ANEW, routes.MEETING_MINUTES(view.id, 1)) if view.meeting.minutes and not anew else None
    )
    return Screen(
        texts.ask_minutes(view, anew),
        rows(tuple(b for b in (other, _back(view)) if b is not None)),
        Expect(
            text=routes.MEETING_MINUTES_SAVE(view.id, int(anew), view.meeting.revision),
            file=routes.MEETING_FILE(view.id, NOTULA),
            only=True,
        ),
    )


def ask_decisions(view: View) -> Screen:
    """The prompt for what was decided."""
    return Screen(
        texts.ask_decisions(view),
        rows(_back(view)),
        Expect(
            text=routes.MEETING_DECISIONS_SAVE(view.id),
            file=routes.MEETING_FILE(view.id, "tindak_lanjut"),
            only=True,
        ),
    )


def add(view: View) -> Screen:
    """Which paper?"""
    buttons = [Button(NAMES[kind], routes.MEETING_ADD_TO(view.id, kind)) for kind in KINDS]
    return Screen(
        texts.add(view), rows(*grid(buttons, 3), _back(view)), Expect(file=routes.MEETING_FILE(view.id, ""))
    )


def add_to(view: View, kind: str) -> Screen:
    """The prompt for files of one kind."""
    return Screen(
        texts.add_to(view, kind),
        rows((Button(texts.ADD_FILE, routes.MEETING_ADD(view.id)), _back(view))),
        Expect(file=routes.MEETING_FILE(view.id, kind)),
    )


def examining(row: Intake) -> Screen:
    """While the job looks at it; more of the same may follow."""
    meeting_id, kind = int(row.proposal["meeting"]), str(row.proposal.get("kind") or "")
    return Screen(
        texts.examining(row),
        rows(Button(texts.OPEN, routes.MEETING_OPEN(meeting_id))),
        Expect(file=routes.MEETING_FILE(meeting_id, kind)),
    )


def refused(row: Intake) -> Screen:
    """Nothing of it was kept."""
    return Screen(texts.refused(row), rows((_ALL, _MENU)))


def files(view: View, page: int) -> Screen:
    """The meeting's files."""
    first = page * PAGE
    found = view.files[first : first + PAGE]
    numbers = [Button(str(n), routes.MEETING_PART(part.id or 0)) for n, part in enumerate(found, first + 1)]
    return Screen(
        texts.files(view, found, first + 1),
        rows(
            *grid(numbers, 4),
            _turns(routes.MEETING_FILES, (view.id,), page, len(view.files)),
            (
                *([Button(texts.ADD_FILE, routes.MEETING_ADD(view.id))] if view.may_work else []),
                _back(view),
            ),
        ),
    )


def part(view: View, one: MeetingPart) -> Screen:
    """One file, and to which part it belongs."""
    id = one.id or 0
    kinds = [Button(NAMES[kind], routes.MEETING_PART_KIND(id, kind)) for kind in KINDS if kind != one.kind]
    drop = Button(texts.DROP, routes.MEETING_PART_DROP(id)) if view.may_work else None
    send = Button(texts.SEND, routes.MEETING_PART_SEND(id))
    return Screen(
        texts.part(view, one, view.may_work),
        rows(
            tuple(b for b in (send, drop) if b is not None),
            *(grid(kinds, 2) if view.may_work else ()),
            Button(words.BACK, routes.MEETING_FILES(view.id, 0)),
        ),
    )


def file(view: View, one: MeetingPart, media: Media) -> Screen:
    """The file itself."""
    name = NAMES.get(one.kind, texts.FILES)
    return Screen(
        f"{name} · {fmt.esc(fmt.cut(view.meeting.title, 120))}",
        rows(
            (
                Button(words.BACK, routes.MEETING_FILES(view.id, 0)),
                Button(texts.OPEN, routes.MEETING(view.id)),
            )
        ),
        media=media,
    )


def items(
    view: View, found: Sequence[Item], total: int, page: int, likely: bool, mine: frozenset[str]
) -> Screen:
    """Which indicators? Tapping a number chooses it or lets it go; `mine` are those the reader may choose."""
    first = page * PAGE + 1
    chosen = set(view.meeting.items)
    revision = view.meeting.revision
    numbers = [
        Button(
            f"{'✓ ' if item.id in chosen else ''}{n}",
            routes.MEETING_ITEM_SET(view.id, item.id, revision, page),
        )
        for n, item in enumerate(found, first)
        if item.id in mine
    ]
    propose = Button(texts.LIKELY, routes.MEETING_ITEMS_LIKELY(view.id, revision)) if likely else None
    return Screen(
        texts.items(view, found, first, total),
        rows(
            propose,
            *grid(numbers, 4),
            _turns(routes.MEETING_ITEMS, (view.id,), page, total),
            Button(texts.DONE, routes.MEETING(view.id)),
        ),
        Expect(text=routes.MEETING_ITEM_TYPED(view.id, revision, page)),
    )


def merged(view: View, number: int, media: Media | None) -> Screen:
    """The PDF is there, or could not be made; it stays in the chat."""
    return Screen(
        texts.merged(view, number),
        rows((Button(texts.OPEN, routes.MEETING_OPEN(view.id)), _MENU)),
        media=media if number != FAILED else None,
        keep=True,
    )
