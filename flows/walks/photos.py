"""Photos of a walk: kept with their point, shown to the unit's people, and sent on as evidence by a tap."""

from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import col, func, select

from flows import audit, fmt, policy
from flows.events import IncomingFile
from flows.evidence import intake
from flows.models import Intake, Person, WalkPhoto
from flows.turn import Turn
from flows.walks import refusals, service
from flows.walks.service import View
from knowledge.counter_walk import Point
from knowledge.instrument import Indicator

MOST = 10
"""Photos of one point."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One photo. `attach`: the actor may send it on as evidence of `item`. `earlier`, `later` are ids."""

    row: WalkPhoto
    walk: View
    point: Point
    item: Indicator | None
    by: Person | None
    state: str
    may_attach: bool
    may_remove: bool
    earlier: int | None
    later: int | None

    @property
    def id(self) -> int:
        """The photo's id."""
        assert self.row.id is not None
        return self.row.id


def take(turn: Turn, walk_id: int, point_id: str) -> bool:
    """Keep the sent photo with its point; False for further parts of an album. Raises BadInput and others."""
    found = service.open_view(turn, walk_id)
    point = service.point_of(found, point_id)
    file = turn.event.file
    if file is None or not file.mime.startswith("image/"):
        raise refusals.not_a_photo(walk_id, point_id)
    rows = _rows(turn, walk_id, point.id)
    if len(rows) >= MOST:
        raise refusals.too_many(walk_id, point_id, MOST)
    first = not file.album_id or all(row.file.get("album") != file.album_id for row in rows)
    row = WalkPhoto(
        walk_id=walk_id,
        point=point.id,
        file={**intake.part_of(file), "album": file.album_id[:40]},
        taken_by=turn.actor.person_id,
        taken_at=turn.now,
    )
    turn.session.add(row)
    turn.session.flush()
    return first


def _rows(turn: Turn, walk_id: int, point_id: str) -> list[WalkPhoto]:
    query = select(WalkPhoto).where(
        WalkPhoto.walk_id == walk_id, WalkPhoto.point == point_id, col(WalkPhoto.removed_at).is_(None)
    )
    return list(turn.session.exec(query.order_by(col(WalkPhoto.id))).all())


def first_of(turn: Turn, walk_id: int, point_id: str) -> int | None:
    """The point's first photo."""
    return next((row.id for row in _rows(turn, walk_id, point_id)), None)


def sent(turn: Turn, walk_id: int) -> int:
    """How many photos of the walk were sent on as evidence."""
    query = select(func.count()).where(
        WalkPhoto.walk_id == walk_id,
        col(WalkPhoto.removed_at).is_(None),
        col(WalkPhoto.intake_id).is_not(None),
    )
    return turn.session.exec(query).one()


def picture(turn: Turn, photo_id: int, *, lock: bool = False) -> Picture:
    """One photo of a walk of the actor's unit. Raises Missing, NotAllowed."""
    row = turn.session.get(WalkPhoto, photo_id, with_for_update=lock or None, populate_existing=lock)
    if row is None or row.removed_at is not None:
        raise refusals.no_photo()
    walk = service.view(turn, row.walk_id)
    point = service.point_of(walk, row.point)
    item = service.item_of(turn, walk, point)
    ids = [each.id or 0 for each in _rows(turn, row.walk_id, row.point)]
    at = ids.index(photo_id)
    answers = item is not None and policy.can(turn.actor, "answer", walk.unit, item.area_id)
    mine = row.taken_by == turn.actor.person_id
    state = _state(turn, row)
    return Picture(
        row,
        walk,
        point,
        item,
        turn.session.get(Person, row.taken_by) if row.taken_by else None,
        state,
        may_attach=answers and state not in {"sent", "saved"},
        may_remove=mine or policy.can(turn.actor, "assign", walk.unit),
        earlier=ids[at - 1] if at else None,
        later=ids[at + 1] if at + 1 < len(ids) else None,
    )


def _state(turn: Turn, row: WalkPhoto) -> str:
    """ "" not sent on; "sent" it waits for a word of its sender; "saved" it is evidence."""
    found = turn.session.get(Intake, row.intake_id) if row.intake_id is not None else None
    if found is None or found.state in (intake.FAILED, intake.CANCELLED):
        return ""
    return "saved" if found.state == intake.SAVED else "sent"


def attach(turn: Turn, photo_id: int) -> int:
    """Send the photo the way of all evidence, for its indicator; returns the intake's id.

    Nothing is evidence before its sender has confirmed it there. Raises NotAllowed, Outdated, Missing.
    """
    found = picture(turn, photo_id, lock=True)
    if found.item is None:
        raise refusals.no_item(photo_id)
    if found.state in {"sent", "saved"}:
        raise refusals.sent_already(photo_id)
    policy.require(turn.actor, "answer", found.walk.unit, found.item.area_id)
    file = _file(found.row.file)
    taken_on = fmt.local(found.row.taken_at, found.walk.unit.zone).date()
    # The day of the photo as its sender would have written it below: evidence is dated by it.
    turn.event = replace(turn.event, file=file, text=f"{found.point.title}, {fmt.day_short(taken_on)}")
    if turn.unit.id != found.walk.unit.id:
        turn.state.unit_id = found.walk.unit.id
        turn.forget()
    row = intake.receive(turn, found.item.id)
    found.row.intake_id = row.id
    turn.session.add(found.row)
    return row.id or 0


def _file(part: dict[str, Any]) -> IncomingFile:
    return IncomingFile(
        file_id=str(part["file_id"]),
        unique_id=str(part["unique_id"]),
        name=str(part["name"]),
        mime=str(part["mime"]),
        size_bytes=int(part["size"]),
    )


def remove(turn: Turn, photo_id: int) -> Picture:
    """Take a photo away; evidence made of it stays. Raises NotAllowed, Missing."""
    found = picture(turn, photo_id, lock=True)
    if not found.may_remove:
        raise refusals.not_your_photo(photo_id)
    found.row.removed_at, found.row.file = turn.now, {}
    turn.session.add(found.row)
    audit.record(turn, "walk.photo_remove", f"walk:{found.walk.id}/{found.point.id}", found.walk.unit.id)
    return found
