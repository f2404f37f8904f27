"""Reading a unit's figures out of a question: "total 79 tapi IPAK setara 14,5"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from knowledge.instrument_model import TARGETS, Gate, Instrument, Target

SURVEY = "survei"
"""A survey value without saying which: it is held against both survey gates."""

LABELS: Mapping[str, str] = {
    "total": "total",
    "pengungkit": "pengungkit",
    "ipak": "hasil.ipak",
    "spak": "hasil.ipak",
    "antikorupsi": "hasil.ipak",
    "ipkp": "hasil.pelayanan",
    "spkp": "hasil.pelayanan",
    "prima": "hasil.pelayanan",
    "bersih": "hasil.birokrasi",
    "akuntabel": "hasil.birokrasi",
    "capaian": "hasil.capaian",
    "survei": SURVEY,
    "nilai": "total",
    "skor": "total",
}
WEAK = frozenset({"nilai", "skor"})
"""Labels that give way to a stronger one between them and the number ("nilai pengungkit 39")."""

RESULT = "hasil"
"""The result part as a whole: no gate by itself, but it adds up with the lever part."""
JUDGED = frozenset(
    {"lolos", "lulus", "cukup", "aman", "boleh", "memenuhi", "bisa", "layak", "sampai", "masuk"}
)
"""What is asked of a single value that is to be held against its gate."""
OTHER_SCORES = frozenset(
    {"sakip", "akip", "rb", "spip", "skm", "ikm", "spbe", "ipp", "pekppp", "skp", "agen", "kompetensi"}
    | {"pelanggaran", "survei", "target", "sasaran", "layanan", "pengaduan", "lhkpn", "lhkan", "indikator"}
    | {
        "subkomponen",
        "komponen",
        "reform",
        "pemenuhan",
        "responden",
        "berapa",
        "turun",
        "minimalnya",
        "batasnya",
    }
)
"""A single value beside these is of another scale, or the limit itself is asked for."""
MOST_WORDS_OF_ONE, LEAST_TOTAL = 14, 20
"""A single value is judged in a short question only, and a total is no small number."""
AREA_NAMES = {"tatalaksana": "2", "sdm": "3", "akuntabilitas": "4", "pengawasan": "5", "pelayanan": "6"}
"""Areas as they are named in one word behind "area"."""
REACH = 6
"""How many words a label may stand before its number."""

NUMBER = re.compile(r"\d{1,3}(?:[.,]\d+)?")
INDEX_MAX = Decimal(4)
ASKING_BACK = frozenset(
    {
        "bobot",
        "bobotnya",
        "bulat",
        "dibulatkan",
        "bulatkan",
        "membulatkan",
        "pembulatan",
        "minimal",
        "maksimal",
        "ambang",
        "syarat",
        "permenpanrb",
        "tahun",
        "pasal",
        "konversi",
        "skala",
        "rumus",
        "bagian",
        "pembagi",
        "pembaginya",
        "pengali",
        "pengalinya",
    }
)


@dataclass(frozen=True, slots=True)
class Said:
    """One value as said; `percent` when it is a share of the area."""

    gate: str
    value: Decimal
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A value held against one gate, in points."""

    gate: Gate
    have: Decimal
    met: bool


def figures_in(words: Sequence[str]) -> tuple[Said, ...]:
    """The labelled values among spelled-out words.

    Empty unless at least two different things are given, or one of which is asked whether it is enough.
    """
    if ASKING_BACK.intersection(words):
        return ()
    found = {said.gate: said for said in _labelled(words)}
    lever, result = found.get("pengungkit"), found.pop(RESULT, None)
    if lever and result and "total" not in found:
        found = {"total": Said("total", lever.value + result.value), **found}
    if len(found) == 1 and not _is_judged(next(iter(found.values())), words):
        return ()
    return tuple(found.values())


def _is_judged(said: Said, words: Sequence[str]) -> bool:
    """Whether a single value is asked to be held against its gate: "total kami 76 cukup untuk WBK?"."""
    other = OTHER_SCORES.intersection(words)
    if "kurang" in words:
        other = other - {"berapa"}
    if len(words) > MOST_WORDS_OF_ONE or other or not JUDGED.intersection(words):
        return False
    if not {"wbk", "wbbm", "akhir"}.intersection(words):
        return False
    if said.gate == "total":
        return said.value >= LEAST_TOTAL
    return said.gate == "pengungkit" or (said.gate.startswith("area.") and said.gate != "area.?")


def _labelled(words: Sequence[str]) -> Iterator[Said]:
    last = -1
    for place, word in enumerate(words):
        if not NUMBER.fullmatch(word) or (place and words[place - 1] in ("area", "pokja")):
            continue
        label = "total" if "total" in words[place + 1 : place + 2] else None
        label = label or _label(words, max(last + 1, place - REACH), place) or _area_after(words, place)
        if label is None:
            continue
        last = place
        after = words[place + 1] if place + 1 < len(words) else ""
        value = Decimal(word.replace(",", "."))
        if value <= 100:
            yield Said(label, value, percent=after == "persen" and label.startswith("area."))


def _label(words: Sequence[str], start: int, end: int) -> str | None:
    weak: str | None = None
    for place in range(end - 1, start - 1, -1):
        word = words[place]
        if word == RESULT and place == end - 1:
            return RESULT
        if word in ("area", "pokja"):
            number = words[place + 1] if place + 1 < end else ""
            number = AREA_NAMES.get(number, number)
            return f"area.{number}" if number.isdecimal() else "area.?"
        label = LABELS.get(word)
        if label and word not in WEAK:
            return label
        weak = weak or label
    return weak


def _area_after(words: Sequence[str], place: int) -> str | None:
    """The area of "58 persen di area 4"."""
    for other in range(place + 1, min(place + 4, len(words) - 1)):
        if words[other] == "area" and words[other + 1].isdecimal():
            return f"area.{words[other + 1]}"
    return None


def target_in(words: Sequence[str]) -> Target | None:
    """The predicate that is meant; None when none or both are named."""
    named = [target for target in TARGETS if target.lower() in words]
    return named[0] if len(named) == 1 else None


def held_against(instrument: Instrument, target: Target, figures: Sequence[Said]) -> list[Held]:
    """Each value beside its gate of the target, in the order said. Values that fit no gate are left out."""
    gates = {gate.id: gate for gate in instrument.gates[target]}
    areas = {f"area.{area.no}": f"area.{area.id}" for area in instrument.areas}
    held = []
    for said in figures:
        if said.gate == SURVEY:
            names = ["hasil.ipak", "hasil.pelayanan"]
        elif said.gate == "area.?":
            names = [f"area.{instrument.areas[0].id}"]
        else:
            names = [areas.get(said.gate, said.gate)]
        for gate in (gates[name] for name in names if name in gates):
            have = _points(gate, said)
            held.append(Held(gate, have, have >= gate.need))
    return held


def _points(gate: Gate, said: Said) -> Decimal:
    """Points of a value: survey indexes up to 4 and shares of an area are converted."""
    if gate.survey and said.value <= INDEX_MAX:
        return said.value / INDEX_MAX * gate.weight
    if gate.share is not None and (said.percent or said.value > gate.weight):
        return said.value / 100 * gate.weight
    return said.value
