"""Wording of meetings (paket rapat)."""

from collections.abc import Sequence

from flows import fmt
from flows.evidence import findings
from flows.evidence.findings import Finding
from flows.meetings.deciding import Decided
from flows.meetings.merging import FAILED, NAMES, SAME, matrix_line, tally
from flows.meetings.proposing import FOTO, HADIR, KINDS, LANJUT, NOTULA, UNDANGAN
from flows.meetings.receiving import LEFT
from flows.meetings.service import MAX_FILES, View, day_said
from flows.models import Intake, Meeting, MeetingPart
from knowledge.answers import Item

NEW, ALL, ADD_FILE, WRITE_MINUTES, DECISIONS, ATTEND = (
    "Rapat baru",
    "Semua rapat",
    "Tambah berkas",
    "Tulis notula",
    "Tulis tindak lanjut",
    "Isi daftar hadir",
)
LETTERS = "Undangan dan notula (Word)"
ITEMS, MERGE, EDIT, REMOVE, SEND_PDF, FILES, OPEN = (
    "Pilih indikator",
    "Gabung jadi PDF",
    "Ubah rapat",
    "Hapus paket",
    "Unduh PDF",
    "Berkas",
    "Buka paket",
)
YES_REMOVE, NO, LEADER_IN, LEADER_OUT, ANEW, LIKELY, DONE, SEND, DROP, PREPARE = (
    "Ya, hapus",
    "Tidak jadi",
    "Pimpinan hadir",
    "Pimpinan tidak hadir",
    "Tulis ulang",
    "Pakai usulan",
    "Selesai memilih",
    "Unduh",
    "Lepas dari paket",
    "Siapkan paket",
)
CHANGE_KIND = "Ganti bagian"
MERGING_NOW = "PDF sedang disusun. Saya kirim ke sini begitu selesai."
MERGING_NOTE = "PDF sedang disusun; sebentar lagi dikirim ke yang memintanya."
REMOVED = "Paket dihapus dari daftar. PDF yang sudah menjadi bukti dan tugasnya tetap ada."
SAVED, DROPPED, KIND_SET = "Perubahan tersimpan.", "Berkas dilepas dari paket.", "Bagiannya diganti."
NOT_ATTENDANCE = "Belum terbaca. Tulis jumlah yang hadir, misalnya: 14 orang, pimpinan hadir."
NO_SUCH_ITEM = "Nomor itu belum saya kenali, jadi belum ada yang diubah. Contoh: A.I.1.iii.b, atau ketuk."
MATRIX_SHOWN = 6


def listing(unit: str, found: Sequence[tuple[Meeting, int]], total: int, first: int, may_work: bool) -> str:
    """The unit's meetings."""
    if not found:
        how = f" Ketuk {NEW} untuk mencatat yang pertama." if may_work else ""
        return (
            f"<b>Paket rapat</b> · {fmt.esc(unit)}\n\nBelum ada rapat yang dicatat.{how}\n\n"
            "Satu paket memuat undangan, daftar hadir, notula, foto, dan tindak lanjut satu rapat, lalu "
            "menjadi satu PDF untuk beberapa indikator."
        )
    lines = [f"<b>Paket rapat: {total}</b> · {fmt.esc(unit)}", ""]
    for number, (row, there) in enumerate(found, first):
        when = fmt.day_short(row.held_on) if row.held_on else "tanpa tanggal"
        pdf = " · sudah jadi PDF" if row.evidence_id else ""
        lines.append(f"{number}  {fmt.esc(fmt.cut(row.title, 80))}")
        lines.append(f"    {when} · {there} dari {len(KINDS)} dokumen{pdf}")
    return "\n".join(lines)


def ask_new() -> str:
    """The prompt for a new meeting."""
    return (
        "<b>Rapat apa, kapan, dan di mana?</b>\n\n"
        "Tulis dalam satu pesan, dipisah garis miring atau baris baru.\n"
        "Contoh: <i>rapat monev januari / jumat 29 jan jam 9 / aula lt 2</i>\n\n"
        "Rapat yang sudah lewat juga bisa dicatat. Hari dan tempat boleh menyusul."
    )


def ask_edit(view: View) -> str:
    """The prompt for a meeting's name, day and place anew."""
    row = view.meeting
    when = day_said(row.held_on, row.held_time, view.unit.zone) or "belum dicatat"
    return (
        f"<b>Ubah {fmt.esc(fmt.cut(row.title, 80))}</b>\n\n"
        f"Hari: {when}\nTempat: {fmt.esc(row.place) or 'belum dicatat'}\n\n"
        "Tulis lagi nama, hari, dan tempatnya, dipisah garis miring. Hari dan tempat yang tidak ditulis "
        "tetap seperti sekarang."
    )


def remove_ask(view: View) -> str:
    """Before a package is removed."""
    return (
        f"<b>Hapus paket {fmt.esc(fmt.cut(view.meeting.title, 80))} dari daftar?</b>\n\n"
        f"{len(view.files)} berkas dan notulanya tidak dapat dibuka lagi dari sini. PDF yang sudah menjadi "
        "bukti dan tugas dari rapat ini tetap ada."
    )


def card(view: View, note: str = "") -> str:
    """The meeting with its papers, what it is used for and its follow-up."""
    row, there = view.meeting, view.there
    title = fmt.esc(fmt.cut(row.title, 120))
    lines = [f"<b>{title}: {len(there)} dari {len(KINDS)} dokumen ada.</b>", ""]
    when = day_said(row.held_on, row.held_time, view.unit.zone)
    if note:
        lines += [fmt.esc(note), ""]
    lines.append(" · ".join(part for part in (when or "Tanggal belum dicatat", fmt.esc(row.place)) if part))
    lines += ["", *_papers(view)]
    lines += ["", _used(view)]
    if view.merging:
        lines.append(MERGING_NOTE)
    elif view.version:
        lines.append(f"PDF versi {view.version} tersimpan sebagai bukti.")
    if view.decided:
        lines += ["", "<b>Matriks tindak lanjut</b>", *_matrix(view)]
    return "\n".join(lines)


def _papers(view: View) -> list[str]:
    there = view.there
    lines: list[str] = []
    invitation = f"Undangan{_count(view, UNDANGAN, 2)}"
    photos = _count(view, FOTO, 1)
    if {UNDANGAN, FOTO} <= there:
        lines.append(f"✓ {invitation}, foto{photos}")
    else:
        lines.append(f"✓ {invitation}" if UNDANGAN in there else "○ Undangan")
        lines.append(f"✓ Foto{photos}" if FOTO in there else "○ Foto")
    lines.append(
        f"✓ Daftar hadir: {attendance(view)}" if HADIR in there else f"○ Daftar hadir{_leader(view)}"
    )
    if HADIR in there and not view.of(HADIR):
        lines.append("! Lembar daftar hadir yang ditandatangani belum dikirim")
    lines.append("✓ Notula" if NOTULA in there else "○ Notula")
    said = tally(view) or f"{len(view.of(LANJUT))} berkas"
    lines.append(f"✓ Tindak lanjut: {said}" if LANJUT in there else "○ Tindak lanjut")
    return lines


def _count(view: View, kind: str, least: int) -> str:
    count = len(view.of(kind))
    return f" ({count})" if count >= least else ""


def _leader(view: View) -> str:
    said = {None: "", True: ": pimpinan hadir", False: ": pimpinan tidak hadir"}
    return said[view.meeting.leader_present]


def attendance(view: View) -> str:
    """ "14 orang, pimpinan hadir"."""
    row = view.meeting
    people = f"{row.attendees} orang" if row.attendees is not None else "jumlah belum dicatat"
    leader = {None: "kehadiran pimpinan belum dicatat", True: "pimpinan hadir", False: "pimpinan tidak hadir"}
    return f"{people}, {leader[row.leader_present]}"


def _used(view: View) -> str:
    numbers = [item.number for item in view.items]
    if not numbers:
        return "Belum dipilih untuk indikator mana."
    if len(numbers) == 1:
        return f"Dipakai untuk {numbers[0]}."
    comma = "," if len(numbers) > 2 else ""
    return f"Dipakai untuk {', '.join(numbers[:-1])}{comma} dan {numbers[-1]}."


def _matrix(view: View) -> list[str]:
    lines = []
    for number, (task, person) in enumerate(view.decided[:MATRIX_SHOWN], 1):
        what, who, when, state = matrix_line(task, person)
        lines.append(f"{number}  {fmt.esc(fmt.cut(what, 90))}")
        day = f" · {when}" if when != "-" else ""
        lines.append(f"    {fmt.esc(who)}{day} · {fmt.esc(fmt.cut(state, 80))}")
    more = len(view.decided) - MATRIX_SHOWN
    if more > 0:
        lines.append(f"dan {more} lagi; semuanya ada di PDF dan di daftar tugas.")
    return lines


def ask_attendance(view: View) -> str:
    """The prompt for how many were there."""
    now = f"\nSekarang tercatat: {attendance(view)}.\n" if HADIR in view.there else ""
    return (
        "<b>Berapa orang yang hadir, dan apakah pimpinan hadir?</b>\n"
        f"{now}\n"
        "Tulis misalnya: <i>14 orang, pimpinan hadir</i>\n"
        "Lembar daftar hadir yang ditandatangani bisa langsung dikirim ke sini sebagai foto atau PDF."
    )


def ask_minutes(view: View, anew: bool) -> str:
    """The prompt for the notula."""
    row = view.meeting
    head = "<b>Tulis notulanya, atau kirim berkasnya.</b>\n\n"
    if not row.minutes:
        return (
            head + "Tulis pokok-pokok pembahasan dan arahan, satu per baris. Yang tersimpan persis seperti "
            "yang Anda tulis."
        )
    shown = fmt.esc(fmt.cut(row.minutes, 1800))
    how = "Tulisan berikut menggantikan yang ini." if anew else "Tulisan berikut ditambahkan di bawahnya."
    return f"{head}Yang sudah tertulis:\n{shown}\n\n{how}"


def ask_decisions(view: View) -> str:
    """The prompt for what was decided."""
    known = f"\n\nSudah tercatat: {tally(view)}." if view.decided else ""
    return (
        "<b>Apa saja tindak lanjutnya?</b>\n\n"
        "Satu per baris: apa / siapa / kapan. Setiap baris menjadi tugas, dan PIC-nya diberi tahu.\n"
        "Contoh:\n<i>susun jadwal kampanye / dewi / 5 feb\nlaporan SKM TW IV / sari / jumat</i>\n\n"
        f"Matriks yang sudah jadi bisa dikirim sebagai berkas.{known}"
    )


def decided(done: Decided) -> str:
    """What became of typed decisions; plain, for a notice."""
    parts = [f"{done.made} tugas tercatat." if done.made else "Tidak ada tugas baru."]
    if done.known:
        parts.append(f"{done.known} sudah ada.")
    if done.unsure:
        parts.append("Ada nama yang mirip: pilih PIC-nya di tugas itu.")
    if done.problem:
        parts.append(f"Ada tanggal yang belum tercatat: {done.problem}")
    return fmt.cut(" ".join(parts), 180)


def add(view: View) -> str:
    """Which paper?"""
    return (
        f"<b>Berkas apa untuk {fmt.esc(fmt.cut(view.meeting.title, 80))}?</b>\n\n"
        "Pilih bagiannya, atau kirim sekarang; bagiannya saya baca dari nama dan keterangan berkas. "
        "Foto boleh beberapa sekaligus."
    )


def add_to(view: View, kind: str) -> str:
    """The prompt for files of one kind."""
    there = len(view.of(kind))
    known = f"Sudah ada {there}. " if there else ""
    many = "Boleh beberapa sekaligus." if kind == FOTO else "Foto, PDF, atau dokumen Office."
    return (
        f"<b>Kirim {NAMES[kind].lower()} rapat ini.</b>\n\n{known}{many}\n\n"
        "Foto dan PDF ikut masuk ke PDF gabungan; dokumen Office disebut sebagai berkas terpisah."
    )


def examining(row: Intake) -> str:
    """While the job looks at it."""
    count = len(row.parts)
    what = "Berkas" if count == 1 else f"{count} berkas"
    return f"{what} diterima, sedang diperiksa.\n\nSebentar lagi layar ini berganti sendiri."


def received(row: Intake) -> str:
    """What became of what was sent, plain."""
    counts = dict(row.proposal.get("counts", {}))
    named = [(NAMES.get(str(kind), "berkas").lower(), int(count)) for kind, count in counts.items()]
    got = [f"{name} ({count})" if count > 1 else name for name, count in named]
    lines = [f"Masuk ke paket sebagai {', '.join(got)}." if got else "Tidak ada berkas baru."]
    if row.proposal.get("same"):
        lines.append(f"{row.proposal['same']} berkas sudah ada di paket ini, jadi tidak digandakan.")
    if row.proposal.get("full"):
        lines.append(f"{row.proposal['full']} berkas tidak masuk: satu paket paling banyak {MAX_FILES}.")
    return " ".join([*lines, *problems(row)])


def problems(row: Intake) -> list[str]:
    """For every part that was refused its sentence and what to do, plain."""
    found: list[Finding] = []
    for part in row.parts:
        found += [f for f in findings.from_json(part.get("findings", ())) if f.stops]
    return [f"{each.sentence} {each.fix}" for each in found[:5]]


def refused(row: Intake) -> str:
    """Nothing of it was kept."""
    if row.problem == LEFT:
        return (
            "Berkas ini belum masuk ke paket.\n\nRapatnya sudah dihapus, atau Anda tidak lagi termasuk tim "
            "unit itu. Berkasnya masih ada di obrolan ini."
        )
    return "Berkas ini belum masuk ke paket.\n\n" + fmt.esc("\n".join(problems(row)))


def files(view: View, found: Sequence[MeetingPart], first: int) -> str:
    """The meeting's files."""
    head = f"<b>Berkas {fmt.esc(fmt.cut(view.meeting.title, 80))}: {len(view.files)}</b>\n\n"
    if not found:
        return head + "Belum ada berkas."
    return head + "\n".join(
        f"{n}  {NAMES.get(part.kind, 'Berkas')}: {fmt.esc(fmt.cut(part.file_name, 60))}"
        for n, part in enumerate(found, first)
    )


def part(view: View, one: MeetingPart, may_work: bool) -> str:
    """One file."""
    ask = "\n\nBagian lain? Ketuk salah satu di bawah." if may_work else ""
    return (
        f"<b>{NAMES.get(one.kind, 'Berkas')}</b>\n\n{fmt.esc(one.file_name)}\n"
        f"Rapat: {fmt.esc(fmt.cut(view.meeting.title, 120))}{ask}"
    )


def items(view: View, found: Sequence[Item], first: int, total: int) -> str:
    """Which indicators?"""
    chosen = set(view.meeting.items)
    lines = [f"<b>{fmt.esc(fmt.cut(view.meeting.title, 80))} dipakai untuk indikator mana?</b>", ""]
    for number, item in enumerate(found, first):
        mark = "✓ " if item.id in chosen else ""
        lines.append(f"{number}  {mark}{item.number}  {fmt.esc(item.title)}")
    lines += ["", _used(view)]
    how = "Ketuk nomornya untuk memilih atau melepas, atau ketik" if total else "Ketik"
    lines.append(f"{how} nomor LKE-nya (A.I.1.iii.b). Yang dapat dipilih: indikator yang Anda isi.")
    return "\n".join(lines)


def merged(view: View, number: int) -> str:
    """What became of the PDF."""
    title = fmt.esc(fmt.cut(view.meeting.title, 120))
    if number == FAILED:
        return (
            f"<b>PDF {title} belum bisa digabung.</b>\n\nSemua isinya tetap tersimpan. Coba lagi; bila tetap "
            "gagal, kurangi berkas yang besar."
        )
    if number == SAME:
        return f"<b>PDF {title} sudah yang terbaru.</b>\n\nIsinya sama dengan versi {view.version}."
    again = f" (versi {number})" if number > 1 else ""
    return f"<b>{title} sudah menjadi satu PDF{again}.</b>\n\nTersimpan sebagai bukti. {_used(view)}"
