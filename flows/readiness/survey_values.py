"""The fields of a survey and how what people type becomes their value. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal

from flows import fmt
from flows.readiness import periods

TEN_THOUSAND = 10_000
MOST_RESPONDENTS = 10_000_000
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_LINK = re.compile(r"(?:https?://)?[^\s/.]+(?:\.[^\s/.]+)+(?:[/?#]\S*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Field:
    """A field: its column, whether it takes every text, and whether it may be empty again."""

    column: str
    free: bool
    clearable: bool = True
    limit: int = 0


FIELDS: dict[str, Field] = {
    "periode": Field("year", free=False, clearable=False),
    "indeks": Field("index_10k", free=False),
    "responden": Field("respondents", free=False),
    "laporan": Field("report", free=True, limit=500),
    "umum": Field("published", free=True, limit=500),
    "lanjut": Field("follow_up", free=True, limit=1000),
}
STEPS = ("indeks", "responden", "laporan", "umum", "lanjut")
"""The fields in the order in which a new survey asks for them."""


SKIPS = frozenset({"lewati", "lewat", "lewatkan", "skip", "-", "–", "—"})
"""What people type instead of tapping Lewati."""


def skips(text: str) -> bool:
    """Whether the typed text means: not now, the next field please."""
    return text.strip().lower().rstrip(".! ") in SKIPS


@dataclass(frozen=True, slots=True)
class Unusable:
    """What was typed was meant as the value but cannot be it: a sentence, plain text."""

    sentence: str


def after(field: str) -> str | None:
    """The step after this one; None after the last."""
    place = STEPS.index(field) + 1 if field in STEPS else len(STEPS)
    return STEPS[place] if place < len(STEPS) else None


def read(field: str, text: str) -> object | Unusable | None:
    """The value for the field's column (a Period for "periode"); None when the text is no answer to it."""
    text = text.strip()
    if field == "periode":
        return periods.parse(text)
    if field == "indeks":
        return _index(text)
    if field == "responden":
        return _count(text)
    if field == "laporan":
        return _link(text)
    limit = FIELDS[field].limit
    if len(text) > limit:
        return Unusable(f"Tulisan ini {len(text)} huruf, paling banyak {limit}, jadi belum disimpan.")
    return text or None


def _index(text: str) -> int | Unusable | None:
    numbers = _NUMBER.findall(text)
    if len(numbers) != 1 or len(text) > 40:
        return None
    value = Decimal(numbers[0].replace(",", "."))
    if 25 <= value <= 100:
        return Unusable(
            f"{fmt.short_number(value)} tampaknya berskala 100. Pada skala 4 menjadi "
            f"{fmt.short_number(value / 25, 4)}; ketik angka itu bila benar. Belum ada yang disimpan."
        )
    if value > 4:
        return Unusable("Indeks ada pada skala 0 sampai 4, misalnya 3,62. Belum ada yang disimpan.")
    scaled = value * TEN_THOUSAND
    if scaled != int(scaled):
        return Unusable("Tulis indeks dengan paling banyak 4 angka di belakang koma, misalnya 3,62.")
    return int(scaled)


def _count(text: str) -> int | Unusable | None:
    found = re.fullmatch(r"(\d{1,3}(?:\.\d{3})+|\d+)(?: (?:orang|responden))?", text.lower())
    if found is None:
        return None
    count = int(found[1].replace(".", ""))
    if not 0 < count <= MOST_RESPONDENTS:
        return Unusable("Jumlah responden minimal 1. Belum ada yang disimpan.")
    return count


def _link(text: str) -> str | Unusable | None:
    if not text:
        return None
    if len(text) > FIELDS["laporan"].limit or not _LINK.fullmatch(text):
        return Unusable(
            "Itu belum berupa tautan. Salin alamatnya, misalnya drive.google.com/… Belum disimpan."
        )
    return text if text.lower().startswith(("http://", "https://")) else f"https://{text}"
