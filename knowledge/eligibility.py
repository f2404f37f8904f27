"""The way of a proposal: stages, rules, and the conditions of agency and unit that stand beside the score.

A condition is answered yes, no, or not yet. `eligibility` lists those that count for a target and says where
they stand; it never mixes with the score's gates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from knowledge.errors import InstrumentError
from knowledge.instrument_model import Target
from knowledge.instrument_schema import Part, Text, load_yaml, validated

Owner = Literal["instansi", "unit"]
Confidence = Literal["verified", "recall"]


class Practice(Part):
    """What was last done, as far as known until `valid_until`."""

    text: Text
    valid_until: Text


class Past(Part):
    year: int
    text: Text


class Stage(Part):
    """One step on the way to a predicate, in order."""

    id: Text
    name: Text
    who: Text
    what: Annotated[tuple[Text, ...], Field(min_length=1)]
    timing: Text
    rule: str
    note: str = ""
    practice: Practice | None = None
    history: tuple[Past, ...] = ()
    confidence: Confidence = "verified"


class Regulation(Part):
    id: Text
    name: Text
    text: Text
    status: Text


class Line(Part):
    """A condition of proposal; `WBK` and `WBBM` say what is needed, empty where it does not apply.

    `applies_to` is semua, pemda (regional government) or kl (ministry, agency). `binding` is false for a
    warning from practice. `indicators` hold the same fact in the worksheet.
    """

    id: Text
    owner: Owner
    name: Text
    applies_to: Literal["semua", "pemda", "kl"] = "semua"
    WBK: str = ""
    WBBM: str = ""
    rule: Text
    binding: bool = True
    valid_until: str = ""
    note: str = ""
    indicators: tuple[Text, ...] = ()

    def needed(self, target: Target) -> str:
        """What the target needs, in Indonesian; empty when it needs nothing here."""
        return self.WBK if target == "WBK" else self.WBBM


class Remark(Part):
    text: Text
    rule: Text
    note: str = ""


class SelfEvaluation(Part):
    text: Text
    rule: Text
    practice: Practice


class Process(Part):
    """The whole file."""

    reviewed_on: Text
    caution: Text
    regulations: tuple[Regulation, ...]
    stages: tuple[Stage, ...]
    wbk_mandiri: SelfEvaluation
    eligibility: tuple[Line, ...]
    exceptions: tuple[Remark, ...]
    limits: tuple[Remark, ...]


def load_process(path: Path) -> Process:
    """The process in the file `path`. Raises `InstrumentError`."""
    process = validated(Process, path.name, load_yaml(path))
    ids = [regulation.id for regulation in process.regulations]
    ids += [stage.id for stage in process.stages] + [line.id for line in process.eligibility]
    for each in ids:
        if ids.count(each) > 1:
            raise InstrumentError(path.name, each, "id dipakai lebih dari sekali")
    for line in process.eligibility:
        if not (line.WBK or line.WBBM):
            raise InstrumentError(path.name, line.id, "syarat tanpa isi untuk WBK maupun WBBM")
    return process


class Standing(Enum):
    MET = "met"
    UNMET = "unmet"
    OPEN = "open"  # not answered yet


@dataclass(frozen=True, slots=True)
class LineResult:
    line: Line
    needed: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Conditions of agency and unit for a target, in the file's order; `warnings` do not bind."""

    target: Target
    instansi: tuple[LineResult, ...]
    unit: tuple[LineResult, ...]
    warnings: tuple[LineResult, ...]

    @property
    def met(self) -> bool:
        """Whether every binding condition is met."""
        return all(each.standing is Standing.MET for each in (*self.instansi, *self.unit))

    @property
    def open(self) -> tuple[LineResult, ...]:
        """Binding conditions that nobody has answered."""
        return tuple(each for each in (*self.instansi, *self.unit) if each.standing is Standing.OPEN)


def eligibility(
    process: Process,
    target: Target,
    answers: Mapping[str, bool],
    *,
    government: Literal["pemda", "kl"] | None = None,
) -> Eligibility:
    """Where agency and unit stand; `answers` by line id, missing ones are open.

    `government` leaves out the lines of the other kind; while it is unknown, both are listed.
    """
    results = [
        LineResult(line, line.needed(target), _standing(answers.get(line.id)))
        for line in process.eligibility
        if line.needed(target) and (government is None or line.applies_to in ("semua", government))
    ]
    binding = [each for each in results if each.line.binding]
    return Eligibility(
        target=target,
        instansi=tuple(each for each in binding if each.line.owner == "instansi"),
        unit=tuple(each for each in binding if each.line.owner == "unit"),
        warnings=tuple(each for each in results if not each.line.binding),
    )


def _standing(answer: bool | None) -> Standing:
    if answer is None:
        return Standing.OPEN
    return Standing.MET if answer else Standing.UNMET
