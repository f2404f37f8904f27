"""An older instrument as far as it is known: for reading and comparing, never for a score.

Each part says how sure it is: `verified`, or `recall`, which is shown with a caution.
"""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from knowledge.errors import InstrumentError
from knowledge.instrument_schema import Part, Text, Unit, Weight, WeightsFile, load_yaml, validated

Confidence = Literal["verified", "recall"]


class OutlineSub(Part):
    id: Text
    name: Text
    weight: Weight
    confidence: Confidence
    name_confidence: Confidence | None = None
    indicators: int | None = None


class OutlineArea(Part):
    id: Text
    name: Text
    weight: Weight
    confidence: Confidence
    sub_components: tuple[OutlineSub, ...]


class OutlineGroup(Part):
    id: Text
    name: Text
    weight: Weight
    confidence: Confidence
    items: tuple[OutlineSub, ...]


class OutlineThreshold(Part):
    """Least points of one target; None where no rule was found."""

    target: Literal["WBK", "WBBM"]
    total: Decimal
    h1: Decimal = Field(alias="H.1")
    h1a: Decimal = Field(alias="H.1.a")
    h1b: Decimal = Field(alias="H.1.b")
    h2: Decimal | None = Field(alias="H.2", default=None)
    confidence: Confidence


class Remark(Part):
    text: Text
    topic: str = ""
    confidence: Confidence


class Outline(Part):
    """The skeleton of an instrument: areas, weights, thresholds as far as known, and what changed."""

    kind: Literal["outline"]
    id: Text
    version: Annotated[str, Field(pattern=r"^\d+\.\d+$")]
    title: Text
    regulation: Text
    replaced_by: Text
    status: Text
    reviewed_on: Text
    also_used_by: tuple[Remark, ...] = ()
    scales: dict[Text, dict[Text, Unit]]
    scoring: Remark
    weights: WeightsFile
    areas: tuple[OutlineArea, ...]
    results: tuple[OutlineGroup, ...]
    thresholds: tuple[OutlineThreshold, ...]
    thresholds_note: Text
    changes: tuple[Remark, ...]


def load_outlines(folder: Path) -> Mapping[str, Outline]:
    """Every outline of `folder` by its id. Raises `InstrumentError`."""
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        raw = load_yaml(path)
        if raw.get("kind") == "outline":
            outline = validated(Outline, path.name, raw)
            _check(path.name, outline)
            found[outline.id] = outline
    return MappingProxyType(found)


def _check(name: str, outline: Outline) -> None:
    """Weights add up at every level."""
    sums: list[tuple[str, Decimal, list[Decimal]]] = [
        ("pengungkit", outline.weights.pengungkit, [area.weight for area in outline.areas]),
        ("hasil", outline.weights.hasil, [group.weight for group in outline.results]),
    ]
    sums += [(area.id, area.weight, [sub.weight for sub in area.sub_components]) for area in outline.areas]
    sums += [(group.id, group.weight, [item.weight for item in group.items]) for group in outline.results]
    for item_id, whole, parts in sums:
        if sum(parts, Decimal(0)) != whole:
            raise InstrumentError(name, item_id, f"bobot {whole} tidak sama dengan jumlah bagiannya")
