"""What people have formatted in Telegram, as the few tags that we send again. Pure.

Bold, italic, underline, strike-through and web links are kept; everything else is plain text, escaped.
"""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from telegram import MessageEntity

_TAGS = {
    MessageEntity.BOLD: "b",
    MessageEntity.ITALIC: "i",
    MessageEntity.UNDERLINE: "u",
    MessageEntity.STRIKETHROUGH: "s",
    MessageEntity.TEXT_LINK: "a",
}
MAX_URL = 500


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    open: str
    close: str


def safe_html(text: str, entities: Sequence[MessageEntity], skip: int = 0) -> str:
    """The text from its `skip`-th character on as Telegram HTML; "" when nothing of it is formatted.

    Spans are counted in UTF-16 units, as Telegram counts; one that crosses another's end is cut in two.
    """
    units = text.encode("utf-16-le")
    first = len(text[:skip].encode("utf-16-le")) // 2
    last = len(units) // 2
    spans = [span for e in entities if (span := _span(e, first, last)) is not None]
    if not spans:
        return ""
    edges = sorted({first, last, *(s.start for s in spans), *(s.end for s in spans)})
    if any(0xDC <= units[2 * edge + 1] <= 0xDF for edge in edges if edge < last):
        return ""  # within a character: nobody who counts as Telegram does would say so
    made: list[str] = []
    open_now: list[_Span] = []
    for start, end in pairwise(edges):
        wanted = sorted((s for s in spans if s.start <= start < s.end), key=lambda s: (s.start, -s.end))
        kept = _common(open_now, wanted)
        made += [s.close for s in reversed(open_now[kept:])]
        made += [s.open for s in wanted[kept:]]
        open_now = wanted
        made.append(html.escape(units[2 * start : 2 * end].decode("utf-16-le", "ignore"), quote=False))
    made += [s.close for s in reversed(open_now)]
    return "".join(made).strip()


def _span(entity: MessageEntity, first: int, last: int) -> _Span | None:
    tag = _TAGS.get(entity.type)
    start, end = max(entity.offset, first), min(entity.offset + entity.length, last)
    if tag is None or start >= end:
        return None
    if tag != "a":
        return _Span(start, end, f"<{tag}>", f"</{tag}>")
    url = entity.url or ""
    parts = urlsplit(url) if len(url) <= MAX_URL else None
    if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        return None
    return _Span(start, end, f'<a href="{html.escape(url)}">', "</a>")


def _common(one: Sequence[_Span], other: Iterable[_Span]) -> int:
    count = 0
    for a, b in zip(one, other, strict=False):
        if a is not b:
            break
        count += 1
    return count
