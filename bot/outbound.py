"""Reply -> Telegram calls: the only place that renders and sends."""

import asyncio
import html
import re
from dataclasses import dataclass, replace

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.errors import Failure, Verdict, classify
from bot.inbound import STAYS
from flows import fmt, media
from flows.events import Event
from flows.screen import MAX_CAPTION, Media, Reply, Screen

MAX_TOAST = 200
_TAG = re.compile(r"<[^>]+>")
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def visible(text: str) -> str:
    """What a person sees of Telegram HTML."""
    return html.unescape(_TAG.sub("", text))


def length(text: str) -> int:
    """The visible length as Telegram counts it (UTF-16 units)."""
    return len(visible(text).encode("utf-16-le")) // 2


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a sending: the message id, or the failure."""

    message_id: int | None = None
    failure: Failure | None = None


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    """The screen's buttons as an inline keyboard."""
    if not screen.rows:
        return None
    mark = STAYS if screen.keep else ""
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(b.label, url=b.url)
                if b.action is None
                else InlineKeyboardButton(b.label, callback_data=mark + b.action.pack())
                for b in row
            ]
            for row in screen.rows
        ]
    )


class Outbound:
    """Sends through one bot. Counts direct replies, so that queued sending can yield to them."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._direct = 0

    def take_direct_count(self) -> int:
        """How many direct messages went out since last asked."""
        count, self._direct = self._direct, 0
        return count

    async def reply(self, event: Event, reply: Reply) -> Sent:
        """Answer the person who acted: edit the tapped message, or send a new one; toast for taps."""
        self._direct += 1
        if event.kind != "tap":
            return (
                await self.send(event.chat_id, _with_notice(reply, reply.toast)) if reply.screen else Sent()
            )
        toast, above = (reply.toast, "") if len(reply.toast) <= MAX_TOAST else ("", reply.toast)
        answered = self._answer(event.callback_id, toast or reply.notice[:MAX_TOAST])
        if reply.screen is None:
            return await answered
        screen = _with_notice(reply, above)
        shown = (
            self.send(event.chat_id, screen)
            if event.below
            else self.edit(event.chat_id, event.message_id, screen)
        )
        _, sent = await asyncio.gather(answered, shown)
        return sent

    async def send(self, chat_id: int, screen: Screen) -> Sent:
        """Send a screen as a new message. Never raises."""
        try:
            if screen.media is not None:
                return await self._send_media(chat_id, screen, screen.media)
            message = await self._bot.send_message(
                chat_id,
                screen.text,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(screen),
                link_preview_options=_NO_PREVIEW,
            )
            return Sent(message.message_id)
        except TelegramError as exc:
            return Sent(failure=classify(exc))

    async def edit(self, chat_id: int, message_id: int | None, screen: Screen) -> Sent:
        """Put a screen in place of a message; send it anew where that cannot be. Never raises."""
        if message_id is None or screen.media is not None:
            return await self.send(chat_id, screen)
        try:
            await self._bot.edit_message_text(
                screen.text,
                chat_id=chat_id,
                message_id=message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(screen),
                link_preview_options=_NO_PREVIEW,
            )
            return Sent(message_id)
        except TelegramError as exc:
            failure = classify(exc)
        if failure.verdict is Verdict.UNCHANGED:
            return Sent(message_id)
        if failure.verdict is Verdict.GONE:
            return await self.send(chat_id, screen)
        return Sent(failure=failure)

    async def _answer(self, callback_id: str | None, toast: str) -> Sent:
        if callback_id is None:
            return Sent()
        try:
            await self._bot.answer_callback_query(callback_id, text=toast or None)
        except TelegramError as exc:
            return Sent(failure=classify(exc))
        return Sent()

    async def _send_media(self, chat_id: int, screen: Screen, item: Media) -> Sent:
        data = await asyncio.to_thread(media.draw, item.kind, item.values)
        fits = length(screen.text) <= MAX_CAPTION
        caption = screen.text if fits else None
        markup = keyboard(screen) if fits else None
        file = InputFile(data, filename=item.name)
        if item.form == "photo":
            message = await self._bot.send_photo(
                chat_id, file, caption=caption, parse_mode=ParseMode.HTML, reply_markup=markup
            )
        else:
            message = await self._bot.send_document(
                chat_id, file, caption=caption, parse_mode=ParseMode.HTML, reply_markup=markup
            )
        if fits:
            return Sent(message.message_id)
        return await self.send(chat_id, replace(screen, media=None))


def _with_notice(reply: Reply, toast: str) -> Screen:
    screen = reply.screen or Screen("")
    above = "\n\n".join(fmt.esc(part) for part in (reply.notice, toast) if part)
    if not above:
        return screen
    return replace(screen, text=f"{above}\n\n{screen.text}")
