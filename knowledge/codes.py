"""Finding worksheet numbers and ids in a question: "A.I.5.i.a itu apa", "mp p 2 b", "bukti a i 5 i"."""

import re
from collections.abc import Iterator, Sequence

from knowledge.instrument_model import Aspect, Indicator, Instrument, Node, ResultItem, SubComponent, loose

PIECE = re.compile(r"[A-Za-z0-9]+(?:[.\-][A-Za-z0-9]+)*")
MOST_PIECES = 7
MOST_READ = 40
SHORTEST, SHORTEST_DOTTED = 4, 3
LONGEST_PART = 3
NUMBER_WORDS = frozenset({"area", "pemenuhan", "reform"})
EVIDENCE = frozenset({"bukti", "dokumen", "dukung", "lampiran", "eviden"})
WEIGHT = frozenset({"bobot", "poin", "nilai"})
OPTIONS = frozenset({"pilih", "opsi", "jawab", "jawaban", "pilihan"})


def node_in(instrument: Instrument, text: str) -> Node | None:
    """The indicator, sub-component or result item whose number or id stands in the text; the longest wins."""
    for run in _runs(PIECE.findall(text[:400])[:MOST_READ]):
        for size in range(min(MOST_PIECES, len(run)), 0, -1):
            for start in range(len(run) - size + 1):
                node = _node(instrument, " ".join(run[start : start + size]))
                if node is not None:
                    return node
    return None


def _runs(pieces: Sequence[str]) -> Iterator[list[str]]:
    """Neighbouring pieces that could all be part of a number, so that plain words never count as one."""
    run: list[str] = []
    for piece in (*pieces, ""):
        parts = re.split(r"[.\-]", piece.lower())
        if piece and all(len(part) <= LONGEST_PART or part in NUMBER_WORDS for part in parts):
            run.append(piece)
            continue
        if any("." in each or any(map(str.isdigit, each)) for each in run):
            yield run
        run = []


def _node(instrument: Instrument, span: str) -> Node | None:
    shortest = SHORTEST_DOTTED if "." in span else SHORTEST
    if len(loose(span)) < shortest or not ("." in span or any(map(str.isdigit, span))):
        return None
    node = instrument.find(span)
    if isinstance(node, Indicator | SubComponent | ResultItem):
        return node
    return node if isinstance(node, Aspect) and "." in span else None


def angle_in(stems: Sequence[str]) -> str:
    """The side that is asked for: "bukti", "opsi", "bobot", or "" for all of it."""
    for angle, words in (("bukti", EVIDENCE), ("opsi", OPTIONS), ("bobot", WEIGHT)):
        if not words.isdisjoint(stems):
            return angle
    return ""
