"""What the chat page shows, as JSON: people, one chat, the clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.demo.control import Control
from bot.demo.profile import commands_for
from bot.demo.standin import StandIn
from bot.demo.wire import Json

PAGE_OF_MESSAGES = 80


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
            }
        )
    return shown


def clock(control: Control) -> Json:
    """The demo's time, and how far its zone is from UTC: the page counts on from there by itself."""
    now = control.now().astimezone(control.zone)
    return {"now": now.isoformat(), "zone": control.zone.key, "zone_label": zone_label(control.zone, now)}


def zone_label(zone: ZoneInfo, at: datetime) -> str:
    return at.astimezone(zone).strftime("%Z")


def chat(standin: StandIn, user_id: int, before: int | None) -> Json:
    """The newest messages of a chat, or those before a message; `more` says whether older ones exist."""
    everything = standin.messages(user_id)
    if before is not None:
        everything = [message for message in everything if message["message_id"] < before]
    shown = everything[-PAGE_OF_MESSAGES:]
    known = standin.chats.get(user_id)
    pinned_id = known.pinned[-1] if known and known.pinned else None
    user = standin.users.get(user_id)
    return {
        "messages": shown,
        "more": len(everything) > len(shown),
        "pinned": standin.talks.get(user_id, {}).get(pinned_id) if pinned_id else None,
        "commands": commands_for(standin, user_id),
        "read_id": user.read_id if user else 0,
        "seq": standin.seq,
    }
