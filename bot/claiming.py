"""Which queued messages are next: answers, then reminders, then broadcasts."""

from sqlmodel import Session, col, select

from bot.jobs import due
from flows import outbox
from flows.models import ChatPace, Outbox

BATCH = 12
BROADCAST_BATCH = 10
"""Fewer of these at a time: they are drawn under the write lock, which people's answers wait for."""
PASSED_OVER_SECONDS = 0.5
"""A chat that has to wait for longer is passed over, so that its long queue holds up nobody else."""


def next_due(session: Session, now: float, *, broadcasts: bool) -> list[Outbox]:
    """The next few due messages, by lane; each lane walks the index. `now` is the pace clock in seconds."""
    waiting, left_behind = due(Outbox, now)
    too_soon = (col(ChatPace.chat_id) == col(Outbox.chat_id), ChatPace.next_at > now + PASSED_OVER_SECONDS)
    paced = select(ChatPace.chat_id).where(*too_soon).exists()
    found = list(session.exec(select(Outbox).where(left_behind).limit(BATCH)).all())
    found.sort(key=lambda row: (row.lane, row.due_at, row.id))
    for lane in (outbox.LANE_REPLY, outbox.LANE_PERSONAL, outbox.LANE_BROADCAST):
        if lane == outbox.LANE_BROADCAST and not broadcasts:
            break
        room = (BROADCAST_BATCH if lane == outbox.LANE_BROADCAST else BATCH) - len(found)
        if room <= 0:
            break
        found += session.exec(
            select(Outbox)
            .where(waiting, Outbox.lane == lane, ~paced)
            .order_by(col(Outbox.due_at), col(Outbox.id))
            .limit(room)
        ).all()
    return found
