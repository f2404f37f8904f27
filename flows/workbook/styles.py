"""The looks of the workbook's cells, made once for each combination."""

from typing import Any

FONT = "Bookman Old Style"
DARK, BLUE, PALE, INPUT = "#44546A", "#8497B0", "#D6DCE4", "#FFFBE6"
BASE: dict[str, Any] = {"font_name": FONT, "font_size": 10, "valign": "top", "text_wrap": True, "border": 1}
LEVELS: dict[str, dict[str, Any]] = {
    "component": {"bold": True, "font_size": 13},
    "aspect": {"bold": True, "font_size": 13},
    "group": {"bold": True, "font_size": 12},
    "area": {"bold": True, "font_size": 11},
    "sub": {"bold": True},
    "total": {"bold": True, "bg_color": PALE},
    "item": {},
    "count": {"italic": True},
}
NUMBER, PERCENT = "0.00", "0.00%"
CENTER = {"align": "center"}


class Styles:
    """Formats of one workbook by their properties."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **properties: Any) -> Any:
        """The format with these properties on top of the usual ones."""
        wanted = {**BASE, **properties}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]

    def input(self, **properties: Any) -> Any:
        """A cell that people fill in."""
        return self.of(bg_color=INPUT, locked=False, **properties)

    def head(self, color: str = "#000000") -> Any:
        """A heading: white on a dark ground."""
        return self.of(bold=True, bg_color=color, font_color="#FFFFFF", align="center", valign="vcenter")
