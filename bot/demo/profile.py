"""Bot API methods about the bot itself, its commands, its chats and its files."""

import re
from typing import Any

from bot.demo.groups import bot_standing, member_json
from bot.demo.records import Chat
from bot.demo.sending import writable_chat
from bot.demo.standin import StandIn
from bot.demo.wire import Json, Params, bad_request

MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
MAX_COMMANDS = 100
_COMMAND = re.compile(r"^/?([a-z0-9_]{1,32})$")
_SCOPES = {
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
}


def get_me(standin: StandIn, params: Params) -> Json:
    return {
        **standin.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": not standin.privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def set_webhook(standin: StandIn, params: Params) -> bool:
    url = params.text("url")
    if url and not url.startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    hook = {"url": url, "secret_token": params.text("secret_token")}
    standin.put_profile("webhook", hook if url else None)
    remember_allowed(standin, params)
    standin.wake()  # a running getUpdates ends
    return _drop_pending(standin, params)


def delete_webhook(standin: StandIn, params: Params) -> bool:
    standin.put_profile("webhook", None)
    return _drop_pending(standin, params)


def _drop_pending(standin: StandIn, params: Params) -> bool:
    if params.flag("drop_pending_updates"):
        standin.confirm(max(standin.updates, default=0) + 1)
    return True


def remember_allowed(standin: StandIn, params: Params) -> None:
    """`allowed_updates` holds until another call brings a new list."""
    kinds = params.json("allowed_updates", "allowed_updates")
    if isinstance(kinds, list) and kinds != standin.profile.get("allowed_updates"):
        standin.put_profile("allowed_updates", [str(kind) for kind in kinds])


def get_webhook_info(standin: StandIn, params: Params) -> Json:
    hook = standin.profile.get("webhook") or {"url": ""}
    info = {"url": hook["url"], "has_custom_certificate": False, "pending_update_count": len(standin.updates)}
    allowed = standin.profile.get("allowed_updates")
    return {**info, **({"allowed_updates": allowed} if allowed else {})}


# Commands


def _scope_key(standin: StandIn, params: Params) -> str:
    scope = params.json("scope", "BotCommandScope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    parts = [str(scope["type"])]
    if parts[0].startswith("chat"):
        if not scope.get("chat_id"):
            raise bad_request("can't parse BotCommandScope: Empty chat_id specified")
        if int(scope["chat_id"]) not in standin.chats:
            raise bad_request("chat not found")
        parts.append(str(scope["chat_id"]))
    if parts[0] == "chat_member":
        parts.append(str(scope.get("user_id")))
    return commands_key(":".join(parts), params.text("language_code"))


def commands_key(scope: str, language: str) -> str:
    return f"commands/{scope}/{language}"


def set_my_commands(standin: StandIn, params: Params) -> bool:
    given = params.json("commands", "commands")
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    if len(given) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    key = _scope_key(standin, params)
    standin.put_profile(key, [_command(item) for item in given])
    standin.tell("commands", 0, None)
    return True


def _command(item: Any) -> Json:
    if not isinstance(item, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    match = _COMMAND.match(str(item.get("command", "")))
    if match is None:
        raise bad_request("BOT_COMMAND_INVALID")
    description = str(item.get("description", "")).strip()
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": match.group(1), "description": description}


def get_my_commands(standin: StandIn, params: Params) -> list[Json]:
    commands: list[Json] = standin.profile.get(_scope_key(standin, params)) or []
    return commands


def delete_my_commands(standin: StandIn, params: Params) -> bool:
    standin.put_profile(_scope_key(standin, params), None)
    standin.tell("commands", 0, None)
    return True


def commands_for(standin: StandIn, user_id: int, chat_id: int | None = None) -> list[Json]:
    """The commands a person sees in a chat: narrowest scope first, own language before all."""
    language = standin.users[user_id].language_code if user_id in standin.users else ""
    scopes: tuple[str, ...] = (f"chat:{user_id}", "all_private_chats", "default")
    if chat_id is not None and chat_id != user_id:
        scopes = (f"chat_member:{chat_id}:{user_id}", f"chat:{chat_id}", "all_group_chats", "default")
    for scope in scopes:
        for code in dict.fromkeys((language, "")):
            commands: list[Json] | None = standin.profile.get(commands_key(scope, code))
            if commands:
                return commands
    return []


# Descriptions and the menu button


def _texts(field: str, limit: int) -> tuple[Any, Any]:
    def put(standin: StandIn, params: Params) -> bool:
        if len(params.text(field)) > limit:
            raise bad_request(f"{field} is too long")
        standin.put_profile(f"{field}/{params.text('language_code')}", params.text(field))
        return True

    def get(standin: StandIn, params: Params) -> Json:
        own = standin.profile.get(f"{field}/{params.text('language_code')}")
        return {field: own or standin.profile.get(f"{field}/") or ""}

    return put, get


set_my_description, get_my_description = _texts("description", 512)
set_my_short_description, get_my_short_description = _texts("short_description", 120)


def set_my_name(standin: StandIn, params: Params) -> bool:
    if len(params.text("name")) > 64:
        raise bad_request("name is too long")
    standin.put_profile("name", params.text("name"))
    return True


def get_my_name(standin: StandIn, params: Params) -> Json:
    return {"name": standin.profile.get("name") or standin.bot_name}


def set_chat_menu_button(standin: StandIn, params: Params) -> bool:
    button = params.json("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in {"default", "commands", "web_app"}:
        raise bad_request("can't parse menu button: MenuButton has unsupported type")
    standin.put_profile(f"menu/{params.text('chat_id')}", button)
    return True


def get_chat_menu_button(standin: StandIn, params: Params) -> Json:
    own = standin.profile.get(f"menu/{params.text('chat_id')}") or standin.profile.get("menu/")
    button: Json = own or {"type": "default"}
    return {"type": "commands"} if button["type"] == "default" else button


# Chats and files


def get_chat(standin: StandIn, params: Params) -> Json:
    chat = standin.chats.get(params.integer("chat_id"))
    if chat is None:
        raise bad_request("chat not found")
    answer = {**chat.as_json(), "accent_color_id": chat.id % 7, "max_reaction_count": 11}
    answer["accepted_gift_types"] = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
        False,
    )
    if chat.pinned and (pinned := standin.talks[chat.id].get(chat.pinned[-1])):
        answer["pinned_message"] = pinned
    return answer


def get_chat_member(standin: StandIn, params: Params) -> Json:
    chat = writable_chat(standin, params)
    user_id = params.integer("user_id")
    if user_id == standin.bot_id:
        group = standin.groups.get(chat.id)
        return bot_standing(standin.bot, group) if group is not None else member_json(standin.bot, "member")
    if user_id not in _people_in(standin, chat):
        raise bad_request("member not found")
    return {"user": standin.users[user_id].as_json(), "status": "member"}


def get_chat_member_count(standin: StandIn, params: Params) -> int:
    return len(_people_in(standin, writable_chat(standin, params))) + 1


def _people_in(standin: StandIn, chat: Chat) -> list[int]:
    group = standin.groups.get(chat.id)
    return list(group.members) if group is not None else [chat.id]


def leave_chat(standin: StandIn, params: Params) -> bool:
    chat = writable_chat(standin, params)
    group = standin.groups.get(chat.id)
    if group is None:
        raise bad_request("chat member status can't be changed in private chats")
    group.bot_status = "left"
    standin.put_group(group)
    standin.new_message(chat.id, standin.bot, {"left_chat_member": standin.bot})
    return True


def get_file(standin: StandIn, params: Params) -> Json:
    if not params.text("file_id"):
        raise bad_request("file_id not specified")
    stored = standin.files.get(params.text("file_id"))
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size_bytes > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    known = {"file_id": stored.file_id, "file_unique_id": stored.unique_id, "file_size": stored.size_bytes}
    return {**known, "file_path": stored.path}
