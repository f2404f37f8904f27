"""Small files as people send them."""

import io
import zipfile
from functools import cache

from PIL import Image
from pypdf import PdfWriter


@cache
def jpeg(
    width: int = 64, height: int = 48, shade: int = 120, *, turned: bool = False, gps: bool = False
) -> bytes:
    """A photo; `turned` carries the camera's rotation and day, `gps` the place."""
    image = Image.new("RGB", (width, height), (shade % 256, 80, 140))
    image.putpixel((0, 0), (255, 255, 255))
    exif = Image.Exif()
    if turned:
        exif[274] = 6
        exif.get_ifd(0x8769)[36867] = "2027:01:12 09:30:00"
    if gps:
        exif.get_ifd(0x8825)[1] = "S"
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95, **({"exif": exif} if turned or gps else {}))
    return out.getvalue()


@cache
def pdf(pages: int = 1, password: str = "", note: str = "") -> bytes:
    """A PDF of empty pages, perhaps behind a password; `note` makes it another file."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    writer.add_metadata({"/Title": note or "Notula"})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@cache
def docx(text: str = "Notula rapat, 14 Agustus 2026", *, macro: bool = False) -> bytes:
    """A text document, as far as is looked at."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document><w:p><w:t>{text}</w:t></w:p></w:document>")
        if macro:
            archive.writestr("word/vbaProject.bin", b"makro")
    return out.getvalue()


@cache
def zip_bomb() -> bytes:
    """A document that unpacks to 60 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("word/document.xml", b"\0" * (60 * 1024 * 1024))
    return out.getvalue()


@cache
def pixel_bomb() -> bytes:
    """A picture of few bytes with 400 million pixels."""
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()
