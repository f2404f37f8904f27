"""A person with a phone: types, taps by label, sends files, and reads what stands on the screen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

from telegram import Update

if TYPE_CHECKING:
    from tests.support.house import House


class NoSuchButton(AssertionError):
    """The label is not on the screen; the text lists what is."""


class Talk:
    """One person's private chat with the bot. Every action returns when the bot has answered."""

    def __init__(self, house: "House", user_id: int) -> None:
        self.house = house
        self.user_id = user_id
        self.toast = ""
        self.last_updates: list[Update] = []

    # acting ----------------------------------------------------------------------------------------

    def type(self, text: str) -> Self:
        """Type a text or a command and send it."""
        self.house.standin.say(self.user_id, text)
        return self._answered()

    def start(self, payload: str = "") -> Self:
        """Press Start, perhaps through a deep link."""
        return self.type(f"/start {payload}".strip())

    def tap(self, label: str, *, message: dict[str, Any] | None = None) -> Self:
        """Tap the button with this label on the newest message that has it (or on the given one).

        "✓ B" is found as "✓ B" or "B". Raises NoSuchButton.
        """
        shown = message or self._with_button(label)
        data = self._data(shown, label)
        return self.tap_data(data, shown["message_id"])

    def tap_data(self, data: str, message_id: int | None = None) -> Self:
        """Send callback data as a (perhaps forged) tap on a message, by default the newest."""
        target = message_id or self.messages[-1]["message_id"]
        update_id = self.house.standin.tap(self.user_id, target, data)
        self._answered()
        tap = self.house.standin.toast(update_id)
        self.toast = tap.text if tap is not None else ""
        return self

    def send_file(
        self, name: str, data: bytes, mime: str = "application/octet-stream", caption: str = ""
    ) -> Self:
        """Send a document."""
        self.house.standin.send_document(self.user_id, name, data, mime, caption or None)
        return self._answered()

    def send_photo(self, data: bytes, caption: str = "") -> Self:
        """Send one photo."""
        self.house.standin.send_photo(self.user_id, data, caption or None)
        return self._answered()

    def send_album(
        self, items: Sequence[tuple[str, bytes]], caption: str = "", *, photos: bool = True
    ) -> Self:
        """Send several photos (or documents) at once."""
        self.house.standin.album(self.user_id, items, caption or None, photos=photos)
        return self._answered()

    def _answered(self) -> Self:
        self.toast = ""
        self.last_updates = self.house.deliver()
        return self

    # reading ---------------------------------------------------------------------------------------

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What the bot has written here, oldest first."""
        return self.house.standin.from_bot(self.user_id)

    @property
    def text(self) -> str:
        """The newest message of the bot as seen."""
        if not self.messages:
            return ""
        newest = self.messages[-1]
        return str(newest.get("text") or newest.get("caption") or "")

    @property
    def labels(self) -> list[str]:
        """The labels on the newest message."""
        return [b["text"] for b in _buttons(self.messages[-1])] if self.messages else []

    def data_of(self, label: str) -> str:
        """The callback data behind a label."""
        return self._data(self._with_button(label), label)

    def _with_button(self, label: str) -> dict[str, Any]:
        for message in reversed(self.messages):
            if any(_is(b, label) for b in _buttons(message)):
                return message
        raise NoSuchButton(f"no button {label!r}; there are {self.labels} under: {self.text[:300]}")

    def _data(self, message: dict[str, Any], label: str) -> str:
        for button in _buttons(message):
            if _is(button, label) and "callback_data" in button:
                return str(button["callback_data"])
        raise NoSuchButton(f"no button {label!r} on that message")


def _buttons(message: dict[str, Any]) -> list[dict[str, Any]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def _is(button: dict[str, Any], label: str) -> bool:
    text = str(button["text"])
    return text == label or text.removeprefix("✓ ") == label
