"""What the chat page shows, as JSON: people, one chat, the clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.demo.control import Control
from bot.demo.group_admin import standing
from bot.demo.profile import commands_for
from bot.demo.records import Asked
from bot.demo.standin import StandIn
from bot.demo.wire import Json

PAGE_OF_MESSAGES = 80
GENERAL = "Umum"
"""The topic of a forum's messages that stand in no other."""


def state(standin: StandIn, control: Control) -> Json:
    """Everything around the open chat."""
    described = standin.profile.get("description/id") or standin.profile.get("description/") or ""
    return {
        "bot": {
            "id": standin.bot_id,
            "name": standin.profile.get("name") or standin.bot_name,
            "username": standin.bot_username,
            "description": described,
        },
        "people": people(standin, control),
        "clock": clock(control),
        "epoch": standin.epoch,
        "seq": standin.seq,
    }


def people(standin: StandIn, control: Control) -> list[Json]:
    shown = []
    for person in control.people():
        known = person.user_id in standin.users
        last = standin.last(person.user_id) if known else None
        shown.append(
            {
                "id": person.user_id,
                "name": person.name,
                "role": person.role_label,
                "note": person.note,
                "unread": standin.unread(person.user_id) if known else 0,
                "last": last,
                "groups": groups(standin, person.user_id) if known else [],
            }
        )
    return shown


def groups(standin: StandIn, user_id: int) -> list[Json]:
    """The groups in a person's list of chats; `topics` is empty for one that is no forum."""
    shown = []
    for group in standin.groups_of(user_id):
        chat = standin.chats[group.chat_id]
        topics = [{"id": thread_id, "name": name} for thread_id, name in group.topics.items()]
        shown.append(
            {
                "id": group.chat_id,
                "title": chat.title,
                "topics": [{"id": 0, "name": GENERAL}, *topics] if chat.is_forum else [],
                "people": len(group.members),
                "bot": standing(standin, group),
                "unread": standin.unread_in(group.chat_id, user_id),
                "last": standin.last(group.chat_id),
            }
        )
    return shown


def clock(control: Control) -> Json:
    """The demo's time, and how far its zone is from UTC: the page counts on from there by itself."""
    now = control.now().astimezone(control.zone)
    return {"now": now.isoformat(), "zone": control.zone.key, "zone_label": zone_label(control.zone, now)}


def zone_label(zone: ZoneInfo, at: datetime) -> str:
    return at.astimezone(zone).strftime("%Z")


def chat(
    standin: StandIn, user_id: int, before: int | None, chat_id: int | None = None, thread_id: int = 0
) -> Json:
    """The newest messages of a chat, or those before a message; `more` says whether older ones exist.

    Of a forum only one topic is shown. Raises KeyError for a group that this person is not in.
    """
    place = user_id if chat_id is None else chat_id
    known = standin.chats.get(place)
    everything = standin.messages(place)
    if place != user_id:
        standin.require_member(place, user_id)
    if known and known.is_forum:
        everything = [message for message in everything if topic_of(message) == thread_id]
    if before is not None:
        everything = [message for message in everything if message["message_id"] < before]
    shown = everything[-PAGE_OF_MESSAGES:]
    pinned = [standin.talks.get(place, {}).get(message_id) for message_id in known.pinned] if known else []
    if known and known.is_forum:  # every topic has its own
        pinned = [message for message in pinned if message and topic_of(message) == thread_id]
    user = standin.users.get(user_id)
    read_id = standin.groups[place].members[user_id] if place != user_id else user.read_id if user else 0
    return {
        "messages": shown,
        "more": len(everything) > len(shown),
        "pinned": pinned[-1] if pinned else None,
        "commands": commands_for(standin, user_id, place),
        "read_id": read_id,
        "seq": standin.seq,
    }


def topic_of(message: Json) -> int:
    """The topic a message of a forum stands in; 0 for the general one."""
    return int(message["message_thread_id"]) if message.get("is_topic_message") else 0


def inline(asked: Asked) -> Json:
    """An answered inline query as cards to choose from."""
    cards = [{name: result[name] for name in ("id", "title", "description")} for result in asked.results]
    return {"update_id": asked.update_id, "results": cards, "button": asked.button}
