"""Questions about one's own unit that are asked in a group: answered in private, with one line there."""

from flows import outbox, policy, routes
from flows.groups.service import of_chat
from flows.models import Unit
from flows.turn import Turn


def unit_meant(turn: Turn) -> int:
    """The unit of the group, when the asker belongs to it; 0: whichever they have open."""
    group = of_chat(turn.session, turn.event.chat_id)
    unit = turn.session.get(Unit, group.unit_id) if group is not None else None
    if unit is None or unit.archived_at is not None or not policy.can(turn.actor, "view", unit):
        return 0
    return unit.id or 0


def answer_privately(turn: Turn, kind: str, named: str, unit_id: int) -> bool:
    """Queue the answer for the asker's private chat; False when they have never opened it or blocked it.

    The same update queues it once, however often Telegram delivers it.
    """
    person = turn.actor.person
    if person is None or person.telegram_id is None or person.unreachable_at is not None:
        return False
    outbox.add(
        turn.session,
        [
            outbox.Message(
                key=f"grup.jawab:{turn.event.chat_id}:{turn.event.message_id}:{person.id}",
                chat_id=person.telegram_id,
                person_id=person.id,
                action=routes.GROUP_ANSWER(unit_id, kind, named),
                lane=outbox.LANE_REPLY,
            )
        ],
        turn.now,
    )
    return True
