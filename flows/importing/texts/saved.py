"""What was saved, and where the unit stands now."""

from collections.abc import Mapping

from flows import fmt
from flows.importing.service import View
from knowledge.readiness import Readiness


def saved_toast(facts: Mapping[str, int]) -> str:
    """Plain text for a toast."""
    return f"Tersimpan: {facts['answers']} jawaban, {facts['notes']} penjelasan."


def saved(view: View, standing: Readiness) -> str:
    """What was saved, and where the unit stands now."""
    facts = view.row.cells
    answers, notes, late = (int(facts.get(key, 0)) for key in ("answers", "notes", "late"))
    if answers:
        first = f"✓ {answers} jawaban tersimpan, bertanda “dari Excel, perlu dikonfirmasi PIC”."
    elif notes:
        first = f"✓ {notes} penjelasan tersimpan."
    else:
        first = "✓ Selesai. Tidak ada yang berubah."
    lines = [first, ""]
    if answers and notes:
        lines.append(f"{notes} penjelasan dan tautan bukti ikut tersimpan.")
    if late:
        lines.append(f"{late} tidak ditimpa, karena baru saja diisi orang lain.")
    return "\n".join([*lines, *_standing(view, standing)])


def _standing(view: View, standing: Readiness) -> list[str]:
    lever = next(g for g in standing.gates if g.gate.id == "pengungkit")
    lines = [
        f"Posisi menuju {standing.target}: {standing.met_count} dari {len(standing.gates)} syarat nilai "
        f"terpenuhi.",
        f"Pengungkit {fmt.number(lever.have)} (minimal {fmt.short_number(lever.need)}).",
    ]
    weakest = [a for a in standing.areas if a.distance < 0][:2]
    if weakest:
        told = ", ".join(f"Area {a.area.no} {fmt.percent(a.points.ratio)}" for a in weakest)
        lines[-1] += f" Terlemah: {told} (minimal {fmt.percent(weakest[0].gate.gate.share or 0)})."
    missing = [item.name for item in view.instrument.results if item.id in _unanswered(standing, view)]
    if missing:
        lines.append("Hasil survei dan capaian kinerja belum lengkap; yang kosong dihitung 0.")
    lines.append(
        f"Ini penilaian mandiri tim: {standing.answered} dari {standing.indicators} indikator terjawab."
    )
    return lines


def _unanswered(standing: Readiness, view: View) -> set[str]:
    blank = {gate.gate.node for gate in standing.gates if gate.have == 0}
    return {item.id for item in view.instrument.results if item.id in blank or item.group_id in blank}
