"""Reads just enough of a PDF: does it open, how many pages, which words stand on the first ones."""

import io
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfReader  # imported where it is used: a start does without

TEXT_PAGES = 2
TEXT_SECONDS = 2.0
MAX_CONTENT_BYTES = 2_000_000


class Locked(Exception):
    """A password is needed to open it."""


class Broken(Exception):
    """It cannot be read."""


class Bomb(Exception):
    """It unpacks to far more than its size."""


class _Enough(Exception):
    """The time for reading text is spent."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read. `protected`: whether a password is needed could not be told."""

    pages: int
    text: str = ""
    protected: bool = False


def read(data: bytes) -> Read:
    """Open a PDF. Raises Locked, Broken, Bomb; whatever else the reader throws counts as broken."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, LimitReachedError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not _opens(reader):
            raise Locked
        pages = len(reader.pages)
    except (Locked, Bomb):
        raise
    except DependencyError:
        return Read(0, protected=True)
    except LimitReachedError as err:
        raise Bomb from err
    except Exception as err:  # a strange file makes the reader fail in any way
        raise Broken from err
    if pages == 0:
        raise Broken
    return Read(pages, _text(reader))


def _opens(reader: "PdfReader") -> bool:
    """Whether it opens without a password (many documents only forbid editing)."""
    return bool(reader.decrypt(""))


def _text(reader: "PdfReader") -> str:
    """The words of the first pages; "" where they cannot be had quickly. Never raises."""
    until = time.monotonic() + TEXT_SECONDS

    def visit(*_: Any) -> None:
        if time.monotonic() > until:
            raise _Enough

    words: list[str] = []
    try:
        for page in reader.pages[:TEXT_PAGES]:
            contents = page.get_contents()
            if contents is None or len(contents.get_data()) > MAX_CONTENT_BYTES:
                continue
            words.append(page.extract_text(visitor_operand_before=visit))
    except Exception:  # noqa: BLE001, S110  (too slow, or odd: the text only helps to propose a date)
        pass
    return "\n".join(words)[:20_000]
