"""Wording of letters: what they are filled with, their screens, and what is wrong with a template."""

from collections.abc import Sequence
from fractions import Fraction

TARGETS = {"WBK": "Wilayah Bebas dari Korupsi", "WBBM": "Wilayah Birokrasi Bersih dan Melayani"}
ORDINARY, PLACE = "Biasa", "tempat"
ENCLOSED = {"pengantar": "1 (satu) berkas", "evaluasi": "1 (satu) berkas"}
NO_MEETING = "Rapat ini sudah tidak ada dalam daftar Anda. Pilih rapat lain, atau catat yang baru."
NOTHING_ASSESSED = (
    "TPI belum menilai LKE unit ini, jadi ringkasan hasil evaluasinya belum dapat disusun. Penilaian mandiri "
    "tetap dapat dikirim dengan surat pengantar."
)
NO_MINUTES = "[isi pembahasan]"


def receiver(code: str, agency: str, unit: str) -> str:
    """To whom a letter goes."""
    return {
        "pengantar": f"Ketua Tim Penilai Internal {agency}",
        "evaluasi": f"Pimpinan {unit}",
        "undangan": f"Tim Pembangunan Zona Integritas {unit}",
    }.get(code, "")


def standing_in(acting: str) -> str:
    """The position of who signs, where only that much is known."""
    return f"{acting}. [jabatan penandatangan]" if acting else ""


def about_lke(target: str, year: int) -> str:
    """Hal of the covering letter."""
    return f"Penyampaian LKE Zona Integritas menuju {target} tahun {year}"


def about_result(target: str, year: int) -> str:
    """Hal of the summary of results."""
    return f"Ringkasan hasil evaluasi internal Zona Integritas menuju {target} tahun {year}"


def about_meeting(title: str) -> str:
    """Hal of an invitation."""
    return f"Undangan {title[:1].lower()}{title[1:]}"


def hours(time: str, zone: str) -> str:
    """When a meeting begins."""
    return f"{time} {zone} sampai selesai" if time else ""


def attended(count: int | None) -> str:
    """How many were there."""
    return f"{count} orang" if count is not None else ""


def state(met: bool) -> str:
    """Of a gate."""
    return "memenuhi" if met else "belum"


def signed(amount: str, difference: Fraction) -> str:
    """A difference with its sign: "+0,50"."""
    if not amount.strip("0,"):
        return amount
    return f"{'+' if difference > 0 else '−'}{amount}"


def listed(names: Sequence[str]) -> str:
    """Names as a list in a sentence."""
    return ", ".join(names)
