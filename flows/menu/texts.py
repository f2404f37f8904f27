"""Wording of the menu."""

from flows import fmt, role_words

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
    "/bukti  Bukti dukung unit; kirim foto, PDF, atau tautan kapan saja\n"
    "/tugas  Tugas saya: yang menunggu Anda, menurut tanggal\n"
    "/progres  Kemajuan pengisian per area\n"
    "/reviu  Yang menunggu reviu Anda (ketua pokja, koordinator)\n"
    "/kesiapan  Nilai, syarat WBK/WBBM, dan langkah prioritas\n"
    "/dokumen  Unduh LKE Excel dan dokumen unit lainnya\n"
    "/tanya  Tanya aturan ZI; atau langsung ketik pertanyaannya\n"
    "/cari  Cari indikator, jawaban, istilah, dan penjelasan\n"
    "/istilah  Kamus singkatan dan istilah\n"
    "/rapat  Paket rapat: undangan, notula, foto, dan tindak lanjut jadi satu PDF\n"
    "/jadwal  Batas waktu unit\n"
    "/pengingat  Yang sedang diingatkan kepada Anda\n"
    "/tim  Anggota tim dan undangan\n"
    "/unit  Pilih unit yang dibuka\n"
    "/tahun  Tahun LKE: tutup tahun, buka tahun berikutnya, baca arsip\n"
    "/pakta  Pakta integritas: siapa yang sudah menandatangani; kesiapan pencanangan\n"
    "/panduan  Panduan singkat: strategi, tugas tim, area, dan aturan lama\n"
    "/latihan  Latihan wawancara menjelang evaluasi\n"
    "/keliling  Keliling loket: melihat tempat layanan seperti penilai\n"
    "/pengesahan  Pengesahan penilaian mandiri oleh pimpinan\n"
    "/catatan  Catatan TPI dan tanggapannya\n"
    "/nilai  Penilaian saya (penilai internal)\n"
    "/papan  Papan semua unit (admin instansi, koordinator wilayah)\n"
    "/pengumuman  Kirim pengumuman (koordinator unit)\n"
    "/grup  Grup kantor: rekap, papan progres, topik\n"
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
    "/panduan  Panduan singkat: tahapan, strategi, area, dan aturan lama\n"
    "/cari  Cari indikator, jawaban, dan istilah\n"
    "/istilah  Kamus singkatan dan istilah\n"
    "/privasi  Data Anda\n\n"
    "Fitur LKE, jadwal, dan pengingat terbuka setelah Anda bergabung lewat tautan undangan unit."
)
STRAY_FILE = (
    "Berkas ini belum tersimpan: bukti dukung diterima dari tim yang mengisi LKE unit.\n\n"
    "Bila Anda anggota tim, mintalah tautan undangan ke koordinator unit, lalu kirim lagi berkasnya."
)
STRAY_TABLE = (
    "Berkas ini belum tersimpan.\n\n"
    "Bila isinya daftar unit atau orang, buka Impor unit dan orang, lalu kirim lagi berkasnya di sana."
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
WATCH = "Pantau pengingat"
SCHEDULE, TEAM, ANNOUNCE, SETTINGS = "Jadwal", "Tim", "Pengumuman", "Pengaturan"
HELP, ADMIN, REGISTER, ASK_NOW = "Bantuan", "Kelola instansi", "Daftarkan unit", "Tanya sesuatu"
BULK = "Impor unit dan orang"
ASSESS, FINDINGS = "Penilaian saya", "Catatan TPI"
REVIEW = "Menunggu reviu Anda"
MINE, NO_PIC, EVIDENCE = "Tugas saya", "Tanpa PIC", "Bukti dukung"
DOCUMENTS, REGISTERS, OUTSIDE = "Unduh dokumen", "Register", "Di luar LKE"
ENDORSEMENT = "Pengesahan"
BOARD = "Papan unit"
SEASON, PREPARE = "Setelah pengajuan", "Menjelang evaluasi"
YEARS = "Tahun LKE"
GROUP_SETTINGS = "Grup kantor"
SWITCH, TOPICS, TEAM_QUESTIONS = "Ganti unit", "Daftar topik", "Pertanyaan tim"


def home(
    unit_name: str,
    target: str,
    year: int,
    role: str,
    answered: int,
    total: int,
    place: str,
    *,
    closed: bool = False,
    carried: int = 0,
) -> str:
    """The menu's body for somebody with a unit; `carried` answers of last year wait for a word."""
    lines = [fmt.bold(unit_name), f"Target {target}, penilaian {year} · Anda: {role}", ""]
    lines.append(f"Terjawab {answered} dari {total} isian LKE.")
    if closed:
        lines.append(f"LKE {year} sudah ditutup: hanya dibaca. Tahun berikutnya dibuka di /tahun.")
    if carried:
        lines.append(f"! {carried} jawaban dari tahun lalu perlu dikonfirmasi.")
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


def units(current: str, total: int, oversees: bool = False) -> str:
    """The choice of unit; `oversees`: a branch is among them, read without changing."""
    if oversees:
        return (
            f"Unit aktif: {fmt.bold(current)}\n\n{total} unit dapat Anda buka. Unit di wilayah Anda terbuka "
            "untuk dibaca; isinya dikerjakan timnya. Pilih unit yang ingin dibuka."
        )
    return f"Unit aktif: {fmt.bold(current)}\n\nAnda tergabung di {total} unit. Pilih unit yang ingin dibuka."


def role(name: str, area_no: int | None, acting: str | None = None) -> str:
    """A role as people say it: "ketua pokja Area 5", "Plt koordinator unit"."""
    said = role_words.SHORT[name] + (f" Area {area_no}" if area_no else "")
    return f"{acting} {said}" if acting else said
