"""How what people type becomes a line of a register or a value of one field. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flows.evidence.dating import day_in
from flows.registers import slots
from flows.registers.kinds import NO, YES, Field, Kind
from knowledge.typed_ratio import NEGATIVE, NUMBER_WORDS, SPELLED, THOUSANDS

Value = int | str
NO_COUNT = "-"
SKIPS = frozenset({"lewati", "lewat", "lewatkan", "skip", "-", "–", "—"})
_DECIMAL = re.compile(r"\d[.,]\d")
_LINK = re.compile(r"(?:https?://)?[^\s/.]+(?:\.[^\s/.]+)+(?:[/?#]\S*)?", re.IGNORECASE)
_YES = {"ya", "iya", "y", "sudah", "udah", "sdh", "masuk", "ada"}
_NO = {"tidak", "belum", "blm", "tdk", "bukan", "gak", "ga", "no"}


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts as typed: the period ("" when none was named) and the fields that were named."""

    slot: str
    values: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Unusable:
    """What was typed was meant as the value but cannot be it: a sentence, plain text."""

    sentence: str


def skips(text: str) -> bool:
    """Whether the typed text means: not now, the next field please."""
    return text.strip().lower().rstrip(".! ") in SKIPS


def plain(text: str) -> str:
    """Lower case on one line, number words as figures, thousands without points."""
    text = " ".join(text.lower().split())
    text = SPELLED.sub(lambda found: str(NUMBER_WORDS[found[0]]), text)
    return THOUSANDS.sub(lambda found: found[1] + found[2].replace(".", ""), text)


def counts(kind: Kind, text: str, today: date) -> Counts | Unusable | None:
    """What "mei: 12 selesai 3 proses 1 belum" says; None for a text without a number."""
    slot, rest = slots.find(kind, plain(text), today)
    again = f"Tulis seperti contoh: {kind.example}. Belum ada yang disimpan."
    if not re.search(r"\d", rest):
        return None
    if "belum selesai" in rest:
        return Unusable(
            f"“Belum selesai” bisa berarti proses atau belum ditindaklanjuti; sebut terpisah. {again}"
        )
    if NEGATIVE.search(rest) or _DECIMAL.search(rest) or "%" in rest or "persen" in rest:
        return Unusable(f"Yang dicatat adalah jumlah, jadi bilangan bulat mulai dari 0. {again}")
    values = _pairs(kind, rest)
    if values is None:
        return Unusable(f"Ada angka yang belum jelas untuk apa. {again}")
    largest = max(values.values())
    if largest > kind.largest:
        return Unusable(f"Angka {largest} terlalu besar untuk catatan ini. {again}")
    return Counts(slot, values)


def _pairs(kind: Kind, text: str) -> dict[str, int] | None:
    """Each number with the field named beside it, in either order; None when some number has none."""
    names = {word: field.key for field in kind.counts for word in field.words}
    listed = "|".join(re.escape(word) for word in sorted(names, key=len, reverse=True))
    marks: list[str | int] = []
    for hit in re.finditer(rf"\b(?:{listed})\b|\d+", text):
        mark: str | int = int(hit[0][:9]) if hit[0][0].isdecimal() else names[hit[0]]
        if not marks or marks[-1] != mark or isinstance(mark, int):
            marks.append(mark)
    if not marks or len(marks) % 2:
        return None
    values: dict[str, int] = {}
    for first, second in zip(marks[::2], marks[1::2], strict=True):
        key, count = (second, first) if isinstance(first, int) else (first, second)
        if not isinstance(key, str) or not isinstance(count, int) or key in values:
            return None
        values[key] = count
    return values


def code_of(kind: Kind, values: Mapping[str, Value]) -> str:
    """Counts as they stand on a button: "12.3.1.-.-.-.-", in the order of the fields."""
    return ".".join(str(values.get(field.key, NO_COUNT)) for field in kind.counts)


def from_code(kind: Kind, code: str) -> dict[str, Value] | None:
    """The counts of a code; None for one that fits nothing (never raises)."""
    parts = code.split(".")
    if len(parts) != len(kind.counts):
        return None
    values: dict[str, Value] = {}
    for field, part in zip(kind.counts, parts, strict=True):
        if part == NO_COUNT:
            continue
        if not (part.isascii() and part.isdecimal()) or len(part) > 6 or int(part) > kind.largest:
            return None
        values[field.key] = int(part)
    return values


def filled(kind: Kind, values: Mapping[str, Value]) -> dict[str, Value]:
    """The line with 0 for every needed count that was not named beside others."""
    zeros = {field.key: 0 for field in kind.counts if field.key in kind.needed}
    return {**zeros, **values} if any(key in values for key in kind.needed) else dict(values)


def fault(kind: Kind, values: Mapping[str, Value]) -> str:
    """Why these values cannot stand together, plain text; "" when they can."""
    lacking = [
        field.label.lower() for field in kind.fields if field.key in kind.needed and field.key not in values
    ]
    if lacking:
        return f"Yang belum disebut: {', '.join(lacking)}."
    whole = sum(int(values.get(key, 0)) for key in kind.total)
    most, said = whole, "yang wajib lapor"
    for key in kind.shares:
        count, field = int(values.get(key, 0)), kind.field(key)
        if count > most and field is not None:
            return f"{field.label} {count}, melebihi {said} ({most})."
        most, said = (count, "yang sudah lapor") if key in values else (most, said)
    return ""


# one field -----------------------------------------------------------------------------------------


def read(kind: Kind, field: Field, text: str, today: date) -> Value | Unusable:
    """The value for a field, or why the text is none."""
    text = text.strip()
    if field.form == "count":
        return _count(kind, plain(text))
    if field.form == "day":
        return _day(text, today)
    if field.form == "yes":
        return _yes(plain(text))
    if field.form == "link":
        return _link(text, field.limit)
    if len(text) > field.limit:
        return Unusable(f"Tulisan ini {len(text)} huruf, paling banyak {field.limit}, jadi belum disimpan.")
    return text or Unusable("Tulisannya masih kosong. Ketik isinya.")


def _count(kind: Kind, text: str) -> int | Unusable:
    hit = re.fullmatch(r"(\d{1,7})(?: [a-z]+)?", text)
    if hit is None or int(hit[1]) > kind.largest:
        return Unusable(f"Ketik jumlahnya saja, bilangan bulat dari 0 sampai {kind.largest}. Belum disimpan.")
    return int(hit[1])


def _day(text: str, today: date) -> str | Unusable:
    found = day_in(text, today)
    if found is None:
        return Unusable(
            "Tanggal itu belum terbaca atau belum lewat. Ketik misalnya 12 Maret 2027. Belum disimpan."
        )
    return found.isoformat()


def _yes(text: str) -> str | Unusable:
    words = set(re.findall(r"[a-z]+", text))
    if words & _NO:
        return NO
    return YES if words & _YES else Unusable("Jawab ya atau belum. Belum ada yang disimpan.")


def _link(text: str, limit: int) -> str | Unusable:
    if len(text) > limit or not _LINK.fullmatch(text):
        return Unusable(
            "Itu belum berupa tautan. Salin alamatnya, misalnya drive.google.com/… Belum disimpan."
        )
    return text if text.lower().startswith(("http://", "https://")) else f"https://{text}"
