"""Wording of following up reminders (Pantau pengingat)."""

from collections.abc import Sequence
from datetime import datetime

from flows import fmt
from flows.reminders import moments
from flows.reminders.watching import Followed, Watched

DAYS, USUAL = "Jarak pengingat", "Seperti biasa"
SAVED = "Jarak pengingat tersimpan."
_LEVELS = {
    moments.KETUA: "ketua pokja",
    moments.KOORDINATOR: "koordinator unit",
    moments.ADMIN: "admin instansi",
}


def days_label(days: int) -> str:
    """ "H-7"."""
    return f"H-{days}"


def overview(unit: str, people: Sequence[Followed], first: int) -> str:
    """Everybody with counts."""
    if not people:
        return f"<b>Belum ada pengingat yang dikirim di {fmt.esc(unit)}.</b>"
    lines = [f"{n}  {_person(each)}" for n, each in enumerate(people, first + 1)]
    return (
        f"<b>Pantau pengingat</b> · {fmt.esc(unit)}\n\n" + "\n".join(lines) + "\n\n"
        "Dua bulan terakhir. Hanya koordinator unit yang membaca halaman ini."
    )


def _person(each: Followed) -> str:
    parts = [f"{each.open} belum dari {len(each.rows)}"]
    still = [w for w in each.rows if not w.done]
    for count, word in (
        (sum(w.row.opened_at is not None for w in still), "dibuka"),
        (sum(w.row.promised_on is not None for w in still), "dijanjikan"),
        (sum(w.row.stuck_at is not None for w in still), "ada kendala"),
        (sum(w.row.not_mine_at is not None for w in still), "bukan tugasnya"),
    ):
        if count:
            parts.append(f"{count} {word}")
    return f"{fmt.esc(each.person.name)}: {', '.join(parts)}"


def person(each: Followed, shown: Sequence[Watched], unit_zone: str, now: datetime) -> str:
    """One person's reminders."""
    body = "\n\n".join(_watched(w, unit_zone, now) for w in shown)
    return f"<b>{fmt.esc(each.person.name)}: {each.open} belum selesai</b>\n\n{body}"


def _watched(each: Watched, zone: str, now: datetime) -> str:
    row = each.row
    head = (
        f"✓ Selesai atau dialihkan, batas {fmt.day_short(row.due_on)}"
        if each.done
        else (f"○ {fmt.esc(fmt.cut(each.what, 120))}, batas {fmt.day_short(row.due_on)}")
    )
    facts = []
    if row.first_told_on is not None:
        times = f" ({row.times_told} kali)" if row.times_told > 1 else ""
        failed = "" if each.arrived else ", yang terakhir belum sampai"
        facts.append(f"diingatkan {fmt.day_short(row.first_told_on)}{times}{failed}")
    if row.opened_at is not None:
        facts.append(f"dibuka {fmt.ago(row.opened_at, now, zone)}")
    if row.promised_on is not None:
        facts.append(f"janji {fmt.day_short(row.promised_on)}")
    if row.stuck_at is not None:
        facts.append(f"kendala: {fmt.esc(fmt.cut(row.reason, 100))}")
    if row.not_mine_at is not None:
        facts.append(f"bukan tugasnya: {fmt.esc(fmt.cut(row.reason, 100))}")
    raised = [_LEVELS[level] for level in each.levels if level in _LEVELS]
    if raised:
        facts.append(f"diteruskan ke {', '.join(raised)}")
    if moments.END in each.levels:
        facts.append("pengingat berakhir")
    return f"{head}\n{'; '.join(facts)}" if facts else head


def unit_days(unit: str, days: Sequence[int]) -> str:
    """How many days before the unit reminds."""
    named = ", ".join(days_label(n) for n in sorted(days, reverse=True))
    every = f"{named}, dan hari H" if named else "hari H saja"
    return (
        f"<b>Jarak pengingat: {every}</b>\n\n{fmt.esc(unit)}\n\n"
        f"Setelah lewat, diingatkan sepekan sekali, paling lama {moments.WEEKS_LATE} pekan. Ketua pokja "
        f"diberi tahu setelah {moments.ESCALATE_AFTER[moments.KETUA]} hari kerja, koordinator unit setelah "
        f"{moments.ESCALATE_AFTER[moments.KOORDINATOR]} hari kerja.\n\nMakin banyak jarak, makin banyak "
        "pesan untuk tim. Ketuk untuk mengubah."
    )
