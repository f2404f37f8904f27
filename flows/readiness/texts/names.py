"""Names and figures of gates, areas and answers, in words. Plain text unless said otherwise."""

from fractions import Fraction

from flows import fmt, item_words
from flows.item_words import index as index
from knowledge.answers import Answer, Index, Item
from knowledge.figures import GateResult
from knowledge.instrument import Area, Gate, Instrument, ResultItem

SELF = "penilaian mandiri tim"
RECORD = "Catatan yang berlaku ada di sistem Kementerian PANRB; predikat diputuskan penilai."
_GATES = {
    "total": "Nilai total",
    "pengungkit": "Pengungkit",
    "hasil.birokrasi": "Birokrasi bersih dan akuntabel",
    "hasil.ipak": "Survei antikorupsi (IPAK)",
    "hasil.capaian": "Capaian kinerja",
    "hasil.pelayanan": "Survei pelayanan (IPKP)",
}
_AREAS = {
    "MP": "Manajemen Perubahan",
    "TL": "Tatalaksana",
    "SDM": "SDM Aparatur",
    "AK": "Akuntabilitas",
    "PW": "Pengawasan",
    "PP": "Pelayanan Publik",
}
"""What people call the areas; the full names are too long for a line on a phone."""
_EXACT = 10
_INDEX_MAX = 4


def gate(one: Gate) -> str:
    """ "Nilai total", "Area 5 Pengawasan", "Survei antikorupsi (IPAK)"."""
    if one.share is not None and one.node in _AREAS:
        return f"{short_gate(one)} {_AREAS[one.node]}"
    return _GATES.get(one.id, one.name)


def short_gate(one: Gate) -> str:
    """As `gate`, areas by number only."""
    return " ".join(one.name.split(" ")[:2]) if one.share is not None else gate(one)


def area(one: Area) -> str:
    """ "Area 5 Pengawasan"."""
    return f"Area {one.no} {_AREAS.get(one.id, one.name)}"


def area_alone(one: Area) -> str:
    """ "Pengawasan"."""
    return _AREAS.get(one.id, one.name)


def points(value: Fraction, places: int = 2) -> str:
    """Points as people read them: 46,10."""
    return fmt.number(value, places)


def difference(value: Fraction) -> str:
    """A positive difference, with as many decimals as it takes not to read as nothing: 0,50."""
    for places in range(2, _EXACT):
        text = fmt.number(value, places)
        if text.strip("0,"):
            return text
    return fmt.number(value, _EXACT)


def have(result: GateResult) -> str:
    """What the unit has, in the unit of the gate; never rounded up to the limit that it misses."""
    return _have(result, result.have, differs=not result.met)


def need(result: GateResult) -> str:
    """The least that is needed, in the unit of the gate: "60%", "3,60", "75"."""
    one = result.gate
    if one.share is not None:
        return fmt.percent(one.share)
    if one.survey:
        return fmt.number(_index(result.need, one))
    return fmt.number(one.need, 0 if one.need == int(one.need) else 2)


def short_by(result: GateResult) -> str:
    """How much is missing: "0,50 poin", "indeks 0,08"."""
    if result.gate.survey:
        return f"indeks {difference(_index(result.short_by, result.gate))}"
    return f"{difference(result.short_by)} poin"


def value_at(result: GateResult, other: Fraction) -> str:
    """Another amount of points in the unit of the gate."""
    return _have(result, other, differs=other < result.gate.floor)


def _have(result: GateResult, amount: Fraction, *, differs: bool) -> str:
    limit = result.need
    for places in range(2, _EXACT):
        text = _in_unit(result.gate, amount, places)
        if not differs or text != _in_unit(result.gate, limit, places):
            return text
    return _in_unit(result.gate, amount, _EXACT)


def _in_unit(one: Gate, amount: Fraction, places: int) -> str:
    if one.share is not None:
        return fmt.percent(amount, one.weight, places - 1)
    return fmt.number(_index(amount, one) if one.survey else amount, places)


def _index(amount: Fraction, one: Gate) -> Fraction:
    return amount / Fraction(one.weight) * _INDEX_MAX


def blank(result: GateResult, instrument: Instrument, answered: set[str]) -> bool:
    """Whether nothing that this gate of the result part measures has been filled in."""
    items = [i for i in instrument.results if result.gate.node in (i.id, i.group_id)]
    return bool(items) and not any(i.id in answered for i in items)


def answer(item: Item, given: Answer | None) -> str:
    """An answer in a few words: "B", "18 dari 20", "4 menjadi 2", "indeks 3,62", "belum ada jawaban"."""
    if given is None:
        return "belum ada jawaban"
    said = item_words.answer(item, given)
    return f"indeks {said}" if isinstance(given, Index) else said


def place(item: Item) -> str:
    """Where an item counts: "Area 5" or "Hasil"."""
    return "Hasil" if isinstance(item, ResultItem) else f"Area {item.area_no}"
