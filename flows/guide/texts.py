"""Wording of the short guide."""

from collections.abc import Sequence

from flows import fmt
from knowledge.faq import Entry
from knowledge.guide import AreaPart, PagePart
from knowledge.instrument import Instrument

GUIDE, MORE, STAGES, TEAM, LKE, OLD_LKE = (
    "Panduan singkat",
    "Selengkapnya",
    "Tahapan",
    "Tim",
    "Isi LKE",
    "LKE lama",
)
PACT, LAUNCH = "Pakta integritas", "Pencanangan"
HISTORY = "Ini sejarah: dibaca untuk mengenali dokumen lama, bukan untuk mengisi LKE sekarang."


def listing(pages: Sequence[PagePart]) -> str:
    """The pages to choose from."""
    body = "\n".join(f"{n}  <b>{fmt.esc(p.label)}</b>: {fmt.esc(p.why)}" for n, p in enumerate(pages, 1))
    return (
        f"<b>Panduan singkat: {len(pages)} halaman.</b>\n\n{body}\n\n"
        "Ketuk atau ketik nomornya. Pertanyaan lain ketik saja langsung."
    )


def page(part: PagePart, entry: Entry, number: int, total: int, beside: str) -> str:
    """One page: the answer, `beside` it (HTML), by which rule, and what is uncertain."""
    parts = [
        f"<b>{fmt.esc(entry.title)}</b> · {number} dari {total}",
        *([HISTORY] if part.history else []),
        fmt.esc(entry.short),
        *([beside] if beside else []),
        f"Dasar: {fmt.esc('; '.join(entry.rule))}" if entry.rule else fmt.esc(entry.basis),
        *([f"! {fmt.esc(entry.caution)}"] if entry.caution else []),
    ]
    return "\n\n".join(filter(None, parts))


def areas(known: Sequence[AreaPart], instrument: Instrument) -> str:
    """The eight areas of RB, each with the area of ZI that answers to it. HTML."""
    lines = ["<b>Area RB, dan areanya di LKE unit</b>"]
    for area in known:
        here = instrument.area(area.zi) if area.zi else None
        there = f"Area {here.no} {fmt.esc(here.name)}" if here is not None else "tidak ada di LKE unit"
        lines.append(f"• {fmt.esc(area.rb)}: {there}")
    return "\n".join(lines)
