"""Walks every screen that a person can reach, each tap in a transaction that is rolled back."""

from collections import deque
from dataclasses import dataclass

from flows import routes
from flows.events import Event, Sender
from flows.routes import Action, unpack
from flows.screen import Reply, Screen
from flows.step import step
from flows.turn import Turn, load_state
from tests.support.house import House

PER_ROUTE = 6
"""How many argument combinations of one route are opened for one person."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen as one person meets it, and what they tapped to get there."""

    person: str
    via: Action
    reply: Reply

    @property
    def screen(self) -> Screen:
        """The screen; every step of the walk has one."""
        assert self.reply.screen is not None, f"{self.via.pack()} answers with silence"
        return self.reply.screen


def tap(house: House, telegram_id: int, action: Action) -> Reply:
    """What the person would see; nothing of it is kept."""
    session_of = house.db.writing()
    session = session_of.__enter__()
    try:
        event = Event(
            update_id=0,
            kind="tap",
            chat_id=telegram_id,
            sender=Sender(telegram_id, "Tamu"),
            action=action,
            message_id=1,
            callback_id="1",
        )
        turn = Turn(
            session=session,
            event=event,
            state=load_state(session, event),
            now=house.clock.now(),
            library=house.library,
            bot_username="contoh_pandu_bot",
            serves_api=True,
        )
        return step(turn)
    finally:
        session.rollback()
        session.close()


def walk(house: House, telegram_id: int, person: str) -> list[Shot]:
    """Every screen reachable by taps from the commands, a few of each kind."""
    waiting = deque(dict.fromkeys(routes.COMMANDS.values()))
    seen: set[Action] = set(waiting)
    opened: dict[str, int] = {}
    shots: list[Shot] = []
    while waiting:
        action = waiting.popleft()
        if opened.get(action.route, 0) >= PER_ROUTE:
            continue
        opened[action.route] = opened.get(action.route, 0) + 1
        shot = Shot(person, action, tap(house, telegram_id, action))
        shots.append(shot)
        for row in shot.screen.rows:
            for button in row:
                if button.action is not None and button.action not in seen:
                    seen.add(button.action)
                    waiting.append(button.action)
        expects = shot.screen.expects
        for prompt in (expects.text, expects.file) if expects else ():
            assert prompt is None or unpack(prompt.pack()) == prompt
    return shots
