"""The group of a unit, as other features meet it. Reads only."""

from sqlmodel import Session, select

from flows import outbox
from flows.models import GroupPlace, LinkedGroup
from flows.routes import Action

ACTIVE, REMOVED, MUTED = "active", "removed", "muted"


def linked(session: Session, unit_id: int) -> LinkedGroup | None:
    """The group of a unit, whatever its state; None without one."""
    return session.exec(select(LinkedGroup).where(LinkedGroup.unit_id == unit_id)).first()


def of_chat(session: Session, chat_id: int) -> LinkedGroup | None:
    """The link of a chat; None for one that belongs to no unit."""
    return session.exec(select(LinkedGroup).where(LinkedGroup.chat_id == chat_id)).first()


def thread_of(session: Session, group: LinkedGroup, area: str = "") -> int | None:
    """The topic for news of an area, else that for everything else; None for the general one."""
    for wanted in dict.fromkeys((area, "")):
        place = session.get(GroupPlace, (group.id, wanted))
        if place is not None:
            return place.thread_id
    return None


def audience_message(
    session: Session,
    unit_id: int,
    *,
    key: str,
    action: Action | None = None,
    text: str | None = None,
    area: str = "",
    announcement_id: int | None = None,
    lane: int = outbox.LANE_BROADCAST,
    pin: bool = False,
) -> outbox.Message | None:
    """A message to the unit's group, into the topic of `area`; None when nothing can be written there now.

    An `action` is drawn as in a group, by nobody in particular: its route must be one of `routes.IN_GROUPS`.
    """
    group = linked(session, unit_id)
    if group is None or group.state != ACTIVE:
        return None
    return outbox.Message(
        key=key,
        chat_id=group.chat_id,
        action=action,
        text=text,
        lane=lane,
        announcement_id=announcement_id,
        thread_id=thread_of(session, group, area),
        pin=pin,
    )
