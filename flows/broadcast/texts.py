"""Wording of announcements while they are written; `texts_sent` and `texts_received` have the rest."""

from collections.abc import Sequence
from datetime import datetime

from flows import fmt
from flows.broadcast.audience import AREA, CHOSEN, EVERYBODY, LATE, UNREAD, Reach
from flows.broadcast.service import MAX_CHARS, SCHEDULED, View
from flows.models import Announcement
from knowledge.instrument import Area

SEND, EDIT, CANCEL, SCHEDULE = "Kirim sekarang", "Ubah isi", "Batal", "Jadwalkan"
RESUME, HISTORY, WRITE, ALL = "Lihat rancangan", "Yang terkirim", "Tulis baru", "Semua pengumuman"
MEETING, EVIDENCE = "Rapat monev", "Bukti yang kurang"
WIDE, NARROW = "Ke beberapa unit", "Ke satu unit"
TO, WHERE, GATE, VALID = "Penerima", "Unit penerima", "Menurut syarat", "Masa berlaku"
ATTACH, REPLACE_FILE, DETACH = "Lampirkan berkas", "Ganti lampiran", "Lepas lampiran"
SAMPLE, POSTER, COUNT_AGAIN = "Lihat seperti penerima", "Poster QR", "Perbarui"
OTHER_MOMENT, UNSCHEDULE, YES_SCHEDULE = "Ubah waktu", "Batalkan jadwal", "Ya, jadwalkan"
TO_DRAFT = "‹ Ke rancangan"
USUAL = "Seperti biasa"

CANCELLED = "Rancangan dibatalkan. Tidak ada yang terkirim."
ONE_FILE = "Satu pengumuman membawa satu foto atau berkas; yang pertama yang dipakai."
ATTACHED, DETACHED = "Lampiran tersimpan.", "Lampiran dilepas."
SCHEDULED_TOAST, UNSCHEDULED = (
    "Terjadwal. Bisa diubah sampai waktunya.",
    "Jadwal dibatalkan. Rancangan tetap ada.",
)
CHOSEN_TOAST = "Penerima diganti."

PREVIEW_CHARS = 60

_AUDIENCES = {
    EVERYBODY: "Semua tim",
    "ketua": "Ketua pokja",
    "koordinator": "Koordinator unit",
    "sekretaris": "Sekretaris tim",
    "anggota": "Anggota pokja",
    "pimpinan": "Pimpinan unit",
    LATE: "Yang terlambat",
    CHOSEN: "Pilihan sendiri",
}


def audience(code: str, areas: Sequence[Area]) -> str:
    """Who it is for, as a label. Plain text."""
    head, _, rest = code.partition(".")
    if head == AREA:
        number = next((area.no for area in areas if area.id == rest), "?")
        return f"Pokja dan PIC Area {number}"
    if head == UNREAD:
        return "Yang belum membaca"
    return _AUDIENCES.get(code, _AUDIENCES[EVERYBODY])


def first_line(text: str) -> str:
    """What it is about, in a line. Plain text."""
    return fmt.cut(fmt.one_line(text.strip().split("\n")[0]), PREVIEW_CHARS + 20)


def prompt(unit_name: str, has_draft: bool, waiting: Sequence[str]) -> str:
    """The prompt for the text."""
    kept = "\n\nAda rancangan Anda yang belum dikirim." if has_draft else ""
    later = "".join(f"\n{n}  {line}" for n, line in enumerate(waiting, 1))
    due = f"\n\nTerjadwal:{later}" if later else ""
    return (
        "<b>Tulis isi pengumuman, atau pilih contoh.</b>\n\n"
        f"Untuk tim {fmt.esc(unit_name)}. Boleh sertakan foto atau berkas, huruf tebal, miring, dan tautan. "
        f"Paling panjang {MAX_CHARS} huruf. Anda melihat pratinjaunya dulu sebelum dikirim.{kept}{due}"
    )


def scheduled_line(row: Announcement, zone: str) -> str:
    """A scheduled announcement in the list below the prompt."""
    at = fmt.moment(row.send_at, zone) if row.send_at is not None else ""
    return f"{at}: {fmt.esc(fmt.cut(fmt.one_line(row.text), PREVIEW_CHARS))}"


def prompt_wide(place: str, branch: bool) -> str:
    """The prompt for an announcement to several units."""
    where = f"unit-unit di bawah {fmt.esc(place)}" if branch else f"semua unit {fmt.esc(place)}"
    return (
        "<b>Tulis isi pengumuman ke beberapa unit.</b>\n\n"
        f"Mula-mula untuk koordinator {where}; unit dan penerimanya dapat dipilih setelah ini. "
        f"Boleh sertakan foto atau berkas. Paling panjang {MAX_CHARS} huruf."
    )


TEMPLATES = {
    "rapat": (
        "<b>Tulis tiga baris: waktu, tempat, yang perlu dibawa.</b>\n\n"
        "Contoh: <i>jumat 29 jan jam 9 / aula / progres tiap area</i>"
    ),
    "bukti": (
        "<b>Tulis tiga baris: bukti yang kurang, areanya, paling lambat kapan.</b>\n\n"
        "Contoh: <i>notula dan foto kampanye / area 5 / rabu depan</i>"
    ),
}


def edit(view: View) -> str:
    """The prompt for another text; the present one can be copied by a tap."""
    if not view.announcement.text:
        return "<b>Tulis isi pengumumannya.</b>\n\nLampirannya sudah tersimpan dan ikut terkirim."
    return (
        "<b>Ketik isi yang baru.</b>\n\nIsi sekarang (ketuk untuk menyalin):\n"
        f"<code>{fmt.esc(view.announcement.text)}</code>"
    )


def attach(view: View) -> str:
    """The prompt for a file."""
    has = "\n\nLampiran yang ada akan diganti." if view.announcement.media else ""
    return f"<b>Kirim satu foto atau berkas.</b>\n\nPaling besar 20 MB.{has}"


# as receivers see it --------------------------------------------------------------------------------


def signature(view: View) -> str:
    """Who speaks. Plain text."""
    if not view.wide:
        return f"Koordinator unit, {view.unit.name}"
    if view.announcement.scope == "instansi":
        return f"Admin instansi, {view.agency.name}"
    return f"Untuk unit di bawah {view.unit.name}"


def announced(view: View) -> str:
    """The announcement exactly as its receivers see it."""
    row = view.announcement
    return f"{row.html or fmt.esc(row.text)}\n\n{fmt.esc(signature(view))}"


def plain(view: View) -> str:
    """The announcement as plain text, ready to paste."""
    return f"{view.announcement.text}\n\n{signature(view)}"


# before it is sent ----------------------------------------------------------------------------------


def preview(view: View, reach: Reach, to: str, where: str, until: datetime, now: datetime, zone: str) -> str:
    """What will be sent, whom it reaches, when, and for how long."""
    row = view.announcement
    head = "Pratinjau, belum terkirim."
    if row.state == SCHEDULED and row.send_at is not None:
        day = fmt.local(row.send_at, zone).date()
        away = fmt.distance(day, fmt.local(now, zone).date())
        head = f"Terjadwal: {fmt.moment(row.send_at, zone)} ({away})."
    body = announced(view) if row.text else "<i>(isi belum ditulis)</i>"
    lines = [f"<b>{head}</b>\n", f"<blockquote>{body}</blockquote>\n"]
    if row.media:
        lines.append(f"Lampiran: {fmt.esc(str(row.media['name']))}")
    lines.append(f"Penerima: {fmt.esc(to)}{f', {where}' if where else ''} · {reach.total} orang")
    lines.append(reached(reach))
    lines.append(
        f"Berlaku sampai {fmt.day_long(fmt.local(until, zone).date())}; anggota baru ikut menerimanya."
    )
    return "\n".join(lines)


def counting(view: View) -> str:
    """Which units are meant is being reckoned."""
    return (
        "<b>Menghitung unit yang dimaksud …</b>\n\n"
        f"<blockquote>{announced(view)}</blockquote>\n\nLayar ini diperbarui sendiri setelah selesai."
    )


def reached(reach: Reach) -> str:
    """Whom it reaches. The author is not among them."""
    far = []
    if reach.never_opened:
        far.append(
            f"{reach.never_opened} orang belum pernah membuka bot; teks siap tempel dan QR disediakan."
        )
    if reach.unreachable:
        far.append(f"{reach.unreachable} orang memblokir bot.")
    return " ".join([f"Terjangkau {reach.reachable} orang.", *far, "Anda sendiri tidak menerima salinan."])


MISSED, OVERDUE = "yang belum memenuhi {gate}", "yang punya tugas atau batas waktu terlewat"
OVERDUE_UNITS = "Unit yang terlambat"


def where(view: View, gate: str, units: int | None) -> str:
    """Which units. HTML; "" for the author's own."""
    if not view.wide:
        return ""
    place = (
        f"semua unit {view.agency.name}"
        if view.announcement.scope == "instansi"
        else f"{view.unit.name} dan unit di bawahnya"
    )
    if not gate:
        return fmt.esc(place)
    return f"{units or 0} unit {fmt.esc(gate)} ({fmt.esc(place)})"


def choose(view: View, to: str) -> str:
    """Who is it for?"""
    return (
        f"<b>Siapa penerimanya?</b>\n\nSekarang: {fmt.esc(to)}.\n\n"
        "Yang terlambat: ada tugas, perbaikan, atau batas waktu yang sudah lewat. "
        "Angkanya orang di luar Anda."
        if not view.wide
        else f"<b>Siapa penerimanya di unit-unit itu?</b>\n\nSekarang: {fmt.esc(to)}."
    )


def choose_area(names: Sequence[str]) -> str:
    """Of which area?"""
    return "<b>Pokja dan PIC area mana?</b>\n\n" + "\n".join(fmt.esc(name) for name in names)


def choose_unread(lines: Sequence[str]) -> str:
    """Which earlier one have they not read?"""
    if not lines:
        return "<b>Belum ada pengumuman terdahulu.</b>\n\nPilih penerima lain."
    return "<b>Yang belum membaca pengumuman mana?</b>\n\n" + "\n".join(lines)


def choose_people(chosen: int, total: int) -> str:
    """Which persons?"""
    head = "<b>Pilih orangnya.</b>\n\n"
    return f"{head}Terpilih {chosen} dari {total} orang. Ketuk nama untuk memilih atau melepas."


def choose_where(names: Sequence[tuple[str, str]], agency: str, may_all: bool) -> str:
    """Which units?"""
    every = f" Semua unit berarti semua unit {fmt.esc(agency)}." if may_all else ""
    listed = "\n".join(f"{n}  {fmt.esc(name)}" for n, name in names) if names else ""
    head = "<b>Unit mana yang menerima?</b>\n\n"
    return f"{head}Satu cabang berarti unit itu dan semua di bawahnya.{every}\n\n{listed}"


ALL_UNITS = "Semua unit"


def choose_gate(lines: Sequence[str]) -> str:
    """Which gate have they missed?"""
    return (
        "<b>Hanya unit yang belum memenuhi syarat mana?</b>\n\n"
        "Dihitung dari penilaian mandiri unit saat ini, terhadap batas WBK.\n\n"
        + "\n".join(lines)
        + "\n\nUnit yang terlambat: ada tugas, perbaikan, atau batas waktu yang sudah lewat."
    )


ANY_GATE, NO_GATE = "Salah satu syarat", "Tanpa syarat"


def when(view: View, zone: str) -> str:
    """The prompt for the moment."""
    row = view.announcement
    now = f"\n\nSekarang terjadwal {fmt.moment(row.send_at, zone)}." if row.send_at is not None else ""
    head = "<b>Kapan dikirim?</b>\n\n"
    return f"{head}Contoh: <i>besok jam 8</i>, <i>senin 9.30</i>. Tanpa jam berarti 08.30 {zone}.{now}"


def when_check(at: datetime, zone: str, today: datetime) -> str:
    """Before it is scheduled."""
    away = fmt.distance(fmt.local(at, zone).date(), fmt.local(today, zone).date())
    return (
        f"<b>Kirim {fmt.moment(at, zone)} ({away})?</b>\n\n"
        "Isi, penerima, dan waktunya bisa diubah atau dibatalkan sampai saat itu."
    )


def valid(until: datetime, zone: str) -> str:
    """How long is it current?"""
    return (
        "<b>Sampai kapan pengumuman ini berlaku?</b>\n\n"
        f"Sekarang sampai {fmt.day_long(fmt.local(until, zone).date())}. Yang bergabung sebelum itu "
        "ikut menerimanya; setelahnya tidak dikirim lagi. Pilih, atau ketik tanggal terakhirnya."
    )


def days(count: int) -> str:
    """A choice of how long."""
    return f"{count} hari"


def copy(body: str) -> str:
    """The text to paste."""
    return f"<b>Teks pengumuman, tanpa format.</b>\n\n{body}"


def poster(place: str, never: int) -> str:
    """Caption of the poster."""
    who = f"Untuk {never} orang yang belum pernah membuka bot. " if never else ""
    head = f"<b>Poster QR {fmt.esc(place)}</b>\n\n"
    return f"{head}{who}Cetak ukuran A5 atau A4, atau kirim gambarnya ke grup kantor."


def history(rows: Sequence[Announcement], first: int, zone: str, now: datetime, unit_name: str) -> str:
    """What was sent in the unit, newest first."""
    if not rows:
        return f"<b>Belum ada pengumuman di {fmt.esc(unit_name)}.</b>"
    lines = [
        f"{n}  {fmt.ago(row.sent_at or row.created_at, now, zone)}\n"
        f"{fmt.esc(fmt.cut(fmt.one_line(row.text), PREVIEW_CHARS))}"
        for n, row in enumerate(rows, first)
    ]
    return f"<b>Pengumuman {fmt.esc(unit_name)}.</b>\n\n" + "\n\n".join(lines)


def numbered(rows: Sequence[Announcement], now: datetime, zone: str) -> list[str]:
    """Earlier announcements to choose from."""
    return [
        f"{n}  {fmt.ago(row.sent_at or row.created_at, now, zone)}: "
        f"{fmt.esc(fmt.cut(fmt.one_line(row.text), PREVIEW_CHARS))}"
        for n, row in enumerate(rows, 1)
    ]
