"""Wording of progress: work only, never a score."""

from flows import fmt
from flows.item_words import REVIEW_STATES
from flows.progress.service import AreaProgress, Count, Progress, Work

CONTINUE, FILL, NEXT_OPEN, RESULT_PART, ALL = (
    "Lanjutkan",
    "Isi area ini",
    "Isi yang belum",
    "Hasil",
    "Semua area",
)
FILL_RESULTS = "Isi Hasil"
NO_PIC = "Tanpa PIC"
TO_CONFIRM = "Perlu dikonfirmasi"


def _line(name: str, count: Count, percent: bool = True) -> str:
    mark = "✓" if count.complete else "○"
    share = f" ({fmt.percent(count.done, count.total)})" if percent else ""
    return f"{mark} {name}: {count.done} dari {count.total}{share}"


def work(counts: Work) -> str:
    """ "Belum 10 · diisi 80 · menunggu reviu 5 · disetujui 14 · perlu perbaikan 1"."""
    parts = [
        f"Belum {counts.blank}" + (f" (tidak berlaku {counts.off})" if counts.off else ""),
        f"diisi {counts.filled}",
        f"menunggu reviu {counts.waiting}",
        f"disetujui {counts.approved}",
        f"perlu perbaikan {counts.returned}",
    ]
    return " · ".join(parts)


def _reviewed(counts: Work) -> str:
    """ " · 3 disetujui, 1 menunggu reviu" behind a count, or nothing."""
    pairs = (
        (counts.approved, "disetujui"),
        (counts.waiting, "menunggu reviu"),
        (counts.returned, "perlu perbaikan"),
    )
    said = ", ".join(f"{count} {word}" for count, word in pairs if count)
    return f" · {said}" if said else ""


def unit(unit_name: str, year: int, shown: Progress) -> str:
    """A unit's progress by area, and where to go on."""
    complete = shown.indicators.complete and shown.results.complete
    closing = "Semua sudah terjawab." if complete else "Pilih area untuk rinciannya."
    return f"{unit_alone(unit_name, year, shown)}\n\n{closing}"


def unit_alone(unit_name: str, year: int, shown: Progress) -> str:
    """A unit's progress by area."""
    total = shown.indicators
    lines = [
        f"<b>{total.done} dari {total.total} indikator terjawab ({fmt.percent(total.done, total.total)})</b>",
        "",
        f"{fmt.esc(unit_name)}, LKE {year}",
        "",
        work(shown.work),
        *([f"! {len(shown.carried)} jawaban dari tahun lalu perlu dikonfirmasi."] if shown.carried else []),
        "",
    ]
    lines += [
        _line(f"Area {a.area.no} {fmt.esc(a.area.name)}", a.count) + _reviewed(a.work) for a in shown.areas
    ]
    lines.append(_line("Hasil (survei dan kinerja)", shown.results))
    return "\n".join(lines)


def area(unit_name: str, shown: AreaProgress) -> str:
    """One area's progress by component."""
    count, of = shown.count, shown.area
    lines = [
        f"<b>Area {of.no} {fmt.esc(of.name)}: {count.done} dari {count.total} terjawab "
        f"({fmt.percent(count.done, count.total)})</b>",
        "",
        fmt.esc(unit_name),
        work(shown.work),
    ]
    for aspect in of.aspects:
        lines += ["", "Pemenuhan" if aspect.kind == "P" else "Reform"]
        lines += [
            _line(f"{sub.number}  {fmt.esc(sub.name)}", done, percent=False)
            + _reviewed(shown.sub_work[sub.id])
            for sub, done in shown.subs
            if sub.aspect_id == aspect.id
        ]
    if shown.first_open is not None:
        first = shown.first_open
        lines += ["", f"Yang belum terjawab paling awal: {first.number} {fmt.esc(first.title)}."]
    return "\n".join(lines)


def results(unit_name: str, shown: Progress) -> str:
    """The result part's progress."""
    count = shown.results
    lines = [f"<b>Hasil: {count.done} dari {count.total} terisi</b>", "", fmt.esc(unit_name), ""]
    for item, answered in shown.result_items:
        mark, state = ("✓", "terisi") if answered else ("○", "belum")
        behind = f" · {REVIEW_STATES[shown.review[item.id]]}" if item.id in shown.review else ""
        lines.append(f"{mark} {item.number}  {fmt.esc(item.title)}: {state}{behind}")
    return "\n".join(lines)
