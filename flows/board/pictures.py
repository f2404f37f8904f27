"""The picture of units × areas: 1,080 pixels wide, legible on a phone turned sideways and in grey print."""

import io
import unicodedata
from collections.abc import Sequence

from flows.media import draws

WIDTH, MARGIN, NAME = 1080, 28, 400
HEAD, TEXT, SMALL, ROW = 30, 24, 20, 62
PAPER, INK, SOFT, GRID = "#ffffff", "#14212b", "#4a5a66", "#c9d1d6"
MET, MISSED = "#dcefe7", "#fbe9df"
HATCH = 12

Cells = Sequence[tuple[str, Sequence[tuple[int, bool]]]]


@draws("board")
def board(heading: str, heads: Sequence[str], cells: Cells, foot: str) -> bytes:
    """A PNG: a row per unit, a column per area with its percent; below the minimum it is hatched too."""
    from PIL import Image, ImageDraw, ImageFont

    height = MARGIN + HEAD + 24 + 36 + ROW * max(1, len(cells)) + 70
    image = Image.new("RGB", (WIDTH, height), PAPER)
    pen = ImageDraw.Draw(image)
    font = {size: ImageFont.load_default(size) for size in (HEAD, TEXT, SMALL)}
    pen.text((MARGIN, MARGIN), _plain(heading), INK, font[HEAD])
    step = (WIDTH - 2 * MARGIN - NAME) / max(1, len(heads))
    top = MARGIN + HEAD + 24
    for place, head in enumerate(heads):
        pen.text((MARGIN + NAME + step * (place + 0.5), top), _plain(head), SOFT, font[SMALL], "ma")
    top += 36
    for name, shares in cells:
        _name(pen, font[TEXT], name, top)
        for place, (percent, met) in enumerate(shares):
            left = MARGIN + NAME + step * place
            box = (left + 3, top + 3, left + step - 3, top + ROW - 3)
            _cell(pen, box, met)
            middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
            pen.text(middle, f"{percent}%", INK, font[TEXT], "mm", stroke_width=4, stroke_fill=_tint(met))
        top += ROW
    pen.text((MARGIN, height - 24), _plain(foot), SOFT, font[SMALL], "ls")
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def _tint(met: bool) -> str:
    return MET if met else MISSED


def _cell(pen, box: tuple[float, float, float, float], met: bool) -> None:  # type: ignore[no-untyped-def]  # Pillow is imported where used
    left, top, right, bottom = box
    pen.rectangle(box, _tint(met), GRID)
    if met:
        return
    start = left - (bottom - top)
    while start < right:
        a, b = max(start, left), min(start + (bottom - top), right)
        if a < b:
            pen.line([(a, bottom - (a - start)), (b, bottom - (b - start))], "#e2b79f", 2)
        start += HATCH


def _name(pen, font, name: str, top: float) -> None:  # type: ignore[no-untyped-def]  # as above
    text = _plain(name)
    room = NAME - 16
    if pen.textlength(text, font) > room:
        while text and pen.textlength(text + "...", font) > room:
            text = text[:-1]
        text = text.rstrip() + "..."
    pen.text((MARGIN, top + ROW / 2), text, INK, font, "lm")


def _plain(text: str) -> str:
    """Letters that the built-in font has."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c if c.isascii() or c in "·…" else "?" for c in parts if not unicodedata.combining(c))
