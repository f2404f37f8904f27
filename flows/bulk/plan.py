"""What a table would do to an agency, line by line: new, changed, the same, or wrong and why. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flows.bulk import plan_people, plan_units
from flows.bulk.columns import PERSON, UNIT
from flows.bulk.present import Present
from flows.bulk.reading import Line

NEW, CHANGED, SAME, WRONG = "baru", "berubah", "sama", "salah"
KINDS = (NEW, CHANGED, SAME, WRONG)


@dataclass(slots=True)
class Planned:
    """The lines in the order in which they are applied, and what is wrong, by sheet and line."""

    lines: list[dict[str, Any]] = field(default_factory=list)
    problems: list[tuple[str, int, str, str]] = field(default_factory=list)
    """Sheet, line, column, what to do."""
    same: list[tuple[str, int]] = field(default_factory=list)

    def count(self, sheet: str, kind: str) -> int:
        """How many lines of a sheet are of a kind."""
        if kind == WRONG:
            return len({at for where, at, _, _ in self.problems if where == sheet})
        if kind == SAME:
            return sum(where == sheet for where, _ in self.same)
        return sum(line["s"] == sheet and line["kind"] == kind for line in self.lines)


def plan(lines: Sequence[Line], present: Present) -> Planned:
    """Compare lines with what stands. Wrong lines are left out; what rests on them is wrong too."""
    units = plan_units.plan([line for line in lines if line.sheet == UNIT], present)
    made = Planned([], [(UNIT, *problem) for problem in units.problems])
    refs = plan_units.References(units, present)
    people, bad = plan_people.plan([line for line in lines if line.sheet == PERSON], refs, present)
    made.problems += [(PERSON, *problem) for problem in bad]
    made.problems.sort(key=lambda problem: (problem[0] != UNIT, problem[1]))
    for line in (*units.lines, *people):
        if line["kind"] == SAME:
            made.same.append((line["s"], line["at"]))
        else:
            made.lines.append(line)
    return made
