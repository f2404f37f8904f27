"""What Telegram's failures mean. Its error strings live here alone."""

import os
from dataclasses import dataclass
from enum import Enum

from telegram import error as tg

# The library's coming way of giving durations; without it each 429 would log a deprecation.
os.environ.setdefault("PTB_TIMEDELTA", "true")


class Verdict(Enum):
    """What to do about a failed call."""

    UNCHANGED = "unchanged"  # the message already looks like that: fine
    BLOCKED = "blocked"  # this person or group cannot be reached
    GONE = "gone"  # the message to edit is gone: send a new one
    STALE = "stale"  # the tap is too old to be answered by a toast: fine
    WAIT = "wait"  # too fast: wait `seconds`
    NETWORK = "network"  # may or may not have arrived: try again
    REFUSED = "refused"  # Telegram will never take this message
    NO_TOPIC = "no topic"  # the topic is closed or gone: send into the group
    MUTED = "muted"  # the bot is in this group but may not write there
    TOKEN = "token"  # the token is wrong or revoked
    CONFLICT = "conflict"  # another instance fetches with the same token
    WEBHOOK = "webhook"  # a webhook of an earlier set-up still takes the updates


NOT_STARTED = "NotStarted"
"""The code for a person who has never pressed Start."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A verdict; `seconds` only for WAIT, `code` for the log."""

    verdict: Verdict
    code: str
    seconds: float = 0.0


_BY_TEXT = (
    ("message is not modified", Verdict.UNCHANGED),
    ("message to edit not found", Verdict.GONE),
    ("message can't be edited", Verdict.GONE),
    ("there is no text in the message to edit", Verdict.GONE),
    ("there is no caption in the message to edit", Verdict.GONE),
    ("message_id_invalid", Verdict.GONE),
    ("message thread not found", Verdict.NO_TOPIC),
    ("topic_closed", Verdict.NO_TOPIC),
    ("topic_deleted", Verdict.NO_TOPIC),
    ("query is too old", Verdict.STALE),
    ("query_id_invalid", Verdict.STALE),
    ("chat not found", Verdict.BLOCKED),
    ("user is deactivated", Verdict.BLOCKED),
    ("bot was kicked", Verdict.BLOCKED),
    ("have no rights to send", Verdict.MUTED),
    ("not enough rights to send", Verdict.MUTED),
    ("chat_write_forbidden", Verdict.MUTED),
    ("chat_send_plain_forbidden", Verdict.MUTED),
    ("chat_restricted", Verdict.MUTED),
)


def classify(exc: BaseException) -> Failure:
    """The verdict on an exception raised by a Bot API call."""
    code = type(exc).__name__
    if isinstance(exc, tg.RetryAfter):
        wait = exc.retry_after
        seconds = float(wait) if isinstance(wait, int) else wait.total_seconds()
        return Failure(Verdict.WAIT, code, seconds)
    if isinstance(exc, tg.InvalidToken):
        return Failure(Verdict.TOKEN, code)
    if isinstance(exc, tg.Conflict):
        hooked = "webhook is active" in str(exc).lower()
        return Failure(Verdict.WEBHOOK if hooked else Verdict.CONFLICT, code)
    if isinstance(exc, tg.ChatMigrated):  # the group has another id: what stood under the old one stays there
        return Failure(Verdict.GONE, code)
    if isinstance(exc, tg.Forbidden) and "not enough rights to send" in str(exc).lower():
        return Failure(Verdict.MUTED, code)
    if isinstance(exc, tg.Forbidden):
        never = "can't initiate conversation" in str(exc).lower()
        return Failure(Verdict.BLOCKED, NOT_STARTED if never else code)
    if isinstance(exc, tg.BadRequest):
        text = str(exc).lower()
        for part, verdict in _BY_TEXT:
            if part in text:
                return Failure(verdict, code)
        return Failure(Verdict.REFUSED, code)
    return Failure(Verdict.NETWORK, code)
