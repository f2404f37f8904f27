"""What a deadline is for, and its name."""

from dataclasses import dataclass

from flows import fmt
from knowledge.instrument import Area

TPI, SUBMISSION, STAGE, AREA, SUB, ITEM, DUTY = "tpi", "pengajuan", "stage", "area", "sub", "item", "duty"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a deadline is for. `code` is "tpi", "pengajuan" or the area's id, as on buttons."""

    code: str
    kind: str
    area: Area | None = None


def title(scope: Scope) -> str:
    """The name of what is due: "Area 5 Penguatan Pengawasan". Escaped."""
    if scope.kind == TPI:
        return "Penilaian TPI"
    if scope.kind == SUBMISSION:
        return "Batas pengusulan nasional"
    return fmt.esc(f"Area {scope.area.no} {scope.area.name}") if scope.area else ""


def short_title(scope: Scope) -> str:
    """As `title`, without the area's name and without the word for the date itself. Plain text."""
    if scope.area is not None:
        return f"Area {scope.area.no}"
    return "Penilaian TPI" if scope.kind == TPI else "Pengusulan nasional"
