"""What an instrument file must keep beyond its shape: ids, counts, weights, scales, formulas, thresholds.

Whatever is wrong becomes one `InstrumentError` with file, item id and reason.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Any

from knowledge.errors import InstrumentError
from knowledge.instrument_schema import (
    POINT_CRITERIA,
    CountsFile,
    GroupFile,
    IndicatorFile,
    InstrumentFile,
    LeafFile,
    RatioFormula,
    ResultFile,
    validated,
)


def checked(name: str, raw: Mapping[str, Any]) -> InstrumentFile:
    """`raw`, the content of the file `name`, as an instrument file. Raises `InstrumentError`."""
    file = validated(InstrumentFile, name, raw)
    for check in (_ids, _counts, _weights, _scales, _leaves, _thresholds):
        for item_id, reason in check(file):
            raise InstrumentError(name, item_id, reason)
    for indicator in file.indicators():
        for reason in _formula(indicator):
            raise InstrumentError(name, indicator.id, reason)
    return file


Problems = Iterator[tuple[str, str]]


def _ids(file: InstrumentFile) -> Problems:
    """Every id is its parent's id and one part more, and occurs once."""
    pairs: list[tuple[str, str]] = [(area.id, "") for area in file.areas] + [
        (group.id, "") for group in file.results
    ]
    pairs += [(aspect.id, area.id) for area in file.areas for aspect in area.aspects]
    pairs += [(sub.id, aspect.id) for aspect in file.aspects() for sub in aspect.sub_components]
    pairs += [(leaf.id, sub.id) for sub in file.subs() for leaf in sub.indicators]
    pairs += [(item.id, group.id) for group in file.results for item in group.items]
    seen: set[str] = set()
    for child, parent in pairs:
        if child in seen:
            yield child, "id dipakai lebih dari sekali"
        seen.add(child)
        if parent and child.rpartition(".")[0] != parent:
            yield child, f"id harus diawali {parent}."
    for aspect in file.aspects():
        if not aspect.id.endswith(f".{aspect.kind}"):
            yield aspect.id, f"kind {aspect.kind} tidak cocok dengan id"


def _counts(file: InstrumentFile) -> Problems:
    pemenuhan = sum(len(sub.indicators) for a in file.aspects() if a.kind == "P" for sub in a.sub_components)
    indicators = sum(1 for _ in file.indicators())
    found = CountsFile(
        areas=len(file.areas),
        sub_components=sum(1 for _ in file.subs()),
        indicators=indicators,
        pemenuhan=pemenuhan,
        reform=indicators - pemenuhan,
        results=sum(1 for _ in file.result_items()),
    )
    for name in CountsFile.model_fields:
        if getattr(found, name) != getattr(file.counts, name):
            yield file.id, f"counts.{name}: tertulis {getattr(file.counts, name)}, ada {getattr(found, name)}"


def _weights(file: InstrumentFile) -> Problems:
    """Children add up to their parent, everything to 100, and an indicator's share is 1/siblings."""
    sums: list[tuple[str, Decimal, list[Decimal]]] = [
        ("pengungkit", file.weights.pengungkit, [area.weight for area in file.areas]),
        ("hasil", file.weights.hasil, [group.weight for group in file.results]),
        (file.id, Decimal(100), [file.weights.pengungkit, file.weights.hasil]),
    ]
    sums += [(area.id, area.weight, [aspect.weight for aspect in area.aspects]) for area in file.areas]
    sums += [
        (aspect.id, aspect.weight, [sub.weight for sub in aspect.sub_components]) for aspect in file.aspects()
    ]
    sums += [(group.id, group.weight, [item.weight for item in group.items]) for group in file.results]
    for item_id, whole, parts in sums:
        if sum(parts, Decimal(0)) != whole:
            yield item_id, f"bobot {whole} tidak sama dengan jumlah bagiannya, {sum(parts, Decimal(0))}"
    for sub in file.subs():
        for leaf in sub.indicators:
            if leaf.share != f"1/{len(sub.indicators)}":
                yield leaf.id, f"share {leaf.share} seharusnya 1/{len(sub.indicators)}"


def _scales(file: InstrumentFile) -> Problems:
    """The values of a scale run strictly from 1 to 0, best first."""
    for name, values in file.scales.items():
        falling = list(values.values())
        if falling[:1] != [1] or falling[-1:] != [0] or any(a <= b for a, b in pairwise(falling)):
            yield name, "nilai pilihan harus turun dari 1 sampai 0"


def _leaves(file: InstrumentFile) -> Problems:
    """Each leaf has a known scale that fits its place, and exactly the options of that scale."""
    for indicator in file.indicators():
        yield from _options(file, indicator)
        if indicator.scale not in (*file.scales, "rasio"):
            yield indicator.id, f"skala {indicator.scale} tidak dikenal untuk indikator"
        if (indicator.scale == "rasio") != (indicator.formula is not None):
            yield indicator.id, "formula hanya untuk skala rasio, dan skala rasio memerlukannya"
    for item in file.result_items():
        yield from _options(file, item)
        if item.scale not in (*file.scales, file.index.scale):
            yield item.id, f"skala {item.scale} tidak dikenal untuk butir hasil"


def _options(file: InstrumentFile, leaf: LeafFile) -> Problems:
    allowed = list(file.scales.get(leaf.scale, {}))
    if list(leaf.options) != allowed:
        yield leaf.id, f"pilihan harus {', '.join(allowed) or 'kosong'}, tertulis {', '.join(leaf.options)}"


def _formula(indicator: IndicatorFile) -> Iterator[str]:
    formula = indicator.formula
    if formula is None:
        if indicator.inputs:
            yield "inputs tanpa formula"
        return
    keys = [item.key for item in indicator.inputs]
    if isinstance(formula, RatioFormula):
        used = [*formula.numerator, *formula.denominator]
    else:
        used = [formula.previous, formula.current]
    if len(set(keys)) != len(keys) or len(set(used)) != len(used):
        yield "ada masukan yang tertulis dua kali"
    if isinstance(formula, RatioFormula) and formula.may_exceed == bool(formula.impossible):
        yield "isi salah satu: may_exceed atau impossible"
    for key in used:
        if key not in keys:
            yield f"formula memakai masukan {key} yang tidak ada"
    for item in indicator.inputs:
        if item.in_formula != (item.key in used):
            yield f"in_formula pada masukan {item.key} tidak cocok dengan formula"


def _thresholds(file: InstrumentFile) -> Problems:
    """Every criterion is known and can be reached, and WBBM is never easier than WBK."""
    thresholds = file.thresholds
    areas = [f"area.{area.id}" for area in file.areas]
    if sorted(thresholds.criteria_order) != sorted([*areas, *POINT_CRITERIA]):
        yield "criteria_order", "harus memuat setiap kriteria tepat satu kali"
    weight = {"total": Decimal(100), "pengungkit": file.weights.pengungkit}
    parts: list[GroupFile | ResultFile] = [*file.results, *file.result_items()]
    by_id = {part.id: part.weight for part in parts}
    for criterion in POINT_CRITERIA[2:]:
        part_id = thresholds.measures.get(criterion, "")
        if part_id not in by_id:
            yield criterion, f"measures menunjuk {part_id or 'kosong'}, yang tidak ada dalam hasil"
        else:
            weight[criterion] = by_id[part_id]
    for criterion in POINT_CRITERIA:
        wbk, wbbm = thresholds.WBK.points(criterion), thresholds.WBBM.points(criterion)
        if not wbk <= wbbm <= weight[criterion]:
            yield (
                criterion,
                f"batas WBK {wbk} dan WBBM {wbbm} harus naik dan paling tinggi {weight[criterion]}",
            )
    if thresholds.WBK.area_ratio > thresholds.WBBM.area_ratio:
        yield "area_ratio", "batas WBBM lebih rendah daripada WBK"
