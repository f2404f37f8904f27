"""Wording of how the program is doing."""

from flows import fmt
from flows.operations.alarms import DISK, ERRORS, LATE, RIVAL, STORE
from flows.operations.queues import LastDay, Queues

STATUS, AGAIN = "Keadaan program", "Perbarui"
_LANES = {"reply": "Jawaban tertunda", "personal": "Pengingat dan kabar", "broadcast": "Pengumuman"}
_CAUSES = {
    "Forbidden": "memblokir bot",
    "NotStarted": "belum pernah memulai bot",
    "NetworkError": "jaringan",
    "TimedOut": "jaringan",
    "BadRequest": "ditolak Telegram",
}
_MINUTE, _HOUR = 60, 3600


def status(queues: Queues, day: LastDay, hour: str) -> str:
    """What an operator wants to know first: is anything late."""
    worst = max(queues.late_seconds.values())
    head = "Tidak ada kiriman yang tertunda." if worst < _MINUTE else f"Kiriman tertunda {waited(worst)}."
    lines = [f"<b>{head}</b>", ""]
    for lane, name in _LANES.items():
        if queues.depth[lane]:
            lines.append(
                f"{name}: {queues.depth[lane]} menunggu, paling lama {waited(queues.late_seconds[lane])}"
            )
    jobs = queues.jobs
    lines.append(
        f"Pekerjaan panjang: {jobs['waiting']} menunggu, {jobs['leased']} dikerjakan, {jobs['failed']} gagal"
    )
    lines += ["", f"24 jam terakhir: {day.updates} pesan dan ketukan dijawab, {day.sent} kiriman sampai."]
    lines += [f"Tidak sampai, {_CAUSES.get(error, error or 'lain')}: {count}" for error, count in day.failed]
    lines += ["", f"Keadaan pukul {hour}. Angkanya untuk seluruh program ini, bukan satu instansi saja."]
    return "\n".join(fmt.esc(line) if "<b>" not in line else line for line in lines)


def waited(seconds: float) -> str:
    """How long something has waited, roughly."""
    if seconds < _MINUTE:
        return "kurang dari semenit"
    if seconds < _HOUR:
        return f"{int(seconds // _MINUTE)} menit"
    return f"{int(seconds // _HOUR)} jam"


def alarm(kind: str, measure: int) -> str:
    """One trouble, and what to do about it."""
    what, todo = {
        LATE: (
            f"Kiriman bot terlambat {measure} menit.",
            "Periksa jaringan server ke Telegram dan log <code>send_failed</code>. Yang tertunda tetap "
            "tersimpan dan dikirim begitu bisa.",
        ),
        DISK: (
            f"Ruang disk tinggal {measure}%.",
            "Kosongkan atau perbesar disk tempat basis data dan bukti; bila penuh, bot berhenti menerima "
            "isian.",
        ),
        ERRORS: (
            f"{measure} pesan orang gagal diolah dalam sejam.",
            "Lihat log <code>update_failed</code> (rute dan jenis galatnya). Orangnya sudah diberi tahu.",
        ),
        RIVAL: (
            "Bot ini dijalankan di dua tempat sekaligus.",
            f"Token yang sama dipakai program lain: {measure} kali bertabrakan dalam sejam. Hentikan salah "
            "satunya; sampai itu terjadi, keduanya bergantian dan jawaban dapat terlambat. Tidak tahu siapa "
            "yang memakainya? Ganti token di @BotFather, lalu pasang yang baru di sini.",
        ),
        STORE: (
            "Penyimpanan bukti tidak dapat dihubungi.",
            "Periksa layanan S3 dan kuncinya dengan <code>pandu-zi check</code>. Berkas yang baru dikirim "
            "orang menunggu dan diolah begitu tersambung; yang tersimpan tidak berubah.",
        ),
    }[kind]
    return f"<b>{what}</b>\n\n{todo}\n\nAnda menerima ini sebagai admin instansi."
