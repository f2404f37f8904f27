"""Telegram's HTML, read as its server reads it: text, entities counted in UTF-16, the same complaints."""

import re
from dataclasses import dataclass
from typing import Any

from bot.demo.entities import Entity, utf16_length
from bot.demo.wire import ApiError, bad_request

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_TAGS = {*_KINDS, "a", "tg-emoji"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_SPECIAL = re.compile(r"[<&]")
_SPACE = " \t\r\n\0\x0b"
_LINK = re.compile(
    r"(?i)^(?:https?://|tg://|ton://)?[^\s/?#]+\.[^\s/?#.]{2,}(?:[/?#]\S*)?$|^(?:tg|ton)://\S+$"
)
_MENTION = re.compile(r"(?i)^tg://user\?id=(\d+)$")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    position: int


def parse(source: str) -> tuple[str, list[Entity]]:
    """Read HTML into text and entities, outer before inner; raises ApiError in Telegram's wording."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out: list[str] = []
        self.length = 0
        self.stack: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        source, end = self.source, len(self.source)
        while self.at < end:
            char = source[self.at]
            if char == "<":
                if source[self.at + 1 : self.at + 2] == "/":
                    self._close_tag()
                else:
                    self._open_tag()
            elif char == "&" and (decoded := _reference(source, self.at)):
                self._emit(decoded[0])
                self.at = decoded[1]
            else:
                start = self.at
                special = _SPECIAL.search(source, start + 1)
                self.at = special.start() if special else end
                self._emit(source[start : self.at])
        if self.stack:
            raise self._error(f'Can\'t find end tag corresponding to start tag "{self.stack[-1].tag}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.out), self.entities

    def _emit(self, text: str) -> None:
        self.out.append(text)
        self.length += utf16_length(text)

    def _error(self, reason: str, at: int | None = None) -> ApiError:
        place = (
            "" if at is None else f" at byte offset {len(self.source[:at].encode(errors='surrogatepass'))}"
        )
        return bad_request(f"can't parse entities: {reason}{place}")

    def _skip(self, stop: str) -> str:
        """Move to the first character in `stop` or to the end; answer what was passed."""
        start = self.at
        while self.at < len(self.source) and self.source[self.at] not in stop:
            self.at += 1
        return self.source[start : self.at]

    def _skip_space(self) -> None:
        while self.at < len(self.source) and self.source[self.at] in _SPACE:
            self.at += 1

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _open_tag(self) -> None:
        begin = self.at
        self.at += 1
        tag = self._skip(_SPACE + ">").lower()
        if not self._peek():
            raise self._error("Unclosed start tag", begin)
        if tag not in _TAGS:
            raise bad_request(
                f'can\'t parse entities: Unsupported start tag "{tag}" at byte offset '
                f"{len(self.source[:begin].encode(errors='surrogatepass'))}"
            )
        argument = ""
        while self._peek() != ">":
            self._skip_space()
            if self._peek() == ">":
                break
            argument = self._attribute(tag, begin) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise self._error('Tag "span" must have class "tg-spoiler"', begin)
        self.stack.append(_Open(tag, argument, self.length, len(self.out)))

    def _attribute(self, tag: str, begin: int) -> str:
        name = self._skip(_SPACE + "=>/\"'")
        if not name:
            raise self._error(f'Empty attribute name in the tag "{tag}"', begin)
        self._skip_space()
        if not self._peek():
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        if self._peek() != "=":
            return "expandable" if (tag, name) == ("blockquote", "expandable") else ""
        self.at += 1
        self._skip_space()
        if not self._peek():
            raise self._error(f'Unclosed start tag "{tag}"', begin)
        value = self._quoted() if self._peek() in "'\"" else self._token()
        if not self._peek():
            raise self._error("Unclosed start tag", begin)
        return _argument(tag, name, value)

    def _token(self) -> str:
        start = self.at
        while (char := self._peek()) and ((char.isascii() and char.isalnum()) or char in ".-"):
            self.at += 1
        if self._peek() and self._peek() not in _SPACE + ">":
            raise self._error("Unexpected end of name token", start)
        return self.source[start : self.at].lower()

    def _quoted(self) -> str:
        quote = self._peek()
        self.at += 1
        value = self._skip(quote)
        self.at += 1
        return _REFERENCE.sub(lambda match: (_reference(match.group(), 0) or (match.group(), 0))[0], value)

    def _close_tag(self) -> None:
        begin = self.at
        if not self.stack:
            raise self._error("Unexpected end tag", begin)
        self.at += 2
        name = self._skip(_SPACE + ">").lower()
        self._skip_space()
        if self._peek() != ">":
            raise self._error("Unclosed end tag", begin)
        self.at += 1
        opened = self.stack[-1]
        if name and name != opened.tag:
            where = len(self.source[:begin].encode(errors="surrogatepass"))
            raise bad_request(
                f"can't parse entities: Unmatched end tag at byte offset {where}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        self.stack.pop()
        if self.length > opened.offset:
            self._entity(opened)

    def _entity(self, opened: _Open) -> None:
        span: Entity = {"offset": opened.offset, "length": self.length - opened.offset}
        last = self.entities[-1] if self.entities else {}
        same = last.get("offset") == span["offset"] and last.get("length") == span["length"]
        match opened.tag:
            case "a":
                found = _link(
                    "".join(self.out[opened.position :]) if not opened.argument else opened.argument
                )
                if found:
                    self.entities.append({"type": found[0], **span, **found[1]})
            case "tg-emoji":
                if not opened.argument.isdigit() or int(opened.argument) == 0:
                    raise bad_request("can't parse entities: Invalid custom emoji identifier specified")
            case "pre" if same and last.get("type") == "code" and last.get("language"):
                last["type"] = "pre"
            case "code" if same and last.get("type") == "pre" and opened.argument:
                last["language"] = opened.argument
            case "code" if opened.argument:
                self.entities.append({"type": "code", **span, "language": opened.argument})
            case "blockquote" if opened.argument:
                self.entities.append({"type": "expandable_blockquote", **span})
            case tag:
                self.entities.append({"type": _KINDS[tag], **span})


def _argument(tag: str, name: str, value: str) -> str:
    """What an attribute means for its tag; most mean nothing."""
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case "code", "class" if value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value.startswith("tg-"):
            return value.removeprefix("tg-")
        case "blockquote", "expandable":
            return "expandable"
    return ""


def _reference(source: str, at: int) -> tuple[str, int] | None:
    """The character that a reference stands for and where the text goes on; None when it is plain text."""
    match = _REFERENCE.match(source, at)
    if match is None:
        return None
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        return (_NAMED[name], match.end()) if name in _NAMED else None
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code >= 0x10FFFF or match.end() - at > 10 or 0xD800 <= code <= 0xDFFF:
        return None
    return chr(code), match.end()


def _link(url: str) -> tuple[str, dict[str, Any]] | None:
    if mention := _MENTION.match(url):
        return "text_mention", {"user": {"id": int(mention.group(1)), "is_bot": False, "first_name": ""}}
    if not _LINK.match(url):
        return None
    if "://" not in url:
        url = f"http://{url}"
    return "text_link", {"url": url}
