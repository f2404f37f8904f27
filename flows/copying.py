"""Text ready to paste into another chat app: plain, without markup; one tap where Telegram allows it."""

import html
import re

from flows import fmt
from flows.routes import Action
from flows.screen import MAX_COPY, Button

COPY = "Salin teks"
_TAG = re.compile(r"<[^>]+>")


def plain(markup: str) -> str:
    """What a person sees of Telegram HTML."""
    return html.unescape(_TAG.sub("", markup))


def button(text: str, longer: Action | None, label: str = COPY) -> Button | None:
    """The button that copies a plain text; one too long for it leads to `longer`, where it can be copied."""
    if 0 < len(text.encode("utf-16-le")) // 2 <= MAX_COPY:
        return Button(label, copy=text)
    return Button(label, longer) if longer is not None and text else None


def block(text: str) -> str:
    """The text as a block that a tap copies. HTML."""
    return f"Siap tempel; ketuk teksnya untuk menyalin:\n<pre>{fmt.esc(text)}</pre>"
