"""Chats of several people: who is in them, their topics, and what of the talk a bot is told."""

from bot.demo.chats import Chats
from bot.demo.entities import utf16_slice
from bot.demo.records import BotStatus, Chat, Group
from bot.demo.wire import Json

SUPERGROUP_BELOW = -1_000_000_000_000
GREEN = 9367192


class Groups(Chats):
    """The groups the bot is or was in. The methods below are what people do there."""

    # making and changing

    def add_group(self, chat_id: int, title: str, members: list[int], forum: bool = False) -> Chat:
        """Make a group of known people and the bot; the first of them brings the bot in.

        A forum, and an id below -10^12, make a supergroup. A group known already gets the new title and
        people and keeps everything else. Raises KeyError for a stranger, ValueError for an id above -1.
        """
        if chat_id >= 0:
            raise ValueError("the id of a group is below zero")
        with self.store.writing():
            people = {user_id: self.users[user_id] for user_id in members}
            group = self.groups.get(chat_id)
            if group is not None:
                chat = self.chats[chat_id]
                chat.title = title
                group.members |= {each: 0 for each in people if each not in group.members}
            else:
                kind = "supergroup" if forum or chat_id < SUPERGROUP_BELOW else "group"
                chat = Chat(chat_id, kind, title=title, is_forum=forum or None)  # type: ignore[arg-type]
                group = Group(chat_id, dict.fromkeys(people, 0), bot_status="left")
            self.put_chat(chat)
            self.put_group(group)
            if not group.has_bot and members:
                self._set_bot(group, members[0], "member")
        self.wake()
        return chat

    def add_topic(self, chat_id: int, name: str, by: int | None = None) -> int:
        """Open a topic; the answer is its message_thread_id. Raises ValueError where none can be."""
        if not self.chats[chat_id].is_forum:
            raise ValueError("only a forum has topics")
        with self.store.writing():
            group = self.groups[chat_id]
            maker = self.users[by if by is not None else next(iter(group.members))]
            made = {"forum_topic_created": {"name": name, "icon_color": GREEN}}
            message = self.new_message(chat_id, maker.as_json(), made)
            thread_id: int = message["message_id"]
            message |= {"message_thread_id": thread_id, "is_topic_message": True}
            self.put_message(message, edited=True)
            group.topics[thread_id] = name
            self.put_group(group)
            self.tell("group", chat_id, None)
            self._hand_over("message", message)
        self.wake()
        return thread_id

    def join(self, chat_id: int, user_id: int, by: int | None = None) -> int:
        """Somebody comes into the group, brought by another or by a link."""
        with self.store.writing():
            group, person = self.groups[chat_id], self.users[user_id].as_json()
            group.members[user_id] = self.counters.get("message", 0)
            self.put_group(group)
            came = {"new_chat_members": [person]}
            sender = self.users[by].as_json() if by is not None else person
            update_id = self._hand_over("message", self.new_message(chat_id, sender, came))
            self.tell("group", chat_id, None)
        self.wake()
        return update_id

    def leave(self, chat_id: int, user_id: int) -> int:
        """Somebody goes. Raises KeyError for somebody who is not there."""
        with self.store.writing():
            group, person = self.groups[chat_id], self.users[user_id].as_json()
            del group.members[user_id]
            self.put_group(group)
            went = self.new_message(chat_id, person, {"left_chat_member": person})
            update_id = self._hand_over("message", went)
            self.tell("group", chat_id, None)
        self.wake()
        return update_id

    def add_bot(self, chat_id: int, by: int) -> int:
        """Bring the bot into a group that it left or was removed from."""
        return self._bot_moved(chat_id, by, "member")

    def remove_bot(self, chat_id: int, by: int) -> int:
        """Remove the bot; sending to this group is refused from now on."""
        return self._bot_moved(chat_id, by, "kicked")

    def promote_bot(self, chat_id: int, by: int, *, pins: bool = True) -> int:
        """Make the bot an admin of the group, who may pin or not."""
        with self.store.writing():
            self.groups[chat_id].bot_pins = pins
        return self._bot_moved(chat_id, by, "administrator")

    def mute_bot(self, chat_id: int, by: int) -> int:
        """Take from the bot alone what members may do. Raises ValueError where only all can be muted."""
        if self.chats[chat_id].type != "supergroup":
            raise ValueError("only a supergroup restricts one member")
        return self._bot_moved(chat_id, by, "restricted")

    def unmute_bot(self, chat_id: int, by: int) -> int:
        """Let the bot do what members may do: restricted no more, and no admin either."""
        return self._bot_moved(chat_id, by, "member")

    def let_write(self, chat_id: int, on: bool) -> None:
        """Whether members may write. Bots are not told of it, they only meet the refusal."""
        with self.store.writing():
            group = self.groups[chat_id]
            group.may_write = on
            self.put_group(group)
            self.tell("group", chat_id, None)

    def close_topic(self, chat_id: int, thread_id: int, by: int) -> None:
        """Close a topic: only admins write there from now on."""
        with self.store.writing():
            group = self.groups[chat_id]
            group.closed.append(thread_id)
            self.put_group(group)
            line: Json = {"forum_topic_closed": {}}
            message = self.new_message(chat_id, self.users[by].as_json(), line, thread_id=thread_id)
            self._hand_over("message", message)
        self.wake()

    def rename_topic(self, chat_id: int, thread_id: int, name: str, by: int) -> None:
        """Give a topic another name."""
        with self.store.writing():
            group = self.groups[chat_id]
            group.topics[thread_id] = name
            self.put_group(group)
            line = {"forum_topic_edited": {"name": name}}
            message = self.new_message(chat_id, self.users[by].as_json(), line, thread_id=thread_id)
            self.tell("group", chat_id, None)
            self._hand_over("message", message)
        self.wake()

    def migrate(self, chat_id: int) -> int:
        """Let a group become a supergroup, as Telegram does by itself. The answer is its new id."""
        with self.store.writing():
            old, group = self.chats[chat_id], self.groups[chat_id]
            if old.type != "group" or group.moved_to:
                raise ValueError("only a group can become a supergroup")
            new_id = group.moved_to = SUPERGROUP_BELOW + chat_id
            self.put_group(group)
            self.put_chat(Chat(new_id, "supergroup", title=old.title))
            self.put_group(
                Group(
                    new_id,
                    dict(group.members),
                    bot_status=group.bot_status,
                    may_write=group.may_write,
                    bot_pins=group.bot_pins,
                )
            )
            owner = self.users[next(iter(group.members))].as_json()
            going, coming = {"migrate_to_chat_id": new_id}, {"migrate_from_chat_id": chat_id}
            self._hand_over("message", self.new_message(chat_id, owner, going))
            self._hand_over("message", self.new_message(new_id, owner, coming))
            self.tell("group", new_id, None)
        self.wake()
        return new_id

    @property
    def privacy(self) -> bool:
        """Whether in groups the bot is told only what is meant for it. On, as @BotFather sets it at first."""
        return bool(self.profile.get("privacy", True))

    def set_privacy(self, on: bool) -> None:
        with self.store.writing():
            self.put_profile("privacy", on)

    # asking

    def groups_of(self, user_id: int) -> list[Group]:
        """The groups this person is in, without those that moved."""
        with self.lock:
            return [each for each in self.groups.values() if user_id in each.members and not each.moved_to]

    def unread_in(self, chat_id: int, user_id: int) -> int:
        """How many messages of others this member has not looked at on the page."""
        seen = self.groups[chat_id].members[user_id]
        return sum(m["message_id"] > seen and m["from"]["id"] != user_id for m in self.messages(chat_id))

    def require_member(self, chat_id: int, user_id: int, thread_id: int | None = None) -> None:
        """Raises KeyError when this person cannot write in this chat or topic."""
        if user_id not in self.users or (chat_id != user_id and user_id not in self.groups[chat_id].members):
            raise KeyError(user_id)
        if thread_id is not None and (chat_id == user_id or thread_id not in self.groups[chat_id].topics):
            raise KeyError(thread_id)

    # inside

    def _hand_over(self, kind: str, message: Json) -> int:
        """Queue a message for the bot; 0 when it is not told, because in a group it was not meant."""
        group = self.groups.get(message["chat"]["id"])
        if group is not None and not (group.has_bot and self._meant(message)):
            return 0
        return self.push_update(kind, message)

    def _meant(self, message: Json) -> bool:
        """Telegram's privacy mode, for a group in which this is the only bot."""
        text = message.get("text") or message.get("caption")
        if not self.privacy or (text is None and not {"photo", "document"} & message.keys()):
            return True
        answered = message.get("reply_to_message", {})
        for said in (message, answered):
            if said.get("via_bot", {}).get("id") == self.bot_id:
                return True
        if answered.get("from", {}).get("id") == self.bot_id:
            return True
        found = message.get("entities") or message.get("caption_entities") or []
        return any(self._names_bot(str(text), entity) for entity in found)

    def _names_bot(self, text: str, entity: Json) -> bool:
        word = utf16_slice(text, entity["offset"], entity["length"]).lower()
        own = f"@{self.bot_username}".lower()
        if entity["type"] == "mention":
            return word == own
        return entity["type"] == "bot_command" and ("@" not in word or word.endswith(own))

    def _bot_moved(self, chat_id: int, by: int, status: BotStatus) -> int:
        with self.store.writing():
            update_id = self._set_bot(self.groups[chat_id], by, status)
        self.wake()
        return update_id

    def _set_bot(self, group: Group, by: int, status: BotStatus) -> int:
        """The bot comes or goes: its own update, and the line that members see."""
        person, old, was = self.users[by].as_json(), bot_standing(self.bot, group), group.has_bot
        group.bot_status = status
        self.put_group(group)
        update_id = self.push_update(
            "my_chat_member",
            {
                "chat": self.chats[group.chat_id].as_json(),
                "from": person,
                "date": self.today(),
                "old_chat_member": old,
                "new_chat_member": bot_standing(self.bot, group),
            },
        )
        self.tell("group", group.chat_id, None)
        if was != group.has_bot:
            line = {"new_chat_members": [self.bot]} if group.has_bot else {"left_chat_member": self.bot}
            self._hand_over("message", self.new_message(group.chat_id, person, line))
        return update_id


_MAY_SEND = (
    *("messages", "audios", "documents", "photos", "videos"),
    *("video_notes", "voice_notes", "polls", "other_messages"),
)
_ADMIN = (
    *("manage_chat", "delete_messages", "manage_video_chats", "restrict_members", "promote_members"),
    *("change_info", "invite_users", "post_stories", "edit_stories", "delete_stories", "manage_topics"),
)
_OTHERS = ("change_info", "invite_users", "pin_messages", "manage_topics", "edit_tag", "react_to_messages")


def bot_standing(bot: Json, group: Group) -> Json:
    """A ChatMember of the bot as it stands in the group."""
    return member_json(bot, group.bot_status, pins=group.bot_pins)


def member_json(bot: Json, status: BotStatus, *, pins: bool = False) -> Json:
    """A ChatMember of the bot with everything that Telegram gives for this status."""
    known: Json = {"user": bot, "status": status}
    match status:
        case "kicked":
            return {**known, "until_date": 0}
        case "administrator":
            rights = {f"can_{name}": False for name in _ADMIN} | {"can_manage_chat": True}
            return {
                **known,
                **rights,
                "can_pin_messages": pins,
                "can_be_edited": False,
                "is_anonymous": False,
            }
        case "restricted":
            sending = {f"can_send_{name}": False for name in _MAY_SEND}
            others = (*_OTHERS, "add_web_page_previews")
            rest = {f"can_{name}": False for name in others}
            return {**known, **sending, **rest, "is_member": True, "until_date": 0}
        case _:
            return known
