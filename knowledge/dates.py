"""Reads dates and times as Indonesians type them. Pure: today is an argument.

Rules that a reader could not guess; whoever uses this shows the full date again before saving it:

- A day without a year is the next such day, today included ("16 april", "tgl 5", "31/5").
- A weekday alone is the next one after today. "Jumat depan" and "Jumat minggu depan" are the Friday of
  next week (weeks start on Monday); "Jumat ini" is the Friday of this week.
- "minggu depan" is this weekday next week; the Sunday is "hari minggu depan".
- "awal" is the 1st, "pertengahan" the 15th, "akhir" the last day; of a week Monday, Wednesday, Friday.
- "jam 1" to "jam 6" without part of day is the afternoon; "jam 12 malam" and "24.00" are 23.59.
- Numbers are read day first.
"""

import datetime as dt
import re
from dataclasses import dataclass
from datetime import date

from knowledge.date_rules import MAX_YEARS_AHEAD, last_day, next_such, take_day, year_of
from knowledge.date_words import (
    DAYS,
    MONTHS,
    PART,
    WEEKDAY,
    YEAR,
    Left,
    N,
    Odd,
    W,
    month_of,
    named,
    normalised,
    number_of,
    rest_of,
)

__all__ = ["DAYS", "MONTHS", "Found", "Problem", "named", "parse_date"]

MAX_TEXT = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A day from today on. `rest` is what was neither date, time nor filler, in lower case.

    `zone` is WIB, WITA or WIT when one was typed.
    """

    day: date
    time: dt.time | None = None
    rest: str = ""
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A date was meant, but there is no such day (any more): a sentence, and the day perhaps meant."""

    sentence: str
    suggestion: date | None = None
    rest: str = ""


def parse_date(text: str, today: date) -> Found | Problem | None:
    """The day meant by `text`, what is wrong with it, or None when no date is meant. Never raises."""
    if len(text) > MAX_TEXT:
        return None
    left = Left(normalised(text))
    try:
        away = _take_distance(left)
        if left.take(_DECLINED):
            return Problem(_DECLINED_SENTENCE, None, rest_of(left))
        zone = left.take(_ZONE)
        at = _take_time(left)
        day = take_day(left, today)
        if away is not None and day is not None and not left.take(_FEAST):
            return _from(day, away, at, left, today, zone[1].upper() if zone else None)
        if away is not None:
            return Problem(_DECLINED_SENTENCE, None, rest_of(left))
        if day is None and at is not None:
            return Problem("Tanggalnya belum ada. Contoh: 16 April jam 9.", None, rest_of(left))
        if day is None:
            return _vague(left, today)
        if at is None and (hit := left.take(_DOTTED_TIME)):
            at = _clock(int(hit[1]), int(hit[2]), "", padded=True)
        _check(left, day, today)
    except Odd as odd:
        return Problem(odd.sentence, odd.suggestion, rest_of(left))
    return Found(day, at, rest_of(left), zone[1].upper() if zone else None)


_DECLINED = re.compile(r"\b\d+ hari kerja\b")
_H = re.compile(r"\bh ?([-+]|min |plus ) ?(\d{1,3})\b")
_APART = re.compile(
    rf"\b(?:{N}|(se)) ?(hari|hr|minggu|mgg|pekan|bulan|bln) (sebelum|sesudah|setelah|sehabis) (?=.)"
)
_FEAST = re.compile(r"\b(?:lebaran|idul ?\w+|nyepi|natal|imlek|waisak|ramadh?an|puasa|maulid|isra)\b")
_DECLINED_SENTENCE = (
    "Hitungan dari hari raya, H-sekian, atau hari kerja belum bisa saya pastikan. "
    "Mohon ketik tanggalnya, misalnya 16 April."
)
_ZONE = re.compile(r"\b(wib|wita|wit)\b")
_DOTTED_TIME = re.compile(r"\b(\d{1,2})[.](\d{2})\b")
_AFTER_HOUR = re.compile(rf"\b(?:jam|pukul|pkl|jm|at)\.? ?(setengah )?{N}(?:[.:](\d{{2}}))?{PART}\b")
_HOUR_PART = re.compile(r"(?<!tgl )(?<!tanggal )\b(\d{1,2}) ?(pagi|siang|sore|petang|malam|am|pm)\b")
_WRITTEN_TIME = re.compile(rf"(?<![\d./-])(\d{{1,2}})(?::(\d{{2}})|\.(00|1[3-9]|[2-9]\d))(?![.\d/-]){PART}\b")
_MIDNIGHT = re.compile(r"\btengah malam\b|\bmidnight\b")
_NOON = re.compile(r"\btengah hari\b|\bnoon\b")
_LAST_MINUTE = dt.time(23, 59)


def _take_distance(left: Left) -> int | None:
    """Cut out "H-7" or "2 minggu sebelum"; the days meant (before: negative), None without either."""
    if hit := left.take(_H):
        return int(hit[2]) * (1 if hit[1] in {"+", "plus "} else -1)
    if hit := left.take(_APART):
        days = (number_of(hit[1]) if hit[1] else 1) * {"h": 1, "m": 7, "p": 7, "b": 30}[hit[3][0]]
        return -days if hit[4] == "sebelum" else days
    return None


def _from(
    day: date, away: int, at: dt.time | None, left: Left, today: date, zone: str | None
) -> Found | Problem:
    """The day so far from the day that was named. Raises Odd."""
    _check(left, day, today)
    meant = day + dt.timedelta(days=away)
    if meant < today:
        return Problem(
            f"{named(meant)} sudah lewat. Mohon ketik tanggal yang akan datang.", None, rest_of(left)
        )
    return Found(meant, at, rest_of(left), zone)


def _check(left: Left, day: date, today: date) -> None:
    """A weekday beside the date must agree with it, and a second date must not be there. Raises Odd."""
    for word in left.text.split():
        number = WEEKDAY.get(word)
        if number is not None and number != day.weekday():
            right, typed = DAYS[day.weekday()], DAYS[number]
            raise Odd(
                f"{named(day)} jatuh pada hari {right}, bukan {typed}. Maksudnya {right}, {named(day)}?", day
            )
    left.text = " ".join(word for word in left.text.split() if word not in WEEKDAY)
    try:
        other = take_day(Left(left.text), today)
    except Odd:
        return
    if other is not None and other != day:
        raise Odd(f"Ada dua tanggal: {named(day)} dan {named(other)}. Mohon ketik salah satu saja.")


def _vague(left: Left, today: date) -> Problem | None:
    """A month, a year or a feast without a day."""
    rest = rest_of(left)
    if left.take(_FEAST):
        return Problem(_DECLINED_SENTENCE, None, rest_of(left))
    hit = re.fullmatch(rf"(?:bulan |bln )?{W}{YEAR}", rest)
    month = month_of(hit[1]) if hit else None
    if hit and month:
        year = year_of(hit[2], hit[3], today) or next_such(31, month, today).year
        last = last_day(year, month)
        if last < today or last.year > today.year + MAX_YEARS_AHEAD:
            last = next_such(31, month, today)
        asked = f"Tanggal berapa di bulan {MONTHS[month - 1]}? Kalau akhir bulan, {named(last)}."
        return Problem(asked, last)
    if re.fullmatch(r"(?:minggu|pekan|bulan|tahun) (?:ini|depan)", rest):
        return Problem(f"{rest.capitalize()}, tanggal berapa? Contoh: 16 April atau Jumat depan.")
    return None


# --- times ------------------------------------------------------------------------------------------


def _take_time(left: Left) -> dt.time | None:
    """Cut out the time of day. Raises Odd for one that does not exist."""
    if left.take(_MIDNIGHT):
        return _LAST_MINUTE
    if left.take(_NOON):
        return dt.time(12)
    if hit := left.take(_AFTER_HOUR):
        hour, minute = number_of(hit[2]), int(hit[3] or 0)
        if hit[1]:
            hour, minute = hour - 1 or 12, 30
        return _clock(hour, minute, hit[4] or "", padded=hit[2].startswith("0"))
    if hit := left.take(_WRITTEN_TIME):
        return _clock(int(hit[1]), int(hit[2] or hit[3]), hit[4] or "", padded=hit[1].startswith("0"))
    if hit := left.take(_HOUR_PART):
        return _clock(int(hit[1]), 0, hit[2], padded=False)
    return None


def _clock(hour: int, minute: int, part: str, *, padded: bool) -> dt.time:
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        raise Odd(f"Jam {hour}.{minute:02} tidak ada. Contoh: 16 April jam 9, atau 16 April 16.30.")
    if hour == 24 or (hour == 12 and part == "malam"):
        return _LAST_MINUTE
    afternoon = {
        "": not padded and 1 <= hour <= 6,
        "siang": 1 <= hour <= 5,
        "sore": 1 <= hour <= 11,
        "petang": 1 <= hour <= 11,
        "malam": 5 <= hour <= 11,
        "pm": 1 <= hour <= 11,
    }
    if part in {"pagi", "am"} and hour == 12:
        hour = 0
    return dt.time(hour + 12 * afternoon.get(part, False), minute)
