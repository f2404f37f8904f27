"""Wording of progress: work only, never a score."""

from flows import fmt
from flows.progress.service import AreaProgress, Count, Progress

CONTINUE, FILL, NEXT_OPEN, RESULT_PART, ALL = (
    "Lanjutkan",
    "Isi area ini",
    "Isi yang belum",
    "Hasil",
    "Semua area",
)
FILL_RESULTS = "Isi Hasil"


def _line(name: str, count: Count, percent: bool = True) -> str:
    mark = "✓" if count.complete else "○"
    share = f" ({fmt.percent(count.done, count.total)})" if percent else ""
    return f"{mark} {name}: {count.done} dari {count.total}{share}"


def unit(unit_name: str, year: int, shown: Progress) -> str:
    """A unit's progress by area."""
    total = shown.indicators
    lines = [
        f"<b>{total.done} dari {total.total} indikator terjawab ({fmt.percent(total.done, total.total)})</b>",
        "",
        f"{fmt.esc(unit_name)}, LKE {year}",
        "",
    ]
    lines += [_line(f"Area {a.area.no} {fmt.esc(a.area.name)}", a.count) for a in shown.areas]
    lines.append(_line("Hasil (survei dan kinerja)", shown.results))
    closing = (
        "Semua sudah terjawab."
        if total.complete and shown.results.complete
        else "Pilih area untuk rinciannya."
    )
    return "\n".join([*lines, "", closing])


def area(unit_name: str, shown: AreaProgress) -> str:
    """One area's progress by component."""
    count, of = shown.count, shown.area
    lines = [
        f"<b>Area {of.no} {fmt.esc(of.name)}: {count.done} dari {count.total} terjawab "
        f"({fmt.percent(count.done, count.total)})</b>",
        "",
        fmt.esc(unit_name),
    ]
    for aspect in of.aspects:
        lines += ["", "Pemenuhan" if aspect.kind == "P" else "Reform"]
        lines += [
            _line(f"{sub.number}  {fmt.esc(sub.name)}", done, percent=False)
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
        lines.append(f"{mark} {item.number}  {fmt.esc(item.title)}: {state}")
    return "\n".join(lines)
