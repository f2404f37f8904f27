"""Inline queries: cards for any chat, straight from the library. No database, nothing about a person."""

import asyncio

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot import log
from bot.errors import classify
from bot.inbound import clean
from flows.faq import brief, texts
from flows.faq.brief import Card
from knowledge.library import Library

CACHE_SECONDS = 300
"""How long Telegram may give the same answer to everybody; the answers change only with a new version."""

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def answer(bot: Bot, query: InlineQuery, library: Library) -> None:
    """Offer the nearest topics, and the way into the private chat. Never raises."""
    try:
        cards = await asyncio.to_thread(brief.cards, library, clean(query.query))
        start = cards[0].payload if cards and query.query.strip() else brief.ASK_PAYLOAD
        await bot.answer_inline_query(
            query.id,
            [_result(card, bot.username) for card in cards],
            cache_time=CACHE_SECONDS,
            is_personal=False,
            button=InlineQueryResultsButton(texts.OPEN_PRIVATE, start_parameter=start),
        )
    except TelegramError as exc:
        log.get().info("inline_refused", error=classify(exc).code)
    except Exception as exc:
        log.get().error("inline_failed", error=type(exc).__name__)


def _result(card: Card, bot_username: str) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=card.id,
        title=card.title,
        description=card.description,
        input_message_content=InputTextMessageContent(
            card.text, parse_mode=ParseMode.HTML, link_preview_options=_NO_PREVIEW
        ),
        reply_markup=InlineKeyboardMarkup.from_button(
            InlineKeyboardButton(texts.OPEN_WHOLE, url=brief.url(bot_username, card.payload))
        ),
    )
