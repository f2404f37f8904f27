"""Screens of counter walks: data in, `Screen` out."""

from collections.abc import Sequence
from datetime import date

from flows import fmt, routes, words
from flows.models import Person, WalkMark
from flows.pic.candidates import Candidate
from flows.screen import SENT, Button, Expect, Media, Screen, grid, rows
from flows.walks import texts
from flows.walks.photos import Picture
from flows.walks.service import BROKEN, FINE, LACKING, SKIPPED, Home, View, title_of
from knowledge.counter_walk import Point
from knowledge.instrument import Indicator

MENU = Button(words.TO_MENU, routes.HOME())
PAGE = 8


def home(found: Home) -> Screen:
    """The unit's walks."""
    unit_id = found.unit.id or 0
    if found.open is None:
        first = [Button(texts.BEGIN, routes.WALK_BEGIN(unit_id))]
    else:
        first = [Button("Lanjutkan keliling", routes.WALK(found.open.id))]
    past = [
        Button(
            f"Keliling {fmt.day_short(fmt.local(walk.begun_at, found.unit.zone).date())}",
            routes.WALK(walk.id or 0),
        )
        for walk, _ in found.past
    ]
    return Screen(texts.home(found), rows(*first, *past, (Button(texts.DRILLS, routes.DRILLS()), MENU)))


def walk(found: View) -> Screen:
    """One walk: its places, findings, and on."""
    places = [
        Button(fmt.cut(name, 28), routes.WALK_PLACE(found.id, place))
        for place, name in found.way.places.items()
    ]
    at = found.next_point() if found.may_walk else None
    onward = Button(texts.GO_ON, routes.WALK_POINT(found.id, at.id)) if at is not None else None
    count = len(found.findings)
    lacking = Button(f"{texts.FINDINGS} ({count})", routes.WALK_FINDINGS(found.id, 0)) if count else None
    end = Button(texts.END, routes.WALK_END_ASK(found.id)) if found.may_walk else None
    return Screen(
        texts.walk(found),
        rows(
            onward,
            *grid(places, 2),
            [each for each in (lacking, end) if each is not None],
            (Button("Semua keliling", routes.WALKS()), MENU),
        ),
    )


def ask_end(found: View) -> Screen:
    """Close it, though points are left?"""
    yes = Button(texts.END_YES, routes.WALK_END(found.id, found.row.revision))
    return Screen(texts.ask_end(found), rows((yes, Button(texts.KEEP_ON, routes.WALK(found.id)))))


def place(found: View, place_id: str) -> Screen:
    """The points of one place, by number."""
    numbers = [
        Button(str(point.no), routes.WALK_POINT(found.id, point.id)) for point in found.way.of(place_id)
    ]
    return Screen(texts.place(found, place_id), rows(*grid(numbers, 4), (_back(found), MENU)))


def _back(found: View) -> Button:
    return Button(texts.TO_WALK, routes.WALK(found.id))


def point(found: View, at: Point, item: Indicator | None, first_photo: int | None, may_item: bool) -> Screen:
    """What to look at there: the states to tap, and a prompt for photos."""
    mark = found.marks.get(at.id)
    state, revision = (mark.state, mark.revision) if mark is not None else ("", 0)
    choices: list[Button] = []
    if found.may_walk:
        choices = [
            Button(
                f"✓ {texts.LABELS[each]}" if each == state else texts.LABELS[each],
                routes.WALK_MARK(found.id, at.id, each, revision),
            )
            for each in (FINE, LACKING, BROKEN, SKIPPED)
        ]
    further: list[Button] = []
    if first_photo is not None:
        further.append(Button(texts.PHOTOS, routes.WALK_PICTURE(first_photo)))
    if mark is not None and state in (LACKING, BROKEN) and mark.task_id is None:
        further.append(Button(texts.ASSIGN, routes.WALK_FINDING(found.id, at.id)))
    if mark is not None and mark.task_id is not None:
        further.append(Button(texts.TASK, routes.TASK_OPEN(mark.task_id)))
    if at.topic:
        further.append(Button(texts.MORE, routes.TOPIC(at.topic)))
    if item is not None and may_item:
        further.append(Button(texts.ITEM, routes.LKE_ITEM(item.id)))
    points = found.way.points
    turning = [
        *([Button("‹", routes.WALK_POINT(found.id, points[at.no - 2].id))] if at.no > 1 else []),
        _back(found),
        *([Button("›", routes.WALK_POINT(found.id, points[at.no].id))] if at.no < len(points) else []),
    ]
    expects = Expect(file=routes.WALK_PHOTO(found.id, at.id)) if found.may_walk else None
    return Screen(
        texts.point(found, at, item), rows(*grid(choices, 2), *grid(further, 2), turning, MENU), expects
    )


def finding(
    found: View, at: Point, mark: WalkMark, owner: Person | None, me: int, works: bool, due_on: date
) -> Screen:
    """Who takes care of it; a typed sentence says what is wrong, a photo shows it."""
    choices: list[Button] = []
    if found.may_task and mark.task_id is None:
        if owner is not None and owner.id != me:
            choices.append(Button(texts.owner_label(owner), routes.WALK_TASK(found.id, at.id, owner.id or 0)))
        if works:
            choices.append(Button(texts.MINE, routes.WALK_TASK(found.id, at.id, me)))
        choices.append(Button(texts.OTHERS, routes.WALK_OWNERS(found.id, at.id, 0)))
    later = found.next_point(at) if found.is_open else None
    onward = routes.WALK_POINT(found.id, later.id) if later is not None else routes.WALK(found.id)
    label = texts.LATER if found.may_task else texts.GO_ON
    photo = routes.WALK_PHOTO(found.id, at.id) if found.is_open else None
    return Screen(
        texts.finding(found, at, mark, owner, due_on, title_of(at, mark)),
        rows(
            *choices,
            (Button(texts.TO_POINT, routes.WALK_POINT(found.id, at.id)), Button(label, onward)),
        ),
        Expect(text=routes.WALK_NOTE(found.id, at.id), file=photo),
    )


def owners(found: View, at: Point, team: Sequence[Candidate], page: int) -> Screen:
    """Everybody who can be given the work."""
    shown = team[page * PAGE : (page + 1) * PAGE]
    buttons = [
        Button(fmt.cut(each.person.name, 40), routes.WALK_TASK(found.id, at.id, each.id)) for each in shown
    ]
    turning = (
        *([Button("‹", routes.WALK_OWNERS(found.id, at.id, page - 1))] if page else []),
        *(
            [Button("›", routes.WALK_OWNERS(found.id, at.id, page + 1))]
            if len(team) > (page + 1) * PAGE
            else []
        ),
    )
    back = Button(words.BACK, routes.WALK_FINDING(found.id, at.id))
    return Screen(texts.owners(at, shown, page * PAGE), rows(*buttons, turning, back))


def findings(found: View, page: int) -> Screen:
    """What is missing or broken; each opens by its number."""
    every = found.findings
    shown = every[page * PAGE : (page + 1) * PAGE]
    numbers = [
        Button(str(n), routes.WALK_POINT(found.id, at.id)) for n, (at, _) in enumerate(shown, page * PAGE + 1)
    ]
    turning = (
        *([Button("‹", routes.WALK_FINDINGS(found.id, page - 1))] if page else []),
        *([Button("›", routes.WALK_FINDINGS(found.id, page + 1))] if len(every) > (page + 1) * PAGE else []),
    )
    return Screen(
        texts.findings(found, shown, page * PAGE), rows(*grid(numbers, 4), turning, (_back(found), MENU))
    )


def picture(found: Picture) -> Screen:
    """One photo, and what can become of it."""
    attach = Button(texts.ATTACH, routes.WALK_ATTACH(found.id)) if found.may_attach else None
    remove = Button(texts.REMOVE, routes.WALK_PICTURE_REMOVE(found.id)) if found.may_remove else None
    turning = (
        *([Button("‹", routes.WALK_PICTURE(found.earlier))] if found.earlier is not None else []),
        *([Button("›", routes.WALK_PICTURE(found.later))] if found.later is not None else []),
    )
    file = found.row.file
    return Screen(
        texts.picture(found),
        rows(
            [each for each in (attach, remove) if each is not None],
            turning,
            (Button(texts.TO_POINT, routes.WALK_POINT(found.walk.id, found.point.id)), MENU),
        ),
        media=Media(
            kind=SENT,
            values=(str(file["file_id"]),),
            name=str(file["name"]),
            form="photo" if file.get("photo") else "document",
        ),
    )
