"""Reads the days of a leave as people type them: "cuti sampai 12 Juni", "10-14 maret", "besok". Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.dates import Found, Problem, parse_date

MAX_DAYS = 370
_FILLER = re.compile(r"\b(?:saya|aku|ambil|sedang|lagi|mau|izin|cuti|mulai|dari|sejak|tanggal|tgl|selama)\b")
_UNTIL = re.compile(r"\b(?:sampai dengan|sampai|hingga|s\.?/?d\.?)(?=\s|\d)|(?<=\d)\s*[-–]\s*(?=\d)")
_NOW = re.compile(r"\b(?:hari ini|sekarang)\b")
_BARE_DAY = re.compile(r"\d{1,2}")


@dataclass(frozen=True, slots=True)
class Leave:
    """First and last day, both included."""

    first: date
    last: date


def read(text: str, today: date) -> Leave | str | None:
    """The leave meant by `text`, a sentence on what is wrong with it, or None when none is meant."""
    said = _FILLER.sub(" ", text.lower())
    parts = _UNTIL.split(said, maxsplit=1)
    last = _day(parts[-1], today)
    if last is None or isinstance(last, str):
        return last
    first: date | str | None = last if len(parts) == 1 else _first(parts[0], last, today)
    if first is None or isinstance(first, str):
        return first
    if last < first:
        return "Hari terakhir cuti mendahului hari pertamanya. Contoh: 10 sampai 14 Maret."
    if (last - first).days > MAX_DAYS:
        return "Cuti selama itu belum dapat dicatat. Catat paling lama satu tahun."
    return Leave(first, last)


def _first(part: str, last: date, today: date) -> date | str | None:
    part = part.strip(" ,.")
    if not part or _NOW.search(part):
        return today
    if _BARE_DAY.fullmatch(part):
        return _same_month(int(part), last)
    return _day(part, today)


def _same_month(number: int, last: date) -> date | str:
    """ "10" of "10 sampai 14 Maret"; of "28 sampai 3 April" the month before."""
    end = last if number <= last.day else last.replace(day=1) - timedelta(days=1)
    if not 1 <= number <= end.day:
        return f"Tanggal {number} tidak ada di bulan itu. Contoh: 10 sampai 14 Maret."
    return end.replace(day=number)


def _day(part: str, today: date) -> date | str | None:
    if _NOW.search(part):
        return today
    found = parse_date(part, today)
    if isinstance(found, Problem):
        return found.sentence
    return found.day if isinstance(found, Found) else None
