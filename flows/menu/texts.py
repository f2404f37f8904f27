"""Wording of the menu."""

from flows import fmt

STRANGER = (
    "<b>Selamat datang di Pandu ZI.</b>\n\n"
    "Saya bisa menjawab pertanyaan seputar Zona Integritas sekarang juga. Ketik saja pertanyaannya, "
    "misalnya: <i>apa syarat WBK?</i>\n\n"
    "Untuk mengisi LKE dan menerima pengingat, mintalah tautan ke koordinator unit, atau daftarkan unit; "
    "admin instansi akan memeriksanya.\n\n"
    "Ini alat bantu tim, bukan sistem pemerintah."
)
HELP_MEMBER = (
    "<b>Yang bisa dilakukan di sini</b>\n\n"
    "/lke  Isi LKE: jawab indikator dan tulis penjelasan\n"
    "/progres  Kemajuan pengisian per area\n"
    "/kesiapan  Nilai, syarat WBK/WBBM, dan langkah prioritas\n"
    "/tanya  Tanya aturan ZI; atau langsung ketik pertanyaannya\n"
    "/jadwal  Batas waktu unit\n"
    "/tim  Anggota tim dan undangan\n"
    "/pengumuman  Kirim pengumuman (koordinator unit)\n"
    "/pengaturan  Zona waktu dan pilihan unit\n"
    "/privasi  Data Anda: lihat, unduh, hapus\n"
    "/batal  Tinggalkan isian yang sedang ditunggu\n\n"
    "Mengetik sama baiknya dengan mengetuk tombol. Jawaban memakai aturan nasional dan menyebut dasarnya; "
    "catatan yang berlaku tetap sistem Kementerian PANRB."
)
HELP_STRANGER = (
    "<b>Yang bisa dilakukan di sini</b>\n\n"
    "Ketik pertanyaan seputar ZI, misalnya <i>beda WBK dan WBBM</i> atau <i>lhkpn telat gimana</i>.\n\n"
    "/tanya  Tanya aturan ZI\n"
    "/privasi  Data Anda\n\n"
    "Fitur LKE, jadwal, dan pengingat terbuka setelah Anda bergabung lewat tautan undangan unit."
)
STRAY_FILE = (
    "Berkas ini belum tersimpan, karena sedang tidak ada isian yang menunggu berkas.\n\n"
    "Untuk sekarang, simpan berkasnya di Drive unit dan tulis tautannya di Penjelasan indikator."
)
STRAY_OTHER = (
    "Pesan jenis ini belum bisa saya baca.\n\nSilakan kirim sebagai teks, atau pilih lewat menu. "
    "Perintah yang tersedia ada di /bantuan."
)
CANCELLED = "Dibatalkan. Yang sudah tersimpan tetap ada."
NOTHING_TO_CANCEL = "Tidak ada isian yang sedang ditunggu."
DRAFT_GONE = "Tulisan tadi sudah dipakai. Silakan ketik lagi bila perlu."
GROUP = (
    "Di grup ini, saya menjawab pertanyaan umum seputar Zona Integritas (ZI).\n\n"
    "Caranya: tulis /tanya lalu pertanyaannya, sebut nama saya, atau balas pesan saya. "
    "Misalnya: <i>/tanya beda WBK dan WBBM</i>\n\n"
    "Saya hanya membaca pesan yang ditujukan kepada saya. Data unit dibuka di obrolan pribadi."
)
OPEN_UNIT = "Unit aktif diganti."
NO_UNITS = "Anda belum tergabung di unit mana pun."

LKE, CONTINUE, PROGRESS, READINESS, ASK = "Isi LKE", "Lanjutkan", "Progres", "Kesiapan", "Tanya ZI"
SCHEDULE, TEAM, ANNOUNCE, SETTINGS = "Jadwal", "Tim", "Pengumuman", "Pengaturan"
HELP, ADMIN, REGISTER, ASK_NOW = "Bantuan", "Kelola instansi", "Daftarkan unit", "Tanya sesuatu"
SWITCH, TOPICS, TEAM_QUESTIONS = "Ganti unit", "Daftar topik", "Pertanyaan tim"


def home(unit_name: str, target: str, year: int, role: str, answered: int, total: int, place: str) -> str:
    """The menu's body for somebody with a unit."""
    lines = [fmt.bold(unit_name), f"Target {target}, penilaian {year} · Anda: {role}", ""]
    lines.append(f"Terjawab {answered} dari {total} isian LKE.")
    if place:
        lines.append(f"Terakhir Anda di {fmt.esc(place)}.")
    lines += ["", "Pilih di bawah, atau ketik pertanyaan seputar ZI kapan saja."]
    return "\n".join(lines)


def home_admin(agency_name: str, units: int, waiting: int) -> str:
    """The menu's body for an admin without an open unit."""
    lines = [fmt.bold(agency_name), "Anda: admin instansi", "", f"{units} unit kerja terdaftar."]
    if waiting:
        lines.append(f"! {waiting} permintaan menunggu keputusan Anda.")
    lines += ["", "Pilih di bawah, atau ketik pertanyaan seputar ZI kapan saja."]
    return "\n".join(lines)


def units(current: str, total: int) -> str:
    """The choice of unit."""
    return f"Unit aktif: {fmt.bold(current)}\n\nAnda tergabung di {total} unit. Pilih unit yang ingin dibuka."


ROLE_NAMES = {
    "anggota": "anggota pokja",
    "ketua": "ketua pokja",
    "koordinator": "koordinator unit",
    "penilai": "penilai (TPI)",
    "admin": "admin instansi",
}


def role(name: str, area_no: int | None) -> str:
    """A role as people say it: "ketua pokja Area 5"."""
    return ROLE_NAMES[name] + (f" Area {area_no}" if area_no else "")
