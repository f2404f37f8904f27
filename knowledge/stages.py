"""The year of a unit as a timeline: stages in order of time, template dates, what moves with what, guidance.

Read from `data/tahapan.yaml` on top of `data/proses.yaml`, which says what a stage is, who does it and by
which rule. Dates are worked out from the day of submission; a day off becomes the working day before it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from knowledge.eligibility import Confidence, Practice, Process, Stage, load_process
from knowledge.errors import KnowledgeFileError
from knowledge.files import WHOLE_FILE, Part, PartT, Text, load_mapping, read

FILE = "tahapan.yaml"
PROCESS = "proses.yaml"
_DATA = Path(__file__).parent / "data"

TPI, SUBMISSION = "evaluasi_tpi", "pengajuan"
OUTSIDE = frozenset({"pencabutan"})
"""Stages of the process that have no place in a year."""
LONGEST_DAYS = 900


class PlacePart(Part):
    """Where a stage stands, as in the file."""

    stage: Text
    days_before: int
    moves_with: str
    span: int
    strategies: tuple[Text, ...]
    duties: tuple[Text, ...]
    confidence: Confidence
    rule: str = ""


class DutyPart(Part):
    """A duty of the team that a source names."""

    id: Text
    text: Text
    confidence: Confidence


class StrategyPart(Part):
    """One of the strategies for success."""

    id: Text
    name: Text
    text: Text


class SubmissionPart(Part):
    """The customary day of submission."""

    month: int
    day: int
    rule: Text
    caution: Text


class TeamPart(Part):
    rule: Text
    caution: Text
    topic: Text
    duties: tuple[DutyPart, ...]


class StrategiesPart(Part):
    rule: Text
    caution: Text
    topic: Text
    items: tuple[StrategyPart, ...]


class TimelinePart(Part):
    """The whole file."""

    reviewed_on: Text
    submission: SubmissionPart
    timeline: tuple[PlacePart, ...]
    team: TeamPart
    strategies: StrategiesPart


@dataclass(frozen=True, slots=True)
class Place:
    """One stage of the year. `days_before` counts from its template date to the submission (negative: after).

    `sure`: its distance follows from a rule; else it is practice. `stage` has who, what, timing and its rule.
    """

    id: str
    no: int
    stage: Stage
    days_before: int
    moves_with: str
    span_days: int
    sure: bool
    rule: str
    duties: tuple[DutyPart, ...]
    strategies: tuple[StrategyPart, ...]

    @property
    def name(self) -> str:
        """Its name: "Desk evaluasi TPN"."""
        return self.stage.name

    @property
    def certain(self) -> bool:
        """Whether what is said of the stage itself stands in a source that was read."""
        return self.stage.confidence == "verified"

    @property
    def practice(self) -> Practice | None:
        """What was last done, where known."""
        return self.stage.practice


@dataclass(frozen=True)
class Timeline:
    """The stages in order of time."""

    places: tuple[Place, ...]
    submission: SubmissionPart
    team: TeamPart
    strategies: StrategiesPart
    caution: str

    def place(self, stage_id: str) -> Place | None:
        """The stage with this id; None for unknown ones."""
        return next((each for each in self.places if each.id == stage_id), None)

    def customary(self, year: int) -> date:
        """The customary day of submission of a year, before the ministry has announced it."""
        return date(year, self.submission.month, self.submission.day)

    def dates(
        self,
        submission: date,
        working: Callable[[date], date],
        offsets: Mapping[str, int] | None = None,
    ) -> dict[str, date]:
        """The template date of every stage for this day of submission, by id.

        `working` gives the last working day up to a day; the submission itself stays as announced. `offsets`
        go before the file's distances.
        """
        own = offsets or {}
        made = {}
        for each in self.places:
            day = submission - timedelta(days=own.get(each.id, each.days_before))
            made[each.id] = submission if each.id == SUBMISSION else working(day)
        return made

    def followers(self, stage_id: str) -> tuple[Place, ...]:
        """Every stage that is taken along when this one is shifted, in order of time."""
        taken = set(self._followers(stage_id))
        return tuple(each for each in self.places if each.id in taken)

    def _followers(self, stage_id: str) -> Iterator[str]:
        for each in self.places:
            if each.moves_with == stage_id:
                yield each.id
                yield from self._followers(each.id)


def load_timeline(folder: Path) -> Timeline:
    """The timeline in a folder of fact files. Raises `KnowledgeFileError` naming what does not fit."""
    part = read(FILE, TimelinePart, load_mapping(folder / FILE))
    process = load_process(folder / PROCESS)
    _check_guidance(part)
    _check_stages(part, process)
    stages = {stage.id: stage for stage in process.stages}
    duties = {duty.id: duty for duty in part.team.duties}
    strategies = {strategy.id: strategy for strategy in part.strategies.items}
    places = tuple(
        Place(
            id=each.stage,
            no=no,
            stage=stages[each.stage],
            days_before=each.days_before,
            moves_with=each.moves_with,
            span_days=each.span,
            sure=each.confidence == "verified",
            rule=each.rule,
            duties=tuple(_named(duties, each.stage, each.duties)),
            strategies=tuple(_named(strategies, each.stage, each.strategies)),
        )
        for no, each in enumerate(part.timeline, 1)
    )
    return Timeline(places, part.submission, part.team, part.strategies, process.caution)


def _named(known: Mapping[str, PartT], stage: str, ids: tuple[str, ...]) -> Iterator[PartT]:
    for each in ids:
        if each not in known:
            raise KnowledgeFileError(FILE, stage, f"{each} tidak ada")
        yield known[each]


def _check_guidance(part: TimelinePart) -> None:
    for what, ids in (
        ("team", [duty.id for duty in part.team.duties]),
        ("strategies", [strategy.id for strategy in part.strategies.items]),
    ):
        if len(set(ids)) != len(ids):
            raise KnowledgeFileError(FILE, what, "id dipakai lebih dari sekali")
    try:
        date(2027, part.submission.month, part.submission.day)
    except ValueError as err:
        raise KnowledgeFileError(FILE, "submission", "tanggal itu tidak ada") from err


def _check_stages(part: TimelinePart, process: Process) -> None:
    ids = [each.stage for each in part.timeline]
    wanted = {stage.id for stage in process.stages} - OUTSIDE
    if len(set(ids)) != len(ids):
        raise KnowledgeFileError(FILE, WHOLE_FILE, "tahap tertulis dua kali")
    if set(ids) != wanted:
        odd = ", ".join(sorted(set(ids) ^ wanted))
        raise KnowledgeFileError(FILE, WHOLE_FILE, f"tahap tidak sama dengan {PROCESS}: {odd}")
    days = [each.days_before for each in part.timeline]
    if days != sorted(days, reverse=True):
        raise KnowledgeFileError(FILE, WHOLE_FILE, "urutan tahap tidak menurut waktu")
    for each in part.timeline:
        _check_place(each, {other.stage: other for other in part.timeline})


def _check_place(each: PlacePart, known: Mapping[str, PlacePart]) -> None:
    if each.stage == SUBMISSION and (each.days_before or each.moves_with):
        raise KnowledgeFileError(FILE, each.stage, "pengajuan adalah titik hitung: 0 hari, tanpa ikutan")
    if each.stage != SUBMISSION and each.moves_with not in known:
        raise KnowledgeFileError(FILE, each.stage, f"bergeser bersama {each.moves_with!r}, yang tidak ada")
    if abs(each.days_before) > LONGEST_DAYS or each.span < 1:
        raise KnowledgeFileError(FILE, each.stage, "jarak atau lamanya tidak masuk akal")
    if each.confidence == "verified" and not each.rule:
        raise KnowledgeFileError(FILE, each.stage, "jarak yang pasti harus menyebut aturannya")
    seen, at = set(), each.stage
    while at != SUBMISSION:
        if at in seen:
            raise KnowledgeFileError(FILE, each.stage, "ikutan berputar")
        seen.add(at)
        at = known[at].moves_with if at in known else SUBMISSION


@lru_cache(maxsize=1)
def timeline() -> Timeline:
    """As `load_timeline`, from the product's own data; read once."""
    return load_timeline(_DATA)
