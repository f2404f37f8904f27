"""A letter on request: read as the one who asked, filled in by a job, sent as a draft with what is empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flows import delivery, policy, routes
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.delivery import File, Kind, Round
from flows.errors import BadInput
from flows.models import Unit
from flows.papers import filling, letter_facts, names, templates
from flows.papers.letters import LETTERS, Letter
from flows.papers.texts import letters as texts
from flows.policy import Act, Actor
from flows.ports import FileDamaged, Files, FileUnavailable
from flows.turn import Turn

CODE = "surat"


@dataclass(frozen=True, slots=True)
class Content:
    """A letter with its facts and the template that it is made with."""

    letter: Letter
    unit: str
    facts: Mapping[str, Any]
    used: templates.Used


def act_of(letter: Letter) -> Act:
    """What somebody must be allowed to do to have this letter."""
    if letter.of_meeting:
        return "task"
    return "tpi_letter" if letter.of_assessors else "letter"


def may(actor: Actor, letter: Letter, unit: Unit) -> bool:
    """Whether the actor may have this letter of the unit."""
    return policy.can(actor, act_of(letter), unit)


def permitted(turn: Turn, unit: Unit) -> list[Letter]:
    """The letters that the actor may have of the unit."""
    return [letter for letter in LETTERS.values() if may(turn.actor, letter, unit)]


def waits_for_assessors(turn: Turn, unit: Unit, code: str) -> bool:
    """Whether a letter that the actor may have needs an assessment that is not there yet."""
    letter = templates.letter_named(code)
    if not (letter.of_assessors and may(turn.actor, letter, unit)):
        return False
    return letter_facts.assessed(turn.session, turn.library, _where(turn, unit)) is None


def _where(turn: Turn, unit: Unit) -> Current:
    assessment = checklist.assessment_of(turn.session, unit)
    return Current(unit, assessment, turn.library.instrument(assessment.instrument_id))


def content(turn: Turn, unit: Unit, code: str, meeting_id: int) -> Content:
    """What a letter will say. Raises NotAllowed, Missing."""
    letter = templates.letter_named(code)
    policy.require(turn.actor, act_of(letter), unit)
    facts = letter_facts.collect(turn.session, turn.library, _where(turn, unit), letter, turn.now, meeting_id)
    return Content(letter, unit.name, facts, templates.in_use(turn.session, unit.agency_id, code))


def gather(turn: Turn, unit: Unit, params: Mapping[str, Any]) -> Content:
    """As `content`, for a document. Raises BadInput where no letter was named."""
    if "letter" not in params:
        raise BadInput(texts.WHICH, next=routes.LETTERS())
    return content(turn, unit, str(params["letter"]), int(params.get("meeting", 0)))


def build(content: Content, _state: Mapping[str, Any], files: Files) -> Round:
    """The docx, in one round."""
    data, own_lost = filling.default(content.letter.code), False
    if content.used.sha256:
        try:
            data = files.store.get(content.used.sha256)
        except (FileUnavailable, FileDamaged):
            own_lost = True
    return Round((made(content, data, own_lost=own_lost),), None, 1, 1)


def made(content: Content, template: bytes, *, own_lost: bool = False) -> File:
    """The letter as a file, with what is still empty in its caption. Falls back on the program's template."""
    letter = content.letter
    try:
        filled = filling.fill(letter, template, content.facts)
    except filling.Unusable:
        own_lost = True
        filled = filling.fill(letter, filling.default(letter.code), content.facts)
    name = names.part(texts.file_name(letter.label, content.unit), 110)
    caption = texts.caption(letter.label, filled.empty, own_lost=own_lost)
    return File(f"{name}.docx", filled.data, templates.DOCX, caption)


def _may_any(turn: Turn, unit: Unit) -> bool:
    return bool(permitted(turn, unit))


KIND = delivery.register(Kind(CODE, texts.LABEL, texts.ABOUT, gather, build, _may_any, rank=40), listed=False)
delivery.offer(delivery.Offer(texts.LABEL, texts.ABOUT, lambda _unit: routes.LETTERS(), _may_any, rank=40))
