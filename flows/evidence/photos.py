"""Photos as evidence: looked at within bounds, turned upright, freed of position and camera data, and the
photos of one activity bound into one PDF with a footer.
"""

import io
import json
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

MAX_PIXELS = 40_000_000
MAX_JPEG_PIXELS = 220_000_000
"""JPEG can be opened at a fraction of its size, so that the largest cameras' photos are taken as well."""
KEPT_SIDE = 4096
PAGE_SIDE = 1800
QUALITY = 88
PER_PAGE = 2

_KINDS = {
    "JPEG": ("image/jpeg", ("jpg", "jpeg")),
    "PNG": ("image/png", ("png",)),
    "WEBP": ("image/webp", ("webp",)),
    "BMP": ("image/bmp", ("bmp",)),
    "TIFF": ("image/tiff", ("tif", "tiff")),
    "GIF": ("image/gif", ("gif",)),
}


class Bomb(Exception):
    """More pixels than any camera of an office makes."""


class Broken(Exception):
    """It cannot be read to its end."""


class NotOne(Exception):
    """Several pictures in one file: none of them may be lost, so it should be a PDF."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture as it would be kept, and the day on which the camera says it was taken."""

    mime: str
    endings: tuple[str, ...]
    data: bytes
    taken_on: date | None


def is_picture(head: bytes) -> bool:
    """Whether a file begins like one of the kinds of pictures that are taken."""
    return (
        head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\0", b"MM\0*"))
        or head[:4] + head[8:12] == b"RIFFWEBP"
    )


def look(data: bytes) -> Picture:
    """Check one picture. Kept as it came, unless it carries camera data: then a copy without it.

    Raises Bomb, Broken, NotOne.
    """
    with _opened(data) as image:
        mime, endings = _KINDS[str(image.format)]
        taken_on = _taken_on(image)
        if not image.getexif() and "exif" not in image.info and "xmp" not in image.info:
            _loaded(image, 1024)
            return Picture(mime, endings, data, taken_on)
        return Picture("image/jpeg", ("jpg", "jpeg"), _as_jpeg(image, KEPT_SIDE), taken_on)


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=list(_KINDS))
    except Image.DecompressionBombError as err:
        raise Bomb from err
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as err:
        raise Broken from err
    pixels = image.width * image.height
    if pixels > (MAX_JPEG_PIXELS if image.format == "JPEG" else MAX_PIXELS):
        raise Bomb
    if getattr(image, "n_frames", 1) > 1:
        raise NotOne
    return image


def _loaded(image: Image.Image, side: int) -> Image.Image:
    """The picture read to its end, JPEG at a fraction near `side`. Raises Broken, Bomb."""
    try:
        image.draft("RGB", (side, side))
        if image.width * image.height > MAX_PIXELS:
            raise Bomb
        image.load()
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as err:
        raise Broken from err
    return image


def _as_jpeg(image: Image.Image, side: int) -> bytes:
    """Upright, at most `side` pixels long, without any data beside the picture."""
    _loaded(image, side)
    turned = ImageOps.exif_transpose(image)
    turned.thumbnail((side, side), Image.Resampling.LANCZOS)
    if turned.mode not in {"RGB", "L"}:
        ground = Image.new("RGB", turned.size, "white")
        layer = turned.convert("RGBA")
        ground.paste(layer, mask=layer.getchannel("A"))
        turned = ground
    out = io.BytesIO()
    turned.save(out, "JPEG", quality=QUALITY, optimize=False)
    return out.getvalue()


def _taken_on(image: Image.Image) -> date | None:
    """The camera's day; None for none or a strange one."""
    try:
        exif = image.getexif()
        raw = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal) or exif.get(
            ExifTags.Base.DateTime
        )
        return date.fromisoformat(str(raw)[:10].replace(":", "-")) if raw else None
    except Exception:  # noqa: BLE001  (whatever stands there, it is only a proposal)
        return None


# one PDF ------------------------------------------------------------------------------------------

_PAGE = """
#set document(title: {title}, date: none)
#set page(paper: "a4", margin: (x: 1.5cm, top: 1.5cm, bottom: 2.4cm), footer: context [
  #set text(size: 8.5pt)
  #line(length: 100%, stroke: 0.4pt + luma(120))
  #v(-4pt)
  #{footer} #h(1fr) #counter(page).display() / #counter(page).final().first()
])
#set text(font: ("Libertinus Serif", "New Computer Modern"), lang: "id")
#let photo(name, share) = box(width: 100%, height: share, align(center + horizon,
  image(name, width: 100%, height: 100%, fit: "contain")))
"""


def for_page(data: bytes) -> bytes:
    """A kept picture as it is put on a page: upright, small enough to print. Raises Broken, Bomb, NotOne."""
    with _opened(data) as image:
        return _as_jpeg(image, PAGE_SIDE)


def bound(pictures: Sequence[bytes], *, activity: str, day: str, place: str) -> bytes:
    """The photos of one activity as one PDF, two on a page, its footer naming activity, date and place.

    Raises Broken, Bomb.
    """
    named = (("Kegiatan", activity), ("Tanggal", day), ("Tempat", place))
    footer = " · ".join(f"{label}: {value}" for label, value in named if value)
    source = _PAGE.replace("{title}", _quoted(activity)).replace("{footer}", _quoted(footer))
    import typst  # takes 20 MB, needed only here

    share = "100%" if len(pictures) == 1 else "49%"
    with TemporaryDirectory(prefix="bukti-") as folder:
        for number, data in enumerate(pictures):
            if number:
                source += "#v(1fr)\n" if number % PER_PAGE else "#pagebreak()\n"
            name = f"{number}.jpg"
            (Path(folder) / name).write_bytes(for_page(data))
            source += f"#photo({_quoted(name)}, {share})\n"
        main = Path(folder) / "main.typ"
        main.write_text(source, encoding="utf-8")
        compiled = typst.compile(str(main), root=folder, ignore_system_fonts=True)
    if not isinstance(compiled, bytes):
        raise Broken
    return compiled


def _quoted(text: str) -> str:
    """Text as a literal of the typesetter: JSON's escapes, with those for characters as it writes them."""
    plain = "".join(c for c in text if c.isprintable())
    return json.dumps(plain, ensure_ascii=False)
