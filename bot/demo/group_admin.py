"""What the chat page lets people do to a group: the bot in or out, muted, an admin; the group migrated."""

from bot.demo.records import Group
from bot.demo.standin import StandIn
from bot.demo.wire import Json

NOT_NOW = "Grup ini tidak dalam keadaan untuk itu."


def standing(standin: StandIn, group: Group) -> Json:
    """How the bot stands in a group, and which actions make sense."""
    chat = standin.chats[group.chat_id]
    actions = []
    if not group.has_bot:
        actions.append("masukkan")
    else:
        actions.append("keluarkan")
        if group.bot_status != "administrator":
            actions.append("admin")
        actions.append("bisukan" if group.bot_may_write else "suarakan")
        if chat.type == "group":
            actions.append("supergrup")
    return {"status": group.bot_status, "actions": actions}


def manage(standin: StandIn, chat_id: int, by: int, action: str) -> int:
    """Carry out one action; the id of the chat afterwards. Raises ValueError with a sentence."""
    group, chat = standin.groups[chat_id], standin.chats[chat_id]
    if action not in standing(standin, group)["actions"]:
        raise ValueError(NOT_NOW)
    match action:
        case "masukkan":
            standin.add_bot(chat_id, by)
        case "keluarkan":
            standin.remove_bot(chat_id, by)
        case "admin":
            standin.let_write(chat_id, True)
            standin.promote_bot(chat_id, by)
        case "bisukan" if chat.type == "supergroup":
            standin.mute_bot(chat_id, by)
        case "bisukan":  # a small group mutes everybody or nobody
            standin.unmute_bot(chat_id, by)
            standin.let_write(chat_id, False)
        case "suarakan":
            standin.let_write(chat_id, True)
            if group.bot_status == "restricted":
                standin.unmute_bot(chat_id, by)
        case "supergrup":
            return standin.migrate(chat_id)
    return chat_id
