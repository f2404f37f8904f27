"""What asking leaves behind: the last topic of a chat, and questions that were not met."""

from datetime import timedelta

from flows.learning import service as learning
from flows.turn import Turn

FOLLOW_UP = timedelta(minutes=15)
UNANSWERED, UNSURE, NOT_QUITE = "tak-terjawab", "ragu", "kurang"


def last_topic(turn: Turn) -> str | None:
    """The topic this chat last read, while a follow-up question may still mean it."""
    state = turn.state
    if state.last_topic is None or state.last_topic_at is None:
        return None
    return state.last_topic if turn.now - state.last_topic_at <= FOLLOW_UP else None


def remember(turn: Turn, topic: str) -> None:
    """This is now the topic of the chat."""
    turn.state.last_topic = topic
    turn.state.last_topic_at = turn.now


def note_unmet(turn: Turn, text: str, kind: str, topic: str | None = None) -> None:
    """Keep a question that was not met, without its asker; the same words are kept once per unit."""
    learning.note(turn, text, kind, topic)
