"""The Bot API method that answers an inline query, with Telegram's limits."""

import re
import time
from typing import Any

from bot.demo.entities import utf16_length
from bot.demo.markup import inline_keyboard
from bot.demo.sending import formatted_text
from bot.demo.standin import MAX_TEXT, StandIn
from bot.demo.wire import Json, Params, bad_request

MAX_RESULTS = 50
MAX_ID_BYTES = 64
DEFAULT_CACHE_SECONDS = 300
_START = re.compile(r"[A-Za-z0-9_-]{1,64}")


def answer_inline_query(standin: StandIn, params: Params) -> bool:
    """Keep the results for the one who asked. Only articles are known here."""
    asked = standin.asked.get(params.text("inline_query_id"))
    if asked is None or time.time() - asked.issued_at > standin.callback_seconds:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    results = params.json("results", "inline query results")
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results: Expected an Array")
    if len(results) > MAX_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    made = [_result(result) for result in results]
    if len({result["id"] for result in made}) < len(made):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(params.text("next_offset").encode()) > MAX_ID_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    asked.button = _button(params)
    asked.results, asked.next_offset = made, params.text("next_offset")
    asked.personal = params.flag("is_personal")
    asked.until = time.time() + max(0, params.integer("cache_time", DEFAULT_CACHE_SECONDS))
    asked.answered = True
    standin.put_asked(asked)
    standin.tell("inline", asked.chat_id, {"update_id": asked.update_id})
    return True


def _result(result: Any) -> Json:
    if not isinstance(result, dict):
        raise bad_request("can't parse inline query result: expected an Object")
    if result.get("type") != "article":
        raise bad_request(
            f'can\'t parse inline query result: type "{result.get("type")}" is not available here'
        )
    result_id, title = str(result.get("id") or ""), str(result.get("title") or "").strip()
    if not 1 <= len(result_id.encode()) <= MAX_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if not title:
        raise bad_request("ARTICLE_TITLE_EMPTY")
    known = {"id": result_id, "title": title, "description": str(result.get("description") or "")}
    return {**known, "content": _content(result)}


def _content(result: Json) -> Json:
    given = result.get("input_message_content")
    if not isinstance(given, dict) or not given.get("message_text"):
        raise bad_request("MESSAGE_TEXT_EMPTY")
    text, entities = formatted_text(
        str(given["message_text"]), str(given.get("parse_mode") or ""), given.get("entities")
    )
    if not text:
        raise bad_request("MESSAGE_TEXT_EMPTY")
    if utf16_length(text) > MAX_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    content: Json = {"text": text, **({"entities": entities} if entities else {})}
    keyboard = inline_keyboard(Params({"reply_markup": result.get("reply_markup")}))
    return {**content, **({"reply_markup": keyboard} if keyboard else {})}


def _button(params: Params) -> Json | None:
    """The button above the results, which leads into the private chat."""
    button = params.json("button", "InlineQueryResultsButton")
    if button is None:
        return None
    text = str(button.get("text") or "").strip() if isinstance(button, dict) else ""
    if not text:
        raise bad_request("can't parse InlineQueryResultsButton: text is empty")
    start = str(button.get("start_parameter") or "")
    if not _START.fullmatch(start):
        raise bad_request("START_PARAM_INVALID")
    return {"text": text, "start_parameter": start}
