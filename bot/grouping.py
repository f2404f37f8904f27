"""Groups at the edge: twenty messages a minute, and what the fate of a message teaches about its group."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, select

from bot import log
from bot.db import Database
from bot.errors import Verdict
from bot.outbound import Sent
from flows import outbox
from flows.groups import standing
from flows.groups.standing import Delivery
from flows.models import ChatPace

GROUP_GAP_SECONDS = 4.0
BURST_SECONDS = 16.0
"""How far answers may run ahead of the gap: five at once, and never more than twenty a minute."""


def take_turn(session: Session, chat_id: int, gap_seconds: float = GROUP_GAP_SECONDS) -> bool:
    """Whether a group may be answered at once, which moves its pace along; otherwise the answer is queued."""
    now = outbox.pace_clock(session)
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    new = insert(ChatPace).values(chat_id=chat_id, next_at=0.0, limited_at=0.0)
    session.execute(new.on_conflict_do_nothing(index_elements=["chat_id"]))
    pace = session.exec(select(ChatPace).where(ChatPace.chat_id == chat_id).with_for_update()).one()
    if pace.next_at > now + BURST_SECONDS:
        return False
    pace.next_at = max(now, pace.next_at) + gap_seconds
    return True


def delivery(
    chat_id: int, sent: Sent, slot: str | None = None, edited_id: int | None = None
) -> Delivery | None:
    """What a sending teaches about the group it went to; None when nothing, and for people."""
    if chat_id >= 0:
        return None
    verdict = sent.failure.verdict if sent.failure is not None else None
    problem: standing.Problem = (
        "removed" if verdict is Verdict.BLOCKED else "muted" if verdict is Verdict.MUTED else ""
    )
    if sent.message_id is None and not problem and sent.moved_to is None:
        return None
    return Delivery(
        chat_id,
        slot,
        sent.message_id,
        fresh=sent.message_id != edited_id,
        problem=problem,
        moved_to=sent.moved_to,
        pinned=sent.pinned,
        topic_lost=sent.topic_lost,
    )


def learn(db: Database, now: datetime, lessons: Iterable[Delivery | None]) -> None:
    """Keep what was learnt, in a transaction of its own: that it fails must not send anything again."""
    kept = [each for each in lessons if each is not None]
    if not kept:
        return
    try:
        with db.writing() as session:
            for each in kept:
                standing.delivered(session, each, now)
    except Exception as exc:
        log.get().error("group_not_learnt", error=type(exc).__name__)
