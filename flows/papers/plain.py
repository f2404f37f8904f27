"""Text as people typed it, made fit for a typesetter and for XML. Pure."""

import re
import unicodedata

OTHER_SCRIPT = "[aksara lain]"
"""Stands where letters were that the typesetter's own fonts lack."""
_SYMBOLS = frozenset("✓○•·…–—‘’“”«»°©®™€£¥§¶†‡→←↑↓±×÷≤≥≠√∞µ№")
_SCRIPTS = (
    (0x0020, 0x024F),  # Latin
    (0x0250, 0x02FF),  # phonetic signs and modifiers
    (0x0300, 0x036F),  # combining marks
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x052F),  # Cyrillic
    (0x1E00, 0x1FFF),  # Latin and Greek with marks
    (0x2010, 0x2027),  # punctuation
    (0x2030, 0x205E),
    (0x2070, 0x209F),  # raised and lowered figures
    (0x20A0, 0x20BF),  # currencies
)
_LETTERS = frozenset("LNM")


def typeset(text: str, most: int = 0, instead: str = "") -> str:
    """One line that the typesetter's fonts have, at most `most` characters (0: all); `instead` when empty.

    Emoji and invisible marks are left out; a run of letters of another script becomes `OTHER_SCRIPT`.
    """
    said: list[str] = []
    lacking = False
    for char in unicodedata.normalize("NFC", text):
        if char.isspace():
            # Blanks within foreign words belong to the run.
            if not lacking:
                said.append(" ")
        elif _has(char):
            if lacking and said and said[-1] != " ":
                said.append(" ")
            said.append(char)
            lacking = False
        elif unicodedata.category(char)[0] in _LETTERS and ord(char) < 0x1F000 and not _is_selector(char):
            if not lacking:
                said.append(f" {OTHER_SCRIPT} ")
            lacking = True
    whole = " ".join("".join(said).split())
    if not whole:
        return instead
    return cut(whole, most) if most else whole


def cut(text: str, most: int) -> str:
    """The text in at most `most` characters, cut at a word where there is one, with an ellipsis."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    at_word = head.rsplit(" ", 1)[0]
    if len(at_word) >= most // 2:
        head = at_word
    return head.rstrip(" ,.;:") + "…"


def breakable(text: str, most: int = 18) -> str:
    """The text with places to break within its longest words, so that a narrow column holds them."""
    return re.sub(rf"(\S{{{most}}})(?=\S)", "\\1\u200b", text)


def xml_safe(text: str) -> str:
    """The text without what XML cannot hold (control characters, lone surrogates, non-characters)."""
    return "".join(c for c in text if c in "\n\t" or (ord(c) >= 0x20 and _in_xml(ord(c))))


def _in_xml(code: int) -> bool:
    return code != 0x7F and not 0xD800 <= code <= 0xDFFF and code & 0xFFFE != 0xFFFE


def _has(char: str) -> bool:
    if char in _SYMBOLS:
        return True
    code = ord(char)
    if unicodedata.category(char) in {"Cc", "Cf", "So", "Cn", "Co", "Cs"} and char not in "©®°":
        return False
    return any(first <= code <= last for first, last in _SCRIPTS)


def _is_selector(char: str) -> bool:
    """Marks that only say how the character before them is drawn."""
    return 0xFE00 <= ord(char) <= 0xFE0F or ord(char) == 0x20E3
