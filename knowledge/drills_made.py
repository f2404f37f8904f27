"""Drill questions made from an instrument: weights, gates, what the best choice asks, evidence. Pure.

Wrong choices are facts of the instrument's own beside the right one: the other choices of the indicator, the
weight of a sister, the gate of the other target, evidence of a matter that shares no word with this one.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from knowledge.drills import GENERAL, Question
from knowledge.instrument import TARGETS, Area, Gate, Indicator, Instrument, SubComponent, Target

BEST, EVIDENCE, RATIO, WEIGHT, GATE, SCALE = "terbaik", "bukti", "rasio", "bobot", "batas", "nilai"
_WORD = re.compile(r"[a-z0-9]+")
FORM = frozenset(
    _WORD.findall(
        "ada akun atau bagi baru baik bentuk berkala bertanggal bukti bulanan catatan contoh daftar dan "
        "dari data dengan dokumen dokumentasi foto hadir hasil jadwal kegiatan kepada kertas kerja khusus "
        "laporan layar lengkap materi matriks memuat menurut notula oleh pada pegawai pelaksanaan per "
        "periode rapat rekap sampai sebelum sesudah sesuai seluruh semua sistem surat tabel tahun "
        "tangkapan tautan tentang terbaru tiap undangan unit untuk yang sk sop tim umum usulan naskah "
        "penjelasan proses evaluasi monev tindak lanjut perbaikan"
    )
)
"""Words of the form of a document: they tell nothing about what it is evidence of."""
VAGUE = frozenset({"araha", "pimpi", "peren", "renca", "kebij", "penan", "berla"})
"""What many matters share: evidence that speaks of nothing else is no wrong choice anywhere."""
ANYWHERE = "daftar hadir"
"""Who was there is evidence of nearly everything: never a choice."""
_STEM = 5


def questions(instrument: Instrument) -> tuple[Question, ...]:
    """Every question of the instrument, in its order."""
    return (
        *_gates(instrument),
        *_scales(instrument),
        *(each for area in instrument.areas for each in _of_area(instrument, area)),
    )


def _of_area(instrument: Instrument, area: Area) -> Iterator[Question]:
    yield _area_weight(instrument, area)
    for aspect in area.aspects:
        for sub in aspect.subs:
            weight = _sub_weight(instrument, area, sub)
            if weight is not None:
                yield weight
            for indicator in sub.indicators:
                yield from _of_indicator(instrument, sub, indicator)


def _of_indicator(instrument: Instrument, sub: SubComponent, indicator: Indicator) -> Iterator[Question]:
    if len(indicator.options) > 2:  # between yes and no there is nothing to ask
        yield _best(instrument, indicator)
    if indicator.formula is not None:
        ratio = _ratio(instrument, indicator)
        if ratio is not None:
            yield ratio
    evidence = _evidence(instrument, sub, indicator)
    if evidence is not None:
        yield evidence


def said(value: Decimal) -> str:
    """A figure as Indonesians write it, without needless zeros: "11,25", "4"."""
    return f"{value.normalize():f}".replace(".", ",")


def rule_of(instrument: Instrument, indicator: Indicator | SubComponent | None = None) -> str:
    """The regulation that the instrument is annexed to, and the worksheet's number."""
    number = f", {indicator.number}" if indicator is not None else ""
    return f"{instrument.regulation}{number}"


# what a choice asks and is worth -------------------------------------------------------------------


def _best(instrument: Instrument, indicator: Indicator) -> Question:
    best, *others = indicator.options
    kind = "pemenuhan" if indicator.kind == "P" else "reform"
    return Question(
        id=f"p.{indicator.id}",
        kind=BEST,
        area=indicator.area_id,
        ask=f"{indicator.number} {indicator.title} (aspek {kind}).\n{indicator.question}\n"
        "Keadaan mana yang bernilai paling tinggi (pilihan A di LKE)?",
        right=best.text,
        wrong=tuple(each.text for each in others),
        explanation="Urutan pilihannya: "
        + "; ".join(f"{each.key}: {each.text} ({said(each.value)})" for each in indicator.options)
        + ".",
        rule=rule_of(instrument, indicator),
        item=indicator.id,
    )


def _scales(instrument: Instrument) -> Iterator[Question]:
    values = sorted({value for scale in instrument.scales.values() for _, value in scale}, reverse=True)
    for name, scale in instrument.scales.items():
        for key, value in scale[1:-1]:  # the first is always 1, the last always 0
            listed = "/".join(each for each, _ in scale)
            yield Question(
                id=f"n.{name}.{key}",
                kind=SCALE,
                area=GENERAL,
                ask=f"Pada indikator dengan pilihan {listed}, berapa nilai pilihan {key}?",
                right=said(value),
                wrong=tuple(said(each) for each in values if each != value),
                explanation="Nilainya: " + ", ".join(f"{each} {said(worth)}" for each, worth in scale) + ".",
                rule=rule_of(instrument),
            )


def _ratio(instrument: Instrument, indicator: Indicator) -> Question | None:
    own = _reckoned(indicator)
    others = (i for i in instrument.area_order if i.id != indicator.id and i.formula is not None)
    wrong = tuple(dict.fromkeys(text for each in others if (text := _reckoned(each)) and text != own))
    if not own or len(wrong) < 2:
        return None
    return Question(
        id=f"r.{indicator.id}",
        kind=RATIO,
        area=indicator.area_id,
        ask=f"{indicator.number} {indicator.title} (aspek reform). Dari mana nilainya dihitung?",
        right=own,
        wrong=wrong,
        explanation=f"{indicator.question} {indicator.note}".strip(),
        rule=rule_of(instrument, indicator),
        item=indicator.id,
    )


def _reckoned(indicator: Indicator) -> str:
    """ "Jumlah A dibagi jumlah B" in the worksheet's words; "" for a sum of several counts."""
    formula = indicator.formula
    labels = {each.key: each.label.split(" (", 1)[0] for each in indicator.inputs}
    if formula is None or formula.kind != "rasio":
        return ""
    if len(formula.numerator) != 1 or len(formula.denominator) != 1:
        return ""
    over, under = labels[formula.numerator[0]], labels[formula.denominator[0]]
    return f"{over}, dibagi {under[:1].lower()}{under[1:]}"


# weights and gates ---------------------------------------------------------------------------------


def _area_weight(instrument: Instrument, area: Area) -> Question:
    weights = [each.weight for each in instrument.areas]
    listed = ", ".join(f"area {each.no} {said(each.weight)}" for each in instrument.areas)
    return Question(
        id=f"w.{area.id}",
        kind=WEIGHT,
        area=area.id,
        ask=f"Berapa bobot Area {area.no} {area.name} dari 60 bobot pengungkit?",
        right=said(area.weight),
        wrong=_other(weights, area.weight),
        explanation=f"Bobot keenam area: {listed}.",
        rule=rule_of(instrument),
    )


def _sub_weight(instrument: Instrument, area: Area, sub: SubComponent) -> Question | None:
    aspect = next(each for each in area.aspects if each.id == sub.aspect_id)
    beside = [each.weight for each in aspect.subs]
    elsewhere = [each.weight for other in instrument.areas for a in other.aspects for each in a.subs]
    wrong = _other([*beside, *elsewhere], sub.weight)[:4]
    if len(wrong) < 2:
        return None
    listed = "; ".join(f"{each.name} {said(each.weight)}" for each in aspect.subs)
    return Question(
        id=f"w.{sub.id}",
        kind=WEIGHT,
        area=area.id,
        ask=f"Berapa bobot {sub.name} pada aspek {aspect.name.lower()} Area {area.no}?",
        right=said(sub.weight),
        wrong=wrong,
        explanation=f"{aspect.name} Area {area.no} berbobot {said(aspect.weight)}: {listed}.",
        rule=rule_of(instrument, sub),
    )


def _other(values: Sequence[Decimal], right: Decimal) -> tuple[str, ...]:
    return tuple(dict.fromkeys(said(each) for each in values if each != right))


def _gates(instrument: Instrument) -> Iterator[Question]:
    for target in TARGETS:
        for gate in instrument.gates[target]:
            yield _gate(instrument, target, gate)


def _gate(instrument: Instrument, target: Target, gate: Gate) -> Question:
    area = instrument.by_id.get(gate.node)
    both = {each: _same(instrument, each, gate).need for each in TARGETS}
    needs = [each.need for t in TARGETS for each in instrument.gates[t]]
    near = [*both.values(), gate.weight, *sorted(needs, key=lambda need: (abs(need - gate.need), need))]
    name = f"Area {area.no} {area.name}" if isinstance(area, Area) else gate.name
    return Question(
        id=f"g.{target}.{gate.id}",
        kind=GATE,
        area=area.id if isinstance(area, Area) else GENERAL,
        ask=f"Berapa nilai minimal untuk {target}: {name}?",
        right=said(gate.need),
        wrong=_other(near, gate.need)[:4],
        explanation="Batasnya "
        + ", ".join(f"{each} {said(need)}" for each, need in both.items())
        + f", dari nilai tertinggi {said(gate.weight)}. Semua batas harus terpenuhi bersamaan.",
        rule=rule_of(instrument),
        topic="syarat-wbk",
    )


def _same(instrument: Instrument, target: Target, gate: Gate) -> Gate:
    return next(each for each in instrument.gates[target] if each.node == gate.node)


# evidence ------------------------------------------------------------------------------------------


@lru_cache(maxsize=2048)
def matters(text: str) -> frozenset[str]:
    """What a text is about: the beginnings of its words, without words of form."""
    return frozenset(
        word[:_STEM] for word in _WORD.findall(text.lower()) if word not in FORM and len(word) > 1
    )


def _about(sub: SubComponent, indicator: Indicator) -> frozenset[str]:
    return matters(f"{sub.name} {indicator.title} {indicator.question} {indicator.work}")


def telling(sub: SubComponent, indicator: Indicator) -> tuple[str, ...]:
    """Those examples of evidence that by their own words belong to this indicator."""
    named = matters(f"{sub.name} {indicator.title} {indicator.question}")
    return tuple(
        each for each in indicator.evidence if matters(each) & named and ANYWHERE not in each.lower()
    )


def _evidence(instrument: Instrument, sub: SubComponent, indicator: Indicator) -> Question | None:
    own = telling(sub, indicator)
    wrong = _foreign(instrument, sub, indicator)
    if not own or len(wrong) < 3:
        return None
    others = "; ".join(each for each in indicator.evidence if each != own[0])
    return Question(
        id=f"b.{indicator.id}",
        kind=EVIDENCE,
        area=indicator.area_id,
        ask=f"{indicator.number} {indicator.title}.\nMana contoh bukti dukung untuk indikator ini?",
        right=own[0],
        wrong=wrong,
        explanation=(f"Contoh lain: {others}. " if others else "")
        + "Ini contoh menurut praktik, bukan daftar wajib; yang dinilai adalah kriteria pilihannya.",
        rule=rule_of(instrument, indicator),
        item=indicator.id,
    )


def _foreign(instrument: Instrument, sub: SubComponent, indicator: Indicator) -> tuple[str, ...]:
    """Evidence of other matters: first of the same area. None shares a word of matter with this one."""
    about = _about(sub, indicator) | matters(" ".join(indicator.evidence))
    texts = [
        (other.area_id != indicator.area_id, zlib.crc32(f"{indicator.id} {text}".encode()), text)
        for each in instrument.subs
        if each.id != sub.id
        for other in each.indicators
        if not (_about(each, other) & matters(" ".join((sub.name, indicator.title))))
        for text in telling(each, other)
        if not matters(text) & about and not matters(text) <= VAGUE
    ]
    return tuple(dict.fromkeys(text for _, _, text in sorted(texts)))[:6]
