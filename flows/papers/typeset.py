"""Pages made of data: the template is ours; what people wrote reaches it as JSON, never as markup. Pure."""

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Literal, cast

PRINT_PPI, PHONE_PPI = 144, 110


class Unmade(Exception):
    """The typesetter gave no document."""


@cache
def _template(name: str) -> bytes:
    return resources.files("flows.papers").joinpath("templates", f"{name}.typ").read_bytes()


def pdf(name: str, facts: Mapping[str, Any]) -> bytes:
    """The pages of a template as PDF; the same facts give the same bytes. Raises Unmade."""
    made = _compiled(name, facts, "pdf")
    if not isinstance(made, bytes):
        raise Unmade
    return made


def pages(name: str, facts: Mapping[str, Any], ppi: float = PRINT_PPI) -> list[bytes]:
    """The same pages as PNG pictures. Raises Unmade."""
    made = _compiled(name, facts, "png", ppi)
    return list(made) if isinstance(made, list) else [made]


def _compiled(
    name: str, facts: Mapping[str, Any], form: Literal["pdf", "png"], ppi: float | None = None
) -> bytes | list[bytes]:
    import typst  # takes 20 MB, needed only here

    data = json.dumps(facts, ensure_ascii=False)
    try:
        made = typst.compile(
            _template(name), format=form, ppi=ppi, ignore_system_fonts=True, sys_inputs={"data": data}
        )
    except (RuntimeError, typst.TypstError) as err:
        raise Unmade(str(err)) from err
    return cast("bytes | list[bytes]", made)  # pictures of several pages come as a list
