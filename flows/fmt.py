"""Indonesian dates, times and numbers, and HTML escaping. The only place that formats values."""

import html
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

LOCALE = "id_ID"
ZONES: dict[str, ZoneInfo] = {
    "WIB": ZoneInfo("Asia/Jakarta"),
    "WITA": ZoneInfo("Asia/Makassar"),
    "WIT": ZoneInfo("Asia/Jayapura"),
}

Number = int | float | Decimal | Fraction


def esc(text: str) -> str:
    """Outside text made safe for Telegram HTML."""
    return html.escape(text, quote=False)


def bold(text: str) -> str:
    """Escaped and bold."""
    return f"<b>{esc(text)}</b>"


def _decimal(value: Number) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))


def number(value: Number, places: int = 2) -> str:
    """A figure with decimal comma and exactly `places` decimals, rounded half up: 46,10."""
    quantum = Decimal(1).scaleb(-places)
    rounded = _decimal(value).quantize(quantum, rounding=ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(rounded, format=pattern, locale=LOCALE)


def short_number(value: Number, places: int = 2) -> str:
    """Like `number` without trailing zeros: 17,5 and 75."""
    text = number(value, places)
    return text.rstrip("0").rstrip(",") if "," in text else text


def percent(part: Number, whole: Number = 1, places: int = 1) -> str:
    """`part` of `whole` as "62,5%", trailing zeros dropped; a zero whole gives "0%"."""
    if not whole:
        return "0%"
    return short_number(_decimal(part) * 100 / _decimal(whole), places) + "%"


@lru_cache(maxsize=4096)
def day_long(day: date) -> str:
    """Senin, 31 Mei 2027."""
    return format_date(day, "EEEE, d MMMM y", locale=LOCALE)


@lru_cache(maxsize=4096)
def day_short(day: date) -> str:
    """12 Mei 2027."""
    return format_date(day, "d MMMM y", locale=LOCALE)


def local(at: datetime, zone_name: str) -> datetime:
    """The moment in that Indonesian zone."""
    return at.astimezone(ZONES[zone_name])


def clock(at: datetime, zone_name: str) -> str:
    """08.00 WITA."""
    return f"{local(at, zone_name):%H.%M} {zone_name}"


def moment(at: datetime, zone_name: str) -> str:
    """Jumat, 16 April 2027, 16.00 WIB."""
    return f"{day_long(local(at, zone_name).date())}, {clock(at, zone_name)}"


def distance(day: date, today: date) -> str:
    """How far a day is: "hari ini", "besok", "9 hari lagi", "lewat 3 hari"."""
    days = (day - today).days
    if days == 0:
        return "hari ini"
    if days == 1:
        return "besok"
    if days == 2:
        return "lusa"
    if days > 0:
        return f"{days} hari lagi"
    return "lewat 1 hari" if days == -1 else f"lewat {-days} hari"


def ago(at: datetime, now: datetime, zone_name: str) -> str:
    """When something was done, as people say it: "tadi 09.12 WIB", "kemarin", "12 Mei 2027"."""
    then, today = local(at, zone_name).date(), local(now, zone_name).date()
    if then == today:
        return f"hari ini {clock(at, zone_name)}"
    if then == today - timedelta(days=1):
        return f"kemarin {clock(at, zone_name)}"
    return day_short(then)


def cut(text: str, limit: int) -> str:
    """The text in at most `limit` characters, cut at a word with an ellipsis."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1].rsplit(" ", 1)[0] or text[: limit - 1]
    return head.rstrip(" ,.;:") + "…"


def one_line(text: str) -> str:
    """Line breaks and runs of blanks folded."""
    return " ".join(text.split())
