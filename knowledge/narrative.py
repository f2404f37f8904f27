"""A tidy Penjelasan from three typed lines: what was done, how often, what came of it. Pure.

Nothing is added but the three labels and full stops: abbreviations are opened, well-known short names get
their capitals, months too. Never a number, a frequency or a fact that was not typed.
"""

import re
from collections.abc import Mapping

LABELS = ("Kegiatan", "Frekuensi", "Hasil")
EXAMPLE_LINES = (
    "kampanye di loket dan media sosial",
    "tiap triwulan",
    "petugas sdh paham cara menolak pemberian",
)

OWN: dict[str, str] = {
    "aj": "saja",
    "aja": "saja",
    "dgn": "dengan",
    "dll": "dan lain-lain",
    "dlsb": "dan lain sebagainya",
    "dsb": "dan sebagainya",
    "dst": "dan seterusnya",
    "ga": "tidak",
    "gak": "tidak",
    "gk": "tidak",
    "kpd": "kepada",
    "lt": "lantai",
    "masing2": "masing-masing",
    "mgg": "minggu",
    "ngga": "tidak",
    "nggak": "tidak",
    "org": "orang",
    "orng": "orang",
    "ptgs": "petugas",
    "rata2": "rata-rata",
    "sama2": "sama-sama",
    "sbg": "sebagai",
    "scr": "secara",
    "smt": "semester",
    "tiap2": "tiap-tiap",
    "tsb": "tersebut",
    "tw": "triwulan",
    "uda": "sudah",
    "udah": "sudah",
    "udh": "sudah",
    "utk": "untuk",
    "untk": "untuk",
}
"""Abbreviations that mean one thing in a report. They go before the table of `Normalizer`."""

_NEVER = frozenset(
    [
        "bkn",
        "dl",
        "hp",
        "kl",
        "km",
        "kg",
        "cm",
        "mm",
        "ml",
        "rt",
        "rw",
        "sd",
        "sm",
        "smp",
        "sp",
        "spt",
        "tp",
        "wc",
        "lhkp",
        "wbb",
        "wbm",
    ]
)
"""Read otherwise by the table for questions, or more than one thing in a report: left as typed."""

CAPITALS = frozenset(
    [
        "apip",
        "asn",
        "bpk",
        "bpkp",
        "dipa",
        "iku",
        "ipak",
        "ipkp",
        "kpk",
        "lakip",
        "lhkan",
        "lhkpn",
        "lke",
        "pnbp",
        "pns",
        "pppk",
        "ptsp",
        "rktl",
        "sakip",
        "skm",
        "skp",
        "sop",
        "spak",
        "spip",
        "spkp",
        "tpi",
        "upg",
        "wbbm",
        "wbk",
        "wbs",
        "wib",
        "wit",
        "wita",
        "zi",
    ]
)
_MONTHS = frozenset(
    [
        "januari",
        "februari",
        "maret",
        "april",
        "mei",
        "juni",
        "juli",
        "agustus",
        "september",
        "oktober",
        "november",
        "desember",
    ]
)
_CHUNK = re.compile(r"\S+")
_WORD = re.compile(r"(?<![^\W\d_])[A-Za-z]+2?(?![^\W_])")
_ADDRESS = re.compile(r"://|www\.|@|_|\w\.\w")
_LINE_END = re.compile(r"[\s.,;:!]+$")
_SLASH = re.compile(r"\s+/\s*|\s*/\s+")
_LABELLED = re.compile(
    r"^\s*(?:[-•*]|\d[.)])?\s*(?:kegiatan(?:nya)?|frekuensi(?:nya)?|hasil(?:nya)?)\s*[:=]\s*", re.IGNORECASE
)


def lines_of(text: str) -> tuple[str, str, str] | None:
    """The three lines of a typed text, by line breaks or by " / "; None when they are not three."""
    parts = [part.strip() for part in text.strip().splitlines() if part.strip()]
    if len(parts) == 1:
        parts = [part.strip() for part in _SLASH.split(parts[0]) if part.strip()]
    parts = [_LABELLED.sub("", part) for part in parts]
    if len(parts) != len(LABELS) or not all(re.search(r"\w", part) for part in parts):
        return None
    return parts[0], parts[1], parts[2]


def compose(text: str, table: Mapping[str, str]) -> str | None:
    """The narrative that three typed lines make; None for any other text (that is kept as it is).

    `table` is how people write and what it stands for (`Tables.words`); only what is plainly an abbreviation
    of its meaning is taken from it.
    """
    lines = lines_of(text)
    if lines is None:
        return None
    return " ".join(f"{label}: {_tidy(line, table)}" for label, line in zip(LABELS, lines, strict=True))


def _tidy(line: str, table: Mapping[str, str]) -> str:
    words = [_opened(chunk, table) for chunk in _CHUNK.findall(line)]
    text = _LINE_END.sub("", " ".join(words))
    return text if text.endswith(("?", "…")) else f"{text}."


def _opened(chunk: str, table: Mapping[str, str]) -> str:
    """A run of letters with its abbreviations opened; addresses and file names stay as they are."""
    if _ADDRESS.search(chunk):
        return chunk
    return _WORD.sub(lambda hit: _word(hit[0], table), chunk)


def _word(word: str, table: Mapping[str, str]) -> str:
    low = word.lower()
    if word.isupper() and len(word) > 1:
        return word  # a short name in capitals is no abbreviation of a common word
    if low in CAPITALS:
        return low.upper()
    if low in _MONTHS:
        return low.capitalize()
    meaning = opening(low, table)
    if meaning is None:
        return word
    return meaning[:1].upper() + meaning[1:] if word[:1].isupper() else meaning


def opening(word: str, table: Mapping[str, str]) -> str | None:
    """What an abbreviation in small letters stands for; None for a word that stays as it is."""
    if word in OWN:
        return OWN[word]
    meaning = table.get(word, "")
    if word in _NEVER or not _abbreviates(word, meaning):
        return None
    return meaning


def _abbreviates(word: str, meaning: str) -> bool:
    """Whether the word is the meaning with its vowels (and some letters) left out: "sdh" of "sudah"."""
    if len(word) < 2 or not word.isalpha() or set(word) & set("aeiou") or len(meaning) <= len(word):
        return False
    letters = iter(meaning.replace(" ", ""))
    return word[0] == meaning[0] and all(letter in letters for letter in word)
