"""File names that say what a file is, and that every system takes. Pure."""

import re
import unicodedata

from flows import fmt
from flows.workbook.content import Content

MAX_NAME = 60
_LEFT_OUT = re.compile(r"[^A-Za-z0-9]+")


def plain(text: str) -> str:
    """The text in letters and digits with dashes between them; "unit" when nothing is left."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _LEFT_OUT.sub("-", letters).strip("-")[:MAX_NAME].strip("-") or "unit"


def file_name(kind: str, content: Content, ending: str) -> str:
    """ "LKE-Kantor-Layanan-Contoh-2027-20270118-0900.xlsx"."""
    at = fmt.local(content.at, content.zone)
    return f"{kind}-{plain(content.unit_name)}-{content.year}-{at:%Y%m%d-%H%M}.{ending}"
