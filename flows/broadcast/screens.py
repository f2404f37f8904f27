"""Screens of announcements while they are written: data in, `Screen` out."""

from collections.abc import Collection, Sequence
from datetime import datetime

from flows import copying, routes, words
from flows.broadcast import poster as drawing
from flows.broadcast import texts
from flows.broadcast.audience import Reach
from flows.broadcast.gates import OVERDUE
from flows.broadcast.service import EVIDENCE, MEETING, PAGE, SCHEDULED, View
from flows.models import Announcement, Unit
from flows.screen import SENT, Button, Expect, Media, Screen, grid, rows

MENU = Button(words.TO_MENU, routes.HOME())
HISTORY = Button(texts.HISTORY, routes.ANNOUNCE_LIST(0))
NUMBERS_PER_ROW = 4
UNREAD = "Belum membaca"


def prompt(unit: Unit, draft: Announcement | None, waiting: Sequence[Announcement], wide: bool) -> Screen:
    """Ask for the text, a template, or a file."""
    resume = Button(texts.RESUME, routes.ANNOUNCE_PREVIEW(draft.id or 0)) if draft is not None else None
    numbers = [
        Button(f"Terjadwal {n}", routes.ANNOUNCE_PREVIEW(row.id or 0)) for n, row in enumerate(waiting[:3], 1)
    ]
    lines = [texts.scheduled_line(row, unit.zone) for row in waiting[:3]]
    return Screen(
        texts.prompt(unit.name, draft is not None, lines),
        rows(
            (
                Button(texts.MEETING, routes.ANNOUNCE_TEMPLATE(MEETING)),
                Button(texts.EVIDENCE, routes.ANNOUNCE_TEMPLATE(EVIDENCE)),
            ),
            Button(texts.WIDE, routes.ANNOUNCE_WIDE()) if wide else None,
            resume,
            numbers,
            (HISTORY, Button(texts.CANCEL, routes.CANCEL())),
        ),
        Expect(text=routes.ANNOUNCE_TEXT(), file=routes.ANNOUNCE_FILE(), only=True),
    )


def prompt_wide(place: str, branch: bool, narrow: bool) -> Screen:
    """Ask for the text of an announcement to several units."""
    return Screen(
        texts.prompt_wide(place, branch),
        rows(
            Button(texts.NARROW, routes.ANNOUNCE()) if narrow else None,
            (HISTORY, Button(texts.CANCEL, routes.CANCEL())),
        ),
        Expect(text=routes.ANNOUNCE_WIDE_TEXT(), file=routes.ANNOUNCE_WIDE_FILE(), only=True),
    )


def template(kind: str) -> Screen:
    """Ask for the three lines."""
    return Screen(
        texts.TEMPLATES[kind],
        rows((Button(words.BACK, routes.ANNOUNCE()), Button(texts.CANCEL, routes.CANCEL()))),
        Expect(text=routes.ANNOUNCE_TEMPLATE_TEXT(kind), only=True),
    )


def _back(view: View) -> Button:
    return Button(texts.TO_DRAFT, routes.ANNOUNCE_PREVIEW(view.id))


def edit(view: View) -> Screen:
    """Ask for another text."""
    return Screen(
        texts.edit(view),
        rows(_back(view)),
        Expect(text=routes.ANNOUNCE_EDIT_TEXT(view.id), file=routes.ANNOUNCE_ATTACH_FILE(view.id), only=True),
    )


def attach(view: View) -> Screen:
    """Ask for a photo or document."""
    detach = Button(texts.DETACH, routes.ANNOUNCE_DETACH(view.id)) if view.announcement.media else None
    return Screen(
        texts.attach(view), rows(detach, _back(view)), Expect(file=routes.ANNOUNCE_ATTACH_FILE(view.id))
    )


def attachment(view: View) -> Media | None:
    """The file that goes with it, as Telegram has it."""
    held = view.announcement.media
    if not held:
        return None
    form = "photo" if held["kind"] == "photo" else "document"
    return Media(SENT, (str(held["file_id"]),), str(held["name"]), form)  # type: ignore[arg-type]


def preview(view: View, text: str, reach: Reach) -> Screen:
    """The announcement as receivers will see it, to be sent, timed, changed or given up."""
    row = view.announcement
    send = Button(texts.SEND, routes.ANNOUNCE_SEND(view.id)) if reach.reachable and row.text else None
    timed = row.state == SCHEDULED
    when = Button(texts.OTHER_MOMENT if timed else texts.SCHEDULE, routes.ANNOUNCE_WHEN(view.id))
    file = Button(
        texts.REPLACE_FILE if row.media else texts.ATTACH,
        routes.ANNOUNCE_ATTACH(view.id),
    )
    copy = copying.button(texts.plain(view), routes.ANNOUNCE_COPY(view.id)) if row.text else None
    far = Button(texts.POSTER, routes.ANNOUNCE_POSTER(view.id)) if reach.never_opened else None
    return Screen(
        text,
        rows(
            [b for b in (send, when if row.text else None) if b],
            Button(texts.UNSCHEDULE, routes.ANNOUNCE_UNSCHEDULE(view.id)) if timed else None,
            (
                Button(texts.EDIT, routes.ANNOUNCE_EDIT(view.id)),
                Button(texts.TO, routes.ANNOUNCE_TO(view.id)),
            ),
            (file, Button(texts.VALID, routes.ANNOUNCE_VALID(view.id))),
            [b for b in (copy, far) if b],
            Button(texts.SAMPLE, routes.ANNOUNCE_SAMPLE(view.id)) if row.text else None,
            (Button(texts.CANCEL, routes.ANNOUNCE_CANCEL(view.id)), MENU),
        ),
        Expect(file=routes.ANNOUNCE_ATTACH_FILE(view.id)),
        media=attachment(view),
    )


def counting(view: View) -> Screen:
    """Which units are meant is being reckoned."""
    return Screen(
        texts.counting(view),
        rows(
            Button(texts.COUNT_AGAIN, routes.ANNOUNCE_PREVIEW(view.id)),
            (Button(texts.CANCEL, routes.ANNOUNCE_CANCEL(view.id)), MENU),
        ),
    )


def sample(view: View) -> Screen:
    """The message alone, exactly as it will arrive."""
    return Screen(texts.announced(view), rows(_back(view)), media=attachment(view))


def choose(view: View, to: str, codes: Sequence[tuple[str, str, int]]) -> Screen:
    """Who is it for? `codes` are (audience, label, people)."""
    made = [
        Button(f"{label} · {count}", routes.ANNOUNCE_TO_SET(view.id, code)) for code, label, count in codes
    ]
    more: list[Button] = []
    if view.wide:
        more = [
            Button(texts.WHERE, routes.ANNOUNCE_WHERE(view.id, 0)),
            Button(texts.GATE, routes.ANNOUNCE_GATE(view.id)),
            Button(UNREAD, routes.ANNOUNCE_TO_UNREAD(view.id)),
        ]
    else:
        more = [
            Button("Pokja dan PIC area", routes.ANNOUNCE_TO_AREA(view.id)),
            Button(UNREAD, routes.ANNOUNCE_TO_UNREAD(view.id)),
            Button("Pilih sendiri", routes.ANNOUNCE_TO_PEOPLE(view.id, 0)),
        ]
    return Screen(texts.choose(view, to), rows(*made, *grid(more, 2), _back(view)))


def choose_area(view: View, areas: Sequence[tuple[str, int, str]]) -> Screen:
    """Of which area? `areas` are (id, number, name)."""
    buttons = [
        Button(f"Area {no}", routes.ANNOUNCE_TO_SET(view.id, f"area.{area_id}")) for area_id, no, _ in areas
    ]
    names = [f"Area {no}  {name}" for _, no, name in areas]
    return Screen(
        texts.choose_area(names),
        rows(*grid(buttons, 3), Button(words.BACK, routes.ANNOUNCE_TO(view.id))),
    )


def choose_unread(view: View, found: Sequence[Announcement], lines: Sequence[str]) -> Screen:
    """Which earlier one have they not read?"""
    numbers = [
        Button(str(n), routes.ANNOUNCE_TO_SET(view.id, f"belum.{row.id}")) for n, row in enumerate(found, 1)
    ]
    return Screen(
        texts.choose_unread(lines),
        rows(*grid(numbers, NUMBERS_PER_ROW), Button(words.BACK, routes.ANNOUNCE_TO(view.id))),
    )


def choose_people(
    view: View, people: Sequence[tuple[int, str, bool]], chosen: int, total: int, page: int
) -> Screen:
    """Which persons? `people` are (id, name, chosen)."""
    buttons = [
        Button(f"{'✓' if inside else '○'} {name}"[:40], routes.ANNOUNCE_TO_PERSON(view.id, person_id, page))
        for person_id, name, inside in people
    ]
    turns = (
        Button("‹", routes.ANNOUNCE_TO_PEOPLE(view.id, page - 1)) if page else None,
        Button("›", routes.ANNOUNCE_TO_PEOPLE(view.id, page + 1)) if (page + 1) * PAGE < total else None,
    )
    return Screen(texts.choose_people(chosen, total), rows(*buttons, [b for b in turns if b], _back(view)))


def choose_where(
    view: View, units: Sequence[tuple[int, str]], may_all: bool, page: int, more: bool
) -> Screen:
    """Which units? `units` are (id, name)."""
    first = page * PAGE + 1
    numbers = [
        Button(str(n), routes.ANNOUNCE_WHERE_SET(view.id, "cabang", unit_id))
        for n, (unit_id, _) in enumerate(units, first)
    ]
    every = (
        Button(texts.ALL_UNITS, routes.ANNOUNCE_WHERE_SET(view.id, "instansi", view.unit.id or 0))
        if may_all
        else None
    )
    turns = (
        Button("‹", routes.ANNOUNCE_WHERE(view.id, page - 1)) if page else None,
        Button("›", routes.ANNOUNCE_WHERE(view.id, page + 1)) if more else None,
    )
    listed = [(str(n), name) for n, (_, name) in enumerate(units, first)]
    return Screen(
        texts.choose_where(listed, view.agency.name, may_all),
        rows(every, *grid(numbers, NUMBERS_PER_ROW), [b for b in turns if b], _back(view)),
    )


def choose_gate(view: View, gates: Sequence[tuple[str, str]]) -> Screen:
    """Which gate have they missed? `gates` are (id, name)."""
    numbers = [
        Button(str(n), routes.ANNOUNCE_GATE_SET(view.id, gate)) for n, (gate, _) in enumerate(gates, 1)
    ]
    lines = [f"{n}  {name}" for n, (_, name) in enumerate(gates, 1)]
    return Screen(
        texts.choose_gate(lines),
        rows(
            Button(texts.ANY_GATE, routes.ANNOUNCE_GATE_SET(view.id, "semua")),
            *grid(numbers, 6),
            Button(texts.OVERDUE_UNITS, routes.ANNOUNCE_GATE_SET(view.id, OVERDUE)),
            (Button(texts.NO_GATE, routes.ANNOUNCE_GATE_SET(view.id, "")), _back(view)),
        ),
    )


def when(view: View, zone: str) -> Screen:
    """Ask for the moment."""
    return Screen(texts.when(view, zone), rows(_back(view)), Expect(text=routes.ANNOUNCE_WHEN_TYPED(view.id)))


def when_check(view: View, at: datetime, minutes: int, zone: str, now: datetime) -> Screen:
    """The moment in full, before it is scheduled."""
    return Screen(
        texts.when_check(at, zone, now),
        rows(
            Button(texts.YES_SCHEDULE, routes.ANNOUNCE_WHEN_SET(view.id, minutes)),
            (Button(texts.OTHER_MOMENT, routes.ANNOUNCE_WHEN(view.id)), _back(view)),
        ),
        Expect(text=routes.ANNOUNCE_WHEN_TYPED(view.id)),
    )


def valid(view: View, until: datetime, zone: str) -> Screen:
    """How long is it current?"""
    choices = [Button(texts.days(n), routes.ANNOUNCE_VALID_SET(view.id, n)) for n in (3, 7, 30, 90)]
    return Screen(
        texts.valid(until, zone),
        rows(*grid(choices, 4), (Button(texts.USUAL, routes.ANNOUNCE_VALID_SET(view.id, 0)), _back(view))),
        Expect(text=routes.ANNOUNCE_VALID_TYPED(view.id)),
    )


def copy(view: View, back: Button) -> Screen:
    """The text to paste."""
    return Screen(texts.copy(copying.block(texts.plain(view))), rows((back, MENU)))


def poster(view: View, url: str, never: int, back: Button) -> Screen:
    """The QR poster."""
    return Screen(texts.poster(view.place, never), rows((back, MENU)), media=drawing.media(view.place, url))


def history(
    found: Sequence[Announcement],
    more: bool,
    page: int,
    unit: Unit,
    zone: str,
    now: datetime,
    writes: bool,
    followed: Collection[int | None],
) -> Screen:
    """What was sent: of those `followed` the counts are opened, the others are read again."""
    first = page * PAGE + 1
    numbers = [
        Button(str(n), (routes.ANNOUNCE_STATUS if row.id in followed else routes.ANNOUNCED)(row.id or 0))
        for n, row in enumerate(found, first)
    ]
    turns = (
        Button("‹", routes.ANNOUNCE_LIST(page - 1)) if page else None,
        Button("›", routes.ANNOUNCE_LIST(page + 1)) if more else None,
    )
    write = Button(texts.WRITE, routes.ANNOUNCE()) if writes else None
    return Screen(
        texts.history(found, first, zone, now, unit.name),
        rows(
            *grid(numbers, NUMBERS_PER_ROW),
            [b for b in turns if b is not None],
            [b for b in (write, MENU) if b is not None],
        ),
    )
