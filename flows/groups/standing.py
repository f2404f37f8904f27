"""How the bot stands in a linked group: moved, removed, muted, back again; and telling the coordinators."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, delete, select, update

from flows import outbox, routes
from flows.groups.service import ACTIVE, MUTED, REMOVED
from flows.models import (
    ChatPace,
    ChatState,
    Draft,
    GroupClaim,
    GroupPlace,
    GroupTopic,
    LinkedGroup,
    Membership,
    Outbox,
    Person,
)
from flows.people import active

LINKED, GONE, SILENT, UNPINNED = "taut", "pergi", "bisu", "sematan"
TOLD = {REMOVED: GONE, MUTED: SILENT}
TRY_AGAIN = timedelta(days=1)
"""How long a muted group is left alone: no update says that its members may write again."""
PREFIX = "papan:"
_UNSENT = ("waiting", "leased")

Problem = Literal["", "removed", "muted"]


def slot_of(group_id: int) -> str:
    """The slot of a group's scoreboard."""
    return f"{PREFIX}{group_id}"


# telling ---------------------------------------------------------------------------------------------


def tell(session: Session, group: LinkedGroup, what: str, now: datetime) -> None:
    """Tell the unit's coordinators in private, once for each change."""
    assert group.id is not None
    outbox.add(
        session,
        [
            outbox.Message(
                key=f"grup.info:{group.id}:{what}:{group.changes}:{person_id}",
                chat_id=telegram_id,
                person_id=person_id,
                action=routes.GROUP_TOLD(group.id, what, group.changes),
            )
            for person_id, telegram_id in _coordinators(session, group.unit_id, now)
        ],
        now,
    )


def _coordinators(session: Session, unit_id: int, now: datetime) -> Iterable[tuple[int, int]]:
    found = session.exec(
        select(Person.id, Person.telegram_id)
        .where(
            Membership.person_id == Person.id,
            Membership.unit_id == unit_id,
            Membership.role == "koordinator",
            active(now),
            col(Person.telegram_id).is_not(None),
            col(Person.unreachable_at).is_(None),
            col(Person.deleted_at).is_(None),
        )
        .distinct()
    ).all()
    return [(person, account) for person, account in found if person is not None and account is not None]


# changes ---------------------------------------------------------------------------------------------


def locked(session: Session, chat_id: int) -> LinkedGroup | None:
    """The link of a chat, held until the end of the transaction and as it is now."""
    return session.exec(
        select(LinkedGroup)
        .where(LinkedGroup.chat_id == chat_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def sleep(session: Session, group: LinkedGroup, state: str, now: datetime) -> None:
    """Nothing is sent there until it wakes; the coordinators are told once. Sleeping twice is once."""
    if group.state == state:
        return
    group.state, group.changes = state, group.changes + 1
    # What is put up when it wakes is a message of its own: sending it proves that the bot may write.
    new_board(session, group, now)
    group.board_at = now + TRY_AGAIN
    session.add(group)
    session.flush()
    tell(session, group, TOLD[state], now)


def wake(session: Session, group: LinkedGroup, now: datetime) -> None:
    """The bot may write there again."""
    if group.state != ACTIVE:
        group.state, group.changes = ACTIVE, group.changes + 1
        group.board_at = now
    session.add(group)


def may_pin_now(session: Session, group: LinkedGroup, now: datetime) -> None:
    """The bot's rights have grown: a scoreboard that could not be pinned is put up again."""
    if group.board and not group.board_pinned and group.board_message_id is not None:
        new_board(session, group, now)
    group.board_told = False
    session.add(group)


def new_board(session: Session, group: LinkedGroup, now: datetime) -> None:
    """Let the next scoreboard be a message of its own; the old one is not edited any more."""
    assert group.id is not None
    session.execute(
        update(Outbox)
        .where(col(Outbox.slot) == slot_of(group.id), col(Outbox.state).not_in(_UNSENT))
        .values(slot=None)
        .execution_options(synchronize_session=False)
    )
    group.board_message_id, group.board_pinned, group.board_told = None, False, False
    group.board_day, group.board_at = None, now
    session.add(group)


def moved(session: Session, old_id: int, new_id: int, now: datetime) -> None:
    """The group has become a supergroup under another id: all that is kept under the old one moves along.

    Topics and message ids do not: a supergroup begins without the one, and numbers the other anew. Telegram
    tells it several times, in both chats and by refusals; from the second time on nothing is left to do.
    """
    if old_id == new_id:
        return
    group, there = locked(session, old_id), locked(session, new_id)
    if group is not None and there is not None:  # somebody was quicker and linked the new chat
        for table in (GroupPlace, GroupTopic):
            session.execute(delete(table).where(col(table.group_id) == group.id))
        session.delete(group)
    elif group is not None:
        new_board(session, group, now)
        group.chat_id = new_id
        wake(session, group, now)
        for table in (GroupPlace, GroupTopic):
            session.execute(delete(table).where(col(table.group_id) == group.id))
    session.flush()
    session.execute(
        update(Outbox)
        .where(col(Outbox.chat_id) == old_id, col(Outbox.state).in_(_UNSENT))
        .values(chat_id=new_id, thread_id=None, message_id=None, reply_to=None)
        .execution_options(synchronize_session=False)
    )
    _move_pace(session, old_id, new_id)
    for kept in (ChatState, Draft):
        taken = select(kept.telegram_id).where(kept.chat_id == new_id)
        session.execute(
            update(kept)
            .where(col(kept.chat_id) == old_id, col(kept.telegram_id).not_in(taken))
            .values(chat_id=new_id)
            .execution_options(synchronize_session=False)
        )
    known = select(GroupClaim.person_id).where(GroupClaim.chat_id == new_id)
    session.execute(
        update(GroupClaim)
        .where(col(GroupClaim.chat_id) == old_id, col(GroupClaim.person_id).not_in(known))
        .values(chat_id=new_id)
        .execution_options(synchronize_session=False)
    )


def _move_pace(session: Session, old_id: int, new_id: int) -> None:
    """By statements, since two tellers may be at it at once."""
    pace = session.exec(select(ChatPace).where(ChatPace.chat_id == old_id)).first()
    if pace is None:
        return
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    new = insert(ChatPace).values(chat_id=new_id, next_at=pace.next_at, limited_at=pace.limited_at)
    session.execute(new.on_conflict_do_nothing(index_elements=["chat_id"]))
    session.expunge(pace)
    session.execute(
        delete(ChatPace).where(col(ChatPace.chat_id) == old_id).execution_options(synchronize_session=False)
    )


# what sending has taught -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message to a group, queued or direct.

    `fresh`: it was sent, not edited. `moved_to` is the chat's new id. `pinned` is None when pinning was not
    tried, False when it was refused.
    `topic_lost`: the topic is closed or gone, and the message went into the general one.
    """

    chat_id: int
    slot: str | None = None
    message_id: int | None = None
    fresh: bool = True
    problem: Problem = ""
    moved_to: int | None = None
    pinned: bool | None = None
    topic_lost: int | None = None


def delivered(session: Session, what: Delivery, now: datetime) -> None:
    """Learn from a message that was sent, or was refused."""
    if what.moved_to is not None:
        moved(session, what.chat_id, what.moved_to, now)
    group = locked(session, what.moved_to or what.chat_id)
    if group is None:
        return
    if what.problem:
        sleep(session, group, REMOVED if what.problem == "removed" else MUTED, now)
        return
    if what.message_id is None:
        return
    if group.state != ACTIVE and what.fresh:
        wake(session, group, now)
    if what.topic_lost is not None:
        _forget_topic(session, group, what.topic_lost)
    if what.slot == slot_of(group.id or 0):
        _board_sent(session, group, what, now)


def _forget_topic(session: Session, group: LinkedGroup, thread_id: int) -> None:
    for table in (GroupPlace, GroupTopic):
        session.execute(
            delete(table).where(col(table.group_id) == group.id, col(table.thread_id) == thread_id)
        )


def _board_sent(session: Session, group: LinkedGroup, what: Delivery, now: datetime) -> None:
    if what.message_id != group.board_message_id:
        group.board_message_id, group.board_pinned = what.message_id, bool(what.pinned)
    elif what.pinned:
        group.board_pinned = True
    session.add(group)
    if what.pinned is False and not group.board_told:
        group.board_told = True
        group.changes += 1
        session.flush()
        tell(session, group, UNPINNED, now)
