"""Linking a chat to a unit: who may, what it replaces, and ending it. One chat a unit, one unit a chat."""

from datetime import timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col, delete, select, update

from flows import audit, outbox, policy, routes
from flows.errors import Missing, NotAllowed, Outdated
from flows.groups import standing
from flows.groups.service import linked, of_chat
from flows.groups.texts import private as texts
from flows.models import GroupClaim, GroupPlace, GroupTopic, LinkedGroup, Outbox, Unit
from flows.turn import Turn

CLAIM_KEPT = timedelta(days=1)
MAX_TITLE = 128
MAX_UNITS = 30


def units_of(turn: Turn) -> list[Unit]:
    """The units whose group the actor sets, in the order in which they joined."""
    found: list[Unit] = []
    ids = dict.fromkeys(m.unit_id for m in turn.actor.memberships if m.unit_id is not None)
    for unit_id in list(ids)[:MAX_UNITS]:
        unit = turn.session.get(Unit, unit_id)
        if unit is not None and unit.archived_at is None and policy.can(turn.actor, "group", unit):
            found.append(unit)
    return found


def owned(turn: Turn, group_id: int, revision: int | None = None) -> tuple[LinkedGroup, Unit]:
    """A link that the actor may change, locked. Raises Missing, NotAllowed, Outdated."""
    group = turn.session.exec(
        select(LinkedGroup)
        .where(LinkedGroup.id == group_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    unit = turn.session.get(Unit, group.unit_id) if group is not None else None
    if group is None or unit is None or not turn.actor.roles_in(unit):
        raise Missing(texts.GONE, next=routes.HOME())
    policy.require(turn.actor, "group", unit)
    if revision is not None and group.revision != revision:
        raise Outdated(texts.OUTDATED, next=routes.GROUP_OF(group.unit_id))
    return group, unit


# claims: the proof that somebody is in a chat --------------------------------------------------------


def claim(turn: Turn) -> int:
    """Note that the actor typed /tautkan in this chat; the id of the claim."""
    session, me = turn.session, turn.actor.person_id
    session.execute(delete(GroupClaim).where(col(GroupClaim.at) < turn.now - CLAIM_KEPT))
    values = {"title": turn.event.chat_title[:MAX_TITLE], "at": turn.now}
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    session.execute(
        insert(GroupClaim)
        .values(chat_id=turn.event.chat_id, person_id=me, **values)
        .on_conflict_do_update(index_elements=["chat_id", "person_id"], set_=values)
    )
    found = session.exec(
        select(GroupClaim.id).where(GroupClaim.chat_id == turn.event.chat_id, GroupClaim.person_id == me)
    ).one()
    assert found is not None
    return found


def claimed(turn: Turn, claim_id: int) -> GroupClaim:
    """The actor's own claim. Raises Missing for another's, an old one, and for strangers."""
    found = turn.session.get(GroupClaim, claim_id)
    me = turn.actor.person
    if found is None or me is None or found.person_id != me.id or found.at < turn.now - CLAIM_KEPT:
        raise Missing(texts.CLAIM_GONE, next=routes.HOME())
    return found


def may_take(turn: Turn, chat_id: int, unit: Unit) -> LinkedGroup | None:
    """The link that the chat has already, to this unit or another of the actor's. Raises NotAllowed."""
    policy.require(turn.actor, "group", unit)
    here = of_chat(turn.session, chat_id)
    if here is not None and here.unit_id != unit.id:
        other = turn.session.get(Unit, here.unit_id)
        # A unit that was archived holds no chat any more.
        if other is not None and other.archived_at is None and not policy.can(turn.actor, "group", other):
            raise NotAllowed(texts.TAKEN)
    return here


# doing -----------------------------------------------------------------------------------------------


def link(turn: Turn, unit: Unit, chat_id: int, title: str) -> LinkedGroup:
    """Link the chat to the unit; earlier links of both end. Raises NotAllowed, Outdated."""
    session = turn.session
    here = may_take(turn, chat_id, unit)
    if here is not None and here.unit_id == unit.id:
        here.title = title[:MAX_TITLE] or here.title
        standing.wake(session, here, turn.now)
        return here
    assert unit.id is not None
    for old in (here, linked(session, unit.id)):
        if old is not None:
            end(turn, old, tell_group=old.chat_id != chat_id)
    session.flush()
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    made = LinkedGroup(
        unit_id=unit.id,
        chat_id=chat_id,
        title=title[:MAX_TITLE],
        linked_by=turn.actor.person_id,
        linked_at=turn.now,
        board_at=turn.now,
    )
    # Two people may link at once: the second finds the row of the first, whichever of the two is taken.
    added = session.execute(
        insert(LinkedGroup)
        .values(made.model_dump(exclude={"id"}))
        .on_conflict_do_nothing()
        .returning(col(LinkedGroup.id))
    ).first()
    if added is None:
        raise Outdated(texts.OUTDATED)
    audit.record(turn, "group.link", str(added[0]), unit_id=unit.id)
    group = session.get_one(LinkedGroup, added[0])
    standing.tell(session, group, standing.LINKED, turn.now)
    return group


def end(turn: Turn, group: LinkedGroup, *, tell_group: bool = True) -> None:
    """End a link: nothing more goes there. The scoreboard says that it is not kept up any more."""
    session = turn.session
    assert group.id is not None
    session.execute(
        update(Outbox)
        .where(col(Outbox.chat_id) == group.chat_id, col(Outbox.state) == "waiting",
               col(Outbox.key).like("grup.%"))
        .values(state="dropped")
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    key = f"grup.usai:{group.id}:{turn.now:%Y%m%d%H%M%S}"
    messages = []
    if group.board_message_id is not None:
        messages.append(
            outbox.Message(f"{key}:papan", group.chat_id, text=texts.BOARD_ENDED,
                           edit_message_id=group.board_message_id)
        )  # fmt: skip
    if tell_group:
        messages.append(outbox.Message(key, group.chat_id, text=texts.GROUP_ENDED))
    outbox.add(session, messages, turn.now)
    for table in (GroupPlace, GroupTopic):
        session.execute(delete(table).where(col(table.group_id) == group.id))
    session.delete(group)
    audit.record(turn, "group.unlink", str(group.id), unit_id=group.unit_id)
