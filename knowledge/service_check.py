"""Readiness of public service (kesiapan pelayanan publik): a second, short instrument of five components.

It has the shape of an instrument, so that its answers are given, kept and logged as those of the LKE are, but
it has no weights and no score. It is a team's own check, never a questionnaire of Ombudsman RI.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from knowledge.errors import KnowledgeFileError
from knowledge.files import WHOLE_FILE, Part, Text, load_mapping, read
from knowledge.instrument import CHOICE_SCALES, Area, Aspect, Indicator, Instrument, Option, SubComponent
from knowledge.instrument_model import Node
from knowledge.typed_words import FILLERS, NO, YES, is_question, tokens, words

_DATA = Path(__file__).parent / "data"
FILE = "kesiapan_layanan.yaml"
DONE, PARTLY, NOT_YET = "A", "B", "C"
"""Answers: sudah, sebagian, belum."""
_SCALE, _VALUES = CHOICE_SCALES[1], {DONE: Decimal(1), PARTLY: Decimal("0.5"), NOT_YET: Decimal(0)}
_LEAST, _MOST = 4, 7
"""Questions of a component: short enough to be answered standing up."""


class QuestionPart(Part):
    id: Text
    title: Text
    question: Text
    show: Annotated[list[Text], Field(min_length=1)]
    work: Text
    rule: Text
    confidence: Literal["verified", "check"]
    must: bool
    lke: tuple[Text, ...] = ()


class ComponentPart(Part):
    id: Text
    name: Text
    keepers: Annotated[list[Text], Field(min_length=1)]
    questions: Annotated[list[QuestionPart], Field(min_length=_LEAST, max_length=_MOST)]


class CheckPart(Part):
    kind: Literal["service-check"]
    id: Text
    version: Annotated[str, Field(pattern=r"^\d+\.\d+$")]
    title: Text
    reviewed_on: Text
    source: Text
    nature: Text
    theirs: Text
    article_note: Text
    options: dict[Text, Text]
    topics: list[Text]
    components: Annotated[list[ComponentPart], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Basis:
    """The rule behind a question; `caution` is what is not certain about the citation, "" for nothing.

    `must`: the rule makes it a duty. `lke`: ids of the LKE's indicators about the same thing.
    """

    rule: str
    caution: str
    must: bool
    lke: tuple[str, ...]


class State(Enum):
    """How ready a component is, or the whole: as ready as its weakest part."""

    NOT_READY = "belum siap"
    OPEN = "belum lengkap"
    NEARLY = "hampir siap"
    READY = "siap"


@dataclass(frozen=True, slots=True)
class ServiceCheck:
    """The check: its questions as indicators of an instrument without weights, and their rules by id.

    `keepers` are the LKE's areas that fill a component, by its id. `nature` and `theirs` say what it is not.
    """

    instrument: Instrument
    basis: Mapping[str, Basis]
    keepers: Mapping[str, tuple[str, ...]]
    nature: str
    theirs: str
    topics: tuple[str, ...]

    def state(self, questions: Sequence[Indicator], given: Mapping[str, str]) -> State:
        """What the answers (keys by question) say of these questions; no number is made of them."""
        found = [given.get(question.id) for question in questions]
        if NOT_YET in found:
            return State.NOT_READY
        if None in found:
            return State.OPEN
        return State.NEARLY if PARTLY in found else State.READY

    def to_mend(self, given: Mapping[str, str]) -> tuple[Indicator, ...]:
        """What is not done, duties before good practice, what is missing before what is begun."""
        found = [each for each in self.instrument.area_order if given.get(each.id) in (PARTLY, NOT_YET)]
        return tuple(
            sorted(found, key=lambda each: (not self.basis[each.id].must, given[each.id] != NOT_YET))
        )


def load_service_check(folder: Path, lke: Instrument | None = None) -> ServiceCheck:
    """The check in a folder of fact files. Raises `KnowledgeFileError` naming what does not fit.

    With `lke` its areas and indicators that the file names are looked up there.
    """
    part = read(FILE, CheckPart, load_mapping(folder / FILE))
    if list(part.options) != [DONE, PARTLY, NOT_YET]:
        raise KnowledgeFileError(FILE, "options", "harus A, B, C")
    questions = [question for each in part.components for question in each.questions]
    ids = [each.id for each in part.components] + [question.id for question in questions]
    if len(set(ids)) != len(ids):
        raise KnowledgeFileError(FILE, WHOLE_FILE, "id dipakai lebih dari sekali")
    for each in part.components:
        for question in each.questions:
            if not question.id.startswith(f"{each.id}."):
                raise KnowledgeFileError(FILE, question.id, f"id harus diawali {each.id}.")
    if lke is not None:
        _known(part, lke)
    return ServiceCheck(
        instrument=_instrument(part),
        basis=MappingProxyType({each.id: _basis(part, each) for each in questions}),
        keepers=MappingProxyType({each.id: tuple(each.keepers) for each in part.components}),
        nature=part.nature,
        theirs=part.theirs,
        topics=tuple(part.topics),
    )


def _known(part: CheckPart, lke: Instrument) -> None:
    areas = {area.id for area in lke.areas}
    for each in part.components:
        if set(each.keepers) - areas:
            raise KnowledgeFileError(FILE, each.id, "keepers menyebut area yang tidak ada di LKE")
        for question in each.questions:
            for item_id in question.lke:
                if not isinstance(lke.by_id.get(item_id), Indicator):
                    raise KnowledgeFileError(FILE, question.id, f"{item_id} tidak ada di LKE")


def _basis(part: CheckPart, each: QuestionPart) -> Basis:
    caution = part.article_note if each.confidence == "check" else ""
    return Basis(each.rule, caution, each.must, each.lke)


def _instrument(part: CheckPart) -> Instrument:
    areas = tuple(_area(part, each, no) for no, each in enumerate(part.components, 1))
    questions = tuple(question for area in areas for question in area.indicators)
    subs = tuple(sub for area in areas for aspect in area.aspects for sub in aspect.subs)
    scale = tuple(_VALUES.items())
    year = int(part.version.partition(".")[0])
    nodes: list[Node] = [*areas, *questions]
    return Instrument(
        id=part.id,
        version=part.version,
        key=f"{part.id}-{part.version}",
        title=part.title,
        regulation="",
        amended_by=(),
        in_force_from=year,
        used_for_evaluation_since=year,
        reviewed_on=part.reviewed_on,
        note=part.source,
        areas=areas,
        result_groups=(),
        scales=MappingProxyType({_SCALE: scale}),
        index_max=Decimal(0),
        criteria_order=(),
        gates=MappingProxyType({}),
        equivalents=MappingProxyType({}),
        thresholds_note="",
        subs=subs,
        area_order=questions,
        worksheet_order=questions,
        results=(),
        by_id=MappingProxyType({node.id: node for node in nodes}),
        _names=MappingProxyType({}),
    )


def _area(part: CheckPart, each: ComponentPart, no: int) -> Area:
    number = f"K{no}"
    options = tuple(Option(key, _VALUES[key], text) for key, text in part.options.items())
    questions = tuple(
        Indicator(
            id=question.id,
            number=f"{no}.{index}",
            title=question.title,
            question=question.question,
            scale=_SCALE,
            options=options,
            inputs=(),
            formula=None,
            evidence=tuple(question.show),
            note="",
            work=question.work,
            confidential=False,
            kind="P",
            area_id=each.id,
            area_no=no,
            aspect_id=each.id,
            sub_id=each.id,
            index=index,
            of=len(each.questions),
            max_points=Fraction(0),
        )
        for index, question in enumerate(each.questions, 1)
    )
    zero = Decimal(0)
    sub = SubComponent(
        id=each.id, number=number, name=each.name, weight=zero, indicators=questions, area_id=each.id,
        aspect_id=each.id,
    )  # fmt: skip
    aspect = Aspect(
        id=each.id, number=number, kind="P", name=each.name, weight=zero, subs=(sub,), area_id=each.id
    )
    return Area(id=each.id, no=no, name=each.name, weight=zero, aspects=(aspect,))


@lru_cache(maxsize=1)
def service_check() -> ServiceCheck:
    """As `load_service_check`, from the product's own data; read once."""
    return load_service_check(_DATA)


_SOME = words("sebagian sebagiannya separuh separo setengah sbagian sbgn")
_SOME_SAID = re.compile(r"\b(?:belum|blm|tidak|ga|gak|nggak) (?:semua\w*|seluruh\w*|lengkap|tuntas)\b")
_NUMBERS = {"1": DONE, "2": PARTLY, "3": NOT_YET}


def typed(text: str) -> str | None:
    """The answer that a typed text means ("sudah", "blm", "sebagian", "b", "2"); None for another text.

    What says both yes and no ("sudah tapi belum semua") is partly done.
    """
    said = tokens(text)
    if not said or len(said) > 6 or is_question(text):
        return None
    if _SOME & set(said) or _SOME_SAID.search(" ".join(said)):
        return PARTLY
    rest = [word for word in said if word not in FILLERS and word not in {"tapi", "namun", "masih"}]
    if len(rest) == 1 and rest[0].upper() in _VALUES:
        return rest[0].upper()
    if len(rest) == 1 and rest[0] in _NUMBERS:
        return _NUMBERS[rest[0]]
    if not rest or not all(word in YES or word in NO for word in rest):
        return None
    yes, no = any(word in YES for word in rest), any(word in NO for word in rest)
    if rest[0] in NO:
        return NOT_YET
    return PARTLY if yes and no else DONE
