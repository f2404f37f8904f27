"""Where the open unit stands: its answers and surveys as knowledge scores them. Reads only.

Every figure here is recomputed from the rows each time; nothing is stored and nothing is rounded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from flows import routes
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.errors import Missing
from flows.models import Survey
from flows.readiness import register
from flows.turn import Turn
from knowledge.answers import Answer, judge
from knowledge.errors import AnswerError
from knowledge.instrument import TARGETS, Indicator, Instrument, ResultItem, Target
from knowledge.readiness import Readiness, readiness
from knowledge.scoring import Score, score


@dataclass(frozen=True, slots=True)
class Given:
    """What the score is made of. `misfits`: ids whose stored answer does not fit; they count as blank."""

    answers: Mapping[str, Answer]
    hasil: Mapping[str, Answer]
    misfits: tuple[str, ...]

    def with_one(self, instrument: Instrument, item_id: str, answer: Answer) -> "Given":
        """The same with one answer replaced."""
        if isinstance(instrument.by_id[item_id], ResultItem):
            return Given(self.answers, {**self.hasil, item_id: answer}, self.misfits)
        return Given({**self.answers, item_id: answer}, self.hasil, self.misfits)


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's score with what it came from. `fed` are the surveys that stand for result items.

    `overruled` are the result items whose typed index stays unused because a survey goes before it.
    """

    where: Current
    given: Given
    fed: Mapping[str, Survey]
    overruled: tuple[str, ...]
    score: Score
    target: Target

    @property
    def instrument(self) -> Instrument:
        """The instrument of the assessment."""
        return self.where.instrument

    def ready(self, target: Target | None = None) -> Readiness:
        """The facts against a target, by default the unit's own."""
        return readiness(self.score, target or self.target)


def target_of(text: str) -> Target:
    """A target named by a button. Raises Missing for anything else."""
    for target in TARGETS:
        if target == text:
            return target
    raise Missing("Sasaran itu tidak dikenal. Yang ada WBK dan WBBM.", next=routes.READINESS())


def standing(turn: Turn) -> Standing:
    """Where the open unit stands. Three queries beyond the unit. Raises NotAllowed, Missing."""
    return standing_of(turn.session, checklist.current(turn))


def standing_of(session: Session, where: Current) -> Standing:
    """As `standing`, for an assessment that the caller may read."""
    typed = checklist.known_answers(session, where.assessment)
    surveys = register.surveys_of(session, where.unit)
    return made_of(where, typed, surveys)


def made_of(where: Current, typed: Mapping[str, Answer], surveys: Iterable[Survey]) -> Standing:
    """The standing that these answers and surveys make."""
    at = where.assessment
    fed = register.feeding(surveys, at.year, where.instrument, at.archived_at)
    indexes = register.indexes(fed)
    given = fitting(where.instrument, {**typed, **indexes})
    return Standing(
        where=where,
        given=given,
        fed=fed,
        overruled=tuple(item_id for item_id, index in indexes.items() if typed.get(item_id, index) != index),
        score=score(where.instrument, given.answers, given.hasil),
        target=target_of(where.assessment.target),
    )


def fitting(instrument: Instrument, known: Mapping[str, Answer]) -> Given:
    """The answers split into indicators and results; what the instrument cannot take is left out."""
    answers: dict[str, Answer] = {}
    hasil: dict[str, Answer] = {}
    misfits: list[str] = []
    for item_id, answer in known.items():
        item = instrument.by_id.get(item_id)
        if not isinstance(item, Indicator | ResultItem):
            continue
        try:
            judge(item, answer)
        except AnswerError:
            misfits.append(item_id)
            continue
        (answers if isinstance(item, Indicator) else hasil)[item_id] = answer
    return Given(answers, hasil, tuple(misfits))
