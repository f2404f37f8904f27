"""A figure with its unit and method, and the table they are printed in."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `aim` is what it should stay under or reach, as text; "" without one."""

    part: str
    name: str
    value: float
    unit: str
    method: str
    aim: str = ""

    def as_json(self) -> dict[str, object]:
        """The figure as plain data."""
        return asdict(self)


def show(figures: list[Figure]) -> str:
    """The figures as a readable table."""
    heads = ("part", "figure", "value", "unit", "aim", "method")
    lines = [heads, *((f.part, f.name, _value(f.value), f.unit, f.aim, f.method) for f in figures)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(heads))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if i == 2 else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _value(value: float) -> str:
    if value == int(value) and abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:,.3f}" if abs(value) < 10 else f"{value:,.1f}"
