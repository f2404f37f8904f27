"""Reading the data files of questions and answers, with errors that name file, id and reason."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from knowledge.errors import KnowledgeFileError

WHOLE_FILE = "(berkas)"

Text = Annotated[str, Field(min_length=1)]
When = Annotated[str, BeforeValidator(str)]
"""A year or a date as the source has it ("2022", "2024-06-14"), which YAML may read as a number or date."""


class Part(BaseModel):
    """A piece of a file: immutable, and a misspelt field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


PartT = TypeVar("PartT", bound=Part)


def load_mapping(path: Path) -> Mapping[str, Any]:
    """The file's mapping. Raises `KnowledgeFileError` if it cannot be read, is no YAML, or is no mapping."""
    try:
        raw = yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    except OSError as err:
        raise KnowledgeFileError(path.name, WHOLE_FILE, f"tidak dapat dibaca: {err.strerror}") from err
    except yaml.YAMLError as err:
        reason = f"bukan YAML yang sah: {' '.join(str(err).split())}"
        raise KnowledgeFileError(path.name, WHOLE_FILE, reason) from err
    if not isinstance(raw, dict):
        raise KnowledgeFileError(path.name, WHOLE_FILE, "isinya harus berupa pasangan kunci dan nilai")
    return raw


def items_of(path: Path, key: str) -> list[dict[str, Any]]:
    """The list of mappings under `key`. Raises `KnowledgeFileError`."""
    items = load_mapping(path).get(key)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise KnowledgeFileError(path.name, key, "harus berupa daftar yang tiap isinya punya id")
    return items


def read(file: str, model: type[PartT], raw: Mapping[str, Any]) -> PartT:
    """`raw` as `model`. Raises `KnowledgeFileError` naming the item and the field that does not fit."""
    try:
        return model.model_validate(raw)
    except ValidationError as err:
        first = err.errors(include_url=False)[0]
        field = ".".join(str(step) for step in first["loc"])
        raise KnowledgeFileError(file, str(raw.get("id", WHOLE_FILE)), f"{field}: {first['msg']}") from err
