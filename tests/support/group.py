"""A group with the bot in it: its people speak and tap there, and read what the bot says."""

from typing import Any

from tests.support.house import House
from tests.support.talk import Talk

FORUM, PLAIN = -1_001_700_000_001, -500


class Group:
    """One group of the stand-in. Every action returns when the bot has answered."""

    def __init__(
        self,
        house: House,
        members: list[Talk],
        *,
        topics: tuple[str, ...] = (),
        chat_id: int = 0,
        title: str = "Grup ZI (contoh)",
    ) -> None:
        self.house = house
        self.id = chat_id or (FORUM if topics else PLAIN)
        people = [talk.user_id for talk in members]
        house.standin.add_group(self.id, title, people, forum=bool(topics))
        self.topics = {name: house.standin.add_topic(self.id, name) for name in topics}
        house.deliver()
        self._begin = len(self.messages)

    def say(self, who: Talk, text: str, *, topic: str = "", reply_to: dict[str, Any] | None = None) -> int:
        """Write into the group; the answer is the update id, 0 when the bot is not told."""
        update_id = self.house.standin.say(
            who.user_id,
            text,
            chat_id=self.id,
            thread_id=self.topics.get(topic),
            reply_to=reply_to["message_id"] if reply_to else None,
        )
        self.house.deliver()
        return update_id

    def tap(self, who: Talk, data: str, message: dict[str, Any] | None = None) -> str:
        """Tap with (perhaps forged) data on a message of the bot, by default the newest; the toast."""
        target = (message or self.messages[-1])["message_id"]
        update_id = self.house.standin.tap(who.user_id, target, data, chat_id=self.id)
        self.house.deliver()
        tap = self.house.standin.toast(update_id)
        return tap.text if tap is not None else ""

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What the bot has written here, oldest first."""
        return [m for m in self.house.standin.from_bot(self.id) if "text" in m or "caption" in m]

    @property
    def answers(self) -> list[dict[str, Any]]:
        """What the bot has written since its greeting."""
        return self.messages[self._begin :]

    @property
    def text(self) -> str:
        """The newest message of the bot as seen."""
        return str(self.messages[-1].get("text") or self.messages[-1].get("caption") or "")

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """The buttons under the newest message of the bot."""
        rows = self.messages[-1].get("reply_markup", {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]
