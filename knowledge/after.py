"""The way of a unit after the submission: stages, their results, what a result asks of the unit.

Read from `data/setelah_pengajuan.yaml` on top of `data/proses.yaml`. A result is what somebody notes down
from a letter or the ministry's system; nothing here decides one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from knowledge.eligibility import Practice, Stage, load_process
from knowledge.errors import KnowledgeFileError
from knowledge.files import Part, Text, load_mapping, read

FILE = "setelah_pengajuan.yaml"
PROCESS = "proses.yaml"
_DATA = Path(__file__).parent / "data"

Result = Literal["lolos", "catatan", "tidak", "panel", "diterima", "ditolak"]
ENDS = frozenset({"tidak"})
"""Results after which there is no further stage, unless an objection is accepted."""
SELECTION, OBJECTION, FINAL = "pra_evaluasi", "sanggah", "penetapan"
ACCEPTED, PASSED = "diterima", "lolos"


class StepPart(Part):
    """One stage, as in the file."""

    id: Text
    of: Text
    short: Text
    results: tuple[Result, ...]
    topic: Text
    name: str = ""
    after: tuple[Result, ...] = ()
    what: tuple[Text, ...] = ()
    rule: str = ""
    practice: Practice | None = None
    note: str = ""
    next: Mapping[Result, Text] = {}


class KeptLine(Part):
    """One thing that holds for a unit with the predicate."""

    text: Text
    rule: Text
    topic: Text


class KeptPart(Part):
    rule: Text
    lines: tuple[KeptLine, ...]
    unknown: Text


class QuotaPart(Part):
    text: Text


class AfterPart(Part):
    """The whole file."""

    reviewed_on: Text
    caution: Text
    stages: tuple[StepPart, ...]
    kept: KeptPart
    quota: QuotaPart


@dataclass(frozen=True, slots=True)
class Step:
    """One stage. `after`: it happens only where the stage before it ended so."""

    id: str
    no: int
    short: str
    name: str
    who: str
    what: tuple[str, ...]
    timing: str
    rule: str
    note: str
    practice: Practice | None
    results: tuple[Result, ...]
    after: tuple[Result, ...]
    topic: str
    next: Mapping[Result, str]


@dataclass(frozen=True)
class After:
    """The stages in order, what holds afterwards, and the caution that belongs to all of it."""

    steps: tuple[Step, ...]
    kept: KeptPart
    quota: str
    caution: str

    def step(self, id: str) -> Step | None:
        """The stage with this id; None for unknown ones."""
        return next((each for each in self.steps if each.id == id), None)

    def happens(self, step: Step, results: Mapping[str, str]) -> bool:
        """Whether the stage can happen by what is noted down.

        An objection only against a result, and no longer once a later stage has one.
        """
        if not step.after or results.get(step.id):
            return True
        later = any(results.get(each.id) for each in self.steps[step.no :])
        return not later and results.get(self.steps[step.no - 2].id, "") in step.after

    def ended_at(self, results: Mapping[str, str]) -> Step | None:
        """The stage at which the unit's way ended, None while it goes on.

        A selection that was not passed does not end it once the objection is accepted.
        """
        for step in self.steps:
            if results.get(step.id, "") not in ENDS:
                continue
            if step.id == SELECTION and results.get(OBJECTION) == ACCEPTED:
                continue
            return step
        return None

    def furthest(self, results: Mapping[str, str]) -> Step | None:
        """The last stage that has a result."""
        return next((each for each in reversed(self.steps) if results.get(each.id)), None)

    def waiting(self, results: Mapping[str, str]) -> Step | None:
        """The stage whose result comes next; None after the last one and after an end."""
        if self.ended_at(results) is not None:
            return None
        last = self.furthest(results)
        later = self.steps[last.no :] if last is not None else self.steps
        return next((each for each in later if not each.after), None)


def load_after(folder: Path) -> After:
    """The stages in a folder of fact files. Raises `KnowledgeFileError` naming what does not fit."""
    part = read(FILE, AfterPart, load_mapping(folder / FILE))
    stages = {stage.id: stage for stage in load_process(folder / PROCESS).stages}
    ids = [each.id for each in part.stages]
    if len(set(ids)) != len(ids):
        raise KnowledgeFileError(FILE, "stages", "id dipakai lebih dari sekali")
    steps = tuple(_step(no, each, stages) for no, each in enumerate(part.stages, 1))
    return After(steps, part.kept, part.quota.text, part.caution)


def _step(no: int, each: StepPart, stages: Mapping[str, Stage]) -> Step:
    stage = stages.get(each.of)
    if stage is None:
        raise KnowledgeFileError(FILE, each.id, f"{each.of} tidak ada di {PROCESS}")
    if stage.confidence != "verified":
        raise KnowledgeFileError(FILE, each.id, "tahap yang belum pasti tidak dipakai di sini")
    if set(each.next) - set(each.results):
        raise KnowledgeFileError(FILE, each.id, "langkah untuk hasil yang tidak ada")
    own = bool(each.name)
    return Step(
        id=each.id,
        no=no,
        short=each.short,
        name=each.name or stage.name,
        who=stage.who,
        what=each.what or stage.what,
        timing="" if own else stage.timing,
        rule=each.rule or stage.rule,
        note=each.note if own else each.note or stage.note,
        practice=each.practice if own else each.practice or stage.practice,
        results=each.results,
        after=each.after,
        topic=each.topic,
        next=each.next,
    )


@lru_cache(maxsize=1)
def after() -> After:
    """As `load_after`, from the product's own data; read once."""
    return load_after(_DATA)
