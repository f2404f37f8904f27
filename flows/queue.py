"""A queued message as its receiver sees it at the moment it is sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from flows import routes, words
from flows.alike import drawer_of
from flows.events import Event, Sender
from flows.models import Announcement, Outbox, Person
from flows.outbox import LANE_REPLY
from flows.routes import unpack
from flows.screen import Button, Screen
from flows.screen import rows as rows_of
from flows.step import render
from flows.turn import Turn, load_state
from knowledge.library import Library

STAYING = {routes.REMIND.name, routes.ANNOUNCED.name}
"""News that people come back to: their buttons open below instead of replacing them."""


def screens_alike(
    session: Session, rows: Sequence[Outbox], *, now: datetime, library: Library
) -> dict[int, Screen | None]:
    """The screens of those rows that read the same for all their receivers, by row; None as in `screen_for`.

    A broadcast's rows are drawn in a few queries for all of them: this happens under the lock for which
    everybody's answers wait.
    """
    by_action: dict[str, list[Outbox]] = {}
    for row in rows:
        if row.action is not None and row.person_id is not None:
            by_action.setdefault(row.action, []).append(row)
    found: dict[int, Screen | None] = {}
    for packed, same in by_action.items():
        action = unpack(packed)
        draw = drawer_of(action) if action is not None else None
        if action is None or draw is None:
            continue
        ids = {row.person_id for row in same if row.person_id is not None}
        screens = draw(session, action.args, ids, library, now)
        found.update({row.id or 0: screens.get(row.person_id or 0) for row in same})
    return found


def screen_for(
    session: Session, row: Outbox, *, now: datetime, library: Library, bot_username: str
) -> Screen | None:
    """The screen of an outbox row; None when it must not be sent any more.

    Dropped: the person is gone or unreachable, or the message's own guard says it is no longer true.
    """
    if row.person_id is not None:
        person = session.get(Person, row.person_id)
        if person is None or person.deleted_at is not None or person.unreachable_at is not None:
            return None
    if row.announcement_id is not None and row.action is None:
        announcement = session.get(Announcement, row.announcement_id)
        return Screen(announcement.text) if announcement is not None else None
    if row.action is None:
        way_on = (
            rows_of(Button(words.TO_MENU, routes.HOME()))
            if row.lane == LANE_REPLY and row.chat_id > 0
            else ()
        )
        return Screen(row.text or "", way_on)
    action = unpack(row.action)
    if action is None:
        return None
    event = Event(
        update_id=0,
        kind="other",
        chat_id=row.chat_id,
        sender=Sender(row.chat_id, ""),
        private=row.chat_id > 0,  # groups have ids below zero
    )
    turn = Turn(
        session=session,
        event=event,
        state=load_state(session, event),
        now=now,
        library=library,
        bot_username=bot_username,
    )
    screen = render(turn, action)
    return replace(screen, keep=True) if screen is not None and action.route in STAYING else screen
