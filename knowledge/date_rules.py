"""The rules by which a typed day is understood, in the order in which they are tried."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from knowledge.date_words import (
    MONTHS,
    QUARTER,
    YEAR,
    Left,
    N,
    Odd,
    W,
    month_of,
    named,
    number_of,
    weekday_of,
)

MAX_YEARS_AHEAD = 5


def last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _later(day: date, months: int) -> date:
    """The same day that many months later, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = last_day(year, month + 1)
    return last.replace(day=min(day.day, last.day))


def next_such(day: int, month: int, today: date) -> date:
    """The first such day from today on; in a short month its last day."""
    for year in (today.year, today.year + 1):
        last = last_day(year, month)
        found = last.replace(day=min(day, last.day))
        if found >= today:
            return found
    raise AssertionError("unreachable")


def _existing(day: int, month: int, year: int | None, today: date) -> date:
    """The day, checked: it exists, is not past and not absurdly far. Raises Odd."""
    meant = next_such(max(day, 1), month, today)
    if year is None:
        if meant.day == day:
            return meant
        month_named = MONTHS[month - 1] + (f" {meant.year}" if (day, month) == (29, 2) else "")
        raise Odd(f"Tanggal {day} {month_named} tidak ada. Maksudnya {named(meant)}?", meant)
    last = last_day(year, month)
    if not 1 <= day <= last.day:
        there = last if last >= today else meant
        raise Odd(f"Tanggal {day} {MONTHS[month - 1]} {year} tidak ada. Maksudnya {named(there)}?", there)
    return _sane(last.replace(day=day), today, meant)


def _sane(day: date, today: date, instead: date | None) -> date:
    hint = f" Maksudnya {named(instead)}?" if instead else ""
    if day < today:
        raise Odd(f"{named(day)} sudah lewat.{hint}", instead)
    if day.year > today.year + MAX_YEARS_AHEAD:
        raise Odd(f"Tahun {day.year} terlalu jauh.{hint}", instead)
    return day


def year_of(digits: str | None, word: str | None, today: date) -> int | None:
    if word in {"depan", "ini"}:
        return today.year + (word == "depan")
    digits = digits or word
    if digits is None:
        return None
    year = int(digits) if len(digits) == 4 else 2000 + int(digits)
    if not 1900 <= year <= 2999:
        raise Odd(f"Tahun {digits} tidak dikenal. Contoh: 31 Mei {today.year + 1}.")
    return year


def _numeric(day: int, month: int, year: int | None, today: date) -> date:
    if 1 <= month <= 12:
        return _existing(day, month, year, today)
    if 1 <= day <= 12 and month <= 31:
        meant = next_such(month, day, today)
        raise Odd(f"Bulan {month} tidak ada. Maksudnya {named(meant)}?", meant)
    raise Odd(f"Bulan {month} tidak ada. Contoh penulisan: 31/5/2027 atau 31 Mei.")


def _iso(hit: re.Match[str], today: date) -> date | None:
    return _numeric(int(hit[3]), int(hit[2]), year_of(hit[1], None, today), today)


def _dmy(hit: re.Match[str], today: date) -> date | None:
    return _numeric(int(hit[1]), int(hit[2]), year_of(hit[3], None, today), today)


def _dm(hit: re.Match[str], today: date) -> date | None:
    return _numeric(int(hit[1]), int(hit[2]), None, today)


def _range(hit: re.Match[str], today: date) -> date | None:
    month = month_of(hit[3])
    if month is None:
        return None
    end = _existing(int(hit[2]), month, year_of(hit[4], hit[5], today), today)
    raise Odd(f"Itu rentang tanggal, sedangkan yang diperlukan satu hari. Maksudnya {named(end)}?", end)


def _day_month(hit: re.Match[str], today: date) -> date | None:
    month = month_of(hit[2])
    return _existing(int(hit[1]), month, year_of(hit[3], hit[4], today), today) if month else None


def _month_day(hit: re.Match[str], today: date) -> date | None:
    month = month_of(hit[1])
    return _existing(int(hit[2]), month, year_of(hit[3], None, today), today) if month else None


def _part_of_month(hit: re.Match[str], today: date) -> date | None:
    month = month_of(hit[2])
    if month is None:
        return None
    year = year_of(hit[3], hit[4], today)
    which = _which(hit[1])
    if which != "akhir":
        return _existing(1 if which == "awal" else 15, month, year, today)
    last = last_day(year or today.year, month)
    if year is None and last < today:
        last = last_day(today.year + 1, month)
    return _sane(last, today, next_such(31, month, today))


def _which(word: str) -> str:
    if word in {"akhir", "ujung", "end", "penghujung"}:
        return "akhir"
    return "awal" if word in {"awal", "start", "beginning", "permulaan"} else "tengah"


def _part_of_span(hit: re.Match[str], today: date) -> date | None:
    """awal, tengah, akhir of: bulan, tahun, minggu (ini or depan)."""
    which, span, coming = _which(hit[1]), hit[2], hit[3] == "depan"
    if span in {"minggu", "pekan", "week"}:
        monday = today - timedelta(days=today.weekday() - 7 * coming)
        day = monday + timedelta(days={"awal": 0, "tengah": 2, "akhir": 4}[which])
        return _sane(day, today, day + timedelta(days=7))
    if span in {"tahun", "year"}:
        year = today.year + coming
        day = {"awal": date(year, 1, 1), "tengah": date(year, 6, 30), "akhir": date(year, 12, 31)}[which]
        return day if day >= today or hit[3] else day.replace(year=year + 1)
    first = _later(today.replace(day=1), int(coming))
    day = {"awal": first, "tengah": first.replace(day=15), "akhir": last_day(first.year, first.month)}[which]
    if hit[3] == "ini":
        return _sane(day, today, _later(day, 1))
    return day if day >= today else _later(day, 1)


def _part_of_quarter(hit: re.Match[str], today: date) -> date | None:
    number, length = QUARTER[hit[3]], 3 if hit[2] in {"tw", "triwulan", "kuartal"} else 6
    if number * length > 12:
        raise Odd(f"Semester {number} tidak ada. Contoh: akhir semester 1.")
    month = number * length if _which(hit[1]) == "akhir" else (number - 1) * length + 1
    year = year_of(hit[4], hit[5], today)
    if _which(hit[1]) == "awal":
        return _existing(1, month, year, today)
    if _which(hit[1]) == "tengah":
        raise Odd(f"Pertengahan {hit[2]} {hit[3]} kurang pasti. Mohon ketik tanggalnya, misalnya 16 April.")
    return _existing(last_day(2027, month).day, month, year, today)


def _relative(hit: re.Match[str], today: date) -> date | None:
    count, unit = number_of(hit[1].strip()), hit[2]
    if unit in {"bulan", "bln", "month", "months", "tahun", "thn", "year", "years"}:
        months = count * (12 if unit[0] in "ty" else 1)
        day = _later(today, min(months, 1200))
    else:
        day = today + timedelta(days=count * (1 if unit[0] in "hd" else 7))
    return _sane(day, today, None)


def _near(hit: re.Match[str], today: date) -> date | None:
    word = hit[1]
    if word.startswith(("kemar", "yest")):
        raise Odd("Kemarin sudah lewat. Mohon ketik tanggal yang akan datang.")
    if word in {"lusa", "day after tomorrow"}:
        return today + timedelta(days=2)
    return today + timedelta(days=0 if word in {"hari ini", "today", "hr ini", "sekarang"} else 1)


def _of_month(hit: re.Match[str], today: date) -> date | None:
    """tanggal 5, perhaps of this or the next month."""
    number, when = number_of(hit[1]), hit[2]
    first = _later(today.replace(day=1), int(when == "depan"))
    if not when and number < today.day:
        first = _later(first, 1)
    return _existing(number, first.month, first.year, today)


def _week(hit: re.Match[str], today: date) -> date | None:
    return today + timedelta(days=7) if hit[1] in {"minggu", "pekan", "week", "mgg"} else _later(today, 1)


def _weekday_day(hit: re.Match[str], today: date) -> date | None:
    number, after = weekday_of(hit["day"]), hit["after"] or ""
    if number is None:
        return None
    monday = today - timedelta(days=today.weekday())
    if hit["next"] or "depan" in after:
        if hit["day"] in {"minggu", "mgg"} and after == "depan" and not hit["hari"]:
            return today + timedelta(days=7)
        return monday + timedelta(days=7 + number)
    if "ini" in after.split():
        this = monday + timedelta(days=number)
        return _sane(this, today, this + timedelta(days=7))
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _week_weekday(hit: re.Match[str], today: date) -> date | None:
    number = weekday_of(hit[1])
    return None if number is None else today + timedelta(days=7 + number - today.weekday())


def _nth_weekday(hit: re.Match[str], today: date) -> date | None:
    """jumat terakhir, jumat kedua of a month; of a week only the month's day can say which is meant."""
    number = weekday_of(hit["day"])
    if number is None:
        return None
    month = month_of(hit["month"]) if hit["month"] else None
    if hit["month"] and month is None:
        return None
    first = _later(today.replace(day=1), int(hit["span"] == "depan"))
    if month is not None:
        first = date(year_of(hit["year"], None, today) or today.year, month, 1)
    day = _nth(first, number, hit["nth"])
    if day is not None and day < today and month is not None and not hit["year"]:
        day = _nth(first.replace(year=first.year + 1), number, hit["nth"])
    named_month = f"{MONTHS[first.month - 1]} {first.year}"
    if hit["day"] in {"minggu", "mgg", "pekan"} and not hit["hari"]:
        raise Odd(f"Hari apa di minggu itu? Mohon ketik tanggalnya, misalnya 10 {named_month}.")
    if day is None:
        raise Odd(f"Di {named_month} hari itu tidak sampai lima kali. Mohon ketik tanggalnya.")
    return _sane(day, today, None)


def _nth(first: date, weekday: int, which: str) -> date | None:
    days = [first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * n) for n in range(5)]
    days = [day for day in days if day.month == first.month]
    place = -1 if which == "terakhir" else _ORDINALS[which] - 1
    return days[place] if place < len(days) else None


def _past(hit: re.Match[str], today: date) -> date | None:
    if hit[1] not in _SPANS_OF_TIME and weekday_of(hit[1]) is None:
        return None  # "siapkan notula lalu kirim"
    raise Odd("Waktu itu sudah lewat. Mohon ketik tanggal yang akan datang.")


def _quarter_alone(hit: re.Match[str], today: date) -> date | None:
    """tw 2 without a part: perhaps its end."""
    number, length = QUARTER[hit[2]], 3 if hit[1] in {"tw", "triwulan", "kuartal"} else 6
    if number * length > 12:
        raise Odd(f"Semester {number} tidak ada. Contoh: akhir semester 1.")
    end = _existing(
        last_day(2027, number * length).day, number * length, year_of(hit[3], hit[4], today), today
    )
    raise Odd(f"Tanggal berapa? Kalau akhir {hit[1]} {hit[2]}, {named(end)}.", end)


_SPANS_OF_TIME = frozenset(["hari", "hr", "minggu", "mgg", "pekan", "bulan", "bln", "tahun", "thn"])
_ORDINALS = {
    "pertama": 1,
    "kesatu": 1,
    "kedua": 2,
    "ketiga": 3,
    "keempat": 4,
    "kelima": 5,
    **{f"ke{joint}{n}": n for n in range(1, 6) for joint in ("", " ", "-", "- ")},
}
_NTH = "(?P<nth>terakhir|" + "|".join(sorted(map(re.escape, _ORDINALS), key=len, reverse=True)) + ")"
_PARTS = (
    r"\b(akhir|ujung|penghujung|end|awal|permulaan|start|beginning|pertengahan|tengah|medio|mid|middle)"
    r"(?: of)?(?: the)? "
)
_SPAN = "(bulan|bln|month|tahun|year|minggu|pekan|week)"
_QUARTERS = "(tw|triwulan|kuartal|semester|smt)"
_UNIT = "(hari|hr|days?|minggu|mgg|pekan|weeks?|bulan|bln|months?|tahun|thn|years?)"
_NEAR = (
    r"\b(day after tomorrow|hari ini|hr ini|today|sekarang|besok|besuk|bsk|bsok|besog|esok|tomorrow"
    r"|lusa|kemarin|kemaren|yesterday)\b"
)
_ANY_WEEKDAY = (
    r"\b(?P<next>next )?(?P<hari>hari )?(?P<day>[a-z]{3,10})"
    r"(?: (?P<after>(?:minggu|pekan) (?:depan|ini)|depan|ini|yang akan datang"
)
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
    (re.compile(r"\b(\d{4}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{1,2})\b"), _iso),
    (re.compile(r"\b(\d{1,2}) ?[-/.] ?(\d{1,2}) ?[-/.] ?(\d{4}|\d{2})\b"), _dmy),
    (re.compile(r"\b(\d{1,2}) (\d{1,2}) (20\d{2})\b"), _dmy),
    (re.compile(rf"\b(\d{{1,2}}) ?(?:-|s/d|sd|s\.d\.?|sampai|hingga) ?(\d{{1,2}}) {W}\b{YEAR}"), _range),
    (
        re.compile(
            rf"\b(?P<hari>hari )?(?P<day>[a-z]{{3,10}}) {_NTH} (?:di |pada )?"
            rf"(?:bulan (?P<span>ini|depan)|(?:bulan )?(?P<month>[a-z]{{3,12}})(?: (?P<year>20\d\d))?)\b"
        ),
        _nth_weekday,
    ),
    (re.compile(r"\b([a-z]+) (?:yang |yg )?(?:lalu|kemarin|kemaren|kmrn)\b"), _past),
    (re.compile(rf"{_PARTS}{_SPAN}\b(?: (ini|depan))?"), _part_of_span),
    (re.compile(rf"{_PARTS}{_QUARTERS} ?(iv|i{{1,3}}|[1-4])\b{YEAR}"), _part_of_quarter),
    (re.compile(rf"^{_QUARTERS} ?(iv|i{{1,3}}|[1-4])\b{YEAR}$"), _quarter_alone),
    (re.compile(rf"{_PARTS}(?:bulan )?{W}\b{YEAR}"), _part_of_month),
    (re.compile(rf"(?<![\d.:])(\d{{1,3}}) ?[-/.]? ?(?:bulan )?{W}\b{YEAR}"), _day_month),
    (re.compile(rf"\b{W} (\d{{1,2}})(?!\d)(?: ?(20\d{{2}}))?\b"), _month_day),
    (re.compile(rf"\b{N} ?{_UNIT} (?:lagi|ke ?depan|mendatang|dari sekarang|from now)\b"), _relative),
    (re.compile(r"\b(?:dalam|in) (\d{1,3}) (hari|days?|minggu|weeks?|bulan|months?)\b"), _relative),
    (re.compile(r"\b(se)(hari|minggu|pekan|bulan|tahun)(?: (?:lagi|ke ?depan|mendatang))\b"), _relative),
    (re.compile(r"\b(\d{1,2}|dua|tiga|empat) (minggu|pekan|hari) depan\b"), _relative),
    (re.compile(r"\b(?:minggu|pekan) depan (?:hari )?([a-z]{4,10})\b"), _week_weekday),
    (re.compile(rf"{_ANY_WEEKDAY}|besok))\b"), _weekday_day),
    (re.compile(_NEAR), _near),
    (re.compile(rf"\b(?:tanggal|tgl|tg|tggl) ?{N}(?: (?:bulan|bln) (depan|ini))?\b(?![.:/-]\d)"), _of_month),
    (re.compile(r"\b(\d{1,2}) (?:bulan|bln) (depan|ini)\b"), _of_month),
    (re.compile(r"\b(pekan|bulan|bln) depan\b"), _week),
    (re.compile(r"\bnext (week|month)\b"), _week),
    (re.compile(rf"{_ANY_WEEKDAY}))?\b"), _weekday_day),
    (re.compile(r"(?<![\d.:])(\d{1,2}) ?[-/.] ?(\d{1,2})(?![\d.:])"), _dm),
    (re.compile(r"^(\d{1,2})()$"), _of_month),
)


def take_day(left: Left, today: date) -> date | None:
    """Cut out the first date by the first rule that makes sense of something. Raises Odd."""
    whole = left.text
    for pattern, meaning in _RULES:
        for hit in pattern.finditer(whole):
            left.text = f"{whole[: hit.start()].rstrip()} {whole[hit.end() :].lstrip()}".strip()
            day = meaning(hit, today)
            if day is not None:
                return day
    left.text = whole
    return None
