"""Wording of the agency's and units' data."""

from flows import fmt

AGENCY_ANSWERS = "Jawaban instansi"
EVIDENCE_WINDOW = "Rentang bukti"
LETTER_TEMPLATES = "Templat surat"
STAGE_TEMPLATE = "Templat tahapan"
BOARD = "Papan unit"
STATUS = "Keadaan program"
API = "Akses API"
PROPOSALS = "Usulan dan tahap"
BULK, SHARED = "Impor unit dan orang", "Bukti bersama"
REVIEW_RULE = "Aturan reviu"
UNITS, REQUESTS, ADMINS = "Unit kerja", "Permintaan unit", "Undang admin"
NEW_UNIT, UNIT_DATA, BELOW, RENAME, MOVE = (
    "Buat unit",
    "Data unit",
    "Unit di bawahnya",
    "Ubah nama",
    "Pindahkan",
)
ARCHIVE, ARCHIVE_YES, RESTORE, KEEP = "Arsipkan", "Ya, arsipkan", "Pulihkan", "Tidak jadi"
ASSESSORS = "Tim TPI"
INVITE_COORDINATOR, INVITE_ASSESSOR = "Undang koordinator", "Undang penilai"
OTHER_ROLES, ADVISER, BRANCH = "Undang peran lain", "Pendamping TPI", "Koordinator wilayah"
HEAD_OF_UNIT, SECRETARY = "Pimpinan", "Sekretaris"
OPEN_UNIT, DONE = "Buka unit ini", "Selesai"
ALL_RIGHT, CORRECT = "Sudah benar", "Perbaiki data"
INVITE_TEAM, WORK, SCHEDULE = "Undang tim", "Isi LKE", "Atur jadwal"
IMPORT_FILE = "Impor Excel"
ACCEPT, REFUSE, CHECK_UNIT, TOP = "Terima", "Tolak", "Periksa data unit", "Paling atas"
TEAM_REQUESTS = "Permintaan gabung"

KIND_NAMES = {"eselon1": "Eselon I", "kanwil": "Kanwil/Provinsi", "satker": "Satuan kerja"}
YEARS = "Tahun LKE"
RENAMED, ZONE_SET, TARGET_SET, YEAR_SET = (
    "Nama unit diubah.",
    "Zona waktu diubah.",
    "Target diubah.",
    "Tahun penilaian diubah. Isian tahun lain tetap tersimpan.",
)
ARCHIVED, RESTORED, MOVED = (
    "Unit diarsipkan. Isinya tetap tersimpan.",
    "Unit dipulihkan.",
    "Unit dipindahkan.",
)
UNIT_MADE = "✓ Unit dibuat. Langkah berikutnya: undang koordinatornya."
MADE_FROM_REQUEST = "✓ Diterima. Unit dibuat dan pengusul menjadi koordinatornya."
REFUSED = "Permintaan ditolak; pengusul diberi tahu."


def admin(agency: str, units: int, waiting: int) -> str:
    """The admin's menu."""
    lines = [fmt.bold(agency), ""]
    if units:
        lines.append(f"{units} unit kerja terdaftar.")
    else:
        lines.append("Belum ada unit kerja. Mulailah dengan membuat satu, lalu undang koordinatornya.")
    if waiting:
        lines.append(f"! {waiting} permintaan unit menunggu keputusan.")
    return "\n".join(lines)


def place(agency: str, parent: str | None, total: int, lines: list[str]) -> str:
    """One level of the tree."""
    head = fmt.bold(parent if parent is not None else agency)
    if not total:
        empty = "Belum ada unit di bawahnya." if parent is not None else "Belum ada unit kerja."
        return f"{head}\n\n{empty} Ketuk {NEW_UNIT} untuk menambah."
    kind = "unit di bawahnya" if parent is not None else "unit di tingkat teratas"
    return f"{head}\n\n{total} {kind}. Ketuk nomornya untuk membuka.\n\n" + "\n".join(lines)


def unit_line(number: int, name: str, kind: str, below: int, archived: bool) -> str:
    """One unit in a list."""
    notes = [KIND_NAMES.get(kind, kind)]
    if below:
        notes.append(f"{below} unit di bawahnya")
    if archived:
        notes.append("diarsipkan")
    return f"{number}  {fmt.esc(fmt.cut(name, 90))} · {', '.join(notes)}"


def new_kind(parent: str | None) -> str:
    """Which kind of unit."""
    where = f"di bawah {fmt.bold(parent)}" if parent is not None else "di tingkat teratas"
    return f"Unit baru {where}.\n\nPilih jenisnya."


def new_name(kind: str, parent: str | None) -> str:
    """Prompt for a new unit's name."""
    where = f" di bawah {fmt.esc(parent)}" if parent is not None else ""
    return (
        f"Apa nama unitnya?\n\nJenis: {KIND_NAMES.get(kind, kind)}{where}. Ketik nama lengkap dalam "
        "satu baris, "
        "misalnya <i>Kantor Layanan Contoh Kota Contoh</i>."
    )


def rename(name: str) -> str:
    """Prompt for another name."""
    return f"Ketik nama baru untuk {fmt.bold(name)}.\n\nSatu baris, 3 sampai 160 karakter."


def edit(
    name: str,
    kind: str,
    parent: str | None,
    zone: str,
    target: str,
    year: int | None,
    coordinators: list[str],
    archived: bool,
) -> str:
    """A unit's data."""
    lines = [fmt.bold(name), ""]
    if archived:
        lines.append("! Unit ini diarsipkan. Isinya tetap tersimpan.")
    lines.append(KIND_NAMES.get(kind, kind) + (f" · di bawah {fmt.esc(parent)}" if parent else ""))
    lines.append(f"Zona waktu {zone} · target {target} · penilaian {year or 'belum diatur'}")
    names = ", ".join(fmt.esc(n) for n in coordinators)
    lines.append(f"Koordinator unit: {names or 'belum ada'}")
    if not archived:
        lines += ["", "Ketuk pilihan untuk mengubah zona waktu, target, atau tahun penilaian."]
    return "\n".join(lines)


def people(name: str) -> str:
    """Whom else the agency sends to the unit."""
    return (
        f"Undang siapa untuk {fmt.bold(name)}?\n\n"
        f"{ADVISER}: memberi saran kepada tim, membaca saja, tanpa memberi nilai.\n"
        f"{BRANCH}: membaca unit ini dan semua unit di bawahnya.\n"
        f"{HEAD_OF_UNIT}: membaca dan mengesahkan penilaian mandiri.\n"
        f"{SECRETARY}: mengisi dan mengunggah atas nama PIC.\n\n"
        "Tautannya untuk satu orang dan langsung diterima, jadi kirim hanya kepada orangnya."
    )


def archive_ask(name: str) -> str:
    """Before archiving."""
    return (
        f"Arsipkan {fmt.bold(name)}?\n\n"
        "Tim tidak lagi melihat unit ini dan pengingatnya berhenti. Isian, tim, dan riwayatnya tetap "
        "tersimpan; "
        "admin dapat memulihkannya kapan saja."
    )


def move(name: str, total: int, lines: list[str]) -> str:
    """Where a unit shall hang."""
    body = "\n".join(lines) if total else "Belum ada unit lain yang bisa menjadi induknya."
    return f"Pindahkan {fmt.bold(name)} ke bawah unit mana?\n\n{body}"


def check(name: str, zone: str, target: str, year: int | None) -> str:
    """A new coordinator looks at the unit's data."""
    return (
        "Mohon periksa data unit (diisi instansi):\n\n"
        f"{fmt.bold(name)}\nzona {zone} · target {target} · penilaian {year or 'belum diatur'}\n\n"
        "Boleh juga diketik, misalnya <i>kami WITA</i> atau <i>targetnya WBBM</i>."
    )


def changed(zone: str | None, target: str | None, year: int | None) -> str:
    """What a typed correction changed."""
    parts = []
    if zone is not None:
        parts.append(f"zona waktu {zone}")
    if target is not None:
        parts.append(f"target {target}")
    if year is not None:
        parts.append(f"penilaian {year}")
    return f"Diubah: {', '.join(parts)}."


def ready(name: str, imports: bool) -> str:
    """The next useful step of a coordinator."""
    bring = (
        "\n\nSudah punya LKE, walau baru sebagian atau dari tahun lalu? Kirim berkas Excel-nya di sini; "
        "tidak perlu mengetik ulang."
    )
    return (
        f"✓ {fmt.bold(name)} siap bekerja.\n\n"
        "Langkah berikutnya yang paling berguna: undang tim per pokja, satu tautan untuk tiap area. "
        f"LKE juga bisa langsung diisi, walau baru sebagian.{bring if imports else ''}"
    )


def request(unit_name: str, asker: str, when: str, agency: str) -> str:
    """A stranger's request for a unit, to an admin."""
    return (
        f"{fmt.bold(asker)} meminta unit baru didaftarkan.\n\n"
        f"Nama yang diketik: {fmt.bold(unit_name)}\nDiminta {when}.\n\n"
        f"Bila diterima, unit dibuat di tingkat teratas {fmt.esc(agency)} dan pengusul menjadi "
        "koordinatornya. "
        "Nama dan letaknya bisa diubah sesudahnya."
    )


def queue(total: int, lines: list[str]) -> str:
    """Requests for units that wait."""
    if not total:
        return "Tidak ada permintaan unit yang menunggu.\n\nPermintaan baru akan diberitahukan di sini."
    return f"<b>{total} permintaan unit menunggu</b>\n\nKetuk nomornya untuk memeriksa.\n\n" + "\n".join(
        lines
    )


def told_accepted(unit: str) -> str:
    """To the asker: the unit exists."""
    return (
        f"✓ Unit terdaftar: {fmt.bold(unit)}.\n\n"
        "Anda menjadi koordinator unit. Mohon periksa data unitnya, lalu undang tim."
    )


def told_refused(unit: str) -> str:
    """To the asker: not this time."""
    return (
        f"Permintaan unit {fmt.bold(unit)} belum disetujui admin instansi.\n\n"
        "Mungkin unitnya sudah terdaftar; mintalah tautan kepada koordinatornya. "
        "Bertanya seputar ZI tetap bisa kapan saja di sini."
    )
