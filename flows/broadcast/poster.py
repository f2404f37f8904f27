"""The QR poster: one page to print or to show, for those who have never opened the bot."""

import io
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import segno

from flows.media import draws
from flows.screen import Media

if TYPE_CHECKING:
    from PIL import ImageFont

KIND = "poster"
WIDTH, HEIGHT, MARGIN = 1240, 1754, 90
"""A5 at 210 dots per inch, A4 at 150."""
QR_SIDE, QUIET_MODULES = 780, 4
INK, SOFT, PAPER = "#14212b", "#4a5a66", "#ffffff"
TITLE, PLACE, STEP, SMALL = 76, 50, 46, 34

HEAD = "Bergabung di Pandu ZI"
STEPS = (
    "Arahkan kamera ponsel ke kode ini, lalu buka tautannya.",
    "Di Telegram, ketuk Mulai (Start).",
    "Ikuti petunjuknya. Pengumuman dan tugas Anda datang di sana.",
)
FOOT = "Pandu ZI membantu tim Zona Integritas; ini bukan sistem pemerintah."


def media(place: str, url: str) -> Media:
    """The poster as a screen carries it."""
    return Media(KIND, (place, url, *STEPS), "poster-pandu-zi.png", "document")


@cache
def _font(size: int) -> "ImageFont.FreeTypeFont | ImageFont.ImageFont":
    from PIL import ImageFont

    return ImageFont.load_default(size)


def _plain(text: str) -> str:
    """Letters that the built-in font has."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c if c.isascii() else "?" for c in parts if not unicodedata.combining(c))


def _lines(text: str, size: int, room: float) -> list[str]:
    made = [""]
    for word in _plain(text).split():
        longer = f"{made[-1]} {word}".strip()
        if made[-1] and _font(size).getlength(longer) > room:
            made.append(word)
        else:
            made[-1] = longer
    return made


@draws(KIND)
def poster(place: str, url: str, *steps: str) -> bytes:
    """A PNG: title, whose bot it is, the QR code, numbered steps, and the link in letters."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    y = float(MARGIN)
    room = WIDTH - 2 * MARGIN
    for text, size, ink in ((HEAD, TITLE, INK), (place, PLACE, SOFT)):
        for line in _lines(text, size, room)[:3]:
            pen.text((WIDTH / 2, y), line, ink, _font(size), "ma")
            y += size * 1.25
    code = _code(url)
    image.paste(code, ((WIDTH - code.width) // 2, round(y + 10)))
    y += code.height + 20
    pen.text((WIDTH / 2, y), _plain(url.removeprefix("https://")), INK, _font(SMALL), "ma")
    y += SMALL * 2.2
    for number, step in enumerate(steps, 1):
        pen.text((MARGIN, y), str(number), INK, _font(STEP), "la", stroke_width=1, stroke_fill=INK)
        for line in _lines(step, STEP, room - 80):
            pen.text((MARGIN + 80, y), line, INK, _font(STEP), "la")
            y += STEP * 1.25
        y += 12
    pen.text((WIDTH / 2, HEIGHT - MARGIN + 20), FOOT, SOFT, _font(SMALL - 6), "md")
    kept = io.BytesIO()
    image.save(kept, "PNG", dpi=(150, 150))
    return kept.getvalue()


def _code(url: str):  # type: ignore[no-untyped-def]
    """The code with its quiet margin, in whole dots per module, so that it prints sharply."""
    from PIL import Image

    code = segno.make(url, error="m", micro=False)
    modules = int(code.symbol_size(scale=1, border=QUIET_MODULES)[0])
    drawn = io.BytesIO()
    code.save(drawn, kind="png", scale=max(1, QR_SIDE // modules), border=QUIET_MODULES)
    return Image.open(drawn).convert("RGB")
