"""The printed sheets as documents on request: ten slips on an A4 page, each with its QR."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import segno

from flows import delivery, fmt, policy, role_words
from flows.delivery import File, Kind, Round
from flows.errors import BadInput
from flows.models import Unit
from flows.papers import names, plain, typeset
from flows.ports import Files
from flows.slips import service, texts
from flows.slips.service import Slip
from flows.turn import Turn

CODE = "undangan"
MIME = "application/pdf"
IN_ROUND = 200
"""Slips in one round of building and one file."""
NAME, PLACE, ROLE = 80, 90, 80


@dataclass(frozen=True, slots=True)
class Content:
    """The slips as the typesetter gets them, and what the files are called after."""

    unit: str
    slips: tuple[dict[str, Any], ...]


def gather(turn: Turn, unit: Unit, params: Mapping[str, Any]) -> Content:
    """Who has not joined, as the one who asked may see it now. Raises NotAllowed, Missing, BadInput."""
    policy.require(turn.actor, "team", unit)
    below = bool(params.get("below")) and service.is_admin(turn, unit)
    found = service.slips(turn, unit, below=below)
    if not found:
        raise BadInput(texts.NOBODY)
    areas = {area.id: area.no for area in turn.library.instrument().areas}
    return Content(unit.name, tuple(_slip(slip, areas, unit.zone) for slip in found))


def roles_said(slip: Slip, areas: Mapping[str, int]) -> str:
    """ "ketua pokja 1 dan 3, koordinator unit"."""
    by_role: dict[str, list[int]] = {}
    for role, area in slip.roles:
        by_role.setdefault(role, []).extend([areas[area]] if area is not None and area in areas else [])
    said = []
    for role, numbers in by_role.items():
        name = role_words.SHORT[role]
        listed = " dan ".join(", ".join(map(str, numbers)).rsplit(", ", 1))
        said.append(f"{name} {listed}".strip())
    return ", ".join(said)


def _slip(slip: Slip, areas: Mapping[str, int], zone: str) -> dict[str, Any]:
    return {
        "name": plain.breakable(plain.typeset(slip.name, NAME, "-"), 13),
        "unit": plain.breakable(plain.typeset(slip.unit, PLACE, "-"), 20),
        "role": plain.typeset(roles_said(slip, areas), ROLE),
        "until": texts.until(fmt.local(slip.until, zone).date()),
        "url": slip.url,
        "link": slip.url.removeprefix("https://"),
    }


def _svg(url: str) -> str:
    """The QR as a drawing of a few kilobytes, sharp at any size."""
    out = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        out, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=True
    )
    return out.getvalue().decode()


def build(content: Content, state: Mapping[str, Any], _files: Files) -> Round:
    """One PDF of at most `IN_ROUND` slips."""
    first, total = int(state.get("next", 0)), len(content.slips)
    some = content.slips[first : first + IN_ROUND]
    number = first // IN_ROUND + 1
    more = f"-{number}" if total > IN_ROUND else ""
    name = names.part(f"Lembar undangan {content.unit}", 100)
    file = File(f"{name}{more}.pdf", pdf(some), MIME, texts.caption(content.unit, len(some)), rank=number)
    following = first + IN_ROUND
    return Round((file,), {"next": following} if following < total else None, min(following, total), total)


def pdf(slips: Sequence[Mapping[str, Any]]) -> bytes:
    """The pages. Raises typeset.Unmade."""
    facts = {
        "kind": texts.KIND,
        "how": texts.HOW,
        "only": texts.ONLY,
        "slips": [{**slip, "qr": _svg(str(slip["url"]))} for slip in slips],
    }
    return typeset.pdf("slips", facts)


def _may(turn: Turn, unit: Unit) -> bool:
    return policy.can(turn.actor, "team", unit)


KIND = delivery.register(Kind(CODE, texts.LABEL, texts.ABOUT, gather, build, _may), listed=False)
