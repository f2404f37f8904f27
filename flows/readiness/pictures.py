"""The two readiness pictures: 720 pixels wide, so that half of it on a phone is still legible.

Everything reads in grey print: what is met is filled, what is not is hatched, and both say so in words.
"""

import io
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from flows.media import draws

if TYPE_CHECKING:
    from PIL import ImageFont

WIDTH = 720
MARGIN = 32
PAPER, INK, SOFT, GRID, FAINT = "#ffffff", "#14212b", "#4a5a66", "#c9d1d6", "#93a1ab"
MET, MISSED, TRACK, LIMIT = "#1f6f54", "#b4491f", "#edf1f3", "#14212b"
HEADING, BODY, SMALL = 28, 26, 22
BAR_HEIGHT, HATCH = 26, 10
AREA_ROW = 96


@cache
def _font(size: int) -> "ImageFont.FreeTypeFont | ImageFont.ImageFont":
    from PIL import ImageFont

    return ImageFont.load_default(size)


def _plain(text: str) -> str:
    """Letters that the built-in font has: accents dropped, everything else as a question mark."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c if c.isascii() or c in "·…“”‘’" else "?" for c in parts if not unicodedata.combining(c))


class _Canvas:
    """A page with a few ways to write on it; `y` is where the next thing goes."""

    def __init__(self, height: int) -> None:
        from PIL import Image, ImageDraw

        self.image: Image.Image = Image.new("RGB", (WIDTH, height), PAPER)
        self.pen: ImageDraw.ImageDraw = ImageDraw.Draw(self.image)

    def write(self, x: float, y: float, text: str, size: int, ink: str = INK, *, anchor: str = "la") -> None:
        """Text of a size at a place; `anchor` as Pillow names it."""
        self.pen.text((x, y), _plain(text), ink, _font(size), anchor)

    def heavy(self, x: float, y: float, text: str, size: int, *, anchor: str = "la") -> None:
        """As `write`, bolder."""
        self.pen.text((x, y), _plain(text), INK, _font(size), anchor, stroke_width=0.6, stroke_fill=INK)

    def clear(self, x: float, y: float, text: str, size: int, *, anchor: str) -> None:
        """As `write`, with paper around the letters, for text that may meet a line."""
        at, font = (x, y), _font(size)
        self.pen.text(at, _plain(text), PAPER, font, anchor, stroke_width=7, stroke_fill=PAPER)
        self.heavy(x, y, text, size, anchor=anchor)

    def width(self, text: str, size: int) -> float:
        """How wide a text is."""
        return self.pen.textlength(_plain(text), _font(size))

    def fitted(self, text: str, size: int, room: float) -> str:
        """The text cut to the room, with three dots."""
        if self.width(text, size) <= room:
            return text
        while text and self.width(text + "...", size) > room:
            text = text[:-1]
        return text.rstrip() + "..."

    def png(self) -> bytes:
        """The page as a PNG."""
        kept = io.BytesIO()
        self.image.save(kept, "PNG")
        return kept.getvalue()


def _wrapped(text: str, size: int, room: float) -> list[str]:
    """The text in lines that fit the room."""
    lines = [""]
    for word in _plain(text).split():
        longer = f"{lines[-1]} {word}".strip()
        if _font(size).getlength(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _head(page: _Canvas, heading: Sequence[str], unit: str) -> float:
    """Heading and unit; returns where the rest begins."""
    y = 26.0
    for text in heading:
        page.heavy(MARGIN, y, text, HEADING)
        y += HEADING + 10
    page.write(MARGIN, y, page.fitted(unit, SMALL, WIDTH - 2 * MARGIN), SMALL, SOFT)
    return y + SMALL + 22


def _hatched(page: _Canvas, box: tuple[float, float, float, float], ink: str) -> None:
    """A box outlined and filled with slanted lines."""
    from PIL import Image, ImageDraw

    left, top, right, bottom = (round(value) for value in box)
    if right - left < 2:
        return
    patch = Image.new("RGB", (right - left, bottom - top), PAPER)
    pen = ImageDraw.Draw(patch)
    for start in range(-patch.height, patch.width, HATCH):
        pen.line([(start, patch.height), (start + patch.height, 0)], ink, 4)
    page.image.paste(patch, (left, top))
    page.pen.rectangle([left, top, right - 1, bottom - 1], outline=ink, width=2)


def _bar(page: _Canvas, y: float, bar: Sequence[Any]) -> None:
    """One bar with its name, figure, limit line and state in words."""
    name, figure, state, share, least, met = bar
    left, right = MARGIN, WIDTH - MARGIN
    span = right - left
    room = span - page.width(figure, BODY) - 24
    page.write(left, y, page.fitted(name, BODY, room), BODY)
    page.heavy(right, y, figure, BODY, anchor="ra")
    top = y + BODY + 8
    page.pen.rectangle([left, top, right, top + BAR_HEIGHT], TRACK, GRID)
    end = left + span * min(1.0, share)
    if met and end - left >= 2:
        page.pen.rectangle([left, top, end, top + BAR_HEIGHT], MET)
    else:
        _hatched(page, (left, top, end, top + BAR_HEIGHT), MISSED)
    at = left + span * least
    page.pen.rectangle([at - 4, top - 6, at + 3, top + BAR_HEIGHT + 6], PAPER)
    page.pen.rectangle([at - 2, top - 6, at + 1, top + BAR_HEIGHT + 6], LIMIT)
    page.write(right, top + BAR_HEIGHT + 8, state, SMALL, SOFT, anchor="ra")


@draws("readiness")
def readiness(
    heading: str, unit: str, foot: str, whole: Sequence[Sequence[Any]], areas: Sequence[Sequence[Any]]
) -> bytes:
    """A PNG 720 pixels wide: total and lever against their gates, then six areas against the least share."""
    title = _wrapped(heading, HEADING, WIDTH - 2 * MARGIN)
    rows = len(whole) + len(areas)
    height = 26 + len(title) * (HEADING + 10) + SMALL + 22 + rows * (AREA_ROW + 14) + 2 * 30 + 70
    page = _Canvas(height)
    y = _head(page, title, unit)
    for place, bar in enumerate((*whole, *areas)):
        if place == len(whole):
            page.pen.line([(MARGIN, y + 4), (WIDTH - MARGIN, y + 4)], GRID, 2)
            y += 24
        _bar(page, y, bar)
        y += AREA_ROW + 14
    _foot(page, height, foot)
    return page.png()


def _foot(page: _Canvas, height: int, foot: str) -> None:
    lines = [line for part in foot.split("\n") for line in _wrapped(part, SMALL, WIDTH - 2 * MARGIN)]
    for place, text in enumerate(reversed(lines)):
        page.write(MARGIN, height - 24 - place * (SMALL + 6), text, SMALL, SOFT, anchor="ls")


PLOT_HEIGHT = 420
LEFT_ROOM = 56
LANE = 34


@draws("readiness-history")
def history(
    heading: str,
    unit: str,
    foot: str,
    gate: tuple[str, float],
    points: Sequence[tuple[int, float, str, str]],
    events: Sequence[tuple[int, str]],
    last: tuple[int, str],
) -> bytes:
    """A PNG 720 pixels wide: the total as steps over the days, its gate, and numbered events."""
    title = _wrapped(heading, HEADING, WIDTH - 2 * MARGIN)
    listed = [_wrapped(f"{n}. {text}", SMALL, WIDTH - 2 * MARGIN) for n, (_, text) in enumerate(events, 1)]
    lines = sum(len(each) for each in listed)
    first_day, last_day = points[0][0], max(last[0], points[0][0] + 1)
    left, right = MARGIN + LEFT_ROOM, WIDTH - MARGIN

    def x(day: int) -> float:
        return left + (right - left) * (day - first_day) / (last_day - first_day)

    places = [x(min(max(day, first_day), last_day)) for day, _ in events]
    lanes = _lanes(places)
    band = LANE * (max(lanes) + 1) + 12 if lanes else 0
    below = 66 + lines * (SMALL + 10) + 80
    page = _Canvas(26 + len(title) * (HEADING + 10) + SMALL + 36 + band + PLOT_HEIGHT + below)
    top = _head(page, title, unit) + 14 + band
    bottom = top + PLOT_HEIGHT

    def y(value: float) -> float:
        return bottom - PLOT_HEIGHT * value / 100

    _axes(page, (left, right, bottom), (points[0][3], last[1]), y)
    _gate_line(page, (left, right, y(gate[1])), gate[0], clear_of=y(points[0][1]))
    _events(page, places, lanes, top, bottom)
    _steps(page, [(x(day), y(value)) for day, value, _, _ in points], right)
    _ends(page, points, x, y)
    place = bottom + 66
    for text in (text for each in listed for text in each):
        page.write(MARGIN, place, text, SMALL)
        place += SMALL + 10
    _foot(page, page.image.height, foot)
    return page.png()


def _axes(page: _Canvas, frame: tuple[float, float, float], ends: tuple[str, str], y: Any) -> None:
    left, right, bottom = frame
    for value in (0, 25, 50, 75, 100):
        page.pen.line([(left, y(value)), (right, y(value))], GRID, 2)
        page.write(left - 12, y(value), str(value), SMALL, SOFT, anchor="rm")
    page.write(left, bottom + 14, ends[0], SMALL, SOFT)
    if ends[0] != ends[1]:
        page.write(right, bottom + 14, ends[1], SMALL, SOFT, anchor="ra")


def _gate_line(page: _Canvas, at: tuple[float, float, float], label: str, clear_of: float) -> None:
    """A dashed line across the plot; its label keeps off the curve."""
    left, right, y = at
    for start in range(round(left), round(right), 20):
        page.pen.line([(start, y), (min(start + 11, right), y)], LIMIT, 3)
    above = clear_of > y
    page.clear(left + 12, y - 10 if above else y + 10, label, SMALL, anchor="ls" if above else "la")


def _steps(page: _Canvas, spots: Sequence[tuple[float, float]], right: float) -> None:
    """The score stays as it is until the next change."""
    path: list[tuple[float, float]] = []
    for place, (x, y) in enumerate(spots):
        if place:
            path.append((x, spots[place - 1][1]))
        path.append((x, y))
    path.append((max(right, spots[-1][0]), spots[-1][1]))
    page.pen.line(path, MET, 6, joint="curve")


def _ends(page: _Canvas, points: Sequence[tuple[int, float, str, str]], x: Any, y: Any) -> None:
    """The last point with its figure, and the first when there is room beside it."""
    day, value, text, _ = points[-1]
    spot = (x(day), y(value))
    page.pen.ellipse([spot[0] - 8, spot[1] - 8, spot[0] + 8, spot[1] + 8], PAPER, MET, 5)
    right = WIDTH - MARGIN
    above = value < 90
    page.clear(right, spot[1] - 18 if above else spot[1] + 18, text, BODY, anchor="rs" if above else "ra")
    if x(points[0][0]) < right - 200 and len(points) > 1:
        low = points[0][1] < 15
        beside = y(points[0][1]) + (-12 if low else 10)
        page.clear(x(points[0][0]) + 12, beside, points[0][2], SMALL, anchor="ls" if low else "la")


def _lanes(places: Sequence[float]) -> list[int]:
    """For each number the lane above the plot in which it touches no other; 0 is the nearest."""
    lanes: list[int] = []
    for place, x in enumerate(places):
        taken = {lane for other, lane in zip(places[:place], lanes, strict=True) if abs(x - other) < LANE}
        lanes.append(next(lane for lane in range(len(places) + 1) if lane not in taken))
    return lanes


def _events(page: _Canvas, places: Sequence[float], lanes: Sequence[int], top: float, bottom: float) -> None:
    """A thin line and a number above the plot for each event."""
    for x, lane in zip(places, lanes, strict=True):
        page.pen.line([(x, top - 22 - lane * LANE), (x, bottom)], FAINT, 2)
    for number, (x, lane) in enumerate(zip(places, lanes, strict=True), 1):
        y = top - 22 - lane * LANE
        page.pen.ellipse([x - 15, y - 15, x + 15, y + 15], INK)
        page.pen.text((x, y), str(number), PAPER, _font(SMALL), "mm")
