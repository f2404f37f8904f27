"""Rounds: their day, their signatures, and what the unit hears."""

from collections.abc import Sequence
from datetime import date

from flows import fmt
from flows.assess.scores import Comparison
from flows.assess.service import Desk
from flows.assess.team import LEAD
from flows.assess.texts.desk import TIERS, round_name
from flows.models import Person, TpiRound
from knowledge.readiness import Readiness

SIGN_LEAD, SIGN_CONTROL, GIVE_BACK, NOT_YET = (
    "Sahkan sebagai ketua",
    "Sahkan putaran",
    "Kembalikan",
    "Nanti saja",
)
SIGNED_LEAD = "Disahkan ketua TPI. Menunggu pengendali teknis."
CLOSED = "Putaran disahkan. Nilainya terkunci, dan unit diberi tahu."
GIVEN_BACK = "Dikembalikan kepada tim. Nilai dapat diubah lagi."
OPENED, CUTOFF_SET = "Putaran dibuka.", "Batas isi disimpan."
NOT_A_DAY = "Tanggal itu belum terbaca. Ketik misalnya: 12 maret 2027."


def ask(
    now: Desk,
    row: TpiRound,
    found: Comparison | None,
    ready: Readiness | None,
    missing: int,
    turn_of: str,
    signers: Sequence[Person | None],
) -> str:
    """What would be signed."""
    where = now.where
    name = round_name(row)
    lines = [f"<b>Pengesahan putaran {row.no}: {fmt.esc(where.unit.name)}</b>", ""]
    lines.append(f"Keadaan: {name}.")
    if found is not None and ready is not None:
        lines.append(
            f"Nilai TPI {fmt.number(found.theirs.score.total)}, penilaian mandiri "
            f"{fmt.number(found.own.score.total)}. Syarat nilai {ready.target}: {ready.met_count} dari "
            f"{len(ready.gates)} memenuhi."
        )
        lines.append(f"{len(found.differences())} isian beda dengan unit.")
    drafts = sum(each.state == "draft" for each in now.findings)
    lines.append(
        f"{drafts} catatan akan disampaikan kepada unit." if drafts else "Tidak ada catatan baru untuk unit."
    )
    if missing:
        lines += ["", f"! {missing} isian unit belum dinilai, jadi putaran belum dapat disahkan."]
    elif turn_of == LEAD:
        lines += ["", "Giliran ketua TPI. Setelah itu nilai terkunci dan menunggu pengendali teknis."]
    elif turn_of:
        first = fmt.esc(signers[0].name) if signers and signers[0] is not None else "ketua TPI"
        lines += [
            "",
            f"Ketua TPI sudah mengesahkan ({first}). Giliran pengendali teknis: setelah disahkan, nilai "
            "putaran ini tidak dapat diubah lagi dan unit melihat nilai serta catatannya.",
        ]
    else:
        names = " dan ".join(fmt.esc(p.name) for p in signers if p is not None)
        lines += ["", f"Sudah disahkan{f' oleh {names}' if names else ''}; nilainya terkunci."]
    if turn_of and all(each.row.tier != turn_of for each in now.team):
        lines += ["", f"! Tim ini belum punya {TIERS[turn_of]}; admin instansi menunjuknya di Tim TPI."]
    return "\n".join(lines)


def cutoff(now: Desk, row: TpiRound) -> str:
    """Prompt for the last day that counts."""
    lines = [f"Sampai kapan isian unit dihitung pada putaran {row.no}?", "", fmt.esc(now.where.unit.name), ""]
    if row.cutoff_on is not None:
        lines.append(f"Sekarang: {fmt.day_long(row.cutoff_on)}.")
    lines.append("Ketik tanggalnya, misalnya: 12 maret 2027.")
    lines.append("Jawaban unit sesudah hari itu tetap tersimpan; pada kartu Anda ia ditandai.")
    return "\n".join(lines)


def told(unit: str, row: TpiRound, open_findings: int, due: date | None, last: bool) -> str:
    """At who leads the unit, once a round is signed."""
    total = row.total.replace(".", ",")
    lines = [f"Putaran {row.no} penilaian TPI sudah disahkan: {fmt.esc(unit)}", ""]
    lines.append(f"Nilai TPI: {total}.")
    if open_findings:
        by = f", batas terdekat {fmt.day_long(due)}" if due is not None else ""
        lines.append(f"{open_findings} catatan TPI menunggu tanggapan{by}. PIC-nya sudah diberi tahu.")
    else:
        lines.append("Tidak ada catatan TPI yang menunggu tanggapan.")
    if not last:
        lines.append(f"Setelah tanggapan masuk, TPI membuka putaran {row.no + 1}.")
    return "\n".join(lines)
