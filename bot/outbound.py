"""Reply -> Telegram calls: the only place that renders and sends."""

import asyncio
import html
import io
import re
from dataclasses import dataclass, replace
from typing import Any, Self

from PIL import Image
from telegram import (
    Bot,
    InputFile,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot import log
from bot.errors import Failure, Verdict, classify
from bot.inbound import STAYS
from flows import fmt, media
from flows.events import Event
from flows.evidence import store_view
from flows.ports import FileDamaged, FileUnavailable, Store, StoreUnreachable
from flows.screen import MAX_CAPTION, SENT, Button, Media, Reply, Screen

MAX_TOAST = 200
MAX_SIDES = 10_000
STORE_AWAY = StoreUnreachable.__name__
"""The code of a failure that is the store's, not Telegram's."""
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
    """What became of a sending: the message id, or the failure.

    `moved_to`: the group has this id now. `topic_lost`: that topic took nothing any more, so the message went
    into the general one. `pinned`: None when that was not tried, False when the bot may not.
    """

    message_id: int | None = None
    failure: Failure | None = None
    moved_to: int | None = None
    topic_lost: int | None = None
    pinned: bool | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a chat a message goes: into a topic, and as a reply to which message."""

    thread_id: int | None = None
    reply_to: int | None = None

    @classmethod
    def of(cls, event: Event) -> Self:
        """Where the answer to a message goes: in a group beside the question, in private just below."""
        return cls() if event.private else cls(event.thread_id, event.message_id)

    def reply(self) -> ReplyParameters | None:
        """As the call takes it; a question that is gone by then is answered all the same."""
        if self.reply_to is None:
            return None
        return ReplyParameters(self.reply_to, allow_sending_without_reply=True)


IN_CHAT = Place()


def keyboard(screen: Screen) -> dict[str, Any]:
    """The screen's buttons as further arguments of a call: an inline keyboard, or nothing without any.

    As the Bot API takes it, not as the library's objects: those are made only to be turned into this.
    """
    if not screen.rows:
        return {}
    mark = STAYS if screen.keep else ""
    return {"reply_markup": {"inline_keyboard": [[_button(b, mark) for b in row] for row in screen.rows]}}


def _button(button: Button, mark: str) -> dict[str, Any]:
    if button.action is not None:
        return {"text": button.label, "callback_data": mark + button.action.pack()}
    if button.copy:
        return {"text": button.label, "copy_text": {"text": button.copy}}
    return {"text": button.label, "url": button.url}


class Outbound:
    """Sends through one bot. Counts direct replies, so that queued sending can yield to them."""

    def __init__(self, bot: Bot, store: Store) -> None:
        self._bot = bot
        self._store = store
        self._direct = 0

    def take_direct_count(self) -> int:
        """How many direct messages went out since last asked."""
        count, self._direct = self._direct, 0
        return count

    async def reply(self, event: Event, reply: Reply) -> Sent:
        """Answer the person who acted: edit the tapped message, or send a new one; toast for taps.

        A file that cannot be had now is not waited for: the screen comes without it, and says so.
        """
        self._direct += 1
        sent = await self._reply(event, reply)
        if sent.failure is None or sent.failure.code != STORE_AWAY or reply.screen is None:
            return sent
        bare = replace(reply.screen, media=None)
        return await self.send(event.chat_id, _with_notice(Reply(bare), store_view.AWAY), Place.of(event))

    async def _reply(self, event: Event, reply: Reply) -> Sent:
        if event.kind != "tap":
            if reply.screen is None:
                return Sent()
            return await self.send(event.chat_id, _with_notice(reply, reply.toast), Place.of(event))
        toast, above = (reply.toast, "") if len(reply.toast) <= MAX_TOAST else ("", reply.toast)
        answered = self._answer(event.callback_id, toast or reply.notice[:MAX_TOAST])
        if reply.screen is None:
            return await answered
        screen = _with_notice(reply, above)
        place = Place(event.thread_id)
        shown = (
            self.send(event.chat_id, screen, place)
            if event.below and not screen.in_place
            else self.edit(event.chat_id, event.message_id, screen, place)
        )
        _, sent = await asyncio.gather(answered, shown)
        return sent

    async def send(self, chat_id: int, screen: Screen, place: Place = IN_CHAT) -> Sent:
        """Send a screen as a new message. Never raises."""
        moved_to = topic_lost = None
        try:
            return await self._send(chat_id, screen, place)
        except ChatMigrated as exc:  # the group has another id now, and no topics yet
            chat_id, place, moved_to = exc.new_chat_id, IN_CHAT, exc.new_chat_id
        except (TelegramError, StoreUnreachable) as exc:
            failure = classify(exc)
            if failure.verdict is not Verdict.NO_TOPIC:
                return Sent(failure=failure)
            place, topic_lost = IN_CHAT, place.thread_id
        try:
            sent = await self._send(chat_id, screen, place)
        except TelegramError as exc:
            sent = Sent(failure=classify(exc))
        return replace(sent, moved_to=moved_to, topic_lost=topic_lost)

    async def _send(self, chat_id: int, screen: Screen, place: Place) -> Sent:
        if screen.media is not None:
            return await self._send_media(chat_id, screen, screen.media, place)
        message = await self._bot.send_message(
            chat_id,
            screen.text,
            parse_mode=ParseMode.HTML,
            api_kwargs=keyboard(screen),
            link_preview_options=_NO_PREVIEW,
            message_thread_id=place.thread_id,
            reply_parameters=place.reply(),
        )
        return Sent(message.message_id)

    async def edit(
        self, chat_id: int, message_id: int | None, screen: Screen, place: Place = IN_CHAT
    ) -> Sent:
        """Put a screen in place of a message; send it anew where that cannot be. Never raises."""
        own_file = screen.in_place and screen.media is not None and screen.media.kind == SENT
        if message_id is None or (screen.media is not None and not own_file):
            return await self.send(chat_id, screen, place)
        try:
            if own_file and length(screen.text) <= MAX_CAPTION:
                await self._bot.edit_message_caption(
                    chat_id,
                    message_id,
                    caption=screen.text,
                    parse_mode=ParseMode.HTML,
                    api_kwargs=keyboard(screen),
                )
            else:
                await self._bot.edit_message_text(
                    screen.text,
                    chat_id=chat_id,
                    message_id=message_id,
                    parse_mode=ParseMode.HTML,
                    api_kwargs=keyboard(screen),
                    link_preview_options=_NO_PREVIEW,
                )
            return Sent(message_id)
        except TelegramError as exc:
            failure = classify(exc)
        if failure.verdict is Verdict.UNCHANGED:
            return Sent(message_id)
        if failure.verdict is Verdict.GONE:
            return await self.send(chat_id, screen, place)
        return Sent(failure=failure)

    async def pin(self, chat_id: int, sent: Sent) -> Sent:
        """Pin a message that was just sent, silently; whether it worked is noted. Never raises."""
        if sent.message_id is None:
            return sent
        try:
            await self._bot.pin_chat_message(
                sent.moved_to or chat_id, sent.message_id, disable_notification=True
            )
        except TelegramError as exc:
            failure = classify(exc)
            log.get().info("not_pinned", error=failure.code)
            return replace(sent, pinned=False if failure.verdict is Verdict.REFUSED else None)
        return replace(sent, pinned=True)

    async def _answer(self, callback_id: str | None, toast: str) -> Sent:
        if callback_id is None:
            return Sent()
        try:
            await self._bot.answer_callback_query(callback_id, text=toast or None)
        except TelegramError as exc:
            return Sent(failure=classify(exc))
        return Sent()

    def _bytes_of(self, item: Media) -> bytes:
        """Drawn, or read from the store. Raises FileUnavailable, FileDamaged, StoreUnreachable."""
        if item.kind == store_view.KIND:
            return self._store.get(str(item.values[0]))
        return media.draw(item.kind, item.values)

    async def _send_media(self, chat_id: int, screen: Screen, item: Media, place: Place) -> Sent:
        if item.kind == SENT:
            try:
                return await self._send_file(
                    chat_id, screen, str(item.values[0]), item.form == "photo", place
                )
            except BadRequest as exc:
                if classify(exc).verdict is not Verdict.REFUSED:
                    raise
                log.get().error("sent_file_lost", error=type(exc).__name__)
                return await self._send(
                    chat_id, _with_notice(Reply(replace(screen, media=None)), media.LOST), place
                )
        try:
            data = await asyncio.to_thread(self._bytes_of, item)
        except (FileUnavailable, FileDamaged) as exc:
            log.get().error("stored_file_lost", error=type(exc).__name__)
            return await self._send(
                chat_id, _with_notice(Reply(replace(screen, media=None)), store_view.LOST), place
            )
        photo = item.form == "photo" and await asyncio.to_thread(_is_photo, data)
        return await self._send_file(chat_id, screen, InputFile(data, filename=item.name), photo, place)

    async def _send_file(
        self, chat_id: int, screen: Screen, file: InputFile | str, photo: bool, place: Place
    ) -> Sent:
        """The file with the text as its caption; what does not fit there follows with the buttons."""
        fits = length(screen.text) <= MAX_CAPTION
        caption = screen.text if fits else None
        markup = keyboard(screen) if fits else {}
        if photo:
            message = await self._bot.send_photo(
                chat_id,
                file,
                caption=caption,
                parse_mode=ParseMode.HTML,
                api_kwargs=markup,
                message_thread_id=place.thread_id,
                reply_parameters=place.reply(),
            )
        else:
            message = await self._bot.send_document(
                chat_id,
                file,
                caption=caption,
                parse_mode=ParseMode.HTML,
                api_kwargs=markup,
                message_thread_id=place.thread_id,
                reply_parameters=place.reply(),
            )
        if fits:
            return Sent(message.message_id)
        return await self._send(chat_id, replace(screen, media=None), place)


def _is_photo(data: bytes) -> bool:
    """Whether Telegram takes it as a photo: long strips and huge pictures go as documents."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return False
    return width + height <= MAX_SIDES and max(width, height) <= 20 * min(width, height)


def _with_notice(reply: Reply, toast: str) -> Screen:
    screen = reply.screen or Screen("")
    above = "\n\n".join(fmt.esc(part) for part in (reply.notice, toast) if part)
    if not above:
        return screen
    return replace(screen, text=f"{above}\n\n{screen.text}")
