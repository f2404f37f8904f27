"""What is refused, in one sentence each."""

from flows import policy, routes
from flows.errors import BadInput, Missing, NotAllowed, Outdated


def unknown() -> Missing:
    """Not there, or not this person's to see."""
    return Missing("LKE tahun itu tidak ada dalam daftar Anda. Pilih tahun dari tombol yang ada.")


def elsewhere(unit_id: int, year: int) -> Outdated:
    """The button was made for a year that the unit no longer works on."""
    return Outdated(
        f"Unit ini sekarang mengerjakan LKE {year}, jadi tombol tadi tidak berlaku lagi. Ini keadaan "
        "terbaru.",
        next=routes.YEARS(unit_id),
    )


def round_running(unit_id: int, number: int) -> BadInput:
    """The assessors are still at work."""
    return BadInput(
        f"Penilaian TPI putaran {number} belum disahkan. Tutup tahunnya setelah putaran itu disahkan, atau "
        "mintalah admin instansi menutupnya bila putaran itu tidak dilanjutkan.",
        next=routes.YEARS(unit_id),
    )


def not_closed(unit_id: int, year: int) -> BadInput:
    """The next year begins with what stands at the end of this one."""
    return BadInput(f"Tutup dulu LKE {year}, lalu buka tahun berikutnya.", next=routes.YEARS(unit_id))


def too_early(unit_id: int, year: int) -> BadInput:
    """A year that is further ahead than anybody prepares."""
    return BadInput(f"LKE {year} dapat dibuka mulai Juli {year - 2}.", next=routes.YEARS(unit_id))


def admin_only(unit_id: int) -> NotAllowed:
    """What was closed as an archive is opened again by the agency alone."""
    return NotAllowed(
        "Tahun yang sudah ditutup hanya dapat dibuka kembali oleh admin instansi. Sampaikan alasannya "
        "kepadanya.",
        next=routes.YEARS(unit_id),
    )


def nobody_elses_list(area_id: str) -> Outdated:
    """The list has changed since it was numbered."""
    return Outdated(
        "Daftarnya berubah sejak layar tadi, jadi belum ada yang dikonfirmasi. Ini keadaan terbaru.",
        next=routes.CARRIED(area_id, 0),
    )


def number_unknown(area_id: str, page: int, last: int) -> BadInput:
    """A typed number that the list does not have."""
    upto = f"1 sampai {last}" if last > 1 else "1"
    return BadInput(f"Pilih nomor {upto} dari daftar ini.", next=routes.CARRIED(area_id, page))


def closed(unit_id: int, year: int) -> NotAllowed:
    """Nothing of it is changed."""
    return NotAllowed(policy.year_closed(year), next=routes.YEARS(unit_id))
