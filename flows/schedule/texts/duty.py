"""Wording of recurring duties."""

import calendar
from collections.abc import Sequence

from flows import fmt
from flows.checklist.service import Current
from flows.days import due_day
from flows.evidence.periods import span_of
from flows.schedule.duties import Kept, Slot, View
from knowledge.dates import MONTHS
from knowledge.duties import Duty

DUTIES, SWITCH_ON, SWITCH_OFF, CHANGE_DAY = "Tugas rutin", "Nyalakan", "Matikan", "Ubah hari"
USUAL_DAY, ITEM, DATE, REGISTER = "Hari semula", "Buka indikator", "Tanggal terdekat", "Daftar survei"
ON, OFF, DAY_SET, SAME = (
    "Dinyalakan; tanggalnya ada di jadwal.",
    "Dimatikan.",
    "Hari tersimpan.",
    "Tidak ada yang berubah.",
)
MOST_SLOTS = 8

_EVERY = {"month": "tiap bulan", "quarter": "tiap triwulan", "half": "tiap semester", "year": "tiap tahun"}
_PERIOD = {"month": "bulan", "quarter": "triwulan", "half": "semester", "year": "tahun"}


def rhythm(duty: Duty, own_day: int | None) -> str:
    """ "tiap triwulan, tanggal 10 sesudah triwulan berakhir"."""
    day = own_day if own_day is not None else duty.day
    when = "Jumat terakhir" if day is None else "hari terakhir" if day >= 31 else f"tanggal {day}"
    if duty.every == "month" and not duty.months_after:
        return f"tiap bulan, {when}"
    if duty.every == "year" and day is not None:
        month = (duty.months_after - 1) % 12
        last = calendar.monthrange(2027, month + 1)[1]
        following = " tahun berikutnya" if duty.months_after else ""
        return f"tiap tahun, {min(day, last)} {MONTHS[month]}{following}"
    length = _PERIOD[duty.every]
    if not duty.months_after:
        return f"{_EVERY[duty.every]}, {when} di bulan terakhirnya"
    later = (
        "bulan berikutnya" if duty.months_after == 1 else f"bulan ke-{duty.months_after} sesudah {length} itu"
    )
    return f"{_EVERY[duty.every]}, {when} {later}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def base(duty: Duty) -> str:
    """By which rule, or that it is practice."""
    return f"Dasar: {duty.rule}." if duty.rule else "Praktik, bukan ketentuan."


def listed(where: Current, kept: Sequence[Kept], may_set: bool) -> str:
    """Every duty, those that are on first named."""
    on = sum(each.active for each in kept)
    lines = []
    for no, each in enumerate(kept, 1):
        mark = "✓" if each.active else "○"
        following = ""
        if each.active and each.next is not None:
            following = f"\n   berikutnya {fmt.day_long(each.next.due_on)}"
        lines.append(f"{mark} {no}  {fmt.esc(each.duty.name)}: {rhythm(each.duty, each.day)}{following}")
    how = (
        "Ketuk nomornya untuk menyalakan, mematikan, atau mengubah harinya."
        if may_set
        else "Yang menyalakan adalah koordinator unit. Ketuk nomornya untuk melihat bukti tiap periode."
    )
    return (
        f"<b>{on} dari {len(kept)} tugas rutin dinyalakan.</b>\n\n{fmt.esc(where.unit.name)}\n\n"
        + "\n".join(lines)
        + f"\n\nYang dinyalakan (✓) membuat tanggal di jadwal dan slot bukti tiap periode. {how}"
    )


def one(view: View) -> str:
    """One duty: rhythm, rule, evidence of each period, dates to come."""
    kept, duty = view.kept, view.kept.duty
    state = "dinyalakan" if kept.active else "belum dinyalakan"
    parts = [f"<b>{fmt.esc(duty.name)}: {state}.</b>\n", f"{_capital(rhythm(duty, kept.day))}."]
    if kept.day is not None:
        parts.append("Harinya diubah oleh unit ini.")
    parts += [fmt.esc(base(duty)), fmt.esc(duty.note)]
    numbers = ", ".join(item.number for item in view.items)
    parts.append(f"Buktinya untuk {numbers}.")
    if duty.surveys:
        parts.append(
            f"Selesai juga begitu {' dan '.join(duty.surveys)} periodenya tercatat di daftar survei."
        )
    if view.slots:
        parts += ["", "<b>Bukti tiap periode</b>"]
        parts += [slot(each) for each in view.slots[-MOST_SLOTS:]]
    if view.coming:
        parts += ["", "<b>Tanggal di jadwal</b>"]
        for row in view.coming[:MOST_SLOTS]:
            span = span_of(row.ref.partition(":")[2])
            day = fmt.day_long(due_day(row.due_at, view.where.unit.zone))
            parts.append(f"• {span.name if span is not None else row.ref}: {day}")
    elif not kept.active and kept.next is not None:
        parts += ["", f"Bila dinyalakan, berikutnya {fmt.day_long(kept.next.due_on)}."]
    return "\n".join(parts)


def slot(each: Slot) -> str:
    """One period: "✓ TW II 2026: 2 bukti", "○ TW III 2026: belum ada, masih berjalan"."""
    if each.proved:
        there = [f"{each.pieces} bukti"] * bool(each.pieces)
        there += [f"{' dan '.join(each.surveys)} tercatat"] * bool(each.surveys)
        return f"✓ {each.span.name}: {', '.join(there)}"
    absent = "belum ada"
    if each.surveys:
        absent = f"{' dan '.join(each.surveys)} tercatat, {' dan '.join(each.missing)} belum"
    if each.span.last >= each.today:
        return f"○ {each.span.name}: {absent}, masih berjalan"
    if each.due_on >= each.today:
        return f"○ {each.span.name}: {absent}, batasnya {fmt.day_short(each.due_on)}"
    return f"! {each.span.name}: {absent}"


def day_prompt(kept: Kept) -> str:
    """The prompt for the day of the month."""
    return (
        f"<b>{fmt.esc(kept.duty.name)}: tanggal berapa?</b>\n\n"
        f"Sekarang {rhythm(kept.duty, kept.day)}.\n"
        "Ketik tanggalnya, contoh: 10, tgl 25, atau akhir bulan. "
        "Yang jatuh pada hari libur maju ke hari kerja sebelumnya; tanggal yang sudah dikunci tidak berubah."
    )


DAY_BAD = "Tanggal itu belum terbaca. Ketik angka 1 sampai 31, atau akhir bulan."
