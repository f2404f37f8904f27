"""Why something about a walk was not done, and what to do now."""

from flows import routes
from flows.errors import BadInput, Missing, NotAllowed, Outdated


def no_walk() -> Missing:
    """Unknown, or of another unit."""
    return Missing("Keliling ini tidak ada dalam daftar Anda.", next=routes.WALKS())


def no_point(walk_id: int) -> Missing:
    """A point of another edition of the list."""
    return Missing("Titik ini tidak ada dalam daftar keliling.", next=routes.WALK(walk_id))


def over(walk_id: int) -> Outdated:
    """It was ended meanwhile."""
    return Outdated(
        "Keliling ini sudah ditutup, jadi tidak ada yang diubah. Mulai keliling baru bila perlu.",
        next=routes.WALK(walk_id),
    )


def moved(walk_id: int, point: str) -> Outdated:
    """Somebody else has just marked the point."""
    return Outdated(
        "Titik ini baru saja dicatat orang lain. Ini keadaan terbaru.", next=routes.WALK_POINT(walk_id, point)
    )


def no_finding(walk_id: int, point: str) -> Missing:
    """Only what is missing or broken becomes work."""
    return Missing(
        "Titik ini tidak dicatat sebagai temuan. Pilih dulu keadaannya.",
        next=routes.WALK_POINT(walk_id, point),
    )


def has_task(walk_id: int, point: str) -> Outdated:
    """It is an action item already."""
    return Outdated("Temuan ini sudah menjadi tugas.", next=routes.WALK_POINT(walk_id, point))


def no_photo() -> Missing:
    """Removed, or never of a walk of one's own unit."""
    return Missing("Foto ini sudah dihapus atau tidak ada.", next=routes.WALKS())


def not_a_photo(walk_id: int, point: str) -> BadInput:
    """A document of another kind."""
    return BadInput(
        "Di sini yang diterima foto. Kirim sebagai foto; dokumen lain dikirim lewat Bukti dukung.",
        next=routes.WALK_POINT(walk_id, point),
    )


def too_many(walk_id: int, point: str, most: int) -> BadInput:
    """More than are looked at."""
    return BadInput(
        f"Satu titik menyimpan paling banyak {most} foto. Hapus yang tidak perlu, lalu kirim lagi.",
        next=routes.WALK_POINT(walk_id, point),
    )


def not_your_photo(photo_id: int) -> NotAllowed:
    """Removed by who took it, or who leads."""
    return NotAllowed(
        "Foto dihapus oleh yang memotret atau koordinator unit.", next=routes.WALK_PICTURE(photo_id)
    )


def no_item(photo_id: int) -> Missing:
    """Not every point has an indicator."""
    return Missing(
        "Titik ini tidak punya indikator, jadi fotonya tidak menjadi bukti LKE.",
        next=routes.WALK_PICTURE(photo_id),
    )


def sent_already(photo_id: int) -> Outdated:
    """Once is enough."""
    return Outdated("Foto ini sudah dikirim sebagai bukti.", next=routes.WALK_PICTURE(photo_id))


def empty(walk_id: int, point: str) -> BadInput:
    """Nothing was typed."""
    return BadInput("Tulis satu kalimat: apa yang kurang.", next=routes.WALK_FINDING(walk_id, point))


def too_long(walk_id: int, point: str, length: int, most: int) -> BadInput:
    """More than a note holds."""
    return BadInput(
        f"Catatan ini {length} huruf, sedangkan paling banyak {most}, jadi belum disimpan. "
        "Ringkas, lalu kirim lagi.",
        next=routes.WALK_FINDING(walk_id, point),
    )
