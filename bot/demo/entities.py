"""Text as Telegram stores it: trimmed, measured in UTF-16, with links and commands found in it."""

import re
from typing import Any

Entity = dict[str, Any]

_CONTROL = {code: " " for code in range(32) if code != 10} | {13: None}
_FOUND = re.compile(
    r"(?P<url>(?:https?://|(?<![\w@./-])(?:t\.me|telegram\.me)/)[^\s<>\"]+"
    r"|(?<![\w@./-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:id|com|org|net|me|info|io)(?![\w@])(?:/[^\s<>\"]*)?)"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<bot_command>(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<![\w@])@[A-Za-z]\w{3,31}\b)"
    r"|(?P<hashtag>(?<!\w)\#\w*[^\W\d_]\w*)",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"\*\*(?P<bold>[^*\n]+)\*\*|(?<!\w)__(?P<italic>[^_\n]+)__(?!\w)|~~(?P<strikethrough>[^~\n]+)~~"
)
_HINT = re.compile(r"[/@#.]")
_ALONE = {"code", "pre", "text_link", "text_mention"}


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of Telegram's offsets and limits."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers."""
    if text.isascii():
        return text[offset : offset + length]
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def clean(text: str) -> str:
    """Replace control characters by spaces and drop carriage returns, as Telegram does on entry."""
    return text if text.isprintable() else text.translate(_CONTROL)


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Strip both ends and move the entities along; what becomes empty is dropped."""
    left = len(text) - len(text.lstrip())
    body = text.strip()
    if len(body) == len(text):
        return text, entities
    total = utf16_length(body)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - left, 0)
        end = min(entity["offset"] + entity["length"] - left, total)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return body, moved


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """Add the links, addresses, commands, mentions and hashtags that Telegram finds by itself."""
    if not _HINT.search(text):
        return entities
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in _ALONE]
    found = []
    for match in _FOUND.finditer(text):
        kind, value = str(match.lastgroup), match.group()
        if kind == "url":
            value = value.rstrip(".,;:!?'\"")
            if value.endswith(")") and "(" not in value:
                value = value.rstrip(")")
        start = utf16_length(text[: match.start()])
        end = start + utf16_length(value)
        if not any(start < stop and begin < end for begin, stop in taken):
            found.append({"type": kind, "offset": start, "length": end - start})
    if not found:
        return entities
    return sorted([*entities, *found], key=lambda entity: (entity["offset"], -entity["length"]))


def typed(text: str) -> tuple[str, list[Entity]]:
    """What Telegram's apps make of **tebal**, __miring__ and ~~coret~~ while it is typed."""
    plain, entities, at = "", [], 0
    for hit in _MARKED.finditer(text):
        plain += text[at : hit.start()]
        kind = str(hit.lastgroup)
        entities.append({"type": kind, "offset": utf16_length(plain), "length": utf16_length(hit[kind])})
        plain += hit[kind]
        at = hit.end()
    return plain + text[at:], entities


def chunks(text: str, limit: int) -> list[str]:
    """Cut a long text as Telegram's apps do before sending, at a line or space where there is one."""
    parts = []
    while utf16_length(text) > limit:
        cut = limit
        while utf16_length(text[:cut]) > limit:
            cut -= 1
        stop = max(text.rfind("\n", 0, cut), text.rfind(" ", 0, cut))
        cut = stop if stop > limit // 2 else cut
        parts.append(text[:cut].strip())
        text = text[cut:].strip()
    return [part for part in [*parts, text] if part]
