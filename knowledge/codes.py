"""Finding worksheet numbers and ids in a question: "A.I.5.i.a itu apa", "mp p 2 b", "bukti a i 5 i"."""

import re
from collections.abc import Sequence

from knowledge.instrument_model import Area, Indicator, Instrument, Node, ResultItem, SubComponent, loose

PIECE = re.compile(r"[A-Za-z0-9]+(?:[.\-][A-Za-z0-9]+)*")
MOST_PIECES = 7
SHORTEST = 4
EVIDENCE = frozenset({"bukti", "dokumen", "dukung", "lampiran", "eviden"})
WEIGHT = frozenset({"bobot", "poin", "nilai"})
OPTIONS = frozenset({"pilih", "opsi", "jawab", "jawaban", "pilihan"})


def node_in(instrument: Instrument, text: str) -> Node | None:
    """The indicator, sub-component or result item whose number or id stands in the text; the longest wins."""
    pieces = PIECE.findall(text[:400])
    for size in range(min(MOST_PIECES, len(pieces)), 0, -1):
        for start in range(len(pieces) - size + 1):
            span = pieces[start : start + size]
            node = _node(instrument, span)
            if node is not None:
                return node
    return None


def _node(instrument: Instrument, span: Sequence[str]) -> Node | None:
    """A span counts when every piece of it could be part of a number, so that plain words never do."""
    if any(
        len(part) > 3 and part.lower() not in ("area", "pemenuhan", "reform")
        for part in "-".join(span).replace(".", "-").split("-")
    ):
        return None
    joined = " ".join(span)
    if len(loose(joined)) < SHORTEST or not (any(map(str.isdigit, joined)) or "." in joined):
        return None
    node = instrument.find(joined)
    if isinstance(node, Indicator | SubComponent | ResultItem):
        return node
    return node if node is not None and not isinstance(node, Area) and "." in joined else None


def angle_in(stems: Sequence[str]) -> str:
    """The side that is asked for: "bukti", "opsi", "bobot", or "" for all of it."""
    for angle, words in (("bukti", EVIDENCE), ("opsi", OPTIONS), ("bobot", WEIGHT)):
        if not words.isdisjoint(stems):
            return angle
    return ""
