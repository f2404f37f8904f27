"""Wording of the ways in."""

from flows import fmt, role_words
from flows.mine.offer import Offer

ASK, REGISTER, TOPICS = "Tanya sesuatu", "Daftarkan unit", "Daftar topik"
AGREE_START, AGREE_JOIN, READ = "Setuju dan mulai", "Setuju, bergabung", "Baca dulu"
NOT_MY_POKJA, NOT_NOW = "Bukan pokja saya", "Tidak sekarang"
ACCEPT, REFUSE, WITHDRAW = "Terima", "Tolak", "Tarik permintaan"
BOARD, SEE_READINESS = "Papan unit", "Lihat kesiapan"
START_WORK, SEE_TEAM, SEE_PROGRESS, SCHEDULE = "Isi LKE", "Lihat tim", "Lihat progres", "Lihat jadwal"
AGREE_ME, NOT_ME = "Setuju, ini saya", "Bukan saya"
LATER = "Nanti saja"
REFRESH, OTHER_REQUESTS, TEAM = "Periksa lagi", "Permintaan lain", "Tim"

WELCOME = (
    "<b>Selamat datang di Pandu ZI.</b>\n\n"
    "Saya bisa menjawab pertanyaan seputar ZI sekarang juga. Ketik saja, misalnya: <i>apa syarat WBK?</i>\n\n"
    "Untuk memakai LKE dan pengingat, mintalah tautan ke koordinator, atau daftarkan unit; "
    "admin instansi akan memeriksanya.\n\n"
    "Ini alat bantu tim, bukan sistem pemerintah."
)
STILL_WAITING = (
    "Permintaan Anda masih menunggu keputusan. Sambil menunggu, silakan bertanya apa saja seputar ZI."
)

ROLES = role_words.NAMES
NOT_GOVERNMENT = "Ini bukan sistem pemerintah; pengusulan tetap lewat sistem Kementerian PANRB."
STORED = "Yang disimpan: nama, peran, dan pekerjaan Anda di sini. Bisa diunduh atau dihapus lewat /privasi."
STORED_MEMBER = "Disimpan: nama dan pekerjaan Anda di sini; detail dan cara hapus di /privasi."
HELPS_TEAM = "Pandu ZI membantu tim mengisi LKE, mengumpulkan bukti dukung, dan mengingatkan batas waktu."


def pokja(area_no: int, area_name: str) -> str:
    """A pokja as people call it: "Pokja 5 Penguatan Pengawasan"."""
    return f"Pokja {area_no} {area_name}"


def role_at(role: str, area: str, acting: str | None = None) -> str:
    """A role with its place: "ketua Pokja 5 …", "Plt koordinator unit"."""
    return role_words.at(role, area, acting)


def consent_claim() -> str:
    """The first admin, before anything is stored."""
    return (
        "Selamat datang, Bapak/Ibu. Anda membuka tautan admin pertama.\n\n"
        f"{HELPS_TEAM} Sebagai admin, Anda mendaftarkan instansi dan unit kerja, lalu mengundang "
        f"koordinatornya. {NOT_GOVERNMENT}\n\n{STORED}"
    )


def consent_admin(agency: str) -> str:
    """A further admin."""
    return (
        f"Selamat datang, Bapak/Ibu. Anda diundang sebagai admin instansi {fmt.bold(agency)}.\n\n"
        f"Admin mendaftarkan unit kerja dan mengundang koordinatornya. {NOT_GOVERNMENT}\n\n{STORED}"
    )


def consent_lead(role: str, unit: str, acting: str | None = None, days: str = "") -> str:
    """A coordinator, or somebody else with all areas, before anything is stored."""
    until = f", {days}" if days else ""
    return (
        f"Selamat datang, Bapak/Ibu. Anda diundang sebagai {role_at(role, '', acting)} {fmt.bold(unit)}"
        f"{until}.\n\n"
        f"{HELPS_TEAM} {NOT_GOVERNMENT}\n\n{STORED}"
    )


_READS = {
    "penilai": "Penilai membaca LKE, progres, kesiapan, dan jadwal unit, tanpa mengubah isinya. Menilai "
    "dimulai dari Penilaian saya (/nilai).",
    "pendamping": "Pendamping membaca LKE, progres, dan kesiapan unit lalu memberi saran kepada timnya, "
    "tanpa mengubah isi dan tanpa memberi nilai.",
    "wilayah": "Koordinator wilayah membaca LKE, progres, dan kesiapan unit ini beserta unit di bawahnya, "
    "tanpa mengubah isinya.",
    "pimpinan": "Pimpinan membaca LKE, progres, dan kesiapan unit, lalu mengesahkan penilaian mandirinya. "
    "Isinya dikerjakan tim.",
}


def consent_reader(role: str, unit: str, acting: str | None = None, days: str = "") -> str:
    """Somebody who reads without changing, before anything is stored."""
    until = f", {days}" if days else ""
    return (
        f"Selamat datang, Bapak/Ibu. Anda diundang sebagai {role_at(role, '', acting)} {fmt.bold(unit)}"
        f"{until}.\n\n{_READS[role]} {NOT_GOVERNMENT}\n\n{STORED}"
    )


def reads_only(role: str) -> bool:
    """Whether the role reads a unit's work without changing it."""
    return role in _READS


def consent_personal(name: str, unit: str, has_account: bool) -> str:
    """The account behind the link is to become that of somebody known by name, or of a lost account."""
    old = " Akun lama orang ini langsung tidak dapat masuk lagi." if has_account else ""
    return (
        f"Tautan ini khusus untuk {fmt.bold(name)}, {fmt.esc(unit)}.\n\n"
        f"Bila itu Anda, akun Telegram ini menjadi akun Anda di Pandu ZI, lengkap dengan peran dan tugas "
        f"yang sudah tercatat.{old} Bila bukan, pilih {NOT_ME}. {NOT_GOVERNMENT}\n\n{STORED}"
    )


def days(first: str, last: str) -> str:
    """The days of a stand-in."""
    return f"{first} sampai {last}"


def consent_area(role: str, area: str, unit: str, acting: str | None = None, days: str = "") -> str:
    """A member or head of a pokja, before anything is stored."""
    head = f"Selamat datang di {fmt.bold(area)}, {fmt.esc(unit)}."
    lead = f"Anda diundang sebagai {role_at(role, '', acting)}{', ' + days if days else ''}. "
    if role == "anggota" and not acting:
        lead = ""
    return (
        f"{head}\n\n{lead}Di sini Anda mengirim bukti, menjawab indikator, dan bertanya soal ZI "
        f"dengan bahasa sehari-hari. {NOT_GOVERNMENT}\n\n{STORED_MEMBER}"
    )


READ_FIRST = (
    "<b>Apa yang disimpan, dan untuk apa</b>\n\n"
    "• Nama dan nomor akun Telegram Anda: agar tim tahu siapa yang menjawab, dan agar pengingat sampai.\n"
    "• Peran dan area Anda: agar yang terlihat dan bisa diubah sesuai tugas.\n"
    "• Jawaban, penjelasan, bukti dukung, tugas, dan waktu perubahannya: ini pekerjaan unit, dibaca oleh "
    "tim unit, penilainya, dan admin instansi. Bukti bertanda terbatas hanya dibaca yang berhak.\n\n"
    "Nomor telepon tidak diminta. Pertanyaan yang belum terjawab dicatat tanpa nama, untuk "
    "memperbaiki jawaban.\n\n"
    "Dasarnya persetujuan Anda (UU 27/2022 tentang Pelindungan Data Pribadi). Anda dapat mengunduh dan "
    "menghapus data kapan saja lewat /privasi. Setelah dihapus, isian LKE unit tetap ada, tanpa nama "
    "Anda.\n\n"
    f"{NOT_GOVERNMENT}"
)
DECLINED_AREA = (
    "Baik, Anda tidak didaftarkan dan nama Anda tidak disimpan.\n\n"
    "Mintalah tautan pokja yang benar kepada koordinator unit. Sambil itu, silakan bertanya apa saja "
    "seputar ZI."
)
DECLINED = (
    "Baik, Anda tidak didaftarkan dan nama Anda tidak disimpan.\n\n"
    "Tautannya masih bisa dibuka lagi selama berlaku. Sambil itu, silakan bertanya apa saja seputar ZI."
)
ALREADY = "Anda sudah terdaftar di sini, jadi tidak ada yang berubah."
JOINED = "✓ Terdaftar."
BOUND = "✓ Akun ini sekarang tersambung. Selamat datang."
JOINED_ADMIN = "✓ Terdaftar sebagai admin instansi."


def welcome(
    role: str,
    area: str,
    unit: str,
    heads: list[str],
    coordinators: list[str],
    acting: str | None = None,
    days: str = "",
    offered: Offer | None = None,
) -> str:
    """Right after joining: where one is, who leads, the first step (what is offered, where something is)."""
    lines = [f"✓ Anda {fmt.esc(role_at(role, area, acting))}, {fmt.bold(unit)}.", ""]
    if days:
        lines.append(f"Berlaku {days}.")
    if area and role != "ketua":
        lines.append(f"Ketua pokja: {_names(heads) or 'belum ditunjuk'}.")
    if role != "wilayah":  # they look after several units
        lines.append(f"Koordinator unit: {_names(coordinators) or 'belum ada'}.")
    if lines[-1]:
        lines.append("")
    if offered is not None:
        return "\n".join([*lines, offer(offered)])
    if role == "pimpinan":
        lines.append(
            "Langkah pertama: lihat kesiapan unit. Bila penilaian mandirinya sudah sesuai, Anda dapat "
            "mengesahkannya lewat Pengesahan."
        )
    elif role == "wilayah":
        lines.append(
            "Langkah pertama: buka Papan unit (/papan) untuk melihat semua unit di wilayah Anda. Anda dapat "
            "membaca, tanpa mengubah."
        )
    elif reads_only(role):
        lines.append(
            "Langkah pertama: lihat kemajuan pengisian LKE unit. Anda dapat membaca, tanpa mengubah."
        )
    else:
        where = f"indikator {fmt.esc(area)}" if area else "indikator unit"
        lines.append(
            f"Langkah pertama: buka Isi LKE dan jawab {where} yang sudah Anda ketahui, satu per satu."
        )
    lines.append("Bila ada yang kurang jelas, ketik saja pertanyaannya.")
    return "\n".join(lines)


def offer(offered: Offer) -> str:
    """Items of the pokja without PIC, to take with one tap."""
    lines = [
        f"Anda belum punya tugas sebagai PIC. Ada {offered.total} indikator pokja yang belum ada PIC-nya; "
        "mau ambil satu?"
    ]
    for number, lack in enumerate(offered.lacks, start=1):
        missing = f" (kurang {len(lack.missing)} bukti)" if lack.missing else ""
        lines.append(f"{number}  {fmt.esc(lack.item.title)}{missing}")
    return "\n".join(lines)


def _names(names: list[str]) -> str:
    return ", ".join(fmt.esc(name) for name in names)


def waiting(place: str) -> str:
    """The person's own request, still open."""
    return (
        f"Permintaan Anda sudah diteruskan: {fmt.bold(place)}.\n\n"
        "Koordinator unit atau admin memeriksanya; Anda diberi tahu di sini begitu diputus. "
        "Sambil menunggu, silakan bertanya apa saja seputar ZI."
    )


def asked(name: str, role: str, place: str, when: str) -> str:
    """To those who decide: somebody wants to join."""
    return (
        f"{fmt.bold(name)} meminta bergabung sebagai {fmt.esc(role)}.\n\n"
        f"{fmt.esc(place)} · diminta {when}.\n"
        "Terima bila Anda mengenalnya; bila ragu, tanyakan dulu di luar bot."
    )


def told_accepted(role: str, place: str) -> str:
    """To the person: taken in."""
    return f"✓ Permintaan Anda disetujui.\n\nAnda {fmt.esc(role)}, {fmt.bold(place)}."


ACCOUNT_LEFT = (
    "Akun Telegram ini sudah diganti dengan akun lain.\n\n"
    "Koordinator unit atau admin instansi memasang akun baru untuk orang yang tadinya memakai akun ini, "
    "jadi data unit tidak terbuka lagi dari sini. Bila ini tidak Anda ketahui, mohon hubungi koordinator "
    "unit."
)


def account_told(name: str, unit: str) -> str:
    """To who made a personal link: it was used."""
    return (
        f"✓ Akun {fmt.bold(name)} sudah tersambung.\n\n"
        f"{fmt.esc(unit)} · lewat tautan pribadi yang Anda buat. Bila yang membukanya orang lain, keluarkan "
        "ia dari tim, lalu buat tautan baru."
    )


def told_refused(place: str) -> str:
    """To the person: not taken in."""
    return (
        f"Permintaan bergabung ke {fmt.bold(place)} belum disetujui.\n\n"
        "Bila ada kekeliruan, hubungi koordinator unit. Bertanya seputar ZI tetap bisa kapan saja di sini."
    )


def queue(total: int, lines: list[str]) -> str:
    """Those who wait to be taken in."""
    if not total:
        return "Tidak ada permintaan bergabung yang menunggu.\n\nPermintaan baru akan diberitahukan di sini."
    return f"<b>{total} orang menunggu persetujuan</b>\n\n" + "\n".join(lines)


def accepted_toast(name: str) -> str:
    """After accepting."""
    return f"✓ {fmt.cut(name, 60)} diterima dan diberi tahu."


def refused_toast(name: str) -> str:
    """After refusing."""
    return f"{fmt.cut(name, 60)} tidak diterima dan diberi tahu."


# the first admin, a wish for a unit -----------------------------------------------------------------

AGENCY_NAME = (
    "Apa nama instansi Anda?\n\n"
    "Ketik nama lengkapnya dalam satu baris, misalnya: <i>Kementerian Contoh Republik Indonesia</i>. "
    "Nama unit kerja menyusul."
)
AGENCY_MADE = "✓ Instansi terdaftar. Langkah berikutnya: buat unit kerja pertama."
UNIT_REQUEST = (
    "Ketik nama unit dan instansinya dalam satu baris.\n\n"
    "Contoh: <i>Kantor Layanan Contoh, Kementerian Contoh</i>\n\n"
    "Admin instansi akan memeriksanya. Dengan mengirim, Anda setuju nama Telegram Anda dan nama unit "
    "disimpan "
    "agar admin dapat menjawab; bisa dihapus lewat /privasi. Ini bukan sistem pemerintah."
)

NO_ADMIN = (
    "Unit belum bisa didaftarkan: bot ini belum punya admin instansi.\n\n"
    "Sampaikan kepada pengelola bot agar membuka tautan admin pertama. "
    "Sambil menunggu, silakan bertanya apa saja seputar ZI."
)


def request_mine(name: str, state: str) -> str:
    """The asker's own request for a unit."""
    if state == "waiting":
        return (
            f"Nama diterima: {fmt.bold(name)}.\n\n"
            "Admin instansi memeriksa permintaan ini; kabarnya dikirim di sini. "
            "Sambil menunggu, silakan bertanya apa saja seputar ZI."
        )
    if state == "accepted":
        return f"✓ {fmt.bold(name)} sudah terdaftar.\n\nBuka menu untuk mulai."
    return f"Permintaan untuk {fmt.bold(name)} sudah ditutup.\n\nAnda dapat mengajukan lagi kapan saja."


WITHDRAWN = "Permintaan ditarik kembali."
WITHDRAW_LATE = "Permintaan ini sudah diputus admin, jadi tidak bisa ditarik."
