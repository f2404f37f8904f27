"""Ready phrases of assessors: for the reason of a value (alasan) and for findings (catatan)."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from knowledge.instrument_schema import Part, Text, load_yaml, validated

FILE = Path(__file__).parent / "data" / "catatan_tpi.yaml"


class Phrase(Part):
    """The label of a button, and the sentence that it stands for."""

    label: Annotated[str, Field(min_length=3, max_length=18)]
    text: Text


class Phrases(Part):
    """Every ready phrase."""

    alasan: Annotated[tuple[Phrase, ...], Field(min_length=1, max_length=8)]
    catatan: Annotated[tuple[Phrase, ...], Field(min_length=1, max_length=8)]


@cache
def phrases() -> Phrases:
    """The phrases, read once. Raises InstrumentError for a file that does not fit."""
    return validated(Phrases, FILE.name, load_yaml(FILE))
