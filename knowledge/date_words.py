"""Words, numbers and names in typed dates, and the text that is not yet understood."""

import re
import unicodedata
from datetime import date

from rapidfuzz.distance import DamerauLevenshtein

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def _numbered(lines: tuple[str, ...], first: int) -> dict[str, int]:
    return {word: n for n, words in enumerate(lines, first) for word in words.split()}


_MONTH = _numbered(
    (
        "januari januar january jan jn",
        "februari pebruari february feb peb febr",
        "maret mart march mar mrt",
        "april apr aprl",
        "mei may mey mai",
        "juni june jun",
        "juli july jul",
        "agustus august agt agust agu ags aug agus",
        "september sept sep spt",
        "oktober october okt oct",
        "november nopember nov nop",
        "desember december des dec",
    ),
    1,
)
WEEKDAY = _numbered(
    (
        "senin senen snin monday",
        "selasa slasa sls tuesday",
        "rabu rebo wednesday",
        "kamis kemis kms thursday",
        "jumat jumaat jmt jumt friday",
        "sabtu saptu sbt saturday",
        "minggu ahad sunday",
    ),
    0,
)
_NUMBER = _numbered(
    ("satu se", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"),
    1,
)
QUARTER = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_FILLERS = _numbered(
    (
        "tanggal tgl tg pada di hari sampai sampe paling lambat lambatnya batas batasnya maksimal deadline",
        "sebelum wib wita wit ya aja saja deh dong pagi siang sore malam untuk nanti jadi kira-kira sekitar",
        "dan itu mungkin pas jatuh by on the at of",
    ),
    0,
)
_NOT_DAYS = frozenset({"kamus"})

N = r"(\d{1,3}|" + "|".join(word for word in _NUMBER if word != "se") + ")"
W = r"([a-z]{3,12})"
YEAR = r"(?: *[-/.]? *'?(\d{4}|\d{2})(?![.:]?\d)| (?:tahun|thn|th) (depan|ini|\d{4}))?"
PART = r"(?: *(pagi|siang|sore|petang|malam|am|pm))?"


class Odd(Exception):
    """Ends the reading with a Problem."""

    def __init__(self, sentence: str, suggestion: date | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.suggestion = sentence, suggestion


class Left:
    """The text that is not yet understood."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Cut out the first match."""
        hit = pattern.search(self.text)
        if hit:
            self.text = f"{self.text[: hit.start()].rstrip()} {self.text[hit.end() :].lstrip()}".strip()
        return hit


def normalised(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower()
    plain = re.sub("[\u2010-\u2015\u2212]", "-", plain)
    plain = re.sub(r"jum['’` ]at\b", "jumat", plain)
    plain = re.sub(r"[,;()\[\]?!\"\u201c\u201d]", " ", plain)
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", plain)
    plain = re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " ", plain)
    return " ".join(plain.split()).strip(" .")


def rest_of(left: Left) -> str:
    words = ((word, word.strip(".-/")) for word in left.text.split())
    return " ".join(word for word, core in words if core and core not in _FILLERS)


def number_of(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBER[word]


def _close(word: str, names: tuple[str, ...]) -> int | None:
    """Position of the name that the word misspells: one slip, two in long words; None when unsure."""
    allowed = 0 if len(word) < 4 else 1 if len(word) < 7 else 2
    scored = sorted((DamerauLevenshtein.distance(word, name.lower()), n) for n, name in enumerate(names))
    (best, position), (second, _) = scored[0], scored[1]
    return position if best <= allowed and best < second else None


def month_of(word: str | None) -> int | None:
    """1 to 12 for a month's name, short or misspelt; None for any other word."""
    if word is None:
        return None
    position = _MONTH.get(word)
    if position is None and (near := _close(word, MONTHS)) is not None:
        position = near + 1
    return position


def weekday_of(word: str) -> int | None:
    if word in WEEKDAY:
        return WEEKDAY[word]
    return None if len(word) < 5 or word in _NOT_DAYS else _close(word, DAYS)


def named(day: date) -> str:
    """31 Mei 2027."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
