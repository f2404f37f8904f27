"""Forum topics of a linked group: which are known, and which area's news goes where."""

import re

from sqlmodel import col, select

from flows.groups.service import of_chat
from flows.models import GroupPlace, GroupTopic, LinkedGroup
from flows.turn import Turn
from knowledge.instrument import Area, Instrument

MAX_NAME = 128
ELSE = ""
"""The place of what belongs to no area: the weekly summary, the scoreboard, announcements to all."""

_AREA = re.compile(r"(?:area|pokja|kelompok)?\s*([1-6])")
_ELSE = frozenset({"umum", "lainnya", "rekap", "papan", "pengumuman", "ringkasan"})
_AWAY = re.compile(r"^(?:lepas|hapus|batal)\s+")


def heard(turn: Turn, chat_id: int, thread_id: int | None, name: str) -> None:
    """Remember a topic of a linked group by its name; a new name replaces the old one."""
    group = of_chat(turn.session, chat_id) if thread_id is not None and name else None
    if group is None or group.id is None or thread_id is None:
        return
    known = turn.session.get(GroupTopic, (group.id, thread_id))
    if known is None:
        turn.session.add(GroupTopic(group_id=group.id, thread_id=thread_id, name=name[:MAX_NAME]))
    elif known.name != name[:MAX_NAME]:
        known.name = name[:MAX_NAME]
        turn.session.add(known)


def known(turn: Turn, group: LinkedGroup) -> dict[int, str]:
    """The names of the topics that the bot has heard of, by thread, oldest first."""
    found = turn.session.exec(
        select(GroupTopic).where(GroupTopic.group_id == group.id).order_by(col(GroupTopic.thread_id))
    ).all()
    return {each.thread_id: each.name for each in found}


def places(turn: Turn, group: LinkedGroup) -> dict[str, int]:
    """The thread of each area that has one."""
    found = turn.session.exec(select(GroupPlace).where(GroupPlace.group_id == group.id)).all()
    return {each.area: each.thread_id for each in found}


def put(turn: Turn, group: LinkedGroup, area: str, thread_id: int | None) -> None:
    """Send an area's news to a topic from now on; None: to the general one."""
    assert group.id is not None
    place = turn.session.get(GroupPlace, (group.id, area))
    if thread_id is None:
        if place is not None:
            turn.session.delete(place)
        return
    if place is None:
        place = GroupPlace(group_id=group.id, area=area, thread_id=thread_id)
    place.thread_id, place.set_by = thread_id, turn.actor.person_id
    turn.session.add(place)


def read(text: str, instrument: Instrument) -> tuple[str, Area | None, bool] | None:
    """What /topik is told: the area ("" and None for everything else), and whether it leaves its topic.

    None for words that name neither.
    """
    said = " ".join(text.lower().split())
    away = _AWAY.match(said) is not None
    said = _AWAY.sub("", said)
    if said in _ELSE:
        return ELSE, None, away
    found = _AREA.fullmatch(said)
    if found is None:
        return None
    area = next((each for each in instrument.areas if each.no == int(found[1])), None)
    return (area.id, area, away) if area is not None else None
