"""What a deadline is for, and its name."""

from dataclasses import dataclass

from flows import fmt
from flows.evidence.periods import span_of
from flows.models import Deadline
from knowledge import stages
from knowledge.duties import duty_of
from knowledge.instrument import Area, Indicator, Instrument, ResultItem, SubComponent

TPI, SUBMISSION, STAGE, AREA, SUB, ITEM, DUTY = "tpi", "pengajuan", "stage", "area", "sub", "item", "duty"
OF_ITEMS = (TPI, SUBMISSION, AREA, SUB, ITEM)
"""Kinds of deadlines by which items of the LKE are to be done."""
RESULTS = "H"
"""Stands for the result part wherever an area is named."""
STAGE_CODES = {stages.TPI: TPI, stages.SUBMISSION: SUBMISSION}
"""Stages whose date is a deadline of its own kind."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a deadline is for. `code` is how buttons name it; `name` and `label` (shorter) are plain text.

    Codes: "tpi", "pengajuan", the id of a stage, an area, a sub-component or an item, "monev~2027-01".
    `area_id` is the area it belongs to, if any; `area` is set for an area itself.
    """

    code: str
    kind: str
    area: Area | None = None
    name: str = ""
    label: str = ""
    area_id: str = ""

    @property
    def ref(self) -> str:
        """As in the table of deadlines."""
        return "" if self.kind in {TPI, SUBMISSION} else self.code.replace("~", ":")


def code_of(row: Deadline) -> str:
    """How buttons name the deadline."""
    return row.ref.replace(":", "~") or row.scope


def code_of_stage(stage_id: str) -> str:
    """How buttons name the date of a stage."""
    return STAGE_CODES.get(stage_id, stage_id)


def stage_of_code(code: str) -> str:
    """The stage whose date it is; the code itself where it is none."""
    return next((stage for stage, known in STAGE_CODES.items() if known == code), code)


def scope_of(instrument: Instrument, code: str) -> Scope | None:
    """What a code means; None for what this instrument and the calendar do not know."""
    if code in {TPI, SUBMISSION}:
        return Scope(code, code)
    place = stages.timeline().place(code)
    if place is not None and code not in STAGE_CODES:
        return Scope(code, STAGE, name=place.name, label=fmt.cut(place.name, 28))
    node = instrument.by_id.get(code)
    if isinstance(node, Area):
        return area_scope(node)
    if isinstance(node, SubComponent):
        return Scope(code, SUB, None, f"{node.name} ({node.number})", node.number, node.area_id)
    if isinstance(node, Indicator | ResultItem):
        area_id = node.area_id if isinstance(node, Indicator) else RESULTS
        return Scope(code, ITEM, None, f"{node.title} ({node.number})", node.number, area_id)
    return _duty(instrument, code)


def area_scope(area: Area) -> Scope:
    """The scope of an area."""
    return Scope(area.id, AREA, area, f"Area {area.no} {area.name}", f"Area {area.no}", area.id)


def _duty(instrument: Instrument, code: str) -> Scope | None:
    duty_id, _, period = code.partition("~")
    duty, span = duty_of(instrument, duty_id), span_of(period)
    if duty is None or span is None:
        return None
    return Scope(code, DUTY, None, f"{duty.name}, {span.name}", f"{duty.name}, {span.short}")


def title(scope: Scope) -> str:
    """The name of what is due: "Area 5 Penguatan Pengawasan". Escaped."""
    if scope.kind == TPI:
        return "Penilaian TPI"
    if scope.kind == SUBMISSION:
        return "Batas pengusulan nasional"
    if scope.area is not None:
        return fmt.esc(f"Area {scope.area.no} {scope.area.name}")
    return fmt.esc(scope.name)


def short_title(scope: Scope) -> str:
    """As `title`, without the area's name and without the word for the date itself. Plain text."""
    if scope.area is not None:
        return f"Area {scope.area.no}"
    if scope.kind in {TPI, SUBMISSION}:
        return "Penilaian TPI" if scope.kind == TPI else "Pengusulan nasional"
    return scope.label
