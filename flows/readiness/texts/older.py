"""Wording of the instrument before 2021: history, for reading and comparison."""

from flows import fmt
from knowledge.instrument import Instrument
from knowledge.outline import Outline

OLDER, HISTORY = "LKE sebelum 2021", "Riwayat aturan"


def text(outline: Outline, now: Instrument) -> str:
    """Weights then and now, what changed, and what of the old limits is known."""
    then = {area.id: area.weight for area in outline.areas}
    status = outline.status[:1].upper() + outline.status[1:]
    lines = [
        "LKE sebelum 2021 sudah tidak dipakai untuk evaluasi nasional.",
        "",
        f"Dasarnya dulu: {fmt.esc(outline.regulation)}. {fmt.esc(status)}.",
        "",
        "<b>Bobot area, dulu dan sekarang</b>",
        *(
            f"Area {area.no} {fmt.esc(area.name)}: {fmt.short_number(then[area.id])} menjadi "
            f"{fmt.short_number(area.weight)}"
            for area in now.areas
            if area.id in then
        ),
        "",
        "<b>Yang berubah</b>",
        *(f"• {fmt.esc(change.text)}" for change in outline.changes if change.confidence == "verified"),
    ]
    known = [t for t in outline.thresholds if t.confidence == "verified"]
    if known:
        lines += ["", *(f"Batas {t.target} dulu: total {fmt.short_number(t.total)}" for t in known)]
    else:
        lines += ["", "Batas nilai lamanya tidak ditampilkan, karena naskahnya belum dapat dicocokkan."]
    return "\n".join(lines)
