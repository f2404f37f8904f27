"""The shape of an instrument file (pydantic), and reading into a shape with errors that name the item."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.errors import InstrumentError

Text = Annotated[str, Field(min_length=1)]
Weight = Annotated[Decimal, Field(gt=0)]
Unit = Annotated[Decimal, Field(ge=0, le=1)]


class Part(BaseModel):
    """A piece of the file: immutable, and a misspelt field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class RatioFormula(Part):
    kind: Literal["rasio"]
    numerator: list[Text]
    denominator: list[Text]
    may_exceed: bool = False
    impossible: str = ""


class DropFormula(Part):
    kind: Literal["penurunan"]
    previous: Text
    current: Text
    both_zero: Unit
    from_zero: Unit


class InputFile(Part):
    key: Text
    label: Text
    in_formula: bool
    words: Annotated[list[Text], Field(min_length=1)]


class LeafFile(Part):
    id: Text
    title: Text
    question: Text
    scale: Text
    options: dict[Text, Text] = {}
    work: Text
    evidence: Annotated[list[Text], Field(min_length=1)]
    note: str = ""
    confidential: bool = False


class IndicatorFile(LeafFile):
    share: Text
    formula: Annotated[RatioFormula | DropFormula, Field(discriminator="kind")] | None = None
    inputs: list[InputFile] = []


class ResultFile(LeafFile):
    name: Text
    weight: Weight


class SubFile(Part):
    id: Text
    name: Text
    weight: Weight
    indicators: Annotated[list[IndicatorFile], Field(min_length=1)]


class AspectFile(Part):
    id: Text
    kind: Literal["P", "R"]
    name: Text
    weight: Weight
    sub_components: Annotated[list[SubFile], Field(min_length=1)]


class AreaFile(Part):
    id: Text
    name: Text
    weight: Weight
    aspects: Annotated[list[AspectFile], Field(min_length=1)]


class GroupFile(Part):
    id: Text
    name: Text
    weight: Weight
    items: Annotated[list[ResultFile], Field(min_length=1)]


class GatesFile(Part):
    total: Weight
    pengungkit: Weight
    area_ratio: Unit
    birokrasi: Weight = Field(alias="hasil.birokrasi")
    ipak: Weight = Field(alias="hasil.ipak")
    capaian: Weight = Field(alias="hasil.capaian")
    pelayanan: Weight = Field(alias="hasil.pelayanan")
    equivalents: dict[Text, Decimal | str]

    def points(self, criterion: str) -> Decimal:
        """Least points of a criterion that is not an area; `criterion` is one of `POINT_CRITERIA`."""
        value: Decimal = getattr(self, criterion.removeprefix("hasil."))
        return value


POINT_CRITERIA = ("total", "pengungkit", "hasil.birokrasi", "hasil.ipak", "hasil.capaian", "hasil.pelayanan")


class ThresholdsFile(Part):
    criteria_order: list[Text]
    tolerance: Annotated[Decimal, Field(ge=0, lt=Decimal("0.001"))]
    measures: dict[Text, Text]
    WBK: GatesFile
    WBBM: GatesFile
    note: Text


class CountsFile(Part):
    areas: int
    sub_components: int
    indicators: int
    pemenuhan: int
    reform: int
    results: int


class WeightsFile(Part):
    pengungkit: Weight
    hasil: Weight


class IndexFile(Part):
    scale: Text
    lowest: Decimal
    highest: Weight


class InstrumentFile(Part):
    """A whole file of kind `instrument`."""

    kind: Literal["instrument"]
    id: Text
    version: Annotated[str, Field(pattern=r"^\d+\.\d+$")]
    title: Text
    regulation: Text
    amended_by: list[Text] = []
    in_force_from: int
    used_for_evaluation_since: int
    replaces: str = ""
    reviewed_on: Text
    language_note: Text
    counts: CountsFile
    weights: WeightsFile
    scales: dict[Text, dict[Text, Unit]]
    index: IndexFile
    thresholds: ThresholdsFile
    areas: list[AreaFile]
    results: list[GroupFile]

    def aspects(self) -> Iterator[AspectFile]:
        return (aspect for area in self.areas for aspect in area.aspects)

    def subs(self) -> Iterator[SubFile]:
        return (sub for aspect in self.aspects() for sub in aspect.sub_components)

    def indicators(self) -> Iterator[IndicatorFile]:
        return (indicator for sub in self.subs() for indicator in sub.indicators)

    def result_items(self) -> Iterator[ResultFile]:
        return (item for group in self.results for item in group.items)


def load_yaml(path: Path) -> Mapping[str, Any]:
    """The file's mapping. Raises `InstrumentError` when it cannot be read, is no YAML, or is no mapping."""
    try:
        raw = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    except OSError as err:
        raise InstrumentError(path.name, "(berkas)", f"tidak dapat dibaca: {err.strerror}") from err
    except yaml.YAMLError as err:
        raise InstrumentError(
            path.name, "(berkas)", f"bukan YAML yang sah: {' '.join(str(err).split())}"
        ) from err
    if not isinstance(raw, dict):
        raise InstrumentError(path.name, "(berkas)", "isinya harus berupa pasangan kunci dan nilai")
    return raw


Model = TypeVar("Model", bound=BaseModel)


def validated(model: type[Model], file: str, raw: Mapping[str, Any]) -> Model:
    """`raw` as `model`; the first thing that does not fit is an `InstrumentError` naming the nearest id."""
    try:
        return model.model_validate(raw)
    except ValidationError as err:
        first = err.errors(include_url=False)[0]
        item_id, field = _place(raw, first["loc"])
        raise InstrumentError(file, item_id, f"{field}: {first['msg']}") from err


def _place(raw: Any, loc: Sequence[int | str]) -> tuple[str, str]:
    """The id of the innermost item on the way `loc`, and the rest of the way as text."""
    item_id, rest, here = "(berkas)", [str(step) for step in loc], raw
    for position, step in enumerate(loc):
        if isinstance(here, dict) and "id" in here:
            item_id, rest = str(here["id"]), [str(later) for later in loc[position:]]
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            break
    return item_id, ".".join(rest)
