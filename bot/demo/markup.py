"""Keyboards under messages, checked as Telegram checks them."""

from typing import Any

from bot.demo.entities import clean
from bot.demo.wire import ApiError, Json, Params, bad_request

MAX_BUTTONS = 100
MAX_IN_A_ROW = 8
MAX_CALLBACK_BYTES = 64
MAX_COPY_TEXT = 256


def inline_keyboard(params: Params) -> Json | None:
    """The `reply_markup` of a call as the message will carry it; None when there is nothing to show.

    Buttons without text and empty rows are dropped, a ninth button in a row goes below, a keyboard of more
    than a hundred is refused. Reply keyboards do not exist here, so asking for one is refused.
    """
    markup = params.json("reply_markup", "reply keyboard markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "keyboard" in markup:
        raise ApiError(400, "Bad Request: reply keyboards are not available here")
    rows = markup.get("inline_keyboard")
    if rows is None:
        return None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    kept = [[made for button in row if (made := _button(button))] for row in rows]
    shown = [part for row in kept for part in _rows_of(row)]
    if sum(map(len, shown)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": shown} if shown else None


def _rows_of(row: list[Json]) -> list[list[Json]]:
    """Telegram shows at most eight buttons in a row; the rest continues below."""
    return [row[start : start + MAX_IN_A_ROW] for start in range(0, len(row), MAX_IN_A_ROW)]


def _button(button: Any) -> Json | None:
    prefix = "can't parse inline keyboard button: "
    if not isinstance(button, dict):
        raise bad_request(f"{prefix}InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(f'{prefix}Field "text" must be of type String')
    text = clean(text).strip()
    made: Json
    if url := button.get("url"):
        made = {"text": text, "url": _checked_url(str(url))}
    elif data := button.get("callback_data"):
        if len(str(data).encode(errors="surrogatepass")) > MAX_CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        made = {"text": text, "callback_data": str(data)}
    elif copy := button.get("copy_text"):
        value = copy.get("text") if isinstance(copy, dict) else None
        if not isinstance(value, str) or not 1 <= len(value) <= MAX_COPY_TEXT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        made = {"text": text, "copy_text": {"text": value}}
    elif "switch_inline_query" in button or "switch_inline_query_current_chat" in button:
        made = {**button, "text": text}
    elif button.get("callback_data") == "":
        raise bad_request("BUTTON_DATA_INVALID")
    else:
        raise bad_request(f"{prefix}Text buttons are unallowed in the inline keyboard")
    return made if text else None


def _checked_url(url: str) -> str:
    if url.startswith(("https://", "http://", "tg://")) and " " not in url:
        return url
    if "://" not in url and "." in url and " " not in url:
        return f"http://{url}"
    raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
