"""The contract of `pandu-zi score`: cases as JSON in, figures as JSON out, every problem in one line.

`read` turns text into a document, `evaluate` turns a document into results. Nothing is printed here.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from knowledge.answers import Answer, Choice, Index, Item, Notice, Ratio, allowed
from knowledge.errors import KnowledgeError
from knowledge.figures import Figures, Score
from knowledge.instrument_model import INDEX_SCALE, TARGETS, Indicator, Instrument, ResultItem
from knowledge.scoring import score

CASE_KEYS = ("id", "instrument", "answers", "hasil")
ALLOWED_KEYS = ", ".join(CASE_KEYS)
COUNT_LIMIT = 10**9  # a larger count is a slip of the keyboard

NOTICES = {
    Notice.ZERO_DENOMINATOR: "pembaginya 0, jadi tidak dinilai dan dihitung 0; pastikan kepada TPI",
    Notice.EXCEEDS: "pembilang melebihi penyebut; nilainya dibatasi 1, periksa kembali isiannya",
    Notice.RISE_FROM_ZERO: "tahun lalu 0 dan tahun ini ada pelanggaran; dinilai 0, pastikan kepada TPI",
}


@dataclass(frozen=True, slots=True)
class Result:
    """`cases` in the order given, `single` when the document was one case, `problems` one line each.

    With any problem there are no cases: nothing half-checked is ever printed.
    """

    cases: list[dict[str, Any]]
    problems: list[str]
    single: bool

    @property
    def output(self) -> Any:
        """What to print: one object for one case, a list for a list."""
        return self.cases[0] if self.single else self.cases


class DocumentError(KnowledgeError):
    """The text is no JSON that can be read without doubt."""


class _Object(dict[str, Any]):
    """A JSON object that remembers the keys written twice in it."""

    twins: tuple[str, ...] = ()


def read(text: str) -> object:
    """The document in `text`; numbers with a point stay exact. Raises `DocumentError`.

    Doubtful values (NaN, numbers beyond all measure, keys written twice) are let through: `evaluate` names
    them together with the case they stand in.
    """
    try:
        return json.loads(
            text.removeprefix("\ufeff"), parse_float=_decimal, parse_int=_whole, object_pairs_hook=_object
        )
    except json.JSONDecodeError as err:
        raise DocumentError(f"bukan JSON yang sah: {err.msg}, baris {err.lineno} kolom {err.colno}") from err
    except RecursionError as err:
        raise DocumentError("bukan JSON yang sah: terlalu banyak tingkat kurung") from err


def _decimal(digits: str) -> Decimal | float:
    """Exact, unless counting with it would be slow: then it is off every scale anyway."""
    value = float(digits)
    return Decimal(digits) if len(digits) <= 50 and (value == 0 or 1e-30 < abs(value) < 1e30) else value


def _whole(digits: str) -> int | float:
    return int(digits) if len(digits) <= 50 else float(digits)


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        found.twins = tuple(key for key in found if keys.count(key) > 1)
    return found


def evaluate(document: object, instruments: Mapping[str, Instrument]) -> Result:
    """Score one case or a list of cases; `instruments` as `load_instruments` gives them."""
    single, given = (False, document) if isinstance(document, list) else (True, [document])
    cases: list[dict[str, Any]] = []
    problems: list[str] = []
    for number, case in enumerate(given, 1):
        found = _Case(case, instruments)
        if found.problems:
            prefix = "" if single else _prefix(number, case)
            problems.extend(prefix + line for line in found.problems)
        else:
            cases.append(found.output())
    return Result([] if problems else cases, problems, single)


def _prefix(number: int, case: object) -> str:
    name = case.get("id") if isinstance(case, dict) else None
    return f"kasus {number}: " if name is None else f"kasus {number} ({_shown(name)}): "


class _Case:
    """One case, read as far as possible so that all its problems come at once."""

    def __init__(self, case: object, instruments: Mapping[str, Instrument]) -> None:
        self.problems: list[str] = []
        self.head: dict[str, Any] = {}
        if not isinstance(case, dict):
            self.problems.append("kasus harus berupa objek dengan instrument, answers, dan hasil")
            return
        self._twins(case, "")
        for key in case:
            if key not in CASE_KEYS:
                self.problems.append(
                    f"{_short(key)}: kunci tidak dikenal; yang boleh: {', '.join(CASE_KEYS)}"
                )
        if "id" in case:
            self._id(case["id"])
        name = case.get("instrument")
        instrument = instruments.get(name) if isinstance(name, str) else None
        if instrument is None:
            known = ", ".join(sorted({each.id for each in instruments.values()}))
            self.problems.append(f"instrument: {_shown(name)} tidak dikenal; yang boleh: {known}")
            return
        self.instrument = instrument
        self.head["instrument"] = name
        self.answers = self._items(case, "answers", self._indicator, _indicator_hint(instrument))
        self.hasil = self._items(case, "hasil", self._result, _result_hint(instrument))

    def _id(self, value: object) -> None:
        if isinstance(value, str | bool | None) or _number(value) is not None:
            self.head["id"] = float(value) if isinstance(value, Decimal) else value
        else:
            self.problems.append(f"id: {_shown(value)}; yang boleh: teks atau bilangan")
        if isinstance(value, str) and not _is_text(value):
            self.problems.append(f"id: {_shown(value)}; yang boleh: teks Unicode yang sah")

    def _twins(self, value: object, prefix: str) -> None:
        for key in getattr(value, "twins", ()):
            self.problems.append(f"{prefix}{_short(key)}: kunci tertulis dua kali; yang boleh: satu kali")

    def _indicator(self, item_id: str) -> Indicator | None:
        node = self.instrument.find(item_id)
        return node if isinstance(node, Indicator) else None

    def _result(self, item_id: str) -> ResultItem | None:
        node = self.instrument.find(item_id)
        return node if isinstance(node, ResultItem) else None

    def _items(
        self, case: Mapping[str, Any], part: str, find: Callable[[str], Item | None], hint: str
    ) -> dict[str, Answer]:
        """The answers of one part by the instrument's own ids; what does not fit goes to `problems`."""
        raw = case.get(part)
        if raw is None:
            return {}
        if not isinstance(raw, dict):
            self.problems.append(f"{part}: harus berupa objek id dan jawaban")
            return {}
        self._twins(raw, "")
        found: dict[str, Answer] = {}
        written: dict[str, str] = {}
        for given_id, value in raw.items():
            item = find(given_id)
            if item is None:
                self.problems.append(f"{_short(given_id)}: id tidak dikenal dalam {part}; {hint}")
                continue
            if item.id in written:
                self.problems.append(
                    f"{_short(given_id)}: sama dengan {_short(written[item.id])}; yang boleh: salah satu"
                )
                continue
            written[item.id] = given_id
            self._twins(value, f"{_short(given_id)}: masukan ")
            lines = list(_faults(item, value))
            self.problems.extend(f"{_short(given_id)}: {line}" for line in lines)
            if not lines and value is not None:
                found[item.id] = _answer(item, value)
        return found

    def output(self) -> dict[str, Any]:
        return self.head | as_json(score(self.instrument, self.answers, self.hasil))


def _indicator_hint(instrument: Instrument) -> str:
    first = instrument.area_order[0]
    return f"yang dikenal: {len(instrument.area_order)} indikator {instrument.id}, misalnya {first.id}"


def _result_hint(instrument: Instrument) -> str:
    return "yang dikenal: " + ", ".join(item.id for item in instrument.results)


def _faults(item: Item, value: object) -> Iterator[str]:
    """Why `value` is no answer to `item`, each with what is allowed. None is: not answered yet."""
    if value is None:
        return
    if item.options:
        if not isinstance(value, str) or all(value != option.key for option in item.options):
            yield f"{_shown(value)} bukan pilihan; yang boleh: {', '.join(each.key for each in item.options)}"
    elif item.scale == INDEX_SCALE:
        index = _number(value)
        if index is None or not 0 <= index <= 4:
            yield f"{_shown(value)} bukan indeks; yang boleh: bilangan 0 sampai 4"
    elif not isinstance(value, dict):
        yield f"{_shown(value)} bukan isian rasio; yang boleh: objek dengan {allowed(item)}"
    else:
        yield from _input_faults(item, value)


def _input_faults(item: Item, value: Mapping[str, object]) -> Iterator[str]:
    keys = [each.key for each in item.inputs] if isinstance(item, Indicator) else []
    for key, count in value.items():
        if key not in keys:
            yield f"masukan {_short(key)} tidak dikenal; yang boleh: {', '.join(keys)}"
        elif count is not None and _count(count) is None:
            yield f"masukan {key} = {_shown(count)}; yang boleh: bilangan bulat dari 0 sampai {COUNT_LIMIT}"


def _answer(item: Item, value: Any) -> Answer:
    """The answer that `value` stands for, after `_faults` found none."""
    if item.options:
        return Choice(value)
    if item.scale == INDEX_SCALE:
        return Index(Decimal(str(value)))
    counts = {key: _count(count) for key, count in value.items()}
    return Ratio({key: count for key, count in counts.items() if count is not None})


def _number(value: object) -> Decimal | None:
    """A finite JSON number; None for anything else. True and false are no numbers."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    number = Decimal(str(value))
    return number if number.is_finite() else None


def _count(value: object) -> int | None:
    """A whole number from 0, also when written 5.0; None when it is not."""
    number = _number(value)
    if number is None or not 0 <= number <= COUNT_LIMIT or number != int(number):
        return None
    return int(number)


def _is_text(value: str) -> bool:
    """Whether it can be printed at all; JSON may hold half a character."""
    return all(not "\ud800" <= each <= "\udfff" for each in value)


def _short(text: str) -> str:
    """A key as a problem line shows it: on one line, printable, cut where it is long."""
    text = "".join(each if each.isprintable() else "?" for each in " ".join(text.split())) or '""'
    return text if len(text) <= 40 else text[:39] + "…"


def _shown(value: object) -> str:
    """A value as a problem line shows it: text in quotes, numbers bare, the rest by its kind."""
    if isinstance(value, dict | list):
        return "objek" if isinstance(value, dict) else "daftar"
    if isinstance(value, str):
        return f'"{_short(value)}"'
    return json.dumps(float(value) if isinstance(value, Decimal) else value)


def as_json(result: Score) -> dict[str, Any]:
    """Every figure of a score, numbers in full float precision."""
    warnings = [f"{item_id}: {NOTICES[notice]}" for item_id, notice in result.notices]
    return _figures(result) | {
        "unanswered": list(result.unanswered),
        "not_scored": list(result.not_scored),
        "completeness": float(result.completeness),
        "warnings": warnings,
        "projection": _figures(result.projection),
    }


def _figures(figures: Figures) -> dict[str, Any]:
    areas = {
        area_id: {
            "pemenuhan": float(points.pemenuhan),
            "reform": float(points.reform),
            "total": float(points.total),
            "ratio": float(points.ratio),
        }
        for area_id, points in figures.areas.items()
    }
    verdicts: dict[str, Any] = {
        t: {"pass": figures.passes(t), "failed": list(figures.failed(t))} for t in TARGETS
    }
    return {
        "areas": areas,
        "sub_components": {sub_id: float(points) for sub_id, points in figures.sub_components.items()},
        "pengungkit": float(figures.pengungkit),
        "hasil": {node: float(points) for node, points in figures.hasil.items()},
        "hasil_total": float(figures.hasil_total),
        "total": float(figures.total),
        **verdicts,
    }
