"""The leader's brief on request."""

from collections.abc import Mapping
from typing import Any

from flows import delivery, fmt, policy
from flows.checklist import service as checklist
from flows.checklist.service import Current
from flows.delivery import File, Kind, Round
from flows.models import Unit
from flows.papers import brief, names, typeset
from flows.papers.texts import brief as texts
from flows.ports import Files
from flows.turn import Turn

CODE = "ringkasan"
MIME = "application/pdf"


def gather(turn: Turn, unit: Unit, _params: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The unit's name and what the brief says. Raises NotAllowed, Missing."""
    policy.require(turn.actor, "view", unit)
    assessment = checklist.assessment_of(turn.session, unit)
    where = Current(unit, assessment, turn.library.instrument(assessment.instrument_id))
    return unit.name, brief.collect(turn.session, where, turn.now)


def build(content: tuple[str, Mapping[str, Any]], _state: Mapping[str, Any], _files: Files) -> Round:
    """The PDF, in one round."""
    unit, facts = content
    return Round((made(unit, facts),), None, 1, 1)


def made(unit: str, facts: Mapping[str, Any]) -> File:
    """The PDF of these facts."""
    name = names.part(texts.file_name(unit), 110)
    caption = texts.caption(fmt.esc(str(facts["verdict"])), fmt.esc(str(facts["as_of"])))
    return File(f"{name}.pdf", typeset.pdf("brief", facts), MIME, caption)


KIND = delivery.register(Kind(CODE, texts.LABEL, texts.ABOUT, gather, build, rank=20))
