"""Names of sent files, made safe to show, to keep and to download."""

import unicodedata

MAX_NAME = 120
NAMELESS = "berkas"

_PROGRAMS = """
exe msi msix com scr pif cpl dll sys bat cmd ps1 psm1 vbs vbe js jse mjs wsf wsh hta lnk url reg jar apk app
dmg pkg deb rpm sh bash run bin elf so py pyc rb pl php asp aspx jsp swf svg html htm xhtml mht mhtml chm iso
img vhd scf inf gadget xll ocx
"""
PROGRAMS = frozenset(_PROGRAMS.split())
"""Endings of files that do something when opened. Refused by name, whatever is inside."""


def cleaned(name: str) -> str:
    """The name without emoji, invisible marks (also those that turn the reading direction) and path parts.

    Never empty; at most `MAX_NAME` characters, the ending kept.
    """
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    kept = "".join(c if _plain(c) else " " if _blank(c) else "" for c in name)
    kept = " ".join("".join(c for c in kept if c not in '<>:"|?*').split())
    stem, dot, ending = kept.rpartition(".")
    if not dot:
        stem, ending = kept, ""
    stem = stem.strip(" ._-") or NAMELESS
    ending = ending.strip()
    if not ending or len(ending) > 8 or " " in ending:
        return (f"{stem}{dot}{ending}" if ending else stem)[:MAX_NAME].strip(" .")
    return f"{stem[: MAX_NAME - len(ending) - 1].rstrip(' .')}.{ending}"


def _plain(char: str) -> bool:
    """Letters, marks on them, digits, punctuation and mathematical signs; no symbols, no controls."""
    category = unicodedata.category(char)
    return category[0] in "LNP" or category in {"Sm", "Sc"} or (category == "Mn" and not _selects(char))


def _blank(char: str) -> bool:
    category = unicodedata.category(char)
    return category[0] == "Z" or category == "Cc"


def _selects(char: str) -> bool:
    return 0xFE00 <= ord(char) <= 0xFE0F or 0xE0100 <= ord(char) <= 0xE01EF


def ending_of(name: str) -> str:
    """The ending in lower case without its dot; "" without one."""
    _, dot, ending = name.rpartition(".")
    return ending.strip().lower() if dot else ""


def with_ending(name: str, endings: tuple[str, ...]) -> str:
    """The name with one of these endings: its own when it fits, else the first is put behind it."""
    if ending_of(name) in endings:
        return name
    return f"{name[: MAX_NAME - len(endings[0]) - 1].rstrip(' .')}.{endings[0]}"
