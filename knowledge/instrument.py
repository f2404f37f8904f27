"""Loads instruments from their files and offers the whole vocabulary of `instrument_model` under one name.

instruments = load_instruments(folder)
instrument = instruments["lke-2021"]
indicator = instrument.find("a.i.5.i.a")
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

from knowledge import instrument_schema as schema
from knowledge.errors import InstrumentError
from knowledge.instrument_checks import checked
from knowledge.instrument_model import (
    CHOICE_SCALES,
    INDEX_SCALE,
    RATIO_SCALE,
    ROMAN,
    TARGETS,
    Area,
    Aspect,
    Formula,
    Gate,
    Indicator,
    Instrument,
    Node,
    Option,
    RatioInput,
    ResultGroup,
    ResultItem,
    SubComponent,
    Target,
    loose,
)

__all__ = [
    "CHOICE_SCALES",
    "INDEX_SCALE",
    "RATIO_SCALE",
    "TARGETS",
    "Area",
    "Aspect",
    "Formula",
    "Gate",
    "Indicator",
    "Instrument",
    "Node",
    "Option",
    "RatioInput",
    "ResultGroup",
    "ResultItem",
    "SubComponent",
    "Target",
    "load_instrument",
    "load_instruments",
]


def load_instruments(folder: Path) -> Mapping[str, Instrument]:
    """Every instrument of `folder`, by key ("lke-2021.1") and, for its newest release, by id ("lke-2021").

    Files of kind `outline` are for reading: see `knowledge.outline`. Raises `InstrumentError` at the first
    file that fails. Reads the disk each time: keep the result.
    """
    found: dict[str, Instrument] = {}
    for path in sorted(folder.glob("*.yaml")):
        raw = schema.load_yaml(path)
        if raw.get("kind") != "outline":
            instrument = _checked_and_built(path, raw)
            found[instrument.key] = instrument
    for instrument in sorted(
        found.values(), key=lambda each: [int(part) for part in each.version.split(".")]
    ):
        found[instrument.id] = instrument
    return MappingProxyType(found)


def load_instrument(path: Path) -> Instrument:
    """The instrument in the file `path`, whose name must be its key. Raises `InstrumentError`."""
    return _checked_and_built(path, schema.load_yaml(path))


def _checked_and_built(path: Path, raw: Mapping[str, Any]) -> Instrument:
    file = checked(path.name, raw)
    key = f"{file.id}.{file.version.rpartition('.')[2]}"
    if path.stem != key:
        raise InstrumentError(path.name, file.id, f"nama berkas harus {key}.yaml")
    return _build(file, key)


def _build(file: schema.InstrumentFile, key: str) -> Instrument:
    areas = tuple(_area(file, area, no) for no, area in enumerate(file.areas, 1))
    groups = tuple(_group(file, group, no) for no, group in enumerate(file.results, 1))
    aspects = [aspect for area in areas for aspect in area.aspects]
    subs = tuple(sub for aspect in aspects for sub in aspect.subs)
    in_areas = tuple(indicator for area in areas for indicator in area.indicators)
    results = tuple(item for group in groups for item in group.items)
    nodes: list[Node] = [*areas, *aspects, *subs, *in_areas, *results]
    return Instrument(
        id=file.id,
        version=file.version,
        key=key,
        title=file.title,
        regulation=file.regulation,
        amended_by=tuple(file.amended_by),
        in_force_from=file.in_force_from,
        used_for_evaluation_since=file.used_for_evaluation_since,
        reviewed_on=file.reviewed_on,
        note=file.language_note,
        areas=areas,
        result_groups=groups,
        scales=MappingProxyType({name: tuple(values.items()) for name, values in file.scales.items()}),
        index_max=file.index.highest,
        criteria_order=tuple(file.thresholds.criteria_order),
        gates=MappingProxyType({target: _gates(file, target) for target in TARGETS}),
        equivalents=MappingProxyType({t: MappingProxyType(_limits(file, t).equivalents) for t in TARGETS}),
        thresholds_note=file.thresholds.note,
        subs=subs,
        area_order=in_areas,
        worksheet_order=tuple(
            leaf for kind in "PR" for a in aspects if a.kind == kind for leaf in a.indicators
        ),
        results=results,
        by_id=MappingProxyType({node.id: node for node in nodes}),
        _names=MappingProxyType(_names(nodes)),
    )


def _names(nodes: Sequence[Node]) -> dict[str, Node]:
    """Each node under its id and number in comparison form; a form that means two things means nothing."""
    names: dict[str, Node] = {}
    twice: set[str] = set()
    for node in nodes:
        number = f"area {node.no}" if isinstance(node, Area) else node.number
        for name in {loose(node.id), loose(number)}:
            if name in names:
                twice.add(name)
            names[name] = node
    return {name: node for name, node in names.items() if name not in twice}


def _area(file: schema.InstrumentFile, area: schema.AreaFile, no: int) -> Area:
    aspects = tuple(_aspect(file, area, no, aspect) for aspect in area.aspects)
    return Area(id=area.id, no=no, name=area.name, weight=area.weight, aspects=aspects)


def _aspect(file: schema.InstrumentFile, area: schema.AreaFile, no: int, aspect: schema.AspectFile) -> Aspect:
    number = f"A.{'I' if aspect.kind == 'P' else 'II'}.{no}"
    subs = []
    for place, sub in enumerate(aspect.sub_components, 1):
        sub_number = f"{number}.{ROMAN[place]}"
        leaves = tuple(
            _indicator(file, leaf, sub_number, index, sub, aspect, area.id, no)
            for index, leaf in enumerate(sub.indicators, 1)
        )
        subs.append(
            SubComponent(
                id=sub.id,
                number=sub_number,
                name=sub.name,
                weight=sub.weight,
                indicators=leaves,
                area_id=area.id,
                aspect_id=aspect.id,
            )
        )
    return Aspect(
        id=aspect.id,
        number=number,
        kind=aspect.kind,
        name=aspect.name,
        weight=aspect.weight,
        subs=tuple(subs),
        area_id=area.id,
    )


def _indicator(
    file: schema.InstrumentFile,
    leaf: schema.IndicatorFile,
    sub_number: str,
    index: int,
    sub: schema.SubFile,
    aspect: schema.AspectFile,
    area_id: str,
    area_no: int,
) -> Indicator:
    return Indicator(
        id=leaf.id,
        number=f"{sub_number}.{leaf.id.rpartition('.')[2]}",
        title=leaf.title,
        question=leaf.question,
        scale=leaf.scale,
        options=_options(file, leaf),
        inputs=tuple(
            RatioInput(item.key, item.label, item.in_formula, tuple(item.words)) for item in leaf.inputs
        ),
        formula=_formula(leaf),
        evidence=tuple(leaf.evidence),
        note=leaf.note,
        work=leaf.work,
        confidential=leaf.confidential,
        kind=aspect.kind,
        area_id=area_id,
        area_no=area_no,
        aspect_id=aspect.id,
        sub_id=sub.id,
        index=index,
        of=len(sub.indicators),
        max_points=Fraction(sub.weight) / len(sub.indicators),
    )


def _options(file: schema.InstrumentFile, leaf: schema.LeafFile) -> tuple[Option, ...]:
    values = file.scales.get(leaf.scale, {})
    return tuple(Option(key, values[key], text) for key, text in leaf.options.items())


def _formula(leaf: schema.IndicatorFile) -> Formula | None:
    match leaf.formula:
        case schema.RatioFormula() as ratio:
            return Formula(
                "rasio", tuple(ratio.numerator), tuple(ratio.denominator), ratio.may_exceed, ratio.impossible
            )
        case schema.DropFormula() as drop:
            return Formula(
                "penurunan",
                previous=drop.previous,
                current=drop.current,
                both_zero=drop.both_zero,
                from_zero=drop.from_zero,
            )
        case None:
            return None


def _group(file: schema.InstrumentFile, group: schema.GroupFile, no: int) -> ResultGroup:
    number = f"B.{ROMAN[no].upper()}"
    items = tuple(
        ResultItem(
            id=item.id,
            number=f"{number}.{item.id.rpartition('.')[2]}",
            name=item.name,
            weight=item.weight,
            title=item.title,
            question=item.question,
            scale=item.scale,
            options=_options(file, item),
            evidence=tuple(item.evidence),
            note=item.note,
            work=item.work,
            confidential=item.confidential,
            group_id=group.id,
        )
        for item in group.items
    )
    return ResultGroup(id=group.id, number=number, name=group.name, weight=group.weight, items=items)


def _limits(file: schema.InstrumentFile, target: Target) -> schema.GatesFile:
    return file.thresholds.WBK if target == "WBK" else file.thresholds.WBBM


def _gates(file: schema.InstrumentFile, target: Target) -> tuple[Gate, ...]:
    """The target's gates in the order of `criteria_order`."""
    limits, gates = _limits(file, target), {}
    tolerance = file.thresholds.tolerance
    for no, area in enumerate(file.areas, 1):
        gates[f"area.{area.id}"] = Gate(
            id=f"area.{area.id}",
            name=f"Area {no} {area.name}",
            node=area.id,
            weight=area.weight,
            need=area.weight * limits.area_ratio,
            share=limits.area_ratio,
            tolerance=area.weight * tolerance,
            floor=Fraction(area.weight * (limits.area_ratio - tolerance)),
            survey=False,
        )
    for criterion in schema.POINT_CRITERIA:
        node, name, weight, survey = _measure(file, criterion)
        gates[criterion] = Gate(
            id=criterion,
            name=name,
            node=node,
            weight=weight,
            need=limits.points(criterion),
            share=None,
            tolerance=tolerance,
            floor=Fraction(limits.points(criterion) - tolerance),
            survey=survey,
        )
    return tuple(gates[criterion] for criterion in file.thresholds.criteria_order)


def _measure(file: schema.InstrumentFile, criterion: str) -> tuple[str, str, Decimal, bool]:
    """What a criterion measures: node, name, largest points, and whether only a survey moves it."""
    if criterion == "total":
        return "total", "Nilai total", Decimal(100), False
    if criterion == "pengungkit":
        return "pengungkit", "Pengungkit", file.weights.pengungkit, False
    node = file.thresholds.measures[criterion]
    for group in file.results:
        if group.id == node:
            return node, group.name, group.weight, all(item.scale == file.index.scale for item in group.items)
        for item in group.items:
            if item.id == node:
                return node, item.name, item.weight, item.scale == file.index.scale
    raise KeyError(node)
