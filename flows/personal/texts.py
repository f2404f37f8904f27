"""Wording of settings and privacy."""

from flows import fmt, retention
from flows.evidence.intake import KEPT_DAYS
from flows.pact.personal import LEFT_DAYS

FOLLOW_UNIT, CHOOSE_UNIT, UNIT_DATA, PRIVACY = "Ikut unit", "Pilih unit", "Data unit", "Data pribadi"
REMINDING = "Cara diingatkan"
EXPORT, DELETE, DELETE_YES, KEEP = "Unduh data saya", "Hapus data saya", "Ya, hapus", "Tidak jadi"
ASK, TEAM, ADMIN = "Tanya sesuatu", "Tim", "Kelola instansi"
ZONE_SET = "Zona waktu Anda diubah."


def settings(zone: str, own: bool, unit: str, units: int) -> str:
    """One's own settings."""
    how = "pilihan Anda" if own else "mengikuti unit"
    lines = ["<b>Pengaturan</b>", "", f"Zona waktu: {zone} ({how})"]
    if unit:
        lines.append(f"Unit aktif: {fmt.esc(unit)}" + (f", dari {units} unit Anda" if units > 1 else ""))
    lines += ["", "Ketuk zona waktu untuk mengubahnya. Semua jam di layar Anda mengikuti pilihan ini."]
    return "\n".join(lines)


_STORED_MEMBER = (
    "<b>Data pribadi Anda di sini</b>\n\n"
    "Yang disimpan dan untuk apa:\n"
    "• Nama dan nomor akun Telegram: agar tim tahu siapa yang mengisi, dan pengingat sampai kepada Anda.\n"
    "• Peran, unit, dan area: agar yang terlihat dan bisa diubah sesuai tugas.\n"
    "• Jawaban, penjelasan, bukti dukung, tugas, reviu, dan waktunya: pekerjaan unit, dibaca tim unit, "
    "penilainya, dan admin instansi. Bukti bertanda terbatas hanya dibaca PIC-nya, ketua pokja, koordinator "
    "unit, dan penilai.\n"
    "• Register unit (rekap pengaduan, agen perubahan, inovasi, kepatuhan lapor harta): jumlah dan catatan; "
    "nama hanya bila tim mengetiknya. Dibaca tim unit, penilainya, dan admin instansi.\n"
    "• Pakta integritas: lembar bertanda tangan, siapa yang tercakup, dan kesanggupan yang diketuk. "
    "Lembarnya dibuka koordinator, sekretaris tim, dan pengirimnya; daftar nama dibaca juga pimpinan dan "
    "ketua pokja.\n"
    "• Latihan wawancara, bila Anda ikut: soal, jawaban, dan kartu belajar Anda. Hanya Anda yang membacanya; "
    "yang memimpin hanya melihat area mana yang sudah dilatih, dalam kelompok besar dan tanpa nama.\n"
    "• Keliling loket: titik yang Anda catat dan foto yang Anda kirim, dibaca tim unit.\n"
    "• Tempat terakhir Anda di percakapan: agar bisa dilanjutkan.\n\n"
    "Nomor telepon tidak diminta. Pertanyaan yang belum terjawab dicatat tanpa nama.\n\n"
    "Berapa lama: selama Anda tercatat di sini; rinciannya di Rincian. Catatan pesan yang sudah diproses "
    f"dihapus setelah {retention.SEEN_DAYS} hari. "
    "Begitu Anda menghapus data, nama dan akun Telegram hilang; jawaban unit dan jejak tindakan tetap ada "
    "dengan sebutan “Mantan anggota”.\n\n"
    "Dasarnya persetujuan Anda (UU 27/2022 tentang Pelindungan Data Pribadi); Anda dapat menariknya "
    "kapan saja "
    "dengan menghapus data. Ini bukan sistem pemerintah."
)
KINDS = (
    "<b>Yang disimpan, untuk apa, dan berapa lama</b>\n\n"
    "<b>Akun</b>: nama, nomor akun Telegram, zona waktu, waktu persetujuan. Agar tim mengenal Anda dan pesan "
    "sampai. Sampai Anda menghapus data.\n"
    "<b>Peran</b>: unit, area, Plt atau Plh beserta tanggalnya. Menentukan yang terlihat dan bisa diubah. "
    "Peran yang berakhir tetap tercatat.\n"
    "<b>Jawaban dan Penjelasan</b>: isian LKE beserta riwayat perubahannya. Milik unit; tetap ada.\n"
    "<b>Bukti dukung</b>: berkas, tautan, tanggal, periode, dan siapa yang mengirim. Milik unit; versi lama "
    f"tetap ada. Bukti yang dihapus dari daftar: berkas dan tautannya dibuang {retention.REMOVED_DAYS} hari "
    "kemudian.\n"
    f"<b>Kiriman</b>: yang tidak diputuskan ditutup setelah {KEPT_DAYS} hari; keterangan dan nama berkasnya "
    f"dihapus {retention.ENDED_DAYS} hari setelah selesai.\n"
    "<b>PIC dan tugas</b>: siapa mengerjakan apa, batas, janji, dan kendalanya. Milik unit; tugas terbuka "
    "dilepas bila Anda menghapus data.\n"
    "<b>Setelah pengajuan</b>: hasil tiap tahap, catatan LHE, dan usulan instansi beserta siapa "
    "yang mencatat. "
    "Riwayat unit; tetap ada.\n"
    "<b>Latihan wawancara</b>: keikutsertaan, soal, jawaban, kartu belajar. Untuk mengulang yang belum "
    "diingat. Hanya Anda yang membacanya; dihapus bersama data Anda.\n"
    "<b>Keliling loket</b>: keadaan tiap titik dan fotonya. Milik unit; foto yang Anda kirim dilepas bila "
    "Anda menghapus data, kecuali yang sudah menjadi bukti.\n"
    "<b>Register</b>: jumlah per bulan atau tahun, agen perubahan, inovasi. Milik unit; tetap ada sampai tim "
    "menghapusnya. Nama orang yang diketik di sana dihapus oleh tim unit; mintalah koordinator.\n"
    "<b>Pakta integritas</b>: lembar yang hanya memuat tanda tangan Anda, catatannya, dan kesanggupan "
    f"dihapus bersama data Anda, atau {LEFT_DAYS} hari setelah Anda keluar dari unit. Lembar bersama tetap "
    "milik unit; lembar yang dihapus dari daftar langsung dibuang. Nama pegawai tanpa bot "
    "dihapus koordinator atau sekretaris.\n"
    "<b>Reviu, rapat, pengesahan, serah terima</b>: siapa memutuskan apa dan kapan. Riwayat unit; tetap "
    "ada.\n"
    "<b>Dokumen yang Anda minta</b>: berkasnya sehari, catatannya 30 hari, atau sampai data Anda dihapus.\n"
    "<b>Pengingat</b>: apa yang diingatkan kepada Anda dan kapan, janji, kendala, cuti, jam ringkasan. Agar "
    "pengingat sedikit dan tepat. Dibaca koordinator unit; dihapus bila Anda menghapus data.\n"
    "<b>Penilaian TPI</b>: penugasan, nilai, catatan, dan tanggapan menjadi riwayat unit; catatan internal "
    "seorang penilai hilang bersama datanya.\n"
    "<b>Percakapan</b>: tempat terakhir, sampai diganti; tulisan yang menunggu keputusan, paling lama "
    f"{retention.DRAFT_DAYS} hari.\n"
    "<b>Permintaan</b> bergabung atau mendaftarkan unit yang tidak jadi: bila tidak ada peran, nama dan "
    f"nomor akunnya dihapus setelah {retention.REFUSED_DAYS} hari.\n"
    "<b>Tabel unit dan orang</b> yang dikirim admin: isinya dibuang begitu diterapkan atau dibatalkan; nama "
    f"berkas dan baris yang salah, {retention.ENDED_DAYS} hari kemudian.\n"
    "<b>Catatan tindakan</b>: kode dan nomor, tanpa isi. Jejak pertanggungjawaban unit; tetap ada.\n"
    f"<b>Catatan pesan</b> yang sudah diproses: dihapus setelah {retention.SEEN_DAYS} hari; pesan yang sudah "
    f"dikirim bot, setelah {retention.SENT_DAYS} hari.\n\n"
    "Begitu Anda menghapus data, semua riwayat itu memakai sebutan “Mantan anggota”. Isi berkas bukti tidak "
    "diubah: bila memuat nama Anda, mintalah koordinator unit menggantinya."
)
DETAILS = "Rincian"
PRIVACY_STRANGER = (
    "<b>Anda belum tercatat di sini.</b>\n\n"
    "Yang disimpan hanya nomor percakapan Telegram ini dan tempat terakhirnya, agar tanya jawab bisa "
    "berlanjut. "
    "Pertanyaan yang belum terjawab dicatat tanpa nama, untuk memperbaiki jawaban.\n\n"
    "Bila nanti bergabung lewat undangan, Anda melihat lebih dulu apa yang disimpan (UU 27/2022 tentang "
    "Pelindungan Data Pribadi). Ini bukan sistem pemerintah."
)


def privacy(roles: int) -> str:
    """What is kept and why."""
    return (
        _STORED_MEMBER
        if roles
        else _STORED_MEMBER.replace("selama Anda tercatat", "selama nama Anda tercatat")
    )


EXPORTED = (
    "Data Anda dalam satu berkas.\n\n"
    "Isinya semua yang tersimpan tentang Anda: peran, jawaban, bukti, tugas, reviu, dan tindakan. "
    "Berkas ini memuat data pribadi; simpan di tempat yang aman."
)
DELETE_ASK = (
    "<b>Hapus data pribadi Anda?</b>\n\n"
    "Nama dan akun Telegram dihapus, dan Anda keluar dari semua unit. Ini tidak dapat dibatalkan.\n\n"
    "Jawaban dan bukti yang sudah Anda isi tetap milik unit, dengan sebutan “Mantan anggota”. Anda bukan "
    "lagi PIC, tugas yang belum selesai dilepas untuk orang lain, dan kiriman yang belum diputuskan "
    "dibatalkan. Bila perlu, unduh dulu data Anda. Untuk kembali, cukup undangan baru."
)


def delete_later(units: list[str], agencies: list[str]) -> str:
    """What must be done before the deletion."""
    lines = ["Data Anda belum dapat dihapus: perlu pengganti lebih dulu.", ""]
    lines += [
        f"• Anda satu-satunya koordinator {fmt.bold(name)}. Pakai Serah terima di Tim, atau undang "
        "koordinator lain."
        for name in units[:8]
    ]
    lines += [f"• Anda satu-satunya admin {fmt.bold(name)}. Undang admin lain." for name in agencies[:8]]
    lines += ["", "Setelah penggantinya bergabung, hapus data Anda di sini. Data bisa diunduh kapan saja."]
    return "\n".join(lines)


DELETED = (
    "✓ Data pribadi Anda sudah dihapus.\n\n"
    "Anda tidak lagi terdaftar di unit mana pun dan tidak menerima pengingat. "
    "Bertanya seputar ZI tetap bisa di sini; untuk bergabung lagi, mintalah tautan undangan baru."
)
