"""Refusals of announcements: one sentence that says what to do."""

from flows import routes
from flows.errors import BadInput, Missing, NotAllowed
from flows.routes import Action


def gone() -> Missing:
    """Not there, or not this person's to see."""
    return Missing("Pengumuman ini tidak ada dalam daftar Anda.", next=routes.HOME())


def not_yours() -> Missing:
    """Somebody else's draft."""
    return Missing("Pengumuman ini tidak ada dalam daftar Anda.", next=routes.ANNOUNCE_LIST(0))


def private_only() -> NotAllowed:
    """In a group."""
    return NotAllowed("Pengumuman ditulis di obrolan pribadi dengan bot ini.")


def sent_already(announcement_id: int) -> BadInput:
    """Its words are final."""
    return BadInput(
        "Pengumuman ini sudah dikirim, jadi tidak dapat diubah lagi.",
        next=routes.ANNOUNCE_STATUS(announcement_id),
    )


def cancelled() -> BadInput:
    """It was given up."""
    return BadInput("Rancangan ini sudah dibatalkan. Silakan tulis yang baru.", next=routes.ANNOUNCE())


def nobody(announcement_id: int) -> BadInput:
    """There is nobody who can be written to."""
    return BadInput(
        "Belum ada penerima yang terjangkau, jadi belum dikirim. Rancangan tetap tersimpan. Pilih penerima "
        "lain, atau bagikan tautan undangan lebih dulu lewat /tim.",
        next=routes.ANNOUNCE_PREVIEW(announcement_id),
    )


def counting(announcement_id: int) -> BadInput:
    """Which units have missed the gate is not known yet."""
    return BadInput(
        "Unitnya masih dihitung, jadi belum dikirim. Tunggu sebentar; rancangan tetap tersimpan.",
        next=routes.ANNOUNCE_PREVIEW(announcement_id),
    )


def empty(again: Action) -> BadInput:
    """Nothing was typed."""
    return BadInput("Isi pengumuman masih kosong. Silakan ketik isinya.", next=again)


def too_long(length: int, limit: int, again: Action) -> BadInput:
    """More than an announcement holds."""
    return BadInput(
        f"Isinya {length} huruf, batasnya {limit}, jadi belum disimpan. Tulisan Anda masih ada di "
        f"atas: salin, pendekkan {length - limit} huruf, lalu kirim lagi.",
        next=again,
        length=length,
    )


def file_too_big(size_mb: str, limit_mb: int, again: Action) -> BadInput:
    """More than people's phones should be asked to load."""
    return BadInput(
        f"Berkas {size_mb} MB melebihi batas {limit_mb} MB, jadi belum dilampirkan. Kirim tautannya di isi "
        "pengumuman, atau kecilkan berkasnya.",
        next=again,
    )


def no_text(announcement_id: int) -> BadInput:
    """A file alone does not say what it is."""
    return BadInput(
        "Isinya belum ada. Tulis dulu isi pengumumannya; lampirannya sudah tersimpan.",
        next=routes.ANNOUNCE_EDIT(announcement_id),
    )


def odd_date(sentence: str, again: Action) -> BadInput:
    """A moment that cannot be."""
    return BadInput(sentence, next=again)


def no_date(again: Action) -> BadInput:
    """No moment was typed."""
    return BadInput("Tanggalnya belum terbaca. Contoh: besok jam 8, atau Senin 9.30.", next=again)


def past(again: Action) -> BadInput:
    """A moment that has gone by."""
    return BadInput("Waktu itu sudah lewat. Ketik waktu yang akan datang, misalnya besok jam 8.", next=again)


def too_far(again: Action) -> BadInput:
    """Further ahead than anybody plans."""
    return BadInput("Paling jauh satu tahun dari sekarang. Ketik waktu yang lebih dekat.", next=again)


def expired(announcement_id: int) -> BadInput:
    """It would be old when it arrives."""
    return BadInput(
        "Masa berlakunya berakhir sebelum waktu kirim. Atur masa berlakunya dulu.",
        next=routes.ANNOUNCE_VALID(announcement_id),
    )


def unknown_choice(again: Action) -> Missing:
    """A button that no screen has."""
    return Missing("Pilihan itu tidak ada lagi. Ini keadaan terbaru.", next=again)


def no_units() -> BadInput:
    """An agency without units."""
    return BadInput("Instansi ini belum punya unit. Buat unitnya lebih dulu.", next=routes.ADMIN())


def reason_empty(announcement_id: int) -> BadInput:
    """No reason was typed."""
    return BadInput(
        "Alasannya masih kosong. Tulis satu baris saja.", next=routes.ANNOUNCE_ABSENT(announcement_id)
    )


def no_meeting(announcement_id: int) -> Missing:
    """Nobody is asked to come."""
    return Missing("Pengumuman ini bukan undangan rapat.", next=routes.ANNOUNCED(announcement_id))


def reminded_already(announcement_id: int) -> BadInput:
    """Once is enough."""
    return BadInput(
        "Yang belum membaca sudah diingatkan satu kali, jadi tidak dikirim lagi.",
        next=routes.ANNOUNCE_READERS(announcement_id, 0),
    )


def all_read(announcement_id: int) -> BadInput:
    """Nobody is left to be reminded."""
    return BadInput(
        "Semua penerima sudah membaca, jadi tidak ada yang perlu diingatkan.",
        next=routes.ANNOUNCE_READERS(announcement_id, 0),
    )
