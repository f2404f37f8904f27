"""Wording of the morning digest and of what can be answered to it."""

from collections.abc import Sequence
from datetime import date, datetime

from flows import fmt
from flows.models import Unit
from flows.reminders import moments
from flows.reminders.reading import Raised, View
from knowledge.workdays import workdays

SEND_PROOF, OPEN, OTHER = "Kirim bukti", "Buka", "Pilihan lain"
PROMISE, STUCK, NOT_MINE, AGAIN = "Selesai pada …", "Ada kendala", "Bukan tugas saya", "Ingatkan lagi"
IN_AN_HOUR, TOMORROW, MONDAY = "1 jam lagi", "Besok", "Senin"
FROM_THE_TOP, SEE_ALL, NEXT_ONE, WATCH, ALL_MINE = (
    "Mulai dari atas",
    "Lihat semua",
    "Berikutnya ›",
    "Pantau pengingat",
    "Semua pengingat",
)
DRILL = "Mulai latihan"
REASSIGN, STAYS, SEE, PREFS = "Ganti PIC", "Tetap miliknya", "Lihat", "Cara diingatkan"
STAYS_SAID = "Disampaikan kepada {}: tetap tugasnya. Pengingat berjalan lagi."
GONE = "Pengingat ini sudah tidak berlaku: pekerjaannya selesai, dipindah, atau dihapus."
DONE = "Hal ini sudah selesai atau bukan lagi tugas Anda."
PROMISED = "Tercatat: Anda perkirakan selesai {}. Sebelum itu Anda tidak diingatkan."
STUCK_SAID = "Kendala disampaikan kepada ketua pokja dan koordinator unit."
NOT_MINE_SAID = "Disampaikan kepada ketua pokja dan koordinator unit. Pengingat dijeda 3 hari kerja."
AGAIN_AT, AGAIN_ON = "Baik, diingatkan lagi pukul {}.", "Baik, diingatkan lagi {}."
NO_LEAD = "Belum ada ketua pokja atau koordinator lain yang dapat diberi tahu."
LEADS_DECIDE = "Anda yang memimpin: pilih langsung PIC yang baru."
WHICH_DAY = "Tanggalnya belum terbaca. Contoh: jumat, 29 januari, akhir bulan."
TOO_FAR = "Tanggal itu terlalu jauh. Pilih paling lama 180 hari dari sekarang."
EMPTY = "Tulis satu kalimat singkat."

_MOST = 12


def _when(day: date, today: date) -> str:
    """ "Batas hari ini", "Batas besok", "Lewat 3 hari", "Senin, 8 Februari 2027 (7 hari lagi)"."""
    days = (day - today).days
    if days in {0, 1, 2}:
        return f"Batas {fmt.distance(day, today)}"
    if days < 0:
        return fmt.distance(day, today).capitalize()
    return f"{fmt.day_long(day)} ({fmt.distance(day, today)})"


def line(view: View, today: date, unit: str = "") -> str:
    """One thing in a digest, HTML."""
    due = view.due
    assert due is not None
    where = f" · {fmt.esc(unit)}" if unit else ""
    what = fmt.esc(fmt.cut(due.what, 140))
    if due.kind == "returned":
        when = "" if due.due_on > today else f" {_when(due.due_on, today).lower()}"
        return f"↩ Perlu perbaikan{when}: {what}, “{fmt.esc(fmt.cut(_note(due.missing), 90))}”{where}"
    promised = view.row.promised_on
    if promised is not None and promised <= today:
        return f"! Anda janjikan {_promised(promised, today)}: {what}{where}"
    mark = "! " if (due.due_on - today).days <= 0 else "○ "
    last = "; ini pengingat terakhir" if view.leads and view.is_last(today) else ""
    return f"{mark}{_when(due.due_on, today)}: {what}{where}{last}"


def _note(missing: str) -> str:
    return missing.removeprefix("Catatan reviu: ")


def _promised(day: date, today: date) -> str:
    return "selesai hari ini" if day == today else f"selesai {fmt.day_short(day)}"


def greeting(now: datetime, zone: str) -> str:
    """By the hour in the zone."""
    hour = fmt.local(now, zone).hour
    part = "pagi" if hour < 11 else "siang" if hour < 15 else "sore"
    return f"Selamat {part}, Bapak/Ibu."


def digest(
    views: Sequence[View],
    raised: Sequence[Raised],
    now: datetime,
    zone: str,
    more: int,
    behind: str = "",
) -> str:
    """The morning digest: what is due, what those who lead should know, and what else the week holds."""
    today = fmt.local(now, zone).date()
    several = len({v.unit.id for v in views} | {r.unit.id for r in raised}) > 1
    if views:
        head = f"Hari ini ada {len(views)} hal untuk Anda."
    else:
        head = f"{_count(raised)} perlu perhatian Anda sebagai {_lead(raised)}."
    parts = [f"<b>{greeting(now, zone)} {head}</b>", ""]
    if behind:
        parts += [behind, ""]
    parts += [line(v, today, v.unit.name if several else "") for v in views[:_MOST]]
    if len(views) > _MOST:
        parts.append(f"… dan {len(views) - _MOST} lagi.")
    if raised:
        if views:
            parts += ["", f"{_count(raised)} perlu perhatian Anda sebagai {_lead(raised)}:"]
        parts += [raised_line(each, today, several) for each in raised[:_MOST]]
        if len(raised) > _MOST:
            parts.append(f"… dan {len(raised) - _MOST} lagi.")
    parts.append("")
    if more:
        parts.append(f"Minggu ini masih ada {more} lagi.")
    parts.append("Tiap hal berhenti diingatkan begitu selesai.")
    return "\n".join(parts)


def drill_line(units: Sequence[Unit]) -> str:
    """A line about drills, for who asked to be reminded of them."""
    where = f" ({fmt.esc(units[0].name)})" if len(units) > 1 else ""
    return f"Latihan wawancara hari ini{where}: beberapa soal, sekitar 5 menit."


def drills(units: Sequence[Unit], now: datetime, zone: str) -> str:
    """Nothing is due but drills."""
    names = "" if len(units) == 1 else " Pilih unitnya."
    return (
        f"<b>{greeting(now, zone)} Latihan wawancara hari ini, sekitar 5 menit.</b>\n\n"
        f"Anda sendiri yang meminta diingatkan; hasilnya hanya Anda yang melihat.{names}\n"
        "Pengingat berhenti setelah evaluasi, atau matikan kapan saja di /latihan."
    )


def _count(raised: Sequence[Raised]) -> str:
    return f"{len(raised)} hal yang lewat batas"


def _lead(raised: Sequence[Raised]) -> str:
    levels = {each.row.level for each in raised}
    if levels & {moments.KOORDINATOR, moments.END}:
        return "koordinator unit"
    return "ketua pokja" if moments.KETUA in levels else "admin instansi"


def raised_line(each: Raised, today: date, several: bool = False) -> str:
    """One overdue thing as those who lead read it, HTML. Admins read stages without names."""
    where = f" · {fmt.esc(each.unit.name)}" if several or each.row.level == moments.ADMIN else ""
    what = fmt.esc(fmt.cut(each.due.what, 120))
    late = workdays().between(each.due.due_on, today)
    if each.row.level == moments.ADMIN:
        return f"! Tahap lewat {late} hari kerja: {what}{where}"
    who = f" · {fmt.esc(', '.join(each.names[:3]))}" if each.names else ""
    if each.row.level == moments.END:
        return f"! Pengingat berakhir setelah {moments.WEEKS_LATE} pekan: {what}{who}{where}"
    return f"! Lewat {late} hari kerja: {what}{who}{where}"


BEFORE_OFF = "ini pengingat terakhir sebelum batasnya"
EARLIER = "pengingat pada harinya maju ke hari kerja sebelumnya"
LAST = "Ini pengingat terakhir; selanjutnya koordinator unit yang menindaklanjuti."
LAST_LEADS = "Ini pengingat terakhir; di jadwal tetap tercatat sampai selesai atau tanggalnya diubah."
BEHIND = "Sebagian pengingat ini menyusul karena bot sempat tidak aktif."


def back_from_leave(until: date) -> str:
    """The digest makes up for leave."""
    return f"Selamat bekerja kembali. Ini yang terkumpul selama cuti Anda sampai {fmt.day_short(until)}."


def reminder(view: View, now: datetime, zone: str, intro: str = "") -> str:
    """One reminder: what and when, what is missing, why this person, why now, what ends it. HTML."""
    due = view.due
    assert due is not None
    today = fmt.local(now, zone).date()
    days = (due.due_on - today).days
    what = fmt.esc(fmt.cut(due.what, 200)).rstrip(".")
    if due.kind == "returned":
        head = f"Perlu perbaikan: {what}."
    elif days < 0:
        head = f"{fmt.distance(due.due_on, today).capitalize()}: {what}."
    else:
        head = f"{fmt.distance(due.due_on, today).capitalize()} batas waktunya: {what}."
    moment = fmt.moment(due.due_at, view.unit.zone) if due.due_at else fmt.day_long(due.due_on)
    parts = [f"<b>{head}</b>", "", f"Batas: {moment}.", fmt.esc(due.missing)]
    if intro:
        parts.append(intro)
    parts += _why_now(view, today)
    parts += ["", f"Anda {fmt.esc(view.why)}, {fmt.esc(view.unit.name)}. {fmt.esc(due.ends)}"]
    return "\n".join(part for n, part in enumerate(parts) if part or n in {1, len(parts) - 2})


def _why_now(view: View, today: date) -> list[str]:
    row, due = view.row, view.due
    assert due is not None
    found = []
    if row.promised_on is not None:
        found.append(f"Anda memperkirakan selesai {fmt.day_long(row.promised_on)}.")
    base = row.promised_on or due.due_on
    if view.is_last(today):
        found.append(LAST_LEADS if view.leads else LAST)
    elif base < today:
        found.append(f"Setelah lewat, diingatkan sepekan sekali, paling lama {moments.WEEKS_LATE} pekan.")
    elif workdays().is_off(due.due_on) and due.due_on > today:
        name = fmt.esc(workdays().holiday(due.due_on) or "akhir pekan")
        last = workdays().on_or_before(due.due_on) <= today
        found.append(f"Hari itu libur ({name}), jadi {BEFORE_OFF if last else EARLIER}.")
    if row.stuck_at is not None:
        found.append(f"Kendala yang Anda sampaikan: {fmt.esc(fmt.cut(row.reason, 160))}")
    return found


def all_mine(views: Sequence[View], today: date, first: int) -> str:
    """Everything the person is reminded of."""
    if not views:
        return "Tidak ada yang perlu Anda kerjakan dari pengingat saat ini."
    several = len({v.unit.id for v in views}) > 1
    lines = [f"{n}  {line(v, today, v.unit.name if several else '')}" for n, v in enumerate(views, first + 1)]
    return "<b>Yang sedang diingatkan kepada Anda</b>\n\n" + "\n".join(lines)


def other(view: View) -> str:
    """What can be answered instead of doing it now."""
    return (
        f"<b>{_name(view)}</b>\n\n"
        f"{PROMISE}: beri tanggal Anda sendiri; pengingat mengikutinya.\n"
        f"{STUCK}: sampaikan apa yang menghambat kepada ketua pokja dan koordinator unit.\n"
        f"{NOT_MINE}: minta dialihkan kepada yang tepat.\n"
        f"{AGAIN}: pilih kapan diingatkan lagi."
    )


def _name(view: View) -> str:
    return fmt.esc(fmt.cut(view.due.what if view.due else "", 160))


def ask_promise(view: View, problem: str = "") -> str:
    """The prompt for a day."""
    said = f"{fmt.esc(problem)}\n\n" if problem else ""
    return (
        f"{said}<b>Kapan Anda perkirakan selesai?</b>\n\n{_name(view)}\n\n"
        "Ketik tanggalnya, misalnya jumat, 29 januari, akhir bulan. Sebelum tanggal itu Anda tidak "
        "diingatkan; koordinator unit melihat tanggal Anda."
    )


def ask_stuck(view: View) -> str:
    """The prompt for what stands in the way."""
    return (
        f"<b>Apa kendalanya?</b>\n\n{_name(view)}\n\n"
        "Tulis satu kalimat. Ketua pokja dan koordinator unit membacanya; pengingat dijeda "
        f"{moments.PAUSE_DAYS} hari kerja."
    )


def ask_not_mine(view: View) -> str:
    """The prompt: whose is it?"""
    return (
        f"<b>Siapa yang seharusnya mengerjakan?</b>\n\n{_name(view)}\n\n"
        "Tulis nama atau bagiannya, dan alasannya bila perlu. Ketua pokja dan koordinator unit yang "
        "mengalihkan; sampai diputuskan, tugas ini masih tercatat atas nama Anda."
    )


def ask_again(view: View) -> str:
    """When again?"""
    return f"<b>Kapan diingatkan lagi?</b>\n\n{_name(view)}"


def told_to_lead(view: View, name: str) -> str:
    """What those who lead read when somebody is stuck or says that it is not theirs."""
    row, due = view.row, view.due
    assert due is not None
    head = "Bukan tugasnya" if row.not_mine_at is not None else "Ada kendala"
    asked = (
        "Mohon alihkan kepada yang tepat, atau beri tahu bahwa tugas ini tetap miliknya."
        if row.not_mine_at is not None
        else "Mohon bantu carikan jalan keluarnya."
    )
    return (
        f"<b>{head}: {fmt.esc(fmt.cut(due.what, 160))}.</b>\n\n"
        f"{fmt.esc(name)}: “{fmt.esc(fmt.cut(row.reason, 500))}”\n"
        f"Batas: {fmt.day_long(due.due_on)}. {fmt.esc(due.missing)}\n\n"
        f"{asked} Pengingat kepadanya dijeda {moments.PAUSE_DAYS} hari kerja.\n{fmt.esc(view.unit.name)}"
    )


def stays_told(view: View, lead: str) -> str:
    """Who said that it is not theirs reads that it is."""
    due = view.due
    assert due is not None
    by = f"{fmt.esc(lead)} sudah membaca" if lead else "Yang memimpin sudah membaca"
    return (
        f"<b>Tetap tugas Anda: {fmt.esc(fmt.cut(due.what, 160)).rstrip('.')}.</b>\n\n"
        f"{by} keterangan Anda dan memutuskan tugas ini tetap Anda kerjakan. Pengingat berjalan lagi.\n"
        f"Batas: {fmt.day_long(due.due_on)}. {fmt.esc(due.missing)}\n{fmt.esc(view.unit.name)}"
    )
