"""Inline mode as people use it: typing the bot's name and a question in any chat, and choosing a result."""

import time

from bot.demo.groups import Groups
from bot.demo.records import Asked
from bot.demo.wire import Json

MAX_QUERY = 256


class Asking(Groups):
    """Inline queries and what becomes of them."""

    def inline(self, user_id: int, query: str, chat_id: int | None = None, offset: str = "") -> int:
        """Type a query after the bot's name; the answer is the update id, to be read with `answer_to`.

        An answer that Telegram would still hold is taken again: then the bot is not asked, and the update id
        is that of the first time. Raises KeyError for somebody who is not in the chat.
        """
        place = user_id if chat_id is None else chat_id
        query = query[:MAX_QUERY]
        with self.store.writing():
            self.require_member(place, user_id)
            held = self._held(user_id, query, offset)
            if held is not None:
                return held.update_id
            asked = Asked(
                str(self.next_id("asked", 5_000_000_001)), user_id, place, query, offset, time.time()
            )
            body: Json = {
                "id": asked.id,
                "from": self.users[user_id].as_json(),
                "query": query,
                "offset": offset,
                "chat_type": "sender" if place == user_id else self.chats[place].type,
            }
            asked.update_id = self.push_update("inline_query", body)
            self.put_asked(asked)
        self.wake()
        return asked.update_id

    def _held(self, user_id: int, query: str, offset: str) -> Asked | None:
        now = time.time()
        for each in reversed(self.asked.values()):
            same = each.query == query and each.offset == offset
            if same and each.answered and now < each.until and (not each.personal or each.user_id == user_id):
                return each
        return None

    def answer_to(self, update_id: int) -> Asked | None:
        """The inline query of this update with its results; None while the bot has not answered."""
        with self.lock:
            return next((e for e in self.asked.values() if e.update_id == update_id and e.answered), None)

    def choose(
        self,
        user_id: int,
        update_id: int,
        result_id: str,
        *,
        chat_id: int | None = None,
        thread_id: int | None = None,
        client_id: str | None = None,
    ) -> Json:
        """Post a result into a chat as this person; the answer is the message.

        Raises KeyError for an unknown result, and for somebody who is not in the chat or topic.
        """
        place = user_id if chat_id is None else chat_id
        with self.store.writing():
            if client_id is not None and client_id in self.sent:
                return self.talks[place][self.sent[client_id]]
            self.require_member(place, user_id, thread_id)
            asked = self.answer_to(update_id)
            found = [each for each in asked.results if each["id"] == result_id] if asked else []
            if not found:
                raise KeyError(result_id)
            content = {**found[0]["content"], "via_bot": self.bot}
            message = self.new_message(place, self.users[user_id].as_json(), content, None, thread_id)
            self._hand_over("message", message)
            if client_id is not None:
                self.remember_sent(client_id, message["message_id"])
        self.wake()
        return message
